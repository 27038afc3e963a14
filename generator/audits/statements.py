"""What the audits of statements share: the figures that a report states, of whom, what they are called, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..document import Cell, Table
from ..finished import Finished
from ..passages import Passage
from ..values import YUAN_IN, half_up, half_width, narrow
from ..wording import HAN
from .funds import LONGEST, role_behind, role_of
from .numbers_of_tables import TOTAL, Entry, Grid

Readings = tuple[tuple[Decimal, Decimal], ...]

_UNITS = "万元|亿元|元|分|份|个|家|人次|人|户|次|项|天|场|支"
_FIGURE = re.compile(
    rf"(?<![\d.,〔\[第A-Za-z-])(?P<digits>\d[\d,]{{0,20}}(?:\.\d{{1,6}})?)(?P<unit>%|{_UNITS})(?P<more>余|多|左右)?"
)
_CLAUSE = re.compile("[，、：:（）()“”]")
_LINK = re.compile(r"(?:仅|只|已|共计?|合计|总计|达到?|约?为|是|有|了|[:：=＝≥≤])+$")
_LEAD = re.compile(r"^(?:年度|全年|本年|当年|截至|累计|合计|[已共并和与的]|实际(?!完成))+")
_DONE = re.compile("开展|组织|举办|举行|完成(?![值率时情及])")
_OTHER = re.compile(
    "每|其中|超|比|上年|去年|约|差|增加|减少|单价|人均|标准|批|[首尾]|最后|部分|下降|提高|降低|平均|分别|月|另|季|半年|原|再|少|多"
)
_RULE = re.compile(r"满分|每(?!年)|以上|不足|低于|高于|得\d|扣|要点|调整为|[×÷]")
_FUND_WORDS = re.compile(
    "(?:预算|安排|批复|拨付|到位|收到|支出|使用|支付|结余|结转|剩余|资金|经费|财政|项目|专项|实际|全年|年度|年初|当年|本年|累计|共|总"
    "|已|未|没有|尚|还有|金额|总额|[额数的]|合计|投入|县级|市级|区级|本级|执行)+"
)
_OF_PROJECT = re.compile(rf"(?:^|(?=专项|项目|经费)){_FUND_WORDS.pattern}$")
_SHARE = re.compile("占(?:比|(?:全部|项目|总)?支出(?:的|总额|比例?)?)?")
_WHEN = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)?|20\d\d年|计划|实际(?!完成)")
_NOUN = re.compile(rf"(?P<noun>[{HAN}]{{2,4}})(?=$|[，、；（）])")
_COUNT_HEAD = re.compile(rf"(?P<noun>[{HAN}]{{2,4}}?)(?:数量?|个数|（[个家]）)$")
_NO_MONEY = re.compile("率|占|比|数|时间|日期|分")
_ROW_NAME = re.compile(rf"[{HAN}A-Za-z“”（）()·、]{{2,30}}")
_OF_UNIT = re.compile(rf"(?P<name>[{HAN}、]{{2,20}})[（(](?P<unit>{_UNITS})[）)]")
_NO_NAME = re.compile("合计|总计|小计|总分|项目|其他|其它|单位|指标|名称|其中|全部完成|部分完成|未完成|无|.*指标")
_NAME = re.compile(f"[{HAN}]{{2,30}}")
_BEHIND_OWNER = ("的", "共", "为", "是", "有")
_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日")
_RATE = re.compile(rf"[{HAN}]{{2,6}}率(?=[为是仅只达\d])")
_COUNTED = ("个", "家", "所", "名")
_AND = ("、", "和", "与", "及")
_NEAR = 14  # characters before a figure that may say that it is another one
_CONTEXT = (8, 3)  # characters before and behind a figure that tell it by its place in the sentence
_FEWEST_HAN = 4
_FEWEST_HEADS = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that a report states: of whom ("" for the project), what it is called, its kind of unit, and its place.

    `readings` are its value and one of its last place, twice for an amount of a table whose unit is not known;
    `by_place` tells one that is known by the words around it alone.
    """

    owner: str
    name: str
    kind: str
    when: str
    readings: Readings
    written: str
    passage: Passage
    span: tuple[int, int]
    tabled: bool
    by_place: bool = False

    def agrees(self, other: Statement) -> bool:
        """Whether two figures are one, as far as the coarser of the two tells.

        >>> where = Passage((), None, "", "", True)
        >>> def stated(text, step):
        ...     return Statement("", "", "元", "", ((Decimal(text), Decimal(step)),), text, where, (0, 0), False)
        >>> stated("175300", "100").agrees(stated("175312.57", "0.01"))
        True
        >>> stated("175300", "1").agrees(stated("175312.57", "0.01"))
        False
        """
        return any(
            half_up(value / coarse, 0) == half_up(other_value / coarse, 0)
            for value, step in self.readings
            for other_value, other_step in other.readings
            for coarse in (max(step, other_step),)
        )


