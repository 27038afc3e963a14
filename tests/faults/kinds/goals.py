"""Kinds of faults: 绩效目标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.fields import Path as Place

from ..sample import Fault, Sample
from .registry import kind
from .scores import indicators

TURNED = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}


def goals(sample: Sample) -> Iterator[tuple[Place, dict[str, Any]]]:
    for index, row in enumerate((sample.tree.get("绩效目标") or {}).get("指标") or ()):
        yield ("绩效目标", "指标", index), row


@kind
def turned_signs(sample: Sample) -> Iterator[Fault]:
    """目标：符号颠倒。指标值的≥与≤、>与<互换；比率的“=”改为“≤”。"""
    for place, row in (*indicators(sample), *goals(sample)):
        for key in ("指标值", "调整后"):
            written_ = str(row.get(key) or "")
            if written_[:1] in TURNED:
                yield sample.put((*place, key), TURNED[written_[0]] + written_[1:])
            elif re.fullmatch(r"=\d+(?:\.\d+)?%", written_):
                yield sample.put((*place, key), "≤" + written_[1:])


@kind
def raised_targets(sample: Sample) -> Iterator[Fault]:
    """目标：指标值改高。指标的指标值改为完成值的两倍，达不到而没有原因。完成值是文字的不计。"""
    for place, one in indicators(sample):
        actual = re.fullmatch(r"=?(\d+)(.*)", str(one.get("完成值")))
        target = re.fullmatch(r"([=≥])(\d+)(.*)", str(one.get("指标值")))
        if actual and target and not target[3].startswith("%"):
            yield sample.put((*place, "指标值"), f"{target[1]}{int(actual[1]) * 2}{target[3]}")


@kind
def other_targets(sample: Sample) -> Iterator[Fault]:
    """目标：申报的指标值与评分标准不符。计分所用的那个指标值改动，与对应指标的评分标准（含指标值的数字）不再相符。"""
    named = {str(one["名称"]): one for _, one in indicators(sample)}
    for place, row in goals(sample):
        key = "调整后" if row.get("调整后") and row.get("计分采用") != "指标值" else "指标值"
        match = re.fullmatch(r"([=≥≤]?)(\d+)%", str(row.get(key)))
        one = named.get(str(row.get("对应指标")))
        if match and one and f"{match[2]}%" in f"{one.get('评分标准')}{one.get('说明')}":
            changed = int(match[2]) + (-7 if int(match[2]) > 10 else 3)
            yield sample.put((*place, key), f"{match[1]}{changed}%")


@kind
def goal_actuals(sample: Sample) -> Iterator[Fault]:
    """目标：完成值与指标算出的不符。申报目标的完成值改动。没有对应指标的不计。"""
    for place, row in goals(sample):
        match = re.fullmatch(r"(=?)(\d+)(.*)", str(row.get("完成值")))
        if match and row.get("对应指标"):
            changed = int(match[2]) - (3 if int(match[2]) > 10 else 1)
            yield sample.put((*place, "完成值"), f"{match[1]}{changed}{match[3]}")


@kind
def goal_links(sample: Sample) -> Iterator[Fault]:
    """目标：没有对应的指标。删去对应指标，或改成没有的指标；删去不单独计分的说明。名称与指标相同的，不写也对得上，不计删去。"""
    for place, row in goals(sample):
        if row.get("对应指标"):
            yield sample.put((*place, "对应指标"), str(row["对应指标"])[:-1] + "项")
            if not row.get("说明") and row["三级"] != row["对应指标"]:
                yield sample.drop((*place, "对应指标"))
        elif row.get("说明"):
            yield sample.drop((*place, "说明"))


@kind
def goal_reasons(sample: Sample) -> Iterator[Fault]:
    """目标：调整的原因漏写。删去调整原因。"""
    for place, row in goals(sample):
        if row.get("调整原因"):
            yield sample.drop((*place, "调整原因"))


@kind
def adjusted_afterwards(sample: Sample) -> Iterator[Fault]:
    """目标：事后把目标调成完成值。调整后改为与完成值相同。原来就相同的不计。"""
    for place, row in goals(sample):
        if row.get("调整后") and row.get("完成值") and row["调整后"].lstrip("=≥≤") != row["完成值"].lstrip("="):
            yield sample.put((*place, "调整后"), "=" + row["完成值"].lstrip("="))


@kind
def doubled_goals(sample: Sample) -> Iterator[Fault]:
    """目标：申报的指标写了两遍。"""
    for place, _ in goals(sample):
        yield sample.double(place)
