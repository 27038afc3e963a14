"""What the data says and the report does not print: nothing is left out unsaid."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence

from .findings import Finding, Level, Location

LONGEST = 16


def trace(document: bytes, paragraphs: Sequence[tuple[str, Location]]) -> list[Finding]:
    """A 提示 for each text of the data that stands nowhere in the report, or not whole; one for each place."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        printed = _squeezed("".join(_text(package.read(name).decode("utf-8")) for name in parts))
    lost: dict[Location, str] = {}
    for words, place in paragraphs:
        if _squeezed(words).rstrip("。；，、") not in printed:
            lost.setdefault(place, words)
    return [Finding("M002", Level.HINT, place, _what(words), quoted=words) for place, words in lost.items()]


def _what(words: str) -> str:
    start = words if len(words) <= LONGEST else words[:LONGEST] + "…"
    return f"“{start}”没有印进这份报告（所用的样式没有这一项）"


def _text(xml: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", xml))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
