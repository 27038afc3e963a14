"""表、图和附件：题注的编号连续、不重号；文字里引的表、图、附件要有；写着“见下表”的，后面要有表。

题注是单独成段的“表1 ……”“图2 ……”“表一……”“表2-1……”“附表1……”，表的题注后面要有表；引用是“见表3”“如表1、表2所示”“（表4）”
“详见附件5”。另起一部分、一个附件里重新从1编的，不算错；续表不算。一个题注、一个附件也没有写的报告，不看引用。

正例：

    支出情况见下表：
    表1 支出情况表
    | 区域 | 支出 |
    | 甲区 | 897.43 |
    各区支出见表1，明细见附件2。
    附件：1.评分表
    附件2 明细表
    附表1 评分表
    | 指标 | 得分 |
    | 培训 | 10 |
    附件3 区域支出
    表1 支出情况表
    | 区域 | 支出 |
    | 甲区 | 897.43 |

反例：

    表1 支出情况表
    | 区域 | 支出 |
    | 甲区 | 897.43 |
    表3 支出明细表   # !A165 表2
    | 用途 | 支出 |
    | 培训 | 897.43 |
    各区支出见表7，明细见附件9。   # !A165 表7
    得分见后（表1、表8）。   # !A165 表8
    问卷结果见下表：   # !A165 没有表
    以上是全部情况。
    附件1 明细表

反例：

    图1 支出构成
    图1 得分率   # !A165 两次
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Paragraph, Table
from ..findings import Level
from ..finished import NUMBERED, in_contents, plain
from ..numerals import count_of
from ..wording import fault
from . import Case, Fault

CODE = "A165"
LEVEL = Level.WARNING

_NUMERAL = r"(?:(?:\d{1,2}[-－—.])?\d{1,3}(?![\d－]|[-.]\d)|[一二三四五六七八九十]{1,2})"
_CAPTION = re.compile(rf"(?P<kind>附?[表图])\s?(?P<number>{_NUMERAL})(?:[\s　：:.、]{{1,4}}\S|(?<=\d)[^\s\d]|$)")
_ONE = rf"附?[表图]\s?{_NUMERAL}"
_CITED = re.compile(
    rf"(?:(?:见|如|参见|参阅|同|由|据|在|和)|[（(](?=[^（()）]{{2,20}}[）)]))(?P<cited>{_ONE}(?:[、和及与]{_ONE}){{0,5}})"
)
_EACH = re.compile(rf"(?P<kind>附?[表图])\s?(?P<number>{_NUMERAL})")
_ATTACHED = re.compile(r"附件\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?!\d)")
_CITES_ATTACHED = re.compile(r"(?:见|参见|参阅)附件\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d、])")
_LIST = re.compile(r"附件[:：]")
_ENTRY = re.compile(r"(\d{1,2})[.．、]")
_ANEW = re.compile(r"附件\s?[\d一二三四五六七八九十]")
_BELOW = re.compile(r"(?:见|如)下表(?:所示)?[:：。]?$")
_NEAR = 3  # paragraphs between “见下表” or a caption and its table: a caption, a unit, a note
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Number:
    """What a caption or a citation is numbered: 表2-1 is the first of those of kind 表2-."""

    kind: str
    last: int

    @classmethod
    def of(cls, match: re.Match[str]) -> _Number:
        """The number in a caption or citation."""
        found = re.fullmatch(r"(.*?)([^-－—.]+)", match["number"])
        before, last = (found[1], found[2]) if found else ("", match["number"])
        return cls(match["kind"] + before, count_of(last) or 0)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each caption out of order, each citation of what is not there, and each 下表 without a table."""
    yield from _captions(case)
    yield from _cited(case)
    yield from _below(case)


def _captions(case: Case) -> Iterator[Fault]:
    last: dict[str, tuple[int, int]] = {}  # the number of the last caption of a kind, and which one it should be
    for at, block in enumerate(case.report.body):
        if not isinstance(block, Paragraph):
            continue
        match = _caption(block)
        if match is None:
            if _ANEW.match(plain(block).strip()) or NUMBERED[0].match(plain(block).strip()):
                last = {}
            continue
        if "表" in match["kind"] and not _before_table(case, at):
            continue
        number = _Number.of(match)
        before, wanted = last.get(number.kind, (0, 0))
        right = number.last in (before + 1, wanted + 1)
        last[number.kind] = number.last, number.last if right else before + 1
        if not right:
            written, other = f"{match['kind']}{match['number']}", f"{number.kind}{before + 1}"
            what = f"“{written}”编了两次号" if number.last == before else f"“{written}”的编号应为{other}"
            passage = case.report.passage_of(block)
            yield fault(passage, *match.span("number"), what, expected=other, actual=written)


def _caption(paragraph: Paragraph) -> re.Match[str] | None:
    """The number that a paragraph begins with, where it is a caption, and not one of a table that goes on."""
    text = plain(paragraph).strip()
    if len(text) > _LONGEST or text.endswith(("。", "；", "，", "：", ":")) or in_contents(paragraph):
        return None
    return None if re.search(r"[（(]续", text) else _CAPTION.match(text)


def _before_table(case: Case, at: int) -> bool:
    """Whether a table follows a caption at once; not where another caption stands in between."""
    for block in case.report.body[at + 1 : at + 1 + _NEAR]:
        if isinstance(block, Table):
            return True
        if _caption(block):
            return False
    return False


def _cited(case: Case) -> Iterator[Fault]:
    there: dict[str, set[int]] = defaultdict(set)
    listing = False
    for paragraph in case.report.paragraphs:
        text = plain(paragraph).strip()
        if match := _caption(paragraph):
            number = _Number.of(match)
            there[number.kind].add(number.last)
        if not _CITES_ATTACHED.search(text):
            there["附件"] |= {count_of(one["number"]) or 0 for one in _ATTACHED.finditer(text)}
        listing = _LIST.match(text) is not None or (listing and _ENTRY.match(text) is not None)
        if listing:
            there["附件"] |= {int(one) for one in _ENTRY.findall(text)}
    for passage in case.passages:
        for cited in _CITED.finditer(passage.typed):
            for match in _EACH.finditer(passage.typed, *cited.span("cited")):
                number = _Number.of(match)
                if there[number.kind] and number.last not in there[number.kind]:
                    what = f"引了{match[0]}，报告里没有{match[0]}"
                    yield fault(passage, *match.span(), what, actual=match[0])
        for match in _CITES_ATTACHED.finditer(passage.typed):
            if there["附件"] and count_of(match["number"]) not in there["附件"]:
                what = f"引了附件{match['number']}，报告里没有附件{match['number']}"
                yield fault(passage, *match.span(), what, actual=f"附件{match['number']}")


def _below(case: Case) -> Iterator[Fault]:
    body = case.report.body
    for at, block in enumerate(body):
        if not isinstance(block, Paragraph):
            continue
        match = _BELOW.search(plain(block).strip())
        if match and not any(isinstance(one, Table) for one in body[at + 1 : at + 2 + _NEAR]):
            passage = case.report.passage_of(block)
            start = passage.typed.rfind(match[0])
            yield fault(passage, max(start, 0), len(passage.typed), "写着“见下表”，后面没有表")
