"""Counts of named things that a text gives (6家社区, 4个一级指标, 共3次会议), and what the data has of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ....numerals import count_of
from ....passages import Passage
from ....scores import Node
from ....values import Quantity, Target
from ....wording import HAN, sentence_around
from ... import Case
from .known import UNITS, Known, kinds_of_units
from .said import Parts, Said
from .scored import Scorecard
from .typed import Typed
from .wordings import COUNTERS, INDICATORS, LEVELS, SETS, SUBJECTS, WHOLE, WHOLE_OF_PROJECT

_COUNT = re.compile(
    rf"(?<![\d.,第年月〔〇零一二三四五六七八九十百千万余多约近超逾足第])(\d{{1,5}}|[二三四五六七八九十两]{{1,3}})\s?([{COUNTERS}])([{HAN}]{{1,16}})"
)
# Words that make a count one of some only, or of another time: none of them stands before a count of all.
_SOME = re.compile(
    r"其中|未|没|另|其他|其它|其余|余下|部分|分别|抽|走访|调研|实地|问题|仅|只|拟|新增|原|上年|去年|往年|除|整改|剩余|每|各|周边"
    r"|相邻|附近|计划|预计|目标|例如|调整|删|增加|减少|扣|失分|满分|不|违|问卷|调查|访谈|座谈|样本|合同|签订"
)
_ENDS = re.compile(
    rf"(?![{HAN}])|[的、和及共均都按]|实施|开展|进行|组织|使用|全部|作为|用于|纳入|构成|组成|党组织|居委会|村委会"
)
_WHOLE = re.compile(
    rf"(?:{WHOLE})(?:有|了|的)*$|(?:^|{SUBJECTS})(?:共|主要|全部|均|一共)*(?:{WHOLE_OF_PROJECT})(?:了|的|到|至)*$"
)
_IN_ALL = re.compile("[共合]计?有?$")  # 共有5个社区开展了…: some only, unless the clause ends with them
_FOUND = re.compile(
    r"(?:评价组?|项目|本次评价)(?:共|主要|仍|还|也|工作)*(?:发现|存在|指出|提出|形成)(?:了|的|以下|主要|共|有|出)*$"
)
_SETS = re.compile(SETS)
_DECLARED = re.compile("申报|绩效指标|自评|批复")  # the goals have indicators of their own
_TOTAL = re.compile(r"共|累计|合计|全年")


def another_count(text: str, at: int) -> bool:
    """Whether the words before a count make it one of other things than the data counts: 未安排项目的6个社区."""
    start, _ = sentence_around(text, at)
    return _SOME.search(re.split("[，；：]", text[start:at])[-1]) is not None


@dataclass(frozen=True)
class _Count:
    """A count that stands in a text: the figure, its counter, what is counted, and the sentence before it."""

    typed: Typed
    counter: str
    noun: str
    before: str


@dataclass(frozen=True)
class Counted:
    """The things that the data counts, by the noun that a text counts them with."""

    case: Case
    parts: Parts
    scorecard: Scorecard

    def said(self, passage: Passage) -> Iterator[Said]:
        """The counts of the passage that tell how many there are of a thing in all."""
        text = passage.typed
        for match in _COUNT.finditer(text):
            count, noun = count_of(match[1]), self._noun(match[3])
            if count is None or not noun or not _ENDS.match(text, match.start(3) + len(noun)):
                continue
            start, _ = sentence_around(text, match.start())
            before = text[start : match.start()]
            if _SOME.search(before):
                continue
            typed = Typed(*match.span(1), "count", Decimal(count), Decimal(1), "", match[2] + match[3])
            one = _Count(typed, match[2], noun, before)
            known = tuple(self._meant(passage, one))
            if known:
                yield Said(typed, f"{noun}的个数", known, plain=False)

    @cached_property
    def _lengths(self) -> Sequence[int]:
        nouns = (*self._units, *self._activities, *self._outcomes, *LEVELS, *INDICATORS)
        return sorted({len(noun) for noun in nouns}, reverse=True)

    def _noun(self, words: str) -> str:
        """The longest thing that the words behind a counter begin with."""
        heads = (words[:length] for length in self._lengths if length <= len(words))
        sources = (self._units, self._activities, self._outcomes, LEVELS, INDICATORS)
        return next((head for head in heads if any(head in source for source in sources)), "")

    def _meant(self, passage: Passage, one: _Count) -> Iterator[Known]:
        """The figures that a count may be: the first is the one to be expected."""
        unit = one.counter
        if one.noun in self._units and self._whole(one):
            for name, value in self._units[one.noun]:
                yield Known(name, "count", value, (), unit=unit)
        if (
            one.noun in self._activities
            and _TOTAL.search(re.split("[，；：]", one.before)[-1])
            and not self.parts.named_in(one.before)
        ):
            name, counter, value = self._activities[one.noun]
            if counter == one.counter:
                yield Known(name, "count", value, (), unit=unit)
        if one.noun in self._outcomes and passage.path[0] != "问题" and _FOUND.search(one.before):
            yield from (Known("", "count", Decimal(number), (), unit=unit) for number in self._outcomes[one.noun])
        told = _SETS.search(one.before) and (one.noun != "指标" or "指标体系" in one.before)
        if told and (one.noun in LEVELS or one.noun in INDICATORS):
            for number in dict.fromkeys(self._indicators(passage, one)):
                yield Known("", "count", Decimal(number), (), unit=unit)

    def _whole(self, one: _Count) -> bool:
        """Whether the words before a count of units make it that of all."""
        clause = re.split("[，；：]", one.before)[-1]
        if (
            "、" in clause
            or not _WHOLE.search(clause if clause != "" else one.before)
            or self.parts.named_in(one.before)
        ):
            return False
        behind = one.typed.tail[1 + len(one.noun) :]
        return not _IN_ALL.search(clause) or not behind or behind.startswith("的")

    @cached_property
    def _units(self) -> Mapping[str, list[tuple[str, Decimal]]]:
        """The units of the project and, without a name, other counts that the data has of such things."""
        units = self.case.data.project.units if self.case.data.project else []
        subject = self.case.data.implementation.subject if self.case.data.implementation else None
        total = self.case.figure("实施.总数")
        found: dict[str, list[tuple[str, Decimal]]] = {}
        if len(units) > 1:
            found = {kind: [("项目.单位数", Decimal(len(units)))] for kind in (*kinds_of_units(units), *UNITS)}
        elif subject and isinstance(total, int):
            found = {subject: [("实施.总数", Decimal(total))]}
        return {kind: [*counts, *(("", one) for one in self._others(kind))] for kind, counts in found.items()}

    def _others(self, kind: str) -> Iterator[Decimal]:
        said, goals = self.case.data.implementation, self.case.data.goals
        figures = (self.case.figure(f"实施.{name}") for name in ("总数", "已开展", "未开展"))
        yield from (Decimal(one) for one in figures if isinstance(one, int))
        for activity in said.activities if said else ():
            if kind in f"{activity.unit}{activity.name}":
                counts = [one.count for one in activity.by_area]
                yield from (one.number for one in counts if isinstance(one, Quantity) and one.number is not None)
        values = ((row.name, value) for row in (goals.rows if goals else ()) for value in (row.declared, row.adjusted))
        values_of_nodes = ((node.indicator.name, node.indicator.target) for node in self.case.nodes)
        for name, value in (*values, *values_of_nodes):
            if kind in name and isinstance(value, Target) and value.number is not None:
                yield value.number

    @cached_property
    def _activities(self) -> Mapping[str, tuple[str, str, Decimal]]:
        """The activities that the data counts exactly, with their counter: 会议, 次."""
        said = self.case.data.implementation
        found: dict[str, tuple[str, str, Decimal]] = {}
        for activity in said.activities if said else ():
            counts = [one.count for one in activity.by_area]
            exact = [
                one.number for one in counts if isinstance(one, Quantity) and one.number is not None and not one.fuzzy
            ]
            if exact and len(exact) == len(counts) and activity.unit:
                found[activity.name] = (f"实施.活动.{activity.name}.合计", activity.unit, sum(exact, Decimal()))
        return {name: one for name, one in found.items() if name.isidentifier()}

    @cached_property
    def _outcomes(self) -> Mapping[str, Sequence[int]]:
        """How many problems and suggestions the data has; a problem with several may count as one suggestion."""
        problems = self.case.data.problems
        suggestions = [len(one.suggestions) for one in problems if one.suggestions]
        found = {"问题": [len(problems)], "方面的问题": [len(problems)], "建议": [sum(suggestions), len(suggestions)]}
        return {noun: numbers for noun, numbers in found.items() if any(numbers)}

    def _indicators(self, passage: Passage, one: _Count) -> Iterator[int]:
        """How many indicators there are of a level, below those that the sentence names, or in all."""
        level = LEVELS.get(one.noun)
        named = self.scorecard.named_in(one.before)
        owner = self.scorecard.owner(passage.path)
        above = [node for node in (*named, *([owner] if owner else [])) if level is None or node.depth < level]
        if above:
            alike = [[node for node in above if node.depth == depth] for depth in range(1, 5)]
            counts = [_of_level(nodes, level) for nodes in (*([node] for node in above), *alike)]
            yield from (count for count in counts if count)
            return
        if (named or owner) and level != 1:  # 由项目立项、资金落实2个二级指标构成: some of a level, by their names
            return
        tops = self.case.scores.nodes
        declared = self._goals(level) if level is None or not tops or _DECLARED.search(one.before) else ()
        yield from (count for count in (_of_level(tops, level), *declared) if count)
        if level is None:  # a text may call those of any level 指标
            yield from (count for count in (_of_level(tops, each) for each in LEVELS.values()) if count)

    def _goals(self, level: int | None) -> Iterator[int]:
        """How many indicators of a level the table of goals has."""
        rows = self.case.data.goals.rows if self.case.data.goals else []
        if level in (None, 3):
            yield len(rows)
        if level in (1, 2):
            names: Iterable[object] = (row.group if level == 1 else (row.group, row.subgroup) for row in rows)
            yield len(set(names))


def _of_level(nodes: Sequence[Node], level: int | None) -> int:
    """The number of indicators of a level, or of those that are scored."""
    if level is None:
        return sum(1 for node in nodes for _ in node.leaves())
    return sum(1 for top in nodes for node in top.walk() if node.depth == level)
