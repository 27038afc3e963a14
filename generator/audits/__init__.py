"""Checks on a finished report, without its data: one file, one audit, run beside those on wording (generator/wording).

A file has CODE, LEVEL and `audit(case) -> Iterator[Fault]`; the fault's path is the passage's.  Dropping a file here
is all it takes to add one.  Of the audits that name the same KIN only one tells of a figure.

The docstring is Chinese: its first sentence names the audit; then what it holds and why; then 正例 and 反例, reports
in which `# !CODE` marks the paragraph where it must find something.  There a line is a paragraph, `| 甲 | 乙 |` a row
of a table.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from ..faults import Fault as Fault
from ..finished import Finished
from ..passages import Passage

DIFFERENCE = "difference"  # the kin of audits that take one figure from another
RATE = "rate"  # the kin of audits that reckon a rate again
CONTRADICTION = "contradiction"  # the kin of audits that find one figure printed with two values


@dataclass(frozen=True, eq=False)
class Case:
    """What an audit looks at: the report, and the one that the data gives, where there is data."""

    report: Finished
    expected: Finished | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph and cell of the report."""
        return self.report.passages


@cache
def audits() -> tuple[ModuleType, ...]:
    """Every audit of this folder, by its code."""
    found = [importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
    return tuple(sorted((one for one in found if hasattr(one, "CODE")), key=lambda one: str(one.CODE)))
