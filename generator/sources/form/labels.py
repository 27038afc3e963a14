"""What the labels and heads of self-evaluation forms mean: where their values stand in the data.

A form of another place that uses other words needs a line here; columns and rows may stand in any order.
"""

from __future__ import annotations

import re

from ...fields import Path

# A label and, right of it, its value.
PAIRS: dict[str, Path] = {
    "项目名称": ("项目", "名称"),
    "项目代码": ("项目", "代码"),
    "项目编码": ("项目", "代码"),
    "项目年份": ("项目", "年度"),
    "项目年度": ("项目", "年度"),
    "主管部门": ("项目", "主管部门"),
    "项目主管部门": ("项目", "主管部门"),
    "预算部门": ("项目", "主管部门"),
    "实施单位": ("项目", "实施单位"),
    "项目实施单位": ("项目", "实施单位"),
    "项目单位": ("项目", "实施单位"),
    "项目负责人": ("项目", "负责人"),
    "联系电话": ("项目", "联系电话"),
}
# A label and, right of it, paragraphs.
TEXTS: dict[str, Path] = {
    "项目概况": ("正文", "项目概况"),
    "项目总目标": ("绩效目标", "总体目标"),
    "年度绩效目标": ("绩效目标", "阶段性目标"),
    "项目实施情况": ("正文", "实施内容"),
    "项目管理成效": ("正文", "主要成效"),
    "项目管理存在的问题及原因": ("问题",),
    "进一步加强项目管理的建议": ("建议",),
}
# Where the rest goes of a text that holds two: from its first numbered paragraph on, or else from its second.
RESTS: dict[Path, Path] = {("正文", "实施内容"): ("正文", "项目管理情况")}
# Heads with their paragraphs below.
GOALS: dict[str, Path] = {
    "预期目标": ("绩效目标", "总体目标"),
    "年度预期目标": ("绩效目标", "总体目标"),
    "实际完成情况": ("绩效目标", "实际完成"),
    "目标实际完成情况": ("绩效目标", "实际完成"),
}
# Funds in rows: the heads of the columns, and the row that is the whole; the other rows are its sources.
AMOUNTS: dict[str, str] = {"年初预算数": "年初预算", "全年预算数": "预算", "全年执行数": "支出"}
SHARES = {"执行率": "执行率", "预算执行率": "执行率", "分值": "分值", "得分": "得分"}
EXECUTION = "预算执行率"  # the indicator whose weight and points stand beside the funds
WHOLE = ("年度资金总额", "资金总额", "合计", "总计")
# Funds in columns: each head with its value below.
COLUMNS: dict[str, str] = {
    "年初预算数": "年初预算",
    "当年使用上年结余、结转及当年调整预算数": "调整预算",
    "财政拨款数": "到位",
    "指标结余数": "指标结余",
    "实际支付数": "支出",
    "资金结余、结转数": "结余",
    "结转数": "结转",
    "财政收回数": "财政收回",
}
DERIVED = ("指标结余", "结余")  # which follow from the others, and are held against them
SUBPROJECT, SUBAMOUNT = ("子项目名称",), ("实际金额", "金额")
# Indicators in rows: the heads of the columns.
LEVELS: dict[str, int] = {"一级指标": 0, "类别": 0, "指标类别": 0, "二级指标": 1}
INDICATOR: dict[str, str] = {
    "三级指标": "名称",
    "指标名称": "名称",
    "绩效指标": "名称",
    "年度指标值": "指标值",
    "指标值": "指标值",
    "目标值": "指标值",
    "实际完成值": "完成值",
    "完成值": "完成值",
    "分值": "分值",
    "权重": "分值",
    "得分": "得分",
    "自评分": "得分",
    "自评得分": "得分",
    "偏差原因分析及改进措施": "扣分原因",
    "偏差原因": "扣分原因",
    "偏差原因分析": "扣分原因",
    "未完成原因分析": "扣分原因",
}
SUMS = ("总分", "合计", "总计", "总得分")
ASIDE = ("项目", "序号", "绩效指标体系")  # heads of columns that hold no data of their own
TITLES = ("绩效指标", "项目资金", "年度总体目标", "项目基本情况")
_UNIT = re.compile(r"[（(](?:单位[:：])?(?:人民币)?([百千万亿]*元|[美欧日港]元)[）)]$")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]$")


def plain_label(text: str) -> str:
    """A label without blanks and line ends, a colon, and what stands in brackets at its end.

    >>> plain_label("项 目 资 金（万元）"), plain_label("市级预算执行情况（万元）："), plain_label("年度⏎指标值")
    ('项目资金', '市级预算执行情况', '年度指标值')
    """
    label = re.sub(r"[\s⏎⇥]", "", text).rstrip("：:")
    return _BRACKETS.sub("", label) or label


def unit_of(text: str) -> str:
    """The unit of money that a label names at its end; "" when it names none."""
    match = _UNIT.search(re.sub(r"[\s⏎⇥]", "", text))
    return match[1] if match else ""
