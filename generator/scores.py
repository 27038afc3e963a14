"""The records that scoring makes: measured values, scored leaves, the tree of nodes, and the whole `Scores`.

A rule (generator/rules) turns a `Task` into a `Scored`; a measure (generator/measures) turns its parameters into
a `Measured`.  Both say how in `lines`: derivations in the words and signs of such reports, which a reader can
redo by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from .values import (
    YUAN_IN,
    Day,
    Form,
    Forms,
    Money,
    Points,
    Quantity,
    Rate,
    Said,
    Target,
    half_up,
    places_of,
    plain,
    quantity,
)

if TYPE_CHECKING:
    from .fields import Input, Path, Reference
    from .model import Indicator, Unit

POINT_DECIMALS = 2  # where a style prints points with as many decimals as they have
EXACT_DECIMALS = 8
KINDS = {"rate": "百分比", "money": "金额", "number": "数字"}
# What derive.py gives, by section: each figure's name in the data and what it is called in a formula or a mark.
DERIVED: dict[str, dict[str, str]] = {
    "资金": {
        "到位率": "资金到位率",
        "到位及时率": "到位及时率",
        "未到位率": "资金未到位率",
        "结余率": "资金结余率",
        "支出率": "资金支出率",
        "执行率": "预算执行率",
        "未到位": "未到位资金",
        "结余": "资金结余",
        "指标结余": "指标结余",
    },
    "问卷": {"回收率": "回收率", "有效率": "有效率", "满意率": "满意率"},
    "实施": {"已开展占比": "已开展占比", "未开展占比": "未开展占比"},
    "项目": {"单位数": "单位数"},
}
QUESTION_RATE = "得分率"
DONE, PARTLY, NOT_DONE, PENDING = "全部完成", "部分完成", "未完成", "待评"


class Pending(Exception):  # noqa: N818 - a state of the data, not an error
    """A figure is not there yet: what depends on it is 待评. The message names the figure."""


class ScoringError(ValueError):
    """Figures and parameters do not fit together: the data is wrong. The message says how, in Chinese.

    `key` is the indicator's key that holds what is wrong, where it is not its 参数.
    """

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure as it takes part in a calculation.

    `amount` is exact: a rate as a fraction (0.2656), money in 元, a count as it is, in `unit` where it has one
    (`人次`).  `text` is how it stands in a printed formula (`26.56%`, `175,312.57`, `6`).
    """

    amount: Decimal
    text: str
    kind: Literal["rate", "money", "number"] = "number"
    unit: str = ""

    @property
    def after_minus(self) -> str:
        """How the figure stands behind a minus sign: a negative one in brackets."""
        return f"（{self.text}）" if self.amount < 0 else self.text

    def like(self, amount: Decimal, forms: Forms) -> str:
        """Another amount of the same kind, as it stands in a printed formula."""
        return operand_of(amount, self.kind, forms).text


def operand_of(amount: Decimal, kind: Literal["rate", "money", "number"], forms: Forms, unit: str = "") -> Operand:
    """The operand of `amount`, printed as its kind prints, with every digit that is reckoned with."""
    if kind == "rate":
        return Operand(amount, str(Rate(amount, _whole(forms.rate, amount * 100))), kind)
    if kind == "money":
        form = _whole(forms.money, amount / YUAN_IN[forms.money.unit])
        return Operand(amount, Money(amount, form).number(), kind)
    return Operand(amount, plain(amount), kind, unit)


def _whole(form: Form, value: Decimal) -> Form:
    """The form with as many decimals as `value` needs: a formula prints what it reckons with."""
    return form if form.decimals is None else replace(form, decimals=max(form.decimals, places_of(value)))


