"""文件重复：“文件”里两个简称是同一份文件：标题和文号都相同；或两份不同的文件写了同一个文号。

正例：标题相近、文号不同的是两份文件。

    文件:
      办法: {名称: 专项资金管理办法, 文号: 财社〔2022〕5号}
      新办法: {名称: 专项资金管理办法, 文号: 财社〔2024〕8号}

反例：同一份文件起了两个简称；另一份抄错了文号。

    文件:
      办法: {名称: 专项资金管理办法, 文号: 财社〔2022〕5号}
      管理办法: {名称: 专项资金管理办法, 文号: 财社〔2022〕5号}   # !P115 办法 同一份
      通知: {名称: 关于下达资金的通知, 文号: 财社〔2022〕5号}   # !P115 文号 财社〔2022〕5号
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...model import Document
from .. import Case, Fault

CODE = "P115"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each document that stands there before, or whose number another one has."""
    seen: list[tuple[str, Document]] = []
    for key, document in (case.data.documents or {}).items():
        for earlier, other in seen:
            same_name = document.name is not None and document.name == other.name
            same_number = document.number == other.number
            if same_name and same_number:
                what = f"“{key}”和“{earlier}”是同一份文件"
                yield Fault(("文件", key), what, quoted=document.name, mend="留下一个简称")
                break
            if same_number and document.number and document.name and other.name:
                what = f"“{key}”和“{earlier}”标题不同，文号都是{document.number}"
                yield Fault(("文件", key), what, quoted=document.number, mend="核对文号")
                break
        seen.append((key, document))
