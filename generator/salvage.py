"""A part whose tags fail with the data at hand, rendered all the same: each failure told, and marked in the text.

The good path knows nothing of this: only when a part failed is it compiled once more, each of its expressions held
by a `_Watch`.  A value that cannot be printed becomes 【此处有误：…】; a loop without its list has no round and a
condition that cannot be told is not met, with the mark behind them.  What is refused for safety or would take too
long ends the work, as what cannot be held does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateRuntimeError

from generator import bounds, language
from generator.charts import WRONG
from generator.findings import Finding, Level, Location, ReportError
from generator.names import NAMING_KEYS
from generator.template import Part, TagPlace
from generator.template import source as sources
from generator.template.tags import shown
from generator.values import Missing

Places = Callable[[object, object], Location | None]

_OTHER_BRACKETS = str.maketrans("【】", "〔〕")
MOST_TOLD = 3  # rounds of one tag that are told in full
LONGEST_QUOTE = 40
_CALLED = (*NAMING_KEYS, "区域", "选项", "指标", "姓名")
_INTERNAL = re.compile(r"_(?:(?:merge|row)\d.*|keeps|line)?")
_LOOP = re.compile(r"\bfor\s+(.+?)\s+in\s+(.+)", re.DOTALL)
_BLOCKS = {
    **dict.fromkeys(("w:p", "w:hyperlink", "w:ins", "w:fldSimple", "w:smartTag"), "r"),
    **dict.fromkeys(("w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent"), "p"),
    "w:tbl": "tr",
    "w:tr": "tc",
}
_IN_ATTRIBUTE = {"@w:gridSpan": "1", "@w:shd": "auto", "@w:vMerge": "restart"}


class _FollowsError(TemplateRuntimeError):
    """A tag uses what an earlier one could not set: it gets the same mark and is not told again."""


@dataclass(frozen=True, slots=True)
class _Point:
    """An expression that is held: what for, at which tag and in which element, and the names that it asks."""

    kind: str
    place: TagPlace
    element: str
    columns: int
    chains: tuple[tuple[str, tuple[str | int, ...]], ...] = ()


@dataclass(slots=True)
class _Watch:
    """Holds every expression of a part while it is rendered, and notes what fails, in which round and with what."""

    environment: Any
    names: Mapping[str, object]
    where: Places
    points: list[_Point] = field(default_factory=list)
    rounds: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    lists: dict[int, Any] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    told: dict[TagPlace, list[Finding]] = field(default_factory=dict)
    counts: dict[TagPlace, int] = field(default_factory=dict)

    def held(self, value: Callable[[], Any], number: int, *roots: Any) -> Any:
        """What the expression gives, for what it is wanted; something harmless where it fails, which is noted."""
        point = self.points[number]
        try:
            return self._taken(point, number, value())
        except language.HOPELESS:
            raise
        except _FollowsError as error:
            mark = str(error)
        except Exception as error:
            mark = self._note(point, error, roots)
        return self._instead(point, number, mark)

    def _taken(self, point: _Point, number: int, value: Any) -> Any:
        if point.kind == "print":
            return language.finished(self.environment.finalize(bounds.weighed(value)))
        if point.kind == "test":
            return bool(value)
        if point.kind in ("loop", "lines"):
            if not hasattr(value, "__iter__"):
                raise ValueError("要循环的不是一列值")
            iter(value)  # an unknown name says so here
            self.lists[number] = value
        return value

    def _instead(self, point: _Point, number: int, mark: str) -> Any:
        if point.kind == "print":
            return language.finished(self._marked(point, mark))
        if point.kind in ("loop", "test"):
            self.failed[number] = mark
            return [] if point.kind == "loop" else False
        if point.kind == "lines":
            return [mark]
        if point.kind == "cell":
            return mark
        return StrictUndefined(hint=mark, exc=_FollowsError)

    def _marked(self, point: _Point, mark: str) -> str:
        """The mark in the XML that the place takes."""
        if point.element.startswith("@"):
            return _IN_ATTRIBUTE.get(point.element, str(language.attribute(mark)))
        letter = re.match(r"\{[{%](p|tr|tc|r)\s", point.place.written)
        kind = _BLOCKS.get(point.element) or ("" if point.element == "w:t" or not letter else letter[1])
        if kind == "r":
            return str(language.as_run(mark))
        if kind:
            wide = f'<w:tcPr><w:gridSpan w:val="{point.columns}"/></w:tcPr>' if point.columns > 1 else ""
            row = (f"<w:tr><w:tc>{wide}", "</w:tc></w:tr>")
            before, after = {"p": ("", ""), "tr": row, "tc": ("<w:tc>", "</w:tc>")}[kind]
            return f"{before}{language.as_paragraph(mark)}{after}"
        return str(self.environment.finalize(mark))

    def pending(self, _: Callable[[], Any], *numbers: int) -> Any:
        """The marks of a block that is behind us, and the end of its rounds."""
        marks = [
            self._marked(self.points[one], self.failed.pop(one))
            for one in numbers
            if one in self.failed and not self.points[one].element.startswith("@")
        ]
        for number in numbers:
            self.rounds.pop(number, None)
        return language.finished("".join(marks))

    def round(self, index: Callable[[], int], number: int, names: str, *values: Any) -> str:
        """Notes that a loop goes into its next round with these values under these names."""
        self.rounds.pop(number, None)
        self.rounds[number] = (index(), dict(zip(names.split(), values, strict=True)))
        return ""

    def _note(self, point: _Point, error: Exception, roots: tuple[Any, ...]) -> str:
        """Notes a failure; its mark."""
        place = point.place
        what, mend = language.explain(error, self.names, place.written)
        self.counts[place] = self.counts.get(place, 0) + 1
        if self.counts[place] <= MOST_TOLD:
            text = f"{shown(place.written)} {what}{self._rounds()}{self._data(point, roots, what)}"
            code = "T201" if isinstance(error, language.UnknownNameError) else "T203"
            finding = Finding(code, Level.ERROR, place.where, text, quoted=place.written, mend=mend)
            if finding not in self.told.setdefault(place, []):
                self.told[place].append(finding)
        return WRONG.format(what.translate(_OTHER_BRACKETS))

    def _rounds(self) -> str:
        """In which round of each loop it is, with the loop's own words and what the round is about."""
        told = []
        for number, (index, values) in self.rounds.items():
            written = _LOOP.search(self.points[number].place.written.rstrip("%}-+ "))
            loop = f"循环“{_short(f'{written[1]} in {written[2]}')}”的" if written else ""
            called = next(filter(None, map(_called, values.values())), "")
            told.append(f"{loop}第{index}轮" + (f"：“{called}”" if called else ""))
        return f"（{'，其中'.join(told)}）" if told else ""

    def _data(self, point: _Point, roots: tuple[Any, ...], what: str) -> str:
        """The values that the expression asked, each with its place in the data where it has one."""
        told: dict[str, None] = {}
        for (written, steps), root in zip(point.chains, roots, strict=True):
            if found := self._value(written, steps, root, what):
                told[found] = None
        return f"；{'，'.join(told)}" if told else ""

    def _value(self, written: str, steps: tuple[str | int, ...], root: Any, what: str) -> str:
        if isinstance(root, StrictUndefined):
            return ""
        place = next(
            (
                self.where(self.lists.get(number), index - 1)
                for number, (index, values) in self.rounds.items()
                if values.get(written.partition(".")[0].partition("[")[0], self) is root
            ),
            None,
        )
        value = root
        for step in steps:
            owner = value
            get = self.environment.getattr if isinstance(step, str) else self.environment.getitem
            try:
                value = get(owner, step)
            except Exception:
                return ""
            if isinstance(value, StrictUndefined):
                at = self.where(owner, None)
                return f"数据在 {at}" if at else ""
            place = self.where(owner, step)
        shown = _shown(value)
        if not shown or shown in what:
            return f"{written} 在 {place}" if place else ""
        return f"{written} 是{shown}" + (f"（{place}）" if place else "")

    def findings(self) -> Iterator[Finding]:
        """All that was noted; where a tag failed in too many rounds, how many more there were."""
        for place, found in self.told.items():
            yield from found
            if (more := self.counts[place] - MOST_TOLD) > 0:
                what = f"{shown(place.written)} 还有 {more} 轮也有错误"
                yield Finding(found[0].code, Level.ERROR, place.where, what, quoted=place.written)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _called(item: Any) -> str:
    """What a round's item is called: its name, or the item itself where that is short and plain."""
    try:
        if isinstance(item, Mapping):
            found = next((item[key] for key in _CALLED if item.get(key)), "")
            return _short(str(found)) if not bounds.is_group(found) else ""
        return "" if bounds.is_group(item) or callable(item) else _short(str(item))
    except Exception:
        return ""


