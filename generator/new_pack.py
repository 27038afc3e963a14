"""A pack of one's own: a full copy of a pack, to be changed in Word and in style.yaml.

The copy stands by itself: what the pack follows (沿用) is copied into it, so that a later version of that one does
not change the reports of whoever made the copy.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .fields import Record
from .filenames import unfit
from .findings import Location, ReportError, reason
from .records import aliases
from .sources import Tree, read_tree, yaml, yamltext
from .style import STYLE_FILE, Style, style_homes, tree_of
from .style.file import StyleFile
from .template.archive import LARGEST_TOTAL

GUIDE = "说明.md"
NAME, ABOUT, VERSION, BASE, DOCUMENTS = "名称", "说明", "版本", "沿用", "文档"
FIRST_VERSION = "1.0"


def new_pack(name: str, source: Style) -> dict[str, bytes]:
    """The files of a new pack called `name`, copied from `source`; ReportError when it cannot be called so.

    style.yaml, every Word template that `source` names (also those of a pack that it follows), and a page that says
    what is in the folder.
    """
    if why := unfit(name):
        raise ReportError(f"样式不能叫这个名字：{why}")
    if taken := next((home for home in style_homes() if home.name.casefold() == name.casefold()), None):
        raise ReportError(f"已有叫“{taken.name}”的样式（{taken.origin}），请换一个名称", Location(str(taken.folder)))
    documents, templates = _templates(source)
    tree = tree_of(source.folder)
    said = {
        NAME: name,
        ABOUT: f"{name}（由样式 {source.id} 复制）",
        VERSION: FIRST_VERSION,
        DOCUMENTS: documents,
    }
    whole = {**{key: value for key, value in tree.data.items() if key != BASE}, **said}
    return {
        STYLE_FILE: _style_text(source, read_tree(source.folder / STYLE_FILE), whole, said).encode("utf-8"),
        **templates,
        GUIDE: _guide(name, source, documents).encode("utf-8"),
    }


def write_pack(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder, all or none; ReportError when the folder is there or cannot be made."""
    if folder.exists() or folder.is_symlink():
        raise ReportError("已经有这个文件夹（或文件），没有动它。请换一个名称", Location(str(folder)))
    beside = folder.with_name(f".jixiao-{secrets.token_hex(4)}")
    try:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)
        beside.rename(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise ReportError(f"建不了文件夹（{reason(error)}）", Location(str(folder))) from None


def _templates(source: Style) -> tuple[dict[str, str], dict[str, bytes]]:
    """The documents with their files' names in the copy, and the files; two packs' files may have the same name."""
    documents: dict[str, str] = {}
    files: dict[str, bytes] = {}
    origins: dict[str, Path] = {}
    for document in source.file.documents or {}:
        path = source.template(document)
        file = path.name
        if origins.setdefault(file.casefold(), path) != path or unfit(file) or file in (STYLE_FILE, GUIDE):
            file = f"{document}.docx"
            origins[file.casefold()] = path
        documents[document] = file
        files[file] = _content(path)
    return documents, files


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_TOTAL:
            raise ReportError("文件太大，不像一份 Word 模板", Location(str(path)))
        return path.read_bytes()
    except OSError as error:
        raise ReportError(f"读不了这个文件（{reason(error)}）", Location(str(path))) from None


def _style_text(source: Style, own: Tree, whole: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """style.yaml that says `whole`: the pack's own text where it follows none, with its comments; else written anew."""
    note = f"# 由样式 {source.id}{f' {source.file.version}' if source.file.version else ''} 复制，可以随意修改。\n"
    if BASE not in own.data:
        text = (source.folder / STYLE_FILE).read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        for key, value in said.items():
            text = _with(text, key, value)
        text = note + text
        if _says(text, whole):
            return text
    return note + "".join(_commented(whole))


def _says(text: str, whole: Mapping[str, Any]) -> bool:
    try:
        return bool(yaml.read(text.encode("utf-8"), STYLE_FILE).data == whole)
    except ReportError:
        return False


def _with(text: str, key: str, value: Any) -> str:
    """The text with another value for a key of the top: its line and those that are indented below it."""
    own = yamltext.written({key: value}, sections=True)
    found = re.search(rf"^{key}:.*\n?(?:[ \t]+\S.*\n?)*", text, re.MULTILINE)
    if not found:
        return own + text
    return text[: found.start()] + own + text[found.end() :]


def _commented(whole: Mapping[str, Any]) -> Iterator[str]:
    """The pack as YAML, each key of the top below a line that says what it is."""
    meanings = _meanings(StyleFile)
    for index, (key, value) in enumerate(whole.items()):
        large = isinstance(value, (dict, list))
        meaning = f"# {meanings[key]}\n" if large and key in meanings else ""
        yield ("\n" if index and large else "") + meaning + yamltext.written({key: value}, sections=True)


def _meanings(record: type[Record]) -> dict[str, str]:
    return {name: field.description or "" for field in record.model_fields.values() for name in aliases(field)}


def _guide(name: str, source: Style, documents: Mapping[str, str]) -> str:
    """The page in the folder: what is in it, what to change where, the commands."""
    first = next(iter(documents))
    rows = "\n".join(f"| {file} | 文档“{document}”的 Word 模板 |" for document, file in documents.items())
    return f"""\
# {name}

由样式 {source.id} 复制而来，从此各管各的：{source.id} 以后怎样改，都不影响这里。

| 文件 | 是什么 |
|---|---|
{rows}
| {STYLE_FILE} | 口径和措辞：数字格式、等级、提纲、附件、核查的级别、指标框架；用记事本改，存为 UTF-8 |
| {GUIDE} | 本页，可以删去 |

## 改什么，在哪里改

- 字体、字号、页边距、封面、页眉页脚、标题、表格的栏目：用 Word 或 WPS 打开上面的 .docx，像改普通文档一样改。
- `{{{{ 项目.名称 }}}}`、`{{% if … %}}` 这样的标记由程序换成数据，花括号要用半角的；一个标记要一气打完，中间不要换格式。
- 等级、提纲、附件的名称、数字印几位小数：改 {STYLE_FILE}。
- 文件夹改名以后，命令里的名称跟着改；里面的 .docx 改名，要同时改 {STYLE_FILE} 的“文档”。

## 命令

在放着“{name}”的文件夹里打开命令行：

    jixiao template fields --style ./{name}       能写哪些名称
    jixiao template lint ./{name}                 检查模板，不用数据
    jixiao template preview ./{name}              用样稿数据看一看
    jixiao new ./{name} -o 项目.yaml              按它新建数据文件
    jixiao render 项目.yaml --style ./{name}      生成“{first}”
    jixiao render 项目.yaml --style ./{name} --all    生成全部文档
    jixiao styles --add .                         记住这个文件夹，以后只写名称：--style {name}

一步一步的做法见 docs/模板制作.md。
"""
