"""Texts whose tags do nothing but name a value (`到位率为{{ 资金.到位率 }}`): filled in without being compiled.

Nearly all texts of the data are such, and each would be compiled for one line.  Whatever is not quite plain (a name
that is not there, a filter, a value that cannot print) is left to the language itself, which says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from jinja2 import Undefined
from jinja2.utils import missing

from .sandbox import Language

KEPT = 2_000  # texts whose parts are kept
_STEP = r"[^\W\da-zA-Z_]\w*"  # a name of the data begins with a Chinese character
_NAMED = re.compile(rf"\{{\{{ *({_STEP}(?:\.{_STEP})*) *\}}\}}")

Parts = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=KEPT)
def parts(source: str) -> Parts | None:
    """What stands before each tag and the steps of its name, last of all the rest without one; None if not plain.

    >>> parts("到位{{ 资金.到位 }}元")
    (('到位', ('资金', '到位')), ('元', ()))
    >>> parts("{{ 资金.到位|元 }}"), parts("{% if 资金 %}有{% endif %}")
    (None, None)
    """
    if "{%" in source or "\n" in source or "\r" in source:
        return None
    found = list(_named(source))
    return tuple(found) if all(steps is not None for _, steps in found) else None  # type: ignore[arg-type]


def _named(source: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    at = 0
    while (start := source.find("{{", at)) >= 0:
        match = _NAMED.match(source, start)
        yield source[at:start], tuple(match[1].split(".")) if match else None
        at = match.end() if match else start + 2
    yield source[at:], ()


def filled(
    source: str, names: Mapping[str, object], language: Language, written: Callable[[object], str], longest: int
) -> str | None:
    """The text with its values, as the language would print it; None where that is the language's own business."""
    known = parts(source)
    if known is None:
        return None
    pieces: list[str] = []
    try:
        for before, steps in known:
            pieces.append(before)
            if steps:
                value: object = names.get(steps[0], missing)
                for step in steps[1:]:
                    value = language.getattr(value, step)
                if value is missing or isinstance(value, Undefined):
                    return None
                pieces.append(written(value))
    except Exception:  # the language meets it again, and says what it is
        return None
    text = "".join(pieces)
    return text if len(text) <= longest else None
