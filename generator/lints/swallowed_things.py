"""标记旁的图片、分页会丢失：{%p %} 占用整段、{%tr %} 占用整行，同在里面的图片、分节、分页、脚注不会印出。

把图片或分页放到另一段；改变横竖版的分节符在那一段末尾的，另加一个空段放标记。

正例：

    {%p if 资金.预算 %}
    [图片]
    {%p endif %}

反例：

    {%p if 资金.预算 %}[图片]   # !T153 图片
    有
    {%p endif %}
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..numbering import W
from ..template.draft import UNITS, holder, told
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
        around = holder(tag) if tag.unit in UNITS and tag.kind != "#" else None
        if around is None:
            continue
        things = [name for name, elements in _THINGS if any(True for _ in around.iter(*elements))]
        if any(one.get(W + "type") == "page" for one in around.iter(W + "br")):
            things.append("分页符")
        if things:
            unit = {"p": "这一段", "tr": "这一行", "tc": "这一格"}[tag.unit]
            what = f"占用{unit}，同在里面的{'、'.join(things)}会丢失"
            yield told(CODE, tag, what, "", f"把{things[0]}移到另外的地方，标记单独放")
