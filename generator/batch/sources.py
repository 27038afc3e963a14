"""What is to be done: files, folders, globs and workbooks with a row a project become jobs, each with a name.

All that stands in the way is told before any work starts: what cannot be found, two projects of one name.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..filenames import unfit
from ..findings import Finding, Level, Location, ReportError, reason
from ..names import values
from ..sources import read_tree, yaml
from ..sources.excel import ENDINGS as WORKBOOKS
from ..sources.excel.projects import Book, Row, book_of_projects, misnamed

OWN_FOLDERS = ("__pycache__",)
STYLE_FILE = "style.yaml"
SUMMARIES = ("汇总报告.docx", "汇总.xlsx", "汇总.json")  # what a batch writes beside the reports


@dataclass(frozen=True)
class Job:
    """One project: its data file, the name of its files, and its row where it is one of a workbook."""

    data: Path
    name: str
    sheet: str = ""
    row: Row | None = None
    common: Path | None = None

    @property
    def where(self) -> Location:
        """The project's place, as it is told."""
        return self.row.where if self.row else Location(str(self.data))


def jobs(given: Sequence[str], common: Path | None = None) -> list[Job]:
    """The projects that the command's arguments mean, in their order; ReportError with all that is wrong with them."""
    findings: list[Finding] = []
    found: list[Job] = []
    seen: set[Path] = set()
    for argument in given:
        try:
            for path in _files(argument):
                if (own := path.resolve()) not in seen and own != (common and common.resolve()):
                    seen.add(own)
                    found += _jobs(path, common)
        except ReportError as error:
            findings += error.findings
    findings += _unfit(found)
    findings += _same_names(found)
    if not findings and not found:
        findings.append(_told("没有可做的数据文件", Location()))
    if findings:
        raise ReportError(findings)
    if common and not any(job.row for job in found):
        raise ReportError("--common 只用于一行一个项目的工作簿，这里没有这样的工作簿", Location(str(common)))
    return found


def _files(argument: str) -> Iterator[Path]:
    """The data files that one argument means: itself, those of a folder and the folders in it, those of a pattern."""
    path = Path(argument)
    if path.is_dir():
        inside = sorted(one for one in path.rglob("*") if _is_data(one, path))
        if not inside:
            raise ReportError("文件夹里没有数据文件（.yaml、.yml、.xlsx）", Location(argument))
        yield from _data_files(inside)
    elif path.exists() or not glob.has_magic(argument):
        if not path.exists():
            raise ReportError("找不到这个文件", Location(argument))
        yield path
    else:
        # A shell on Windows leaves patterns to the program; Path.glob takes no absolute ones.
        matched = sorted(map(Path, glob.glob(argument, recursive=True)))  # noqa: PTH207
        if not matched:
            raise ReportError("没有符合的文件", Location(argument))
        yield from (one for one in matched if _is_data(one, one.parent))


def _is_data(path: Path, below: Path) -> bool:
    parts = path.relative_to(below).parts
    hidden = any(part.startswith((".", "~$")) or part in OWN_FOLDERS for part in parts)
    return (
        not hidden
        and path.suffix.lower() in (*yaml.ENDINGS, *WORKBOOKS)
        and path.is_file()
        and path.name not in (STYLE_FILE, *SUMMARIES)
        and not (path.parent / STYLE_FILE).is_file()
    )


def _data_files(inside: Sequence[Path]) -> Iterator[Path]:
    """Those of a folder's files that are projects: a workbook that another data file names is a part of that one."""
    books = [path for path in inside if path.suffix.lower() in WORKBOOKS]
    named: set[Path] = set()
    for text in (path for path in inside if books and path.suffix.lower() in yaml.ENDINGS):
        written = _content(text)
        below = [book for book in books if text.parent in book.parents and book.name in written]
        named |= {book.resolve() for book in below} & _files_named(text) if below else set()
    yield from (path for path in inside if path.resolve() not in named)


def _files_named(data: Path) -> set[Path]:
    """The files that a data file's values could name; none where it cannot be read, which is told later."""
    try:
        said = [value for _, value in values(read_tree(data).data) if isinstance(value, str)]
    except ReportError:
        return set()
    written = (one.replace("\\", "/") for one in said if one.lower().endswith(WORKBOOKS))
    return {(data.parent / one).resolve() for one in written}


def _content(text: Path) -> str:
    try:
        return text.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _jobs(path: Path, common: Path | None) -> Iterator[Job]:
    book = _book(path) if path.suffix.lower() in WORKBOOKS else None
    if book is None:
        yield Job(path, path.stem)
        return
    if wrong := misnamed(book, read_tree(common) if common else None):
        raise ReportError(wrong)
    for row in book.rows:
        yield Job(path, row.name or row.project or f"第{row.number}行", book.sheet, row, common)


def _book(path: Path) -> Book | None:
    try:
        return book_of_projects(path.read_bytes(), str(path))
    except OSError as error:
        raise ReportError(f"读不了这个文件（{reason(error)}）", Location(str(path))) from None
    except ReportError:
        return None  # what is no workbook is told where it is read


def _unfit(found: Sequence[Job]) -> Iterator[Finding]:
    for job in found:
        if job.row and (why := unfit(job.name)):
            yield _told(f"报告的文件名不能用：{why}", job.where, "加一列“文件名”，写报告的文件名")


def _same_names(found: Sequence[Job]) -> Iterator[Finding]:
    first: dict[str, Job] = {}
    for job in found:
        if f"{job.name}.docx" in SUMMARIES:
            yield _told(f"“{job.name}.docx”是汇总的文件名", job.where, "请换一个文件名")
    for job in found:
        other = first.setdefault(job.name.casefold(), job)
        if other is not job:
            mend = "加一列“文件名”，写不同的名称" if job.row else "请改其中一个的文件名"
            yield _told(f"和 {other.where} 做出的报告同名：{job.name}.docx", job.where, mend)


def _told(what: str, where: Location, mend: str | None = None) -> Finding:
    return Finding("E000", Level.ERROR, where, what, mend=mend)
