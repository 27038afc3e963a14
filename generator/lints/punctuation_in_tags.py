"""标记里有中文标点：标记里的点、逗号、括号、竖线、等号要用半角，全角的程序不认识。

引号里的文字不受限制，中文引号也可以。照“改为”后面的写法重打，或整个粘贴过去。

正例：

    {{ 项目.单位|顿号('名称') }}
    {{ 项目.备注|default('无，另附。') }}

反例：

    {{ 项目。名称 }}   # !T144 {{ 项目.名称 }}
    {{ 资金.预算｜万元（2） }}   # !T144 {{ 资金.预算|万元(2) }}
    {% if 资金.预算 ＞ 资金.支出 %}有{% endif %}   # !T144 {% if 资金.预算 > 资金.支出 %}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from . import Case

CODE = "T144"
LEVEL = Level.ERROR
INSTEAD = ("T110", "T114")

_ASCII = str.maketrans("，。．（）［］：；｜＝＋－＊／＜＞！％｛｝＿　、", ",..()[]:;|=+-*/<>!%{}_ ,")
_WRONG = re.compile(r"[，。．（）［］【】：；｜＝＋－＊／＜＞！％｛｝＿、０-９Ａ-Ｚａ-ｚ\u200b-\u200f\u2060\ufeff]")
_TEXTS = re.compile(r"('[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’)")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag with Chinese punctuation outside its quotation marks, and the tag as it should be."""
    for _, tag in case.tags:
        outside = "".join(_TEXTS.split(tag.written)[::2])
        wrong = dict.fromkeys(_WRONG.findall(outside))
        if wrong and tag.kind != "#":
            shown = "、".join(sign if sign.isprintable() else f"看不见的字符 U+{ord(sign):04X}" for sign in wrong)
            yield told(CODE, tag, f"里有全角的 {shown}，程序不认识", "", f"改为 {mended(tag.written)}")


def mended(text: str) -> str:
    """The text with ASCII signs outside its quotation marks.

    >>> mended("{{ 资金。预算｜空则（‘无，另附’） }}")
    '{{ 资金.预算|空则(‘无，另附’) }}'
    """
    pieces = _TEXTS.split(text)
    pieces[::2] = [_narrow(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _narrow(text: str) -> str:
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", text.translate(_ASCII)).replace("【", "[").replace("】", "]")
    return re.sub(r"[０-９Ａ-Ｚａ-ｚ]", lambda match: chr(ord(match[0]) - 0xFEE0), text)
