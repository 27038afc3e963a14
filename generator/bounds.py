"""What a template may use up: work, length, size, digits; so that none runs without end or fills the memory.

Templates come from outside.  Loops, macros, filters and calls spend from one budget of work a render, in units of
some 0.1 microseconds; what grows (texts, lists, numbers) is bounded where it is made.  Lists that a template makes
are `Row`s: they do not print and compare only when flat, because a few nested ones can stand for billions of items.
"""

from __future__ import annotations

import operator
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from itertools import islice
from typing import Any, SupportsIndex

from jinja2 import TemplateError
from jinja2.filters import _GroupTuple

WORK = 20_000_000
CALL = 100
PER_ITEM, PER_CHARACTER = 20, 1
LONGEST_TEXT = 1_000_000
LONGEST_OUTPUT = 64 * 1024 * 1024
LARGEST_LIST = 100_000
LARGEST_REPEAT = 10_000
LARGEST_POWER = 100
MOST_DIGITS = 100
_UNCOUNTED = 10**18
_SIZED = (str, list, tuple, dict, range)


class TooMuchError(TemplateError):
    """A template would take too long or grow too large; the message is in Chinese."""


class _Meter(threading.local):
    left = _UNCOUNTED


_meter = _Meter()


@contextmanager
def work() -> Iterator[None]:
    """Everything rendered inside by this thread spends from one budget; one inside another shares the outer's."""
    if _meter.left < _UNCOUNTED:
        yield
        return
    _meter.left = WORK
    try:
        yield
    finally:
        _meter.left = _UNCOUNTED


def renew() -> None:
    """The budget whole again, where work is done over; nothing outside `work`."""
    if _meter.left < _UNCOUNTED:
        _meter.left = WORK


def spend(units: int) -> None:
    """Takes work from the budget; TooMuchError when it is used up.  Outside `work` nothing is counted."""
    left = _meter.left
    if left < _UNCOUNTED:
        left = _meter.left = max(left - max(units, 0), -1)
        if left < 0:
            raise TooMuchError("要做的步骤太多，已经停下：循环套得太多，或列表太长")


def size(value: Any) -> int:
    """How many items or characters a plain value holds."""
    return len(value) if isinstance(value, _SIZED) else 0


def weighed(value: Any) -> Any:
    """The value, paid for by its size: it is going to be compared or printed."""
    if isinstance(value, _SIZED):
        spend(len(value) >> 3 if isinstance(value, str) else len(value))
    return value


def steps(items: Any, cost: int, most: int | None = None) -> Any:
    """What a loop goes through, paid for before it starts: `cost` a round, at most `most` rounds."""
    try:
        count = len(items)
    except TypeError:
        items = list(islice(items, LARGEST_LIST + 1))
        count = len(items)
        if count > LARGEST_LIST:
            raise TooMuchError(f"循环超过 {LARGEST_LIST} 次") from None
    if most is not None and count > most:
        raise TooMuchError(f"循环超过 {most} 次")
    spend(count * cost)
    return items


def is_group(value: Any) -> bool:
    """Whether the value is a collection that has no text of its own."""
    # Collections have no `__str__` of their own; a figure or text that can be gone through has.
    plain: object = type(value).__str__
    return plain is object.__str__ and hasattr(value, "__iter__") and not hasattr(value, "__html__")


