"""The command that reads a finished report as a careful reviewer would: `jixiao audit`."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import ReportError
from .group import cli
from .options import FILE, json_option
from .saying import ALL, exit_code, listed, place_of, refuse_to_replace, say, say_json, show


@cli.command()
@click.argument("report", metavar="报告.docx", type=FILE)
@click.option("--data", metavar="数据文件", type=FILE, help="报告由这份数据生成：每个数还要和数据一样。")
@click.option("--style", metavar="样式", help="数据按哪个样式；不写时按数据文件里写的。")
@click.option("--document", metavar="文档", help="样式里的哪个文档；不写时按数据文件里写的。")
@click.option("--annotate", metavar="批注.docx", type=FILE, help="另写一份，在有问题的地方加上 Word 批注；原件不动。")
@click.option("--force", is_flag=True, help="覆盖同名的批注文件。")
@json_option
def audit(
    report: Path,
    data: Path | None,
    style: str | None,
    document: str | None,
    annotate: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """核查写成的报告（.docx 或 .txt，不用数据）：算式、合计、前后不一、编号、残留和文字。"""
    from ..audit import audit as audited
    from ..finished import read_report

    if not data and (style or document):
        raise ReportError(f"{'--style' if style else '--document'} 说的是数据的样式和文档，要和 --data 一起用")
    if annotate:
        if report.suffix.lower() != ".docx":
            raise ReportError("只有 .docx 能加批注", place_of(report))
        if annotate.exists() and report.exists() and annotate.samefile(report):
            raise ReportError("批注要另写一个文件，不能写在原件上", place_of(annotate))
        refuse_to_replace(annotate, force, (".docx",))
    expected = None
    if data:
        from .. import pipeline
        from ..finished import report_of_docx

        expected = report_of_docx(pipeline.make(pipeline.judge(data, style), document, pages=False).document)
    finished = read_report(report)
    if not finished.passages:
        raise ReportError("报告里没有文字，没有可核查的：是不是扫描的图片，或拿错了文件？", place_of(report))
    findings = audited(finished, expected)
    if annotate:
        from ..annotate import annotated, note_of
        from ..package import write_all

        write_all({annotate: annotated(report.read_bytes(), [note_of(one) for one in findings])})
    if as_json:
        say_json({"发现": listed(findings), **({"批注": str(annotate)} if annotate else {})})
        return exit_code(findings)
    show(findings, False, most=ALL)
    if annotate:
        say(f"已写入 {annotate}" + ("：在 Word 里打开，问题写在批注里。" if findings else "，没有批注。"))
    if not findings:
        say("没有发现问题。")
    return exit_code(findings)
