"""Every kind of fault, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..sample import Fault, Sample

Kind = Callable[[Sample], Iterator[Fault]]
KINDS: list[Kind] = []


def kind(function: Kind) -> Kind:
    """Counts the function's faults."""
    KINDS.append(function)
    return function


def subject(one: Kind) -> tuple[str, str, str]:
    """A kind's subject, name and what it plants, from its docstring."""
    head, _, rest = (one.__doc__ or "").partition("。")
    area, _, name = head.partition("：")
    return area, name, rest
