"""同一个文件两个文号：《……办法》后面括号里的文号，前后要一样。

正例：

    《项目支出绩效评价管理办法》（财预〔2020〕10号）。
    《项目支出绩效评价管理办法》（财预[2020]10号）。

反例：

    依据《项目支出绩效评价管理办法》（财预〔2020〕10号）。
    按照《项目支出绩效评价管理办法》（财预〔2020〕11号）的规定。   # !A171 财预〔2020〕10号
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Level
from ..wording import fault
from . import Case, Fault

CODE = "A171"
LEVEL = Level.WARNING

_NAMED = re.compile(
    r"《(?P<title>[^《》]{4,60})》[（(](?P<number>[^（）()]{1,20}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d+号)"
)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each document whose number is another one than where it is named first."""
    first: dict[str, str] = {}
    for passage in case.passages:
        for match in _NAMED.finditer(passage.typed):
            title, number = match["title"], match["number"]
            known = first.setdefault(title, number)
            if _plain(known) != _plain(number):
                what = f"《{title}》的文号这里是{number}，前面是{known}"
                yield fault(passage, *match.span("number"), what, expected=known, actual=number)


def _plain(number: str) -> str:
    return re.sub(r"[\[［【(（]", "〔", re.sub(r"[\]］】)）]", "〕", number)).replace("第", "")