def operand(figure: object, forms: Forms) -> Operand | None:
    """A figure of the data as it takes part in a calculation; None for what is no figure.

    ScoringError for a count or target that is no exact number (`300余人次`, `合规`).
    """
    if isinstance(figure, Rate):
        return operand_of(figure.fraction, "rate", forms)
    if isinstance(figure, Money):
        return operand_of(figure.yuan, "money", forms)
    if isinstance(figure, (Target, Quantity)):
        return _counted(figure, forms)
    if isinstance(figure, (int, Decimal)) and not isinstance(figure, bool):
        return operand_of(Decimal(figure), "number", forms)
    return None


def _counted(figure: Target | Quantity, forms: Forms, key: str = "") -> Operand:
    count = quantity(figure.text.lstrip("=≥≤><")) if isinstance(figure, Target) else figure
    if isinstance(count, Said) or count.number is None:
        raise ScoringError(f"“{figure}”是文字，不能按数计算", key)
    if count.fuzzy:
        raise ScoringError(f"“{figure}”不是确切的数：约数不能计算，请写确切的数（“以上”“以下”请写成 ≥、≤）", key)
    if count.unit == "%":
        return operand_of(count.number / 100, "rate", forms)
    if count.unit in YUAN_IN:
        return operand_of(count.number * YUAN_IN[count.unit], "money", forms)
    return operand_of(count.number, "number", forms, count.unit)


def amount_of(value: object) -> Decimal | None:
    """The exact amount of a figure as an `Operand` has it; None when `value` is the name of one."""
    if isinstance(value, Rate):
        return value.fraction
    if isinstance(value, Money):
        return value.yuan
    return value.number if isinstance(value, Quantity) else None


def same_kind(*operands: Operand) -> None:
    """Check that figures may be compared; ScoringError when they may not.

    All must be rates, all money or all counts (a 0 goes with any), and counts must be of one unit where they name one.
    """
    known = [operand for operand in operands if operand.amount]
    for other in known[1:]:
        if other.kind != known[0].kind:
            first, second = (f"{operand.text}（{KINDS[operand.kind]}）" for operand in (known[0], other))
            raise ScoringError(f"{first}与{second}不是同一种数，不能比较{_as_rate(known[0], other)}")
    counts = [operand for operand in operands if operand.unit]
    for other in counts[1:]:
        if _bare(other.unit) != _bare(counts[0].unit):
            first, second = (f"{operand.text}{operand.unit}" for operand in (counts[0], other))
            raise ScoringError(f"{first}与{second}的单位不同，不能比较：请换算成同一个单位")


def _as_rate(*two: Operand) -> str:
    """How a bare number beside a rate is written when a rate is meant."""
    bare = next((one for one in two if one.kind == "number" and not one.unit), None)
    if bare is None or not any(one.kind == "rate" for one in two):
        return ""
    meant = bare.amount * 100 if abs(bare.amount) <= 1 else bare.amount
    return f"：{bare.text}是百分比的，写成 {plain(meant)}%"


def _bare(unit: str) -> str:
    """A unit without a remark behind it: `人次（含）` is `人次`."""
    return re.sub(r"[（(][^（(]*[）)]$", "", unit)


def point_places(forms: Forms) -> int:
    """How many decimals points have in this style: leaves are rounded to what is printed, so that tables add up."""
    return POINT_DECIMALS if forms.points.decimals is None else forms.points.decimals


def weight_places(forms: Forms) -> int:
    """How many decimals a weight may have: no more than points have, nor than weights print."""
    places = point_places(forms)
    return places if forms.weight.decimals is None else min(places, forms.weight.decimals)


