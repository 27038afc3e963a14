"""The whole flow on one screen. Start reading here.

Verbs are stages, nouns are data, plurals are extension points:

    data file -> load -> Source -> derive -> Figures -> score -> Scores -> check -> findings
              -> context -> names -> render (template -> Plan) -> .docx -> package -> report, findings, manifest
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from .check import Checked, check
from .context import Context, OneYear, context
from .derive import derive
from .findings import Accepted, Finding, Level, Location, ReportError, errors, in_order
from .load import load
from .model import Source
from .package import package, package_all
from .score import measure_parameters, rule_parameters, score
from .scores import Figures, Scores
from .sources import Tree
from .style import Style, default_style, find_style

FINAL_CODES = ("M001", "S010")  # what a draft may leave open and a final report may not

FINISHED = "定稿"


@dataclass(frozen=True)
class Judged:
    """A data file, read and scored, with what was wrong on the way; the checks are another matter."""

    source: Source
    style: Style
    figures: Figures
    scores: Scores
    findings: tuple[Finding, ...]
    last: OneYear | None = None


@dataclass(frozen=True)
class Reviewed:
    """All that was found in a data file, what of it the data accepts, and which checks its style leaves out, why."""

    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    left_out: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """A rendered report, not yet written; `numbered` tells whether the contents has its page numbers, if any."""

    judged: Judged
    document: bytes
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    numbered: bool
    pdf: bytes | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)


def judge(data: Path | Tree, style: str | None = None) -> Judged:
    """Stages 1 to 3: read, derive, score; ReportError when the data or the style cannot be read.

    `data` is a data file, or its tree where it was read already.  `style` overrides the data's 报告.样式.
    """
    judged = _judged(data, style)
    last, wrong = _last_year(judged, Path(judged.source.file))
    return replace(judged, last=last, findings=(*judged.findings, *wrong))


def _judged(data: Path | Tree, style: str | None) -> Judged:
    source, findings = load(data, rule_parameters(), measure_parameters())
    name = style or source.evaluation.report.style
    place = None if style else source.where(("报告", "样式"))
    try:
        pack = find_style(name, Path(source.file).parent, place) if name else default_style()
    except ReportError as error:
        raise ReportError([*findings, *error.findings]) from None
    figures = derive(source.evaluation, pack.forms)
    scores, wrong = score(source, figures, pack.scale)
    return Judged(source, pack, figures, scores, (*findings, *wrong))


def _last_year(judged: Judged, data: Path) -> tuple[OneYear | None, list[Finding]]:
    """What 上年 names, read and scored in its own style, its figures in this year's forms; a 警告 where it cannot be.

    What is wrong in last year's file is told when that file is checked; here only that there is something.
    """
    said = judged.source.evaluation.last_year
    if said is None:
        return None, []
    place, folder = judged.source.where(("上年",)), data.resolve().parent
    path = (folder / said.replace("\\", "/")).resolve()
    try:
        if not path.is_relative_to(folder) or path == data.resolve():
            raise ReportError("上年的数据文件要放在本文件所在的文件夹里，并且不是本文件")
        before = _judged(path, None)
        if not (before.source.evaluation.funds or before.source.evaluation.survey or before.scores.nodes):
            raise ReportError("里面没有资金、问卷和指标体系，没有可比的数")
    except ReportError as error:
        what = f"上年的数据文件“{said}”没有读成，不印与上年度对比：{error.findings[0].what}"
        return None, [Finding("D007", Level.WARNING, place, what, said)]
    evaluation = before.source.evaluation
    years = [one.project.year if one.project else None for one in (evaluation, judged.source.evaluation)]
    if years[0] and years[1] and years[0] >= years[1]:
        what = f"上年的数据文件“{said}”的年度是{years[0]}年，不早于本项目的{years[1]}年，不印与上年度对比"
        return None, [Finding("D007", Level.WARNING, place, what, said)]
    told = []
    if wrong := errors(before.findings):
        what = f"上年的数据文件“{said}”有{len(wrong)}个错误，对比里上年的数可能不全"
        told = [Finding("D007", Level.HINT, place, what, said, mend=f"先用 jixiao check {said} 核对它")]
    return OneYear(evaluation, derive(evaluation, judged.style.forms), before.scores), told


def checked(judged: Judged, *, marked: bool = False, final: bool = False) -> Checked:
    """Stage 4: what the checks find, see `check`."""
    return check(judged.source, judged.figures, judged.scores, judged.style, marked=marked, final=final)


def make(
    judged: Judged, document: str | None = None, *, final: bool = False, pages: bool = True, pdf: bool = False
) -> Made:
    """Stages 4 to 6: checks, names, then a document of the style (the data's 报告.文档, or the first).

    `pages` fills the contents' page numbers where that is possible; `pdf` makes a PDF as well, or raises
    ReportError where LibreOffice is not there.
    """
    readied = _readied(judged, final)
    made = _made(readied, document or _document(judged), pages, pdf)
    if document is not None:  # a form that is asked for beside the report need not hold all of its texts
        return made
    return replace(made, findings=_findings(final, made.findings, readied.unprinted(made.document)))


def make_all(judged: Judged, *, final: bool = False, pages: bool = True, pdf: bool = False) -> dict[str, Made]:
    """Every document of the style, as `make` makes one, each with the findings of all.

    A text of the data that one of them prints is printed.
    """
    readied = _readied(judged, final)
    made = {name: _made(readied, name, pages, pdf) for name in judged.style.file.documents or {}}
    unprinted = [set(readied.unprinted(one.document)) for one in made.values()]
    together = dict.fromkeys(finding for one in made.values() for finding in one.findings)
    findings = _findings(final, together, set.intersection(*unprinted) if unprinted else ())
    return {name: replace(one, findings=findings) for name, one in made.items()}


@dataclass(frozen=True)
class _Readied:
    """What is the same for every document of a pack: the names, and what the checks found."""

    judged: Judged
    told: Context
    held: Checked
    final: bool

    def unprinted(self, document: bytes) -> list[Finding]:
        """The texts and lists of the data that the document does not print."""
        from .trace import trace

        return trace(document, self.told.paragraphs, self.told.lists)


def _readied(judged: Judged, final: bool) -> _Readied:
    if not judged.style.id:
        what = "没有写用哪个样式：请在数据文件里写“报告: {样式: …}”，或加 --style"
        raise ReportError(what, judged.source.where(("报告",)))
    told = context(judged.source, judged.style, judged.figures, judged.scores, judged.last)
    return _Readied(judged, told, checked(judged, marked=True, final=final), final)


def _made(readied: _Readied, document: str | None, pages: bool, pdf: bool) -> Made:
    from .pagination import page_numbers, to_pdf
    from .render import render
    from .template import compile_template

    judged, told = readied.judged, readied.told
    folder = Path(judged.source.file).parent
    template = judged.style.template(document)
    plan = compile_template(template)
    rendered = render(plan, told.names, where=told.where, folder=folder)
    listed = any(heading.bookmark for heading in rendered.headings)
    numbers = page_numbers(rendered.document, rendered.headings) if pages and listed else None
    if numbers:
        rendered = render(plan, told.names, pages=numbers, where=told.where, folder=folder)
    gaps = [_gap(name, judged.source.where(told.gaps.get(name, ("正文",)))) for name in rendered.missing]
    found = [*judged.findings, *readied.held.findings, *told.findings, *rendered.findings, *gaps]
    before_signing = (*_unfinished(judged.source), *_slips(template, template.read_bytes())) if readied.final else ()
    findings = _findings(readied.final, found, before_signing)
    paper = to_pdf(rendered.document) if pdf else None
    if pdf and paper is None:
        raise ReportError("没有找到 LibreOffice，不能生成 PDF：请安装 LibreOffice，或在 Word、WPS 中另存为 PDF")
    numbered = numbers is not None or not listed
    held = readied.held
    return Made(judged, rendered.document, findings, held.accepted, numbered, paper, held.left_out)


@lru_cache(maxsize=16)
def _slips(template: Path, content: bytes) -> tuple[Finding, ...]:
    """What lint finds wrong in a template with this content: it would stand in the report, or be lost from it."""
    from .lint import lint

    return tuple(errors(lint(template)))


def _findings(final: bool, *found: Iterable[Finding]) -> tuple[Finding, ...]:
    """All that was found, in order, at the levels of a final report where it is to be one."""
    findings = [finding for some in found for finding in some]
    return tuple(in_order(map(strict, findings) if final else findings))


def _document(judged: Judged) -> str | None:
    """The document that the data names; the first one where another style is asked for that does not have it."""
    report, style = judged.source.evaluation.report, judged.style
    own = Path((report.style or "").replace("\\", "/")).name  # a style may be named by the way to its folder
    elsewhere = own != style.id and report.document not in (style.file.documents or {})
    return None if elsewhere else report.document


def write(made: Made, out: Path, *, force: bool = False) -> list[Path]:
    """Stage 7: the files, written all or not at all; refuses to replace the data file or an edited report."""
    facts = _facts(made.judged, out)
    return package(
        out,
        made.document,
        made.findings,
        facts,
        accepted=made.accepted,
        left_out=made.left_out,
        pdf=made.pdf,
        force=force,
    )


def write_all(made: Mapping[str, Made], out: Path, *, force: bool = False) -> list[Path]:
    """Stage 7 for every document of a pack: `甲-文档.docx` where `out` is `甲.docx`, and the findings once."""
    first = next(iter(made.values()))
    return package_all(
        out,
        {name: (one.document, one.pdf) for name, one in made.items()},
        first.findings,
        _facts(first.judged, out),
        accepted=first.accepted,
        left_out=first.left_out,
        force=force,
    )


def _facts(judged: Judged, out: Path) -> dict[str, object]:
    """What a manifest says of where its files come from; refuses to write over the data file."""
    source = Path(judged.source.file)
    if out.resolve() == source.resolve():
        raise ReportError("输出文件就是数据文件，不能覆盖", Location(str(out)))
    return {
        "数据": source.name,
        "数据摘要": hashlib.sha256(source.read_bytes()).hexdigest(),
        "样式": judged.style.id,
    }


def refused(findings: Sequence[Finding]) -> list[Finding]:
    """What keeps a final report from being written."""
    return errors(findings)


def strict(finding: Finding) -> Finding:
    """The finding at the level it has for a final report."""
    return replace(finding, level=Level.ERROR) if finding.code in FINAL_CODES else finding


def _unfinished(source: Source) -> list[Finding]:
    """A 警告 where the data calls a report that is to be final a draft."""
    version = source.evaluation.report.version
    if version in (None, FINISHED):
        return []
    what = f"最终报告的封面和页眉会印“{version}”"
    return [
        Finding("M004", Level.WARNING, source.where(("报告", "版本")), what, version, mend=f"改为{FINISHED}，或删去")
    ]


def _gap(name: str, place: Location) -> Finding:
    return Finding("M001", Level.WARNING, place, f"待补充：{name}", quoted=f"【待补充：{name}】")


def review(data: Path, style: str | None = None, *, final: bool = False) -> Reviewed:
    """What is wrong in a data file: its values, its scoring, what the checks hold, its texts. Nothing is written.

    `final` finds what a final report would be refused for, which takes rendering it.
    """
    judged = judge(data, style)
    if final:
        made = make(judged, final=True, pages=False)
        return Reviewed(made.findings, made.accepted, made.left_out)
    told = context(judged.source, judged.style, judged.figures, judged.scores, judged.last)
    held = checked(judged)
    gaps = [_gap(name, judged.source.where(told.gaps[name])) for name in told.asked]
    return Reviewed(
        tuple(in_order([*judged.findings, *held.findings, *told.findings, *gaps])), held.accepted, held.left_out
    )
