"""Plain data as the text of a YAML data file, as a person would write it.

Texts of several lines stand under `|`, short records on one line in braces, and what YAML would misread in quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from unicodedata import east_asian_width

from .yaml import NOTHING

WIDEST = 100  # columns of a record on one line
MOST_TOGETHER = 10  # keys of a record on one line
_PLAIN = re.compile(r"[^\W_][^:#{}\[\],\n\t&*!|>'\"%@`]*")
_PLAIN_LINE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n\t]*")
_BLOCK = re.compile(r"[^\s#][^\t]*")


def written(data: dict[str, Any], sections: bool = False) -> str:
    """The data as YAML; read again it is the same data, but for line ends at a text's end.

    `sections` puts a blank line before each key of the top that holds more than a value, and its keys on lines.
    """
    lines: list[str] = []
    for key, value in data.items():
        if sections and lines and isinstance(value, (dict, list)):
            lines.append("")
        if sections and isinstance(value, dict) and value:
            lines.append(f"{scalar(key)}:")
            lines += (line for inner, one in value.items() for line in _entry(str(inner), one, "  "))
        else:
            lines += _entry(key, value, "")
    return "\n".join(lines) + "\n"


def flow(value: Any) -> str:
    """The value on one line, in braces and brackets.

    >>> flow({"方法": "比率", "分子": "资金.到位"})
    '{方法: 比率, 分子: 资金.到位}'
    >>> flow({"名称": "设备购置", "支出": None})
    '{名称: 设备购置, 支出: }'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {_filled(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "~" if value is None else scalar(value)


def _filled(value: Any) -> str:
    return "" if value is None else flow(value)


def scalar(text: str, alone: bool = False) -> str:
    """The text as YAML writes it on one line, in quotes where it must be; `alone` when it ends with the line.

    >>> scalar("660,000.00"), scalar("660,000.00", alone=True), scalar("{{ 资金.预算 }}", alone=True)
    ('"660,000.00"', '660,000.00', '"{{ 资金.预算 }}"')
    """
    bare = _PLAIN_LINE.fullmatch(text) if alone else _PLAIN.fullmatch(text)
    safe = bare and text == text.strip() and ": " not in text and " #" not in text and not text.endswith(":")
    return text if safe and text not in NOTHING else json.dumps(text, ensure_ascii=False)


def _entry(key: str, value: Any, lead: str) -> Iterator[str]:
    name = f"{lead}{scalar(key)}:"
    if value is None:
        yield name
    elif isinstance(value, str):
        first, *rest = _text(value, lead)
        yield f"{name} {first}"
        yield from rest
    elif not value or _fits(value, columns(name) + 1, value if isinstance(value, list) else value.values()):
        yield f"{name} {flow(value)}"
    elif isinstance(value, dict):
        yield name
        for inner, one in value.items():
            yield from _entry(str(inner), one, lead + "  ")
    else:
        yield name
        yield from _items(value, lead + "  ")


def _items(items: list[Any], lead: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            first, *rest = _text(item, lead)
            yield f"{lead}- {first}"
            yield from rest
        elif not item or _fits(item, len(lead) + 2, item.values() if isinstance(item, dict) else ()):
            yield f"{lead}- {flow(item)}"
        elif isinstance(item, dict):
            lines = [line for key, one in item.items() for line in _entry(str(key), one, lead + "  ")]
            yield f"{lead}- {lines[0].lstrip(' ')}"
            yield from lines[1:]
        else:
            yield f"{lead}- {flow(item)}"


def _fits(value: Any, used: int, parts: Any) -> bool:
    """Whether a record or list is short enough for one line: texts and short lists of texts."""
    parts = list(parts)
    if isinstance(value, list) and any(isinstance(part, (dict, list)) for part in parts):
        return False
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else (part,)
        if any(isinstance(one, (dict, list)) or (isinstance(one, str) and "\n" in one) for one in inner):
            return False
    return len(parts) <= MOST_TOGETHER and used + columns(flow(value)) <= WIDEST


def _text(text: str, lead: str) -> list[str]:
    """The text after its key: on the same line, or under `|` when it has several."""
    if "\n" in text and _BLOCK.fullmatch(text) and text.strip():
        return ["|", *(f"{lead}  {line}" if line.strip() else "" for line in text.rstrip("\n").split("\n"))]
    return [scalar(text, alone=True)]


def columns(text: str) -> int:
    """How many columns a text takes in a fixed-width font."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def has_comments(text: str) -> bool:
    """Whether YAML text holds comments besides the line that names a schema.

    >>> has_comments("预算: 1  # 万元"), has_comments("预算: '1 # 2'")
    (True, False)
    """
    import yaml

    spans = [
        (event.start_mark.index, event.end_mark.index)
        for event in yaml.parse(text, Loader=yaml.SafeLoader)
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark
    ]
    at = 0
    for found in re.finditer(r"(?:^|(?<=\s))#.*", text, re.MULTILINE):
        while at < len(spans) and spans[at][1] <= found.start():
            at += 1
        inside = at < len(spans) and spans[at][0] <= found.start()
        if not inside and "yaml-language-server" not in found[0]:
            return True
    return False
