"""满分与说明相反：得了满分的指标，却填了扣分原因，或者说明里说没有完成、没有达到、逾期等。

查满分的末级指标的扣分原因、完成情况说明和分析。扣分原因写“无”的，实际值高于指标值而在这里说明的，不算；
“没有发现逾期”“未出现不合格”这样否定的话不算，引用的规定（“办法规定，逾期的扣1分”）也不算。说明的是别的事的，换一种写法，或在“已核实”里写明。
常见的一种是节约率很高而得满分，说明里却写着并未形成有效节约。

正例：否定的说法。

    指标体系:
      - 名称: 资金使用合规性
        分值: 5
        计分方法: 直接评分
        参数: {得分: 5, 理由: 抽查凭证未见问题}
        完成情况说明: 抽查凭证60份，没有发现逾期支付和不合格票据。

正例：引用的是规定。

    指标体系:
      - 名称: 完成及时性
        分值: 5
        计分方法: 直接评分
        参数: {得分: 5, 理由: 按期完成}
        完成情况说明: 评分标准规定，逾期完成的每处扣0.5分；文件规定逾期的扣分。各单位都在时限之内完成。

反例：满分，却说没有按期完成；满分，却写了扣分原因。

    指标体系:
      - 名称: 完成及时性
        分值: 5
        计分方法: 直接评分
        参数: {得分: 5, 理由: 工作均已开展}
        完成情况说明: |
          多数工作按计划开展。
          两个服务站因装修停业，逾期完成。   # !K110 完成及时性 逾期完成
      - 名称: 资料完整性
        分值: 5
        计分方法: 直接评分
        参数: {得分: 5, 理由: 资料已经归档}
        完成情况说明: 抽查发现一个服务站的台账不完整。   # !K110 资料完整性 不完整
      - 名称: 质量达标率
        分值: 5
        计分方法: 直接评分
        参数: {得分: 5, 理由: 检查合格}
        扣分原因: 一处台账缺签字   # !K110 质量达标率 扣分原因
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import HOLE, typed
from ...scores import Node
from ...values import Target
from .. import Case, Fault
from ..indicators import SOLVED, TAKEN_BACK, called, figure, filled, in_full, quotes_rule, reached

CODE = "K110"
LEVEL = Level.WARNING

_DONE = ("完成", "达到", "达标", "实现", "按时", "按期", "形成", "到位", "落实", "建立", "制定", "执行", "兑现", "如期")
DENIALS = (
    *(f"{no}{done}" for no in ("未", "没有", "未能", "尚未") for done in _DONE),
    *("逾期", "超期", "超出时限", "超过时限", "超出规定时限", "超过规定时限", "延期完成", "不达标", "不到位", "不合格"),
    *("不规范", "不完整", "不健全", "不及时"),
)
LONGEST = 40
CLAUSE_ENDS = "，。；！？：,;\n"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row with full marks beside a text that denies them."""
    for node in case.scores.leaves():
        if in_full(node):
            yield from _reason(case, node)
            yield from _denied(case, node)


def _reason(case: Case, node: Node) -> Iterator[Fault]:
    reason = node.indicator.reason
    if (
        filled(reason)
        and not _beyond(case, node)
        and not re.match("无|没有偏差|未扣分|不扣分|—|-", str(reason).strip())
    ):
        what = f"“{called(node)}”得了满分，却填了扣分原因"
        yield Fault((*node.path, "扣分原因"), what, quoted=str(reason)[:LONGEST], mend="删去扣分原因，或按评分标准扣分")


def _beyond(case: Case, node: Node) -> bool:
    """Whether the actual value is not just its target: then 偏差原因 is the place to say why it is better."""
    goal, actual = node.indicator.target, reached(node)
    if not isinstance(goal, Target) or actual is None:
        return False
    wanted, found = figure(goal, case.style.forms), figure(actual, case.style.forms)
    return wanted is not None and found is not None and found.amount != wanted.amount


def _denied(case: Case, node: Node) -> Iterator[Fault]:
    for key, text in (("完成情况说明", node.indicator.facts), ("分析", node.indicator.analysis)):
        path = (*node.path, key)
        for paragraph in text or ():
            clause = denial(typed(str(paragraph)))
            if clause:
                what = f"“{called(node)}”得了满分，{key}里却说“{clause}”"
                mend = "核对得分；说的是别的事的，改写这句话，或在“已核实”里说明"
                yield Fault(path, what, quoted=clause, mend=mend, where=case.source.line_of(path, paragraph))
                return


def denial(text: str) -> str | None:
    """The first clause that says something was not done, not reached or late; None when there is none."""
    if any(word in text for word in SOLVED):
        return None
    for word in DENIALS:
        for match in re.finditer(word, text):
            start = max(text.rfind(mark, 0, match.start()) for mark in CLAUSE_ENDS) + 1
            before = text[start : match.start()]
            taken_back = any(one in before for one in TAKEN_BACK) or before.endswith("无")
            if not taken_back and not quotes_rule(text, *match.span()):
                return re.split(f"[{CLAUSE_ENDS}]", text[start:])[0].strip().replace(HOLE, "…")[:LONGEST]
    return None
