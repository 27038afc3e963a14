"""What the tags of a part say of names: each expression is followed through the shape of the names, tag by tag.

The tags are read one by one and not as one template, so that a mistake in one does not hide what is wrong in others.
What is not known for certain is taken to be right: a finding here is a name that cannot be there.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from generator import language
from generator.records import closest
from generator.shape import NUMBER, PROSE, ROWS, SECTION, TEXT, YES, Shape, type_of
from generator.template.source import alone
from generator.template.tags import Tag
from generator.values import Day, Money, Rate

Slip = tuple[str, Tag, str, str | None]  # what kind of mistake, where, what is said of it, how to mend it
UNKNOWN, LEFT_LOOP, NO_LIST, GROUP, WRONG_KIND, NO_TEST, ARGUMENTS, COMPARED, RECKONED = (
    *("unknown", "left loop", "no list", "group", "wrong kind"),
    *("no test", "arguments", "compared", "reckoned"),
)
_KEPT = frozenset(
    ("abs", "sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr", "default", "d", "空则")
)
_OF_FIELDS = frozenset(("map", "列", "顿号", "并列", "sum", "groupby", "selectattr", "rejectattr"))
_ITEM = frozenset(("first", "last", "min", "max"))
_TEXT_OF = frozenset(("join", "upper", "lower", "trim", "string", "title", "capitalize", "replace", "e", "escape"))
_OF_LISTS = frozenset(("join", "sum", "sort", "unique", "batch", "slice", "map", "groupby"))
_OF_LISTS |= frozenset(("select", "reject", "selectattr", "rejectattr"))
_NAMES_OF_LISTS = frozenset(("items", "keys", "values", "get"))
_FIGURES = {"金额": "折合('万元')", "比率": "折合('%')", "数量": "折合", "得分": "折合", NUMBER: ""}
_OF_LOOPS = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "changed"))
_OF_LOOPS |= frozenset(("previtem", "nextitem", "depth", "depth0"))
_MOST_SHOWN = 6

_BY_FILTERS = "用过滤器：万元(2)、千分位、百分比(1)"
_SAMPLES = {Money: Money(Decimal(1)), Rate: Rate(Decimal(1)), Day: Day(2024, 1, 1), list: []}

OTHERWISE = "else"  # in the other case a list may be empty, and an empty one prints its mark

Known = Shape | None  # None: anything


@dataclass
class _Scope:
    """The names that one block adds; a loop's are gone after it."""

    names: dict[str, Known] = field(default_factory=dict)
    loop: bool = False


def slips(tags: Sequence[Tag], root: Shape | None) -> Iterator[Slip]:
    """What the tags of a part say wrongly, in their order; without a root no names are looked up."""
    return _Reader(root).read(tags)


