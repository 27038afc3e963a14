"""Writes report.docx of this pack: the summary as part one, the full report as part two, from the same data.

python templates/langfang/build.py
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import _parts as parts  # noqa: E402
from _authoring import Cell, Draft, Row, cell, flow, head, repeated, row  # noqa: E402
from _charts import Bars, add_chart  # noqa: E402

# ---------------------------------------------------------------- conditions


def told(name: str) -> str:
    """Whether a text is to print: what the data does not give prints its mark, what it says is 无 is left out."""
    return f"{name}|string != '无'"


MET = "绩效目标.指标|selectattr('完成值')|list"
BY_AREA = "资金.按区域"
BY_UNIT = "资金.按单位 or 资金.按子项目"
NO_PARTS = "【待补充：资金.按区域】"

# ---------------------------------------------------------------- sentences that stand in both parts

SCOPE = (
    "{{ 项目.称谓 }}"
    "{% if 资金.按区域合计 %}涉及{{ 资金.按区域|顿号('名称') }}{{ 资金.按区域|length }}个{{ 样式.措辞.区域 }}"
    "{% if 资金.按区域合计.下级数 %}、{{ 资金.按区域合计.下级数 }}个{{ 样式.措辞.下级单位 }}{% endif %}"
    f"{{% if {parts.figure('资金.按区域合计.数量')} %}}"
    "、{{ 资金.按区域合计.数量 }}{{ 资金.按区域[0].数量单位 }}{% endif %}，"
    "{% elif 项目.单位 %}涉及{{ 项目.单位数 }}家单位，{% endif %}"
    "资金重点用于：{{ 正文.支出重点 }}"
)
BUDGET = (
    "{{ 项目.称谓 }}预算安排{{ 资金.预算 }}"
    "{% if 资金.按区域 %}，分{{ 样式.措辞.区域 }}的安排情况为：{% else %}。{% endif %}"
)
AREA_BUDGET = (
    "{{ 区.名称 }}"
    "{% if 区.下级数 > 1 %}{{ 区.下级数 }}个{{ 样式.措辞.下级单位 }}，"
    "{% elif 区.下级 %}{{ 区.下级[0].名称 }}，{% endif %}"
    "{% if 区.数量 %}{{ 区.数量 }}{{ 区.数量单位 }}，{% endif %}共{{ 区.预算 }}"
    "{% if 区.下级数 > 1 %}，其中：{% for 街 in 区.下级 %}{{ 街.名称 }}{{ 街.预算 }}"
    "{{ '，' if not loop.last else '' }}{% endfor %}{% endif %}{{ '；' if not loop.last else '。' }}"
)
USED = (
    "{{ 项目.称谓 }}预算安排{{ 资金.预算 }}，财政拨付{{ 资金.到位 }}，资金到位率{{ 资金.到位率 }}。"
    "截至{{ 报告.截止日期 }}，项目支出{{ 资金.支出 }}，资金使用率{{ 资金.支出率 }}"
    "{% if 资金.结余率|string != '0%' %}；未使用资金{{ 资金.结余 }}，占拨付资金的{{ 资金.结余率 }}{% endif %}。"
)
AREA_USED = (
    "（{{ loop.index }}）{{ 区.名称 }}拨付资金{{ 区.到位 }}，支出{{ 区.支出 }}，资金使用率{{ 区.支出率 }}，"
    "未使用资金{{ 区.未使用 }}" + parts.reason("区") + "{% for 街 in 区.下级 if 街.原因 %}"
    "{{ '，其中' if loop.first else '，' }}{{ 街.名称 }}"
    f"{{% if {parts.figure('街.未使用')} %}}未使用{{{{ 街.未使用 }}}}{{% endif %}}"
    + parts.reason("街")
    + "{% endfor %}"
    "{{ '；' if not loop.last else '。' }}"
)
UNITS_USED = (
    "各单位的支出情况为：{% for 项 in 资金.按单位 or 资金.按子项目 %}{{ 项.名称 }}{{ 项.支出 }}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)
PURPOSES = (
    "支出按用途划分为：{% for 项 in 资金.按用途 %}（{{ loop.index }}）{{ 项.名称 }}{{ 项.支出 }}，占{{ 项.占比 }}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)
RESULT = (
    "{% if 评价结果.待评 and not 评价结果.给出 %}本次评价应评指标{{ 评价结果.应评 }}项，已评{{ 评价结果.已评 }}项；"
    "{{ 评价结果.待评|顿号('全称') }}尚未评定，总分和绩效等级待评定后得出。"
    "{% else %}{% if 评价结果.来源 %}根据{{ 评价结果.来源|去句号 }}"
    "{% else %}按照评价指标体系和评分标准逐项评分{% endif %}，"
    "{{ 项目.称谓 }}得分{{ 评价结果.总分 }}分"
    "{% if 评价结果.满分 or not 评价结果.来源 %}（满分{{ 评价结果.满分 }}分）{% endif %}"
    "{% if 评价结果.等级 %}，绩效等级为“{{ 评价结果.等级 }}”{% endif %}。{% endif %}"
)
FIRST_LEVEL = (
    "其中：{% for 一级 in 指标体系 %}{{ 一级.名称 }}"
    "{% if 一级.完成情况 == '待评' %}待评"
    "{% else %}{{ 一级.得分 }}分（分值{{ 一级.分值 }}分，得分率{{ 一级.得分率 }}）{% endif %}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)
SURVEY = (
    "问卷调查发放问卷{{ 问卷.发放 }}份，收回{{ 问卷.收回 }}份，有效问卷{{ 问卷.有效 }}份，有效率{{ 问卷.有效率 }}。"
    "{% if 问卷.题目 %}各题得分率为：{% for 题 in 问卷.题目 %}{{ 题.名称 }}{{ 题.得分率 }}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}{% endif %}"
)

r = Draft("{{ 报告.标题 }}{{ 样式.措辞.报告名称 }}")


def funds_arranged() -> None:
    """The budget and how it was arranged, area by area."""
    r.text(BUDGET)
    with r.each(f"区 in {BY_AREA}"):
        r.text(AREA_BUDGET)
    with r.when(f"not {BY_AREA} and not ({BY_UNIT})"):
        r.text(NO_PARTS)


def funds_used() -> None:
    """What was received, spent and left, in all, by area and by purpose."""
    r.text(USED)
    with r.when(BY_AREA):
        r.text("按{{ 样式.措辞.区域 }}统计：")
        with r.each(f"区 in {BY_AREA}"):
            r.text(AREA_USED)
        r.otherwise(BY_UNIT)
        r.text(UNITS_USED)
        r.otherwise()
        r.text(NO_PARTS)
    with r.when("资金.按用途"):
        r.text(PURPOSES)


def carried_out() -> None:
    """What was done in each area, the sums, and how many took part."""
    with r.when("正文.实施内容 or not (实施.活动 or 正文.目标实现情况)"):
        r.narrative("正文.实施内容")
    r.narrative("绩效目标.实际完成", optional=True)
    r.narrative("正文.目标实现情况", optional=True)
    parts.activities_done(r)


def rules_made() -> None:
    """The rules that were made for the project; another style's texts on its management stand in for it."""
    with r.when("正文.制度制定情况 or not 正文.项目管理情况"):
        r.narrative("正文.制度制定情况")
        r.otherwise()
        r.narrative("正文.项目管理情况")
        r.narrative("正文.资金管理情况", optional=True)


