"""A new data file: every key that a style wants, with its meaning beside it, ready to be filled in.

The file is made from the model's declarations and the style's outline and indicator framework.  It renders at
once, as a draft full of visible marks.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .examples import EXAMPLES, TIPS
from .fields import Record
from .model import Evaluation, Indicator
from .records import aliases, field_of, list_item, record_at
from .schema import SCHEMA_FILE, schema_text
from .score import rule_parameters
from .sources import excel
from .sources.yaml import ENDINGS, NOTHING
from .style import Frame, Section, Style, style_folders
from .values import plain

ASIDE = ("指标体系", "正文", "自定义", "金额单位", "报告", "评价结果", "文件", "依据", "沿用上年")
LEAF_KEYS = ("指标值", "完成值", "评分标准", "测算", "计分方法", "参数", "完成情况说明")
WIDTH = 24


KINDS = (*ENDINGS, *excel.ENDINGS[:1])


def new_files(style: Style, out: Path, frame: str | None = None) -> dict[Path, bytes]:
    """The new data file at `out`: a workbook, or YAML and beside it the JSON Schema that editors use."""
    if out.suffix.lower() not in ENDINGS:
        return {out: new_workbook(style, name_for(style, out), frame)}
    text = "\n".join(_lines(style, name_for(style, out), frame)) + "\n"
    return {out: text.encode("utf-8"), out.with_name(SCHEMA_FILE): schema_text().encode("utf-8")}


def new_workbook(style: Style, name_of_style: str, frame: str | None = None) -> bytes:
    """The workbook to fill in: the style's frame and sections, an example in each table, notes and drop-downs."""
    sections = [one for one in style.file.outline if (one.key or "").startswith("正文.")]
    data = {
        "金额单位": "元",
        "报告": {"样式": name_of_style},
        "指标体系": [_node(node) for node in style.frame(frame)],
        "正文": {str(one.key).removeprefix("正文."): None for one in sections},
        "自定义": dict.fromkeys(style.file.own or {}),
    }
    filling = filling_in(hints_of(style), wanted=style.file.filled)
    return excel.write(excel.canonical(data), filling)


def hints_of(style: Style) -> dict[str, str]:
    """What each text of the style's outline is to say, by its key, and each value of the style's own."""
    return {
        **(style.file.own or {}),
        **{
            str(one.key).removeprefix("正文."): f"{one.number or ''}{one.title}" + (f"：{one.hint}" if one.hint else "")
            for one in style.file.outline
            if (one.key or "").startswith("正文.")
        },
    }


def filling_in(hints: dict[str, str] | None = None, wanted: Sequence[str] = ()) -> excel.Filling:
    """What helps to fill a workbook in; examples only where there are `hints`, that is in a new one."""
    return excel.Filling(
        choices={"计分方法": tuple(rule_parameters())},
        examples=EXAMPLES if hints is not None else {},
        hints=hints or {},
        wanted={("指标体系",): frozenset(wanted)},
        tips=TIPS,
    )


def _node(frame: Frame) -> dict[str, Any]:
    """A node of the framework as the data says it."""
    return {
        "名称": frame.name,
        "全称": frame.title,
        "分值": plain(frame.weight) if frame.weight is not None and not frame.below else None,
        "按下级分析": "是" if frame.expand else None,
        "说明": str(frame.meaning) if frame.meaning else None,
        "下级": [_node(below) for below in frame.below],
    }


def name_for(style: Style, out: Path) -> str:
    """What a data file at `out` calls the style: its name, or the way to its folder."""
    if any(folder.resolve() == style.folder.resolve() for _, folder in style_folders()):
        return style.id
    try:
        return Path(os.path.relpath(style.folder, out.parent)).as_posix()
    except ValueError:  # another drive
        return style.folder.resolve().as_posix()


def _written(text: str) -> str:
    """The text as YAML writes it on one line: in quotes where it must be."""
    line = " ".join(text.split())
    return (
        line
        if re.fullmatch(r"[^\W_][^:#{}\[\]\n]*", line) and line not in NOTHING
        else json.dumps(line, ensure_ascii=False)
    )


