"""花括号多了或少了：标记要两个花括号，写一个的会原样印在报告里，三个的生成不了，中间不能有空格。

花括号里是能写的名称，或带点的名称，才算；别的单个花括号是普通文字。

正例：

    {{ 项目.名称 }}
    见附件{1}
    {% raw %}写作 { 项目.名称 }{% endraw %}

反例：

    项目名称：{ 项目.名称 }   # !T143 {{ 项目.名称 }}
    {{{ 项目.名称 }}}   # !T143 {{ 项目.名称 }}
    { { 项目.名称 } }   # !T143 {{ 项目.名称 }}
    { % if 资金.预算 % }有{% endif %}   # !T143 {% if 资金.预算 %}
    项目名称：项目.名称 }}   # !T143 前面没有
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import RETYPE
from ..template.tags import tags_in, without_tags
from . import Case

CODE = "T143"
LEVEL = Level.ERROR
RETYPES = True
INSTEAD = ("T111",)

_NAME = r"[^\W\d][\w\[\]]*(?:\.[^\W\d][\w\[\]]*)*"
_SINGLE = re.compile(rf"(?<!\{{)\{{\s*({_NAME})(\s*\|[^{{}}]*)?\s*\}}\}}?")
_MANY = re.compile(rf"(?<!\{{)\{{{{2,}}\s*({_NAME}(?:\s*\|[^{{}}]*)?)\s*\}}{{2,}}")
_MANY_SIGNS = re.compile(r"(?<!\{)\{{2,}%([^{}%]+)%\}+|\{%([^{}%]+)%\}{2,}")
_LEFT = re.compile(r"^.*?(\}\}|%\})", re.DOTALL)
_NEARBY = 12
_SPACED = re.compile(r"\{(\s*)([{%])([^{}]+?)([}%])(\s*)\}")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each name in too few or too many braces, or in braces set apart."""
    for part in case.draft.parts:
        begun = False  # a tag that goes on in the next paragraph
        for _, text, where in part.paragraphs():
            for written, meant, what in _slips(text, case):
                yield Finding(CODE, LEVEL, where, f"{written} {what}", written, mend=f"{RETYPE}{meant}")
                text = text.replace(written, "")
            left = _LEFT.search(without_tags(text))
            if left and not begun and not re.search("[{｛]", left[0]):
                what = f"“{left[0][-_NEARBY:].strip()}”的 {left[1]} 前面没有与它相配的开头，会原样印出"
                yield Finding(CODE, LEVEL, where, what, left[1], mend=f"删去 {left[1]}，或在前面补上标记的开头")
            begun = (begun and not text.strip()) or re.search(r"\{[{%]", without_tags(text)) is not None


def _slips(text: str, case: Case) -> Iterator[tuple[str, str, str]]:
    """Each passage, as it should be, and what is wrong with it."""
    tags = [match.span() for match in tags_in(text)]
    for match in _MANY.finditer(text):
        opened, closed = (len(one) for one in re.findall(r"^\{+|\}+$", match[0]))
        if (opened, closed) != (2, 2) and "{" not in without_tags(text[: match.start()]):
            yield match[0], f"{{{{ {match[1].strip()} }}}}", "多了花括号：要两个"
    for match in _MANY_SIGNS.finditer(text):
        yield match[0], f"{{%{match[1] or match[2]}%}}", "多了花括号：百分号外面各一个"
    for match in _SPACED.finditer(text):
        inside = any(begin < match.end() and match.start() < end for begin, end in tags)
        if (match[1] or match[5]) and not inside and (match[2] == "%") == (match[4] == "%"):
            signs = ("{{", "}}") if match[2] == "{" else ("{%", "%}")
            yield match[0], f"{signs[0]}{match[3]}{signs[1]}", "花括号和里面的符号之间多了空格，会原样印出"
    for match in _SINGLE.finditer(text):
        if any(begin < match.end() and match.start() < end for begin, end in tags):
            continue
        known = "." in match[1] or (case.root is not None and match[1] in case.root.below)
        if known and not re.search(r"\{\s+$", text[: match.start()]):
            meant = f"{{{{ {match[1]}{(match[2] or '').rstrip()} }}}}"
            yield match[0], meant, "少了花括号，不会换成数据，会原样印出"
