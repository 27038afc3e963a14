"""同级口径：同一个上级之下，用同一种计分方法的指标，起算的基准和扣分的档应当一致。

比较基准、每档、每档扣减比例、取档；分值相同的还比较每档扣分。不是同一种数（个与百分比）的不比较；基准就是本指标自己的
指标值的不比较。以多数为准，相同时以先写的为准。确实因指标而异的是常见的，所以只是提示：
请核对评分标准是不是这样写的，得分会因基准不同而不同。

正例：基准都是 90%。

    指标体系:
      - {名称: 居民评价, 分值: 3, 测算: 80%, 计分方法: 按档扣分,
         参数: {基准: 90%, 每档: 10%, 每档扣分: 0.5, 取档: 整档舍去}}
      - {名称: 设施运行, 分值: 3, 测算: 90%, 计分方法: 按档扣分,
         参数: {基准: 90%, 每档: 10%, 每档扣分: 0.5, 取档: 整档舍去}}

反例：同是“每下降10%扣0.5分”，两项从 100% 起算，一项从 90% 起算。

    指标体系:
      - {名称: 居民评价, 分值: 3, 测算: 80%, 计分方法: 按档扣分,
         参数: {基准: 100%, 每档: 10%, 每档扣分: 0.5, 取档: 整档舍去}}
      - {名称: 经费使用, 分值: 3, 测算: 90%, 计分方法: 按档扣分,
         参数: {基准: 100%, 每档: 10%, 每档扣分: 0.5, 取档: 整档舍去}}
      - 名称: 设施运行
        分值: 3
        测算: 90%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 10%, 每档扣分: 0.5, 取档: 整档舍去}   # !K109 设施运行 基准 90% 100%
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ...findings import Level
from ...scores import Node
from ...values import plain
from .. import Case, Fault
from ..indicators import called, figure, methods

CODE = "K109"
LEVEL = Level.HINT

KEYS = ("基准", "每档", "每档扣减比例", "取档", "每档扣分")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row that is scored by other steps than its siblings."""
    yield from _of(case, case.scores.nodes)
    for node in case.nodes:
        yield from _of(case, node.below)


def _of(case: Case, siblings: Sequence[Node]) -> Iterator[Fault]:
    by_rule: dict[str, list[tuple[Node, dict[str, Any]]]] = {}
    for node in siblings:
        for method in list(methods(node))[:1] if not node.below else ():
            by_rule.setdefault(method.rule, []).append((node, method.parameters))
    for rule, rows in by_rule.items():
        odd = [found for key in KEYS for found in _odd(case, rows, key)]
        for node, _ in rows:
            said = [words for other, words in odd if other is node]
            if said:
                what = f"“{called(node)}”与同级指标都用{rule}，但{'，'.join(said)}"
                yield Fault((*node.path, "参数"), what, mend="核对评分标准是不是这样规定的")


def _odd(case: Case, rows: list[tuple[Node, dict[str, Any]]], key: str) -> Iterator[tuple[Node, str]]:
    """The rows whose value of `key` is not the most common one of their kind, each with words that say so."""
    given = [(node, parameters[key]) for node, parameters in rows if parameters.get(key) is not None]
    values = [(node, value, _compared(case, node, key, value)) for node, value in given]
    for kind in dict.fromkeys(kind for *_, (kind, _) in values if kind):
        same = [(node, value, amount) for node, value, (other, amount) in values if other == kind]
        common = Counter(amount for *_, amount in same).most_common(1)[0][0]
        model, usual = next((node, value) for node, value, amount in same if amount == common)
        for node, value, amount in same:
            if amount != common:
                yield node, f"{key}是{_said(value)}，“{called(model)}”是{_said(usual)}"


def _compared(case: Case, node: Node, key: str, value: object) -> tuple[str, object]:
    """The kind within which a value is compared ("" where it is not), and what is compared."""
    if key == "取档":
        return key, value
    if key == "每档扣分":
        return f"分值{node.full}", value
    if key == "每档扣减比例":
        return key, getattr(value, "fraction", value)
    found, own = figure(value, case.style.forms), figure(node.indicator.target, case.style.forms)
    if found is None or (key == "基准" and own and (own.kind, own.amount) == (found.kind, found.amount)):
        return "", None
    return found.kind + found.unit, found.amount


def _said(value: object) -> str:
    return f"{plain(value)}分" if isinstance(value, Decimal) else str(value)
