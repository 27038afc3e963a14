"""The list of what a template may write: names with meaning, kind, example and loop, and filters with what they make.

The names come in blocks, one for each section and each list, whose tags can be copied as they are.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import language
from ..shape import PROSE, ROWS, SECTION, Shape, example_at, walk

__all__ = ["FILTERS", "KIND_NOTES", "Block", "Filtered", "Row", "as_json", "blocks", "filters"]

# How the values of a kind print, and what else can be made of them.
KIND_NOTES = {
    "金额": "按样式的单位和小数印，带单位；换一种印法：|万元、|元、|数值、|千分位、|大写金额",
    "比率": "按样式的小数印成百分数；换一种印法：|百分比(1)、|数值",
    "数量": "照数据里写的印，如 300余人次",
    "得分": "按样式的小数印，不带“分”字",
    "日期": '印成 2025年6月20日；换一种印法：|日期("yyyy-MM-dd")、|中文日期',
    "指标值": "符号、数和单位，照数据里写的印",
    "数": "印成数字；换一种印法：|中文数字、|圈号",
    "是否": "印成 是 或 否；多用来作条件：{% if … %} … {% endif %}",
    "文字": "照数据里写的印；里面的 {{ }} 已经算好",
    "段落": "一段或几段文字；写在单独一段里，加 |分段，每段各成一个 Word 段落",
    "列表": "不能直接印：用 for 循环逐项印，或 |顿号、|并列 连成一句；|length 是项数",
    "节": "里面还有名称，用点号接着写",
}

# What shows a filter at work, on the names of the specimen.
FILTERS: dict[str, tuple[str, ...]] = {
    "元": ("资金.支出|元", "资金.支出|元(0)"),
    "万元": ("资金.支出|万元", "资金.支出|万元(2)"),
    "数值": ("资金.支出|数值", '资金.支出|数值("元")', "资金.支出率|数值"),
    "折合": ('资金.支出|折合("万元")', '资金.支出率|折合("%")'),
    "千分位": ("资金.支出|千分位", "实施.活动.借阅.合计|千分位(0)"),
    "百分比": ("资金.支出率|百分比", "资金.支出率|百分比(1)"),
    "整数": ("资金.支出率|整数",),
    "大写金额": ("资金.支出|大写金额",),
    "中文数字": ("实施.已开展|中文数字",),
    "日期": ("报告.报告日期|日期", '报告.报告日期|日期("yyyy-MM-dd")'),
    "中文日期": ("报告.报告日期|中文日期",),
    "顿号": ('资金.按单位|顿号("简称")', "项目.主管部门.别名|顿号"),
    "并列": ('资金.按单位|并列("简称")',),
    "列": ('资金.按单位|列("简称")|顿号',),
    "空则": ('报告.标题|空则("未命名")', '""|空则("无")'),
    "去句号": ("正文.支出重点|去句号",),
    "去指标": ("绩效目标.指标[0].一级|去指标",),
    "圈号": ("实施.未开展|圈号",),
    "降级": ('"1."|降级', '"（2）"|降级'),
    "分段": ("资金.说明|分段",),
    "图片": ('照片[0].文件|图片("12厘米")',),
    "合并": ("指标体系[0].标签|合并",),
}

_VARIABLES = {
    "指标体系": "指标",
    "分组": "组",
    "评价组": "成员",
    "附件": "件",
    "照片": "照",
    "依据": "件",
    "段落": "段",
    "条目": "条",
}
LONGEST_VARIABLE = 3
ITSELF = "一项直接印出来"


@dataclass(frozen=True, slots=True)
class Row:
    """One name: the tag that prints it (its dotted name where it does not print), kind, meaning and example."""

    tag: str
    kind: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Block:
    """The names of one section or of the items of one list.

    `opening` and `closing` are the loop's tags, empty for a section; `same` is the title of the block that has the
    names already, empty where `rows` has them.
    """

    title: str
    meaning: str
    rows: tuple[Row, ...] = ()
    opening: str = ""
    closing: str = ""
    same: str = ""


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter: its name, what it does, and tags with what they print."""

    name: str
    meaning: str
    examples: tuple[tuple[str, str], ...]


def blocks(root: Shape, names: Mapping[str, Any] | None = None) -> Iterator[Block]:
    """Every block, in the order of the data; examples are what `names` print, or else what the specimen does."""
    listed = _Listing(names, frozenset(root.below))
    plain = [one for one in root.below.values() if one.kind not in (SECTION, ROWS)]
    if plain:
        yield Block("最外层", "", tuple(listed.row(one, one.path) for one in plain))
    for one in root.below.values():
        if one.kind in (SECTION, ROWS):
            yield from listed.of(one, one.name, one.name)
    yield from _prose(root)


