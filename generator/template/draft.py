"""A template as it lies in the file, with its tags: what lint looks at.  Nothing is compiled here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.findings import Finding, Level, Location
from generator.numbering import W
from generator.template import reading, tags
from generator.template.archive import CONTENT_TYPES, Member, content_types, read_docx, template_content
from generator.template.tags import Tag

UNITS = {"p": W + "p", "tr": W + "tr", "tc": W + "tc"}


@dataclass(frozen=True, eq=False)
class DraftPart:
    """A part whose tags are rendered: as Word wrote it, and its tags with the elements that hold them."""

    name: str
    kind: str
    root: Any
    places: Mapping[Any, Location]
    where: Location
    tags: tuple[Tag, ...]

    def paragraphs(self) -> Iterator[tuple[Any, str, Location]]:
        """Every paragraph with its text and place."""
        for paragraph in self.root.iter(W + "p"):
            yield paragraph, tags.paragraph_text(paragraph), self.places.get(paragraph, self.where)

    def place(self, element: Any) -> Location:
        """The place of an element: that of the paragraph around it."""
        for one in (element, *element.iterancestors(W + "p")):
            if one in self.places:
                return self.places[one]
        return self.where


@dataclass(frozen=True, eq=False)
class Draft:
    """A template: its parts with tags, in the order of the file, and its other members."""

    file: str
    parts: tuple[DraftPart, ...]
    others: Mapping[str, Member]


def read_draft(path: Path) -> Draft:
    """The draft of a .docx; ReportError when it is none that can be read."""
    file = str(path)
    members = read_docx(template_content(path), file)
    main = reading.main_part(members, file)
    looks = reading.read_looks(members, main, file)
    types = content_types(members)
    parts, others = [], {}
    for name in sorted(members, key=lambda name: (name != main, name)):
        kind = "正文" if name == main else reading.part_kind(name, types)
        if kind is None or name == CONTENT_TYPES:
            others[name] = members[name]
            continue
        default = Location(file, part=kind)
        root, scanned = (reading.parse(members[name], file) for _ in range(2))
        tags.tidy(scanned)
        found = tags.scan(scanned, reading.paragraph_places(scanned, default, looks), default)
        parts.append(
            DraftPart(name, kind, root, reading.paragraph_places(root, default, looks), default, tuple(found.tags))
        )
        tags.refuse_too_many(sum(len(part.tags) for part in parts), file)
    return Draft(file, tuple(parts), others)


def holder(tag: Tag) -> Any:
    """The paragraph, row or cell that the tag takes up, or the paragraph that it stands in; None outside of one."""
    if tag.element is None:
        return None
    return next(tag.element.iterancestors(UNITS.get(tag.unit, W + "p")), None)


def pairs(found: tuple[Tag, ...]) -> Iterator[tuple[Tag, Tag]]:
    """Each opening tag with each tag that ends a stretch of its block: else, elif, the end."""
    stack: list[Tag] = []
    for tag in found:
        if tag.kind != "%":
            continue
        if tag.opens:
            stack.append(tag)
        elif tag.word in ("else", "elif") and stack:
            yield stack[-1], tag
        elif tag.word.startswith("end") and any(one.word == tag.word[3:] for one in stack):
            while stack[-1].word != tag.word[3:]:
                stack.pop()
            yield stack.pop(), tag


def told(code: str, tag: Tag, what: str, why: str, mend: str | None = None, level: Level = Level.ERROR) -> Finding:
    """A finding at a tag: what is wrong with it, what comes of it, how to mend it."""
    return Finding(
        code,
        level,
        tag.where,
        f"{tags.shown(tag.written)} {what}" + (f"：{why}" if why else ""),
        tag.written,
        mend=mend,
    )
