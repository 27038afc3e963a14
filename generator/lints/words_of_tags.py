"""语句的词写得不对：{% 后面的词不是程序认识的，或取值的标记和语句的标记写反了。

语句用 {% %}，词是 if、elif、else、endif、for、endfor、set 等，小写，endif、endfor 连写；取值用 {{ }}，里面只写名称。

正例：

    {% if 资金.预算 %}有{% elif 资金.到位 %}到{% else %}无{% endif %}

反例：分开写、写错、写成中文、写反。

    {% if 资金.预算 %}有{% else if 资金.到位 %}到{% end if %}   # !T161 {% elif 资金.到位 %}
    {% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfro %}   # !T161 {% endfor %}
    {% 如果 资金.预算 %}有{% 结束 %}   # !T161 {% endif %}
    {{ if 资金.预算 }}有{{ endif }}   # !T161 {% if 资金.预算 %}
    {% 项目.名称 %}   # !T161 {{ 项目.名称 }}
    {% for 单位 in 项目.单位 %}{% break %}{% endfor %}   # !T161 break
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..records import closest
from ..template.draft import RETYPE, told
from ..template.source import parses
from ..template.tags import Tag
from . import Case

CODE = "T161"
LEVEL = Level.ERROR
RETYPES = True
INSTEAD = ("T110", "T111", "T146")

_BLOCKS = ("if", "for", "set", "with", "macro", "call", "filter", "autoescape", "raw")
_WORDS = (*_BLOCKS, *(f"end{word}" for word in _BLOCKS), "else", "elif", "vm", "hm", "colspan", "cellbg")
_OWN_FINDING = ("include", "import", "from", "extends", "block", "endblock")  # the compiler says what they are
_NONE_HERE = ("do", "break", "continue", "debug", "trans", "endtrans", "pluralize")
_MEANT = {
    **dict.fromkeys(("elseif", "elsif", "elif", "elsef", "否则如果", "又如果"), "elif"),
    **dict.fromkeys(("如果", "若", "假如", "判断"), "if"),
    **dict.fromkeys(("否则", "其他"), "else"),
    **dict.fromkeys(("foreach", "each", "循环", "对于", "遍历", "对"), "for"),
    **dict.fromkeys(("结束如果", "结束判断", "如果结束", "fi", "ifend"), "endif"),
    **dict.fromkeys(("结束循环", "循环结束", "endeach", "endforeach", "endloop", "next", "forend"), "endfor"),
    **dict.fromkeys(("设", "设置", "令"), "set"),
}
_ENDS = ("end", "结束", "完", "结尾")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag whose first word is none, with the tag as it should be."""
    for part in case.draft.parts:
        stack: list[str] = []
        for tag in part.tags:
            word = tag.word
            slip = None if tag.kind == "#" else _value(tag) if tag.kind == "{" else _statement(tag, stack)
            if slip is not None:
                what, meant = slip
                yield told(CODE, tag, what, "", f"{RETYPE}{meant}" if meant else None)
                word = Tag(meant, tag.where, 0).word if meant else ""
            if word in _BLOCKS and not (word == "set" and "=" in tag.inner):
                stack.append(word)
            elif word.startswith("end") and word[3:] in stack:
                while stack.pop() != word[3:]:
                    pass


def _statement(tag: Tag, stack: list[str]) -> tuple[str, str | None] | None:
    """What is wrong with a statement's word, and the tag as it should be."""
    inner, word = tag.inner, tag.word
    if split := re.match(r"(else)\s+if\b|(end)\s+(\w+)", inner, re.I):
        joined = "elif" if split[1] else f"end{split[3].lower()}"
        if joined in _WORDS:
            return f"里的词“{split[0]}”写得不对", _written(tag, joined, inner[split.end() :])
    if word in _WORDS or word in _OWN_FINDING or not inner:
        return None
    if word in _NONE_HERE:
        return f"里的“{word}”在模板里不能用", None
    if stack and word in _ENDS:
        return f"里没有写明结束的是哪一种，没有“{word}”这种写法", _written(tag, f"end{stack[-1]}", "")
    rest = inner[len(word) :]
    new: str | None = _MEANT.get(word.lower()) or (word.lower() if word.lower() in _WORDS else None)
    if new is None and not rest.startswith((".", "|", "[")):
        new = closest(word.lower(), _WORDS) if word.isascii() else None
    if new is not None:
        return f"里的词“{word}”写得不对", _written(tag, new, rest if not new.startswith("end") else "")
    if parses("{", inner):
        return "取值要用两个花括号，不用百分号", f"{{{{ {inner} }}}}"
    return None


def _value(tag: Tag) -> tuple[str, str] | None:
    """What is wrong with a tag for a value that is meant as a statement."""
    inner = re.sub(r"^[#/]", lambda sign: "end" if sign[0] == "/" else "", tag.inner)
    word = re.match(r"[a-z]+(?!\w)", inner)
    if word is None or word[0] not in (*_WORDS, "elseif") or (word[0] in ("vm", "hm", "set") and inner == word[0]):
        return None
    rest = inner[word.end() :].strip()
    if (word[0] in ("else",) or word[0].startswith("end")) == bool(rest) or rest[:1] in (".", "|", "["):
        return None
    return "是语句，要用百分号", _written(tag, _MEANT.get(word[0], word[0]), rest)


def _written(tag: Tag, word: str, rest: str) -> str:
    rest = rest.strip()
    return f"{{%{tag.unit} {word}{' ' if rest else ''}{rest} %}}"
