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

from ..findings import Finding, Level
from ..numbering import W
from ..template.draft import holder, pairs, told
from ..template.tags import Tag
from . import Case

CODE = "T152"
LEVEL = Level.ERROR
INSTEAD = ("T112", "T115")

_PLACES = {"tr": "同一张表", "tc": "同一行"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each end that stands in another table, row or cell than its opening."""
    for part in case.draft.parts:
        for opening, ending in pairs(part.tags):
            if {opening.unit, ending.unit} & {"p", "tr", "tc"} and opening.unit != ending.unit:
                continue  # the compiler says so
            first, second = holder(opening), holder(ending)
            if first is None or second is None:
                continue
            if opening.unit in ("p", "tr") and first is second:
                what = f"与 {opening.written} 在同一{'行' if opening.unit == 'tr' else '段'}里，生成不了"
                apart = f"各占一{'行' if opening.unit == 'tr' else '段'}"
                yield told(CODE, ending, what, "", f"{opening.written} 和 {ending.written} {apart}")
            elif first.getparent() is not second.getparent():
                where = _PLACES.get(opening.unit) or _shared(opening, ending)
                what = f"与 {opening.written} 不在{where}里"
                yield told(CODE, ending, what, "中间的内容会丢失或错乱", f"把开头和结尾放在{where}里")


def _shared(*two: Tag) -> str:
    cells = [_cell(tag) for tag in two]
    return "同一格" if all(cell is not None for cell in cells) else "表格的同一边"


def _cell(tag: Tag) -> Any:
    return next(tag.element.iterancestors(W + "tc"), None) if tag.element is not None else None
