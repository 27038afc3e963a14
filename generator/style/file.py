"""What style.yaml says: forms of figures, grade scale, documents, outline, groups, frameworks, wording."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from ..fields import Count, Number, Percent, Prose, Record, Score, Text, Texts, YesNo, named
from ..values import Form

DEFAULT_FRAME = "指标体系"
LEFT_OUT = "不查"  # the level of a check that a style does without


class FigureForm(Record):
    """How one kind of figure prints."""

    unit: Literal["元", "万元", "亿元"] | None = named("单位", "金额印成元、万元还是亿元")
    decimals: Literal["自然", "0", "1", "2", "3", "4"] | None = named("小数", "小数位数，或 自然（有几位写几位）")
    whole_bare: YesNo | None = named("整数省略小数", "整数是否不带小数")
    thousands: YesNo | None = named("千分位", "是否用千分位逗号")

    def form(self, default: Form) -> Form:
        """The form, with `default` for what is not said."""
        decimals = default.decimals
        if self.decimals is not None:
            decimals = None if self.decimals == "自然" else int(self.decimals)
        return Form(
            decimals,
            default.whole_bare if self.whole_bare is None else self.whole_bare,
            default.thousands if self.thousands is None else self.thousands,
            self.unit or default.unit,
        )


class StyleForms(Record):
    """How figures print in this style."""

    money: FigureForm | None = named("金额", "金额")
    rate: FigureForm | None = named("比率", "资金到位率、完成率等比率")
    score_rate: FigureForm | None = named("得分率", "得分率")
    points: FigureForm | None = named("得分", "得分")
    weight: FigureForm | None = named("分值", "分值")


class Band(Record):
    """One grade: from its floor (included) up to the floor of the next higher one."""

    name: Text = named("名称", "等级的名称", required=True)
    floor: Score = named("下限", "下限（含），按百分制", required=True)
    remark: Text | None = named("备注", "来源或说明")


class Section(Record):
    """One section of the outline."""

    number: Text | None = named("编号", "印出的编号，如 一、或（一）")
    title: Text = named("标题", "标题", required=True)
    level: Count | None = named("层级", "标题层级，从 1 起")
    key: Text | None = named("键", "这一节的文字在数据文件里的位置，如 正文.项目概况")
    required: YesNo | None = named("必填", "不写是否算缺漏")
    hint: Text | None = named("提示", "这一节写什么")


class Attachment(Record):
    """One attachment of the report."""

    name: Text = named("名称", "附件名称", required=True)
    content: Text | None = named("内容", "模板里印出该附件的部分")


class Frame(Record):
    """A node of the indicator framework that a new data file starts from."""

    name: Text = named("名称", "指标名称", required=True)
    title: Text | None = named("全称", "与别的指标重名时的全称")
    weight: Score | None = named("分值", "参考分值")
    meaning: Prose | None = named("说明", "指标说明")
    expand: YesNo | None = named("按下级分析", "指标分析部分是否逐一分析其下级")
    below: list[Frame] = named("下级", "下级指标", many=True)


Frames = Annotated[
    dict[str, list[Frame]],
    BeforeValidator(
        lambda value: {DEFAULT_FRAME: value} if isinstance(value, list) else value,
        json_schema_input_type=list[Frame] | dict[str, list[Frame]],
    ),
]


class WeightFloor(Record):
    """The least share of the total that some groups must hold together."""

    groups: Texts = named("指标", "一级指标的名称", many=True)
    floor: Percent | None = named("下限", "合计权重的下限，如 60%")
    level: Literal["错误", "警告", "提示"] | None = named("级别", "低于下限时是错误、警告还是提示；不写为警告")
    remark: Text | None = named("备注", "来源或说明")


class CheckPolicy(Record):
    """What a style changes of one check: its level, or that it is not made, and why."""

    level: Literal["错误", "警告", "提示", "不查"] = named("级别", "错误、警告、提示，或 不查", required=True)
    reason: Text = named("原因", "为什么改", required=True)


class Limits(Record):
    """The numbers that a check goes by, and where they are from."""

    numbers: dict[str, Number] | None = named("界限", "核查用的数，名称见该核查的说明，如 {倍数: 1.3}", required=True)
    basis: Text = named("依据", "这些数从哪里来", required=True)


class StyleFile(Record):
    """What style.yaml says."""

    name: Text = named("名称", "样式的名称", required=True)
    base: Text | None = named("沿用", "沿用哪个样式：没有写的照它，写了的以这里为准")
    about: Text | None = named("说明", "一句话说明")
    version: Text | None = named("版本", "版本")
    forms: StyleForms | None = named("格式", "数字的格式")
    grades: list[Band] = named("等级", "评价等级，从高到低；没有等级则不写", many=True)
    documents: dict[str, Text] | None = named("文档", "文档名称: 模板文件", required=True)
    outline: list[Section] = named("提纲", "各节的标题和文字的位置", many=True)
    attachments: list[Attachment] = named("附件", "附件", many=True)
    wording: dict[str, Text] | None = named("措辞", "模板里用的词句：样式.措辞.键")
    own: dict[str, Text] | None = named("自定义", "名称: 填什么；数据文件的“自定义”里填，模板里写 {{ 自定义.名称 }}")
    groups: Texts = named("分组", "一级指标的名称，按报告里分析的先后", many=True)
    mapping: dict[str, Texts] | None = named("对应", "本样式的一级指标: 别的样式里相当的一级指标")
    frames: Frames | None = named("指标框架", "新建数据文件时用的指标框架：列表，或 框架名称: 列表，第一个为默认")
    filled: Texts = named(
        "指标填写", "新建数据文件时每个末级指标要填的键，如 指标值、完成值；不写为通常的几项", many=True
    )
    charts: YesNo | None = named("图表", "是否印图表；数据文件里可以另写")
    full: Score | None = named("满分", "各级指标分值的总和应是多少，如 100；不写则不核对")
    checks: dict[str, CheckPolicy] | None = named("核查", "核查的代码: 改成什么级别及原因")
    limits: dict[str, Limits] | None = named("核查界限", "核查的代码: 它用的数及依据")
    weight_floors: list[WeightFloor] = named("权重下限", "若干一级指标合计权重的下限", many=True)
