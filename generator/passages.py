"""Every text that a person typed in a data file, with its place: what the checks on wording read.

Texts are small templates; in `typed` each of their tags is one HOLE, so that only what was typed by hand is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from .fields import Path, Record
from .findings import Location
from .model import Carried, Source
from .names import own_names
from .narrative import Narrative

HOLE = "￼"
_TAGS = {"{{": "}}", "{%": "%}", "{#": "#}"}


FILES = (("上年",),)  # names of files, no text of the report


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, title or short text.

    `words` is what stands in the data; `typed` the same without its tags; `prose` tells a paragraph of a narrative
    from a short text (a name, a reason); `title` is a paragraph's run-in title, which `words` begins with; `laid_out`
    tells a heading, a caption or a label of a finished report, which blanks set apart.
    """

    path: Path
    where: Location
    words: str
    typed: str
    prose: bool
    title: str = ""
    laid_out: bool = False


def passages(source: Source) -> tuple[Passage, ...]:
    """All texts of the data, in the order of the file's fields."""
    found: list[Passage] = []
    _gather(source, source.evaluation, (), found)
    return tuple(found)


def _gather(source: Source, value: object, path: Path, found: list[Passage]) -> None:
    """Add the texts of a value, the quick way: most of a record's fields are empty."""
    if isinstance(value, str):
        if path not in FILES:
            found.append(Passage(path, source.where(path), value, typed(value), False))
    elif isinstance(value, Narrative):
        for one in value:
            words = one.title + one.text
            found.append(Passage(path, source.line_of(path, one), words, typed(words), True, one.title))
    elif isinstance(value, Record):
        if isinstance(value, Carried):  # written by the program
            return
        for name, inner in own_names(value):
            if inner is not None:
                _gather(source, inner, (*path, name), found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _gather(source, inner, (*path, key), found)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _gather(source, inner, (*path, index), found)


def typed(words: str) -> str:
    """`words` with each of their tags as one HOLE.

    >>> typed("到位率为{{ 资金.到位率 }}，偏低").replace(HOLE, "□")
    '到位率为□，偏低'
    """
    found, at = "", 0
    while (start := words.find("{", at)) >= 0:
        closing = _TAGS.get(words[start : start + 2])
        end = words.find(closing, start + 2) if closing else -1
        if end < 0:
            found += words[at : start + 1]
            at = start + 1
            if closing:  # a tag that is never closed is no tag, and neither is anything behind it
                break
            continue
        found += words[at:start] + HOLE
        at = end + 2
    return found + words[at:]
