"""A template looked at without data: everything that is wrong in it, all at once, each with its place in the Word file.

First come the checks that say how a tag must be typed (`RETYPES`); the others, and the compiler, look at the template
typed so.  Then a slip of the pen is told once, and not again as what follows from it: that a block lacks its end, that
a name is unknown.  Where the compiler and a check mean the same tag, the check is told: it says how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

from .findings import Finding, Level, Location, ReportError
from .lints import Case, lints
from .records import closest
from .shape import Shape
from .style import DOCUMENTS, STYLE_FILE, Style, read_style
from .template import refusals
from .template.archive import template_content
from .template.draft import RETYPE, Draft, Retyped, read_draft, retyped
from .template.source import parses
from .template.tags import TAG

__all__ = ["Linted", "lint", "lint_pack"]

NO_FILE, UNUSED, UNPRINTED = "T160", "T159", "T167"
_TEXT = re.compile(r"['\"‘’“”]([^'\"‘’“”]+)['\"‘’“”]")


def lint(path: Path, root: Shape | None = None) -> tuple[Finding, ...]:
    """All that is wrong in a template, in the order of the document; ReportError when it cannot be opened.

    `root` are the names that the template may write; without them names are not looked up.
    """
    content, file = template_content(path), str(path)
    draft = read_draft(content, file)
    content, slips = _typed_right(content, draft, root)
    case = Case(read_draft(content, file), root)
    found: list[Finding] = []
    better: set[tuple[str, Location, str | None]] = set()
    for one in lints():
        told = [slip for slip in slips if slip.code == one.CODE] if _retypes(one) else list(one.check(case))
        found += told if not _retypes(one) else ()
        better |= {(code, finding.where, finding.quoted) for code in getattr(one, "INSTEAD", ()) for finding in told}
        better |= set(one.covers(case)) if hasattr(one, "covers") else set()
    compiled = [one for one in refusals(content, file) if (one.code, one.where, one.quoted) not in better]
    as_typed = {(slip.where, _meant(slip)): slip.quoted for slip in slips}
    order, texts = _order(draft), {where: text for part in draft.parts for _, text, where in part.paragraphs()}
    whole = [replace(one, quoted=as_typed.get((one.where, one.quoted), one.quoted)) for one in (*compiled, *found)]

    def spot(one: Finding) -> tuple[int, int]:
        return order.get(one.where, len(order)), texts.get(one.where, "").find(one.quoted or "")

    return tuple(sorted(dict.fromkeys((*slips, *whole)), key=spot))


def _typed_right(content: bytes, draft: Draft, root: Shape | None) -> tuple[bytes, list[Finding]]:
    """The template with its tags typed as they must be, and what was typed wrongly.

    A tag with two slips is told once, with the way it is written without both.
    """
    slips: dict[tuple[Location, str | None], Finding] = {}
    for one in filter(_retypes, lints()):
        changes = []
        for finding in one.check(Case(draft, root)):
            finding, meant = _pasted(finding)
            before = next((key for key, slip in slips.items() if _is_of(finding, slip)), None)
            if before is None:
                slips[finding.where, finding.quoted] = finding
            elif meant:
                whole = str(_meant(slips[before])).replace(str(finding.quoted), meant)
                slips[before] = replace(slips[before], mend=f"{RETYPE}{whole}")
            if meant and finding.quoted:
                changes.append(Retyped(finding.where, finding.quoted, meant))
        if changes:
            content = retyped(draft, tuple(dict.fromkeys(changes)))
            draft = read_draft(content, draft.file)
    return content, list(slips.values())


def _pasted(finding: Finding) -> tuple[Finding, str | None]:
    """A finding with the tag as it should be; without it where that could not be pasted either."""
    meant = _meant(finding)
    whole = TAG.fullmatch(meant) if meant else None
    if whole is None or whole[0][1] != "{" or parses("{", whole[0][2:-2].strip()):
        return finding, meant
    return replace(finding, mend="标记里只写名称和过滤器，如 {{ 资金.预算|万元 }}；计算写在数据里，用算好的名称"), None


def _retypes(check: ModuleType) -> bool:
    return getattr(check, "RETYPES", False)


def _meant(finding: Finding) -> str | None:
    """The tag as a finding says that it should be written."""
    mend = finding.mend or ""
    return mend.removeprefix(RETYPE) if mend.startswith(RETYPE) else None


def _is_of(finding: Finding, slip: Finding) -> bool:
    """Whether a finding is about a tag in which a slip was told already."""
    quoted, meant = finding.quoted or "", _meant(slip) or ""
    inside = quoted in meant and "{" + quoted not in meant  # { 甲 } is another one beside {{ 甲 }}
    return finding.where == slip.where and bool(quoted) and inside


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
    found = (*missing, *_each(templates, root), *_unused(style, templates), *_unprinted(style, templates))
    return Linted(found, templates, root is not None)


def _unprinted(style: Style, templates: Mapping[str, Path]) -> Iterator[Finding]:
    """A finding for each attachment of the style whose 内容 no template asks for: it would be left empty."""
    asked: set[str] = set()
    for path in templates.values():
        try:
            draft = read_draft(path.read_bytes(), str(path))
        except ReportError:  # told already
            return
        asked |= {text for part in draft.parts for tag in part.tags for text in _TEXT.findall(tag.written)}
    for index, one in enumerate(style.file.attachments):
        if one.content and one.content not in asked:
            near = closest(one.content, sorted(asked))
            mend = f"是不是“{near}”？" if near else "改为模板里问到的一种，或在模板里加上印它的地方"
            what = f"附件“{one.name}”的内容“{one.content}”，模板里没有印它的地方，会印成（另附）"
            place = style.where(("附件", index, "内容"))
            yield Finding(UNPRINTED, Level.ERROR, place, what, one.content, mend=mend)


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
