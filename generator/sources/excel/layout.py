"""Where a data file's fields stand in a workbook: sheets of blocks, and what a block's rows and columns are.

Only the distribution over sheets is said here.  Which rows, columns and kinds of cells a block has follows from the
declarations of the model.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ... import fields as declared
from ...fields import MONEY_UNIT, Record
from ...model import Evaluation, FundRow, Indicator
from ...records import aliases

Names = tuple[str, ...]
NAME, BELOW, KEY = "名称", "下级", "简称"
LABEL, CONTENT, NOTE = "栏目", "内容", "说明"
NUMERALS = "一二三四五六七八九"
KINDS: tuple[tuple[Any, str], ...] = (
    (declared.Texts, "list"),
    (declared.Amount, "amount"),
    (declared.Percent, "rate"),
    (declared.Share, "rate"),
    (declared.Date, "date"),
    (declared.Count, "count"),
    (declared.Year, "count"),
    (declared.Score, "number"),
    (declared.Number, "number"),
    (declared.YesNo, "yes"),
    (declared.Prose, "prose"),
    (declared.Measuring, "any"),
    (Any, "any"),
)


@dataclass(frozen=True)
class Field:
    """One field of a record: its names (its own first), what its cell holds, and the record below it if there is one.

    `kind` is text, amount, rate, date, count, number, yes, choice, list, prose or any (YAML) for a cell; record for
    a record of its own; rows for a list of records; map for records by key; texts for texts by key.  `type` is the
    declared type; `each_year` is whether the declaration says that it is new each year.
    """

    names: Names
    kind: str
    meaning: str = ""
    record: type[Record] | None = None
    choices: Names = ()
    required: bool = False
    type: Any = dataclasses.field(default=None, compare=False, repr=False)
    each_year: bool | None = None

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.names[0]

    @property
    def simple(self) -> bool:
        """Whether the field is one cell."""
        return self.kind not in ("record", "rows", "map", "texts")


@cache
def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record, in the order of their declaration."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        replace(
            _field(_said(hints[attribute]), tuple(aliases(one)), one.description or "", one.is_required()),
            type=_said(hints[attribute]),
            each_year=next((said.emptied for said in one.metadata if isinstance(said, declared.EachYear)), None),
        )
        for attribute, one in record.model_fields.items()
    )


def _said(annotation: Any) -> Any:
    """The type of a field that may be left out."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _field(annotation: Any, names: Names, meaning: str, required: bool) -> Field:
    for known, kind in KINDS:
        if annotation is known or annotation == known:
            return Field(names, kind, meaning, required=required)
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return Field(names, "choice", meaning, choices=get_args(annotation), required=required)
    if get_origin(annotation) is dict:
        inner = get_args(annotation)[1]
        if isinstance(inner, type) and issubclass(inner, Record):
            return Field(names, "map", meaning, inner, required=required)
        return Field(names, "texts", meaning, required=required)
    if get_origin(annotation) is list:
        return Field(names, "rows", meaning, get_args(annotation)[0], required=required)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Field(names, "record", meaning, annotation, required=required)
    return Field(names, "text", meaning, required=required)


def field_named(record: type[Record], name: str) -> Field | None:
    """The field that a record calls by that name, own or further."""
    return next((field for field in fields_of(record) if name in field.names), None)


def key_field(record: type[Record]) -> Field:
    """The field that stands for a record where there is one cell for it: the required one, 名称, or the first."""
    fields = [field for field in fields_of(record) if field.simple]
    return next((field for field in fields if field.required or field.name == NAME), fields[0])


@dataclass(frozen=True)
class Place:
    """One cell's place: its path below the block (pairs) or the row (tables), what it holds, what it is called.

    `child` is the list field that the place is in: each of its records stands in a row of its own.
    """

    label: str
    path: Names
    field: Field
    child: str = ""


@dataclass(frozen=True)
class Block:
    """A titled part of a sheet: `kind` is pairs, rows, tree, map, texts or list; `path` is where its data stands."""

    path: Names
    names: Names
    kind: str
    record: type[Record] | None = None
    meaning: str = ""
    places: tuple[Place, ...] = ()  # of pairs

    @property
    def name(self) -> str:
        """The block's title."""
        return self.names[0]


@dataclass(frozen=True)
class SheetPlan:
    """A sheet: its names and its blocks."""

    names: Names
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The sheet's own name."""
        return self.names[0]


