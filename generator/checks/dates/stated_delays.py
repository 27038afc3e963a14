"""文字里的逾期：写逾期、提前了多久，要与单位的时限、计划完成、实际完成的日期相符。

看写明是哪个单位的文字（实施内容，指标的说明、扣分事由，正文里提到一个单位的句子）。“逾期15天”“超出时限2个月”
“提前10天完成”与完成时限、计划完成都对不上的，提示；实际完成不晚于时限、也不晚于计划，却写逾期的，也提示。
天数容许差1天（首尾两天都算），月数容许差十天半月；只写到月的日期，按可能的范围比较。资金、合同、报送等别的事不核查。

正例：天数、月数与日期相符；别的事；没有逾期。

    项目:
      单位:
        - {名称: 甲社区, 完成时限: 2024-05-31, 实际完成: 2024-06-15}
        - {名称: 乙社区, 完成时限: 2024-03-31, 实际完成: 2024年5月}
        - {名称: 丙社区, 计划完成: 2024-10-31, 实际完成: 2024-10-21}
    正文:
      项目概况: 甲社区的项目逾期15天完成。乙社区超出时限两个月。丙社区提前10天完成，没有逾期，资金逾期3天到账。

反例：天数、月数不符。

    项目:
      单位:
        - {名称: 甲社区, 完成时限: 2024-05-31, 实际完成: 2024-06-15}
        - {名称: 乙社区, 完成时限: 2024-03-31, 实际完成: 2024年5月}
        - {名称: 丙社区, 计划完成: 2024-10-31, 实际完成: 2024-10-21}
    正文:
      项目概况: 甲社区的项目逾期25天完成。   # !R110 25天 15天
      实施内容: 乙社区超出时限4个月。   # !R110 4个月
      组织管理: 丙社区提前一个月完成。   # !R110 一个月 10天

反例：按时完成，却写逾期。

    项目:
      单位:
        - {名称: 甲社区, 完成时限: 2024-05-31, 实际完成: 2024-05-20}
    指标体系:
      - {名称: 完成及时率, 分值: 9, 完成情况说明: 甲社区的项目逾期完成。}   # !R110 逾期 2024年5月20日
"""

from __future__ import annotations

from collections.abc import Iterator

from ...delays import Delay, delays
from ...findings import Level
from ...model import Unit
from ...values import Day
from .. import Case, Fault
from . import called, clauses_about, day, units

CODE = "R110"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each delay or lead of a unit in a text that its dates do not give."""
    for _, unit in units(case):
        actual = day(unit.actual_end)
        bounds = [found for found in (day(unit.limit), day(unit.plan_end)) if found]
        if actual is None or not bounds:
            continue
        for passage, clause in clauses_about(case, unit):
            for delay in delays(clause):
                told = _told(unit, actual, bounds, delay)
                if told:
                    what, expected = told
                    mend = "核对文字和日期"
                    quoted = clause.strip()[:60]
                    yield Fault(passage.path, what, expected, delay.text, quoted, mend, where=passage.where)


def _told(unit: Unit, actual: Day, bounds: list[Day], delay: Delay) -> tuple[str, str] | None:
    """What is wrong with a delay or lead as written and what the dates give, None where they agree."""
    wrong = delay.wrong(bounds, actual)
    if wrong is None:
        return None
    named = (("完成时限", unit.limit), ("计划完成", unit.plan_end))
    dates = "、".join(f"{name}{found}" for name, found in named if day(found))
    apart, expected = wrong
    if not expected:
        return f"文字写{called(unit)}“{delay.text}”，实际完成（{actual}）却不晚于{dates}", f"不晚于{dates}"
    return f"文字写{called(unit)}“{delay.text}”，按{dates}和实际完成{actual}计算，{apart}", expected
