"""每处扣几分：标准说“每发现一处扣0.5分”的，事由里有几处，就扣几个0.5分。

标准取扣分项自己的“标准”，没有的取评分标准；事由里写了同样的量词和个数（三处、2家单位）的才核查，扣完为止的以分值为限。
标准里同一个量词有两种扣法、事由里有两个个数的，不核查。

正例：两处，扣两个0.5分。

    指标体系:
      - 名称: 财务监控有效性
        分值: 5
        评分标准: 每发现一处不合规扣0.5分，扣完为止。
        计分方法: 逐项扣分
        参数: {扣分项: [{事由: 抽查发现两处凭证附件不全, 扣分: 1}]}

反例：两处，却扣了1.5分。

    指标体系:
      - 名称: 财务监控有效性
        分值: 5
        评分标准: 每发现一处不合规扣0.5分，扣完为止。
        计分方法: 逐项扣分
        参数: {扣分项: [{事由: 抽查发现两处凭证附件不全, 扣分: 1.5}]}   # !K118 2处 应扣1分 1.50分

反例：标准写在扣分项里；三个社区只扣了1分。

    指标体系:
      - 名称: 完成及时性
        分值: 9
        计分方法: 逐项扣分
        参数:
          扣分项:
            - {事由: 有3个社区没有按时完成, 扣分: 1, 标准: 每个社区未按时完成扣1分}   # !K118 3个 应扣3分
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ...fields import Record
from ...findings import Level
from ...names import own_names
from ...numerals import NUMERAL, count_of
from ...passages import typed
from ...scores import Node
from ...values import plain
from .. import Case, Fault
from ..indicators import called, methods, points, words

CODE = "K118"
LEVEL = Level.WARNING

_MEASURES = "处项个次家份笔人起例件宗条户名所期月天"
_EACH = re.compile(
    rf"每(?:发现|出现|发生|存在|少|缺|有|逾期|超期)?(?:一|1)?([{_MEASURES}])([^，。；\d]{{0,14}}?)[，]?扣减?(\d{{1,3}}(?:\.\d{{1,2}})?)分"
)
_COUNTED = rf"({NUMERAL})([{_MEASURES}])"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each deduction that is not as many times the one of its standard as its reason counts."""
    for node in case.scores.leaves():
        for method in methods(node):
            for index, item in enumerate(method.parameters.get("扣分项") or ()):
                if isinstance(item, Record) and (fault := _of(case, node, dict(own_names(item)))):
                    yield replace(fault, path=(*method.path, "扣分项", index, "扣分"))


def _of(case: Case, node: Node, item: dict[str, Any]) -> Fault | None:
    cut, standard = item.get("扣分"), item.get("标准") or words(node.indicator.standard)
    wanted = _wanted(typed(str(standard)), typed(str(item.get("事由") or "")))
    if not isinstance(cut, Decimal) or wanted is None:
        return None
    count, measure, each = wanted
    due = count * each if node.full is None else min(count * each, node.full)
    what = f"“{called(node)}”扣{points(case, cut)}分，事由是{count}{measure}，"
    what += f"按每{measure}扣{plain(each)}分应扣{plain(due)}分"
    mend = "核对个数和扣分；另有依据的，写进这一项的“标准”"
    return Fault((), what, f"{plain(due)}分", f"{points(case, cut)}分", mend=mend) if cut != due else None


def _wanted(standard: str, reason: str) -> tuple[int, str, Decimal] | None:
    """How many of what the reason counts, and what each of them costs; None where one of them is not sure."""
    rules = {match[1]: (match[2], Decimal(match[3])) for match in _EACH.finditer(standard)}
    if len(rules) != len(_EACH.findall(standard)):
        return None
    found = [(count_of(match[1]), match[2], match.end()) for match in re.finditer(_COUNTED, reason)]
    fitting = [
        (count, measure, rules[measure][1])
        for count, measure, end in found
        if count and measure in rules and _same_noun(rules[measure][0], reason[end:])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _same_noun(ruled: str, behind: str) -> bool:
    """Whether the reason counts what the standard names behind its measure word (社区), where it names something."""
    noun = re.match(r"(?:社区|单位|街道|学校|项目|指标|月|工作日|村|合同|凭证|问题|要点|站点)", ruled)
    return noun is None or behind.startswith(noun[0])
