"""What the audits of texts share: the paragraphs that are read on end."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Paragraph
from ..finished import Finished, in_contents
from ..passages import Passage


def runs(report: Finished) -> Iterator[list[Passage]]:
    """The paragraphs of the body on end, without those of a table of contents; then those of each cell."""
    yield [
        report.passage_of(block)
        for block in report.body
        if isinstance(block, Paragraph) and block.text.strip() and not in_contents(block)
    ]
    for table in report.tables:
        for cell in (cell for row in table.rows for cell in row if not cell.goes_on):
            if said := [report.passage_of(one) for one in cell.paragraphs if one.text.strip()]:
                yield list({passage.path: passage for passage in said}.values())
