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

import re
from collections.abc import Iterator

from ...findings import Level
from ...model import Unit
from ...numerals import count_of
from ...values import Day
from .. import Case, Fault
from . import called, clauses_about, day, later, units

CODE = "R110"
LEVEL = Level.WARNING

DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365}
NEAR = 6  # characters behind a delay in which its subject may stand: 逾期3天到账
_BOUND = r"(?:规定|合同|约定|计划|原定|既定|完成|的|时间|工期|进度){0,3}(?:时限|期限|计划|时间|工期|日期)"
_LATE = (
    rf"(?:超出|超过|晚于|迟于|超){_BOUND}|(?<!未)(?:逾期|超期)(?:完成|完工|竣工|交付|了)?|"
    rf"(?:比|较){_BOUND}(?:完成)?(?:晚|推迟|延迟|滞后|拖延|延后)了?"
)
_EARLY = r"提前(?:了)?(?=[^。；，]{1,8}(?:完成|完工|竣工|交付))|(?:比|较)" + _BOUND + r"(?:完成)?(?:提前|提早|早)了?"
_LENGTH = (
    r"(?:达|共|整整)?(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})(?P<unit>个月|天|日|周|个?星期|年)"
    r"(?![内以之份度初底])"
)
_SAID = re.compile(rf"(?:(?P<late>{_LATE})|(?P<early>{_EARLY}))(?:{_LENGTH})?")
_DENIED = re.compile(r"(?:没有|未|无|不|不存在|未发生|没|如|若|凡|避免|防止|杜绝|是否|导致|风险|有无)[^，。；]{0,4}$")
_GENERAL = re.compile(
    r"[的者率罚]?(?:未|按日|每日|将|应当|责任|违约|利息|风险|情况|情形|问题)|[者率罚]|、|多|余|半|左右"
)
_OTHER = re.compile(r"资金|拨付|到账|支付|付款|款项|合同签|备案|报送|上报|公示|审批|批复|验收|整改|招标|采购|评审")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each delay or lead of a unit in a text that its dates do not give."""
    for _, unit in units(case):
        actual = day(unit.actual_end)
        bounds = [found for found in (day(unit.limit), day(unit.plan_end)) if found]
        if actual is None or not bounds:
            continue
        for passage, clause in clauses_about(case, unit):
            for match in _SAID.finditer(clause):
                before = clause[: match.start()].rpartition("，")[2]
                if _DENIED.search(before) or _GENERAL.match(clause, match.end()) or _OTHER.search(before):
                    continue
                if _OTHER.search(clause[match.end() : match.end() + NEAR].partition("，")[0]):
                    continue
                told = _told(unit, actual, bounds, match)
                if told:
                    what, expected = told
                    mend = "核对文字和日期"
                    quoted = clause.strip()[:60]
                    yield Fault(passage.path, what, expected, match[0], quoted, mend, where=passage.where)


def _told(unit: Unit, actual: Day, bounds: list[Day], match: re.Match[str]) -> tuple[str, str] | None:
    """What is wrong with a delay or lead as written and what the dates give, None where they agree."""
    is_late = match["late"] is not None
    named = (("完成时限", unit.limit), ("计划完成", unit.plan_end))
    dates = "、".join(f"{name}{found}" for name, found in named if day(found))
    pairs = [(bound, actual) if is_late else (actual, bound) for bound in bounds]
    if is_late and not any(later(actual, bound) or actual.last > bound.first for bound in bounds):
        return f"文字写{called(unit)}“{match[0]}”，实际完成（{actual}）却不晚于{dates}", f"不晚于{dates}"
    if not match["n"]:
        return None
    count, size = count_of(match["n"]), DAYS[match["unit"].removeprefix("个")]
    if count is None or any(_agrees(count, size, *pair) for pair in pairs):
        return None
    if len(bounds) == 2 and is_late and _agrees(count, size, bounds[1], bounds[0]):
        return None  # what was granted beyond the plan
    spans = [_span(*pair) for pair in pairs]
    spans = [(max(1, least), most) for least, most in spans if most > 0] or spans
    listed = "或".join(f"{least}天" if least == most else f"{least}至{most}天" for least, most in dict.fromkeys(spans))
    what = f"文字写{called(unit)}“{match[0]}”，按{dates}和实际完成{actual}计算，{'晚' if is_late else '早'}{listed}"
    return what, listed


def _span(first: Day, second: Day) -> tuple[int, int]:
    """The fewest and the most days from the first date to the second."""
    return (second.first - first.last).days, (second.last - first.first).days


def _agrees(count: int, size: int, first: Day, second: Day) -> bool:
    """Whether a number of days, weeks, months or years may be the time from the first date to the second."""
    if size == DAYS["月"] and first.month and second.month and not first.day and not second.day:
        return count == (second.year - first.year) * 12 + second.month - first.month
    below, above = {1: (1, 1), 7: (4, 4), 30: (10, 15), 365: (60, 60)}[size]
    least, most = _span(first, second)
    return least - above <= count * size <= most + below
