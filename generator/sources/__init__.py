"""Data formats: one file, one format. A format reads a file into a `Tree`: plain data and the place of each value.

`slips` and `unreadable` say what is wrong with a YAML file, and are used by `yaml` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, TypeVar

from .. import inputs
from ..fields import Path
from ..findings import Finding, Location, ReportError, reason

LARGEST_FILE = 10 * 1024 * 1024
NOT_TEXT = {
    b"PK\x03\x04": " Word/Excel 文件（或压缩包）",
    b"\xd0\xcf\x11\xe0": "旧格式的 Word/Excel 文件（.doc、.xls）",
    b"%PDF-": " PDF 文件",
}
P = TypeVar("P")


@dataclass
class Tree:
    """Plain data (dict, list, text or None) of one file, with the place of each key and each value by path.

    `suspects` says of a text what is probably wrong with it if something other than text is wanted there.
    """

    file: str
    data: Any
    values: dict[Path, Location] = field(default_factory=dict)
    keys: dict[Path, Location] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    suspects: dict[Path, Finding] = field(default_factory=dict)

    def at(self, path: Path) -> Any:
        """The value at `path`; None when there is none."""
        found = self.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def where(self, path: Path) -> Location:
        """The place of the value at `path`, or of the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Location(self.file))

    def drop(self, paths: Iterable[Path]) -> None:
        """Take the values at `paths` out; the items of a list behind one move up, with their places."""
        gone: dict[Path, set[int]] = {}
        for path in paths:
            parent, step = self.at(path[:-1]), path[-1]
            if isinstance(parent, dict):
                parent.pop(step, None)
            elif isinstance(parent, list) and isinstance(step, int) and step < len(parent):
                gone.setdefault(path[:-1], set()).add(step)
        moves: dict[Path, list[int | None]] = {}
        for path in sorted(gone, key=len, reverse=True):
            items = self.at(path)
            if isinstance(items, list):
                count = iter(range(len(items)))
                moves[path] = [None if index in gone[path] else next(count) for index in range(len(items))]
                items[:] = [item for index, item in enumerate(items) if index not in gone[path]]
        if moves:
            self.values = dict(_moved(self.values, moves))
            self.keys = dict(_moved(self.keys, moves))
            self.suspects = dict(_moved(self.suspects, moves))


def _moved(places: Mapping[Path, P], moves: Mapping[Path, list[int | None]]) -> Iterator[tuple[Path, P]]:
    for path, place in places.items():
        steps: list[str | int] = []
        for depth, step in enumerate(path):
            move = moves.get(path[:depth])
            moved = move[step] if move is not None and isinstance(step, int) else step
            if moved is None:
                break
            steps.append(moved)
        else:
            yield tuple(steps), place


def read_tree(path: FilePath) -> Tree:
    """The data file's tree, by the format that its name's ending says; ReportError when it cannot be read."""
    from . import yaml

    ending = path.suffix.lower()
    read = yaml.read if ending in yaml.ENDINGS else _workbooks(ending)
    try:
        if path.is_dir():
            raise ReportError("这是一个文件夹，不是数据文件：请写出其中的 .yaml 文件", Location(str(path)))
        if path.exists() and not path.is_file():  # a pipe or a device may have no end
            raise ReportError("这不是一个文件，读不了", Location(str(path)))
        if read is None:
            what = f"不认识的数据文件格式“{path.suffix}”：数据文件应为 .yaml、.yml 或 .xlsx"
            raise ReportError(what, Location(str(path)))
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ReportError(
                f"文件有 {size // 1024 // 1024} MB，超过 {LARGEST_FILE // 1024 // 1024} MB 的上限，不像一份数据文件",
                Location(str(path)),
            )
        content = path.read_bytes()
        inputs.note(path, content)
    except FileNotFoundError:
        inputs.note(path, None)
        raise ReportError("找不到这个文件", Location(str(path))) from None
    except OSError as error:
        raise ReportError(f"读不了这个文件（{reason(error)}）", Location(str(path))) from None
    for magic, kind in NOT_TEXT.items():
        if ending in yaml.ENDINGS and content.startswith(magic):
            raise ReportError(f"这是{kind}，不是文本的数据文件：改扩展名不能把它变成 YAML", Location(str(path)))
    return read(content, str(path))


def _workbooks(ending: str) -> Callable[[bytes, str], Tree] | None:
    """What reads files with that ending, if they are workbooks: loaded only then."""
    from . import excel

    return excel.read if ending in excel.ENDINGS else None
