"""Data formats: one file, one format. A format reads a file into a `Tree`: plain data and the place of each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ..findings import Finding, Location, ReportError
from ..model import Path

LARGEST_FILE = 10 * 1024 * 1024


@dataclass
class Tree:
    """Plain data (dict, list, text or None) of one file, with the place of each key and each value by path."""

    file: str
    data: Any
    values: dict[Path, Location] = field(default_factory=dict)
    keys: dict[Path, Location] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def at(self, path: Path) -> Any:
        """The value at `path`; None when there is none."""
        found = self.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def where(self, path: Path) -> Location:
        """The place of the value at `path`, or of the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Location(self.file))

    def drop(self, path: Path) -> None:
        """Take the value at `path` out; the items of a list behind it move up, with their places."""
        parent, step = self.at(path[:-1]), path[-1]
        if isinstance(parent, dict):
            parent.pop(step, None)
        elif isinstance(parent, list) and isinstance(step, int) and step < len(parent):
            del parent[step]
            for places in (self.values, self.keys):
                moved = dict(_moved(places, path[:-1], step))
                places.clear()
                places.update(moved)


def _moved(places: dict[Path, Location], parent: Path, index: int) -> Iterator[tuple[Path, Location]]:
    depth = len(parent)
    for path, place in places.items():
        if path[:depth] == parent and len(path) > depth and isinstance(step := path[depth], int) and step >= index:
            if step > index:
                yield (*parent, step - 1, *path[depth + 1 :]), place
        else:
            yield path, place


def read_tree(path: FilePath) -> Tree:
    """The data file's tree, by the format that its name's ending says; ReportError when it cannot be read."""
    from . import yaml

    if path.suffix.lower() not in yaml.ENDINGS:
        raise ReportError(f"不认识的数据文件格式“{path.suffix}”：数据文件应为 .yaml 或 .yml", Location(str(path)))
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ReportError(
                f"文件有 {size // 1024 // 1024} MB，超过 {LARGEST_FILE // 1024 // 1024} MB 的上限，不像一份数据文件",
                Location(str(path)),
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise ReportError("找不到这个文件", Location(str(path))) from None
    except IsADirectoryError:
        raise ReportError("这是一个文件夹，不是数据文件", Location(str(path))) from None
    except OSError as error:
        raise ReportError(f"读不了这个文件（{error.strerror}）", Location(str(path))) from None
    return yaml.read(content, str(path))