# ---------------------------------------------------------------- 封面

r.blank(2)
r.text("{{ 报告.标题 }}", style="CoverTitle")
r.text("{{ 样式.措辞.报告名称 }}", style="CoverTitle")
r.version()
r.blank(3)
r.cover_lines(
    [
        ("项目名称", "{{ 项目.名称 }}"),
        ("项目年度", "{{ 项目.年度 }}年度"),
        ("主管部门", "{{ 项目.主管部门 }}", told("项目.主管部门")),
        ("实施单位", "{{ 项目.实施单位 }}", told("项目.实施单位")),
        ("委托单位", "{{ 报告.委托方 }}", told("报告.委托方")),
        ("评价机构", "{{ 报告.评价机构 }}", told("报告.评价机构")),
        ("报告编号", "{{ 报告.报告编号 }}", told("报告.报告编号")),
        ("数据截至", "{{ 报告.截止日期 }}", told("报告.截止日期")),
    ]
)
with r.when(told("报告.报告日期")):
    r.blank()
    r.text("{{ 报告.报告日期|中文日期 }}", style="CoverDate")
r.section(footers="none")

# ---------------------------------------------------------------- 目录

r.text("目　录", style="ContentsTitle")
r.contents(levels=2, pitch=23)
r.section(footers="none")

