"""参数与评分标准：计分参数里的数，与评分标准的文字相同。

评分标准写“达到90%得满分”的，与满分线、基准、目标值或标准（取写了的第一个）比较；写“每低10%扣1分”“每5%扣减分值的0.4%”的，
与每档和每档扣分（或每档扣减比例）比较；写“低于50%不得分”的，与不得分线比较；定性分档写“达成的得80%至100%”的，
与该档次的下限比较。文字里没有这样的话、同样的话出现两次的，不核查。
得分由参数算出，读者看到的是文字，两者不同，得分就对不上评分标准。

正例：文字和参数相同。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        评分标准: 满意度达到90%得满分，每下降1%扣0.1分。
        测算: 83%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 1%, 每档扣分: 0.1, 取档: 按比例}

反例：文字是每下降 1% 扣 0.1 分，参数是扣 0.2 分。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        评分标准: 满意度达到90%得满分，每下降1%扣0.1分。
        测算: 83%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 1%, 每档扣分: 0.2, 取档: 按比例}   # !K116 群众满意度 每档扣分 0.2分 0.1分

反例：按百分点写的，每低 1 个百分点扣 0.5 分，参数是 0.4 分。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        评分标准: 满意度达到90%以上（含90%）得满分，每低于目标值1个百分点扣0.5分。
        测算: 83%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 1%, 每档扣分: 0.4, 取档: 按比例}   # !K116 每档扣分 0.4分 0.5分

反例：文字是低于 50% 不得分，参数是 25%。

    指标体系:
      - 名称: 实际完成率
        分值: 9
        评分标准: 完成率达到100%得满分，每低10%扣1分，低于50%不得分。
        测算: 80%
        计分方法: 按档扣分
        参数: {基准: 100%, 每档: 10%, 每档扣分: 1, 取档: 按比例, 不得分线: 25%}   # !K116 不得分线 25% 50%

反例：定性分档，文字是达成的得80%以上，参数是90%。

    指标体系:
      - 名称: 社会效益
        分值: 10
        评分标准: 达成的得80%（含）至100%，部分达成的得60%（含）至80%，未达成的得60%以下。
        计分方法: 定性分档
        参数:
          档次:   # !K116 社会效益 达成 下限 90% 80%
            - {名称: 达成, 下限: 90%}
            - {名称: 部分达成, 下限: 60%}
            - {名称: 未达成, 下限: 0%}
          评定: 部分达成
          评分: 6.5
          理由: 近半数服务站没有运营
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...fields import Record
from ...findings import Level
from ...names import own_names
from ...passages import typed
from ...scores import Node
from ...values import Rate, plain
from .. import Case, Fault
from ..indicators import Method, called, methods, words

CODE = "K116"
LEVEL = Level.WARNING

_NUMBER = r"(\d{1,6}(?:\.\d{1,4})?)"
_PERCENT = r"(?:%|个?百分点)"
_FULL = re.compile(rf"(?:达到|达标率为|不低于|≥){_NUMBER}%(?:（含）)?(?:及?以上)?(?:（含[^）]*）)?的?，?得满分")
_STEP = re.compile(
    rf"每(?:[降低少差下降减少于]{{1,4}}(?:目标值?|指标值|基准)?)?{_NUMBER}{_PERCENT}的?，?扣减?([^\d，。；%]{{0,4}}){_NUMBER}(分|%)"
)
_NOTHING = re.compile(rf"(?:低于|不足|不到|小于){_NUMBER}%(?:的|时)?，?(?:本项|该项)?不得分")
FULL_KEYS = ("满分线", "基准", "目标值", "标准")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row whose parameters are not those that its 评分标准 tells."""
    for node in case.scores.leaves():
        text = re.sub(r"\s", "", typed(words(node.indicator.standard)))
        for method in list(methods(node))[:1]:
            said = [one for key, value in _told(text, method) if (one := _other(method, key, value))]
            said += _grades(text, method)
            if said:
                yield _fault(node, method, said)


def _fault(node: Node, method: Method, said: list[tuple[str, str, str]]) -> Fault:
    differing = "，".join(f"{key}是{actual}，评分标准写{expected}" for key, expected, actual in said)
    expected, actual = "、".join(one[1] for one in said), "、".join(one[2] for one in said)
    what = f"“{called(node)}”的{differing}"
    return Fault(method.path, what, expected=expected, actual=actual, mend="核对后改成一致")


def _told(text: str, method: Method) -> Iterator[tuple[str, str]]:
    """The keys that the text gives a value for, and the value as it would print: `90%`, `0.1分`."""
    full, step = _FULL.findall(text), _STEP.findall(text)
    key = next((key for key in FULL_KEYS if method.parameters.get(key) is not None), None)
    if len(full) == 1 and key:
        yield key, f"{plain(Decimal(full[0]))}%"
    nothing = _NOTHING.findall(text)
    if len(nothing) == 1:
        yield "不得分线", f"{plain(Decimal(nothing[0]))}%"
    if len(step) == 1:
        (gap, _, cut, unit) = step[0]
        yield "每档", f"{plain(Decimal(gap))}%"
        yield "每档扣分" if unit == "分" else "每档扣减比例", f"{plain(Decimal(cut))}{unit}"


def _grades(text: str, method: Method) -> Iterator[tuple[str, str, str]]:
    """The floor of each grade that the text tells otherwise: `达成的得80%（含）至100%`."""
    for grade in method.parameters.get("档次") or ():
        said = dict(own_names(grade)) if isinstance(grade, Record) else {}
        name, floor = str(said.get("名称") or ""), said.get("下限")
        pattern = rf"(?:^|[，。；：、]){re.escape(name)}的?，?得?(?:分值的)?{_NUMBER}%(?:（含）)?(?:[至到—~-]|及?以上)"
        told = re.findall(pattern, text)
        if name and len(told) == 1 and isinstance(floor, Rate) and floor.percent != Decimal(told[0]):
            yield f"“{name}”的下限", f"{plain(Decimal(told[0]))}%", f"{plain(floor.percent)}%"


def _other(method: Method, key: str, told: str) -> tuple[str, str, str] | None:
    """The key, what the text says and what the parameter is, where these differ and are of one kind."""
    value: Any = method.parameters.get(key)
    if isinstance(value, Rate) and told.endswith("%"):
        actual = f"{plain(value.percent)}%"
    elif isinstance(value, Decimal) and told.endswith("分"):
        actual = f"{plain(value)}分"
    else:
        return None
    return (key, told, actual) if actual != told else None
