"""The score tree for people (a terminal table with derivations) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from unicodedata import east_asian_width

from .scores import PENDING, Node, Scores
from .sums import Summed
from .values import Points

DASH = "—"
FIGURES = 38  # terminal columns of the figures beside a name


def as_json(scores: Scores, sources: Sequence[Summed] = ()) -> dict[str, object]:
    """总分, 满分, 得分率, 等级 and 指标, a tree; figures as strings as the style prints them, null when not there.

    数据来源 is there when something was summed from workbooks.
    """
    return {
        "总分": _points(scores, scores.total),
        "满分": _full(scores, scores.full),
        "得分率": _rate(scores, scores.total, scores.full),
        "等级": scores.grade,
        "来源": scores.source,
        "指标": [_node_json(scores, node) for node in scores.nodes],
        **({"数据来源": [one.as_json() for one in sources]} if sources else {}),
    }


def sources_text(sources: Sequence[Summed], columns_wide: int = 80) -> Iterator[str]:
    """What was summed from workbooks, line by line."""
    if sources:
        yield "数据来源："
    for one in sources:
        yield from wrapped(f"  {one.name}={one.amount}　{one.place}，共{one.count}{one.counted}", columns_wide)


def _node_json(scores: Scores, node: Node) -> dict[str, object]:
    return {
        "名称": node.indicator.name,
        "分值": _full(scores, node.full),
        "得分": _points(scores, node.points),
        "得分率": _rate(scores, node.points, node.full),
        "完成情况": node.status,
        "计算过程": list(node.lines),
        "下级": [_node_json(scores, below) for below in node.below],
    }


def _points(scores: Scores, value: Decimal | None) -> str | None:
    return None if value is None else str(Points(value, scores.forms.points))


def _full(scores: Scores, value: Decimal | None) -> str | None:
    return None if value is None else str(Points(value, scores.forms.weight))


def _rate(scores: Scores, points: Decimal | None, full: Decimal | None) -> str | None:
    rate = scores.rate(points, full)
    return None if rate is None else str(rate)


def as_text(scores: Scores, derivations: bool = True, columns_wide: int = 80) -> Iterator[str]:
    """The score table, line by line: one row a node, its derivation below it, total and grade last.

    No line is wider than `columns_wide` terminal columns.
    """
    for line in _lines(scores, derivations, columns_wide):
        yield from wrapped(line, columns_wide)


def _lines(scores: Scores, derivations: bool, columns_wide: int) -> Iterator[str]:
    rows = [(node, "  " * (node.depth - 1) + node.indicator.name) for root in scores.nodes for node in root.walk()]
    if rows:
        width = min(columns_wide - FIGURES, max(columns(name) for _, name in rows) + 2)
        yield _row("指标", "分值", "得分", "得分率", "完成情况", width)
        yield "─" * (width + FIGURES)
        for node, name in rows:
            yield _row(
                shortened(name, width - 2),
                _full(scores, node.full) or DASH,
                _points(scores, node.points) or DASH,
                _rate(scores, node.points, node.full) or DASH,
                node.status,
                width,
            )
            if derivations:
                yield from (f"{'  ' * node.depth}· {line}" for line in node.lines)
        yield "─" * (width + FIGURES)
    total, full = _points(scores, scores.total) or DASH, _full(scores, scores.full) or DASH
    rate, grade = _rate(scores, scores.total, scores.full) or DASH, scores.grade or DASH
    yield f"总分 {total}　满分 {full}　得分率 {rate}　等级 {grade}" + (
        f"　（总分来源：{scores.source or '未说明'}）" if scores.source is not None else ""
    )
    leaves = scores.leaves()
    pending = sum(leaf.status == PENDING for leaf in leaves)
    if pending:
        given = scores.source is not None
        rest = "上级不计；总分是给出的，不由指标相加。" if given else "上级和总分不计，也不评等级。"
        yield f"已评 {len(leaves) - pending} 项，待评 {pending} 项：有待评的指标时，{rest}"
    manual = [leaf for leaf in leaves if any(not cut.derived for cut in leaf.cuts)]
    if manual:
        yield "人工扣分（没有规则可推算）：" + "、".join(leaf.indicator.title or leaf.indicator.name for leaf in manual)


def _row(name: str, full: str, points: str, rate: str, status: str, width: int) -> str:
    cells = f"{full:>8}{points:>8}{rate:>9}"
    if not full.isascii() or not points.isascii() or not rate.isascii():
        cells = "".join(" " * (size - columns(text)) + text for text, size in ((full, 8), (points, 8), (rate, 9)))
    return name + " " * (width - columns(name)) + cells + "   " + status


def columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(line: str, width: int) -> Iterator[str]:
    """The line, broken where it is wider than `width`; what goes on stands under its beginning."""
    lead = " " * (len(line) - len(line.lstrip(" ")))
    lead += "  " if line.lstrip().startswith("·") else ""
    while columns(line) > width:
        cut = next(at for at in range(len(line), 0, -1) if columns(line[:at]) <= width)
        yield line[:cut]
        line = lead + line[cut:]
    yield line


def shortened(text: str, width: int) -> str:
    """The text cut to `width` terminal columns, with … when something is left out."""
    if columns(text) <= width:
        return text
    while columns(text) > width - 2:
        text = text[:-1]
    return text + "…"
