"""The parts of a template as they lie in the file: which are rendered, what their paragraphs are and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator import contents
from generator.contents import Counted
from generator.findings import Finding, Level, Location, ReportError
from generator.numbering import Numbering, Style, W, default_style, read_numbering, read_styles
from generator.template import tags
from generator.template.archive import Member, relationships

_PARTS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "core-properties": "文档属性",
    "chart": "图表",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """What styles.xml and numbering.xml say of paragraphs."""

    styles: Mapping[str, Style]
    default: str | None
    numbering: Numbering


def main_part(members: Mapping[str, Member], file: str) -> str:
    """The name of the body; ReportError when there is none."""
    for kind, target in relationships(dict(members), "").values():
        if kind == "officeDocument" and target in members:
            return target
    raise ReportError(Finding("T101", Level.ERROR, Location(file), "这不是 Word 文档：找不到正文"))


def read_looks(members: Mapping[str, Member], main: str, file: str) -> Looks:
    """The paragraph styles and lists of a template."""
    roots: dict[str, Any] = {}
    for kind, target in relationships(dict(members), main).values():
        if kind in ("styles", "numbering") and target in members:
            roots[kind] = parse(members[target], file)
    styles = roots.get("styles")
    return Looks(read_styles(styles), default_style(styles), read_numbering(roots.get("numbering")))


def part_kind(name: str, types: Mapping[str, str]) -> str | None:
    """What a rendered part is called in messages, by the declared types; None for a member that is copied as it is."""
    declared = types.get("/" + name.lower(), "")
    return _PARTS.get(declared.removesuffix("+xml").rpartition(".")[2]) if declared.endswith("+xml") else None


def parse(member: Member, file: str) -> Any:
    """The root of an XML member; ReportError when it is not whole."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(member.data(), parser)
    except etree.XMLSyntaxError as error:
        what = f"文件里“{member.name}”不是完整的 XML"
        raise ReportError(Finding("T101", Level.ERROR, Location(file), what)) from error


# The line above an attachment, which is no heading in most reports.
_ATTACHED = re.compile(r"附[件表]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|\{\{[^{}]{1,40}\}\})(?!\d)[^。，；]{0,40}$")


def paragraph_places(root: Any, default: Location, looks: Looks) -> dict[Any, Location]:
    """Where each paragraph is: its number in the part, or its table, row and column, and the heading above it.

    What stands in a text box is where the box hangs: Word keeps the box twice, for newer and older versions.
    """
    places: dict[Any, Location] = {}
    heading: str | None = None
    count = 0
    numbers = {table: number for number, table in enumerate(root.iter(W + "tbl"), 1)}
    cells = {cell: place for table in numbers for cell, place in _cells(table)}
    for paragraph in root.iter(W + "p"):
        outer = next(paragraph.iterancestors(W + "p"), None)
        cell = next(paragraph.iterancestors(W + "tc", W + "p"), None)
        if cell is not None and cell in cells:
            table = numbers[next(cell.iterancestors(W + "tbl"))] if len(numbers) > 1 else None
            row, column = cells[cell]
            places[paragraph] = replace(default, heading=heading, table=table, table_row=row, table_column=column)
        elif outer is not None:
            places[paragraph] = places[outer]
        elif any(note.get(W + "type") for note in paragraph.iterancestors(W + "footnote", W + "endnote")):
            places[paragraph] = default  # the lines that Word draws above notes
        else:
            count += 1
            places[paragraph] = replace(default, heading=heading, paragraph=count)
            kind = counted(paragraph, looks)
            text = tags.paragraph_text(paragraph).strip()
            if text and ((kind is not None and kind.outline is not None) or _ATTACHED.match(text)):
                heading = text
    return places


def _cells(table: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    """The cells of a table itself, each with its row and column; content controls may stand around them."""
    rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is table]
    for number, row in enumerate(rows, 1):
        own = (cell for cell in row.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is row)
        yield from ((cell, (number, column)) for column, cell in enumerate(own, 1))


def counted(paragraph: Any, looks: Looks) -> Counted | None:
    """What the paragraph counts as, in lists and in the outline."""
    properties = paragraph.find(W + "pPr")

    def value(path: str) -> str | None:
        element = properties.find("/".join(W + step for step in path.split("/"))) if properties is not None else None
        return None if element is None else str(element.get(W + "val"))

    style_id = value("pStyle") or looks.default
    outline = value("outlineLvl")
    own = (value("numPr/numId"), value("numPr/ilvl"), int(outline) if outline else None)
    return contents.counted(style_id, looks.styles.get(style_id or ""), looks.numbering, own)
