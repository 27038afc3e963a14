"""Points, full marks, deductions and 得分率 that a text gives an indicator, and what the scores say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ....fields import Path
from ....passages import HOLE, Passage
from ....scores import Node
from ....values import Rate
from ... import Case
from .known import Known
from .said import Parts, Said, before_formula
from .typed import Kind, Typed, typed_figures
from .wordings import SCORE_WORDS

LONGEST_NAME = 60
LEAST_CARRIED = 4  # a name so long is no common word: what is said later in its sentence is of it
# What tells a rule, a part or another time from what came of an indicator.
_OTHER = re.compile(
    r"每|各|分别|若|如果|假设|平均|上年|去年|往年|低于|高于|不足|不低于|不超过|最高|最低|以上|以下|满足|自评|初评|原|可得|应得|再|另"
)
_WHAT = re.compile(rf"({'|'.join(filter(None, SCORE_WORDS))})(?:了|为|是|共|计|仅|只有|：|:|\s)*$")
_FILL = re.compile(
    r"(?:综合|评价|最终|最后|实际|绩效|评定|合计|共|被|因此|故|的|类|部分|方面|维度|一级|二级|三级|指标|[”」’]|项)*$"
)
_OWN = re.compile(rf"(?:^|[，；：、。{HOLE}]|[该本此][项指标]{{1,2}}|因此|最终|最后|实际|综合|评价)[，的]?$")
_NAMED = re.compile(rf"[”」’]?(?:类|部分|方面|维度|指标|{'|'.join(filter(None, SCORE_WORDS))})")
_ON_POINTS = re.compile("得分|总分|评分")
_TOGETHER = re.compile("(?:共|合计|总共|均|都)$")
_RULE = re.compile(r"评分标准|计分标准|扣分标准|若|如果|假设|如能|倘")
_SUBSET = re.compile(r"其中|分别|依次")


@dataclass(frozen=True)
class Scorecard:
    """The scored indicators of the data, by name and by place."""

    case: Case

    @cached_property
    def _by_name(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.case.nodes:
            own = (node.indicator.name, node.indicator.title or "")
            for name in dict.fromkeys((*own, *(one.removesuffix("指标") for one in own))):
                if len(name) > 1:
                    found[name].append(node)
        return found

    @cached_property
    def _by_path(self) -> Mapping[Path, Node]:
        return {node.path: node for node in self.case.nodes}

    @cached_property
    def _names(self) -> Parts:
        return Parts(frozenset(self._by_name))

    def owner(self, path: Path) -> Node | None:
        """The indicator in whose text a passage stands."""
        while path and path[0] == "指标体系":
            if path in self._by_path:
                return self._by_path[path]
            path = path[:-1]
        return None

    def named_in(self, text: str) -> list[Node]:
        """The indicators that a text names."""
        return [node for name in self._names.named_in(text) for node in self._by_name[name]]

    def said(self, passage: Passage) -> Iterator[Said]:
        """The points and 得分率 that the passage gives an indicator; `known` is empty where they may be a part's."""
        text, owner = passage.typed, self.owner(passage.path)
        unnamed: dict[str, list[Typed]] = defaultdict(list)
        for typed in typed_figures(text):
            what = self._what(text, typed)
            if what is None:
                continue
            word, head, clause = what
            name, nodes = self._named(head)
            if nodes:
                plain = not re.split("[，：；、（]", clause)[-1].removesuffix(name)
                known = tuple(one for node in nodes for one in self._known(node, word, typed, plain))
                yield Said(typed, f"{name}{SCORE_WORDS[word].called}", known, plain)
            elif owner is not None and _OWN.search(head):
                unnamed[word].append(typed)
        for word, figures in unnamed.items():
            assert owner is not None
            yield from self._own(owner, word, figures)

    def _what(self, text: str, typed: Typed) -> tuple[str, str, str] | None:
        """What a figure is by the word before it (得分, 扣 …), with what stands before that word in the sentence."""
        if typed.kind not in ("points", "rate"):
            return None
        before = before_formula(text, typed)
        match = _WHAT.search(before)
        word, head = (match[1], before[: match.start()]) if match else ("", before)
        clause = re.split("[，；：、]", head)[-1]
        if SCORE_WORDS[word].kind != typed.kind or (not word and not self._bare(head, clause)):
            return None
        if _OTHER.search(clause + word) or _RULE.search(before) or head.endswith(("不", "未")):
            return None
        if self._rule(head, word):
            return None
        return word, head, _FILL.sub("", head)

    def _rule(self, head: str, word: str) -> bool:
        """Whether the words tell how points are taken, not that they were: 不符合的扣1分, 每少10%，扣1分."""
        last = [clause for clause in re.split("[，；]", head) if clause][-1:]
        each = any("每" in clause and not re.search("[扣得]", clause) for clause in last)
        return word in ("得", "扣") and (each or head.endswith(("的", "的，")))

    def _bare(self, head: str, clause: str) -> bool:
        """Whether a name alone stands before a figure, in a sentence on points."""
        return _FILL.sub("", clause) in self._by_name and _ON_POINTS.search(head) is not None

    def _named(self, head: str) -> tuple[str, Sequence[Node]]:
        """The name right before the word, or else the only one that the sentence has spoken of."""
        for end in (head, _FILL.sub("", head)):
            tails = (end[-length:] for length in range(min(len(end), LONGEST_NAME), 1, -1))
            name = next((tail for tail in tails if tail in self._by_name), "")
            if name:
                together = _TOGETHER.search(head) and end.removesuffix(name).endswith(("、", "和", "与", "及"))
                return ("", ()) if together else (name, self._by_name[name])
        found = self._names.named_in(head)
        found = {one for one in found if not any(one != other and one in other for other in found)}
        if len(found) != 1 or _SUBSET.search(head):
            return "", ()
        (name,) = found
        behind = head[head.rfind(name) + len(name) :]
        carried = len(name) >= LEAST_CARRIED or _NAMED.match(behind)
        return (name, self._by_name[name]) if carried else ("", ())

    def _own(self, owner: Node, word: str, figures: Sequence[Typed]) -> Iterator[Said]:
        """Figures without a name in an indicator's own text: the only one, or all together, are its own."""
        known = tuple(one for one in self._known(owner, word, figures[0], False))
        name = owner.indicator.title or owner.indicator.name
        total = sum((one.value for one in figures), Decimal())
        right = any(one.rounds_to(typed) for one in known for typed in figures) or any(
            one.value == total for one in known
        )
        alone = len({one.value for one in figures}) == 1
        for typed in figures:
            most = max((one.value for one in known), default=Decimal())
            held = known if not right and (alone or typed.value > most) else ()
            yield Said(typed, f"{name}{SCORE_WORDS[word].called}", held, False)

    def _known(self, node: Node, word: str, typed: Typed, sure: bool) -> Iterator[Known]:
        """What the scores have under that word."""
        kind, value = SCORE_WORDS[word].kind, SCORE_WORDS[word].value
        points, full = node.points, node.full
        if points is not None and value in ("points", "points or full"):
            yield _one(kind, points, sure)
        if full is not None and value in ("full", "points or full"):
            yield _one(kind, full, sure)
        if value == "lost" and points is not None and full is not None:
            yield _one(kind, full - points, False)
            yield from (_one(kind, cut.points, False) for leaf in node.leaves() for cut in leaf.cuts)
        if value == "rate":
            yield from (_one(kind, rate, False) for rate in self._rates(node))

    def _rates(self, node: Node) -> Iterator[Decimal]:
        """The 得分率 of an indicator, and that of the survey by which it is measured or whose name it has."""
        share = self.case.scores.rate(node.points, node.full)
        if share is None:
            return
        yield share.percent
        surveyed = self.case.figure(f"问卷.{node.indicator.name}.得分率")
        if isinstance(surveyed, Rate):
            yield surveyed.percent
        for leaf in node.leaves():
            if re.fullmatch(r"\d{1,9}(?:\.\d{1,8})?%", leaf.actual):
                yield Decimal(leaf.actual[:-1])


def _one(kind: Kind, value: Decimal, sure: bool) -> Known:
    return Known("", kind, value, (), sure)
