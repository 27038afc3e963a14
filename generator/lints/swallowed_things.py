"""标记旁的图片、分页会丢失：{%p %} 占用整段、{%tr %} 占用整行，同在里面的图片、分节、分页、脚注不会印出。

把图片或分页放到另一段；改变横竖版的分节符在那一段末尾的，另加一个空段放标记。
{#p 注释 #}、{#tr 注释 #} 连同整段、整行一起去掉，同在里面的文字也不印；有意停用的不用改，只是注释的，去掉字母。

正例：

    {%p if 资金.预算 %}
    [图片]
    {%p endif %}

反例：

    {%p if 资金.预算 %}[图片]   # !T153 图片
    有
    {%p endif %}
    {{ 项目.名称 }}{#p 这里印名称 #}   # !T153 {# 这里印名称 #}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Level
from ..numbering import W
from ..template.draft import UNITS, holder, told
from ..template.tags import MARK, Tag, shown
from . import Case

CODE = "T153"
LEVEL = Level.ERROR

_THINGS = (
    ("图片", (W + "drawing", W + "pict", W + "object")),
    ("分节符", (W + "sectPr",)),
    ("脚注", (W + "footnoteReference", W + "endnoteReference")),
)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag that takes up a paragraph, row or cell with something else than text in it."""
    for _, tag in case.tags:
        around = holder(tag) if tag.unit in UNITS else None
        if around is None:
            continue
        if tag.kind == "#":
            yield from _commented(tag, around)
            continue
        things = [name for name, elements in _THINGS if any(True for _ in around.iter(*elements))]
        if any(one.get(W + "type") == "page" for one in around.iter(W + "br")):
            things.append("分页符")
        if things:
            unit = {"p": "这一段", "tr": "这一行", "tc": "这一格"}[tag.unit]
            what = f"占用{unit}，同在里面的{'、'.join(things)}会丢失"
            yield told(CODE, tag, what, "", f"把{things[0]}移到另外的地方，标记单独放")


def _commented(tag: Tag, around: Any) -> Iterator[Finding]:
    """A comment takes its paragraph or row out, which may be meant: a warning."""
    words = MARK.sub("", "".join(one.text or "" for one in around.iter(W + "t")))
    rest = words.replace(tag.written, "", 1).strip()
    if rest:
        unit = {"p": "这一段", "tr": "这一行", "tc": "这一格"}[tag.unit]
        bare = re.sub(rf"^\{{#{tag.unit}", "{#", tag.written)
        mend = f"只是写个注释的，改为 {bare}；有意停用的，不用改"
        yield told(CODE, tag, f"连同{unit}一起去掉，同在里面的“{shown(rest)}”也不印", "", mend, Level.WARNING)
