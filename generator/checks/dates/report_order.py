"""报告的日期：评价开始、评价结束、报告日期依次先后；数据的截止日期不晚于报告日期；项目开始不晚于完成。

这些颠倒了是错误。截止日期晚于评价结束、早于项目年度开始、晚于项目年度两年以上，报告日期早于项目年度开始，
项目的起止不含项目年度的，是警告；评价开始到结束超过一年、报告日期比评价结束晚半年以上、项目完成晚于截止日期的，是提示。
只写到月的，按可能的范围比较：评价结束 2025年10月，报告日期 2025-10-15，不提示。

正例：评价到2025年10月，报告日期在同一个月。

    报告: {标题: 示例, 样式: national, 评价开始: 2025年8月, 评价结束: 2025年10月, 报告日期: 2025-10-15}
    项目: {名称: 某项目, 年度: 2024, 开始: 2024年1月, 完成: 2024年12月}

反例：报告日期早于评价结束。

    报告:
      标题: 示例
      样式: national
      评价开始: 2025年8月
      评价结束: 2025年10月
      报告日期: 2025-09-30   # !R104 报告日期 2025年9月30日 早于评价结束

反例：截止日期晚于报告日期。

    报告:
      标题: 示例
      样式: national
      报告日期: 2024-12-20
      截止日期: 2024-12-31   # !R104 截止日期 晚于报告日期

反例：报告日期的年份写错（提示）。

    报告:
      标题: 示例
      样式: national
      评价结束: 2025年10月
      报告日期: 2028-10-31   # !R104 评价结束 2028年10月31日 1096天

反例：项目的起止年份写错，不含项目年度（警告）。

    项目:
      年度: 2024
      开始: 2023年1月   # !R104 项目年度2024
      完成: 2023年11月
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...values import Day
from .. import Case, Fault
from . import day, later

CODE = "R104"
LEVEL = Level.ERROR
_YEAR, _HALF_YEAR = 366, 183  # days


def check(case: Case) -> Iterator[Fault]:
    """A fault for each pair of the report's or project's own dates in the wrong order."""
    report, project = case.data.report, case.data.project
    start, end, made, cutoff = (day(one) for one in (report.start, report.end, report.day, report.cutoff))
    yield from _earlier(("报告", "评价结束"), "评价结束", end, "评价开始", start)
    yield from _earlier(("报告", "报告日期"), "报告日期", made, "评价结束" if end else "评价开始", end or start)
    yield from _far(("报告", "评价开始"), "评价开始", start, "评价结束", end, _YEAR)
    yield from _far(("报告", "报告日期"), "评价结束", end, "报告日期", made, _HALF_YEAR)
    if later(cutoff, made):
        yield _later(("报告", "截止日期"), "截止日期", cutoff, "报告日期", made)
    elif later(cutoff, end):
        yield _later(("报告", "截止日期"), "截止日期", cutoff, "评价结束", end, Level.WARNING)
    if not project:
        return
    first, last = day(project.start), day(project.end)
    yield from _earlier(("项目", "完成"), "项目完成", last, "项目开始", first)
    if later(last, cutoff):
        yield _later(("项目", "完成"), "项目完成", last, "截止日期", cutoff, Level.HINT)
    if project.year:
        yield from _of_year(case, Day(project.year), first, last)


def _of_year(case: Case, year: Day, first: Day | None, last: Day | None) -> Iterator[Fault]:
    """What cannot be of a project of that year."""
    report = case.data.report
    for name, one in (("截止日期", day(report.cutoff)), ("报告日期", day(report.day))):
        if one and later(year, one):
            what = f"{name}（{one}）早于项目年度{year.year}年开始"
            yield Fault(("报告", name), what, actual=str(one), mend=f"核对{name}和 项目.年度", level=Level.WARNING)
    cutoff = day(report.cutoff)
    if cutoff and later(cutoff, Day(year.year + 1)):
        what = f"截止日期（{cutoff}）比项目年度{year.year}年晚了{cutoff.year - year.year}年"
        mend = "核对截止日期和 项目.年度"
        yield Fault(("报告", "截止日期"), what, actual=str(cutoff), mend=mend, level=Level.WARNING)
    for name, one, outside in (("开始", first, later(first, year)), ("完成", last, later(year, last))):
        if one and outside:
            place = ("项目", "开始" if first and name == "完成" else name)
            what = f"项目{name}（{one}）{'晚于' if name == '开始' else '早于'}项目年度{year.year}年，起止时间不含这一年"
            mend = "核对 项目.年度 和起止时间"
            yield Fault(place, what, f"含{year.year}年", str(one), mend=mend, level=Level.WARNING)


def _earlier(path: Path, name: str, one: Day | None, bound_name: str, bound: Day | None) -> Iterator[Fault]:
    if later(bound, one):
        what = f"{name}（{one}）早于{bound_name}（{bound}）"
        yield Fault(path, what, f"不早于{bound}", str(one), mend="核对两个日期")


def _far(path: Path, first_name: str, first: Day | None, name: str, one: Day | None, most: int) -> Iterator[Fault]:
    """A 提示 when more days than usual lie between two dates."""
    if first and one and (one.first - first.last).days > most:
        what = f"{first_name}（{first}）到{name}（{one}）有{(one.first - first.last).days}天"
        yield Fault(path, what, mend="核对年份", level=Level.HINT)


def _later(
    path: Path, name: str, one: Day | None, bound_name: str, bound: Day | None, level: Level | None = None
) -> Fault:
    what = f"{name}（{one}）晚于{bound_name}（{bound}）"
    return Fault(path, what, f"不晚于{bound}", str(one), mend="核对两个日期", level=level)
