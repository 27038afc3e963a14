"""The built-in data file in which every field is filled: what templates are previewed with and their names are from."""

from __future__ import annotations

from pathlib import Path

from .context import Context, context
from .context.meanings import MEANINGS
from .model import Evaluation
from .pipeline import Judged, judge
from .shape import Shape, shape_of
from .style import Style, resource_folder


def specimen_file() -> Path:
    """Where the data file is."""
    return resource_folder("samples") / "specimen" / "样稿.yaml"


def specimen(style: Style) -> Judged:
    """The built-in data, read and scored in a style."""
    return judge(specimen_file(), str(style.folder.resolve()))


def told(judged: Judged) -> Context:
    """The names that data gives a template."""
    return context(judged.source, judged.style, judged.figures, judged.scores, judged.last)


def shape(style: Style) -> Shape:
    """The names that a template of the style may write."""
    return shape_of(told(specimen(style)).names, Evaluation, MEANINGS)
