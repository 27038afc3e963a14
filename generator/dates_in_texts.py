"""Dates that a text has: those that no calendar has, and the spans between two of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_LEAP = 2024  # a year in which a date without year may be
# 2023年2月29日, 2023年13月, 2月30日, 2月28日至30日; 2023-02-29, 2023/2/29, 2023.2.29
_CHINESE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月"
    r"(?:(?P<day>\d{1,2})(?:日?[-—–~～至、](?P<to>\d{1,2})(?=日))?(?P<sign>[日号]))?"
)
_SIGNS = re.compile(
    r"(?<![0-9A-Za-z./〔(-])(?P<year>(?:19|20)\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![0-9A-Za-z/-])"
)
_SEPARATED = re.compile(r"(?:19|20)\d\d[-./]\d")
# A month that is no span of months: 于13月, 13月底, 2024年十三月.
_MONTH = re.compile(
    r"(?:(?<=[于在])|(?<=截至)|(?<=截止))(?P<at>\d{2}|十[三四五六七八九])月(?![内以之后间])"
    r"|(?<![\d.第二三四五六七八九十])(?P<part>\d{2}|十[三四五六七八九])月(?:底|初|份|[上中下]旬)"
    r"|(?:(?<=\d{4}年)|(?<=二[〇○零][一二三四五六七八九][一二三四五六七八九〇○零]年))(?P<of>十[三四五六七八九])月"
)
_DAY = r"(?P<year{0}>(?:19|20)\d\d)年(?P<month{0}>\d{{1,2}})月(?:(?P<day{0}>\d{{1,2}})[日号])?"
_SPAN = re.compile(
    _DAY.format(1)
    + r"(?:(?:起|开始)?(?:至|到|[-—–~～]{1,2})|(?:开工|动工|启动|开始|进场)[，,]?[于至到]?)"
    + r"(?:(?P<year2>(?:19|20)\d\d)年)?(?P<month2>\d{1,2})月(?:(?P<day2>\d{1,2})[日号])?"
    + r"(?:[^。；\n\d]{0,12}?(?:共计?|为期|历时|用时|合计|工期|期限|长达|周期|(?:建设|实施|服务|合同)期)"
    + r"[^。；\n\d]{0,4}"
    + r"(?P<count>\d{1,4})(?P<unit>个月|日历天|天|日|年))?"
)


TWO_MONTHS = 59  # days: the first and the last month may be meant in part
FARTHEST = 60  # characters of two dates
MOST_ROUNDED_OFF = 7  # days that are no month begun


_APART = re.compile(
    r"(?P<year1>20\d\d)年(?P<month1>\d{1,2})月(?P<day1>\d{1,2})日[^。；\n]{0,30}?"
    r"(?:(?P<year2>20\d\d)年)?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日[^。；\n\d]{0,20}?"
    r"(?:延期|逾期|超期|推迟|延迟|晚|提前|滞后)[了\u4e00-\u9fff]{0,4}?(?P<count>\d{1,4})天"
)


_BEFORE = re.compile(r"(?:期|时间|历时)[为是]?(?P<count>\d{1,4})(?P<unit>个月|日历天|天|日|年)[，,（(](?:自|从|即)?")


def spans_said_before(text: str) -> Iterator[Span]:
    """Each time between two dates whose length stands before it.

    >>> [(one.count, sorted(one.lengths)) for one in spans_said_before("公示期为7天，自2024年5月6日至2024年5月10日")]
    [(7, [4, 5])]
    """
    for match in _BEFORE.finditer(text):
        for span in spans(text[match.end() : match.end() + FARTHEST]):
            if not span.start and not span.count:
                yield replace(span, count=int(match["count"]), unit=match["unit"], at=match.span("count"))
            break


def days_apart(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where a text says by how many days one date is behind another, from and to, how many, and how many they are.

    >>> list(days_apart("应于2024年9月30日前完工，实际于2024年10月25日完工，延期35天"))
    [(35, 37, 35, 25)]
    """
    for match in _APART.finditer(text):
        year = int(match["year1"])
        try:
            first = date(year, int(match["month1"]), int(match["day1"]))
            last = date(int(match["year2"] or year), int(match["month2"]), int(match["day2"]))
        except ValueError:
            continue
        yield *match.span("count"), int(match["count"]), abs((last - first).days)


