"""逾期未说明：实际完成晚于完成时限（没有时限的，晚于计划完成），要有说明。

说明写在该单位的 实施内容，或指标的 完成情况说明、扣分原因、扣分事由、问题等提到该单位的文字里，
文字中有“超出、超期、逾期、延期、推迟、滞后、未按时”等词即可。没有说明的是警告。
晚于计划完成、但没有晚于完成时限的，没有说明是提示。只写到月的，按可能的范围比较，不能肯定的不算。

正例：实际完成晚于时限，指标的完成情况说明里写了。

    项目:
      单位:
        - {名称: 甲社区, 完成时限: 2024年5月, 实际完成: 2024年6月}
    指标体系:
      - {名称: 完成及时率, 分值: 9, 完成情况说明: 甲社区的项目超出时限1个月完成。}

反例：晚于时限，没有说明。

    项目:
      单位:
        - 名称: 甲社区
          完成时限: 2024-05-31
          实际完成: 2024-06-10   # !R102 甲社区 2024年6月10日 晚于完成时限 10天

反例：晚于计划完成，没有晚于时限（提示）。

    项目:
      单位:
        - 名称: 甲社区
          计划完成: 2024-05-31
          完成时限: 2024-12-31
          实际完成: 2024年7月   # !R102 晚于计划完成
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import called, day, later, told, units

CODE = "R102"
LEVEL = Level.WARNING
_LATE = (
    "超出时限",
    "超出计划",
    "超出规定",
    "超过时限",
    "超过计划",
    "超过规定",
    "超期",
    "超时",
    "逾期",
    "延期",
    "延后",
    "延迟",
    "延误",
    "延长工期",
    "工期延长",
    "推迟",
    "推后",
    "滞后",
    "拖延",
)
_NOT_ON_TIME = ("晚于", "未按", "没有按", "未能按", "未如期", "没有如期", "顺延", "不及时", "较晚")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each unit that was late without a word about it."""
    for path, unit in units(case):
        actual, limit, end = day(unit.actual_end), day(unit.limit), day(unit.plan_end)
        name, bound = ("完成时限", limit) if later(actual, limit) else ("计划完成", end)
        if actual is None or bound is None or not later(actual, bound) or told(case, unit, _LATE + _NOT_ON_TIME):
            continue
        days = (actual.first - bound.last).days
        what = f"{called(unit)}的实际完成（{actual}）晚于{name}（{bound}）" + ("至少" if not actual.day else "")
        what += f"{days}天，没有说明"
        level = Level.HINT if name == "计划完成" and limit else None
        mend = "在该单位的 实施内容 或有关指标的 完成情况说明 里说明"
        yield Fault((*path, "实际完成"), what, f"不晚于{bound}", str(actual), mend=mend, level=level)
