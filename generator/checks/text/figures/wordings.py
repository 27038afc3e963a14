"""What reports call the figures: one table for each kind; the patterns that read them are beside the tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

# Labels that must stand alone in their clause.
BARE = (
    *("预算", "到位", "支出", "结余", "发放", "收回", "回收", "有效"),
    *("剩余", "节约", "节约资金", "没有使用", "没有到位"),
)

# What reports call the totals, beside the names of the fields; 使用率 is 支出率 or 执行率.
CALLED = {
    "预算": ("项目预算", "预算总额", "资金预算", "预算金额", "批复金额", "年度预算", "全年预算"),
    "到位": ("资金到位", "到位总额", "到位金额", "实际拨付", "实际下达"),
    "支出": ("总支出", "支出总额", "支出金额", "实际支付", "实际使用", "累计支出", "共支出", "全年执行"),
    "到位率": ("到位", "到位比例"),
    "支出率": ("资金使用率", "使用率", "支出率"),
    "执行率": ("资金使用率", "使用率", "预算完成率", "执行率"),
    "结余": ("结余资金", "资金结余"),
    "未到位": ("尚未到位", "没有到位", "资金缺口"),
}
OF_BUDGET = ("占预算", "占全年预算", "占预算资金", "占预算总额")  # where the execution rate is out of the budget
# What is left of the money, by whatever it is left of: what came, or what was planned.
LEFT = ("剩余", "剩余资金", "未使用", "未使用资金", "没有使用", "尚未使用", "未支出", "未支出资金", "节约", "节约资金")

ROW_LABELS = {
    "预算": ("预算", "预算资金", "预算金额"),
    "到位": ("到位", "实际到位", "到位资金", "实际到位资金"),
    "支出": ("支出", "实际支出", "支出资金", "实际支出资金"),
    "支出率": ("支出率", "使用率", "资金支出率", "资金使用率"),
    "到位率": ("到位率", "资金到位率"),
}

SURVEYED = {
    "发放": ("发放", "发放问卷", "发放调查问卷", "发放满意度调查问卷", "发出问卷", "发放问卷调查表"),
    "收回": ("收回", "回收", "收回问卷", "回收问卷", "收回调查问卷", "回收调查问卷"),
    "有效": ("有效", "有效问卷", "收回有效问卷", "回收有效问卷"),
    "满意": ("满意问卷",),
    "回收率": ("问卷回收率", "回收率"),
    "有效率": ("问卷有效率", "有效率"),
    "满意率": ("满意率", "总体满意率", "满意度", "总体满意度"),
}

TOTALS = ("总分", "总得分", "综合得分", "最终得分", "评价得分", "综合评分", "评价总分")
OWN_TOTALS = ("自评得分", "自评总分")  # another one's, unless the report is the unit's own evaluation


@dataclass(frozen=True)
class Frame:
    """Words around a figure that say what a label before it would: “尚有…没有到位” is 未到位."""

    label: str
    before: str
    after: str

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """The words right before the figure; the clause may also begin with the figure."""
        return re.compile(rf"(?:(?:{self.before})|(?:^|(?<=[，。；：、（])))(?:资金|经费|款项|共|共计|合计)?$")

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """The words right behind the figure."""
        return re.compile(rf"\s?的?(?:资金|经费|款项|余额)?(?:至今|目前)?[仍还尚]?(?:{self.after})")


_THERE_IS = "尚有|还有|仍有|只有|[剩其]余(?:的|有)?|余下的?|剩下的?|有"
_NOT = "(?:没有|没能|未能|未|没)(?:实际|形成)?"
FRAMES = (
    Frame("没有到位", _THERE_IS, f"{_NOT}(?:到位|到账|下达)"),
    Frame("没有使用", _THERE_IS, f"{_NOT}(?:使用|支出|支付|执行|列支|动用|开支|用完)"),
)


@dataclass(frozen=True)
class ScoreWord:
    """What a word before a figure of an indicator means: its kind, which value of the score it is, and its name."""

    kind: Literal["points", "rate"]
    value: Literal["points", "lost", "full", "rate", "points or full"]
    called: str = "得分"


_POINTS, _LOST = ScoreWord("points", "points"), ScoreWord("points", "lost", "扣分")
SCORE_WORDS = {  # the longer ones first, for they are looked for in this order
    "得分率": ScoreWord("rate", "rate", "得分率"),
    **dict.fromkeys(("得分", "评分", "得"), _POINTS),
    **dict.fromkeys(("扣分", "扣减", "扣除", "失分", "扣"), _LOST),
    **dict.fromkeys(("满分", "分值", "权重"), ScoreWord("points", "full", "满分")),
    "": ScoreWord("points", "points or full"),  # 其中：投入8.76分、过程32.73分
}

COUNTERS = "个家所项条名次场期处类"
LEVELS = {"一级指标": 1, "二级指标": 2, "三级指标": 3, "四级指标": 4}
INDICATORS = ("指标", "绩效指标", "评价指标", "绩效评价指标", "具体指标", "末级指标", "评分项", "指标项")
# What stands before a count of all units: always, and where the project or its money is the subject.
WHOLE = "下辖|所辖|共|共有|共计|合计|全部|全体|所有|上述"
WHOLE_OF_PROJECT = "涉及|覆盖|涵盖|包括|包含|惠及|用于|安排给|分配给|拨付给|支付给"
SUBJECTS = "项目|经费|资金|范围|对象|评价|工作"
# What stands in a sentence before a count of all indicators.
SETS = (
    "设置|设立|设有|设定|设计|下设|共设|共有|共计|合计|构建|建立|制定|形成|确定|分为|分解为|细化为|细化成|包括|包含"
    "|由|指标体系"
)

# What the text of an indicator calls its own counts.
ACHIEVED = (
    *(
        "实际完成",
        "实际完成数",
        "实际完成数量",
        "实际完成值",
        "完成值",
        "实际产出",
        "实际产出数",
        "实际产出数量",
        "实际值",
    ),
    *("实际实施", "实际开展", "实际举办", "实际建成", "已完成", "累计完成", "共完成", "全年完成", "完成数", "完成数量"),
)
PLANNED = (
    *("计划产出", "计划产出数", "计划产出数量", "计划完成", "计划完成数", "计划数", "计划数量", "目标值", "指标值"),
    *("应完成", "应完成数", "计划实施", "计划开展"),
)
