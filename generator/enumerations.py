"""Enumerations as typed: their marks (一是、①、（1）), where these break off, and the counts that texts announce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from .numerals import DIGITS, count_of
from .passages import HOLE

NEVER_ALONE = ("一是", "其一")
FARTHEST = 24  # characters between what is announced and the first mark of it

_NOUNS = (
    "方面|点|问题|原因|措施|建议|环节|阶段|步骤|原则|任务|重点|特点|做法|经验|成效|不足|因素|层次|维度|途径|渠道|层面"
    "|工作|要求|变化|内容|困难|条|步"
)
_ANNOUNCED = re.compile(
    r"(?<![\d第.〔年月])(\d{1,2}|[二三四五六七八九十两]{1,3})"
    rf"(?:[个项条类种大]?(?:{_NOUNS})|个[\u4e00-\u9fff]{{1,4}}(?=[”」]))"
)
_GAP = re.compile(rf"[^。；{HOLE}]{{0,{FARTHEST}}}[。：:，；”]{{1,3}}")
_FURTHER = ("另", "同时", "此外", "但", "其中", "以上", "上述")
_MARKS = {
    "一是": re.compile(r"(?<![\u4e00-\u9fff])([一二三四五六七八九十])是"),
    "其一": re.compile(r"(?<![\u4e00-\u9fff])其([一二三四五六七八九十])(?=[，是])"),
    "第一": re.compile(r"(?<![\u4e00-\u9fff])第([一二三四五六七八九十])(?=，)"),
    "①": re.compile(r"(?:^|(?<=[。；：，]))([①-⑳])"),
    "（1）": re.compile(r"(?:^|(?<=[。；：]))[（(](\d{1,2})[）)]"),
    "（一）": re.compile(r"(?:^|(?<=[。；：]))[（(]([一二三四五六七八九十])[）)]"),
    "1.": re.compile(r"^(\d{1,2})[.．、](?!\d)"),
    "一、": re.compile(r"^([一二三四五六七八九十])、"),
}

_SIGNS = re.compile(
    r"[一二三四五六七八九十][是，、]|其[一二三四五六七八九十]|[①-⑳]|[（(][\d一二三四五六七八九十]|^\d{1,2}[.．、]"
)  # what no text with a mark goes without
KEPT = 1_000  # paragraphs whose marks are kept


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of an enumeration as typed (`二是`): its kind, number and place in the paragraphs of a text."""

    kind: str
    number: int
    paragraph: int
    start: int
    word: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A count that a text announces, in which paragraph and where."""

    paragraph: int
    start: int
    end: int
    count: int
    words: str


def marks(paragraphs: Sequence[str]) -> Sequence[Mark]:
    """The marks of enumerations that a person typed, in order."""
    found = (replace(mark, paragraph=index) for index, text in enumerate(paragraphs) for mark in _marks(text))
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _marks(text: str) -> Sequence[Mark]:
    """The marks of one paragraph; several checks ask for them."""
    if not _SIGNS.search(text):
        return ()
    found = [
        Mark(kind, _number(match[1]), 0, match.start(), match[0])
        for kind, pattern in _MARKS.items()
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda mark: mark.start))


def _number(written: str) -> int:
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return count_of(written) or 0


def announced(paragraphs: Sequence[str]) -> Iterator[Announced]:
    """The counts that paragraphs announce: 三个方面, “四个不放松”, 以下5点."""
    for index, text in enumerate(paragraphs):
        for match in _ANNOUNCED.finditer(text):
            count = count_of(match[1])
            if count is not None and count > 1:
                words = ("以下" if text[: match.start()].endswith("以下") else "") + match[0]
                yield Announced(index, match.start(), match.end(), count, words)


def listed(
    one: Announced, paragraphs: Sequence[str], found: Sequence[Mark], levels: Sequence[tuple[int, bool]] = ()
) -> int | None:
    """How many are listed right behind what is announced; None when nothing is.

    `levels` are those of paragraphs that the program numbers: the level of each, and whether it has a number.
    """
    own = paragraphs[one.paragraph]
    first = next((mark for mark in found if (mark.paragraph, mark.start) >= (one.paragraph, one.end)), None)
    if first and first.number == 1 and _follows(one, own, first):
        return _run(found[found.index(first) :])
    if not _GAP.fullmatch(own, one.end):
        return _clauses(own[one.end :])
    below = levels[one.paragraph + 1 :]
    level = levels[one.paragraph][0] if levels else 0
    if not below or below[0][0] <= level or not below[0][1]:
        return None
    inner = 0
    for deep, numbered in below:
        if deep <= level and numbered:
            break
        inner += numbered and deep == below[0][0]
    return inner


def _follows(one: Announced, own: str, first: Mark) -> bool:
    """Whether the first mark stands right behind: in the same or next sentence, or at the next paragraph's start."""
    if first.paragraph == one.paragraph:
        return _GAP.fullmatch(own, one.end, first.start) is not None
    return first.paragraph == one.paragraph + 1 and first.start == 0 and _GAP.fullmatch(own, one.end) is not None


def _run(found: Sequence[Mark]) -> int:
    """How many marks one enumeration has: up to where its kind begins anew, or goes back by more than one."""
    kind, count, last = found[0].kind, 0, 0
    for mark in found:
        if mark.kind == kind:
            if count and (mark.number == 1 or mark.number < last):
                break
            count, last = count + 1, mark.number
    return count


def _clauses(rest: str) -> int | None:
    """How many clauses between semicolons follow a colon; None when they are no plain enumeration."""
    match = re.match(rf"[^。；：，{HOLE}]{{0,{FARTHEST}}}[：:]([^。：:\n]+)。?", rest)
    if not match or "；" not in match[1]:
        return None
    clauses = [clause.strip() for clause in match[1].split("；") if clause.strip()]
    return None if any(clause.startswith(_FURTHER) for clause in clauses) else len(clauses)


def breaks(run: Sequence[Mark]) -> Iterator[tuple[Mark, str]]:
    """Each mark of one kind that does not come behind the one before it, and what is wrong with it."""
    before: Mark | None = None
    for mark, after in zip_longest(run, run[1:]):
        number = before.number if before else 0
        if mark.number == 1:
            if mark.kind in NEVER_ALONE and (after is None or after.number == 1):
                yield mark, f"列举只有“{mark.word}”，没有“{_word(mark, 2)}”"
        elif mark.number == number:
            yield mark, f"列举里“{mark.word}”写了两遍"
        elif mark.number != number + 1:
            behind = f"前面是“{before.word}”，" if before else ""
            yield mark, f"列举到“{mark.word}”，{behind}缺少“{_word(mark, number + 1)}”"
        before = mark


def _word(mark: Mark, number: int) -> str:
    """The mark of that number, of the same kind."""
    if mark.kind == "①":
        return chr(ord("①") + number - 1)
    if mark.kind in ("（1）", "1."):
        return mark.word.replace(str(mark.number), str(number))
    written = DIGITS[number - 1] if number <= len(DIGITS) else str(number)
    return mark.word.replace(DIGITS[mark.number - 1], written, 1)
