"""Kinds of faults: 问卷."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.fields import Path as Place

from ..sample import Fault, Sample
from .registry import kind


def options(sample: Sample) -> Iterator[tuple[Place, Any, Any]]:
    for index, question in enumerate(sample.data.survey.questions if sample.data.survey else []):
        for step, option in enumerate(question.options):
            yield ("问卷", "题目", index, "选项", step), question, option


@kind
def option_counts(sample: Sample) -> Iterator[Fault]:
    """问卷：选项人数改动。每个选项的人数加1、减1，不再等于有效问卷数。"""
    for place, _, option in options(sample):
        for change in (1, -1):
            if option.count is not None and option.count + change >= 0:
                yield sample.put((*place, "人数"), str(option.count + change))


@kind
def survey_counts(sample: Sample) -> Iterator[Fault]:
    """问卷：份数次序颠倒。发放改得比收回少，收回改得比有效少，有效加1、减1，满意改得比有效多。"""
    survey = sample.data.survey
    if survey is None:
        return
    for name, value, changed in (
        ("发放", survey.issued, (survey.returned or 0) - 1),
        ("收回", survey.returned, (survey.valid or 0) - 1),
        ("有效", survey.valid, (survey.valid or 0) + 1),
        ("有效", survey.valid, (survey.valid or 0) - 1),
        ("满意", survey.satisfied, (survey.valid or 0) + 1),
    ):
        if value is not None:
            yield sample.put(("问卷", name), str(changed))


@kind
def swapped_weights(sample: Sample) -> Iterator[Fault]:
    """问卷：系数颠倒。相邻两个选项的系数互换，较差的回答系数反而高。系数相同的不计。"""
    for place, question, option in options(sample):
        step = place[-1]
        assert isinstance(step, int)
        if step and str(question.options[step - 1].weight) != str(option.weight):
            yield sample.swap((*place, "系数"), (*place[:-1], step - 1, "系数"))


@kind
def weight_notes(sample: Sample) -> Iterator[Fault]:
    """问卷：系数不一的说明漏写。各题系数不同，删去不同的那一题的说明。"""
    survey = sample.data.survey
    for index, question in enumerate(survey.questions if survey else []):
        own = [str(option.weight) for option in question.options]
        alike = [one for one in survey.questions if len(one.options) == len(own)] if survey else []
        usual = Counter(tuple(str(option.weight) for option in one.options) for one in alike).most_common(1)[0]
        if question.remark and len(alike) > 1 and usual[1] > 1 and tuple(own) != usual[0]:
            yield sample.drop(("问卷", "题目", index, "说明"))
