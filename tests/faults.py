"""Plants faults in the samples, one at a time, and counts how many `jixiao check` finds: `python -m tests.faults`.

A kind of fault is a function: what a reviewer could see from the data alone.  Its docstring is its row in the page
docs/植入的错误.md: subject and name (`资金：金额多写。`), then how it is planted, and what is not counted and why.  It
yields every place of a sample where the fault contradicts something else, whether a check finds it or not.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from generator import language, values
from generator.context import context
from generator.fields import Path as Place
from generator.fields import Record
from generator.findings import Finding, Level, ReportError
from generator.load import load
from generator.model import Evaluation, FundRow, Funds, Source, summed
from generator.names import own_names, path_of
from generator.pipeline import Judged, Reviewed, judge, review
from generator.score import measure_parameters, rule_parameters
from generator.sources import read_tree
from generator.values import Day, Money, Rate, plain

PROJECT = Path(__file__).parent.parent
SAMPLES = sorted((PROJECT / "samples").glob("*.yaml"))
PAGE = PROJECT / "docs" / "植入的错误.md"
Column = Literal["first_budget", "budget", "received", "spent"]
COLUMNS: dict[str, Column] = {"年初预算": "first_budget", "预算": "budget", "到位": "received", "支出": "spent"}
DIMENSIONS = ("by_unit", "by_purpose", "by_source", "by_area", "by_subproject")
CALENDAR = ("计划开始", "计划完成", "完成时限", "实际完成")
NEAR = ("资金", "问卷", "报告", "项目", "实施", "评价结果", "文件", "依据")
WORDED = ("正文", "主要经验", "问题", "绩效目标")
FOREIGN = {"社区": "白云里社区", "街道": "白云里街道", "道": "白云道", "区": "白云区", "县": "白云县", "镇": "白云镇"}
NUMERALS = "一二三四五六七八九十"
MOST = 12


@dataclass(frozen=True)
class Fault:
    """One alteration: where, what it was and is, and how it is made; `words` name the value or the thing."""

    place: Place
    what: str
    sound: Any = field(repr=False)
    alter: Callable[[Any], None] = field(repr=False)
    words: tuple[str, ...] = ()

    @property
    def tree(self) -> Any:
        """The plain data with the fault."""
        tree = copy.deepcopy(self.sound)
        self.alter(tree)
        return tree


@dataclass
class Sample:
    """A sample as plain data, with what the program makes of it."""

    path: Path

    @cached_property
    def tree(self) -> Any:
        return read_tree(self.path).data

    @cached_property
    def judged(self) -> Judged:
        return judge(self.path)

    @cached_property
    def reviewed(self) -> Reviewed:
        return review(self.path)

    @cached_property
    def names(self) -> Any:
        judged = self.judged
        return context(judged.source, judged.style, judged.figures, judged.scores).names

    @property
    def data(self) -> Evaluation:
        return self.judged.source.evaluation

    def at(self, place: Place) -> Any:
        """The plain data at a place."""
        found = self.tree
        for step in place:
            found = found[step]
        return found

    def has(self, place: Place) -> bool:
        try:
            self.at(place)
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def texts(self, *sections: str) -> Iterator[tuple[Place, str]]:
        """Every scalar of some sections (of all, when none is named), in order."""
        for place, text in scalars(self.tree, ()):
            if not sections or place[0] in sections:
                yield place, text

    def put(self, place: Place, value: Any, *words: str, what: str = "") -> Fault:
        """The fault that a value is another."""
        told_ = what or f"{_short(self.at(place))} → {_short(value)}"
        named = [word for word in (*words, str(value)) if 1 < len(word) < 40]
        words = (*named, *called(self.tree, place))
        return Fault(place, told_, self.tree, lambda tree: _set(tree, place, value), words)

    def swap(self, place: Place, other: Place) -> Fault:
        """The fault that two values stand at each other's place."""
        one, two = self.at(place), self.at(other)

        def alter(tree: Any) -> None:
            _set(tree, place, two)
            _set(tree, other, one)

        return Fault(place, f"{one} 与 {two} 互换", self.tree, alter, (one, two, *called(self.tree, place)))

    def drop(self, place: Place) -> Fault:
        """The fault that a value is not there."""

        def alter(tree: Any) -> None:
            del _holder(tree, place)[place[-1]]

        return Fault(place, "删去", self.tree, alter, called(self.tree, place))

    def double(self, place: Place) -> Fault:
        """The fault that an item of a list stands there twice."""
        index = place[-1]
        assert isinstance(index, int)

        def alter(tree: Any) -> None:
            items_ = _holder(tree, place)
            items_.insert(index + 1, copy.deepcopy(items_[index]))

        words = called(self.tree, (*place, ""))
        return Fault((*place[:-1], index + 1), "写了两遍", self.tree, alter, words)


def scalars(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*place, index))
    elif isinstance(value, str):
        yield place, value


def called(tree: Any, place: Place) -> tuple[str, ...]:
    """The name of the record that holds a value, and of the records around it."""
    found: list[str] = []
    holder = tree
    for step in place[:-1]:
        holder = holder[step]
        if isinstance(holder, dict):
            found += [str(holder[key]) for key in ("名称", "简称", "三级", "标题", "选项", "要点") if holder.get(key)]
    return tuple(found[-2:])


def _holder(tree: Any, place: Place) -> Any:
    """What holds the value at a place."""
    for step in place[:-1]:
        tree = tree[step]
    return tree


def _set(tree: Any, place: Place, value: Any) -> None:
    _holder(tree, place)[place[-1]] = value


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 30 else text[:14] + "…" + text[-14:]


# What counts as found


class _Dumper(yaml.SafeDumper):
    """Writes a data file as a person does: one value a line, paragraphs under |."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written(tree: Any) -> str:
    """The data file of plain data."""
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)


@contextmanager
def saved(tree: Any) -> Iterator[Path]:
    """Plain data as a file, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "项目.yaml"
        path.write_text(written(tree), encoding="utf-8")
        yield path


def findings_of(tree: Any) -> Sequence[Finding]:
    """What `jixiao check` says of plain data."""
    with saved(tree) as path:
        try:
            return review(path).findings
        except ReportError as error:
            return error.findings


def read(tree: Any) -> Source | None:
    """Plain data as the program reads it; None when it cannot."""
    with saved(tree) as path:
        try:
            return load(path, rule_parameters(), measure_parameters())[0]
        except ReportError:
            return None


def message(finding: Finding) -> str:
    """What a finding says, without the numbers of lines, which an alteration may move."""
    return f"{finding.code} {finding.level} " + re.sub(r"第\d+行", "", finding.what)


