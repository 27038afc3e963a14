"""What the audits of contradictions share: whether a figure looks like another one that was mistyped."""

from __future__ import annotations


def is_slip(one: str, other: str) -> bool:
    """Whether two figures of as many signs differ in one digit, or in two neighbours that are changed about.

    >>> is_slip("1,420", "1,430"), is_slip("897.43", "879.43"), is_slip("160", "117"), is_slip("16", "160")
    (True, True, False, False)
    """
    if len(one) != len(other):
        return False
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 2:
        first, second = apart
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(apart) == 1
