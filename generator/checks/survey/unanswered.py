"""未作答的问卷：一道题各选项的人数之和，等于有效问卷数。

少于有效问卷数的，差数是没有作答的份数，是警告：没有作答的按 0 分进了得分率。题目或问卷的“说明”里讲到未作答、漏答、
弃答、未填的，不提示。有的选项没有写人数的不核查；多于有效问卷数的由 S006 核查。

正例：40 份有效，38 人作答，写了说明。

    问卷:
      发放: 40
      有效: 40
      题目:
        - 名称: 群众满意度
          选项: [{选项: 满意, 人数: 30, 系数: 100%}, {选项: 一般, 人数: 8, 系数: 60%}]
          说明: 2份未作答，按0分计

反例：30 + 8 = 38，没有说明。

    问卷:
      发放: 40
      有效: 40
      题目:
        - 名称: 群众满意度   # !Q101 群众满意度 38 40 2份
          选项: [{选项: 满意, 人数: 30, 系数: 100%}, {选项: 一般, 人数: 8, 系数: 60%}]
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import questions, some

CODE = "Q101"
LEVEL = Level.WARNING

WORDS = ("未作答", "没有作答", "未回答", "没有回答", "漏答", "弃答", "未填", "没有填", "未选", "没有选", "空白", "缺答")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each question that fewer answered than there are valid papers."""
    survey = case.data.survey
    valid = survey.valid if survey else None
    for path, question in questions(case):
        counted = bool(question.options) and all(option.count is not None for option in question.options)
        if valid is None or not counted or question.answers >= valid:
            continue
        if not some(question.remark, WORDS) and not some(survey and survey.remark, WORDS):
            left = valid - question.answers
            what = f"题目“{question.name}”各选项人数之和是{question.answers}，有效问卷{valid}份，有{left}份没有作答"
            mend = "核对人数；确有未作答的，在题目的“说明”里写明"
            yield Fault(path, what, expected=str(valid), actual=str(question.answers), mend=mend)
