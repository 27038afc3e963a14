"""Kinds of faults: 分值和得分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.fields import Path as Place
from generator.values import plain

from ..sample import Fault, Sample, scalars
from .registry import kind


def indicators(sample: Sample) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every indicator as plain data."""
    pending: list[tuple[Place, Any]] = [
        (("指标体系", index), one) for index, one in enumerate(sample.tree.get("指标体系") or ())
    ]
    while pending:
        place, one = pending.pop(0)
        yield place, one
        pending += [((*place, "下级", index), inner) for index, inner in enumerate(one.get("下级") or ())]


@kind
def weights(sample: Sample) -> Iterator[Fault]:
    """得分：分值改动。每个写明的分值加1、减1，合计不再相符。"""
    for place, one in indicators(sample):
        for change in (1, -1):
            if "分值" in one and Decimal(one["分值"]) + change > 0:
                yield sample.put((*place, "分值"), plain(Decimal(one["分值"]) + change))


@kind
def direct_scores(sample: Sample) -> Iterator[Fault]:
    """得分：直接评的分改动。直接评分减1分（理由仍说达到目标）、改为比分值多1分。"""
    for place, one in indicators(sample):
        if one.get("计分方法") == "直接评分":
            score = Decimal(one["参数"]["得分"])
            for changed in (score - 1, Decimal(one["分值"]) + 1):
                yield sample.put((*place, "参数", "得分"), plain(changed))


@kind
def graded_scores(sample: Sample) -> Iterator[Fault]:
    """得分：评分超出档次。定性分档的评分改为不在评定的档次里。"""
    for place, one in indicators(sample):
        if one.get("计分方法") == "定性分档":
            yield sample.put((*place, "参数", "评分"), plain(Decimal(one["分值"]) / 5))


@kind
def turned_points(sample: Sample) -> Iterator[Fault]:
    """得分：要点是否达到改动。没有说明的“是”改成“否”（扣分没有理由），有说明的“否”改成“是”（说明仍说没有达到）。"""
    for place, one in indicators(sample):
        for index, point in enumerate((one.get("参数") or {}).get("要点") or ()):
            turned = "否" if point.get("达到") == "是" else "是"
            yield sample.put((*place, "参数", "要点", index, "达到"), turned)


@kind
def dropped_points(sample: Sample) -> Iterator[Fault]:
    """得分：要点漏列。删去一项要点，与评分标准或指标说明里的项数不再相符。"""
    for place, one in indicators(sample):
        listed = re.search(r"[①-⑳].*[①-⑳]", str(one.get("说明")), re.DOTALL)
        counted = re.search(r"[一二三四五六七八九十两]项要点", str(one.get("评分标准")))
        for index, _ in enumerate((one.get("参数") or {}).get("要点") or ()):
            if listed or counted:
                yield sample.drop((*place, "参数", "要点", index))


@kind
def rule_figures(sample: Sample) -> Iterator[Fault]:
    """得分：计分参数改动。参数里的基准、每档、扣分等改动，与评分标准的文字不再相符。评分标准里没有写这个数的不计。"""
    for place, one in indicators(sample):
        standard = str(one.get("评分标准"))
        for inner, text in scalars(one.get("参数"), (*place, "参数")):
            match = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", text)
            keys = ("基准", "每档", "每档扣分", "每档扣减比例", "不得分线", "目标值", "满分线", "标准", "扣减基数")
            if match and inner[-1] in keys and re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", standard):
                yield sample.put(inner, plain(Decimal(match[1]) / 2) + match[2])


@kind
def manual_cuts(sample: Sample) -> Iterator[Fault]:
    """得分：扣分与标准不符。扣分改为两倍，与所写的标准不再相符。没有写标准的（人工评定）不计。"""
    for place, one in indicators(sample):
        for index, cut in enumerate((one.get("参数") or {}).get("扣分项") or ()):
            if cut.get("标准") and cut.get("扣分"):
                yield sample.put((*place, "参数", "扣分项", index, "扣分"), plain(Decimal(cut["扣分"]) * 2))


@kind
def lower_actuals(sample: Sample) -> Iterator[Fault]:
    """得分：指标完成值改小。完成值改为一半，达不到指标值而没有原因。按“≤”考核的、完成值是文字的不计。"""
    for place, one in indicators(sample):
        match = re.fullmatch(r"(=?)(\d+)(.*)", str(one.get("完成值")))
        if match and not str(one.get("指标值")).startswith(("≤", "<")) and int(match[2]) > 1:
            yield sample.put((*place, "完成值"), f"{match[1]}{int(match[2]) // 2}{match[3]}")


@kind
def given_results(sample: Sample) -> Iterator[Fault]:
    """得分：给出的总分与等级不符。总分加15分，或换成别的等级，或换成样式没有的等级。"""
    result = sample.data.result
    if result and result.total is not None and result.grade:
        yield sample.put(("评价结果", "总分"), plain(result.total + 15))
        others = [band.name for band in sample.judged.style.file.grades if band.name != result.grade]
        for grade in (*others, "合格"):
            yield sample.put(("评价结果", "等级"), grade)


@kind
def dropped_reasons(sample: Sample) -> Iterator[Fault]:
    """得分：扣分原因漏写。删去扣分原因、没有达到的要点的说明、扣分的事由、评分的理由。得满分的不计。"""
    lost = {node.path for node in sample.judged.scores.leaves() if node.points != node.full}
    for place, one in indicators(sample):
        if place not in lost:
            continue
        for inner, _ in scalars(one, place):
            point = sample.at(inner[:-1])
            missed = inner[-1] == "说明" and isinstance(point, dict) and point.get("达到") == "否"
            if inner[-1] in ("扣分原因", "事由", "理由") or missed:
                yield sample.drop(inner)


@kind
def doubled_indicators(sample: Sample) -> Iterator[Fault]:
    """得分：指标写了两遍。每个末级指标。"""
    for place, one in indicators(sample):
        if "下级" not in one and "不适用" not in one:
            yield sample.double(place)
