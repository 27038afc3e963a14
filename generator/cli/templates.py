"""The commands of those who make templates: `jixiao template …`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Finding, ReportError
from .group import Grouped, cli
from .options import FILE, json_option
from .saying import OK, exit_code, place_of, refuse_to_replace, say, say_json, show, terminal_width

if TYPE_CHECKING:
    from ..style import Style

STYLE = "national"
PREVIEW = "-预览"


@cli.group(cls=Grouped)
def template() -> None:
    """做自己的模板：复制样式、看能写什么、检查模板、预览。"""


@template.command()
@click.option("--style", metavar="样式", default=STYLE, show_default=True, help="样式名称或样式文件夹。")
@click.option("--data", metavar="数据文件", type=FILE, help="例子用这份数据的；不写时用内置的样稿。")
@click.option("-o", "--output", metavar="名称表.docx", type=FILE, help="写成 Word 文档，放在模板旁边复制标记。")
@click.option("--force", is_flag=True, help="覆盖同名文件。")
@json_option
def fields(style: str, data: Path | None, output: Path | None, force: bool, as_json: bool) -> int:
    """列出模板里能写的全部名称和过滤器：含义、类型、例子、怎样循环。"""
    from ..fieldlist import as_json as tree
    from ..fieldlist import blocks, filters
    from ..fieldlist.text import as_text
    from ..specimen import names_of_data, shape, specimen, told
    from ..style import find_style

    pack = find_style(style)
    names = names_of_data(data, pack) if data else None
    root = shape(pack)
    if output:
        from ..fieldlist.word import as_document
        from ..package import write_all

        refuse_to_replace(output, force, (".docx",))
        title = f"模板里能写的名称（样式 {pack.file.name}）"
        write_all({output: as_document(title, blocks(root, names), filters(told(specimen(pack)).names))})
        if not as_json:
            say(f"已写入 {output}")
            return OK
    if as_json:
        say_json(tree(root, names))
        return OK
    for line in as_text(blocks(root, names), filters(told(specimen(pack)).names), terminal_width()):
        say(line)
    return OK


@template.command()
@click.argument("source", metavar="样式文件夹或模板.docx")
@click.option("--style", metavar="样式", help="单个模板用哪个样式的格式；不写时为它所在的样式文件夹，或 national。")
@click.option("--document", metavar="文档", help="样式里有几个文档时，预览哪一个；不写时为第一个。")
@click.option("--all", "every", is_flag=True, help="样式里的文档逐个预览。")
@click.option("-o", "--output", metavar="预览.docx", type=FILE, help="预览文件；不写时为 名称-预览.docx。")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（要装有 LibreOffice）。")
@click.option("--force", is_flag=True, help="覆盖同名文件；名称以“-预览”结尾的总是覆盖。")
@click.option("--no-pages", is_flag=True, help="不用 LibreOffice 填目录页码。")
def preview(
    source: str,
    style: str | None,
    document: str | None,
    every: bool,
    output: Path | None,
    pdf: bool,
    force: bool,
    no_pages: bool,
) -> int:
    """用样稿填满一个模板，每个循环、每个条件的各种写法都印出来，看版面用。"""
    from ..package import write_all
    from ..pagination import to_pdf
    from ..preview import preview as shown

    wanted = _wanted(source, style, document, every)
    name = output or Path(f"{wanted.name}{PREVIEW}.docx")
    findings: list[Finding] = []
    for called, path in wanted.templates.items():
        out = name if len(wanted.templates) == 1 else name.with_name(_of_document(name.stem, called) + ".docx")
        if not out.stem.endswith(PREVIEW):
            refuse_to_replace(out, force, (".docx",))
        made = shown(path, wanted.style, pages=not no_pages)
        paper = to_pdf(made.document) if pdf else None
        if pdf and paper is None:
            raise ReportError("没有找到 LibreOffice，不能生成 PDF：请安装 LibreOffice，或在 Word、WPS 中另存为 PDF")
        write_all({out: made.document} | ({out.with_suffix(".pdf"): paper} if paper else {}))
        findings += made.findings
        say(f"已写入 {out}" + (f"、{out.with_suffix('.pdf').name}" if paper else ""))
    show(findings, False)
    return exit_code(findings)


@dataclass(frozen=True)
class _Wanted:
    """What is to be previewed: what the files are named after, in which style, the templates by document."""

    name: str
    style: Style
    templates: dict[str, Path]


def _wanted(source: str, style: str | None, document: str | None, every: bool) -> _Wanted:
    from ..style import STYLE_FILE, find_style

    path = Path(source)
    if path.suffix.lower() == ".docx":
        if document or every:
            raise ReportError("--document 和 --all 用于样式文件夹，不用于单个模板", place_of(path))
        beside = (path.parent / STYLE_FILE).is_file()
        return _Wanted(path.stem, find_style(style or (str(path.parent.resolve()) if beside else STYLE)), {"": path})
    if style:
        raise ReportError("--style 用于单个模板；预览样式文件夹时不写", place_of(path))
    pack = find_style(source)
    documents = list(pack.file.documents or {})
    names = documents if every else [document or next(iter(documents), "")]
    return _Wanted(pack.id, pack, {name: pack.template(name) for name in names})


def _of_document(stem: str, document: str) -> str:
    """The file name of one of several documents: 我所-自评表-预览."""
    bare = stem.removesuffix(PREVIEW)
    return f"{bare}-{document}{PREVIEW if bare != stem else ''}"