# ---------------------------------------------------------------- 第一部分 摘要

r.part("第一部分　{{ 样式.措辞.摘要名称 }}")
r.blank()

r.summary_heading(1, "基本概况")
r.summary_heading(2, "部门职责")
r.narrative("正文.部门职责")
r.summary_heading(2, "项目简介")
r.narrative("正文.项目概况")
r.text(SCOPE)
r.summary_heading(2, "资金安排")
funds_arranged()
r.summary_heading(2, "项目绩效目标任务及预期效果")
r.narrative("绩效目标.总体目标", lead="总体绩效目标任务：")
r.narrative("正文.预期效果", lead="预期效果：")

r.summary_heading(1, "项目开展情况")
r.summary_heading(2, "相关制度制定情况")
rules_made()
r.summary_heading(2, "绩效目标完成情况")
carried_out()
r.summary_heading(2, "财政资金使用情况")
funds_used()

r.summary_heading(1, "项目实施取得的主要成效")
with r.each("段 in 正文.主要成效.段落", otherwise="{{ 正文.主要成效 }}"), r.when("段.标题"):
    r.summary_heading(2, "{{ 段.标题|去句号 }}")
    r.text("{{ 段.文字 }}")
    r.otherwise()
    r.text("{{ 段.编号 }}{{ 段.文字 }}")

r.summary_heading(1, "绩效评价结果")
with r.when(parts.SCORED):
    r.text(RESULT + "{% if 指标体系 %}" + FIRST_LEVEL + "{% endif %}")
    r.otherwise()
    r.narrative("正文.综合结论")

r.summary_heading(1, "项目实施存在的问题")
with r.each("问 in 问题", otherwise="{{ 问题 }}"):
    r.summary_heading(2, "{{ 问.标题 }}")
    r.narrative("问.内容")
    r.narrative("问.原因", optional=True, lead="原因分析：")

r.summary_heading(1, "建议和改进措施")
with r.each("建 in 建议", otherwise="{{ 建议 }}"):
    r.summary_heading(2, "{{ 建.标题 }}")
    r.narrative("建.内容")

r.section(footers="numbers", start=1)

# ---------------------------------------------------------------- 第二部分 报告

NUMBER = "TableNumber"
CENTRE = "TableCentre"


def funds_head(below: str) -> Row:
    """The head of the tables by area."""
    return head(
        "{{ 样式.措辞.区域 }}", below, "{{ 样式.措辞.数量 }}", "预算安排", "财政拨付", "支出", "使用率", "未使用"
    )


def funds_row(first: Sequence[str | Cell], over: str, *, keep: bool = False) -> Row:
    """One row of the tables by area (`资金`: the total): what it is called, then count, amounts, rate and rest."""
    total = over == "资金"
    count, rest = ("资金.按区域合计.数量", "资金.结余") if total else (f"{over}.数量", f"{over}.未使用")
    return row(
        *first,
        f"{{{{ {count} or '—' }}}}",
        *(parts.amount(f"{over}.{name}") for name in ("预算", "到位", "支出")),
        f"{{{{ {over}.支出率 }}}}",
        parts.amount(rest),
        styles=[*["TableHead" if total else CENTRE] * len(first), CENTRE, *[NUMBER] * 3, CENTRE, NUMBER],
        height=7,
        keep=keep,
    )


