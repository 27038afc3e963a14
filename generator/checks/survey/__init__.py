"""Checks on the questionnaire survey: papers, answers, coefficients and the rates taken from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...fields import Path
from ...model import Indicator, Question
from .. import Case

SATISFIED = "满意"


def questions(case: Case) -> Iterator[tuple[Path, Question]]:
    """The questions, each with its place."""
    for index, question in enumerate(case.data.survey.questions if case.data.survey else ()):
        yield ("问卷", "题目", index), question


def on_satisfaction(question: Question) -> bool:
    """Whether a question asks how satisfied people are."""
    return SATISFIED in question.name or SATISFIED in (question.text or "")


def satisfied_answers(question: Question) -> int | None:
    """How many chose an option that says 满意 without 不; None when there is none, or its number is not there."""
    counts = [one.count for one in question.options if SATISFIED in one.name and "不" not in one.name]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


def indicators(case: Case) -> Iterator[tuple[Path, Indicator]]:
    """Every scored indicator, with its place."""
    for leaf in case.scores.leaves():
        yield leaf.path, leaf.indicator


def some(text: object, words: Sequence[str]) -> bool:
    """Whether a text has one of the words."""
    return any(word in str(text or "") for word in words)
