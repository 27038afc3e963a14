"""The numbers of captions: SEQ fields counted as Word counts them, where some captions print and others do not."""

from __future__ import annotations

import re
from collections import Counter

_NO_TEXT = r"(?:(?!<w:t[ >]|<w:instrText|</w:p>).)*?"
_CODE = r"(<w:instrText[^>]*>\s*SEQ\s+(\S+)[^<\\]*(?:\\\*[^<\\]*)*</w:instrText>"
_FIELD = re.compile(rf'{_CODE}{_NO_TEXT}"separate"{_NO_TEXT}<w:t(?: [^>]*)?>)[^<]*', re.DOTALL)


def numbered(xml: str) -> str:
    """The text of a part with the number of each caption, counted by the name in its SEQ field.

    A field with other switches than a number format (\\r, \\c, \\s) keeps what the template says.
    """
    if "SEQ" not in xml:
        return xml
    counts: Counter[str] = Counter()

    def number(match: re.Match[str]) -> str:
        counts[match[2]] += 1
        return f"{match[1]}{counts[match[2]]}"

    return _FIELD.sub(number, xml)
