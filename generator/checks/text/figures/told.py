"""The texts that tell what came of the project, and the typed figures in them that the data contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ....model import FundRow
from ....names import own_names
from ....passages import Passage
from ....values import Day
from ....wording import sentences_of
from ... import Case
from .achieved import Achieved
from .counted import Counted
from .known import known_figures
from .said import Parts, Said, of_other_years, said_figures
from .scored import Scorecard

SILENT = ("总体目标", "阶段性目标", "调整说明")  # what is aimed at, not what came of it


def names_of_parts(case: Case) -> Parts:
    """The names of what the project is made of."""
    found: list[str] = []
    units = case.data.project.units if case.data.project else []
    if len(units) > 1:
        found += [name for unit in units for name in (unit.name, unit.short, *unit.aliases) if name]
    pending: list[FundRow] = []
    for kind, rows in own_names(case.data.funds) if case.data.funds else ():
        pending += rows if kind in ("按单位", "按区域", "按子项目") else []
    whole = {case.data.project.name, case.data.report.title} if case.data.project else set()
    while pending:
        row = pending.pop()
        found += [*row.units, *([row.name] if row.name else [])]
        pending += row.parts
    if case.data.implementation:
        found += [area.area for one in case.data.implementation.activities for area in one.by_area]
    return Parts(frozenset(name for name in found if len(name) >= 2 and name not in whole))


@lru_cache(maxsize=1)
def contradictions(case: Case) -> tuple[tuple[Passage, Said], ...]:
    """The typed figures of the texts that none of the figures meant by their label rounds to."""
    held = ((passage, said, [one.rounds_to(said.typed) for one in said.known]) for passage, said in _said(case))
    return tuple((passage, said) for passage, said, right in held if not any(right))


def _said(case: Case) -> Iterator[tuple[Passage, Said]]:
    """The typed figures of the texts of which the data says something."""
    known, parts, years, scorecard = known_figures(case), names_of_parts(case), _years(case), Scorecard(case)
    counted, achieved = Counted(case, parts, scorecard), Achieved(case, parts, scorecard)
    for passage in told(case):
        # The words of a score or a count say more than a label: they come last, and their Said is the one that holds.
        labelled = said_figures(passage.typed, known, years, parts)
        others = (*achieved.said(passage), *counted.said(passage), *scorecard.said(passage))
        own = (said for said in others if not of_other_years(passage.typed, said.typed, years))
        found = {said.typed.start: said for said in (*labelled, *own)}
        yield from ((passage, said) for _, said in sorted(found.items()) if said.known)


def told(case: Case) -> Iterator[Passage]:
    """The texts that tell what came of the project."""
    for passage in sentences_of(case):
        if passage.path[0] != "绩效目标" or passage.path[-1] not in SILENT:
            yield passage


def _years(case: Case) -> set[int]:
    """The years of which the figures of the data are: the project's own, and the one up to which they count."""
    cutoff = case.data.report.cutoff
    years = {case.data.project.year} if case.data.project and case.data.project.year else set()
    return years | ({cutoff.year} if isinstance(cutoff, Day) else set())
