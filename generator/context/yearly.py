"""What firms need year by year: the comparison with last year, rectified problems, samples, team and opinions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..model import Evaluation, Sample
from ..names import lookup
from ..scores import DERIVED, QUESTION_RATE, Figures, Scores
from ..values import Form, Money, Points, Rate, in_form, number, plain
from .printing import DASH, Names, Rows, Setting, names_of

AMOUNTS = (("预算", "预算资金"), ("到位", "到位资金"), ("支出", "支出资金"))
RATES = ("到位率", "支出率", "执行率")
POINTS_OF_RATE = "个百分点"
NO_CHANGE = "持平"


@dataclass(frozen=True)
class OneYear:
    """One of the two years that are compared: its data, with its figures in this year's forms, and its scores."""

    evaluation: Evaluation
    figures: Figures
    scores: Scores

    def figure(self, name: str) -> object:
        """A derived or given figure by its dotted name; None when the data does not have it."""
        derived = self.figures.derived.get(name)
        if derived is not None:
            return derived.value
        try:
            return lookup(self.evaluation, name)
        except KeyError:
            return None


def compared(setting: Setting, last: OneYear | None) -> list[Names]:
    """A row for each figure that both years, or one of them, have: 名称, 本年, 上年, 增减; none without last year."""
    if last is None:
        return []
    this = OneYear(setting.evaluation, setting.figures, setting.scores)
    rows = [*_funds(setting, this, last), *_results(setting, this, last), *_satisfaction(this, last)]
    return Rows(row for row in rows if row is not None)


def _row(name: str, this: object, last: object) -> Names | None:
    """A row of the comparison; None where neither year has the figure."""
    if this in (None, DASH) and last in (None, DASH):
        return None
    change = _change(this, last)
    return {
        "名称": name,
        "本年": DASH if this is None else this,
        "上年": DASH if last is None else last,
        "增减": DASH if change is None else change,
    }


def _change(this: object, last: object) -> str | None:
    """The difference of two figures as they are printed, in words; None where one is no figure.

    >>> _change(Rate(Decimal("0.9")), Rate(Decimal("0.875"))), _change(Money(Decimal(5)), Money(Decimal("7.5")))
    ('提高2.5个百分点', '减少2.50元')
    """
    if isinstance(this, Money) and isinstance(last, Money):
        more = number(this.number()) - number(last.number())
        return _worded(more, "增加", "减少", this.form.write(abs(more)) + this.form.unit)
    if isinstance(this, Rate) and isinstance(last, Rate):
        more = number(this.number()) - number(last.number())
        return _worded(more, "提高", "降低", plain(abs(more)) + POINTS_OF_RATE)
    if isinstance(this, Points) and isinstance(last, Points):
        more = number(str(this)) - number(str(last))
        return _worded(more, "提高", "降低", this.form.write(abs(more)) + "分")
    if isinstance(this, str) and this == last:
        return NO_CHANGE
    return None


def _worded(more: Decimal, up: str, down: str, amount: str) -> str:
    return NO_CHANGE if not more else f"{up if more > 0 else down}{amount}"


def _funds(setting: Setting, this: OneYear, last: OneYear) -> Iterator[Names | None]:
    def amount(year: OneYear, name: str) -> object:
        found = year.figure(f"资金.{name}")
        return in_form(found, setting.forms.money) if isinstance(found, Money) else found

    for name, called in AMOUNTS:
        yield _row(called, amount(this, name), amount(last, name))
    bases = {year.evaluation.funds.execution_base for year in (this, last) if year.evaluation.funds}
    for name in RATES:
        if name != "执行率" or len(bases) == 1:  # rates of different bases cannot be compared
            called, dotted = DERIVED["资金"][name], f"资金.{name}"
            yield _row(called, this.figure(dotted), last.figure(dotted))


