"""The table of contents: the TOC field of a template, and its entries made from the headings of a report.

The author puts a TOC field into the template with at least one entry as a pattern.  At render time the field is
filled with the headings that came out, each linked to a `_Toc` bookmark, so that the contents are whole before
Word updates them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from generator.findings import Finding, Level, Location, ReportError
from generator.numbering import Count, Numbering, Style, W, place_in_list

FIRST_BOOKMARK = 100_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a report: level (1 is the highest), computed number, text, bookmark.

    The bookmark is empty for a heading that the contents leave out.
    """

    level: int
    number: str
    text: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A paragraph of the template that is numbered or stands in the outline.

    `place` is its list and level, `outline` its outline level (1 is the highest), `built_in` the n of the style
    `heading n`; each None if it has none.
    """

    place: tuple[str, int] | None
    outline: int | None
    built_in: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """The TOC field of a template: levels, the runs that begin it, patterns of entries, what ends it."""

    first: int
    last: int
    begin: str
    entries: Mapping[int, tuple[str, str]]
    end: str


def counted(
    style_id: str | None,
    style: Style | None,
    numbering: Numbering,
    own: tuple[str | None, str | None, int | None],
) -> Counted | None:
    """What counts of a paragraph, from its style and its own list, list level and outline level; None if nothing."""
    own_list, own_level, own_outline = own
    place = place_in_list(numbering, style_id, style, own_list, own_level)
    outline = own_outline if own_outline is not None else style.outline if style else None
    built_in = re.fullmatch(r"heading (\d)", style.name.lower()) if style else None
    if outline is None and built_in:
        outline = int(built_in[1]) - 1
    if outline is not None and outline > 8:
        outline = None
    if place is None and outline is None:
        return None
    return Counted(place, None if outline is None else outline + 1, int(built_in[1]) if built_in else None)


def _bare(element: Any) -> str:
    """An element as XML without the namespace declarations that the document's root holds."""
    from lxml import etree

    copy = deepcopy(element)
    copy.tail = None
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", etree.tostring(copy, encoding="unicode"))


def take_field(root: Any, styles: Mapping[str, Style], file: str) -> Field | None:
    """Takes the TOC field out of a document and leaves a mark in its place; None if there is none.

    Raises ReportError if the field is not in paragraphs side by side.
    """
    start = next(
        (one for one in root.iter(W + "instrText") if re.match(r"\s*TOC\b", one.text or "", re.IGNORECASE)), None
    )
    if start is None:
        return None
    where = Location(file, part="正文", heading="目录")
    first = next(start.iterancestors(W + "p"))
    paragraphs = _paragraphs_of_field(first, start)
    if paragraphs is None:
        raise ReportError(
            Finding("T120", Level.ERROR, where, "目录域没有写完，或者跨出了它所在的部分", mend="在 Word 里重新插入目录")
        )
    switch = re.search(r'\\o\s+"?(\d)-(\d)', "".join(one.text or "" for one in first.iter(W + "instrText")))
    low, high = (int(switch[1]), int(switch[2])) if switch else (1, 3)
    entries = _patterns(paragraphs, styles, low, high)
    begin = _begin_runs(first, start)
    last = paragraphs[-1]
    own_end = len(paragraphs) > 1 and not any(text.text for text in last.iter(W + "t"))
    end = _bare(last) if own_end else ""
    from lxml import etree

    mark = etree.ProcessingInstruction("jx", "contents")
    first.addprevious(mark)
    for paragraph in paragraphs:
        paragraph.getparent().remove(paragraph)
    for bookmark in list(root.iter(W + "bookmarkStart")):
        if (bookmark.get(W + "name") or "").startswith("_Toc"):
            _drop_bookmark(root, bookmark)
    return Field(low, high, begin, entries, end)


