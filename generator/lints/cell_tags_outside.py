"""合并和底色的标记放错了地方：colspan、cellbg、vm、hm 只能写在表格的格里，vm、hm 还要在循环里。

{% colspan 列数 %} 横向合并，{% cellbg '颜色' %} 换底色，{% vm %} 在循环里向下合并，{% hm %} 在循环里横向合并。

正例：

    | {%tr for 单位 in 项目.单位 %} |
    | {% vm %}{{ 单位.名称 }} |
    | {%tr endfor %} |

反例：

    {% cellbg 'FF0000' %}红   # !T154 表格
    | {% vm %}合并 |   # !T154 循环
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..numbering import W
from ..template.draft import told
from . import Case

CODE = "T154"
LEVEL = Level.ERROR
INSTEAD = ("T110",)

_IN_CELLS = ("colspan", "cellbg", "vm", "hm")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag of cells that stands outside of a table, or of a loop where it needs one."""
    for _, tag in case.tags:
        if tag.kind != "%" or tag.word not in _IN_CELLS:
            continue
        if tag.element is None or next(tag.element.iterancestors(W + "tc"), None) is None:
            yield told(CODE, tag, "只能写在表格的格里", "")
        elif tag.word in ("vm", "hm") and not tag.loops:
            yield told(
                CODE, tag, "要写在循环里：它按循环的各轮合并", "", "把这一行或这一格放进 {%tr for %} 或 {%tc for %} 里"
            )
