"""Numbers as texts write them: `12`, `十二`, `两`."""

from __future__ import annotations

DIGITS = "一二三四五六七八九十"
NUMERAL = rf"(?:\d{{1,3}}|[{DIGITS}两俩仨]{{1,3}})"  # a pattern; `count_of` says whether it is a number
_SPOKEN = {"两": 2, "俩": 2, "仨": 3}


def count_of(written: str) -> int | None:
    """The number that a numeral up to 99 says: `12`, `两`, `十二`; None for another text."""
    if written.isdecimal():
        return int(written)
    if written in _SPOKEN:
        return _SPOKEN[written]
    tens, ten, ones = written.rpartition("十")
    if any(part not in DIGITS[:9] or len(part) > 1 for part in (tens, ones)):
        return None
    units = DIGITS.index(ones) + 1 if ones else 0
    return (DIGITS.index(tens) + 1 if tens else 1) * 10 + units if ten else units or None
