"""条件里的符号写得不对：相等用两个等号，并且用 and，或者用 or，不是用 not，大于等于用 >=。

正例：

    {% if 评价结果.等级 == '优' and 资金.预算 >= 资金.支出 %}好{% endif %}

反例：

    {% if 评价结果.等级 = '优' %}好{% endif %}   # !T163 {% if 评价结果.等级 == '优' %}
    {% if 资金.预算 && !资金.支出 %}好{% endif %}   # !T163 {% if 资金.预算 and not 资金.支出 %}
    {% if 资金.预算 大于 资金.支出 并且 资金.到位 %}好{% endif %}   # !T163 资金.预算 > 资金.支出 and 资金.到位
    {{ 资金.预算||万元 }}   # !T163 {{ 资金.预算|万元 }}
    {% if 资金.预算 ≥ 资金.支出 %}好{% endif %}   # !T163 {% if 资金.预算 >= 资金.支出 %}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..language import filter_functions
from ..template.draft import RETYPE, told
from . import Case

CODE = "T163"
LEVEL = Level.ERROR
RETYPES = True
INSTEAD = ("T110",)

_TEXTS = re.compile(r"('[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’)")
_SIGNS = (
    (r"\s*&&\s*|\s+(?:并且|而且|且|AND)\s+", " and "),
    (r"\s*\|\|\s*|\s+(?:或者|或|OR)\s+", " or "),
    (r"<>|≠|\s不等于\s", "!="),
    (r"≥|=>|\s大于等于\s|\s不小于\s", ">="),
    (r"≤|=<|\s小于等于\s|\s不大于\s", "<="),
    (r"\s大于\s", " > "),
    (r"\s小于\s", " < "),
    (r"===|\s等于\s", "=="),
    (r"!(?!=)", "not "),
    (r"×", "*"),
    (r"÷", "/"),
)
_FILTERED = re.compile(r"\|\|\s*(\w+)")
_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag with signs that are other languages', and the tag as it should be."""
    for _, tag in case.tags:
        if tag.kind == "#" or (tag.kind == "%" and tag.word not in ("if", "elif", "for", "set")):
            continue
        pieces = _TEXTS.split(_FILTERED.sub(_one_bar, tag.written[2:-2]))
        pieces[::2] = [_right(piece, tag.word in ("if", "elif")) for piece in pieces[::2]]
        meant = tag.written[:2] + "".join(pieces) + tag.written[-2:]
        if meant != tag.written:
            yield told(CODE, tag, "里的符号程序不认识", "", f"{RETYPE}{meant}")


def _one_bar(match: re.Match[str]) -> str:
    return f"|{match[1]}" if match[1] in filter_functions() else match[0]


def _right(text: str, condition: bool) -> str:
    for pattern, sign in _SIGNS:
        text = re.sub(pattern, sign if sign.startswith(" ") or sign.endswith(" ") else f" {sign} ", text)
        text = re.sub(rf"  +{re.escape(sign.strip())}  +|  +(?={re.escape(sign.strip())})", f" {sign.strip()} ", text)
    if condition and "(" not in text:
        text = _EQUALS.sub("==", text)
    return text
