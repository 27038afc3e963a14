"""文字与数据不符：文字里写的数，与数据里同名的数不一样。

看“资金到位率为25.56%”“项目预算66万元”“发放问卷50份”“综合得分88.5分”这样名称后面直接写的数，与数据给出的、
或由数据算出的数比较；“尚有…元没有到位”“剩余…元未使用”、算式末尾的得数（到位率=17.53÷66×100%=25.56%）也看。
文字里写得粗的（26.6%、17.53万元）按四舍五入比较，带“约”“余”“以上”的不比较。
同一句里有“其中”“计划”“目标”“较”等字，有别的年份，有单位、区域、用途的名称的，说的可能不是总数，不比较。
指标和满意度可能另有口径，名称前面另有定语的、与数据里别的数相等的可能不是同一个数，这几种记为警告。
只有目标值、没有完成值的不比较。等级也比较。

指标的得分、满分、扣分、得分率，写在指标名称后面的（产出类指标得分30.22分），或写在这个指标自己的说明里的（扣1分），
与计分结果比较；一项指标分几处扣分的，单独一处或合计相符即可，讲评分标准的（每低10%扣1分）不比较。
个数比较这几种：“下辖5家社区”这样说全部单位的，与 项目.单位 的个数；“设7个二级指标”与指标体系、绩效目标里的个数；
指标自己的说明里“实际完成7个”“计划产出数12个”，与它的完成值、指标值、测算的分子分母。“共召开3次会议”这样的，
数据里有这项活动才与 实施.活动 的合计比较；“评价发现3个问题”，与 问题 的条数比较。
前面有“未”“其他”“抽查”“其中”等字的，说的是一部分或另外的，不比较。

正例：四舍五入后相同，说的是目标，说的是一部分。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    正文:
      项目概况: 项目预算66万元，实际到位资金17.53万元，资金到位率为26.6%，尚有484,687.43元没有到位。
      实施内容: 资金到位率要求达到100%。其中，东风里社区实际支出38,929.35元。

正例：得分、扣分、个数都与数据相符；讲标准的，说别的社区的。

    项目: {单位: [{名称: 东社区}, {名称: 西社区}, {名称: 南社区}]}
    指标体系:
      - 名称: 产出
        下级:
          - 名称: 培训完成率
            分值: 20
            指标值: =10场
            完成值: 8场
            完成情况说明: 计划完成10场，实际完成8场，其中上半年实际完成3场；每少1场扣2分，因此扣4分。
            计分方法: 按比例得分
            参数: {方向: 越高越好, 目标值: 10场}
          - {名称: 质量合格率, 分值: 10, 计分方法: 直接评分, 参数: {得分: 9, 理由: 有一处返工}}
    正文:
      综合结论: 产出指标满分30分，得分25分，得分率83.33%；其中培训完成率16分、质量合格率9分。
      实施内容: 项目下辖3家社区，未安排经费的5个社区不在其内；抽查了2个社区。
      指标体系说明: 指标体系设1个一级指标、2个二级指标，产出指标分为2个二级指标。

反例：率、金额、份数各写错一处。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    问卷: {发放: 40, 收回: 40, 有效: 40}
    正文:
      项目概况: 截至年底，资金到位率为25.56%，支出进度正常。   # !X102 26.56% 25.56%
      实施内容: 项目预算67万元，全部由财政安排。   # !X102 66万元 67万元 相差1万元
      评价过程: 评价组发放问卷50份，全部收回。   # !X102 40份
      资金到位说明: 尚有484,678.43元没有到位。   # !X102 484,687.43元 484,678.43元
      资金使用说明: 资金到位率=175,312.57÷660,000×100%=25.56%。   # !X102 26.56%
      综合结论: 受资金到位率25.56%、进度偏慢等因素影响，效果不够好。   # !X102 26.56%

反例：得分、扣分、满分、得分率和个数各写错一处。

    项目: {单位: [{名称: 东社区}, {名称: 西社区}, {名称: 南社区}]}
    指标体系:
      - 名称: 产出
        下级:
          - 名称: 培训完成率
            分值: 20
            指标值: =10场
            完成值: 8场
            完成情况说明: |
              全年实际完成7场。   # !X102 8场 7场
              培训场次不足，扣5分。   # !X102 4分 5分
            计分方法: 按比例得分
            参数: {方向: 越高越好, 目标值: 10场}
          - {名称: 质量合格率, 分值: 10, 计分方法: 直接评分, 参数: {得分: 9, 理由: 有一处返工}}
    正文:
      综合结论: 产出类指标得分26分。   # !X102 25分 26分
      评价结论: 产出指标满分36分，得分25分。   # !X102 30分 36分
      效益情况: 产出得分率93.33%。   # !X102 83.33% 93.33%
      实施内容: 项目下辖4家社区。   # !X102 3家 4家
      指标体系说明: 指标体系设1个一级指标、3个二级指标。   # !X102 2个 3个

反例：活动和问题的个数。

    实施:
      活动:
        - {名称: 会议, 量词: 次, 按区域: [{区域: 甲区, 数量: 4}, {区域: 乙区, 数量: 1}]}
    正文:
      实施内容: 全年共召开4次会议。   # !X102 5次 4次
      综合结论: 评价组发现2个问题。   # !X102 1个 2个
    问题:
      - {标题: 会议记录不全, 内容: 部分会议没有记录。, 原因: 没有专人记录。, 建议: {标题: 补全记录, 内容: 由专人记录。}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ....findings import Level
from ....passages import Passage
from ....values import YUAN_IN, Money, Points, Rate, in_form, places_of, plain
from ....wording import HAN, fault
from ... import Case, Fault
from .known import Known, known_figures
from .said import Said
from .told import contradictions, told
from .typed import Typed

CODE = "X102"
LEVEL = Level.ERROR
_GRADE_BY_NAME = "改写为 {{ 评价结果.等级 }}"
_GRADE = re.compile(rf"(?<!自评)等级(?:评定|确定)?(?:为|是|：)[“‘]?([{HAN}]{{1,2}})(?![、{HAN}])")


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
    expected = _printed(case, first, typed)
    name = f"（{first.name}）" if first.name else ""
    more = "" if len({one.value for one in said.known if not one.aim}) == 1 else "等"
    what = f"文字里{said.label}是{actual}，数据里{name}是{expected}{more}，相差{_difference(case, first, typed)}"
    mend = f"改写为 {{{{ {first.name} }}}}，由程序代入；或改正数据" if first.name else "改正文字或数据"
    level = Level.ERROR if first.sure and said.plain and not another else Level.WARNING
    return fault(passage, typed.start, typed.end, what, expected=expected, actual=actual, mend=mend, level=level)


def _difference(case: Case, known: Known, typed: Typed) -> str:
    gap = abs(known.value - typed.value)
    if known.kind == "money":
        return _amount(case, gap, typed)
    unit = {"rate": "个百分点", "points": "分"}.get(known.kind, known.unit)
    return f"{plain(gap)}{unit}"


def _printed(case: Case, known: Known, typed: Typed) -> str:
    forms = case.style.forms
    if known.kind == "money":
        return _amount(case, known.value, typed)
    if known.kind == "rate":
        return str(in_form(Rate(known.value / Decimal(100)), forms.rate))
    return f"{Points(known.value, forms.points)}分" if known.kind == "points" else f"{plain(known.value)}{known.unit}"


def _amount(case: Case, yuan: Decimal, typed: Typed) -> str:
    """An amount in the unit in which the text has it, with all its digits."""
    form = case.style.forms.money
    places = places_of(yuan / YUAN_IN[typed.unit])
    typed_form = replace(form, unit=typed.unit, decimals=places, whole_bare=True)  # type: ignore[arg-type]
    return str(Money(yuan, typed_form))


def _grades(case: Case, passage: Passage) -> Iterator[Fault]:
    grade = case.scores.grade
    for match in _GRADE.finditer(passage.typed) if grade else ():
        if match[1] in case.scores.grades and match[1] != grade:
            what = f"文字里等级是“{match[1]}”，按得分应为“{grade}”"
            yield fault(passage, *match.span(), what, expected=grade, actual=match[1], mend=_GRADE_BY_NAME)
