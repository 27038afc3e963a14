"""A copy of a Word file with comments at the places that findings are about.

Word allows no comment in headers, footers, notes and text boxes: what is said of them stands at the nearest paragraph
of the body.  Comments that are there already are kept; one that says the same is not written again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from .findings import Finding, Location
from .numbering import W
from .template import reading
from .template.archive import CONTENT_TYPES, Member, packed, read_docx, relationships, write_docx
from .template.tags import XML_SPACE, own_texts, paragraph_text

AUTHOR, INITIALS = "jixiao", "绩效"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R_ID = f"{{{_OFFICE}}}id"
_KIND = f"{_OFFICE}/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MARGINS = {"页眉": ("header", "headerReference"), "页脚": ("footer", "footerReference")}
_NOTES = {
    "脚注": ("footnotes", "footnote", "footnoteReference"),
    "尾注": ("endnotes", "endnote", "endnoteReference"),
}
_BODY = (None, "", "正文")


@dataclass(frozen=True, slots=True)
class Note:
    """What is said in a comment, one paragraph a line, about a place and the words quoted from there."""

    where: Location
    text: str
    quoted: str | None = None


def note_of(finding: Finding) -> Note:
    """The comment that tells a finding: what is wrong, and how to mend it."""
    lines = [f"{finding.level}[{finding.code}] {finding.what}"]
    if finding.expected or finding.actual:
        lines.append(f"应为：{finding.expected or '—'}　实为：{finding.actual or '—'}")
    if finding.mend:
        lines.append(f"怎样改：{finding.mend}")
    return Note(finding.where, "\n".join(lines), finding.quoted)


def annotated(content: bytes, notes: Sequence[Note]) -> bytes:
    """The .docx with a comment for each note; the same content and notes give the same bytes.

    A place is looked for by its part, its paragraph's number or its row and column, its heading, and the words quoted
    there; a note whose place is not found stands at the first paragraph.  Raises ReportError for what is no .docx.
    """
    members = read_docx(content, "")
    main = reading.main_part(members, "")
    comments, name = _comments(members, main)
    notes = _new(notes, comments)
    if not notes:
        return content
    root = reading.parse(members[main], "")
    places = reading.paragraph_places(root, Location(), reading.read_looks(members, main, ""))
    finder = _Finder(members, main, root, places)
    for identity, note in enumerate(notes, _next_id(root, comments)):
        paragraph, quoted = finder.place(note)
        _mark(paragraph, quoted, str(identity))
        comments.append(_comment(str(identity), _said(note)))
    changed = {main: _written(root), name: _written(comments), **_joined(members, main, name)}
    order = [*members, *(one for one in changed if one not in members)]
    return write_docx(packed(one, changed[one]) if one in changed else members[one] for one in order)


def _said(note: Note) -> str:
    """The text, with the place where the comment cannot stand at it."""
    if note.where.part in _BODY:
        return note.text
    return f"在{replace(note.where, file=None)}：\n{note.text}"


def _new(notes: Sequence[Note], comments: Any) -> list[Note]:
    """The notes that no comment of ours says already, as often as they are to be said."""
    said = Counter(
        "\n".join(paragraph_text(line) for line in one.iter(W + "p"))
        for one in comments
        if one.get(W + "author") == AUTHOR
    )
    new = []
    for note in notes:
        text = _printable_lines(_said(note))
        if said[text]:
            said[text] -= 1
        else:
            new.append(note)
    return new


# Where a comment goes.


@dataclass(frozen=True, eq=False)
class _Finder:
    """Looks for the paragraphs of notes."""

    members: Mapping[str, Member]
    main: str
    root: Any
    places: Mapping[Any, Location]

    def place(self, note: Note) -> tuple[Any, str]:
        """The paragraph of the body that a comment goes to, and the words there that it is about ("": all)."""
        quoted = (note.quoted or "").strip().strip("…")
        if note.where.part in _BODY:
            found = self._in_body(note.where, quoted)
        else:
            found, quoted = self._beside(note.where.part or "", quoted), ""
        outer = _outside_boxes(found)
        if outer is None:
            outer = self._first()
        return outer, quoted if outer is found else ""

    def _in_body(self, where: Location, quoted: str) -> Any:
        """The paragraph at a place; of several, one with the words and without a comment on them."""
        here = [one for one, place in self.places.items() if _is_at(place, where)]
        told = [one for one in here if quoted and quoted in paragraph_text(one)]
        if not told and quoted and not here:
            told = [one for one in self.places if quoted in paragraph_text(one)]
        free = [one for one in told if one.find(W + "commentRangeStart") is None]
        return next(iter(free or told or here), None)

    def _beside(self, part: str, quoted: str) -> Any:
        """The paragraph of the body nearest to words in a header, footer or note."""
        if part in _NOTES:
            kind, element, reference = _NOTES[part]
            for _, note in self._holding(kind, element, quoted):
                for one in self.root.iter(W + reference):
                    if one.get(W + "id") == note.get(W + "id"):
                        return next(one.iterancestors(W + "p"), None)
        elif part in _MARGINS:
            kind, reference = _MARGINS[part]
            for identity, _ in self._holding(kind, None, quoted):
                for one in self.root.iter(W + reference):
                    if one.get(_R_ID) == identity:
                        return self._begin_of_section(one.getparent())
        return None

    def _holding(self, kind: str, element: str | None, quoted: str) -> Iterator[tuple[str, Any]]:
        """The parts of a kind, or their elements, that hold the words, with the part's relationship."""
        for identity, (said, target) in relationships(dict(self.members), self.main).items():
            if said != kind or target not in self.members:
                continue
            part = reading.parse(self.members[target], "")
            for one in part.iter(W + element) if element else (part,):
                if any(quoted in paragraph_text(paragraph) for paragraph in one.iter(W + "p")):
                    yield identity, one

    def _begin_of_section(self, section: Any) -> Any:
        """The first paragraph of the section that ends with a `w:sectPr`."""
        begin = None
        for one in self.root.iter(W + "p", W + "sectPr"):
            if one is section:
                break
            if one.tag == W + "sectPr":
                begin = None
            elif begin is None and one.find(f"{W}pPr/{W}sectPr") is not section:
                begin = one
        return begin

    def _first(self) -> Any:
        found = next((one for one in self.places if _outside_boxes(one) is one), None)
        if found is None:  # a body without a paragraph
            found = self.root.makeelement(W + "p")
            self.root.find(W + "body").insert(0, found)
        return found


