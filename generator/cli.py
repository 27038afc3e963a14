"""The command line: words in, words out. The only module that prints or sets an exit code.

0 done; 1 done, with findings of level 错误 (or a final report refused); 2 cannot run; 70 a bug of ours.
"""

from __future__ import annotations

import json
import shutil
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from . import __version__
from .findings import Accepted, Finding, Level, ReportError, errors, reason, told

MOST_HINTS = 5
OK, WITH_ERRORS, CANNOT_RUN, BUG = 0, 1, 2, 70
GROUPS = {
    "数据": ("new", "import", "check", "explain", "score", "convert", "schema"),
    "报告": ("render", "demo"),
    "模板": ("styles",),
    "批量": (),
}
HEADINGS = {"Options": "选项", "Commands": "命令"}
FILE = click.Path(path_type=Path)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Grouped(click.Group):
    """A command group whose help lists the commands by subject, in Chinese."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in GROUPS.items():
            rows = [(name, self.commands[name].get_short_help_str(80)) for name in names if name in self.commands]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class ChineseFormatter(click.HelpFormatter):
    """Click's help with its own words in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        chinese = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
        super().write_usage(prog, chinese, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        words = {"Show this message and exit.": "显示帮助。", "Show the version and exit.": "显示版本。"}
        super().write_dl([(left, words.get(right, right)) for left, right in rows], col_max, col_spacing)


class ChineseContext(click.Context):
    formatter_class = ChineseFormatter


Grouped.context_class = ChineseContext
click.Command.context_class = ChineseContext

data_argument = click.argument("data", metavar="数据文件", type=FILE)
style_option = click.option("--style", metavar="样式", help="样式名称或样式文件夹，优先于数据里的“报告.样式”。")
json_option = click.option("--json", "as_json", is_flag=True, help="标准输出只写 JSON。")


@click.group(cls=Grouped, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="jixiao", message="%(prog)s %(version)s")
def cli() -> None:
    """绩效：把评价数据和 Word 模板变成完整的项目支出绩效评价报告。

    \b
    一份数据文件，一条命令，一份报告：
      jixiao styles                      看有哪些样式
      jixiao new 样式 -o 项目.yaml       新建数据文件
      jixiao score 项目.yaml             看得分和计算过程
      jixiao render 项目.yaml            生成 Word 报告
    """


@cli.command()
@data_argument
@click.option("-o", "--output", metavar="报告.docx", type=FILE, help="报告文件；不写时与数据同名。")
@style_option
@click.option("--document", metavar="文档", help="样式里有几个文档时，做哪一个；优先于数据里的“报告.文档”。")
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
    pdf: bool,
    final: bool,
    force: bool,
    no_pages: bool,
    as_json: bool,
) -> int:
    """由数据文件生成 Word 报告，核查结果写在报告旁边。"""
    from . import pipeline

    judged = pipeline.judge(data, style)
    made = pipeline.make(judged, document, final=final, pages=not no_pages, pdf=pdf)
    out = output or data.with_name(data.stem + (f"-{document}" if document else "") + ".docx")
    if final and pipeline.refused(made.findings):
        show(made.findings, as_json, made.accepted)
        if not as_json:
            say(f"正式稿没有生成：先处理上面 {len(errors(made.findings))} 个错误。", error=True)
        return WITH_ERRORS
    files = pipeline.write(made, out, force=force)
    if as_json:
        written = {"报告": str(out), "文件": [str(file) for file in files]}
        say_json({**written, **found(made.findings, made.accepted)})
        return exit_code(made.findings)
    show(made.findings, False, made.accepted)
    say(f"已生成 {out}")
    say("一同写成：" + "、".join(file.name for file in files[1:]))
    if not made.numbered and not no_pages:
        say("目录的页码没有填（没有找到 LibreOffice）：在 Word 中点一下目录，按 F9 更新。")
    return exit_code(made.findings)


