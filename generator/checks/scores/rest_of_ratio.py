"""还差多少：扣分原因、完成情况说明里说还有几个没有完成的，等于分母减分子。

指标用“比率”测算（分子、分母是同一单位的个数），或指标值、完成值都是同一单位的确数，文字里写着
“还有3家未完成”“2个社区没有开展”这样的话（量词相同），才核查；写了“其中”、说的是别的年度的不核查。

正例：10家完成7家，还有3家。

    指标体系:
      - 名称: 实际完成率
        分值: 10
        测算: {方法: 比率, 分子: 7家, 分母: 10家}
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 还有3家没有完成。

反例：说还有2家。

    指标体系:
      - 名称: 实际完成率
        分值: 10
        测算: {方法: 比率, 分子: 7家, 分母: 10家}
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 还有2家没有完成。   # !K119 还有2家没有完成 3家

反例：指标值和完成值相差2场，文字说3场。

    指标体系:
      - 名称: 培训场次
        分值: 10
        指标值: =12场
        完成值: 10场
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
        扣分原因: 受场地限制，有3场未开展。   # !K119 3场未开展 2场
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...fields import MethodCall
from ...findings import Level
from ...names import own_names
from ...narrative import Paragraph
from ...numerals import NUMERAL, count_of
from ...passages import typed
from ...scores import Node
from ...values import Quantity, Target, plain
from .. import Case, Fault
from ..indicators import called, reached

CODE = "K119"
LEVEL = Level.WARNING

_UNDONE = (
    r"(?:仍|还|尚|均|都)?(?:未|没有?)(?:能)?(?:按期|按时|如期|及时|全部)?"
    r"(?:完成|开展|实施|建成|安装|启动|落实|执行|举办|竣工|验收)"
)
_OTHER = re.compile(r"其中|上年|去年|往年|原定|每|至少|不少于|如有|是否")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text of a row that tells another rest than its figures leave."""
    for node in case.scores.leaves():
        rest = _rest(node)
        for key, text in (("扣分原因", node.indicator.reason), ("完成情况说明", node.indicator.facts)):
            for paragraph in (text or ()) if rest else ():
                if rest and (clause := _other_rest(paragraph, *rest)):
                    wanted = f"{plain(rest[0])}{rest[1]}"
                    what = f"“{called(node)}”的{key}说“{clause}”，按分母减分子是{wanted}"
                    path = (*node.path, key)
                    place = case.source.line_of(path, paragraph)
                    yield Fault(path, what, wanted, quoted=clause, mend="核对个数", where=place)


def _rest(node: Node) -> tuple[Decimal, str] | None:
    """What is not done, and its unit; None where it is not sure."""
    measured = node.indicator.measured
    if isinstance(measured, MethodCall) and measured.name == "比率":
        said = dict(own_names(measured.parameters))
        part, whole = said.get("分子"), said.get("分母")
    else:
        part, whole = reached(node), node.indicator.target
    known = [one for one in (part, whole) if isinstance(one, (Quantity, Target)) and one.number is not None]
    if len(known) != 2 or known[0].unit != known[1].unit or not known[0].unit or "%" in known[0].unit:
        return None
    if any(isinstance(one, Quantity) and one.fuzzy for one in known):
        return None
    done, wanted = (one.number for one in known)
    return (wanted - done, known[0].unit) if wanted is not None and done is not None and wanted > done else None


def _other_rest(paragraph: Paragraph, rest: Decimal, unit: str) -> str | None:
    """The clause that tells another number of what is not done; None when there is none."""
    counted = re.compile(rf"(?<![\d.第])({NUMERAL})\s?{re.escape(unit)}[^\d，。；]{{0,8}}?{_UNDONE}")
    for clause in re.split(r"[，。；！？\n]", typed(str(paragraph))):
        match = counted.search(clause)
        if match and not _OTHER.search(clause) and (count := count_of(match[1])) is not None and count != rest:
            return clause.strip()[:40]
    return None
