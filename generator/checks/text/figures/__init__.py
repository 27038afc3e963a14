"""Figures that a person typed in a text, held against the figures that the data holds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from ....fields import Record
from ....model import FundRow, Funds, Indicator
from ....names import own_names
from ....passages import HOLE, Passage
from ....records import aliases
from ....scores import DERIVED, QUESTION_RATE
from ....values import YUAN_IN, Day, Money, Quantity, Rate, Target, half_up
from ... import Case
from .. import sentence_around, sentences_of

Kind = Literal["rate", "money", "points", "count"]
PARTS = ("按单位", "按用途", "按来源", "按区域", "按子项目")
LONGEST_LABEL = 24
MARKS = ("", *"，。；、：（）\n")
SILENT = ("总体目标", "阶段性目标", "调整说明")  # what is aimed at, not what came of it
_FIGURE = re.compile(
    r"(?<![\dA-Za-z.,第])(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,8})?\s?"
    r"(%|％|亿元|万元|元|分(?![钟之期类项别部成]))?"
)
_FUZZY = re.compile(r"[约近超逾]$|不足$|将近$|大约$|超过$")
_OPEN_END = re.compile(r"[余多来几]|左右|以上|以下|以内|上下")
_LINK = re.compile(r"(?:资金|金额|总额|共计|合计|共|仅|只有|只|已|为|是|达到|达|约|：|:|\s|的){0,4}$")


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed in a text: where it stands, and its value (a rate in percent, money in 元, else as it is).

    `tail` is what follows a number that has no unit of money, rate or points; `step` is the worth of one of its last
    decimal places; `unit` its written unit.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    step: Decimal
    unit: str
    tail: str

    @property
    def digits(self) -> int:
        """How many digits tell it from others: 66万元 has two, 100% one."""
        return len((self.value / self.step).normalize().as_tuple().digits)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the data holds: the name by which a text prints it, its value, and what texts call it.

    `sure` tells labels that mean this figure alone; `unit` is a count's, "" where any will do, and `with_unit` tells
    that the name prints it too; `part` is the part of the project that the label names, "" for the whole; `aim`
    tells a target, which the actual figure may miss.
    """

    name: str
    kind: Kind
    value: Decimal
    labels: tuple[str, ...]
    sure: bool = False
    unit: str = ""
    with_unit: bool = False
    part: str = ""
    aim: bool = False

    def fits(self, typed: Typed) -> bool:
        """Whether the typed figure is of this one's kind and unit; “已开展49个，” may leave out of what (个社区)."""
        if self.kind != "count" or self.kind != typed.kind or typed.tail.startswith(self.unit):
            return self.kind == typed.kind
        return typed.tail[:1] == self.unit[0] and typed.tail[1:2] in MARKS

    def equals(self, typed: Typed) -> bool:
        """Whether the typed figure is this one, exactly."""
        return self.fits(typed) and self.value == typed.value

    def rounds_to(self, typed: Typed) -> bool:
        """Whether the typed figure is this one, rounded to what was typed."""
        return self.fits(typed) and half_up(self.value / typed.step, 0) == typed.value / typed.step


def typed_figures(text: str) -> Iterator[Typed]:
    """The exact figures of a text; those with 约, 余, 以上 and the like are left out."""
    for match in _FIGURE.finditer(text):
        unit = (match[3] or "").replace("％", "%")
        tail = text[match.end() : match.end() + 8]
        if _FUZZY.search(text[max(0, match.start() - 2) : match.start()]) or _OPEN_END.match(tail):
            continue
        worth = YUAN_IN.get(unit, Decimal(1))
        decimals = match[2] or ""
        value = Decimal(match[1].replace(",", "") + decimals) * worth
        kind: Kind = "rate" if unit == "%" else "points" if unit == "分" else "money" if unit in YUAN_IN else "count"
        step = Decimal(1).scaleb(-max(0, len(decimals) - 1)) * worth
        yield Typed(match.start(), match.start() + len(match[0].rstrip()), kind, value, step, unit, tail)


