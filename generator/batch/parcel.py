"""A project's files by content, for a worker on another machine: unpacked there below a folder of its own.

What goes along: the data, the files that it names, last year's data, and the packs that can be named.  What comes back
names every file as this machine does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..findings import Finding, ReportError
from ..sources import read_tree
from ..sources.excel.projects import tree_of_row
from ..style import STYLE_FILE, style_homes
from ..style.folders import Home, only_packs
from .sources import Job
from .work import Options, Result, work

Files = dict[str, bytes]  # by absolute path


@dataclass(frozen=True)
class Parcel:
    """A job with the files that it needs, and the packs' own files, which are the same for every job."""

    job: Job
    options: Options
    files: Files
    packs: Files
    homes: tuple[Home, ...]


def parcels(jobs: Iterator[Job], options: Options) -> Iterator[Parcel]:
    """A parcel for each job, made when its turn comes."""
    homes = tuple(replace(one, folder=one.folder.absolute(), behind=None) for one in style_homes() if not one.behind)
    packs: Files = {}
    for home in homes:
        packs |= _pack(home.folder)
    for job in jobs:
        yield Parcel(job, options, _files(job, options), packs, homes)


def _pack(folder: Path) -> Files:
    return {str(path.absolute()): path.read_bytes() for path in sorted(folder.glob("*")) if _of_a_pack(path)}


def _of_a_pack(path: Path) -> bool:
    return path.is_file() and (path.name == STYLE_FILE or path.suffix.lower() == ".docx")


def _files(job: Job, options: Options) -> Files:
    """The data, what it names (workbooks, pictures, last year's data, folders of styles), and what that names."""
    found: Files = {}
    _take(found, job.data)
    if job.common:
        _take(found, job.common)
    try:
        common = read_tree(job.common) if job.common else None
        tree = tree_of_row(str(job.data), job.sheet, job.row, common) if job.row else read_tree(job.data)
        _named(found, tree.data, job.data.parent, deep=True)
    except ReportError:
        pass  # the worker tells what is wrong with it
    for folder in (Path(options.style), job.data.parent / options.style) if options.style else ():
        _style(found, folder)
    return found


def _take(found: Files, path: Path) -> None:
    try:
        found[str(path.absolute())] = path.read_bytes()
    except OSError:
        return  # the worker tells that it is not there


def _named(found: Files, value: Any, folder: Path, *, deep: bool) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            _named(found, inner, folder, deep=deep)
    elif isinstance(value, str) and 0 < len(value) < 200 and "\n" not in value and "\0" not in value:
        path = folder / value.strip().replace("\\", "/")
        try:
            if path.is_dir():
                _style(found, path)
            elif path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                _take(found, path)
                if deep and path.suffix.lower() in (".yaml", ".yml"):
                    _named(found, read_tree(path).data, path.parent, deep=False)
        except (OSError, ReportError):
            return


def _style(found: Files, folder: Path) -> None:
    """A pack that is named by its folder, and those beside it, which it may follow."""
    if (folder / STYLE_FILE).is_file():
        for beside in sorted(folder.absolute().parent.glob(f"*/{STYLE_FILE}")):
            found.update(_pack(beside.parent))


def unpacked(parcel: Parcel) -> Result:
    """The result of the parcel's job, as `work` gives it where the files are."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        packs = Path(_packs_folder(_Packs(parcel.packs)))
        _write(root, parcel.files)
        job, options = _moved(root, parcel)
        with only_packs([replace(one, folder=below(packs, one.folder)) for one in parcel.homes]):
            result = work(job, options)
        return _put_back(result, parcel, root, packs)


class _Packs:
    """The packs' files, the same when their names and contents are."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._key = hash(tuple(sorted(files.items())))

    def __hash__(self) -> int:
        return self._key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Packs) and self.files == other.files


_kept: list[tempfile.TemporaryDirectory[str]] = []  # packs stay unpacked, so that templates stay compiled


@lru_cache(maxsize=4)
def _packs_folder(packs: _Packs) -> str:
    folder = tempfile.TemporaryDirectory()
    _kept.append(folder)
    _write(Path(folder.name).resolve(), packs.files)
    return str(Path(folder.name).resolve())


def below(root: Path, path: Path) -> Path:
    """Where a file of the other machine stands below `root`."""
    return root.joinpath(*(part.replace(":", "") for part in path.absolute().parts[1:]))


def _write(root: Path, files: Files) -> None:
    for name, content in files.items():
        path = below(root, Path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _moved(root: Path, parcel: Parcel) -> tuple[Job, Options]:
    job, style = parcel.job, parcel.options.style
    moved = replace(job, data=below(root, job.data), common=below(root, job.common) if job.common else None)
    named = style and any(one.name == style for one in parcel.homes)
    folder = style and not named and below(root, Path(style))
    return moved, replace(parcel.options, style=str(folder) if folder and folder.is_dir() else style)


def _put_back(result: Result, parcel: Parcel, root: Path, packs: Path) -> Result:
    """The result with the names that files have where the job came from."""
    job = parcel.job
    here = [(str(below(root, job.data)), str(job.data)), (str(below(root, job.data).parent), str(job.data.parent))]
    if job.common:
        here.insert(0, (str(below(root, job.common)), str(job.common)))

    def text(said: str | None) -> str | None:
        for moved, own in here:
            said = said.replace(moved + "/", "" if own == "." else own + "/").replace(moved, own) if said else said
        return said.replace(str(root), "").replace(str(packs), "") if said else said

    def finding(one: Finding) -> Finding:
        where = replace(one.where, file=text(one.where.file))
        return replace(one, where=where, what=text(one.what) or "", mend=text(one.mend))

    outcome = result.outcome
    return replace(
        result,
        job=job,
        outcome=replace(outcome, data=str(job.where), why=text(outcome.why), place=text(outcome.place)),
        inputs={_absolute(name, root, packs): was for name, was in result.inputs.items()},
        findings=tuple(map(finding, result.findings)),
        accepted=tuple(replace(one, finding=finding(one.finding)) for one in result.accepted),
    )


def _absolute(name: str, *roots: Path) -> str:
    for root in roots:
        name = name.removeprefix(str(root))
    return name