def funds_by_area() -> None:
    """The money of each area and in all."""
    r.caption("项目资金安排和使用情况表")
    parts.unit_line(r)
    r.table(
        [19, 25, 14, 21, 21, 21, 18, 21],
        [
            funds_head("{{ 样式.措辞.下级单位 }}"),
            *repeated(
                f"区 in {BY_AREA}",
                funds_row(
                    ["{{ 区.名称 }}", "{% if 区.下级 %}{{ 区.下级数 }}个{% else %}—{% endif %}"], "区", keep=True
                ),
            ),
            funds_row(
                ["合　计", "{{ 资金.按区域合计.下级数 or '—' }}{% if 资金.按区域合计.下级数 %}个{% endif %}"], "资金"
            ),
        ],
    )


def funds_tree() -> None:
    """附件 资金明细表: the tree of the money, each area with its sum, and below it its parts."""
    parts.unit_line(r)
    r.table(
        [19, 25, 14, 21, 21, 21, 18, 21],
        [
            funds_head("{{ 样式.措辞.下级单位 }}"),
            flow(f"for 区 in {BY_AREA}"),
            funds_row(
                [
                    cell("{{ 区.名称 }}", down="restart"),
                    "{% if 区.下级数 > 1 %}小计（{{ 区.下级数 }}个）{% elif 区.下级 %}{{ 区.下级[0].名称 }}"
                    "{% else %}—{% endif %}",
                ],
                "区",
            ),
            flow("for 街 in 区.下级 if 区.下级数 > 1"),
            funds_row([cell("", down="continue"), "{{ 街.名称 }}"], "街"),
            flow("endfor"),
            flow("endfor"),
            funds_row([cell("合　计", span=2)], "资金"),
        ],
    )
    r.text("注：“—”为没有分列到该级的数字；资金使用率为支出与拨付资金之比。", style="TableNote")


def funds_by_unit() -> None:
    """The money of each unit, where the data lists units and no areas."""
    r.caption("项目资金安排和使用情况表")
    parts.unit_line(r)
    r.table(
        [11, 61, 28, 28, 28],
        [
            head("序号", "单位", "预算安排", "支出", "占支出总额"),
            *repeated(
                f"项 in {BY_UNIT}",
                row(
                    "{{ loop.index }}",
                    "{{ 项.名称 }}",
                    parts.amount("项.预算"),
                    parts.amount("项.支出"),
                    "{{ 项.占比 }}",
                    styles=[CENTRE, "TableText", NUMBER, NUMBER, CENTRE],
                    height=8,
                ),
            ),
            row(
                cell("合　计", span=2),
                parts.amount("资金.预算"),
                parts.amount("资金.支出"),
                "100%",
                styles=["TableHead", NUMBER, NUMBER, CENTRE],
                height=8,
            ),
        ],
    )
    parts.shares_note(r, "资金.按单位合计 or 资金.按子项目合计")


def activities() -> None:
    """What was done: a row for each activity, a column for each area, the sum last."""
    count = (
        "{% for 处 in 活动.按区域 if 处.区域 == 区.名称 %}{{ 处.数量 or '√' }}{% else %}—{% endfor %}",
        "{{ 活动.合计 }}",
    )
    every = ("{%tc for 区 in 实施.按区域 %}", "{%tc endfor %}")
    r.caption("服务活动开展情况表")
    r.table(
        [60, 24, 24, 24, 24],
        [
            head("活动", every[0], "{{ 区.名称 }}", every[1], "合计"),
            *repeated(
                "活动 in 实施.活动",
                row(
                    "{{ 活动.名称 }}{% if 活动.量词 %}（{{ 活动.量词 }}）{% endif %}",
                    every[0],
                    count[0],
                    every[1],
                    count[1],
                    styles=["TableText", *[CENTRE] * 4],
                    height=7,
                    keep=True,
                ),
            ),
        ],
    )
    r.text("注：“√”为开展了该项活动、但没有数量记载；“—”为没有开展，或不能合计。", style="TableNote")


