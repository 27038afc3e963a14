"""Names that a text has nearly: one character wrong, left out, written twice, or two changed about.

A name is proper (a unit, a company, a document) or plain (an indicator, made of ordinary words): what differs in a
plain one and stands side by side elsewhere too is another way to say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from .passages import Passage
from .wording import HAN

SHORTEST, LONGEST = 4, 60
OWN = 3  # the least characters of a name before its kind's word: one in two changed is another name
PLAIN = 6  # the least characters of a name that is made of ordinary words
_KIND = re.compile(
    r"(?:社区|村)?(?:居民|村民)?(?:委员会|居委会|村委会)$|社区$|街道(?:办事处)?$|[小中大]学$|幼儿园$|(?:医|学|法)院$|(?:事务所|服务中心|中心)$"
    r"|(?:有限|责任|股份)*公司$|项目$|[区县市镇乡村局部厅处委所]$"
)
# What stands before a name in a longer one: 某市东山区, 和平街道.
_PLACE = re.compile(rf"[{HAN}]{{1,6}}?(?:(?<!社|地|小|园)区|(?<!城)市|县|街道)(?=[{HAN}]{{{SHORTEST},}})")
_OFFICE = re.compile(r"(?<=社区)(?:居民委员会|居委会)$")
# Characters by which names differ that are both right: numerals, order, directions, levels; and words of grammar.
_TELLING = frozenset(
    "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千两几甲乙丙丁戊己庚辛壬癸ABCDEFGHabcdefgh"
    "东西南北中上下前后左右内外新老大小高低初首末第期届批次季年月日省市区县州盟旗镇乡村街道级本"
    "的地得和与及或之其等各全某该每不未非无了在是为对由"
)
# Characters that are left out on purpose.
_LEFT_OUT = frozenset("的地得和与及或之等省市区县州盟旗镇乡村街道第各项本级")
_MARKS = frozenset("、，。；：:（）()“”")
_EDGE = frozenset("的了在由对和与及或以从到向按被把将各该本是为经据至等其并于")


@dataclass(frozen=True, slots=True)
class Slip:
    """A passage's characters from `start` to `end` that are one edit away from `name`; `at` to `to` differ."""

    start: int
    end: int
    name: str
    at: int
    to: int


class _Half(NamedTuple):
    """One half of a name as it stands in a text, and how long the other half is, which stands behind or before it."""

    text: str
    other: int
    behind: bool


class _Index:
    """Names by their halves: one edit leaves a half as it is, and the other half's shortenings meet the text's."""

    def __init__(self, names: set[str], texts: str) -> None:
        """Of the names' halves those that `texts` has."""
        self.names: dict[tuple[_Half, str], set[str]] = defaultdict(set)
        self.halves: dict[str, set[_Half]] = defaultdict(set)
        for name in names:
            middle = len(name) // 2
            swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
            for written in (name, swapped):
                first, second = written[:middle], written[middle:]
                if first in texts:
                    self._add(_Half(first, len(second), True), second, name)
                if second in texts:
                    self._add(_Half(second, len(first), False), first, name)

    def _add(self, half: _Half, other: str, name: str) -> None:
        self.halves[half.text].add(half)
        for variant in _shortened(other):
            self.names[half, variant].add(name)

    def slips(self, text: str) -> Iterator[Slip]:
        """Every passage of `text` that is one edit away from a name; some more than once."""
        for written, halves in self.halves.items():
            at = text.find(written)
            while at >= 0:
                for half in halves:
                    yield from self._around(text, at, half)
                at = text.find(written, at + 1)

    def _around(self, text: str, at: int, half: _Half) -> Iterator[Slip]:
        behind = at + len(half.text)
        for size in (half.other - 1, half.other, half.other + 1):
            start, end = (at, behind + size) if half.behind else (at - size, behind)
            if size < 1 or start < 0 or end > len(text):
                continue
            other = text[behind:end] if half.behind else text[start:at]
            variants = _shortened(other) if size >= half.other else (other,)
            for name in {name for variant in variants for name in self.names.get((half, variant), ())}:
                if differ := _differ(text[start:end], name):
                    yield Slip(start, end, name, start + differ[0], start + differ[1])


def near(
    said: Iterable[Passage],
    everything: Iterable[Passage],
    proper: Set[str],
    plain: Set[str],
    known: str,
    *,
    apart: bool = False,
) -> Iterator[tuple[Passage, Slip]]:
    """The passages that are one edit away from a name, the longest where several are; none that `known` has.

    `everything` is all texts, by which ordinary words are told; with `apart`, what stands by itself between marks is
    a name, whatever its words.
    """
    said = tuple(said)
    index = _Index({*proper, *plain}, "\n".join(passage.typed for passage in said))
    pairs: dict[str, int] | None = None
    for passage in said:
        found: list[Slip] = []
        for slip in index.slips(passage.typed):
            written = passage.typed[slip.start : slip.end]
            if (
                written in known
                or not _is_slip(passage.typed, slip, slip.name in proper)
                or _said(passage.typed, slip, known)
            ):
                continue
            pairs = _pairs(everything) if pairs is None else pairs
            alone = apart and _is_apart(passage.typed, slip)
            if slip.name in proper or alone or not _ordinary(passage.typed, slip, pairs):
                found.append(slip)
        yield from ((passage, slip) for slip in _longest(found))


