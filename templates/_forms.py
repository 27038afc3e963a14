"""The Ministry's 项目支出绩效自评表, written once for every pack that prints it.

The form is one table of fixed widths: who and what, the money, the goals, the indicators, the total.
"""

from __future__ import annotations

from _authoring import Draft, Row, cell, repeated, row
from _parts import FULL_POINTS, GAPS, POINTS, TOTAL

# Label, first, second and third level, target, actual, points, score; the last two are one column of the indicators.
WIDTHS = (9.5, 16.9, 24.3, 20.8, 20.6, 20.6, 9.6, 12.6, 5, 16.1)
HEAD, TEXT, CENTRE = "TableHead", "TableText", "TableCentre"
SUB_ROWS = ("当年财政拨款", "上年结转资金", "其他资金")
EXECUTION = "样式.措辞.执行率指标"


def self_evaluation(r: Draft, *, contact: bool) -> None:
    """The form with its title; `contact` adds 项目负责人 and 联系电话, blank unless the data fills them in."""
    r.text("{{ 样式.措辞.自评表名称 }}（{{ 项目.年度 }}年度）", style="FormTitle")
    r.table(
        WIDTHS,
        [
            *_head(contact=contact),
            *_money(),
            *_goals(),
            *_indicators(),
            row(
                cell("总　分" + GAPS, span=6),
                FULL_POINTS,
                TOTAL,
                cell("{{ 评价结果.等级 }}", span=2),
                styles=[HEAD, *[CENTRE] * 3],
                height=7,
            ),
        ],
        tight=True,
    )


def _head(*, contact: bool) -> list[Row]:
    """The rows that say which project and whose; the first one repeats on each page."""
    name = row(
        cell("项目名称", span=2),
        cell("{% if 项目.代码 %}{{ 项目.代码 }}-{% endif %}{{ 项目.名称 }}", span=8),
        styles=[HEAD, CENTRE],
        height=7,
    )
    rows = [
        Row(name.cells, head=True, height=name.height),
        _pair("主管部门", "{{ 项目.主管部门 }}", "实施单位", "{{ 项目.实施单位 }}"),
    ]
    if contact:
        rows.append(
            _pair("项目负责人", "{{ 项目.负责人 or '' }}", "联系电话", "{{ 项目.联系电话 or '' }}"),
        )
    return rows


def _pair(label: str, value: str, other_label: str, other_value: str) -> Row:
    return row(
        cell(label, span=2),
        cell(value, span=2),
        other_label,
        cell(other_value, span=5),
        styles=[HEAD, CENTRE, HEAD, CENTRE],
        height=7,
    )


# A source or a total without 年初预算 had the budget of the whole year from the start.
FIRST_BUDGET = "{{ (%s.年初预算 or %s.预算)|数值('万元') or '—' }}"
SCORE = f"{{%% for 一级 in 指标体系 if 一级.名称 == {EXECUTION} %%}}{{{{ 一级.%s }}}}{{%% else %%}}—{{%% endfor %%}}"


def _money() -> list[Row | list[Row]]:
    """The money in 万元, whatever unit the data and the style use; what is missing in a source is —."""
    return [
        row(
            cell("项目", "资金", "（万", "元）", down="restart"),
            cell("", span=2),
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            cell("执行率", span=2),
            "得分",
            styles=[HEAD],
        ),
        _amounts(
            "年度资金总额",
            FIRST_BUDGET % ("资金", "资金"),
            "{{ 资金.预算|数值('万元') }}",
            "{{ 资金.支出|数值('万元') }}",
            "{{ 资金.全年执行率 }}",
            scores=(SCORE % "分值", SCORE % "得分"),
        ),
        repeated(
            "项 in 资金.按来源",
            _amounts(
                "{{ '其中：' if loop.first else '　　　' }}{{ 项.名称 }}",
                FIRST_BUDGET % ("项", "项"),
                "{{ 项.预算|数值('万元') or '—' }}",
                "{{ 项.支出|数值('万元') or '—' }}",
                "{{ 项.执行率 }}",
            ),
            otherwise=[
                _amounts(f"{'其中：' if not index else '　　　'}{name}", *["—"] * 4)
                for index, name in enumerate(SUB_ROWS)
            ],
        ),
    ]


def _amounts(name: str, *values: str, scores: tuple[str, str] = ("—", "—")) -> Row:
    """A row of the money: first budget, budget, spent, its points, rate and score."""
    first, budget, spent, rate = values
    points, score = scores
    return row(
        cell("", down="continue"),
        cell(name, span=2),
        first,
        budget,
        spent,
        points,
        cell(rate, span=2),
        score,
        styles=[HEAD, TEXT, *[CENTRE] * 6],
    )


def _goals() -> list[Row]:
    return [
        row(
            cell("年度", "总体", "目标", down="restart"),
            cell("预期目标", span=4),
            cell("实际完成情况", span=5),
            styles=[HEAD],
        ),
        row(
            cell("", down="continue"),
            cell("{{ 绩效目标.总体目标|分段 }}", span=4),
            cell("{{ 绩效目标.实际完成|分段 }}", span=5),
            styles=[HEAD, TEXT, TEXT],
            height=20,
        ),
    ]


def _indicators() -> list[Row | list[Row]]:
    """The indicators with merged levels; the execution rate stands in the money block and not here."""
    label = cell("", down="continue")
    return [
        row(
            cell("绩", "效", "指", "标", down="restart"),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度\n指标值",
            "实际\n完成值",
            "分值",
            "得分",
            cell("偏差原因\n分析及改\n进措施", span=2),
            styles=[HEAD],
        ),
        repeated(
            f"行 in 评价结果.表行 if 行.一级.名称 != {EXECUTION}",
            row(
                label,
                "{{ 行.一级.名称|合并 }}",
                "{{ (行.二级.名称 if 行.二级标签 else '—')|合并 }}",
                "{{ 行.名称 if 行.层级 > 2 else 行.三级.名称 if 行.不适用 is true else '—' }}",
                "{{ 行.指标值 }}",
                "{{ 行.完成值 }}",
                POINTS,
                "{{ 行.得分 }}",
                cell("{{ 行.偏差 }}", span=2),
                styles=[HEAD, *[CENTRE] * 8],
            ),
            otherwise=[row(label, cell("{{ 指标体系 }}", span=9), styles=[HEAD, CENTRE])],
        ),
    ]