# Sheet's names, then its groups: each a block of pairs and the tables that follow from it.
SHEETS: tuple[tuple[Names, tuple[Names, ...]], ...] = (
    (("基本信息", "基本情况", "项目基本情况", "项目信息"), (("报告", MONEY_UNIT, "上年"), ("项目",), ("评价结果",))),
    (("单位", "项目单位", "社区", "子项目单位"), (("项目.单位",),)),
    (("资金", "资金情况", "项目资金"), (("资金",),)),
    (("绩效目标", "目标", "绩效目标表"), (("绩效目标",),)),
    (("指标体系", "评价指标体系", "指标", "评分表"), (("指标体系",),)),
    (("实施", "实施情况"), (("实施",),)),
    (("问卷", "问卷调查", "满意度问卷"), (("问卷",),)),
    (("正文", "文字", "报告正文"), (("正文",),)),
    (("自定义",), (("自定义",),)),
    (("问题与建议", "问题和建议", "问题及建议", "问题"), (("问题",), ("主要经验",))),
    (("文件与附件", "文件", "附件", "依据"), (("文件",), ("依据",), ("附件",), ("照片",))),
    (("评价工作", "评价组和抽样", "评价工作情况"), (("评价组",), ("抽样",), ("整改",), ("意见",))),
    (("已核实", "沿用上年"), (("已核实",), ("沿用上年",))),
)
WHEN_SAID = frozenset({"自定义"})  # sheets that are only there where the data has something for them
BLOCK_NAMES: dict[Names, Names] = {
    ("资金",): ("资金总额", "资金情况"),
    ("资金", "按单位"): ("各单位资金",),
    ("资金", "按用途"): ("支出明细", "资金用途"),
    ("资金", "按来源"): ("资金来源",),
    ("资金", "支付"): ("支付情况",),
    ("项目",): ("项目情况", "项目基本情况"),
    ("项目", "单位"): ("各单位", "项目单位"),
    ("问卷", "题目"): ("问卷题目", "调查题目"),
    ("问题",): ("存在的问题", "问题与建议", "问题和建议"),
    ("主要经验",): ("主要经验及做法", "经验"),
    ("文件",): ("引用的文件", "文件清单"),
    ("依据",): ("评价依据",),
}
# Left out of a sheet unless the data uses them, by record: what few projects have.
ASIDE: dict[type[Record], frozenset[str]] = {
    Indicator: frozenset(("全称", "不适用", "主要成效", "分析", "按下级分析", "得分")),
    FundRow: frozenset(("年初预算", "数量", "数量单位", "最后到账日期", "最后到账金额", "原因", "按用途")),
}
ASIDE_BLOCKS: dict[Names, frozenset[str]] = {
    ("资金", block): frozenset(("单位",)) for block in ("按用途", "按来源", "按区域", "按子项目")
}
ASIDE_BLOCKS[("资金", "按单位")] = frozenset((NAME,))
# A sheet of such a name in the data's own workbook holds the payments or answers themselves, not names of files.
NO_SHEETS = frozenset({("资金", "台账"), ("问卷", "答卷")})
NESTED_SHOWN = 2  # how many cells of a record within a record (主管部门) stand in a new sheet
# A column that helps to fill another one in: the sign of a target, which may stand before its number as well.
TARGET = "指标值"
SIGN = Field(
    ("符号", "运算符", "比较符号"),
    "sign",
    "指标值的符号，从列表里选；写在指标值里的不用选",
    choices=("≥", "≤", "=", ">", "<"),
)
CARRIED: dict[Names, Names] = {("绩效目标", "指标"): ("一级", "二级")}  # a blank cell means: same as above


@cache
def plans() -> tuple[SheetPlan, ...]:
    """Every sheet with its blocks; a field of the model that no sheet names gets a sheet of its own."""
    listed = {tuple(name.split(".")) for _, groups in SHEETS for group in groups for name in group}
    found = [
        SheetPlan(names, tuple(block for group in groups for block in _blocks(group, listed)))
        for names, groups in SHEETS
    ]
    for field in fields_of(Evaluation):
        if (field.name,) not in listed:
            found.append(SheetPlan(field.names, tuple(_blocks((field.name,), listed))))
    return tuple(found)


