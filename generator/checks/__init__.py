"""Checks on data (勾稽关系): one file, one check, foldered by what it looks at. The docstring is its manual page.

A check file has CODE and `check(case) -> Iterator[Finding]`.  Dropping a file here is all it takes to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from ..model import Source
from ..scores import Figures, Scores
from ..style import Style


@dataclass(frozen=True)
class Case:
    """What a check looks at: the data with its places, the derived figures, the scores, and the style's rules."""

    source: Source
    figures: Figures
    scores: Scores
    style: Style


@cache
def checks() -> tuple[ModuleType, ...]:
    """Every check, by its file's name."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    return tuple(importlib.import_module(one.name) for one in found if not one.ispkg)
