"""Stage 2: the figures that follow from the data (rates, balances, survey results), each with its derivation.

A rate is rounded once here, to the style's decimals; scoring and printing use that rounded value.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .model import Evaluation, FundRow, Funds, Implementation, Survey, counted_in, summed
from .model import Question as SurveyQuestion
from .names import lookup
from .scores import DERIVED, QUESTION_RATE, Figure, Figures, operand, operand_of
from .values import Forms, Money, Rate, Said, plain

ONE = Decimal(1)
DASH = Said("—")
Derived = Iterator[tuple[str, Figure | None]]  # None: an input is not there


def derive(evaluation: Evaluation, forms: Forms) -> Figures:
    """All derived figures of an evaluation, by name (`资金.到位率`, `问卷.回收率`, `项目.单位数`)."""
    found: dict[str, Figure | None] = {}
    if evaluation.funds:
        found.update(_funds(evaluation.funds, forms))
    if evaluation.survey:
        found.update(_survey(evaluation.survey, forms))
    if evaluation.implementation:
        found.update(_implementation(evaluation.implementation, evaluation.funds, forms))
    if evaluation.project:
        found["项目.单位数"] = Figure(len(evaluation.project.units))
    derived = {name: figure for name, figure in found.items() if figure is not None}
    return Figures(forms, derived, lambda name: lookup(evaluation, name))


def rate_figure(label: str, part: object, whole: object, forms: Forms) -> Figure | None:
    """The rate `part` ÷ `whole`; `—` where it cannot be reckoned (÷ 0, or 无); None while one of them is not there."""
    if part is None or whole is None:
        return None
    top, bottom = operand(part, forms), operand(whole, forms)
    if top is None or bottom is None:
        return _nothing(label)
    if not bottom.amount:
        return Figure(DASH, f"{label}的分母为 0，无法计算")
    rate = Rate.of(top.amount, bottom.amount, forms.rate)
    return Figure(rate, f"{label}=（{top.text}/{bottom.text}）×100%={rate}")


def _rest(figure: Figure | None, forms: Forms) -> Figure | None:
    """What a rate lacks of 100%."""
    if figure is None or not isinstance(figure.value, Rate):
        return figure
    rest = Rate(ONE - figure.value.fraction, forms.rate)
    return Figure(rest, f"100%-{figure.value}={rest}")


def _difference(label: str, high: object, low: object, forms: Forms) -> Figure | None:
    if high is None or low is None:
        return None
    if not isinstance(high, Money) or not isinstance(low, Money):
        return _nothing(label)
    left = Money(high.yuan - low.yuan, forms.money)
    more, less, digits = (operand_of(amount.yuan, "money", forms).text for amount in (high, low, left))
    return Figure(left, f"{more}-{less}={digits}")


def _nothing(label: str) -> Figure:
    return Figure(DASH, f"{label}没有可以计算的数")


def _funds(funds: Funds, forms: Forms) -> Derived:
    rows = funds_rows(funds)
    said = funds.budget or summed(rows, "budget")
    adjusted = None if said else _adjusted(funds, forms)
    budget = adjusted.value if adjusted else said
    received = funds.received or summed(rows, "received")
    spent = funds.spent or summed(rows, "spent")
    yield "资金.预算", adjusted
    for name, typed, amount in (
        ("预算", funds.budget, said),
        ("到位", funds.received, received),
        ("支出", funds.spent, spent),
    ):
        if typed is None and isinstance(amount, Money):
            yield f"资金.{name}", Figure(Money(amount.yuan, forms.money))
    due, timely = funds.due or budget, funds.timely or received
    base = {"预算": budget, "年初预算": funds.first_budget, "到位": received, None: None}[funds.execution_base]
    labels = DERIVED["资金"]
    for name, part, whole in (
        ("到位率", received, budget),
        ("到位及时率", timely, due),
        ("支出率", spent, received),
        ("执行率", spent, base),
    ):
        yield f"资金.{name}", rate_figure(labels[name], part, whole, forms)
    for name, part, whole in (("未到位率", received, budget), ("结余率", spent, received)):
        yield f"资金.{name}", _rest(rate_figure(labels[name], part, whole, forms), forms)
    quota = _quota(funds)
    for name, high, low in (("未到位", budget, received), ("结余", received, spent), ("指标结余", quota, received)):
        yield f"资金.{name}", _difference(labels[name], high, low, forms)


def _adjusted(funds: Funds, forms: Forms) -> Figure | None:
    """The budget as the year's first budget and what was added to it, where the data gives both amounts."""
    first, added = funds.first_budget, funds.adjustment
    if not isinstance(first, Money) or not isinstance(added, Money):
        return None
    whole = Money(first.yuan + added.yuan, forms.money)
    one, other, both = (operand_of(amount.yuan, "money", forms) for amount in (first, added, whole))
    return Figure(whole, f"预算=年初预算{one.text}+调整预算{other.after_minus}={both.text}")