r.part("第二部分　{{ 样式.措辞.报告名称 }}")
r.blank()
r.text(
    "{% if 正文.委托依据 %}根据{{ 正文.委托依据 }}，{% endif %}"
    f"{{% if {told('报告.委托方')} and {told('报告.评价机构')} %}}受{{{{ 报告.委托方 }}}}委托，{{{{ 报告.评价机构 }}}}"
    "{% else %}评价组{% endif %}"
    f"{{% if {told('报告.评价开始')} %}}于{{{{ 报告.评价开始 }}}}至{{{{ 报告.评价结束 }}}}{{% endif %}}"
    "对{{ 项目.称谓 }}开展了绩效评价，资金和业务数据截至{{ 报告.截止日期 }}。现将评价情况报告如下："
)

r.heading(1, "基本情况")
r.heading(2, "项目概况")
r.heading(3, "项目背景")
r.narrative("正文.项目概况")
r.heading(3, "主要内容及实施情况")
r.text(SCOPE)
with r.when("正文.主要支出"):
    r.text("主要支出包括：{{ 正文.主要支出 }}")
with r.when("正文.不得用于"):
    r.text("资金不得用于：{{ 正文.不得用于 }}")
carried_out()
with r.when("实施.活动"):
    r.lead_in("各项活动的数量见下表：")
    activities()
with r.each("单位 in 项目.单位"), r.when("单位.实施内容"):
    r.narrative("单位.实施内容", lead="{{ 单位 }}：")
r.heading(3, "资金投入和使用情况")
funds_arranged()
r.narrative("正文.资金到位说明", optional=True)
parts.last_received(r)
funds_used()
parts.street_uses(r)
r.narrative("正文.资金使用说明", optional=True)
with r.when(BY_AREA):
    r.lead_in("资金的安排、拨付和使用见下表：")
    funds_by_area()
    r.otherwise(BY_UNIT)
    r.lead_in("各单位的资金见下表：")
    funds_by_unit()
parts.funds_chart(r)
with r.when("资金.按用途"):
    r.lead_in("支出的用途见下表：")
    r.caption("项目支出用途表")
    parts.unit_line(r)
    parts.purposes(r)
r.narrative("资金.说明", optional=True)
r.heading(3, "组织管理情况")
rules_made()

r.heading(2, "项目绩效目标")
r.heading(3, "总体目标")
r.narrative("绩效目标.总体目标")
r.heading(3, "阶段性目标和预期效果")
r.narrative("绩效目标.阶段性目标", optional=True)
r.narrative("正文.预期效果")
parts.adjusted(r)
with r.when("绩效目标.指标"):
    r.lead_in("项目的绩效指标见下表：")
    r.caption("项目绩效指标表")
    r.table(
        [24, 28, 56, 24, 24],
        [
            head(
                "一级指标", "二级指标", "三级指标", "指标值", f"{{% if {MET} %}}完成值{{% else %}}评价指标{{% endif %}}"
            ),
            *repeated(
                "行 in 绩效目标.指标",
                row(
                    "{{ 行.一级|合并 }}",
                    "{{ 行.二级|合并 }}",
                    "{{ 行.三级 }}",
                    "{{ 行.评价指标值 }}",
                    f"{{% if {MET} %}}{{{{ 行.完成值 or '—' }}}}{{% else %}}{{{{ 行.对应指标 or '—' }}}}{{% endif %}}",
                    styles=[CENTRE, CENTRE, "TableText", CENTRE, CENTRE],
                    height=7,
                ),
            ),
        ],
    )

