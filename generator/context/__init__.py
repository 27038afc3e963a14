"""Stage 4: evaluation, figures and scores become the Chinese names that a template may use.

Every name is the data's own.  What the data does not say is a `Missing`, which prints a visible mark.  A text of
the data that asks for an unknown name is a finding at its line, and prints a mark in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..findings import Finding, Location
from ..model import Funds, Goals, Project, Report, Source
from ..scores import Figures, Scores
from ..style import Style
from .indicators import node_names, result_names
from .printing import Names, Setting, printable, section
from .sections import attachments, basis, complete_funds, complete_goals, complete_project, survey_names
from .texts import fill, texts


@dataclass(frozen=True)
class Context:
    """The names; the findings; and the place of each gap, by the name in its mark."""

    names: Mapping[str, Any]
    findings: tuple[Finding, ...]
    gaps: Mapping[str, Location]


def context(source: Source, style: Style, figures: Figures, scores: Scores) -> Context:
    """The names that a template may use, what is wrong in the data's texts, and where the data has gaps."""
    setting = Setting(source, style, figures, scores)
    data = source.evaluation
    nodes = [node_names(setting, node) for node in scores.nodes]
    problems = printable(setting, data.problems, ("问题",), "", "存在问题")
    suggestions = [one for problem in problems for one in problem["建议"]]
    names: Names = {
        "报告": section(setting, "报告", data.report, Report),
        "项目": section(setting, "项目", data.project, Project),
        "资金": section(setting, "资金", data.funds, Funds),
        "文件": printable(setting, data.documents or {}, ("文件",), "文件", "文件"),
        "依据": basis(setting),
        "绩效目标": section(setting, "绩效目标", data.goals, Goals),
        "指标体系": nodes or setting.missing("指标体系", ("指标体系",)),
        "评价结果": result_names(setting, nodes),
        "问卷": survey_names(setting),
        "正文": texts(setting),
        "主要经验": printable(setting, data.experience, ("主要经验",), "", "主要经验"),
        "问题": problems or setting.missing("存在问题", ("问题",)),
        "建议": suggestions or setting.missing("建议", ("问题",)),
        "附件": attachments(setting),
        "样式": _style_names(style),
    }
    setting.note(names, "主要经验", ("主要经验",))
    complete_project(setting, names)
    complete_funds(setting, names)
    complete_goals(setting, names["绩效目标"])
    _add_figures(figures, names)
    fill(setting, names)
    return Context(names, tuple(setting.findings), setting.gaps)


def _style_names(style: Style) -> Names:
    wording = dict(style.file.wording or {})
    return {"名称": style.file.name, "措辞": wording, "金额单位": style.forms.money.unit}


def _add_figures(figures: Figures, names: Names) -> None:
    """Put each derived figure under its section: 资金.到位率 is names["资金"]["到位率"]."""
    for name, figure in figures.derived.items():
        under, _, rest = name.partition(".")
        if "." not in rest:
            names[under][rest] = figure.value
