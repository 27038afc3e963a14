"""The one template language: Word templates and narrative text use the same names, filters and rules.

Nobody else makes a Jinja environment.  Three flavours share everything but how a value is written: `word()` for
the text of Word parts, `plain_xml()` for XML where a line cannot break (attributes, document properties), and
`text()` for narrative.  Names are strict, keys come before attributes (a key named `items` is found), private
attributes and changes to data are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from .. import bounds
from ..findings import Finding, Level, Location, ReportError
from ..values import Missing
from . import named
from .filtering import filter_functions, filters_in_bounds, taken
from .messages import HOPELESS, explain, in_line, syntax, unknown_filters
from .sandbox import WATCH, Language, Unknown, UnknownNameError
from .sentences import check_sentence
from .writing import (
    NoValueError,
    as_fill,
    as_paragraph,
    as_run,
    as_span,
    attribute,
    check_fragment,
    finished,
    for_text,
    for_word,
    for_xml,
)

__all__ = [
    "HOPELESS",
    "LONGEST_SENTENCE",
    "WATCH",
    "Merger",
    "NoValueError",
    "UnknownNameError",
    "as_paragraph",
    "as_run",
    "attribute",
    "check_fragment",
    "explain",
    "fill",
    "filter_functions",
    "finished",
    "forgiving",
    "plain_xml",
    "plainly",
    "printed",
    "sentence",
    "syntax",
    "taken",
    "text",
    "unknown_filters",
    "word",
]

LONGEST_SENTENCE = 20_000
LONGEST_LOOP = 1_000
MOST_TAGS_TRIED = 50
_TAG = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*(if|for|macro|call|filter|with|block)\b")


class Merger:
    """Remembers the last row of a table and says which marked cells of the next one go on with the cell above."""

    __slots__ = ("pattern", "values")

    def __init__(self, _: object) -> None:
        self.cut()

    def cut(self) -> None:
        """A row of another kind stands between: nothing goes on over it."""
        self.pattern: int | None = None
        self.values: tuple[object, ...] = ()

    def goes_on(self, pattern: int, values: tuple[object, ...]) -> tuple[bool, ...]:
        """For each value, by level: whether it and all before it are what they were in the row above."""
        same = self.pattern == pattern
        flags = []
        for index, value in enumerate(values):
            same = same and value == self.values[index]
            flags.append(same)
        self.pattern, self.values = pattern, values
        return tuple(flags)


def _environment(finalize: Callable[[Any], Any], autoescape: bool) -> Language:
    environment = Language(
        autoescape=autoescape,
        undefined=Unknown,
        finalize=finalize,
        keep_trailing_newline=True,
        optimized=False,
        cache_size=0,
    )
    environment.filters = filters_in_bounds()
    environment.filters.update(_steps=bounds.steps, _spend=bounds.spend, _weighed=bounds.weighed)
    # What compiled marks call; filters, because the sandbox looks at every call of a function.
    environment.filters.update(_xml=attribute, _run=as_run, _paragraph=as_paragraph, _span=as_span, _fill=as_fill)
    environment.filters.update(_merger=Merger, _goes_on=Merger.goes_on, _cut=Merger.cut)
    del environment.globals["lipsum"]
    return environment


@cache
def word() -> Language:
    """The language in Word parts: values are escaped, newlines and tabs become `w:br` and `w:tab`."""
    return _environment(for_word, autoescape=True)


@cache
def plain_xml() -> Language:
    """The language in XML that has no runs: values are escaped and stay on one line."""
    return _environment(for_xml, autoescape=True)


@cache
def text() -> Language:
    """The language in narrative text: values print as they are; no functions, no comments."""
    environment = _environment(for_text, autoescape=False)
    environment.globals.clear()
    environment.comment_start_string, environment.comment_end_string = "\x00#", "#\x00"  # `{#1}` in a text is text
    environment.filters["_steps"] = partial(bounds.steps, most=LONGEST_LOOP)
    return environment


def forgiving(environment: Language, unknown: Callable[[object, str], Any]) -> Language:
    """The same language, in which a name that is not there is what `unknown(owner, name)` gives.

    What is refused for safety stays refused.
    """

    def instead(hint: str | None = None, obj: Any = None, name: str = "", exc: type[Any] = UndefinedError) -> Any:
        return Unknown(hint, obj, name, exc) if issubclass(exc, SecurityError) else unknown(obj, str(name))

    found = environment.overlay()
    found.undefined = instead  # type: ignore[assignment]
    found.filters = {  # what is not there is told already, and does no harm in a cell
        **environment.filters,
        "_span": lambda value: "1" if isinstance(value, Missing) else as_span(value),
        "_fill": lambda value: "auto" if isinstance(value, Missing) else as_fill(value),
    }
    return found


@lru_cache(maxsize=4096)
def sentence(source: str) -> Template:
    """A text of the data, compiled; TemplateSyntaxError in Chinese for what a sentence may not use."""
    if len(source) > LONGEST_SENTENCE:
        raise TemplateSyntaxError(f"有标记的一行文字不能超过 {LONGEST_SENTENCE} 字", 1)
    tree = text().parse(source)
    check_sentence(tree, 0)
    return text().from_string(tree)


def printed(
    template: Template, names: Mapping[str, object], longest: int = bounds.LONGEST_OUTPUT, before: str = ""
) -> str:
    """What a template prints, behind `before` and within bounds; raises what Jinja and the figures raise.

    See `explain`.
    """
    with bounds.work():
        pieces = template.root_render_func(template.new_context(dict(names)))
        return bounds.printed(pieces, longest, before)  # type: ignore[arg-type]


def plainly(value: object) -> str:
    """A value as a text prints it; NoValueError for what never prints."""
    return for_text(value)


def fill(source: str, names: Mapping[str, object], where: Location | None = None) -> str:
    """A text of the data with its figures filled in; ReportError for a tag that cannot be.

    `where` is the line of the text in its data file, and where in it the text or what stands before it begins.
    """
    if "{{" not in source and "{%" not in source:
        return source
    if len(source) <= LONGEST_SENTENCE:
        with bounds.work():
            plain = named.filled(source, names, text(), for_text, LONGEST_SENTENCE * 10)
        if plain is not None:
            return plain
    try:
        return printed(sentence(source), names, LONGEST_SENTENCE * 10)
    except Exception as error:
        tag = _failing(source, error, names)
        what, mend = explain(error, names, tag[0] if tag else " ".join(_TAG.findall(source)))
        unknown, miswritten = isinstance(error, UnknownNameError), isinstance(error, TemplateSyntaxError)
        code = "C001" if unknown else "C004" if miswritten else "C005"
        place = in_line(where, source[: tag.start()], tag[0]) if where and tag else where or Location()
        finding = Finding(code, Level.ERROR, place, f"文字里的标记有误：{what}", quoted=source, mend=mend)
        raise ReportError(finding) from error


def _failing(source: str, error: Exception, names: Mapping[str, object]) -> re.Match[str] | None:
    """The first tag that fails alone as the whole text does, or that names what is not there; None if neither does."""
    told, tags = explain(error, names), list(_TAG.finditer(source))
    for tag in tags[:MOST_TAGS_TRIED]:
        block = _BLOCK.match(tag[0])
        try:
            printed(sentence(tag[0] + (f"{{% end{block[1]} %}}" if block else "")), names)
        except Exception as again:
            if explain(again, names) == told:
                return tag
    if isinstance(error, UnknownNameError):
        tags = [tag for tag in tags if error.name in tag[0]][:1]
    return tags[0] if len(tags) == 1 else None
