"""What went wrong in a template, in Chinese, where, and how to mend it where that is known."""

from __future__ import annotations

import linecache
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError
from jinja2.utils import missing

from ..bounds import TooMuchError
from ..findings import Location
from ..records import closest
from .filtering import filter_functions
from .sandbox import Language, UnknownNameError
from .writing import NoValueError

# What ends the work: refused for safety, or without end.
HOPELESS = (SecurityError, TooMuchError, RecursionError, MemoryError)
_INSTEAD = {"float": "数值", "format": "千分位", "wordwrap": "分段", "striptags": "string"}


def _fields(owner: Any) -> list[str]:
    """The names that a template may ask of `owner`."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return [name for name in dir(owner) if not name.isascii()]


def explain(error: BaseException, names: Mapping[str, object], asked: str = "") -> tuple[str, str | None]:
    """What went wrong in a template, in Chinese, and how to mend it where that is known.

    `asked` are the tags that it may have gone wrong in, to tell a name whole: `资金.结余` and not `结余`.
    """
    if isinstance(error, UnknownNameError):
        return _unknown_name(error, names, asked)
    if isinstance(error, SecurityError):
        attribute = re.search(r"attribute '(.+?)'", str(error))
        return f"出于安全不允许：{f'取“{attribute[1]}”' if attribute else _chinese(error) or '调用函数'}", None
    if isinstance(error, TemplateSyntaxError):
        told = syntax(error)
        return told, _filter_meant(told)
    if isinstance(error, ValueError) and "unpack" in str(error):
        return "循环里写了几个名称，列表的每一项却不是几个值", "循环里只写一个名称"
    if isinstance(error, (NoValueError, TooMuchError, ValueError)):
        return _chinese(error) or "算不出来", None
    if isinstance(error, TemplateRuntimeError) and (told := syntax(error)) != _MISWRITTEN:
        return told, None
    if isinstance(error, RecursionError):
        return "一层套一层，没有尽头", None
    if isinstance(error, ZeroDivisionError):
        return "除数是 0", None
    if isinstance(error, TypeError):
        return "算不出来：这几个值不能一起计算或比较，或过滤器的参数不对", None
    return f"算不出来：{_chinese(error) or '超出可以计算的范围'}", None


def _unknown_name(error: UnknownNameError, names: Mapping[str, object], asked: str) -> tuple[str, str | None]:
    top = error.owner is missing
    owner = "" if top else _owner(error.name, asked)
    close = closest(error.name, names if top else _fields(error.owner))
    mend = f"是不是“{owner}{close}”？" if close else None
    if top:
        return f"没有“{error.name}”这个名称", mend
    if error.owner is None:
        above = f"“{owner[:-1]}”" if owner else "上一级"
        return f"{above}没有值（None），取不到“{error.name}”", None
    if isinstance(error.owner, (list, tuple)) and error.name.isdecimal():
        return f"列表里没有 [{error.name}]：共 {len(error.owner)} 项，从 [0] 数起", None
    return (f"没有“{owner}{error.name}”" if owner else f"上一级里没有“{error.name}”"), mend


def _owner(name: str, asked: str) -> str:
    """What stands before `name` in the tags, with its dot; nothing where that is not the same each time.

    >>> _owner("节余", "{{ 资金.节余|万元 }}"), _owner("节余", "{{ 甲.节余 }}{{ 乙.节余 }}")
    ('资金.', '')
    """
    before = rf"(?<![\w.\]\)'\"])([^\W\d]\w*(?:\.\w+|\[\d+\])*\.){re.escape(name)}(?!\w)"
    found = set(re.findall(before, asked))
    return found.pop() if len(found) == 1 else ""


def _filter_meant(told: str) -> str | None:
    unknown = re.search(r"没有“(.+?)”这个过滤器", told)
    near = unknown and (_INSTEAD.get(unknown[1]) or closest(unknown[1], filter_functions()))
    return f"是不是“{near}”？" if near else None


def in_line(where: Location, before: str, tag: str) -> Location:
    """The place of a tag in the line of a data file; `where` itself if it does not stand there behind `before`.

    The file is read again: a text comes without the quotes, the indent and the escapes that it is written with.
    """
    if where.file is None or where.line is None:
        return where
    linecache.checkcache(where.file)
    begins = linecache.getline(where.file, where.line).find(before + tag, (where.column or 1) - 1)
    return where if begins < 0 else replace(where, column=begins + len(before) + 1)


def _chinese(error: BaseException) -> str:
    """An error's own words where they are ours; nothing where they are Python's or Jinja's."""
    said = str(error)
    return said if re.search(r"[\u4e00-\u9fff]", said) else ""


_TOKENS = {
    "end of statement block": "%}",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "end of template": "文字的末尾",
    "name": "名称",
    "string": "引号里的文字",
    "integer": "整数",
    "float": "小数",
    "assign": "=",
    "in": "in",
}
_SYNTAX = (
    (r"unexpected char '(.)' at", "标记里不能用“{0}”这个字符"),
    (r"unexpected '\}', expected '\)'", "圆括号少了右边的一个"),
    (r"unexpected '\}', expected '\]'", "方括号少了右边的一个"),
    (r"unexpected '\}'", "花括号多了或少了"),
    (
        r"[Ee]xpected token .+, got '?(万元|亿元|元|分|个|家|份|户|人|次)'?$",
        "数后面不能写单位“{0}”：金额先换成数再比，如 资金.预算|折合('万元') > 100",
    ),
    (r"[Ee]xpected token 'end of .+', got '?([\u4e00-\u9fff]\w*)'?$", "“{0}”前面多了空格，或少了符号"),
    (r"[Ee]xpected token '?(.+?)'?, got '?(.+?)'?$", "应为“{0}”，却是“{1}”"),
    (r"[Uu]nexpected end of template", "没有写完，缺结尾标记"),
    (r"Encountered unknown tag '(.+?)'", "没有“{0}”这种标记"),
    (r"No filter named '(.+?)'", "没有“{0}”这个过滤器"),
    (r"No test named '(.+?)'", "没有“{0}”这个判断"),
    (r"Expected an expression, got 'end of print statement'", "标记是空的"),
    (r"Expected an expression, got '(.+?)'", "这里要有一个名称或算式，却是“{0}”"),
    (r"unexpected '(.+?)'", "这里不能有“{0}”"),
)


_MISWRITTEN = "写法不对"


def syntax(error: TemplateError) -> str:
    """A syntax error of Jinja in Chinese."""
    message = error.message or str(error)
    for pattern, chinese in _SYNTAX:
        if match := re.search(pattern, message):
            return f"{_MISWRITTEN}：" + chinese.format(*(_TOKENS.get(word, word) for word in match.groups()))
    return message if re.search(r"[\u4e00-\u9fff]", message) else _MISWRITTEN


def unknown_filters(tree: nodes.Node, environment: Language) -> list[tuple[str, str | None]]:
    """Each filter that a parsed template uses and may not, with the nearest one that exists."""
    used = dict.fromkeys(node.name for node in tree.find_all(nodes.Filter) if node.name is not None)
    return [
        (name, _INSTEAD.get(name) or closest(name, [other for other in environment.filters if other[0] != "_"]))
        for name in used
        if name not in environment.filters or name[0] == "_"  # the inner ones
    ]
