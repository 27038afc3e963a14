"""What is left of a workbook's grey examples where somebody typed over their beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ...examples import EXAMPLES
from . import celltext
from .cells import Cell
from .layout import KEY, Block, Field, Place, columns_of

FIGURES = ("amount", "date", "count")
LONG = 8  # from so many characters on a text is no chance meeting


def is_left_over(block: Block, cells: Mapping[str, Cell]) -> bool:
    """Whether a row's cells, by column, are grey still and say what the block's example says."""
    texts = _texts(block)
    return all(cell.grey and cell.text.strip() in texts.get(label, ()) for label, cell in cells.items())


def left_in(block: Block, cells: Mapping[str, tuple[Cell, Field]]) -> list[Cell]:
    """The grey cells of a row of its own whose figure or long text is still the example's."""
    texts = _texts(block)
    return [
        cell
        for label, (cell, wanted) in cells.items()
        if cell.grey
        and cell.text.strip() in texts.get(label, ())
        and (wanted.kind in FIGURES or (wanted.kind == "text" and len(cell.text.strip()) >= LONG))
    ]


@cache
def _texts(block: Block) -> Mapping[str, frozenset[str]]:
    """What the block's example writes into each column."""
    example = EXAMPLES.get(block.path)
    records = [example] if block.kind != "map" else list((example or {}).values())
    found: dict[str, set[str]] = {}
    for place in columns_of(block):
        for value in (one for record in records if isinstance(record, Mapping) for one in _values(record, place)):
            if place.label != KEY:
                found.setdefault(place.label, set()).add(celltext.write(place.field.kind, value))
    return {label: frozenset(texts) for label, texts in found.items()}


def _values(record: Mapping[str, Any], place: Place) -> Iterator[Any]:
    for one in record.get(place.child) or [] if place.child else [record]:
        value: Any = one
        for step in place.path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is not None and place.path:
            yield value
