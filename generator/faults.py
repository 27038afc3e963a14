"""What a check found, in data or in a finished report."""

from __future__ import annotations

from dataclasses import dataclass

from .fields import Path
from .findings import Level, Location


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found, about the value (or the report's passage) at `path`.

    `where` is finer than the path's own place where there is one (the line of a paragraph); `level` is there only
    where it is not the check's own.
    """

    path: Path
    what: str
    expected: str | None = None
    actual: str | None = None
    quoted: str | None = None
    mend: str | None = None
    level: Level | None = None
    where: Location | None = None
