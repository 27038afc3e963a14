"""数字差一位：文字里手写的数，数据里没有，却与数据里的某个数只差一位，多半是抄错了。

四位以上的金额、百分比、得分和带单位的个数，与数据里同一种、同一单位的某个数只有一位不同、相邻两位颠倒，
或多一位、少一位的，记为警告；写得粗的（17.53万元）按四舍五入比较，与数据里任何一个数相等的不核查。
只有一两位不为0的整数（600,000元、12.00%）容易碰巧，不核查；单位、用途、区域的数，文字里要有它的名称，
不足六位的数，句里说到别的年份、上年、增长、目标等的，也不核查。名称后面直接写的数由“文字与数据不符”核查。
确是另一个数的，用“已核实”注明。

正例：四舍五入后相同，整数碰巧，说的是上年。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    正文:
      项目概况: 全年只下达17.53万元，每个社区可以申请600,000元。
      实施内容: 上年下达的比例是26.58%。

反例：错一位，相邻两位颠倒，少一位。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}
    正文:
      项目概况: 截至年底只下达175,322.57元。   # !X122 175,312.57元 175,322.57元 资金.到位
      实施内容: 财政共下达157,312.57元，用于社区。   # !X122 175,312.57元 颠倒
      评价过程: 下达的比例只有26.65%。   # !X122 26.56% 颠倒
      综合结论: 项目用去17,512.57元。   # !X122 175,312.57元 少一位
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ....findings import Level
from ....passages import Passage
from ....values import YUAN_IN, Money, Points, Quantity, Rate, Target, half_up
from ....wording import fault, sentence_around, sentences_of, texts
from ... import Case, Fault
from .known import Known, known_figures
from .told import contradictions, told
from .typed import Kind, Typed, typed_figures

CODE = "X122"
LEVEL = Level.WARNING
LEAST_DIGITS = 4
LEAST_TELLING = 3  # digits without the noughts at the end: 97.80% has three
CERTAIN = 6  # so many digits are hardly near another figure by chance
_ANOTHER = re.compile(r"上年|去年|往年|历年|同比|相比|较|增长|提高|下降|减少|增加|目标|计划|预计|拟|标准|平均|每")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


@dataclass
class _Form:
    """The known figures of one kind, as the digits that they have when printed with so many decimals."""

    exact: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    shortened: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known, digits: str) -> None:
        """Files a figure under its digits, under them with one left open, and under them with one left out."""
        self.exact[digits].append(known)
        if len(digits) >= LEAST_DIGITS:
            for pattern in _opened(digits):
                self.changed[pattern].append(known)
            for shorter in _left_out(digits):
                self.shortened[shorter].append(known)

    def near(self, digits: str) -> Iterator[tuple[str, Known]]:
        """The figures that are one slip away, with what the slip is; none where one is the same."""
        if digits in self.exact:
            return
        for pattern in _opened(digits):
            yield from (("有一位数字不同", one) for one in self.changed.get(pattern, ()))
        for turned in _turned(digits):
            yield from (("有相邻两位颠倒", one) for one in self.exact.get(turned, ()))
        yield from (("少一位数字", one) for one in self.shortened.get(digits, ()))
        for shorter in _left_out(digits):
            yield from (("多一位数字", one) for one in self.exact.get(shorter, ()))


@dataclass(frozen=True)
class _Figures:
    """The figures of the data, by kind and form; a form is filed when the first such figure is typed."""

    known: tuple[Known, ...]
    others: Mapping[Kind, set[Decimal]]

    @cached_property
    def _forms(self) -> dict[tuple[Kind, Decimal], _Form]:
        return {}

    def form(self, typed: Typed) -> _Form:
        """The known figures of the typed one's kind, rounded as it is."""
        key = typed.kind, typed.step
        if key not in self._forms:
            form = self._forms[key] = _Form()
            for one in self.known:
                if one.kind == typed.kind and one.value > 0:
                    form.add(one, _digits(one.value, typed.step))
            for value in self.others[typed.kind]:
                form.exact.setdefault(_digits(value, typed.step), [])
        return self._forms[key]


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed figure that the data lacks, and that is one slip away from one that it has."""
    known = tuple(one for one in known_figures(case).known if one.kind != "count" or one.unit)
    figures = _Figures(known, _others(case))
    spoken = {(passage.path, passage.where, said.typed.start) for passage, said in contradictions(case)}
    year = case.data.project.year if case.data.project else None
    for passage in told(case):
        for typed in typed_figures(passage.typed):
            if (passage.path, passage.where, typed.start) in spoken or _chance(passage.typed, typed, year):
                continue
            for slip, one in figures.form(typed).near(_digits(typed.value, typed.step)):
                if _may_be(one, passage, typed):
                    yield _fault(passage, typed, one, slip)
                    break


def _chance(text: str, typed: Typed, year: int | None) -> bool:
    """Whether the figure is too short or too round to be told from others, or may be another year's."""
    digits = _digits(typed.value, typed.step)
    if len(digits) < LEAST_DIGITS or typed.digits < LEAST_TELLING:
        return True
    if typed.digits >= CERTAIN:
        return False
    start, end = sentence_around(text, typed.start)
    sentence = text[start:end]
    return bool(_ANOTHER.search(sentence)) or any(int(other) != year for other in _YEAR.findall(sentence))


