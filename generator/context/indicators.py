"""The scored tree as names: every node with score, rate, status and derivation, and the result as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..narrative import Narrative, Paragraph
from ..scores import DONE, NOT_DONE, PARTLY, PENDING, Node
from ..values import Points, Rate, Said
from .printing import DASH, Names, Setting, names_of

STATUSES = (DONE, PARTLY, NOT_DONE, PENDING)
LEVELS = ("一级", "二级", "三级")


@dataclass(frozen=True, slots=True)
class Account(Narrative):
    """What a reader is told of an indicator: the evaluator's facts, then how the score came about.

    Put together when it prints, because the facts are filled later than this is made.
    """

    names: Names = field(default_factory=dict, compare=False, hash=False)

    def __str__(self) -> str:
        return "\n".join(map(str, self.段落))

    def __bool__(self) -> bool:
        return bool(self.段落)

    def __iter__(self) -> Iterator[Paragraph]:
        return iter(self.段落)

    @property
    def 段落(self) -> tuple[Paragraph, ...]:
        """The facts' paragraphs, then one for each line of the derivation."""
        facts = self.names["完成情况说明"]
        said = facts.paragraphs if isinstance(facts, Narrative) else ()
        return (*said, *(Paragraph("", "", line + "。", 0) for line in self.names["计算过程"]))


def node_names(setting: Setting, node: Node, above: tuple[Names, ...] = ()) -> Names:
    """A node's names, with those of all below it; `above` are the nodes that it stands under."""
    names = names_of(setting, node.indicator, node.path, node.indicator.name)
    for internal in ("测算", "参数"):
        del names[internal]
    names.update(_scored(setting, node, names["扣分原因"]))
    for index in range(len(names["扣分原因"])):
        setting.note(names["扣分原因"], index, (*node.path, "扣分原因"))
    known = node.full is not None
    names["标签"] = f"{node.indicator.name}（{names['分值']}分）" if known else node.indicator.name
    chain = (*above, names)
    for depth, level in enumerate(LEVELS):
        names[level] = chain[min(depth, len(chain) - 1)]
        names[f"{level}标签"] = names[level]["标签"] if depth < len(chain) else ""
    names["情况"] = Account((), names)
    names["下级"] = [node_names(setting, below, chain) for below in node.below]
    names["三级指标"] = [one for one in walk(names) if one["层级"] == len(LEVELS)]
    names["评分行"] = [one for one in walk(names) if not one["下级"]]
    names["分析项"] = [item for below in names["下级"] for item in _analysed(below)]
    return names


def _scored(setting: Setting, node: Node, reasons: Any) -> Names:
    full, points, forms = node.full, node.points, setting.forms
    rate, indicator = setting.scores.rate(points, full), node.indicator
    return {
        "全称": indicator.title or indicator.name,
        "分值": setting.missing(f"{indicator.name}分值", node.path) if full is None else Points(full, forms.weight),
        "得分": DASH if points is None else Points(points, forms.points),
        "得分率": DASH if rate is None else rate,
        "权重": _weight(setting, full),
        "完成情况": node.status,
        "计算过程": list(node.lines),
        "层级": node.depth,
        "扣分": DASH if points is None or full is None else Points(full - points, forms.points),
        "扣分原因": [*(cut.reason for cut in node.cuts if cut.points and cut.reason), *map(str, reasons)],
        "非推算": any(not cut.derived for leaf in node.leaves() for cut in leaf.cuts),
        "待评原因": node.pending,
    }


def _weight(setting: Setting, full: Decimal | None) -> Rate | Said:
    whole = setting.scores.full if setting.scores.nodes else None
    return DASH if full is None or not whole else Rate.of(full, whole, setting.forms.rate)


def _analysed(names: Names) -> list[Names]:
    """A node itself, or the nodes below it where it says 按下级分析."""
    return names["下级"] if names["按下级分析"] is True and names["下级"] else [names]


def result_names(setting: Setting, nodes: list[Names]) -> Names:
    """The result as a whole: total, grade, counts, and the scored rows by status."""
    scores, forms = setting.scores, setting.forms
    rows = [row for node in nodes for row in node["评分行"]]
    every = [one for node in nodes for one in walk(node)]
    by_status = {status: [row for row in rows if row["完成情况"] == status] for status in STATUSES}
    rate, unscored = scores.rate(scores.total, scores.full), DASH if nodes else setting.missing("总分", ("评价结果",))
    return {
        "总分": unscored if scores.total is None else Points(scores.total, forms.points),
        "满分": setting.missing("满分", ("评价结果",)) if scores.full is None else Points(scores.full, forms.weight),
        "得分率": DASH if rate is None else rate,
        "等级": scores.grade or "",
        "来源": scores.source or "",
        "评分行": rows,
        "行数": len(rows),
        "应评": len(rows),
        "已评": len(rows) - len(by_status[PENDING]),
        **by_status,
        **{f"{level}指标数": sum(one["层级"] == depth for one in every) for depth, level in enumerate(LEVELS, 1)},
        "非推算": [row for row in rows if row["非推算"]],
    }


def walk(node: Names) -> Iterator[Names]:
    """A node's names and those of all nodes below it."""
    yield node
    for below in node["下级"]:
        yield from walk(below)