def _is_at(place: Location, where: Location) -> bool:
    """Whether a paragraph's place is the one meant: what a note does not say may be anything."""
    if where.table_row is not None:
        same = (place.table_row, place.table_column) == (where.table_row, where.table_column)
        same = same and where.table in (None, place.table)
    else:
        same = where.paragraph is not None and place.paragraph == where.paragraph
    return same and where.heading in (None, place.heading)


def _outside_boxes(paragraph: Any) -> Any:
    """The paragraph itself, or that of the body which its text box hangs on."""
    if paragraph is None:
        return None
    boxes = list(paragraph.iterancestors(W + "txbxContent"))
    return next(boxes[-1].iterancestors(W + "p"), None) if boxes else paragraph


# What is written into the body.


def _mark(paragraph: Any, quoted: str, identity: str) -> None:
    """Puts the marks of a comment around the quoted words of a paragraph, or around all that is in it."""
    begin, end = _around(paragraph, quoted)
    start = paragraph.makeelement(W + "commentRangeStart", {W + "id": identity})
    stop = paragraph.makeelement(W + "commentRangeEnd", {W + "id": identity})
    run = paragraph.makeelement(W + "r")
    run.append(run.makeelement(W + "commentReference", {W + "id": identity}))
    if begin is None:
        properties = paragraph.find(W + "pPr")
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    else:
        begin.addprevious(start)
    (start if end is None else end).addnext(stop)
    stop.addnext(run)


