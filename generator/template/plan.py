"""What a template is once it is compiled: the parts to render, what to copy, and what rendering has to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import CodeType

from jinja2 import Template

from generator import language
from generator.charts import Binding
from generator.contents import Counted, Field
from generator.findings import Location
from generator.numbering import Numbering
from generator.template.archive import Member

# XML forbids these, so data cannot hold them: they mark places in the rendered text.
TABLE, TABLE_END, FALLBACK, COUNTED, COUNTED_TEXT, COUNTED_END, CONTENTS = "\2\3\6\x0e\x0f\x10\x11"


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A tag: its ordinal in the part, as written, where it stands, and the ordinals of the loops around it."""

    number: int
    written: str
    where: Location
    loops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is rendered: its Jinja source, code and template, and the tag on each line of the source.

    `puts_together` says that its tags could make what the template does not hold, so that a result is looked at.
    """

    name: str
    source: str
    code: CodeType
    template: Template
    lines: Sequence[TagPlace]
    flavour: str
    has_tables: bool
    has_fallbacks: bool
    has_drawings: bool
    puts_together: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A bound chart: what it shows, its part and workbook, and what goes with it when it is not printed."""

    binding: Binding
    where: Location
    identity: str
    part: str
    workbook: str
    formats: tuple[str, ...]
    members: frozenset[str]


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
    links: Mapping[str, frozenset[str]]
    charts: tuple[Chart, ...] = ()


def template_of(code: CodeType, is_word: bool) -> Template:
    """The template that compiled code makes, in the language of Word parts or in that of plain XML."""
    environment = language.word() if is_word else language.plain_xml()
    return Template.from_code(environment, code, environment.make_globals(None))