def _shown(value: Any) -> str:
    """A value in a message: quoted, or how many items it has; nothing for what has no text."""
    if value is None:
        return "空（None）"
    if isinstance(value, Missing):
        return "待补充"
    try:
        if isinstance(value, (list, tuple)):
            return f"一列，共 {len(value)} 项"
        return f"“{_short(language.plainly(value))}”"
    except Exception:
        return ""


def _chains(expression: nodes.Node) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The names that an expression asks, whole: 行.得分 and not 行; the root's name stands first in what is written."""
    found: dict[tuple[str, tuple[str | int, ...]], None] = {}

    def walk(node: nodes.Node) -> None:
        steps: list[str | int] = []
        inner = node
        while True:
            if isinstance(inner, nodes.Getattr):
                steps.insert(0, inner.attr)
            elif isinstance(inner, nodes.Getitem) and isinstance(inner.arg, nodes.Const):
                steps.insert(0, inner.arg.value)
            else:
                break
            inner = inner.node
        if isinstance(inner, nodes.Name) and not inner.name.startswith("_") and inner.name != "loop":
            written = inner.name + "".join(f".{one}" if isinstance(one, str) else f"[{one}]" for one in steps)
            found[written, tuple(steps)] = None
            return
        for child in node.iter_child_nodes():
            walk(child)

    walk(expression)
    yield from found