@dataclass(frozen=True)
class Catalogue:
    """The figures of the data, found by what texts call them and by their value."""

    known: tuple[Known, ...]

    @cached_property
    def by_label(self) -> Mapping[str, list[Known]]:
        """The figures that a label may mean."""
        found: dict[str, list[Known]] = defaultdict(list)
        for one in self.known:
            for label in dict.fromkeys(one.labels):
                found[label].append(one)
        return found

    @cached_property
    def _by_value(self) -> Mapping[tuple[Kind, Decimal], list[Known]]:
        found: dict[tuple[Kind, Decimal], list[Known]] = defaultdict(list)
        for one in self.known:
            found[one.kind, one.value].append(one)
        return found

    def meant(self, label: str | None, typed: Typed) -> list[Known]:
        """The figures that a typed one behind this label may be."""
        return [one for one in self.by_label.get(label or "", ()) if one.fits(typed)]

    def equal(self, typed: Typed) -> list[Known]:
        """The figures that the typed one is, exactly."""
        return [one for one in self._by_value.get((typed.kind, typed.value), ()) if one.equals(typed)]


@dataclass(frozen=True)
class Parts:
    """What the project is made of: units, areas and sub-projects; a figure behind one of them is its own."""

    names: frozenset[str]

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self.names})

    def named_in(self, text: str) -> set[str]:
        """Those that stand in a text; slices are looked up, for there may be thousands of names."""
        slices = {text[at : at + length] for length in self._lengths for at in range(len(text) - length + 1)}
        return slices & self.names


def label_before(text: str, at: int, labels: Container[str]) -> str | None:
    """The longest of the labels that stands before the figure at `at`, with at most a linking word between."""
    before = text[max(0, at - LONGEST_LABEL - 8) : at]
    link = _LINK.search(before)
    ends = [before, before[: link.start()] if link else before]
    # A linking word may itself end a label (实际到位资金), so that both are looked at, and what lies between.
    ends += [before[:cut] for cut in range(link.start() + 1, len(before))] if link else []
    tails = {end[-length:] for end in ends for length in range(1, min(len(end), LONGEST_LABEL) + 1)}
    return max((tail for tail in tails if tail in labels), key=len, default=None)


def known_figures(case: Case) -> Catalogue:
    """Every figure that the data gives or that follows from it, with the name that prints it."""
    found = (_of_funds(case), _of_survey(case), _of_implementation(case), _of_result(case), _of_goals(case))
    return Catalogue(tuple(one for figures in found for one in figures))


def _known(name: str, value: object, labels: Sequence[str], sure: bool = False, unit: str = "") -> Iterator[Known]:
    """The figure as a `Known`, where it is an exact one."""
    if isinstance(value, Money):
        yield Known(name, "money", value.yuan, tuple(labels), sure)
    elif isinstance(value, Rate):
        yield Known(name, "rate", value.percent, tuple(labels), sure)
    elif isinstance(value, Quantity) and value.number is not None and not value.fuzzy:
        yield Known(name, "count", value.number, tuple(labels), sure, value.unit or unit, True)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield Known(name, "count", Decimal(value), tuple(labels), sure, unit)


# What reports call the totals, beside the names of the fields; 使用率 is 支出率 or 执行率.
CALLED = {
    "预算": ("项目预算", "预算总额", "资金预算", "预算金额", "批复金额", "年度预算", "全年预算"),
    "到位": ("资金到位", "到位总额", "到位金额", "实际拨付", "实际下达"),
    "支出": ("总支出", "支出总额", "支出金额", "实际支付", "实际使用", "累计支出", "共支出", "全年执行"),
    "支出率": ("资金使用率", "使用率", "支出率"),
    "执行率": ("资金使用率", "使用率", "预算完成率", "执行率"),
    "结余": ("结余资金", "资金结余"),
    "未到位": ("尚未到位",),
}


