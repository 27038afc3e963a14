"""Checks on dates: their order, and what lies outside the time that the report is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ...delays import later as later
from ...fields import Path, Record
from ...model import FundRow, Unit
from ...names import own_names
from ...passages import Passage
from ...values import Day
from .. import Case

_CLAUSE = re.compile(r"[。；;！？\n]")
CALENDAR = {
    "计划开始": "plan_start",
    "计划完成": "plan_end",
    "完成时限": "limit",
    "实际完成": "actual_end",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the data with its place; `name` says what it is (`甲社区的实际完成`), `actual` that it has happened.

    `remarks` is what the data says about it: the unit's 实施内容, or 说明 and 原因 of the row of money.
    """

    path: Path
    name: str
    day: Day
    actual: bool
    unit: Unit | None = None
    remarks: str = ""


def day(value: object) -> Day | None:
    """The date; None for 无, — and what is not there."""
    return value if isinstance(value, Day) else None


def units(case: Case) -> list[tuple[Path, Unit]]:
    """The project's units with their places."""
    project = case.data.project
    return [(("项目", "单位", index), unit) for index, unit in enumerate(project.units)] if project else []


def called(unit: Unit) -> str:
    """What a unit is called in messages."""
    return unit.short or unit.name


def report_day(case: Case) -> tuple[str, Day] | None:
    """The day of the report, or else the end of the evaluation, and what it is called."""
    report = case.data.report
    for name, value in (("报告日期", report.day), ("评价结束", report.end)):
        if found := day(value):
            return name, found
    return None


def project_end(case: Case) -> date | None:
    """The last day of the project: its 完成, or else the end of its year."""
    project = case.data.project
    if not project:
        return None
    end = day(project.end)
    return end.last if end else date(project.year, 12, 31) if project.year else None


def events(case: Case) -> Iterator[Dated]:
    """The dates of units, contracts and arrivals of money."""
    for path, unit in units(case):
        for name, attribute in CALENDAR.items():
            if found := day(getattr(unit, attribute)):
                yield Dated(
                    (*path, name), f"{called(unit)}的{name}", found, name == "实际完成", unit, str(unit.work or "")
                )
        for index, contract in enumerate(unit.contracts):
            if found := day(contract.signed):
                place = (*path, "合同", index, "签订日期")
                yield Dated(place, f"{called(unit)}的合同签订日期", found, True, unit, str(unit.work or ""))
    yield from _arrivals(case.data.funds, ("资金",), "")


def _arrivals(value: object, path: Path, name: str) -> Iterator[Dated]:
    """The days on which the last money came, of all rows below."""
    if isinstance(value, FundRow):
        name = value.name or "、".join(value.units)
        if found := day(value.last_day):
            yield Dated(
                (*path, "最后到账日期"),
                f"{name}的最后到账日期",
                found,
                True,
                None,
                f"{value.remark or ''}{value.reason or ''}",
            )
    for key, inner in own_names(value) if isinstance(value, Record) else ():
        for index, one in enumerate(inner) if isinstance(inner, list) else ():
            if isinstance(one, FundRow):
                yield from _arrivals(one, (*path, key, index), name)


def told(case: Case, unit: Unit, words: tuple[str, ...]) -> bool:
    """Whether the unit's 实施内容, or a text about the unit, has one of `words`."""
    own, others = _names(unit), [name for _, one in units(case) if one is not unit for name in _names(one)]
    return any(word in str(unit.work or "") for word in words) or any(
        any(word in clause for word in words)
        for passage in _with(case, words)
        if any(name in passage.words for name in own)
        for clause in _about(passage.words, own, others)
    )


@lru_cache(maxsize=4)
def _with(case: Case, words: tuple[str, ...]) -> tuple[Passage, ...]:
    """The texts that have one of `words`: few have, and every unit is looked for in them."""
    said = [word for word in words if word in case.text]
    return tuple(passage for passage in case.passages if said and any(word in passage.words for word in said))


def clauses_about(case: Case, unit: Unit) -> Iterator[tuple[Passage, str]]:
    """The clauses, as typed, that tell of this unit alone, each with its passage."""
    listed = units(case)
    own, others = _names(unit), [name for _, one in listed if one is not unit for name in _names(one)]
    place = next(path for path, one in listed if one is unit)
    for passage in case.passages:
        if passage.path[: len(place)] == place:
            yield from ((passage, clause) for clause in _CLAUSE.split(passage.typed))
        elif passage.path[0] != "已核实" and any(name in passage.typed for name in own):
            about = _about(passage.typed, own, others)
            yield from ((passage, clause) for clause in about if not any(name in clause for name in others))


def _names(unit: Unit) -> list[str]:
    return [name for name in (unit.name, unit.short, *unit.aliases) if name]


def _about(words: str, own: list[str], others: list[str]) -> Iterator[str]:
    """The clauses of a text that name a unit, with those behind them up to one that names another unit."""
    about = False
    for clause in _CLAUSE.split(words):
        named = any(name in clause for name in own)
        about = named or (about and not any(name in clause for name in others))
        if about:
            yield clause
