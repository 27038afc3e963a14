"""Style packs: a folder with style.yaml (policy and wording) and Word templates (typography).

A pack holds what differs between cities and firms.  It comes from outside and is not trusted: it is data, read
like a data file; nothing in it is executed.  A pack may follow another one (沿用): mappings merge by key, lists
replace, and its documents may be the other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from .. import inputs
from ..fields import Path
from ..filenames import EVERY, unfit
from ..findings import Finding, Level, Location, ReportError
from ..records import closest, validated
from ..scores import Scale
from ..sources import Tree, read_tree
from ..values import Forms, Rate, plain
from .file import LEFT_OUT, Band, FigureForm, Frame, Section, StyleFile, StyleForms
from .folders import (
    FOLDERS_VARIABLE,
    STYLE_FILE,
    Home,
    absent_folders,
    built_in_folder,
    packs_in,
    resource_folder,
    settings_file,
    settings_folders,
    settings_text,
    style_folders,
    style_homes,
)

__all__ = [
    "DOCUMENTS",
    "FOLDERS_VARIABLE",
    "LEFT_OUT",
    "STYLE_FILE",
    "Frame",
    "Home",
    "Section",
    "Style",
    "absent_folders",
    "built_in_folder",
    "default_style",
    "find_style",
    "packs_in",
    "read_style",
    "readable_styles",
    "resource_folder",
    "settings_file",
    "settings_folders",
    "settings_text",
    "style_folders",
    "style_homes",
    "tree_of",
]

BASE, DOCUMENTS, GRADES = "沿用", "文档", "等级"
MARK_DECIMALS = 2


@dataclass(frozen=True)
class Style:
    """A style pack that was found and read."""

    id: str
    folder: FilePath
    file: StyleFile
    forms: Forms
    homes: Mapping[str, FilePath]
    places: Mapping[Path, Location] = field(default_factory=dict, repr=False)

    def where(self, path: Path) -> Location:
        """The place in style.yaml of the value at `path`."""
        return self.places.get(path, Location(str(self.folder / STYLE_FILE)))

    def grade(self, points: Decimal, full: Decimal) -> str | None:
        """The grade of `points` out of `full`, on the percent scale of half-open bands; None without a scale.

        The mark is rounded to 2 decimals, or as 得分率 prints if that has more: a score that prints as 90.00% is of
        the band that begins at 90.
        """
        if not full:
            return None
        form = self.forms.score_rate
        places = max(MARK_DECIMALS, form.decimals or 0)
        mark = Rate.of(points, full, replace(form, decimals=places)).percent
        bands = sorted(self.file.grades, key=lambda band: band.floor, reverse=True)
        return next((band.name for band in bands if mark >= band.floor), None)

    @property
    def scale(self) -> Scale:
        """The grades, as scoring takes them."""
        return Scale(self.grade, tuple(band.name for band in self.file.grades), self.file.full)

    def frame(self, name: str | None = None) -> list[Frame]:
        """The indicator framework of that name, or the pack's first one; ReportError when it is absent."""
        frames = self.file.frames or {}
        if name is not None and name not in frames:
            raise ReportError(f"样式“{self.id}”里没有指标框架“{name}”，现有：{'、'.join(frames)}")
        return frames[name] if name else next(iter(frames.values()), [])

    def template(self, document: str | None = None) -> FilePath:
        """The Word template of the named document, or of the pack's first one; ReportError when it is absent."""
        documents = self.file.documents or {}
        name = document or next(iter(documents), None)
        if name is None or name not in documents:
            what = f"样式“{self.id}”里没有文档“{name}”，现有：{'、'.join(documents)}"
            raise ReportError(what, Location(str(self.folder / STYLE_FILE)))
        folder = self.homes.get(name, self.folder)
        path = folder / documents[name]
        if path.name != documents[name] or not path.is_file() or path.resolve().parent != folder.resolve():
            raise ReportError(f"样式“{self.id}”里没有模板文件“{documents[name]}”", Location(str(folder)))
        return path


