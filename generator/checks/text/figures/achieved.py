"""Counts that an indicator's own text gives (实际完成7个, 计划产出数12个), and what its data has of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ....fields import MethodCall, Path, Reference
from ....model import TargetRow
from ....names import own_names
from ....passages import Passage
from ....scores import Node
from ....values import Quantity, Target
from ....wording import HAN, sentence_around
from ... import Case
from .known import Known
from .said import Parts, Said, label_before
from .scored import Scorecard
from .typed import Typed, typed_figures
from .wordings import ACHIEVED, COUNTERS, PLANNED

# What makes a count one of a part, a step or another time.
_OTHER = re.compile(r"其中|每|各|分别|上半年|下半年|季度|\d月|上年|去年|往年|若|如果|平均|另|还|再|未|没|不|首批|第")
_WHOLE = re.compile(r"(?:全[区市县省乡镇国村]|全街道|全部|共有?|共计|合计)$")
_NOUN = re.compile(rf"\s?[{COUNTERS}]([{HAN}]*)")


@dataclass(frozen=True)
class Achieved:
    """The counts of each indicator and of each declared target: what was achieved, and what was planned."""

    case: Case
    parts: Parts
    scorecard: Scorecard

    def said(self, passage: Passage) -> Iterator[Said]:
        """The counts that the passage gives the indicator or target in whose text it stands."""
        figures = self._figures(passage.path)
        for typed in typed_figures(passage.typed) if figures else ():
            if typed.kind != "count":
                continue
            start, _ = sentence_around(passage.typed, typed.start)
            before = passage.typed[start : typed.start]
            label = label_before(before, len(before), (*ACHIEVED, *PLANNED))
            if _OTHER.search(re.split("[，；]", before)[-1]) or self.parts.named_in(before):
                continue
            if label is None:
                yield from self._of_all(before, typed, figures)
                continue
            held = (known for planned, known in figures if planned == (label in PLANNED))
            meant = tuple(one for one in held if self._fits(one, typed))
            if meant:
                yield Said(typed, label, meant, plain=False)

    def _of_all(self, before: str, typed: Typed, figures: list[tuple[bool, Known]]) -> Iterator[Said]:
        """The count of all that the indicator is named for: 全区156个社区 in the text of 服务社区数目."""
        noun, whole = _NOUN.match(typed.tail), _WHOLE.search(before)
        meant = tuple(one for _, one in figures if self._fits(one, typed))
        if noun and len(noun[1]) > 1 and whole and meant:
            yield Said(typed, f"{whole[0]}{noun[1][:2]}", meant, plain=False)

    def _fits(self, known: Known, typed: Typed) -> bool:
        """Whether the count is in the figure's unit, and of nothing else than the figure counts."""
        if known.unit and not typed.tail.startswith(known.unit):
            return False
        noun = _NOUN.match(typed.tail)
        return noun is not None and (not noun[1] or noun[1][:2] in "".join(known.labels))

    def _figures(self, path: Path) -> list[tuple[bool, Known]]:
        """The figures of the indicator or target that a path leads into, each with whether it was planned."""
        owner = self.scorecard.owner(path)
        if owner is not None:
            return list(self._of_node(owner))
        rows = self.case.data.goals.rows if self.case.data.goals else []
        if path[:2] == ("绩效目标", "指标") and len(path) > 2 and isinstance(path[2], int) and path[2] < len(rows):
            return list(_of_row(rows[path[2]]))
        return []

    @cached_property
    def _rows(self) -> Mapping[str, list[TargetRow]]:
        """The declared targets by the indicator that evaluates them."""
        found: dict[str, list[TargetRow]] = {}
        for row in self.case.data.goals.rows if self.case.data.goals else ():
            found.setdefault(row.indicator or "", []).append(row)
        return found

    def _of_node(self, node: Node) -> Iterator[tuple[bool, Known]]:
        indicator = node.indicator
        name = indicator.title or indicator.name
        for planned, value in ((False, indicator.actual), (True, indicator.target)):
            yield from ((planned, one) for one in _known("", value, name))
        measured = indicator.measured
        values = dict(own_names(measured.parameters)) if isinstance(measured, MethodCall) else {"分子": measured}
        for planned, keys in ((False, ("分子", "实际")), (True, ("分母", "计划"))):
            for given in (values.get(key) for key in keys):
                found = self.case.figure(given.path) if isinstance(given, Reference) else given
                printed = given.path if isinstance(given, Reference) and isinstance(found, int) else ""
                yield from ((planned, one) for one in _known(printed, found, f"{name}{given}"))
        for row in self._rows.get(indicator.name, ()):
            yield from _of_row(row)


def _of_row(row: TargetRow) -> Iterator[tuple[bool, Known]]:
    for planned, value in ((False, row.actual), (True, row.declared), (True, row.adjusted)):
        yield from ((planned, one) for one in _known("", value, row.name))


def _known(name: str, value: object, label: str) -> Iterator[Known]:
    """An exact count, with the words that say what it counts."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Quantity(str(value), Decimal(value))
    exact = isinstance(value, Target) or (isinstance(value, Quantity) and not value.fuzzy)
    if isinstance(value, (Target, Quantity)) and exact and value.number is not None and "%" not in value.unit:
        yield Known(name, "count", value.number, (label,), unit=value.unit)
