"""Writes report.docx and opinions.docx of this pack: the third-party report, read from the cover to the last
attachment, and the forms on which the client and the project's unit give their opinions of it.

python templates/kunming/build.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import _parts as parts  # noqa: E402
from _authoring import Cell, Draft, Row, cell, flow, head, repeated, row  # noqa: E402
from _charts import Bars, add_chart  # noqa: E402

# ---------------------------------------------------------------- sentences that stand in more than one place

BUDGET = (
    "{{ 项目.全称 }}预算资金{{ 资金.预算 }}。截至{{ 报告.截止日期 }}，实际到位{{ 资金.到位 }}，"
    "资金到位率为{{ 资金.到位率 }}"
    "{% if not 资金.足额到位 %}；尚未到位{{ 资金.未到位 }}，占预算的{{ 资金.未到位率 }}{% endif %}。"
)
SPENT = (
    "截至{{ 报告.截止日期 }}，项目累计支出{{ 资金.支出 }}，占到位资金的{{ 资金.支出率 }}。"
    "{% if 资金.按单位 %}各单位使用资金情况为：{% for 项 in 资金.按单位 %}"
    "{{ 项.名称 }}{% if 项.单位|length > 1 %}共{% endif %}使用{{ 项.支出 }}{{ '；' if not loop.last else '。' }}"
    "{% endfor %}{% endif %}"
)
FIRST_LEVEL = (
    "{% if 指标体系 %}其中：{% for 一级 in 指标体系 %}{{ 一级.名称|去指标 }}指标"
    "{% if 一级.完成情况 == '待评' %}待评"
    "{% else %}得{{ 一级.得分 }}分（满分{{ 一级.分值 }}分，得分率{{ 一级.得分率 }}）{% endif %}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}{% endif %}"
)
SURVEY = (
    "评价组就项目实施效果开展了问卷调查，共发放问卷{{ 问卷.发放 }}份，收回{{ 问卷.收回 }}份，"
    "其中有效问卷{{ 问卷.有效 }}份，有效率{{ 问卷.有效率 }}。"
)


def score_of(node: str) -> str:
    """The end of a sentence that says what a node scored: `得分8.76分，得分率87.60%。`"""
    return (
        f"{{% if {node}.完成情况 == '待评' %}}尚有指标待评，暂不计分。"
        f"{{% else %}}评价得分{{{{ {node}.得分 }}}}分，得分率为{{{{ {node}.得分率 }}}}。{{% endif %}}"
    )


def names_of(rows: str) -> str:
    """The scored rows of a list, joined by 、; a row below a third-level indicator names that one first."""
    return (
        f"{{% for 行 in {rows} %}}{{{{ 行.三级.全称 }}}}"
        "{% if 行.名称 != 行.三级.名称 %}（{{ 行.名称 }}）{% endif %}"
        "{{ '、' if not loop.last else '' }}{% endfor %}"
    )


r = Draft("{{ 报告.标题 }}{{ 样式.措辞.报告名称 }}")

# ---------------------------------------------------------------- 封面

r.blank(2)
r.text("{{ 报告.标题 }}", style="CoverTitle")
r.text("{{ 样式.措辞.报告名称 }}", style="CoverTitle")
r.version()
r.blank(4)
r.cover_lines(
    [
        ("项目名称", "{{ 项目.名称 }}"),
        ("项目实施单位", "{{ 项目.实施单位 }}"),
        ("委托单位", "{{ 报告.委托方 }}"),
        ("评价机构", "{{ 报告.评价机构 }}"),
        ("报告编号", "{{ 报告.报告编号 }}"),
    ]
)
r.blank(3)
r.text("{{ 报告.报告日期|中文日期 }}", style="CoverDate")
r.section(footers="none")

# ---------------------------------------------------------------- 目录

r.text("目　录", style="ContentsTitle")
r.contents(levels=2)
r.section(footers="none")

# ---------------------------------------------------------------- 摘要

r.text("{{ 样式.措辞.摘要名称 }}", style="Title")
r.blank()

r.summary_heading(1, "基本情况")
r.text(
    "{{ 项目.全称 }}由{% if 项目.主管部门|string != 项目.实施单位|string %}{{ 项目.主管部门 }}主管，{% endif %}"
    "{{ 项目.实施单位 }}组织实施"
    "{% if 项目.单位 %}，共涉及{{ 项目.单位数 }}家单位{% endif %}。项目资金重点用于：{{ 正文.支出重点 }}"
)
with r.when("正文.主要支出"):
    r.text("主要支出包括：{{ 正文.主要支出 }}")
with r.when("正文.不得用于"):
    r.text("项目资金不得用于：{{ 正文.不得用于 }}")
r.text(BUDGET)
r.text(SPENT)

r.summary_heading(1, "绩效评价结论")
with r.when(parts.SCORED):
    r.text(parts.RESULT + FIRST_LEVEL)
r.narrative("正文.综合结论")

r.summary_heading(1, "存在问题及原因分析")
with r.each("问 in 问题", otherwise="{{ 问题 }}"):
    r.summary_heading(2, "{{ 问.标题 }}")
    r.narrative("问.内容")
    r.narrative("问.原因", optional=True, lead="原因分析：")

r.summary_heading(1, "建议")
with r.each("建 in 建议", otherwise="{{ 建议 }}"):
    r.summary_heading(2, "{{ 建.标题 }}")
    r.narrative("建.内容")

r.summary_heading(1, "其它需说明的情况")
r.narrative("正文.其他说明")

r.section(footers="numbers", start=1)

# ---------------------------------------------------------------- 正文

r.text("{{ 报告.标题 }}\n{{ 样式.措辞.报告名称 }}", style="Title")
r.blank()
r.text(
    "根据{{ 正文.委托依据 }}，{{ 报告.评价机构 }}受{{ 报告.委托方 }}委托，于{{ 报告.评价开始 }}至{{ 报告.评价结束 }}"
    "对“{{ 项目.全称 }}”进行了绩效评价。有关情况报告如下："
)

r.heading(1, "基本情况")

r.heading(2, "项目概况")
r.narrative("正文.项目概况")

r.heading(2, "资金到位及使用情况")
r.heading(3, "资金到位情况")
r.text(BUDGET)
r.narrative("正文.资金到位说明", optional=True)
r.heading(3, "资金使用情况")
r.text(SPENT)
r.narrative("正文.资金使用说明", optional=True)
parts.spent_by(r, ("子项目", "用途"))
parts.funds_chart(r)

UNIT_DATES = (
    "项目{% if 单位.计划开始 and 单位.计划完成 %}计划{{ 单位.计划开始 }}至{{ 单位.计划完成 }}实施"
    "{% elif 单位.计划开始 %}计划{{ 单位.计划开始 }}开始{% elif 单位.计划完成 %}计划{{ 单位.计划完成 }}完成{% endif %}"
    "{% if 单位.完成时限 %}{% if 单位.计划开始 or 单位.计划完成 %}，{% endif %}完成时限为{{ 单位.完成时限 }}{% endif %}"
    "{% if 单位.实际完成 %}{% if 单位.计划开始 or 单位.计划完成 or 单位.完成时限 %}，{% endif %}"
    "实际于{{ 单位.实际完成 }}完成{% endif %}。"
)

r.heading(2, "实施内容")
r.text("项目资金重点用于：{{ 正文.支出重点 }}")
with r.when("正文.主要支出"):
    r.text("主要支出包括：{{ 正文.主要支出 }}")
with r.when("正文.实施内容 or not (项目.单位 or 实施.活动)"):
    r.narrative("正文.实施内容")
parts.activities_done(r)
with r.when("项目.单位"):
    r.text("{{ 项目.单位数 }}家单位的具体实施内容和完成情况如下：")
with r.each("单位 in 项目.单位"):
    r.heading(3, "{{ 单位 }}")
    r.narrative("单位.实施内容")
    with r.when("单位.计划开始 or 单位.计划完成 or 单位.完成时限 or 单位.实际完成"):
        r.text(UNIT_DATES)
    with r.when("单位.合同"):
        r.text(
            "{% for 约 in 单位.合同 %}{% if 约.签订日期 %}{{ 约.签订日期 }}，{% endif %}{{ 单位 }}与{{ 约.对方 }}签订"
            "{{ 约 }}{{ '；' if not loop.last else '。' }}{% endfor %}"
        )

r.heading(2, "绩效目标设立情况")
r.heading(3, "下达绩效目标和绩效指标情况")
r.heading(4, "绩效目标")
r.narrative("绩效目标.总体目标")
r.heading(4, "绩效指标")
r.text("项目申报的绩效指标及指标值见下表：")
r.caption("项目绩效目标申报绩效指标表")
r.table(
    [24, 30, 62, 40],
    [
        head("一级指标", "二级指标", "三级指标", "指标值", style="TableHeadLarge"),
        *repeated(
            "行 in 绩效目标.指标",
            row(
                "{{ 行.一级|合并 }}",
                "{{ 行.二级|合并 }}",
                "{{ 行.三级 }}",
                "{{ 行.指标值 }}",
                styles=["TableCentreLarge", "TableCentreLarge", "TableTextLarge", "TableCentreLarge"],
            ),
            otherwise=[row(cell("{{ 绩效目标.指标 }}", span=4), styles=["TableCentreLarge"])],
        ),
    ],
)
r.heading(3, "绩效评价调整后的绩效目标和绩效指标情况")
with r.when("绩效目标.已调整指标"):
    r.narrative("绩效目标.调整说明", optional=True)
    r.text(
        "共调整{{ 绩效目标.已调整指标|length }}项指标的指标值，其余指标按申报的指标值评价。调整情况为："
        "{% for 行 in 绩效目标.已调整指标 %}{{ 行.二级 }}“{{ 行.三级 }}”由{{ 行.原值 }}调整为{{ 行.现值 }}"
        "{% if 行.调整原因 %}（{{ 行.调整原因|去句号 }}）{% endif %}{{ '；' if not loop.last else '。' }}{% endfor %}"
    )
    r.otherwise("绩效目标.调整说明")
    r.narrative("绩效目标.调整说明")
    r.otherwise()
    r.text("评价过程中未对申报的绩效目标和绩效指标作出调整。")

r.heading(2, "组织管理情况")
r.heading(3, "项目管理情况")
r.narrative("正文.项目管理情况")
r.heading(3, "资金管理情况")
r.narrative("正文.资金管理情况")

r.heading(1, "绩效评价工作开展情况")

r.heading(2, "绩效评价目的、对象和范围")
r.heading(3, "绩效评价的目的")
r.narrative("正文.评价目的")
r.heading(3, "绩效评价对象和范围")
r.heading(4, "评价对象")
r.narrative("正文.评价对象")
with r.when("项目.单位"):
    r.text("评价涉及的{{ 项目.单位数 }}家单位为：{{ 项目.单位|顿号 }}。")
r.heading(4, "评价范围")
r.narrative("正文.评价范围")

r.heading(2, "绩效评价原则")
r.narrative("正文.评价原则")

r.heading(2, "绩效评价依据")
with r.each("件 in 依据", otherwise="{{ 依据 }}"):
    r.text("{{ loop.index }}.{{ 件 }}{{ '；' if not loop.last else '。' }}")

r.heading(2, "绩效评价方法")
r.narrative("正文.评价方法概述")
r.heading(3, "评价方法")
r.narrative("正文.评价方法")
r.heading(3, "评价方式")
r.narrative("正文.评价方式")

r.heading(2, "评价指标体系")
r.heading(3, "指标体系")
r.narrative("正文.指标体系说明")
with r.when("指标体系"):
    r.text(
        "评价指标体系设{{ 指标体系|顿号('名称') }}{{ 评价结果.一级指标数 }}个一级指标，"
        "{% if 评价结果.二级指标数 %}下设{{ 评价结果.二级指标数 }}个二级指标"
        "{% if 评价结果.三级指标数 %}、{{ 评价结果.三级指标数 }}个三级指标{% endif %}，{% endif %}"
        "共{{ 评价结果.行数 }}个评分项，满分{{ 评价结果.满分 }}分。"
    )
r.heading(3, "指标权重")
r.narrative("正文.权重说明")
with r.when("指标体系"):
    r.text(
        "一级指标{{ 指标体系|顿号('名称') }}的权重"
        "{% if 指标体系|length > 1 %}依次{% endif %}为{{ 指标体系|顿号('权重') }}。"
    )
with r.each("一级 in 指标体系", otherwise="{{ 指标体系 }}"):
    r.text(
        "“{{ 一级.名称|去指标 }}”指标{{ 一级.分值 }}分"
        "{% if 一级.下级 %}，由{{ 一级.下级|顿号('名称') }}{{ 一级.下级|length }}个二级指标构成{% endif %}"
        "{% if 一级.三级指标 %}，细化为{{ 一级.三级指标|顿号('全称') }}"
        "{{ 一级.三级指标|length }}个三级指标{% endif %}。"
    )

r.heading(2, "绩效评价抽样")
r.narrative("正文.评价抽样")
parts.sampling(r, 0)
parts.team(r, 2)

r.heading(1, "绩效评价结论")

r.heading(2, "绩效评价综合结论")
with r.when(parts.SCORED):
    r.text(parts.RESULT + "{% if 指标体系 %}各一级指标得分见下表：{% endif %}")
with r.when("指标体系"):
    parts.score_table(r)
with r.when("样式.图表 and 指标体系"):
    add_chart(
        r,
        Bars(
            "图表：指标体系；类别：名称；数值：得分率；说明：各一级指标得分率柱形图",
            ["得分率"],
            {"投入": ["0.9"], "过程": ["0.95"], "产出": ["0.8"], "效果": ["0.85"]},
            "0.00%",
            limit=1,
        ),
        "各一级指标得分率",
    )
r.narrative("正文.综合结论")

r.heading(2, "绩效目标实现情况")
with r.when("指标体系"):
    r.text(
        "{{ 项目.全称 }}共设{{ 评价结果.行数 }}项评分指标，"
        "其中全部完成{{ 评价结果.全部完成|length }}项，部分完成{{ 评价结果.部分完成|length }}项"
        "{% if 评价结果.未完成 %}，未完成{{ 评价结果.未完成|length }}项{% endif %}"
        "{% if 评价结果.待评 %}，待评{{ 评价结果.待评|length }}项{% endif %}。"
    )
with r.when("评价结果.全部完成"):
    r.text(f"达到预期目标的指标有：{names_of('评价结果.全部完成')}。")
with r.when("评价结果.部分完成"):
    r.text(f"与预期目标尚有差距的指标有：{names_of('评价结果.部分完成')}。")
with r.when("评价结果.未完成"):
    r.text(f"未能实现预期目标的指标有：{names_of('评价结果.未完成')}。")
r.narrative("正文.目标实现情况", optional=True)
with r.when("问卷.发放"):
    r.text(SURVEY)
with r.when("指标体系"):
    r.text("各项指标的完成情况见下表：")
    r.caption("绩效指标完成情况表")
    r.table(
        [18, 18, 25, 30, 11, 54],
        [
            head("一级指标", "二级指标", "三级指标", "指标说明", "指标实现情况", "完成情况说明"),
            *repeated(
                "行 in 评价结果.评分行",
                row(
                    *parts.labels(),
                    "{{ 行.指标内容|分段 }}",
                    "{{ 行.完成情况 }}",
                    "{{ 行.情况|分段 }}",
                    styles=[*["TableCentreSmall"] * 3, "TableTextSmall", "TableCentreSmall", "TableTextSmall"],
                    top=True,
                ),
            ),
        ],
    )
    r.otherwise()
    r.text("{{ 指标体系 }}")
parts.compared(r, 2)

r.heading(1, "绩效评价情况分析")
with r.each("一级 in 指标体系", otherwise="{{ 指标体系 }}"):
    r.heading(2, "项目{{ 一级.名称|去指标 }}情况")
    r.text(
        "项目{{ 一级.名称|去指标 }}情况"
        "{% if 一级.下级 %}从{{ 一级.下级|顿号('名称') }}{{ 一级.下级|length }}个方面评价，{% endif %}"
        "满分{{ 一级.分值 }}分，" + score_of("一级")
    )
    with r.each("项 in 一级.分析项"):
        r.heading(3, "{{ 项.名称 }}")
        r.text(
            "{{ 项.名称|去指标 }}指标满分为{{ 项.分值 }}分，"
            "{% if 项.三级指标|length > 1 %}"
            "包括{{ 项.三级指标|顿号('全称') }}{{ 项.三级指标|length }}个三级指标，{% endif %}" + score_of("项")
        )
        with r.when("项.分析"):
            r.narrative("项.分析")
            with r.when("项.完成情况 == '部分完成' or 项.完成情况 == '未完成'"):
                r.text(
                    "扣分情况：{% for 行 in 项.评分行 if 行.完成情况 == '部分完成' or 行.完成情况 == '未完成' %}"
                    "{{ 行.全称 }}得{{ 行.得分 }}分，扣{{ 行.扣分 }}分"
                    "{% if 行.扣分原因 %}（{% for 因 in 行.扣分原因 %}{{ 因|去句号 }}"
                    "{{ '；' if not loop.last else '' }}{% endfor %}）{% endif %}"
                    "{{ '；' if not loop.last else '。' }}{% endfor %}"
                )
            r.otherwise()
            with r.each("行 in 项.评分行"):
                with r.when("项.评分行|length > 1"):
                    r.heading(4, "{{ 行.名称 }}")
                    r.text("满分{{ 行.分值 }}分，" + score_of("行"))
                    r.narrative("行.完成情况说明")
                    r.otherwise()
                    with r.numbered(3):
                        r.narrative("行.完成情况说明")
                with r.each("式 in 行.计算过程"):
                    r.text("{{ 式 }}。", style="Formula")

r.heading(1, "主要经验及做法")
r.narrative("主要经验")

r.heading(1, "存在问题及原因分析")
with r.each("问 in 问题", otherwise="{{ 问题 }}"):
    r.heading(2, "{{ 问.标题 }}")
    r.narrative("问.内容")
    r.narrative("问.原因", optional=True, lead="原因分析：")

r.heading(1, "建议")
with r.each("建 in 建议", otherwise="{{ 建议 }}"):
    r.heading(2, "{{ 建.标题 }}")
    r.narrative("建.内容")

r.heading(1, "其它需说明的情况")
r.narrative("正文.其他说明")
parts.rectified(r, 2)
parts.opinions(r, 2)

# ---------------------------------------------------------------- 附件说明和落款

with r.when("附件"):
    r.blank()
with r.each("附 in 附件"), r.when("loop.first"):
    r.text(
        "附件：{% if 附件|length > 1 %}{{ 附.序号 }}.{% endif %}\t{{ 附.名称 }}",
        style="AttachmentListFirst",
    )
    r.otherwise()
    r.text("{{ 附.序号 }}.\t{{ 附.名称 }}", style="AttachmentList")
r.blank(2)
r.text("{{ 报告.评价机构 }}", style="SignatureName")
r.text("{{ 报告.报告日期 }}", style="SignatureDate")

# ---------------------------------------------------------------- 附件


LARGE = ["TableHeadLarge", "TableTextLarge"]


def declared_goals() -> None:
    """附件 绩效目标申报表."""
    r.table(
        [21, 20, 26, 36, 29, 24],
        [
            row("项目名称", cell("{{ 项目.全称 }}", span=5), styles=LARGE, height=9),
            row("主管部门", cell("{{ 项目.主管部门 }}", span=5), styles=LARGE, height=9),
            row("实施单位", cell("{{ 项目.实施单位 }}", span=5), styles=LARGE, height=9),
            row("预算年度", cell("{{ 项目.年度 }}年", span=5), styles=LARGE, height=9),
            *declared_money(),
            row("总体目标", cell("{{ 绩效目标.总体目标|分段 }}", span=5), styles=LARGE, height=30),
            *declared_targets(),
        ],
    )
    r.text("注：“调整后指标值”一栏为“—”的，按申报的指标值评价。", style="TableNote")


def declared_money() -> list[Row | list[Row]]:
    """The budget and its sources."""

    def line(label: Cell, name: str, value: str) -> Row:
        return row(
            label,
            cell(name, span=2),
            cell(value, span=3),
            styles=["TableHeadLarge", "TableTextLarge", "TableCentreLarge"],
            height=9,
        )

    return [
        line(cell("项目资金（{{ 样式.金额单位 }}）", down="restart"), "预算资金总额", "{{ 资金.预算|数值 }}"),
        repeated(
            "项 in 资金.按来源",
            line(cell("", down="continue"), "其中：{{ 项.名称 }}", "{{ 项.预算|数值 or '—' }}"),
        ),
    ]


def declared_targets() -> list[Row | list[Row]]:
    """The declared indicators with merged levels, or the mark."""
    return [
        row(
            cell("绩效指标", down="restart"),
            "一级指标",
            "二级指标",
            "三级指标",
            "申报指标值",
            "调整后指标值",
            styles=["TableHeadLarge", *["TableHead"] * 5],
        ),
        repeated(
            "行 in 绩效目标.指标",
            row(
                cell("", down="continue"),
                "{{ 行.一级|合并 }}",
                "{{ 行.二级|合并 }}",
                "{{ 行.三级 }}",
                "{{ 行.指标值 }}",
                "{{ 行.调整后 or '—' }}",
                styles=["TableHeadLarge", "TableCentre", "TableCentre", "TableText", "TableCentre", "TableCentre"],
            ),
            otherwise=[
                row(
                    cell("", down="continue"),
                    cell("{{ 绩效目标.指标 }}", span=5),
                    styles=["TableHeadLarge", "TableCentre"],
                )
            ],
        ),
    ]


def survey_sheet() -> None:
    """附件 调查问卷结果汇总表."""
    r.table(
        [10, 47, 32, 13, 17, 18, 19],
        [
            row(
                cell("问卷数量", span=2),
                cell(
                    "发放{{ 问卷.发放 }}份，收回{{ 问卷.收回 }}份，有效{{ 问卷.有效 }}份；"
                    "回收率{{ 问卷.回收率 }}，有效率{{ 问卷.有效率 }}",
                    span=5,
                ),
                styles=["TableHead", "TableText"],
                height=9,
            ),
            row("序号", "调查内容", "选项", "人数", "系数", "占比", "得分率", styles=["TableHead"]),
            flow("for 题 in 问卷.题目"),
            *repeated(
                "选 in 题.选项",
                row(
                    "{{ 题.编号|合并 }}",
                    "{{ 题.问题|合并 }}",
                    "{{ 选.选项 }}",
                    "{{ 选.人数 }}",
                    "{{ 选.系数 }}",
                    "{{ 选.占比 }}",
                    "{{ 题.得分率|合并 }}",
                    styles=["TableCentre", "TableText", "TableText", *["TableCentre"] * 4],
                    height=6.2,
                    keep=True,
                ),
            ),
            row(
                cell("计算过程", span=2),
                cell("{{ 题.计算过程 }}", span=5),
                styles=["TableCentre", "TableText"],
                height=6.2,
            ),
            flow("else"),
            row(cell("{{ 问卷.题目 }}", span=7), styles=["TableCentre"]),
            flow("endfor"),
        ],
    )
    r.narrative("问卷.说明", optional=True, style="TableNote")


def feedback_form(to: Draft, body: str, side: str, lines: int = 5) -> None:
    """附件 绩效评价报告意见反馈表: the opinions of that side, or a form that it fills in by hand."""
    given = f"意见|selectattr('提出方', 'equalto', '{side}')|list"
    blank_rows = [row("", "", "", "", styles=["TableTextLarge"], height=15) for _ in range(lines)]
    told = row(
        "{{ 议.部分 or '—' }}",
        "{{ 议.原文 or '—' }}",
        "{{ 议.意见|分段 }}",
        "{{ 议.依据 or '—' }}",
        styles=["TableTextLarge"],
        height=15,
    )
    boxes = f"{{% if {given} %}}□ 无意见　　　☑ 有意见{{% else %}}□ 无意见　　　□ 有意见（请逐条填写）{{% endif %}}"
    to.table(
        [32, 48, 46, 30],
        [
            row("项目名称", cell("{{ 项目.全称 }}", span=3), styles=LARGE, height=10),
            row("报告编号", cell("{{ 报告.报告编号 }}", span=3), styles=LARGE, height=10),
            row("评价机构", cell("{{ 报告.评价机构 }}", span=3), styles=LARGE, height=10),
            row("反馈单位", cell(body, span=3), styles=LARGE, height=10),
            row("总体意见", cell(boxes, span=3), styles=LARGE, height=10),
            row("报告所在部分", "报告原文", "意见或建议", "依据及附件", styles=["TableHeadLarge"], height=9),
            *repeated(f"议 in {given}", told, otherwise=blank_rows),
            row(
                cell(
                    "反馈单位（盖章）：",
                    "",
                    "负责人（签字）：　　　　　　　　　联系人：",
                    "联系电话：　　　　　　　　　　　　年　　月　　日",
                    span=4,
                ),
                styles=["TableTextLarge"],
                height=36,
            ),
        ],
    )
    to.text("注：有意见的，请附相关佐证材料。", style="TableNote")


with r.each("附 in 附件"):
    with r.when("附.内容 == '指标体系及评分表'"):
        r.section()
    r.text("附件{{ 附.序号 }}", style="AttachmentMark")
    r.text("{{ 附.名称 }}", style="AttachmentTitle")
    with r.when("附.内容 == '绩效目标申报表'"):
        declared_goals()
        r.otherwise("附.内容 == '指标体系及评分表'")
        with r.landscape():
            parts.score_sheet(r, "{{ 行.评分标准|分段 }}")
        r.otherwise("附.内容 == '资金到位及使用情况表'")
        parts.funds_sheet(r)
        r.otherwise("附.内容 == '调查问卷结果汇总表' and not 问卷.发放 and not 问卷.题目")
        r.text("本次评价未开展问卷调查。")
        r.otherwise("附.内容 == '调查问卷结果汇总表'")
        survey_sheet()
        r.otherwise("附.内容 == '委托方意见反馈表'")
        feedback_form(r, "{{ 报告.委托方 }}", "委托方")
        r.otherwise("附.内容 == '实施单位意见反馈表'")
        feedback_form(r, "{{ 项目.实施单位 }}", "实施单位")
        r.otherwise(parts.SOURCES)
        parts.sources_sheet(r)
        r.otherwise(parts.PHOTOS)
        parts.photos_sheet(r)
        r.otherwise()
        r.text("（另附）")

# ---------------------------------------------------------------- opinions.docx：随征求意见稿发出的意见反馈表

o = Draft("{{ 报告.标题 }}绩效评价报告意见反馈表")
for index, (body, side) in enumerate((("{{ 报告.委托方 }}", "委托方"), ("{{ 项目.实施单位 }}", "实施单位"))):
    if index:
        o.section(footers="numbers")
    o.text("绩效评价报告意见反馈表", style="AttachmentTitle")
    o.text(f"{body}：")
    o.text(
        "{{ 项目.称谓 }}绩效评价报告随表送上，请核对其中的事实、数据和结论。有意见的逐条填入下表，"
        "没有意见的在“无意见”处打勾，盖章后退回{{ 报告.评价机构 }}。"
    )
    feedback_form(o, body, side, lines=3)

if __name__ == "__main__":
    r.save(HERE / "report.docx")
    o.save(HERE / "opinions.docx")
