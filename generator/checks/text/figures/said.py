"""The typed figures that have a label before them, and the figures of the data that this label means."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from ....passages import HOLE
from ....wording import sentence_around
from .known import Catalogue, Known
from .typed import Typed, typed_figures
from .wordings import BARE, FRAMES, LEFT, TOTALS

LONGEST_LABEL = 24
FEW = 200  # names that are quicker looked for one by one
_LINK = re.compile(r"(?:资金|金额|总额|共计|合计|共|仅|只有|只|已|为|是|达到|达|约|：|:|\s|的){0,4}$")
_FORMULA = re.compile(r"\s?[=＝][^，。；：、]*(?<=[=＝≈])\s?$|\s?[=＝≈]\s?$")
_OPERATOR = re.compile(r"\s?[）)\]]?\s?[=＝≈×÷/＋+*－-]")
# What makes a figure another one's than the label says: in its clause, or anywhere before it in the sentence.
_IN_CLAUSE = re.compile(
    r"每|各|分别|另|首笔|首付|尾款|[一二三四五首末]批|上年|去年|往年|目标|指标值|要求|标准|不低于|不少于|不得|计划|预计|拟|"
    r"若|如果|假设|平均|季度|申报|设定|及时到位|配套|市级|区级|县级|省级|中央|乡镇|街道"
)
_BEFORE = re.compile(r"按[^，。；]{1,16}(?:计|计算|口径)[，、]|其中|分别为|上年|去年|往年|目标|要求")
_AFTER = re.compile(r"[的）)]{0,2}(?:目标|要求|标准|以上|以下|及以上|（含|得|扣|就|才|的目标|的要求)|的[，；]")
_SAVED_BY = re.compile("通过|采购|招标|询价|比价|压减|经")  # what one measure saved is no balance of the whole
_OF_PART = re.compile(r"[该此本](?:项|指标)|扣分?\d|得分率[=＝]")  # a total of points in such words is an indicator's
_BEHIND = re.compile(r"[，：、（]|未|没|不|低于|高于|超过|距|较|比|与")  # from here on, the words are of another figure
_LEAD = re.compile(r"^(?:受|由于|因为?|主要|即|如|但|而|且|和|及|以及|同时|并|表现)+(?:是|为|在)?")
_PLAIN = frozenset(
    "一二三四五六是本该项目绩效评价资金专经费只仅全年度财政实际共总累计截至其月日底末止中内里至、0123456789 " + HOLE
)


@dataclass(frozen=True)
class Parts:
    """What the project is made of: units, areas and sub-projects; a figure behind one of them is its own."""

    names: frozenset[str]

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self.names})

    def named_in(self, text: str) -> set[str]:
        """Those that stand in a text; where there are very many, slices of the text are looked up."""
        if len(self.names) <= FEW:
            return {name for name in self.names if name in text}
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


def before_formula(text: str, typed: Typed) -> str:
    """The sentence up to a typed figure, without the formula that gives it: “到位率=（17.53/66）×100%=26.56%”."""
    start, _ = sentence_around(text, typed.start)
    before = text[start : typed.start]
    formula = _FORMULA.search(before)
    return before[: formula.start()] if formula and not _OPERATOR.match(text, typed.end) else before


def labelled(text: str, typed: Typed, labels: Container[str]) -> tuple[str, int] | None:
    """The label of a typed figure and where it begins: the words around the figure, or else those before it."""
    start, _ = sentence_around(text, typed.start)
    for frame in FRAMES if typed.kind == "money" else ():
        opening = frame.opening.search(text[start : typed.start])
        if opening and frame.closing.match(text, typed.end):
            return frame.label, start + opening.start()
    before = before_formula(text, typed)
    label = label_before(before, len(before), labels)
    at = start + before.rfind(label) if label else -1
    return (label, at) if label else None


@dataclass(frozen=True, slots=True)
class Said:
    """A typed figure, the label before it, and the figures of the data that this label means.

    `plain` tells that nothing else stands in the clause that could make the figure another one's.
    """

    typed: Typed
    label: str
    known: tuple[Known, ...]
    plain: bool


def of_other_years(text: str, typed: Typed, years: Container[int]) -> bool:
    """Whether the sentence of a typed figure speaks of a year that the figures of the data are not of."""
    start, end = sentence_around(text, typed.start)
    return any(int(other) not in years for other in re.findall(r"(?<!\d)((?:19|20)\d\d)年", text[start:end]))


def said_figures(text: str, known: Catalogue, years: Container[int], parts: Parts) -> Iterator[Said]:
    """The typed figures with a label; those of unnamed parts of the project, other years and goals are left out."""
    for typed in typed_figures(text):
        label, at = labelled(text, typed, known.by_label) or ("", 0)
        meant = tuple(known.meant(label, typed))
        if not meant:
            continue
        start, end = sentence_around(text, typed.start)
        if _AFTER.match(text, typed.end) or text[max(start, at - 1) : at] in ("应", "未", "欠"):
            continue
        before, clause = text[start:at], re.split("[，：]", text[start:at])[-1]
        named = parts.named_in(before)
        meant = tuple(one for one in meant if all(part in one.name for part in named) and (one.part or not named))
        if all(one.aim for one in meant) or (not meant[0].part and _BEFORE.search(before)):
            continue
        if label in LEFT and (known.equal(typed) or (label.startswith("节约") and _SAVED_BY.search(before))):
            continue
        if label in TOTALS and _OF_PART.search(before):
            continue
        if _IN_CLAUSE.search(clause + _BEHIND.split(text[typed.end : end])[0]):
            continue
        if of_other_years(text, typed, years):
            continue
        plain = set(_LEAD.sub("", re.split("[（；、]", clause)[-1])) <= _PLAIN
        if plain or label not in BARE:
            yield Said(typed, label, meant, plain)
