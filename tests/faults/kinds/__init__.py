"""Kinds of faults: a function each, one file a subject; the page lists them in this order."""

from . import funds, survey, scores, goals, dates, structure, texts  # noqa: F401, I001 - the order of the page
from .registry import KINDS, Kind, kind, subject

__all__ = ["KINDS", "Kind", "kind", "subject"]
