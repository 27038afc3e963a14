"""The data by its Chinese names: what a dotted name such as `资金.到位` means in an evaluation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from . import records
from .fields import Path, Record

NAMING_KEYS = ("名称", "简称", "三级", "标题")
_STEP = re.compile(r"\[(\d{1,9})\]|\.?([^.\[\]]+)")


def own_names(record: Record) -> Iterator[tuple[str, Any]]:
    """Each field of a record: its own Chinese name and its value."""
    for name, attribute in records.own_names(type(record)):
        yield name, getattr(record, attribute)


def step_into(value: object, step: str) -> object:
    """The value called `step` in a record, mapping or list of records; KeyError when there is none."""
    if isinstance(value, Record):
        if (attribute := records.attributes(type(value)).get(step)) is not None:
            return getattr(value, attribute)
    elif isinstance(value, dict):
        if step in value:
            return value[step]
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, Record) and step in [name for key, name in own_names(item) if key in NAMING_KEYS]:
                return item
    raise KeyError(step)


def values(value: object, path: Path = ()) -> list[tuple[Path, object]]:
    """What stands in a record, each with its path: itself, then what is in its fields, lists and mappings."""
    found: list[tuple[Path, object]] = []
    _gather(value, path, found)
    return found


def _gather(value: object, path: Path, found: list[tuple[Path, object]]) -> None:
    found.append((path, value))
    if isinstance(value, Record):
        inside: Iterable[tuple[str | int, object]] = own_names(value)
    elif isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    else:
        return
    for step, inner in inside:
        if inner is not None:
            _gather(inner, (*path, step), found)


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


Called = dict[int, list[str]]  # what the items of a list are called, by the list's identity


def dotted(record: Record, path: Path, called: Called | None = None) -> str:
    """The name of the value at `path`, as `path_of` reads it: items of a list by their name where only they have it.

    Items without a name of their own are counted from 0, as texts count them (`绩效目标.指标[12]`).  `called` keeps
    what was found out about the lists of one record, where many names are wanted.
    """
    value: object = record
    written = ""
    known: Called = {} if called is None else called
    for step in path:
        if isinstance(step, int):
            own = _own_name(value, step, known)
            written += f".{own}" if own else f"[{step}]"
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            written += f".{step}"
            value = _inner(value, step)
    return written.removeprefix(".")


def path_of(record: Record, written: str) -> Path | None:
    """The path that a dotted name means; None when there is no such value."""
    value: object = record
    path: list[str | int] = []
    at = 0
    while at < len(written):
        match = _STEP.match(written, at)
        if match is None:
            return None
        at = match.end()
        step = _step(value, match)
        if step is None:
            return None
        path.append(step)
        value = value[step] if isinstance(value, list) and isinstance(step, int) else _inner(value, str(step))
    return tuple(path)


def _step(value: object, match: re.Match[str]) -> str | int | None:
    if isinstance(value, list):
        called: Called = {}
        named = {_own_name(value, index, called): index for index in range(len(value))}
        index = int(match[1]) if match[1] else named.get(match[2])
        return index if index is not None and index < len(value) else None
    if match[2] is None:
        return None
    if isinstance(value, dict):
        return match[2] if match[2] in value else None
    if isinstance(value, Record):
        return str(records.own_name(type(value), match[2])) if match[2] in records.attributes(type(value)) else None
    return None


def _inner(value: object, step: str) -> object:
    try:
        return step_into(value, step)
    except KeyError:
        return None


def _own_name(items: object, index: int, called: Called) -> str:
    """The name that only this item of a list has, without signs that part a dotted name; "" when it has none."""
    if not isinstance(items, list):
        return ""
    if id(items) not in called:
        names = [_called(item) for item in items]
        count = Counter(names)
        called[id(items)] = [name if count[name] == 1 and not re.search(r"[.\[\]\s]", name) else "" for name in names]
    return called[id(items)][index] if index < len(items) else ""


def _called(item: object) -> str:
    if not isinstance(item, Record):
        return ""
    values = dict(own_names(item))
    named = next((str(values[key]) for key in NAMING_KEYS if values.get(key)), "")
    units = values.get("单位")
    return named or ("、".join(map(str, units)) if isinstance(units, list) and all(map(_is_text, units)) else "")


def _is_text(value: object) -> bool:
    return isinstance(value, str)
