"""Stage 3: an evaluation's indicators become `Scores`; every score carries its derivation.

Leaves are scored by their 计分方法 (generator/rules) from their measured value (generator/measures), rounded to
2 decimals, and then summed; the grade comes from the style's scale.  Nothing is guessed: what is not there yet
is 待评, and so is all that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .findings import Finding, Level
from .measures import measures
from .model import Indicator, Input, MethodCall, Path, Record, Reference, Source, Unit
from .names import figure_names
from .records import nearest
from .rules import rules
from .scores import (
    POINT_DECIMALS,
    Figure,
    Figures,
    Measured,
    Node,
    Operand,
    Pending,
    Question,
    Scored,
    Scores,
    Task,
    operand_of,
)
from .values import Forms, Money, Points, Quantity, Rate, Said, Target, plain

SURVEY_RATE = "得分率"
# Names of figures that derive.py may give; without their inputs they are not there yet, not unknown.
DERIVABLE = tuple(f"资金.{name}" for name in ["到位率", "到位及时率", "支出率", "执行率", "未到位率", "未到位", "结余"])


def rule_parameters() -> dict[str, type[Record]]:
    """The parameters of each 计分方法, by name."""
    return {name: rule.Parameters for name, rule in rules().items()}


def measure_parameters() -> dict[str, type[Record]]:
    """The parameters of each 测算方法, by name."""
    return {name: measure.Parameters for name, measure in measures().items()}


def score(
    source: Source, figures: Figures, grade: Callable[[Decimal, Decimal], str | None]
) -> tuple[Scores, list[Finding]]:
    """The scores of an evaluation and what is wrong in its scoring.

    `grade(points, full)` is the style's scale.  A total that the data gives is taken as it is, with its source.
    """
    scorer = _Scorer(source, figures)
    nodes = tuple(
        scorer.node(indicator, ("指标体系", index), 1) for index, indicator in enumerate(source.evaluation.indicators)
    )
    total, full, given = _total(nodes), _full(nodes), source.evaluation.result
    if given and given.total is not None:
        scorer.compare(given.total, total)
        given_full = given.full if given.full is not None else full
        if total is None or not nodes:
            level = given.grade or (grade(given.total, given_full) if given_full else None)
            scores = Scores(nodes, given.total, given_full, level, figures.forms, given.source or "")
            return scores, scorer.findings
    level = grade(total, full) if total is not None and full else None
    return Scores(nodes, total, full, level, figures.forms), scorer.findings


def _total(nodes: Sequence[Node]) -> Decimal | None:
    points = [node.points for node in nodes]
    return sum((one for one in points if one is not None), Decimal()) if points and None not in points else None


def _full(nodes: Sequence[Node]) -> Decimal | None:
    full = [node.full for node in nodes]
    return sum((one for one in full if one is not None), Decimal()) if full and None not in full else None


@dataclass
class _Scorer:
    source: Source
    figures: Figures
    findings: list[Finding] = field(default_factory=list)

    @property
    def forms(self) -> Forms:
        return self.figures.forms

    def node(self, indicator: Indicator, path: Path, depth: int) -> Node:
        if not indicator.below:
            return self._leaf(indicator, path, depth)
        below = tuple(
            self.node(inner, (*path, "下级", index), depth + 1) for index, inner in enumerate(indicator.below)
        )
        full = _full(below)
        if indicator.weight is not None and full is not None and indicator.weight != full:
            summed, said = plain(full), plain(indicator.weight)
            self._error(
                "S003", (*path, "分值"), f"“{indicator.name}”的分值与下级分值之和不符", expected=summed, actual=said
            )
        if indicator.rule:
            what = f"“{indicator.name}”有下级指标，得分由下级相加，不能再写“计分方法”"
            self._error("S004", (*path, "计分方法"), what)
        full = full if full is not None else indicator.weight
        return Node(indicator, path, depth, full, _total(below), (), (), below)

    def _leaf(self, indicator: Indicator, path: Path, depth: int) -> Node:
        measured = self._tried(lambda: self.measured(indicator.name, indicator.measured), (*path, "测算"))
        if isinstance(measured, Measured) or measured is None:
            scored = self._tried(lambda: self._scored(indicator, measured), (*path, "参数"))
        else:
            scored = measured
        lines = measured.lines if isinstance(measured, Measured) else ()
        if isinstance(scored, Scored):
            return Node(
                indicator, path, depth, indicator.weight, scored.points, (*lines, *scored.lines), scored.cuts, ()
            )
        pending = scored if isinstance(scored, str) else ""
        if pending:
            what = f"“{indicator.name}”待评：缺少{pending}"
            self.findings.append(Finding("S010", Level.WARNING, self.source.where(path), what))
        return Node(indicator, path, depth, indicator.weight, None, lines, (), (), pending)

    def _tried(self, work: Callable[[], object], path: Path) -> object:
        """The result of `work`; a text saying what is not there yet; or "" after a finding."""
        try:
            return work()
        except Pending as pending:
            return str(pending)
        except KeyError as error:
            self._error("S001", path, f"没有叫“{error.args[0]}”的数", mend=nearest(str(error.args[0]), self._names()))
        except ValueError as error:
            self._error("S002", path, str(error))
        return ""

    def _scored(self, indicator: Indicator, measured: Measured | None) -> Scored:
        if indicator.weight is None:
            raise Pending("分值")
        if not indicator.rule:
            raise Pending("计分方法")
        if indicator.parameters is None:
            raise Pending("")
        if -int(indicator.weight.as_tuple().exponent) > POINT_DECIMALS:
            raise ValueError(f"分值最多 {POINT_DECIMALS} 位小数，现在是 {indicator.weight}")
        return self._part(indicator.name, indicator.rule, indicator.parameters, indicator.weight, measured)

    def _part(self, name: str, rule: str, parameters: object, full: Decimal, measured: Measured | None) -> Scored:
        def part(inner: str, given: object, inner_full: Decimal, inner_measured: object) -> Scored:
            measured = self.measured(name, inner_measured)
            scored = self._part(name, inner, given, inner_full, measured)
            return replace(scored, lines=(*measured.lines, *scored.lines)) if measured else scored

        scored: Scored = rules()[rule].score(Task(name, full, measured, self.forms, self.operand, part), parameters)
        return scored

    def measured(self, name: str, said: object) -> Measured | None:
        """The measured value that a 测算 says: by a method, given, or by reference."""
        if said is None or isinstance(said, Measured):
            return said
        if isinstance(said, MethodCall):
            question = Question(name, self.forms, self.operand, self._unit, self._survey)
            measured: Measured = measures()[said.name].measure(question, said.parameters)
            return measured
        assert isinstance(said, (Reference, Money, Rate, Quantity))
        value = self.operand(said)
        derived = self.figures.derived.get(said.path) if isinstance(said, Reference) else None
        return Measured(value, (derived.derivation,) if derived and derived.derivation else ())

    def operand(self, said: Input) -> Operand:
        """The figure that an input means; Pending when it is not there, KeyError when its name is unknown."""
        value = self._found(said) if isinstance(said, Reference) else said
        if value is None or isinstance(value, Said):
            raise Pending(str(said))
        if isinstance(value, Rate):
            return operand_of(value.fraction, "rate", self.forms)
        if isinstance(value, Money):
            return operand_of(value.yuan, "money", self.forms)
        if isinstance(value, (Quantity, Target)) and value.number is not None:
            if value.unit == "%":
                return operand_of(value.number / 100, "rate", self.forms)
            return operand_of(value.number, "number", self.forms)
        if isinstance(value, (int, Decimal)):
            return operand_of(Decimal(value), "number", self.forms)
        kind = "列表" if isinstance(value, (list, dict)) else "一组值" if isinstance(value, Record) else f"“{value}”"
        raise ValueError(f"“{said}”是{kind}，不是一个可以计算的数")

    def _found(self, reference: Reference) -> object:
        try:
            return self.figures.find(reference)
        except KeyError:
            if reference.path in DERIVABLE or reference.path in self._survey_figures():
                return None
            raise KeyError(reference.path) from None

    def _survey_figures(self) -> list[str]:
        """The names of the figures that derive.py gives of a survey, with or without their inputs."""
        survey = self.source.evaluation.survey
        questions = [f"{question.name}.{SURVEY_RATE}" for question in (survey.questions if survey else [])]
        return [f"问卷.{name}" for name in ("回收率", "有效率", "满意率", *questions)]

    def _unit(self, name: str) -> Unit:
        units = self.source.evaluation.project.units if self.source.evaluation.project else []
        for unit in units:
            if name in (unit.name, unit.short, *unit.aliases):
                return unit
        raise ValueError(f"“项目.单位”里没有“{name}”")

    def _survey(self, name: str) -> Figure:
        figure = self.figures.derived.get(f"问卷.{name}.{SURVEY_RATE}")
        if figure:
            return figure
        survey = self.source.evaluation.survey
        names = [question.name for question in survey.questions] if survey else []
        if name in names:
            raise Pending(f"问卷“{name}”的人数、系数或有效问卷数")
        raise ValueError(f"“问卷.题目”里没有“{name}”。" + nearest(name, names) if names else "没有问卷题目")

    def _names(self) -> list[str]:
        return [*self.figures.derived, *figure_names(self.source.evaluation)]

    def compare(self, given: Decimal, total: Decimal | None) -> None:
        """Say it when a given total is not the sum of the scored indicators."""
        if total is not None and given != total:
            said, summed = (str(Points(one, self.forms.points)) for one in (given, total))
            what = "给出的总分与指标体系算出的总分不符"
            self._error("S005", ("评价结果", "总分"), what, expected=summed, actual=said)

    def _error(self, code: str, path: Path, what: str, **more: str) -> None:
        self.findings.append(Finding(code, Level.ERROR, self.source.where(path), what, **more))
