"""The filters of templates: the project's own, and those of Jinja whose work and result stay within bounds."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

from jinja2 import Undefined
from jinja2.filters import FILTERS, do_batch, do_replace, make_attrgetter, sync_do_join, sync_do_slice, sync_do_sum
from jinja2.nodes import EvalContext
from jinja2.utils import pass_environment, pass_eval_context

from .. import bounds, filters
from ..bounds import TooMuchError
from .writing import written

MOST_COLUMNS = 1_000


def filter_functions() -> dict[str, Callable[..., Any]]:
    """The project's own filters by name: the public functions of `generator.filters` with Chinese names."""
    return {
        name: function
        for name, function in inspect.getmembers(filters, inspect.isfunction)
        if function.__module__ == filters.__name__ and not name.isascii()
    }


def taken(name: str) -> filters.Takes | None:
    """What the filter of that name works on, where its declaration says so."""
    function = {"round": filters.rounded, "int": filters.whole, **filter_functions()}.get(name)
    if function is None:
        return None
    said = get_type_hints(function, include_extras=True).get("value")
    return next((one for one in getattr(said, "__metadata__", ()) if isinstance(one, filters.Takes)), None)


# Jinja's filters whose work and result grow no faster than what they are given.  `format`, `center`, `indent` and
# the like write as much as a number says, `float` gives binary figures, `random` another report each time.
_JINJA_FILTERS = (
    *("abs", "attr", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list"),
    *("map", "max", "min", "reject", "rejectattr", "reverse", "safe", "select", "selectattr", "sort", "unique"),
)
_TEXT_FILTERS = ("capitalize", "e", "escape", "lower", "string", "title", "trim", "truncate", "upper")


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter on text, which refuses a list instead of writing it as Python does."""

    @wraps(function)
    def filtered(value: Any, *args: Any, **named: Any) -> Any:
        return function(value if isinstance(value, (str, Undefined)) else written(value), *args, **named)

    return filtered


@pass_eval_context
def _join(context: EvalContext, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
    """Jinja's `join`, measured before it is done."""
    items = value if attribute is None else map(make_attrgetter(context.environment, attribute), value)
    texts = [written(item) for item in bounds.steps(items, 1)]
    if sum(len(str(text)) for text in texts) + len(d) * len(texts) > bounds.LONGEST_TEXT:
        raise TooMuchError(f"文字超过 {bounds.LONGEST_TEXT} 字")
    return sync_do_join(context, texts, d)


@pass_eval_context
def _replace(context: EvalContext, s: Any, old: str, new: str, count: int | None = None) -> Any:
    """Jinja's `replace`, measured before it is done."""
    text = s if isinstance(s, str) else written(s)
    if len(str(text)) + str(text).count(str(old)) * len(str(new)) > bounds.LONGEST_TEXT:
        raise TooMuchError(f"文字超过 {bounds.LONGEST_TEXT} 字")
    return do_replace(context, text, old, new, count)


def _in_columns(function: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's `batch` or `slice` with a bearable number of columns."""

    def columns(value: Any, count: int, fill_with: Any = None) -> Any:
        if not 0 < count <= MOST_COLUMNS:
            raise TooMuchError(f"列数应在 1 到 {MOST_COLUMNS} 之间")
        return function(value, count, fill_with)

    return columns


@pass_environment
def _sum(environment: Any, iterable: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
    """Jinja's `sum` of numbers and figures; lists are not strung together."""
    if isinstance(start, str) or bounds.is_group(start):
        raise ValueError("sum 只能加数")
    return sync_do_sum(environment, iterable, attribute, start)


def filters_in_bounds() -> dict[str, Callable[..., Any]]:
    """What templates may use: the project's own filters and those of Jinja that stay within bounds."""
    own = filter_functions()
    of_jinja = {name: FILTERS[name] for name in _JINJA_FILTERS}
    of_text = {name: _of_text(FILTERS[name]) for name in _TEXT_FILTERS}
    instead = {
        "join": _join,
        "replace": _replace,
        "sum": _sum,
        "int": filters.whole,
        "round": filters.rounded,
        "batch": _in_columns(do_batch),
        "slice": _in_columns(sync_do_slice),
    }
    by_item = {
        name: bounds.bounded(function, bounds.PER_ITEM) for name, function in {**of_jinja, **instead, **own}.items()
    }
    by_character = {name: bounds.bounded(function, bounds.PER_CHARACTER) for name, function in of_text.items()}
    # 合并 is a mark on every row of a table and does nothing.
    return {**by_item, **by_character, "合并": own["合并"]}
