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
_WIDE_BLANKS = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\xa0": "不间断空格"}
_LEAD = r"^(?P<lead>[ \t\u3000\xa0]*(?:- +)*)"
_KEY = r"(?P<key>\"[^\"：:]{1,20}\"|'[^'：:]{1,20}'|[^\s：:#'\"{}\[\]-][^\s：:#'\"{}\[\]]{0,19})"
_WIDE_COLON = re.compile(_LEAD + _KEY + r"\s*：\s*(?P<rest>.*)$")
_TIGHT_COLON = re.compile(_LEAD + r"(?P<key>[^\W\d_][\w（）、·]{0,19}):(?P<rest>[^\s:/].*|[\u3000\xa0]+.*)$")
_TIGHT_DASH = re.compile(r"^(?P<lead>[ ]*)-(?P<blank>[\u3000\xa0]*)(?P<rest>[^\W\d].*)$")
_BLOCK = re.compile(r"(?:[:\-]\s+|：\s*)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_PROBLEMS = (
    ("while scanning a quoted scalar, found unexpected", "引号没有成对"),
    ("found unexpected end of stream", "引号或括号没有成对"),
    ("found unexpected ':'", "冒号后面要空一格"),
    ("unknown escape character", "双引号里的“\\”写法不对：要印出“\\”请写两个，或改用单引号"),
    ("escape code", "双引号里的“\\u”之后不是可用的字符编码"),
    ("hexdecimal", "双引号里的“\\u”之后不是可用的字符编码"),
    ("could not find expected ':'", "这一行不成“键: 值”的样子：键后要有半角冒号和一个空格"),
    ("mapping values are not allowed", "这里多了一个冒号：值里有“: ”时请把整个值放进引号；或上一行缩进不对"),
    ("cannot start any token", "这里有不能用在行首的字符：以 @、`、% 或制表符开头的值要放进引号"),
    ("alphabetic or numeric character", "以 * 或 & 开头的值要放进引号"),
    ("tag", "以 ! 开头的值要放进引号"),
    ("block sequence entries are not allowed", "“- ”不能写在这里：列表从键的下一行写起；以“- ”开头的值要放进引号"),
    ("expected comment or line break", "“|”和“>”之后不能再写文字：文字从下一行写起"),
    ("<document start>", "“...”之后不能再有内容"),
    ("directive", "以 % 开头的行不能用在数据文件里"),
    ("incompatible YAML document", "以 % 开头的行不能用在数据文件里"),
    ("tab character", "缩进里有制表符（Tab），要用空格"),
    ("did not find expected ','", "花括号或方括号里，各项之间要用半角逗号分开，并成对"),
    ("did not find expected node content", "这里缺一个值，或多了一个逗号"),
    ("did not find expected key", "缩进不对，或上一行没有写完"),
    ("expected <block end>", "缩进不对：同一级的键要左对齐"),
    ("did not find expected '-'", "列表的缩进不对：同一列表的“- ”要左对齐"),
    ("while scanning a block scalar", "“|”之后的文字缩进不对"),
)


def read(content: bytes, file: str) -> Tree:
    """The tree of a YAML file; ReportError with all that can be found when it is not readable YAML."""
    text = _decoded(content, file)
    lines = text.split("\n")
    builder = _Builder(file, lines)
    try:
        builder.build(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        raise ReportError(_causes(error, lines, builder.quoted, file)) from None
    levels = [finding for finding in builder.tree.findings if finding.code in WRONG_LEVELS]
    if builder.fatal or levels:
        raise ReportError(builder.fatal or levels)
    if not isinstance(builder.tree.data, dict):
        raise ReportError(
            [*_suspects(lines, builder.quoted, file)]
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
            yield _forbidden(found[0], file, number, found.start() + 1)


def _forbidden(character: str, file: str, line: int, column: int) -> Finding:
    kind = "控制字符" if _KEPT_BY_WORD.match(character) else " Word 文件不能保存的字符"
    what = f"这里有{kind} U+{ord(character):04X}（多半看不见）"
    return Finding("Y003", Level.ERROR, Location(file, line, column), what, mend="请删去这个字符")


def _causes(error: yaml.YAMLError, lines: list[str], quoted: list[tuple[int, int]], file: str) -> list[Finding]:
    """Why a file is not YAML: the lines that are typed the Chinese way, or else what the parser stopped at."""
    problem = _problem(error, len(lines), file)
    found = list(_suspects(lines, quoted, file))
    explained = any((suspect.where.line or 0) <= (problem.where.line or 0) for suspect in found)
    return found if explained else [problem, *found]


def _suspects(lines: list[str], quoted: list[tuple[int, int]], file: str) -> Iterator[Finding]:
    """Lines outside block and quoted texts that break YAML in the ways of Chinese typing, with the mended line."""
    within = {number for first, last in quoted for number in range(first + 1, last + 1)}
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" \t\u3000\xa0"))
        if number in within or (block is not None and (not line.strip() or indent > block)):
            continue
        block = indent if _BLOCK.search(line) else None
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := _wide_lead(line, number, file) or _miswritten(line, number, file):
            yield found