class _Reader:
    def __init__(self, root: Shape | None) -> None:
        self.root = root
        self.scopes = [_Scope()]
        self.gone: set[str] = set()  # names of loops that have ended
        self.asked: list[set[str]] = []  # the names in the conditions that are open: an empty list prints its mark
        self.tag: Tag
        self.found: list[Slip] = []

    def read(self, tags: Sequence[Tag]) -> Iterator[Slip]:
        opened: list[tuple[str, int, int]] = []  # open blocks, and how many scopes and conditions there were before
        for tag in tags:
            self.tag, self.found = tag, []
            if tag.kind == "%" and tag.word.startswith("end"):
                while opened:
                    word, before, asked = opened.pop()
                    self._close(before)
                    del self.asked[asked:]
                    if word == tag.word[3:]:
                        break
            elif tag.kind == "%" and tag.word == "else":
                self.asked.append({OTHERWISE})
            elif tag.word == "for" and _parsed(tag) is None:
                opened.append((tag.word, len(self.scopes), len(self.asked)))
                names = re.match(r"for\s+([\w\s,，]+?)\s*(?:\bin\b.*)?$", tag.inner, re.DOTALL)
                given = re.findall(r"\w+", names[1]) if names else []
                self.scopes.append(_Scope(dict.fromkeys(("loop", *given)), loop=True))
            elif tag.kind != "#" and (node := _parsed(tag)) is not None:
                before, asked = len(self.scopes), len(self.asked)
                self._statement(node)
                if tag.opens:
                    opened.append((tag.word, before, asked))
                else:
                    self._close(before)
            yield from self.found

    def _close(self, count: int) -> None:
        while len(self.scopes) > count:
            scope = self.scopes.pop()
            if scope.loop:
                self.gone |= scope.names.keys()

    # Statements.

    def _statement(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            for one in node.nodes:
                self._printed(one)
        elif isinstance(node, nodes.For):
            self._loop(node)
        elif isinstance(node, nodes.If):
            self._value(node.test)
            asked = {_written(one) for one in node.test.find_all((nodes.Name, nodes.Getattr))}
            if isinstance(node.test, (nodes.Name, nodes.Getattr)):
                asked.add(_written(node.test))
            self.asked.append(asked)
        elif isinstance(node, nodes.Assign):
            self._assign(node.target, self._value(node.node))
        elif isinstance(node, nodes.AssignBlock):
            self._assign(node.target, _plain(TEXT))
            self.scopes.append(_Scope())
        elif isinstance(node, nodes.With):
            values = [self._value(value) for value in node.values]
            self.scopes.append(_Scope())
            for target, known in zip(node.targets, values, strict=True):
                self._assign(target, known)
        elif isinstance(node, nodes.Macro):
            self.scopes[-1].names[node.name] = None
            for value in node.defaults:
                self._value(value)
            self.scopes.append(_Scope(dict.fromkeys((*(str(one.name) for one in node.args), "caller"))))
        elif isinstance(node, nodes.CallBlock):
            self._value(node.call)
            self.scopes.append(_Scope(dict.fromkeys(str(one.name) for one in node.args)))
        elif isinstance(node, nodes.ExprStmt):
            self._value(node.node)

    def _loop(self, node: nodes.For) -> None:
        over = self._value(node.iter)
        self.asked.append({_written(node.iter)})
        item: Known = None
        if over is not None:
            if over.kind == ROWS:
                item = over.item
            elif over.kind == SECTION:
                item = _plain(TEXT)
            elif over.kind != PROSE:
                what = f"循环的是“{over.path or over.name}”，它是{over.kind}，不是列表"
                self._slip(NO_LIST, what, self._lists(over))
        if isinstance(node.target, nodes.Tuple) and item is not None and over is not None and over.kind == ROWS:
            what = f"循环里写了{len(node.target.items)}个名称，“{over.path or over.name}”的每一轮只有一项"
            self._slip(NO_LIST, what, "只写一个名称，要的内容写成 名称.字段")
        self.scopes.append(_Scope({"loop": None}, loop=True))
        self._assign(node.target, item)
        if node.test is not None:
            self._value(node.test)

    def _lists(self, over: Shape) -> str | None:
        """A list that may be meant."""
        if self.root is None:
            return None
        holder = over.path.rpartition(".")[0]
        below = self._at(holder)
        near = [name for name, one in (below.below if below else {}).items() if one.kind == ROWS]
        return (
            f"可以循环的有：{'、'.join(f'{holder}.{one}' if holder else one for one in near[:_MOST_SHOWN])}"
            if near
            else None
        )

    def _at(self, path: str) -> Shape | None:
        found = self.root
        for step in path.split(".") if path else ():
            found = found.below.get(step) if found else None
        return found

    def _assign(self, target: nodes.Node, value: Known) -> None:
        if isinstance(target, nodes.Name):
            self.scopes[-1].names[target.name] = value
        elif isinstance(target, (nodes.Tuple, nodes.List)):
            for one in target.items:
                self._assign(one, None)

    def _printed(self, node: nodes.Node) -> None:
        value = self._value(node)
        group = value is not None and value.kind in (SECTION, ROWS) and not value.example
        if value is not None and group and not any({_written(node), OTHERWISE} & asked for asked in self.asked):
            if value.kind == ROWS:
                mend = f"逐条印用循环：{{%p for 一 in {value.path} %}}；印成一行接过滤器：{{{{ {value.path}|顿号 }}}}"
            else:
                mend = f"写出要印的一项，如 {value.path}.{next(iter(value.below), '名称')}"
            self._slip(GROUP, f"要印的“{value.path or value.name}”是一组值，不是一个值", mend)

    # Expressions.

    def _value(self, node: nodes.Node | None) -> Known:
        """What an expression gives; None for anything."""
        if node is None:
            return None
        if isinstance(node, nodes.Name):
            return self._name(node)
        if isinstance(node, nodes.Getattr):
            return self._below(node.node, node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node)
        if isinstance(node, nodes.Filter):
            return self._filtered(node)
        if isinstance(node, nodes.Test):
            return self._tested(node)
        if isinstance(node, nodes.CondExpr):
            self._value(node.test)
            either, other = self._value(node.expr1), self._value(node.expr2)
            return either if either is other or (other is None and node.expr2 is None) else None
        if isinstance(node, nodes.Or):
            either, _ = self._value(node.left), self._value(node.right)
            return either
        if isinstance(node, nodes.Compare):
            self._compared(node)
            return _plain(YES)
        if isinstance(node, nodes.Not):
            self._inside(node)
            return _plain(YES)
        if isinstance(node, nodes.BinExpr) and not isinstance(node, nodes.And):
            return self._reckoned(node)
        if isinstance(node, nodes.Concat):
            self._inside(node)
            return _plain(TEXT)
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            if node.node.attr == "format" and isinstance(node.node.node, nodes.Const):
                self._slip(RECKONED, "里不能用 format 排数字的格式", _BY_FILTERS)
            if node.node.attr in _NAMES_OF_LISTS or not isinstance(node.node.node, nodes.Name):
                self._value(node.node.node)
            for one in (*node.args, *node.kwargs):
                self._value(one)
            return None
        self._inside(node)
        return None

    def _reckoned(self, node: nodes.BinExpr) -> Known:
        """Whether a sum or product has a figure with a unit in it, which cannot be reckoned with."""
        sides = [(one, self._value(one)) for one in (node.left, node.right)]
        if isinstance(node, nodes.Mod) and isinstance(node.left, nodes.Const) and isinstance(node.left.value, str):
            self._slip(RECKONED, "里不能用 % 排数字的格式", _BY_FILTERS)
            return None
        for side, value in sides:
            if value is not None and value.kind in _FIGURES and value.kind != NUMBER:
                name = _written(side) or value.name
                mend = f"数据里算好的直接用它的名称；没有的，先换成数：{name}|{_FIGURES[value.kind]}"
                self._slip(RECKONED, f"里“{name}”是{value.kind}，带着单位，不能直接加减乘除", mend)
                return None
        return None

    def _compared(self, node: nodes.Compare) -> None:
        """Whether a figure is compared with a bare number or with words, which it cannot be held against."""
        sides = [node.expr, *(one.expr for one in node.ops if one.op not in ("in", "notin"))]
        values = [self._side(one) for one in sides]
        self._inside_of_lists(node)
        bare = [one.value for one in sides if isinstance(one, nodes.Const) and type(one.value) in (str, int, float)]
        for side, value in zip(sides, values, strict=True):
            if value is None or not bare or value.kind not in _FIGURES:
                continue
            name, number = _written(side) or value.name, re.sub(r"[^\d.]", "", str(bare[0]))
            if value.kind != NUMBER:
                what = f"里“{name}”是{value.kind}，不能直接和 {bare[0]} 比"
                self._slip(COMPARED, what, f"写成 {name}|{_FIGURES[value.kind]}，再和 {number or '数'} 比")
            elif isinstance(bare[0], str):
                what = f"里“{name}”是数，“{bare[0]}”加了引号是文字，两样比不了"
                self._slip(COMPARED, what, f"去掉引号，写 {number}" if number else "和数比较")
            return

    def _side(self, node: nodes.Expr) -> Known:
        """The value of one side; a bare word that is no name is a text without its quotation marks."""
        before = len(self.found)
        value = self._value(node)
        if isinstance(node, nodes.Name) and len(self.found) > before and self.found[-1][0] == UNKNOWN:
            kind, tag, what, mend = self.found[-1]
            quoted = f"是文字的，写在半角的引号里：'{node.name}'"
            self.found[-1] = kind, tag, what, f"{quoted}；{mend}" if mend else quoted
        return value

    def _inside_of_lists(self, node: nodes.Compare) -> None:
        for one in node.ops:
            if one.op in ("in", "notin"):
                self._value(one.expr)

    def _inside(self, node: nodes.Node) -> None:
        for one in node.iter_child_nodes():
            self._value(one)

    def _name(self, node: nodes.Name) -> Known:
        for scope in reversed(self.scopes):
            if node.name in scope.names:
                return scope.names[node.name]
        if node.name in language.word().globals:
            return None
        if node.name in self.gone and (self.root is None or node.name not in self.root.below):
            self._slip(LEFT_LOOP, f"用到的“{node.name}”只在循环里有，循环已经结束", "移到循环里面，或改用循环外的名称")
            return None
        if node.name == "loop":
            self._slip(LEFT_LOOP, "用到的“loop”只在循环里有", "移到循环里面")
            return None
        if self.root is None or self.root.open:
            return None
        if node.name in self.root.below:
            return self.root.below[node.name]
        for section, shape in self.root.below.items():  # 项目名称 for 项目.名称
            if node.name.startswith(section) and (rest := node.name.removeprefix(section)) in shape.below:
                self._slip(UNKNOWN, f"里没有“{node.name}”这个名称", f"是不是“{section}.{rest}”？")
                return None
        own = [name for scope in self.scopes for name in scope.names if name != "loop"]
        self._unknown(node.name, node.name, [*own, *self.root.below], "")
        return None

    def _below(self, holder: nodes.Node, name: str) -> Known:
        value = self._value(holder)
        if isinstance(holder, nodes.Name) and holder.name == "loop" and name not in _OF_LOOPS:
            self._unknown(name, f"loop.{name}", sorted(_OF_LOOPS), "loop.")
        if value is None:
            return None
        if name in value.below:
            return value.below[name]
        if value.kind == SECTION and name in _NAMES_OF_LISTS:
            return None
        called, item = _written(holder) or value.path or value.name, value.item
        field_of_item = value.kind == ROWS and item is not None and name in item.below
        if value.open and not field_of_item:
            return item
        if value.kind == ROWS:
            mend = None
            if field_of_item:
                mend = (
                    f"它是列表：先写循环 {{%p for 一 in {called} %}}，再写 一.{name}；只要第一条写 {called}[0].{name}"
                )
            self._slip(UNKNOWN, f"里“{called}”是列表，不能直接取“{name}”", mend)
        elif value.kind == SECTION or not name.isascii():
            self._unknown(name, f"{called}.{name}", list(value.below), f"{called}.")
        return None

    def _item(self, node: nodes.Getitem) -> Known:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._below(node.node, node.arg.value)
        value = self._value(node.node)
        self._value(node.arg) if not isinstance(node.arg, nodes.Slice) else self._inside(node.arg)
        if value is None or value.kind != ROWS:
            return None
        return value if isinstance(node.arg, nodes.Slice) else value.item

    def _unknown(self, name: str, whole: str, known: list[str], before: str) -> None:
        elsewhere = [] if before or self.root is None else list(_places_of(self.root, name))[:2]
        near = None if elsewhere else closest(name, known)
        mend = f"是不是“{before}{near}”？" if near else f"是不是“{'”或“'.join(elsewhere)}”？" if elsewhere else None
        self._slip(UNKNOWN, f"里没有“{whole}”这个名称", mend)

    def _tested(self, node: nodes.Test) -> Known:
        if node.name not in language.word().tests:
            near = closest(node.name, [*language.word().tests])
            self._slip(NO_TEST, f"里没有“is {node.name}”这个判断", f"是不是“is {near}”？" if near else None)
        if node.name in ("defined", "undefined"):
            self._quietly(node.node)
        else:
            self._value(node.node)
        for one in node.args or ():
            self._value(one)
        return _plain(YES)

    def _quietly(self, node: nodes.Node | None) -> Known:
        """The value of what may be not there."""
        kept, self.found = self.found, []
        value = self._value(node)
        self.found = kept
        return value

    def _filtered(self, node: nodes.Filter) -> Known:
        guarded = node.name in ("default", "d")
        value = self._quietly(node.node) if guarded else self._value(node.node)
        for one in (*(node.args or ()), *(pair.value for pair in node.kwargs or ())):
            self._value(one)
        takes = language.taken(node.name)
        fits = value is None or takes is None or value.kind == PROSE or issubclass(type_of(value), takes.kinds)
        self._arguments(node, value if fits else None)
        if value is not None and takes is not None and not fits:
            what = f"的过滤器“{node.name}”要的是{takes.what}，{_called(node.node, value)}是{value.kind}"
            inner = node.node.name if isinstance(node.node, nodes.Filter) else None
            self._slip(WRONG_KIND, what, f"去掉前面的“{inner}”，只用一个过滤器" if inner else _fitting(value))
        elif value is not None and node.name in _OF_LISTS and value.kind not in (ROWS, SECTION, PROSE) and value.name:
            what = f"的过滤器“{node.name}”要的是列表，{_called(node.node, value)}是{value.kind}"
            self._slip(WRONG_KIND, what, _fitting(value))
        return self._result(node, value)

    def _arguments(self, node: nodes.Filter, value: Known) -> None:
        """Whether one of our own filters takes these arguments: tried out on a value of that kind."""
        function = language.filter_functions().get(node.name)
        if function is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            return
        named = {str(pair.key): pair.value for pair in node.kwargs}
        try:
            bound = inspect.signature(function).bind(None, *node.args, **named)
        except TypeError:
            takes = list(inspect.signature(function).parameters)[1:]
            said = f"可以写的有：{'、'.join(takes)}" if takes else f"“{node.name}”后面不写括号"
            self._slip(ARGUMENTS, f"里过滤器“{node.name}”的括号里写得不对", said)
            return
        given = {name: one.value for name, one in bound.arguments.items() if isinstance(one, nodes.Const)}
        for name, one in given.items():
            whole = function.__annotations__[name] in ("int", "int | None")
            if whole != (type(one) is int) and one is not None:
                what = f"里过滤器“{node.name}”的{name}写得不对"
                self._slip(ARGUMENTS, what, f"{name}写整数，如 2" if whole else f"{name}写在半角的引号里")
                return
        sample = _SAMPLES.get(type_of(value)) if value is not None else None
        if sample is not None and len(given) + 1 == len(bound.arguments):
            try:
                function(sample, **given)
            except ValueError as error:
                self._slip(ARGUMENTS, f"里过滤器“{node.name}”的括号里写得不对：{error}", None)

    def _result(self, node: nodes.Filter, value: Known) -> Known:
        named = [one.value for one in node.args or () if isinstance(one, nodes.Const)]
        named += [
            pair.value.value
            for pair in node.kwargs or ()
            if pair.key in ("attribute", "字段") and isinstance(pair.value, nodes.Const)
        ]
        if node.name in _KEPT - _OF_FIELDS:
            return value
        if node.name in _ITEM:
            return value.item if value is not None and value.kind == ROWS else None
        if node.name in _OF_FIELDS and named and isinstance(named[0], str):
            self._field(node, value, named[0])
            if node.name in _KEPT:
                return value
            return None if node.name not in ("顿号", "并列") else _plain(TEXT)
        if node.name in _KEPT:
            return value
        if node.name in _TEXT_OF:
            return _plain(TEXT)
        function = language.filter_functions().get(node.name)
        if function is not None and _returns_text(function):
            return _plain(TEXT)
        return None

    def _field(self, node: nodes.Filter, value: Known, name: str) -> None:
        """Whether the items of a list have the field that a filter asks for."""
        if node.name == "map" and not any(pair.key == "attribute" for pair in node.kwargs):
            return
        item = value.item if value is not None and value.kind == ROWS else None
        if item is None or item.open or item.kind != SECTION or name.partition(".")[0] in item.below:
            return
        near = closest(name, item.below)
        self._slip(
            UNKNOWN, f"里“{_written(node.node) or 'list'}”的各条没有“{name}”", f"是不是“{near}”？" if near else None
        )

    def _slip(self, kind: str, what: str, mend: str | None) -> None:
        self.found.append((kind, self.tag, what, mend))


def _fitting(value: Shape) -> str:
    """The filters that take this kind of value."""
    takes = {name: language.taken(name) for name in language.filter_functions()}
    fit = sorted(name for name, one in takes.items() if one is not None and issubclass(type_of(value), one.kinds))
    return f"{value.kind}可以用：{'、'.join(fit[:_MOST_SHOWN])}；或不接过滤器" if fit else "不接过滤器，直接印"


def _called(node: nodes.Node | None, value: Shape) -> str:
    name = _written(node) or value.name
    return f"“{name}”" if name else "它前面的"


def _plain(kind: str) -> Shape:
    return Shape("", "", kind)


def _returns_text(function: Callable[..., Any]) -> bool:
    return inspect.signature(function).return_annotation in ("str", str)


def _parsed(tag: Tag) -> nodes.Node | None:
    """The statement of a tag by itself; None where it has none or is written wrongly (which is told elsewhere)."""
    text = alone(tag)
    if text is None:
        return None
    try:
        body = language.word().parse(text).body
    except TemplateSyntaxError:
        return None
    return body[0] if body else None


def _written(node: nodes.Node | None) -> str:
    """A dotted name as it is written; nothing for what is no name."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr) and (before := _written(node.node)):
        return f"{before}.{node.attr}"
    return ""


def _places_of(root: Shape, name: str) -> Iterator[str]:
    """Where that name is in the first two levels below the root."""
    for top, one in root.below.items():
        if name in one.below and one.kind == SECTION:
            yield f"{top}.{name}"


__all__ = [
    "ARGUMENTS",
    "COMPARED",
    "GROUP",
    "LEFT_LOOP",
    "NO_LIST",
    "NO_TEST",
    "RECKONED",
    "UNKNOWN",
    "WRONG_KIND",
    "Slip",
    "slips",
]
