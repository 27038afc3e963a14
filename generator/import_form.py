"""A filled 自评表 in Word becomes a data file, of the style whose form it is; what is wrong is told cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .document import project
from .findings import Finding, Location, ReportError, reason
from .load import understood
from .new import filling_in
from .score import measure_parameters, rule_parameters
from .sources import LARGEST_FILE, excel, form, yamltext
from .sources.form.labels import plain_label
from .style import Style, find_style, readable_styles


@dataclass(frozen=True)
class Imported:
    """The data file's content, its style and document, and what was found in the form."""

    content: bytes
    style: str
    document: str
    findings: tuple[Finding, ...]


def import_form(path: Path, out: Path, style: str | None = None) -> Imported:
    """The data of a form; `out` says whether YAML or a workbook. ReportError when there is no form in the file."""
    tree, printed = form.read(_content(path), str(path))
    pack, document = _style(printed.heads, style)
    report = tree.data.setdefault("报告", {})
    first = next(iter(pack.file.documents or {}), document)
    tree.data["报告"] = {"样式": pack.id, **({"文档": document} if document != first else {}), **report}
    name = (pack.file.wording or {}).get("执行率指标")
    for node in tree.data.get("指标体系") or []:
        if name and node["名称"] == form.EXECUTION:
            node["名称"] = name
    said = excel.canonical(tree.data)
    _, findings = understood(tree, rule_parameters(), measure_parameters())
    if out.suffix.lower() in excel.ENDINGS:
        content = excel.write(said, filling_in())
    else:
        content = yamltext.written(said, sections=True).encode("utf-8")
    return Imported(content, pack.id, document, tuple(findings))


def _content(path: Path) -> bytes:
    place = Location(str(path))
    if path.suffix.lower() not in form.ENDINGS:
        raise ReportError("自评表应是 .docx 文件；旧格式 .doc 请在 Word 或 WPS 里另存为 .docx", place)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ReportError("文件太大，不像一份自评表", place)
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError("找不到这个文件", place) from None
    except OSError as error:
        raise ReportError(f"读不了这个文件（{reason(error)}）", place) from None


def _style(heads: set[str], wanted: str | None) -> tuple[Style, str]:
    """The style and its document whose template has most of the form's labels, and few that it has not."""
    styles = [find_style(wanted)] if wanted else readable_styles()
    found = [(*_likeness(heads, pack, name), pack, name) for pack in styles for name in pack.file.documents or {}]
    best = max(found, key=lambda one: one[:3])
    return best[3], best[4]


def _likeness(heads: set[str], style: Style, document: str) -> tuple[float, bool, int]:
    """How much of its labels a template shares with a form, whether it is the style's own, how little else it has."""
    template = style.template(document)
    printed = project(template)
    own = {
        plain_label(cell.text)
        for table in printed.tables
        for row in table.rows
        for cell in row
        if cell.text and "{" not in cell.text
    }
    share = len(heads & own) / len(heads | own) if own else 0.0
    return share, template.parent == style.folder, -len(printed.paragraphs)
