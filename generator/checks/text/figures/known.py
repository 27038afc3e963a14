"""The figures that the data holds or that follow from it, with the names that print them and what texts call them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import takewhile

from ....fields import Record
from ....model import FundRow, Funds, Indicator
from ....names import own_names
from ....records import aliases
from ....scores import DERIVED, QUESTION_RATE
from ....values import YUAN_IN, Money, Quantity, Rate, Target, half_up
from ... import Case
from .typed import Kind, Typed
from .wordings import BARE, CALLED, LEFT, OF_BUDGET, OWN_TOTALS, ROW_LABELS, SURVEYED, TOTALS

PARTS = ("按单位", "按用途", "按来源", "按区域", "按子项目")
UNITS = ("单位", "项目单位")
SHORT_KINDS = "村镇乡县区市州旗队"
_OFFICE = re.compile("(?<=社区)(?:居民委员会|居委会)$|(?<=村)(?:村民委员会|村委会|委会)$")
MARKS = ("", *"，。；、：（）\n")


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the data holds: the name by which a text prints it, its value, and what texts call it.

    `sure` tells labels that mean this figure alone; `unit` is a count's, "" where any will do, and `with_unit` tells
    that the name prints it too; `part` is the part of the project that the label names, "" for the whole; `aim`
    tells a target, which the actual figure may miss.
    """

    name: str
    kind: Kind
    value: Decimal
    labels: tuple[str, ...]
    sure: bool = False
    unit: str = ""
    with_unit: bool = False
    part: str = ""
    aim: bool = False

    def fits(self, typed: Typed) -> bool:
        """Whether the typed figure is of this one's kind and unit; “已开展49个，” may leave out of what (个社区)."""
        if self.kind != "count" or self.kind != typed.kind or typed.tail.startswith(self.unit):
            return self.kind == typed.kind
        return typed.tail[:1] == self.unit[0] and typed.tail[1:2] in MARKS

    def equals(self, typed: Typed) -> bool:
        """Whether the typed figure is this one, exactly."""
        return self.fits(typed) and self.value == typed.value

    def rounds_to(self, typed: Typed) -> bool:
        """Whether the typed figure is this one, rounded to what was typed."""
        return self.fits(typed) and half_up(self.value / typed.step, 0) == typed.value / typed.step


@dataclass(frozen=True)
class Catalogue:
    """The figures of the data, found by what texts call them and by their value."""

    known: tuple[Known, ...]

    @cached_property
    def by_label(self) -> Mapping[str, list[Known]]:
        """The figures that a label may mean."""
        found: dict[str, list[Known]] = defaultdict(list)
        for one in self.known:
            for label in dict.fromkeys(one.labels):
                found[label].append(one)
        return found

    @cached_property
    def _by_value(self) -> Mapping[tuple[Kind, Decimal], list[Known]]:
        found: dict[tuple[Kind, Decimal], list[Known]] = defaultdict(list)
        for one in self.known:
            found[one.kind, one.value].append(one)
        return found

    def meant(self, label: str | None, typed: Typed) -> list[Known]:
        """The figures that a typed one behind this label may be."""
        return [one for one in self.by_label.get(label or "", ()) if one.fits(typed)]

    def equal(self, typed: Typed) -> list[Known]:
        """The figures that the typed one is, exactly; a count must have its unit behind it."""
        found = (one for one in self._by_value.get((typed.kind, typed.value), ()) if one.equals(typed))
        return [one for one in found if typed.tail.startswith(one.unit) or one.kind != "count"]


@lru_cache(maxsize=1)
def known_figures(case: Case) -> Catalogue:
    """Every figure that the data gives or that follows from it, with the name that prints it."""
    found = (_of_funds(case), _of_survey(case), _of_implementation(case), _of_result(case), _of_goals(case))
    return Catalogue(tuple(one for figures in found for one in figures))


def _known(name: str, value: object, labels: Sequence[str], sure: bool = False, unit: str = "") -> Iterator[Known]:
    """The figure as a `Known`, where it is an exact one."""
    if isinstance(value, Money):
        yield Known(name, "money", value.yuan, tuple(labels), sure)
    elif isinstance(value, Rate):
        yield Known(name, "rate", value.percent, tuple(labels), sure)
    elif isinstance(value, Quantity) and value.number is not None and not value.fuzzy:
        yield Known(name, "count", value.number, tuple(labels), sure, value.unit or unit, True)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield Known(name, "count", Decimal(value), tuple(labels), sure, unit)