def salvage(
    part: Part, error: Exception, names: Mapping[str, object], where: Places
) -> tuple[str, tuple[Finding, ...]]:
    """The part's text with marks for what fails, and all that failed; ReportError where that cannot be done.

    `where` is the place in the data of what an object of the names has under a key (None: of the object itself).
    """
    if isinstance(error, (ReportError, *language.HOPELESS)):
        raise _located(part, part.template, error, names) from error
    environment = language.word() if part.flavour == "word" else language.plain_xml()
    watch = _Watch(environment, names, where)
    tree = sources.parse(sources.Source(part.source, ()), environment)
    _hold(tree, part, watch)
    template = environment.from_string(tree, globals={**part.template.globals, language.WATCH: watch})
    try:
        text = language.printed(template, names)
    except Exception as again:
        located = _located(part, template, again, names)
        raise ReportError([*watch.findings(), *located.findings]) from again
    found = tuple(watch.findings())
    if not found:
        raise _located(part, part.template, error, names) from error
    return text, found


def _located(part: Part, template: Template, error: Exception, names: Mapping[str, object]) -> ReportError:
    """A run-time error as a finding at its tag in the Word template."""
    if isinstance(error, ReportError):
        return error
    place = _place(part, template, error)
    what, mend = language.explain(error, names, place.written if place else "")
    code = "T201" if isinstance(error, language.UnknownNameError) else "T203"
    if place is None:
        return ReportError(Finding(code, Level.ERROR, Location(part=part.name), what, mend=mend))
    told = f"{shown(place.written)} {what}"
    return ReportError(Finding(code, Level.ERROR, place.where, told, quoted=place.written, mend=mend))


