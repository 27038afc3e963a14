"""Delays and leads that a text tells (超出时限2个月), and whether dates give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .numerals import count_of
from .values import Day

DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365}
NEAR = 6  # characters behind a delay in which its subject may stand: 逾期3天到账
_BOUND = r"(?:规定|合同|约定|计划|原定|既定|完成|的|时间|工期|进度){0,3}(?:时限|期限|计划|时间|工期|日期)"
_LATE = (
    rf"(?:超出|超过|晚于|迟于|超){_BOUND}|(?<!未)(?:逾期|超期)(?:完成|完工|竣工|交付|了)?|"
    rf"(?:比|较){_BOUND}(?:完成)?(?:晚|推迟|延迟|滞后|拖延|延后|超出|超过|超)了?"
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


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay, or a lead, as written: where it stands, and how long it is, where that is told."""

    text: str
    start: int
    end: int
    late: bool
    count: int | None
    days: int

    def wrong(self, bounds: Sequence[Day], actual: Day) -> tuple[str, str] | None:
        """What the bounds (deadline and plan, either) and the completion give instead, None where they agree.

        The first is a clause for a message, the second what is expected.
        """
        if self.late and not any(later(actual, bound) or actual.last > bound.first for bound in bounds):
            return "却不晚于", ""
        if self.count is None:
            return None
        pairs = [(bound, actual) if self.late else (actual, bound) for bound in bounds]
        if any(_agrees(self.count, self.days, *pair) for pair in pairs):
            return None
        if len(bounds) == 2 and self.late and _agrees(self.count, self.days, bounds[1], bounds[0]):
            return None  # what was granted beyond the plan
        spans = [_span(*pair) for pair in pairs]
        spans = [(max(1, least), most) for least, most in spans if most > 0] or spans
        listed = "或".join(
            f"{least}天" if least == most else f"{least}至{most}天" for least, most in dict.fromkeys(spans)
        )
        return f"{'晚' if self.late else '早'}{listed}", listed


def later(first: Day | None, second: Day | None) -> bool:
    """Whether `first` is later than `second` beyond doubt: 2024年5月 is not later than 2024年5月20日."""
    return first is not None and second is not None and first.first > second.last


def delays(clause: str) -> Iterator[Delay]:
    """The delays and leads that a clause tells as facts, of work and not of money or papers.

    >>> [(one.text, one.late, one.count) for one in delays("较计划完成时限超出1个月，资金逾期3天到账")]
    [('较计划完成时限超出1个月', True, 1)]
    """
    for match in _SAID.finditer(clause):
        before = clause[: match.start()].rpartition("，")[2]
        if _DENIED.search(before) or _GENERAL.match(clause, match.end()) or _OTHER.search(before):
            continue
        if _OTHER.search(clause[match.end() : match.end() + NEAR].partition("，")[0]):
            continue
        days = DAYS[match["unit"].removeprefix("个")] if match["n"] else 0
        count = count_of(match["n"]) if match["n"] else None
        yield Delay(match[0], match.start(), match.end(), match["late"] is not None, count, days)


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