@cli.command()
@data_argument
@click.option("-o", "--output", metavar="评分表.xlsx", type=FILE, help="把评分表写成工作簿，合计和得分率是公式。")
@style_option
@click.option("--force", is_flag=True, help="覆盖同名文件。")
@json_option
def score(data: Path, output: Path | None, style: str | None, force: bool, as_json: bool) -> int:
    """列出各级得分和每个得分的计算过程。"""
    from . import pipeline, scoretable
    from .sums import summed

    if output:
        refuse_to_replace(output, force, (".xlsx",))
    judged = pipeline.judge(data, style)
    sources = summed(judged.source, judged.style.forms)
    if output:
        from .package import write_all
        from .scorebook import as_workbook

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
@style_option
@click.option("--final", is_flag=True, help="按正式稿的要求检查：列出 render --final 会拒绝的全部原因。")
@json_option
def check(data: Path, style: str | None, final: bool, as_json: bool) -> int:
    """检查数据文件，一次列出全部问题及其位置；‹ › 里是数据位置，核实无误的照它写进 已核实。"""
    from . import pipeline

    reviewed = pipeline.review(data, style, final=final)
    show(reviewed.findings, as_json, reviewed.accepted)
    if as_json:
        return exit_code(reviewed.findings)
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
    from .explain import explained, listed_codes

    for line in explained(code) if code else listed_codes():
        say(line)
    return OK


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
    from .carry import carried_over
    from .new import KINDS, new_files
    from .package import write_all
    from .schema import own_schema
    from .style import find_style

    out = output or Path("项目.yaml")
    if out.suffix.lower() not in KINDS:
        raise ReportError("数据文件的文件名应以 .yaml 或 .xlsx 结尾", _place(out))
    if last and frame:
        raise ReportError("--from 沿用上年的指标体系，不和 --frame 一起用", _place(last))
    if last and last.exists() and out.exists() and out.samefile(last):
        raise ReportError("新文件就是上年的文件，不能覆盖。请用 -o 写另一个文件名", _place(out))
    carried = carried_over(find_style(style), last, out) if last else None
    contents = carried.files if carried else new_files(find_style(style), out, frame)
    if out.exists() and not force:
        raise ReportError("文件已存在，没有覆盖。请换一个文件名（-o），或加上 --force", _place(out))
    if not out.parent.is_dir():
        raise ReportError("没有这个文件夹，请先新建", _place(out.parent))
    for path in contents:
        if path != out and path.exists() and not force and not own_schema(path):
            raise ReportError("文件已存在，不是本程序写的，没有覆盖。请换一个文件夹，或加上 --force", _place(path))
    write_all(contents)
    beside = "、".join(path.name for path in contents if path != out)
    say(f"已新建 {out}" + (f"（编辑器用的 {beside} 在旁边）" if beside else ""))
    if carried and last:
        say(f"指标、计分方法和文字沿用 {last}；金额、数量、日期、完成值和评分已经清空。")
        say(f"{carried.marked} 处文字标了“沿用上年，待核”，用 jixiao check {out} 逐处核对。")
        if carried.amends:
            say(f"上年的 {carried.amends} 个问题列进了“整改”，请填整改情况。")
    say(f"填好后：jixiao render {out}")
    return OK


@cli.command()
@data_argument
@click.argument("output", metavar="新文件", type=FILE)
@click.option("--force", is_flag=True, help="覆盖同名文件。")
def convert(data: Path, output: Path, force: bool) -> int:
    """把数据文件转换成工作簿（.xlsx），或把工作簿转换成 .yaml，内容不变。"""
    from .convert import convert as converted
    from .package import write_all

    refuse_to_replace(output, force, (".xlsx", ".yaml", ".yml"))
    made = converted(data, output)
    write_all({output: made.content})
    show(made.findings, False)
    say(f"已写入 {output}")
    if made.comments:
        say("原文件里 # 后面的注释没有带过去：工作簿里没有放注释的地方。")
    return exit_code(made.findings)


@cli.command("import")
@click.argument("document", metavar="自评表.docx", type=FILE)
@click.option("-o", "--output", metavar="项目.yaml", type=FILE, help="数据文件，.yaml 或 .xlsx；不写时与自评表同名。")
@click.option("--style", metavar="样式", help="按哪个样式的自评表；不写时由栏目认出。")
@click.option("--force", is_flag=True, help="覆盖同名文件。")
def import_(document: Path, output: Path | None, style: str | None, force: bool) -> int:
    """把填好的 Word 自评表读成数据文件，读不懂和对不上的逐格说明。"""
    from .import_form import import_form
    from .package import write_all

    out = output or document.with_suffix(".yaml")
    refuse_to_replace(out, force, (".yaml", ".xlsx", ".yml"))
    made = import_form(document, out, style)
    write_all({out: made.content})
    show(made.findings, False)
    say(f"已写入 {out}（样式 {made.style}，文档 {made.document}）")
    say("得分照表里的填写，没有计算过程；要由程序计算的，在数据里改写测算、计分方法和参数。")
    return exit_code(made.findings)


@cli.command()
@json_option
def styles(as_json: bool) -> int:
    """列出可用的样式。"""
    from .style import read_style, style_folders

    found = [(name, folder, read_style(folder).file) for name, folder in style_folders()]
    if as_json:
        say_json(
            [
                {
                    "样式": name,
                    "名称": file.name,
                    "说明": file.about,
                    "位置": str(folder),
                    "文档": list(file.documents or {}),
                }
                for name, folder, file in found
            ]
        )
        return OK
    for name, folder, file in found:
        say(f"{name}　{file.name}")
        say(f"    {file.about or ''}")
        say(f"    {folder}")
    return OK


@cli.command()
@click.option("-o", "--output", metavar="文件", type=FILE, help="写入文件；不写时印在屏幕上。")
def schema(output: Path | None) -> int:
    """输出数据文件的 JSON Schema，供编辑器提示和检查。"""
    from .package import write_all
    from .schema import schema_text

    text = schema_text()
    if output is None:
        sys.stdout.write(text)
        return OK
    write_all({output: text.encode("utf-8")})
    say(f"已写入 {output}")
    return OK


