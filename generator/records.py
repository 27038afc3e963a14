"""Trees become records: validation with located messages in Chinese, and the vocabulary that records declare.

All that is wrong is found at once.  A wrong value or unknown key is left out (so that work can go on with the
rest) and named in a finding of level 错误.
"""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .fields import MONEY_UNIT, Path, Record
from .findings import Finding, Level, Location
from .narrative import MisplacedError
from .sources import Tree

MOST_ROUNDS = 20
MOST_KEPT = 10_000  # names of fields that are remembered; data may have any number of wrong ones
R = TypeVar("R", bound=Record)


def validated(record: type[R], tree: Tree, context: dict[str, Any]) -> tuple[R, list[Finding]]:
    """The record that the tree says, without what is wrong in it, and the findings."""
    findings: list[Finding] = []
    wrong: set[tuple[int, str]] = set()  # keys whose value was taken out, by their mapping: told, and not missing
    for _ in range(MOST_ROUNDS):
        try:
            return record.model_validate(tree.data, context=context), findings
        except ValidationError as error:
            findings += _mended(record, tree, error.errors(include_url=False), context, wrong)
    raise AssertionError("a data file that stays invalid after its wrong values are taken out")


def _mended(
    record: type[Record], tree: Tree, errors: list[ErrorDetails], context: dict[str, Any], wrong: set[tuple[int, str]]
) -> list[Finding]:
    """The findings for `errors`, whose values are taken out of the tree or, at the top, replaced by empty ones."""
    dropped: set[Path] = set()
    found = []
    for error in errors:
        path = _existing(tree, error["loc"])
        key = (id(tree.at(path[:-1])), _field_name(record, path))
        if error["type"] != "missing":
            wrong.add(key)
        if key not in wrong or error["type"] != "missing":
            finding = located(tree, record, error["loc"], (), error)
            if not (context.get(MONEY_UNIT) is None and "没有单位" in finding.what):
                found.append(finding)
        if len(path) == 1 and (required := _required(record, key[1])):
            tree.data.pop(path[0], None)
            tree.data[key[1]] = _empty(required)
        else:
            dropped.add(path[:-1] if error["type"] == "missing" else path)
    tree.drop(dropped)
    return found


def _existing(tree: Tree, path: Path) -> Path:
    """The path itself or the nearest part of it whose parent stands in the tree (error places may go deeper)."""
    while len(path) > 1 and not _holds(tree.at(path[:-1]), path[-1]):
        path = path[:-1]
    return path


def _holds(parent: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(parent, list) and step < len(parent)
    return isinstance(parent, dict)


def _field_name(record: type[Record], path: Path) -> str:
    """The own name of the field at `path`, which the data may call by an alias."""
    return str(own_name(record_at(record, path[:-1]), path[-1]))


@lru_cache(maxsize=MOST_KEPT)
def own_name(record: type[Record], name: str | int) -> str | int:
    """The own name of the field that accepts `name`; `name` itself where there is none."""
    declared = field_of(record, name)
    return aliases(declared)[0] if declared else name


def _required(record: type[Record], name: str) -> FieldInfo | None:
    declared = field_of(record, name)
    return declared if declared and declared.is_required() else None


def _empty(field: FieldInfo) -> Any:
    """What stands in for the value of a required field that is missing or wrong."""
    if get_origin(field.annotation) is Literal:
        return get_args(field.annotation)[0]
    core = _core(field.annotation)
    holds = any(get_origin(part) is dict for part in (field.annotation, *get_args(field.annotation)))
    return {} if holds or (isinstance(core, type) and issubclass(core, Record)) else "无"


def located(tree: Tree, record: type[Record], path: Path, prefix: Path, error: ErrorDetails) -> Finding:
    """One validation error as a finding, in Chinese, at its place."""
    whole = (*prefix, *path)
    place, kind, value = tree.where(whole), error["type"], error["input"]
    quoted = value if isinstance(value, str) else None
    if kind == "extra_forbidden":
        key = str(path[-1])
        holder = record_at(record, path[:-1])
        names, place = known_keys(holder), tree.keys.get(whole, place)
        if key in names:
            twin = next(other for other in _same(holder, key) if other in (tree.at(whole[:-1]) or ()))
            what = f"“{key}”和“{twin}”是同一项，写了两次"
            return Finding("Y011", Level.ERROR, place, what, key, mend="删去其中一个")
        return Finding("D001", Level.ERROR, place, f"不认识的键“{key}”", key, mend=nearest(key, names))
    if kind == "missing":
        what = f"缺少“{path[-1]}”" + (f"（{_meaning(record_at(record, path[:-1]), str(path[-1]))}）")
        holder_place = tree.where(whole[:-1])
        if not holder_place.cell:  # in a workbook the key is the head of a whole column
            holder_place = tree.keys.get(whole[:-1], holder_place)
        return Finding("D002", Level.ERROR, holder_place, what)
    if kind == "literal_error":
        wanted = error.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", " 或 ").replace(", ", "、")
        written = f"“{value}”" if quoted is not None else "这里"
        return Finding("D003", Level.ERROR, place, f"{written}应为 {wanted}", quoted, expected=wanted, actual=quoted)
    if kind in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        return tree.suspects.get(whole) or _shape(place, kind, value)
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, MisplacedError) and cause.step:
        place = tree.keys.get((*whole, *cause.step)) or tree.where((*whole, *cause.step))
    what = error["msg"].removeprefix("Value error, ")
    return Finding("D004", Level.ERROR, place, what, quoted)


