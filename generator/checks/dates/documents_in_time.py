"""文件的时间：引用的文件在报告之前印发，也不晚于它所管的项目。

发文时间取“日期”，没有的取文号里的年份（〔2024〕）。晚于报告日期（没有的，评价结束）的：列入“依据”的是错误，其他的是警告；
晚于项目完成（没有的，项目年度末）的是提示：项目实施时还没有这份文件，不能用它要求项目，引用时核对施行日期。
名称里有“评价”“审计”“检查”的文件管的是事后的工作，不提示晚于项目。只知道年份的，按可能的范围比较。

正例：评价通知在项目年度的下一年印发。

    报告: {标题: 示例, 样式: national, 报告日期: 2025-10-31}
    项目: {年度: 2024}
    文件:
      评价通知: {名称: 关于开展2024年度项目支出绩效评价工作的通知, 文号: 西财评绩〔2025〕16号}

反例：依据的文件在报告日期之后才印发。

    报告: {标题: 示例, 样式: national, 报告日期: 2025-10-31}
    文件:
      部颁办法: {名称: 项目支出绩效评价管理办法, 文号: 财预〔2026〕10号}   # !R107 部颁办法 2026年 报告日期
    依据: [部颁办法]

反例：文件在项目结束以后才印发（提示）。

    报告: {标题: 示例, 样式: national, 报告日期: 2025-10-31}
    项目: {年度: 2024}
    文件:
      财务办法: {名称: 财务管理办法（修订稿）, 文号: 永处发〔2025〕9号}   # !R107 财务管理办法 2025年 项目
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...model import Document
from ...values import Day
from .. import Case, Fault
from . import day, later, project_end, report_day

CODE = "R107"
LEVEL = Level.ERROR
YEAR_OF_NUMBER = re.compile(r"[〔\[［【（(]((?:19|20)\d\d)[〕\]］】）)]")
_AFTERWARDS = ("评价", "审计", "检查", "验收", "决算")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each document that is newer than the report or than the project."""
    made, end = report_day(case), project_end(case)
    for key, document in (case.data.documents or {}).items():
        issued, field = _issued(document)
        if issued is None:
            continue
        path, name = ("文件", key, field), f"《{document.name}》" if document.name else f"“{key}”"
        if made and later(issued, made[1]):
            cited = key in case.data.basis
            what = f"{name}（{issued}印发）晚于{made[0]}（{made[1]}）" + ("，不能作为评价依据" if cited else "")
            mend = f"核对 文件.{key} 的{field}"
            level = None if cited else Level.WARNING
            yield Fault(path, what, f"不晚于{made[1]}", str(issued), mend=mend, level=level)
        elif end and issued.first > end and not any(word in (document.name or "") for word in _AFTERWARDS):
            what = (
                f"{name}（{issued}印发）晚于项目结束（{Day(end.year, end.month, end.day)}），项目实施时还没有这份文件"
            )
            mend = "引用时核对施行日期；有旧文件的，引用旧文件"
            yield Fault(path, what, actual=str(issued), mend=mend, level=Level.HINT)


def _issued(document: Document) -> tuple[Day | None, str]:
    """When the document was issued, as far as the data says, and the field that says it."""
    if found := day(document.day):
        return found, "日期"
    match = YEAR_OF_NUMBER.search(document.number or "")
    return (Day(int(match[1])), "文号") if match else (None, "")
