"""Stage 3: an evaluation's indicators become `Scores`; every score carries its derivation.

Leaves are scored by their 计分方法 (generator/rules) from their measured value (generator/measures), rounded as the
style prints points, and then summed; the grade comes from the style's scale.  Nothing is guessed: what is not there
yet is 待评, and so is all that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .fields import Input, MethodCall, Path, Record, Reference
from .findings import Finding, Level
from .measures import measures
from .model import Evaluation, GivenResult, Indicator, Source, Unit
from .names import figure_names
from .records import known_keys, nearest, record_at
from .rules import rules
from .scores import (
    DERIVED,
    QUESTION_RATE,
    Figure,
    Figures,
    Measured,
    Node,
    Operand,
    Pending,
    Question,
    Scale,
    Scored,
    Scores,
    ScoringError,
    Task,
    check_points,
    full_points,
    operand,
    point_places,
    total_points,
    weight_places,
)
from .values import Forms, Money, Quantity, Rate, Said


def rule_parameters() -> dict[str, type[Record]]:
    """The parameters of each 计分方法, by name."""
    return {name: rule.Parameters for name, rule in rules().items()}


def measure_parameters() -> dict[str, type[Record]]:
    """The parameters of each 测算方法, by name."""
    return {name: measure.Parameters for name, measure in measures().items()}


def score(source: Source, figures: Figures, scale: Scale) -> tuple[Scores, list[Finding]]:
    """The scores of an evaluation and what is wrong in its scoring.

    What the data gives (评价结果) is taken as it is where the indicators give none, a total with its source; where they
    do, it must be the same.  The grade is the scale's wherever the full marks are known, from the data or else from
    the style: one that is given is only held against it.
    """
    scorer = _Scorer(source, figures)
    nodes = tuple(
        scorer.node(indicator, ("指标体系", index), 1)
        for index, indicator in enumerate(source.evaluation.indicators)
        if indicator.applies()
    )
    scorer.check_survey()
    total, full = total_points(nodes), full_points(nodes)
    given = scorer.given(full)
    stated = total is None and given.total is not None
    total = given.total if stated else total
    full = given.full if full is None or (stated and given.full is not None) else full
    most = full if full is not None else scale.full
    reached = scale.grade(total, most) if total is not None and most else None
    said = (given.source or "") if stated else None
    scores = Scores(nodes, total, full, reached or given.grade, figures.forms, said, scale.names)
    return scores, scorer.findings


def _kind(value: object) -> str:
    return "列表" if isinstance(value, (list, dict)) else "一组值" if isinstance(value, Record) else f"“{value}”"


def _actual_text(measured: Measured) -> str:
    return "" if measured.value.kind == "money" else measured.value.text + measured.value.unit


@dataclass
class _Scorer:
    source: Source
    figures: Figures
    findings: list[Finding] = field(default_factory=list)

    @property
    def forms(self) -> Forms:
        return self.figures.forms

    def node(self, indicator: Indicator, path: Path, depth: int) -> Node:
        weight = indicator.weight
        refused = weight is not None and not isinstance(
            self._tried(lambda: check_points(weight, "分值", weight_places(self.forms)), (*path, "分值")), Decimal
        )
        if not indicator.below:
            return self._leaf(indicator, path, depth, refused)
        below = tuple(
            self.node(inner, (*path, "下级", index), depth + 1)
            for index, inner in enumerate(indicator.below)
            if inner.applies()
        )
        full = full_points(below)
        if indicator.rule:
            what = f"“{indicator.name}”有下级指标，得分由下级相加，不能再写“计分方法”"
            self._error("S004", (*path, "计分方法"), what)
        full = full if full is not None else indicator.weight
        return Node(indicator, path, depth, full, total_points(below), (), (), below)

    def _leaf(self, indicator: Indicator, path: Path, depth: int, refused: bool) -> Node:
        measured = self._tried(lambda: self.measured(indicator.name, indicator.measured), (*path, "测算"))
        if refused:
            scored: object = ""
        elif isinstance(measured, Measured) or measured is None:
            scored = self._tried(lambda: self._scored(indicator, measured), (*path, "参数"))
        else:
            scored = measured
        lines, actual = ((), "") if not isinstance(measured, Measured) else (measured.lines, _actual_text(measured))
        full = indicator.weight
        if isinstance(scored, Scored):
            lines = (*lines, *scored.lines)
            return Node(indicator, path, depth, full, scored.points, lines, scored.cuts, (), actual=actual)
        pending = scored if isinstance(scored, str) else ""
        if pending:
            what = f"“{indicator.name}”待评：缺少{pending}"
            self.findings.append(Finding("S010", Level.WARNING, self.source.where(path), what))
        return Node(indicator, path, depth, full, None, lines, (), (), pending, actual)

    def _tried(self, work: Callable[[], object], path: Path) -> object:
        """The result of `work`; a text saying what is not there yet; or "" after a finding."""
        try:
            return work()
        except Pending as pending:
            return str(pending)
        except KeyError as error:
            self._error("S001", path, f"没有叫“{error.args[0]}”的数", mend=nearest(str(error.args[0]), self._names()))
        except ScoringError as error:
            place = (*path[:-1], error.key) if error.key else path
            self._error("S002", place, str(error), mend="核对这里的数值和写法，用法见 docs/计分方法.md")
        return ""

    def _scored(self, indicator: Indicator, measured: Measured | None) -> Scored:
        if indicator.weight is None:
            raise Pending("分值")
        if not indicator.rule:
            raise Pending("计分方法")
        if indicator.parameters is None:
            raise Pending("")
        own = (indicator.target, indicator.actual)
        return self._part(indicator.name, indicator.rule, indicator.parameters, indicator.weight, measured, own)

    def _part(
        self,
        name: str,
        rule: str,
        parameters: object,
        full: Decimal,
        measured: Measured | None,
        own: tuple[object, object] = (None, None),
    ) -> Scored:
        def part(inner: str, given: object, inner_full: Decimal, inner_measured: object) -> Scored:
            measured = self.measured(name, inner_measured)
            scored = self._part(name, inner, given, inner_full, measured)
            return replace(scored, lines=(*measured.lines, *scored.lines)) if measured else scored

        scored: Scored = rules()[rule].score(
            Task(name, full, measured, self.forms, self.operand, part, *own), parameters
        )
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
            figure = self.figures.derived.get(str(said))
            raise Pending(f"{said}（{figure.derivation}）" if figure else str(said))
        found = operand(value, self.forms)
        if found is None:
            raise ScoringError(f"“{said}”是{_kind(value)}，不是一个可以计算的数")
        return found

    def _found(self, reference: Reference) -> object:
        """The figure of that name; None while the data does not say it; KeyError when there can be none."""
        name, derivable = reference.path, reference.path in self._derivable()
        try:
            value = self.figures.find(reference)
        except KeyError:
            if derivable:
                return None
            raise KeyError(name) from None
        *above, last = name.split(".")
        if value is None and not derivable and last not in known_keys(record_at(Evaluation, tuple(above))):
            raise KeyError(name)
        return value

    def _derivable(self) -> list[str]:
        """The names of the figures that derive.py gives, with or without their inputs."""
        survey = self.source.evaluation.survey
        questions = [f"问卷.{question.name}.{QUESTION_RATE}" for question in (survey.questions if survey else [])]
        return [f"{section}.{name}" for section, names in DERIVED.items() for name in names] + questions

    def _unit(self, name: str) -> Unit:
        units = self.source.evaluation.project.units if self.source.evaluation.project else []
        for unit in units:
            if name in (unit.name, unit.short, *unit.aliases):
                return unit
        raise ScoringError(f"“项目.单位”里没有“{name}”")

    def _survey(self, name: str) -> Figure:
        figure = self.figures.derived.get(f"问卷.{name}.{QUESTION_RATE}")
        if figure and isinstance(figure.value, Said):
            raise Pending(f"问卷“{name}”的得分率（{figure.derivation}）")
        if figure:
            return figure
        survey = self.source.evaluation.survey
        names = [question.name for question in survey.questions] if survey else []
        if name in names:
            raise Pending(f"问卷“{name}”的人数、系数或有效问卷数")
        raise ScoringError(f"“问卷.题目”里没有“{name}”。" + nearest(name, names) if names else "没有问卷题目")

    def _names(self) -> list[str]:
        return [*self._derivable(), *self.figures.derived, *figure_names(self.source.evaluation)]

    def check_survey(self) -> None:
        """Say it when more people chose an option of a question than there are valid answers."""
        survey = self.source.evaluation.survey
        for index, question in enumerate(survey.questions if survey else []):
            valid = survey.valid if survey else None
            weighted = any(option.weight is not None for option in question.options)
            if weighted and valid is not None and question.answers > valid:
                expected, actual = f"不超过{valid}", str(question.answers)
                what = f"问卷题目“{question.name}”各选项的人数之和是{actual}，超过了有效问卷数{valid}，算不出得分率"
                mend = "核对各选项的人数和有效份数"
                self._error("S006", ("问卷", "题目", index), what, expected=expected, actual=actual, mend=mend)

    def given(self, full: Decimal | None) -> GivenResult:
        """The result that the data gives, without the figures that cannot be: too fine, or above the full marks."""
        said = self.source.evaluation.result or GivenResult()
        refused: dict[str, None] = {}
        most = said.full if said.full is not None else full
        for attribute, name, points, limit in (("full", "满分", said.full, None), ("total", "总分", said.total, most)):
            try:
                if points is not None:
                    check_points(points, name, point_places(self.forms), limit)
            except ScoringError as error:
                self._error("S002", ("评价结果", name), str(error), mend=f"核对{name}")
                refused[attribute] = None
        return said.model_copy(update=refused)

    def _error(self, code: str, path: Path, what: str, **more: str) -> None:
        self.findings.append(Finding(code, Level.ERROR, self.source.where(path), what, **more))