def _results(setting: Setting, this: OneYear, last: OneYear) -> Iterator[Names | None]:
    """Total, grade and first-level indicators: points of one full score, or else the rates of the points."""
    ours, theirs, forms = this.scores, last.scores, setting.forms
    yield _scored(setting, "综合得分", (ours.total, ours.full), (theirs.total, theirs.full), forms.points)
    if ours.grade or (theirs.grade and setting.style.file.grades):  # a style without grades does not compare them
        yield _row("评价等级", ours.grade or None, theirs.grade or None)
    before = {node.indicator.name: (node.points, node.full) for node in theirs.nodes}
    for node in ours.nodes:
        if (old := before.get(node.indicator.name)) is not None:
            name = f"{node.indicator.name.removesuffix('指标')}指标得分"
            yield _scored(setting, name, (node.points, node.full), old, forms.points)


Scored = tuple[Decimal | None, Decimal | None]


def _scored(setting: Setting, name: str, this: Scored, last: Scored, form: Form) -> Names | None:
    if this[1] == last[1] or this[1] is None or last[1] is None:
        return _row(name, *(None if points is None else Points(points, form) for points, _ in (this, last)))
    return _row(f"{name}率", setting.scores.rate(*this), setting.scores.rate(*last))


def _satisfaction(this: OneYear, last: OneYear) -> Iterator[Names | None]:
    yield _row("问卷满意率", this.figure("问卷.满意率"), last.figure("问卷.满意率"))
    for question in this.evaluation.survey.questions if this.evaluation.survey else ():
        name = f"问卷.{question.name}.{QUESTION_RATE}"
        if name in this.figures.derived and name in last.figures.derived:
            yield _row(f"“{question.name}”{QUESTION_RATE}", this.figure(name), last.figure(name))


SAME_THING = 2  # how many characters the names of samples of one thing end alike


def samples(setting: Setting) -> list[Names]:
    """The samples, each with its 比例: what was drawn of the total, — where one of them is not said."""
    rows = []
    for index, one in enumerate(setting.evaluation.samples):
        names = names_of(setting, one, ("抽样", index), f"抽样“{one.subject}”的")
        names["比例"] = _drawn(setting, one.drawn, one.total)
        rows.append(names)
    return Rows(rows)


def samples_total(setting: Setting) -> Names | None:
    """The sums of samples of one thing (甲区服务站, 乙区服务站) in one unit; None where they cannot be summed."""
    rows: list[Sample] = setting.evaluation.samples
    if len(rows) > 1 and len({one.subject[-SAME_THING:] for one in rows}) > 1:
        return None
    totals, drawn = [one.total for one in rows], [one.drawn for one in rows]
    if len(rows) < 2 or len({one.unit for one in rows}) > 1 or rows[0].unit is None or None in (*totals, *drawn):
        return None
    whole, part = (sum(count or 0 for count in counts) for counts in (totals, drawn))
    return {"总数": whole, "抽取": part, "量词": rows[0].unit, "比例": _drawn(setting, part, whole)}


def _drawn(setting: Setting, part: int | None, whole: int | None) -> object:
    return DASH if part is None or not whole else Rate.of(Decimal(part), Decimal(whole), setting.forms.rate)


def opinions(setting: Setting) -> list[Names]:
    """The opinions; 提出方 says whose form they stand in: 委托方, 实施单位, or nobody's."""
    project, report = setting.evaluation.project, setting.evaluation.report
    body = project.body if project else None
    givers = {
        "委托方": {"委托方", "委托单位", report.client},
        "实施单位": {"实施单位", "项目实施单位", *((body.name, body.short, *body.aliases) if body else ())},
    }
    rows = []
    for index, one in enumerate(setting.evaluation.opinions):
        names: dict[str, Any] = names_of(setting, one, ("意见", index), f"意见{index + 1}的")
        names["提出方"] = next((side for side, called in givers.items() if one.giver in called - {None}), "")
        rows.append(names)
    return Rows(rows)
