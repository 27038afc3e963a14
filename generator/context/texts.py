"""Texts of the data that are small templates: `{{ 资金.到位率 }}` in a sentence prints the computed figure."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from ..findings import Location
from ..language import UnknownNameError, explain, printed
from ..model import Path
from ..narrative import Narrative, Paragraph
from ..values import Missing
from .printing import Names, Setting, tagged


class Texts(dict[str, Any]):
    """The narrative by section; a section that is not there is missing, whatever its name."""

    def __missing__(self, key: str) -> Missing:
        return Missing(key)


def texts(setting: Setting) -> Texts:
    """The narrative of the data by section."""
    found = Texts()
    for key, value in (setting.evaluation.text or {}).items():
        found[key] = value or setting.missing(key, ("正文", key))
        setting.note(found, key, ("正文", key))
    return found


def fill(setting: Setting, names: Names) -> None:
    """Fill every text that is a small template: plain texts first, because narratives may print them."""
    for holder, key, path in sorted(setting.templates, key=lambda one: isinstance(one[0][one[1]], Narrative)):
        value = holder[key]
        if isinstance(value, str):
            holder[key] = _filled(setting, names, path, Paragraph("", "", value, 0), value)
        elif isinstance(value, Narrative):
            holder[key] = value.filled(partial(_filled, setting, names, path))


def _filled(setting: Setting, names: Names, path: Path, paragraph: Paragraph, words: str) -> str:
    """The text with its tags printed; where that fails, a finding at its line and a mark in the report."""
    if not tagged(words):
        return words
    place = setting.source.where((*path, *paragraph.step))
    if place.line is not None and paragraph.line:
        place = Location(place.file, place.line + paragraph.line, 1)
    try:
        return printed(words, names)
    except (TemplateError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        what, mend = explain(error, names)
        unknown, miswritten = isinstance(error, UnknownNameError), isinstance(error, TemplateSyntaxError)
        code = "C001" if unknown else "C004" if miswritten else "C005"
        setting.error(code, place, f"文字里的标记有误：{what}", words, mend)
    return str(Missing(f"此处文字有误，见 {place}"))
