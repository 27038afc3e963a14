"""Counts that stand beside the names they count: 甲、乙、丙三个方面; 3家社区，即甲、乙、丙."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import count_of
from .passages import HOLE

MOST = 40
ALIKE = 2  # last characters by which names are of one kind: 东风社区, 城南社区
FEW = 3  # names before the last, from which on a 和 inside one of them joins no two

_NUMERAL = r"(\d{1,2}|[二三四五六七八九十两]{1,3})"
_NOUN = "方面|环节|阶段|步骤|部分|层次|维度|层面|渠道|途径|原则|方法|等级|等|类别|类|级|板块|领域|"
_NOUN += "项(?:指标|内容|任务|工作|措施|制度|职责)"
_BEHIND = re.compile(rf"{_NUMERAL}(?:[个大种]?(?:{_NOUN})|[个家项所]([\u4e00-\u9fff]{{1,3}}))")
_BEFORE = re.compile(
    rf"{_NUMERAL}[个家项类所条种][\u4e00-\u9fff]{{0,6}}(?:，即|，分别(?:是|为)|（(?=[^（）]*、)|：(?=[^。；：]*、))"
)
_LIST_END = re.compile(rf"[。；，：？！（）()“”《》\n{HOLE}]")
_RANGE = re.compile(r"到(?!位)|至")
_AND = re.compile(r"以及|[和及与]")


@dataclass(frozen=True, slots=True)
class Miscount:
    """A count that the names beside it are not: where it stands, as written, and how many names there are."""

    start: int
    end: int
    words: str
    count: int
    listed: str
    names: str


def miscounts(text: str) -> Iterator[Miscount]:
    """The counts in a text that the names beside them are not, in whatever way these are read.

    >>> [(one.words, one.listed) for one in miscounts("从投入、过程、产出四个方面进行评价。")]
    [('四个方面', '3')]
    """
    if "、" not in text:
        return
    for match, words, count, names in (*_behind(text), *_before(text)):
        least, most = _bounds(names)
        if not least <= count <= most:
            listed = str(least) if least == most else f"{least}至{most}"
            yield Miscount(match.start(), match.start() + len(words), words, count, listed, names)


def _behind(text: str) -> Iterator[tuple[re.Match[str], str, int, str]]:
    """Counts right behind the names (`甲、乙、丙三个方面`)."""
    for match in _BEHIND.finditer(text):
        names = text[_start(text, match.start()) : match.start()]
        count = count_of(match[1])
        if (
            count is None
            or not 2 <= count <= MOST
            or "、" not in names
            or names.endswith(("等", "、", "第", "和", "的"))
        ):
            continue
        if _RANGE.search(names.rpartition("、")[2]) or (match[2] and not _shares(names, match[2])):
            continue
        yield match, match[0], count, names


def _shares(names: str, noun: str) -> bool:
    """Whether every name ends with what is counted: 甲社区、乙社区2个社区."""
    return all(name.rstrip("共").endswith(noun[:2]) for name in names.split("、"))


def _before(text: str) -> Iterator[tuple[re.Match[str], str, int, str]]:
    """Counts before the names (`3家社区，即甲、乙、丙`)."""
    for match in _BEFORE.finditer(text):
        end = _LIST_END.search(text, match.end())
        names = text[match.end() : end.start() if end else len(text)]
        count = count_of(match[1])
        plain = end is None or end[0] in "。；）"
        if count is None or not 2 <= count <= MOST or "、" not in names or "等" in names or not plain:
            continue
        words = match[0].rstrip("（：").split("，")[0]
        yield match, words, count, names


def _start(text: str, end: int) -> int:
    """Where the clause that ends at `end` begins."""
    return max((match.end() for match in _LIST_END.finditer(text, max(0, end - 200), end)), default=max(0, end - 200))


def _bounds(names: str) -> tuple[int, int]:
    """The least and the most names that a list can mean: a 和 may be part of a name, unless all names end alike."""
    *each, last = names.split("、")
    ends = {name[-ALIKE:] for name in (*each, last)}
    if len(ends) == 1 and all(len(name) > ALIKE for name in each):
        parted = sum(part[-ALIKE:] in ends for part in _AND.split(last))
        return len(each) + parted, len(each) + parted
    parts, size = _AND.split(last), len(each[-1])
    if len(each) > 1 and len(parts) == 2 and all(len(one) == size for one in (*each[1:], *parts)):
        return len(each) + 2, len(each) + 2
    inner = sum(_AND.search(name) is not None for name in each)
    if len(each) >= FEW and inner == 1 and len(parts) == 1:
        return len(each) + 1, len(each) + 1
    return len(each) + 1, len(each) + 1 + len(_AND.findall(names))
