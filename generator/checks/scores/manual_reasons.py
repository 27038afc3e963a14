"""人工扣分理由：由人评定的扣分，要写出具体的事由。

查逐项扣分里没有“标准”也没有“计分方法”的扣分项，以及没有打满分的直接评分和定性分档：事由或理由不足四个字，
或者是“酌情扣分”“其他原因”“综合评定”之类没有内容的话，是警告。有标准或方法的扣分能够推算，不在此列。

正例：写明了什么事。

    指标体系:
      - 名称: 完成及时性
        分值: 9
        计分方法: 逐项扣分
        参数: {扣分项: [{事由: 一个社区超出时限一个月完成, 扣分: 1.78}]}

反例：只写“酌情扣分”和“扣分”。

    指标体系:
      - 名称: 完成及时性
        分值: 9
        计分方法: 逐项扣分
        参数:
          扣分项:
            - {事由: 酌情扣分, 扣分: 1.78}   # !K104 完成及时性 酌情扣分 1.78
      - 名称: 制度建设
        分值: 5
        计分方法: 直接评分
        参数: {得分: 4, 理由: 扣分}   # !K104 制度建设 理由
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...fields import Record
from ...findings import Level
from ...names import own_names
from ...scores import Node
from .. import Case, Fault
from ..indicators import Method, called, lost, methods, points

CODE = "K104"
LEVEL = Level.WARNING

FEWEST = 4  # characters
EMPTY = (
    *("酌情扣分", "酌情扣减", "酌情评分", "酌情给分", "酌情打分", "其他原因", "其它原因", "其他扣分"),
    *("其它扣分", "其他问题", "综合评定", "综合评分", "综合考虑", "综合打分", "评价组评定", "评价组打分"),
    *("专家打分", "专家评分", "人工评定", "人工评分", "按标准扣分", "按规定扣分", "适当扣分", "部分扣分"),
    *("存在问题", "存在不足", "有待提高", "有待改进", "有待加强", "详见说明"),
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each manual deduction or score whose reason says nothing."""
    for node in case.scores.leaves():
        if lost(node) is not None:
            for method in methods(node):
                yield from _of(case, node, method)


def _of(case: Case, node: Node, method: Method) -> Iterator[Fault]:
    if method.rule in ("直接评分", "定性分档"):
        reason = method.parameters.get("理由")
        if reason is not None and _says_nothing(reason):
            what = f"“{called(node)}”没有打满分，理由只写了“{reason}”"
            yield Fault((*method.path, "理由"), what, quoted=reason, mend="写明具体情况")
    for index, item in enumerate(method.parameters.get("扣分项") or ()):
        one = dict(own_names(item)) if isinstance(item, Record) else {}
        if one.get("扣分") and not one.get("标准") and not one.get("计分方法") and _says_nothing(str(one["事由"])):
            what = f"“{called(node)}”人工扣{points(case, one['扣分'])}分，事由只写了“{one['事由']}”"
            path = (*method.path, "扣分项", index, "事由")
            yield Fault(path, what, quoted=one["事由"], mend="写明具体情况，或写出评分标准里的“标准”")


def _says_nothing(reason: str) -> bool:
    bare = re.sub(r"[\s，。、；：,.;:…—-]", "", reason)
    return len(bare) < FEWEST or bare in EMPTY
