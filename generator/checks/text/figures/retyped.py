"""数字可以引用：文字里写的数，数据里已经有，应当引用它的名称，不再填一遍。

同一个数只填一次，改数据时文字跟着变。金额、百分比、份数、个数与数据给出的或由数据算出的数完全相等的，提示改写成
名称。整百整千的金额、整十的百分比、不足100的个数容易碰巧相同，只在前面写着这个数的名称时才提示；
指标的说明、评分标准和计分参数不核查；个数前面有“未”“其他”“另”“抽查”等字的，说的是别的个数，不提示。

正例：已经引用名称；碰巧相同的整数；个数相同，说的是别的社区。

    项目: {单位: [{名称: 东社区}, {名称: 西社区}, {名称: 南社区}]}
    资金: {预算: 20万元, 到位: 175312.57}
    正文:
      项目概况: 到位{{ 资金.到位 }}，每个社区每年补助20万元。
      实施内容: 没有安排项目的3个社区不在评价范围内。

反例：金额、比率、份数和个数都是数据里有的。

    项目: {单位: [{名称: 东社区}, {名称: 西社区}, {名称: 南社区}]}
    资金: {预算: 660000, 到位: 175312.57}
    问卷: {发放: 40}
    正文:
      项目概况: 财政安排66万元。   # !X101 资金.预算
      实施内容: 全年拨付175,312.57元用于社区。   # !X101 资金.到位
      评价过程: 发放问卷40份。   # !X101 问卷.发放
      综合结论: 评价组认为，到位的比例只有26.56%。   # !X101 资金.到位率
      评价范围: 全部用于3家社区。   # !X101 项目.单位数
"""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Level
from ....values import YUAN_IN
from ....wording import fault, sentence_around, sentences_of
from ... import Case, Fault
from .counted import another_count
from .known import Catalogue, Known, known_figures
from .said import label_before
from .typed import Typed, typed_figures

CODE = "X101"
LEVEL = Level.HINT
LEAST_COUNT = 100
LEAST_UNITS = 3  # a count of units named with their kind: 6家社区


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed figure that a name of the data would print."""
    known = known_figures(case)
    for passage in sentences_of(case):
        if "参数" in passage.path:
            continue
        for typed in typed_figures(passage.typed):
            one = _held(passage.typed, typed, known)
            if one:
                figure = passage.typed[typed.start : typed.end] + (one.unit if one.with_unit else "")
                printed = f"{{{{ {one.name}{_filter(case, typed)} }}}}"
                what = f"“{figure}”数据里已经有（{one.name}），改数据时这里不会跟着变"
                yield fault(passage, typed.start, typed.end, what, actual=figure, mend=f"改写为 {printed}")


def _held(text: str, typed: Typed, known: Catalogue) -> Known | None:
    """The figure of the data that the typed one is, where that can be no chance."""
    meant = known.meant(label_before(text, typed.start, known.by_label), typed)
    candidates = [one for one in meant if one.equals(typed)] if meant else known.equal(typed)
    own = bool(meant) or typed.kind != "count" or not another_count(text, typed.start)
    same = [one for one in candidates if own and one.name and (meant or _telling(one, typed))]
    start, _ = sentence_around(text, typed.start)
    before = text[start : typed.start]
    return max(same, key=lambda one: sum(step in before for step in one.name.split(".")), default=None)


def _telling(one: Known, typed: Typed) -> bool:
    """Whether the figure is so much its own that another would hardly be the same."""
    if typed.kind == "count":
        named = len(one.unit) > 2 and typed.value >= LEAST_UNITS
        return named or (bool(one.unit) and typed.value >= LEAST_COUNT and typed.digits > 1)
    if typed.kind == "money":
        return typed.digits > 1 and typed.value >= LEAST_COUNT
    return typed.kind == "rate" and typed.digits > 1


def _filter(case: Case, typed: Typed) -> str:
    """The filter that prints an amount in the unit that was typed, where the style prints another."""
    if typed.kind != "money" or typed.unit == case.style.forms.money.unit or typed.unit not in ("元", "万元"):
        return ""
    decimals = max(0, -int((typed.step / YUAN_IN[typed.unit]).as_tuple().exponent))
    return f"|{typed.unit}" + ("" if decimals == 2 else f"({decimals})")
