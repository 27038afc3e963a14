"""给出的等级：评价结果里写的等级，是总分按样式的分档所在的等级。

与分档不同的是错误；不是所用样式的等级（如换了样式）的是警告，总分和满分都有时，报告印按分档得出的等级。

正例：90分以上是优。

    评价结果: {总分: 91, 满分: 100, 等级: 优, 来源: 专家组评定}

反例：88.5分写成优。

    评价结果: {总分: 88.5, 满分: 100, 等级: 优, 来源: 专家组评定}   # !K133 等级是优 应为良

反例：没有“一般”这一等级（警告）。

    评价结果: {总分: 88.5, 满分: 100, 等级: 一般, 来源: 专家组评定}   # !K133 一般 不是所用样式的等级 良
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "K133"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault where the given grade is not the one that the style's scale gives."""
    said = case.data.result.grade if case.data.result else None
    grades, printed = case.scores.grades, case.scores.grade
    if said is None or not grades or (said == printed and said in grades):
        return
    path = ("评价结果", "等级")
    if said in grades:
        what = f"给出的等级是{said}，按总分和满分应为{printed}"
        yield Fault(path, what, printed, said, mend="删去给出的等级，由程序得出；或改正总分")
        return
    reached = printed if printed != said else None
    told = f"报告里印按总分和满分得出的“{reached}”" if reached else f"总分和满分不全，报告里照印“{said}”"
    what = f"给出的等级“{said}”不是所用样式的等级（{'、'.join(grades)}）：{told}"
    yield Fault(path, what, reached, said, quoted=said, mend="改为样式里的等级，或删去", level=Level.WARNING)
