"""A template filled with the specimen so that all of it shows: every loop has a round, every branch is printed.

The branches of an `if` come one after another where it is first come to, and a `for … else` prints both parts; in
later rounds the conditions hold, so that the pages do not grow without end.  A name that is not there prints its mark,
and a tag that cannot be worked out prints what is wrong, so that the pages can always be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.utils import missing
from markupsafe import Markup

from . import bounds, language
from .findings import Finding, Level, Location
from .language.writing import as_paragraph, as_run, for_word, for_xml
from .pagination import page_numbers
from .render import render
from .shape import walk
from .specimen import shape, specimen, specimen_file, told
from .style import Style
from .template import Part, Plan, TagPlace, compile_template
from .template import source as sources
from .template.tags import shown
from .values import Missing

# What an unfolded template calls.
SHOWN, CHOSEN, TAKEN = "_shown", "_chosen", "_taken"
ROWS, PASSED, OTHERWISE, ABSENT = "_rounds_of", "_passed", "_otherwise", "_absent"
EVERY = "all"  # the branches that are printed where an `if` is first come to
# Elements that hold whole text, runs, paragraphs, rows or cells: where one branch may follow another.
HOLDERS = frozenset(
    (
        *("t", "r", "p", "body", "tbl", "tr", "tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"),
        *("sdtContent", "hyperlink", "ins", "smartTag", ""),
    )
)
REFUSED = (SecurityError, bounds.TooMuchError)  # end the work, as they do in a report
_PIECE = re.compile(r"<[!?][^>]*>|<(?P<close>/?)(?P<name>[\w:.-]+)|(?P<empty>/)?>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"[^\"]*$")
_HARMLESS = {"w:fill": "auto", "w:color": "auto"}


@dataclass(frozen=True)
class Preview:
    """The .docx, and each tag with a name that is not there or that could not be worked out."""

    document: bytes
    findings: tuple[Finding, ...]


def preview(template: Path, style: Style, *, pages: bool = True) -> Preview:
    """The pages of a template in full, with the specimen's data in the forms of a style.

    Raises ReportError for a template that cannot be compiled, with all that is wrong in it.
    """
    compiled = compile_template(template)
    names, folder = told(specimen(style)).names, specimen_file().parent
    showing = _Showing(names, frozenset(one.name for one in walk(shape(style))))
    plan = showing.plan(compiled)
    render(plan, names, folder=folder)  # which loops have a round by themselves
    showing.fill_loops()
    rendered = render(plan, names, folder=folder)
    listed = any(heading.bookmark for heading in rendered.headings)
    if pages and listed and (numbers := page_numbers(rendered.document, rendered.headings)):
        showing.fill_loops()
        rendered = render(plan, names, pages=numbers, folder=folder)
    return Preview(rendered.document, tuple(dict.fromkeys((*showing.findings.values(), *rendered.findings))))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the XML a stretch of a template stands: the open elements, innermost last, and an open tag's text."""

    open: tuple[str, ...] = ()
    tag: str | None = None

    @property
    def inner(self) -> str:
        """The innermost element without its prefix; "" outside all."""
        return self.open[-1].partition(":")[2] if self.open else ""

    def after(self, text: str) -> _Spot:
        """The spot behind some more XML."""
        stack, tag, end = list(self.open), self.tag, 0
        for piece in _PIECE.finditer(text):
            if piece["name"] and tag is None:
                if piece["close"]:
                    del stack[-1:]
                else:
                    stack.append(piece["name"])
                tag, end = "", piece.end()
            elif piece[0][-1] == ">" and tag is not None and not piece["name"]:
                if piece["empty"]:
                    del stack[-1:]
                tag = None
        return _Spot(tuple(stack), None if tag is None else tag + text[end:] if end else self.tag_with(text))

    def tag_with(self, text: str) -> str:
        return (self.tag or "") + text


Block = tuple[str, int]  # the part, and the ordinal in it of a loop or condition


