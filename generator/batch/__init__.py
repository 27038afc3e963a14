"""The same flow over many projects.

    files, folders, a workbook -> sources -> jobs -> work (one project: data in, bytes out) -> files, written atomically
                               -> ledger (what is right already) -> summary, portfolio

`batch` gives one outcome after another as they come; only these short outcomes are kept.
"""

from __future__ import annotations

from .run import Batch, batch, write_summary
from .sources import Job, jobs
from .summary import Summary, as_json, averaged, counted, summed_up
from .work import Options, Outcome

__all__ = [
    "Batch",
    "Job",
    "Options",
    "Outcome",
    "Summary",
    "as_json",
    "averaged",
    "batch",
    "counted",
    "jobs",
    "summed_up",
    "write_summary",
]
