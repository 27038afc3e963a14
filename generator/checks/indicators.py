"""What checks on scores and on goals ask of the nodes of the indicator system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..fields import Path, Record
from ..names import own_names
from ..narrative import Narrative
from ..scores import Node, Operand, ScoringError, operand
from ..values import Forms, Points, Said, Target, target
from . import Case

SOLVED = ("已整改", "已改正", "已完成整改", "整改完毕", "已补", "已纠正")  # what is no fault any more
# Words before a denial in its clause that take it back, or speak of another time or of what might be.
TAKEN_BACK = (
    *("没有", "未发现", "未出现", "未发生", "未见", "不存在", "并无", "无一", "不是"),
    *("避免", "防止", "杜绝", "预防", "是否", "如果", "如有", "若", "凡"),
    *("上年", "以前年度", "原先", "原来", "过去", "此前", "曾经"),
)
# A rule that is quoted: who says so before what would be a fault, or what then follows from it.
_RULE_BEFORE = re.compile(r"规定|要求|标准|约定|明确|办法|细则|评分|扣分点|凡")
_RULE_BEHIND = re.compile(
    r"[^，。；]{0,6}(?:的|者)?[，、]?(?:每|一律)?[^，。；]{0,6}(?:(?<![被已])扣|不得分|不予|追究|处以)"
)


def quotes_rule(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` stand in a rule that the text quotes, not in what was found."""
    sentence = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    return bool(_RULE_BEHIND.match(text, end)) and bool(
        _RULE_BEFORE.search(text, sentence, start) or text[end : end + 1] in "的者"
    )


@dataclass(frozen=True, slots=True)
class Method:
    """A 计分方法 with its parameters by their Chinese names, and where these stand."""

    rule: str
    parameters: dict[str, Any]
    path: Path


def methods(node: Node) -> Iterator[Method]:
    """The node's own 计分方法, then those inside it (a part of 加权合成, an item of 逐项扣分)."""
    yield from _methods(node.indicator.rule, node.indicator.parameters, (*node.path, "参数"))


def _methods(rule: object, parameters: object, path: Path) -> Iterator[Method]:
    if not isinstance(rule, str) or not isinstance(parameters, Record):
        return
    named = dict(own_names(parameters))
    yield Method(rule, named, path)
    for name, value in named.items():
        for index, item in enumerate(value if isinstance(value, list) else ()):
            inner = dict(own_names(item)) if isinstance(item, Record) else {}
            yield from _methods(inner.get("计分方法"), inner.get("参数"), (*path, name, index, "参数"))


def lost(node: Node) -> Decimal | None:
    """The points that a scored row lacks of its full points; None while it is 待评 or has all of them."""
    if node.points is None or node.full is None or node.points >= node.full:
        return None
    return node.full - node.points


def in_full(node: Node) -> bool:
    """Whether a row has all of its points, and has points at all."""
    return bool(node.full) and node.points == node.full


def filled(text: Narrative | None) -> bool:
    """Whether a text says anything but 无."""
    return bool(text) and text is not None and not text.为无


def words(*texts: Narrative | None) -> str:
    """Texts as they stand in the data, with their tags."""
    return "\n".join(str(text) for text in texts if text)


def called(node: Node) -> str:
    """The name that tells a node from others."""
    return node.indicator.title or node.indicator.name


def points(case: Case, value: Decimal) -> str:
    """Points as they print in the style."""
    return str(Points(value, case.style.forms.points))


def reached(node: Node) -> Target | None:
    """The node's actual value, measured or else typed; None for words and for what is no exact figure (`≥95%`)."""
    measured = target(node.actual) if node.actual else node.indicator.actual
    return measured if isinstance(measured, Target) and measured.operator in ("", "=") else None


def figure(value: object, forms: Forms) -> Operand | None:
    """The exact figure that a target, quantity, rate or amount is; None for words, estimates and names."""
    if value is None or isinstance(value, Said):
        return None
    try:
        return operand(value, forms)
    except ScoringError:
        return None


def alike(one: Operand, other: Operand) -> bool:
    """Whether two figures are of one kind and one unit, where both name a unit."""
    return one.kind == other.kind and (not one.unit or not other.unit or one.unit == other.unit)
