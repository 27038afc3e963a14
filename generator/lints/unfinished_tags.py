"""标记没有写完：前一个标记少了结尾的花括号，把后面的标记也吞了进去。

两个花括号开头的，要两个花括号结尾；{% 开头的，要 %} 结尾。

正例：

    {{ 项目.名称 }}在{{ 项目.年度 }}年

反例：

    {{ 项目.名称 }在{{ 项目.年度 }}年   # !T142 {{ 项目.名称 }}
    {% if 资金.预算 }有{% endif %}   # !T142 %}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.tags import Tag
from . import Case

CODE = "T142"
LEVEL = Level.ERROR
INSTEAD = ("T110", "T112")

_NEXT = re.compile(r"\{[{%#]")
_ENDS = {"{": "}}", "%": "%}", "#": "#}"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag in which another one begins."""
    for _, tag in case.tags:
        following = _NEXT.search(_without_texts(tag), 2)
        if following and tag.kind != "#":
            begun = tag.written[: following.start()]
            inner = re.split(r"[}%]", begun[2:])[0].strip()
            meant = f"{begun[:2]} {inner} {_ENDS[tag.kind]}"
            what = f"{begun.strip()} 没有写完，后面的标记被它吞了进去"
            yield Finding(CODE, LEVEL, tag.where, what, tag.written, mend=f"改为 {meant}")


def _without_texts(tag: Tag) -> str:
    """The tag with what stands in quotation marks blanked out."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’", lambda match: " " * len(match[0]), tag.written)
