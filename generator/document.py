"""The text projection of a .docx, and the structural check for what the Open XML validator lets pass.

The projection has one line a paragraph with its style and computed number, and tables as rows: golden files,
`git diff` and the audit read it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.findings import Finding, Level, Location, ReportError, reason
from generator.numbering import (
    Count,
    Numbering,
    Style,
    W,
    default_style,
    place_in_list,
    read_numbering,
    read_styles,
)
from generator.template import reading
from generator.template.archive import Member, read_docx, relationships

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style's name, its computed number ("" if none), its text, its outline level (1–9) or None."""

    style: str
    number: str
    text: str
    outline: int | None = None
    where: Location = field(default=Location(), compare=False)

    def __str__(self) -> str:
        return f"[{self.style}] {self.number}{self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, how many grid columns it spans, and whether it goes on with the cell above.

    The paragraphs of `tables` inside it are among its own.
    """

    paragraphs: tuple[Paragraph, ...]
    span: int
    goes_on: bool
    column: int
    tables: tuple[Table, ...] = ()

    @property
    def text(self) -> str:
        """The text with its numbers, one line a paragraph."""
        return "\n".join(paragraph.number + paragraph.text for paragraph in self.paragraphs)

    def __str__(self) -> str:
        if self.goes_on:
            return "〃"
        spanned = f"⟷{self.span} " if self.span > 1 else ""
        return spanned + " ¶ ".join(paragraph.number + paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, as they stand in the file."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of its cells, without those of cells that go on from above."""
        return tuple(one for row in self.rows for cell in row if not cell.goes_on for one in cell.paragraphs)

    def __str__(self) -> str:
        return "\n".join(f"| {' | '.join(map(str, row))} |" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Projection:
    """What a .docx says: the body in order, then headers, footers and notes by name."""

    body: tuple[Paragraph | Table, ...]
    margins: tuple[tuple[str, tuple[Paragraph | Table, ...]], ...]

    def __str__(self) -> str:
        lines = [str(block) for block in self.body]
        for name, blocks in self.margins:
            lines += [f"== {name}", *map(str, blocks)]
        return "\n".join(lines) + "\n"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The body's paragraphs outside tables."""
        return tuple(block for block in self.body if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The body's tables."""
        return tuple(block for block in self.body if isinstance(block, Table))


def project(document: Path | bytes, file: str = "") -> Projection:
    """The projection of a .docx, given as path or as the content of `file`; ReportError if it cannot be read safely."""
    members, main = _open(document, file)
    try:
        return _projected(members, main, file or (str(document) if isinstance(document, Path) else ""))
    except SyntaxError as error:  # what the XML reader raises
        what, mend = "这份 Word 文档损坏了，读不出来", "在 Word 或 WPS 里打开，修复后另存一份"
        place = Location(file or (str(document) if isinstance(document, Path) else ""))
        raise ReportError(Finding("T101", Level.ERROR, place, what, mend=mend)) from error


def _projected(members: dict[str, Member], main: str, file: str) -> Projection:
    reader = _reader(members, main)
    looks, root = reading.read_looks(members, main, file), _root(members, main)
    reader.places.update(reading.paragraph_places(root, Location(file or None), looks))
    held = root.find(W + "body")
    body = tuple(reader.blocks(held)) if held is not None else ()
    margins = []
    for kind, target in sorted(relationships(members, main).values(), key=lambda one: (one[0], one[1])):
        if kind in _PARTS and target in members:
            root = _root(members, target)
            reader.places.update(reading.paragraph_places(root, Location(file or None, part=_PARTS[kind]), looks))
            blocks = tuple(reader.blocks(root))
            if any(isinstance(block, Table) or block.text for block in blocks):
                margins.append((f"{_PARTS[kind]} {target.rpartition('/')[2]}", blocks))
    return Projection(body, tuple(margins))


def _open(document: Path | bytes, file: str = "") -> tuple[dict[str, Member], str]:
    if isinstance(document, bytes):
        content = document
    else:
        file = str(document)
        try:
            content = document.read_bytes()
        except OSError as error:
            raise ReportError(f"{file} 打不开：{reason(error)}", Location(file)) from error
    members = read_docx(content, file)
    for kind, target in relationships(members, "").values():
        if kind == "officeDocument" and target in members:
            return members, target
    raise ReportError(Finding("T101", Level.ERROR, Location(file), "这不是 Word 文档：找不到正文"))


def _root(members: dict[str, Member], name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(members[name].data(), parser)


def _reader(members: dict[str, Member], main: str) -> _Reader:
    roots = {
        kind: _root(members, target)
        for kind, target in relationships(members, main).values()
        if kind in ("styles", "numbering") and target in members
    }
    styles, numbering = roots.get("styles"), read_numbering(roots.get("numbering"))
    return _Reader(read_styles(styles), default_style(styles), numbering, Count(numbering))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Goes through a document in order, counting its numbers."""

    styles: dict[str, Style]
    default: str | None
    numbering: Numbering
    count: Count
    places: dict[Any, Location] = field(default_factory=dict)

    def blocks(self, holder: Any) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables in order, those in content controls too."""
        for child in holder:
            if child.tag == W + "p":
                yield self.paragraph(child)
                for box in _text_boxes(child):
                    yield from self.blocks(box)
            elif child.tag == W + "tbl":
                yield self.table(child)
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "footnote", W + "endnote"):
                yield from self.blocks(child)

    def paragraph(self, element: Any) -> Paragraph:
        """A paragraph with its style's name and its number."""
        properties = element.find(W + "pPr")

        def value(path: str) -> str | None:
            found = properties.find("/".join(W + step for step in path.split("/"))) if properties is not None else None
            return None if found is None else str(found.get(W + "val"))

        style_id = value("pStyle") or self.default
        style = self.styles.get(style_id or "")
        place = place_in_list(self.numbering, style_id, style, value("numPr/numId"), value("numPr/ilvl"))
        number = "".join(self.count.next(*place)).replace("\t", " ") if place else ""
        outline = value("outlineLvl")
        level = int(outline) if outline and outline.isdigit() else style.outline if style else None
        shown = None if level is None or level > 8 else level + 1
        name, where = style.name if style else style_id or "", self.places.get(element, Location())
        return Paragraph(name, number, paragraph_text(element), shown, where)

    def table(self, element: Any) -> Table:
        """A table with the column where each cell begins."""
        rows = []
        for row in _inside(element, "tr"):
            cells = []
            column = _number(row, "trPr/gridBefore") or 0
            for cell in _inside(row, "tc"):
                span = _number(cell, "tcPr/gridSpan") or 1
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
                held = tuple(self.blocks(cell))
                inner = tuple(one for one in held if isinstance(one, Table))
                cells.append(Cell(tuple(_flat(held)), span, goes_on, column, inner))
                column += span
            rows.append(tuple(cells))
        return Table(tuple(rows))


def _flat(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def _inside(holder: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in holder:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins"):
            yield from _inside(child, name)


def _number(element: Any, path: str) -> int | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    value = str(found.get(W + "val")) if found is not None else ""
    return int(value) if value.isdigit() and len(value) < 4 else None


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; of the two copies that Word keeps, the first."""
    for box in paragraph.iter(W + "txbxContent"):
        ancestors = list(box.iterancestors())
        inside = ancestors[: ancestors.index(paragraph)]
        if not any(one.tag == W + "txbxContent" or one.tag.endswith("}Fallback") for one in inside):
            yield box


def paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph as it prints: without deleted text, field codes and text boxes."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.tag == W + "tab" and element.getparent().tag == W + "r":
            pieces.append("\t")
        elif element.tag in (W + "br", W + "cr"):
            pieces.append("\n" if element.get(W + "type", "textWrapping") == "textWrapping" else "")
        elif element.tag == W + "noBreakHyphen":
            pieces.append("-")
        else:
            continue
        holders = list(element.iterancestors())
        inside = {one.tag for one in holders[: holders.index(paragraph)]}
        if inside & {W + "p", W + "del", W + "moveFrom"}:
            pieces.pop()
    return "".join(pieces).replace("\n", "⏎").replace("\t", "⇥")


def structural_problems(document: bytes) -> list[str]:
    """What would make Word call a .docx damaged though the Open XML validator passes it; empty if it is whole."""
    try:
        with zipfile.ZipFile(BytesIO(document)) as archive:
            if broken := archive.testzip():
                return [f"{broken}: checksum does not match"]
    except zipfile.BadZipFile as error:
        return [f"not a zip: {error}"]
    members, main = _open(document)
    problems: list[str] = []
    roots: dict[str, Any] = {}
    for name in members:
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = _root(members, name)
            except SyntaxError as error:
                problems.append(f"{name}: not well-formed: {error}")
    if problems:
        return problems
    problems += _package_problems(members, roots)
    bookmarks: list[str] = []
    for name, root in roots.items():
        if root.tag.startswith(W):
            problems += [f"{name}: {text}" for text in _part_problems(root)]
            problems += [f"{name}: {text}" for text in _reference_problems(root, relationships(members, name))]
            bookmarks += [str(one.get(W + "name")) for one in root.iter(W + "bookmarkStart")]
        elif root.tag == C + "chartSpace":
            problems += [f"{name}: {text}" for text in _reference_problems(root, relationships(members, name))]
            problems += [f"{name}: {text}" for text in _chart_problems(root)]
    problems += _embedded_problems(members)
    problems += [f"bookmark {name} is there twice" for name in _repeated(bookmarks)]
    problems += [f"{main}: {text}" for text in _body_problems(roots[main])]
    problems += [f"{main}: {text}" for text in _style_problems(roots, members, main)]
    problems += [f"{main}: {text}" for text in _target_problems(roots[main], set(bookmarks))]
    return problems


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def _package_problems(members: dict[str, Member], roots: dict[str, Any]) -> list[str]:
    """Relationships to members that are not there, members without a content type."""
    problems = []
    types = roots["[Content_Types].xml"]
    known = {one.get("PartName", "").lstrip("/") for one in types} | {
        "." + one.get("Extension", "") for one in types if one.get("Extension")
    }
    for name in members:
        if name != "[Content_Types].xml" and name not in known and "." + name.rpartition(".")[2].lower() not in known:
            problems.append(f"{name}: has no content type")
        if name.endswith(".rels"):
            folder, _, file = name.rpartition("_rels/")
            part = folder + file.removesuffix(".rels")
            external = {one.get("Id") for one in roots[name] if one.get("TargetMode") == "External"}
            for identity, (_, target) in relationships(members, part).items():
                if identity not in external and target not in members:
                    problems.append(f"{name}: {identity} leads to {target}, which is not there")
    return problems


def _chart_problems(root: Any) -> list[str]:
    """Caches of a chart that do not hold what they count."""
    problems = []
    for cache in root.iter(C + "strCache", C + "numCache"):
        count = int(cache.find(C + "ptCount").get("val"))
        indices = [int(point.get("idx")) for point in cache.iter(C + "pt")]
        if any(index >= count for index in indices) or len(set(indices)) != len(indices):
            problems.append(f"a cache counts {count} points and holds {indices}")
    return problems


def _embedded_problems(members: dict[str, Member]) -> list[str]:
    """Embedded workbooks that are no whole zips."""
    problems = []
    for name, member in members.items():
        if not name.endswith(".xlsx"):
            continue
        try:
            with zipfile.ZipFile(BytesIO(member.data())) as book:
                if broken := book.testzip():
                    problems.append(f"{name}: {broken}: checksum does not match")
        except zipfile.BadZipFile as error:
            problems.append(f"{name}: not a zip: {error}")
    return problems


def _part_problems(root: Any) -> list[str]:
    problems = []
    for kind in ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote"):
        for holder in root.iter(W + kind):
            children = [child.tag for child in holder if not child.tag.startswith(f"{W}bookmark")]
            if not children or children[-1] not in (W + "p", W + "sdt"):
                problems.append(f"a w:{kind} does not end with a paragraph")
    for table in root.iter(W + "tbl"):
        problems += _table_problems(table)
    problems += _field_problems(root)
    identities = [str(one.get("id")) for one in root.iter(WP + "docPr")]
    problems += [f"drawing id {one} is there twice" for one in _repeated(identities)]
    starts = [str(one.get(W + "id")) for one in root.iter(W + "bookmarkStart")]
    ends = [str(one.get(W + "id")) for one in root.iter(W + "bookmarkEnd")]
    if sorted(starts) != sorted(ends) or _repeated(starts):
        problems.append("bookmarks do not begin and end in pairs")
    for run in root.iter(W + "t"):
        if run.getparent().tag != W + "r":
            problems.append("a w:t stands outside a run")
    for element in root.iter(W + "p", W + "r", W + "tc", W + "tr", W + "tbl", W + "body"):
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            problems.append(f"bare text in a {element.tag.replace(W, 'w:')}")
    return problems


def _table_problems(table: Any) -> list[str]:
    problems = []
    rows = list(_inside(table, "tr"))
    grid = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    if not rows:
        problems.append("a table has no rows")
    above: dict[int, int] = {}
    for index, row in enumerate(rows, 1):
        cells = list(_inside(row, "tc"))
        if not cells:
            problems.append(f"row {index} has no cells")
        column = _number(row, "trPr/gridBefore") or 0
        merged: dict[int, int] = {}
        for cell in cells:
            span = _number(cell, "tcPr/gridSpan") or 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                if merge.get(W + "val", "continue") == "continue" and above.get(column) != span:
                    problems.append(f"row {index}: a merged cell goes on without a start above it")
                merged[column] = span
            column += span
        above = merged
        column += _number(row, "trPr/gridAfter") or 0
        if cells and column != grid:
            problems.append(f"row {index} has {column} columns, the grid {grid}")
    return problems


def _field_problems(root: Any) -> list[str]:
    """Fields that do not go begin, separate, end."""
    for story in root.iter(W + "body", W + "hdr", W + "ftr", W + "footnote", W + "endnote", W + "txbxContent"):
        stack: list[bool] = []
        for mark in story.iter(W + "fldChar"):
            holder = next(mark.iterancestors(story.tag, W + "txbxContent"), None)
            if holder is not story:
                continue
            kind = mark.get(W + "fldCharType")
            if kind == "begin":
                stack.append(False)
            elif not stack or (kind == "separate" and stack[-1]):
                return [f"a field's {kind} has no begin"]
            elif kind == "separate":
                stack[-1] = True
            else:
                stack.pop()
        if stack:
            return ["a field begins and does not end"]
    return []


def _reference_problems(root: Any, known: dict[str, tuple[str, str]]) -> list[str]:
    return [
        f"{name.replace(R, 'r:')}={value} leads nowhere"
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.startswith(R) and value and value not in known
    ]


def _body_problems(root: Any) -> list[str]:
    body = root.find(W + "body")
    if body is None:
        return ["no body"]
    sections = body.findall(W + "sectPr")
    if len(sections) != 1 or body[-1].tag != W + "sectPr":
        return ["the body does not end with its one sectPr"]
    return []


def _style_problems(roots: dict[str, Any], members: dict[str, Member], main: str) -> list[str]:
    """Styles and lists that are used and not defined, notes that are referred to and not there."""
    by_kind = {kind: roots[target] for kind, target in relationships(members, main).values() if target in roots}
    problems = []
    styles = by_kind.get("styles")
    known = {one.get(W + "styleId") for one in styles.findall(W + "style")} if styles is not None else set()
    for kind in ("pStyle", "rStyle", "tblStyle"):
        used = {str(one.get(W + "val")) for one in roots[main].iter(W + kind)}
        problems += [f"style {name} is not defined" for name in sorted(used - known)]
    lists = by_kind.get("numbering")
    numbers = {one.get(W + "numId") for one in lists.findall(W + "num")} if lists is not None else set()
    used = {str(one.get(W + "val")) for one in roots[main].iter(W + "numId")} - {"0"}
    problems += [f"list {name} is not defined" for name in sorted(used - numbers)]
    for kind in ("footnote", "endnote", "comment"):
        notes = by_kind.get(kind + "s")
        there = {one.get(W + "id") for one in notes} if notes is not None else set()
        used = {str(one.get(W + "id")) for one in roots[main].iter(f"{W}{kind}Reference")}
        problems += [f"{kind} {name} is not there" for name in sorted(used - there)]
    return problems


def _target_problems(root: Any, bookmarks: set[str]) -> list[str]:
    """Links and page references to bookmarks that are not there."""
    used = {str(one.get(W + "anchor")) for one in root.iter(W + "hyperlink") if one.get(W + "anchor")}
    for code in root.iter(W + "instrText"):
        if match := re.match(r"\s*(?:PAGEREF|REF)\s+(\S+)", code.text or ""):
            used.add(match[1])
    return [f"bookmark {name} is not there" for name in sorted(used - bookmarks - {"_top"})]
