"""A workbook as cells: exact values, read from the file's own XML, so that no figure passes through binary.

Nothing is calculated or executed: a formula is its stored result, and one that has none says so.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import cached_property
from io import BytesIO
from typing import Any, Literal

from ...findings import Finding, Level, Location, ReportError
from ...values import half_up, places_of, plain

LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
MOST_MEMBERS = 4000
MOST_CELLS = 1_000_000
MOST_ELEMENTS = 5_000_000  # cells, filled or not, rows and merged ranges of all sheets
MOST_SHEETS = 500
MOST_DIGITS = 15  # what a workbook keeps of a number
NOISE_BEHIND, NOISE = 8, Decimal("1e-12")  # decimals that a figure may have, and how far a sum's end may be off
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXACT = Context(prec=MOST_DIGITS)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DAY_FORMATS = {14, 22, 28, 29, 30, 31, 51, 53, 54, 58}
_MONTH_FORMATS = {17, 27, 36, 50, 52, 57}
_PERCENT_FORMATS = {9, 10}
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, ValueError, LookupError, OverflowError),
)
_TENS = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}

Kind = Literal["text", "number", "date", "bool", "error", "unsolved"]
UNREADABLE = ("unsolved", "error")


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell: what it holds, and how its number format shows it.

    `text` is the content as a data file would write it: `0.3`, `26.56%`, `2024-12-31`, `是`.  `number` is there for
    plain numbers, `unit` when the number format prints one (万元), `grey` when the font is grey.
    """

    row: int
    column: int
    kind: Kind
    text: str
    number: Decimal | None = None
    unit: str = ""
    grey: bool = False

    @property
    def name(self) -> str:
        """The cell's name: `B4`."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its filled cells by row and column, what of it is hidden, and the first row of cells merged downwards.

    `merged` has the place (row and column) of each cell below the first one in the first column of such a range.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def unreadable(cell: Cell, place: Location) -> Finding:
    """The finding for a cell (of a kind in UNREADABLE) whose formula gives nothing that can be read."""
    if cell.kind == "unsolved":
        mend = "在 Excel 或 WPS 里打开保存一次，再来读"
        return Finding("B003", Level.ERROR, place, "公式没有计算结果", mend=mend)
    what = f"这一格是 {cell.text}：公式算错了"
    return Finding("B003", Level.ERROR, place, what, cell.text, mend="改正公式，或直接填数")


def read_sheets(content: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook in their order; ReportError for what is no workbook or is not to be trusted."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _refused(file, "工作簿加了密码，打不开", "在 Excel 或 WPS 里去掉密码，另存一份")
        raise _refused(file, "这是旧格式的工作簿（.xls），读不了", "在 Excel 或 WPS 里另存为 .xlsx")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Book(file, archive).sheets()
    except _BROKEN:
        raise _refused(file, "这不是 .xlsx 工作簿，或者文件已损坏", "在 Excel 或 WPS 里打开，另存为 .xlsx") from None


def _refused(file: str, what: str, mend: str | None = None, code: str = "B001") -> ReportError:
    return ReportError(Finding(code, Level.ERROR, Location(file), what, mend=mend))


@dataclass(frozen=True, slots=True)
class _Style:
    """What of a cell's style decides how its number is read."""

    shown: Literal["number", "percent", "day", "month"] = "number"
    unit: str = ""
    grey: bool = False


