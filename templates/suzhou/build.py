"""Writes report.docx of this pack: the self-evaluation form of a municipal project, then its texts, label by label.

python templates/suzhou/build.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import _parts as parts  # noqa: E402
from _authoring import Draft, Row, cell, flow, head, repeated, row  # noqa: E402

HEAD, CENTRE, TEXT = "TableHead", "TableCentre", "TableText"

# The parts of the money by sub-project; data of another style has them by purpose or by unit.
PARTS = "资金.按子项目 or 资金.按用途 or 资金.按单位"
# An actual value that the data does not give: full marks or not, as scored; while that is pending, a mark.
ACTUAL = "(行.完成值%s if 行.完成值 or 行.完成情况 == '待评' else 行.完成情况)"
NAME = "{% if 行.层级 > 3 %}{{ 行.三级.全称 }}：{% endif %}{{ 行.全称 }}"


def amounts(*names: str) -> list[str]:
    """Cells of money: the head names 万元, so the digits stand alone."""
    return [f"{{{{ 资金.{name}|数值('万元') }}}}" for name in names]


r = Draft("{{ 报告.标题 }}：{{ 样式.措辞.报告名称 }}")

# ---------------------------------------------------------------- 绩效自评表

r.text("{{ 样式.措辞.报告名称 }}", style="Title")
r.version()
r.text("{{ 样式.措辞.自评表名称 }}", style="FormTitle")

LABEL = cell("", down="continue")


r.table(
    [28, 30, 30, 24, 20, 24],
    [
        row(
            "项目名称",
            cell("{{ 项目.名称 }}", span=2),
            "项目年份",
            cell("{{ 项目.年度 }}", span=2),
            styles=[HEAD, CENTRE, HEAD, CENTRE],
        ),
        row("项目主管部门（单位）", cell("{{ 项目.主管部门 }}", span=5), styles=[HEAD, CENTRE]),
        row(
            cell("市级预算执行情况（万元）", down="restart"),
            "年初预算数",
            "当年使用上年结余、结转及当年调整预算数",
            "财政拨款数",
            cell("指标结余数", span=2),
            styles=[HEAD],
            keep=True,
        ),
        row(
            LABEL,
            *amounts("年初预算", "调整预算", "到位"),
            cell(*amounts("指标结余"), span=2),
            styles=[HEAD, *[CENTRE] * 4],
        ),
        row(
            cell("市级财政资金使用情况（万元）", down="restart"),
            cell("财政拨款数", down="restart"),
            cell("实际支付数", down="restart"),
            cell("资金结余、结转数", down="restart"),
            cell("其中：", span=2),
            styles=[HEAD],
            keep=True,
        ),
        row(LABEL, LABEL, LABEL, LABEL, "结转数", "财政收回数", styles=[HEAD], keep=True),
        row(LABEL, *amounts("到位", "支出", "结余", "结转", "财政收回"), styles=[HEAD, *[CENTRE] * 5]),
        row(
            cell("项目资金构成（详细列出各子项目名称和金额）", down="restart"),
            cell("子项目名称", span=2),
            cell("实际金额（万元）", span=3),
            styles=[HEAD],
            keep=True,
        ),
        row(LABEL, cell("合计", span=2), cell(*amounts("支出"), span=3), styles=[HEAD, CENTRE, CENTRE], keep=True),
        *repeated(
            f"项 in {PARTS}",
            row(
                LABEL,
                cell("{{ 项.名称 }}", span=2),
                cell("{{ 项.支出|数值('万元') }}", span=3),
                styles=[HEAD, CENTRE, CENTRE],
            ),
            otherwise=[row(LABEL, cell("{{ 资金.按子项目 }}", span=5), styles=[HEAD, CENTRE])],
        ),
    ],
)

r.table(
    [20, 22, 47, 18, 12, 22, 15],
    [
        head("项目", "类别", "指标名称", "目标值", "权重", "实际完成值", "自评分"),
        flow("for 组 in 分组"),
        *repeated(
            "行 in 组.表行",
            row(
                "{{ ('项目绩效实现情况（' ~ 评价结果.满分 ~ '分）')|合并 }}",
                "{{ 组.标签|合并 }}",
                NAME,
                "{{ 行.指标值 }}",
                "{{ 行.分值 }}",
                f"{{{{ {ACTUAL % ''} }}}}",
                "{{ 行.得分 }}",
                styles=[CENTRE, CENTRE, TEXT, *[CENTRE] * 4],
                top=True,
            ),
            otherwise=[
                row("", "{{ 组.名称 }}", cell("{{ 组.表行 }}", span=5), styles=[CENTRE]),
            ],
        ),
        flow("endfor"),
        row(cell("合计", span=4), "{{ 评价结果.满分 }}", "", "{{ 评价结果.总分 }}", styles=[HEAD]),
    ],
)

# ---------------------------------------------------------------- 逐年需要的表

parts.compared(r, 0)
parts.rectified(r, 0)
parts.team(r, 0)
parts.sampling(r, 0)
parts.opinions(r, 0)

# ---------------------------------------------------------------- 项目基本情况


def texts(name: str) -> Callable[[], None]:
    """A narrative, or its mark."""
    return lambda: r.narrative(name, style="FormText")


def implementation() -> None:
    """How the project was carried out: in general, unit by unit where the data has units, and step by step."""
    with r.when("正文.实施内容 or not 项目.单位"):
        r.narrative("正文.实施内容", style="FormText")
    with r.each("单位 in 项目.单位"):
        r.narrative("单位.实施内容", optional=True, lead="{{ 单位 }}：", style="FormText")
    r.narrative("正文.项目管理情况", style="FormText")
    r.narrative("正文.资金管理情况", optional=True, style="FormText")


def results() -> None:
    """What was achieved: in general, and then by group and indicator."""
    with r.when("正文.主要成效 or not 正文.综合结论"):
        r.narrative("正文.主要成效", style="FormText")
        r.otherwise()
        r.narrative("正文.综合结论", style="FormText")
    with r.when("指标体系"):
        r.text("各项绩效目标的完成情况和成效如下：", style="FormText")
    with r.each("组 in 分组 if 组.评分行"):
        r.text("（{{ loop.index|中文数字 }}）{{ 组.名称 }}", style="FormHeading")
        with r.each("行 in 组.评分行"):
            r.text(
                ("RunIn", "{{ loop.index }}." + NAME),
                f"，目标值为{{{{ 行.指标值.bare }}}}，实际完成值为{{{{ {ACTUAL % '.bare'} }}}}。",
                style="FormEntry",
            )
            with r.numbered(3), r.when("行.主要成效 or not 行.完成情况说明"):
                r.narrative("行.主要成效", lead="主要成效：", style="FormText")
                r.otherwise()
                r.narrative("行.完成情况说明", lead="完成情况：", style="FormText")


def entry(name: str) -> None:
    """A numbered title with its text going on in the same paragraph; the title alone where there is no text."""
    title = f"{{{{ 序号 }}}}.{{{{ {name}.标题|去句号 }}}}。"
    r.let("序号", "loop.index")
    with r.numbered(3), r.when(f"{name}.内容"):
        r.narrative(f"{name}.内容", lead=title, style="FormText")
        r.otherwise()
        r.text(("RunIn", title), style="FormText")


def problems() -> None:
    """The problems, each with its cause."""
    with r.each("问 in 问题", otherwise="{{ 问题 }}", style="FormText"):
        entry("问")
        with r.numbered(3):
            r.narrative("问.原因", optional=True, lead="原因：", style="FormText")


def suggestions() -> None:
    """The suggestions that answer the problems."""
    with r.each("建 in 建议", otherwise="{{ 建议 }}", style="FormText"):
        entry("建")


def sources() -> None:
    """What was summed from ledgers and counted from answer sheets, and from which rows."""
    with r.each("源 in 数据来源"):
        r.text("{{ 源.项目 }}：{{ 源.数额 }}（{{ 源.来源 }}）", style="FormText")


def photos() -> None:
    """The data's pictures, each with its caption below."""
    with r.each("照 in 照片"):
        r.text('{{ 照.文件|图片("11厘米", "8厘米") }}', style="Figure")
        with r.when("照.说明"):
            r.text("{{ 照.说明 }}", style="PhotoCaption")


def labelled(name: str, write: Callable[[], None]) -> Row:
    """A label at the top of its row, and texts that may go on over pages."""
    return row(cell(name, style="TableHeadLarge"), r.filled(write), top=True, splits=True)


r.table(
    [30, 126],
    [
        head(cell("{{ 样式.措辞.情况表名称 }}", span=2), style="TableHeadLarge"),
        labelled("项目概况", texts("正文.项目概况")),
        labelled("项目总目标", texts("绩效目标.总体目标")),
        labelled("年度绩效目标", texts("绩效目标.阶段性目标")),
        labelled("项目实施情况", implementation),
        labelled("项目管理成效", results),
        labelled("项目管理存在的问题及原因", problems),
        labelled("进一步加强项目管理的建议", suggestions),
        flow("if 数据来源"),
        labelled("数据来源", sources),
        flow("endif"),
        flow("if 照片"),
        labelled("现场照片", photos),
        flow("endif"),
    ],
)

if __name__ == "__main__":
    r.save(HERE / "report.docx")
