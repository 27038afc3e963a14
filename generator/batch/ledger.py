"""The journal of a batch, by which a killed run goes on: one line a finished project, written as it is finished.

A project is right already when it would be made with the same program, options, packs and row; when every file that
was read for it has the content it had then; and when every file that was written has it still.  A last line that was
cut off is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from .. import __version__, inputs
from ..findings import Location, ReportError, reason
from ..package import write_all
from ..style import style_folders
from .sources import Job
from .work import Options, Outcome, row_content

FILE = "批量.进度.jsonl"
SUMMARY = "汇总"
OURS = ".jixiao-"  # how the files begin that are being written


class Ledger:
    """The journal in the batch's folder."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder, self.file = folder, folder / FILE
        self._made_with = [__version__, asdict(options), sorted((name, str(at)) for name, at in style_folders())]
        self._lines: dict[str, dict[str, Any]] = {}
        self._digests: dict[str, str] = {}
        self._summary: dict[str, str] = {}

    def read(self) -> None:
        """Take up what an earlier run wrote, and clear away what it left half written."""
        for left in self.folder.glob(f"{OURS}*"):
            left.unlink(missing_ok=True)
        try:
            lines = self.file.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as error:
            raise ReportError(f"读不了上次的进度（{reason(error)}）", Location(str(self.file))) from None
        for line in lines:
            self._summary |= _summary(line)
            if (said := _said(line)) is not None:
                self._lines[said["名称"]] = said

    def start(self) -> None:
        """Begin the journal of this run with what is known, a line a project."""
        lines = [*self._lines.values(), *([{SUMMARY: self._summary}] if self._summary else [])]
        write_all({self.file: "".join(map(_line, lines)).encode("utf-8")})

    def done(self, job: Job) -> Outcome | None:
        """The outcome that a project had, when it is right already; None when it is to be made."""
        said = self._lines.get(job.name)
        if said is None or said["键"] != self.key(job):
            return None
        same = all(self._current(Path(path)) == was for path, was in said["读入"].items())
        whole = all(_digest(self.folder / name) == was for name, was in said["写成"].items())
        return _outcome(said["结果"]) if same and whole else None

    def add(self, job: Job, outcome: Outcome, read: Mapping[str, str], written: Mapping[str, str]) -> None:
        """Keep that a project is finished."""
        said = {
            "名称": job.name,
            "键": self.key(job),
            "读入": dict(read),
            "写成": dict(written),
            "结果": asdict(outcome),
        }
        self._append(said)

    def key(self, job: Job) -> str:
        """What a project is made with besides the files that are read: program, options, packs, its row."""
        row = [job.sheet, row_content(job), job.common and str(job.common.absolute())] if job.row else None
        said = json.dumps([*self._made_with, str(job.data.absolute()), row], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8")).hexdigest()

    def edited(self, names: Iterable[str]) -> list[str]:
        """Those of the summary's files that are there and are not as this program wrote them."""
        return [
            name
            for name in names
            if (self.folder / name).exists() and _digest(self.folder / name) != self._summary.get(name)
        ]

    def summed_up(self, written: Mapping[str, bytes]) -> None:
        """Keep what the summary's files are."""
        self._append({SUMMARY: {name: inputs.digest(content) for name, content in written.items()}})

    def _append(self, said: Mapping[str, Any]) -> None:
        try:
            with self.file.open("ab") as file:
                file.write(_line(said).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ReportError(f"写不了进度（{reason(error)}）", Location(str(self.file))) from None

    def _current(self, path: Path) -> str:
        """The digest of an input, worked out once: the files of packs are those of every project."""
        if str(path) not in self._digests:
            self._digests[str(path)] = _digest(path)
        return self._digests[str(path)]


def _digest(path: Path) -> str:
    try:
        return inputs.digest(path.read_bytes())
    except (OSError, ValueError):
        return inputs.ABSENT


def _line(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"


def _said(line: str) -> dict[str, Any] | None:
    """What a line says; None for one that was cut off or is another's."""
    try:
        said = json.loads(line)
        _outcome(said["结果"])
        whole = isinstance(said["名称"], str) and isinstance(said["读入"], dict) and isinstance(said["写成"], dict)
        return said if whole and isinstance(said["键"], str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _summary(line: str) -> dict[str, str]:
    """What a line says of the summary's files; nothing for any other line."""
    try:
        said = json.loads(line).get(SUMMARY)
    except (ValueError, AttributeError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in said.items()} if isinstance(said, dict) else {}


def _outcome(said: Mapping[str, Any]) -> Outcome:
    known = {one.name for one in fields(Outcome)}
    values: dict[str, Any] = {key: value for key, value in said.items() if key in known}
    return Outcome(**{**values, "grades": tuple(values.get("grades", ()))})