def _of_funds(case: Case) -> Iterator[Known]:
    if case.data.funds is None:
        return
    derived = DERIVED["资金"]
    fields = {aliases(declared)[0]: aliases(declared) for declared in Funds.model_fields.values()}
    for name in dict.fromkeys((*fields, *derived)):
        said = [label for label in (*fields.get(name, ()), *CALLED.get(name, ())) if len(label) > 2 or label in BARE]
        labels = [*said, *([derived[name], name] if name in derived else [])]
        yield from _known(f"资金.{name}", case.figure(f"资金.{name}"), labels, sure=True)
    for kind, rows in own_names(case.data.funds):
        if kind in PARTS:
            yield from _of_rows(case, rows, f"资金.{kind}", case.figure("资金.支出"))
    for index, payment in enumerate(case.data.funds.payments):
        yield from _known(f"资金.支付[{index}].金额", payment.amount, (payment.name,))
        yield from _known(f"资金.支付[{index}].比例", payment.share, (f"{payment.name}比例",))


_ROW_LABELS = {
    "预算": ("预算", "预算资金", "预算金额"),
    "到位": ("到位", "实际到位", "到位资金", "实际到位资金"),
    "支出": ("支出", "实际支出", "支出资金", "实际支出资金"),
    "支出率": ("支出率", "使用率", "资金支出率", "资金使用率"),
    "到位率": ("到位率", "资金到位率"),
}


def _of_rows(case: Case, rows: list[FundRow], name: str, whole: object) -> Iterator[Known]:
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        own = f"{name}{step}"
        spent, received, budget = row.amount("spent"), row.amount("received"), row.amount("budget")
        amounts = {"预算": budget, "到位": received, "支出": spent, "最后到账金额": row.last_amount}
        called = row.name or "、".join(row.units)
        for key, amount in amounts.items():
            labels = [called + label for label in _ROW_LABELS.get(key, ())]
            yield from (replace(one, part=called) for one in _known(f"{own}.{key}", amount, labels))
        shares = (
            ("支出率", spent, received),
            ("到位率", received, budget),
            ("执行率", spent, budget),
            ("占比", spent, whole),
        )
        for key, part, base in shares:
            if isinstance(part, Money) and isinstance(base, Money) and base.yuan:
                rate = Rate.of(part.yuan, base.yuan, case.style.forms.rate)
                labels = [called + label for label in _ROW_LABELS.get(key, ())]
                yield from (replace(one, part=called) for one in _known(f"{own}.{key}", rate, labels))
        yield from _of_rows(case, row.parts, f"{own}.下级", spent)
        yield from _of_rows(case, row.by_purpose, f"{own}.按用途", spent)


def _steps(names: Iterable[str | None]) -> list[str]:
    """How a text reaches each item of a list: by its name, where only it has it and it can stand in a tag."""
    said = list(names)
    count = Counter(said)
    return [
        f".{own}" if own and own.isidentifier() and count[own] == 1 else f"[{index}]" for index, own in enumerate(said)
    ]


SURVEYED = {
    "发放": ("发放", "发放问卷", "发放调查问卷", "发放满意度调查问卷", "发出问卷", "发放问卷调查表"),
    "收回": ("收回", "回收", "收回问卷", "回收问卷", "收回调查问卷", "回收调查问卷"),
    "有效": ("有效", "有效问卷", "收回有效问卷", "回收有效问卷"),
    "满意": ("满意问卷",),
    "回收率": ("问卷回收率", "回收率"),
    "有效率": ("问卷有效率", "有效率"),
    "满意率": ("满意率", "总体满意率", "满意度", "总体满意度"),
}


def _of_survey(case: Case) -> Iterator[Known]:
    for name, labels in SURVEYED.items():
        sure = "满意" not in name
        yield from _known(f"问卷.{name}", case.figure(f"问卷.{name}"), labels, sure, "份")
    questions = case.data.survey.questions if case.data.survey else []
    fields = [] if case.data.survey is None else [name for name, _ in own_names(case.data.survey)]
    for index, (question, step) in enumerate(zip(questions, _steps(one.name for one in questions), strict=True)):
        own = f"问卷{step}" if step[0] == "." and question.name not in fields else f"问卷.题目[{index}]"
        labels = (f"{question.name}得分率", question.name, *(("满意率", "满意度") if "满意" in question.name else ()))
        yield from _known(f"{own}.得分率", case.figure(f"问卷.{question.name}.{QUESTION_RATE}"), labels)


