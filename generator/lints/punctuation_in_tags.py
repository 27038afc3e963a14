"""标记里有中文标点：标记里的点、逗号、括号、竖线、等号要用半角，名称不加引号。

引号里的文字不受限制，中文的双引号、单引号也可以。照“改为”后面的写法重打，或整个粘贴过去。

正例：

    {{ 项目.单位|顿号('名称') }}
    {{ 项目.备注|default('无，另附。') }}

反例：

    {{ 项目。名称 }}   # !T144 {{ 项目.名称 }}
    {{ 资金.预算｜万元（2） }}   # !T144 {{ 资金.预算|万元(2) }}
    {% if 资金.预算 ＞ 资金.支出 %}有{% endif %}   # !T144 {% if 资金.预算 > 资金.支出 %}
    {% if 评价结果.等级 == 「优」 %}好{% endif %}   # !T144 {% if 评价结果.等级 == '优' %}
    {{ 项目·名称 }}   # !T144 {{ 项目.名称 }}
    {{ “项目.名称” }}   # !T144 {{ 项目.名称 }}
    {{ 项目.名称、项目.年度 }}   # !T144 {{ 项目.名称 }}、{{ 项目.年度 }}
    {{ 资金.预算（万元） }}   # !T144 {{ 资金.预算|万元 }}
    {{ 资金.预算|万元，2 }}   # !T144 {{ 资金.预算|万元(2) }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..language import filter_functions
from ..template.draft import RETYPE, told
from . import Case

CODE = "T144"
LEVEL = Level.ERROR
RETYPES = True
INSTEAD = ("T110", "T114")

_ASCII = str.maketrans("，。．·・•（）［］〔〕：；｜＝＋－＊／＜＞！％｛｝＿　、", ",.....()[][]:;|=+-*/<>!%{}_ ,")
_WRONG = re.compile(
    r"[，。．·・•（）［］〔〕【】：；｜＝＋－＊／＜＞！％｛｝＿、"
    r"０-９Ａ-Ｚａ-ｚ\u200b-\u200f\u2060\ufeff「」『』＂＇]"
)
_TEXTS = re.compile(r"('[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|＂[^＂]*＂|＇[^＇]*＇)")
_STRAIGHT = re.compile(r"[“‘「『＂＇]([^'”’」』＂＇]*)[”’」』＂＇]")
_NAMES = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.\w+)*(?:\s*[、；，][^\W\d]\w*(?:\.\w+)*)+)\s*\}\}")
_CALLED = re.compile(r"(?<=\w)\((\w+)\)")  # a filter where its argument should be
_LISTED = re.compile(r"\|\s*(\w+)\s*,\s*([^,|(){}]+?)(?=\s*(?:\||[}%]))")
_QUOTED_NAME = re.compile(r"[“‘\"']([^\W\d]\w*(?:\.\w+)*)[”’\"']")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag with Chinese punctuation outside its quotation marks, and the tag as it should be."""
    for _, tag in case.tags:
        pieces = _TEXTS.split(tag.written)
        outside = "".join((*pieces[::2], *(one[0] for one in pieces[1::2] if one[0] in "「『＂＇")))
        wrong = dict.fromkeys(_WRONG.findall(outside))
        if wrong and tag.kind != "#":
            shown = "、".join(sign if sign.isprintable() else f"看不见的字符 U+{ord(sign):04X}" for sign in wrong)
            yield told(CODE, tag, f"里有中文的 {shown}，程序不认识", "", f"{RETYPE}{mended(tag.written)}")
        elif (name := _QUOTED_NAME.fullmatch(tag.inner)) and tag.kind == "{" and _is_name(name[1], case):
            meant = f"{{{{{tag.unit} {name[1]} }}}}"
            yield told(CODE, tag, "里的名称加了引号，会照字面印出", "", f"{RETYPE}{meant}")


def _is_name(text: str, case: Case) -> bool:
    """Whether a text in quotation marks is meant as a name."""
    top, dot, _ = text.partition(".")
    return bool(dot) if case.root is None else top in case.root.below


def mended(text: str) -> str:
    """The text with ASCII signs outside its quotation marks.

    >>> mended("{{ 资金。预算｜空则（‘无，另附’） }}")
    '{{ 资金.预算|空则(‘无，另附’) }}'
    """
    if match := _NAMES.fullmatch(text):
        return re.sub(r"\s*([、；，])\s*", r" }}\1{{ ", f"{{{{ {match[1]} }}}}")
    pieces = _TEXTS.split(text)
    pieces[::2] = [_narrow(piece) for piece in pieces[::2]]
    pieces[1::2] = [_STRAIGHT.sub(r"'\1'", one) if one[0] in "「『＂＇" else one for one in pieces[1::2]]
    return "".join(pieces)


def _narrow(text: str) -> str:
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", text.translate(_ASCII)).replace("【", "[").replace("】", "]")
    text = _CALLED.sub(lambda match: f"|{match[1]}" if match[1] in filter_functions() else match[0], text)
    text = _LISTED.sub(lambda match: f"|{match[1]}({match[2]})" if match[1] in filter_functions() else match[0], text)
    return re.sub(r"[０-９Ａ-Ｚａ-ｚ]", lambda match: chr(ord(match[0]) - 0xFEE0), text)
