"""满分、得分和得分率：得分率等于得分除以满分，得分等于满分减扣分，不超过满分。

看一句里的“得分b分”“得分率c%”，和这一句或前一句的“满分为a分”，按印出的位数四舍五入比较；只有一个满分、一个得分的才算。

正例：

    该项满分为34分，评价得分32.73分，得分率96.26%。
    资金落实指标满分为4分。此项综合评价得分为3.76分，得分率94%。
    项目得分84.68分，绩效等级为“良”。其中：决策12.48分（分值15分，得分率83.20%）。

    该指标分值5分，未完成扣1分，资料不全扣0.5分，得3.5分。

反例：

    该指标分值5分，扣1.5分，得4.5分。   # !A102 3.5分
    决策类扣分2.5分，过程类扣分4分，产出类扣分3分，综合得分91.5分。   # !A102 90.5分
    产出指标扣3分，效益指标扣2.5分，合计扣6.5分。   # !A102 5.5分
    该项满分为34分，评价得分32.73分，得分率96.62%。   # !A102 96.26%
    该项满分为9分，得分9.5分，得分率105.56%。   # !A102 超过
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import half_up, plain
from ..wording import fault
from . import Case, Fault

CODE = "A102"
LEVEL = Level.ERROR

_NUMBER = r"(\d{1,6}(?:\.\d{1,6})?)"
_FULL = re.compile(rf"(?:满分|分值|权重)(?:共|为|是|：)?{_NUMBER}分")
_POINTS = re.compile(rf"(?<!未)(?:得分|实得|评分|评得|得)(?:共|为|是|：)?{_NUMBER}分")
_LOST = re.compile(rf"扣(?:除|减|掉|了|分)?{_NUMBER}分")
_LOST_IN_ALL = re.compile(rf"(?:共|合计|总共|共计|累计)扣(?:除|减|掉|了)?{_NUMBER}分")
_WHOSE = re.compile("(?:[^，；。、：:（(\\s该其此合项指标]|上年|其他|指标)$")  # the rate of something else
_TOTAL = re.compile(rf"(?:综合|总)得分(?:为|是)?{_NUMBER}分")
FULL = Decimal(100)
_RULE = re.compile("每|扣完为止|最多|若|如果|否则|标准|上限|加分|奖励|按比例")
_BRACKETED = re.compile(rf"{_NUMBER}分[（(](?:分值|满分|权重)(?:为)?{_NUMBER}分，得分率(?:为)?{_NUMBER}[%％]")
_RATE = re.compile(rf"得分率(?:为|是|达到|达|：)?{_NUMBER}[%％]")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate that points and full marks do not give, and for points above full marks."""
    for passage in case.passages:
        yield from _of_deductions(passage)
        yield from _of_all_lost(passage)
        yield from _of_hundred(passage)
        for points, full, rate, start, end in _statements(passage.typed):
            if Decimal(points) > Decimal(full):
                what = f"得分{points}分超过了满分{full}分"
                yield fault(passage, start, end, what, expected=f"不超过{full}分", actual=f"{points}分")
                continue
            places = len(rate.partition(".")[2])
            wanted = half_up(Decimal(points) / Decimal(full) * 100, places)
            if wanted != Decimal(rate):
                shown = f"{wanted:.{places}f}%"
                what = f"满分{full}分，得分{points}分，得分率应为{shown}，印的是{rate}%"
                yield fault(passage, start, end, what, expected=shown, actual=f"{rate}%")


def _of_deductions(passage: Passage) -> Iterator[Fault]:
    """A fault for points that are not the full marks less what is taken off in the sentence."""
    for full, lost, points, start, end in _deductions(passage.typed):
        if Decimal(full) - lost != Decimal(points):
            wanted = plain(Decimal(full) - lost) + "分"
            what = f"满分{full}分，扣{plain(lost)}分，得分应为{wanted}，印的是{points}分"
            yield fault(passage, start, end, what, expected=wanted, actual=f"{points}分")


def _of_all_lost(passage: Passage) -> Iterator[Fault]:
    """A fault for a total of points taken off that those named before it in the sentence do not come to."""
    for sentence in re.finditer(r"[^。；\n]+", passage.typed):
        total = _LOST_IN_ALL.search(sentence[0])
        lost = [Decimal(one) for one in _LOST.findall(sentence[0][: total.start()])] if total else []
        if total and len(lost) > 1 and sum(lost, Decimal()) != Decimal(total[1]) and not _RULE.search(sentence[0]):
            wanted = plain(sum(lost, Decimal())) + "分"
            start, end = (sentence.start() + at for at in total.span())
            what = f"前面各项扣的相加是{wanted}，写的是{total[1]}分"
            yield fault(passage, start, end, what, expected=wanted, actual=f"{total[1]}分")


def _of_hundred(passage: Passage) -> Iterator[Fault]:
    """A fault for a total of points that is not 100 less all that is taken off in its sentence."""
    for sentence in re.finditer(r"[^。；\n]+", passage.typed):
        total = _TOTAL.search(sentence[0])
        lost = [Decimal(one) for one in _LOST.findall(sentence[0][: total.start()])] if total else []
        if total and len(lost) > 1 and not (_RULE.search(sentence[0]) or _LOST_IN_ALL.search(sentence[0])):
            wanted = FULL - sum(lost, Decimal())
            if wanted != Decimal(total[1]):
                start, end = (sentence.start() + at for at in total.span())
                what = f"100分减去各项扣分是{plain(wanted)}分，写的是{total[1]}分"
                expected, actual = f"{plain(wanted)}分", f"{total[1]}分"
                yield fault(passage, start, end, what, expected=expected, actual=actual, level=Level.WARNING)


def _deductions(text: str) -> Iterator[tuple[str, Decimal, str, int, int]]:
    """The full marks, all that is taken off and the points of each sentence that has each, with where those stand."""
    for sentence in re.finditer(r"[^。；\n]+", text):
        full, points = _FULL.findall(sentence[0]), list(_POINTS.finditer(sentence[0]))
        lost = _LOST.findall(sentence[0])
        if len(full) == len(points) == 1 and lost and not _RULE.search(sentence[0]):
            total = _LOST_IN_ALL.search(sentence[0])
            taken = Decimal(total[1]) if total else sum(map(Decimal, lost), Decimal())
            start, end = (sentence.start() + at for at in points[0].span())
            yield full[0], taken, points[0][1], start, end


def _statements(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """The points, full marks and rate of each statement, with where it stands."""
    for match in _BRACKETED.finditer(text):
        if Decimal(match[2]):
            yield match[1], match[2], match[3], match.start(), match.end()
    for rate in _RATE.finditer(text):
        if _WHOSE.search(text[: rate.start()]):
            continue
        before = re.split(r"[\n；]", text[: rate.start()])[-1]
        sentences = before.split("。")[-2:]
        full, points = set(_FULL.findall("。".join(sentences))), set(_POINTS.findall(sentences[-1]))
        if len(full) == 1 and len(points) == 1 and Decimal(next(iter(full))):
            yield next(iter(points)), next(iter(full)), rate[1], rate.start(), rate.end()
