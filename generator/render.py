"""Compiled template and names in, .docx out: text is rendered, the rest is copied.

A part is parsed once more only where its tags, or values with XML of their own, may have put together what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import bounds, captions, charts, contents, language, rich
from generator.contents import Heading
from generator.findings import Finding, Level, Location, ReportError
from generator.template import Chart, Part, Plan
from generator.template.archive import CONTENT_TYPES, Member, NotXmlError, packed, stored, write_docx
from generator.template.plan import CONTENTS, COUNTED, COUNTED_END, COUNTED_TEXT, FALLBACK, TABLE, TABLE_END
from generator.workbook import workbook

if TYPE_CHECKING:
    from generator.salvage import Places

__all__ = ["Heading", "Rendered", "render"]

PACKING = 3
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PIECE = 1 << 18  # bytes that are looked at together
_FORBIDDEN = bytes(code for code in range(32) if code not in (9, 10, 13))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report: the .docx, its headings, the names of what is marked 【待补充：…】, in order of appearance.

    `findings` are the tags that failed; the text has a mark 【此处有误：…】 for each.
    """

    document: bytes
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def _nowhere(owner: object, key: object) -> None:
    """The place of a value whose names were not made from a data file."""


@dataclass(frozen=True, slots=True)
class _Making:
    """What a report is made from: the names, where in the data they are from, and what failed so far."""

    names: Mapping[str, object]
    where: Places
    carrier: rich.Carrier
    findings: list[Finding] = field(default_factory=list)


@bounds.work()
def render(
    plan: Plan,
    names: Mapping[str, object],
    *,
    pages: Sequence[str] = (),
    where: Places = _nowhere,
    folder: Path | None = None,
    template: Any = None,
) -> Rendered:
    """The report that `plan` makes of `names`; `pages` are the contents' page numbers, one a heading.

    Pictures that the data names are files below `folder`.  `template` is the DocxTemplate in which links of rich text
    were made (docxtpl's build_url_id); its pictures and sub-documents bring it themselves.

    The same plan and names give the same bytes.  A name that is not there and a value that cannot print are marked
    in the text and told, all of them, with the place in the Word template and, as `where` knows it, in the data.
    Raises ReportError for what is refused for safety, takes too long, or has characters that XML forbids.
    """
    with rich.carrying(rich.Carrier(plan.file, folder, template)) as carrier:
        return _rendered(plan, _Making(names, where, carrier), pages)


def _rendered(plan: Plan, making: _Making, pages: Sequence[str]) -> Rendered:
    parts = {member.name: member for member in plan.members if isinstance(member, Part)}
    body, headings = _with_contents(plan, _part_text(parts[plan.main], making), pages)
    printed = [chart for chart in plan.charts if f'="{chart.identity}"' in body]
    unused = {name for chart in plan.charts if chart not in printed for name in chart.members}
    texts = {plan.main: body}
    texts |= {name: _part_text(parts[name], making) for name in parts if name not in unused | {plan.main}}
    books = _fill_charts(plan, printed, texts, making)
    missing: dict[str, None] = {}
    members = []
    brought = making.carrier.members() if making.carrier.used else {}
    for member in _with_brought(plan, brought):
        if member.name in unused:
            continue
        if member.name in books:
            members.append(stored(member.name, books[member.name]))
        elif isinstance(member, Part):
            text = texts[member.name]
            for name in re.findall("【待补充：([^】<]*)】", text):
                missing[unescape(name)] = None
            made = packed(member.name, _encoded(text, plan), PACKING)
            if member.puts_together or member.name in making.carrier.raw or making.carrier.used or making.findings:
                _refuse_unsafe(made, plan)
            members.append(made)
        else:
            members.append(_without(member, plan, unused) if unused else member)
    return Rendered(write_docx(members), tuple(headings), tuple(missing), tuple(making.findings))


def _with_brought(plan: Plan, brought: Mapping[str, Member]) -> Iterator[Member | Part]:
    """The members of the plan, those that rich values changed in their new form, and behind them those they brought."""
    for member in plan.members:
        yield member if isinstance(member, Part) else brought.get(member.name, member)
    names = {member.name for member in plan.members}
    yield from (brought[name] for name in sorted(brought) if name not in names)


def _fill_charts(plan: Plan, printed: Sequence[Chart], texts: dict[str, str], making: _Making) -> dict[str, bytes]:
    """Fills the charts that are printed; gives their workbooks."""
    books: dict[str, bytes] = {}
    for chart in printed:
        figures = charts.table(chart.binding, making.names, chart.where, making.findings)
        texts[chart.part], series = charts.filled(texts[chart.part], figures)
        _encoded(texts[chart.part], plan)  # what XML forbids is told before it comes into a workbook
        books[chart.workbook] = workbook(series, figures, chart.formats)
    return books


def _without(member: Member, plan: Plan, unused: set[str]) -> Member:
    """The list of content types, or the body's relationships, without charts that are not printed."""
    folder, _, file = plan.main.rpartition("/")
    if member.name == CONTENT_TYPES:
        gone = [rf'PartName="/{re.escape(name)}"' for name in unused]
        pattern = f"<Override\\b[^>]*(?:{'|'.join(gone)})[^>]*/>"
    elif member.name == f"{folder}/_rels/{file}.rels":
        gone = [re.escape(chart.identity) for chart in plan.charts if chart.part in unused]
        pattern = f'<Relationship\\b[^>]*\\bId="(?:{"|".join(gone)})"[^>]*/>'
    else:
        return member
    return packed(member.name, re.sub(pattern, "", member.data().decode("utf-8")).encode("utf-8"), PACKING)