def _of_implementation(case: Case) -> Iterator[Known]:
    said = case.data.implementation
    units = case.data.project.units if case.data.project else []
    kind = next((end for end in ("社区", "街道", "村", "学校", "医院") if units and _all_end(units, end)), None)
    if kind:
        for counter in ("个", "家", "所"):
            yield from _known("项目.单位数", len(units), (), unit=counter + kind)
    if said is None:
        return
    for name in ("总数", "已开展", "未开展", "已开展占比", "未开展占比"):
        if said.subject or name.endswith("占比"):
            labels = () if name == "总数" else (name,)
            yield from _known(f"实施.{name}", case.figure(f"实施.{name}"), labels, unit=f"个{said.subject or ''}")
    for activity, step in zip(said.activities, _steps(one.name for one in said.activities), strict=True):
        counts = [one.count for one in activity.by_area]
        exact = [one.number for one in counts if isinstance(one, Quantity) and one.number is not None and not one.fuzzy]
        if exact and len(exact) == len(counts) and activity.unit:
            total = Quantity("", sum(exact, Decimal()), activity.unit)
            yield from _known(f"实施.活动{step}.合计", total, (activity.name,))


def _all_end(units: Sequence[Record], end: str) -> bool:
    return all(str(dict(own_names(unit)).get("简称") or dict(own_names(unit))["名称"]).endswith(end) for unit in units)


TOTALS = ("总分", "总得分", "综合得分", "最终得分", "评价得分", "综合评分", "评价总分", "自评得分", "自评总分")


def _of_result(case: Case) -> Iterator[Known]:
    for name, value in (("总分", case.scores.total), ("满分", case.scores.full)):
        if value is not None:
            labels = TOTALS if name == "总分" else ("总分",)
            yield Known(f"评价结果.{name}", "points", value, labels, name == "总分")


def _of_goals(case: Case) -> Iterator[Known]:
    rows = case.data.goals.rows if case.data.goals else []
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        own = f"绩效目标.指标{step}"
        for name, goal in (("完成值.bare", row.actual), ("原值", row.declared), ("现值", row.adjusted)):
            yield from _goal(f"{own}.{name}", goal, row.name, name != "完成值.bare")
    yield from _of_indicators(case, case.data.indicators, "指标体系")
    for node in case.nodes:
        match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,8})?)%", node.actual)
        name = node.indicator.title or node.indicator.name
        if match:
            yield Known("", "rate", Decimal(match[1]), (name, node.indicator.name))
        if node.points is not None:
            yield Known("", "points", node.points, (f"{name}得分", f"{node.indicator.name}得分"))


def _of_indicators(case: Case, rows: list[Indicator], name: str) -> Iterator[Known]:
    for row, step in zip(rows, _steps(one.name for one in rows), strict=True):
        if step[0] == ".":  # what is 不适用 is not counted in the texts' list, so that a number would not do
            for key, goal in (("完成值", row.actual), ("指标值", row.target)):
                yield from _goal(f"{name}{step}.{key}.bare", goal, row.name, key == "指标值")
            yield from _of_indicators(case, row.below, f"{name}{step}.下级")


def _goal(name: str, goal: object, label: str, aim: bool) -> Iterator[Known]:
    """The number of a target, where it is exact: a text that prints one with a sign prints the sign as well."""
    if not isinstance(goal, Target) or goal.number is None:
        return
    named = name if goal.operator in ("", "=") else ""
    if goal.unit in ("%", *YUAN_IN):
        kind: Kind = "rate" if goal.unit == "%" else "money"
        yield Known(named, kind, goal.number * YUAN_IN.get(goal.unit, Decimal(1)), (label,), aim=aim)
    elif goal.unit:
        yield Known(named, "count", goal.number, (label,), unit=goal.unit, with_unit=True, aim=aim)


