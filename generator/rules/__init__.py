"""Scoring rules (计分方法): one file, one family. The file's docstring is its manual page.

A rule file has NAME (its Chinese name in data), `Parameters` (a Record: every parameter explicit) and
`score(task, parameters) -> Scored`.  Dropping a file here is all it takes to add a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from ..scores import Operand
from ..values import Forms


@cache
def rules() -> dict[str, ModuleType]:
    """Every rule by its Chinese name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {module.NAME: module for module in modules}


def worded(figure: Operand, forms: Forms) -> str:
    """A figure as a sentence says it, with its unit; formulas leave the unit out."""
    return figure.text + (forms.money.unit if figure.kind == "money" else figure.unit)
