"""问卷结果：发放了问卷，要有结果。

写了发放（或收回、有效）的份数，却没有题目，也没有满意份数，报告里就只有份数。

正例：写了满意份数。

    问卷: {发放: 200, 有效: 180, 满意: 154}

反例：只有份数。

    问卷:
      发放: 200   # !Q109 发放200份 题目
      有效: 180
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "Q109"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault where papers were issued and nothing says what was answered."""
    survey = case.data.survey
    if survey is None or survey.questions or survey.satisfied is not None:
        return
    chain = (("发放", survey.issued), ("收回", survey.returned), ("有效", survey.valid))
    for name, count in chain:
        if count is not None:
            what = f"问卷{name}{count}份，没有题目，也没有满意份数"
            yield Fault(("问卷", name), what, mend="补上“题目”的选项和人数，或“满意”份数")
            return