def _wide_lead(line: str, number: int, file: str) -> Finding | None:
    lead = line[: len(line) - len(line.lstrip(" \t\u3000\xa0"))]
    sign = next((name for blank, name in _WIDE_BLANKS.items() if blank in lead), None)
    if sign is None:
        return None
    mended = lead.replace("\t", "  ").replace("\u3000", "  ").replace("\xa0", " ") + line[len(lead) :]
    what, mend = f"缩进里有{sign}", f"缩进只用半角空格，改为：{mended.rstrip()}"
    return Finding("Y004", Level.ERROR, Location(file, number + 1, 1), what, line.strip(), mend=mend)


def _miswritten(line: str, number: int, file: str) -> Finding | None:
    """What is wrong with a line that was meant as `键: 值` or `- 值`; None for any other line."""
    continued = "若这是上一行文字的继续，请用“|”写成多行文字"
    if match := _WIDE_COLON.match(line):
        code, column, what = "Y005", line.index("：") + 1, f"“{match['key']}”后面是全角冒号“：”"
        mend = f"键后用半角冒号加一个空格，改为：{match['lead']}{match['key']}: {match['rest']}".rstrip()
        return _typed(code, file, number, column, what, line, f"{mend}；{continued}")
    if match := _TIGHT_COLON.match(line):
        blank = "全角空格" if match["rest"][0] in "\u3000\xa0" else ""
        what = f"“{match['key']}:”后面" + (f"是{blank}" if blank else "没有空格")
        mend = f"冒号后空一格（半角），改为：{match['lead']}{match['key']}: {match['rest'].strip()}；{continued}"
        return _typed("Y012", file, number, match.start("rest") + 1, what, line, mend)
    if match := _TIGHT_DASH.match(line):
        what = "“-”后面" + ("是全角空格" if match["blank"] else "没有空格")
        mend = f"“-”后空一格（半角），改为：{match['lead']}- {match['rest']}"
        return _typed("Y014", file, number, len(match["lead"]) + 2, what, line, mend)
    return None


def _typed(code: str, file: str, number: int, column: int, what: str, line: str, mend: str) -> Finding:
    return Finding(code, Level.ERROR, Location(file, number + 1, column), what, quoted=line.strip(), mend=mend)


def _problem(error: yaml.YAMLError, most: int, file: str) -> Finding:
    """What the parser stopped at; an open quote or bracket where it begins."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    context = str(getattr(error, "context", None) or "")
    opened = "quoted" in context or "flow" in context
    if began and (mark is None or (opened and began.line < mark.line)):
        mark = began
    place = Location(file, min(mark.line + 1, most), mark.column + 1) if mark else Location(file)
    said = f"{context}, {getattr(error, 'problem', None) or error}"
    what = next((chinese for english, chinese in _PROBLEMS if english in said), "这里不合 YAML 的写法")
    return Finding("Y006", Level.ERROR, place, what)


class _Builder:
    """Builds plain data from YAML events, without recursion."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.tree = Tree(file, None)
        self.quoted: list[tuple[int, int]] = []  # first and last line of each text in quotes or under |
        self._lines = [*lines, ""]  # the parser may stand behind the last line
        self.fatal: list[Finding] = []
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._plain_key = True
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
        first, last = event.start_mark.line, event.end_mark.line
        if not plain and last > first:
            self.quoted.append((first, last if event.style in "'\"" else last - 1))
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
        meant = _miswritten(self._lines[first], first, self.tree.file) if begins else None
        if meant:
            self.tree.suspects[path] = meant
        if meant and _BLOCK.search(self._lines[first]):
            return
        for number in range(first + 1, last + 1):
            if found := _miswritten(self._lines[number], number, self.tree.file):
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
        if written[:1] in _WIDE_BLANKS:
            return _wide_lead(self._lines[number], number, self.tree.file)
        return _miswritten(self._lines[number], number, self.tree.file) if _TIGHT_DASH.match(written) else None

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
