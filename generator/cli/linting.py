"""The command that looks for mistakes in templates: `jixiao template lint`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..findings import Finding, Level, ReportError
from .options import FILE, json_option
from .saying import exit_code, listed, place_of, refuse_to_replace, say, say_json, show
from .templates import template


@template.command()
@click.argument("source", metavar="样式文件夹或模板.docx")
@click.option("--style", metavar="样式", help="单个模板按哪个样式查名称；不写时为它所在的样式文件夹。")
@click.option("--no-names", is_flag=True, help="不查名称：模板里的名称由别的程序给。")
@click.option("--annotate", metavar="批注.docx", type=FILE, help="另写一份，在出错的地方加上 Word 批注。")
@click.option("--force", is_flag=True, help="覆盖同名的批注文件。")
@json_option
def lint(source: str, style: str | None, no_names: bool, annotate: Path | None, force: bool, as_json: bool) -> int:
    """检查模板，不用数据，一次列出全部问题、在 Word 里的位置和改法。"""
    path = Path(source)
    if path.suffix.lower() == ".docx":
        findings, templates, looked_up = _of_file(path, style, no_names)
    elif style:
        raise ReportError("--style 用于单个模板；检查样式文件夹时不写", place_of(path))
    else:
        findings, templates, looked_up = _of_pack(source, no_names)
    copies = _copies(annotate, templates, findings, force) if annotate else {}
    if copies:
        from ..package import write_all

        write_all(copies)
    if as_json:
        told = {"批注": [str(copy) for copy in copies]} if annotate else {}
        say_json({"发现": listed(findings), "查名称": looked_up, **told})
        return exit_code(findings)
    show(findings, False)
    for copy in copies:
        say(f"已写入 {copy}：在 Word 里打开，问题写在批注里。")
    if not looked_up and not no_names:
        unread = any(one.level is Level.ERROR and not one.where.part for one in findings)
        alone = "这个模板不在样式文件夹里。加 --style 样式，按那个样式能写的名称查。"
        say(f"名称没有查：{'样式有错误，读不了；改好上面的再查一次。' if unread else alone}")
    if not findings:
        say("没有发现问题。")
    elif annotate and not copies:
        say("没有写批注：问题不在 Word 文件里。")
    return exit_code(findings)


Found = tuple[Sequence[Finding], Mapping[str, Path], bool]  # findings, templates by document, whether names were asked


def _of_file(path: Path, style: str | None, no_names: bool) -> Found:
    """What is wrong in one template, with the names of the style asked for, or of the pack that it lies in."""
    from ..lint import lint as linted
    from ..specimen import shape
    from ..style import STYLE_FILE, find_style

    beside = path.parent.resolve()
    wanted = style or (str(beside) if (beside / STYLE_FILE).is_file() else None)
    if no_names or wanted is None:
        return linted(path), {"": path}, False
    try:
        root = shape(find_style(wanted))
    except ReportError as error:
        if style:
            raise
        return [*error.findings, *linted(path)], {"": path}, False
    return linted(path, root), {"": path}, True


def _of_pack(source: str, no_names: bool) -> Found:
    """What is wrong in a pack: in its style.yaml and in each of its documents."""
    from ..lint import lint_pack
    from ..specimen import shape
    from ..style import STYLE_FILE, find_style

    path = Path(source)
    folder = path if (path / STYLE_FILE).is_file() else find_style(source).folder
    linted = lint_pack(folder, None if no_names else shape)
    return linted.findings, linted.templates, linted.looked_up


def _copies(out: Path, templates: Mapping[str, Path], findings: Sequence[Finding], force: bool) -> dict[Path, bytes]:
    """The templates with findings, with comments: under the name wanted, of several each with its document's."""
    from ..annotate import annotated, note_of

    about = {name: [one for one in findings if one.where.file == str(path)] for name, path in templates.items()}
    about = {name: own for name, own in about.items() if any(one.where.part for one in own)}
    copies = {}
    for name, own in about.items():
        copy = out if len(templates) == 1 else out.with_name(f"{out.stem}-{name}{out.suffix}")
        if copy.exists() and copy.samefile(templates[name]):
            raise ReportError("批注要另写一个文件，不能写在模板上", place_of(copy))
        refuse_to_replace(copy, force, (".docx",))
        copies[copy] = annotated(templates[name].read_bytes(), [note_of(one) for one in own])
    return copies
