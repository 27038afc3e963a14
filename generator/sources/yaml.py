"""YAML data files: every scalar stays text, every key and value knows its line and column.

Built from the parser's events, so that duplicate keys, aliases and tags are seen and depth is bounded.  What
YAML's own types would guess (numbers, dates, yes/no) is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..findings import Finding, Level, Location, ReportError
from ..model import Path
from . import Tree

ENDINGS = (".yaml", ".yml")
DEEPEST = 40
MOST_VALUES = 500_000
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDE_COLON = re.compile(r"^(?P<lead>[\s\u3000]*(?:- +)*)(?P<key>[^\s：:#'\"{}\[\]]{1,20})：\s*(?P<rest>.*)$")
_BLOCK = re.compile(r"[:\-]\s+[|>][+-]?\d?\s*(?:#.*)?$")
_PROBLEMS = (
    ("could not find expected ':'", "这一行不成“键: 值”的样子：键后要有半角冒号和一个空格"),
    ("mapping values are not allowed", "这里多了一个冒号：值里有“: ”时请把整个值放进引号；或上一行缩进不对"),
    ("cannot start any token", "这里有不能用在行首的字符：以 @、`、% 或制表符开头的值要放进引号"),
    ("did not find expected key", "缩进不对，或上一行没有写完"),
    ("expected <block end>", "缩进不对：同一级的键要左对齐"),
    ("did not find expected '-'", "列表的缩进不对：同一列表的“- ”要左对齐"),
    ("while scanning a quoted scalar", "引号没有成对"),
    ("unexpected end of stream", "引号或括号没有成对"),
    ("did not find expected ','", "花括号或方括号里，各项之间要用半角逗号分开，并成对"),
    ("while scanning a block scalar", "“|”之后的文字缩进不对"),
    ("control characters", "这里有不可见的控制字符，请删去"),
)


def read(content: bytes, file: str) -> Tree:
    """The tree of a YAML file; ReportError with all that can be found when it is not readable YAML."""
    text = _decoded(content, file)
    builder = _Builder(file)
    try:
        builder.build(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        raise ReportError([*suspects(text, file)] or [_problem(error, file)]) from None
    if builder.fatal:
        raise ReportError(builder.fatal)
    tree = builder.tree
    if not isinstance(tree.data, dict):
        raise ReportError(
            [*suspects(text, file)]
            or [Finding("Y001", Level.ERROR, Location(file, 1, 1), "文件里没有“键: 值”，不是一份数据文件")]
        )
    lines = text.split("\n")
    for path, (first, last) in builder.spans.items():
        for number in range(first + 1, last + 1):
            if number < len(lines) and (found := _wide_colon(lines[number], number, file)):
                tree.findings.append(found)
                tree.values[path] = Location(file, first + 1, 1)
    return tree


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReportError(
            Finding(
                "Y002",
                Level.ERROR,
                Location(file, line),
                "文件不是 UTF-8 编码",
                mend="请在编辑器里“另存为”，编码选 UTF-8",
            )
        ) from None
    if found := FORBIDDEN.search(text):
        before = text[: found.start()]
        raise ReportError(_forbidden(found[0], file, before.count("\n") + 1, len(before) - before.rfind("\n")))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _forbidden(character: str, file: str, line: int, column: int) -> Finding:
    what = f"这里有 Word 文件不能保存的字符 U+{ord(character):04X}（多半看不见）"
    return Finding("Y003", Level.ERROR, Location(file, line, column), what, mend="请删去这个字符")


def suspects(text: str, file: str) -> Iterator[Finding]:
    """Lines outside block texts that break YAML in the ways of Chinese typing, with the mended line."""
    block: int | None = None
    for number, line in enumerate(text.split("\n")):
        indent = len(line) - len(line.lstrip(" \t\u3000"))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK.search(line) else None
        lead = line[:indent]
        if "\t" in lead or "\u3000" in lead:
            sign, width = ("全角空格", 2) if "\u3000" in lead else ("制表符（Tab）", 2)
            mended = lead.replace("\t", " " * width).replace("\u3000", " " * width) + line[indent:]
            yield Finding(
                "Y004",
                Level.ERROR,
                Location(file, number + 1, 1),
                f"缩进里有{sign}",
                quoted=line.strip(),
                mend=f"缩进只用半角空格，改为：{mended.rstrip()}",
            )
        elif found := _wide_colon(line, number, file):
            yield found


def _wide_colon(line: str, number: int, file: str) -> Finding | None:
    match = _WIDE_COLON.match(line)
    if not match:
        return None
    mended = f"{match['lead']}{match['key']}: {match['rest']}".rstrip()
    return Finding(
        "Y005",
        Level.ERROR,
        Location(file, number + 1, line.index("：") + 1),
        f"“{match['key']}”后面是全角冒号“：”",
        quoted=line.strip(),
        mend=f"键后用半角冒号加一个空格，改为：{mended}；若这是上一行文字的继续，请用“|”写成多行文字",
    )


def _problem(error: yaml.YAMLError, file: str) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    said = str(error)
    what = next((chinese for english, chinese in _PROBLEMS if english in said), "这里不合 YAML 的写法")
    return Finding("Y006", Level.ERROR, place, what)


class _Builder:
    """Builds plain data from YAML events, without recursion."""

    def __init__(self, file: str) -> None:
        self.tree = Tree(file, None)
        self.spans: dict[Path, tuple[int, int]] = {}
        self.fatal: list[Finding] = []
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._documents = 0
        self._count = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            place = Location(self.tree.file, event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._fail("Y007", place, "一个文件里只能有一份数据，这里又开始了一份（---）")
            elif isinstance(event, yaml.AliasEvent):
                self._fail("Y008", place, "数据文件里不用锚点和别名（& 和 *）：同一个数请用 {{ 名称 }} 引用")
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event, place)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._start({} if isinstance(event, yaml.MappingStartEvent) else [], event, place)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._open.pop()
                self._key.pop()
            if self.fatal:
                return

    def _fail(self, code: str, place: Location, what: str) -> None:
        self.fatal.append(Finding(code, Level.ERROR, place, what))

    def _start(self, container: Any, event: Any, place: Location) -> None:
        if event.anchor or event.tag not in (None, "!"):
            self._fail("Y008", place, "数据文件里不用锚点（&）和类型标记（!）")
        if len(self._open) >= DEEPEST:
            self._fail("Y009", place, f"层次超过 {DEEPEST} 层，不像一份数据文件")
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            self._fail("Y010", place, "键应为文字，不能是列表或花括号；以 {{ 开头的文字要放进引号")
            return
        path = self._put(container, place)
        self._open.append((container, path))
        self._key.append(None)

    def _scalar(self, event: Any, place: Location) -> None:
        if event.anchor or event.tag not in (None, "!"):
            self._fail("Y008", place, "数据文件里不用锚点（&）和类型标记（!）")
            return
        if found := FORBIDDEN.search(event.value):
            self.fatal.append(_forbidden(found[0], self.tree.file, place.line or 1, place.column or 1))
            return
        plain = not event.style
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            self._name(event.value.strip(), place)
            return
        text = event.value.strip() if plain else event.value
        path = self._put(None if plain and text in ("", "~") else text, place)
        first, last = event.start_mark.line, event.end_mark.line
        if event.style in ("|", ">"):
            self.tree.values[path] = Location(self.tree.file, first + 2, 1)
        elif plain and last > first:
            self.spans[path] = (first, last)

    def _name(self, key: str, place: Location) -> None:
        mapping, path = self._open[-1]
        if key in mapping:
            first = self.tree.keys[(*path, key)].line
            self.tree.findings.append(
                Finding("Y011", Level.ERROR, place, f"“{key}”写了两次，第一次在第 {first} 行", mend="删去其中一个")
            )
        self.tree.keys[(*path, key)] = place
        self._key[-1] = key

    def _put(self, value: Any, place: Location) -> Path:
        self._count += 1
        if self._count > MOST_VALUES:
            self._fail("Y009", place, f"值超过 {MOST_VALUES} 个，不像一份数据文件")
        if not self._open:
            self.tree.data = value
            self.tree.values[()] = place
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
        else:
            key = self._key[-1]
            assert key is not None
            path = (*path, key)
            container.setdefault(key, value)
            self._key[-1] = None
        self.tree.values.setdefault(path, place)
        return path
