"""Lines of a YAML file that are typed the Chinese way: what is wrong with each, and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level, Location

WIDE_BLANKS = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\xa0": "不间断空格"}
LEAD = r"^(?P<lead>[ \t\u3000\xa0]*(?:- +)*)"
KEY = r"(?P<key>\"[^\"：:]{1,20}\"|'[^'：:]{1,20}'|[^\s：:#'\"{}\[\]-][^\s：:#'\"{}\[\]]{0,19})"
_WIDE_COLON = re.compile(LEAD + KEY + r"\s*：\s*(?P<rest>.*)$")
_TIGHT_COLON = re.compile(LEAD + r"(?P<key>[^\W\d_][\w（）、·]{0,19}):(?P<rest>[^\s:/].*|[\u3000\xa0]+.*)$")
TIGHT_DASH = re.compile(r"^(?P<lead>[ ]*)-(?P<blank>[\u3000\xa0]*)(?P<rest>[^\W\d].*)$")
BLOCK = re.compile(r"(?:[:\-]\s+|：\s*)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")


def suspects(lines: list[str], quoted: list[tuple[int, int]], file: str) -> Iterator[Finding]:
    """Lines outside block and quoted texts that break YAML in the ways of Chinese typing, with the mended line."""
    within = {number for first, last in quoted for number in range(first + 1, last + 1)}
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" \t\u3000\xa0"))
        if number in within or (block is not None and (not line.strip() or indent > block)):
            continue
        block = indent if BLOCK.search(line) else None
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := wide_lead(line, number, file) or miswritten(line, number, file):
            yield found


def wide_lead(line: str, number: int, file: str) -> Finding | None:
    lead = line[: len(line) - len(line.lstrip(" \t\u3000\xa0"))]
    sign = next((name for blank, name in WIDE_BLANKS.items() if blank in lead), None)
    if sign is None:
        return None
    mended = lead.replace("\t", "  ").replace("\u3000", "  ").replace("\xa0", " ") + line[len(lead) :]
    what, mend = f"缩进里有{sign}", f"缩进只用半角空格，改为：{mended.rstrip()}"
    return Finding("Y004", Level.ERROR, Location(file, number + 1, 1), what, line.strip(), mend=mend)


def miswritten(line: str, number: int, file: str) -> Finding | None:
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
    if match := TIGHT_DASH.match(line):
        what = "“-”后面" + ("是全角空格" if match["blank"] else "没有空格")
        mend = f"“-”后空一格（半角），改为：{match['lead']}- {match['rest']}"
        return _typed("Y014", file, number, len(match["lead"]) + 2, what, line, mend)
    return None


def _typed(code: str, file: str, number: int, column: int, what: str, line: str, mend: str) -> Finding:
    return Finding(code, Level.ERROR, Location(file, number + 1, column), what, quoted=line.strip(), mend=mend)
