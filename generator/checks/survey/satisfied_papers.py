"""满意份数：写的满意份数，等于满意度题里各“满意”选项的人数之和。

满意度题是名称或题目里有“满意”的题；“满意”选项是名称里有“满意”、没有“不”的。多于选项之和的是错误，
少于的是提示（只算非常满意和满意、不算基本满意的，在问卷的“说明”里写明）。有几道满意度题的，只查是否比每一道都多。

正例：12 + 22 + 6 = 40 份。

    问卷:
      有效: 40
      满意: 40
      题目:
        - 名称: 群众满意度
          选项: [{选项: 非常满意, 人数: 12}, {选项: 满意, 人数: 22}, {选项: 基本满意, 人数: 6}]

反例：满意选项只有 34 人，写成 36 份。

    问卷:
      有效: 40
      满意: 36   # !Q103 群众满意度 34 36 多2
      题目:
        - 名称: 群众满意度
          选项: [{选项: 很满意, 人数: 12}, {选项: 满意, 人数: 22}, {选项: 不满意, 人数: 6}]
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import on_satisfaction, questions, satisfied_answers, some

CODE = "Q103"
LEVEL = Level.ERROR

WORDS = ("不计", "不算", "不含", "不包括", "按", "仅", "只")


def check(case: Case) -> Iterator[Fault]:
    """A fault where more, or fewer, are said to be satisfied than the options give."""
    survey = case.data.survey
    if survey is None or survey.satisfied is None:
        return
    asked = [question for _, question in questions(case) if on_satisfaction(question)]
    sums = [answers for question in asked if (answers := satisfied_answers(question)) is not None]
    if not sums or len(sums) < len(asked):
        return
    most, said = max(sums), survey.satisfied
    name = next(question.name for question in asked if satisfied_answers(question) == most)
    what, place = f"满意{said}份，题目“{name}”的满意选项共{most}人，", ("问卷", "满意")
    if said > most:
        what, mend = f"{what}多{said - most}份", "核对份数和选项人数"
        yield Fault(place, what, expected=str(most), actual=str(said), mend=mend)
    elif said < most and len(asked) == 1 and not (some(survey.remark, ["满意"]) and some(survey.remark, WORDS)):
        what, mend = f"{what}少{most - said}份", "核对；只算其中几个选项的，在问卷的“说明”里写明"
        yield Fault(place, what, expected=str(most), actual=str(said), mend=mend, level=Level.HINT)
