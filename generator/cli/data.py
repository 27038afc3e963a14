"""The commands on data files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..findings import ReportError, errors
from .group import cli
from .options import FILE, data_argument, json_option, style_option
from .saying import ALL, OK, exit_code, found, place_of, refuse_to_replace, say, say_json, show, terminal_width


@cli.command()
@click.argument("style", metavar="样式")
@click.option("-o", "--output", metavar="项目.yaml", type=FILE, help="数据文件，.yaml 或 .xlsx；不写时为 项目.yaml。")
@click.option("--frame", metavar="框架", help="样式有几个指标框架时，用哪一个。")
@click.option(
    "--from", "last", metavar="上年文件", type=FILE, help="从上年的数据文件接着做：留下框架和文字，清空数字。"
)
@click.option("--force", is_flag=True, help="覆盖同名文件。")
def new(style: str, output: Path | None, frame: str | None, last: Path | None, force: bool) -> int:
    """新建一份带说明的数据文件，列出该样式要的每一节。"""
    from ..carry import carried_over
    from ..new import KINDS, new_files
    from ..package import write_all
    from ..schema import own_schema
    from ..style import find_style

    out = output or Path("项目.yaml")
    if out.suffix.lower() not in KINDS:
        raise ReportError("数据文件的文件名应以 .yaml 或 .xlsx 结尾", place_of(out))
    if last and frame:
        raise ReportError("--from 沿用上年的指标体系，不和 --frame 一起用", place_of(last))
    if last and last.exists() and out.exists() and out.samefile(last):
        raise ReportError("新文件就是上年的文件，不能覆盖。请用 -o 写另一个文件名", place_of(out))
    carried = carried_over(find_style(style), last, out) if last else None
    contents = carried.files if carried else new_files(find_style(style), out, frame)
    if out.exists() and not force:
        raise ReportError("文件已存在，没有覆盖。请换一个文件名（-o），或加上 --force", place_of(out))
    if not out.parent.is_dir():
        raise ReportError("没有这个文件夹，请先新建", place_of(out.parent))
    for path in contents:
        if path != out and path.exists() and not force and not own_schema(path):
            raise ReportError("文件已存在，不是本程序写的，没有覆盖。请换一个文件夹，或加上 --force", place_of(path))
    write_all(contents)
    beside = "、".join(path.name for path in contents if path != out)
    say(f"已新建 {out}" + (f"（编辑器用的 {beside} 在旁边）" if beside else ""))
    if carried and last:
        say(f"指标、计分方法和文字沿用 {last}；金额、数量、日期、完成值和评分已经清空。")
        say(f"{carried.marked} 处文字标了“沿用上年，待核”，用 jixiao check {out} 逐处核对。")
        if carried.amends:
            say(f"上年的 {carried.amends} 个问题列进了“整改”，请填整改情况。")
        if not carried.compared:
            say("上年的文件不在新文件的文件夹里，没有写“上年”；要印与上年度对比，把它复制过来，写上文件名。")
    say(f"填好后：jixiao render {out}")
    return OK


@cli.command("import")
@click.argument("document", metavar="自评表.docx", type=FILE)
@click.option("-o", "--output", metavar="项目.yaml", type=FILE, help="数据文件，.yaml 或 .xlsx；不写时与自评表同名。")
@click.option("--style", metavar="样式", help="按哪个样式的自评表；不写时由栏目认出。")
@click.option("--force", is_flag=True, help="覆盖同名文件。")
@json_option
def import_(document: Path, output: Path | None, style: str | None, force: bool, as_json: bool) -> int:
    """把填好的 Word 自评表读成数据文件，读不懂和对不上的逐格说明。"""
    from ..import_form import import_form
    from ..package import write_all

    out = output or document.with_suffix(".yaml")
    refuse_to_replace(out, force, (".yaml", ".xlsx", ".yml"))
    made = import_form(document, out, style)
    write_all({out: made.content})
    if as_json:
        say_json({"数据": str(out), "样式": made.style, "文档": made.document, **found(made.findings, ())})
        return exit_code(made.findings)
    show(made.findings, False, most=ALL)
    say(f"已写入 {out}（样式 {made.style}，文档 {made.document}）")
    say("得分照表里的填写，没有计算过程；要由程序计算的，在数据里改写测算、计分方法和参数。")
    return exit_code(made.findings)


@cli.command()
@data_argument
@style_option
@click.option("--final", is_flag=True, help="按正式稿的要求检查：列出 render --final 会拒绝的全部原因。")
@json_option
def check(data: Path, style: str | None, final: bool, as_json: bool) -> int:
    """检查数据文件，一次列出全部问题及其位置；‹ › 里是数据位置，核实无误的照它写进 已核实。"""
    from .. import pipeline

    reviewed = pipeline.review(data, style, final=final)
    if as_json:
        say_json(found(reviewed.findings, reviewed.accepted, reviewed.left_out))
        return exit_code(reviewed.findings)
    show(reviewed.findings, False, reviewed.accepted)
    for code, why in reviewed.left_out.items():
        say(f"  样式写明不查 {code}（原因：{why}）", error=True)
    if not reviewed.findings:
        say("没有发现问题。")
    elif final:
        stops = len(errors(reviewed.findings))
        say(f"正式稿会被拒绝：先处理上面 {stops} 个错误。" if stops else "可以生成正式稿：jixiao render --final")
    return exit_code(reviewed.findings)


@cli.command()
@click.argument("code", metavar="代码", required=False)
def explain(code: str | None) -> int:
    """说明一个代码（如 K101）、计分方法、测算方法或过滤器；不写代码时列出全部核查。"""
    from ..explain import explained, listed_codes

    for line in explained(code) if code else listed_codes():
        say(line)
    return OK


@cli.command()
@data_argument
@click.option("-o", "--output", metavar="评分表.xlsx", type=FILE, help="把评分表写成工作簿，合计和得分率是公式。")
@style_option
@click.option("--force", is_flag=True, help="覆盖同名文件。")
@json_option
def score(data: Path, output: Path | None, style: str | None, force: bool, as_json: bool) -> int:
    """列出各级得分和每个得分的计算过程。"""
    from .. import pipeline, scoretable
    from ..sums import summed

    if output:
        refuse_to_replace(output, force, (".xlsx",))
    judged = pipeline.judge(data, style)
    sources = summed(judged.source, judged.style.forms)
    if output:
        from ..package import write_all
        from ..scorebook import as_workbook

        title = judged.source.evaluation.report.title or data.stem
        write_all({output: as_workbook(judged.scores, f"{title}评分表")})
    if as_json:
        say_json(scoretable.as_json(judged.scores, sources))
        return exit_code(judged.findings)
    show(judged.findings, False)
    for line in scoretable.as_text(judged.scores, columns_wide=terminal_width()):
        say(line)
    for line in scoretable.sources_text(sources, terminal_width()):
        say(line)
    if output:
        say(f"已写入 {output}")
    return exit_code(judged.findings)


@cli.command()
@data_argument
@click.argument("output", metavar="新文件", type=FILE)
@click.option("--force", is_flag=True, help="覆盖同名文件。")
@json_option
def convert(data: Path, output: Path, force: bool, as_json: bool) -> int:
    """把数据文件转换成工作簿（.xlsx），或把工作簿转换成 .yaml，内容不变。"""
    from ..convert import convert as converted
    from ..package import write_all

    refuse_to_replace(output, force, (".xlsx", ".yaml", ".yml"))
    made = converted(data, output)
    write_all({output: made.content})
    if as_json:
        say_json({"数据": str(output), **found(made.findings, ())})
        return exit_code(made.findings)
    show(made.findings, False, most=ALL)
    say(f"已写入 {output}")
    if made.comments:
        say("原文件里 # 后面的注释没有带过去：工作簿里没有放注释的地方。")
    return exit_code(made.findings)


@cli.command()
@click.option("-o", "--output", metavar="文件", type=FILE, help="写入文件；不写时印在屏幕上。")
def schema(output: Path | None) -> int:
    """输出数据文件的 JSON Schema，供编辑器提示和检查。"""
    from ..package import write_all
    from ..schema import schema_text

    text = schema_text()
    if output is None:
        sys.stdout.write(text)
        return OK
    write_all({output: text.encode("utf-8")})
    say(f"已写入 {output}")
    return OK
