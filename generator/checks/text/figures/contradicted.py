"""文字与数据不符：文字里写的数，与数据里同名的数不一样。

看“资金到位率为25.56%”“项目预算66万元”“发放问卷50份”“综合得分88.5分”这样名称后面直接写的数，与数据给出的、
或由数据算出的数比较；文字里写得粗的（26.6%、17.53万元）按四舍五入比较，带“约”“余”“以上”的不比较。
同一句里有“其中”“计划”“目标”“较”等字，有别的年份，有单位、区域、用途的名称的，说的可能不是总数，不比较。
指标和满意度可能另有口径，名称前面另有定语的、与数据里别的数相等的可能不是同一个数，这几种记为警告。
只有目标值、没有完成值的不比较。等级也比较。

正例：四舍五入后相同，说的是目标，说的是一部分。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    正文:
      项目概况: 项目预算66万元，实际到位资金17.53万元，资金到位率为26.6%。
      实施内容: 资金到位率要求达到100%。其中，东风里社区实际支出38,929.35元。

反例：率、金额、份数各写错一处。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    问卷: {发放: 40, 收回: 40, 有效: 40}
    正文:
      项目概况: 截至年底，资金到位率为25.56%，支出进度正常。   # !X102 26.56% 25.56%
      实施内容: 项目预算67万元，全部由财政安排。   # !X102 66万元 67万元 相差1万元
      评价过程: 评价组发放问卷50份，全部收回。   # !X102 40份
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....findings import Level
from ....passages import Passage
from ....scores import operand_of
from ....values import Points, Rate, in_form, plain
from ... import Case, Fault
from .. import HAN, fault
from .known import Known, known_figures
from .said import Said
from .told import contradictions, told
from .typed import Typed

CODE = "X102"
LEVEL = Level.ERROR
_GRADE_BY_NAME = "改写为 {{ 评价结果.等级 }}"
_GRADE = re.compile(rf"等级(?:评定|确定)?(?:为|是|：)[“‘]?([{HAN}]{{1,2}})(?![、{HAN}])")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed figure or grade that is not what the data has under that name."""
    known = known_figures(case)
    for passage, said in contradictions(case):
        yield _contradiction(case, passage, said, bool(known.equal(said.typed)))
    for passage in told(case):
        yield from _grades(case, passage)


def _contradiction(case: Case, passage: Passage, said: Said, another: bool) -> Fault:
    """The fault; no more than a 警告 where the figure is another one of the data, reckoned or called otherwise."""
    first, typed = next(one for one in said.known if not one.aim), said.typed
    actual = passage.typed[typed.start : typed.end] + (first.unit if first.kind == "count" else "")
    expected = _printed(case, first)
    name = f"（{first.name}）" if first.name else ""
    more = "" if len({one.value for one in said.known if not one.aim}) == 1 else "等"
    what = f"文字里{said.label}是{actual}，数据里{name}是{expected}{more}，相差{_difference(case, first, typed)}"
    mend = f"改写为 {{{{ {first.name} }}}}，由程序代入；或改正数据" if first.name else "改正文字或数据"
    level = Level.ERROR if first.sure and said.plain and not another else Level.WARNING
    return fault(passage, typed.start, typed.end, what, expected=expected, actual=actual, mend=mend, level=level)


def _difference(case: Case, known: Known, typed: Typed) -> str:
    gap = abs(known.value - typed.value)
    if known.kind == "money":
        return _amount(case, gap)
    unit = {"rate": "个百分点", "points": "分"}.get(known.kind, known.unit)
    return f"{plain(gap)}{unit}"


def _printed(case: Case, known: Known) -> str:
    forms = case.style.forms
    if known.kind == "money":
        return _amount(case, known.value)
    if known.kind == "rate":
        return str(in_form(Rate(known.value / Decimal(100)), forms.rate))
    return f"{Points(known.value, forms.points)}分" if known.kind == "points" else f"{plain(known.value)}{known.unit}"


def _amount(case: Case, yuan: Decimal) -> str:
    """An amount in the style's unit, with all its digits."""
    return operand_of(yuan, "money", case.style.forms).text + case.style.forms.money.unit


def _grades(case: Case, passage: Passage) -> Iterator[Fault]:
    grade = case.scores.grade
    for match in _GRADE.finditer(passage.typed) if grade else ():
        if match[1] in case.scores.grades and match[1] != grade:
            what = f"文字里等级是“{match[1]}”，按得分应为“{grade}”"
            yield fault(passage, *match.span(), what, expected=grade, actual=match[1], mend=_GRADE_BY_NAME)
