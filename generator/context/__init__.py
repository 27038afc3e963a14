"""Stage 4: evaluation, figures and scores become the Chinese names that a template may use.

Every name is the data's own.  What the data does not say is a `Missing`, which prints a visible mark.  A text of
the data that asks for an unknown name is a finding at its line, and prints a mark in the report.
"""

from __future__ import annotations

from typing import Any

from ..findings import Finding
from ..model import Funds, Goals, Project, Report, Source
from ..scores import Figures, Scores
from ..style import Style
from ..values import Missing
from .indicators import node_names, result_names
from .printing import Names, Setting, printable, section
from .sections import attachments, basis, complete_funds, complete_goals, complete_project, survey_names
from .texts import Texts, fill


def context(source: Source, style: Style, figures: Figures, scores: Scores) -> tuple[dict[str, Any], list[Finding]]:
    """The names that a template may use, and what is wrong in the data's texts."""
    setting = Setting(source, style, figures, scores)
    data = source.evaluation
    nodes = [node_names(setting, node) for node in scores.nodes]
    problems = printable(setting, data.problems, ("问题",), "", "存在问题")
    names: Names = {
        "报告": section(setting, "报告", data.report, Report),
        "项目": section(setting, "项目", data.project, Project),
        "资金": section(setting, "资金", data.funds, Funds),
        "文件": printable(setting, data.documents or {}, ("文件",), "文件", "文件"),
        "依据": basis(setting),
        "绩效目标": section(setting, "绩效目标", data.goals, Goals),
        "指标体系": nodes or Missing("指标体系"),
        "评价结果": result_names(setting, nodes),
        "问卷": survey_names(setting),
        "正文": Texts(printable(setting, data.text or {}, ("正文",), "正文", "正文")),
        "主要经验": printable(setting, data.experience, ("主要经验",), "", "主要经验"),
        "问题": problems or Missing("存在问题"),
        "建议": [one for problem in problems for one in problem["建议"]] or Missing("建议"),
        "附件": attachments(setting),
        "样式": _style_names(style),
    }
    setting.note(names, "主要经验", ("主要经验",))
    complete_project(setting, names)
    complete_funds(setting, names)
    complete_goals(setting, names["绩效目标"])
    _add_figures(figures, names)
    fill(setting, names)
    return names, setting.findings


def _style_names(style: Style) -> Names:
    wording = dict(style.file.wording or {})
    return {"名称": style.file.name, "措辞": wording, "金额单位": style.forms.money.unit}


def _add_figures(figures: Figures, names: Names) -> None:
    """Put each derived figure under its section: 资金.到位率 is names["资金"]["到位率"]."""
    for name, figure in figures.derived.items():
        under, _, rest = name.partition(".")
        if "." not in rest:
            names[under][rest] = figure.value
