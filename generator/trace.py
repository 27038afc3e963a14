"""What the data says and the report does not print: nothing is left out unsaid."""

from __future__ import annotations

import html
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from .findings import Finding, Level, Location

LONGEST = 16
NOT_ASKED = "没有印进这份报告（所用的样式没有这一项）"


@dataclass(frozen=True, slots=True)
class Row:
    """What tells a row of a list in a report: the names it may print under, and its figures as they may print."""

    names: frozenset[str]
    figures: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the data by its dotted name, its place, and its rows."""

    name: str
    place: Location
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Block:
    """A paragraph, a whole table or a chart."""

    written: str

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """The numbers in it."""
        text = self.written
        return frozenset(map(Decimal, _FIGURES.findall(_COMMAS.sub("", text) if "," in text else text)))


def trace(document: bytes, paragraphs: Sequence[tuple[str, Location]], lists: Sequence[Listed] = ()) -> list[Finding]:
    """What of the data stands nowhere in the report.

    A 提示 for each text that is not there, or not whole, one for each place; a 警告 for each list of which most rows
    are not there (the data's own texts may single out one or two of a list that the style does not print).
    """
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        blocks = [block for name in parts for block in _blocks(package.read(name).decode("utf-8"))]
    printed = _squeezed("".join(block.written for block in blocks))
    lost: dict[Location, str] = {}
    for words, place in paragraphs:
        if _squeezed(words).rstrip("。；，、") not in printed:
            lost.setdefault(place, words)
    texts = [Finding("M002", Level.HINT, place, _what(words), quoted=words) for place, words in lost.items()]
    squeezed = _Squeezed(blocks)
    return [*texts, *(finding for one in lists for finding in _unlisted(one, squeezed))]


class _Squeezed:
    """Blocks, found by the words in them."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self.blocks = blocks
        texts = [_squeezed(block.written) for block in blocks]
        self._text = _BLOCK_END.join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def having(self, word: str) -> Iterator[int]:
        """The numbers of the blocks that have a word."""
        at = self._text.find(word)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(word, self._starts[number + 1])

    def prints(self, row: Row) -> bool:
        """Whether a block has one of the row's names with one of its figures, or the block after it has the figure.

        The data's own texts name areas and units too: the name alone tells only a row that has no figures.
        """
        found = (number for name in row.names for number in self.having(_squeezed(name)))
        return any(
            not row.figures or any(not row.figures.isdisjoint(one.figures) for one in self.blocks[number : number + 2])
            for number in (found if row.names else range(len(self.blocks)))
        )


def _unlisted(one: Listed, blocks: _Squeezed) -> Iterator[Finding]:
    lost, rows = sum(not blocks.prints(row) for row in one.rows), len(one.rows)
    if lost * 2 > rows:
        some = "" if lost == rows else f"里有 {lost} 行"
        yield Finding("M003", Level.WARNING, one.place, f"{one.name}（{rows} 行）{some}{NOT_ASKED}")


def _what(words: str) -> str:
    start = words if len(words) <= LONGEST else words[:LONGEST] + "…"
    return f"“{start}”{NOT_ASKED}"


_BLOCK_END = "\x1e"  # no character of XML
_LINE_ENDS = re.compile(r"</(?:w:p|a:p|c:v)>")
_TAGS = re.compile(r"<[^>]+>")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3})")
_FIGURES = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_ENDS = re.compile(r"<w:tbl[ >]|</w:tbl>|</w:p>")


def _blocks(xml: str) -> Iterator[_Block]:
    """The paragraphs outside tables, and the tables."""
    pieces: list[str] = []
    start = depth = 0
    for tag in _ENDS.finditer(xml):
        depth += {"</w:tbl>": -1, "</w:p>": 0}.get(tag[0], 1)
        if not depth:
            pieces += (xml[start : tag.end()], _BLOCK_END)
            start = tag.end()
    pieces.append(xml[start:])
    lines = _LINE_ENDS.sub("\n", "".join(pieces))  # figures in neighbouring cells are no one number
    return map(_Block, html.unescape(_TAGS.sub("", lines)).split(_BLOCK_END))


def _squeezed(text: str) -> str:
    return "".join(text.split())
