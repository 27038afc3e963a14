"""Stage 2: the figures that follow from the data (rates, balances, survey results), each with its derivation.

A rate is rounded once here, to the style's decimals; scoring and printing use that rounded value.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .model import Evaluation, Funds, Survey
from .model import Question as SurveyQuestion
from .names import lookup
from .scores import Figure, Figures
from .values import Forms, Money, Rate, plain

ONE = Decimal(1)


def derive(evaluation: Evaluation, forms: Forms) -> Figures:
    """All derived figures of an evaluation, by name (`资金.到位率`, `问卷.回收率`, `项目.单位数`)."""
    derived: dict[str, Figure] = {}
    if evaluation.funds:
        derived.update(_funds(evaluation.funds, forms))
    if evaluation.survey:
        derived.update(_survey(evaluation.survey, forms))
    if evaluation.project:
        derived["项目.单位数"] = Figure(len(evaluation.project.units))
    return Figures(forms, derived, lambda name: lookup(evaluation, name))


def rate_figure(name: str, part: object, whole: object, forms: Forms) -> Iterator[tuple[str, Figure]]:
    """The rate `part` ÷ `whole` of two amounts, when both are there and it can be computed."""
    if isinstance(part, Money) and isinstance(whole, Money) and whole.yuan:
        rate = Rate.of(part.yuan, whole.yuan, forms.rate)
        label = name.rsplit(".", 1)[-1]
        top, bottom = (Money(amount.yuan, forms.money).number() for amount in (part, whole))
        yield name, Figure(rate, f"{label}=（{top}/{bottom}）×100%={rate}")


def _funds(funds: Funds, forms: Forms) -> Iterator[tuple[str, Figure]]:
    budget, received, spent = funds.budget, funds.received, funds.spent
    due, timely = funds.due or budget, funds.timely or received
    yield from _named("资金", rate_figure("资金到位率", received, budget, forms))
    yield from _named("资金", rate_figure("到位及时率", timely, due, forms))
    yield from _named("资金", rate_figure("资金支出率", spent, received, forms))
    base = {"预算": budget, "年初预算": funds.first_budget, "到位": received, None: None}[funds.execution_base]
    yield from _named("资金", rate_figure("预算执行率", spent, base, forms))
    for rate in rate_figure("资金到位率", received, budget, forms):
        value = rate[1].value
        assert isinstance(value, Rate)
        gap = Rate(ONE - value.fraction, forms.rate)
        yield "资金.未到位率", Figure(gap, f"100%-{value}={gap}")
    for name, high, low in (("未到位", budget, received), ("结余", received, spent)):
        if isinstance(high, Money) and isinstance(low, Money):
            left = Money(high.yuan - low.yuan, forms.money)
            yield f"资金.{name}", Figure(left, f"{_digits(high, forms)}-{_digits(low, forms)}={left.number()}")


def _named(section: str, figures: Iterator[tuple[str, Figure]]) -> Iterator[tuple[str, Figure]]:
    short = {"资金到位率": "到位率", "资金支出率": "支出率", "预算执行率": "执行率"}
    for name, figure in figures:
        yield f"{section}.{short.get(name, name)}", figure


def _digits(money: Money, forms: Forms) -> str:
    return Money(money.yuan, forms.money).number()


def _survey(survey: Survey, forms: Forms) -> Iterator[tuple[str, Figure]]:
    for name, part, whole in (
        ("回收率", survey.returned, survey.issued),
        ("有效率", survey.valid, survey.returned),
        ("满意率", survey.satisfied, survey.valid),
    ):
        if part is not None and whole:
            rate = Rate.of(Decimal(part), Decimal(whole), forms.rate)
            yield f"问卷.{name}", Figure(rate, f"{name}=（{part}/{whole}）×100%={rate}")
    for question in survey.questions:
        if figure := question_rate(question, survey.valid, forms):
            yield f"问卷.{question.name}.得分率", figure


def question_rate(question: SurveyQuestion, valid: int | None, forms: Forms) -> Figure | None:
    """A question's weighted rate: Σ 人数×系数 ÷ 有效问卷; None while a count or coefficient is not there."""
    terms = [(one.count, one.weight) for one in question.options]
    if not valid or not terms or any(count is None or not isinstance(weight, Rate) for count, weight in terms):
        return None
    summed = sum(
        (Decimal(count or 0) * weight.fraction for count, weight in terms if isinstance(weight, Rate)), Decimal()
    )
    rate = Rate.of(summed, Decimal(valid), forms.rate)
    written = "+".join(f"{count}×{weight}" for count, weight in terms)
    return Figure(rate, f"得分率=（{written}）/{plain(Decimal(valid))}×100%={rate}")
