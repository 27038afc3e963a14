"""The records that scoring makes: measured values, scored leaves, the tree of nodes, and the whole `Scores`.

A rule (generator/rules) turns a `Task` into a `Scored`; a measure (generator/measures) turns its parameters into
a `Measured`.  Both say how in `lines`: derivations in the words and signs of such reports, which a reader can
redo by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from .values import Day, Forms, Money, Points, Quantity, Rate, half_up, plain

if TYPE_CHECKING:
    from .model import Indicator, Input, Path, Reference, Unit

POINT_DECIMALS = 2
EXACT_DECIMALS = 8
KINDS = {"rate": "百分比", "money": "金额", "number": "数字"}
DONE, PARTLY, NOT_DONE, PENDING = "全部完成", "部分完成", "未完成", "待评"


class Pending(Exception):  # noqa: N818 - a state of the data, not an error
    """A figure is not there yet: what depends on it is 待评. The message names the figure."""


class ScoringError(ValueError):
    """Figures and parameters do not fit together: the data is wrong. The message says how, in Chinese."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure as it takes part in a calculation.

    `amount` is exact: a rate as a fraction (0.2656), money in 元, a count as it is.  `text` is how it stands in a
    printed formula (`26.56%`, `175,312.57`, `6`).
    """

    amount: Decimal
    text: str
    kind: Literal["rate", "money", "number"] = "number"

    def like(self, amount: Decimal, forms: Forms) -> str:
        """Another amount of the same kind, as it stands in a printed formula."""
        return operand_of(amount, self.kind, forms).text


def operand_of(amount: Decimal, kind: Literal["rate", "money", "number"], forms: Forms) -> Operand:
    """The operand of `amount`, printed as its kind prints."""
    if kind == "rate":
        form, places = forms.rate, -int((amount * 100).normalize().as_tuple().exponent)
        if form.decimals is not None and places > form.decimals:  # a formula prints what it reckons with
            form = replace(form, decimals=places)
        return Operand(amount, str(Rate(amount, form)), kind)
    if kind == "money":
        return Operand(amount, Money(amount, forms.money).number(), kind)
    return Operand(amount, plain(amount), kind)


def amount_of(value: object) -> Decimal | None:
    """The exact amount of a figure as an `Operand` has it; None when `value` is the name of one."""
    if isinstance(value, Rate):
        return value.fraction
    if isinstance(value, Money):
        return value.yuan
    return value.number if isinstance(value, Quantity) else None


def same_kind(*operands: Operand) -> None:
    """Check that figures may be compared: all rates, all money or all counts (a 0 goes with any); ScoringError."""
    known = [operand for operand in operands if operand.amount]
    for other in known[1:]:
        if other.kind != known[0].kind:
            first, second = (f"{operand.text}（{KINDS[operand.kind]}）" for operand in (known[0], other))
            raise ScoringError(f"{first}与{second}不是同一种数，不能比较")


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's actual value, and the lines that derive it (none when it is given)."""

    value: Operand
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A deduction: points, reason, and whether a stated rule gives it (a manual one is not derived)."""

    points: Decimal
    reason: str
    derived: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """A leaf's points, rounded to 2 decimals, with derivation and deductions."""

    points: Decimal
    lines: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What a rule is given: the indicator's name, full points, measured value, and how to look figures up.

    `operand` resolves an `Input` (raises Pending when the figure is missing); `part` scores a nested
    `计分方法`/`参数` on its own full points and measured value.
    """

    name: str
    full: Decimal
    actual: Measured | None
    forms: Forms
    operand: Callable[[Input], Operand]
    part: Callable[[str, object, Decimal, object], Scored]

    def value(self) -> Operand:
        """The measured value; Pending when there is none."""
        if self.actual is None:
            raise Pending(f"{self.name}的实际值")
        return self.actual.value

    def points(self, value: Decimal) -> str:
        """Points as they print."""
        return str(Points(value, self.forms.points))

    def result(self, value: Decimal) -> tuple[Decimal, str]:
        """`value` rounded to points, and the end of its derivation: `=6分`, `=1.882496≈1.88分` or `≈2.67分`."""
        rounded = half_up(value, POINT_DECIMALS)
        if value == rounded:
            return rounded, f"={self.points(rounded)}分"
        exact = f"={plain(value)}" if value == half_up(value, EXACT_DECIMALS) else ""
        return rounded, f"{exact}≈{self.points(rounded)}分"

    def scored(self, points: Decimal, lines: tuple[str, ...], reason: str, *, derived: bool = True) -> Scored:
        """Points with their derivation; what they lack of the full points is one deduction, for `reason`."""
        return Scored(points, lines, (Cut(self.full - points, reason, derived),) if points < self.full else ())


@dataclass(frozen=True, slots=True)
class Question:
    """What a measure is given: the indicator's name, the forms, and how to look figures, units and surveys up."""

    name: str
    forms: Forms
    operand: Callable[[Input], Operand]
    unit: Callable[[str], Unit]
    survey: Callable[[str], Figure]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is derived from the data: its value, printed form and derivation."""

    value: Money | Rate | Quantity | Day | Points | int
    derivation: str = ""

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Figures:
    """All derived figures by name (`资金.到位率`); `find` also reaches the figures that the data gives."""

    forms: Forms
    derived: Mapping[str, Figure]
    given: Callable[[str], object]

    def find(self, reference: Reference) -> object:
        """The figure at the reference; KeyError with the nearest names when there is none; None when not given."""
        found = self.derived.get(reference.path)
        return found.value if found else self.given(reference.path)


@dataclass(frozen=True)
class Node:
    """An indicator with its score; `points` is None while something below it is 待评."""

    indicator: Indicator
    path: Path
    depth: int
    full: Decimal | None
    points: Decimal | None
    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]
    below: tuple[Node, ...]
    pending: str = ""

    @property
    def status(self) -> str:
        """全部完成, 部分完成, 未完成 or 待评, from points and full points."""
        if self.points is None or self.full is None:
            return PENDING
        if self.points >= self.full:
            return DONE
        return PARTLY if self.points > 0 else NOT_DONE

    def leaves(self) -> Iterator[Node]:
        """The scored rows at or below this node, in order."""
        if not self.below:
            yield self
        for node in self.below:
            yield from node.leaves()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in order."""
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass(frozen=True)
class Scores:
    """The whole result: total, full marks, grade and the tree; `source` says where a given total comes from."""

    nodes: tuple[Node, ...]
    total: Decimal | None
    full: Decimal | None
    grade: str | None
    forms: Forms
    source: str | None = None
    grades: tuple[str, ...] = field(default=())

    def leaves(self) -> list[Node]:
        """All scored rows, in order."""
        return [leaf for node in self.nodes for leaf in node.leaves()]

    def rate(self, points: Decimal | None, full: Decimal | None) -> Rate | None:
        """得分率: points ÷ full points; None when one is missing or full points are 0."""
        if points is None or not full:
            return None
        return Rate.of(points, full, self.forms.score_rate)