MOST_UNDERSTOOD = 32


@dataclass(frozen=True, slots=True)
class _Understood:
    """A pack as it was understood from these files with these contents."""

    files: tuple[FilePath, ...]
    contents: tuple[bytes | None, ...]
    style: Style


_understood: dict[tuple[object, ...], _Understood] = {}


def find_style(name: str, beside: FilePath | None = None, where: Location | None = None) -> Style:
    """The pack of that name, or in that folder (also relative to the folder `beside`, the data file's).

    ReportError at `where` with the nearest name when there is none, or with all that is wrong in its style.yaml.
    """
    return read_style(_folder_called(name, beside, where))


def _folder_called(name: str, beside: FilePath | None, where: Location | None) -> FilePath:
    known = dict(style_folders())
    if name in known:
        return known[name]
    other = False  # a folder of that name that is no pack
    for folder in (FilePath(name), *([beside / name] if beside else [])):
        with suppress(OSError):  # a name that is too long is no folder's name
            if (folder / STYLE_FILE).is_file():
                return folder
            other = other or folder.is_dir()
    near = None if other else closest(name, known)
    hint = f"是不是“{near}”？" if near else ""
    called = name if other or len(name) <= 40 else name[:40] + "…"
    no_pack = f"：这个文件夹里没有 {STYLE_FILE}" if other else ""
    absent = "".join(f"（{origin}里的样式文件夹“{folder}”打不开）" for origin, folder in absent_folders())
    what = f"没有样式“{called}”{no_pack}。{hint}现有样式：{'、'.join(known)}{absent}；也可以写样式文件夹的路径"
    raise ReportError(what, where)


def default_style() -> Style:
    """The plain forms and no grade scale, for scoring data that names no style; it has no template."""
    return Style("", built_in_folder(), StyleFile.model_construct(name="", grades=[], documents={}), Forms(), {})


def read_style(folder: FilePath) -> Style:
    """The pack in `folder`; ReportError with all that is wrong in its style.yaml.

    A pack is understood once, as long as its files are what they were.
    """
    place = (folder, FilePath.cwd(), tuple(style_folders()))  # by these the packs that it follows are found
    kept = _understood.get(place)
    if kept is None or kept.contents != tuple(map(_content, kept.files)):
        files: list[FilePath] = []
        style = _read(folder, files)
        kept = _understood[place] = _Understood(tuple(files), tuple(map(_content, files)), style)
        while len(_understood) > MOST_UNDERSTOOD:
            _understood.pop(next(iter(_understood)), None)
    return kept.style


def _content(path: FilePath) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    inputs.note(path, content)
    return content


def _read(folder: FilePath, files: list[FilePath]) -> Style:
    tree, homes = _followed(folder, [], files)
    findings = list(tree.findings)
    file, wrong = validated(StyleFile, tree, {})
    findings += wrong or [*_scale(file.grades, tree), *_documents(file.documents or {}, tree)]
    if any(finding.level is Level.ERROR for finding in findings):
        raise ReportError(findings)
    return Style(folder.resolve().name, folder, file, _forms(file.forms), homes, tree.values)


def tree_of(folder: FilePath) -> Tree:
    """The pack's style.yaml over those of the packs that it follows."""
    return _followed(folder, [], [])[0]


def readable_styles() -> Iterator[Style]:
    """The packs that can be named and read; what is wrong in the others is told where they are listed or used."""
    for _, folder in style_folders():
        with suppress(ReportError):
            yield read_style(folder)


