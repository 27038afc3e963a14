"""What a template may write: the names that a context gives, with the kind and meaning of each, as one tree.

The tree is walked from the real names of a data file in which every field is filled, so that no second list of names
is kept.  Meanings come from the model's declarations, and for names that the context computes from a table beside it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from .fields import Record
from .language.writing import NoValueError, written
from .narrative import Narrative, Paragraph
from .records import aliases, list_item, record_at
from .values import Day, Missing, Money, Points, Quantity, Rate, Said, Target

SECTION, ROWS, TEXT, PROSE, NUMBER, YES = "节", "列表", "文字", "段落", "数", "是否"
KINDS = (SECTION, ROWS, "金额", "比率", "数量", "得分", "日期", "指标值", NUMBER, YES, TEXT, PROSE)
_KIND_OF: tuple[tuple[type, str], ...] = (
    (bool, YES),
    (Money, "金额"),
    (Rate, "比率"),
    (Quantity, "数量"),
    (Points, "得分"),
    (Day, "日期"),
    (Target, "指标值"),
    (int, NUMBER),
    (Decimal, NUMBER),
    (Narrative, PROSE),
    (Paragraph, TEXT),
)
_TYPES = {**{name: kind for kind, name in reversed(_KIND_OF)}, SECTION: dict, ROWS: list, TEXT: str}
FEWEST_KEYS = 4  # mappings with this many names, and the same ones, are one kind of thing

Meanings = Mapping[type | str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a template finds under a name.

    `path` is the dotted name, with [] for what is inside a list (项目.单位[].名称); `kind` is one of KINDS; `example`
    is how the value prints, empty for what does not print.  `below` are the names under it, `item` is what one round
    of `for` gives; both may lead back to a shape above (下级).  `open` says that any name may follow, which then gives
    the `item` if there is one: keys that users type, and lists whose items are reached by name.
    """

    name: str
    path: str
    kind: str
    meaning: str = ""
    example: str = ""
    below: Mapping[str, Shape] = field(default_factory=dict, repr=False)
    item: Shape | None = field(default=None, repr=False)
    open: bool = False


def shape_of(names: Mapping[str, Any], record: type[Record], meanings: Meanings) -> Shape:
    """The root of all names; `record` declares the data, `meanings` what the context computes.

    In `meanings` a record's type, or the path of what no record declares, leads to its names and their meanings.
    """
    walk = _Walk(meanings)
    walk.shape("", "", [names], _Declared(record), ())  # what is found of a kind of thing serves where it is not filled
    return walk.shape("", "", [names], _Declared(record), ())


def type_of(shape: Shape) -> type:
    """The type of what a name holds."""
    return _TYPES.get(shape.kind, str)


def printed(value: object) -> str:
    """The value as it prints; empty where it is no value but a group."""
    if isinstance(value, (Mapping, list, tuple)) and type(value).__str__ in (object.__str__, list.__str__):
        return ""
    try:
        return str(written(value)) if not isinstance(value, (Mapping, list)) else str(value)
    except NoValueError:
        return ""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the model says of a name: the record under it, its meaning, and the type that it is read as."""

    record: type[Record] | None = None
    meaning: str = ""
    annotation: Any = None
    many: bool = False

    def below(self, name: str) -> _Declared:
        """What is said of the name under it."""
        if self.record is None:
            return _Declared()
        found = next((one for one in self.record.model_fields.values() if aliases(one)[:1] == [name]), None)
        return _Declared() if found is None else self._of(self.record, name, found)

    @staticmethod
    def _of(record: type[Record], name: str, declared: FieldInfo) -> _Declared:
        item, inner = list_item(record, name), record_at(record, (name,))
        found = item or (None if inner is record else inner)
        return _Declared(found, declared.description or "", declared.annotation, item is not None)

    @property
    def by_key(self) -> bool:
        """Whether it is a mapping whose keys the data chooses."""
        return any(get_origin(part) is dict for part in (self.annotation, *get_args(self.annotation)))


Above = tuple[tuple[frozenset[str], Shape], ...]


class _Walk:
    """Walks over the names; what was found of a kind of thing gives meanings and values wherever it comes again."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self.known: dict[frozenset[str], type[Record]] = {}
        self.found: dict[object, list[Mapping[str, Any]]] = {}
        self.titled: Narrative | None = None

    def shape(self, name: str, path: str, samples: Sequence[Any], said: _Declared, above: Above) -> Shape:
        """The shape of what all of `samples` are, together."""
        there = [one for one in samples if one is not None and not isinstance(one, Missing)]
        if said.record is not None and not any(there) and (alike := self.found.get(said.record)):
            there = [alike] if said.many else alike
        example = next((text for one in there if (text := printed(one))), "")
        if maps := [one for one in there if isinstance(one, Mapping)]:
            return self._section(name, path, maps, said, above, example)
        if lists := [one for one in there if isinstance(one, (list, tuple))]:
            item = self._item(path, [inner for one in lists for inner in one], said, above)
            by_name = any(type(one).__getitem__ is not list.__getitem__ for one in lists if isinstance(one, list))
            return Shape(name, path, ROWS, said.meaning, example, {}, item, by_name)
        kind = _kind(there, said.annotation)
        below = self._properties(path, there)
        return Shape(name, path, kind, said.meaning, example, below, None)

    def _item(self, path: str, items: list[Any], said: _Declared, above: Above) -> Shape | None:
        if not items:
            return None
        return self.shape(f"{path.rpartition('.')[2]}[]", f"{path}[]", items, _Declared(said.record), above)

    def _section(
        self, name: str, path: str, maps: list[Mapping[str, Any]], said: _Declared, above: Above, example: str
    ) -> Shape:
        largest = max(maps, key=len)
        keys = frozenset(largest)
        for known, shape in above:
            if known == keys and len(keys) >= FEWEST_KEYS:
                return Shape(name, path, SECTION, said.meaning, example, shape.below, shape.item, shape.open)
        record = said.record or self.known.get(keys)
        if record is not None:
            self.known.setdefault(keys, record)
        everything = list(_alike(maps, keys)) if len(keys) >= FEWEST_KEYS else maps
        others = self.found.setdefault(record or keys, []) if not said.by_key else []
        others += [one for one in everything if all(one is not other for other in others)]
        below: dict[str, Shape] = {}
        found = Shape(name, path, SECTION, said.meaning, example, below)
        inside = (*above, (keys, found))
        told = {**self.meanings.get(path, {}), **(self.meanings.get(record, {}) if record else {})}
        mine = _Declared(record)
        for key in dict.fromkeys(key for one in everything for key in one):
            declared = mine.below(key) if not said.by_key else _Declared(said.record)
            declared = replace(declared, meaning=told.get(key) or declared.meaning)
            values = [one[key] for one in everything if key in one]
            if not any(values):
                values = [one[key] for one in others if key in one]
            below[key] = self.shape(key, f"{path}.{key}" if path else key, values, declared, inside)
        if said.by_key:
            values = [value for one in everything for value in one.values()]
            return Shape(name, path, SECTION, said.meaning, example, below, self._item(path, values, said, above), True)
        if any(hasattr(type(one), "__missing__") for one in maps):  # items of its list go by their own names
            item = next((one.item for one in below.values() if one.item is not None), None)
            return Shape(name, path, SECTION, said.meaning, example, below, item, True)
        return found

    def _properties(self, path: str, values: list[Any]) -> dict[str, Shape]:
        """The Chinese properties of texts and paragraphs."""
        own = [one for one in values if isinstance(one, (Narrative, Paragraph))]
        if own and isinstance(own[0], Narrative):
            self.titled = next((one for one in own if isinstance(one, Narrative) and one.条目), self.titled)
            own += [self.titled] if self.titled else []
        told = self.meanings.get(Narrative if own and isinstance(own[0], Narrative) else Paragraph, {})
        found = {}
        kinds = dict.fromkeys(kind for one in own for kind in reversed(type(one).__mro__))
        for key in dict.fromkeys(key for kind in kinds for key in vars(kind) if not key.isascii()):
            inner = [getattr(one, key) for one in own if hasattr(one, key)]
            found[key] = self.shape(key, f"{path}.{key}", inner, _Declared(meaning=told.get(key, "")), ())
        return found