def caught(fault: Fault, before: Sequence[Finding]) -> Finding | None:
    """The gravest finding that the fault brings, and that names its place or its value; None when there is none."""
    levels = list(Level)
    return min(_brought(fault, before), key=lambda finding: levels.index(finding.level), default=None)


def _brought(fault: Fault, before: Sequence[Finding]) -> Iterator[Finding]:
    known = Counter(map(message, before))
    spots = {(finding.code, finding.level, finding.data) for finding in before if finding.data}
    source: Source | None = None
    for finding in findings_of(fault.tree):
        if known[message(finding)]:
            known[message(finding)] -= 1
            continue
        said = f"{finding.what} {finding.expected} {finding.actual} {finding.quoted}"
        if any(word in said for word in fault.words):
            yield finding
            continue
        source = source or read(fault.tree)
        if source is None or (
            (finding.code, finding.level, finding.data) not in spots and _near(source, finding, fault.place)
        ):
            yield finding


def _near(source: Source, finding: Finding, place: Place) -> bool:
    """Whether a finding stands at the altered value, at what holds it, or at its neighbour in the same record."""
    if finding.data:
        return _beside(path_of(source.evaluation, finding.data) or (), place)
    line = finding.where.line or 0
    lines = sorted({spot.line or 0 for spot in source.places.values() if (spot.line or 0) <= line})
    return any(_beside(path, place) for path, spot in source.places.items() if lines and spot.line == lines[-1])


def _beside(found: Place, place: Place) -> bool:
    if not found:
        return False
    if found[0] == place[0] and found[0] in NEAR:
        return True
    shared = min(len(found), len(place))
    return found[:shared] == place[:shared] or (len(place) > 2 and found[: len(place) - 1] == place[:-1])


# Kinds of faults

Kind = Callable[[Sample], Iterator[Fault]]
KINDS: list[Kind] = []


def kind(function: Kind) -> Kind:
    """Counts the function's faults."""
    KINDS.append(function)
    return function


# 资金


def amounts(sample: Sample) -> Iterator[tuple[Place, Money]]:
    """Every typed amount of 资金."""
    for place, value in typed_values(sample.data.funds, ("资金",)):
        if isinstance(value, Money) and sample.has(place):
            yield place, value


def typed_values(value: object, place: Place) -> Iterator[tuple[Place, Any]]:
    """Every typed value below a record."""
    if isinstance(value, Record):
        for name, inner in own_names(value):
            yield from typed_values(inner, (*place, name))
    elif isinstance(value, (list, dict)):
        for step, inner in enumerate(value) if isinstance(value, list) else value.items():
            yield from typed_values(inner, (*place, step))
    elif value is not None:
        yield place, value


def contradictions(funds: Funds | None) -> set[str]:
    """What of the amounts a reviewer sees not to fit, worked out here anew, apart from the program's checks."""
    found: set[str] = set()
    if funds is None:
        return found
    for column in COLUMNS.values():
        sums = {name: total for name in DIMENSIONS if (total := summed(getattr(funds, name), column)) is not None}
        whole = getattr(funds, column)
        if isinstance(whole, Money):
            sums["whole"] = whole
        known = sorted(sums.items())
        found |= {
            f"{column} {one} {other} {abs(a.yuan - b.yuan)}"
            for index, (one, a) in enumerate(known)
            for other, b in known[index + 1 :]
            if a.yuan != b.yuan
        }
    for name in DIMENSIONS:
        for row in getattr(funds, name):
            found |= set(_row_contradictions(row, name))
    totals = {column: _total(funds, column) for column in COLUMNS.values()}
    found |= set(_disorder(totals, "whole"))
    budget, first, more = funds.budget, funds.first_budget, funds.adjustment
    if isinstance(budget, Money) and isinstance(first, Money) and isinstance(more, Money):
        found |= {f"adjusted {budget}"} if first.yuan + more.yuan != budget.yuan else set()
    given = totals["first_budget"] if totals["budget"] is None else totals["budget"]
    spent = totals["spent"]
    if isinstance(funds.carried, Money) and isinstance(funds.taken_back, Money) and spent and totals["received"]:
        left = {totals["received"].yuan - spent.yuan, given.yuan - spent.yuan if given else None}
        kept = funds.carried.yuan + funds.taken_back.yuan
        found |= {f"left {kept}"} if kept not in left else set()
    return found


def _total(funds: Funds, column: Column) -> Money | None:
    said = getattr(funds, column)
    if isinstance(said, Money):
        return said
    key = dict(zip(("按单位", "按用途", "按来源", "按区域", "按子项目"), DIMENSIONS, strict=True))
    return summed(getattr(funds, key[funds.total_of]), column) if funds.total_of else None


def _row_contradictions(row: FundRow, name: str) -> Iterator[str]:
    called_ = f"{name} {row.name} {row.units}"
    for column in COLUMNS.values():
        own, below = getattr(row, column), summed(row.parts, column)
        if isinstance(own, Money) and below is not None and own.yuan != below.yuan:
            yield f"{called_} {column} parts"
    own, purposes = row.amount("spent"), summed(row.by_purpose, "spent")
    listed = [part.spent.yuan for part in row.by_purpose if isinstance(part.spent, Money)]
    if (
        isinstance(own, Money)
        and listed
        and (sum(listed) > own.yuan or (purposes and len(listed) > 1 and purposes.yuan != own.yuan))
    ):
        yield f"{called_} purposes"
    yield from _disorder({column: row.amount(column) for column in COLUMNS.values()}, called_)
    received = row.amount("received")
    if isinstance(row.last_amount, Money) and isinstance(received, Money) and row.last_amount.yuan > received.yuan:
        yield f"{called_} last"
    for part in row.parts:
        yield from _row_contradictions(part, called_)


def _disorder(amounts_: dict[Any, Any], called_: str) -> Iterator[str]:
    for small, large in (
        ("spent", "received"),
        ("received", "budget"),
        ("spent", "budget"),
        ("received", "first_budget"),
    ):
        less, more = amounts_.get(small), amounts_.get(large)
        if large == "first_budget" and amounts_.get("budget") is not None:
            continue
        if isinstance(less, Money) and isinstance(more, Money) and less.yuan > more.yuan:
            yield f"{called_} {small} {large}"


def altered_amounts(sample: Sample, change: Callable[[Money], Decimal | None]) -> Iterator[Fault]:
    """The faults of amounts that contradict another one afterwards."""
    before = contradictions(sample.data.funds)
    for place, amount in amounts(sample):
        yuan = change(amount)
        if yuan is None or yuan == amount.yuan or yuan < 0:
            continue
        fault = sample.put(place, f"{plain(yuan)}元", plain(yuan), what=f"{plain(amount.yuan)}元 → {plain(yuan)}元")
        altered = _changed(sample.data.funds, place[1:], Money(yuan))
        if contradictions(altered) - before:
            yield fault


