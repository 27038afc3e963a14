"""The portfolio page (汇总报告) in Word: a Word template like those of packs, filled with what a batch came to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..findings import Level
from ..render import render
from ..style import resource_folder
from ..template import compile_template
from ..values import half_up, plain
from .summary import PLACES, Summary, UnitLine
from .work import Outcome

TEMPLATE = ("_portfolio", "report.docx")
DASH = "—"


def portfolio(summary: Summary, day: str) -> bytes:
    """The .docx; `day` is printed below its title."""
    plan = compile_template(resource_folder("templates").joinpath(*TEMPLATE))
    return render(plan, _names(summary, day)).document


def _names(summary: Summary, day: str) -> dict[str, Any]:
    """The names that the template uses: texts as they print, counts as numbers."""
    scored = [one for one in summary.made if one.rate is not None]
    return {
        "日期": day,
        "报告": {"版本": ""},  # every template prints it in its header, where there is one
        "项目数": len(summary.outcomes),
        "完成": len(summary.made),
        "失败": len(summary.failed),
        "有得分": len(scored),
        "平均得分": _fixed(summary.points) if summary.points is not None else "",
        "平均得分率": _rate(summary.rate) if summary.rate is not None else "",
        "错误": summary.found(Level.ERROR),
        "警告": summary.found(Level.WARNING),
        "等级": [{"名称": one.grade, "个数": one.count, "占比": _rate(one.share)} for one in summary.grades],
        "主管部门": [_unit(one) for one in summary.departments],
        "实施单位": [_unit(one) for one in summary.bodies],
        "项目": [_project(number, one) for number, one in enumerate(summary.made, 1)],
        "没有生成": [
            {"名称": one.project or one.name, "位置": one.place or DASH, "原因": one.why or DASH}
            for one in summary.failed
        ],
    }


def _unit(one: UnitLine) -> dict[str, object]:
    grades = "、".join(f"{grade}{count}个" for grade, count in one.grades.items() if count)
    return {
        "单位": one.unit,
        "个数": one.count,
        "得分": _fixed(one.points),
        "得分率": _rate(one.rate),
        "等级": grades or DASH,
    }


def _project(number: int, one: Outcome) -> Mapping[str, object]:
    points = one.number("points")
    return {
        "序号": number,
        "名称": one.project or one.name,
        "得分": DASH if points is None else plain(points),
        "得分率": _rate(one.number("rate")),
        "等级": one.grade or DASH,
        **{str(level): one.levels.get(str(level), 0) for level in Level},
    }


def _fixed(number: Decimal | None) -> str:
    return DASH if number is None else f"{half_up(number, PLACES):.{PLACES}f}"


def _rate(number: Decimal | None) -> str:
    return DASH if number is None else f"{_fixed(number)}%"