@dataclass
class _Showing:
    """One preview: makes templates show in full, and notes what is not there or went wrong.

    `known` are all names of the data; `ran` the loops that have a round by themselves, `empty` those that have none
    and are still to be given one; `met` the conditions that were come to; `idle` the loops that had no round last.
    """

    names: Mapping[str, Any]
    known: frozenset[str]
    findings: dict[tuple[str, Location | None], Finding] = field(default_factory=dict)
    loops: set[Block] = field(default_factory=set)
    ran: set[Block] = field(default_factory=set)
    empty: set[Block] = field(default_factory=set)
    met: set[Block] = field(default_factory=set)
    idle: set[Block] = field(default_factory=set)
    tag: TagPlace | None = None

    def plan(self, plan: Plan) -> Plan:
        """The same plan with every part shown in full."""
        members = tuple(self._part(one) if isinstance(one, Part) else one for one in plan.members)
        return replace(plan, members=members)

    def fill_loops(self) -> None:
        """Begins anew; now each loop that has had no round is given one, where it is first come to."""
        self.empty, self.met = self.loops - self.ran, set()

    def _part(self, part: Part) -> Part:
        environment = language.forgiving(language.word() if part.flavour == "word" else language.plain_xml(), self._gap)
        tree = sources.parse(sources.Source(part.source, ()), environment)
        unfolding = _Unfolding(environment, part.flavour == "word", _recursive(tree))
        unfolding.unfold(tree)
        self.loops |= {(part.name, number) for number in unfolding.loops}

        def shown(line: int, place: str, caller: Any) -> Markup:
            self.tag = part.lines[min(line, len(part.lines)) - 1] if part.lines else None
            try:
                return self._shown(place, caller)
            finally:
                self.tag = None

        helpers = {**part.template.globals, SHOWN: shown, CHOSEN: partial(self._chosen, part.name)}
        own: dict[str, Callable[..., Any]] = {ROWS: self._rounds, PASSED: self._passed, OTHERWISE: self._otherwise}
        of_part = {name: partial(function, part.name) for name, function in own.items()}
        environment.filters = {**environment.filters, **of_part, TAKEN: _taken, ABSENT: _absent}
        return replace(part, template=environment.from_string(tree, globals=helpers))

    def _rounds(self, part: str, items: Any, number: int, name: str) -> Any:
        """What a loop goes through; one round with a mark where it has had none anywhere."""
        loop = (part, number)
        self.idle.discard(loop)
        if not hasattr(items, "__iter__") or not hasattr(items, "__len__"):
            return items
        if len(items):
            self.ran.add(loop)
        elif loop in self.empty:
            self.empty.remove(loop)
            return [Missing(name)]
        else:
            self.idle.add(loop)
        return items

    def _passed(self, part: str, value: Any, number: int) -> Any:
        """Whether a loop takes an item that has a condition to meet: one item where none has met it anywhere."""
        condition = (part, number)
        if value:
            self.ran.add(condition)
        elif condition in self.empty:
            self.empty.remove(condition)
            return True
        return value

    def _first(self, block: Block) -> bool:
        met = block in self.met
        self.met.add(block)
        return not met

    def _otherwise(self, part: str, number: int) -> bool:
        """Whether the `else` of a loop that has just ended is printed."""
        return self._first((part, number)) or (part, number) in self.idle

    def _chosen(self, part: str, number: int, caller: Any) -> str:
        """Which branch of an `if` is printed: its number, or all of them where the `if` is first come to."""
        if self._first((part, number)):
            return EVERY
        try:
            return str(caller())
        except REFUSED:
            raise
        except Exception:
            return EVERY

    def _gap(self, owner: object, name: str) -> Missing:
        """What stands for a name that is not there."""
        if isinstance(owner, (list, tuple)):
            return Missing(f"第{int(name) + 1}项" if name.isdecimal() else name)
        if owner is missing or name not in self.known:
            self._note("T201", f"没有“{name}”这个名称")
        return Missing(name)

    def _note(self, code: str, what: str) -> None:
        where = self.tag.where if self.tag else None
        said = f"{shown(self.tag.written)} {what}" if self.tag else what
        quoted = self.tag.written if self.tag else None
        self.findings.setdefault((said, where), Finding(code, Level.ERROR, where or Location(), said, quoted))

    def _shown(self, place: str, caller: Any) -> Markup:
        """What a tag prints, or a mark of what is wrong with it, fit for its place."""
        try:
            return Markup(caller())
        except REFUSED:
            raise
        except Exception as error:
            what, _ = language.explain(error, self.names)
            self._note("T203", what)
            mark = f"【此处有误：{what}】"
            if place == "p":
                return Markup(as_run(mark))
            if place == "xml":
                return Markup(for_xml(mark))
            if place == "t":
                return Markup(for_word(mark))
            return Markup(as_paragraph(mark)) if place == "block" else Markup(place)