def _flat(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def compared(own: Any, other: Any) -> Any:
        spend(len(own))
        if any(is_group(item) for item in (own.values() if isinstance(own, dict) else own)):
            raise TooMuchError("列表里还有列表，不能比较")
        return compare(own, other)

    return compared


class Row(list[Any]):
    """A list that a template made."""

    __slots__ = ()
    __hash__ = None
    __eq__, __ne__, __lt__ = _flat(list.__eq__), _flat(list.__ne__), _flat(list.__lt__)
    __le__, __gt__, __ge__ = _flat(list.__le__), _flat(list.__gt__), _flat(list.__ge__)

    def __repr__(self) -> str:
        raise TooMuchError("这里要印的是一组值，不是一个值")

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        found = super().__getitem__(index)
        return Row(found) if isinstance(index, slice) else found


class Table(dict[Any, Any]):
    """A mapping that a template made."""

    __slots__ = ()
    __hash__ = None
    __eq__, __ne__ = _flat(dict.__eq__), _flat(dict.__ne__)

    def __repr__(self) -> str:
        raise TooMuchError("这里要印的是一组值，不是一个值")


def kept(value: Any) -> Any:
    """What a template made, within bounds: lists as rows, texts and numbers of bearable length."""
    kind = value.__class__
    if kind is int or kind is Decimal:
        return in_digits(value)
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise TooMuchError(f"文字超过 {LONGEST_TEXT} 字")
        return value
    if kind is dict:
        return Table(value)
    if isinstance(value, (Generator, map, filter, reversed, zip)):
        value, kind = list(islice(value, LARGEST_LIST + 1)), list
    if kind is list or kind is tuple:
        if len(value) > LARGEST_LIST:
            raise TooMuchError(f"列表超过 {LARGEST_LIST} 项")
        return Row(_row(item) for item in value)
    return value


def _row(item: Any) -> Any:
    """An item of a new list: the lists that filters put inside (batches, pairs, groups) are rows too."""
    if item.__class__ is list or item.__class__ is tuple:
        return Row(item)
    if isinstance(item, _GroupTuple):
        return _GroupTuple(item.grouper, Row(item.list))
    return item


def in_digits(number: int | Decimal) -> Any:
    """The number, if it is finite and has at most `MOST_DIGITS` digits before the point."""
    if isinstance(number, Decimal):
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            raise TooMuchError("数超出可以计算的范围")
    elif number.bit_length() > MOST_DIGITS * 4:
        raise TooMuchError("数超出可以计算的范围")
    return number


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def calculated(sign: str, left: Any, right: Any) -> Any:
    """A sum, product, quotient or power, exact where Python would give a binary float; TooMuchError if too large."""
    spend((size(left) + size(right) >> 4) + 1)
    if sign == "*":
        for value, times in ((left, right), (right, left)):
            if isinstance(value, _SIZED) and isinstance(times, int) and len(value) * times > LARGEST_REPEAT:
                raise TooMuchError("文字重复的次数过多")
    elif sign == "**":
        if isinstance(right, (int, Decimal)) and not -LARGEST_POWER <= right <= LARGEST_POWER:
            raise TooMuchError("乘方的指数过大")
    elif sign == "%" and isinstance(left, str):
        raise TooMuchError("文字不能用 % 排版：数字用过滤器 |千分位(2)、|百分比(2)，文字用 ~ 相连")
    if sign == "/" or (sign == "**" and type(right) is int and right < 0):
        left, right = (Decimal(side) if type(side) is int else side for side in (left, right))
    return kept(_OPERATIONS[sign](left, right))


def bounded(function: Callable[..., Any], rate: int) -> Callable[..., Any]:
    """A filter that pays `rate` for each item or character that it is given, and whose result is `kept`."""
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def within(*args: Any, **named: Any) -> Any:
        length: int = size(args[first])
        if len(args) > first + 1 or named:
            others = (*args[first + 1 :], *named.values())
            more = sum(map(size, others))
            length = length * (1 + (more >> 4)) + more
        spend(CALL + length * rate)
        return kept(function(*args, **named))

    return within


def joined(pieces: Any) -> str:
    """Pieces of text as one, not too long: what a macro or a `set` block gives."""
    found = list(pieces)
    if sum(map(len, found)) > LONGEST_TEXT:
        raise TooMuchError(f"文字超过 {LONGEST_TEXT} 字")
    return "".join(found)


def printed(pieces: Generator[str, Any, None], longest: int = LONGEST_OUTPUT, before: str = "") -> str:
    """All that a template prints, behind `before`; what becomes too long is an error at the tag where it does."""
    chunks = [before]
    length = 0
    while chunk := list(islice(pieces, 64)):
        chunks += chunk
        length += sum(map(len, chunk))
        if length > longest:
            pieces.throw(TooMuchError(f"印出的文字太多，超过 {longest} 字"))
    return "".join(chunks)
