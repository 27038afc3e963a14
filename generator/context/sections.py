"""The sections of the data as names, with what follows from them: project, funds, goals, survey, attachments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..model import FundRow, Path, Survey, TargetRow
from ..names import own_names
from ..records import nearest
from ..values import Missing, Rate, Target
from .printing import DASH, Named, Names, Setting, document, names_of, section, share

FUND_LISTS = ("按单位", "按用途", "按来源", "按区域")
FUND_FIGURES = ("到位率", "未到位率", "支出率", "执行率", "未到位", "结余")


def complete_project(setting: Setting, names: Names) -> None:
    """Add 全称 and 单位数 to the project, and the report's title where the data gives none."""
    project, report = names["项目"], names["报告"]
    year, name = project["年度"], project["名称"]
    project["全称"] = f"{year}年{name}" if year and name else name or setting.missing("项目名称", ("项目", "名称"))
    setting.note(project, "全称", ("项目", "名称"))
    project["单位数"] = len(project["单位"])
    if not report["标题"]:
        report["标题"] = project["全称"]
        setting.note(report, "标题", ("项目", "名称"))


def complete_funds(setting: Setting, names: Names) -> None:
    """Add the lists of parts with their rates; what cannot be derived is missing."""
    funds, units = names["资金"], names["项目"]["单位"]
    for name in FUND_FIGURES:
        funds.setdefault(name, setting.missing(f"资金{name}", ("资金",)))
    funds.setdefault("到位及时率", setting.missing("到位及时率", ("资金",)))
    said = setting.evaluation.funds
    for kind, rows in own_names(said) if said else ():
        if kind in FUND_LISTS:
            funds[kind] = [
                _fund_row(setting, row, ("资金", kind, index), units, said.spent if said else None)
                for index, row in enumerate(rows)
            ]


def _fund_row(setting: Setting, row: FundRow, path: Path, units: list[Named], whole: object) -> Named:
    names = names_of(setting, row, path, "")
    names["单位"] = [unit_called(setting, name, units, (*path, "单位", i)) for i, name in enumerate(row.units)]
    names["名称"] = row.name or "、".join(map(str, names["单位"])) or setting.missing("名称", path)
    names["支出率"] = share(row.spent, row.received, setting.forms)
    names["到位率"] = share(row.received, row.budget, setting.forms)
    names["占比"] = share(row.spent, whole, setting.forms)
    names["下级"] = [
        _fund_row(setting, part, (*path, "下级", index), units, row.spent) for index, part in enumerate(row.parts)
    ]
    return Named(str(names["名称"]), names)


def unit_called(setting: Setting, name: str, units: list[Named], path: Path) -> Named:
    """The project's unit of that name, short name or alias; a finding when there are units and none is called so."""
    for unit in units:
        if name in (unit["名称"], unit["简称"], *unit["别名"]):
            return unit
    if units:
        known = [str(unit["简称"] or unit["名称"]) for unit in units]
        what = f"“项目.单位”里没有“{name}”"
        setting.error("C002", setting.source.where(path), what, name, nearest(name, known))
    return Named(name, {"名称": name, "简称": name, "别名": []})


def basis(setting: Setting) -> list[Any] | Missing:
    """The documents that the evaluation is based on, as they are cited, in order."""
    cited = [_cited(setting, key, index) for index, key in enumerate(setting.evaluation.basis)]
    return cited or setting.missing("评价依据", ("依据",))


def _cited(setting: Setting, key: str, index: int) -> object:
    documents = setting.evaluation.documents or {}
    if key in documents:
        return document(setting, documents[key], ("文件", key))
    if not documents or "《" in key or "〔" in key:
        return key
    what = f"“文件”里没有“{key}”"
    setting.error("C003", setting.source.where(("依据", index)), what, key, nearest(key, documents))
    return setting.missing(f"依据：{key}", ("依据", index))


def complete_goals(setting: Setting, goals: Names) -> None:
    """Add to each declared target whether it was adjusted, both values as sentences print them, and which counts."""
    rows = setting.evaluation.goals.rows if setting.evaluation.goals else []
    for names, row in zip(goals["指标"], rows, strict=True):
        names["已调整"] = row.adjusted is not None and str(row.adjusted) != str(row.declared)
        names["原值"], names["现值"] = _bare(row.declared), _bare(row.adjusted or row.declared)
        names["评价指标值"] = names["调整后"] if _scored_as_adjusted(row) else names["指标值"]
    goals["指标"] = goals["指标"] or setting.missing("绩效指标", ("绩效目标", "指标"))
    goals["已调整指标"] = [names for names in goals["指标"] if names["已调整"]]


def _scored_as_adjusted(row: TargetRow) -> bool:
    return row.adjusted is not None and row.scored_by != "指标值"


def _bare(goal: object) -> object:
    return goal.bare if isinstance(goal, Target) else goal or Missing("指标值")


def survey_names(setting: Setting) -> Names:
    """The survey with rates of return and validity, and each question's rate, shares and derivation."""
    said = setting.evaluation.survey
    found = section(setting, "问卷", said, Survey)
    found.update({name: setting.missing(f"问卷{name}", ("问卷",)) for name in ("回收率", "有效率", "满意率")})
    valid = said.valid if said else None
    for number, question in enumerate(said.questions if said else [], 1):
        path = ("问卷", "题目", number - 1)
        row, figure = found["题目"][number - 1], setting.figures.derived.get(f"问卷.{question.name}.得分率")
        row["编号"] = number
        row["得分率"] = figure.value if figure else setting.missing(f"{question.name}得分率", path)
        row["计算过程"] = figure.derivation if figure else setting.missing(f"{question.name}计算过程", path)
        for option in row["选项"]:
            known = isinstance(option["人数"], int) and valid
            rate = Rate.of(Decimal(option["人数"]), Decimal(valid or 1), setting.forms.rate) if known else DASH
            option["占比"] = rate
        found[question.name] = row
    found["题目"] = found["题目"] or setting.missing("问卷题目", ("问卷", "题目"))
    return found


def attachments(setting: Setting) -> list[Named]:
    """The pack's attachments and then the data's own, numbered."""
    said = [(one.name, one.content or "") for one in setting.style.file.attachments]
    said += [(name, "") for name in setting.evaluation.attachments if name != "无"]
    return [
        Named(name, {"序号": number, "名称": name, "内容": content}) for number, (name, content) in enumerate(said, 1)
    ]
