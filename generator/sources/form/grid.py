"""A Word table as boxes: merged cells stand for all that they span, each knows its row and its cell's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...document import Table
from ...findings import Location
from .labels import plain_label, unit_of


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its paragraphs, its first grid column and span, its place; `goes_on` below the cell it is merged with."""

    lines: tuple[str, ...]
    column: int
    span: int
    where: Location
    goes_on: bool

    @property
    def text(self) -> str:
        """The text in one line."""
        return "".join(self.lines).strip()

    @property
    def label(self) -> str:
        """The text as a label is looked up."""
        return plain_label(self.text)

    @property
    def unit(self) -> str:
        """The unit of money that the text names at its end."""
        return unit_of(self.text)

    def covers(self, other: Box) -> bool:
        """Whether a box below begins in one of this one's columns."""
        return self.column <= other.column < self.column + self.span


Row = tuple[Box, ...]


def rows_of(table: Table, number: int, file: str) -> list[Row]:
    """The rows of the document's table of that number, counted from 1."""
    rows: list[Row] = []
    above: dict[int, Box] = {}
    for index, cells in enumerate(table.rows, 1):
        boxes = []
        for place, cell in enumerate(cells, 1):
            where = Location(file, part=f"第{number}个表", table_row=index, table_column=place)
            lines = tuple(part for one in cell.paragraphs for part in _lines(one.number + one.text))
            box = Box(lines, cell.column, cell.span, where, False)
            over = above.get(cell.column)
            blank = place == 1 and not box.text and over is not None and over.span == box.span
            if over is not None and (cell.goes_on or blank):  # a blank first cell: one that was never merged
                box = replace(over, where=where, goes_on=True)
            boxes.append(box)
        above = {box.column: box for box in boxes}
        rows.append(tuple(boxes))
    return rows


def _lines(text: str) -> list[str]:
    return [part.replace("⇥", " ").strip() for part in text.split("⏎")]


def under(heads: Sequence[Box], box: Box) -> Box | None:
    """The head that a box stands under."""
    return next((head for head in heads if head.covers(box)), None)
