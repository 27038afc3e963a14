"""大幅超额：实际值超出指标值很多，要说明原因。

多少算很多写在样式里（界限：倍数，如 1.3；指标值为零，如 30），样式没有写的不核查。
指标值和实际值（测算出的，或写的完成值）都是确切的数、单位相同才比较；指标值的符号是 ≤、< 的不核查。
写了扣分原因（偏差原因），或完成情况说明、分析里说到超过、高于、增加等的，不提示。
超出很多，往往是指标值定低了；要么说明原因，要么在下一年度调高指标值。

正例：完成情况说明里讲了为什么超过。

    指标体系:
      - 名称: 活动参与人次
        分值: 20
        指标值: ≥200人次
        完成值: 300人次
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
        完成情况说明: 居民报名踊跃，参与规模超过预期。

正例：1.2 倍。

    指标体系:
      - {名称: 参与人次, 分值: 20, 指标值: ≥200人次, 完成值: 240人次, 计分方法: 按指标值得分, 参数: {未达到: 不得分}}

反例：1.5 倍，分析里没有讲为什么。

    指标体系:
      - 名称: 活动参与人次
        分值: 20
        指标值: ≥200人次
        完成值: 300人次   # !K108 活动参与人次 150%
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
        分析: 活动面向全体居民，全年举办。

反例：1.5 倍，没有说明。

    指标体系:
      - 名称: 活动参与人次
        分值: 20
        指标值: ≥200人次
        完成值: 300人次   # !K108 活动参与人次 ≥200人次 300人次 150%
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
        完成情况说明: 活动如期举办。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...scores import Node
from ...values import Rate, Target
from .. import Case, Fault
from ..indicators import alike, called, figure, filled, reached, words

CODE = "K108"
LEVEL = Level.WARNING
LIMITS = ("倍数", "指标值为零")

ABOVE = (
    *("超过", "超出", "超额", "超预期", "超标", "超计划"),
    *("多于", "高于", "大于", "增加", "增长", "增多", "扩大", "翻番", "提高了"),
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each actual value far above its target that no text explains."""
    many, from_nothing = case.limit(CODE, "倍数"), case.limit(CODE, "指标值为零")
    for node in case.scores.leaves():
        goal, actual = node.indicator.target, reached(node)
        if not isinstance(goal, Target) or actual is None or goal.operator in ("≤", "<") or _explained(node):
            continue
        wanted, found = figure(goal, case.style.forms), figure(actual, case.style.forms)
        if wanted is None or found is None or not alike(wanted, found) or wanted.amount < 0:
            continue
        if not wanted.amount:
            far, times = from_nothing is not None and found.amount >= from_nothing, ""
        else:
            far = many is not None and found.amount >= wanted.amount * many
            times = f"，是指标值的{Rate.of(found.amount, wanted.amount, case.style.forms.rate)}"
        if far:
            what = f"“{called(node)}”指标值{goal}，实际{actual.bare}{times}，没有说明原因"
            place = "完成值" if node.indicator.actual is not None else "测算"
            mend = "在“扣分原因”（偏差原因）或“分析”里说明；指标值定低了的，写明以后怎样调整"
            yield Fault((*node.path, place), what, expected=str(goal), actual=str(actual), mend=mend)


def _explained(node: Node) -> bool:
    one = node.indicator
    return filled(one.reason) or any(word in words(one.facts, one.results, one.analysis) for word in ABOVE)
