"""计划、时限和实际完成：计划完成不晚于完成时限；写的逾期、提前、按时，和印出的日期相符。

看一句里写着的计划起止、完成时限和实际完成；后面的一句没有写时限的，用前面同一个单位的。逾期多久照核查 R110 算。
报告自己说到计划和时限不一致的，不再说。

正例：

    甲社区计划2024年3月1日至2024年6月30日实施，完成时限为2024年7月，实际于2024年8月完成，超出时限1个月。
    乙社区完成时限为2024年7月，实际完成时间为2024年7月20日，按时完成。
    乙社区的项目提前完成。

反例：

    甲社区计划开竣工日期：2023年7月1日-2024年6月30日，完成时限2024年5月。   # !A154 晚于完成时限
    甲社区的项目实际完成时间2024年5月，超出计划1个月。   # !A154 同一个月
    乙社区完成时限2023年12月，实际完成时间为2024年3月，超出时限1个月。   # !A154 61
    乙社区完成时限2023年12月，实际于2024年3月完成，做到了按时完成。   # !A154 晚于2023年12月
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..delays import Delay, delays, later
from ..findings import Level
from ..passages import Passage
from ..values import Day
from ..wording import HAN, fault
from . import Case, Fault

CODE = "A154"
LEVEL = Level.WARNING

_DAY = r"(?P<{0}y>20\d\d)年(?P<{0}m>1[0-2]|0?[1-9])月(?:(?P<{0}d>[12]\d|3[01]|0?[1-9])日)?"
_TO = r"(?:起|开始)?(?:至|到|[-—–~～]{1,2})"
_PLAN = re.compile(
    r"计划(?:开竣工|实施|施工|建设|服务)?(?:日期|时间|期限|期)?(?:设定|定)?(?:为|是|：|:)?(?:自|从)?"
    + _DAY.format("a")
    + _TO
    + _DAY.format("b")
)
_PLANNED_END = re.compile(r"计划(?:完工|竣工|完成)(?:时间|日期)?(?:为|是|于|：|:)?" + _DAY.format("b"))
_PLANNED_START = re.compile(r"计划(?:施工|开工|开始)(?:时间|日期)(?:为|是|：|:)?" + _DAY.format("a"))
_LIMIT = re.compile(
    r"(?<!实际)(?:规定的?|约定的?)?(?:完成|完工|竣工)(?:时限|期限)(?:设定为|定为|为|是|：|:)?"
    + _DAY.format("b")
    + r"(?!\s?[至到—-])"
)
_ACTUAL = re.compile(
    r"实际(?:完成|完工|竣工)?(?:时限|时间|日期)?(?:为|是|于|在|：|:)?"
    + _DAY.format("b")
    + r"(?:(?:才|全部)?完成)?(?!\s?[至到—-])"
)
_SUBJECT = re.compile(
    rf"[{HAN}]{{1,12}}?(?:社区|街道|服务站|中心|学校|医院|公司|项目|工程|村|镇|乡|局|区|县)(?=的项目|相关项目|项目|$)"
)
_NAMED = re.compile(rf"[{HAN}]{{2,16}}$")
_IN_TIME = re.compile(r"(?<![未没能])(?:按时|按期|及时|如期|准时)完成|(?:规定|约定)的?(?:时限|期限|时间)内完成")
_OWNED = re.compile("(?:计划|时限)[^。；]{0,20}(?:不一致|不相符|不匹配|不符|矛盾)")


@dataclass(slots=True)
class _Dates:
    """When one project should be done, as printed."""

    plan: Day | None = None
    limit: Day | None = None

    @property
    def named(self) -> list[tuple[str, Day]]:
        """Those that are printed, with what they are called."""
        return [(name, day) for name, day in (("完成时限", self.limit), ("计划完成", self.plan)) if day]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each plan that ends after its deadline, and each delay that the dates do not give."""
    known: dict[str, _Dates] = {}
    owned = any(_OWNED.search(passage.typed) for passage in case.passages)
    for passage in case.passages:
        if not any(word in passage.typed for word in ("计划", "时限", "期限", "实际")):
            continue
        current, subject = _Dates(), ""
        for clause in re.finditer(r"[^。；\n]+", passage.typed):
            events = _events(clause)
            if any(kind != "actual" for kind, _ in events):
                current = _Dates()
            actual = None
            for kind, match in events:
                named = _subject(clause[0], match.start())
                if named:
                    subject = named
                    if kind != "actual":
                        current = known[named] = _Dates() if current.named else current
                if kind == "plan":
                    current.plan = _day(match, "b")
                elif kind == "limit":
                    current.limit = _day(match, "b")
                elif kind == "actual":
                    actual = _day(match, "b")
                if kind in ("plan", "limit") and later(current.plan, current.limit) and not owned:
                    what = f"计划{current.plan}完成，晚于完成时限{current.limit}"
                    span = (clause.start() + match.start(), clause.start() + match.end())
                    yield fault(passage, *span, f"{subject}{what}", expected=f"不晚于{current.limit}")
            if actual:
                dates = current if current.named else _looked_up(known, passage.typed[: clause.end()])
                yield from _against(passage, clause, dates, actual)


