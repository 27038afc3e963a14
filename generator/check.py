"""Stage 4: the data, its figures and scores are held against each other: findings, each with its place.

The style may lower a check or leave it out (核查), the data may accept what was found (已核实), each with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from .checks import Case, Fault, checks
from .fields import Path
from .findings import Accepted, Finding, Level
from .model import Acceptance, Source
from .names import dotted, path_of
from .records import nearest
from .scores import Figures, Scores
from .style import LEFT_OUT, Style


@dataclass(frozen=True)
class Checked:
    """What the checks found, what of it the data file accepts, and which checks the style leaves out, and why."""

    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    left_out: Mapping[str, str]


def check(
    source: Source, figures: Figures, scores: Scores, style: Style, *, marked: bool = False, final: bool = False
) -> Checked:
    """What every check of generator/checks finds, as style and data would have it.

    `marked` leaves out what a rendered report says by its marks; `final` makes errors of what it must not hold.
    """
    case = Case(source, figures, scores, style)
    made = [one for one in checks() if not (marked and getattr(one, "MARKED", False))]
    found = [(fault.path, finding) for one in made for fault, finding in _findings(case, one, final)]
    open_findings, accepted, wrong = _settled(source, found)
    policies = style.file.checks or {}
    left_out = {
        code: policy.reason
        for code, policy in policies.items()
        if policy.level == LEFT_OUT and _is_reason(policy.reason) and code in _codes()
    }
    return Checked((*open_findings, *wrong, *_unknown_in(style)), tuple(accepted), left_out)


def _findings(case: Case, one: ModuleType, final: bool) -> Iterator[tuple[Fault, Finding]]:
    policy = (case.style.file.checks or {}).get(one.CODE)
    policy = policy if policy and _is_reason(policy.reason) else None
    if policy and policy.level == LEFT_OUT:
        return
    for fault in one.check(case):
        level = Level(policy.level) if policy else fault.level or one.LEVEL
        level = Level.ERROR if final and getattr(one, "FINAL", False) else level
        yield fault, _finding(case, one.CODE, level, fault)


def _finding(case: Case, code: str, level: Level, fault: Fault) -> Finding:
    return Finding(
        code,
        level,
        fault.where or case.source.where(fault.path),
        fault.what,
        quoted=fault.quoted,
        expected=fault.expected,
        actual=fault.actual,
        mend=fault.mend,
        data=dotted(case.data, fault.path, case.called) or None,
    )


def _settled(
    source: Source, found: Sequence[tuple[Path, Finding]]
) -> tuple[list[Finding], list[Accepted], list[Finding]]:
    """The findings that stay open, those that the data accepts, and what is wrong with its acceptances."""
    left = list(found)
    accepted: list[Accepted] = []
    wrong: list[Finding] = []
    for index, entry in enumerate(source.evaluation.accepted):
        if not _is_reason(entry.reason):
            place = source.where(("已核实", index, "原因"))
            what = f"已核实的“{entry.code} {entry.data}”没有写原因，不算认可"
            wrong.append(Finding("H004", Level.ERROR, place, what, entry.reason, mend="写明核实了什么、为什么可以这样"))
            continue
        path = path_of(source.evaluation, entry.data)
        met = [one for one in left if one[0] == path and _means(entry, one[1])]
        left = [one for one in left if one not in met]
        accepted += [Accepted(finding, entry.reason) for _, finding in met]
        if not met:
            wrong.append(_unmatched(source, entry, index, path))
    return [finding for _, finding in left], accepted, wrong


def _means(entry: Acceptance, finding: Finding) -> bool:
    return finding.code == entry.code.upper() and (entry.quoted is None or entry.quoted in (finding.quoted or ""))


def _unmatched(source: Source, entry: Acceptance, index: int, path: Path | None) -> Finding:
    if (known := _codes()) and (code := entry.code.upper()) not in known:
        place = source.where(("已核实", index, "代码"))
        if code[:1].isalpha() and code[1:].isdecimal() and not any(one[0] == code[0] for one in known):
            what = f"“{code}”不是核查的结果，不能认可，要改正；能认可的代码见 jixiao explain"
            return Finding("H002", Level.WARNING, place, what, entry.code)
        what, mend = f"没有代码是“{entry.code}”的核查", nearest(code, known, listed=False)
        return Finding("H002", Level.WARNING, place, what, entry.code, mend=mend)
    place = source.where(("已核实", index))
    what = f"已核实的“{entry.code} {entry.data}”没有对上任何核查结果"
    nowhere = "数据里没有这个位置（位置照抄每条核查结果末尾 ‹ › 里的，不是行号）"
    why = nowhere if path is None else "问题已经改正，或位置、原文写得不对"
    return Finding("H001", Level.HINT, place, what, mend=f"{why}；不再需要的请删去")


def _is_reason(text: str) -> bool:
    """Whether a reason says anything: not blank, 无 or a dash."""
    return text.strip(" \u3000。.") not in ("", "无", "—", "-", "－", "没有")


def _unknown_in(style: Style) -> Iterator[Finding]:
    """A 警告 for each entry of the style's 核查 and 核查界限 that means no check, and for one without a reason."""
    known = _codes()
    entries = [("核查", code) for code in style.file.checks or {}]
    for key, code in entries + [("核查界限", code) for code in style.file.limits or {}]:
        if code not in known:
            what = f"没有代码是“{code}”的核查"
            place = style.where((key, code))
            yield Finding("H003", Level.WARNING, place, what, code, mend=nearest(code, known, listed=False))
    for code, policy in (style.file.checks or {}).items():
        if not _is_reason(policy.reason):
            what = f"样式的“核查”里 {code} 没有写原因，没有照它改"
            yield Finding("H004", Level.WARNING, style.where(("核查", code)), what, policy.reason, mend="写明原因")
    for one in checks():
        limits = (style.file.limits or {}).get(one.CODE)
        wanted = getattr(one, "LIMITS", ())
        for name in (limits.numbers or {}) if limits else ():
            if name not in wanted:
                what = f"核查 {one.CODE} 没有“{name}”这个界限"
                place = style.where(("核查界限", one.CODE))
                yield Finding("H003", Level.WARNING, place, what, name, mend=nearest(name, wanted, listed=True))


def _codes() -> list[str]:
    return [one.CODE for one in checks()]
