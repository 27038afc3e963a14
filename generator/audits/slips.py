"""像是抄错的数：只出现一次的数，和别处同一个名称的数只差一个数字，或两个数字颠倒。

看正文和表格里三位以上的数（万元和元换算后算同一个数）。一个数在全文只有一处，而同一个单位、用途、指标的行里，或同一个
名称后面，有一个数和它只差一个数字，就是抄错了。两处各出现一次的，说在正文那一处。六位以上的数，别处有三处以上和它只差一个数字
的，不论名称也说；正文里四位以上的金额和个数，要有五处以上。

正例：每个数都和别处一致。

    甲区拨付资金1420万元，支出897.43万元；乙区支出91.95万元。
    | 区域 | 拨付 | 支出 |
    | 甲区 | 1,420.00 | 897.43 |
    | 乙区 | 620.00 | 91.95 |

反例：别处印了三次的数，这里差一个数字。

    预算660,000.00元，为县级资金660,000.00元。
    预算资金660,100.00元没有全部到位。   # !A121 660,000.00
    年初批复660,000.00元。

反例：正文和表里的数差一个数字。

    甲区铺设管网879.43米，乙区铺设91.95米。   # !A121 897.43
    | 区域 | 铺设（米） | 检修（米） |
    | 甲区 | 897.43 | 1,420.00 |
    | 乙区 | 91.95 | 620.00 |
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Level
from ..passages import Passage
from ..wording import HAN, fault
from . import CONTRADICTION, Case, Fault
from .numbers_of_tables import Grid

CODE = "A121"
LEVEL = Level.ERROR
KIN = CONTRADICTION

_NUMBER = re.compile(r"(?<![\d.A-Za-z〔\[第])\d[\d,，]*(?:\.\d+)?(?![\d.]|年|月|日|号|[A-Za-z])(?P<percent>[%％])?")
_LABEL = re.compile(rf"([{HAN}]{{2,12}})(?:仅?达到?|约?为|是|共计?|合计|[:：=＝（])?$")
_SHORT, _VERY_OFTEN = 4, 5
_LONG, _USUAL = 6, 3  # digits of a number, and how often it is printed, to tell a slip by the number alone
_DIGITS = 3  # of a number that a slip can be told of
_ROUNDING = re.compile("相差|尾差|四舍五入")
_UNIT = re.compile(r"(?:(?<=[\d（(])|^)((?:亿|万)?元|%|[个户人份次项家场])")
_NAME = re.compile(rf"[{HAN}A-Za-z“”（）()·、]{{2,30}}")
_VAGUE = re.compile("合计|总计|小计|总分|项目|其他|其它|单位|指标|名称|其中|全部完成|部分完成|未完成")


@dataclass(frozen=True, slots=True)
class _Site:
    """A printed number: its digits that count, all of them, a percentage or not, its name and owner, its place."""

    digits: str
    whole: str
    percent: bool
    label: str
    subjects: frozenset[str]
    passage: Passage
    span: tuple[int, int]
    tabled: bool
    kind: str

    @property
    def written(self) -> str:
        return self.passage.typed[slice(*self.span)]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each number that stands once and is a slip of one that is called the same."""
    names = _names(case)
    sites = [*_of_tables(case, names), *_of_texts(case, names)]
    counted = Counter((site.digits, site.percent) for site in sites)
    often = Counter(site.whole for site in sites)
    usual = {whole for whole, count in often.items() if count >= (_USUAL if len(whole) >= _LONG else _VERY_OFTEN)}
    usual_near: dict[str, list[_Site]] = defaultdict(list)
    for site in sites:
        if site.whole in usual and _is_long(site):
            for hole in _holes(site.whole):
                usual_near[hole].append(site)
    holes: dict[tuple[str, bool], list[_Site]] = defaultdict(list)
    for site in sites:
        for hole in _holes(site.digits):
            holes[hole, site.percent].append(site)
    told: set[frozenset[str]] = set()
    for site in sorted(sites, key=lambda one: one.tabled):
        if counted[site.digits, site.percent] > 1:
            continue
        other = next((one for one in _near(site, holes) if _is_slip_of(site, one, counted)), None)
        if other is None and _is_told_by_itself(site):
            near = (one for hole in _holes(site.whole) for one in usual_near.get(hole, ()) if one.whole != site.whole)
            other = next((one for one in near if one.percent is site.percent), None)
        pair = frozenset((site.digits, other.digits)) if other else None
        if other is None or pair in told:
            continue
        told.add(pair or frozenset())
        name = next(iter(sorted(site.subjects & other.subjects)), site.label)
        called = f"“{name}”的" if name else ""
        what = f"{called}{site.written}，{_place(other)}是{other.written}，像是抄错了一个数字"
        level = None if site.subjects & other.subjects else Level.WARNING
        yield fault(site.passage, *site.span, what, expected=other.written, actual=site.written, level=level)


