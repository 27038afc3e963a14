"""写错的名称：文字里的名称，与数据里的名称只差一个字，多半是误录。

单位、部门、公司、文件、指标的名称，写错一个字、漏一个字、一个字写了两遍、相邻两字颠倒的，都提示。
数据里另有这个名称的，差在数字、年份、序数、甲乙丙丁、东西南北、省市区县的，差在“的”“和”一类虚词的，差在“社区”“公司”这样的通名里的（“小区”），不提示；
指标名称由普通的词组成，换的字与前后的字在别处也连用的，是另一种说法，不提示。
不足四个字的名称、专名（“社区”“公司”“局”之前的部分）太短的，看不准，不核查。

正例：数据里的名称，只差序数、方位的名称，普通的说法。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区第一实验小学, 简称: 第一实验小学}
    正文:
      项目概况: 东风里社区和第一实验小学先开展，第二实验小学、东风东社区没有参加，东风里的社区居民、东风里小区居民满意。

反例：写错、写颠倒、重复、漏写一个字。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区盛高大城社区居民委员会, 简称: 盛高大城社区}
    正文:
      项目概况: 盛高大成社区进度较快。   # !X123 盛高大城社区 盛高大成社区
      实施内容: 东山区东风星社区进度较慢。   # !X123 东风里社区 东风星社区
      组织管理: 由盛大高城社区负责。   # !X123 盛高大城社区 盛大高城社区
      评价目的: 检查盛高高大城社区的支出。   # !X123 盛高大城社区
      评价范围: 包括盛高城社区。   # !X123 盛高大城社区 盛高城社区

反例：公司、指标和文件的名称。

    项目:
      名称: 社区服务项目
      单位:
        - 名称: 甲社区
          合同: [{名称: 平台维护合同, 对方: 某市墨风科技有限公司}]
    文件:
      管理办法: {名称: 某市社区服务专项经费使用管理办法}
    指标体系:
      - {名称: 服务对象满意度, 分值: 10}
    正文:
      项目概况: 由墨凤科技有限公司维护。   # !X123 墨风科技有限公司 墨凤科技有限公司
      评价依据: 《某市社区服务专项经费使用管里办法》。   # !X123 管里办法
      综合结论: 服务对像满意度达到95%。   # !X123 服务对象满意度 服务对像满意度
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ...fields import Path
from ...findings import Level
from ...passages import HOLE, Passage
from ...wording import HAN, REMARKS, fault, sentences_of, texts
from .. import Case, Fault

CODE = "X123"
LEVEL = Level.WARNING

SHORTEST, LONGEST = 4, 60
OWN = 3  # the least characters of a name before its kind's word: one in two changed is another name
PLAIN = 6  # the least characters of a name that is made of ordinary words
NAMED = ("名称", "简称", "别名", "全称", "单位", "对方", "委托方", "评价机构", "三级")
ORDINARY = ("资金", "实施", "指标体系", "绩效目标")  # where names are mostly words for things
PROPER = ("按单位", "按区域")  # where they are not, within those
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
_EDGE = frozenset("的了在由对和与及或以从到向按被把将各该本是为经据至等其并于")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A passage's characters from `start` to `end` that are one edit away from `name`; `at` to `to` differ."""

    start: int
    end: int
    name: str
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class _Half:
    """One half of a name as it stands in a text, and how long the other half is, which stands behind or before it."""

    text: str
    other: int
    behind: bool


class _Index:
    """Names by their halves: one edit leaves a half as it is, and the other half's shortenings meet the text's."""

    def __init__(self, names: set[str]) -> None:
        self.names: dict[tuple[_Half, str], set[str]] = defaultdict(set)
        self.halves: dict[str, set[_Half]] = defaultdict(set)
        for name in names:
            middle = len(name) // 2
            swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
            for written in (name, swapped):
                first, second = written[:middle], written[middle:]
                self._add(_Half(first, len(second), True), second, name)
                self._add(_Half(second, len(first), False), first, name)

    def _add(self, half: _Half, other: str, name: str) -> None:
        self.halves[half.text[:2]].add(half)
        for variant in _shortened(other):
            self.names[half, variant].add(name)

    def slips(self, text: str) -> Iterator[_Slip]:
        """Every passage of `text` that is one edit away from a name; some more than once."""
        for at in range(len(text) - 1):
            for half in self.halves.get(text[at : at + 2], ()):
                if text.startswith(half.text, at):
                    yield from self._around(text, at, half)

    def _around(self, text: str, at: int, half: _Half) -> Iterator[_Slip]:
        behind = at + len(half.text)
        for size in (half.other - 1, half.other, half.other + 1):
            start, end = (at, behind + size) if half.behind else (at - size, behind)
            if size < 1 or start < 0 or end > len(text):
                continue
            other = text[behind:end] if half.behind else text[start:at]
            for name in {name for variant in _shortened(other) for name in self.names.get((half, variant), ())}:
                if differ := _differ(text[start:end], name):
                    yield _Slip(start, end, name, start + differ[0], start + differ[1])


