"""只有一个花括号：标记要两个花括号，写一个的会原样印在报告里。

花括号里是能写的名称，或带点的名称，才算；别的单个花括号是普通文字。

正例：

    {{ 项目.名称 }}
    见附件{1}

反例：

    项目名称：{ 项目.名称 }   # !T143 {{ 项目.名称 }}
    {{ 项目.名称 }   # !T143 {{ 项目.名称 }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.tags import tags_in
from . import Case

CODE = "T143"
LEVEL = Level.ERROR
INSTEAD = ("T111",)

_NAME = r"[^\W\d][\w\[\]]*(?:\.[^\W\d][\w\[\]]*)*"
_SINGLE = re.compile(rf"\{{\{{?\s*({_NAME})\s*(\|[^{{}}]*)?\}}\}}?")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each name in single braces."""
    for part in case.draft.parts:
        for _, text, where in part.paragraphs():
            tags = [match.span() for match in tags_in(text)]
            for match in _SINGLE.finditer(text):
                if any(begin < match.end() and match.start() < end for begin, end in tags):
                    continue
                if "." in match[1] or (case.root is not None and match[1] in case.root.below):
                    meant = f"{{{{ {match[1]}{(match[2] or '').rstrip()} }}}}"
                    what = f"{match[0]} 少了花括号，不会换成数据，会原样印出"
                    yield Finding(CODE, LEVEL, where, what, _quoted(match, text), mend=f"改为 {meant}")


def _quoted(match: re.Match[str], text: str) -> str:
    """What is quoted of it: as the compiler quotes a tag that does not end, up to the end of the paragraph."""
    return text[match.start() :].strip() if match[0].startswith("{{") else match[0]
