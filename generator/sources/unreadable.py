"""Why a file is not YAML, and where that begins: the parser stops at what no longer fits, often many lines below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..findings import Finding, Level, Location
from .slips import KEY, LEAD, suspects

_NAMED = re.compile(LEAD + KEY + r"\s*:(?:\s+(?P<rest>.*))?$")
_UNNAMED = re.compile(
    LEAD + r"(?P<key>[^\s\"'{}\[\]#,，。；、-][^\s\"'{}\[\]#,，。；、]{0,19})[ \t\u3000\xa0]+(?P<rest>\S.*)$"
)
_PROBLEMS = (
    ("while scanning a quoted scalar, found unexpected", "引号没有写完：这里开的引号，后面没有结尾的引号"),
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

_OUT_OF_LINE = ("did not find expected key", "did not find expected '-'", "expected <block end>")


def causes(
    error: yaml.YAMLError, lines: list[str], quoted: list[tuple[int, int]], ended: tuple[int, int] | None, file: str
) -> list[Finding]:
    """Why a file is not YAML: the lines that are typed the Chinese way, or else what the parser stopped at.

    `quoted` are the first and last lines of texts in quotes, `ended` is where the last text in quotes ended.
    """
    problem = _problem(error, lines, ended, file)
    found = list(suspects(lines, quoted, file))
    explained = any((suspect.where.line or 0) <= (problem.where.line or 0) for suspect in found)
    return found if explained else [problem, *found]


def unclosed(lines: list[str], first: int, column: int, last: int, file: str) -> Finding | None:
    """The quote opened at `first` and `column`, if lines up to `last` are keys that it swallowed; None if it is closed.

    A text that goes on stands further in than its key: a key that does not is no part of it.
    """
    lead = re.match(LEAD, lines[first])
    assert lead is not None
    inner = len(lead["lead"]) + (1 if lines[first][lead.end() : column].strip() else 0)
    swallowed = (lines[number] for number in range(first + 1, last + 1))
    if not any(_indent(line) < inner and _begins(line) for line in swallowed):
        return None
    what = f"引号没有写完：从这里开的引号一直连到了第 {last + 1} 行"
    line = lines[first].rstrip()
    mend = "在文字的末尾补上引号"
    if "#" not in line and (match := _NAMED.match(line)) and (match["rest"] or "")[:1] == line[column]:
        mend += f"，改为：{line}{line[column]}"
    return _finding(file, first, column, what, lines, mend)


def _begins(line: str) -> bool:
    """Whether a line looks like the beginning of a key or of an item of a list."""
    return bool(_NAMED.match(line)) or line.lstrip().startswith("- ")


def _problem(error: yaml.YAMLError, lines: list[str], ended: tuple[int, int] | None, file: str) -> Finding:
    """What the parser stopped at, where it begins: an open quote or bracket, a line that is not like the others."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    context = str(getattr(error, "context", None) or "")
    said = f"{context}, {getattr(error, 'problem', None) or error}"
    if mark and (found := _begun_above(said, mark, began, lines, ended, file)):
        return found
    opened = "quoted" in context or "flow" in context
    if began and (mark is None or (opened and began.line < mark.line)):
        mark = began
    place = Location(file, min(mark.line + 1, len(lines)), mark.column + 1) if mark else Location(file)
    what = next((chinese for english, chinese in _PROBLEMS if english in said), "这里不合 YAML 的写法")
    return Finding("Y006", Level.ERROR, place, what)


