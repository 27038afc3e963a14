"""The data by its Chinese names: what a dotted name such as `资金.到位` means in an evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .fields import Record
from .records import aliases

NAMING_KEYS = ("名称", "简称", "三级", "标题")


def own_names(record: Record) -> Iterator[tuple[str, Any]]:
    """Each field of a record: its own Chinese name and its value."""
    for attribute, declared in type(record).model_fields.items():
        yield aliases(declared)[0], getattr(record, attribute)


def step_into(value: object, step: str) -> object:
    """The value called `step` in a record, mapping or list of records; KeyError when there is none."""
    if isinstance(value, Record):
        for attribute, declared in type(value).model_fields.items():
            if step in aliases(declared):
                return getattr(value, attribute)
    elif isinstance(value, dict):
        if step in value:
            return value[step]
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, Record) and step in [name for key, name in own_names(item) if key in NAMING_KEYS]:
                return item
    raise KeyError(step)


def lookup(record: Record, dotted: str) -> object:
    """The value at a dotted name; None where the data does not say it; KeyError(step) for an unknown name."""
    value: object = record
    for step in dotted.split("."):
        if value is None:
            return None
        value = step_into(value, step)
    return value


def figure_names(record: Record, prefix: str = "") -> Iterator[str]:
    """The dotted names that can stand in a calculation, for hints: scalar fields outside lists."""
    for name, value in own_names(record):
        if isinstance(value, Record):
            yield from figure_names(value, f"{prefix}{name}.")
        elif value is not None and not isinstance(value, (list, dict)):
            yield prefix + name
