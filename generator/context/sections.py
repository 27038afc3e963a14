"""The sections of the data as names, with what follows from them: project, funds, goals, survey, attachments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..fields import Path
from ..model import Implementation, Survey, TargetRow
from ..records import nearest
from ..scores import DERIVED, QUESTION_RATE
from ..values import Missing, Quantity, Rate, Said, Target, plain
from .printing import DASH, Named, Names, Setting, Told, document, section

PHOTOS = "现场照片"  # the attachment that shows the data's pictures
SOURCES_TABLE = "数据来源表"  # the attachment that lists the sums of ledgers and the counts of answers


def complete_project(setting: Setting, names: Names) -> None:
    """Add 全称 and 单位数 to the project, and the report's title where the data gives none."""
    project, report = names["项目"], names["报告"]
    year, name = project["年度"], project["名称"]
    project["全称"] = Told(lambda: _dated(name, year)) if year and name else name
    project["称谓"] = Told(lambda: _as_project(project["全称"])) if name else name
    project["单位数"] = len(project["单位"])
    if not report["标题"]:
        report["标题"] = project["全称"]


def _as_project(name: object) -> str:
    """A name as sentences use it: with 项目 after it, where it does not end with it already."""
    return str(name) if str(name).endswith("项目") else f"{name}项目"


def _dated(name: object, year: object) -> str:
    """The project's name with its year before it, where it does not begin with it already."""
    return str(name) if str(name).startswith(f"{year}年") else f"{year}年{name}"


def unit_called(setting: Setting, name: str, units: list[Named], path: Path) -> Named:
    """The project's unit of that name, short name or alias; a finding when there are units and none is called so."""
    said = setting.evaluation.project.units if setting.evaluation.project else []
    for unit, names in zip(said, units, strict=True):
        if name in (unit.name, unit.short, *unit.aliases):
            return names
    if said:
        known = [unit.short or unit.name for unit in said]
        what = f"“项目.单位”里没有“{name}”"
        setting.error("C002", setting.source.where(path), what, name, nearest(name, known))
    return Named({"名称": setting.told(name, path), "简称": setting.told(name, path), "别名": []})


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
        names["原值"], names["现值"] = _bare(names["指标值"]), _bare(names["调整后"] or names["指标值"])
        names["评价指标值"] = names["指标值"] if goal_of(row) is row.declared else names["调整后"]
    goals["指标"] = goals["指标"] or setting.missing("绩效指标", ("绩效目标", "指标"))
    goals["已调整指标"] = [names for names in goals["指标"] if names["已调整"]]


def goal_of(row: TargetRow) -> Target | Said | None:
    """The target that counts: the adjusted one, unless 计分采用 says the declared one."""
    return row.declared if row.adjusted is None or row.scored_by == "指标值" else row.adjusted


def _bare(goal: object) -> object:
    return goal.bare if isinstance(goal, Target) else goal


def implementation_names(setting: Setting) -> Names:
    """The implementation: how many took part, each activity with its sum, and the activities of each area."""
    said = setting.evaluation.implementation
    found = section(setting, "实施", said, Implementation)
    for name, called in DERIVED["实施"].items():
        found[name] = setting.missing(called, ("实施",))
    areas: dict[str, list[Names]] = {}
    for activity in found["活动"]:
        counts = [one["数量"] for one in activity["按区域"]]
        activity["合计"] = _total(counts, "" if isinstance(activity["量词"], Missing) else str(activity["量词"]))
        for one in activity["按区域"]:
            areas.setdefault(one["区域"], []).append(
                {"名称": activity["名称"], "数量": one["数量"], "量词": activity["量词"]}
            )
    found["按区域"] = [Named({"区域": area, "名称": area, "活动": activities}) for area, activities in areas.items()]
    return found


def _total(counts: list[Any], unit: str) -> object:
    """The sum of counts that are all exact and of one unit, their own or `unit`; — when one is fuzzy or in words."""
    exact = [one for one in counts if isinstance(one, Quantity) and one.number is not None and not one.fuzzy]
    units = {one.unit or unit for one in exact}
    if len(units) != 1 or len(exact) != len(counts):
        return DASH
    summed, unit = sum((one.number for one in exact if one.number is not None), Decimal()), units.pop()
    return Quantity(f"{plain(summed)}{unit}", summed, unit)


class Questions(dict[str, Any]):
    """The survey's names; a question can be reached by its own name, where that is no other name here."""

    def __missing__(self, key: str) -> Any:
        questions = self["题目"]
        if isinstance(questions, Missing):
            return questions
        return questions[key]


def survey_names(setting: Setting) -> Names:
    """The survey with rates of return and validity, and each question's rate, shares and derivation."""
    said = setting.evaluation.survey
    found: Names = setting.known(Questions(section(setting, "问卷", said, Survey)), ("问卷",))
    found.update({name: setting.missing(f"问卷{called}", ("问卷",)) for name, called in DERIVED["问卷"].items()})
    valid = said.valid if said else None
    for number, question in enumerate(said.questions if said else [], 1):
        path = ("问卷", "题目", number - 1)
        row, figure = found["题目"][number - 1], setting.figures.derived.get(f"问卷.{question.name}.{QUESTION_RATE}")
        row["编号"] = number
        row["得分率"] = figure.value if figure else setting.missing(f"{question.name}得分率", path)
        row["计算过程"] = figure.derivation if figure else setting.missing(f"{question.name}计算过程", path)
        for option in row["选项"]:
            known = isinstance(option["人数"], int) and valid and option["人数"] <= valid
            rate = Rate.of(Decimal(option["人数"]), Decimal(valid or 1), setting.forms.rate) if known else DASH
            option["占比"] = rate
    found["题目"] = found["题目"] or setting.missing("问卷题目", ("问卷", "题目"))
    return found


def attachments(setting: Setting) -> list[Named]:
    """The pack's attachments, the table of sums from workbooks, the photos, then the data's own, numbered."""
    said = [(one.name, one.content or "") for one in setting.style.file.attachments]
    said += [(SOURCES_TABLE, SOURCES_TABLE)] if setting.source.sums else []
    said += [(PHOTOS, PHOTOS)] if setting.evaluation.photos else []
    said += [(name, "") for name in setting.evaluation.attachments if name != "无"]
    return [
        Named({"序号": number, "名称": setting.told(name, ("附件",)), "内容": content})
        for number, (name, content) in enumerate(said, 1)
    ]
