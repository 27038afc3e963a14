"""要点个数：评分标准说“四项要点各0.5分”，指标说明里列的①至④、计分参数里的要点，都应是四项，合计等于分值。

评分标准里没有说几项要点的，比较指标说明的①②③与参数里的要点，个数不同的是提示（一项要点可以拆成几项打分）。

正例：说明、标准、参数都是两项，各2分，合计4分。

    指标体系:
      - 名称: 管理制度健全性
        分值: 4
        说明: ①有管理制度；②制度合法、合规、完整。
        评分标准: 两项要点各2分，有一项不符合的扣该项分值。
        计分方法: 按要点得分
        参数: {分配: 均分, 要点: [{要点: 有制度, 达到: 是}, {要点: 制度完整, 达到: 是}]}

反例：标准说三项，参数里是两项；各1分，合计也不等于分值。

    指标体系:
      - 名称: 管理制度健全性
        分值: 4
        说明: ①有管理制度；②制度合法；③制度完整。
        评分标准: 三项要点各1分，有一项不符合的扣该项分值。   # !P113 三项要点 2 3分
        计分方法: 按要点得分
        参数: {分配: 均分, 要点: [{要点: 有制度, 达到: 是}, {要点: 制度完整, 达到: 是}]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...enumerations import marks
from ...fields import Record
from ...findings import Level
from ...model import Indicator
from ...names import own_names
from ...narrative import Narrative
from ...numerals import count_of
from ...passages import typed
from ...scores import Node
from ...values import plain
from .. import Case, Fault

CODE = "P113"
LEVEL = Level.WARNING

_POINTS = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十两]{1,3})项要点(?:各(?:占?分值的([二三四五六七八九十]{1,3})分之一|(?:占|得)?(\d{1,3}(?:\.\d{1,2})?)分))?"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each indicator whose standard, meaning and points do not say the same number of points."""
    for node in case.scores.leaves():
        told = list(_told(node))
        if told:
            level = Level.HINT if not _POINTS.search(str(node.indicator.standard or "")) else None
            what = f"“{node.indicator.title or node.indicator.name}”的要点对不上：{'；'.join(told)}"
            place = case.source.where((*node.path, "评分标准" if level is None else "说明"))
            yield Fault(node.path, what, mend="使评分标准、指标说明和参数一致", level=level, where=place)


def _told(node: Node) -> Iterator[str]:
    """What does not agree, in words."""
    indicator = node.indicator
    listed = {
        "指标说明里列出": _marked(indicator.meaning),
        "参数里的要点是": _scored(indicator),
    }
    known = {words: count for words, count in listed.items() if count}
    match = _POINTS.search(str(indicator.standard or ""))
    count = count_of(match[1]) if match else None
    if match is None or count is None or count < 2:
        if len(set(known.values())) > 1:
            yield "，".join(f"{words}{number}项" for words, number in known.items())
        return
    for words, number in known.items():
        if number != count:
            yield f"评分标准说{match[1]}项要点，{words}{number}项"
    if match[2] and count_of(match[2]) != count:
        yield f"评分标准说{match[1]}项要点，又说各占{match[2]}分之一"
    each = Decimal(match[3]) if match[3] else None
    if each is not None and node.full is not None and each * count != node.full:
        yield f"{match[1]}项各{match[3]}分，合计{plain(each * count)}分，分值是{plain(node.full)}分"


def _marked(meaning: Narrative | None) -> int:
    """How many points ①②③ the meaning lists, where it lists them once and in order."""
    found = [mark.number for mark in marks([typed(one.text) for one in meaning or ()]) if mark.kind == "①"]
    return len(found) if found == list(range(1, len(found) + 1)) and len(found) > 1 else 0


def _scored(indicator: Indicator) -> int:
    """How many points the parameters have; 0 where the method has none."""
    parameters = dict(own_names(indicator.parameters)) if isinstance(indicator.parameters, Record) else {}
    return len(parameters.get("要点") or ())
