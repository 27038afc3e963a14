"""Writes report.docx and form.docx of this pack: the Ministry's seven-part report, and its 自评表 alone.

python templates/national/build.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import _parts as parts  # noqa: E402
from _authoring import Draft  # noqa: E402
from _forms import self_evaluation  # noqa: E402

GROUPS = ("决策", "过程", "产出", "效益")

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
        ("项目主管部门", "{{ 项目.主管部门 }}"),
        ("委托单位", "{{ 报告.委托方 }}", "报告.委托方"),
        ("评价机构", "{{ 报告.评价机构 }}", "报告.评价机构"),
    ]
)
r.blank(3)
r.text("{{ 报告.报告日期|中文日期 }}", style="CoverDate")
r.section(footers="none")

# ---------------------------------------------------------------- 目录

r.text("目　录", style="ContentsTitle")
r.contents(levels=2)
r.section(footers="none")

# ---------------------------------------------------------------- 正文

r.text("{{ 报告.标题 }}\n{{ 样式.措辞.报告名称 }}", style="Title")
r.blank()
with r.when("正文.委托依据 or 报告.评价开始"):
    r.text(
        "{% if 正文.委托依据 %}根据{{ 正文.委托依据 }}，{% endif %}"
        "{{ 报告.评价机构 or 报告.委托方 or 项目.主管部门 }}"
        "{% if 报告.评价机构 and 报告.委托方 %}受{{ 报告.委托方 }}委托，{% endif %}"
        "{% if 报告.评价开始 %}于{{ 报告.评价开始 }}{% if 报告.评价结束 %}至{{ 报告.评价结束 }}{% endif %}{% endif %}"
        "对{{ 项目.全称 }}开展了绩效评价。现将评价情况报告如下。"
    )

r.heading(1, "基本情况")

r.heading(2, "项目概况")
r.heading(3, "项目背景")
r.narrative("正文.项目概况")
r.heading(3, "主要内容及实施情况")
parts.work_done(r)
r.heading(3, "资金投入和使用情况")
parts.funds(r)

r.heading(2, "项目绩效目标")
r.heading(3, "总体目标")
r.narrative("绩效目标.总体目标")
r.heading(3, "阶段性目标")
parts.targets(r)
parts.adjusted(r)

r.heading(1, "绩效评价工作开展情况")

r.heading(2, "绩效评价目的、对象和范围")
r.heading(3, "绩效评价目的")
r.narrative("正文.评价目的")
r.heading(3, "绩效评价对象")
r.narrative("正文.评价对象")
with r.when("项目.单位"):
    r.text("评价涉及{{ 项目.单位|顿号 }}，共{{ 项目.单位数 }}家单位。")
r.heading(3, "绩效评价范围")
r.narrative("正文.评价范围")
r.narrative("正文.评价抽样", optional=True)

r.heading(2, "绩效评价原则、评价指标体系、评价方法、评价标准等")
r.heading(3, "评价原则")
r.narrative("正文.评价原则")
with r.when("依据"):
    r.heading(3, "评价依据")
    parts.basis(r)
r.heading(3, "评价指标体系")
r.narrative("正文.指标体系说明", optional=True)
with r.when("指标体系"):
    r.text(
        "评价指标体系设{{ 指标体系|顿号('名称') }}{{ 评价结果.一级指标数 }}个一级指标，"
        "权重{% if 指标体系|length > 1 %}依次{% endif %}为{{ 指标体系|顿号('权重') }}；"
        "{% if 评价结果.二级指标数 %}下设{{ 评价结果.二级指标数 }}个二级指标"
        "{% if 评价结果.三级指标数 %}、{{ 评价结果.三级指标数 }}个三级指标{% endif %}，{% endif %}"
        "共{{ 评价结果.行数 }}个评分项，满分{{ 评价结果.满分 }}分。指标说明和评分标准见附件。"
    )
    r.narrative("正文.权重说明", optional=True)
    r.otherwise()
    r.text("{{ 指标体系 }}")
r.heading(3, "评价方法")
r.narrative("正文.评价方法概述", optional=True)
r.narrative("正文.评价方法")
r.narrative("正文.评价方式", optional=True)
r.heading(3, "评价标准")
r.narrative("正文.评价标准")

r.heading(2, "绩效评价工作过程")
r.narrative("正文.评价过程")
parts.team(r, 3)
parts.sampling(r, 3)

r.heading(1, "综合评价情况及评价结论")
with r.when(parts.SCORED):
    r.text(parts.RESULT + "{% if 指标体系 %}各一级指标得分见下表，各项指标的得分见附件。{% endif %}")
with r.when("指标体系"):
    parts.score_table(r)
r.narrative("正文.综合结论")
r.narrative("绩效目标.实际完成", optional=True)
r.narrative("正文.目标实现情况", optional=True)
with r.when("问卷.发放"):
    r.text(
        "评价中开展了问卷调查，发放问卷{{ 问卷.发放 }}份，收回{{ 问卷.收回 }}份，"
        "有效{{ 问卷.有效 }}份，有效率{{ 问卷.有效率 }}。"
    )
parts.compared(r, 0)

r.heading(1, "绩效评价指标分析")

for group in GROUPS:
    r.heading(2, f"项目{group}情况")
    if group == "过程":
        r.narrative("正文.项目管理情况", optional=True)
        r.narrative("正文.资金管理情况", optional=True)
    if group == "效益":
        r.narrative("正文.主要成效", optional=True)
    with r.each(f"组 in 分组 if 组.名称 == '{group}'"), r.when(f"正文.{group}情况 or not 组.指标"):
        r.narrative(f"正文.{group}情况")
    parts.analysis(r, group)
parts.other_groups(r, GROUPS)

parts.closing(r)

# ---------------------------------------------------------------- 附件说明和落款

parts.attachment_list(r)
r.blank(2)
r.text("{{ 报告.评价机构 or 报告.委托方 or 项目.主管部门 }}", style="SignatureName")
r.text("{{ 报告.报告日期 }}", style="SignatureDate")

# ---------------------------------------------------------------- 附件

r.section(footers="numbers", start=1)
with r.each("附 in 附件"):
    with r.when("附.内容 == '指标体系及评分表' and not loop.first"):
        r.section()
    r.text("附件{{ 附.序号 }}", style="AttachmentMark")
    r.text("{{ 附.名称 }}", style="AttachmentTitle")
    with r.when("附.内容 == '指标体系及评分表'"):
        with r.landscape():
            parts.score_sheet(r)
        r.otherwise("附.内容 == '资金投入和使用情况表'")
        parts.funds_sheet(r)
        r.otherwise(parts.SOURCES)
        parts.sources_sheet(r)
        r.otherwise(parts.PHOTOS)
        parts.photos_sheet(r)
        r.otherwise()
        r.text("（另附）")

# ---------------------------------------------------------------- 自评表

form = Draft("{{ 项目.全称 }}{{ 样式.措辞.自评表名称 }}")
self_evaluation(form, contact=False)

if __name__ == "__main__":
    r.save(HERE / "report.docx")
    form.save(HERE / "form.docx")