def _changed(record: Any, place: Place, value: object) -> Any:
    """A record with the value at a place replaced."""
    if not place:
        return value
    if isinstance(record, list):
        index = place[0]
        return [_changed(inner, place[1:], value) if step == index else inner for step, inner in enumerate(record)]
    names = {declared.serialization_alias: attribute for attribute, declared in type(record).model_fields.items()}
    attribute = names[str(place[0])]
    return record.model_copy(update={attribute: _changed(getattr(record, attribute), place[1:], value)})


def _step(sample: Sample) -> int:
    return 10 if sample.tree["金额单位"] == "元" else 1000


@kind
def more_money(sample: Sample) -> Iterator[Fault]:
    """资金：金额多写。每个金额多10元（以万元为单位的多0.1万元）。只填一次、没有别的数可以对照的金额不计。"""
    yield from altered_amounts(sample, lambda amount: amount.yuan + _step(sample))


@kind
def less_money(sample: Sample) -> Iterator[Fault]:
    """资金：金额少写。每个金额少10元（或0.1万元）。同上。"""
    yield from altered_amounts(sample, lambda amount: amount.yuan - _step(sample))


@kind
def swapped_digits(sample: Sample) -> Iterator[Fault]:
    """资金：数字颠倒。金额里第一对不同的相邻数字互换。同上。"""

    def swapped(amount: Money) -> Decimal | None:
        digits = plain(amount.yuan)
        for index, (one, other) in enumerate(pairwise(digits)):
            if one.isdigit() and other.isdigit() and one != other and (index or other != "0"):
                return Decimal(digits[:index] + other + one + digits[index + 2 :])
        return None

    yield from altered_amounts(sample, swapped)


@kind
def yuan_for_wan(sample: Sample) -> Iterator[Fault]:
    """资金：万元写成元。每个金额除以一万。为0的不计；最后到账金额可大可小，也不计。"""
    for place, amount in amounts(sample):
        if amount.yuan and place[-1] != "最后到账金额" and len(list(amounts(sample))) > 1:
            yuan = amount.yuan / 10000
            yield sample.put(place, f"{plain(yuan)}元", plain(yuan))


@kind
def wan_for_yuan(sample: Sample) -> Iterator[Fault]:
    """资金：元写成万元。每个金额乘以一万。为0的不计。"""
    for place, amount in amounts(sample):
        if amount.yuan and len(list(amounts(sample))) > 1:
            yuan = amount.yuan * 10000
            yield sample.put(place, f"{plain(yuan)}元", plain(yuan))


@kind
def payment_shares(sample: Sample) -> Iterator[Fault]:
    """资金：付款比例改动。每个分期付款的比例加5个百分点。"""
    for index, payment in enumerate(sample.data.funds.payments if sample.data.funds else []):
        if isinstance(payment.share, Rate):
            yield sample.put(("资金", "支付", index, "比例"), f"{plain(payment.share.percent + 5)}%")


@kind
def doubled_rows(sample: Sample) -> Iterator[Fault]:
    """资金：一行写了两遍。每一行（单位、用途、来源、区域及其下级）。"""
    for place in items(sample, "资金"):
        yield sample.double(place)


@kind
def dropped_fund_reasons(sample: Sample) -> Iterator[Fault]:
    """资金：未使用的原因漏写。删去支出为0的一行的原因或说明。"""
    for place, _ in sample.texts("资金"):
        if place[-1] in ("原因", "说明") and sample.at(place[:-1]).get("支出") == "0":
            yield sample.drop(place)


def items(sample: Sample, section: str) -> Iterator[Place]:
    """Every record in a list of a section."""
    for place, value in _lists(sample.tree.get(section), (section,)):
        yield from ((*place, index) for index, item in enumerate(value) if isinstance(item, dict))


def _lists(value: Any, place: Place) -> Iterator[tuple[Place, list[Any]]]:
    if isinstance(value, list):
        yield place, value
    for step, inner in (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    ):
        yield from _lists(inner, (*place, step))


# 问卷


def options(sample: Sample) -> Iterator[tuple[Place, Any, Any]]:
    for index, question in enumerate(sample.data.survey.questions if sample.data.survey else []):
        for step, option in enumerate(question.options):
            yield ("问卷", "题目", index, "选项", step), question, option


@kind
def option_counts(sample: Sample) -> Iterator[Fault]:
    """问卷：选项人数改动。每个选项的人数加1、减1，不再等于有效问卷数。"""
    for place, _, option in options(sample):
        for change in (1, -1):
            if option.count is not None and option.count + change >= 0:
                yield sample.put((*place, "人数"), str(option.count + change))


@kind
def survey_counts(sample: Sample) -> Iterator[Fault]:
    """问卷：份数次序颠倒。发放改得比收回少，收回改得比有效少，有效加1、减1，满意改得比有效多。"""
    survey = sample.data.survey
    if survey is None:
        return
    for name, value, changed in (
        ("发放", survey.issued, (survey.returned or 0) - 1),
        ("收回", survey.returned, (survey.valid or 0) - 1),
        ("有效", survey.valid, (survey.valid or 0) + 1),
        ("有效", survey.valid, (survey.valid or 0) - 1),
        ("满意", survey.satisfied, (survey.valid or 0) + 1),
    ):
        if value is not None:
            yield sample.put(("问卷", name), str(changed))


@kind
def swapped_weights(sample: Sample) -> Iterator[Fault]:
    """问卷：系数颠倒。相邻两个选项的系数互换，较差的回答系数反而高。系数相同的不计。"""
    for place, question, option in options(sample):
        step = place[-1]
        assert isinstance(step, int)
        if step and str(question.options[step - 1].weight) != str(option.weight):
            yield sample.swap((*place, "系数"), (*place[:-1], step - 1, "系数"))


@kind
def weight_notes(sample: Sample) -> Iterator[Fault]:
    """问卷：系数不一的说明漏写。各题系数不同，删去不同的那一题的说明。"""
    survey = sample.data.survey
    for index, question in enumerate(survey.questions if survey else []):
        own = [str(option.weight) for option in question.options]
        alike = [one for one in survey.questions if len(one.options) == len(own)] if survey else []
        usual = Counter(tuple(str(option.weight) for option in one.options) for one in alike).most_common(1)[0]
        if question.remark and len(alike) > 1 and usual[1] > 1 and tuple(own) != usual[0]:
            yield sample.drop(("问卷", "题目", index, "说明"))


# 分值和得分


