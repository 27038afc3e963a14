"""A template looked at without data: everything that is wrong in it, all at once, each with its place in the Word file.

What the compiler finds and what `generator.lints` finds come together; where both mean the same tag, the one that says
better how to mend it is told.
"""

from __future__ import annotations

from pathlib import Path

from .findings import Finding, Location, ReportError
from .lints import Case, lints
from .shape import Shape
from .template import compile_template
from .template.draft import Draft, read_draft

__all__ = ["lint"]


def lint(path: Path, root: Shape | None = None) -> tuple[Finding, ...]:
    """All that is wrong in a template, in the order of the document; ReportError when it cannot be opened.

    `root` are the names that the template may write; without them names are not looked up.
    """
    draft = read_draft(path)
    case = Case(draft, root)
    found: list[Finding] = []
    better: set[tuple[str, Location, str | None]] = set()
    for one in lints():
        told = list(one.check(case))
        found += told
        better |= {(code, finding.where, finding.quoted) for code in getattr(one, "INSTEAD", ()) for finding in told}
    compiled = [one for one in _compiled(path) if (one.code, one.where, one.quoted) not in better]
    order = _order(draft)
    whole = dict.fromkeys((*compiled, *found))
    return tuple(sorted(whole, key=lambda one: order.get(one.where, len(order))))


def _compiled(path: Path) -> tuple[Finding, ...]:
    try:
        compile_template(path)
    except ReportError as error:
        return tuple(error.findings)
    return ()


def _order(draft: Draft) -> dict[Location, int]:
    """The order of the places in the document."""
    places = [where for part in draft.parts for where in (part.where, *part.places.values())]
    return {where: index for index, where in reversed(list(enumerate(places)))}
