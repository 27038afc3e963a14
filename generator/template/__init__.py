"""What a .docx template asks for: read with distrust, checked, and compiled once to a `Plan`.

docxtpl's tag language is the template language.  All that depends on the template alone happens here, once:
tags that Word split are joined, docxtpl patches them, Jinja compiles them, every error is found and located,
and the members without tags are kept as the compressed bytes that they are.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError

from generator import contents, language
from generator.contents import Counted, Field
from generator.findings import Finding, Level, Location, ReportError
from generator.numbering import Numbering, W
from generator.template import reading, tables, tags
from generator.template import source as sources
from generator.template.archive import (
    CONTENT_TYPES,
    Member,
    NotXmlError,
    content_types,
    packed,
    read_docx,
    template_content,
)
from generator.template.charts import Chart, bind_charts, misplaced_charts
from generator.template.distrust import hyperlinks, unsafe
from generator.template.marks import is_list_of_names
from generator.template.tags import Tag

__all__ = ["Chart", "Part", "Plan", "TagPlace", "compile_template", "refusals"]

KEPT_PLANS = 64


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A tag: its ordinal in the part, as written, where it stands, and the ordinals of the loops around it."""

    number: int
    written: str
    where: Location
    loops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is rendered: its Jinja source and template, and the tag on each line of the source.

    `puts_together` says that its tags could make what the template does not hold, so that a result is looked at.
    """

    name: str
    source: str
    template: Template
    lines: tuple[TagPlace, ...]
    flavour: str
    has_tables: bool
    has_fallbacks: bool
    has_drawings: bool
    puts_together: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled template: what to render, what to copy, how headings are numbered, and the bound charts.

    `links` are the ids of the hyperlinks of each part, by its name in small letters.
    """

    file: str
    main: str
    members: tuple[Member | Part, ...]
    counted: tuple[Counted, ...]
    numbering: Numbering
    field: Field | None
    tags: tuple[TagPlace, ...]
    links: Mapping[str, frozenset[str]]
    charts: tuple[Chart, ...] = ()


_plans: OrderedDict[tuple[str, bytes], Plan] = OrderedDict()
_lock = threading.Lock()


def compile_template(path: Path) -> Plan:
    """The plan of a .docx template, from memory if the same content was compiled before.

    Raises ReportError with every error of the template, each with its place in the Word file.
    """
    content = template_content(path)
    key = (str(path), hashlib.blake2b(content).digest())
    with _lock:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    plan = _compile(content, str(path))
    with _lock:
        _plans[key] = plan
        while len(_plans) > KEPT_PLANS:
            _plans.popitem(last=False)
    return plan


def refusals(content: bytes, file: str) -> tuple[Finding, ...]:
    """All for which a template is not compiled, each with its place; nothing of one that is right."""
    try:
        _compile(content, file)
    except ReportError as error:
        return tuple(error.findings)
    return ()


def _compile(content: bytes, file: str) -> Plan:
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
    found: list[TagPlace] = []
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
        if name == main:
            field = contents.take_field(root, looks.styles, file)
        elif root.tag.startswith(W):
            problems += misplaced_charts(root, Location(file, part=kind))
        part = _part(name, kind, root, file, looks, table if name == main else None, problems, name in roots)
        out.append(part or member)
        found += part.lines if part else ()
        tags.refuse_too_many(len(found), file)
    if problems:
        raise ReportError(problems)
    tags_found = tuple(dict.fromkeys(found))
    links = hyperlinks(members)
    return Plan(file, main, tuple(out), tuple(table), looks.numbering, field, tags_found, links, tuple(charts))


def _without_update(member: Member) -> Member:
    """Settings that do not make Word ask about fields when the report is opened."""
    data = member.data()
    if b"updateFields" not in data:
        return member
    return packed(member.name, re.sub(rb"<w:updateFields\b[^>]*/>", b"", data))


def _part(
    name: str,
    kind: str,
    root: Any,
    file: str,
    looks: reading.Looks,
    table: list[Counted] | None,
    problems: list[Finding],
    always: bool,
) -> Part | None:
    """A part compiled; None for one without tags, unless it is `always` rendered (the body, a bound chart)."""
    from lxml import etree

    default = Location(file, part=kind)
    places = reading.paragraph_places(root, default, looks)
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
        Template.from_code(environment, code, environment.make_globals(None)),
        lines,
        "word" if is_word else "xml",
        sources.TABLE in built.text,
        sources.FALLBACK in built.text,
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
