"""Stage 5: evaluation, figures and scores become the Chinese names that a template may use.

Every name is the data's own.  What the data does not say is a `Missing`, which prints a visible mark.  A text of
the data that asks for an unknown name is a finding at its line, and prints a mark in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import bounds
from ..fields import NOTHING, Path
from ..findings import Finding, Location
from ..model import Funds, Goals, Nothing, Project, Report, Source
from ..scores import Figures, Scores
from ..style import Style
from ..sums import summed
from ..trace import Listed
from ..values import MARKED, Said
from .funds import complete_funds
from .indicators import groups, node_names, result_names
from .listed import lists
from .printing import Names, Rows, Setting, printable, section
from .sections import attachments, basis, complete_goals, complete_project, implementation_names, survey_names
from .texts import own_values, texts, warn_of_unasked
from .yearly import OneYear as OneYear
from .yearly import compared, opinions, samples, samples_total


@dataclass(frozen=True)
class Context:
    """The names; the findings; the place of each gap, by the name in its mark; the data's paragraphs and lists.

    `asked` are the gaps that the data's own texts print; `where` is the place in the data of what an object of the
    names has under a key.
    """

    names: Mapping[str, Any]
    findings: tuple[Finding, ...]
    gaps: Mapping[str, Path]
    paragraphs: tuple[tuple[str, Location], ...] = ()
    lists: tuple[Listed, ...] = ()
    asked: tuple[str, ...] = ()
    where: Callable[[object, object], Location | None] = field(default=lambda owner, key: None, repr=False)


@bounds.work()
def context(source: Source, style: Style, figures: Figures, scores: Scores, last: OneYear | None = None) -> Context:
    """The names that a template may use, what is wrong in the data's texts, and where the data has gaps.

    `last` is last year's data, where this year's names it (上年).
    """
    setting = Setting(source, style, figures, scores)
    data = source.evaluation
    nodes = [node_names(setting, node) for node in scores.nodes]
    problems = printable(setting, data.problems, ("问题",), "", "问题")
    nothing = Said(NOTHING) if isinstance(data.problems, Nothing) else None
    suggestions = [one for problem in problems for one in problem["建议"]]
    names: Names = {
        "报告": section(setting, "报告", data.report, Report),
        "项目": section(setting, "项目", data.project, Project),
        "资金": section(setting, "资金", data.funds, Funds),
        "文件": printable(setting, data.documents or {}, ("文件",), "文件", "文件"),
        "依据": basis(setting),
        "绩效目标": section(setting, "绩效目标", data.goals, Goals),
        "指标体系": Rows(nodes) or setting.missing("指标体系", ("指标体系",)),
        "分组": groups(setting, nodes),
        "实施": implementation_names(setting),
        "评价结果": result_names(setting, nodes),
        "问卷": survey_names(setting),
        "正文": texts(setting),
        "自定义": own_values(setting),
        "主要经验": printable(setting, data.experience, ("主要经验",), "", "主要经验"),
        "问题": problems or nothing or setting.missing("存在问题", ("问题",)),
        "建议": suggestions or nothing or setting.missing("建议", ("问题",)),
        "上年对比": compared(setting, last),
        "整改": printable(setting, data.rectified, ("整改",), "", "整改"),
        "抽样": samples(setting),
        "抽样合计": samples_total(setting) or {},
        "评价组": printable(setting, data.team, ("评价组",), "", "评价组"),
        "意见": opinions(setting),
        "照片": printable(setting, data.photos, ("照片",), "", "照片"),
        "附件": attachments(setting),
        "数据来源": [one.as_json() for one in summed(source, style.forms)],
        "样式": _style_names(style, data.report),
    }
    complete_project(setting, names)
    complete_funds(setting, names)
    complete_goals(setting, names["绩效目标"])
    _add_figures(figures, names)
    warn_of_unasked(setting)
    setting.names = names
    told = [str(sentence) for sentence in setting.sentences]
    asked = tuple(dict.fromkeys(name for text in told for name in MARKED.findall(text) if name in setting.gaps))
    return Context(
        names,
        tuple(setting.findings),
        setting.gaps,
        _paragraphs(setting),
        lists(setting, names),
        asked,
        setting.place_of,
    )


def _paragraphs(setting: Setting) -> tuple[tuple[str, Location], ...]:
    """Every text of the data with its place: a template may number in its own way, and set titles apart from texts."""
    said = dict.fromkeys(
        (str(words), setting.source.where((*path, *one.step)))
        for path, one in setting.paragraphs
        for words in (one.标题, one.文字)
        if str(words)
    )
    return tuple(said)


def _style_names(style: Style, report: Report) -> Names:
    wording = dict(style.file.wording or {})
    charts = report.charts if report.charts is not None else style.file.charts
    return {
        "名称": style.file.name,
        "措辞": wording,
        "金额单位": style.forms.money.unit,
        "图表": True if charts is None else charts,
    }


def _add_figures(figures: Figures, names: Names) -> None:
    """Put each derived figure under its section: 资金.到位率 is names["资金"]["到位率"]."""
    for name, figure in figures.derived.items():
        under, _, rest = name.partition(".")
        if "." not in rest:
            names[under][rest] = figure.value