r.heading(1, "绩效评价工作开展情况")
r.heading(2, "绩效评价目的、对象和范围")
r.narrative("正文.评价目的", lead="评价目的：")
r.narrative("正文.评价对象", lead="评价对象：")
r.narrative("正文.评价范围", lead="评价范围：")
r.heading(2, "绩效评价原则、依据、方法和标准")
r.heading(3, "评价原则")
r.narrative("正文.评价原则")
r.heading(3, "评价依据")
parts.basis(r)
r.heading(3, "评价方法")
r.narrative("正文.评价方法概述", optional=True)
r.narrative("正文.评价方法")
r.narrative("正文.评价方式", optional=True)
r.heading(3, "评价标准")
r.narrative("正文.评价标准")
with r.when("指标体系"):
    r.heading(3, "评价指标体系")
    r.narrative("正文.指标体系说明", optional=True)
    r.text(
        "评价指标体系由{{ 指标体系|并列('名称') }}{{ 评价结果.一级指标数 }}个一级指标组成，"
        "{% if 评价结果.二级指标数 %}下设{{ 评价结果.二级指标数 }}个二级指标"
        "{% if 评价结果.三级指标数 %}、{{ 评价结果.三级指标数 }}个三级指标{% endif %}，{% endif %}"
        "满分{{ 评价结果.满分 }}分；"
        "一级指标的权重{% if 指标体系|length > 1 %}依次{% endif %}为{{ 指标体系|顿号('权重') }}。"
    )
    r.narrative("正文.权重说明", optional=True)
r.heading(2, "绩效评价工作过程")
r.narrative("正文.评价过程")
r.narrative("正文.评价抽样", optional=True)
parts.team(r, 3)
parts.sampling(r, 3)
with r.when("问卷.发放"):
    r.text(SURVEY)

r.heading(1, "综合评价情况及评价结论")
with r.when(parts.SCORED):
    r.text(RESULT + "{% if 指标体系 %}各一级指标的得分见下表：{% endif %}")
with r.when("指标体系"):
    parts.score_table(r)
r.narrative("正文.综合结论")
with r.when("样式.图表 and 指标体系"):
    add_chart(
        r,
        Bars(
            "图表：指标体系；类别：名称；数值：得分率；说明：各一级指标得分率柱形图",
            ["得分率"],
            {"决策": ["0.9"], "过程": ["0.7"], "产出": ["0.8"], "效益": ["0.85"]},
            "0.00%",
            limit=1,
            height_mm=58,
        ),
        "各一级指标得分率",
    )
parts.compared(r, 0)

r.heading(1, "绩效评价指标分析")
with r.when("指标体系"):
    with r.each("组 in 分组"), r.when("组.指标"):
        r.heading(2, "项目{{ 组.名称|去指标 }}情况")
        r.lead_in(
            "{{ 组.名称|去指标 }}类指标分值{{ 组.分值 }}分，"
            "{% if 组.得分|string == '—' %}尚有指标待评，暂不计分。"
            "{% else %}得分{{ 组.得分 }}分，得分率{{ 组.得分率 }}。{% endif %}各三级指标的得分见下表："
        )
        r.caption("{{ 组.名称|去指标 }}类指标得分表")
        r.table(
            [36, 60, 20, 20, 20],
            [
                head("二级指标", "三级指标", "分值", "得分", "得分率"),
                flow("for 一级 in 组.指标"),
                *repeated(
                    "行 in 一级.评分行",
                    row(
                        "{{ 行.二级.名称|合并 }}",
                        "{% if 行.名称 != 行.三级.名称 %}{{ 行.三级.全称 }}：{% endif %}{{ 行.全称 }}",
                        "{{ 行.分值 }}",
                        "{{ 行.得分 }}",
                        "{{ 行.得分率 }}",
                        styles=[CENTRE],
                        height=7,
                        keep=True,
                    ),
                ),
                flow("endfor"),
            ],
        )
        r.narrative("正文[组.名称 ~ '情况']", optional=True)
        with r.each("项 in 组.分析项"):
            r.heading(3, "{{ 项.名称 }}")
            r.narrative("项.分析", optional=True)
            with r.each("行 in 项.评分行"):
                r.text(
                    ("RunIn", "{{ 行.全称 }}。"),
                    "分值{{ 行.分值 }}分，{% if 行.完成情况 == '待评' %}待评。{% else %}得{{ 行.得分 }}分。{% endif %}",
                )
                with r.when("行.完成情况说明 or not (行.计算过程 or 项.分析)"):
                    r.narrative("行.完成情况说明")
                r.narrative("行.主要成效", optional=True)
                with r.each("式 in 行.计算过程"):
                    r.text("{{ 式 }}。", style="Formula")
    r.otherwise()
    for group in ("决策", "过程", "产出", "效益"):
        r.heading(2, f"项目{group}情况")
        r.narrative(f"正文.{group}情况")

