"""Plans kept on disk between runs: what a template was compiled to is read again instead of compiled again.

A plan holds code, so a file is believed only if this user wrote it: each begins with a keyed digest (HMAC-SHA256) of
its name and content, and the key is a file that this user alone owns and can read.  What fails the proof is never
unpacked.  A file's name is made with the key too, from the template's bytes and all that compiling depends on.

The folder is the user's folder for caches; JIXIAO_CACHE names another, or is 0 where nothing is to be kept.  Trouble
with the folder is no trouble of a report: the template is compiled, and nothing is said.
"""

from __future__ import annotations

import hashlib
import hmac
import marshal
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import util
from pathlib import Path
from typing import Any, overload

import jinja2

from generator import __version__
from generator.charts import Binding, read_binding
from generator.contents import Counted, Field
from generator.findings import Location
from generator.numbering import ListLevel, Numbering
from generator.template.archive import Member
from generator.template.plan import Chart, Part, Plan, TagPlace, template_of

VARIABLE = "JIXIAO_CACHE"
NOT_KEPT = "0"
MOST_ENTRIES = 200
LARGEST_ENTRY = 32 * 1024 * 1024
ENDING = ".plan"
_LIBRARIES = ("docxtpl", "lxml", "markupsafe")
_DIGEST = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_RECORDS = (Plan, Part, TagPlace, Chart, Member, Counted, Field, Numbering, ListLevel)
_NAMED = {kind.__name__: kind for kind in _RECORDS}
_NAMES = {kind: name for name, kind in _NAMED.items()}
_PLACE = tuple(field.name for field in fields(Location) if field.name != "file")  # first of all is the file


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with plans in it, and the key by which the user's own are known."""

    folder: Path
    key: bytes

    @classmethod
    def open(cls) -> Store | None:
        """The user's store; None where nothing can be kept, or is not to be."""
        try:
            folder = cache_folder()
            key = _key(folder) if folder else None
            return cls(folder, key) if folder and key else None
        except OSError:
            return None

    def read(self, content: bytes, file: str) -> Plan | None:
        """The plan of a template's bytes as stored, its places in `file`; None if there is none to be trusted."""
        path = self._path(content)
        try:
            if not path.is_file() or path.stat().st_size > LARGEST_ENTRY + _DIGEST:
                return None
            entry = path.read_bytes()
            if not hmac.compare_digest(entry[:_DIGEST], self._proof(path, entry[_DIGEST:])):
                return None
            os.utime(path)  # the plans that are used longest ago go first
        except OSError:
            return None
        plan = _restored(marshal.loads(entry[_DIGEST:]), file)
        assert isinstance(plan, Plan)
        return plan

    def write(self, content: bytes, plan: Plan) -> None:
        """Keeps a plan, and lets go of those that were not used for longest; silent where it cannot."""
        packed = marshal.dumps(_plain(plan, plan.file))
        if len(packed) > LARGEST_ENTRY:
            return
        path = self._path(content)
        try:
            _put(path, self._proof(path, packed) + packed)
            self._tidy()
        except OSError:
            return

    def _path(self, content: bytes) -> Path:
        return self.folder / (self._digest(_made_with(), hashlib.sha256(content).digest()).hex() + ENDING)

    def _proof(self, path: Path, packed: bytes) -> bytes:
        return self._digest(path.name.encode("ascii"), packed)

    def _digest(self, first: bytes, second: bytes) -> bytes:
        return hmac.digest(self.key, len(first).to_bytes(8, "big") + first + second, "sha256")

    def _tidy(self) -> None:
        """Removes the oldest files above what a folder is to hold."""
        kept = sorted(((path.stat().st_mtime_ns, path) for path in self.folder.glob(f"*{ENDING}*")), reverse=True)
        for _, path in kept[MOST_ENTRIES:]:
            path.unlink(missing_ok=True)


def cache_folder() -> Path | None:
    """Where plans are kept; None where JIXIAO_CACHE says that nothing is."""
    named = os.environ.get(VARIABLE, "")
    return own_folder() if not named else None if named == NOT_KEPT else Path(named)