@lru_cache(maxsize=2)
def statements(report: Finished) -> tuple[Statement, ...]:
    """What a report states in sentences and in the rows of its tables."""
    found: list[Statement] = []
    named = owners(report)
    for passage in report.passages:
        if any(sign.isdigit() for sign in passage.typed):
            found += _of_text(passage, named)
    rows = _owners(report)
    for table in report.tables:
        found += _of_table(report, table, rows)
    return tuple(found)


@lru_cache(maxsize=2)
def owners(report: Finished) -> re.Pattern[str]:
    """What matches the name of a unit, a purpose or an indicator that has a row in a table, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, _owners(report)), key=len, reverse=True)) or "(?!)")


@lru_cache(maxsize=2)
def _owners(report: Finished) -> frozenset[str]:
    """What the rows of tables are called: units, purposes, indicators."""
    found = set()
    for table in report.tables:
        for row, entries in zip(table.rows, Grid(table).entries, strict=True):
            found |= {name for cell in row if entries and (name := _row_name(cell.text))}
    return frozenset(found)


def _row_name(text: str) -> str:
    words = re.sub(r"[（(]\d[\d.]*分[）)]$", "", _words(text))
    return words if _ROW_NAME.fullmatch(words) and not _NO_NAME.fullmatch(words) else ""


def _words(text: str) -> str:
    return re.sub(r"[\s⏎]", "", text)


# Sentences.


def _of_text(passage: Passage, named: re.Pattern[str]) -> Iterator[Statement]:
    for sentence in re.finditer(r"[^。；\n]+", half_width(passage.typed)):
        text = sentence[0]
        if len(text) > LONGEST or _RULE.search(text):
            continue
        end = 0
        for match in _FIGURE.finditer(text):
            nearby, end = text[end : match.start()], match.end()
            if match["more"]:
                continue
            kind, readings = _kind(match["unit"]), _readings(match)
            span = (sentence.start() + match.start(), sentence.start() + match.end())
            when = (_WHEN.findall(text[: match.start()]) or [""])[-1]
            parts = "其中" in passage.typed[: span[0]].rpartition("。")[2]
            for owner, name, kind in _names(nearby, match, named):
                if name or not parts:
                    yield Statement(owner, name, kind, when, readings, match[0], passage, span, False)
            if place := _context(text, match):
                kind, owner = _kind(match["unit"]), _owner(text[: match.start()], named)[0]
                yield Statement(owner, place, kind, when, readings, match[0], passage, span, False, True)


def _readings(match: re.Match[str]) -> Readings:
    unit = YUAN_IN.get(match["unit"], Decimal(1))
    digits = match["digits"].replace(",", "")
    return ((Decimal(digits) * unit, unit.scaleb(-len(digits.partition(".")[2]))),)


def _names(nearby: str, match: re.Match[str], named: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Whose a figure is, what it is called by the words before it (a count also by those behind it), and its kind."""
    text, kind = match.string, _kind(match["unit"])
    clause = _CLAUSE.split(nearby)[-1].strip()
    sign = clause[-1:] if clause[-1:] in ("≥", "≤") else ""
    words = _LINK.sub("", clause)
    if clause.endswith(("≥", "≤", "=", "＝")) and named.fullmatch(words):
        yield words, "指标值", kind + sign
        return
    owner, after = _owner(text[: match.start()], named)
    noun = _NOUN.match(text, match.end()) if match["unit"] in ("个", "家") else None
    of_clause = bool(owner) and len(after) < len(clause)
    if of_clause and kind not in ("%", "元") and after[:1] not in _BEHIND_OWNER and (after or not noun):
        owner, after = _heading(text[: match.start() - len(clause)], named)  # it is what is counted, or begins that
        of_clause = False
    near = _DAY.sub("", after if owner and len(after) < len(nearby) else nearby)[-_NEAR:]
    if "其中" in after or _OTHER.search(near):
        return
    words = _LINK.sub("", after) if of_clause else words
    words = words.removeprefix("的")
    if kind == "%" and owner and _SHARE.fullmatch(words):
        yield owner, "占比", kind
    elif kind == "元" and (used := role_behind(text, match.end())):
        yield owner, used, kind
    elif kind == "元" and not words:
        if owner:
            yield owner, "", kind
    elif kind == "元" and (found := (_FUND_WORDS.fullmatch if owner else _OF_PROJECT.search)(words)):
        if role := role_of(found[0]):
            yield owner, role, kind
    elif kind == "%" and owner.endswith("率") and not words:
        yield "", owner.removeprefix("资金"), kind
    elif kind == "%" and owner and not words:
        if rates := _RATE.findall(text[: match.start()]):
            yield owner, rates[-1].removeprefix("资金"), kind
    else:
        name = _LEAD.sub("", _DONE.split(words)[-1]).removeprefix("资金").removesuffix("的")
        if _NAME.fullmatch(name) and not name.endswith("中") and not name.startswith("占"):
            yield "" if owner.endswith("率") and name.endswith("率") else owner, name, kind + sign
    if noun and (owner or match.start()) and re.fullmatch("(?:.*涉及)?", words):
        yield owner, noun["noun"], "数"


