"""The typed figures that have a label before them, and the figures of the data that this label means."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from ....model import FundRow
from ....names import own_names
from ....passages import HOLE, Passage
from ....values import Day
from ... import Case
from .. import sentence_around, sentences_of
from .known import BARE, Catalogue, Known, known_figures
from .typed import Typed, typed_figures

LONGEST_LABEL = 24
SILENT = ("总体目标", "阶段性目标", "调整说明")  # what is aimed at, not what came of it
_LINK = re.compile(r"(?:资金|金额|总额|共计|合计|共|仅|只有|只|已|为|是|达到|达|约|：|:|\s|的){0,4}$")


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


# What makes a figure another one's than the label says: in its clause, or anywhere before it in the sentence.
_IN_CLAUSE = re.compile(
    r"每|各|分别|另|首笔|首付|尾款|[一二三四五首末]批|上年|去年|往年|目标|指标值|要求|标准|不低于|不少于|不得|计划|预计|拟|"
    r"若|如果|假设|平均|季度|申报|设定|及时到位|配套|市级|区级|县级|省级|中央|乡镇|街道"
)
_BEFORE = re.compile(r"其中|分别为|上年|去年|往年|目标|要求")
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
