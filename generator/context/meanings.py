"""What the names mean that no field of the data declares: those that the context computes, by what they stand under."""

from __future__ import annotations

MEANINGS: dict[type | str, dict[str, str]] = {}
