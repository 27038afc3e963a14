"""说几个列几个：文字里说“三个方面”“四个不放松”“以下5点”，后面列举的条数要相符。

列举是紧跟其后的“一是、二是”“①②”“（一）（二）”“1.2.”，写在同一段、后面的段落或下一层的列表里；
没有这些标志、以冒号引出、用分号隔开的，数分号隔开的各句。后面没有紧跟列举的不核查（那多半只是一个数目）。
照录别人的文字、本来就少的，在“已核实”里写明。

正例：说三个，列三个；分号隔开的也是三个。

    正文:
      实施内容: |
        经费投向有三个方面：一是设施改造；二是文化活动；三是关爱帮扶。
        影响得分的主要是三个方面：资金使用率低；没有管理办法；四个社区没有开展活动。

反例：“四个不放松”只列出三个。

    正文:
      过程情况: 做到“四个不放松”。一是把关不放松。二是制度不放松。三是培训不放松。   # !P110 四个不放松 4 3
      效益情况: 主要有以下2点：①设施得到改善；②邻里更加和睦；③居民更加满意。   # !P110 以下2点 3
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...findings import Level
from ...narrative import Narrative
from ...passages import HOLE, typed
from .. import Case, Fault
from ..numerals import count_of
from . import Mark, marks, narratives

CODE = "P110"
LEVEL = Level.WARNING
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


@dataclass(frozen=True, slots=True)
class Announced:
    """A count that a text announces, in which paragraph and where."""

    paragraph: int
    start: int
    end: int
    count: int
    words: str


def check(case: Case) -> Iterator[Fault]:
    """A fault for each announced count that what follows at once does not have."""
    for path, text in narratives(case):
        paragraphs = [typed(one.title + one.text) for one in text]
        found = marks(paragraphs)
        for one in _announced(paragraphs):
            listed = _listed(one, paragraphs, found, text)
            if listed is None or listed == one.count:
                continue
            where = case.source.line_of(path, text.paragraphs[one.paragraph])
            what = f"“{one.words}”说的是{one.count}个，后面列出的是{listed}个"
            quoted = paragraphs[one.paragraph][max(0, one.start - 12) : one.end + 12].replace(HOLE, "{{…}}")
            mend = "改正个数，或补上漏写的；照录的在“已核实”里写明"
            yield Fault(path, what, str(one.count), str(listed), quoted, mend, where=where)


def _announced(paragraphs: Sequence[str]) -> Iterator[Announced]:
    for index, text in enumerate(paragraphs):
        for match in _ANNOUNCED.finditer(text):
            count = count_of(match[1])
            if count is not None and count > 1:
                words = ("以下" if text[: match.start()].endswith("以下") else "") + match[0]
                yield Announced(index, match.start(), match.end(), count, words)


def _listed(one: Announced, paragraphs: Sequence[str], found: list[Mark], text: Narrative) -> int | None:
    """How many are listed right behind what is announced; None when nothing is."""
    own = paragraphs[one.paragraph]
    first = next((mark for mark in found if (mark.paragraph, mark.start) >= (one.paragraph, one.end)), None)
    if first and first.number == 1 and _follows(one, own, first):
        return _run(found[found.index(first) :])
    if not _GAP.fullmatch(own, one.end):
        return _clauses(own[one.end :])
    below = text.paragraphs[one.paragraph + 1 :]
    level = text.paragraphs[one.paragraph].level
    if not below or below[0].level <= level or not below[0].number:
        return None
    inner = 0
    for after in below:
        if after.level <= level and after.number:
            break
        inner += bool(after.number) and after.level == below[0].level
    return inner


def _follows(one: Announced, own: str, first: Mark) -> bool:
    """Whether the first mark stands right behind: in the same or next sentence, or at the next paragraph's start."""
    if first.paragraph == one.paragraph:
        return _GAP.fullmatch(own, one.end, first.start) is not None
    return first.paragraph == one.paragraph + 1 and first.start == 0 and _GAP.fullmatch(own, one.end) is not None


def _run(found: Sequence[Mark]) -> int:
    """The highest number of one enumeration: up to where its kind begins anew."""
    kind, highest = found[0].kind, 0
    for mark in found:
        if mark.kind == kind:
            if mark.number == 1 and highest:
                break
            highest += 1
    return highest


def _clauses(rest: str) -> int | None:
    """How many clauses between semicolons follow a colon; None when they are no plain enumeration."""
    match = re.match(rf"[^。；：，{HOLE}]{{0,{FARTHEST}}}[：:]([^。：:\n]+)。?", rest)
    if not match or "；" not in match[1]:
        return None
    clauses = [clause.strip() for clause in match[1].split("；") if clause.strip()]
    return None if any(clause.startswith(_FURTHER) for clause in clauses) else len(clauses)