def _owner(before: str, named: re.Pattern[str]) -> tuple[str, str]:
    """Whose a figure is, by the nearest name before it or several that are named together, and what stands between."""
    found = [one for one in named.finditer(before) if before[one.start() - 1 : one.start()] not in _COUNTED]
    if not found:
        return "", before
    first = len(found) - 1
    while first and before[found[first - 1].end() : found[first].start()] in _AND:
        first -= 1
    return before[found[first].start() : found[-1].end()], before[found[-1].end() :]


def _heading(before: str, named: re.Pattern[str]) -> tuple[str, str]:
    """Whose a counted thing is: the nearest name with a colon behind it, else the nearest name."""
    found = [one for one in named.finditer(before) if before[one.end() : one.end() + 1] == "："]
    return (found[-1][0], "") if found else _owner(before, named)


def _context(text: str, match: re.Match[str]) -> str:
    """The words around a figure, other figures blanked out; none where they say too little."""
    before, behind = _CONTEXT
    left = re.sub(r"\d[\d,.]*", "□", text[: match.start()])[-before:]
    right = re.sub(r"\d[\d,.]*", "□", text[match.end() :])[:behind]
    told = len(left) == before and len(match["digits"]) > 1
    return f"{left}…{right}" if told and len(re.findall(f"[{HAN}]", left)) >= _FEWEST_HAN else ""


def _kind(unit: str) -> str:
    return "元" if unit in YUAN_IN else unit


# Tables.


def _of_table(report: Finished, table: Table, owners: frozenset[str]) -> Iterator[Statement]:
    heads: dict[int, str] = {}
    for row, entries in zip(table.rows, Grid(table).entries, strict=True):
        own = [cell for cell in row if not cell.goes_on]
        if not entries and _is_head(own):
            words = {cell.column + at: _words(cell.text) for cell in own for at in range(cell.span)}
            heads = heads | words
            continue
        names = [_words(cell.text) for cell in own]
        owner = "" if names and TOTAL.match(names[0]) else _row_owner(names, owners)
        pairs = _is_pairs(own, entries)
        owner = "" if pairs else owner
        for cell in own if owner is not None else ():
            head = _beside(own, cell) if pairs else heads.get(cell.column) or _beside(own, cell)
            whose = "" if head == owner else owner or ""
            stated = _of_cell(cell.text, whose, head, entries.get(cell.column))
            if stated:
                passage = report.passage_of(next(one for one in cell.paragraphs if one.text.strip()))
                whose, name, kind, readings = stated
                written, span = cell.text.strip(), (0, len(passage.typed))
                yield Statement(whose, name, kind, "", readings, written, passage, span, True)


def _beside(row: list[Cell], cell: Cell) -> str:
    """The words of the cell before one, in a table without heads."""
    at = row.index(cell)
    return _words(row[at - 1].text) if at else ""


def _is_pairs(row: list[Cell], entries: dict[int, Entry]) -> bool:
    """Whether a row is names and figures in turn."""
    told = [cell.column in entries for cell in row]
    return len(told) > _FEWEST_HEADS and told == [False, True] * (len(told) // 2)


def _is_head(cells: list[Cell]) -> bool:
    """Whether a row says what stands below: several words, most of them of two signs or more."""
    words = [_words(cell.text) for cell in cells]
    said = [one for one in words if len(re.findall(f"[{HAN}]", one)) > 1]
    return len(said) >= _FEWEST_HEADS and len(said) * 2 > len(words)


def _row_owner(names: list[str], owners: frozenset[str]) -> str | None:
    """What a row is called: by its last name, which is that of the lowest level."""
    return next((name for one in reversed(names) if (name := _row_name(one)) in owners), None)


def _of_cell(text: str, owner: str, head: str, entry: Entry | None) -> tuple[str, str, str, Readings] | None:
    """Whose the figure of a cell is, its name by its head, its kind, and its value; None for words."""
    words = narrow(_words(text))
    match = _FIGURE.fullmatch(words.lstrip("=＝≥≤"))
    if match:
        readings = _readings(match)
    elif entry:
        readings = ((entry.value, Decimal(1).scaleb(-entry.places)),)
    else:
        return None
    kind = _kind(match["unit"]) if match else ""
    sign = words[0] if words[0] in "≥≤" else ""
    if crossed := _OF_UNIT.fullmatch(owner):
        whose = "" if TOTAL.match(head) else head
        return whose, crossed["name"], _kind(crossed["unit"]), readings
    if kind == "%" and head.startswith("占"):
        return owner, "占比", kind, readings
    if kind:
        name = (role_of(head) if kind == "元" else "") or _LEAD.sub("", head).removeprefix("资金")
        return owner, name, kind + sign, readings
    if counted := _COUNT_HEAD.fullmatch(head):
        return owner, counted["noun"], "数", readings
    if (role := role_of(head)) and not _NO_MONEY.search(head):
        wan = YUAN_IN["万元"]
        return owner, role, "元", (*readings, *((value * wan, step * wan) for value, step in readings))
    return None
