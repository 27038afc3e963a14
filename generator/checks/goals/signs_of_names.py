"""符号与名称：越高越好的指标不写“≤”，越低越好的指标不写“≥”。

查申报的绩效指标和指标体系里的指标值、调整后，以下情形是警告：
满意、合格、达标、覆盖、参与率、完成率、数量、人次等越高越好的，写成 ≤、<；偏差、超支、误差、投诉、逾期、时限、成本等
越低越好的，写成 ≥、>；比率写成 ≤100%，怎样都能达到；完成值带着相反的符号（指标值 ≤90%，完成值 ≥90%）；
直接评了满分，完成值却没有达到指标值。
名称里有控制、降低、减少、受理、节约等字，高低哪个好说不准的，只查后两种。确实这样考核的，在“已核实”里说明。

正例：越低越好的不超过；说不准的不提示。

    绩效目标:
      指标:
        - {三级: 服务成本与定额的偏差, 指标值: ≤5%}
        - {三级: 投诉办结率, 指标值: ≥95%}
        - {三级: 会议数量控制, 指标值: ≤3次}
        - {三级: 成本控制率, 指标值: ≤100%}

反例：满意度写成不高于，偏差写成不低于。

    绩效目标:
      指标:
        - 三级: 老年人满意度
          指标值: ≤90%   # !G116 老年人满意度 ≤90% 越高越好
        - 三级: 服务成本与定额的偏差
          指标值: ≥5%   # !G116 偏差 ≥5% 越低越好

反例：比率不会高于100%；完成值的符号相反；满分，却没有达到。

    指标体系:
      - 名称: 专款专付率
        分值: 5
        指标值: ≤100%   # !G116 专款专付率 ≤100% 总能达到
      - 名称: 社区文明和谐度
        分值: 5
        指标值: ≤90%   # !G116 社区文明和谐度 ≤90% ≥92%
        完成值: ≥92%
      - 名称: 活动时长
        分值: 5
        指标值: ≤60小时   # !G116 活动时长 ≤60小时 80小时 满分
        完成值: 80小时
        计分方法: 直接评分
        参数: {得分: 5, 理由: 达到目标}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...scores import Node
from ...style import Style
from ...values import Target
from .. import Case, Fault
from ..indicators import called, in_full, reached
from . import DOWN, UP, WAYS, reaches, rows

CODE = "G116"
LEVEL = Level.WARNING

MORE = (
    *("满意", "合格", "达标", "覆盖率", "知晓", "优良", "好评", "和谐度", "及时率", "到位率", "执行率", "完成率"),
    *("办结率", "参与率", "参训率", "通过率", "普及率", "开展率", "响应率", "处置率", "利用率", "专用率"),
    *("兑现率",),
)
COUNTED = ("数量", "数目", "场次", "人次", "项目数", "社区数", "受益人数", "参与人数", "服务人数")
LESS = ("偏差", "超支", "误差", "投诉", "逾期", "时限", "成本")
ENDINGS = ("", "率", "数", "数量", "次数", "件数", "天数", "幅度", "额", "值")
# Words before what should be little that tell of work done on it: of 处理投诉数 more may be better.
HANDLED = ("受理", "查处", "处理", "办理", "办结", "解决", "化解", "调解", "回复", "响应")
# Words that turn a name's way, or leave it open.
OPEN = (
    *("垃圾", "犯", "住院", "债", "药", "危", "险", "矛盾", "纠纷", "诈", "火灾"),
    *("控制", "降低", "减少", "下降", "压减", "压缩", "节约", "节省", "限", "不满意", "不合格", "不达标", "未"),
    *("无", "公务", "会议", "接待", "编制", "车", "三公", "预算", "支出", "费", "增长", "增加", "变更", "调整"),
    *("事故", "案件", "故障", "差错", "违", "缺", "漏", "损", "退", "返", "病", "死亡", "失业", "流失", "闲置"),
    *("空置", "负债", "结转", "结余", "信访", "上访", "排放", "污染", "能耗", "超", "逾", "误", "差", "成本"),
    *("时间", "周期", "时长", "投诉"),
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each target whose sign goes against its name, its actual value or its full marks."""
    for path, row in rows(case):
        for key, goal in (("指标值", row.declared), ("调整后", row.adjusted)):
            yield from _of((*path, key), f"绩效目标“{row.name}”", row.name, goal, row.actual)
    for node in case.scores.leaves():
        one = node.indicator
        path = (*node.path, "指标值")
        found = list(_of(path, f"“{called(node)}”", one.name, one.target, one.actual))
        yield from found or _in_full(path, node, case.style)


def _of(path: Path, whose: str, name: str, goal: object, actual: object) -> Iterator[Fault]:
    way = WAYS.get(goal.operator) if isinstance(goal, Target) and goal.number is not None else None
    if way is None or not isinstance(goal, Target):
        return
    usual, other = _usual(name), _sign(actual, goal)
    if other and other != way:
        what = f"{whose}的指标值是{goal}，完成值是{actual}，符号相反"
    elif usual and usual != way:
        what = f"{whose}{usual}，指标值却是{goal}"
    elif way == DOWN and goal.unit == "%" and goal.number == 100 and _share(name):
        what = f"{whose}的指标值是{goal}，比率不会高于100%，总能达到"
    else:
        return
    mend = "核对指标值的符号，多半是写反了；确实这样考核的，在“已核实”里说明"
    yield Fault(path, what, expected=DOWN if way == UP else UP, actual=str(goal), mend=mend)


def _in_full(path: Path, node: Node, style: Style) -> Iterator[Fault]:
    """A fault where full marks were given by hand, and the actual value misses the target."""
    goal, actual = node.indicator.target, reached(node)
    signed = isinstance(goal, Target) and goal.operator in WAYS
    by_hand = node.indicator.rule == "直接评分" and in_full(node)
    if by_hand and signed and actual and reaches(actual, goal, style.forms) is False:
        what = f"“{called(node)}”指标值是{goal}，完成{actual.bare}，没有达到，却评了满分"
        mend = "核对指标值的符号和得分；确应得满分的，在“已核实”里说明"
        yield Fault(path, what, expected=str(goal), actual=str(actual), mend=mend)


def _sign(actual: object, goal: Target) -> str | None:
    """The way of the sign of an actual value in the target's unit; None where it has none."""
    known = isinstance(actual, Target) and actual.number is not None and actual.unit == goal.unit
    return WAYS.get(actual.operator) if known and isinstance(actual, Target) else None


def _usual(name: str) -> str | None:
    """Which way is better by an indicator's name; None where the name leaves it open."""
    bare = name.removesuffix("指标")
    less = next((word for word in LESS if any(bare.endswith(word + end) for end in ENDINGS)), None)
    if less:
        before = bare[: bare.rfind(less)]
        return None if any(word in before for word in (*OPEN, *HANDLED, *MORE) if word not in LESS) else DOWN
    if _open(bare):
        return None
    counted = any(bare.endswith(word) and bare not in ("数量", "数目") for word in COUNTED)
    return UP if counted or any(word in bare for word in MORE) else None


def _share(name: str) -> bool:
    """Whether a name is that of a share of a whole, which is 100% at most."""
    return name.endswith(("率", "比例", "占比")) and not _open(name)


def _open(name: str) -> bool:
    known = name.replace("预算执行率", "执行率")
    return any(word in known for word in OPEN)
