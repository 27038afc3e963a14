"""答卷与填写的人数：填写的选项人数等于答卷里选它的份数。

问卷.答卷 给出的答卷按选项计数；没有写的人数由答卷得出，写了的和答卷核对。

正例：填写的人数与答卷相符。

    # 答卷.xlsx
    # | 序号 | 1、服务态度 |
    # | 1 | A.满意 |
    # | 2 | 满意 |
    问卷:
      发放: 2
      答卷: 答卷.xlsx
      题目:
        - 名称: 服务态度
          选项:
            - {选项: 满意, 人数: 2, 系数: 100%}
            - {选项: 不满意, 人数: 0, 系数: 0%}

反例：答卷里有2份，填写的是3人。

    # 答卷.xlsx
    # | 序号 | 1、服务态度 |
    # | 1 | A.满意 |
    # | 2 | 满意 |
    问卷:
      发放: 3
      有效: 3
      收回: 3
      答卷: 答卷.xlsx
      题目:
        - 名称: 服务态度
          选项:
            - {选项: 满意, 人数: 3, 系数: 100%}   # !Q110 3 2份
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...names import Called, dotted
from ...sums import COUNTED, totals, value_at
from .. import Case, Fault

CODE = "Q110"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed number of answers that is not the number in the answer sheets."""
    called: Called = {}
    for path, (total, _) in totals(case.source).items():
        typed = value_at(case.source, path) if path[-1] in COUNTED else None
        if isinstance(typed, int) and typed != total:
            what = f"{dotted(case.data, path, called)}写的是{typed}，答卷里有{total}份"
            yield Fault(path, what, f"{total}", f"{typed}", mend="改正其中一个；由答卷得出的，人数不必写")
