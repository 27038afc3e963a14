"""表、图和附件：题注的编号连续、不重号；文字里引的表、图、附件要有；写着“见下表”的，后面要有表。

题注是单独成段的“表1 ……”“图2 ……”；引用是“见表3”“如图2所示”“详见附件5”。一个题注、一个附件也没有写的报告，不看引用。

正例：

    支出情况见下表：
    表1 支出情况表
    | 区域 | 支出 |
    | 甲区 | 897.43 |
    各区支出见表1，明细见附件2。
    附件：1.评分表
    附件2 明细表

反例：

    表1 支出情况表
    表3 支出明细表   # !A165 表2
    各区支出见表7，明细见附件9。   # !A165 表7
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

from ..document import Paragraph, Table
from ..findings import Level
from ..finished import plain
from ..wording import fault
from . import Case, Fault

CODE = "A165"
LEVEL = Level.WARNING

_CAPTION = re.compile(r"(?P<kind>[表图])\s?(?P<number>\d{1,3})(?![\d.－-])[\s　：:.、]*\S")
_CITED = re.compile(r"(?:见|如|参见|参阅|同|由|据|在)(?P<kind>[表图])\s?(?P<number>\d{1,3})(?![\d.－-])")
_ATTACHED = re.compile(r"附件\s?(?P<number>\d{1,2})(?!\d)")
_CITES_ATTACHED = re.compile(r"(?:见|参见|参阅)附件\s?(?P<number>\d{1,2})(?!\d)")
_LIST = re.compile(r"附件[:：]")
_ENTRY = re.compile(r"(\d{1,2})[.．、]")
_BELOW = re.compile(r"(?:见|如)下表(?:所示)?[:：。]?$")
_NEAR = 3  # paragraphs between “见下表” and its table: a caption, a unit, a note


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each caption out of order, each citation of what is not there, and each 下表 without a table."""
    yield from _captions(case)
    yield from _cited(case)
    yield from _below(case)


def _captions(case: Case) -> Iterator[Fault]:
    last: dict[str, int] = {}
    for paragraph in case.report.paragraphs:
        match = _CAPTION.match(plain(paragraph).strip())
        if not match or not _is_caption(paragraph):
            continue
        kind, number = match["kind"], int(match["number"])
        before = last.get(kind, 0)
        last[kind] = number
        if number == before + 1:
            continue
        name = f"{kind}{number}"
        what = f"“{name}”编了两次号" if number == before else f"“{name}”的编号应为{kind}{before + 1}"
        passage = case.report.passage_of(paragraph)
        yield fault(passage, *match.span("number"), what, expected=f"{kind}{before + 1}", actual=name)


def _is_caption(paragraph: Paragraph) -> bool:
    text = plain(paragraph).strip()
    return len(text) <= 40 and not text.endswith(("。", "；", "，", "：", ":"))


def _cited(case: Case) -> Iterator[Fault]:
    there: dict[str, set[int]] = defaultdict(set)
    listing = False
    for paragraph in case.report.paragraphs:
        text = plain(paragraph).strip()
        if (match := _CAPTION.match(text)) and _is_caption(paragraph):
            there[match["kind"]].add(int(match["number"]))
        there["附件"] |= {int(one["number"]) for one in _ATTACHED.finditer(text) if not _CITES_ATTACHED.search(text)}
        listing = _LIST.match(text) is not None or (listing and _ENTRY.match(text) is not None)
        if listing:
            there["附件"] |= {int(one) for one in _ENTRY.findall(text)}
    for passage in case.passages:
        for pattern in (_CITED, _CITES_ATTACHED):
            for match in pattern.finditer(passage.typed):
                kind, number = match.groupdict().get("kind") or "附件", int(match["number"])
                if there[kind] and number not in there[kind]:
                    what = f"引了{kind}{number}，报告里没有{kind}{number}"
                    yield fault(passage, *match.span(), what, actual=f"{kind}{number}")


def _below(case: Case) -> Iterator[Fault]:
    body = case.report.body
    for number, block in enumerate(body):
        if not isinstance(block, Paragraph) or not (match := _BELOW.search(plain(block).strip())):
            continue
        if not any(isinstance(one, Table) for one in body[number + 1 : number + 2 + _NEAR]):
            passage = case.report.passage_of(block)
            at = passage.typed.rfind(match[0])
            yield fault(passage, max(at, 0), len(passage.typed), "写着“见下表”，后面没有表")
