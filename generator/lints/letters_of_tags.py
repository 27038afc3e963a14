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
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from . import Case

CODE = "T145"
LEVEL = Level.ERROR
INSTEAD = ("T110", "T111")

_WORDS = "for|endfor|if|elif|else|endif|set|with|endwith|macro|endmacro|filter|endfilter"
_SPACED = re.compile(r"\{%[-+]?\s+(tr|tc|p|r)\s+(?=\w)")
_GLUED = re.compile(rf"\{{%[-+]?(tr|tc|p|r)(?=(?:{_WORDS})\b)")
_ODD_SPACE = re.compile(r"\{[{%](tr|tc|p|r)[^\S ]+")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag whose letter is set apart from the brace or glued to the word."""
    for _, tag in case.tags:
        for pattern, what in (
            (_SPACED, "里字母前多了空格"),
            (_GLUED, "里字母后少了空格"),
            (_ODD_SPACE, "里字母后的空格不是半角的空格"),
        ):
            if match := pattern.match(tag.written):
                meant = f"{tag.written[:2]}{match[1]} {tag.written[match.end() :]}"
                yield told(CODE, tag, what, "", f"改为 {meant}")
                break