def forms(name: str) -> set[str]:
    """A proper name and its shorter forms, as far as one character tells them from other names."""
    return {one for one in _forms(name) if len(one) >= SHORTEST and _own(one) >= OWN}


def _forms(name: str) -> Iterator[str]:
    """A name, and what is left of it without its place and its office: 某市东山区东风里社区居民委员会, 东风里社区."""
    yield name
    if "社区" in name and (short := _OFFICE.sub("", name)) != name:
        yield from _forms(short)
    if place := _PLACE.match(name):
        yield from _forms(name[place.end() :])


def _own(name: str) -> int:
    """How many characters of a name are its own: those before the word for its kind."""
    kind = _KIND.search(name)
    return kind.start() if kind else len(name)


def _shortened(text: str) -> set[str]:
    """The text and what is left of it without any one character."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _differ(written: str, name: str) -> tuple[int, int] | None:
    """Where `written` differs from `name` by one edit, from and to; None where it does not, or by more."""
    at = next((at for at, (one, other) in enumerate(zip(written, name, strict=False)) if one != other), None)
    if at is None:
        return None
    rest, wanted = written[at:], name[at:]
    if rest[1:] == wanted[1:]:
        return at, at + 1
    if rest[1:] == wanted:
        return at, at + 1
    if rest == wanted[1:]:
        return at, at
    return (at, at + 2) if rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:] else None


def _is_slip(text: str, slip: Slip, proper: bool) -> bool:
    """Whether what differs is a slip of the hand, rather than another name or phrase."""
    written, name = text[slip.start : slip.end], slip.name
    at, size = slip.at - slip.start, len(written) - len(name)
    wrong, right = written[at : slip.to - slip.start], name[at : at + slip.to - slip.at + max(0, -size)]
    if not re.fullmatch(f"[{HAN}]*", wrong + right) or at >= _own(name):  # 东风里小区 lies in 东风里社区
        return False
    if size > 0:  # one more: only a character said twice
        return at > 0 and wrong == written[at - 1] and wrong not in _EDGE
    if size < 0:
        return 0 < at < len(written) and right not in _LEFT_OUT and len(set(name[at - 1 : at + 2])) == 3
    if slip.to - slip.at == 2:
        return True
    if (wrong in _TELLING and right in _TELLING) or wrong in _EDGE or at == len(written) - 1:
        return False
    if wrong in _TELLING and wrong in "第一二三四五六七八九十东西南北中新老甲乙丙丁":
        return False
    return at > 0 or (proper and slip.start > 0 and not re.match(f"[{HAN}]", text[slip.start - 1]))


def _said(text: str, slip: Slip, known: str) -> bool:
    """Whether what differs, with what stands on its two sides, is part of a known name."""
    first, last = slip.at - 1, max(slip.to, slip.at + 1)  # one character before, so that one said twice is seen
    spans = ((start, start + SHORTEST) for start in range(max(0, last - SHORTEST), first + 1))
    return any(text[start:end] in known for start, end in spans if end <= len(text))


def _is_apart(text: str, slip: Slip) -> bool:
    """Whether a passage stands between marks, or is all of the text."""
    before, behind = text[: slip.start].strip()[-1:], text[slip.end :].strip()[:1]
    return (not before or before in _MARKS) and (not behind or behind in _MARKS)


def _pairs(everything: Iterable[Passage]) -> dict[str, int]:
    """How often any two characters stand side by side."""
    pairs: dict[str, int] = defaultdict(int)
    for passage in everything:
        for at in range(len(passage.typed) - 1):
            pairs[passage.typed[at : at + 2]] += 1
    return pairs


def _ordinary(text: str, slip: Slip, pairs: dict[str, int]) -> bool:
    """Whether what is not as in the name stands side by side elsewhere in the texts as well."""
    written = text[slip.start : slip.end]
    once = {
        text[at : at + 2] for at in range(max(slip.start, slip.at - 1), min(slip.end - 1, max(slip.to, slip.at + 1)))
    }
    times = max(1, text.count(written))
    return any(pairs[pair] > times for pair in once if pair not in slip.name)


def _longest(slips: list[Slip]) -> Iterator[Slip]:
    """One slip a place: that of the longest name that is nearly there."""
    last: tuple[int, int] | None = None
    for slip in sorted(slips, key=lambda one: (one.at, one.start - one.end, one.start, one.name)):
        if last and slip.at <= last[1]:
            continue
        last = slip.start, slip.end
        yield slip
