"""What the data says and the report does not print: nothing is left out unsaid."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence

from .findings import Finding, Level, Location


def trace(document: bytes, paragraphs: Sequence[tuple[str, Location]]) -> list[Finding]:
    """A 提示 for each paragraph of the data that stands nowhere in the report."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        printed = _squeezed("".join(_text(package.read(name).decode("utf-8")) for name in parts))
    what = "这段文字没有印进这份报告（所用的样式没有这一项）"
    return [
        Finding("M002", Level.HINT, place, what, quoted=words)
        for words, place in paragraphs
        if _squeezed(words).rstrip("。；，、") not in printed
    ]


def _text(xml: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", xml))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
