"""One project from data to bytes: what can be done in any process, and needs nothing but files."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from .. import inputs, pipeline
from ..findings import Accepted, Finding, Level, Location, ReportError, errors
from ..sources import Tree, read_tree
from ..sources.excel.projects import tree_of_row
from ..values import plain
from .sources import Job

DONE, FAILED, KEPT = "完成", "失败", "未变"


@dataclass(frozen=True)
class Options:
    """What all projects of a batch are made with."""

    style: str | None = None
    document: str | None = None
    final: bool = False
    pages: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a project: all that the summary tells of it, and nothing large.

    `points`, `full` and `rate` are written numbers, the rate in percent.
    """

    name: str
    status: str
    data: str
    report: str | None = None
    project: str | None = None
    department: str | None = None
    body: str | None = None
    style: str | None = None
    points: str | None = None
    full: str | None = None
    rate: str | None = None
    grade: str | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    why: str | None = None
    place: str | None = None
    grades: tuple[str, ...] = ()
    unreadable: bool = False

    def number(self, name: str) -> Decimal | None:
        """One of the written numbers."""
        said = getattr(self, name)
        return None if said is None else Decimal(said)


@dataclass(frozen=True)
class Result:
    """What working one project gave: its report, if there is one, and which files were read for it."""

    job: Job
    outcome: Outcome
    inputs: Mapping[str, str]
    document: bytes | None = None
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    bug: str | None = None


def work(job: Job, options: Options) -> Result:
    """Read, judge and render one project; whatever is wrong with it is in the result, also a bug of ours."""
    with inputs.watched() as read:
        try:
            return _worked(job, options, read)
        except ReportError as error:
            return _failed(job, read, tuple(error.findings), unreadable=True)
        except Exception:
            what = "程序自己出错了，不是数据的问题"
            told = Finding("E070", Level.ERROR, job.where, what)
            return replace(_failed(job, read, (told,)), bug=traceback.format_exc())


def _worked(job: Job, options: Options, read: dict[str, str]) -> Result:
    judged = pipeline.judge(_data(job), options.style)
    made = pipeline.make(judged, options.document, final=options.final, pages=options.pages)
    outcome = _outcome(job, made)
    if options.final and (wrong := pipeline.refused(made.findings)):
        why = f"正式稿没有生成：有 {len(wrong)} 个错误，第一个是“{wrong[0].what}”"
        refused = replace(outcome, status=FAILED, why=why, place=str(wrong[0].where))
        return Result(job, refused, dict(read), findings=made.findings)
    facts = {"数据": job.data.name, "数据摘要": _digest(job, read), "样式": judged.style.id}
    return Result(job, outcome, dict(read), made.document, made.findings, made.accepted, made.left_out, facts)


def _data(job: Job) -> Path | Tree:
    if job.row is None:
        return job.data
    common = _common(job.common) if job.common else None
    return tree_of_row(str(job.data), job.sheet, job.row, common)


def _common(path: Path) -> Tree:
    """The data that all rows have in common, read once a process and content."""
    content = path.read_bytes() if path.is_file() else b""
    inputs.note(path, content)
    return _tree(path, inputs.digest(content))


@lru_cache(maxsize=2)
def _tree(path: Path, _content: str) -> Tree:
    return read_tree(path)


def _digest(job: Job, read: Mapping[str, str]) -> str:
    """The digest of the data: the file's, or that of the row and what it has in common with others."""
    if job.row is None:
        return read.get(str(job.data.absolute()), "")
    said = [row_content(job), read.get(str(job.common.absolute())) if job.common else None]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()


def row_content(job: Job) -> list[list[str]]:
    """What a project's row says, with its cells: a report tells the places of what is wrong."""
    return [[column.name, column.unit, cell.name, cell.text] for column, cell in job.row.cells] if job.row else []


def _outcome(job: Job, made: pipeline.Made) -> Outcome:
    judged = made.judged
    project, scores = judged.source.evaluation.project, judged.scores
    rate = scores.rate(scores.total, scores.full)
    department, body = (project.department, project.body) if project else (None, None)
    return Outcome(
        job.name,
        DONE,
        str(job.where),
        project=project.name if project else None,
        department=department.name if department else None,
        body=body.name if body else None,
        style=judged.style.id,
        points=None if scores.total is None else plain(scores.total),
        full=None if scores.full is None else plain(scores.full),
        rate=None if rate is None else plain(rate.percent),
        grade=scores.grade,
        levels=_levels(made.findings),
        grades=tuple(band.name for band in judged.style.file.grades),
    )


def _failed(job: Job, read: Mapping[str, str], findings: tuple[Finding, ...], unreadable: bool = False) -> Result:
    first = next(iter(errors(findings)), findings[0])
    place = str(first.where) or str(job.where)
    more = f"（还有 {len(findings) - 1} 个）" if len(findings) > 1 else ""
    outcome = Outcome(
        job.name,
        FAILED,
        str(job.where),
        project=job.row.project if job.row else None,
        levels=_levels(findings),
        why=first.what + more,
        place=place,
        unreadable=unreadable,
    )
    return Result(job, outcome, dict(read), findings=findings)


def failed(result: Result, error: ReportError) -> Outcome:
    """The outcome of a project whose files could not be written."""
    first = error.findings[0]
    place = str(first.where or Location())
    return replace(result.outcome, status=FAILED, report=None, why=first.what, place=place)


def _levels(findings: tuple[Finding, ...]) -> dict[str, int]:
    return {str(level): sum(one.level is level for one in findings) for level in Level}
