"""按指标值得分：拿指标自己的“完成值”与“指标值”相比，符号由指标值给出，用于自评表。

指标写“指标值: ≥200人次”“完成值: 300人次”，这里只说没有达到时怎么办：
“未达到: 按比例”：≥、> 和 = 的，得分 = 完成值 ÷ 指标值 × 分值；≤ 和 < 的，由“反向”写明算法：
按比例（指标值 ÷ 完成值 × 分值）或 线性递减（（1 −（完成值 − 指标值）÷ 指标值）× 分值，减到 0 为止）。
“未达到: 不得分”：没有达到就不得分。
达到的（含超过的）得满分；指标值没有符号的按 = 计；= 的指标超过时也算达到。指标值是 0 的，没有达到就不得分。
指标值和完成值的单位要相同。约数（300余人次）不能计算；指标值是文字（合规、完善）的不能用这个方法，请用“定性分档”或“直接评分”。
来源：财预〔2020〕10号附件1自评表的定量指标得分办法（原文未核）。

例：活动参与不少于 200 人次，实际 300 人次。

>>> 计分("按指标值得分", 分值="20", 指标值="≥200人次", 实际="300人次", 未达到="按比例")
300人次达到指标值≥200人次，得满分20分
20

例：满意度不低于 90%，实际 81%。

>>> 计分("按指标值得分", 分值="10", 指标值="≥90%", 实际="81%", 未达到="按比例")
得分=81%÷90%×10=9分
9

例：成本不超过 90 万元，实际 120 万元；实际 85 万元。

>>> 计分("按指标值得分", 分值="8", 指标值="≤90万元", 实际="85万元", 未达到="不得分")
850,000.00元达到指标值≤900,000.00元，得满分8分
8
>>> 计分("按指标值得分", 分值="8", 指标值="≤90", 实际="120", 未达到="按比例", 反向="线性递减")
得分=[1-（120-90）÷90]×8≈5.33分
5.33
>>> 计分("按指标值得分", 分值="8", 指标值="≤90", 实际="120", 未达到="按比例", 反向="按比例")
得分=90÷120×8=6分
6
>>> 计分("按指标值得分", 分值="8", 指标值="=3次", 实际="2次", 未达到="不得分")
2次未达到指标值3次，不得分
0

反例：完成值是约数；单位不同。

>>> 计分("按指标值得分", 分值="8", 指标值="≤200人次", 实际="300余人次", 未达到="不得分")
错误：“300余人次”不是确切的数：约数不能计算，请写确切的数（“以上”“以下”请写成 ≥、≤）
>>> 计分("按指标值得分", 分值="8", 指标值="≥200人次", 实际="180人", 未达到="按比例")
错误：180人与200人次的单位不同，不能比较：请换算成同一个单位
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..fields import Record, named
from ..scores import Operand, Scored, ScoringError, Task, same_kind
from . import worded

NAME = "按指标值得分"
ZERO, ONE = Decimal(0), Decimal(1)


class Parameters(Record):
    """The parameters of 按指标值得分."""

    short: Literal["按比例", "不得分"] = named("未达到", "没有达到指标值时：按比例 或 不得分", required=True)
    reverse: Literal["按比例", "线性递减"] | None = named("反向", "指标值是 ≤ 或 < 时，未达到的算法")


def score(task: Task, parameters: Parameters) -> Scored:
    """Points from the indicator's own target and actual value."""
    sign, target = task.target()
    actual = task.value()
    same_kind(actual, target)
    if target.amount < 0:
        raise ScoringError("这个方法的指标值不能是负数")
    reached, wanted = worded(actual, task.forms), f"指标值{sign.removeprefix('=')}{worded(target, task.forms)}"
    if _met(sign, actual.amount, target.amount):
        return Scored(task.full, (f"{reached}达到{wanted}，得满分{task.points(task.full)}分",))
    line = f"{reached}未达到{wanted}"
    if parameters.short == "不得分" or not target.amount:
        return task.scored(ZERO, (line + "，不得分",), line)
    value, formula = _share(sign, actual, target, parameters)
    points, end = task.result(max(ZERO, value) * task.full)
    return task.scored(points, (f"得分={formula}×{task.points(task.full)}{end}",), line)


def _met(sign: str, actual: Decimal, target: Decimal) -> bool:
    if sign in ("≤", "<"):
        return actual <= target if sign == "≤" else actual < target
    return actual > target if sign == ">" else actual >= target


def _share(sign: str, actual: Operand, target: Operand, parameters: Parameters) -> tuple[Decimal, str]:
    if sign not in ("≤", "<"):
        return max(ZERO, actual.amount) / target.amount, f"{actual.text}÷{target.text}"
    if parameters.reverse is None:
        raise ScoringError("指标值的符号是 ≤ 或 <，请写“反向: 按比例”或“反向: 线性递减”")
    if parameters.reverse == "按比例":
        return target.amount / actual.amount, f"{target.text}÷{actual.text}"
    over = (actual.amount - target.amount) / target.amount
    return ONE - over, f"[1-（{actual.text}-{target.after_minus}）÷{target.text}]"
