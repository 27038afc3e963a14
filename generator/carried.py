"""Texts that a data file has from last year's (沿用上年): which of them nobody has touched yet.

Each stands in the file's list by its data name with a digest of its words.  A text that is written anew no longer
has the digest: its mark goes away by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .fields import Path, Record
from .model import Evaluation
from .names import path_of, step_into
from .narrative import Narrative

CODE = "P119"  # of the check that tells of them
MARK = "【沿用上年，待核】"
SIGNS = 8


def digest(words: str) -> str:
    """What tells a text from another one, whatever its blanks and line ends.

    >>> digest("两个社区 各建一处。") == digest("两个社区\\n各建一处。"), digest("两个社区") == digest("三个社区")
    (True, False)
    """
    return hashlib.sha256("".join(words.split()).encode("utf-8")).hexdigest()[:SIGNS]


def words_at(record: Record, path: Path) -> str | None:
    """The text at `path`; None when there is none."""
    value: object = record
    for step in path:
        try:
            value = value[step] if isinstance(step, int) and isinstance(value, list) else step_into(value, str(step))
        except (KeyError, IndexError):
            return None
    return str(value) if isinstance(value, (str, Narrative)) else None


def untouched(evaluation: Evaluation) -> Iterator[Path]:
    """The paths of the texts that are still as they were in last year's file."""
    for entry in evaluation.carried:
        path = path_of(evaluation, entry.data)
        words = words_at(evaluation, path) if path else None
        if path and words and digest(words) == entry.digest:
            yield path


def waiting(evaluation: Evaluation) -> frozenset[Path]:
    """The paths of the texts that are to be marked in a report: untouched, and not accepted as they are."""
    accepted = {path_of(evaluation, entry.data) for entry in evaluation.accepted if entry.code.upper() == CODE}
    return frozenset(path for path in untouched(evaluation) if path not in accepted)