def _may_be(one: Known, passage: Passage, typed: Typed) -> bool:
    """Whether the typed figure may be meant for this one: of its unit, and the part it belongs to is spoken of."""
    if not one.name or not one.fits(typed):
        return False
    return not one.part or one.part in passage.words or typed.digits >= CERTAIN


def _fault(passage: Passage, typed: Typed, one: Known, slip: str) -> Fault:
    actual = passage.typed[typed.start : typed.end]
    expected = _printed(one, typed, actual)
    unit = one.unit if one.kind == "count" else ""
    what = f"文字里的{actual}{unit}不在数据里，与数据里（{one.name}）的{expected}{unit}{slip}，可能是抄错了"
    mend = f"写错的改写为 {{{{ {one.name} }}}}；确是另一个数的用“已核实”注明"
    return fault(passage, typed.start, typed.end, what, expected=expected + unit, actual=actual + unit, mend=mend)


def _printed(one: Known, typed: Typed, actual: str) -> str:
    """The known figure in the words of the typed one: its unit, its decimals, its commas."""
    worth = YUAN_IN.get(typed.unit, Decimal(1))
    decimals = max(0, -int((typed.step / worth).normalize().as_tuple().exponent))
    comma = "," if "," in actual else ""
    return f"{half_up(one.value / worth, decimals):{comma}.{decimals}f}{typed.unit}"


def _others(case: Case) -> Mapping[Kind, set[Decimal]]:
    """All other figures of the data, which a text may repeat: typed values anywhere, and figures in short texts."""
    found: dict[Kind, set[Decimal]] = {"money": set(), "rate": set(), "points": set(), "count": set()}
    for _, value in case.values:
        if isinstance(value, Money):
            found["money"].add(value.yuan)
        elif isinstance(value, Rate):
            found["rate"].add(value.percent)
        elif isinstance(value, Points):
            found["points"].add(value.value)
        elif isinstance(value, (Quantity, Target)) and value.number is not None:
            unit = (value.unit or "").replace("％", "%")
            kind: Kind = "rate" if unit == "%" else "money" if unit in YUAN_IN else "count"
            found[kind].add(value.number * YUAN_IN.get(unit, Decimal(1)))
    told_ = {id(passage) for passage in sentences_of(case)}
    for passage in texts(case):
        if id(passage) not in told_:
            for typed in typed_figures(passage.typed):
                found[typed.kind].add(typed.value)
    return found


def _digits(value: Decimal, step: Decimal) -> str:
    """The digits of a figure, printed down to `step`."""
    return f"{half_up(value / step, 0):.0f}"


def _opened(digits: str) -> Iterator[str]:
    return (f"{digits[:at]}?{digits[at + 1 :]}" for at in range(len(digits)))


def _left_out(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}


def _turned(digits: str) -> set[str]:
    swapped = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return {other for other in swapped if other != digits}
