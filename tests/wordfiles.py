"""Word files made on the spot for tests, and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.findings import Finding, ReportError
from generator.render import Rendered, render
from generator.template import Part, Plan, TagPlace, compile_template

TOC_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


def tags_of(plan: Plan) -> list[TagPlace]:
    """The tags of a compiled template, each once."""
    return [*dict.fromkeys(tag for part in plan.members if isinstance(part, Part) for tag in part.lines)]


def made(path: Path, *paragraphs: str, then: Callable[[Document], object] | None = None) -> Path:
    """A .docx with these paragraphs; `then` may go on with the document."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if then:
        then(document)
    document.save(str(path))
    return path


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    """A table with these texts; a row of one text has it in its first cell."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def add_contents(document: Document) -> None:
    """A TOC field with one entry as its pattern, and a paragraph that ends it."""
    for name in ("toc 1", "toc 2", "toc 3"):
        document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    first = document.add_paragraph(style="toc 1")
    for run in parse_xml(f"<w:p {nsdecls('w')}>{TOC_FIELD}</w:p>"):
        first._p.append(run)
    first.add_run("目录项\t1")
    last = parse_xml(f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    first._p.addnext(last)


def number_headings(document: Document) -> None:
    """Links heading 1 to 4 to one multilevel list: 一、（一）1.（1）."""
    levels = zip(
        ("chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal"),
        ("%1、", "（%2）", "%3.", "（%4）"),
        strict=True,
    )
    xml = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="Heading{index + 1}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{xml}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for index in range(4):
        properties = document.styles[f"Heading {index + 1}"].element.get_or_add_pPr()
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{index}"/><w:numId w:val="90"/></w:numPr>')
        properties.insert_element_before(number, "w:spacing", "w:outlineLvl")


def rendered(path: Path, names: Mapping[str, object]) -> Rendered:
    """What a template makes of names."""
    return render(compile_template(path), names)


def opened(document: bytes) -> Document:
    """A report as python-docx reads it."""
    return docx.Document(BytesIO(document))


def texts(document: bytes) -> list[str]:
    """The texts of a report's paragraphs outside tables."""
    return [paragraph.text for paragraph in opened(document).paragraphs]


def problems(path: Path) -> tuple[Finding, ...]:
    """The findings with which a template is refused."""
    try:
        compile_template(path)
    except ReportError as error:
        return error.findings
    raise AssertionError("the template was not refused")


def failures(path: Path, names: Mapping[str, object]) -> tuple[Finding, ...]:
    """What fails when a template is rendered, told beside the report or instead of it."""
    try:
        found = rendered(path, names).findings
    except ReportError as error:
        found = error.findings
    assert found, "nothing failed"
    return found
