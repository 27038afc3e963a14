"""The list of names for a terminal: a block for each section, no line wider than the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..scoretable import columns, shortened
from . import KIND_NOTES, Block, Filtered, Row

WIDEST_TAG = 34
WIDEST_EXAMPLE = 40
KIND = 8
NO_LINE_START = "，。；：、！？）》”’％%"  # signs that do not begin a line


def as_text(blocks: Iterable[Block], filters: Iterable[Filtered], columns_wide: int = 80) -> Iterator[str]:
    """The list, line by line: names by section, then the kinds, then the filters with what they make."""
    for block in blocks:
        yield from _block(block, columns_wide)
        yield ""
    yield "类型"
    for kind, note in KIND_NOTES.items():
        yield from _hanging(f"  {_padded(kind, KIND)}", note, columns_wide)
    yield ""
    yield "过滤器（写在名称后面，用竖线隔开）"
    for one in filters:
        yield from _hanging(f"  {_padded(one.name, KIND + 2)}", one.meaning, columns_wide)
        for tag, made in one.examples:
            yield from _hanging(f"    {tag}  →  ", shortened(_line(made), WIDEST_EXAMPLE * 2), columns_wide)


def _block(block: Block, wide: int) -> Iterator[str]:
    yield from _hanging(f"{block.title}　" if block.meaning else block.title, block.meaning, wide)
    if block.opening:
        yield f"  {block.opening} … {block.closing}"
    if block.same:
        yield from _hanging("  ", f"里面的名称同“{block.same}”", wide)
    width = min(WIDEST_TAG, max((columns(row.tag) for row in block.rows), default=0))
    for row in block.rows:
        yield from _row(row, width, wide)


def _row(row: Row, width: int, wide: int) -> Iterator[str]:
    example = shortened(_line(row.example), WIDEST_EXAMPLE)
    told = "　".join(part for part in (row.meaning, f"如 {example}" if example else "") if part)
    if columns(row.tag) > width:
        yield f"  {row.tag}"
        yield from _hanging(" " * (width + 4) + _padded(row.kind, KIND), told, wide)
    else:
        yield from _hanging(f"  {_padded(row.tag, width + 2)}{_padded(row.kind, KIND)}", told, wide)


def _line(text: str) -> str:
    return " ".join(text.split())


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _hanging(lead: str, text: str, wide: int) -> Iterator[str]:
    """The text behind `lead`, broken where it is too wide; what goes on stands under its beginning."""
    indent = columns(lead)
    if indent > wide * 3 // 5:
        yield lead.rstrip()
        lead, indent = " " * 8, 8
    while columns(text) > wide - indent:
        cut = next(at for at in range(len(text), 0, -1) if columns(text[:at]) <= wide - indent)
        while cut > 1 and text[cut] in NO_LINE_START:
            cut -= 1
        yield (lead + text[:cut]).rstrip()
        lead, text = " " * indent, text[cut:].lstrip()
    if (lead + text).strip():
        yield (lead + text).rstrip()