def _quota(funds: Funds) -> Money | Said | None:
    """The year's first budget with what was added to it."""
    known = [amount.yuan for amount in (funds.first_budget, funds.adjustment) if isinstance(amount, Money)]
    return Money(sum(known, Decimal())) if known and funds.first_budget is not None else funds.first_budget


def funds_rows(funds: Funds) -> list[FundRow]:
    """The rows that the totals are taken from, where the data names them."""
    rows = {
        "按单位": funds.by_unit,
        "按用途": funds.by_purpose,
        "按来源": funds.by_source,
        "按区域": funds.by_area,
        "按子项目": funds.by_subproject,
    }
    return rows[funds.total_of] if funds.total_of else []


def _implementation(said: Implementation, funds: Funds | None, forms: Forms) -> Derived:
    total, active, inactive = said.total, said.active, said.inactive
    if total is None and (total := counted_in(funds_rows(funds) if funds else [])) is not None:
        yield "实施.总数", Figure(total)
    if total is not None and active is None and inactive is not None:
        active = total - inactive
        yield "实施.已开展", Figure(active, f"{total}-{inactive}={active}")
    if total is not None and inactive is None and active is not None:
        inactive = total - active
        yield "实施.未开展", Figure(inactive, f"{total}-{active}={inactive}")
    for name, part in (("已开展占比", active), ("未开展占比", inactive)):
        yield f"实施.{name}", rate_figure(DERIVED["实施"][name], part, total, forms)


def _survey(survey: Survey, forms: Forms) -> Derived:
    for name, part, whole in (
        ("回收率", survey.returned, survey.issued),
        ("有效率", survey.valid, survey.returned),
        ("满意率", survey.satisfied, survey.valid),
    ):
        yield f"问卷.{name}", rate_figure(DERIVED["问卷"][name], part, whole, forms)
    for question in survey.questions:
        yield f"问卷.{question.name}.{QUESTION_RATE}", question_rate(question, survey.valid, forms)


def question_rate(question: SurveyQuestion, valid: int | None, forms: Forms) -> Figure | None:
    """A question's weighted rate: Σ 人数×系数 ÷ 有效问卷; `—` where no answer is valid.

    None while a count or coefficient is not there, and where more answered than there are valid answers.
    """
    terms = [(one.count, one.weight) for one in question.options]
    if valid is None or not terms or any(count is None or not isinstance(weight, Rate) for count, weight in terms):
        return None
    if question.answers > valid:
        return None
    if not valid:
        return Figure(DASH, "有效问卷为 0 份，无法计算得分率")
    summed = sum(
        (Decimal(count or 0) * weight.fraction for count, weight in terms if isinstance(weight, Rate)), Decimal()
    )
    rate = Rate.of(summed, Decimal(valid), forms.rate)
    written = "+".join(f"{count}×{weight}" for count, weight in terms)
    return Figure(rate, f"{QUESTION_RATE}=（{written}）/{plain(Decimal(valid))}×100%={rate}")