parts.closing(r)

# ---------------------------------------------------------------- 附件说明和落款

# An annex that has nothing to print is left out; the others are numbered on.
ANNEXES = "附 in 附件 if (附.内容 != '指标体系及评分表' or 指标体系) and (附.内容 != '调查问卷结果汇总表' or 问卷.题目)"

with r.each(ANNEXES), r.when("loop.first"):
    r.blank()
    r.text(
        "附件：{% if loop.length > 1 %}{{ loop.index }}.{% endif %}\t{{ 附.名称 }}",
        style="AttachmentListFirst",
    )
    r.otherwise()
    r.text("{{ loop.index }}.\t{{ 附.名称 }}", style="AttachmentList")
with r.when(f"{told('报告.评价机构')} or {told('报告.报告日期')}"):
    r.blank(2)
with r.when(told("报告.评价机构")):
    r.text("{{ 报告.评价机构 }}", style="SignatureName")
with r.when(told("报告.报告日期")):
    r.text("{{ 报告.报告日期 }}", style="SignatureDate")

# ---------------------------------------------------------------- 附件


def survey_sheet() -> None:
    """附件 调查问卷结果汇总表."""
    r.text("发放{{ 问卷.发放 }}份　收回{{ 问卷.收回 }}份　有效{{ 问卷.有效 }}份", style="TableUnit")
    r.table(
        [62, 36, 18, 20, 20],
        [
            head("问题", "选项", "份数", "系数", "得分率"),
            flow("for 题 in 问卷.题目"),
            *repeated(
                "选 in 题.选项",
                row(
                    "{{ 题.问题|合并 }}",
                    "{{ 选.选项 }}",
                    "{{ 选.人数 }}",
                    "{{ 选.系数 }}",
                    "{{ 题.得分率|合并 }}",
                    styles=["TableText", *[CENTRE] * 4],
                    height=7,
                    keep=True,
                ),
            ),
            row(cell("{{ 题.计算过程 }}", span=5), styles=["TableText"], height=7),
            flow("endfor"),
        ],
    )
    r.narrative("问卷.说明", optional=True, style="TableNote")


with r.each(ANNEXES):
    with r.when("附.内容 == '指标体系及评分表'"):
        r.section()
    r.text("附件{% if loop.length > 1 %}{{ loop.index }}{% endif %}", style="AttachmentMark")
    r.text("{{ 附.名称 }}", style="AttachmentTitle")
    with r.when("附.内容 == '指标体系及评分表'"):
        with r.landscape():
            parts.score_sheet(r)
        r.otherwise("附.内容 == '调查问卷结果汇总表'")
        survey_sheet()
        r.otherwise("附.内容 == '资金明细表' and 资金.按区域")
        funds_tree()
        r.otherwise("附.内容 == '资金明细表'")
        parts.funds_sheet(r)
        r.otherwise(parts.SOURCES)
        parts.sources_sheet(r)
        r.otherwise(parts.PHOTOS)
        parts.photos_sheet(r)
        r.otherwise()
        r.text("（另附）")

if __name__ == "__main__":
    r.save(HERE / "report.docx")
