"""What the examples in rules and measures call: 计分 and 测算 print derivation and result as a user would see them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from generator.derive import question_rate
from generator.fields import MONEY_UNIT, Input, Record
from generator.measures import measures
from generator.model import Question, Unit
from generator.rules import rules
from generator.scores import Figure, Measured, Operand, Pending, Scored, ScoringError, Task
from generator.scores import Question as Asked
from generator.scores import operand as figure_operand
from generator.values import Forms, Points, target

FORMS = Forms()
CONTEXT = {MONEY_UNIT: "元"}


class _Figure(Record):
    value: Input


def operand(said: Input) -> Operand:
    """A figure of the data as it is reckoned with; a name of a figure is never there."""
    found = figure_operand(said, FORMS)
    if found is None:
        raise Pending(str(said))
    return found


def measured(said: object) -> Measured | None:
    """A value as the data would give it (`83%`), or nothing."""
    if said is None:
        return None
    return Measured(operand(_Figure.model_validate({"value": said}).value))


def scored(name: str, full: str, actual: object = None, goal: str | None = None, **parameters: Any) -> Scored:
    """The score of a rule with parameters as the data would write them."""
    return _part(name, parameters, Decimal(full), actual, target(goal) if goal else None)


def _part(name: str, parameters: object, full: Decimal, actual: object, goal: object = None) -> Scored:
    rule = rules()[name]
    given = rule.Parameters.model_validate(parameters, context=CONTEXT)
    found: Scored = rule.score(Task("本指标", full, measured(actual), FORMS, operand, _part, goal), given)
    return found


def 计分(name: str, *, 分值: str, 实际: object = None, 指标值: str | None = None, **parameters: Any) -> None:  # noqa: N803
    """Print the derivation of a score and the points, or what is wrong."""
    result = _told(lambda: scored(name, 分值, 实际, 指标值, **parameters))
    if isinstance(result, Scored):
        print(*result.lines, Points(result.points, FORMS.points), sep="\n")


def 测算(name: str, *, 名称: str = "本指标", **parameters: Any) -> None:  # noqa: N803
    """Print the derivation of a measured value, or what is wrong."""
    result = _told(lambda: measure(name, 名称, **parameters))
    if isinstance(result, Measured):
        print(*result.lines, sep="\n")


def measure(name: str, indicator: str, **parameters: Any) -> Measured:
    """The measured value of an indicator, with parameters as the data would write them."""
    method = measures()[name]
    given = method.Parameters.model_validate(parameters, context=CONTEXT)
    found: Measured = method.measure(Asked(indicator, FORMS, operand, _unit, _survey), given)
    return found


def _told(work: Callable[[], object]) -> object:
    try:
        return work()
    except ValidationError as error:
        print(*(f"错误：{one['msg'].removeprefix('Value error, ')}" for one in error.errors()), sep="\n")
    except ScoringError as error:
        print(f"错误：{error}")
    except Pending as pending:
        print(f"待评：{pending}")
    return None


def _unit(name: str) -> Unit:
    return Unit.model_validate(
        {
            "名称": name,
            "计划开始": "2023-07-01",
            "计划完成": "2024-06-30",
            "完成时限": "2024-05",
            "实际完成": "2024-05-28",
        }
    )


def _survey(name: str) -> Figure:
    options = [("满意", 12, "100%"), ("较满意", 22, "80%"), ("一般", 6, "60%")]
    rows = [{"选项": option, "人数": count, "系数": weight} for option, count, weight in options]
    figure = question_rate(Question.model_validate({"名称": name, "选项": rows}), 40, FORMS)
    assert figure
    return figure
