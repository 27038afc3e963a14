"""A text as audits read it: no blanks, no separators of thousands, digits as ASCII, each sign with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOLDED = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９％．－＋＊／＝", "0123456789%.-+*/=", strict=True)
}
_LEFT_OUT = re.compile(r"[ \t\r\u3000\u00a0]+|(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Tight:
    """A text and the place of each of its signs in the one that it was made of."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of this text stands in the other."""
        return self.places[start], self.places[end - 1] + 1


def tight(words: str) -> Tight:
    """The text without what parts a figure.

    >>> tight("发放问卷 １，２００ 份，收回").text
    '发放问卷1200份，收回'
    >>> tight("发放 200 份").span(2, 6)
    (3, 8)
    """
    folded = words.translate(_FOLDED)
    kept = list(_kept(folded))
    return Tight("".join(folded[place] for place in kept), tuple(kept))


def _kept(words: str) -> Iterator[int]:
    at = 0
    for gap in _LEFT_OUT.finditer(words):
        yield from range(at, gap.start())
        at = gap.end()
    yield from range(at, len(words))
