"""Stage of its own: a finished Word report, or its text, read as a careful reviewer would; it needs no data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import ModuleType

from .audits import Case, Fault, audits
from .findings import Finding, Level, Location
from .finished import LONGEST_PASSAGE, Finished
from .passages import Passage
from .wording import wordings


def audit(report: Finished, expected: Finished | None = None) -> tuple[Finding, ...]:
    """What every audit finds in a report, and every check on wording, in the order of the report.

    `expected` is the report that its data gives.
    """
    case = Case(report, expected)
    found = list(_once([(one, fault, _finding(one, fault)) for one in audits() for fault in one.audit(case)]))
    found += [(fault, _finding(one, fault)) for one in wordings() for fault in one.check(case)]
    found += [(Fault(one.path, ""), _too_long(one)) for one in case.passages if len(one.words) >= LONGEST_PASSAGE]
    return tuple(dict.fromkeys(finding for fault, finding in sorted(found, key=_order)))


def _once(found: Sequence[tuple[ModuleType, Fault, Finding]]) -> Iterator[tuple[Fault, Finding]]:
    """The findings, of those of one kin about the same figure the gravest, else the first."""
    gravest: dict[tuple[object, ...], Finding] = {}
    for one, fault, finding in found:
        if key := _figure(one, fault):
            kept = gravest.setdefault(key, finding)
            if finding.level is Level.ERROR and kept.level is not Level.ERROR:
                gravest[key] = finding
    for one, fault, finding in found:
        key = _figure(one, fault)
        if not key or gravest[key] is finding:
            yield fault, finding


def _figure(one: ModuleType, fault: Fault) -> tuple[object, ...]:
    """The figure that a fault of a kin is about: its place and its digits; nothing for other faults."""
    kin = getattr(one, "KIN", None)
    return (kin, fault.path, re.sub(r"[^\d.]", "", fault.actual or "")) if kin else ()


def _too_long(passage: Passage) -> Finding:
    what = f"这一段太长，只核查了前面 {LONGEST_PASSAGE} 个字"
    quoted, mend = passage.words[:20] + "…", "分成几段，再核查一次"
    return Finding("A107", Level.WARNING, passage.where, what, quoted, mend=mend)


def _finding(one: ModuleType, fault: Fault) -> Finding:
    return Finding(
        one.CODE,
        fault.level or one.LEVEL,
        fault.where or Location(),
        fault.what,
        quoted=fault.quoted,
        expected=fault.expected,
        actual=fault.actual,
        mend=fault.mend,
    )


def _order(found: tuple[Fault, Finding]) -> tuple[int, str]:
    at = found[0].path[0] if found[0].path else -1
    return (at if isinstance(at, int) else -1, found[1].code)
