"""A finished report as an audit reads it: paragraphs, headings and tables in order, each with its place.

A report is a .docx, ours or anybody's, edited by hand or not, or a text: there a row of a table is a run of lines that
begin with a tab, one a cell (a line without a tab goes on with its cell), and a blank line ends the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .document import Cell, Paragraph, Projection, Table, project
from .findings import Finding, Level, Location, ReportError, reason
from .passages import Passage

LARGEST_TEXT = 5_000_000
LONGEST_HEADING = 40
LONGEST_PASSAGE = 5_000  # of a longer one the beginning is read
_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
BLOT = "□"
_NO_NUMBER = re.compile(r"[^\D0-9０-９]+|[0-9０-９][0-9０-９,，]{24,}|[0-9０-９]{20,}")
NUMBERED = (
    re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章)"),
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_SENTENCE_ENDS = tuple("。；：，、！？;:,")
_ENTRY = re.compile(r"(?:…|[.·．]{3}|\t) ?\d{1,3}$")
_SHARE_OF_BLANK = 0.4  # of the lines of a text whose lines were broken by a printer
_FULL_LINE = 0.86


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its number as printed, its words, its depth (0 for 第一部分, 1 for 一、 …), and its place."""

    number: str
    words: str
    depth: int
    where: Location


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished report, equal to itself alone."""

    file: str
    body: tuple[Paragraph | Table, ...]
    margins: tuple[Paragraph, ...]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the body in order, each with those inside it."""
        return tuple(_with_inner(block for block in self.body if isinstance(block, Table)))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body outside tables that say something."""
        return tuple(block for block in self.body if isinstance(block, Paragraph) and plain(block).strip())

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, by their outline level or by how they are numbered and written."""
        return tuple(found for one in self.paragraphs if (found := heading_of(one)))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph and every cell, those of margins last; the path is the number of the passage."""
        return tuple(passage for passage, _ in self._read)

    def passage_of(self, paragraph: Paragraph) -> Passage:
        """The passage that a paragraph of the report is in; one of its own for a paragraph that says nothing."""
        empty = Passage((), paragraph.where, plain(paragraph), plain(paragraph), False)
        return self._by_paragraph.get(id(paragraph), empty)

    @cached_property
    def _by_paragraph(self) -> dict[int, Passage]:
        return {id(paragraph): passage for passage, held in self._read for paragraph in held}

    @cached_property
    def _read(self) -> tuple[tuple[Passage, tuple[Paragraph, ...]], ...]:
        """Every passage with the paragraphs that it is."""
        found: list[tuple[Passage, tuple[Paragraph, ...]]] = []

        def add(held: tuple[Paragraph, ...], prose: bool) -> None:
            words = "".join(plain(one) for one in held)[:LONGEST_PASSAGE]
            if words.strip():
                passage = Passage((len(found),), held[0].where, words, words, prose, laid_out=not prose)
                found.append((passage, held))

        for block in self.body:
            if isinstance(block, Paragraph):
                add((block,), _is_prose(plain(block)))
                continue
            for cell in (cell for row in block.rows for cell in row if not cell.goes_on):
                for held in _of_cell(cell):
                    add(held, _is_prose(plain(held[0])))
        for paragraph in self.margins:
            add((paragraph,), False)
        return tuple(found)


def _with_inner(tables: Iterable[Table]) -> Iterator[Table]:
    for table in tables:
        yield table
        yield from _with_inner(one for row in table.rows for cell in row for one in cell.tables)


def _is_prose(words: str) -> bool:
    return len(words) > LONGEST_HEADING or words.rstrip().endswith(_SENTENCE_ENDS)


def _of_cell(cell: Cell) -> Iterator[tuple[Paragraph, ...]]:
    """The paragraphs of a cell, one by one, or together where a label was broken into several."""
    said = tuple(one for one in cell.paragraphs if plain(one).strip())
    if len(said) > 1 and not cell.tables and not any(_is_prose(plain(one)) for one in said):
        yield said
    else:
        yield from ((one,) for one in said)


def read_report(path: Path) -> Finished:
    """The report in a .docx or .txt; ReportError for what is neither, or cannot be read."""
    file, ending = str(path), path.suffix.lower()
    if ending == ".docx":
        return _finished(file, project(path))
    if path.is_dir():
        raise ReportError("这是一个文件夹：一次核查一份报告，请写出其中的 .docx 文件", Location(file))
    if ending != ".txt":
        how = "" if ending == ".pdf" else "，请在 Word 或 WPS 里另存为 .docx"
        raise ReportError(f"要核查的报告应是 .docx 或 .txt，这是 {ending or '没有扩展名的文件'}{how}", Location(file))
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise ReportError("文件太大，不像一份报告", Location(file))
        return _finished(file, _of_text(path.read_text(encoding="utf-8-sig"), file))
    except UnicodeDecodeError:
        mend = "请在编辑器里“另存为”，编码选 UTF-8"
        raise ReportError(Finding("Y002", Level.ERROR, Location(file), "文件不是 UTF-8 编码", mend=mend)) from None
    except OSError as error:
        raise ReportError(f"{file} 打不开：{reason(error)}", Location(file)) from None


def report_of_docx(content: bytes, file: str = "") -> Finished:
    """The report in a .docx, given as its content."""
    return _finished(file, project(content, file))


def report_of_text(text: str, file: str = "") -> Finished:
    """The report that a text holds."""
    return _finished(file, _of_text(text, file))


def _finished(file: str, projection: Projection) -> Finished:
    margins = tuple(one for _, blocks in projection.margins for one in blocks if isinstance(one, Paragraph))
    return Finished(file, tuple(map(_readable, projection.body)), tuple(map(_readable_paragraph, margins)))


def _readable(block: Paragraph | Table) -> Paragraph | Table:
    return _readable_paragraph(block) if isinstance(block, Paragraph) else _readable_table(block)


def _readable_table(table: Table) -> Table:
    if not any(_NO_NUMBER.search(one.text) for row in table.rows for cell in row for one in cell.paragraphs):
        return table
    return Table(
        tuple(
            tuple(
                replace(
                    cell,
                    paragraphs=tuple(map(_readable_paragraph, cell.paragraphs)),
                    tables=tuple(map(_readable_table, cell.tables)),
                )
                for cell in row
            )
            for row in table.rows
        )
    )


def _readable_paragraph(paragraph: Paragraph) -> Paragraph:
    """The paragraph with blots for digits that no figure of a report has: of other scripts, or far too many."""
    if not _NO_NUMBER.search(paragraph.text):
        return paragraph
    return replace(paragraph, text=_NO_NUMBER.sub(lambda match: BLOT * len(match[0]), paragraph.text))


def plain(paragraph: Paragraph) -> str:
    """What a paragraph says, with its number, without what stands for bookmarks.

    >>> plain(Paragraph("", "一、", "[bookmark: _Toc1]基本情况"))
    '一、基本情况'
    """
    return _BOOKMARK.sub("", paragraph.number + paragraph.text).replace("⏎", "\n").replace("⇥", "\t")


def in_contents(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an entry of a table of contents, made by Word or typed: 一、基本情况……3."""
    style = paragraph.style.lower()
    if style.startswith("toc") or style == "table of figures" or "PAGEREF" in paragraph.text:
        return True
    return _ENTRY.search(plain(paragraph).strip()) is not None