@cli.command()
@click.option("-o", "--output", metavar="文件夹", type=FILE, default=Path("out"), help="默认 out。")
def demo(output: Path) -> int:
    """把所有样例生成到 out/，印出得分表和写成的文件。"""
    from . import pipeline, scoretable
    from .style import resource_folder

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"建不了文件夹（{reason(error)}）", _place(output)) from None
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    raise SystemExit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Whatever goes wrong is said in Chinese, never as a traceback."""
    as_json = "--json" in arguments
    try:
        code: Any = cli.main(args=arguments or ["--help"], prog_name="jixiao", standalone_mode=False)
        return code if isinstance(code, int) else OK
    except ReportError as error:
        cannot_run(error.findings, as_json)
    except click.UsageError as error:
        cannot_run([_usage(error)], as_json)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("已中断。", error=True)
        return 130
    except BrokenPipeError:
        return OK
    except Exception:
        return bug()
    return CANNOT_RUN


def cannot_run(findings: Sequence[Finding], as_json: bool) -> None:
    """Say why the command cannot run: a line a finding, or JSON."""
    if as_json:
        say_json({"错误": listed(findings)})
        return
    for finding in findings:
        place = f"{finding.where}: " if str(finding.where) else ""
        say(f"{place}{finding.what}" + (f"（{finding.mend}）" if finding.mend else ""), error=True)


def bug() -> int:
    """Keep the traceback of our own bug in a log, and say in one line where it is."""
    import tempfile

    log = Path(tempfile.gettempdir()) / "jixiao-错误.log"
    told = f"jixiao {__version__} {sys.version}\n{' '.join(sys.argv)}\n{traceback.format_exc()}\n"
    try:
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(told)
    except OSError:
        say(told, error=True)
    say(f"程序自己出错了，不是数据的问题。请把 {log} 发给开发者。", error=True)
    return BUG


def _usage(error: click.UsageError) -> Finding:
    from .findings import Location

    name = getattr(error, "option_name", None) or ""
    hint = "用 jixiao --help 看用法"
    if error.ctx and error.ctx.command_path:
        hint = f"用 {error.ctx.command_path} --help 看用法"
    if isinstance(error, click.NoSuchOption):
        what = f"没有选项“{name}”"
    elif isinstance(error, click.MissingParameter):
        parameter = error.param
        what = f"缺少参数：{parameter.make_metavar(error.ctx) if parameter and error.ctx else ''}"
    elif "No such command" in error.message:
        what = f"没有这个命令“{error.message.split(chr(39))[1]}”"
    elif "unexpected extra argument" in error.message:
        what = "多写了参数"
    elif "requires an argument" in error.message:
        what = f"选项“{name}”后面缺少内容"
    else:
        what = f"选项“{name}”写得不对" if name else "命令写得不对"
    return Finding("U001", Level.ERROR, Location(), what, mend=hint)


def refuse_to_replace(path: Path, force: bool, endings: Sequence[str]) -> None:
    """ReportError when a file to be written has another ending, is there already, or has no folder."""
    if path.suffix.lower() not in endings:
        raise ReportError(f"新文件的文件名应以 {' 或 '.join(endings[:2])} 结尾", _place(path))
    if path.exists() and not force:
        raise ReportError("文件已存在，没有覆盖。请换一个文件名，或加上 --force", _place(path))
    if not path.parent.is_dir():
        raise ReportError("没有这个文件夹，请先新建", _place(path.parent))


def _place(path: Path) -> Any:
    from .findings import Location

    return Location(str(path))


def listed(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """The findings as JSON objects."""
    return [finding.as_json() for finding in findings]


def found(findings: Sequence[Finding], accepted: Sequence[Accepted]) -> dict[str, object]:
    """The findings as a JSON object: those that are open, and those that the data accepts where there are any."""
    return {"发现": listed(findings), **({"已核实": [one.as_json() for one in accepted]} if accepted else {})}


def show(findings: Sequence[Finding], as_json: bool, accepted: Sequence[Accepted] = ()) -> None:
    """The findings, a line each on standard error with a count; or as JSON on standard output."""
    if as_json:
        say_json(found(findings, accepted))
        return
    hints = [finding for finding in findings if finding.level is Level.HINT]
    for line in told(one for one in findings if one.level is not Level.HINT or one in hints[:MOST_HINTS]):
        say(line, error=True)
    if len(hints) > MOST_HINTS:
        say(f"  还有 {len(hints) - MOST_HINTS} 个提示没有列出，加 --json 或看“核查”文件。", error=True)
    for one in accepted:
        say(str(one), error=True)
    if findings:
        say(summary(findings), error=True)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each level."""
    counts = [(level, sum(finding.level is level for finding in findings)) for level in Level]
    return "  发现：" + ("、".join(f"{level} {count} 个" for level, count in counts if count) or "没有问题")


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when a finding is of level 错误, else 0."""
    return WITH_ERRORS if errors(findings) else OK


def terminal_width() -> int:
    """How wide the terminal is, in columns; what is wider than 100 is not needed."""
    return max(60, min(100, shutil.get_terminal_size((80, 24)).columns))


def say(line: str, error: bool = False) -> None:
    """Print one line."""
    click.echo(line, err=error)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
