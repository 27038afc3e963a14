"""From a .docx to its plan: read with distrust, checked, its tags joined, patched and compiled, every error located.

What it takes to compile (lxml, docxtpl) is loaded with this module: a plan that is kept is read without it.
"""

from __future__ import annotations

import re
from types import CodeType
from typing import Any

from jinja2.exceptions import TemplateSyntaxError

from generator import contents, language
from generator.contents import Counted, Field
from generator.findings import Finding, Level, Location, ReportError
from generator.numbering import W
from generator.template import reading, tables, tags
from generator.template import source as sources
from generator.template.archive import CONTENT_TYPES, Member, NotXmlError, content_types, packed, read_docx
from generator.template.charts import bind_charts, misplaced_charts
from generator.template.distrust import hyperlinks, unsafe
from generator.template.marks import is_list_of_names
from generator.template.plan import FALLBACK, TABLE, Part, Plan, TagPlace, template_of
from generator.template.tags import Tag


def compiled(content: bytes, file: str) -> Plan:
    """The plan of a template's bytes; ReportError with every error, each with its place in the Word file."""
    members = read_docx(content, file)
    try:
        refused = unsafe(members, file)
    except NotXmlError as error:
        raise ReportError(Finding("T101", Level.ERROR, Location(file), str(error))) from error
    if refused:
        raise ReportError(refused)
    if is_list_of_names(members):
        what = "这是 jixiao template fields 写的名称表，不是模板"
        raise ReportError(Finding("T101", Level.ERROR, Location(file), what, mend="把要用的标记复制到模板里"))
    main = reading.main_part(members, file)
    looks = reading.read_looks(members, main, file)
    types = content_types(members)
    problems: list[Finding] = []
    count = 0
    table: list[Counted] = []
    field: Field | None = None
    out: list[Member | Part] = []
    roots = {main: reading.parse(members[main], file)}
    body = reading.paragraph_places(roots[main], Location(file, part="正文"), looks)
    charts, wrong = bind_charts(roots[main], members, main, body, roots)
    problems += wrong
    for name in sorted(members, key=lambda name: (name != CONTENT_TYPES, name)):
        member = members[name]
        kind = "正文" if name == main else reading.part_kind(name, types)
        if kind is None:
            out.append(_without_update(member) if name.endswith("settings.xml") else member)
            continue
        root = roots[name] if name in roots else reading.parse(member, file)
        default = Location(file, part=kind)
        places = body if name == main else reading.paragraph_places(root, default, looks)
        if name == main:
            field = contents.take_field(root, looks.styles, file)  # after the paragraphs of the template are numbered
        elif root.tag.startswith(W):
            problems += misplaced_charts(root, default)
        part = _part(
            name, root, default, places, looks, table if name == main else None, problems, always=name in roots
        )
        out.append(part or member)
        count += len(part.lines) if part else 0
        tags.refuse_too_many(count, file)
    if problems:
        raise ReportError(problems)
    links = hyperlinks(members)
    return Plan(file, main, tuple(out), tuple(table), looks.numbering, field, links, tuple(charts))


def _without_update(member: Member) -> Member:
    """Settings that do not make Word ask about fields when the report is opened."""
    data = member.data()
    if b"updateFields" not in data:
        return member
    return packed(member.name, re.sub(rb"<w:updateFields\b[^>]*/>", b"", data))


def _part(
    name: str,
    root: Any,
    default: Location,
    places: dict[Any, Location],
    looks: reading.Looks,
    table: list[Counted] | None,
    problems: list[Finding],
    *,
    always: bool,
) -> Part | None:
    """A part compiled; None for one without tags, unless it is `always` rendered (the body, a bound chart)."""
    from lxml import etree

    tags.tidy(root)
    found = tags.scan(root, places, default)
    if not found.tags and not found.problems and not always:
        return None
    errors = found.problems + sources.probe(found.tags)
    errors += tables.merge_cells(root, found) + tables.split_paragraphs(found)
    if errors:
        problems += errors
        return None
    tables.keep_last_rows(root)
    tables.watch_tables(root, found)
    tables.keep_cells_whole(root, found)
    if table is not None:
        _count_paragraphs(root, looks, table)
    is_word = root.tag.startswith(W)
    built = sources.build(etree.tostring(root, encoding="unicode"), patch=is_word and bool(found.tags))
    built = sources.Source(contents.drop_bookmarks_in_loops(built.text), built.lines)
    if errors := sources.check_form(built, found.tags):
        problems += errors
        return None
    environment = language.word() if is_word else language.plain_xml()
    try:
        code: CodeType = environment.compile(sources.parse(built, environment), name=name, filename=f"<{name}>")
    except TemplateSyntaxError as error:
        problems.append(_syntax_finding(error, built, found.tags, default))
        return None
    lines = tuple(_tag_place(found.tags[ordinal]) for ordinal in built.lines)
    return Part(
        name,
        built.text,
        code,
        template_of(code, is_word),
        lines,
        "word" if is_word else "xml",
        TABLE in built.text,
        FALLBACK in built.text,
        "<wp:docPr " in built.text,
        sources.puts_together(built.text),
    )


def _tag_place(tag: Tag) -> TagPlace:
    return TagPlace(tag.number, tag.written, tag.where, tag.loops)


def _syntax_finding(error: TemplateSyntaxError, built: sources.Source, found: list[Tag], default: Location) -> Finding:
    """A syntax error of the whole part, at the tag of its line."""
    line = min(error.lineno, len(built.lines)) - 1
    if line < 0:
        return Finding("T110", Level.ERROR, default, language.syntax(error))
    return found[built.lines[line]].finding("T110", language.syntax(error))


def _count_paragraphs(root: Any, looks: reading.Looks, table: list[Counted]) -> None:
    """Marks each numbered or outline paragraph of the body with its kind; equal kinds share a number."""
    from lxml import etree

    for paragraph in root.iter(W + "p"):
        kind = reading.counted(paragraph, looks)
        if kind is None or re.search(r"\{[{%#]p\s", tags.paragraph_text(paragraph)):
            continue
        if any(paragraph.iterancestors(W + "txbxContent")):
            continue
        if kind not in table:
            table.append(kind)
        begin = etree.ProcessingInstruction("jx", f"counted {table.index(kind)}")
        properties = paragraph.find(W + "pPr")
        if properties is None:
            paragraph.insert(0, begin)
        else:
            properties.addnext(begin)
        paragraph.append(etree.ProcessingInstruction("jx", "/counted"))
