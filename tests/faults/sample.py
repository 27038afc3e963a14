"""A sample as plain data, and a fault in it: one alteration at one place."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from generator.context import context
from generator.fields import Path as Place
from generator.model import Evaluation
from generator.pipeline import Judged, Reviewed, judge, review
from generator.sources import read_tree

PROJECT = Path(__file__).parent.parent.parent
SAMPLES = sorted((PROJECT / "samples").glob("*.yaml"))
PAGE = PROJECT / "docs" / "植入的错误.md"
Column = Literal["first_budget", "budget", "received", "spent"]
COLUMNS: dict[str, Column] = {"年初预算": "first_budget", "预算": "budget", "到位": "received", "支出": "spent"}
DIMENSIONS = ("by_unit", "by_purpose", "by_source", "by_area", "by_subproject")
CALENDAR = ("计划开始", "计划完成", "完成时限", "实际完成")
NEAR = ("资金", "问卷", "报告", "项目", "实施", "评价结果", "文件", "依据")
WORDED = ("正文", "主要经验", "问题", "绩效目标")
FOREIGN = {"社区": "白云里社区", "街道": "白云里街道", "道": "白云道", "区": "白云区", "县": "白云县", "镇": "白云镇"}
NUMERALS = "一二三四五六七八九十"
MOST = 12


@dataclass(frozen=True)
class Fault:
    """One alteration: where, what it was and is, and how it is made; `words` name the value or the thing."""

    place: Place
    what: str
    sound: Any = field(repr=False)
    alter: Callable[[Any], None] = field(repr=False)
    words: tuple[str, ...] = ()

    @property
    def tree(self) -> Any:
        """The plain data with the fault."""
        tree = copy.deepcopy(self.sound)
        self.alter(tree)
        return tree


@dataclass
class Sample:
    """A sample as plain data, with what the program makes of it."""

    path: Path

    @cached_property
    def tree(self) -> Any:
        return read_tree(self.path).data

    @cached_property
    def judged(self) -> Judged:
        return judge(self.path)

    @cached_property
    def reviewed(self) -> Reviewed:
        return review(self.path)

    @cached_property
    def names(self) -> Any:
        judged = self.judged
        return context(judged.source, judged.style, judged.figures, judged.scores).names

    @property
    def data(self) -> Evaluation:
        return self.judged.source.evaluation

    def at(self, place: Place) -> Any:
        """The plain data at a place."""
        found = self.tree
        for step in place:
            found = found[step]
        return found

    def has(self, place: Place) -> bool:
        try:
            self.at(place)
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def texts(self, *sections: str) -> Iterator[tuple[Place, str]]:
        """Every scalar of some sections (of all, when none is named), in order."""
        for place, text in scalars(self.tree, ()):
            if not sections or place[0] in sections:
                yield place, text

    def put(self, place: Place, value: Any, *words: str, what: str = "") -> Fault:
        """The fault that a value is another."""
        told_ = what or f"{short(self.at(place))} → {short(value)}"
        named = [word for word in (*words, str(value)) if 1 < len(word) < 40]
        words = (*named, *called(self.tree, place))
        return Fault(place, told_, self.tree, lambda tree: _set(tree, place, value), words)

    def swap(self, place: Place, other: Place) -> Fault:
        """The fault that two values stand at each other's place."""
        one, two = self.at(place), self.at(other)

        def alter(tree: Any) -> None:
            _set(tree, place, two)
            _set(tree, other, one)

        return Fault(place, f"{one} 与 {two} 互换", self.tree, alter, (one, two, *called(self.tree, place)))

    def drop(self, place: Place) -> Fault:
        """The fault that a value is not there."""

        def alter(tree: Any) -> None:
            del _holder(tree, place)[place[-1]]

        return Fault(place, "删去", self.tree, alter, called(self.tree, place))

    def double(self, place: Place) -> Fault:
        """The fault that an item of a list stands there twice."""
        index = place[-1]
        assert isinstance(index, int)

        def alter(tree: Any) -> None:
            items_ = _holder(tree, place)
            items_.insert(index + 1, copy.deepcopy(items_[index]))

        words = called(self.tree, (*place, ""))
        return Fault((*place[:-1], index + 1), "写了两遍", self.tree, alter, words)


def scalars(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*place, index))
    elif isinstance(value, str):
        yield place, value


def called(tree: Any, place: Place) -> tuple[str, ...]:
    """The name of the record that holds a value, and of the records around it."""
    found: list[str] = []
    holder = tree
    for step in place[:-1]:
        holder = holder[step]
        if isinstance(holder, dict):
            found += [str(holder[key]) for key in ("名称", "简称", "三级", "标题", "选项", "要点") if holder.get(key)]
    return tuple(found[-2:])


def _holder(tree: Any, place: Place) -> Any:
    """What holds the value at a place."""
    for step in place[:-1]:
        tree = tree[step]
    return tree


def _set(tree: Any, place: Place, value: Any) -> None:
    _holder(tree, place)[place[-1]] = value


def short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 30 else text[:14] + "…" + text[-14:]
