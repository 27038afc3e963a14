"""A new data file from last year's: what stays is kept, what is new each year is empty, and kept texts are marked.

Which field is new each year is said by its type or at its declaration (`each_year` in `fields.named`), nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from .carried import digest, words_at
from .fields import Amount, Amounted, Count, Date, Goal, Input, Measuring, Path, Record, Text, Year, is_reference
from .findings import ReportError, errors
from .load import understood
from .model import Evaluation
from .names import NAMING_KEYS, dotted
from .new import filling_in, hints_of, name_for
from .schema import SCHEMA_FILE, schema_text
from .score import measure_parameters, rule_parameters
from .sources import Tree, excel, read_tree, yaml, yamltext
from .sources.excel.layout import Field, fields_of
from .style import Style

FIGURES = (Amount, Amounted, Count, Date, Goal, Measuring, Year)  # new each year by their type
CARRIED, LAST_YEAR, AMENDS, MENDED = "沿用上年", "上年", "整改", "已整改"
TITLE, BODY, SUGGESTIONS = "标题", "内容", "建议"
NAMES = (*NAMING_KEYS, "对应指标")  # what names a thing names it next year too
RULE, PARAMETERS, MEASURE, METHOD = "计分方法", "参数", "测算", "方法"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FIGURE = re.compile(r"\d\s*(?:[亿万]?元|[%％个人份件次户天日月])")
_FIGURE_OF_RULE = re.compile(r"\d{2,}(?:\.\d+)?\s*(?:[亿万]?元|[个人份件次户])")  # 每少1个扣0.5分 holds next year too
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


@dataclass(frozen=True)
class CarriedOver:
    """The new files' contents; how many texts are marked; how many problems of last year's are to be followed up.

    `compared` tells whether the new file names last year's, so that the two years are compared.
    """

    files: dict[FilePath, bytes]
    marked: int
    amends: int
    compared: bool


def carried_over(style: Style, last: FilePath, out: FilePath) -> CarriedOver:
    """The data file at `out` that goes on from last year's; ReportError when that one cannot be read or has errors.

    A workbook or YAML, as the name of `out` says; beside YAML stands the schema that editors use.
    """
    tree = read_tree(last)
    said = excel.canonical(tree.data)
    _, findings = understood(tree, rule_parameters(), measure_parameters())
    if wrong := errors(findings):
        raise ReportError(wrong)
    emptying = _Emptying(_year_of(said))
    data = emptying.record(said, Evaluation, ())
    data["报告"] = _report(data.get("报告") or {}, style, out)
    data["正文"] = {**dict.fromkeys(_texts_of(style)), **(data.get("正文") or {})}
    if style.file.own or data.get("自定义"):
        data["自定义"] = {**dict.fromkeys(style.file.own or {}), **(data.get("自定义") or {})}
    amends = _continued(data, said, last, out)
    data = {one.name: data[one.name] for one in fields_of(Evaluation) if one.name in data and one.name != CARRIED}
    data[CARRIED] = _marks(data, emptying.marked, out)
    content = _workbook(data, said, style) if out.suffix.lower() not in yaml.ENDINGS else _yaml(data, last, style)
    beside = {out.with_name(SCHEMA_FILE): schema_text().encode("utf-8")} if out.suffix.lower() in yaml.ENDINGS else {}
    return CarriedOver({out: content, **beside}, len(data[CARRIED]), amends, bool(data.get(LAST_YEAR)))


@dataclass
class _Emptying:
    """Goes through last year's data by its declarations; the paths of the kept texts that want a look are `marked`."""

    year: int
    marked: list[Path] = field(default_factory=list)

    def record(self, value: Mapping[str, Any], record: type[Record], path: Path) -> dict[str, Any]:
        """The record with what is new each year left empty; keys that it does not know stay as they are."""
        known = {name: one for one in fields_of(record) for name in one.names}
        return {
            key: self._value(one, known[key], (*path, known[key].name), value) if key in known else one
            for key, one in value.items()
        }

    def _value(self, value: Any, declared: Field, path: Path, around: Mapping[str, Any]) -> Any:
        if value is None or _new_each_year(value, declared):
            return None
        if declared.name in (PARAMETERS, MEASURE) and isinstance(value, Mapping):
            return self._method(value, declared.name, path, around)
        if declared.record and declared.kind in ("record", "rows", "map"):
            return self._inner(value, declared, path)
        self._mark(value, declared, path)
        return value

    def _inner(self, value: Any, declared: Field, path: Path) -> Any:
        assert declared.record is not None
        if isinstance(value, list):
            return [self._item(one, declared.record, (*path, index)) for index, one in enumerate(value)]
        if declared.kind == "map" and isinstance(value, Mapping):
            return {key: self._item(one, declared.record, (*path, key)) for key, one in value.items()}
        return self._item(value, declared.record, path)

    def _item(self, value: Any, record: type[Record], path: Path) -> Any:
        return self.record(value, record, path) if isinstance(value, Mapping) else value

    def _method(self, value: Mapping[str, Any], name: str, path: Path, around: Mapping[str, Any]) -> Any:
        """The parameters of a 计分方法 or 测算 by the declarations of that method."""
        called = around.get(RULE) if name == PARAMETERS else value.get(METHOD)
        known = rule_parameters() if name == PARAMETERS else measure_parameters()
        return self.record(value, known[called], path) if called in known else dict(value)

    def _mark(self, value: Any, declared: Field, path: Path) -> None:
        """Remember a kept text: paragraphs, and a short text in which last year's figures or years may stand."""
        if declared.kind == "prose" and declared.each_year is None and value != "无":
            self.marked.append(path)
        elif declared.kind == "texts" and isinstance(value, Mapping):
            short = declared.type == dict[str, Text]
            self.marked += [(*path, key) for key, one in value.items() if one and (not short or self._stale(one))]
        elif declared.kind in ("text", "prose", "list"):
            items = enumerate(value) if declared.kind == "list" and isinstance(value, list) else [(None, value)]
            for index, one in items:
                figure = _FIGURE if declared.each_year is None else _FIGURE_OF_RULE
                if self._dated(one) or (declared.name not in NAMES and figure.search(_typed(one))):
                    self.marked.append(path if index is None else (*path, index))

    def _stale(self, value: Any) -> bool:
        return self._dated(value) or _FIGURE.search(_typed(value)) is not None

    def _dated(self, value: Any) -> bool:
        """Whether the year before last year's file, or a later one, is typed in the text."""
        return any(int(found) >= self.year - 1 for found in _YEAR.findall(_typed(value)))


