"""标记中间夹着别的东西：一个标记里夹了换行、制表符、图片、脚注，或一半在超链接、内容控件里。

标记换成数据后，夹在里面的东西留在数据后面，或连同后面的文字变了样。把标记整个删去，一口气重打一遍。
只是 Word 把标记拆成几截（拼写检查、改过字体）的，不算；前后两截字体、颜色不同的，印出来按前一截的样子。

正例：

    {{ 项目.名称 }}[换行]{{ 项目.年度 }}

反例：

    {{ 项目.[换行]名称 }}   # !T162 换行
    {{ 项目.[图片]名称 }}   # !T162 图片
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Level
from ..numbering import W
from ..template.tags import own_texts, tags_in
from . import Case

CODE = "T162"
LEVEL = Level.WARNING

_THINGS = {
    W + "br": "换行",
    W + "cr": "换行",
    W + "tab": "制表符",
    W + "drawing": "图片",
    W + "pict": "图片",
    W + "object": "对象",
    W + "footnoteReference": "脚注",
    W + "endnoteReference": "尾注",
    W + "sym": "符号",
    W + "noBreakHyphen": "连字符",
}
_TEXT = re.compile(r"\{\{\s*(['\"‘“]).*?['\"’”]\s*\}\}", re.DOTALL)  # a tag that prints a text, with what is in it
_AROUND = {W + "hyperlink": "超链接", W + "sdt": "内容控件"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag with something else than text in it, or of which a part stands in a link or a control."""
    for part in case.draft.parts:
        for paragraph, text, where in part.paragraphs():
            for match in tags_in(text) if "{" in text else ():
                if _TEXT.fullmatch(match[0]):
                    continue
                held = _holding(paragraph, match.start(), match.end())
                things = dict.fromkeys(_between(paragraph, held[0], held[-1]))
                if len(held) > 1:
                    things |= dict.fromkeys(f"一半的{name}" for name in _half(held))
                if things:
                    what = f"{match[0]} 里夹着{'、'.join(things)}，印出来会错位或丢失"
                    mend = f"把标记整个删去，重打一遍：{match[0]}"
                    yield Finding(CODE, LEVEL, where, what, match[0], mend=mend)


def _holding(paragraph: Any, begin: int, end: int) -> list[Any]:
    """The texts that hold a passage of a paragraph."""
    held, position = [], 0
    for text in own_texts(paragraph):
        after = position + len(text.text or "")
        if position < end and after > begin:
            held.append(text)
        position = after
    return held


def _between(paragraph: Any, first: Any, last: Any) -> Iterator[str]:
    """What stands between two texts of a paragraph."""
    if first is last:
        return
    inside = False
    for one in paragraph.iter():
        if one is first:
            inside = True
        elif one is last:
            return
        elif inside and one.tag in _THINGS and next(one.iterancestors(W + "p")) is paragraph and not _is_tab_stop(one):
            yield _THINGS[one.tag]


def _is_tab_stop(element: Any) -> bool:
    return bool(element.getparent().tag != W + "r")


def _half(held: list[Any]) -> Iterator[str]:
    """The links and controls that hold a part of the texts."""
    for tag, name in _AROUND.items():
        if len({next(text.iterancestors(tag), None) for text in held}) > 1:
            yield name