def check_points(points: Decimal, name: str, places: int, full: Decimal | None = None) -> Decimal:
    """`points` as they are; ScoringError when they have more than `places` decimals or exceed `full`."""
    if places_of(points) > places:
        raise ScoringError(f"{name}最多 {places} 位小数，现在是 {plain(points)}")
    if full is not None and points > full:
        raise ScoringError(f"{name}{plain(points)}超过了{'满分' if name == '总分' else '分值'}{plain(full)}")
    return points


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
    """A leaf's points, rounded as the style prints points, with derivation and deductions."""

    points: Decimal
    lines: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What a rule is given: the indicator's name, full points, measured value, and how to look figures up.

    `operand` resolves an `Input` (raises Pending when the figure is missing); `part` scores a nested
    `计分方法`/`参数` on its own full points and measured value.  `goal` and `achieved` are the indicator's own
    指标值 and 完成值.
    """

    name: str
    full: Decimal
    actual: Measured | None
    forms: Forms
    operand: Callable[[Input], Operand]
    part: Callable[[str, object, Decimal, object], Scored]
    goal: object = None
    achieved: object = None

    def target(self) -> tuple[str, Operand]:
        """The indicator's own 指标值: its sign and number; Pending when there is none, ValueError when it is words."""
        if self.goal is None:
            raise Pending(f"{self.name}的指标值")
        if not isinstance(self.goal, Target) or self.goal.number is None:
            what = f"指标值“{self.goal}”是文字，不能按数计算：请用“定性分档”或“直接评分”"
            raise ScoringError(what, "指标值")
        return self.goal.operator or "=", _counted(self.goal, self.forms, "指标值")

    def value(self) -> Operand:
        """The measured value, or else the indicator's own 完成值; Pending when there is none."""
        if self.actual is not None:
            return self.actual.value
        if isinstance(self.achieved, Target):
            if self.achieved.operator not in ("", "="):
                what = f"完成值“{self.achieved}”带有符号，不是确切的数：约数不能计算，请写确切的数"
                raise ScoringError(what, "完成值")
            return _counted(self.achieved, self.forms, "完成值")
        raise Pending(f"{self.name}的实际值")

    def given(self, points: Decimal, name: str, *, within: bool = False) -> Decimal:
        """Points that the data gives under the key `name`, as they are.

        ScoringError when they have more decimals than print or, `within` the full points, exceed them.
        """
        return check_points(points, name, point_places(self.forms), self.full if within else None)

    def rounded(self, value: Decimal) -> Decimal:
        """`value` as points are rounded and printed in this style."""
        return half_up(value, point_places(self.forms))

    def points(self, value: Decimal) -> str:
        """Points as they print."""
        return str(Points(value, self.forms.points))

    def result(self, value: Decimal) -> tuple[Decimal, str]:
        """`value` rounded to points, and the end of its derivation: `=6分`, `=1.882496≈1.88分` or `≈2.67分`."""
        rounded = self.rounded(value)
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
    """A figure that is derived from the data: its value, printed form and derivation.

    The value is `—` where the inputs are there and it cannot be reckoned (a rate of 0).
    """

    value: Money | Rate | Quantity | Day | Points | int | Said
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
class Scale:
    """A style's grades: `grade(points, full)` gives one of `names`; `full` is what all weights together should be."""

    grade: Callable[[Decimal, Decimal], str | None]
    names: tuple[str, ...] = ()
    full: Decimal | None = None


@dataclass(frozen=True)
class Node:
    """An indicator with its score; `points` is None while something below it is 待评.

    `actual` is the measured value as it prints; empty for an amount, whose formula leaves the unit out.
    """

    indicator: Indicator
    path: Path
    depth: int
    full: Decimal | None
    points: Decimal | None
    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]
    below: tuple[Node, ...]
    pending: str = ""
    actual: str = ""

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


def total_points(nodes: Sequence[Node]) -> Decimal | None:
    """The points of nodes together; None where there are none, or one is 待评."""
    return _sum_of([node.points for node in nodes])


def full_points(nodes: Sequence[Node]) -> Decimal | None:
    """The full points of nodes together; None where there are none, or one has none."""
    return _sum_of([node.full for node in nodes])


def _sum_of(values: Sequence[Decimal | None]) -> Decimal | None:
    return sum((one for one in values if one is not None), Decimal()) if values and None not in values else None


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