def _new_each_year(value: Any, declared: Field) -> bool:
    """Whether a value is not taken over: as its declaration says, else by its type; the name of a figure stays."""
    named = declared.type == Input or declared.type == Measuring
    if named and (isinstance(value, Mapping) or (isinstance(value, str) and is_reference(value))):
        return False
    if declared.each_year is not None:
        return declared.each_year
    if declared.type == Goal:  # words stay: 明显改善
        return any(sign.isdigit() for sign in str(value))
    return any(declared.type == one for one in FIGURES)


def _year_of(said: Mapping[str, Any]) -> int:
    found = re.match(r"\d{4}", str((said.get("项目") or {}).get("年度") or ""))
    return int(found[0]) if found else 0


def _typed(value: Any) -> str:
    """The words that a person typed, without tags."""
    return _TAG.sub("", "".join(_strings(value)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _report(report: Mapping[str, Any], style: Style, out: FilePath) -> dict[str, Any]:
    """The 报告 of the new file: in the style that is asked for, and one of its documents."""
    documents = style.file.documents or {}
    kept = {key: one for key, one in report.items() if key != "样式" and (key != "文档" or one in documents)}
    return {"样式": name_for(style, out), **kept}


def _texts_of(style: Style) -> list[str]:
    keys = [one.key for one in style.file.outline if one.key and one.key.startswith("正文.")]
    return [key.removeprefix("正文.") for key in keys]


def _continued(data: dict[str, Any], said: Mapping[str, Any], last: FilePath, out: FilePath) -> int:
    """Say where last year's file is, and what is to be followed up; how much of that there is."""
    data[LAST_YEAR] = _way(last, out)
    data[AMENDS] = to_follow_up(said)
    return len(data[AMENDS])


def to_follow_up(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of 整改: the problems of last year's data, and the older ones that were not mended by then."""
    problems, older = said.get("问题"), said.get(AMENDS)
    rows = [_amend(one) for one in problems if isinstance(one, Mapping)] if isinstance(problems, list) else []
    rows += [_still_open(one) for one in older if isinstance(one, Mapping)] if isinstance(older, list) else []
    return [row for row in rows if row]


def _way(last: FilePath, out: FilePath) -> str | None:
    """Last year's file as seen from the new one; None where it is not in that one's folder, or below it."""
    beside, file = out.resolve().parent, last.resolve()
    return file.relative_to(beside).as_posix() if file.is_relative_to(beside) else None


def _amend(problem: Mapping[str, Any]) -> dict[str, Any]:
    """A problem of last year's as a row of what was done about it; nothing where it says nothing."""
    title = problem.get(TITLE) or next(iter(_strings(problem.get(BODY))), "").split("。")[0]
    suggestions = problem.get(SUGGESTIONS) or []
    titles = [_plain(one.get(TITLE) or "") for one in suggestions if isinstance(one, Mapping)]
    if not _plain(title):
        return {}
    return {"问题": _plain(title), "建议": "；".join(filter(None, titles)) or None, "整改情况": None, "状态": None}


def _still_open(row: Mapping[str, Any]) -> dict[str, Any]:
    """An older problem that was not mended, to be told of again."""
    if row.get("状态") == MENDED:
        return {}
    return {**{key: one for key, one in row.items() if key in ("问题", "建议")}, "整改情况": None, "状态": None}


def _plain(words: str) -> str:
    """A text without tags, whose figures are another year's by now."""
    return _TAG.sub("……", words).strip()


def _marks(data: Mapping[str, Any], paths: list[Path], out: FilePath) -> list[dict[str, str]]:
    """The list of the texts that nobody has looked at yet, by the names that the new data give them."""
    source, _ = understood(_tree(data, out), rule_parameters(), measure_parameters())
    found = [(path, words_at(source.evaluation, path)) for path in paths]
    called: dict[int, list[str]] = {}
    return [{"位置": dotted(source.evaluation, path, called), "摘要": digest(words)} for path, words in found if words]


def _tree(data: Mapping[str, Any], out: FilePath) -> Tree:
    return yaml.read(yamltext.written(dict(data)).encode("utf-8"), str(out))


def _yaml(data: dict[str, Any], last: FilePath, style: Style) -> bytes:
    lines = (
        f"# yaml-language-server: $schema={SCHEMA_FILE}",
        f"# {' '.join(style.file.name.split())}的数据文件，由上年的 {last.name} 而来。",
        "# 金额、数量、日期、完成值和评分已经清空，在冒号后面填今年的；没有填的在报告里标出“待补充”。",
        "# 文字沿用上年，逐段核对、改写；核对后不用改的，在最后的“沿用上年”里删去它的一行。",
        "",
        "",
    )
    return ("\n".join(lines) + yamltext.written(data, sections=True)).encode("utf-8")


def _workbook(data: Mapping[str, Any], said: Mapping[str, Any], style: Style) -> bytes:
    """The workbook, with the columns that last year's data filled, and what each text of the style is to say."""
    filling = replace(filling_in(hints_of(style)), examples={}, wanted=_columns(said))
    kept = excel.canonical(data)
    kept["正文"] = dict(data["正文"])
    if data.get("自定义"):
        kept["自定义"] = dict(data["自定义"])
    return excel.write(kept, filling)


def _columns(said: Mapping[str, Any]) -> dict[tuple[str, ...], frozenset[str]]:
    """The columns of each table that last year's data filled."""
    found: dict[tuple[str, ...], set[str]] = {}

    def seen(value: Any, path: tuple[str, ...]) -> None:
        for key, one in value.items() if isinstance(value, Mapping) else ():
            if isinstance(one, list):
                found.setdefault((*path, key), set()).update(_labels(one))
            else:
                seen(one, (*path, key))

    seen(said, ())
    return {path: frozenset(labels) for path, labels in found.items()}


def _labels(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        for key, one in row.items() if isinstance(row, Mapping) else ():
            yield key
            inner = one if isinstance(one, list) else [one]
            yield from (f"{key}.{name}" for item in inner if isinstance(item, Mapping) for name in item)
            if key == "下级" and isinstance(one, list):
                yield from _labels(one)
