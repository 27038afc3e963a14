"""Measures (测算方法): one file, one way to work out an indicator's actual value. The docstring is its manual page.

A measure file has NAME (its Chinese name in data), `Parameters` (a Record) and
`measure(question, parameters) -> Measured`.  How a value is scored is a rule's business (generator/rules).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def measures() -> dict[str, ModuleType]:
    """Every measure by its Chinese name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {module.NAME: module for module in modules}
