"""Where style packs are found: 环境变量 JIXIAO_STYLES, then the user's settings file, then the built-in ones.

The settings file is one a user, in the place that the system has for settings; a report does not depend on the folder
in which the command is run.  A folder that is named is a pack itself, or holds packs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import click

from ..fields import Record, Texts, named
from ..findings import Finding, Level, ReportError
from ..records import validated
from ..sources import read_tree, yamltext

STYLE_FILE = "style.yaml"
FOLDERS_VARIABLE = "JIXIAO_STYLES"
BUILT_IN, VARIABLE, SETTINGS = "内置", "环境变量", "设置文件"
FOLDERS = "样式文件夹"
NOTE = """\
# jixiao 的设置，由 jixiao styles --add、--remove 写成，也可以手改（重写时，# 后面自己写的话不保留）。
# 样式文件夹：里面放着样式的文件夹，或样式本身的文件夹；写完整的路径，一行一个，前面写“- ”。
"""


@dataclass(frozen=True)
class Home:
    """A folder with a style.yaml, its name and where it was named; `behind` is the pack of that name that is taken."""

    name: str
    folder: Path
    origin: str
    behind: Path | None = None


class Settings(Record):
    """What the user's settings file says."""

    folders: Texts = named(FOLDERS, "放样式的文件夹，写完整的路径", many=True)


def settings_file() -> Path:
    """The user's settings file, which need not be there: on Windows %APPDATA%/jixiao/jixiao.yaml."""
    return Path(click.get_app_dir("jixiao")) / "jixiao.yaml"


def settings_folders() -> list[Path]:
    """The folders that the settings file names; ReportError with all that is wrong in it."""
    file = settings_file()
    if not file.is_file():
        return []
    tree = read_tree(file)
    settings, findings = validated(Settings, tree, {})
    folders = [Path(name).expanduser() for name in settings.folders]
    findings += [
        Finding(
            "D004",
            Level.ERROR,
            tree.where((FOLDERS, index)),
            f"“{name}”不是完整的路径",
            name,
            mend="写成 D:\\模板 这样；或用 jixiao styles --add 文件夹",
        )
        for index, (name, folder) in enumerate(zip(settings.folders, folders, strict=True))
        if not folder.is_absolute()
    ]
    if findings := [*tree.findings, *findings]:
        raise ReportError(findings)
    return folders


def settings_text(folders: Sequence[Path]) -> str:
    """The settings file that names these folders."""
    lines = [f"  - {yamltext.scalar(str(folder), alone=True)}" for folder in folders]
    return NOTE + "\n".join([f"{FOLDERS}:" if lines else f"{FOLDERS}: []", *lines]) + "\n"


def resource_folder(name: str) -> Path:
    """The folder `templates` or `samples` that came with the program."""
    package = Path(__file__).parent.parent
    return package / name if (package / name).is_dir() else package.parent / name


def built_in_folder() -> Path:
    """The folder of the built-in packs: inside the installed package, or beside it in a checkout."""
    return resource_folder("templates")


def named_folders() -> list[tuple[str, Path]]:
    """The folders in which packs are looked for, in order, each with where it is named."""
    own = [Path(part) for part in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if part]
    return [
        *((VARIABLE, folder) for folder in own),
        *((SETTINGS, folder) for folder in settings_folders()),
        (BUILT_IN, built_in_folder()),
    ]


def absent_folders() -> list[tuple[str, Path]]:
    """Those of the named folders that are not there: a network drive, a folder that was moved."""
    return [(origin, folder) for origin, folder in named_folders() if not _is_folder(folder)]


_packs: ContextVar[Sequence[Home] | None] = ContextVar("_packs", default=None)


@contextmanager
def only_packs(homes: Sequence[Home]) -> Iterator[None]:
    """Inside, these packs can be named and no others: those of the machine from which the work comes."""
    token = _packs.set(homes)
    try:
        yield
    finally:
        _packs.reset(token)


def style_homes() -> Iterator[Home]:
    """Every pack that is found, also one behind another of the same name."""
    if (given := _packs.get()) is not None:
        yield from given
        return
    taken: dict[str, Path] = {}
    for origin, parent in named_folders():
        for folder in packs_in(parent):
            name = folder.resolve().name
            first = taken.setdefault(name, folder)
            if first is folder or not _same(first, folder):
                yield Home(name, folder, origin, None if first is folder else first)


def style_folders() -> Iterator[tuple[str, Path]]:
    """Every pack that can be named, with its folder."""
    return ((home.name, home.folder) for home in style_homes() if home.behind is None)


def packs_in(parent: Path) -> list[Path]:
    """The folder itself where it is a pack, or the packs in it; none where it cannot be read."""
    try:
        if (parent / STYLE_FILE).is_file():
            return [parent]
        inside = sorted(parent.iterdir())
        return [one for one in inside if not one.name.startswith(".") and (one / STYLE_FILE).is_file()]
    except OSError:
        return []


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
