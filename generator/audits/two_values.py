"""同一个数两个值：同一个名称的率、金额、得分、个数，在报告里印了不同的值。

数字前面的名称相同，并且有一处像是抄错的（差一个数字、两个数字颠倒、小数点移位），或者整句的其余文字都相同，
就是同一个数；摘要、正文、表格、附件都看。名称只是“资金”“金额”“共”这样的不看，上年的、单位各自的不看。

正例：两处一样；写得粗的与四舍五入相符；不同单位的数不同。

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率26.56%。
    截至年底，实际到位17.53万元，资金到位率为26.56%。
    甲社区使用资金38,929.35元，乙社区使用资金62,000.00元。
    记账凭证1201号支出12,000.00元，记账凭证1202号支出12,500.00元。
    一标段：合同金额1,200.50万元，已经完工。
    二标段：合同金额1,300.50万元，已经完工。

反例：同一个到位率印了两个值，同一句话里的份数不同。

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率26.56%。
    截至年底，资金到位率为25.56%，偏低。   # !A120 26.56%
    共发放问卷40份，收回有效问卷40份。
    共发放问卷48份，收回有效问卷40份。   # !A120 40份
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..arithmetic import results
from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, narrow, places_of, plain
from ..wording import HAN, fault, sentence_around
from . import CONTRADICTION, Case, Fault
from .near_figures import is_slip

CODE = "A120"
LEVEL = Level.ERROR
KIN = CONTRADICTION

_FIGURE = re.compile(
    rf"(?P<label>[{HAN}]{{2,14}}?)(?P<link>(?:仅?达到|约?为|是|共计?|合计|[:：=＝])?)(?P<about>约|近)?"
    r"(?P<number>-?\d[\d,，]*(?:\.\d+)?)(?P<unit>%|％|万元|亿元|元|分|份|个|家|人次|人|户|次|项|天)(?P<more>余|多|左右|以上)?"
)
_OTHER = re.compile("^[号年月日]|其中|每|满分|扣|下降|提高|增加|减少|超过|超出|降低|不足|上年|去年|标准")
_VAGUE = re.compile("(?:使用)?资金|金额|数量|支出|经费|预算|得分率?|分值|权重|占比|项目|[合小]计")
_RULE = re.compile("满分|每(?!年)|以上|不足|低于|高于")  # a rule of scoring, no figure of the project
_NAMED = re.compile(rf"([{HAN}]{{2,14}})[为是]?$")
_ABOUT = re.compile(rf"\s*(?:[（(]?\d{{1,2}}[）).．、]\s*)?([{HAN}A-Za-z]{{2,14}})[：。]")
_SHORTEST = 3
_SHORTEST_SENTENCE = 8
_SLIP_DIGITS = 4  # figures of fewer digits that differ by one may well be two


@dataclass(frozen=True, slots=True)
class _Figure:
    """A printed figure: what it is called, its kind and value in the kind's unit, how it is written, and where."""

    label: str
    kind: str
    value: Decimal
    places: int
    written: str
    rest: str
    passage: Passage
    span: tuple[int, int]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each figure that is printed with another value where it is called the same."""
    groups: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for passage in case.passages:
        for one in (*_figures(passage), *_reckoned(passage)):
            groups[one.label, one.kind].append(one)
    told: set[tuple[tuple[int, int], object]] = set()
    for figures in groups.values():
        for one, other in _contradicting(figures):
            key = (one.span, one.passage.path)
            if key in told:
                continue
            told.add(key)
            what = f"“{one.label}”这里是{one.written}，{_place(other)}是{other.written}"
            yield fault(one.passage, *one.span, what, expected=other.written, actual=one.written)


def _figures(passage: Passage) -> Iterator[_Figure]:
    text = passage.typed
    for match in _FIGURE.finditer(text):
        label, unit = match["label"], match["unit"].replace("％", "%")
        if match["about"] or match["more"] or len(label) < _SHORTEST or _VAGUE.fullmatch(label):
            continue
        if _OTHER.search(label) or _RULE.search(re.split(r"[。；]", text[match.end() :])[0]):
            continue
        value = Decimal(narrow(match["number"]).replace(",", "").replace("，", ""))
        kind = "元" if unit in YUAN_IN else unit
        start, end = sentence_around(text, match.start())
        rest = text[start : match.start("number")] + "□" + text[match.end() : end]
        yield _Figure(
            label,
            kind,
            value * YUAN_IN.get(unit, 1),
            places_of(value),
            match["number"] + unit,
            rest.strip(),
            passage,
            match.span(),
        )


def _reckoned(passage: Passage) -> Iterator[_Figure]:
    """The results of calculations, by the name before the first sign of equality."""
    for start, result in results(passage.typed):
        name = _NAMED.search(passage.typed[:start])
        at = passage.typed.find(result.text, start)
        if name and at >= 0 and result.unit == "%" and not _OTHER.search(name[1]):
            value = result.value * 100
            span = (start - len(name[0]), at + len(result.text))
            yield _Figure(name[1], "%", value, result.places, result.text, "", passage, span)


def _contradicting(figures: Sequence[_Figure]) -> Iterator[tuple[_Figure, _Figure]]:
    """The figures that are not as the most frequent (else the first) one of their name, each with that one."""
    if len({one.value for one in figures}) < 2:
        return
    frequent = Counter(one.value for one in figures)
    usual = max(figures, key=lambda one: frequent[one.value])  # of the most frequent the first
    for one in figures:
        if one.value == usual.value or _rounded(one, usual) or _is_of_another(one, usual):
            continue
        if _slip(one, usual) or _same_sentence(one, usual):
            yield one, usual


def _is_of_another(one: _Figure, other: _Figure) -> bool:
    """Whether two paragraphs begin with what they are about, each with something else: 一标段：…; 二标段：…."""
    about = [_ABOUT.match(figure.passage.typed) for figure in (one, other)]
    return all(about) and len({match[1] for match in about if match}) > 1


def _rounded(one: _Figure, other: _Figure) -> bool:
    """Whether one of two values is the other, written with fewer digits."""
    digits = [plain(abs(value)).replace(".", "").strip("0") or "0" for value in (one.value, other.value)]
    short, long = sorted(digits, key=len)
    if len(short) == len(long) or abs(one.value - other.value) > max(abs(one.value), abs(other.value)) / 50:
        return False
    rest = Decimal(long[: len(short)]) + (1 if long[len(short)] >= "5" else 0)
    return str(rest).strip("0") == short.strip("0")


def _slip(one: _Figure, other: _Figure) -> bool:
    """Whether two values differ as a slip of the hand would have it: one digit, two changed about, the point moved."""
    digits = [re.sub(r"\D", "", figure.written) for figure in (one, other)]
    return len(digits[0]) >= _SLIP_DIGITS and (digits[0] == digits[1] or is_slip(*digits))


def _same_sentence(one: _Figure, other: _Figure) -> bool:
    """Whether two sentences that have other figures too say the same but for this one."""
    return one.rest == other.rest and len(one.rest) > _SHORTEST_SENTENCE and re.search(r"\d", one.rest) is not None


def _place(figure: _Figure) -> str:
    where = figure.passage.where
    text = str(where).rpartition(" › ")[2] if where.line is None else f"第{where.line}行"
    return text or "别处"
