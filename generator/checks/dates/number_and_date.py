"""文号与日期：文件的发文日期，与文号里的年份是同一年。

不同的是警告；文号是上一年、1月印发的（年底编号，年初印发），是提示。

正例：文号的年份与日期相同。

    文件:
      管理办法: {名称: 管理办法, 文号: 财预〔2020〕10号, 日期: 2020-02-25}

反例：日期写错了年份。

    文件:
      管理办法:
        名称: 管理办法
        文号: 财预〔2020〕10号
        日期: 2021-02-25   # !R108 2020 2021年2月25日
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import day
from .documents_in_time import YEAR_OF_NUMBER

CODE = "R108"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each document whose date is of another year than its number."""
    for key, document in (case.data.documents or {}).items():
        issued, match = day(document.day), YEAR_OF_NUMBER.search(document.number or "")
        if issued is None or match is None or int(match[1]) == issued.year:
            continue
        name = f"《{document.name}》" if document.name else f"“{key}”"
        what = f"{name}的日期（{issued}）与文号“{document.number}”不是同一年"
        level = Level.HINT if issued.year == int(match[1]) + 1 and issued.month == 1 else None
        path = ("文件", key, "日期")
        yield Fault(path, what, f"{match[1]}年", str(issued), mend="核对文号和发文日期", level=level)