def _lines(style: Style, name_of_style: str, frame: str | None) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield f"# {' '.join(style.file.name.split())}的数据文件。"
    yield "# 冒号用半角，后面空一格；缩进用空格。没有的写“无”，暂时没有的空着（报告里会标出“待补充”）。"
    yield "# 一个数只写一次，文字里要用时写 {{ 资金.到位率 }} 这样的名称。"
    yield ""
    yield "金额单位: 元".ljust(WIDTH) + "# 没有写单位的金额，单位是元还是万元"
    yield ""
    yield "报告:"
    yield _entry("  样式", _written(name_of_style), "模板包的名称，或其文件夹")
    report = record_at(Evaluation, ("报告",))
    yield from (line for line in _fields(report, 1) if not line.strip().startswith("样式:"))
    for field in Evaluation.model_fields.values():
        name = aliases(field)[0]
        if name not in ASIDE:
            yield ""
            yield from _field(Evaluation, name, field.description or "", 0)
        elif name == "文件":
            yield from _documents()
        elif name == "指标体系":
            yield from (
                "",
                f"指标体系:  # {field.description}",
                *_frame(style.frame(frame), style.file.filled or LEAF_KEYS, 1),
            )
        elif name == "正文":
            yield from ("", f"正文:  # {field.description}", *_texts(style.file.outline))
        elif name == "自定义" and style.file.own:
            yield from (
                "",
                "自定义:",
                *(_entry(f"  {_written(key)}", "", what) for key, what in style.file.own.items()),
            )


def _documents() -> Iterator[str]:
    yield ""
    yield "文件:  # 引用的文件，键是简称；文中写 {{ 文件.简称 }}，印出全称和文号"
    yield "  # 管理办法: {名称: 项目支出绩效评价管理办法, 文号: 财预〔2020〕10号, 发文机关: 财政部}"
    yield "依据:  # 评价依据：上面文件的简称，依次列出"
    yield "  # - 管理办法"


def _fields(record: type[Record], depth: int) -> Iterator[str]:
    for field in record.model_fields.values():
        yield from _field(record, aliases(field)[0], field.description or "", depth)


def _field(record: type[Record], name: str, meaning: str, depth: int) -> Iterator[str]:
    """The lines of one field: a value left empty, a record's fields, or an example item of a list as a comment."""
    lead = "  " * depth
    item = list_item(record, name)
    inner = record_at(record, (name,))
    if item is not None:
        yield f"{lead}{name}:".ljust(WIDTH) + f"# {meaning}；每条前写“- ”，去掉 # 填写"
        for index, line in enumerate(_example(item)):
            yield f"{lead}  # {'- ' if index == 0 else '  '}{line}"
    elif inner is not record and inner.__name__ != "Unit":
        yield f"{lead}{name}:".ljust(WIDTH) + f"# {meaning}"
        yield from _fields(inner, depth + 1)
    else:
        yield _entry(lead + name, "", meaning)


def _example(record: type[Record], depth: int = 0) -> Iterator[str]:
    for field in record.model_fields.values():
        name = aliases(field)[0]
        inner = list_item(record, name)
        yield _entry("  " * depth + name, "", field.description or "")
        if inner is not None and inner is not record:
            for index, line in enumerate(_example(inner)):
                yield f"{'  ' * (depth + 1)}{'- ' if index == 0 else '  '}{line}"


def _entry(key: str, value: str, meaning: str) -> str:
    return f"{key}: {value}".ljust(WIDTH) + f"# {meaning}"


def _frame(nodes: list[Frame], keys: Sequence[str], depth: int) -> Iterator[str]:
    lead = "  " * depth
    for node in nodes:
        yield f"{lead}- 名称: {_written(node.name)}"
        if node.title:
            yield f"{lead}  全称: {_written(node.title)}"
        if node.weight is not None and not node.below:
            yield f"{lead}  分值: {plain(node.weight)}"
        if node.expand:
            yield f"{lead}  按下级分析: 是"
        if node.meaning:
            yield f"{lead}  说明: |"
            yield from (f"{lead}    {line}" for line in str(node.meaning).split("\n"))
        if node.below:
            yield f"{lead}  下级:"
            yield from _frame(node.below, keys, depth + 2)
        else:
            for key in keys:
                yield _entry(f"{lead}  {key}", "", _meaning(Indicator, key))


def _texts(outline: list[Section]) -> Iterator[str]:
    for section in outline:
        place = section.key or ""
        if place.startswith("正文."):
            title = f"{section.number or ''}{section.title}" + (f"：{section.hint}" if section.hint else "")
            yield f"  # {' '.join(title.split())}"
            yield f"  {_written(place.removeprefix('正文.'))}:"


def _meaning(record: type[Record], name: str) -> str:
    field = field_of(record, name)
    return field.description or "" if field else ""
