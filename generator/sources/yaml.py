"""YAML data files: every scalar stays text, every key and value knows its line and column.

Built from the parser's events, so that duplicate keys, aliases and tags are seen and depth is bounded.  What
YAML's own types would guess (numbers, dates, yes/no) is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml

from ..fields import Path
from ..findings import Finding, Level, Location, ReportError
from . import Tree
from .slips import BLOCK, TIGHT_DASH, WIDE_BLANKS, miswritten, suspects, wide_lead
from .unreadable import causes, unclosed

ENDINGS = (".yaml", ".yml")
DEEPEST = 40
NOTHING = ("", "~", "null", "Null", "NULL")
MOST_VALUES = 100_000
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_CHARACTERS_TOLD = 20
WRONG_LEVELS = ("Y004", "Y014")  # the file reads as YAML, but its levels are not what they look like

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_KEPT_BY_WORD = re.compile("[\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def read(content: bytes, file: str) -> Tree:
    """The tree of a YAML file; ReportError with all that can be found when it is not readable YAML."""
    text = _decoded(content, file)
    lines = text.split("\n")
    builder = _Builder(file, lines)
    try:
        builder.build(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        raise ReportError(causes(error, lines, builder.quoted, builder.ended, file)) from None
    levels = [finding for finding in builder.tree.findings if finding.code in WRONG_LEVELS]
    if builder.fatal or levels:
        raise ReportError(builder.fatal or levels)
    if not isinstance(builder.tree.data, dict):
        raise ReportError(
            [*suspects(lines, builder.quoted, file)]
            or [Finding("Y001", Level.ERROR, Location(file, 1, 1), "文件里没有“键: 值”，不是一份数据文件")]
        )
    return builder.tree


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
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if FORBIDDEN.search(text):
        raise ReportError(list(islice(_all_forbidden(text, file), MOST_CHARACTERS_TOLD)))
    return text


def _all_forbidden(text: str, file: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), 1):
        for found in FORBIDDEN.finditer(line):
            yield forbidden(Location(file, number, found.start() + 1), found[0])


def forbidden(place: Location, character: str) -> Finding:
    """The finding for a character (one of FORBIDDEN) that cannot be printed."""
    kind = "控制字符" if _KEPT_BY_WORD.match(character) else " Word 文件不能保存的字符"
    what = f"这里有{kind} U+{ord(character):04X}（多半看不见）"
    return Finding("Y003", Level.ERROR, place, what, mend="请删去这个字符")


class _Builder:
    """Builds plain data from YAML events, without recursion."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.tree = Tree(file, None)
        self.quoted: list[tuple[int, int]] = []  # first and last line of each text in quotes or under |
        self.ended: tuple[int, int] | None = None  # line and column behind the last text in quotes
        self._lines = [*lines, ""]  # the parser may stand behind the last line
        self.fatal: list[Finding] = []
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._plain_key = True
        self._documents = 0
        self._count = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            kind = type(event)
            if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
                self._key.pop()
                continue
            start = event.start_mark
            place = Location(self.tree.file, start.line + 1, start.column + 1)
            if kind is yaml.ScalarEvent:
                self._scalar(event, place)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._start({} if kind is yaml.MappingStartEvent else [], event, place)
            elif kind is yaml.AliasEvent:
                self._fail("Y008", place, "数据文件里不用锚点和别名（& 和 *）：同一个数请用 {{ 名称 }} 引用")
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    self._fail("Y007", place, "一个文件里只能有一份数据，这里又开始了一份（---）")
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
        if unprintable := FORBIDDEN.search(event.value):
            self.fatal.append(forbidden(place, unprintable[0]))
            return
        plain = not event.style
        first, last = event.start_mark.line, event.end_mark.line
        if not plain and last > first:
            self.quoted.append((first, last if event.style in "'\"" else last - 1))
        if not plain and event.style in "'\"":
            self.ended = (last, event.end_mark.column)
            if last > first and (found := unclosed(self._lines, first, event.start_mark.column, last, self.tree.file)):
                self.fatal.append(found)
                return
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            self._name(event.value, place)
            self._plain_key = plain
            return
        text = event.value.strip() if plain else event.value
        path = self._put(None if plain and text in NOTHING else text, place)
        if event.style in ("|", ">"):
            self.tree.values[path] = Location(self.tree.file, first + 2, 1)
        elif plain:
            self._suspect(path, first, last, event.start_mark.column)

    def _suspect(self, path: Path, first: int, last: int, column: int) -> None:
        """Note a plain text that looks like `键：值`, and what of it stands on lines of its own."""
        begins = not self._lines[first][:column].strip(" -")
        meant = miswritten(self._lines[first], first, self.tree.file) if begins else None
        if meant:
            self.tree.suspects[path] = meant
        if meant and BLOCK.search(self._lines[first]):
            return
        for number in range(first + 1, last + 1):
            if found := miswritten(self._lines[number], number, self.tree.file):
                self.tree.findings.append(found)

    def _name(self, written: str, place: Location) -> None:
        mapping, path = self._open[-1]
        key = _UNSEEN.sub("", written).strip()
        if found := self._miswritten_key(written, key, place):
            self.tree.findings.append(found)
            key = key.lstrip("-\u3000\xa0")
        if key in mapping:
            first = self.tree.keys[(*path, key)].line
            self.tree.findings.append(
                Finding("Y011", Level.ERROR, place, f"“{key}”写了两次，第一次在第 {first} 行", mend="删去其中一个")
            )
        self.tree.keys.setdefault((*path, key), place)
        self._key[-1] = key

    def _miswritten_key(self, written: str, key: str, place: Location) -> Finding | None:
        assert place.line is not None and place.column is not None
        number = place.line - 1
        if unseen := _UNSEEN.search(written):
            what, column = f"键“{key}”里有看不见的字符 U+{ord(unseen[0]):04X}", place.column + unseen.start()
            return Finding("Y003", Level.ERROR, replace(place, column=column), what, mend="请删去这个字符")
        if written[:1] in WIDE_BLANKS:
            return wide_lead(self._lines[number], number, self.tree.file)
        return miswritten(self._lines[number], number, self.tree.file) if TIGHT_DASH.match(written) else None

    def _put(self, value: Any, place: Location) -> Path:
        self._count += 1
        if self._count > MOST_VALUES:
            self._fail("Y009", place, f"值超过 {MOST_VALUES} 个，不像一份数据文件")
        if not self._open:
            self.tree.data = value
            self.tree.values[()] = place
            return ()
        container, path = self._open[-1]
        if value is None and isinstance(container, dict) and (found := self._swallowed(place)):
            self.tree.findings.append(found)
            self._key[-1] = None
            return path
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

    def _swallowed(self, place: Location) -> Finding | None:
        """What is wrong with `{名称：甲}` and `{预算: 660,000}`, where YAML reads a key without a value."""
        written = self._key[-1] or ""
        if re.fullmatch(r"[\d,.]+(?:元|万元|%)?", written):
            what, mend = "花括号里的逗号分开各项：数字里有千分位逗号时要放进引号", '如 {预算: "660,000.00"}，或不写逗号'
            where = self.tree.keys.get((*self._open[-1][1], written), place)
            return Finding("Y013", Level.ERROR, where, what, written, mend=mend)
        match = re.fullmatch(r"(.+?)([：:])(.*)", written)
        if not match or not self._plain_key:
            return None
        key, sign, value = match.groups()
        where = self.tree.keys.get((*self._open[-1][1], written), place)
        what = f"“{key}”后面是全角冒号“：”" if sign == "：" else f"“{key}:”后面没有空格"
        mend = f"键后用半角冒号加一个空格，改为：{key}: {value.strip()}"
        return Finding("Y005" if sign == "：" else "Y012", Level.ERROR, where, what, written, mend=mend)
