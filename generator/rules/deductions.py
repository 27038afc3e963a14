"""逐项扣分：从分值里逐项扣，扣完为止。

每个“扣分项”写“事由”，扣多少分有三种写法：
写“扣分”和“标准”：按评分标准的这句话扣的固定分数；
只写“扣分”：由评价人员酌定，报告中注明是人工评定，不编造计算过程；
写“计分方法”“参数”和“测算”：用另一种计分方法算，分值与本指标相同（或写“分值”），它没有得到的分数就是扣分。
算出的扣分四舍五入到打印的小数（通常两位）后再相减，写明的扣分不能比这更细，最低 0 分。人工评定的扣分不能超过分值。
没有扣分的写“扣分项: 无”。只有事由、没有扣分的，这个指标是待评。
来源：评分标准中的“每发现一处扣……分，扣完为止”。

例：一项没有做到，扣固定分数；另一项按资金到位率的差额扣减。

>>> 计分("逐项扣分", 分值="6", 扣分项=[
...     {"事由": "重大开支未经评估论证", "扣分": "1.2", "标准": "一个要点不符扣 1.2 分"},
...     {"事由": "资金未足额到位", "测算": "26.56%", "计分方法": "按差额扣减",
...      "参数": {"基准": "100%", "每档": "5%", "每档扣减比例": "0.4%", "扣减基数": "1.2"}}])
重大开支未经评估论证，按“一个要点不符扣 1.2 分”，扣1.20分
资金未足额到位：差额=100%-26.56%=73.44%
扣分=（73.44%÷5%）×0.4%×1.2=0.0705024≈0.07分
得分=6-1.20-0.07=4.73分
4.73

例：没有公式、由评价组酌定的扣分。

>>> 计分("逐项扣分", 分值="9", 扣分项=[{"事由": "有一个社区晚于完成时限", "扣分": "1.78"}])
有一个社区晚于完成时限，扣1.78分（人工评定）
得分=9-1.78=7.22分
7.22

例：扣完为止；没有扣分。

>>> 计分("逐项扣分", 分值="2", 扣分项=[{"事由": "三处凭证不全", "扣分": "3", "标准": "每处扣 1 分"}])
三处凭证不全，按“每处扣 1 分”，扣3分
扣完为止，得0分
0
>>> 计分("逐项扣分", 分值="2", 扣分项="无")
没有扣分，得满分2分
2
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from ..fields import Measuring, Record, Score, Text, named
from ..scores import Cut, Pending, Scored, Task

NAME = "逐项扣分"


class Item(Record):
    """One deduction: an amount, or a rule that gives it."""

    reason: Text = named("事由", "为什么扣分", required=True)
    points: Score | None = named("扣分", "扣几分；不写扣分也不写计分方法的为待评")
    standard: Text | None = named("标准", "评分标准中规定这样扣的话；不写的为人工评定", "依据")
    rule: Text | None = named("计分方法", "用哪种计分方法算出扣分")
    parameters: Any = named("参数", "该计分方法的参数")
    measured: Measuring | None = named("测算", "该计分方法用的实际值，或测算它的方法", "实际值")
    full: Score | None = named("分值", "该计分方法按多少分算；不写为本指标的分值")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.rule is None:
            extra = {"参数": self.parameters, "测算": self.measured, "分值": self.full}
            for key, value in extra.items():
                if value is not None:
                    raise ValueError(f"“{key}”要与“计分方法”一起写")
        elif self.points is not None or self.standard is not None:
            raise ValueError("写了“计分方法”，就不写“扣分”和“标准”")
        return self


class Parameters(Record):
    """The parameters of 逐项扣分."""

    items: Annotated[list[Item], BeforeValidator(lambda value: [] if value == "无" else value)] = named(
        "扣分项", "各项扣分，依次列出；没有的写 无", required=True, each_year=True
    )


def score(task: Task, parameters: Parameters) -> Scored:
    """Full points less each deduction, not below 0."""
    full = task.points(task.full)
    parts = [_ruled(task, item) if item.rule else _stated(task, item) for item in parameters.items]
    cuts = tuple(cut for cut, _ in parts if cut.points)
    lines = tuple(line for _, lines in parts for line in lines)
    if not cuts:
        return Scored(task.full, (*lines, f"没有扣分，得满分{full}分"))
    left = task.full - sum((cut.points for cut in cuts), Decimal())
    if left < 0:
        return Scored(Decimal(0), (*lines, "扣完为止，得0分"), cuts)
    written = "".join(f"-{task.points(cut.points)}" for cut in cuts)
    return Scored(left, (*lines, f"得分={full}{written}={task.points(left)}分"), cuts)


def _stated(task: Task, item: Item) -> tuple[Cut, tuple[str, ...]]:
    if item.points is None:
        raise Pending(f"“{item.reason}”的扣分")
    points, reason = task.given(item.points, "扣分", within=item.standard is None), item.reason.rstrip("。")
    if item.standard:
        line = f"{reason}，按“{item.standard}”，扣{task.points(points)}分"
    else:
        line = f"{reason}，扣{task.points(points)}分（人工评定）"
    return Cut(points, item.reason, derived=item.standard is not None), (line,)


def _ruled(task: Task, item: Item) -> tuple[Cut, tuple[str, ...]]:
    assert item.rule is not None
    if item.parameters is None:
        raise Pending(f"“{item.reason}”的参数")
    full = task.given(item.full, "分值") if item.full is not None else task.full
    scored = task.part(item.rule, item.parameters, full, item.measured)
    points = full - scored.points
    worked = f"{task.points(full)}-{task.points(points)}={task.points(scored.points)}分"
    # A rule that deducts ends with 得分=分值-扣分; here the deductions of all items are subtracted together.
    lines = [line for line in scored.lines if line != f"得分={worked}"]
    if points and len(lines) == len(scored.lines):
        lines.append(f"扣分={task.points(full)}-{task.points(scored.points)}={task.points(points)}分")
    lines[0] = f"{item.reason.rstrip('。')}：{lines[0]}"
    return Cut(points, item.reason, derived=all(cut.derived for cut in scored.cuts)), tuple(lines)