def _paragraphs_of_field(first: Any, start: Any) -> list[Any] | None:
    """The neighbouring paragraphs from the field's begin to its end."""
    depth, started = 0, False
    paragraphs = []
    for paragraph in [first, *first.itersiblings()]:
        if paragraph.tag != W + "p":
            return None
        paragraphs.append(paragraph)
        for element in paragraph.iter(W + "fldChar", W + "instrText"):
            if element is start:
                started = True
            kind = element.get(W + "fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if started and not depth:
                return paragraphs
    return None


def _begin_runs(first: Any, start: Any) -> str:
    """The runs from the field's begin up to its separator."""
    runs: list[str] = []
    seen = False
    for run in first.iter(W + "r"):
        kinds = [one.get(W + "fldCharType") for one in run.iter(W + "fldChar")]
        if "begin" in kinds and not seen:
            runs = []
        for one in run.iter(W + "fldChar"):
            one.attrib.pop(W + "dirty", None)
        runs.append(_bare(run))
        seen = seen or any(one is start for one in run.iter(W + "instrText"))
        if seen and "separate" in kinds:
            break
    return "".join(runs)


def _patterns(
    paragraphs: Sequence[Any], styles: Mapping[str, Style], low: int, high: int
) -> dict[int, tuple[str, str]]:
    """By level: the paragraph properties and run properties of an entry."""
    ids = {style.name.lower(): identity for identity, style in styles.items()}
    found: dict[int, tuple[Any, str]] = {}
    for paragraph in paragraphs:
        properties = paragraph.find(W + "pPr")
        if properties is None or not any(text.text for text in paragraph.iter(W + "t")):
            continue
        style = properties.find(W + "pStyle")
        name = styles[style.get(W + "val")].name.lower() if style is not None and style.get(W + "val") in styles else ""
        level = int(name[4:]) if re.fullmatch(r"toc \d", name) else low
        run = next((run for run in paragraph.iter(W + "r") if run.find(W + "t") is not None), None)
        look = run.find(W + "rPr") if run is not None else None
        found.setdefault(level, (properties, "" if look is None else _bare(look)))
    patterns = {}
    any_pattern = next(iter(found.values()), None)
    for level in range(low, high + 1):
        properties, look = found.get(level) or any_pattern or (None, "")
        identity = ids.get(f"toc {level}")
        xml = "" if properties is None else _bare(properties)
        if level not in found and identity is not None:
            xml = re.sub(r"<w:pStyle [^>]*/>", "", xml) or "<w:pPr></w:pPr>"
            xml = re.sub(r"^<w:pPr\s*/?>(?:</w:pPr>)?$", "<w:pPr></w:pPr>", xml)
            xml = xml.replace("<w:pPr>", f'<w:pPr><w:pStyle w:val="{escape(identity)}"/>', 1)
        patterns[level] = (xml, look)
    return patterns


def _drop_bookmark(root: Any, start: Any) -> None:
    identity = start.get(W + "id")
    ends = [end for end in root.iter(W + "bookmarkEnd") if end.get(W + "id") == identity]
    for element in [start, *ends]:
        element.getparent().remove(element)


def drop_bookmarks_in_loops(source: str) -> str:
    """Takes the bookmarks out of loops of a Jinja source, where each round would repeat their names."""
    depth = 0
    dropped: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match["block"]:
            depth += 1 if match["block"] == "for" else -1
            return match[0]
        if depth and match["start"]:
            dropped.add(match["id"])
        return "" if match["id"] in dropped else match[0]

    return re.sub(
        r'\{%[-+]?\s*(?P<block>for|endfor)\b|<w:bookmark(?:(?P<start>Start)|End)\s[^>]*?w:id="(?P<id>[^"]*)"[^>]*/>',
        keep,
        source,
    )


def number_headings(
    pieces: Sequence[str],
    table: Sequence[Counted],
    numbering: Numbering,
    field: Field | None,
    text_sign: str,
    end_sign: str,
) -> tuple[str, list[Heading]]:
    """The document with its headings bookmarked, and the headings.

    `pieces` is the rendered text cut at each counted paragraph: each but the first begins with the number of its
    kind, `text_sign`, its content, and `end_sign`.
    """
    count = Count(numbering)
    headings: list[Heading] = []
    out = [pieces[0]]
    for piece in pieces[1:]:
        kind, _, rest = piece.partition(text_sign)
        content, ended, after = rest.partition(end_sign)
        if not ended:
            # A block that joins two paragraphs took the end along: it is the paragraph's own.
            content, ended, after = rest.partition("</w:p>")
            after = ended + after
        after = after.replace(end_sign, "")
        what = table[int(kind)]
        number, follow = count.next(*what.place) if what.place else ("", "")
        text = text_of(content) if what.outline is not None else ""
        if what.outline is None or not text.strip():
            out += (content, after)
            continue
        listed = field is not None and what.built_in is not None and field.first <= what.built_in <= field.last
        bookmark = f"_Toc{FIRST_BOOKMARK + len(headings) + 1:09d}" if listed else ""
        headings.append(Heading(what.outline, number + follow.replace("\t", " "), text, bookmark))
        if bookmark:
            identity = FIRST_BOOKMARK + len(headings)
            content = (
                f'<w:bookmarkStart w:id="{identity}" w:name="{bookmark}"/>{content}<w:bookmarkEnd w:id="{identity}"/>'
            )
        out += (content, after)
    return "".join(out), headings


def text_of(xml: str) -> str:
    """The text of a stretch of runs; a tab or line break is a blank."""
    if "<w:del " in xml:
        xml = re.sub(r"<w:del .*?</w:del>", "", xml, flags=re.DOTALL)
    pieces = re.finditer(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<w:(?:tab|br|cr)\b[^>]*/>", xml)
    return unescape("".join(" " if piece[1] is None else piece[1] for piece in pieces))


def written(field: Field, headings: Sequence[Heading], pages: Sequence[str]) -> str:
    """The paragraphs of the filled field; `pages` has the page number of each heading, or is empty."""
    numbered = zip(headings, pages, strict=True) if pages else ((heading, "") for heading in headings)
    listed = [(heading, page) for heading, page in numbered if heading.bookmark]
    begin = field.begin
    if not listed:
        return f"<w:p>{begin}</w:p>{field.end}" if field.end else f"<w:p>{begin}{_END}</w:p>"
    paragraphs = []
    for index, (heading, page) in enumerate(listed):
        look, run = field.entries[min(max(heading.level, field.first), field.last)]
        entry = _entry(heading, run, page)
        close = _END if not field.end and index == len(listed) - 1 else ""
        paragraphs.append(f"<w:p>{look}{begin}{entry}{close}</w:p>")
        begin = ""
    return "".join(paragraphs) + field.end


_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _entry(heading: Heading, look: str, page: str) -> str:
    def run(content: str) -> str:
        return f"<w:r>{look}{content}</w:r>"

    text = escape(heading.number + heading.text, quote=False)
    printed = run(f"<w:t>{escape(page, quote=False)}</w:t>") if page else ""
    return (
        f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">'
        + run(f'<w:t xml:space="preserve">{text}</w:t>')
        + run("<w:tab/>")
        + run('<w:fldChar w:fldCharType="begin"/>')
        + run(f'<w:instrText xml:space="preserve"> PAGEREF {heading.bookmark} \\h </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + printed
        + run('<w:fldChar w:fldCharType="end"/>')
        + "</w:hyperlink>"
    )