def indicators(sample: Sample) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every indicator as plain data."""
    pending: list[tuple[Place, Any]] = [
        (("指标体系", index), one) for index, one in enumerate(sample.tree.get("指标体系") or ())
    ]
    while pending:
        place, one = pending.pop(0)
        yield place, one
        pending += [((*place, "下级", index), inner) for index, inner in enumerate(one.get("下级") or ())]


@kind
def weights(sample: Sample) -> Iterator[Fault]:
    """得分：分值改动。每个写明的分值加1、减1，合计不再相符。"""
    for place, one in indicators(sample):
        for change in (1, -1):
            if "分值" in one and Decimal(one["分值"]) + change > 0:
                yield sample.put((*place, "分值"), plain(Decimal(one["分值"]) + change))


@kind
def direct_scores(sample: Sample) -> Iterator[Fault]:
    """得分：直接评的分改动。直接评分减1分（理由仍说达到目标）、改为比分值多1分。"""
    for place, one in indicators(sample):
        if one.get("计分方法") == "直接评分":
            score = Decimal(one["参数"]["得分"])
            for changed in (score - 1, Decimal(one["分值"]) + 1):
                yield sample.put((*place, "参数", "得分"), plain(changed))


@kind
def graded_scores(sample: Sample) -> Iterator[Fault]:
    """得分：评分超出档次。定性分档的评分改为不在评定的档次里。"""
    for place, one in indicators(sample):
        if one.get("计分方法") == "定性分档":
            yield sample.put((*place, "参数", "评分"), plain(Decimal(one["分值"]) / 5))


@kind
def turned_points(sample: Sample) -> Iterator[Fault]:
    """得分：要点是否达到改动。没有说明的“是”改成“否”（扣分没有理由），有说明的“否”改成“是”（说明仍说没有达到）。"""
    for place, one in indicators(sample):
        for index, point in enumerate((one.get("参数") or {}).get("要点") or ()):
            turned = "否" if point.get("达到") == "是" else "是"
            yield sample.put((*place, "参数", "要点", index, "达到"), turned)


@kind
def dropped_points(sample: Sample) -> Iterator[Fault]:
    """得分：要点漏列。删去一项要点，与评分标准或指标说明里的项数不再相符。"""
    for place, one in indicators(sample):
        listed = re.search(r"[①-⑳].*[①-⑳]", str(one.get("说明")), re.DOTALL)
        counted = re.search(r"[一二三四五六七八九十两]项要点", str(one.get("评分标准")))
        for index, _ in enumerate((one.get("参数") or {}).get("要点") or ()):
            if listed or counted:
                yield sample.drop((*place, "参数", "要点", index))


@kind
def rule_figures(sample: Sample) -> Iterator[Fault]:
    """得分：计分参数改动。参数里的基准、每档、扣分等改动，与评分标准的文字不再相符。评分标准里没有写这个数的不计。"""
    for place, one in indicators(sample):
        standard = str(one.get("评分标准"))
        for inner, text in scalars(one.get("参数"), (*place, "参数")):
            match = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", text)
            keys = ("基准", "每档", "每档扣分", "每档扣减比例", "不得分线", "目标值", "满分线", "标准", "扣减基数")
            if match and inner[-1] in keys and re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", standard):
                yield sample.put(inner, plain(Decimal(match[1]) / 2) + match[2])


@kind
def manual_cuts(sample: Sample) -> Iterator[Fault]:
    """得分：扣分与标准不符。扣分改为两倍，与所写的标准不再相符。没有写标准的（人工评定）不计。"""
    for place, one in indicators(sample):
        for index, cut in enumerate((one.get("参数") or {}).get("扣分项") or ()):
            if cut.get("标准") and cut.get("扣分"):
                yield sample.put((*place, "参数", "扣分项", index, "扣分"), plain(Decimal(cut["扣分"]) * 2))


@kind
def lower_actuals(sample: Sample) -> Iterator[Fault]:
    """得分：指标完成值改小。完成值改为一半，达不到指标值而没有原因。按“≤”考核的、完成值是文字的不计。"""
    for place, one in indicators(sample):
        match = re.fullmatch(r"(=?)(\d+)(.*)", str(one.get("完成值")))
        if match and not str(one.get("指标值")).startswith(("≤", "<")) and int(match[2]) > 1:
            yield sample.put((*place, "完成值"), f"{match[1]}{int(match[2]) // 2}{match[3]}")


@kind
def given_results(sample: Sample) -> Iterator[Fault]:
    """得分：给出的总分与等级不符。总分加15分，或换成别的等级，或换成样式没有的等级。"""
    result = sample.data.result
    if result and result.total is not None and result.grade:
        yield sample.put(("评价结果", "总分"), plain(result.total + 15))
        others = [band.name for band in sample.judged.style.file.grades if band.name != result.grade]
        for grade in (*others, "合格"):
            yield sample.put(("评价结果", "等级"), grade)


@kind
def dropped_reasons(sample: Sample) -> Iterator[Fault]:
    """得分：扣分原因漏写。删去扣分原因、没有达到的要点的说明、扣分的事由、评分的理由。得满分的不计。"""
    lost = {node.path for node in sample.judged.scores.leaves() if node.points != node.full}
    for place, one in indicators(sample):
        if place not in lost:
            continue
        for inner, _ in scalars(one, place):
            point = sample.at(inner[:-1])
            missed = inner[-1] == "说明" and isinstance(point, dict) and point.get("达到") == "否"
            if inner[-1] in ("扣分原因", "事由", "理由") or missed:
                yield sample.drop(inner)


@kind
def doubled_indicators(sample: Sample) -> Iterator[Fault]:
    """得分：指标写了两遍。每个末级指标。"""
    for place, one in indicators(sample):
        if "下级" not in one and "不适用" not in one:
            yield sample.double(place)


# 绩效目标

TURNED = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}


def goals(sample: Sample) -> Iterator[tuple[Place, dict[str, Any]]]:
    for index, row in enumerate((sample.tree.get("绩效目标") or {}).get("指标") or ()):
        yield ("绩效目标", "指标", index), row


@kind
def turned_signs(sample: Sample) -> Iterator[Fault]:
    """目标：符号颠倒。指标值的≥与≤、>与<互换；比率的“=”改为“≤”。"""
    for place, row in (*indicators(sample), *goals(sample)):
        for key in ("指标值", "调整后"):
            written_ = str(row.get(key) or "")
            if written_[:1] in TURNED:
                yield sample.put((*place, key), TURNED[written_[0]] + written_[1:])
            elif re.fullmatch(r"=\d+(?:\.\d+)?%", written_):
                yield sample.put((*place, key), "≤" + written_[1:])


@kind
def raised_targets(sample: Sample) -> Iterator[Fault]:
    """目标：指标值改高。指标的指标值改为完成值的两倍，达不到而没有原因。完成值是文字的不计。"""
    for place, one in indicators(sample):
        actual = re.fullmatch(r"=?(\d+)(.*)", str(one.get("完成值")))
        target = re.fullmatch(r"([=≥])(\d+)(.*)", str(one.get("指标值")))
        if actual and target and not target[3].startswith("%"):
            yield sample.put((*place, "指标值"), f"{target[1]}{int(actual[1]) * 2}{target[3]}")


@kind
def other_targets(sample: Sample) -> Iterator[Fault]:
    """目标：申报的指标值与评分标准不符。计分所用的那个指标值改动，与对应指标的评分标准（含指标值的数字）不再相符。"""
    named = {str(one["名称"]): one for _, one in indicators(sample)}
    for place, row in goals(sample):
        key = "调整后" if row.get("调整后") and row.get("计分采用") != "指标值" else "指标值"
        match = re.fullmatch(r"([=≥≤]?)(\d+)%", str(row.get(key)))
        one = named.get(str(row.get("对应指标")))
        if match and one and f"{match[2]}%" in f"{one.get('评分标准')}{one.get('说明')}":
            changed = int(match[2]) + (-7 if int(match[2]) > 10 else 3)
            yield sample.put((*place, key), f"{match[1]}{changed}%")


@kind
def goal_actuals(sample: Sample) -> Iterator[Fault]:
    """目标：完成值与指标算出的不符。申报目标的完成值改动。没有对应指标的不计。"""
    for place, row in goals(sample):
        match = re.fullmatch(r"(=?)(\d+)(.*)", str(row.get("完成值")))
        if match and row.get("对应指标"):
            changed = int(match[2]) - (3 if int(match[2]) > 10 else 1)
            yield sample.put((*place, "完成值"), f"{match[1]}{changed}{match[3]}")


@kind
def goal_links(sample: Sample) -> Iterator[Fault]:
    """目标：没有对应的指标。删去对应指标，或改成没有的指标；删去不单独计分的说明。名称与指标相同的，不写也对得上，不计删去。"""
    for place, row in goals(sample):
        if row.get("对应指标"):
            yield sample.put((*place, "对应指标"), str(row["对应指标"])[:-1] + "项")
            if not row.get("说明") and row["三级"] != row["对应指标"]:
                yield sample.drop((*place, "对应指标"))
        elif row.get("说明"):
            yield sample.drop((*place, "说明"))


@kind
def goal_reasons(sample: Sample) -> Iterator[Fault]:
    """目标：调整的原因漏写。删去调整原因。"""
    for place, row in goals(sample):
        if row.get("调整原因"):
            yield sample.drop((*place, "调整原因"))


@kind
def adjusted_afterwards(sample: Sample) -> Iterator[Fault]:
    """目标：事后把目标调成完成值。调整后改为与完成值相同。原来就相同的不计。"""
    for place, row in goals(sample):
        if row.get("调整后") and row.get("完成值") and row["调整后"].lstrip("=≥≤") != row["完成值"].lstrip("="):
            yield sample.put((*place, "调整后"), "=" + row["完成值"].lstrip("="))


@kind
def doubled_goals(sample: Sample) -> Iterator[Fault]:
    """目标：申报的指标写了两遍。"""
    for place, _ in goals(sample):
        yield sample.double(place)


# 日期


def days(sample: Sample) -> Iterator[tuple[Place, Day]]:
    for place, value in typed_values(sample.data, ()):
        if isinstance(value, Day) and sample.has(place):
            yield place, value


def as_text(day: date) -> str:
    return day.isoformat()


@kind
def impossible_days(sample: Sample) -> Iterator[Fault]:
    """日期：没有的日子。每个日期改为同年的2月30日。"""
    for place, day in days(sample):
        yield sample.put(place, f"{day.first.year}-02-30")


@kind
def other_decades(sample: Sample) -> Iterator[Fault]:
    """日期：年份写错。每个日期的年份早10年、晚10年，离开项目的年度。"""
    for place, day in days(sample):
        for years in (-10, 10):
            changed = str(sample.at(place)).replace(str(day.first.year), str(day.first.year + years), 1)
            yield sample.put(place, changed)


@kind
def ended_before_start(sample: Sample) -> Iterator[Fault]:
    """日期：完成早于开始。计划开始、计划完成、实际完成、项目起止、评价起止各改到另一端之外。"""
    for start, end in _spans(sample):
        first, last = lookup_place(sample, start), lookup_place(sample, end)
        if first and last:
            yield sample.put(end, as_text(first.first - timedelta(days=40)))
            yield sample.put(start, as_text(last.last + timedelta(days=40)))


def _spans(sample: Sample) -> Iterator[tuple[Place, Place]]:
    yield ("项目", "开始"), ("项目", "完成")
    yield ("报告", "评价开始"), ("报告", "评价结束")
    for index, _ in enumerate(sample.data.project.units if sample.data.project else []):
        unit = ("项目", "单位", index)
        yield (*unit, "计划开始"), (*unit, "计划完成")
        yield (*unit, "计划开始"), (*unit, "实际完成")


def lookup_place(sample: Sample, place: Place) -> Day | None:
    """The date at a place; None when there is none."""
    return dict(days(sample)).get(place)


@kind
def late_without_reason(sample: Sample) -> Iterator[Fault]:
    """日期：逾期没有说明。没有实际完成的单位，写上比完成时限（没有的，比计划完成）晚三个月的实际完成日期。"""
    for index, unit in enumerate(sample.data.project.units if sample.data.project else []):
        limit = unit.limit if isinstance(unit.limit, Day) else unit.plan_end
        if unit.actual_end is None and isinstance(limit, Day):
            fault = sample.put(
                ("项目", "单位", index),
                {**sample.at(("项目", "单位", index)), "实际完成": as_text(limit.last + timedelta(days=92))},
                what="加实际完成，晚三个月",
            )
            yield replace(fault, place=(*fault.place, "实际完成"), words=(unit.short or unit.name,))


@kind
def contracts(sample: Sample) -> Iterator[Fault]:
    """日期：合同晚于完成。签订日期改到计划完成之后。没有计划完成的不计。"""
    for index, unit in enumerate(sample.data.project.units if sample.data.project else []):
        for step, contract in enumerate(unit.contracts):
            if isinstance(contract.signed, Day) and isinstance(unit.plan_end, Day):
                place = ("项目", "单位", index, "合同", step, "签订日期")
                yield sample.put(place, as_text(unit.plan_end.last + timedelta(days=40)), unit.short or unit.name)


@kind
def report_dates(sample: Sample) -> Iterator[Fault]:
    """日期：报告的日期颠倒。报告日期早于评价结束，截止日期晚于报告日期，最后到账晚于截止日期。"""
    report = sample.data.report
    if isinstance(report.day, Day) and isinstance(report.end, Day):
        yield sample.put(("报告", "报告日期"), as_text(report.end.first - timedelta(days=40)))
    if isinstance(report.day, Day) and isinstance(report.cutoff, Day):
        yield sample.put(("报告", "截止日期"), as_text(report.day.last + timedelta(days=40)))
    for place, _ in days(sample):
        if place[-1] == "最后到账日期" and isinstance(report.cutoff, Day):
            yield sample.put(place, as_text(report.cutoff.last + timedelta(days=400)))


@kind
def later_documents(sample: Sample) -> Iterator[Fault]:
    """日期：文件晚于报告。文号的年份改到报告日期或截止日期之后两年。没有这两个日期和年度的不计。"""
    report, project = sample.data.report, sample.data.project
    known = report.day if isinstance(report.day, Day) else report.cutoff
    year = known.last.year if isinstance(known, Day) else project.year if project else None
    for key, document in (sample.data.documents or {}).items():
        match = re.search(r"〔(\d{4})〕", document.number or "")
        if match and year:
            number = (document.number or "").replace(match[1], str(year + 2))
            yield sample.put(("文件", key, "文号"), number, key)


# 结构


@kind
def emptied_sections(sample: Sample) -> Iterator[Fault]:
    """结构：必填的章节空着。提纲里必填的每一节，删去、改为“略”。数据另选了别的文档、提纲不是为它写的，不计。"""
    documents = list(sample.judged.style.file.documents or {})
    if sample.data.report.document in documents[1:]:
        return
    for section in sample.judged.style.file.outline:
        place: Place = tuple((section.key or "").split("."))
        if section.required and sample.has(place):
            yield replace(sample.drop(place), words=(section.title,))
            if section.key not in ("问题", "依据"):
                yield sample.put(place, "略", section.title)


@kind
def placeholders(sample: Sample) -> Iterator[Fault]:
    """结构：留着占位的字。正文每一节的第一句换成带“××”的话、整节换成“（此处填写）”。"""
    for place, text in sample.texts("正文"):
        if "\n" in text.strip() or "。" in text:
            yield sample.put(place, re.sub(r"^[^。]*。", "项目由××单位实施。", text, count=1), what="第一句换成××")
            yield sample.put(place, "（此处填写）")


@kind
def dropped_causes(sample: Sample) -> Iterator[Fault]:
    """结构：问题漏写。删去每个问题的内容、原因、建议，和每条建议的内容。"""
    problems = sample.tree.get("问题")
    for index, problem in enumerate(problems if isinstance(problems, list) else ()):
        for key in ("内容", "原因", "建议"):
            if problem.get(key):
                yield sample.drop(("问题", index, key))
        for step, suggestion in enumerate(problem.get("建议") or ()):
            if suggestion.get("内容"):
                yield sample.drop(("问题", index, "建议", step, "内容"))


@kind
def announced(sample: Sample) -> Iterator[Fault]:
    """结构：说的个数不对。后面有列举的“三个方面”“六个环节”等，个数加1、减1。没有列举的、原来就不符的不计。"""
    wrong = {one.finding.where.line for one in sample.reviewed.accepted if one.finding.code == "P110"}
    counted = re.compile(r"([二三四五六七八九])个?(?:方面|环节|原因|问题|不放松|层次|等(?=。))")
    for place, text in sample.texts(*WORDED):
        for match in counted.finditer(text):
            around = text[max(0, match.start() - 60) : match.end() + 30]
            if not re.search(r"一是|（1）|①|[^。]、[^。]*[二三四五六七八九]个?(?:方面|环节|等)|：[^。]*；", around):
                continue
            if sample.judged.source.where(place).line in wrong:
                continue
            for change in (1, -1):
                number = NUMERALS[NUMERALS.index(match[1]) + change]
                altered = text[: match.start(1)] + number + text[match.end(1) :]
                yield sample.put(place, altered, f"{number}{match[0][1:]}", what=f"{match[0]} → {number}{match[0][1:]}")


@kind
def dropped_clauses(sample: Sample) -> Iterator[Fault]:
    """结构：列举断号。“一是、二是、三是”里的一个改成下一个。"""
    for place, text in sample.texts(*WORDED):
        for match in re.finditer(r"(?<![\u4e00-\u9fff])([一二三四])是", text):
            number = NUMERALS[NUMERALS.index(match[1]) + 1]
            altered = text[: match.start(1)] + number + text[match.end(1) :]
            yield sample.put(place, altered, what=f"{match[0]} → {number}是")


@kind
def doubled_paragraphs(sample: Sample) -> Iterator[Fault]:
    """结构：一段写进两节。正文每一节的第一段，抄到下一节的末尾。不到20个字的不计。"""
    sections = [(place, text) for place, text in sample.texts("正文") if len(place) == 2]
    for (_, text), (place, after) in pairwise(sections):
        paragraph = text.strip().split("\n")[0]
        if len(re.findall("[\u4e00-\u9fff]", re.sub(r"\{[^}]*\}+", "", paragraph))) >= 20:
            yield sample.put(place, after.rstrip("\n") + "\n" + paragraph + "\n", paragraph[:30], what="抄来一段")


@kind
def doubled_items(sample: Sample) -> Iterator[Fault]:
    """结构：一条写了两遍。依据、文件、问题、单位、题目、选项、活动和正文列表的每一条。"""
    for index, _ in enumerate(sample.tree.get("依据") or ()):
        yield sample.double(("依据", index))
    for key, document in (sample.tree.get("文件") or {}).items():
        yield sample.put(("文件",), {**sample.tree["文件"], key + "二": document}, key, what=f"{key}另起简称")
    for section in ("问题", "项目", "问卷", "实施", "正文", "主要经验"):
        for place in items(sample, section):
            if place[-2] not in ("建议", "合同"):
                yield sample.double(place)


@kind
def titles_only(sample: Sample) -> Iterator[Fault]:
    """结构：只剩标题。正文、主要经验的列表里，每一条删去内容。"""
    for section in ("正文", "主要经验"):
        for place in items(sample, section):
            item = sample.at(place)
            if item.get("标题") and item.get("内容"):
                yield sample.drop((*place, "内容"))


# 文字


def own_texts(sample: Sample) -> Iterator[tuple[Place, str]]:
    """The texts that tell of the project: sections, facts, reasons."""
    for place, text in sample.texts():
        section = place[0] in WORDED and (place[0] != "绩效目标" or len(place) == 2)
        if section or place[-1] in ("完成情况说明", "主要成效", "分析", "实施内容"):
            yield place, text


def bare(text: str) -> str:
    """The text with its tags blanked out, at the same length."""
    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda tag: " " * len(tag[0]), text, flags=re.DOTALL)


def replaced(sample: Sample, place: Place, start: int, end: int, word: str, *words: str) -> Fault:
    """The fault that a part of a text is another."""
    text = sample.at(place)
    near = (text[max(0, start - 3) : start] + word + text[end : end + 3]).strip()
    what = f"{_short(text[start:end])} → {word or '（删去）'}"
    return sample.put(place, text[:start] + word + text[end:], *(words or (near,)), what=what)


@kind
def foreign_units(sample: Sample) -> Iterator[Fault]:
    """文字：换成别处的单位。文字里写的本项目的单位、区域，换成数据里没有的同类名称。"""
    known = [str(row["名称"]) for place in items(sample, "资金") if "名称" in (row := sample.at(place))]
    known += [str(unit.short or unit.name) for unit in (sample.data.project.units if sample.data.project else [])]
    for place, text in own_texts(sample):
        for name in dict.fromkeys(known):
            ending = next((one for one in FOREIGN if name.endswith(one)), None)
            for match in re.finditer(re.escape(name), bare(text)) if ending else ():
                foreign = FOREIGN[ending or ""]
                yield replaced(sample, place, *match.span(), foreign, foreign)


@kind
def other_years(sample: Sample) -> Iterator[Fault]:
    """文字：年份不对。文字里写的项目年度，改为前三年（旧稿没有改）。只数与项目年度相同的年份。"""
    year = str(sample.data.project.year) if sample.data.project else ""
    for place, text in own_texts(sample):
        for match in re.finditer(rf"(?<!\d){year}(?=年)", bare(text)):
            other = str(int(year) - 3)
            yield replaced(sample, place, *match.span(), other, other)


@kind
def typed_years(sample: Sample) -> Iterator[Fault]:
    """文字：年度没有引用、写成别的年。文字里的 {{ 项目.年度 }} 换成前一年的数字。"""
    year = sample.data.project.year if sample.data.project else None
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ 项目\.年度 \}\}(?=年)", text):
            other = str((year or 0) - 1)
            yield replaced(sample, place, *match.span(), other, other)


@kind
def typed_figures(sample: Sample) -> Iterator[Fault]:
    """文字：数字写错。文字里引用的资金、问卷、实施的数字和比率，换成手写的、有一位写错的数。"""
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ (?:资金|问卷|实施)\.[^{}|]+ \}\}", text):
            printed = language.fill(match[0], sample.names)
            if (wrong := misread(printed)) and not re.search(r"\d+年\d+月", printed):
                yield replaced(sample, place, *match.span(), wrong, wrong)


def misread(printed: str) -> str | None:
    """A printed figure with one digit in its middle wrong; None for what has no digit or is no figure."""
    digits = [index for index, character in enumerate(printed) if character.isdigit()]
    if not digits or len(printed) > 20:
        return None
    index = digits[len(digits) // 2]
    return printed[:index] + str((int(printed[index]) + 1) % 10 or 1) + printed[index + 1 :]


@kind
def wrong_names(sample: Sample) -> Iterator[Fault]:
    """文字：引用的名称写错。每个 {{ }} 里名称的最后一个字写错。"""
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ ([\u4e00-\u9fff.]+)[\u4e00-\u9fff] \}\}", text):
            yield replaced(sample, place, *match.span(), f"{{{{ {match[1]}错 }}}}")


@kind
def lost_marks(sample: Sample) -> Iterator[Fault]:
    """文字：引号、书名号、括号缺一半。文字里的每个后引号、后书名号、后括号删去。"""
    for place, text in own_texts(sample):
        for match in re.finditer("[”》）]", bare(text)):
            yield replaced(sample, place, *match.span(), "")


@kind
def document_brackets(sample: Sample) -> Iterator[Fault]:
    """文字：文号的括号不对。每个文号的〔〕改成［］、( )。"""
    for key, document in (sample.data.documents or {}).items():
        for opening, closing in ("[]", "()"):
            if document.number and "〔" in document.number:
                number = document.number.replace("〔", opening).replace("〕", closing)
                yield sample.put(("文件", key, "文号"), number, key)


@kind
def half_width(sample: Sample) -> Iterator[Fault]:
    """文字：半角标点。每节文字的第一个逗号、第一个分号、第一个冒号改成半角。"""
    for place, text in own_texts(sample):
        for mark in "，；：":
            if (at := bare(text).find(mark)) > 0:
                yield replaced(sample, place, at, at + 1, unicodedata.normalize("NFKC", mark))


@kind
def cutoff_words(sample: Sample) -> Iterator[Fault]:
    """文字：“截至”写成“截止”。"""
    for place, text in own_texts(sample):
        for match in re.finditer("截至", text):
            yield replaced(sample, place, *match.span(), "截止", "截止")


@kind
def doubled_words(sample: Sample) -> Iterator[Fault]:
    """文字：字词重复。每节文字里第一个“的”“和”“了”写成两个。"""
    for place, text in own_texts(sample):
        if match := re.search("[的和了](?![的和了])", bare(text)[2:]):
            at = match.start() + 2
            yield replaced(sample, place, at, at, text[at], text[at] * 2)


@kind
def broken_off(sample: Sample) -> Iterator[Fault]:
    """文字：一段没有写完。每节文字最后的句号改成逗号、冒号。"""
    for place, text in own_texts(sample):
        end = len(text.rstrip())
        if text[end - 1] == "。":
            yield replaced(sample, place, end - 1, end, "，")
            yield replaced(sample, place, end - 1, end, "：")


LEFT_OUT = (
    ("只填一次的数改动", "如没有分项的支出、没有别处对照的预算：数据里没有别的数可以和它比，改得合乎次序时谁也看不出"),
    ("两个单位的数对调", "合计不变，各自又都合乎次序；要看凭证"),
    ("本项目的两个单位在文字里互换", "两个名称都是数据里有的，要看所说的事"),
    ("人工评定的分数改动", "没有标准和算式，分数由评价组认定；没有理由的另计"),
    ("日期在允许的范围里移动", "仍在开始与完成、年度与截止日期之间，数据里没有别的日期可以对照"),
    ("事实说错", "文字与数据都没有记的事，如合同的对方、地点"),
    ("问卷各项同时改动", "各数仍然相合；要看原始问卷"),
)

WHY = {
    "announced": "最后两项用“和”连接，“和”字可能在名称里，看不准有几项，只差一个时不提示。",
    "typed_figures": "前面没有说是哪个数，或数字太短，核查不敢断定写错。",
    "foreign_units": "文字里本来就有数据以外的地名，核查只认得准的才提示。",
    "other_years": "历年都写的单位沿革里的年份，看不出是写错。",
    "typed_years": "句子里看不出说的是不是本年度的事。",
    "doubled_words": "写成两个以后正好成词（为了了解），看不出是重复。",
    "other_decades": "项目可以跨若干年，只有开始的年份早时看不出写错。",
    "later_documents": "没有报告日期，只有截止日期，评价所依据的文件可以晚于它。",
    "yuan_for_wan": "一行里的一部分（其中用途）可以很小。",
}


def subject(one: Kind) -> tuple[str, str, str]:
    """A kind's subject, name and what it plants, from its docstring."""
    head, _, rest = (one.__doc__ or "").partition("。")
    area, _, name = head.partition("：")
    return area, name, rest


