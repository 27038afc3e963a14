"""The commands of those who make templates: `jixiao template …`."""

from __future__ import annotations

from pathlib import Path

import click

from .group import Grouped, cli
from .options import FILE, json_option
from .saying import OK, refuse_to_replace, say, say_json, terminal_width

STYLE = "national"


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