def _begun_above(
    said: str, mark: Any, began: Any, lines: list[str], ended: tuple[int, int] | None, file: str
) -> Finding | None:
    """What is wrong on a line above the one where the parser stopped, or before the column; None if not known."""
    if "simple key" in said and began and began.line < len(lines):
        return _without_colon(lines, began.line, file)
    if mark.line >= len(lines):
        return None
    if "quoted" in said and began and "end of stream" not in said:
        return unclosed(lines, began.line, began.column, mark.line, file)
    if "mapping values are not allowed" in said:
        above = _unnamed_above(lines, mark.line, mark.column)
        return None if above is None else _without_colon(lines, above, file)
    if not any(one in said for one in _OUT_OF_LINE):
        return None
    if ended and ended[0] == mark.line and not lines[mark.line][ended[1] : mark.column].strip():
        what = "引号之后不能再有文字：把整个值放进一对引号，里面的引号用“”"
        return _finding(file, mark.line, mark.column, what, lines, None)
    return _without_dash(lines, mark.line, file)


def _without_colon(lines: list[str], number: int, file: str) -> Finding:
    line = lines[number]
    continued = "若这是上面文字的继续，请用“|”写成多行文字，并且每行缩进得比键多"
    if ": " in line or line.rstrip().endswith(":"):
        what, mend = "这一行不成“键: 值”的样子：键后要有半角冒号和一个空格", continued
    else:
        what = "这一行没有冒号，不成“键: 值”的样子"
        match = _UNNAMED.match(line)
        meant = f"，改为：{match['lead']}{match['key']}: {match['rest']}".rstrip() if match else ""
        mend = f"键后写半角冒号加一个空格{meant}；{continued}"
    return _finding(file, number, _indent(line), what, lines, mend)


def _unnamed_above(lines: list[str], number: int, column: int) -> int | None:
    """The first of the lines without a colon straight above the key whose colon is at `column`, in line with it."""
    match = _NAMED.match(lines[number])
    if match is None or lines[number][:column].rstrip() != lines[number][: match.end("key")]:
        return None
    found = None
    for above in range(number - 1, -1, -1):
        line = lines[above]
        lead = re.match(LEAD, line)
        aligned = lead is not None and len(lead["lead"]) == match.start("key")
        if not aligned or not line.strip() or re.search(r"[:：](?:\s|$)|^\s*#", line):
            break
        found = above
    return found


def _without_dash(lines: list[str], number: int, file: str) -> Finding | None:
    """Where a list begins whose first item has no `- `, seen from a later item at `number` that has."""
    item = _NAMED.match(lines[number])
    if not lines[number].lstrip().startswith("- "):
        return None
    depth = _indent(lines[number])
    name = item["key"] if item else None
    starts = list(_starts(lines, number, depth, name))
    if not starts:
        return None
    parent, first = next(((up, down) for up, down in starts if _name(lines[down]) == name), starts[0])
    above, line = _NAMED.match(lines[parent]), lines[first]
    called = above["key"] if above else ""
    what = f"“{called}”是列表，第 {number + 1} 行有“- ”，这一条没有：列表每条前写“- ”"
    mend = f"改为：{' ' * depth}- {line.strip()}"
    if _indent(line) != depth + 2:
        mend += f"；这一条的其余各行往里缩进，和“{_name(line) or line.strip()}”对齐"
    return _finding(file, first, _indent(line), what, lines, mend)


def _starts(lines: list[str], number: int, depth: int, name: str | None) -> Iterator[tuple[int, int]]:
    """Keys without a value above `number`, nearest first, each with the line of its first key below: lines by index."""
    below = None
    for above in range(number - 1, -1, -1):
        line = lines[above]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _NAMED.match(line) if _indent(line) <= depth else None
        if below is not None and match and not re.sub(r"^#.*", "", match["rest"] or ""):
            inner, child = _indent(lines[below]), lines[below]
            deeper = inner > match.start("key") or (inner == match.start("key") and _name(child) == name)
            if deeper and not child.lstrip().startswith("-"):
                yield above, below
        if _indent(line) < depth:
            return
        below = above


def _name(line: str) -> str | None:
    match = _NAMED.match(line)
    return match["key"] if match else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _finding(file: str, number: int, column: int, what: str, lines: list[str], mend: str | None) -> Finding:
    return Finding("Y006", Level.ERROR, Location(file, number + 1, column + 1), what, lines[number].strip(), mend=mend)