class _Book:
    """The package of a workbook."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        self.file, self.archive = file, archive
        self.names = {info.filename for info in infos}
        self.cells = self.elements = 0
        if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_TOTAL:
            raise _refused(file, "工作簿解压后过大，不予打开", code="B002")
        if any(info.flag_bits & 1 for info in infos):
            raise _refused(file, "工作簿加了密码，打不开", "在 Excel 或 WPS 里去掉密码，另存一份")

    def sheets(self) -> list[Sheet]:
        main = next((target for kind, target in self._related("") if kind == "officeDocument"), None)
        if main is None:
            raise ValueError("no workbook part")
        root = self._root(main)
        targets = dict(self._identified(main))
        self.since = date(1904, 1, 1) if _yes(_first(root, "workbookPr"), "date1904") else date(1899, 12, 30)
        found: list[Sheet] = []
        for entry in root.iter("{*}sheet"):
            identity = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
            kind, target = targets.get(identity, ("", ""))
            if kind == "worksheet" and target in self.names:
                if len(found) >= MOST_SHEETS:
                    raise _refused(self.file, f"工作表超过 {MOST_SHEETS} 张，不像一份数据文件", code="B002")
                found.append(self._sheet(entry.get("name", ""), target, entry.get("state", "visible") != "visible"))
        if not found:
            raise ValueError("no sheets")
        return found

    def _sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        rows: dict[int, dict[int, Cell]] = {}
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        number = 0
        merged: dict[tuple[int, int], int] = {}
        for element in self._elements(part, "row", "cols", "mergeCell"):
            self.elements += 1 + len(element)
            if self.elements > MOST_ELEMENTS:
                raise _refused(self.file, "工作表的行和单元格太多，不像一份数据文件", "删去没有用的行和列", "B002")
            if _local(element) == "mergeCell":
                self._merge(element.get("ref", ""), merged)
                continue
            if _local(element) == "cols":
                for one in element:
                    if _yes(one, "hidden"):
                        first, last = int(one.get("min", "1")), int(one.get("max", "1"))
                        hidden_columns.update(range(first, min(last, first + 1000) + 1))
                continue
            number = int(element.get("r") or number + 1)
            cells = self._row(element, number)
            if cells:
                rows[number] = cells
                if _yes(element, "hidden"):
                    hidden_rows.add(number)
        filled = {column for cells in rows.values() for column in cells}
        return Sheet(name, rows, hidden, frozenset(hidden_rows), frozenset(hidden_columns & filled), merged)

    def _merge(self, reference: str, merged: dict[tuple[int, int], int]) -> None:
        first, _, last = reference.partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if begin and end:
            top, bottom = int(begin[2]), int(end[2])
            self.cells += max(0, bottom - top)
            if self.cells > MOST_CELLS:
                raise _refused(self.file, f"填了字和合并的单元格超过 {MOST_CELLS} 个，不像一份数据文件", code="B002")
            merged |= {(row, _column(begin[1])): top for row in range(top + 1, bottom + 1)}

    def _row(self, element: Any, number: int) -> dict[int, Cell]:
        cells: dict[int, Cell] = {}
        column = 0
        for one in element.iterchildren("{*}c"):
            match = _REFERENCE.fullmatch(one.get("r", ""))
            column = _column(match[1]) if match else column + 1
            if cell := self._cell(one, number, column):
                cells[column] = cell
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise _refused(self.file, f"填了字的单元格超过 {MOST_CELLS} 个，不像一份数据文件", code="B002")
        return cells

    def _cell(self, element: Any, row: int, column: int) -> Cell | None:
        kind, raw, formula = element.get("t", "n"), "", False
        for child in element:
            name = _local(child)
            if name == "v":
                raw = unescaped(child.text or "")
            elif name == "is":
                raw = _inline(child)
            elif name == "f":
                formula = True
        style = self._styles[int(element.get("s", "0"))] if int(element.get("s", "0")) < len(self._styles) else _Style()
        if not raw:
            return Cell(row, column, "unsolved", "") if formula and kind != "str" else None
        if kind == "n":
            return self._number(raw, style, row, column, formula)
        if kind == "b":
            return Cell(row, column, "bool", "是" if raw == "1" else "否", grey=style.grey)
        if kind == "e":
            return Cell(row, column, "error", raw)
        if kind == "d":
            return Cell(row, column, "date", raw[:10], grey=style.grey)
        text = self._strings[int(raw)] if kind == "s" else raw
        return Cell(row, column, "text", text, grey=style.grey) if text.strip() else None

    def _number(self, raw: str, style: _Style, row: int, column: int, calculated: bool) -> Cell:
        try:
            value = _EXACT.create_decimal(raw.strip())
        except InvalidOperation:
            return Cell(row, column, "text", raw, grey=style.grey)
        if not value.is_finite() or abs(value.adjusted()) > 300:
            return Cell(row, column, "text", raw, grey=style.grey)
        if calculated:
            value = _without_noise(value)
        if style.shown in ("day", "month") and 1 <= value < 2_958_466:
            return Cell(row, column, "date", self.day(value, style.shown == "month"), grey=style.grey)
        if style.shown == "percent":
            return Cell(row, column, "number", plain(value * 100) + "%", grey=style.grey)
        return Cell(row, column, "number", plain(value), value, style.unit, style.grey)

    def day(self, serial: Decimal, month: bool = False) -> str:
        """The date of a serial number, to the day or to the month."""
        return written_day(serial, self.since, month)

    @cached_property
    def _strings(self) -> list[str]:
        part = next((name for name in self.names if name.lower() == "xl/sharedstrings.xml"), None)
        return [_inline(element) for element in self._elements(part, "si")] if part else []

    @cached_property
    def _styles(self) -> list[_Style]:
        if "xl/styles.xml" not in self.names:
            return []
        root = self._root("xl/styles.xml")
        codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
        fonts = _first(root, "fonts")
        greys = [_grey(font) for font in fonts] if fonts is not None else []
        cells = _first(root, "cellXfs")
        return [_style(one, codes, greys) for one in cells] if cells is not None else []

    def _read(self, name: str) -> bytes:
        info = self.archive.getinfo(name)
        if info.file_size > LARGEST_MEMBER:
            raise _refused(self.file, f"工作簿里“{name}”过大，不予打开", code="B002")
        with self.archive.open(name) as member:
            content = member.read(LARGEST_MEMBER + 1)
        if len(content) > LARGEST_MEMBER:
            raise _refused(self.file, f"工作簿里“{name}”过大，不予打开", code="B002")
        if re.search(rb"<!(DOCTYPE|ENTITY)", content[:4096], re.IGNORECASE) or b"\0" in content[:64]:
            raise ValueError("a document type of its own")
        return content

    def _root(self, name: str) -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(self._read(name), parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from None

    def _elements(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements of a part that have one of the tags, each emptied after use."""
        from lxml import etree

        wanted = [f"{{*}}{tag}" for tag in tags]
        source = BytesIO(self._read(name))
        try:
            events = etree.iterparse(source, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False)
            for _, element in events:
                yield element
                element.clear()
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from None

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels in self.names:
            for one in self._root(rels).iter("{*}Relationship"):
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        return ((kind, target) for _, kind, target in self._relations(part))

    def _identified(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        return ((identity, (kind, target)) for identity, kind, target in self._relations(part))


def written_day(serial: Decimal, since: date = date(1899, 12, 30), month: bool = False) -> str:
    """The date of a workbook's serial number as a data file writes it.

    >>> written_day(Decimal(45657)), written_day(Decimal("45657.5"), month=True)
    ('2024-12-31', '2024年12月')
    """
    found = since + timedelta(days=int(serial))
    return f"{found.year}年{found.month}月" if month else found.isoformat()


def unescaped(text: str) -> str:
    """The text of a cell without `_x000D_` and the like, its lines ended by \\n."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _inline(element: Any) -> str:
    """A text with its runs joined, without the reading aids of phonetic runs."""
    pieces: list[str] = []
    for one in element:
        name = _local(one)
        if name == "t":
            pieces.append(one.text or "")
        elif name == "r":
            pieces += [run.text or "" for run in one.iterchildren("{*}t")]
    return unescaped("".join(pieces))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _first(root: Any, tag: str) -> Any:
    return next(root.iter(f"{{*}}{tag}"), None)


def _yes(element: Any, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number


def _without_noise(value: Decimal) -> Decimal:
    """What a formula gives, without the last digits that binary sums get wrong: 108.000000000001 is 108."""
    if places_of(value) <= NOISE_BEHIND or value.adjusted() > MOST_DIGITS:
        return value
    near = half_up(value, NOISE_BEHIND)
    return near if abs(near - value) <= abs(value) * NOISE else value


def _grey(font: Any) -> bool:
    """Whether a font's colour is a grey that is neither black nor white."""
    color = _first(font, "color")
    rgb = (color.get("rgb") or "")[-6:] if color is not None else ""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", rgb):
        return False
    parts = [int(rgb[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) <= 8 and 0x50 <= min(parts) <= 0xD0


def _style(element: Any, codes: Mapping[int, str], greys: list[bool]) -> _Style:
    number, font = int(element.get("numFmtId", "0")), int(element.get("fontId", "0"))
    grey = greys[font] if font < len(greys) else False
    code = codes.get(number)
    if code is None:
        shown: Literal["number", "percent", "day", "month"] = "number"
        if number in _DAY_FORMATS:
            shown = "day"
        elif number in _MONTH_FORMATS:
            shown = "month"
        elif number in _PERCENT_FORMATS:
            shown = "percent"
        return _Style(shown, "", grey)
    code = code.split(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code).lower()
    if "%" in bare:
        return _Style("percent", "", grey)
    if "y" in bare or ("d" in bare and "m" in bare):
        return _Style("day" if "d" in bare or "m" not in bare else "month", "", grey)
    return _Style("number", _unit_shown(code), grey)


def _unit_shown(code: str) -> str:
    """The unit of money in which a number with that format is stored; as it is written where it is none that is known.

    A format that shows 123456 as 12.3万元 divides it, and the number is one of 元.

    >>> _unit_shown('0.00"万元"'), _unit_shown('0!.0,"万元"'), _unit_shown('#,##0"千元"'), _unit_shown("#,##0.00")
    ('万元', '元', '千元', '')
    """
    shown = re.search(r"[\u4e00-\u9fff]*元", re.sub(r"\[[^\]]*\]|人民币", "", code))
    if not shown:
        return ""
    places = re.split(r'[!\\]\.|"\."', code)
    digits = re.sub(r'"[^"]*"|[!\\].|\[[^\]]*\]', "", places[-1])
    scaled = re.search(r"[0#?](,+)[^0#?,]*$", digits)
    tens = 3 * len(scaled[1]) if scaled else 0
    if len(places) > 1:
        tens += len(re.findall(r"[0#?]", digits))
    if not tens:
        return shown[0]
    return "元" if tens == _TENS.get(shown[0]) else f"缩小显示的{shown[0]}"