# What makes a figure another one's than the label says: in its clause, or anywhere before it in the sentence.
_IN_CLAUSE = re.compile(
    r"每|各|分别|另|首笔|首付|尾款|[一二三四五首末]批|上年|去年|往年|目标|指标值|要求|标准|不低于|不少于|不得|计划|预计|拟|"
    r"若|如果|假设|平均|季度|申报|设定|及时到位|配套|市级|区级|县级|省级|中央|乡镇|街道"
)
_BEFORE = re.compile(r"其中|分别为|上年|去年|往年|目标|要求")
BARE = ("预算", "到位", "支出", "结余", "发放", "收回", "回收", "有效")  # labels that must stand alone in their clause
_AFTER = re.compile(r"[的）)]{0,2}(?:目标|要求|标准|以上|以下|及以上|得|扣|就|才|的目标|的要求)")
_PLAIN = frozenset("一二三四五六是本该项目资金专经费全年度财政实际共总累计截至其月日底末止、0123456789 " + HOLE)


@dataclass(frozen=True, slots=True)
class Said:
    """A typed figure, the label before it, and the figures of the data that this label means.

    `plain` tells that nothing else stands in the clause that could make the figure another one's.
    """

    typed: Typed
    label: str
    known: tuple[Known, ...]
    plain: bool


def said_figures(text: str, known: Catalogue, years: Container[int], parts: Parts) -> Iterator[Said]:
    """The typed figures with a label; those of unnamed parts of the project, other years and goals are left out."""
    for typed in typed_figures(text):
        label = label_before(text, typed.start, known.by_label)
        meant = tuple(known.meant(label, typed))
        if not label or not meant:
            continue
        start, end = sentence_around(text, typed.start)
        at = text.rfind(label, start, typed.start)
        if at < 0 or _AFTER.match(text, typed.end) or text[max(start, at - 1) : at] in ("应", "未", "欠"):
            continue
        before, clause = text[start:at], re.split("[，：]", text[start:at])[-1]
        named = parts.named_in(before)
        meant = tuple(one for one in meant if all(part in one.name for part in named) and (one.part or not named))
        if all(one.aim for one in meant) or (not meant[0].part and _BEFORE.search(before)):
            continue
        if _IN_CLAUSE.search(clause + re.split("[，：]", text[typed.end : end])[0]):
            continue
        if any(int(other) not in years for other in re.findall(r"(?<!\d)((?:19|20)\d\d)年", text[start:end])):
            continue
        plain = set(re.split("[（；]", clause)[-1]) <= _PLAIN
        if plain or label not in BARE:
            yield Said(typed, label, meant, plain)


def names_of_parts(case: Case) -> Parts:
    """The names of what the project is made of."""
    found: list[str] = []
    units = case.data.project.units if case.data.project else []
    if len(units) > 1:
        found += [name for unit in units for name in (unit.name, unit.short, *unit.aliases) if name]
    pending: list[FundRow] = []
    for kind, rows in own_names(case.data.funds) if case.data.funds else ():
        pending += rows if kind in ("按单位", "按区域", "按子项目") else []
    whole = {case.data.project.name, case.data.report.title} if case.data.project else set()
    while pending:
        row = pending.pop()
        found += [*row.units, *([row.name] if row.name else [])]
        pending += row.parts
    if case.data.implementation:
        found += [area.area for one in case.data.implementation.activities for area in one.by_area]
    return Parts(frozenset(name for name in found if len(name) >= 2 and name not in whole))


def contradictions(case: Case) -> Iterator[tuple[Passage, Said]]:
    """The typed figures of the texts that none of the figures meant by their label rounds to."""
    known, parts, years = known_figures(case), names_of_parts(case), _years(case)
    for passage in told(case):
        for said in said_figures(passage.typed, known, years, parts):
            if not any(one.rounds_to(said.typed) for one in said.known):
                yield passage, said


def told(case: Case) -> Iterator[Passage]:
    """The texts that tell what came of the project."""
    for passage in sentences_of(case):
        if passage.path[0] != "绩效目标" or passage.path[-1] not in SILENT:
            yield passage


def _years(case: Case) -> set[int]:
    """The years of which the figures of the data are: the project's own, and the one up to which they count."""
    cutoff = case.data.report.cutoff
    years = {case.data.project.year} if case.data.project and case.data.project.year else set()
    return years | ({cutoff.year} if isinstance(cutoff, Day) else set())
