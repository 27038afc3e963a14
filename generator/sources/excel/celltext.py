"""What stands in one cell: texts and lists as people type them, anything else as YAML.

Reading and writing are each other's inverse: what would be read otherwise than it was meant is written as YAML
behind a line `---`, which any cell may begin with.  A cell of `---` alone says: there, and empty.
"""

from __future__ import annotations

import re
from typing import Any

from ...findings import ReportError
from .. import yaml, yamltext

MARK = "---"
LONGEST = 32_767  # characters that a cell holds
_ITEM = re.compile(r"^(?P<lead>[ \u3000]*)[-－]\s+(?P<text>.*)$")
_TITLED = re.compile(r"^【(?P<title>[^【】]+)】\s*(?P<text>.*)$")
_MAPPING = re.compile(r"^\s*(?:- +)*[^\s:：{}\[\]「」『』\"']{1,30}(?:：|:(?:\s|$))", re.MULTILINE)
_WIDE_COLON = re.compile(r"^(?P<key>\s*(?:- +)*[^\s:：{}\[\]\"'|]{1,20})\s*：\s*", re.MULTILINE)


class CellError(ValueError):
    """A cell whose text cannot be read; the message is in Chinese."""


class Empty:
    """What a cell of `---` alone holds: nothing, said on purpose."""


EMPTY = Empty()


def read(kind: str, raw: str) -> Any:
    """The value that a cell's text says for a field of that kind; CellError when it cannot be read.

    >>> read("prose", "- 【公平】对所有单位一样。\\n- 第二条")
    [{'标题': '公平', '内容': '对所有单位一样。'}, '第二条']
    >>> read("list", "东风社区、柳塘社区"), read("any", "基准：100%\\n每档：5%")
    (['东风社区', '柳塘社区'], {'基准': '100%', '每档': '5%'})
    """
    if raw.strip() == MARK:
        return EMPTY
    if raw.startswith(MARK + "\n"):
        return _parsed(raw[len(MARK) + 1 :], mend=False)
    if kind == "prose":
        return _prose(raw.rstrip())
    text = raw.strip()
    if kind == "list":
        return [part.strip() for part in re.split("\n" if "\n" in text else "[、；;]", text) if part.strip()]
    if kind == "any" and (text.startswith(("{", "[", "- ")) or _MAPPING.search(text)):
        return _parsed(text)
    return text


def write(kind: str, value: Any, special: bool = False) -> str:
    """The cell text from which `read` gives `value`; `special` when the plain text would mean something else there.

    ValueError when it is longer than a cell holds.
    """
    text = plain(kind, value)
    if text is None or special or _read_back(kind, text) != value:
        text = f"{MARK}\n{_yaml(value)}"
    if len(text) > LONGEST:
        raise ValueError(f"这段文字有 {len(text)} 字，一个单元格最多放 {LONGEST} 字")
    return text


def _read_back(kind: str, text: str) -> Any:
    try:
        return read(kind, text)
    except CellError:
        return EMPTY


def plain(kind: str, value: Any) -> str | None:
    """The value as people type it into a cell; None for what only YAML can say."""
    if isinstance(value, str):
        return value
    if kind == "list" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        several = len(value) > 1 and (any("、" in one for one in value) or max(map(len, value)) > 12)
        return ("\n" if several else "、").join(value)
    if kind == "prose" and isinstance(value, list):
        return "\n".join(_item_lines(value, ""))
    return _yaml(value) if kind == "any" and value is not None else None


def _item_lines(items: list[Any], lead: str) -> list[str]:
    lines: list[str] = []
    for item in items:
        title, body = (item.get("标题"), item.get("内容")) if isinstance(item, dict) else (None, item)
        start = f"{lead}- " + (f"【{title}】" if title else "")
        if isinstance(body, list) and not lead:
            lines += [start, *_item_lines(body, lead + "  ")]
        else:
            first, *rest = str(body or "").split("\n")
            lines += [start + first, *(f"{lead}  {line}" if line else "" for line in rest)]
    return lines


def _prose(text: str) -> Any:
    """A text, or the numbered list that lines beginning with `- ` make."""
    lines = text.split("\n")
    if not _ITEM.match(lines[0]):
        return text
    items: list[Any] = []
    at: tuple[list[Any], int] = (items, 0)
    for line in lines:
        match = _ITEM.match(line)
        if match is None:
            _go_on(at[0], line)
        elif not match["lead"] or not items:
            items.append(_item(match["text"]))
            at = (items, 0)
        else:
            at = (_below(items), 1)
            at[0].append(_item(match["text"]))
    return items


def _item(text: str) -> Any:
    match = _TITLED.match(text)
    if not match:
        return text
    return {"标题": match["title"], **({"内容": match["text"]} if match["text"] else {})}


def _below(items: list[Any]) -> list[Any]:
    """The list below the last item, which has a title and no text of its own."""
    last = items[-1]
    if not isinstance(last, dict):
        last = items[-1] = {"内容": last} if last else {}
    inner = last.setdefault("内容", [])
    if not isinstance(inner, list):
        raise CellError("一条里不能既有文字又有下一级的条目：文字写在【标题】里，或另起一条")
    return inner


def _go_on(items: list[Any], line: str) -> None:
    """One more paragraph of the last item."""
    line = line.strip()
    last = items[-1]
    if isinstance(last, dict):
        if isinstance(last.get("内容"), list):
            raise CellError("条目后面的这一行不知道接在哪里：每条以“- ”开头")
        last["内容"] = f"{last['内容']}\n{line}" if "内容" in last else line
    else:
        items[-1] = f"{last}\n{line}"


def _ended(value: Any) -> Any:
    """The value without the line ends that YAML leaves at its texts' ends."""
    if isinstance(value, dict):
        return {key: _ended(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_ended(one) for one in value]
    return value.rstrip("\n") if isinstance(value, str) else value


def _yaml(value: Any) -> str:
    """The value as YAML text without a key before it."""
    if isinstance(value, dict) and value:
        return yamltext.written(value).rstrip("\n")
    if isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        return "\n".join(line[2:] for line in yamltext.written({"值": value}).rstrip("\n").split("\n")[1:])
    return yamltext.flow(value)


def _parsed(text: str, mend: bool = True) -> Any:
    """The value of YAML text, a list or value needs no key; with `mend`, colons behind keys may be full-width."""
    mended = _WIDE_COLON.sub(lambda found: f"{found['key']}: ", text) if mend else text
    indented = "\n".join(f"  {line}" for line in mended.split("\n"))
    try:
        return _ended(yaml.read(f"值:\n{indented}\n".encode(), "").data.get("值"))
    except ReportError as error:
        first = error.findings[0]
        line = f"格里第 {first.where.line - 1} 行：" if first.where.line and first.where.line > 1 else ""
        raise CellError(f"{line}{first.what}" + (f"（{first.mend}）" if first.mend else "")) from None
