"""与数据不符：报告里的数，和由数据文件算出、印出的不一样（加 --data 才查）。

程序用数据再生成一遍报告，逐段、逐行对照：除了数以外文字都相同的段落和单元格，数要一个一个相同；文字改过的段落，三位以上的数应是
数据里有的数。没有给数据文件的，不查。
例子里 `=数据=` 后面是由数据生成的那一段。

正例：数字的写法不同，数相同。

    =数据= 项目支出175,312.57元。
    项目支出175312.57元。
    =数据= 项目预算505万元。
    经核实，项目预算是505万元。

反例：数据生成的这一段印的是17.53万元。

    =数据= 项目支出17.53万元，支出率为26.56%。
    项目支出17.35万元，支出率为26.56%。   # !A170 17.53
    经核实，支出18.88万元。

反例：单位也要相同。

    =数据= 项目预算505万元，支出441.40万元。
    项目预算505元，支出441.40万元。   # !A170 505万元
    经核实，支出441.40元。   # !A170 441.40万元
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import zip_longest

from ..document import Cell, Paragraph
from ..findings import Level
from ..finished import Finished
from ..passages import Passage
from ..wording import fault
from . import Case, Fault

CODE = "A170"
LEVEL = Level.ERROR

_FIGURE = re.compile(r"(?P<number>\d[\d,，]*(?:\.\d+)?)(?P<unit>万元|亿元|元|%|％)?")
_DIGITS = 3
_FEWEST_LINES, _LEAST_SHARE = 12, 0.25  # of a report's lines that the data gives, apart from numbers
_YEARS = re.compile(r"(?:19|20)\d\d")

Line = tuple[Passage, ...]  # a paragraph, or the cells of a row


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each figure that the report made from the data has otherwise, or does not have."""
    if case.expected is None:
        return
    lines, made_lines = _lines(case.report), _lines(case.expected)
    given = {*_skeletons(made_lines)}
    if len(lines) >= _FEWEST_LINES and sum(one in given for one in _skeletons(lines)) < _LEAST_SHARE * len(lines):
        what = "报告和由数据生成的大半不同，没有逐个对照：数据文件、样式（--style）或文档（--document）可能拿错了"
        yield Fault(lines[0][0].path, what, where=lines[0][0].where, level=Level.WARNING)
        return
    known: dict[str, set[str]] = defaultdict(set)
    for one in case.expected.passages:
        for match in _FIGURE.finditer(one.typed):
            known[_key(match["number"])].add(_unit(match))
    for passage, made in _pairs(lines, made_lines):
        if made is not None and _skeleton(passage.typed) == _skeleton(made.typed):
            yield from _differing(passage, made)
            continue
        yield from _unknown(passage, known)


def _unknown(passage: Passage, known: Mapping[str, Set[str]]) -> Iterator[Fault]:
    """The figures of a passage that the data does not have, or has in another unit."""
    for match in _FIGURE.finditer(passage.typed):
        number, unit = _key(match["number"]), _unit(match)
        if len(number) < _DIGITS or _is_date(passage.typed, match):
            continue
        if number not in known:
            what = f"数据里没有{match['number']}这个数，由数据算出的数里也没有"
            yield fault(passage, *match.span("number"), what, actual=match["number"], level=Level.WARNING)
        elif unit and "" not in known[number] and unit not in known[number]:
            printed = "、".join(match["number"] + one for one in sorted(known[number]))
            yield fault(
                passage, *match.span(), f"这里是{match[0]}，由数据印出的是{printed}", expected=printed, actual=match[0]
            )


def _lines(report: Finished) -> list[Line]:
    """The paragraphs of a report and the rows of its tables, in order."""
    found: list[Line] = []
    for block in (*report.body, *report.margins):
        rows = [(block,)] if isinstance(block, Paragraph) else [_held(row) for row in block.rows]
        for row in rows:
            passages = tuple(dict.fromkeys(one for held in row if (one := report.passage_of(held)).path))
            if passages:
                found.append(passages)
    return found


def _held(row: Sequence[Cell]) -> tuple[Paragraph, ...]:
    return tuple(paragraph for cell in row for paragraph in cell.paragraphs)


def _pairs(own: list[Line], made: list[Line]) -> Iterator[tuple[Passage, Passage | None]]:
    """Each passage of the report, and the one that the data gives at its place, where there is one."""
    matcher = SequenceMatcher(None, _skeletons(own), _skeletons(made), autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        for line, other in zip_longest(own[start:end], made[first:last] if end - start == last - first else ()):
            same = other if other is not None and len(other) == len(line) else ()
            yield from zip_longest(line, same)


def _skeletons(lines: list[Line]) -> list[str]:
    return ["\t".join(_skeleton(one.typed) for one in line) for line in lines]


def _skeleton(text: str) -> str:
    """What is said apart from the numbers and their units."""
    return _FIGURE.sub("□", text)


def _differing(passage: Passage, made: Passage) -> Iterator[Fault]:
    """The figures that the passage of the data has otherwise."""
    for match, other in zip(_FIGURE.finditer(passage.typed), _FIGURE.finditer(made.typed), strict=True):
        if (_key(match["number"]), _unit(match)) != (_key(other["number"]), _unit(other)):
            what = f"这里是{match[0]}，由数据印出的是{other[0]}"
            yield fault(passage, *match.span(), what, expected=other[0], actual=match[0])


def _unit(match: re.Match[str]) -> str:
    return (match["unit"] or "").replace("％", "%")


def _key(number: str) -> str:
    """The number without separators: 8,988,025.24 and 8988025.24 are one."""
    return re.sub("[,，]", "", number)


def _is_date(text: str, match: re.Match[str]) -> bool:
    behind = text[match.end() : match.end() + 1]
    return behind in ("年", "月", "日", "号") or (bool(_YEARS.fullmatch(match["number"])) and behind in "〕]-—/")
