"""Checks on declared goals: targets, their indicators and what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...fields import Path
from ...model import TargetRow
from ...scores import Node
from ...values import Forms, Rate, Said, Target, places_of
from .. import Case
from ..indicators import alike, figure

HALF = Decimal("0.5")
UP, DOWN = "越高越好", "越低越好"
WAYS = {"≥": UP, ">": UP, "≤": DOWN, "<": DOWN}


def rows(case: Case) -> Iterator[tuple[Path, TargetRow]]:
    """The declared targets, each with its place."""
    for index, row in enumerate(case.data.goals.rows if case.data.goals else ()):
        yield ("绩效目标", "指标", index), row


def node_of(case: Case, row: TargetRow) -> Node | None:
    """The only indicator that a target names (对应指标) or that is called like it."""
    name = row.indicator or row.name
    found = [node for node in case.nodes if name in (node.indicator.name, node.indicator.title)]
    return found[0] if len(found) == 1 else None


def goal_of(row: TargetRow) -> Target | Said | None:
    """The target that counts: as 计分采用 says, the adjusted one, or the declared one."""
    return row.declared if row.scored_by == "指标值" or row.adjusted is None else row.adjusted


def bare(goal: Target | Said | None) -> str:
    """A target as it stands in a sentence, without an equals sign."""
    return goal.bare if goal is not None else ""


def changed(row: TargetRow, forms: Forms) -> bool:
    """Whether the adjusted target is another one than the declared one."""
    if row.adjusted is None or row.declared is None:
        return False
    differing = differ(row.declared, row.adjusted, forms)
    return str(row.declared) != str(row.adjusted) if differing is None else differing


def exact(value: object) -> Target | None:
    """An actual value that is an exact number; None for words, 无 and what has a sign (`≥95%`)."""
    known = isinstance(value, Target) and value.number is not None and value.operator in ("", "=")
    return value if known and isinstance(value, Target) else None


def differ(one: object, other: object, forms: Forms) -> bool | None:
    """Whether two targets or values say different numbers; None where they cannot be compared.

    A value that is typed with fewer decimals stands for all that round to it (92.3% and 92.31%).
    """
    first, second = figure(one, forms), figure(other, forms)
    if first is None or second is None or not alike(first, second):
        return None
    coarse = max(_last_digit(one, first.amount), _last_digit(other, second.amount))
    gap = abs(first.amount - second.amount)
    return gap > coarse * HALF


def _last_digit(value: object, amount: Decimal) -> Decimal:
    """What one unit of the last typed digit is worth: 0.001 for 92.3%, 0 for what is not typed so."""
    number = value.percent if isinstance(value, Rate) else value.number if isinstance(value, Target) else None
    return abs(amount / number).scaleb(-places_of(number)) if number else Decimal()


def reaches(actual: object, goal: object, forms: Forms) -> bool | None:
    """Whether an actual value reaches a target, by the target's sign; None where they cannot be compared."""
    found, wanted = figure(actual, forms), figure(goal, forms)
    if found is None or wanted is None or not alike(found, wanted) or not isinstance(goal, Target):
        return None
    if goal.operator in ("≤", "<"):
        return found.amount <= wanted.amount
    return found.amount >= wanted.amount
