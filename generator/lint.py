"""A template looked at without data: everything that is wrong in it, all at once, each with its place in the Word file.

What the compiler finds and what `generator.lints` finds come together; where both mean the same tag, the one that says
better how to mend it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .findings import Finding, Level, Location, ReportError
from .lints import Case, lints
from .records import closest
from .shape import Shape
from .style import DOCUMENTS, STYLE_FILE, Style, read_style
from .template import compile_template
from .template.draft import Draft, read_draft

__all__ = ["Linted", "lint", "lint_pack"]

NO_FILE, UNUSED = "T160", "T159"


def lint(path: Path, root: Shape | None = None) -> tuple[Finding, ...]:
    """All that is wrong in a template, in the order of the document; ReportError when it cannot be opened.

    `root` are the names that the template may write; without them names are not looked up.
    """
    draft = read_draft(path)
    case = Case(draft, root)
    found: list[Finding] = []
    better: set[tuple[str, Location, str | None]] = set()
    for one in lints():
        told = list(one.check(case))
        found += told
        better |= {(code, finding.where, finding.quoted) for code in getattr(one, "INSTEAD", ()) for finding in told}
    compiled = [one for one in _compiled(path) if (one.code, one.where, one.quoted) not in better]
    order = _order(draft)
    whole = dict.fromkeys((*compiled, *found))
    return tuple(sorted(whole, key=lambda one: order.get(one.where, len(order))))


def _compiled(path: Path) -> tuple[Finding, ...]:
    try:
        compile_template(path)
    except ReportError as error:
        return tuple(error.findings)
    return ()


def _order(draft: Draft) -> dict[Location, int]:
    """The order of the places in the document."""
    places = [where for part in draft.parts for where in (part.where, *part.places.values())]
    return {where: index for index, where in reversed(list(enumerate(places)))}


@dataclass(frozen=True)
class Linted:
    """What was found in a pack, its templates by document, and whether names were looked up."""

    findings: tuple[Finding, ...]
    templates: Mapping[str, Path] = field(default_factory=dict)
    looked_up: bool = False


def lint_pack(folder: Path, names: Callable[[Style], Shape] | None = None) -> Linted:
    """All that is wrong in a pack: in style.yaml and in every document that it names.

    `names` gives what the templates of a style may write.  Of a pack whose style.yaml cannot be read the templates in
    the folder are looked at without it.
    """
    try:
        style = read_style(folder)
    except ReportError as error:
        templates = {path.stem: path for path in _word_files(folder)}
        return Linted((*error.findings, *_each(templates, None)), templates)
    root = names(style) if names else None
    missing, templates = _documents(style)
    return Linted((*missing, *_each(templates, root), *_unused(style, templates)), templates, root is not None)


def _each(templates: Mapping[str, Path], root: Shape | None) -> list[Finding]:
    found: list[Finding] = []
    for path in templates.values():
        try:
            found += lint(path, root)
        except ReportError as error:
            found += error.findings
    return found


def _documents(style: Style) -> tuple[list[Finding], dict[str, Path]]:
    """The documents that a style names and whose files are there; a finding for each whose file is not."""
    missing, templates = [], {}
    for name, file in (style.file.documents or {}).items():
        try:
            templates[name] = style.template(name)
        except ReportError:
            near = closest(file, [path.name for path in _word_files(style.folder)])
            mend = f"是不是“{near}”？" if near else "把模板文件放进样式文件夹，或改正“文档”里的文件名"
            what = f"文档“{name}”的模板文件“{file}”不在样式文件夹里"
            missing.append(Finding(NO_FILE, Level.ERROR, style.where((DOCUMENTS, name)), what, file, mend=mend))
    return missing, templates


def _unused(style: Style, templates: Mapping[str, Path]) -> list[Finding]:
    """A hint for each Word file of a pack that no document names."""
    named = {path.name for path in templates.values()}
    return [
        Finding(
            UNUSED,
            Level.HINT,
            Location(str(path)),
            f"没有写进 {STYLE_FILE} 的“文档”，不会用到",
            mend=f"要用的，在“文档”里写 {path.stem}: {path.name}",
        )
        for path in _word_files(style.folder)
        if path.name not in named
    ]


def _word_files(folder: Path) -> list[Path]:
    """The Word files of a folder, without those that Word keeps beside an open one and links to elsewhere."""
    home = folder.resolve()
    found = (path for path in folder.glob("*.docx") if path.is_file() and path.resolve().parent == home)
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))