def _part_text(part: Part, making: _Making) -> str:
    """The rendered XML of a part, its tables, cells and drawings put right."""
    making.carrier.enter(part.name)
    try:
        text = language.printed(part.template, making.names, before=_DECLARATION)
    except Exception as error:
        if not making.findings:
            bounds.renew()  # once a report: what failed is done over
        from generator.salvage import salvage

        saved, found = salvage(part, error, making.names, making.where)
        making.findings.extend(found)
        text = _DECLARATION + saved
    if part.has_tables:
        text = _mended_tables(text)
    if part.has_fallbacks:
        text = _mended_cells(text)
    if part.has_drawings or making.carrier.used:
        text = _numbered_drawings(text)
    return captions.numbered(text)


def _encoded(text: str, plan: Plan) -> bytes:
    """The part's bytes; raises ReportError for characters that XML forbids."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _forbidden(plan, text[max(0, error.start - 20) : error.start]) from error
    pieces = (data[at : at + PIECE] for at in range(0, len(data), PIECE))  # a large table is there often enough
    if any(len(one.translate(None, _FORBIDDEN)) != len(one) for one in pieces) or "\ufffe" in text or "\uffff" in text:
        match = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
        raise _forbidden(plan, text[max(0, match.start() - 20) : match.start()] if match else "")
    return data


def _refuse_unsafe(made: Member, plan: Plan) -> None:
    """ReportError for what the template's tags put together and a template must not hold."""
    from generator.template.distrust import unsafe_part

    try:
        refused = unsafe_part(made, plan.links.get(made.name.lower(), frozenset()), plan.file)
    except NotXmlError as error:
        what = f"按模板的标记做出的{error}"
        raise ReportError(Finding("T203", Level.ERROR, Location(plan.file, part=made.name), what)) from error
    if refused:
        raise ReportError(refused)


def _forbidden(plan: Plan, before: str) -> ReportError:
    shown = re.sub(r"<[^>]*>?", "", before)
    what = "数据里有 Word 不允许的控制字符" + (f"，在“{shown}”之后" if shown else "")
    return ReportError(Finding("T205", Level.ERROR, Location(plan.file), what))


def _with_contents(plan: Plan, text: str, pages: Sequence[str]) -> tuple[str, list[Heading]]:
    """The document with numbered headings known, bookmarked and listed in its table of contents."""
    text, headings = contents.number_headings(
        text.split(COUNTED),
        plan.counted,
        plan.numbering,
        plan.field,
        COUNTED_TEXT,
        COUNTED_END,
    )
    if plan.field is not None:
        text = text.replace(CONTENTS, contents.written(plan.field, headings, pages), 1)
    return text, headings


def _mended_cells(text: str) -> str:
    """Cells that ended up without a paragraph get the one to fall back on."""
    pieces = text.split(FALLBACK)
    out = [pieces[0]]
    for fallback, after in zip(pieces[1::2], pieces[2::2], strict=True):
        if not out[-1].endswith("</w:p>"):
            out.append(fallback)
        # An empty stretch between two marks says nothing about the cell's end.
        out.append(after)
    return "".join(out)


def _mended_tables(text: str) -> str:
    """Tables whose rows or columns came from data: no empty rows, no empty tables, a grid that fits."""
    innermost = re.compile(f"{TABLE}([^{TABLE}{TABLE_END}]*){TABLE_END}")
    while TABLE in text:
        text, count = innermost.subn(lambda match: _mended_table(match[1]), text)
        if not count:
            break
    return text


_TABLE_TOKEN = re.compile(r"<(/?)w:(tbl|tr|tc)[ >]|<w:(?:gridSpan|gridBefore|gridAfter) w:val=\"(\d+)\"")


def _mended_table(table: str) -> str:
    rows = _rows(table)
    for start, end, width in reversed(rows):
        if not width:
            table = table[:start] + table[end:]
    width = max((width for _, _, width in rows), default=0)
    if not width:
        return ""
    grid = re.search(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", table, re.DOTALL)
    if grid is None:
        return table
    columns = [int(size) for size in re.findall(r'<w:gridCol\b[^>]*?w:w="(\d+)', grid[0])]
    if len(columns) == width:
        return table
    total = sum(columns)
    if len(columns) < width:
        average = total // width if total else 0
        kept = [size * len(columns) // width for size in columns]
        columns = kept + [average] * (width - len(columns))
    else:
        extra = sum(columns[width:]) // width
        columns = [size + extra for size in columns[:width]]
    written = "".join(f'<w:gridCol w:w="{size}"/>' for size in columns)
    return f"{table[: grid.start()]}<w:tblGrid>{written}</w:tblGrid>{table[grid.end() :]}"


def _rows(table: str) -> list[tuple[int, int, int]]:
    """Start, end and width in grid columns of each row of the outer table."""
    rows: list[tuple[int, int, int]] = []
    depth = start = width = 0
    for token in _TABLE_TOKEN.finditer(table):
        closing, name, span = token.groups()
        if name == "tbl":
            depth += -1 if closing else 1
        elif depth != 1:
            continue
        elif span is not None:
            # A span counts once with its cell; the row's own gaps have no cell.
            width += int(span) - (1 if "gridSpan" in token[0] else 0)
        elif name == "tr" and closing:
            rows.append((start, table.index(">", token.start()) + 1, width))
        elif name == "tr":
            start, width = token.start(), 0
        elif not closing:
            width += 1
    return rows


def _numbered_drawings(text: str) -> str:
    """Every drawing gets an id of its own: loops repeat what the template has once."""
    ids = iter(range(1001, 1_000_000))
    return re.sub(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(")', lambda match: f"{match[1]}{next(ids)}{match[2]}", text)
