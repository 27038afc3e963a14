"""The scored tree as names: every node with score, rate, status and derivation, and the result as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..model import Indicator, TargetRow
from ..narrative import Narrative, Paragraph
from ..scores import DONE, NOT_DONE, PARTLY, PENDING, Node
from ..values import Points, Rate, Said, Target, target
from .printing import DASH, Names, Rows, Setting, Told, names_of, tagged
from .sections import goal_of

STATUSES = (DONE, PARTLY, NOT_DONE, PENDING)
LEVELS = ("一级", "二级", "三级")
NONE = Said("无")


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
        return (*said, *(Paragraph("", "", f"{line}。", 0) for line in self.names["计算过程"]))


@dataclass(frozen=True, slots=True)
class Content(Account):
    """What an indicator is about: its meaning, after its own name where it stands below the third level."""

    @property
    def 段落(self) -> tuple[Paragraph, ...]:
        """The name with its points, where the table has no column for it; then the meaning's paragraphs."""
        own = self.names["层级"] > len(LEVELS)
        meaning = self.names["说明"]
        said = meaning.paragraphs if isinstance(meaning, Narrative) else ()
        return (*((Paragraph("", "", f"{self.names['标签']}：", 0),) if own else ()), *said)


def _labelled(names: Names, full: Decimal | None) -> str:
    return f"{names['名称']}（{names['分值']}分）" if full is not None else str(names["名称"])


def node_names(setting: Setting, node: Node, above: tuple[Names, ...] = ()) -> Names:
    """A node's names, with those of all below it; `above` are the nodes that it stands under."""
    called = "指标" if tagged(node.indicator.name) else node.indicator.name
    names = names_of(setting, node.indicator, node.path, called)
    for internal in ("测算", "参数"):
        del names[internal]
    names.update(_scored(setting, node, names["扣分原因"]))
    names["全称"] = names["全称"] or names["名称"]
    _complete_values(setting, node, names)
    names["标签"] = Told(lambda: _labelled(names, node.full))
    chain = (*above, names)
    for depth, level in enumerate(LEVELS):
        names[level] = chain[min(depth, len(chain) - 1)]
        names[f"{level}标签"] = names[level]["标签"] if depth < len(chain) else ""
    names["情况"] = Account((), names)
    gap = Said("无") if node.status == DONE else setting.missing("偏差原因", node.path)
    names["偏差"] = Told(lambda: "；".join(map(str, names["扣分原因"]))) if names["扣分原因"] else gap
    names["指标内容"] = Content((), names)
    names["下级"] = Rows(node_names(setting, below, chain) for below in node.below)
    names["表行"] = _form_rows(node.indicator.below, names["下级"], chain) or [names]
    names["三级指标"] = [one for one in walk(names) if one["层级"] == len(LEVELS)]
    names["评分行"] = [one for one in walk(names) if not one["下级"]]
    names["分析项"] = [item for below in names["下级"] for item in _analysed(below)]
    return names


def _complete_values(setting: Setting, node: Node, names: Names) -> None:
    """Give 指标值 and 完成值, where the indicator has none, what is measured and what its declared target says.

    A measured value of another kind than the target (95% of 140公里) yields to what that target has as 完成值;
    where it has none, the target does not stand beside a value that cannot be compared with it.
    """
    row, goal = _declared(setting, node), node.indicator.target
    measured = Target(node.actual) if node.actual else None
    reached, declared = (row.actual, goal_of(row)) if row is not None else (None, None)
    if (
        goal is None
        and declared is not None
        and (reached is not None or _alike(declared, node.indicator.actual or measured))
    ):
        names["指标值"] = goal = declared
    if node.indicator.actual is None:
        fits = measured is not None and (reached is None or _alike(goal, measured))
        names["完成值"] = (measured if fits else reached) or names["完成值"]


def _alike(goal: Target | Said | None, actual: Target | Said | None) -> bool:
    """Whether an actual value is of its target's kind: in words or in the same unit."""
    if not isinstance(goal, Target) or not isinstance(actual, Target):
        return True
    found = target(actual.text)
    return isinstance(found, Target) and (found.number is None, found.unit) == (goal.number is None, goal.unit)


def _declared(setting: Setting, node: Node) -> TargetRow | None:
    """The only declared target that names the indicator (对应指标) or is called like it; None if others are too."""
    goals = setting.evaluation.goals
    rows = [row for row in (goals.rows if goals else ()) if _called(node, row.indicator or row.name)]
    if len(rows) != 1:
        return None
    name = rows[0].indicator or rows[0].name
    return rows[0] if sum(_called(one, name) for one in _every(setting.scores.nodes)) == 1 else None


def _called(node: Node, name: str) -> bool:
    return name in (node.indicator.name, node.indicator.title)


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.below)


