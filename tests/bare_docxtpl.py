"""A report as docxtpl's documentation makes it, start to exit: `python -m tests.bare_docxtpl TEMPLATE NAMES REPORT`.

NAMES is a file of names made plain by `plain_names`: dictionaries, lists and text, as a script of one's own has them.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate


class Named(dict[str, Any]):
    """A dictionary that prints as its name."""

    words = ""

    def __str__(self) -> str:
        return self.words


class Listed(list[Any]):
    """A list that prints as its items."""

    def __str__(self) -> str:
        return "、".join(map(str, self))


def plain_names(names: Mapping[str, object], filters: Iterable[str]) -> bytes:
    """The content of a file of names: what a report prints, each figure as text, and the names of the filters."""
    made: dict[int, tuple[object, object]] = {}

    def plain(value: Any) -> Any:
        if value is None or isinstance(value, (bool, int)):
            return value
        if id(value) not in made:
            made[id(value)] = value, None
            if isinstance(value, Mapping):
                found: Any = Named()
                made[id(value)] = value, found
                found.update({str(key): plain(one) for key, one in value.items()})
                found.words = str(value) if isinstance(value, dict) and type(value) is not dict else ""
            elif isinstance(value, (list, tuple)):
                found = Listed()
                made[id(value)] = value, found
                found += [plain(one) for one in value]
            else:
                made[id(value)] = value, str(value)
        return made[id(value)][1]

    return pickle.dumps((plain(names), list(filters)))


def main(template: str, names: str, report: str) -> None:
    """Loads, renders, saves."""
    context, filters = pickle.loads(Path(names).read_bytes())
    environment = jinja2.Environment(autoescape=True)
    environment.filters.update(dict.fromkeys(filters, lambda value, *_, **__: value))
    document = DocxTemplate(template)
    document.render(context, environment)
    document.save(report)


if __name__ == "__main__":
    main(*sys.argv[1:])