def _near(site: _Site, holes: dict[tuple[str, bool], list[_Site]]) -> Iterator[_Site]:
    for hole in _holes(site.digits):
        yield from (one for one in holes[hole, site.percent] if one.digits != site.digits)


def _is_slip_of(site: _Site, other: _Site, counted: Counter[tuple[str, bool]]) -> bool:
    """Whether another number is the same figure: of the same thing, or called the same and printed several times."""
    often = counted[other.digits, other.percent]
    if min(len(site.digits), len(other.digits)) < _DIGITS or not _may_be_of_one_kind(site, other):
        return False
    if site.subjects & other.subjects:
        return often > 1 or (other.tabled and not site.tabled)
    return (
        len(site.digits) > _DIGITS and bool(site.label) and not site.tabled and site.label == other.label and often > 1
    )


def _may_be_of_one_kind(site: _Site, other: _Site) -> bool:
    """Whether two figures may be of one unit; a count has no decimals."""
    if site.kind and other.kind:
        return site.kind == other.kind
    known, unknown = (site, other) if site.kind else (other, site)
    return known.kind in ("", "元", "%") or "." not in unknown.written


def _is_told_by_itself(site: _Site) -> bool:
    """Whether a number is long enough to be a slip of one that is not called the same; short ones only in texts."""
    if not _is_long(site) or len(site.digits) < _DIGITS:
        return False
    return len(site.whole) >= _LONG or not (site.tabled or site.percent)


def _is_long(site: _Site) -> bool:
    return len(site.whole) >= _SHORT


def _holes(digits: str) -> Iterator[str]:
    """The digits with each one left out in turn, and with each two neighbours that differ changed about."""
    for at in range(len(digits)):
        yield f"{digits[:at]}?{digits[at + 1 :]}"
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield f"{digits[:at]}<{''.join(sorted(digits[at : at + 2]))}>{digits[at + 2 :]}"


def _names(case: Case) -> frozenset[str]:
    """What rows of tables are called: units, purposes, indicators."""
    found = set()
    for table in case.report.tables:
        for row, entries in zip(table.rows, Grid(table).entries, strict=True):
            found |= {name for cell in row if entries and (name := _name(cell.text))}
    return frozenset(found)


def _name(text: str) -> str:
    words = re.sub(r"[（(]\d[\d.]*分[）)]$", "", "".join(text.split()))
    return words if _NAME.fullmatch(words) and not _VAGUE.fullmatch(words) else ""


def _of_tables(case: Case, names: frozenset[str]) -> Iterator[_Site]:
    for table in case.report.tables:
        grid = Grid(table)
        for row, entries in zip(table.rows, grid.entries, strict=True):
            subjects = frozenset(name for cell in row if (name := _name(cell.text)) in names)
            for column, entry in entries.items():
                passage = case.report.passage_of(entry.cell.paragraphs[0])
                digits = _digits(entry.cell.text)
                if _is_telling(entry.cell.text):
                    label = grid.heads.get(column, "")
                    span = (0, len(passage.typed))
                    kind = _kind(entry.cell.text) or _kind(label)
                    whole = _whole(entry.cell.text)
                    yield _Site(digits, whole, entry.percent, label, subjects, passage, span, True, kind)


def _of_texts(case: Case, names: frozenset[str]) -> Iterator[_Site]:
    for passage in case.passages:
        text = passage.typed
        if not passage.prose:
            continue
        for match in _NUMBER.finditer(text):
            digits = _digits(match[0])
            if not _is_telling(match[0]) or _ROUNDING.search(text[match.end() :].partition("。")[0]):
                continue
            before = re.split(r"[。\n]", text[: match.start()])[-1]
            label = found[1] if (found := _LABEL.search(before)) else ""
            near = re.split("；", before)[-1]
            subjects = frozenset(name for name in names if name in near)
            kind, percent, whole = _kind(match[0] + text[match.end() :][:2]), bool(match["percent"]), _whole(match[0])
            yield _Site(digits, whole, percent, label, subjects, passage, match.span(), False, kind)


def _kind(words: str) -> str:
    """What a figure, or the head of a column, says that it is counted in; "" where it does not."""
    match = _UNIT.search(words)
    return "" if match is None else "元" if "元" in match[0] else match[1]


def _digits(text: str) -> str:
    """The digits that count, whatever the unit: 66万元 and 660,000.00元 have the same."""
    return re.sub(r"\D", "", text).strip("0")


def _is_telling(text: str) -> bool:
    return len(_digits(text)) >= _DIGITS or len(_whole(text)) >= _LONG


def _whole(text: str) -> str:
    return re.sub(r"\D", "", text)


def _place(site: _Site) -> str:
    where = site.passage.where
    return f"第{where.line}行" if where.line is not None else str(where).rpartition(" › ")[2] or "别处"