def form_rows(setting: Setting, nodes: list[Names]) -> list[Names]:
    """The rows of a form, in the data's order: the scored rows, and those that are 不适用, which print 无."""
    return _form_rows(setting.evaluation.indicators, nodes, ())


def _form_rows(indicators: list[Indicator], nodes: list[Names], above: tuple[Names, ...]) -> list[Names]:
    scored = iter(nodes)
    rows: list[Names] = []
    for indicator in indicators:
        rows += next(scored)["表行"] if indicator.applies() else _unused_rows(indicator, above)
    return rows


def _unused_rows(indicator: Indicator, above: tuple[Names, ...]) -> list[Names]:
    title = indicator.title or indicator.name
    own: Names = {"名称": indicator.name, "全称": title, "标签": indicator.name, "层级": len(above) + 1}
    chain = (*above, own)
    if indicator.below:
        return [row for below in indicator.below for row in _unused_rows(below, chain)]
    printed = ("指标值", "完成值", "分值", "得分", "得分率", "偏差", "主要成效")
    row: Names = {**own, **dict.fromkeys(printed, NONE), "不适用": True}
    for depth, level in enumerate(LEVELS):
        row[level] = chain[depth] if depth < len(chain) else {"名称": NONE}
        row[f"{level}标签"] = row[level]["名称"]
    return [row]


def _scored(setting: Setting, node: Node, reasons: Any) -> Names:
    full, points, forms = node.full, node.points, setting.forms
    rate, indicator = setting.scores.rate(points, full), node.indicator
    return {
        "分值": setting.missing(f"{indicator.name}分值", node.path) if full is None else Points(full, forms.weight),
        "得分": DASH if points is None else Points(points, forms.points),
        "得分率": DASH if rate is None else rate,
        "权重": _weight(setting, full),
        "完成情况": node.status,
        "计算过程": [setting.told(line, (*node.path, "参数")) for line in node.lines],
        "层级": node.depth,
        "扣分": DASH if points is None or full is None else Points(full - points, forms.points),
        "扣分原因": [*_reasons(setting, node), *reasons],
        "非推算": any(not cut.derived for leaf in node.leaves() for cut in leaf.cuts),
        "待评原因": node.pending,
    }


def _reasons(setting: Setting, node: Node) -> Iterator[Any]:
    for cut in node.cuts:
        if cut.points and cut.reason:
            yield setting.told(cut.reason, (*node.path, "参数"))


def _weight(setting: Setting, full: Decimal | None) -> Rate | Said:
    whole = setting.scores.full if setting.scores.nodes else None
    return DASH if full is None or not whole else Rate.of(full, whole, setting.forms.rate)


def _analysed(names: Names) -> list[Names]:
    """A node itself, or the nodes below it where it says 按下级分析."""
    return names["下级"] if names["按下级分析"] is True and names["下级"] else [names]


def groups(setting: Setting, nodes: list[Names]) -> list[Names]:
    """The first-level nodes by the style's groups, in its order; a group takes the names that it maps.

    Nodes that no group takes stand after the others, each as a group of its own, with a 警告.
    """
    style = setting.style.file
    mapping = style.mapping or {}
    found = [
        _group(setting, name, [node for node in nodes if node["名称"] in (name, *mapping.get(name, ()))])
        for name in style.groups
    ]
    taken = {id(node) for group in found for node in group["指标"]}
    for node in nodes:
        if id(node) not in taken:
            found.append(_group(setting, node["名称"], [node]))
            if style.groups:
                setting.warn("C010", f"样式没有把一级指标“{node['名称']}”归入任何一组，排在其他组之后", ("指标体系",))
    return found


def _group(setting: Setting, name: str, nodes: list[Names]) -> Names:
    full, points = ([one[key] for one in nodes] for key in ("分值", "得分"))
    whole = _sum(full)
    got = _sum(points)
    rate = setting.scores.rate(got, whole)
    rows = [row for node in nodes for row in node["表行"]]
    return {
        "名称": name,
        "标签": name if whole is None else Told(lambda: f"{name}（{Points(whole, setting.forms.weight)}分）"),
        "指标": nodes,
        "表行": rows or setting.missing(f"{name}的指标", ("指标体系",)),
        "评分行": [row for node in nodes for row in node["评分行"]],
        "分值": DASH if whole is None else Points(whole, setting.forms.weight),
        "得分": DASH if got is None else Points(got, setting.forms.points),
        "得分率": rate or DASH,
        "分析项": [item for node in nodes for item in node["分析项"]],
    }


def _sum(values: list[Any]) -> Decimal | None:
    known = [one.value for one in values if isinstance(one, Points)]
    return sum(known, Decimal()) if values and len(known) == len(values) else None


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
        "给出": scores.source is not None,
        "评分行": rows,
        "表行": form_rows(setting, nodes),
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
