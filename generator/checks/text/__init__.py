"""Checks on the words that a person typed, beside those that need the texts alone (generator/wording)."""

from __future__ import annotations

from functools import lru_cache

from ...values import Day
from .. import Case


@lru_cache(maxsize=2)
def dates(case: Case) -> tuple[Day, ...]:
    """Every date that the data gives."""
    return tuple(value for _, value in case.values if isinstance(value, Day))