def _alike(maps: Iterable[Mapping[str, Any]], keys: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """The mappings, and those of the same names inside them at any depth, each once."""
    seen: set[int] = set()
    waiting: list[Any] = list(reversed(list(maps)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, (list, tuple)):
            waiting += reversed(one)
        elif isinstance(one, Mapping) and id(one) not in seen and (one.keys() == keys or not seen):
            seen.add(id(one))
            yield one
            waiting += [value for value in one.values() if isinstance(value, (list, Mapping))]
        elif isinstance(one, Mapping) and id(one) not in seen and one.keys() <= keys:
            seen.add(id(one))
            yield one


def _kind(values: Sequence[Any], annotation: Any) -> str:
    """The kind of plain values; of what none is a figure, what the field is read as."""
    for value in values:
        for kind, name in _KIND_OF:
            if isinstance(value, kind):
                return name
    if all(isinstance(value, Said) for value in values):
        for part in _parts(annotation):
            for kind, name in _KIND_OF:
                if part is kind:
                    return name
    return TEXT


def _parts(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of."""
    if get_origin(annotation) in (Union, types.UnionType, Annotated, list) and get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation


def walk(shape: Shape, inside: Callable[[Shape], bool] = lambda _: True) -> Iterator[Shape]:
    """Every shape from `shape` down, each place once, in order; what leads back is not followed."""
    seen: set[int] = set()

    def visit(one: Shape) -> Iterator[Shape]:
        yield one
        if not inside(one):
            return
        for holder in (one, one.item):
            if holder is None or id(holder.below) in seen:
                continue
            seen.add(id(holder.below))
            if holder is one.item and one.item is not None:
                yield one.item
            for below in holder.below.values():
                yield from visit(below)
            if holder is one.item and holder.item is not None:
                yield from visit(holder.item)

    yield from visit(shape)


def example_at(names: Mapping[str, Any], path: str) -> str:
    """How the first value at a shape's path prints that other names give; its mark where they do not say it."""
    values: list[Any] = [names]
    for step in path.split("."):
        name, many = step.removesuffix("[]"), step.endswith("[]")
        maps = [one for one in values if isinstance(one, Mapping)]
        largest = max(maps, key=len, default={})
        if len(largest) >= FEWEST_KEYS:
            maps = list(_alike(maps, frozenset(largest)))
        found = [one[name] for one in maps if name in one]
        if not maps and not name.isascii():
            found = [getattr(one, name) for one in values if hasattr(one, name)]
        values = [inner for one in found for inner in _inside(one)] if many else found
    said = [text for one in values if not isinstance(one, Missing) and (text := printed(one))]
    return said[0] if said else next((str(one) for one in values if isinstance(one, Missing)), "")


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, (list, tuple)) else ()
