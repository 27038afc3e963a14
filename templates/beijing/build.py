"""Writes the documents of this pack: the report with the 自评表 inside, the form alone, the narrative report.

python templates/beijing/build.py
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
TIMELY = "'时效' in 行.二级.名称|string or '时效' in 行.名称|string or '及时' in 行.名称|string"


def row_of(draft: Draft) -> None:
    """A scored row with its facts, in a paragraph each (inside a loop with `行`)."""
    draft.text(parts.kind_of("行") + "“{{ 行.名称 }}”：" + parts.ROW, style="Formula")
    draft.narrative("行.完成情况说明", optional=True)


# ---------------------------------------------------------------- 重点支出项目（政策）绩效评价报告

r = Draft("{{ 项目.全称 }}{{ 样式.措辞.报告名称 }}")

r.text("{{ 样式.措辞.报告名称 }}", style="Title")
r.version()
r.blank()

r.heading(1, "基本情况")

r.heading(2, "项目概况")
r.heading(3, "项目基本情况")
r.text("项目名称：{{ 项目.名称 }}")
r.text("实施部门：{{ 项目.实施部门 or 项目.实施单位 }}")
r.text("项目类型：{{ 项目.类型 }}")
r.text("项目开始时间：{{ 项目.开始 }}")
r.text("项目完成时间：{{ 项目.完成 }}")
r.heading(3, "项目背景")
r.narrative("正文.项目概况")
r.heading(3, "主要内容及实施情况")
parts.work_done(r)
r.heading(3, "资金投入和使用情况")
r.text(parts.BUDGET + parts.SPENT)
parts.spent_by(r)
r.narrative("正文.资金到位说明", optional=True)
r.narrative("正文.资金使用说明", optional=True)

r.heading(2, "项目绩效目标")
r.heading(3, "总体目标")
r.narrative("绩效目标.总体目标")
r.heading(3, "阶段性目标")
parts.targets(r)

r.heading(1, "绩效评价工作开展情况")

r.heading(2, "绩效评价目的、对象和范围")
r.heading(3, "绩效评价目的")
r.narrative("正文.评价目的")
r.heading(3, "绩效评价对象")
r.narrative("正文.评价对象")
r.heading(3, "绩效评价范围")
r.narrative("正文.评价范围")
r.narrative("正文.评价抽样", optional=True)
with r.when("正文.委托依据"):
    r.text("评价工作根据{{ 正文.委托依据 }}开展。")
with r.when("依据"):
    r.text("评价依据为：{% for 件 in 依据 %}{{ 件 }}{{ '、' if not loop.last else '。' }}{% endfor %}")
r.heading(2, "绩效评价原则")
r.narrative("正文.评价原则")
r.narrative("正文.指标体系说明", optional=True, lead="评价指标体系：")
r.narrative("正文.权重说明", optional=True)
r.narrative("正文.评价方法概述", optional=True)
r.narrative("正文.评价方法", optional=True, lead="评价方法：")
r.narrative("正文.评价方式", optional=True)
r.narrative("正文.评价标准", optional=True, lead="评价标准：")
r.heading(2, "绩效评价工作过程")
r.narrative("正文.评价过程")
parts.team(r, 3)
parts.sampling(r, 3)

r.heading(1, "综合评价情况及评价结论")
r.narrative("正文.综合结论")
with r.when(parts.TARGETED):
    r.text(parts.TARGETS_MET)
r.narrative("正文.目标实现情况", optional=True)
parts.compared(r, 0)
r.text(f"{{% if {parts.SCORED} %}}" + parts.RESULT + "{% endif %}《{{ 样式.措辞.自评表名称 }}》如下：")
r.section(footers="numbers", start=1)
self_evaluation(r, contact=True)

r.heading(1, "绩效评价指标分析")

r.heading(2, "项目决策情况")
with r.each("组 in 分组 if 组.名称 == '决策'"), r.when("正文.决策情况 or not 组.指标"):
    r.narrative("正文.决策情况")
parts.analysis(r, "决策")

r.heading(2, "项目过程情况")
with r.each("组 in 分组 if 组.名称 == '过程'"), r.when("正文.过程情况 or not 组.指标"):
    r.narrative("正文.过程情况")
r.narrative("正文.项目管理情况", optional=True)
r.narrative("正文.资金管理情况", optional=True)
parts.analysis(r, "过程")

r.heading(2, "项目产出情况")
with r.each("组 in 分组 if 组.名称 == '产出'"):
    r.heading(3, "项目预期目标完成情况")
    with r.when("正文.产出情况 or not 组.指标"):
        r.narrative("正文.产出情况")
    with r.each(f"行 in 组.评分行 if not ({TIMELY})"):
        row_of(r)
    r.heading(3, "项目时效性分析")
    with r.each(f"行 in 组.评分行 if {TIMELY}", otherwise="{{ 正文.时效情况 or '本项目没有设置时效指标。' }}"):
        row_of(r)
        with r.when("loop.last"):
            r.narrative("正文.时效情况", optional=True)
    with r.when("资金.支付"):
        r.text("预算按进度执行，" + parts.PAYMENTS)

r.heading(2, "项目效益情况")
r.narrative("正文.主要成效", optional=True)
with r.each("组 in 分组 if 组.名称 == '效益'"):
    with r.when("正文.效益情况 or not 组.指标"):
        r.narrative("正文.效益情况")
    with r.each("行 in 组.指标 if not 行.下级"):
        r.heading(3, "{{ 行.名称 }}")
        r.text(parts.ROW, style="Formula")
        r.narrative("行.完成情况说明", optional=True)
    with r.each("项 in 组.分析项"):
        r.heading(3, "{{ 项.名称 }}")
        with r.each("行 in 项.评分行"):
            r.text("{% if 行.名称 != 项.名称 %}“{{ 行.名称 }}”：{% endif %}" + parts.ROW, style="Formula")
            r.narrative("行.完成情况说明", optional=True)
parts.other_groups(r, GROUPS)

parts.closing(r)

with r.when("附件"):
    parts.attachment_list(r)
parts.own_attachments(r)

# ---------------------------------------------------------------- 自评表

form = Draft("{{ 项目.全称 }}{{ 样式.措辞.自评表名称 }}")
self_evaluation(form, contact=True)

# ---------------------------------------------------------------- 部门项目支出绩效评价报告

d = Draft("{{ 项目.全称 }}{{ 样式.措辞.部门报告名称 }}")

d.cover_lines(
    [
        ("部门名称", "{{ 项目.实施单位 }}"),
        ("项目名称", "{{ 项目.名称 }}"),
        ("指标文号", "{{ 正文.指标文号 }}", "正文.指标文号"),
    ],
    label_mm=30,
)
d.blank()
d.text("{{ 样式.措辞.部门报告名称 }}", style="Title")
d.version()
d.blank()

d.heading(1, "基本情况")
d.run_in(2, "项目概况", "正文.项目概况")
d.narrative("正文.实施内容", optional=True)
parts.activities_done(d)
with d.when("正文.资金使用说明"):
    d.narrative("正文.资金使用说明")
    d.otherwise("资金.预算 or 资金.支出")
    d.text(parts.BUDGET + parts.SPENT)
    parts.spent_by(d)
d.run_in(2, "项目绩效目标")
d.narrative("绩效目标.总体目标", lead="总体目标：")
with d.when("绩效目标.阶段性目标"):
    d.narrative("绩效目标.阶段性目标", lead="阶段性目标：")
    d.otherwise("绩效目标.指标 or " + parts.TARGETED)
    d.text(("RunIn", "阶段性目标："))
    parts.targets(d)

d.heading(1, "绩效评价工作开展情况")
d.run_in(2, "绩效评价目的、对象和范围", "正文.评价目的")
d.narrative("正文.评价对象", optional=True)
d.narrative("正文.评价范围", optional=True)
d.run_in(2, "绩效评价原则", "正文.评价原则")
d.narrative("正文.指标体系说明", optional=True, lead="评价指标体系：")
d.narrative("正文.评价方法", optional=True, lead="评价方法：")
d.narrative("正文.评价标准", optional=True, lead="评价标准：")
d.run_in(2, "绩效评价工作过程", "正文.评价过程")
parts.team(d, 0)
parts.sampling(d, 0)

d.heading(1, "综合评价情况及评价结论")
d.narrative("正文.综合结论")
with d.when(parts.SCORED):
    d.text(parts.RESULT)
parts.compared(d, 0)

d.heading(1, "绩效评价指标分析")
for group in GROUPS:
    with d.each(f"组 in 分组 if 组.名称 == '{group}'"), d.when(f"正文.{group}情况 or not 组.指标"):
        d.run_in(2, f"项目{group}情况", f"正文.{group}情况")
        d.otherwise()
        d.run_in(2, f"项目{group}情况")
        with d.each("行 in 组.评分行"):
            row_of(d)

d.heading(1, "主要经验及做法、存在的问题及原因分析")
d.run_in(2, "主要经验及做法")
d.narrative("主要经验")
with d.when("问题"):
    d.run_in(2, "存在的问题及原因分析")
    with d.each("问 in 问题"):
        d.narrative("问.内容", lead="{% if 问.标题 %}{{ 问.标题|去句号 }}。{% endif %}")
        d.narrative("问.原因", optional=True, lead="原因分析：")

parts.rectified(d, 0)

with d.when("建议"):
    d.heading(1, "有关建议")
    with d.each("建 in 建议"):
        d.narrative("建.内容", lead="{% if 建.标题 %}{{ 建.标题|去句号 }}。{% endif %}")

with d.when("正文.其他说明 or 意见"):
    d.heading(1, "其他需要说明的问题")
    d.narrative("正文.其他说明", optional=True)
    parts.opinions(d, 0)

if __name__ == "__main__":
    r.save(HERE / "report.docx")
    form.save(HERE / "form.docx")
    d.save(HERE / "department.docx")
