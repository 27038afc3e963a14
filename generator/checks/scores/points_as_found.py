"""要点与查明的情况：要点写着达到，说明或完成情况说明却说没有；写着没有达到，说明却说都符合。

“按要点得分”的每个要点：“达到: 是”，它自己的“说明”（没有达到的具体情况）说没有、未、不；
或者完成情况说明里说没有这个要点所说的事（要点“资料齐全并归档”，查明“记录没有归档”），而没有别的要点为此写“否”；
“达到: 否”，“说明”里没有一个否定的字，只说符合、齐全、健全等。都是警告。
“没有发现问题”“不存在截留”这样的话不算；要点本身是否定的说法（“不与同类项目重复”）不核查。

正例：说明是肯定的；没有归档的，记在另一个要点。

    指标体系:
      - 名称: 制度执行有效性
        分值: 4
        完成情况说明: 管理规定得到执行，没有发现违规支出；部分记录没有归档。
        计分方法: 按要点得分
        参数:
          分配: 均分
          要点:
            - {要点: 遵守管理规定, 达到: 是, 说明: 抽查没有发现问题}
            - {要点: 资料齐全并归档, 达到: 否, 说明: 部分记录没有归档}

反例：说明、完成情况说明都说没有；没有达到，却说符合。

    指标体系:
      - 名称: 制度执行有效性
        分值: 6
        完成情况说明: 管理规定得到执行；部分记录没有归档。
        计分方法: 按要点得分
        参数:
          分配: 均分
          要点:
            - 要点: 资料齐全并归档
              达到: 是   # !K117 资料齐全并归档 没有归档
            - 要点: 额度与任务匹配
              达到: 是   # !K117 额度与任务匹配 没有考虑服务人次的差别
              说明: 没有考虑服务人次的差别
            - 要点: 人员落实
              达到: 否   # !K117 人员落实 人员齐全，符合规定
              说明: 人员齐全，符合规定
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...fields import Path, Record
from ...findings import Level
from ...names import own_names
from ...passages import HOLE, typed
from ...scores import Node
from .. import Case, Fault
from ..indicators import SOLVED, TAKEN_BACK, called, methods, words

CODE = "K117"
LEVEL = Level.WARNING

_NOT = re.compile("没有|没能|未能|尚未|不够|不便|不能|未|不")
# What is good not to be there, behind the word that denies; and what a denial may begin inside of.
HARMLESS = (
    *("改变", "调整", "变更", "追加", "突破", "转包", "分包", "损失", "浪费", "增加", "涉及", "需", "适用", "影响"),
    *("定期", "少", "低", "限", "含", "再", "止", "必", "断", "变"),
    *("发现", "出现", "发生", "存在", "超", "违", "重复", "截留", "挤占", "挪用", "虚列", "拖欠", "问题", "遗漏"),
    *("逾期", "得", "仅", "但", "同", "只", "来", "套取", "冒领", "异议", "不符", "不合"),
    *("偏差", "差异"),
)
NEGATIVE = "没未不无缺欠少差只仅除但弱低晚迟超滞漏违错误难偏非待缓乱部分个别问题"
POSITIVE = ("符合", "齐全", "健全", "完整", "达到", "全部", "均已", "规范", "匹配", "合规", "合理")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each point whose 达到 the words beside it deny."""
    for node in case.scores.leaves():
        for method in methods(node):
            listed = [dict(own_names(one)) for one in method.parameters.get("要点") or () if isinstance(one, Record)]
            for index, point in enumerate(listed):
                yield from _of(node, (*method.path, "要点", index, "达到"), point, listed)


def _of(node: Node, path: Path, point: dict[str, Any], listed: list[dict[str, Any]]) -> Iterator[Fault]:
    text, remark = str(point.get("要点") or ""), str(point.get("说明") or "")
    if _NOT.search(text) or "无" in text:
        return
    whose, mend = f"“{called(node)}”的要点“{text}”", "核对“达到”写的是还是否"
    if point.get("达到") is True:
        where, said = "说明", next((clause for clause, _ in _denied(remark)), None)
        if said is None:
            others = [str(one.get("要点")) + str(one.get("说明")) for one in listed if one.get("达到") is False]
            where, said = "完成情况说明", _of_point(words(node.indicator.facts), text, others)
        if said:
            what = f"{whose}写着达到，{where}却说“{said}”"
            yield Fault(path, what, expected="否", actual="是", quoted=said, mend=mend)
    elif point.get("达到") is False and any(word in remark for word in POSITIVE) and not set(remark) & set(NEGATIVE):
        said = _shown(remark)
        what = f"{whose}写着没有达到，说明却说“{said}”"
        yield Fault(path, what, expected="是", actual="否", quoted=said, mend=mend)


def _of_point(facts: str, text: str, others: list[str]) -> str | None:
    """The clause that denies what a point asks for, and that no point that is not met accounts for."""
    for clause, denied in _denied(facts):
        if len(denied) == 2 and denied in text and not any(denied in other for other in others):
            return clause
    return None


def _denied(text: str) -> Iterator[tuple[str, str]]:
    """The clauses that say something is not so, each with the two characters that are denied."""
    shown = typed(text)
    if any(word in shown for word in SOLVED):
        return
    for clause in re.split(r"[，。；！？：,;\n]", shown):
        for match in _NOT.finditer(clause):
            before, behind = clause[: match.start()], clause[match.end() :]
            if behind and not behind.startswith(HARMLESS) and not any(word in before for word in TAKEN_BACK):
                yield _shown(clause), behind[:2]


def _shown(text: str) -> str:
    return text.strip().replace(HOLE, "…")[:40]