def _blocks(group: Names, listed: set[Names]) -> Iterator[Block]:
    pairs: list[Place] = []
    tables: list[Block] = []
    names: Names = ()
    meaning = ""
    for root in group:
        path = tuple(root.split("."))
        field = field_at(path)
        names = names or (*field.names, *BLOCK_NAMES.get(path, ()))
        meaning = meaning or field.meaning
        if field.kind == "record" and field.record:
            pairs += _pairs(path, field.record)
            for inner in fields_of(field.record):
                if not inner.simple and inner.kind != "record" and (*path, inner.name) not in listed:
                    tables.append(_table((*path, inner.name), inner))
        elif field.kind in ("rows", "map", "texts", "list"):
            tables.append(_table(path, field))
        else:
            pairs.insert(0, Place(field.name, path, field))
    if pairs:
        yield Block(tuple(group[0].split(".")), names, "pairs", None, meaning, tuple(pairs))
    yield from tables


def field_at(path: Names) -> Field:
    """The field at a path of field names."""
    record: type[Record] = Evaluation
    found: Field | None = None
    for step in path:
        found = field_named(record, step)
        assert found is not None, f"no field at {path}"
        record = found.record or record
    assert found is not None
    return found


def _table(path: Names, field: Field) -> Block:
    names = (*field.names, *BLOCK_NAMES.get(path, ()))
    if field.kind == "rows" and field.record:
        below = field_named(field.record, BELOW)
        kind = "tree" if below and below.record is field.record else "rows"
        return Block(path, names, kind, field.record, field.meaning)
    return Block(path, names, field.kind, field.record, field.meaning)


def _pairs(path: Names, record: type[Record]) -> Iterator[Place]:
    for field in fields_of(record):
        if field.simple:
            yield Place(field.name, (*path, field.name), field)
        elif field.kind == "record" and field.record:
            yield from _nested(field, (*path, field.name))


def _nested(field: Field, path: Names, child: str = "") -> Iterator[Place]:
    """The cells of a record within a record: its key field under the field's own name, the others dotted."""
    assert field.record is not None
    key = key_field(field.record)
    yield Place(field.name, (*path, key.name), _called(key, field), child)
    for inner in fields_of(field.record):
        if inner is not key:
            kept = inner if inner.simple else Field(inner.names, "any", inner.meaning)
            yield Place(f"{field.name}.{inner.name}", (*path, inner.name), kept, child)


def _called(key: Field, field: Field) -> Field:
    return Field(key.names, key.kind, field.meaning or key.meaning, choices=key.choices)


@cache
def columns_of(block: Block) -> tuple[Place, ...]:
    """All columns that a table may have, in the order of the declarations; child lists last."""
    if block.kind == "list":
        field = Field((NAME, *block.names), "text", block.meaning)
        return (Place(NAME, (), field),)
    assert block.record is not None
    own: list[Place] = []
    children: list[Place] = []
    if block.kind == "map":
        own.append(Place(KEY, (), Field((KEY, block.name, "键"), "text", "文中引用时用的短名称")))
    for field in fields_of(block.record):
        if block.kind == "tree" and field.name == BELOW:
            continue
        if field.name == TARGET:
            own.append(Place(SIGN.name, (TARGET,), SIGN))
        if field.simple:
            own.append(Place(field.name, (field.name,), field))
        elif field.kind == "record":
            own += _nested(field, (field.name,))
        elif field.kind == "rows" and field.record:
            children += _nested(field, (), field.name)
        else:
            own.append(Place(field.name, (field.name,), Field(field.names, "any", field.meaning)))
    return (*own, *children)


def level_of(header: str) -> int | None:
    """The level that a header of a tree's column names: 0 for 一级, 一级指标."""
    match = re.fullmatch(rf"([{NUMERALS}])级(?:指标|名称|分类|项目)?", header)
    return NUMERALS.index(match[1]) if match else None


def shown(block: Block, place: Place) -> bool:
    """Whether a column or row stands in a sheet even when the data has nothing for it."""
    if block.kind == "pairs":
        nested = "." in place.label
        return not nested or _order(block.places, place) < NESTED_SHOWN
    aside = ASIDE.get(block.record or Record, frozenset()) | ASIDE_BLOCKS.get(block.path, frozenset())
    if place.label in aside or (place.child and place.child in aside):
        return False
    return "." not in place.label or bool(place.child and place.field.kind != "any")


def _order(places: tuple[Place, ...], place: Place) -> int:
    """Which cell of its inner record a place is, counted from 0."""
    root = place.label.split(".")[0]
    return [one.label for one in places if one.label.split(".")[0] == root].index(place.label)
