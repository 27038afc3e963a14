"""Which files a piece of work has read, by path, with their digests: by them a batch knows what is still right.

What is not watched (`watched`) is not kept.  Each thread watches for itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

ABSENT = ""  # the digest of a file that was looked for and was not there
_read: ContextVar[dict[str, str] | None] = ContextVar("_read", default=None)


@contextmanager
def watched() -> Iterator[dict[str, str]]:
    """The files that are read inside, by absolute path; `ABSENT` where one was looked for in vain."""
    found: dict[str, str] = {}
    token = _read.set(found)
    try:
        yield found
    finally:
        _read.reset(token)


def note(path: Path, content: bytes | None) -> None:
    """Keep that `path` was read and had that content, or None when it was not there."""
    found = _read.get()
    if found is not None:
        found[str(path.absolute())] = ABSENT if content is None else digest(content)


def digest(content: bytes) -> str:
    """The content's SHA-256."""
    return hashlib.sha256(content).hexdigest()
