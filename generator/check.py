"""Stage 4: the data, its figures and scores are held against each other: findings, each with its place."""

from __future__ import annotations

from .checks import Case, checks
from .findings import Finding
from .model import Source
from .scores import Figures, Scores
from .style import Style


def check(source: Source, figures: Figures, scores: Scores, style: Style) -> list[Finding]:
    """What every check of generator/checks finds."""
    case = Case(source, figures, scores, style)
    return [finding for one in checks() for finding in one.check(case)]