def _events(clause: re.Match[str]) -> list[tuple[str, re.Match[str]]]:
    """The dates of a clause by what they are, in their order."""
    kinds = (
        ("start", _PLANNED_START),
        ("plan", _PLAN),
        ("plan", _PLANNED_END),
        ("limit", _LIMIT),
        ("actual", _ACTUAL),
    )
    found = [(kind, match) for kind, pattern in kinds for match in pattern.finditer(clause[0])]
    return sorted(found, key=lambda one: one[1].start())


def _subject(clause: str, at: int) -> str:
    """The unit or project right before a place of a clause."""
    before = _NAMED.search(clause[max(0, at - 16) : at])
    match = _SUBJECT.match(before[0]) if before else None
    return match[0] if match else ""


def _looked_up(known: dict[str, _Dates], before: str) -> _Dates:
    """The dates of the unit that a text names last."""
    named = [(before.rfind(name), name) for name in known if name in before]
    return known[max(named)[1]] if named else _Dates()


def _against(passage: Passage, clause: re.Match[str], dates: _Dates, actual: Day) -> Iterator[Fault]:
    if not dates.named:
        return
    bounds = [day for _, day in dates.named]
    told = False
    for delay in delays(clause[0]):
        told = True
        if wrong := delay.wrong(bounds, actual):
            span = (clause.start() + delay.start, clause.start() + delay.end)
            said = _said(delay, actual, dates, wrong)
            yield fault(passage, *span, said, actual=delay.text)
    intime = _IN_TIME.search(clause[0])
    if not told and intime and all(later(actual, bound) for bound in bounds):
        span = (clause.start() + intime.start(), clause.start() + intime.end())
        yield fault(passage, *span, f"写着“{intime[0]}”，实际完成（{actual}）晚于{bounds[0]}", actual=intime[0])


def _said(delay: Delay, actual: Day, dates: _Dates, wrong: tuple[str, str]) -> str:
    same = next((name for name, day in dates.named if day == actual and not day.day), None)
    if same and delay.late:
        return f"写着“{delay.text}”，实际完成（{actual}）和{same}却是同一个月"
    listed = "、".join(f"{name}{day}" for name, day in dates.named)
    if wrong[1]:
        return f"写着“{delay.text}”，按{listed}和实际完成{actual}计算，{wrong[0]}"
    return f"写着“{delay.text}”，实际完成（{actual}）却不晚于{listed}"


def _day(match: re.Match[str], name: str) -> Day:
    """The date that was matched; the year alone of one that no calendar has, which is told elsewhere."""
    written = match[f"{name}d"]
    year, month, day = int(match[f"{name}y"]), int(match[f"{name}m"]), int(written) if written else None
    there = 1 <= month <= 12 and 1 <= (day or 1) <= calendar.monthrange(year, month)[1]
    return Day(year, month, day) if there else Day(year)
