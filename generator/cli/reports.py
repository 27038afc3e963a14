"""The commands that make reports."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import ReportError, errors, reason
from .group import cli
from .options import FILE, data_argument, json_option, style_option
from .saying import OK, WITH_ERRORS, exit_code, found, place_of, say, say_json, show, summary, terminal_width


@cli.command()
@data_argument
@click.option("-o", "--output", metavar="报告.docx", type=FILE, help="报告文件，或放它的文件夹；不写时与数据同名。")
@style_option
@click.option("--document", metavar="文档", help="样式里有几个文档时，做哪一个；优先于数据里的“报告.文档”。")
@click.option("--all", "every", is_flag=True, help="样式里的文档全部做出，写成“数据-文档.docx”，核查结果只写一份。")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（要装有 LibreOffice）。")
@click.option("--final", is_flag=True, help="正式稿：有错误、有待补充或待评时不生成。")
@click.option("--force", is_flag=True, help="覆盖已被改动过的同名文件。")
@click.option("--no-pages", is_flag=True, help="不用 LibreOffice 填目录页码，由 Word 按 F9 更新。")
@json_option
def render(
    data: Path,
    output: Path | None,
    style: str | None,
    document: str | None,
    every: bool,
    pdf: bool,
    final: bool,
    force: bool,
    no_pages: bool,
    as_json: bool,
) -> int:
    """由数据文件生成 Word 报告，核查结果写在报告旁边。"""
    from .. import pipeline
    from ..package import one_of

    if every and document:
        raise ReportError("--all 做出全部文档，不和 --document 一起用")
    judged = pipeline.judge(data, style)
    if every:
        made = pipeline.make_all(judged, final=final, pages=not no_pages, pdf=pdf)
    else:
        made = {"": pipeline.make(judged, document, final=final, pages=not no_pages, pdf=pdf)}
    one = next(iter(made.values()))
    own = data.stem + (f"-{document}" if document else "") + ".docx"
    out = output / own if output and output.is_dir() else output or data.with_name(own)
    if final and pipeline.refused(one.findings):
        show(one.findings, as_json, one.accepted)
        if not as_json:
            say(f"正式稿没有生成：先处理上面 {len(errors(one.findings))} 个错误。", error=True)
        return WITH_ERRORS
    files = pipeline.write_all(made, out, force=force) if every else pipeline.write(one, out, force=force)
    reports = {name: one_of(out, name) for name in made} if every else {"": out}
    if as_json:
        listed = {"文档": {name: str(file) for name, file in reports.items()}} if every else {"报告": str(out)}
        written = {**listed, "文件": [str(file) for file in files]}
        say_json({**written, **found(one.findings, one.accepted, one.left_out)})
        return exit_code(one.findings)
    show(one.findings, False, one.accepted)
    for file in reports.values():
        say(f"已生成 {file}")
    say("一同写成：" + "、".join(file.name for file in files if file not in reports.values()))
    if not all(each.numbered for each in made.values()) and not no_pages:
        say("目录的页码没有填（没有找到 LibreOffice）：在 Word 中点一下目录，按 F9 更新。")
    return exit_code(one.findings)


@cli.command()
@click.option("-o", "--output", metavar="文件夹", type=FILE, default=Path("out"), help="默认 out。")
def demo(output: Path) -> int:
    """把所有样例生成到 out/，印出得分表和写成的文件。"""
    from .. import pipeline, scoretable
    from ..style import resource_folder

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"建不了文件夹（{reason(error)}）", place_of(output)) from None
    for sample in sorted(resource_folder("samples").glob("*.yaml")):
        judged = pipeline.judge(sample)
        say(f"样例 {sample.stem}（样式 {judged.style.id}：{judged.style.file.name}）")
        for line in scoretable.as_text(judged.scores, derivations=False, columns_wide=terminal_width()):
            say(line)
        made = pipeline.make(judged)
        for file in pipeline.write(made, output / f"{sample.stem}.docx", force=True):
            say(f"  写成 {file}")
        say(summary(made.findings))
        if not made.numbered:
            say("  目录的页码没有填（没有找到 LibreOffice）：在 Word 中点一下目录，按 F9 更新。")
        say("")
    return OK