# Counting


@dataclass(frozen=True)
class Outcome:
    """A fault that was planted, and the code of the finding that names it; `hinted` where that is but a 提示."""

    kind: int
    sample: str
    place: Place
    what: str
    code: str | None
    hinted: bool


def planted(sample: Path, most: int, seed: int = 4) -> Iterator[tuple[int, Fault]]:
    """The faults of a sample; of a kind that has more than `most`, so many drawn by lot, always the same."""
    one = Sample(sample)
    for number, plant in enumerate(KINDS):
        found = list(plant(one))
        drawn = random.Random(f"{seed} {sample.stem} {number}").sample(found, most) if len(found) > most else found
        yield from ((number, fault) for fault in drawn)


def outcomes(sample: Path, most: int) -> list[Outcome]:
    """Every planted fault of a sample with what finds it."""
    before = findings_of(Sample(sample).tree)
    result = []
    for number, fault in planted(sample, most):
        finding = caught(fault, before)
        result.append(
            Outcome(number, sample.stem, fault.place, fault.what, finding.code if finding else None, _hinted(finding))
        )
    return result


def _hinted(finding: Finding | None) -> bool:
    return finding is not None and finding.level is Level.HINT


def page(results: Sequence[Outcome], most: int) -> Iterator[str]:
    """docs/植入的错误.md."""
    found = sum(one.code is not None for one in results)
    yield from ("# 植入的错误", "", "<!-- 由 python -m tests.faults 写成，不要手改。 -->", "")
    yield f"在 samples/ 的{len(SAMPLES)}份数据里，由程序每次改动一处，再用 `jixiao check` 核查，看能不能发现。"
    yield "先按“只看数据，复核的人看得出来”定下错误的种类，再数发现了多少；没有发现的都列在下面。"
    yield "一处改动算作发现，是核查结果比改动前多出一条，并且说的是这个位置、这个数或这个名称；只是连带变化的不算。"
    yield f"每份数据的每种错误最多植入{most}处，多的由固定的种子抽取。"
    yield "有些核查是看了漏掉的错误才写的，所以这个比例比实际的高：由不知道这些核查的人另外改错 90 处（2026年11月），"
    yield "发现 63 处，漏掉的多是正文里手写的个数、名称里的错别字，以及扣分原因和数据不符。"
    rates = [
        Decimal(sum(one.code is not None for one in own)) / len(own)
        for number in range(len(KINDS))
        if (own := [one for one in results if one.kind == number])
    ]
    even = share(sum(rates, Decimal()), len(rates))
    yield ""
    rate = share(found, len(results))
    yield f"共植入 {len(results)} 处，发现 {found} 处，占 {rate}；不论植入多少、每种一样看重的，平均 {even}。"
    hinted = sum(one.hinted for one in results)
    yield f"发现的里面，{hinted} 处只由提示指出（不是错误或警告，表里“仅提示”一列）。"
    yield ""
    yield from (
        "| 方面 | 错误的种类 | 植入 | 发现 | 漏掉 | 仅提示 | 由哪些核查发现 |",
        "|---|---|---:|---:|---:|---:|---|",
    )
    for number, one in enumerate(KINDS):
        own = [result for result in results if result.kind == number]
        codes = Counter(result.code for result in own if result.code)
        listed = "、".join(code for code, _ in sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:4])
        hit = sum(codes.values())
        area, name, _ = subject(one)
        only = sum(one.hinted for one in own)
        yield f"| {area} | {name} | {len(own)} | {hit} | {len(own) - hit} | {only} | {listed} |"
    yield f"| 合计 | | {len(results)} | {found} | {len(results) - found} | {hinted} | |"
    yield from ("", "## 各种错误怎样植入", "")
    yield from (f"- {area}，{name}：{rest}" for area, name, rest in map(subject, KINDS) if rest)
    yield from ("", "## 漏掉的", "")
    for number, one in enumerate(KINDS):
        missed = [result for result in results if result.kind == number and result.code is None]
        if missed:
            shown = "；".join(map(told, missed[:4]))
            rest = "；等" if len(missed) > 4 else ""
            yield f"- {subject(one)[1]}（{len(missed)}处）：{WHY.get(one.__name__, '')}{shown}{rest}"
    yield from ("", "## 不计的种类", "", "下面的改动，只看数据看不出来，没有植入：", "")
    yield from (f"- {name}：{why}。" for name, why in LEFT_OUT)