def _place(part: Part, template: Template, error: BaseException) -> TagPlace | None:
    """The tag at which the template's last frame stood."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is template:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return part.lines[min(line, len(part.lines)) - 1] if line and part.lines else None


def _hold(tree: nodes.Template, part: Part, watch: _Watch) -> None:
    """Has `watch` hold every expression of a part's syntax tree."""
    elements, grids = sources.positions(part.source), _grids(part.source)
    points: dict[int, list[int]] = {}

    def held(kind: str, expression: Any) -> tuple[nodes.Expr, int]:
        line = min(expression.lineno, len(part.lines)) - 1
        number = len(watch.points)
        chains = tuple(_chains(expression))
        watch.points.append(_Point(kind, part.lines[line], elements[line], grids[line], chains))
        roots = [
            nodes.Name(re.match(r"\w+", written)[0], "load", lineno=expression.lineno)  # type: ignore[index]
            for written, _ in chains
        ]
        return _asked("held", expression, nodes.Const(number), *roots), number

    for node in list(tree.find_all((nodes.Output, nodes.For, nodes.If, nodes.Assign, nodes.With))):
        if isinstance(node, nodes.Output):
            node.nodes = [one if isinstance(one, nodes.TemplateData) else held("print", one)[0] for one in node.nodes]
        elif isinstance(node, nodes.Assign):
            name = node.target.name if isinstance(node.target, nodes.Name) else ""
            if not _INTERNAL.fullmatch(name) or not name:
                node.node, _ = held("cell" if name.startswith("_value") else "value", node.node)
        elif isinstance(node, nodes.With):
            node.values = [held("value", one)[0] for one in node.values]
        elif isinstance(node, nodes.If):
            node.test, number = held("test", node.test)
            points[id(node)] = [number]
        elif isinstance(node, nodes.For):
            lines = isinstance(node.target, nodes.Name) and node.target.name == "_line"
            node.iter, number = held("lines" if lines else "loop", node.iter)
            points[id(node)] = [number]
            if node.test is not None:
                node.test, number_of_test = held("test", node.test)
                points[id(node)].append(number_of_test)
            if not lines:
                node.body.insert(0, _round(node, number))
    _put_marks(tree, points)


def _grids(text: str) -> list[int]:
    """For each line of a source's text how many columns the last table that began before its end has."""
    found, columns = [], 1
    for line in text.split("\n"):
        if "<w:tblGrid>" in line:
            columns = line.rpartition("<w:tblGrid>")[2].partition("</w:tblGrid>")[0].count("<w:gridCol")
        found.append(columns)
    return found


def _put_marks(tree: nodes.Template, points: Mapping[int, list[int]]) -> None:
    """Puts the marks of each loop and condition behind it; `points` are those of each, by the node's identity."""
    for holder in [tree, *tree.find_all(nodes.Node)]:
        for name in holder.fields:
            body = getattr(holder, name)
            if not isinstance(body, list) or name == "elif_":
                continue
            out: list[Any] = []
            for node in body:
                out.append(node)
                behind = [one for each in (node, *getattr(node, "elif_", ())) for one in points.get(id(each), ())]
                if behind:
                    asked = _asked("pending", nodes.Const(0, lineno=node.lineno), *map(nodes.Const, behind))
                    out.append(nodes.Output([asked], lineno=node.lineno))
            setattr(holder, name, out)


def _round(loop: nodes.For, number: int) -> nodes.ExprStmt:
    """The statement that tells of a loop's next round."""
    targets = [one.name for one in loop.target.find_all(nodes.Name)]
    targets = [loop.target.name] if isinstance(loop.target, nodes.Name) else targets
    index = nodes.Getattr(nodes.Name("loop", "load"), "index", "load", lineno=loop.lineno)
    values = [nodes.Name(name, "load") for name in targets]
    return nodes.ExprStmt(_asked("round", index, nodes.Const(number), nodes.Const(" ".join(targets)), *values))


def _asked(method: str, value: nodes.Expr, *args: nodes.Expr) -> nodes.Filter:
    """An expression that asks the watch: `value` is handed over as something still to be worked out."""
    for one in args:
        one.set_lineno(value.lineno)
    return nodes.Filter(value, f"{language.WATCH}{method}", list(args), [], None, None, lineno=value.lineno)
