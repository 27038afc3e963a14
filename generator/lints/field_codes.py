"""域里的标记：标记写在域代码里断成了几截，或一半在域里一半在域外。

域（页码、引用、邮件合并等）的代码 Word 会拆成几截，里面的标记不会换成数据；域的结果在更新域（F9、打印）时由 Word
重写，里面的标记就没有了。把标记写在域外；不要的域按 Ctrl+Shift+F9 变成普通文字。

正例：目录里的标记由程序重写，不算。

    第[域 PAGE]1[/域]页，{{ 项目.名称 }}

反例：

    [域 REF 甲]{{ 项目.名称 }}[/域]   # !T156 域
    {{ 项目.[域 DOCPROPERTY 甲]名称 }}[/域]   # !T156 一半
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Level, Location
from ..numbering import W
from ..template.tags import without_tags
from . import Case

CODE = "T156"
LEVEL = Level.WARNING

_REWRITTEN = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|REF|PAGEREF|STYLEREF|DATE|TIME|SEQ|MERGEFIELD|FILENAME|DOCPROPERTY|DOCVARIABLE"
    r"|AUTHOR|TITLE|SUBJECT|COMMENTS|KEYWORDS|CREATEDATE|SAVEDATE|PRINTDATE|QUOTE|IF|NOTEREF|LISTNUM|=)(?!\w)"
)
_CUT = "\0"  # between pieces of a field's code
_HALF = re.compile(r"\{\{|\{%|\}\}|%\}")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each paragraph with a tag in a field's result, or a piece of a tag in a field's code."""
    for part in case.draft.parts:
        for paragraph, _, where in part.paragraphs():
            for code, result in _fields(paragraph):
                if _is_broken(code):
                    whole = code.replace(_CUT, "").strip()
                    what = f"域代码“{whole[:40]}”里的标记断开了，不会换成数据"
                    yield Finding(CODE, Level.ERROR, where, what, whole, mend="把标记写在域的外面")
                elif _HALF.search(without_tags(result)):
                    what = f"标记一半在域（{code.strip()[:20]}）里，一半在域外，域里的一半会在更新域时回来"
                    mend = "选中这一段按 Ctrl+Shift+F9，把域变成普通文字，再把标记重打一遍"
                    yield Finding(CODE, Level.ERROR, where, what, result.strip(), mend=mend)
                elif _REWRITTEN.match(code) and ("{{" in result or "{%" in result):
                    what = f"{result.strip()[:40]} 在域（{code.strip()[:20]}）的结果里，Word 更新域时会被换掉"
                    mend = "选中它按 Ctrl+Shift+F9，变成普通文字"
                    yield Finding(CODE, LEVEL, where, what, result.strip(), mend=mend)


def covers(case: Case) -> Iterator[tuple[str, Location, str | None]]:
    """What the compiler says of a part with a tag that a field's code holds in pieces."""
    for part in case.draft.parts:
        if any(_is_broken(code) for paragraph, _, _ in part.paragraphs() for code, _ in _fields(paragraph)):
            yield "T110", part.where, None


def _is_broken(code: str) -> bool:
    """Whether a tag in a field's code does not end in the piece in which it begins."""
    rest = [without_tags(piece) for piece in code.split(_CUT) if "{" in piece]
    return any("{{" in piece or "{%" in piece for piece in rest)


def _fields(paragraph: Any) -> Iterator[tuple[str, str]]:
    """The code and the result of each field that begins in a paragraph, its own pieces of code apart from others'."""
    for simple in paragraph.iter(W + "fldSimple"):
        yield simple.get(W + "instr", ""), "".join(one.text or "" for one in simple.iter(W + "t"))
    code: list[str] = []
    result: list[str] = []
    depth, behind = 0, False
    for one in paragraph.iter(W + "fldChar", W + "instrText", W + "t"):
        kind = one.get(W + "fldCharType")
        if kind == "begin":
            depth, behind = depth + 1, False
        elif kind == "separate":
            behind = True
        elif kind == "end":
            depth -= 1
            if depth <= 0:
                yield _CUT.join(code), "".join(result)
                code, result, depth, behind = [], [], 0, False
        elif depth and one.tag == W + "instrText":
            code.append(one.text or "")
        elif depth and behind and one.tag == W + "t":
            result.append(one.text or "")