def told(one: Outcome) -> str:
    """A planted fault in a few words."""
    return f"{one.sample} {'.'.join(map(str, one.place))}（{one.what}）"


def share(part: int | Decimal, whole: int) -> str:
    return f"{plain(values.half_up(Decimal(100) * part / whole, 1))}%" if whole else "—"


def main() -> None:
    """Plant all faults, print the missed ones and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="at most so many faults of a kind in a sample")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", help="only kinds whose function's name has this")
    arguments = parser.parse_args()
    if arguments.kind:
        KINDS[:] = [one for one in KINDS if arguments.kind in one.__name__]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        lists = pool.map(
            outcomes, sorted(SAMPLES, key=lambda path: -path.stat().st_size), [arguments.most] * len(SAMPLES)
        )
        results = sorted((one for found in lists for one in found), key=lambda one: one.sample)
    for number, one in enumerate(KINDS):
        own = [result for result in results if result.kind == number]
        missed = [result for result in own if result.code is None]
        print(f"{subject(one)[0]} {subject(one)[1]}（{one.__name__}）: {len(own) - len(missed)}/{len(own)}")
        for result in missed:
            print(f"    {result.sample} {'.'.join(map(str, result.place))}: {result.what}")
    found = sum(one.code is not None for one in results)
    print(f"{found}/{len(results)} {share(found, len(results))}")
    if not arguments.kind:
        PAGE.write_text("\n".join(page(results, arguments.most)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