def _of_funds(case: Case) -> Iterator[Known]:
    if case.data.funds is None:
        return
    derived = DERIVED["资金"]
    fields = {aliases(declared)[0]: aliases(declared) for declared in Funds.model_fields.values()}
    for name in dict.fromkeys((*fields, *derived)):
        said = [label for label in (*fields.get(name, ()), *CALLED.get(name, ())) if len(label) > 2 or label in BARE]
        labels = [*said, *([derived[name], name] if name in derived else [])]
        if name == "执行率" and case.data.funds.execution_base == "预算":
            labels += OF_BUDGET
        yield from _known(f"资金.{name}", case.figure(f"资金.{name}"), labels, sure=True)
    yield from _of_rest(case)
    for kind, rows in own_names(case.data.funds):
        if kind in PARTS:
            yield from _of_rows(case, rows, f"资金.{kind}", case.figure("资金.支出"))
    for index, payment in enumerate(case.data.funds.payments):
        yield from _known(f"资金.支付[{index}].金额", payment.amount, (payment.name,))
        yield from _known(f"资金.支付[{index}].比例", payment.share, (f"{payment.name}比例",))


def _of_rest(case: Case) -> Iterator[Known]:
    """What is left of the money: of what came, of the year's quota, or of the whole budget."""
    for name in ("结余", "指标结余"):
        yield from _known(f"资金.{name}", case.figure(f"资金.{name}"), LEFT)
    budget, spent = case.figure("资金.预算"), case.figure("资金.支出")
    if isinstance(budget, Money) and isinstance(spent, Money):
        yield Known("", "money", budget.yuan - spent.yuan, LEFT)


def _of_rows(case: Case, rows: list[FundRow], name: str, whole: object) -> Iterator[Known]:
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        own = f"{name}{step}"
        spent, received, budget = row.amount("spent"), row.amount("received"), row.amount("budget")
        amounts = {"预算": budget, "到位": received, "支出": spent, "最后到账金额": row.last_amount}
        called = row.name or "、".join(row.units)
        for key, amount in amounts.items():
            labels = [called + label for label in ROW_LABELS.get(key, ())]
            yield from (replace(one, part=called) for one in _known(f"{own}.{key}", amount, labels))
        shares = (
            ("支出率", spent, received),
            ("到位率", received, budget),
            ("执行率", spent, budget),
            ("占比", spent, whole),
        )
        for key, part, base in shares:
            if isinstance(part, Money) and isinstance(base, Money) and base.yuan:
                rate = Rate.of(part.yuan, base.yuan, case.style.forms.rate)
                labels = [called + label for label in ROW_LABELS.get(key, ())]
                yield from (replace(one, part=called) for one in _known(f"{own}.{key}", rate, labels))
        yield from _of_rows(case, row.parts, f"{own}.下级", spent)
        yield from _of_rows(case, row.by_purpose, f"{own}.按用途", spent)


def _steps(names: Iterable[str | None]) -> list[str]:
    """How a text reaches each item of a list: by its name, where only it has it and it can stand in a tag."""
    said = list(names)
    count = Counter(said)
    return [
        f".{own}" if own and own.isidentifier() and count[own] == 1 else f"[{index}]" for index, own in enumerate(said)
    ]


def _of_survey(case: Case) -> Iterator[Known]:
    for name, labels in SURVEYED.items():
        sure = "满意" not in name
        yield from _known(f"问卷.{name}", case.figure(f"问卷.{name}"), labels, sure, "份")
    questions = case.data.survey.questions if case.data.survey else []
    fields = [] if case.data.survey is None else [name for name, _ in own_names(case.data.survey)]
    for index, (question, step) in enumerate(zip(questions, _steps(one.name for one in questions), strict=True)):
        own = f"问卷{step}" if step[0] == "." and question.name not in fields else f"问卷.题目[{index}]"
        labels = (f"{question.name}得分率", question.name, *(("满意率", "满意度") if "满意" in question.name else ()))
        yield from _known(f"{own}.得分率", case.figure(f"问卷.{question.name}.{QUESTION_RATE}"), labels)