def _scale(grades: list[Band], tree: Tree) -> Iterator[Finding]:
    """What keeps grades from covering every mark from 0 to 100 once."""
    lowest = min(range(len(grades)), key=lambda index: grades[index].floor, default=None)
    for index, band in enumerate(grades):
        place, floor = tree.where((GRADES, index, "下限")), plain(band.floor)
        if any(other.floor == band.floor for other in grades[:index]):
            yield Finding("D004", Level.ERROR, place, f"等级“{band.name}”的下限{floor}和前面的等级相同", floor)
        elif band.floor > 100:
            yield Finding("D004", Level.ERROR, place, f"等级“{band.name}”的下限{floor}超过了 100：下限按百分制", floor)
        elif index == lowest and band.floor:
            what = f"最低的等级“{band.name}”的下限应为 0，现在低于{floor}分的没有等级"
            yield Finding("D004", Level.ERROR, place, what, floor, expected="0", actual=floor)


def _documents(documents: Mapping[str, str], tree: Tree) -> Iterator[Finding]:
    """What keeps documents' names from being part of a file's name: DATA-自评表.docx."""
    for index, name in enumerate(documents):
        before = [other for other in list(documents)[:index] if other.casefold() == name.casefold()]
        what = f"文档名称“{name}”和“{before[0]}”做出的报告会同名" if before else unfit(name)
        if what or name == EVERY:
            place = tree.keys.get((DOCUMENTS, name), tree.where((DOCUMENTS,)))
            yield Finding("D004", Level.ERROR, place, what or f"“{name}”另有用处，请换一个文档名称", name)


def _followed(folder: FilePath, chain: list[FilePath], files: list[FilePath]) -> tuple[Tree, dict[str, FilePath]]:
    """The pack's own tree over that of the pack it follows, and the folder of each document; adds the files read."""
    tree = read_tree(folder / STYLE_FILE)
    files.append(folder / STYLE_FILE)
    place = tree.values.get((BASE,), Location(tree.file))
    if folder.resolve() in chain:
        raise ReportError("样式互相沿用，绕成了一圈：" + " → ".join(one.name for one in [*chain, folder]), place)
    documents = tree.data.get(DOCUMENTS)
    homes = dict.fromkeys(documents, folder) if isinstance(documents, dict) else {}
    name = tree.data.get(BASE)
    if not isinstance(name, str) or not name:
        return tree, homes
    base, base_homes = _followed(_base(name, folder, place), [*chain, folder.resolve()], files)
    tree.data = merged(base.data, tree.data)
    tree.values, tree.keys = {**base.values, **tree.values}, {**base.keys, **tree.keys}
    tree.findings = [*base.findings, *tree.findings]
    return tree, {**base_homes, **homes}


def _base(name: str, folder: FilePath, place: Location) -> FilePath:
    """The pack that the pack in `folder` follows: one that can be named, or one beside it.

    A pack comes from outside, and even to look for a folder on another machine tells that machine who is looking.
    """
    if re.search(r"[/\\:]", name) or name in (".", ".."):
        what = f"“沿用”只能写样式的名称，不能写路径“{name[:80]}”"
        mend = "把那个样式的文件夹放在旁边，只写它的名称"
        raise ReportError(Finding("D004", Level.ERROR, place, what, name, mend=mend))
    return _folder_called(name, folder.parent, place)


def merged(base: Any, own: Any) -> Any:
    """Two trees as one: mappings merge by key, anything else is replaced by the own one.

    >>> merged({"甲": {"一": "1", "二": "2"}, "乙": ["1", "2"]}, {"甲": {"二": "3"}, "乙": ["4"]})
    {'甲': {'一': '1', '二': '3'}, '乙': ['4']}
    """
    if isinstance(base, dict) and isinstance(own, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in own.items()}}
    return base if own is None else own


def _forms(said: StyleForms | None) -> Forms:
    default = Forms()
    if said is None:
        return default
    kinds: dict[str, Any] = {}
    for kind in ("money", "rate", "score_rate", "points", "weight"):
        form: FigureForm | None = getattr(said, kind)
        kinds[kind] = form.form(getattr(default, kind)) if form else getattr(default, kind)
    return Forms(**kinds)
