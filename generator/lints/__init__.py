"""Checks on templates, without data: one file, one check.  The docstring is its manual page.

A file has CODE, LEVEL and `check(case) -> Iterator[Finding]`.  INSTEAD names the codes of the compiler's findings that
the check says better about the same tag.  RETYPES, of a check whose findings give the tag as it must be typed (改为 …),
has the other checks look at the template typed so; `covers(case)` gives the code, place and tag of what the compiler
says of other tags for the same reason.  Dropping a file here is all it takes to add one.

The docstring is Chinese: its first sentence names the check; then what happens and how to mend it; then 正例 and 反例,
templates in which `# !CODE` marks the paragraph where the check must find something.  There a line is a paragraph,
`| a | b |` a row of a table, `页眉：` begins the header; [插入]…[/插入] and [删除]…[/删除] are tracked changes,
[图片] a picture, [换行] a line break, [域 CODE]…[/域] a field with its result.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from types import ModuleType

from ..shape import Shape
from ..template.draft import Draft, DraftPart
from ..template.tags import Tag
from ..template.typed import slips


@dataclass(frozen=True, eq=False)
class Case:
    """What a check looks at: the template, and the names that it may write (None: they are not known)."""

    draft: Draft
    root: Shape | None

    @property
    def tags(self) -> Iterator[tuple[DraftPart, Tag]]:
        """Every tag with its part."""
        return ((part, tag) for part in self.draft.parts for tag in part.tags)

    @cached_property
    def slips(self) -> dict[str, list[tuple[Tag, str, str | None]]]:
        """What the tags say wrongly of names, by the kind of mistake."""
        found: dict[str, list[tuple[Tag, str, str | None]]] = {}
        for part in self.draft.parts:
            for kind, tag, what, mend in slips(part.tags, self.root):
                found.setdefault(kind, []).append((tag, what, mend))
        return found


@cache
def lints() -> tuple[ModuleType, ...]:
    """Every check of this folder, by its code."""
    found = [importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda one: str(one.CODE)))