def _of_implementation(case: Case) -> Iterator[Known]:
    said = case.data.implementation
    units = case.data.project.units if case.data.project else []
    for kind in kinds_of_units(units):
        for counter in ("个", "家", "所"):
            yield from _known("项目.单位数", len(units), (), unit=counter + kind)
    if said is None:
        return
    for name in ("总数", "已开展", "未开展", "已开展占比", "未开展占比"):
        if said.subject or name.endswith("占比"):
            labels = () if name == "总数" else (name,)
            yield from _known(f"实施.{name}", case.figure(f"实施.{name}"), labels, unit=f"个{said.subject or ''}")
    for activity, step in zip(said.activities, _steps(one.name for one in said.activities), strict=True):
        counts = [one.count for one in activity.by_area]
        exact = [one.number for one in counts if isinstance(one, Quantity) and one.number is not None and not one.fuzzy]
        if exact and len(exact) == len(counts) and activity.unit:
            total = Quantity("", sum(exact, Decimal()), activity.unit)
            yield from _known(f"实施.活动{step}.合计", total, (activity.name,))


def kinds_of_units(units: Sequence[Record]) -> tuple[str, ...]:
    """What all units are, by how all their names end: 社区; none for fewer than two."""
    names = [dict(own_names(unit)) for unit in units]
    said = [_OFFICE.sub("", str(one.get("简称") or one["名称"])) for one in names]
    if len(said) < 2:
        return ()
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*(name[::-1] for name in said), strict=False))
    end = "".join(signs[0] for signs in alike)[::-1]
    return tuple(end[at:] for at in range(len(end)) if len(end) - at > 1 or end[at:] in SHORT_KINDS)


def _totals(case: Case) -> tuple[str, ...]:
    """What texts call the total of this report; the unit's own is another one, unless this is its report."""
    return (*TOTALS, *OWN_TOTALS) if case.data.report.kind == "单位自评" else TOTALS


def _of_result(case: Case) -> Iterator[Known]:
    for name, value in (("总分", case.scores.total), ("满分", case.scores.full)):
        if value is not None:
            labels = _totals(case) if name == "总分" else ("总分",)
            yield Known(f"评价结果.{name}", "points", value, labels, name == "总分")


def _of_goals(case: Case) -> Iterator[Known]:
    rows = case.data.goals.rows if case.data.goals else []
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        own = f"绩效目标.指标{step}"
        for name, goal in (("完成值.bare", row.actual), ("原值", row.declared), ("现值", row.adjusted)):
            yield from _goal(f"{own}.{name}", goal, row.name, name != "完成值.bare")
    yield from _of_indicators(case, case.data.indicators, "指标体系")
    for node in case.nodes:
        match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,8})?)%", node.actual)
        name = node.indicator.title or node.indicator.name
        if match:
            yield Known("", "rate", Decimal(match[1]), (name, node.indicator.name))
        if node.points is not None:
            yield Known("", "points", node.points, ())  # scored.py reads what a text calls it
        share = case.scores.rate(node.points, node.full)
        if share is not None:
            yield Known("", "rate", share.percent, ())


def _of_indicators(case: Case, rows: list[Indicator], name: str) -> Iterator[Known]:
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        if step[0] == ".":  # what is 不适用 is not counted in the texts' list, so that a number would not do
            for key, goal in (("完成值", row.actual), ("指标值", row.target)):
                yield from _goal(f"{name}{step}.{key}.bare", goal, row.name, key == "指标值")
            yield from _of_indicators(case, row.below, f"{name}{step}.下级")


def _goal(name: str, goal: object, label: str, aim: bool) -> Iterator[Known]:
    """The number of a target, where it is exact: a text that prints one with a sign prints the sign as well."""
    if not isinstance(goal, Target) or goal.number is None:
        return
    named = name if goal.operator in ("", "=") else ""
    if goal.unit in ("%", *YUAN_IN):
        kind: Kind = "rate" if goal.unit == "%" else "money"
        yield Known(named, kind, goal.number * YUAN_IN.get(goal.unit, Decimal(1)), (label,), aim=aim)
    elif goal.unit:
        yield Known(named, "count", goal.number, (label,), unit=goal.unit, with_unit=True, aim=aim)