def _recursive(tree: nodes.Template) -> frozenset[str]:
    """The macros that call themselves, by way of others too: what ends them is a condition, which is to be kept."""
    called = {
        macro.name: {call.node.name for call in macro.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        for macro in tree.find_all(nodes.Macro)
    }

    def reaches(name: str, seen: frozenset[str]) -> frozenset[str]:
        for other in called.get(name, set()) - seen:
            seen = reaches(other, seen | {other})
        return seen

    return frozenset(name for name in called if name in reaches(name, frozenset()))


@dataclass
class _Unfolding:
    """Turns the syntax tree of one part into one that shows everything."""

    environment: Any
    word: bool
    kept: frozenset[str]
    spot: _Spot = field(default_factory=_Spot)
    loops: set[int] = field(default_factory=set)
    blocks: int = 0  # how many loops and conditions there are so far
    branches: int = 0  # how many branches a tag stands in

    def unfold(self, tree: nodes.Template) -> None:
        """Changes the tree in place."""
        tree.body = self._body(tree.body)

    def _body(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        return [one for node in body for one in self._node(node)]

    def _node(self, node: nodes.Node) -> Iterator[nodes.Node]:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                yield self._printed(child)
        elif isinstance(node, nodes.If):
            yield from self._branches(node)
        elif isinstance(node, nodes.For):
            yield from self._loop(node)
        elif isinstance(node, nodes.Macro) and node.name in self.kept:
            yield node
        else:
            if isinstance(body := getattr(node, "body", None), list):
                node.body = self._body(body)  # type: ignore[attr-defined]
            yield node

    def _branches(self, node: nodes.If) -> Iterator[nodes.Node]:
        before = self.spot
        bodies = [node.body, *(other.body for other in node.elif_), node.else_]
        shown = []
        self.branches += 1
        for body in bodies:
            self.spot = before
            shown.append(self._body(body))
        self.branches -= 1
        if self._may_follow(before) and not _is_of_loop(node.test):
            yield from self._every(node, shown)
            return
        node.body, node.else_ = shown[0], shown[-1]
        for other, body in zip(node.elif_, shown[1:-1], strict=True):
            other.body = body
        yield node

    def _every(self, node: nodes.If, bodies: list[list[nodes.Node]]) -> Iterator[nodes.Node]:
        """The branches one after another, each where it is chosen: which one is found before the first."""
        number, line = self._next(), node.lineno
        tests = [node.test, *(other.test for other in node.elif_)]
        choice = nodes.If(tests[0], [_text("0", line)], [], [_text(str(len(tests)), line)], lineno=line)
        choice.elif_ = [
            nodes.If(test, [_text(str(index), line)], [], [], lineno=line) for index, test in enumerate(tests[1:], 1)
        ]
        variable = f"_branch{number}"
        block = nodes.CallBlock(_call(CHOSEN, [number], line), [], [], [choice], lineno=line)
        yield nodes.AssignBlock(nodes.Name(variable, "store", lineno=line), None, [block], lineno=line)
        for index, body in enumerate(bodies):
            if body:
                test = self._filter(nodes.Name(variable, "load", lineno=line), TAKEN, [str(index)])
                yield nodes.If(test, body, [], [], lineno=line)

    def _next(self) -> int:
        self.blocks += 1
        return self.blocks

    def _filter(self, value: Any, name: str, about: Sequence[object]) -> nodes.Filter:
        arguments: list[nodes.Expr] = [_constant(one, value.lineno) for one in about]
        return nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno, environment=self.environment)

    def _loop(self, node: nodes.For) -> Iterator[nodes.Node]:
        before = self.spot
        node.body = self._body(node.body)
        self.spot = before
        self.branches += 1
        otherwise = self._body(node.else_)
        self.branches -= 1
        if not self._may_follow(before):
            node.else_ = otherwise
            yield node
            return
        number = self._next()
        if isinstance(node.target, nodes.Name):
            self.loops.add(number)
            node.iter = self._filter(node.iter, ROWS, [number, node.target.name.lstrip("_")])
        if node.test is not None:
            condition = self._next()
            self.loops.add(condition)
            node.test = self._filter(node.test, PASSED, [condition])
        node.else_ = []
        yield node
        if otherwise:
            yield nodes.If(
                self._filter(_constant(number, node.lineno), OTHERWISE, []), otherwise, [], [], lineno=node.lineno
            )

    def _may_follow(self, spot: _Spot) -> bool:
        return spot.tag is None and (not self.word or spot.inner in HOLDERS)

    def _printed(self, child: nodes.Node) -> nodes.Node:
        if isinstance(child, nodes.TemplateData):
            self.spot = self.spot.after(child.data)
            return nodes.Output([child], lineno=child.lineno)
        if self.branches and (name := _dotted(child)):
            child = self._filter(child, ABSENT, [name])
        call = _call(SHOWN, [child.lineno, self._place()], child.lineno)
        body = [nodes.Output([child], lineno=child.lineno)]
        return nodes.CallBlock(call, [], [], body, lineno=child.lineno)

    def _place(self) -> str:
        """What kind of text is right where a tag stands; in an attribute, a value that does no harm."""
        if self.spot.tag is not None:
            found = _ATTRIBUTE.search(self.spot.tag)
            return _HARMLESS.get(found[1], "1") if found else ""
        if not self.word:
            return "xml"
        return {"t": "t", "p": "p", "r": "p"}.get(self.spot.inner, "block")


def _constant(value: object, line: int) -> nodes.Const:
    return nodes.Const(value, lineno=line)


def _call(name: str, about: Sequence[object], line: int) -> nodes.Call:
    arguments: list[nodes.Expr] = [_constant(one, line) for one in about]
    return nodes.Call(nodes.Name(name, "load", lineno=line), arguments, [], None, None, lineno=line)


def _text(words: str, line: int) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(words, lineno=line)], lineno=line)


def _taken(chosen: object, branch: str) -> bool:
    """Whether a branch is printed."""
    return str(chosen) in (EVERY, branch)


def _absent(value: Any, name: str) -> Any:
    """A value of a branch; the mark of a list, which a branch prints where the list has no items."""
    return Missing(name) if bounds.is_group(value) else value


def _dotted(node: nodes.Node) -> str:
    """The name that an expression is, with its dots; nothing for any other expression."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr) and (above := _dotted(node.node)):
        return f"{above}.{node.attr}"
    return ""


def _is_of_loop(test: nodes.Node) -> bool:
    """Whether a condition asks for the round of its loop, or is one that compiling put in."""
    names = [one.name for one in test.find_all(nodes.Name)]
    if isinstance(test, nodes.Name):
        names.append(test.name)
    return bool(names) and all(name == "loop" or name.startswith("_") for name in names)
