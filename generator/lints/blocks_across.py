"""开头和结尾不在一处：{%tr %} 的开头和结尾要在同一张表，{%tc %} 在同一行，{%p %} 和不带字母的在同一格或都在表外。

不在一处的，生成时不报错，中间的表格、行或格会丢失或错乱。

正例：

    | {%tr for 单位 in 项目.单位 %} |
    | {{ 单位.名称 }} |
    | {%tr endfor %} |

反例：一张表里开头，另一张表里结尾；一格里开头，另一格里结尾。

    | {%tr for 单位 in 项目.单位 %} |
    | {{ 单位.名称 }} |
    另一张表：
    | {%tr endfor %} |   # !T152 同一张表
    以下是第三张表：
    | {% if 资金.预算 %}有 | 无{% endif %} |   # !T152 同一格
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Level, Location
from ..numbering import W
from ..template.draft import holder, pairs, told
from ..template.tags import Tag
from . import Case

CODE = "T152"
LEVEL = Level.ERROR
INSTEAD = ("T112", "T115")

_PLACES = {"tr": "同一张表里", "tc": "同一行里"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each end that stands in another table, row or cell than its opening."""
    for opening, ending in _apart(case):
        first, second = holder(opening), holder(ending)
        if first is second:
            unit = "行" if opening.unit == "tr" else "格" if opening.unit == "tc" else "段"
            what = f"与 {opening.written} 在同一{unit}里，生成不了"
            yield told(CODE, ending, what, "", f"{opening.written} 和 {ending.written} 各占一{unit}{_inline(opening)}")
        else:
            where = _PLACES.get(opening.unit) or _shared(opening, ending)
            what = f"与 {opening.written} 不在{where}"
            yield told(CODE, ending, what, "中间的内容会丢失或错乱", _together(where, opening, ending))


def covers(case: Case) -> Iterator[tuple[str, Location, str]]:
    """What the compiler says of the opening."""
    for opening, _ in _apart(case):
        yield from ((code, opening.where, opening.written) for code in INSTEAD)


def _apart(case: Case) -> Iterator[tuple[Tag, Tag]]:
    """Each opening with an end that stands elsewhere, or too near."""
    for part in case.draft.parts:
        for opening, ending in pairs(part.tags):
            if {opening.unit, ending.unit} & {"p", "tr", "tc"} and opening.unit != ending.unit:
                continue  # the compiler says so
            first, second = holder(opening), holder(ending)
            if first is None or second is None:
                continue
            if (first is second and opening.unit in ("p", "tr", "tc")) or first.getparent() is not second.getparent():
                yield opening, ending


def _inline(opening: Tag) -> str:
    """For a block that was meant inside of a paragraph: the letter may go."""
    return "；只管段里几个字的，两个都去掉字母 p" if opening.unit == "p" else ""


def _together(where: str, opening: Tag, ending: Tag) -> str:
    if where == "同一格里" and not opening.unit:
        return f"每一格里各写各的 {opening.written}…{ending.written}；管整行的，用 {{%tr %}} 各占一行"
    return f"把 {opening.written} 和 {ending.written} 放在{where}"


def _shared(*two: Tag) -> str:
    cells = [_cell(tag) for tag in two]
    if all(cell is not None for cell in cells):
        return "同一格里"
    if any(cell is not None for cell in cells):
        return "表格的同一边（都在表里的同一格，或都在表外）"
    return "同一处（一个在文本框里，一个在外面）"


def _cell(tag: Tag) -> Any:
    return next(tag.element.iterancestors(W + "tc"), None) if tag.element is not None else None
