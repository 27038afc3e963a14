"""A filled 自评表 in Word as a tree: its tables are read by their labels and heads, each value with its cell.

`labels` says what a form's labels mean; `grid` straightens merged cells; `reading` makes the tree; `arithmetic` holds
what the form adds up and divides against its own figures.
"""

from __future__ import annotations

from .. import Tree
from .arithmetic import reckoned
from .labels import EXECUTION
from .reading import Form, read_form

ENDINGS = (".docx",)

__all__ = ["ENDINGS", "EXECUTION", "Form", "read", "read_form"]


def read(content: bytes, file: str) -> tuple[Tree, Form]:
    """The tree of a filled form, and what it printed; ReportError when it is no Word file, or has no such table.

    What cannot be read, is not used, or does not add up is among the tree's findings.
    """
    tree, form = read_form(content, file)
    tree.findings += reckoned(form)
    return tree, form
