"""The commands on style packs: which there are, where they are looked for, a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Finding, Level, ReportError, reason
from .group import cli
from .options import FILE, json_option
from .saying import OK, exit_code, listed, place_of, say, say_json
from .templates import template

if TYPE_CHECKING:
    from ..style import Home, Style


@cli.command()
@click.option("--add", metavar="文件夹", type=FILE, help="记住一个放样式的文件夹，以后只写样式的名称。")
@click.option("--remove", metavar="文件夹", type=FILE, help="不再从这个文件夹里找样式；文件夹本身不动。")
@json_option
def styles(add: Path | None, remove: Path | None, as_json: bool) -> int:
    """列出可用的样式、各从哪里来，有哪些文档；有问题的也列出，说明问题。"""
    from ..style import absent_folders, style_homes

    if add and remove:
        raise ReportError("--add 和 --remove 一次只用一个")
    if add or remove:
        return _remember(add, as_json) if add else _forget(remove or Path(), as_json)
    found = [(home, *_read(home)) for home in style_homes()]
    absent = [
        Finding("E000", Level.WARNING, place_of(folder), f"{origin}里写的样式文件夹打不开", mend="接上网络盘，或改掉它")
        for origin, folder in absent_folders()
    ]
    wrong = [*(one for _, _, findings in found for one in findings), *absent]
    if as_json:
        say_json([*(_as_json(*one) for one in found), *({"错误": [one.as_json()]} for one in absent)])
        return exit_code(wrong)
    for home, style, findings in found:
        _say(home, style, findings)
    for one in absent:
        say(str(one))
    return exit_code(wrong)


def _read(home: Home) -> tuple[Style | None, tuple[Finding, ...]]:
    """The pack, or all that is wrong in it: its style.yaml, its Word templates."""
    from ..style import read_style

    try:
        style = read_style(home.folder)
    except ReportError as error:
        return None, error.findings
    findings: list[Finding] = []
    for document in style.file.documents or {}:
        try:
            style.template(document)
        except ReportError as error:
            findings += error.findings
    return style, tuple(findings)


def _as_json(home: Home, style: Style | None, findings: Sequence[Finding]) -> dict[str, object]:
    said: dict[str, object] = {"样式": home.name}
    if style:
        file = style.file
        said |= {"名称": file.name, "说明": file.about, "版本": file.version, "文档": list(file.documents or {})}
    said |= {"来源": home.origin, "位置": str(home.folder)}
    if home.behind:
        said["同名的先用"] = str(home.behind)
    return {**said, "错误": listed(findings)} if findings else said


def _say(home: Home, style: Style | None, findings: Sequence[Finding]) -> None:
    say(f"{home.name}　{style.file.name}" if style else home.name)
    if style and style.file.about:
        say(f"    {style.file.about}")
    if style:
        say(f"    文档：{'、'.join(style.file.documents or {})}")
    say(f"    {home.origin}：{home.folder}")
    if home.behind:
        say(f"    没有用上：先找到了同名的 {home.behind}")
    for one in findings:
        say(f"    {one}")


def _remember(folder: Path, as_json: bool) -> int:
    from ..style import packs_in, settings_folders

    if not folder.is_dir():
        raise ReportError("没有这个文件夹", place_of(folder))
    whole, known = folder.resolve(), settings_folders()
    there = whole in [one.resolve() for one in known]
    folders = known if there else [*known, whole]
    _write(folders)
    packs = [pack.resolve().name for pack in packs_in(whole)]
    if as_json:
        return _folders_json(folders)
    say(f"{'早已记住' if there else '已记住'} {whole}")
    if packs:
        say(f"里面有 {len(packs)} 个样式：{'、'.join(packs)}")
    else:
        say("里面还没有样式。新建一个：jixiao template new 名称 --from 样式 -o 这个文件夹")
    return OK


def _forget(folder: Path, as_json: bool) -> int:
    from ..style import settings_file, settings_folders

    known = settings_folders()
    left = [one for one in known if one != folder and one.resolve() != folder.resolve()]
    if left == known:
        said = "、".join(map(str, known)) or "一个也没有"
        raise ReportError(f"设置文件里没有这个文件夹，现有：{said}", place_of(folder))
    _write(left)
    if as_json:
        return _folders_json(left)
    say(f"不再从 {folder} 里找样式（文件夹没有动；设置写在 {settings_file()}）")
    return OK


def _folders_json(folders: Sequence[Path]) -> int:
    from ..style import settings_file

    say_json({"样式文件夹": [str(one) for one in folders], "设置文件": str(settings_file())})
    return OK


def _write(folders: Sequence[Path]) -> None:
    from ..package import write_all
    from ..style import settings_file, settings_text

    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"建不了放设置的文件夹（{reason(error)}）", place_of(file.parent)) from None
    write_all({file: settings_text(folders).encode("utf-8")})


@template.command("new")
@click.argument("name", metavar="名称")
@click.option("--from", "source", metavar="样式", required=True, help="照哪个样式：它的名称，或样式的文件夹。")
@click.option(
    "-o", "--output", metavar="文件夹", type=FILE, default=Path(), help="放在哪个文件夹里；不写时在当前文件夹。"
)
@json_option
def new_template(name: str, source: str, output: Path, as_json: bool) -> int:
    """复制一个样式，做成自己的：style.yaml、全部 Word 模板和一页说明，在名称那个文件夹里。"""
    from ..new_pack import new_pack, write_pack
    from ..style import find_style

    if not output.is_dir():
        raise ReportError("没有这个文件夹，请先新建", place_of(output))
    pack = find_style(source)
    files, folder = new_pack(name, pack), output / name
    write_pack(folder, files)
    if as_json:
        say_json({"样式": name, "位置": str(folder), "文件": list(files)})
        return OK
    say(f"已新建样式“{name}”：{folder}（由 {pack.id} 复制，从此各管各的）")
    say("里面有：" + "、".join(files))
    way = str(folder) if folder.is_absolute() else f"./{folder.as_posix()}"
    say(f"用 Word 或 WPS 改 .docx，用记事本改 style.yaml；然后：jixiao render 项目.yaml --style {way}")
    return OK
