"""A template as it lies in the file, with its tags: what lint looks at.  Nothing is compiled here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.findings import Finding, Level, Location
from generator.numbering import W
from generator.template import reading, tags
from generator.template.archive import (
    CONTENT_TYPES,
    Member,
    content_types,
    packed,
    read_docx,
    write_docx,
)
from generator.template.tags import Tag

RETYPE = "改为 "  # before the tag as it should be written, to copy
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
        """Every paragraph with its text and place; what stands between raw and endraw is blank."""
        in_raw = False
        for paragraph in self.root.iter(W + "p"):
            text, in_raw = tags.without_raw(tags.paragraph_text(paragraph), in_raw)
            yield paragraph, text, self.places.get(paragraph, self.where)

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
    members: Mapping[str, Member]

    @property
    def others(self) -> dict[str, Member]:
        """The members whose tags are not rendered."""
        own = {part.name for part in self.parts}
        return {name: member for name, member in self.members.items() if name not in own}


def read_draft(content: bytes, file: str) -> Draft:
    """The draft of a .docx; ReportError when it is none that can be read."""
    members = read_docx(content, file)
    main = reading.main_part(members, file)
    looks = reading.read_looks(members, main, file)
    types = content_types(members)
    parts = []
    for name in sorted(members, key=lambda name: (name != main, name)):
        kind = "正文" if name == main else reading.part_kind(name, types)
        if kind is None or name == CONTENT_TYPES:
            continue
        default = Location(file, part=kind)
        root, scanned = (reading.parse(members[name], file) for _ in range(2))
        tags.tidy(scanned)
        found = tags.scan(scanned, reading.paragraph_places(scanned, default, looks), default)
        parts.append(
            DraftPart(name, kind, root, reading.paragraph_places(root, default, looks), default, tuple(found.tags))
        )
    return Draft(file, tuple(parts), members)


@dataclass(frozen=True, slots=True)
class Retyped:
    """A passage of the paragraph at a place, and how it should be written."""

    where: Location
    written: str
    meant: str


def retyped(draft: Draft, changes: Sequence[Retyped]) -> bytes:
    """The template with these passages written anew, in paragraphs that keep their places; what is not found stays."""
    from lxml import etree

    members = dict(draft.members)
    changed = {part.name for change in changes for part in draft.parts if _retype(part, change)}
    for part in draft.parts:
        if part.name in changed:
            root = etree.tostring(part.root, encoding="UTF-8", xml_declaration=True, standalone=True)
            members[part.name] = packed(part.name, root)
    return write_docx(members.values())


def _retype(part: DraftPart, change: Retyped) -> bool:
    """Every such passage at the place written anew; whether there was one."""
    found = False
    for paragraph, text, where in part.paragraphs():
        if where == change.where and change.written in text:
            tags.write_anew(paragraph, change.written, change.meant)
            found = True
    if part.where == change.where:
        for element in part.root.iter():
            if element.text and change.written in element.text and not element.tag.startswith(W):
                element.text, found = element.text.replace(change.written, change.meant), True
    return found


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
