"""标记没有写完：少了结尾的花括号，或结尾用错了括号，后面的文字和标记被它吞了进去。

两个花括号开头的，要两个花括号结尾；{% 开头的，要 %} 结尾；一个标记写在一段里，不能跨段。

正例：

    {{ 项目.名称 }}在{{ 项目.年度 }}年
    {% raw %}
    写作 {{ 项目.
    {% endraw %}

反例：少一个花括号，用错了结尾，没有结尾，跨了两段。

    {{ 项目.名称 }在{{ 项目.年度 }}年   # !T142 {{ 项目.名称 }}
    {% if 资金.预算 }有{% endif %}   # !T142 {% if 资金.预算 %}
    {{ 项目.名称 ）}   # !T142 {{ 项目.名称 }}
    单位：{{ 项目.主管部门   # !T142 {{ 项目.主管部门 }}
    {{ 项目.   # !T142 {{ 项目.名称 }}
    名称 }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..findings import Finding, Level
from ..template.draft import RETYPE
from ..template.source import parses
from ..template.tags import LONGEST_SHOWN
from . import Case
from .punctuation_in_tags import mended

CODE = "T142"
LEVEL = Level.ERROR
RETYPES = True
INSTEAD = ("T110", "T111", "T112")

_OPENS = re.compile(r"\{([{%])")
_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_ENDS = {"{": "}}", "%": "%}"}
_CLOSES = re.compile(r"\s*[%％}｝)）\]］】〕]{0,3}")
_WHOLE = re.compile(r"\s*(?:end\w+|else)\b\s*")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag that does not end before the next one begins, or before its paragraph ends."""
    for part in case.draft.parts:
        paragraphs = [(_without_texts(text), text, where) for _, text, where in part.paragraphs()]
        for number, (blank, text, where) in enumerate(paragraphs):
            if "{" not in blank:
                continue
            following = paragraphs[number + 1][1] if number + 1 < len(paragraphs) else ""
            for start, stop in _open(blank):
                sign = text[start + 1]
                if stop == len(text) and (rest := _rest(text[start + 2 :], following, sign)) is not None:
                    whole = text[start:].rstrip() + rest
                    what = f"{text[start:].strip()} 没有在本段里写完：一个标记不能跨段"
                    mend = f"把两段接成一段，写成 {whole}"
                    yield Finding(CODE, LEVEL, where, what, text[start:].strip(), mend=mend)
                elif found := _ended(text[start:stop], sign):
                    written, meant = found
                    what = f"{written} 没有写完，结尾要有 {_ENDS[sign]}"
                    yield Finding(CODE, LEVEL, where, what, written, mend=f"{RETYPE}{meant}")


def _open(text: str) -> Iterator[tuple[int, int]]:
    """Where each tag begins that does not end, and where the next one begins or the text ends."""
    begins = [one.start() for one in _OPENS.finditer(text) if text[max(0, one.start() - 1) : one.start()] != "{"]
    for start, stop in pairwise([*begins, len(text)]):
        if text.find(_ENDS[text[start + 1]], start + 2, stop) < 0:
            yield start, stop


def _rest(begun: str, following: str, sign: str) -> str | None:
    """What the next paragraph begins with, where it is the end of the tag."""
    end = following.find(_ENDS[sign])
    if re.search(r"[}｝]", begun) or end < 0 or "{" in following[:end]:
        return None
    return following[: end + 2] if parses(sign, (begun + following[:end]).strip()) else None


def _ended(text: str, sign: str) -> tuple[str, str] | None:
    """The tag as it is written, with what is in place of its end, and as it should be; None where it is no tag."""
    body = re.split(r"[}｝]|[%％]\s*(?=[}｝])", text[2:], maxsplit=1)[0]
    if sign == "%" and (match := _WHOLE.match(body)):
        length = match.end()
    else:
        lengths = range(min(len(body), LONGEST_SHOWN), 0, -1)
        length = next((one for one in lengths if _could_be(sign, body[:one])), 0)
    if not length:
        return None
    inner = body[:length].rstrip()
    closes = _CLOSES.match(text, 2 + len(inner))
    written = text[: closes.end() if closes else None].rstrip()
    letter = re.match(r"(?:p|tr|tc|r)\s", inner)
    return written, f"{text[:2]}{'' if letter else ' '}{mended(inner).strip()} {_ENDS[sign]}"


def _could_be(sign: str, inner: str) -> bool:
    return bool(inner.strip()) and parses(sign, mended(inner).strip())


def _without_texts(text: str) -> str:
    """The text with comments, and what stands in quotation marks inside tags, blanked out."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    text = re.sub(r"\{#.*?#\}", blank, text)
    return re.sub(r"\{[{%].*?(?:[}%]\}|$)", lambda tag: _TEXTS.sub(blank, tag[0]), text)