def own_folder() -> Path | None:
    """The folder that this system has for what a user's programs keep for themselves; None if it has none."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        parent = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        parent = home / "Library" / "Caches"
    else:
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        parent = named if named.is_absolute() else home / ".cache"
    return parent / "jixiao"


def _key(folder: Path) -> bytes | None:
    """The user's key for a folder, made anew if it is not there or could have been read or put there by others.

    Windows has no owners that can be told here: there the key always lies in the user's own folder.
    """
    user = os.getuid() if sys.platform != "win32" else None
    home = folder if user is not None else own_folder()
    if home is None:
        return None
    path = home / ("key" if user is None else f"key-{user}")
    key = _own_key(path, user)
    if key is None:
        _put(path, os.urandom(_DIGEST))
        key = _own_key(path, user)
    return key


def _own_key(path: Path, user: int | None) -> bytes | None:
    """The key in a file of this user alone; None for any other file."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        shared = user is not None and (found.st_uid != user or found.st_mode & _OTHERS or found.st_nlink != 1)
        if not stat.S_ISREG(found.st_mode) or shared:
            return None
        key = file.read(_DIGEST + 1)
    return key if len(key) == _DIGEST else None


def _put(path: Path, data: bytes) -> None:
    """Writes a file for this user alone, whole or not at all."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink()
        raise


@cache
def _made_with() -> bytes:
    """All but the template that a plan depends on: this program, what it compiles with, and Python."""
    package = Path(__file__).parents[1]
    own = [state for folder in (package, package / "template", package / "language") for state in _states(folder)]
    found = (util.find_spec(name) for name in _LIBRARIES)  # not imported: their own files name their versions
    libraries = [Path(spec.origin).read_bytes() for spec in found if spec and spec.origin]
    facts = (__version__, jinja2.__version__, sys.version, sys.implementation.cache_tag, own, libraries)
    return hashlib.sha256(repr(facts).encode("utf-8")).digest()


def _states(folder: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of the program's files in a folder: a checkout changes under one version."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        found = [(one.name, one.stat()) for one in entries if one.name.endswith(".py")]
    return sorted((name, state.st_size, state.st_mtime_ns) for name, state in found)


@dataclass(frozen=True, slots=True)
class _Places(Sequence[TagPlace]):
    """The places of tags, each made when it is asked for: most are asked for only when something is wrong."""

    stored: tuple[Any, ...]
    file: str

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, index: int) -> TagPlace: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[TagPlace]: ...
    def __getitem__(self, index: int | slice) -> TagPlace | Sequence[TagPlace]:
        if isinstance(index, slice):
            return _Places(self.stored[index], self.file)
        place = _restored(self.stored[index], self.file)
        assert isinstance(place, TagPlace)
        return place


def _plain(value: Any, file: str) -> Any:
    """A value of a plan as what marshal writes: tuples that begin with the name of what they were."""
    if isinstance(value, Location):
        return ("Location", value.file == file or value.file, *(getattr(value, name) for name in _PLACE))
    if isinstance(value, Binding):
        return ("Binding", value.written)
    if (name := _NAMES.get(type(value))) is not None:
        return (name, *(_plain(getattr(value, one), file) for one in _kept(name)))
    if isinstance(value, _Places):
        return ("places", *value.stored)
    if isinstance(value, Mapping):
        return ("dict", *((_plain(key, file), _plain(one, file)) for key, one in value.items()))
    if isinstance(value, (tuple, frozenset)):
        kind = "places" if value and all(type(one) is TagPlace for one in value) else type(value).__name__
        return (kind, *(_plain(one, file) for one in value))
    return str(value) if isinstance(value, str) else value


def _restored(value: Any, file: str) -> Any:
    """What `_plain` was given."""
    if not isinstance(value, tuple):
        return value
    name, rest = value[0], value[1:]
    if name == "Location":
        return Location(file if rest[0] is True else rest[0], *rest[1:])
    if name == "dict":
        return {_restored(key, file): _restored(one, file) for key, one in rest}
    if name == "places":
        return _Places(rest, file)
    parts = tuple(_restored(one, file) for one in rest)
    if name == "Binding":
        return read_binding(*parts)
    if name in _NAMED:
        kind = _NAMED[name]
        given = dict(zip(_kept(name), parts, strict=True))
        if kind is Plan:
            given["file"] = file
        if kind is Part:
            given["template"] = template_of(given["code"], given["flavour"] == "word")
        return kind(**given)
    return frozenset(parts) if name == "frozenset" else parts


@cache
def _kept(name: str) -> tuple[str, ...]:
    """The fields of a record that are stored: a template is made of its code again."""
    return tuple(field.name for field in fields(_NAMED[name]) if field.name != "template")
