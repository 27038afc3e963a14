"""Checks on the words that a person typed, beside those that need the texts alone (generator/wording)."""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Record
from ...names import own_names
from ...values import Day
from .. import Case


def dates(case: Case) -> Iterator[Day]:
    """Every date that the data gives."""
    pending: list[object] = [case.data]
    while pending:
        value = pending.pop()
        if isinstance(value, Day):
            yield value
        elif isinstance(value, Record):
            pending += [inner for _, inner in own_names(value)]
        elif isinstance(value, (list, dict)):
            pending += value.values() if isinstance(value, dict) else value