def check(case: Case) -> Iterator[Fault]:
    """A fault for each passage that is one character away from a name of the data."""
    proper, plain = _names(case)
    index = _Index(proper | plain)
    known = "\n".join({one.typed for one in texts(case) if _is_name(one)} | proper | plain)
    pairs: dict[str, int] | None = None
    for passage in sentences_of(case):
        found: list[_Slip] = []
        for slip in index.slips(passage.typed):
            written = passage.typed[slip.start : slip.end]
            if (
                written in known
                or not _is_slip(passage.typed, slip, slip.name in proper)
                or _said(passage.typed, slip, known)
            ):
                continue
            pairs = _pairs(case) if pairs is None else pairs
            if slip.name in proper or not _ordinary(passage.typed, slip, pairs):
                found.append(slip)
        yield from _faults(passage, found)


def _names(case: Case) -> tuple[set[str], set[str]]:
    """The proper names of the data with their shorter forms, and those made of ordinary words (indicators)."""
    proper, plain = set(), set()
    for one in texts(case):
        if one.prose or not SHORTEST <= len(one.typed) <= LONGEST or HOLE in one.typed or _key(one.path) not in NAMED:
            continue
        listed = any(step in PROPER for step in one.path) and "按用途" not in one.path
        ordinary = one.path[0] in ORDINARY and not listed
        if listed or one.path[0] in ("项目", "报告", "文件"):
            proper |= {name for name in _forms(one.typed.strip()) if len(name) >= SHORTEST and _own(name) >= OWN}
        elif ordinary and len(one.typed) >= PLAIN:
            plain.add(one.typed)
    return proper, plain - proper


def _is_name(passage: Passage) -> bool:
    """Whether a text is neither a paragraph nor a remark."""
    return not passage.prose and _key(passage.path) not in REMARKS and "参数" not in passage.path


def _key(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


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


def _is_slip(text: str, slip: _Slip, proper: bool) -> bool:
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


def _said(text: str, slip: _Slip, known: str) -> bool:
    """Whether what differs, with what stands on its two sides, is part of a name of the data."""
    first, last = slip.at - 1, max(slip.to, slip.at + 1)  # one character before, so that one said twice is seen
    spans = ((start, start + SHORTEST) for start in range(max(0, last - SHORTEST), first + 1))
    return any(text[start:end] in known for start, end in spans if end <= len(text))


def _pairs(case: Case) -> dict[str, int]:
    """How often any two characters stand side by side in the data."""
    pairs: dict[str, int] = defaultdict(int)
    for passage in texts(case):
        for at in range(len(passage.typed) - 1):
            pairs[passage.typed[at : at + 2]] += 1
    return pairs


def _ordinary(text: str, slip: _Slip, pairs: dict[str, int]) -> bool:
    """Whether what is not as in the name stands side by side elsewhere in the data as well."""
    written = text[slip.start : slip.end]
    once = {
        text[at : at + 2] for at in range(max(slip.start, slip.at - 1), min(slip.end - 1, max(slip.to, slip.at + 1)))
    }
    times = max(1, text.count(written))
    return any(pairs[pair] > times for pair in once if pair not in slip.name)


def _faults(passage: Passage, slips: list[_Slip]) -> Iterator[Fault]:
    """One fault a place: the longest name that is nearly there."""
    last: tuple[int, int] | None = None
    for slip in sorted(slips, key=lambda one: (one.at, one.start - one.end)):
        if last and slip.at <= last[1]:
            continue
        last = slip.start, slip.end
        written = passage.typed[slip.start : slip.end]
        what = f"文字里的“{written}”与数据里的“{slip.name}”只差一个字"
        mend = "改为数据里的名称；确是另一个名称的，用“已核实”注明"
        yield fault(passage, slip.start, slip.end, what, expected=slip.name, actual=written, mend=mend)
