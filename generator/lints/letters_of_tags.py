"""p、tr、tc、r 写得不对：字母紧接在 {% 或 {{ 后面，再空一格（半角的空格），才写别的。

{%tr 整行、{%tc 整格、{%p 整段、{{r 带格式的文字。字母前多了空格、字母后少了空格，程序就不认识。

正例：

    | {%tr for 单位 in 项目.单位 %} |
    | {{ 单位.名称 }} |
    | {%tr endfor %} |

反例：

    {% p if 资金.预算 %}   # !T145 {%p if 资金.预算 %}
    有
    {%pendif %}   # !T145 {%p endif %}
    {{ r 项目.名称 }}   # !T145 {{r 项目.名称 }}
    {%P if 资金.预算 %}   # !T145 {%p if 资金.预算 %}
    有
    {%-p endif %}   # !T145 {%p endif %}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import RETYPE, told
from . import Case

CODE = "T145"
LEVEL = Level.ERROR
INSTEAD = ("T110", "T111")

RETYPES = True

_WORDS = "for|endfor|if|elif|else|endif|set|with|endwith|macro|endmacro|filter|endfilter"
_SPACED = re.compile(r"\{%[-+]?\s+(tr|tc|p|r)\s+(?=\w)|\{\{\s+(tr|tc|p|r)\s+(?=[一-鿿])", re.I)
_GLUED = re.compile(rf"\{{%[-+]?(tr|tc|p|r)(?=(?:{_WORDS})\b)|\{{\{{(tr|tc|p|r)(?=[一-鿿])", re.I)
_ODD_SPACE = re.compile(r"\{[{%](tr|tc|p|r)[^\S ]+", re.I)
_CAPITAL = re.compile(r"\{[{%](T[RrCc]|t[RC]|P|R)\s+")
_MINUS = re.compile(r"\{%(?:[-+]\s*(tr|tc|p|r)|(tr|tc|p|r)[-+])\s+")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag whose letter is set apart from the brace or glued to the word."""
    for _, tag in case.tags:
        for pattern, what in (
            (_SPACED, "里字母前多了空格"),
            (_GLUED, "里字母后少了空格"),
            (_MINUS, "里有减号，和字母不能一起用"),
            (_CAPITAL, "里的字母要小写"),
            (_ODD_SPACE, "里字母后的空格不是半角的空格"),
        ):
            if match := pattern.match(tag.written):
                letter = (match[1] or match[match.lastindex or 0]).lower()
                meant = f"{tag.written[:2]}{letter} {tag.written[match.end() :]}"
                yield told(CODE, tag, what, "", f"{RETYPE}{meant}")
                break
