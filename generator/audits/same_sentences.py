"""同一句话，数不同：两处除数字外一字不差的句子，只有一个数不一样。

摘要抄正文、正文抄附件，改了一处忘了另一处，就会这样。句子按句号和分号分，也按逗号分；要有八个以上的汉字，并且另有别的数或名称
可以认出说的是同一件事；两个数位数相同，只差一个数字或颠倒了两个。差的是年、第几的不算，差的是月、日的，句子里还要有别的数；讲计分
办法的句子不看。

正例：两处一样；另一年的同一句话；两个单位各说各的。

    甲社区、乙社区共使用62,000.00元；丙社区使用20,000.00元。
    截至年底，甲社区、乙社区共使用62,000.00元；丙社区使用20,000.00元。
    2023年共收到群众意见建议100条。
    2024年共收到群众意见建议100条。

反例：

    甲社区、乙社区共使用62,000.00元；丙社区使用20,000.00元。
    截至年底，甲社区、乙社区共使用62,100.00元；丙社区使用20,000.00元。   # !A123 62,000.00
    社区共走访慰问困难群众家庭260户，发放问卷300份。
    截至2019年9月30日，项目总支出1,006.88万元，使用率偏低。
    截至2019年6月30日，项目总支出1,006.88万元，使用率偏低。   # !A123 9
    社区共走访慰问困难群众家庭261户，发放问卷300份。   # !A123 260
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..findings import Level
from ..passages import Passage
from ..wording import HAN, fault
from . import CONTRADICTION, Case, Fault
from .near_figures import is_slip

CODE = "A123"
LEVEL = Level.WARNING
KIN = CONTRADICTION

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?(?![年号季])")
_HOLE = "\x00"  # no character of a text
_RULE = re.compile("每(?!年|个?月)|扣|以上|以下|不足|低于|高于|超过|[≥≤<>＜＞]|得满分")
_NUMBERED = re.compile(r"\s*(?:[（(]?\d{1,3}[）)、.．](?!\d)|[①-⑳])")
_WORDS, _ALONE, _LONGEST = 8, 12, 400
_TELLING = 5  # characters of a number that need not as many words around it


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: its numbers, where each stands, and the passage that it is in."""

    numbers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    passage: Passage


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each number that is another one where the same sentence stands again."""
    same: dict[str, list[_Said]] = defaultdict(list)
    for passage in case.passages:
        if passage.prose:
            for skeleton, said in _sentences(passage):
                same[skeleton].append(said)
    told: set[tuple[object, tuple[int, int]]] = set()
    for skeleton, sayings in same.items():
        words = len(re.findall(f"[{HAN}]", skeleton))
        for one, usual, at in _apart(sayings):
            key = (one.passage.path, one.spans[at])
            if key in told or not is_slip(one.numbers[at], usual.numbers[at]):
                continue
            if len(one.numbers) == 1 and words < _ALONE and len(one.numbers[at]) < _TELLING:
                continue
            if _is_date(one, at) and (words < _ALONE or all(_is_date(one, each) for each in range(len(one.numbers)))):
                continue
            told.add(key)
            where = usual.passage.where
            place = f"第{where.line}行" if where.line is not None else str(where).rpartition(" › ")[2]
            what = f"同一句话，这里是{one.numbers[at]}，{place or '别处'}是{usual.numbers[at]}"
            yield fault(one.passage, *one.spans[at], what, expected=usual.numbers[at], actual=one.numbers[at])


def _sentences(passage: Passage) -> Iterator[tuple[str, _Said]]:
    """The sentences of a passage and what stands between their commas, each as its words without numbers."""
    found: set[tuple[int, int]] = set()
    for ends in ("。；;\n", "。；;\n，,："):
        for sentence in re.finditer(f"(?:[^{ends}]|(?<=\\d),(?=\\d{{3}})){{8,{_LONGEST}}}", passage.typed):
            if sentence.span() in found or _RULE.search(sentence[0]):
                continue
            found.add(sentence.span())
            numbered = _NUMBERED.match(sentence[0])
            begin = sentence.start() + (numbered.end() if numbered else 0)
            text = passage.typed[begin : sentence.end()]
            numbers = list(_NUMBER.finditer(text))
            skeleton = _NUMBER.sub(_HOLE, text)
            if numbers and len(re.findall(f"[{HAN}]", skeleton)) >= _WORDS:
                spans = tuple((begin + one.start(), begin + one.end()) for one in numbers)
                yield skeleton, _Said(tuple(one[0] for one in numbers), spans, passage)


def _is_date(said: _Said, at: int) -> bool:
    """Whether a number is a month or a day."""
    return said.passage.typed[said.spans[at][1] :][:1] in ("月", "日")


def _apart(sayings: Sequence[_Said]) -> Iterator[tuple[_Said, _Said, int]]:
    """Each saying that differs in one number from the most frequent (else the first), with that and the place."""
    counted = Counter(one.numbers for one in sayings)
    if len(counted) < 2:
        return
    usual = max(sayings, key=lambda one: counted[one.numbers])
    if len(counted) > 2 and counted[usual.numbers] < 2:
        return
    for one in sayings:
        differing = [at for at, pair in enumerate(zip(one.numbers, usual.numbers, strict=True)) if len(set(pair)) > 1]
        if len(differing) == 1 and counted[one.numbers] == 1:
            yield one, usual, differing[0]
