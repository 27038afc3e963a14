"""Stage 4: evaluation, figures and scores become the Chinese names that a template may use.

Every name is the data's own.  What the data does not say is a `Missing`, which prints a visible mark.  Texts of
the data are filled here: `{{ 资金.到位率 }}` in a sentence prints the computed figure.  A text that asks for an
unknown name is a finding at its line, and prints a mark in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from .derive import question_rate
from .findings import Finding, Level, Location
from .language import text
from .model import Document, Evaluation, FundRow, Path, Record, Source, TargetRow, Unit
from .names import own_names
from .narrative import Narrative, Paragraph
from .records import nearest
from .scores import DONE, NOT_DONE, PARTLY, PENDING, Figures, Node, Scores
from .style import Style
from .values import Forms, Missing, Money, Points, Rate, Said, Target, in_form

DASH = Said("—")
UNNAMED = ("报告", "正文", "")


class Named(dict[str, Any]):
    """Names and values of one thing, which prints as its own text."""

    def __init__(self, printed: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.printed = printed

    def __str__(self) -> str:
        return self.printed

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.printed)


@dataclass
class _Builder:
    source: Source
    style: Style
    figures: Figures
    scores: Scores
    findings: list[Finding] = field(default_factory=list)
    fills: list[tuple[dict[str, Any] | list[Any], Any, Path]] = field(default_factory=list)

    @property
    def forms(self) -> Forms:
        return self.style.forms

    @property
    def evaluation(self) -> Evaluation:
        return self.source.evaluation

    # Records to names

    def names(self, record: Record, path: Path, section: str) -> dict[str, Any]:
        """A record's own names, with a `Missing` for what is not said."""
        found: dict[str, Any] = {}
        for name, value in own_names(record):
            found[name] = self.printable(value, (*path, name), section, label(section, name))
            self.note(found, name, (*path, name))
        return found

    def note(self, holder: dict[str, Any] | list[Any], key: Any, path: Path) -> None:
        """Remember a text that is itself a small template, to be filled when all names are there."""
        value = holder[key]
        if (isinstance(value, str) and tagged(value)) or (isinstance(value, Narrative) and tagged(str(value))):
            self.fills.append((holder, key, path))

    def printable(self, value: Any, path: Path, section: str, missing: str) -> Any:
        if value is None:
            return Missing(missing)
        if isinstance(value, Unit):
            return self.unit(value, path)
        if isinstance(value, Document):
            return self.document(value, path)
        if isinstance(value, Record):
            return self.names(value, path, section)
        if isinstance(value, list):
            items = [self.printable(item, (*path, index), section, missing) for index, item in enumerate(value)]
            for index in range(len(items)):
                self.note(items, index, (*path, index))
            return items
        if isinstance(value, dict):
            mapped = {key: self.printable(item, (*path, key), section, key) for key, item in value.items()}
            for key in mapped:
                self.note(mapped, key, (*path, key))
            return mapped
        if isinstance(value, Decimal):
            return Points(value, self.forms.points)
        return in_form(value, self.forms.money) if isinstance(value, Money) else value

    def section(self, name: str, record: Record | None, kind: type[Record]) -> dict[str, Any]:
        """A top section's names; all of them missing when the data has no such section."""
        return self.names(record if record is not None else kind.model_construct(), (name,), name)

    def unit(self, unit: Unit, path: Path) -> Named:
        return Named(unit.name, self.names(unit, path, unit.name))

    def document(self, document: Document, path: Path) -> Named:
        names = self.names(document, path, "文件")
        names["书名"] = f"《{nested(document.name)}》" if document.name else Missing("文件名称")
        number = f"（{document.number}）" if document.number else ""
        return Named(f"{document.issuer or ''}{names['书名']}{number}", names)

    # The sections

    def build(self) -> dict[str, Any]:
        evaluation = self.evaluation
        fields = dict(own_names(evaluation))
        kinds = dict(_sections())
        names: dict[str, Any] = {
            name: self.section(name, fields[name], kind)
            for name, kind in kinds.items()
            if name not in ("评价结果", "问卷")
        }
        names["文件"] = self.printable(evaluation.documents or {}, ("文件",), "文件", "文件")
        names["依据"] = [self.basis(key, index) for index, key in enumerate(evaluation.basis)] or Missing("评价依据")
        names["正文"] = Texts(self.printable(evaluation.text or {}, ("正文",), "正文", "正文"))
        names["主要经验"] = self.printable(evaluation.experience, ("主要经验",), "", "主要经验")
        self.note(names, "主要经验", ("主要经验",))
        names["问题"] = self.printable(evaluation.problems, ("问题",), "", "存在问题") or Missing("存在问题")
        names["建议"] = [one for problem in names["问题"] for one in problem["建议"]] or Missing("建议")
        self.project(names)
        self.funds(names)
        self.goals(names["绩效目标"])
        names["问卷"] = self.survey(names)
        nodes = [self.node(node, ()) for node in self.scores.nodes]
        names["指标体系"] = nodes or Missing("指标体系")
        names["评价结果"] = self.result(nodes)
        names["附件"] = self.attachments()
        names["样式"] = {
            "名称": self.style.file.name,
            "措辞": dict(self.style.file.wording or {}),
            "金额单位": self.forms.money.unit,
        }
        for name, figure in self.figures.derived.items():
            section, _, rest = name.partition(".")
            if "." not in rest and isinstance(names.get(section), dict):
                names[section][rest] = figure.value
        self.fill(names)
        return names

    def project(self, names: dict[str, Any]) -> None:
        project = names["项目"]
        year, name = project["年度"], project["名称"]
        project["全称"] = f"{year}年{name}" if year and name else name or Missing("项目名称")
        project["单位数"] = len(project["单位"])
        if not names["报告"]["标题"]:
            names["报告"]["标题"] = project["全称"]
            self.note(names["报告"], "标题", ("项目", "名称"))

    def funds(self, names: dict[str, Any]) -> None:
        funds = names["资金"]
        for name in ("到位率", "未到位率", "支出率", "执行率", "未到位", "结余", "到位及时率"):
            funds.setdefault(name, Missing(f"资金{name}" if not name.startswith("到位及") else name))
        spent = self.evaluation.funds.spent if self.evaluation.funds else None
        for kind in ("按单位", "按用途", "按来源", "按区域"):
            rows = getattr(self.evaluation.funds, _FUND_LISTS[kind]) if self.evaluation.funds else []
            funds[kind] = [
                self.fund_row(row, ("资金", kind, index), names["项目"]["单位"], spent)
                for index, row in enumerate(rows)
            ]

    def fund_row(self, row: FundRow, path: Path, units: list[Named], whole: object) -> Named:
        names = self.names(row, path, "")
        names["单位"] = [self.unit_called(name, units, (*path, "单位", i)) for i, name in enumerate(row.units)]
        names["名称"] = row.name or "、".join(map(str, names["单位"])) or Missing("名称")
        names["支出率"] = self.rate(row.spent, row.received)
        names["到位率"] = self.rate(row.received, row.budget)
        names["占比"] = self.rate(row.spent, whole)
        names["下级"] = [
            self.fund_row(part, (*path, "下级", index), units, row.spent) for index, part in enumerate(row.parts)
        ]
        return Named(str(names["名称"]), names)

    def rate(self, part: object, whole: object) -> Rate | Said:
        if isinstance(part, Money) and isinstance(whole, Money) and whole.yuan:
            return Rate.of(part.yuan, whole.yuan, self.forms.rate)
        return DASH

    def unit_called(self, name: str, units: list[Named], path: Path) -> Named:
        for unit in units:
            if name in (unit["名称"], unit["简称"], *unit["别名"]):
                return unit
        known = [str(unit["简称"] or unit["名称"]) for unit in units]
        if known:
            self.error("C002", self.source.where(path), f"“项目.单位”里没有“{name}”", name, nearest(name, known))
        return Named(name, {"名称": name, "简称": name, "别名": []})

    def basis(self, key: str, index: int) -> object:
        documents = self.evaluation.documents or {}
        if key in documents:
            return self.document(documents[key], ("文件", key))
        if not documents or "《" in key or "〔" in key:
            return key
        self.error("C003", self.source.where(("依据", index)), f"“文件”里没有“{key}”", key, nearest(key, documents))
        return Missing(f"依据：{key}")

    def goals(self, goals: dict[str, Any]) -> None:
        rows = self.evaluation.goals.rows if self.evaluation.goals else []
        for names, row in zip(goals["指标"], rows, strict=True):
            changed = row.adjusted is not None and str(row.adjusted) != str(row.declared)
            names.update({"已调整": changed, "原值": bare(row.declared), "现值": bare(row.adjusted or row.declared)})
            names["评价指标值"] = self.scored_target(row, names)
        goals["指标"] = goals["指标"] or Missing("绩效指标")
        goals["已调整指标"] = [names for names in goals["指标"] if names["已调整"]]

    def scored_target(self, row: TargetRow, names: dict[str, Any]) -> object:
        return names["调整后"] if row.adjusted is not None and row.scored_by != "指标值" else names["指标值"]

    def survey(self, names: dict[str, Any]) -> dict[str, Any]:
        survey = self.evaluation.survey
        found = self.section("问卷", survey, _kind("问卷"))
        found.update({name: Missing(f"问卷{name}") for name in ("回收率", "有效率", "满意率")})
        found["题目"] = found["题目"] or Missing("问卷题目")
        for number, question in enumerate(survey.questions if survey else [], 1):
            row = found["题目"][number - 1]
            figure = question_rate(question, survey.valid if survey else None, self.forms)
            row["编号"] = number
            row["得分率"] = figure.value if figure else Missing(f"{question.name}得分率")
            row["计算过程"] = figure.derivation if figure else Missing(f"{question.name}计算过程")
            for option in row["选项"]:
                count, valid = option["人数"], survey.valid if survey else None
                known = isinstance(count, int) and valid
                option["占比"] = Rate.of(Decimal(count), Decimal(valid or 1), self.forms.rate) if known else DASH
            found[question.name] = row
        return found

    # Scores

    def node(self, node: Node, above: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        names = self.names(node.indicator, node.path, node.indicator.name)
        del names["测算"], names["参数"]
        full, points = node.full, node.points
        rate = self.scores.rate(points, full)
        names.update(
            {
                "全称": node.indicator.title or node.indicator.name,
                "分值": Missing(f"{node.indicator.name}分值") if full is None else Points(full, self.forms.weight),
                "得分": DASH if points is None else Points(points, self.forms.points),
                "得分率": DASH if rate is None else rate,
                "权重": self.weight(full),
                "完成情况": node.status,
                "计算过程": list(node.lines),
                "层级": node.depth,
                "扣分": DASH if points is None or full is None else Points(full - points, self.forms.points),
                "扣分原因": self.reasons(node, names["扣分原因"]),
                "非推算": any(not cut.derived for leaf in node.leaves() for cut in leaf.cuts),
                "待评原因": node.pending,
            }
        )
        label = f"{node.indicator.name}（{names['分值']}分）" if full is not None else node.indicator.name
        names["标签"] = label
        chain = (*above, names)
        for number, name in enumerate(("一级", "二级", "三级")):
            names[name] = chain[min(number, len(chain) - 1)]
            names[f"{name}标签"] = names[name]["标签"] if number < len(chain) else ""
        names["情况"] = self.account(names)
        names["下级"] = [self.node(below, chain) for below in node.below]
        names["三级指标"] = [one for one in walk(names) if one["层级"] == 3]
        names["评分行"] = [one for one in walk(names) if not one["下级"]]
        names["分析项"] = [
            item
            for below in names["下级"]
            for item in (below["下级"] if below["按下级分析"] is True and below["下级"] else [below])
        ]
        return names

    def weight(self, full: Decimal | None) -> Rate | Said:
        """The share of the whole system's points."""
        whole = self.scores.full if self.scores.nodes else None
        return DASH if full is None or not whole else Rate.of(full, whole, self.forms.rate)

    def reasons(self, node: Node, said: Any) -> list[str]:
        cuts = [cut.reason for cut in node.cuts if cut.points and cut.reason]
        return [*cuts, *(str(paragraph) for paragraph in said)] if said else cuts

    def account(self, names: dict[str, Any]) -> Narrative:
        """What a reader is told of an indicator: the evaluator's facts, then how the score came about."""
        facts = names["完成情况说明"]
        said = facts.paragraphs if isinstance(facts, Narrative) else ()
        return Account(tuple(said), names)

    def result(self, nodes: list[dict[str, Any]]) -> dict[str, Any]:
        scores = self.scores
        rows = [row for node in nodes for row in node["评分行"]]
        every = [one for node in nodes for one in walk(node)]
        by_status = {status: [row for row in rows if row["完成情况"] == status] for status in STATUSES}
        rate = scores.rate(scores.total, scores.full)
        pending = DASH if nodes else Missing("总分")
        return {
            "总分": pending if scores.total is None else Points(scores.total, self.forms.points),
            "满分": Missing("满分") if scores.full is None else Points(scores.full, self.forms.weight),
            "得分率": DASH if rate is None else rate,
            "等级": scores.grade
            or (Missing("评价等级") if scores.total is not None and self.style.file.grades else ""),
            "来源": scores.source or "",
            "评分行": rows,
            "行数": len(rows),
            "应评": len(rows),
            "已评": len(rows) - len(by_status[PENDING]),
            **by_status,
            **{
                f"{name}级指标数": sum(one["层级"] == number for one in every)
                for number, name in enumerate("一二三", 1)
            },
            "非推算": [row for row in rows if row["非推算"]],
        }

    def attachments(self) -> list[Named]:
        said = [(one.name, one.content or "") for one in self.style.file.attachments]
        said += [(name, "") for name in self.evaluation.attachments if name != "无"]
        return [
            Named(name, {"序号": number, "名称": name, "内容": content})
            for number, (name, content) in enumerate(said, 1)
        ]

    # Texts that print figures

    def fill(self, names: dict[str, Any]) -> None:
        """Fill every text that is a small template: plain texts first, because narratives may print them."""
        for holder, key, path in sorted(self.fills, key=lambda one: isinstance(one[0][one[1]], Narrative)):
            value = holder[key]
            if isinstance(value, str):
                holder[key] = self.filled(value, names, path, Paragraph("", "", value, 0))
            elif isinstance(value, Narrative):
                holder[key] = value.filled(
                    lambda paragraph, words, path=path: self.filled(words, names, path, paragraph)  # type: ignore[misc]
                )

    def filled(self, words: str, names: dict[str, Any], path: Path, paragraph: Paragraph) -> str:
        if not tagged(words):
            return words
        place = self.source.where((*path, *paragraph.step))
        if place.line is not None and paragraph.line:
            place = Location(place.file, place.line + paragraph.line, 1)
        try:
            return str(text().from_string(words).render(names))
        except UndefinedError as error:
            self.error("C001", place, f"文字里用了没有的名称：{error.message}", words)
        except TemplateSyntaxError as error:
            self.error("C004", place, f"文字里的标记写得不对：{error.message}", words)
        except (TemplateError, ValueError, TypeError, ArithmeticError) as error:
            self.error("C005", place, f"文字里的标记算不出来：{error}", words)
        return str(Missing(f"此处文字有误，见 {place}"))

    def error(self, code: str, place: Location, what: str, quoted: str, mend: str | None = None) -> None:
        self.findings.append(Finding(code, Level.ERROR, place, what, quoted, mend=mend))


@dataclass(frozen=True, slots=True)
class Account(Narrative):
    """The account of an indicator, put together when it prints: its facts are filled later than it is made."""

    names: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def __str__(self) -> str:
        return "\n".join(map(str, self.段落))

    def __bool__(self) -> bool:
        return bool(self.段落)

    def __iter__(self) -> Iterator[Paragraph]:
        return iter(self.段落)

    @property
    def 段落(self) -> tuple[Paragraph, ...]:
        facts = self.names["完成情况说明"]
        said = facts.paragraphs if isinstance(facts, Narrative) else ()
        lines = (Paragraph("", "", line + "。", 0) for line in self.names["计算过程"])
        return (*said, *lines)


class Texts(dict[str, Any]):
    """The narrative by section; a section that is not there is missing, whatever its name."""

    def __missing__(self, key: str) -> Missing:
        return Missing(key)


STATUSES = (DONE, PARTLY, NOT_DONE, PENDING)
_FUND_LISTS = {"按单位": "by_unit", "按用途": "by_purpose", "按来源": "by_source", "按区域": "by_area"}


def context(source: Source, style: Style, figures: Figures, scores: Scores) -> tuple[dict[str, Any], list[Finding]]:
    """The names that a template may use, and what is wrong in the data's texts."""
    builder = _Builder(source, style, figures, scores)
    return builder.build(), builder.findings


def label(section: str, name: str) -> str:
    """What a missing value is called in the report's mark.

    >>> label("项目", "名称"), label("报告", "委托方"), label("资金", "资金说明")
    ('项目名称', '委托方', '资金说明')
    """
    return name if section in UNNAMED or name.startswith(section) else section + name


def tagged(words: str) -> bool:
    """Whether a text is a small template."""
    return "{{" in words or "{%" in words


def nested(title: str) -> str:
    """A title for inside 《》: title marks within it become 〈〉.

    >>> nested("关于印发《管理办法》的通知")
    '关于印发〈管理办法〉的通知'
    """
    return title.replace("《", "〈").replace("》", "〉").replace("<", "〈").replace(">", "〉")


def bare(goal: object) -> object:
    """A target as it stands in a sentence: without an equals sign."""
    return goal.bare if isinstance(goal, Target) else goal or Missing("指标值")


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node's names and those of all nodes below it."""
    yield node
    for below in node["下级"]:
        yield from walk(below)


def _sections() -> Iterator[tuple[str, type[Record]]]:
    from .records import aliases, record_at

    for declared in Evaluation.model_fields.values():
        name = aliases(declared)[0]
        kind = record_at(Evaluation, (name,))
        if kind is not Evaluation and not str(declared.annotation).startswith(("list", "dict")):
            yield name, kind


def _kind(name: str) -> type[Record]:
    return dict(_sections())[name]