def _same(record: type[Record], key: str) -> list[str]:
    """The other names of the field that is called `key`."""
    declared = field_of(record, key)
    names = aliases(declared) if declared else []
    return [name for name in names if name != key]


def _shape(place: Location, kind: str, value: Any) -> Finding:
    quoted = value if isinstance(value, str) else None
    if quoted and "：" in quoted and kind != "list_type":
        key, rest = quoted.split("：", 1)
        mend = f"键后用半角冒号加一个空格，改为：{key}: {rest}"
        return Finding("Y005", Level.ERROR, place, f"“{key}”后面是全角冒号“：”", quoted, mend=mend)
    wanted = "列表（每条前写“- ”）" if kind == "list_type" else "下一级的“键: 值”"
    got = "文字" if quoted is not None else "列表" if isinstance(value, list) else "“键: 值”" if value else "空"
    return Finding("D005", Level.ERROR, place, f"这里应为{wanted}，现在是{got}", quoted)


def record_at(record: type[Record], path: Path) -> type[Record]:
    """The record that stands at `path` below `record`."""
    found: Any = record
    for step in path:
        found = _below(found, step)
    return _record(found, record)


def own_paths(record: type[Record], paths: Iterable[Path]) -> dict[Path, Path]:
    """The paths below `record` by the fields' own names, of paths in which the file uses an alias."""
    own: dict[Path, Path] = {(): ()}
    kinds: dict[Path, Any] = {(): record}  # what stands at each path
    for path in paths:
        for length in range(1, len(path) + 1):
            part = path[:length]
            if part not in own:
                kind, step = kinds[part[:-1]], part[-1]
                named = step if isinstance(step, int) else own_name(_record(kind, record), step)
                own[part] = (*own[part[:-1]], named)
                kinds[part] = _below(kind, named)
    return own


def _record(kind: Any, other: type[Record]) -> type[Record]:
    return kind if _is_record(kind) else other


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type(Record)) and kind is not BaseModel  # asked often, and issubclass takes long


def _below(annotation: Any, step: str | int) -> Any:
    """What stands at a key or place of what is annotated so."""
    if _is_record(annotation):
        return _type_at(annotation, step) if isinstance(step, str) else annotation
    return _core(annotation)


@cache
def _type_at(record: type[Record], name: str) -> Any:
    declared = field_of(record, name)
    return _core(declared.annotation) if declared else record


def list_item(record: type[Record], name: str) -> type[Record] | None:
    """The record that a field's list holds; None when the field is no list of records."""
    declared = field_of(record, name)
    annotation = declared.annotation if declared else None
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is not list:
        return None
    item = _core(annotation)
    return item if isinstance(item, type) and issubclass(item, Record) else None


def _core(annotation: Any) -> Any:
    """The record inside Optional, Annotated, list or dict; the annotation itself when there is none."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        inner = [_core(part) for part in get_args(annotation) if part is not type(None)]
        return next((part for part in inner if isinstance(part, type) and issubclass(part, Record)), inner[0])
    if origin is Annotated or origin is list:
        return _core(get_args(annotation)[0])
    if origin is dict:
        return _core(get_args(annotation)[1])
    return annotation


def aliases(declared: FieldInfo) -> list[str]:
    """The Chinese names that a field accepts, its own first."""
    choices = declared.validation_alias
    return [str(name) for name in choices.choices] if isinstance(choices, AliasChoices) else []


@cache
def attributes(record: type[Record]) -> Mapping[str, str]:
    """The attribute that each name means which a record accepts."""
    found: dict[str, str] = {}
    for attribute, declared in record.model_fields.items():
        for name in aliases(declared):
            found.setdefault(name, attribute)
    return found


@lru_cache(maxsize=MOST_KEPT)
def own_names(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """The own name of each field of a record, and its attribute."""
    return tuple((aliases(declared)[0], attribute) for attribute, declared in record.model_fields.items())


def known_keys(record: type[Record]) -> list[str]:
    """The keys that a record accepts."""
    return [*attributes(record)]


def field_of(record: type[Record], name: str | int) -> FieldInfo | None:
    """The field of a record that accepts a name."""
    attribute = attributes(record).get(str(name))
    return record.model_fields[attribute] if attribute is not None else None


def _meaning(record: type[Record], key: str) -> str:
    declared = field_of(record, key)
    return declared.description or "" if declared else "必填"


def closest(word: str, words: Iterable[object]) -> str | None:
    """The word of `words` most like `word`, if one is close.

    >>> closest("到位律", ["预算", "到位率"])
    '到位率'
    """
    # Two Chinese characters of which one is shared score 0.5; Latin words that say something else score more.
    cutoff = 0.6 if word.isascii() else 0.4
    near = difflib.get_close_matches(word, [other for other in words if isinstance(other, str)], n=1, cutoff=cutoff)
    return near[0] if near else None


def nearest(word: str, words: Iterable[str], listed: bool = True) -> str:
    """A hint that names the word of `words` most like `word`, or all of them (nothing if not `listed`)."""
    words = list(words)
    if near := closest(word, words):
        return f"是不是“{near}”？"
    return "可用的有：" + "、".join(dict.fromkeys(words)) if listed else ""