@dataclass(frozen=True, slots=True)
class Span:
    """A time between two printed dates, with what the text says how long it is ("" where it does not)."""

    start: int
    end: int
    first: date
    last: date
    whole_months: bool  # whether the dates are months, without days
    count: int
    unit: str
    at: tuple[int, int]  # where the length stands
    has_two_years: bool = True

    @property
    def lengths(self) -> set[int]:
        """How long it may be said to be, in its unit: with and without its last day, a part as none or as a whole."""
        behind = self.last + timedelta(days=1)
        if self.unit in ("天", "日", "日历天") and self.whole_months:
            return set(range((self.last - self.first).days - TWO_MONTHS, (behind - self.first).days + 1))
        if self.unit in ("天", "日", "日历天"):
            return {(self.last - self.first).days, (behind - self.first).days}
        months = {_months(self.first, self.last), _months(self.first, behind)}
        if self.whole_months:
            months |= {one - 1 for one in months}
        if self.unit == "个月":
            rest = (behind - self.first).days - _months(self.first, behind) * 30
            return months | {one + 1 for one in months if rest > MOST_ROUNDED_OFF and not self.whole_months}
        return {one // 12 for one in months} | {-(-one // 12) for one in months}


def spans(text: str) -> Iterator[Span]:
    """Each time from one date to another, as printed; none with a date that no calendar has.

    >>> [one.count for one in spans("2024年1月10日开工，2024年6月9日完工，历时8个月")]
    [8]
    >>> [(str(one.first), str(one.last), one.count) for one in spans("自2023年3月1日至2024年2月28日，共12个月")]
    [('2023-03-01', '2024-02-28', 12)]
    """
    for match in _SPAN.finditer(text):
        year, month = int(match["year1"]), int(match["month1"])
        to_year, to_month = int(match["year2"] or year), int(match["month2"])
        bare = not match["day1"] and not match["day2"]
        try:
            first = date(year, month, int(match["day1"] or 1))
            last = date(to_year, to_month, int(match["day2"] or calendar.monthrange(to_year, to_month)[1]))
        except (ValueError, IndexError):
            continue
        at = match.span("count") if match["count"] else (match.end(), match.end())
        count, unit = int(match["count"] or 0), match["unit"] or ""
        yield Span(match.start(), match.end(), first, last, bare, count, unit, at, match["year2"] is not None)


def _months(first: date, last: date) -> int:
    """The whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def impossible(words: str) -> Iterator[tuple[int, int, str]]:
    """Where in `words` an impossible date stands, from and to, and why it is one."""
    if "月" not in words and not _SEPARATED.search(words):
        return
    for match in (*_CHINESE.finditer(words), *_SIGNS.finditer(words)):
        parts = match.groupdict()
        year, month = int(parts["year"]) if parts["year"] else None, int(parts["month"])
        if year is None and parts["day"] is None:
            continue
        days = [int(parts[name]) for name in ("day", "to") if parts.get(name)]
        if why := _why(year, month, days):
            yield match.start(), match.end(), why
    for match in _MONTH.finditer(words):
        written = match["at"] or match["part"] or match["of"]
        month = int(written) if written.isdecimal() else 10 + "一二三四五六七八九".index(written[1]) + 1
        if not 1 <= month <= 12:
            yield match.start(), match.end(), f"没有{month}月"


def _why(year: int | None, month: int, days: list[int]) -> str | None:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    most = calendar.monthrange(year or _LEAP, month)[1]
    if all(1 <= one <= most for one in days):
        return None
    return f"{f'{year}年' if year else ''}{month}月{'' if year or month != 2 else '最多'}只有{most}天"
