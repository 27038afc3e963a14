"""Writes report.docx, the page that a batch makes of all its projects (汇总报告): figures, a chart, tables.

python templates/_portfolio/build.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from _authoring import Draft, head, repeated, row  # noqa: E402
from _charts import Bars, add_chart  # noqa: E402

COUNTS = "0"
FIGURES = ("TableText", "TableNumber", "TableNumber", "TableNumber", "TableText")

r = Draft("绩效评价项目汇总报告")

r.text("绩效评价项目汇总报告", style="Title")
r.text("{{ 日期 }}", style="CoverDate")
r.blank()

r.heading(1, "总体情况")
r.text(
    "本次共有{{ 项目数 }}个项目，生成报告{{ 完成 }}份"
    "{% if 失败 %}，有{{ 失败 }}个项目没有生成，列在最后{% endif %}。"
    "{% if 平均得分率 %}已有得分的{{ 有得分 }}个项目，"
    "{% if 平均得分 %}平均得分{{ 平均得分 }}分，{% endif %}平均得分率{{ 平均得分率 }}。{% endif %}"
    "{% if 错误 or 警告 %}核查共发现错误{{ 错误 }}个、警告{{ 警告 }}个，逐项见各项目的核查结果。{% endif %}"
)

r.heading(1, "等级分布")
with r.when("等级"):
    add_chart(
        r,
        Bars(
            "图表：等级；类别：名称；数值：个数；说明：各等级的项目个数柱形图",
            ["项目个数"],
            {"优": ["6"], "良": ["9"], "中": ["3"], "差": ["1"]},
            COUNTS,
            height_mm=62,
        ),
        "各等级的项目个数",
    )
    r.caption("等级分布")
    r.table(
        [50, 50, 50],
        [
            head("等级", "项目个数", "占比"),
            repeated(
                "行 in 等级",
                row("{{ 行.名称 }}", "{{ 行.个数 }}", "{{ 行.占比 }}", styles=("TableCentre",)),
            ),
        ],
    )
    r.otherwise()
    r.text("没有生成报告的项目。")

r.heading(1, "各单位情况")
r.caption("按主管部门")
r.table(
    [62, 18, 24, 26, 40],
    [
        head("主管部门", "个数", "平均得分", "平均得分率", "等级"),
        repeated(
            "行 in 主管部门",
            row(
                *("{{ 行.单位 }}", "{{ 行.个数 }}", "{{ 行.得分 }}", "{{ 行.得分率 }}", "{{ 行.等级 }}"),
                styles=FIGURES,
            ),
            otherwise=[row("—", "—", "—", "—", "—", styles=("TableCentre",))],
        ),
    ],
)
r.caption("按实施单位")
r.table(
    [62, 18, 24, 26, 40],
    [
        head("实施单位", "个数", "平均得分", "平均得分率", "等级"),
        repeated(
            "行 in 实施单位",
            row(
                *("{{ 行.单位 }}", "{{ 行.个数 }}", "{{ 行.得分 }}", "{{ 行.得分率 }}", "{{ 行.等级 }}"),
                styles=FIGURES,
            ),
            otherwise=[row("—", "—", "—", "—", "—", styles=("TableCentre",))],
        ),
    ],
)

r.heading(1, "各项目情况")
r.caption("各项目的得分和核查结果")
r.table(
    [11, 62, 20, 22, 14, 13, 13, 13],
    [
        head("序号", "项目", "得分", "得分率", "等级", "错误", "警告", "提示"),
        repeated(
            "行 in 项目",
            row(
                *("{{ 行.序号 }}", "{{ 行.名称 }}", "{{ 行.得分 }}", "{{ 行.得分率 }}", "{{ 行.等级 }}"),
                *("{{ 行.错误 }}", "{{ 行.警告 }}", "{{ 行.提示 }}"),
                styles=("TableCentre", "TableText", *["TableNumber"] * 2, *["TableCentre"] * 4),
            ),
            otherwise=[row(*["—"] * 8, styles=("TableCentre",))],
        ),
    ],
)

with r.when("失败"):
    r.heading(1, "没有生成的项目")
    r.caption("没有生成的项目及原因")
    r.table(
        [40, 50, 80],
        [
            head("项目", "位置", "原因"),
            repeated("行 in 没有生成", row("{{ 行.名称 }}", "{{ 行.位置 }}", "{{ 行.原因 }}")),
        ],
    )

r.save(HERE / "report.docx")
