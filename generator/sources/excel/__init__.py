"""Workbooks: read into a tree whose values know sheet and cell, and written from one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import Tree
from . import reading, writing
from .writing import Filling, canonical, repacked

__all__ = ["ENDINGS", "Filling", "canonical", "read", "repacked", "write"]

ENDINGS = (".xlsx", ".xlsm")


def read(content: bytes, file: str) -> Tree:
    """The tree of a workbook; ReportError when it is no workbook that can be read."""
    return reading.read(content, file)


def write(data: Mapping[str, Any], filling: Filling | None = None) -> bytes:
    """The workbook of canonical data; the same data gives the same bytes."""
    return writing.write(data, filling)
