"""The automatic numbers of paragraphs (一、（一）1.（1）), computed as Word computes them.

`read_styles` and `read_numbering` turn styles.xml and numbering.xml into plain data; a `Count` then goes through
the paragraphs in order.  Nothing here needs an XML library: elements are passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.filters import 中文数字, 圈号

_SIGNS = tuple(f"%{level}" for level in range(1, 10))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: first number, format, text such as `（%2）`, what follows it."""

    start: int
    format: str
    text: str
    follow: str
    restart: int | None
    arabic: bool


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document: levels by abstract list, abstract list by list, first numbers that a list sets."""

    levels: Mapping[str, tuple[ListLevel, ...]]
    abstract: Mapping[str, str]
    starts: Mapping[tuple[str, int], int]
    style_levels: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says of levels: its name, outline level (0 is the highest), list and list level."""

    name: str
    outline: int | None
    list_id: str | None
    list_level: int | None


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return None if found is None else found.get(W + "val")


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.lstrip("-").isdigit() else None


def read_styles(root: Any) -> dict[str, Style]:
    """The paragraph styles of styles.xml by id, with what they inherit."""
    raw = {
        style.get(W + "styleId"): style
        for style in (() if root is None else root.findall(W + "style"))
        if style.get(W + "type") == "paragraph"
    }

    def inherited(identity: str, path: str) -> str | None:
        seen: set[str] = set()
        step: str | None = identity
        while step is not None and step in raw and step not in seen:
            seen.add(step)
            if (value := _value(raw[step], path)) is not None:
                return value
            step = _value(raw[step], "basedOn")
        return None

    return {
        identity: Style(
            _value(style, "name") or identity,
            _whole(inherited(identity, "pPr/outlineLvl")),
            inherited(identity, "pPr/numPr/numId"),
            _whole(inherited(identity, "pPr/numPr/ilvl")),
        )
        for identity, style in raw.items()
    }


def default_style(root: Any) -> str | None:
    """The id of the paragraph style of paragraphs that name none."""
    for style in () if root is None else root.findall(W + "style"):
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            return str(style.get(W + "styleId"))
    return None


def read_numbering(root: Any) -> Numbering:
    """The lists of numbering.xml; empty for None."""
    levels: dict[str, tuple[ListLevel, ...]] = {}
    style_levels: dict[tuple[str, str], int] = {}
    for abstract in () if root is None else root.findall(W + "abstractNum"):
        identity = abstract.get(W + "abstractNumId")
        found: dict[int, ListLevel] = {}
        for level in abstract.findall(W + "lvl"):
            index = int(level.get(W + "ilvl"))
            found[index] = ListLevel(
                _whole(_value(level, "start")) or 0,
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                {"space": " ", "nothing": ""}.get(_value(level, "suff") or "tab", "\t"),
                _whole(_value(level, "lvlRestart")),
                level.find(W + "isLgl") is not None,
            )
            if style := _value(level, "pStyle"):
                style_levels[identity, style] = index
        empty = ListLevel(1, "none", "", "", None, False)
        levels[identity] = tuple(found.get(index, empty) for index in range(9))
    abstract_of: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    for num in () if root is None else root.findall(W + "num"):
        identity = num.get(W + "numId")
        abstract_of[identity] = _value(num, "abstractNumId") or ""
        for override in num.findall(W + "lvlOverride"):
            start = _whole(_value(override, "startOverride"))
            if start is not None:
                starts[identity, int(override.get(W + "ilvl"))] = start
    return Numbering(levels, abstract_of, starts, style_levels)


def place_in_list(
    numbering: Numbering, style_id: str | None, style: Style | None, own_list: str | None, own_level: str | None
) -> tuple[str, int] | None:
    """The list and level that number a paragraph: its own before its style's; None if it has no number."""
    list_id = own_list or (style.list_id if style else None)
    abstract = numbering.abstract.get(list_id or "0")
    if list_id is None or list_id == "0" or abstract is None or abstract not in numbering.levels:
        return None
    level = _whole(own_level)
    if level is None and own_list is None and style_id is not None:
        level = numbering.style_levels.get((abstract, style_id))
    if level is None:
        level = (style.list_level if style else None) or 0
    return list_id, min(level, 8)


@dataclass(slots=True)
class Count:
    """Goes through numbered paragraphs in their order and gives each its number."""

    numbering: Numbering
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> tuple[str, str]:
        """The next number at a level of a list, as text, and what follows it ("", a blank or a tab)."""
        abstract = self.numbering.abstract[list_id]
        levels = self.numbering.levels[abstract]
        counters = self._counters.setdefault(abstract, [None] * 9)
        override = self.numbering.starts.get((list_id, level))
        current = counters[level]
        if override is not None and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counters[level] = override
        else:
            counters[level] = levels[level].start if current is None else current + 1
        for higher in range(level):
            if counters[higher] is None:
                counters[higher] = levels[higher].start
        for deeper in range(level + 1, 9):
            restart = levels[deeper].restart
            if restart is None or (restart and level < restart):
                counters[deeper] = None
        text = levels[level].text
        for index, sign in enumerate(_SIGNS):
            if sign in text:
                value = counters[index]
                form = "decimal" if levels[level].arabic else levels[index].format
                text = text.replace(sign, formatted(levels[index].start if value is None else value, form))
        return text, levels[level].follow if text else ""


@cache
def formatted(number: int, form: str) -> str:
    """A number in one of Word's number formats; an unknown one counts in Arabic numerals.

    >>> formatted(12, "chineseCountingThousand"), formatted(3, "decimalEnclosedCircle"), formatted(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if form in ("chineseCounting", "chineseCountingThousand", "ideographDigital", "taiwaneseCountingThousand"):
        return str(中文数字(number))
    if form.startswith("decimalEnclosedCircle"):
        return str(圈号(number))
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("none", "bullet"):
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * (number // value)
        number %= value
    return text
