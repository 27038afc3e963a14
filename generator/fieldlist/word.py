"""The list of names as a Word document, to keep open beside a template: tags are copied from it.

Each tag is whole in one run of plain text, without spelling marks that could split it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from ..template.archive import packed, read_docx, write_docx
from ..template.marks import NOT_A_TEMPLATE
from . import KIND_NOTES, Block, Filtered

FONT = "宋体"
HEADING_FONT = "黑体"
TAG_FONT = "Consolas"
SMALL = 9
TAG_COLOUR = "1F4E79"
HEAD_FILL = "E7EEF5"
WIDTHS = (68, 52, 54)  # millimetres of the three columns
MARGIN = 18
LEAD = (
    "左边的标记可以直接复制到 Word 模板里。表格里逐行重复的，把“{%tr for … %}”和“{%tr endfor %}”"
    "各放在样板行上、下单独的一行；逐段重复的，把 tr 换成 p，各放在单独的一段；一句话里重复的，去掉 tr。"
    "“类型”的印法见后面的“类型”表，换一种印法用“过滤器”。"
)


def as_document(title: str, blocks: Iterable[Block], filters: Iterable[Filtered]) -> bytes:
    """The .docx: a heading and a table for each block, then kinds and filters; the same list gives the same bytes."""
    document = _blank(title)
    document.add_heading(title, 0)
    document.add_paragraph(LEAD)
    section = ""
    for block in blocks:
        top = block.title.partition(".")[0].partition(" ")[0]
        if top != section:
            section = top
            document.add_heading(section, 1)
        if block.title != section:
            document.add_heading(block.title, 2)
        _write_block(document, block)
    document.add_heading("类型", 1)
    _table(document, ("类型", "怎样印", ""), [(kind, note, "") for kind, note in KIND_NOTES.items()], tags=())
    document.add_heading("过滤器", 1)
    for one in filters:
        document.add_heading(one.name, 2)
        document.add_paragraph(one.meaning)
        _table(document, ("标记", "印成", ""), [(tag, made, "") for tag, made in one.examples], tags=(0,))
    return _saved(document)


def _write_block(document: Any, block: Block) -> None:
    if block.meaning:
        document.add_paragraph(block.meaning)
    if block.opening:
        line = document.add_paragraph()
        _tag(line, block.opening)
        line.add_run(" …… ")
        _tag(line, block.closing)
    if block.same:
        document.add_paragraph(f"里面的名称同“{block.same}”。")
    if block.rows:
        rows = [
            (row.tag, f"{row.meaning}（{row.kind}）" if row.meaning else row.kind, row.example) for row in block.rows
        ]
        _table(document, ("标记", "含义（类型）", "例子"), rows, tags=(0,))


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]], tags: Sequence[int]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    shown = [index for index, name in enumerate(head) if name]
    widths = [*WIDTHS[: len(shown) - 1], sum(WIDTHS[len(shown) - 1 :])]
    table = document.add_table(rows=0, cols=len(shown), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, row in enumerate((head, *rows)):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, index, width in zip(added.cells, shown, widths, strict=True):
            cell.width = Mm(width)
            line = cell.paragraphs[0]
            if number and index in tags:
                _tag(line, row[index])
            else:
                line.add_run(row[index]).bold = True if not number else None
        if not number:
            _repeat_head(added)


def _tag(line: Any, written: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = line.add_run(written)
    run.font.name = TAG_FONT
    run.font.color.rgb = RGBColor.from_string(TAG_COLOUR)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    run._element.rPr.insert(1, OxmlElement("w:noProof"))


def _repeat_head(row: Any) -> None:
    """The row stands again on each page, and is shaded."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_FILL)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _blank(title: str) -> Any:
    """An empty document on A4 with Chinese fonts and a mark that it is no template."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    for name, font, size in (
        ("Normal", FONT, SMALL + 1),
        ("Title", HEADING_FONT, 18),
        ("Heading 1", HEADING_FONT, 14),
        ("Heading 2", HEADING_FONT, 11),
    ):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title, properties.subject, properties.author = title, NOT_A_TEMPLATE, "jixiao"
    properties.comments = ""
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    return document


def _saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    members = read_docx(buffer.getvalue(), "名称表")
    return write_docx(packed(name, member.data()) for name, member in sorted(members.items(), key=_in_order))


def _in_order(item: tuple[str, Any]) -> tuple[bool, str]:
    return item[0] != "[Content_Types].xml", item[0]