class _Listing:
    """One listing: which kinds of things have been listed, and where."""

    def __init__(self, names: Mapping[str, Any] | None, roots: frozenset[str]) -> None:
        self.names = names
        self.roots = roots
        self.listed: dict[frozenset[str], str] = {}

    def of(self, shape: Shape, title: str, written: str) -> Iterator[Block]:
        """The block of a section or list, called `written` in tags, and the blocks below it."""
        if shape.kind == ROWS:
            yield from self._rows(shape, title, written)
        elif shape.item is not None and shape.item.path == f"{shape.path}[]":
            yield from self._by_key(shape, title, written)
        else:
            yield from self._names(shape, title, written, shape.meaning, "", "")

    def _rows(self, shape: Shape, title: str, written: str) -> Iterator[Block]:
        item = shape.item
        variable = self._variable(shape.name, written)
        opening, closing = f"{{%tr for {variable} in {written} %}}", "{%tr endfor %}"
        if item is None:
            return
        if item.kind == SECTION:
            yield from self._names(item, title, variable, shape.meaning, opening, closing)
        elif item.kind == ROWS:
            yield Block(title, shape.meaning, (), opening, closing)
        else:
            rows = (self.row(item, variable, ITSELF), Row(f"{{{{ {written}|顿号 }}}}", "文字", "连成一句", ""))
            yield Block(title, shape.meaning, rows, opening, closing)

    def _by_key(self, shape: Shape, title: str, written: str) -> Iterator[Block]:
        """A section whose keys the data chooses: its own keys, then the names under one of them."""
        said = self.names.get(shape.path) if self.names is not None else None
        keys = list(said) if isinstance(said, Mapping) else list(shape.below)
        item = shape.item
        assert item is not None
        rows = [self._keyed(shape, item, key, f"{written}.{key}") for key in keys]
        yield Block(title, shape.meaning, tuple(rows))
        if item.kind == SECTION and keys:
            yield from self._names(item, f"{title} 的每一项", f"{written}.{keys[0]}", "", "", "")

    def _keyed(self, shape: Shape, item: Shape, key: str, written: str) -> Row:
        known = shape.below.get(key, item)
        example = known.example if self.names is None else example_at(self.names, f"{shape.path}.{key}")
        return Row(
            f"{{{{ {written} }}}}" if item.kind != PROSE else f"{{{{ {written}|分段 }}}}",
            item.kind,
            known.meaning,
            example,
        )

    def _names(self, shape: Shape, title: str, lead: str, meaning: str, opening: str, closing: str) -> Iterator[Block]:
        keys = frozenset(shape.below)
        if keys in self.listed:
            yield Block(title, meaning, (), opening, closing, self.listed[keys])
            return
        self.listed[keys] = title
        own = (self.row(shape, lead, ITSELF),) if shape.example and opening else ()
        inner = tuple(self.row(one, f"{lead}.{one.name}") for one in shape.below.values())
        yield Block(title, meaning, (*own, *inner), opening, closing)
        for one in shape.below.values():
            if one.kind in (SECTION, ROWS):
                yield from self.of(one, f"{title}.{one.name}", f"{lead}.{one.name}")

    def row(self, shape: Shape, written: str, name: str = "") -> Row:
        """The row of a name that tags write as `written`."""
        tag = f"{{{{ {written} }}}}" if shape.kind not in (SECTION, ROWS) or shape.example else written
        if shape.kind == PROSE:
            tag = f"{{{{ {written}|分段 }}}}"
        example = shape.example if self.names is None else example_at(self.names, shape.path)
        return Row(tag, shape.kind, shape.meaning or name, example)

    def _variable(self, name: str, written: str) -> str:
        """What a loop calls its items: short, and no name that is there already."""
        found = _VARIABLES.get(name, name.removeprefix("按"))
        taken = found in self.roots or found == written.partition(".")[0] or len(found) > LONGEST_VARIABLE
        return "项" if taken else found


def _prose(root: Shape) -> Iterator[Block]:
    """The blocks that tell of texts of paragraphs, once for all of them."""
    texts = [one for one in walk(root) if one.kind == PROSE and one.path.startswith("正文.")]
    text = next((one for one in texts if one.example.startswith("1.")), texts[0] if texts else None)
    if text is None:
        return
    rows = [Row(one.path, one.kind, one.meaning, one.example) for one in text.below.values()]
    yield Block(PROSE, "类型是“段落”的名称，里面都有这些：要自己排编号、标题时用", tuple(rows))
    for one in text.below.values():
        if one.item is not None:
            variable = _VARIABLES[one.name]
            inner = [
                Row(f"{{{{ {variable}.{below.name} }}}}", below.kind, below.meaning, below.example)
                for below in one.item.below.values()
            ]
            yield Block(
                f"{PROSE}.{one.name}",
                one.meaning,
                tuple(inner),
                f"{{%p for {variable} in {one.path} %}}",
                "{%p endfor %}",
            )


def filters(names: Mapping[str, Any]) -> Iterator[Filtered]:
    """Every filter of the project with what it makes of names."""
    for name, function in language.filter_functions().items():
        meaning = (inspect.getdoc(function) or "").partition("\n")[0]
        shown = tuple((f"{{{{ {tag} }}}}", _made(tag, names)) for tag in FILTERS.get(name, ()))
        yield Filtered(name, meaning, shown)


def _made(tag: str, names: Mapping[str, Any]) -> str:
    """What a tag prints; the items of a list, a line each."""
    written = (
        f"{{{{ {tag} }}}}" if not tag.endswith("|分段") else f"{{% for 段 in {tag} %}}{{{{ 段 }}}}\n{{% endfor %}}"
    )
    if "|图片" in tag:
        return "（印成图片）"
    return language.printed(language.text().from_string(written), names).strip()


def as_json(root: Shape, names: Mapping[str, Any] | None = None) -> dict[str, object]:
    """The tree of names as JSON objects; the same names are listed once."""
    told: dict[frozenset[str], str] = {}
    return {"名称": [_object(one, names, told) for one in root.below.values()]}


def _object(shape: Shape, names: Mapping[str, Any] | None, told: dict[frozenset[str], str]) -> dict[str, object]:
    """A name as an object; names that stand elsewhere already (in `told`) are told by where."""
    example = shape.example if names is None else example_at(names, shape.path)
    found: dict[str, object] = {
        "名称": shape.name,
        "路径": shape.path,
        "类型": shape.kind,
        "含义": shape.meaning,
        "例": example,
    }
    if shape.item is not None:
        found["每一项"] = _object(shape.item, names, told)
    keys = frozenset(shape.below)
    if keys in told:
        found["下级同"] = told[keys]
    elif keys:
        told[keys] = shape.path
        found["下级"] = [_object(one, names, told) for one in shape.below.values()]
    return found