def heading_of(paragraph: Paragraph) -> Heading | None:
    """The heading that a paragraph is; None for any other, and for an entry of the contents.

    >>> found = heading_of(Paragraph("", "", "（一）项目概况。"))
    >>> found.number, found.words, found.depth
    ('（一）', '项目概况', 2)
    """
    if in_contents(paragraph):
        return None
    text = plain(paragraph).strip()
    depth, number = next(((at, match[0]) for at, one in enumerate(NUMBERED) if (match := one.match(text))), (-1, ""))
    if paragraph.outline is not None:
        return Heading(number, text[len(number) :].strip().rstrip("。"), depth if number else -1, paragraph.where)
    words = text[len(number) :].strip()
    if depth < 0 or not words or len(text) > LONGEST_HEADING or words.rstrip("。").endswith(_SENTENCE_ENDS):
        return None
    if depth > 2 and (words.endswith("。") or re.search(r"[，；：。]", words)):
        return None
    return Heading(number, words.rstrip("。"), depth, paragraph.where)


# Texts.


def _of_text(text: str, file: str) -> Projection:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return Projection(tuple(_blocks(_unbroken(lines) if _is_broken(lines) else list(enumerate(lines, 1)), file)), ())


def _blocks(lines: Sequence[tuple[int, str]], file: str) -> Iterator[Paragraph | Table]:
    rows: list[list[tuple[int, list[str]]]] = []
    row: list[tuple[int, list[str]]] = []
    for number, line in lines:
        if line.startswith("\t"):
            row += [(number, [one]) for one in line.removeprefix("\t").split("\t")]
        elif row and line.strip():
            row[-1][1].append(line)
        elif row:
            rows.append(row)
            row = []
        elif line.strip():
            if rows:
                yield _table(rows, file)
                rows = []
            yield Paragraph("", "", line.strip(), None, Location(file or None, number))
    if row:
        rows.append(row)
    if rows:
        yield _table(rows, file)


def _table(rows: Sequence[Sequence[tuple[int, list[str]]]], file: str) -> Table:
    found = []
    for row in rows:
        cells = []
        for column, (number, words) in enumerate(row):
            said = [one.strip() for one in words if one.strip()]
            places = (Location(file or None, number + at) for at in range(len(words)))
            paragraphs = tuple(Paragraph("", "", one, None, place) for one, place in zip(said, places, strict=False))
            cells.append(Cell(paragraphs, 1, False, column))
        found.append(tuple(cells))
    return Table(tuple(found))


def _is_broken(lines: Sequence[str]) -> bool:
    """Whether the lines of a text were broken where a page ends: a blank line stands between most of them."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    followed = sum(1 for number in filled if number + 1 < len(lines) and not lines[number + 1].strip())
    return not any(line.startswith("\t") for line in lines) and followed > len(filled) * (1 - _SHARE_OF_BLANK)


def _unbroken(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The paragraphs of a text whose lines were broken, each with the number of its first line."""
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    widths = sorted(_width(line) for _, line in filled)
    full = widths[len(widths) * 9 // 10] * _FULL_LINE
    found: list[tuple[int, str]] = []
    goes_on = False
    for number, line in filled:
        if goes_on and not (_starts(line) and found[-1][1].endswith(_SENTENCE_ENDS)):
            found[-1] = (found[-1][0], found[-1][1] + line)
        else:
            found.append((number, line))
        goes_on = _width(line) >= full
    return [(number, _tight(line)) for number, line in found]


def _starts(line: str) -> bool:
    return any(one.match(line) for one in NUMBERED)


def _width(line: str) -> float:
    return sum(1 if unicodedata.east_asian_width(sign) in "WF" else 0.5 for sign in line)


def _tight(line: str) -> str:
    """A line without the blanks that a printer sets between Chinese and figures."""
    return re.sub(r"(?<=[^\x00-\x7f]) +(?=[!-~])|(?<=[!-~]) +(?=[^\x00-\x7f])", "", line)