def _around(paragraph: Any, quoted: str) -> tuple[Any, Any]:
    """The first and the last child of a paragraph that hold the words; runs are cut where the words begin and end."""
    children = [one for one in paragraph if one.tag != W + "pPr"]
    whole = (children[0], children[-1]) if children else (None, None)
    at = paragraph_text(paragraph).find(quoted) if quoted else -1
    if at < 0:
        return whole
    _cut(paragraph, at + len(quoted))
    _cut(paragraph, at)
    held = []
    position = 0
    for text in own_texts(paragraph):
        after = position + len(text.text or "")
        if position < at + len(quoted) and after > at:
            held.append(_child_of(paragraph, text))
        position = after
    return (held[0], held[-1]) if held else whole


def _child_of(paragraph: Any, element: Any) -> Any:
    while element.getparent() is not paragraph:
        element = element.getparent()
    return element


def _cut(paragraph: Any, at: int) -> None:
    """Cuts the run in two that holds the character at a position, if it is a run of the paragraph itself."""
    position = 0
    for text in own_texts(paragraph):
        said = text.text or ""
        run = text.getparent()
        inside = position < at or any(one.tag != W + "rPr" for one in text.itersiblings(preceding=True))
        if inside and position <= at < position + len(said) and run.getparent() is paragraph:
            rest = deepcopy(run)
            index = run.index(text)
            for number, child in reversed(list(enumerate(rest))):
                if number < index and child.tag != W + "rPr":
                    rest.remove(child)
            for child in list(run)[index + 1 :]:
                run.remove(child)
            moved = next(child for child in rest if child.tag == W + "t")
            text.text, moved.text = said[: at - position], said[at - position :]
            for one in (text, moved):
                one.set(XML_SPACE, "preserve")
            run.addnext(rest)
            return
        position += len(said)


# The part with the comments.


def _comments(members: Mapping[str, Member], main: str) -> tuple[Any, str]:
    """The part with the comments, or a new one, and its name."""
    from lxml import etree

    for kind, target in relationships(dict(members), main).values():
        if kind == "comments" and target in members:
            return reading.parse(members[target], ""), target
    folder = main.rpartition("/")[0]
    number = 0
    while (name := f"{folder}/comments{number or ''}.xml".lstrip("/")) in members:
        number += 1
    return etree.Element(W + "comments", nsmap={"w": _WORD}), name


def _next_id(*roots: Any) -> int:
    names = [W + name for name in ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")]
    used = [str(one.get(W + "id")) for root in roots for one in root.iter(*names)]
    return max((int(one) for one in used if one.isdecimal()), default=-1) + 1


def _comment(identity: str, said: str) -> Any:
    from lxml import etree

    comment = etree.Element(W + "comment", {W + "id": identity, W + "author": AUTHOR, W + "initials": INITIALS})
    for line in _printable_lines(said).split("\n"):
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, W + "p"), W + "r"), W + "t")
        text.text = line
        text.set(XML_SPACE, "preserve")
    return comment


def _printable_lines(text: str) -> str:
    return "\n".join(map(_printable, text.split("\n")))


def _printable(text: str) -> str:
    """The text without the characters that XML forbids."""
    return "".join(one for one in text if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")


def _joined(members: Mapping[str, Member], main: str, name: str) -> dict[str, bytes]:
    """The list of content types and the body's relationships, with the part of the comments in them."""
    if name in members:
        return {}
    types = reading.parse(members[CONTENT_TYPES], "")
    types.append(types.makeelement(_TYPES + "Override", {"PartName": f"/{name}", "ContentType": _TYPE}))
    folder, _, file = main.rpartition("/")
    at = f"{folder}/_rels/{file}.rels".lstrip("/")
    relations = reading.parse(members[at], "") if at in members else _no_relations()
    used = {one.get("Id") for one in relations}
    identity = next(one for one in _ids("rIdComments") if one not in used)
    target = name.removeprefix(f"{folder}/") if folder else name
    entry = {"Id": identity, "Type": _KIND, "Target": target}
    relations.append(relations.makeelement(_RELATIONS + "Relationship", entry))
    return {CONTENT_TYPES: _written(types), at: _written(relations)}


def _no_relations() -> Any:
    from lxml import etree

    return etree.fromstring(f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>')


def _ids(stem: str) -> Iterable[str]:
    number = 0
    while True:
        yield f"{stem}{number or ''}"
        number += 1


def _written(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
