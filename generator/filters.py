"""The filters of templates and narrative: one public function with a Chinese name is one filter.

A filter takes what the data holds (text, `Decimal`, whole numbers, or a figure of `generator.values`) and gives
text or a list.  What is missing (`Missing`) or said in words (`Said`: 无, —) goes through unchanged, so that the
mark 【待补充：…】 stays visible.  A filter that cannot do its work raises ValueError with a Chinese message.
"""

# ruff: noqa: N803 - parameters are named by those who write templates, in Chinese

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import wraps
from typing import Annotated, Any, TypeVar

from jinja2.sandbox import is_internal_attribute

from generator import values
from generator.rich import Picture
from generator.values import YUAN_IN, Day, Form, Missing, Money, Points, Quantity, Rate, Said, Target, half_up

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Takes:
    """What a filter works on: the kinds of value, and what they are called; told before there is any data."""

    what: str
    kinds: tuple[type, ...]


_COUNTS = (Quantity, Points, Target, int, Decimal)
AnyFigure = Annotated[Any, Takes("数", (Money, Rate, *_COUNTS))]
Amount = Annotated[Any, Takes("金额", (Money, *_COUNTS))]
Share = Annotated[Any, Takes("比率", (Rate, *_COUNTS))]
Whole = Annotated[Any, Takes("整数", _COUNTS)]
Date = Annotated[Any, Takes("日期", (Day, date))]
Items = Annotated[Any, Takes("列表", (list, tuple))]

_DIGITS = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def _kept(filter_: _F) -> _F:
    """`filter_`, with what is missing or said in words passed through unchanged."""

    @wraps(filter_)
    def kept(value: Any, *args: Any, **named: Any) -> Any:
        return value if isinstance(value, (Missing, Said)) else filter_(value, *args, **named)

    return kept  # type: ignore[return-value]


def _number(value: Any) -> Decimal:
    """The number in a value: an amount in 元, a rate in percent, points, a count; ValueError if there is none."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Rate):
        return value.percent
    if isinstance(value, Points):
        return value.value
    if isinstance(value, (Quantity, Target)) and value.number is not None:
        return value.number
    if isinstance(value, (Mapping, list, tuple)):
        raise ValueError("这里是一组值，不是一个数")
    return values.number(str(value))


def _amount(value: Any) -> Money:
    """The amount in a value; a bare number is in 元."""
    if isinstance(value, Money):
        return value
    if isinstance(value, str):
        amount = values.money(value, "元")
        if isinstance(amount, Money):
            return amount
    return Money(_number(value))


def _day(value: Any) -> Day:
    """The date in a value; ValueError if there is none."""
    if isinstance(value, Day):
        return value
    if isinstance(value, date):
        return Day(value.year, value.month, value.day)
    read = values.day(str(value))
    if isinstance(read, Day):
        return read
    raise ValueError(f"“{value}”不是日期")


def _list(value: Any) -> list[Any]:
    """The items of a list; ValueError for text or a single figure, which would fall into characters."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise ValueError(f"“{value}”不是列表")
    return list(value)


def _field(item: Any, name: str) -> Any:
    """One field of an item, a key before an attribute; private ones are refused."""
    if isinstance(item, Mapping) and name in item:
        return item[name]
    if isinstance(item, Missing):
        return item
    if not name.startswith("_") and not is_internal_attribute(item, name) and hasattr(item, name):
        return getattr(item, name)
    raise ValueError(f"列表的各项里没有“{name}”")


def _texts(value: Any, field: str | None) -> list[str]:
    return [str(item if field is None else _field(item, field)) for item in _list(value)]


def _read(number: int, digits: str, tens: str) -> str:
    """A whole number read aloud, with one 零 for a gap; 0 gives an empty text."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            zero = digits[0] if low and low < size // 10 else ""
            return _read(high, digits, tens) + unit + zero + _read(low, digits, tens)
    text = gap = ""
    for place, digit in enumerate(reversed(f"{number}")):
        if digit == "0":
            gap = digits[0] if text else ""
            continue
        text = digits[int(digit)] + ("" if place == 0 else tens[place - 1]) + gap + text
        gap = ""
    return text


MOST_PLACES = 12


@_kept
def rounded(value: AnyFigure, precision: int = 0, method: str = "common") -> Decimal:
    """The number in a value, rounded 四舍五入 (`common`), up (`ceil`) or down (`floor`): what `round` does.

    >>> rounded(Decimal("2.5")), rounded(Decimal("0.125"), 2), rounded(Decimal("0.121"), 2, "ceil")
    (Decimal('3'), Decimal('0.13'), Decimal('0.13'))
    """
    if not isinstance(precision, int) or not 0 <= precision <= MOST_PLACES:
        raise ValueError(f"小数位数应在 0 到 {MOST_PLACES} 之间")
    if method == "common":
        return half_up(_number(value), precision)
    if method not in ("ceil", "floor"):
        raise ValueError("取整的方法是 common、ceil 或 floor")
    way = ROUND_CEILING if method == "ceil" else ROUND_FLOOR
    return _number(value).quantize(Decimal(1).scaleb(-precision), rounding=way)


@_kept
def whole(value: Whole, default: Any = None) -> Any:
    """The whole part of the number in a value, or `default` where there is none: what `int` does.

    >>> whole("12.7"), whole("很多", 0)
    (12, 0)
    """
    try:
        return int(_number(value))
    except ValueError:
        if default is None:
            raise
        return default


@_kept
def 元(value: Amount, 位数: int = 2) -> str:
    """金额以元为单位，带“元”字；可写明小数位数。没有单位的数按元计。

    千分位按样式的规定：样式写“千分位: 否”的，不加逗号。

    >>> 元(Decimal("175312.57"))
    '175,312.57元'
    >>> 元(Decimal("660000"), 0)
    '660,000元'
    >>> 元(Money(Decimal("3355000"), Form(None, unit="万元")), 0)
    '3355000元'
    """
    amount = _amount(value)
    return replace(amount.form, decimals=位数, whole_bare=False, unit="元").write(amount.yuan) + "元"


@_kept
def 万元(value: Amount, 位数: int | None = None) -> str:
    """金额折合万元，带“万元”二字，四舍五入；千分位按样式的规定。

    不写小数位数时，样式的金额按万元印的，与自动印出的一样；按元印的取两位，样式写“整数省略小数”的整数不带小数。

    >>> 万元(Decimal("175312.57"))
    '17.53万元'
    >>> 万元("66万元", 0)
    '66万元'
    >>> 万元(Money(Decimal("4380000"), Form(2, whole_bare=True, unit="万元")))
    '438万元'
    """
    amount = _amount(value)
    form = replace(amount.form, unit="万元")
    if 位数 is not None:
        form = replace(form, decimals=位数, whole_bare=False)
    elif amount.form.unit != "万元":
        form = replace(form, decimals=2)
    return form.write(amount.yuan / YUAN_IN["万元"]) + "万元"


@_kept
def 数值(value: AnyFigure, 单位: str | None = None, 位数: int | None = None) -> str:
    """只印数字，不带单位和百分号，用在表头已写明单位的表格里；金额可指定“元”“万元”或“亿元”，和一律几位小数。

    >>> 数值(Money(Decimal("175312.57")))
    '175,312.57'
    >>> 数值(Money(Decimal("175312.57")), "万元")
    '17.53'
    >>> 数值(Money(Decimal("3200000")), "万元", 位数=2)
    '320.00'
    >>> 数值(Rate(Decimal("0.2656")))
    '26.56'
    """
    if isinstance(value, Money):
        if 单位 is not None and 单位 not in YUAN_IN:
            raise ValueError(f"没有“{单位}”这个单位，可用元、万元、亿元")
        form = value.form if 位数 is None else replace(value.form, decimals=位数, whole_bare=False)
        return values.in_form(value, form).number(单位)
    if isinstance(value, Rate):
        return value.number()
    if isinstance(value, Points):
        return str(value)
    return values.plain(_number(value))


@_kept
def 折合(value: AnyFigure, 单位: str | None = None) -> Decimal:
    """换算成一个可以比大小的数，写在条件里，不用来印：金额要写明“元”“万元”或“亿元”，比率要写“%”，得分和数量不写。

    >>> 折合(Money(Decimal("3200000")), "万元")
    Decimal('320')
    >>> 折合(Rate(Decimal("0.2656")), "%") < 26.6, 折合(Points(Decimal("88.51")))
    (True, Decimal('88.51'))
    """
    if isinstance(value, Money):
        if 单位 not in YUAN_IN:
            raise ValueError("金额折合成多少要写明单位：元、万元或亿元")
        return value.yuan / YUAN_IN[单位]
    if isinstance(value, Rate) and 单位 != "%":
        raise ValueError("比率折合成多少要写明“%”")
    return Decimal(values.plain(_number(value)))


@_kept
def 千分位(value: AnyFigure, 位数: int = 2) -> str:
    """数字加千位分隔符，四舍五入到给定的小数位数。

    >>> 千分位(Decimal("1234567.891"))
    '1,234,567.89'
    """
    return f"{half_up(_number(value), 位数):,f}"


@_kept
def 百分比(value: Share, 位数: int = 2) -> str:
    """比率印成百分数，可写明小数位数；没有单位的数按比值计，1 就是 100%。

    >>> 百分比(Rate(Decimal("0.2656")))
    '26.56%'
    >>> 百分比(Decimal("0.26562"), 1)
    '26.6%'
    """
    if isinstance(value, str):
        value = values.rate(value)
    percent = value.percent if isinstance(value, Rate) else _number(value) * 100
    return Form(位数).write(percent) + "%"


@_kept
def 整数(value: AnyFigure) -> str:
    """四舍五入到整数，不带单位。

    >>> 整数(Decimal("12.5"))
    '13'
    """
    return Form(0).write(_number(value))


@_kept
def 大写金额(value: Amount) -> str:
    """金额写成大写，到分为止；到元、到角为止的写“整”，中间有空位写“零”。

    >>> 大写金额(Decimal("175312.57"))
    '壹拾柒万伍仟叁佰壹拾贰元伍角柒分'
    >>> 大写金额("1万元")
    '壹万元整'
    >>> 大写金额(Decimal("100000010005.05"))
    '壹仟亿零壹万零伍元零伍分'
    >>> 大写金额(Decimal("2000000000000"))
    '贰万亿元整'
    >>> 大写金额(Decimal("0.5"))
    '伍角整'
    """
    fen = int(half_up(_amount(value).yuan, 2) * 100)
    if not fen:
        return "零元整"
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, fen = divmod(rest, 10)
    text = _read(yuan, _CAPITALS, "拾佰仟") + "元" if yuan else ""
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif fen and yuan:
        text += "零"
    return sign + text + (_CAPITALS[fen] + "分" if fen else "整")


@_kept
def 中文数字(value: Whole) -> str:
    """整数写成中文，可作序号。

    >>> 中文数字(1), 中文数字(10), 中文数字(23), 中文数字(105), 中文数字(20000)
    ('一', '十', '二十三', '一百零五', '二万')
    """
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueError(f"“{value}”不是整数")
    text = _read(abs(int(number)), _DIGITS, "十百千") or "零"
    return ("负" if number < 0 else "") + (text[1:] if text.startswith("一十") else text)


@_kept
def 中文日期(value: Date) -> str:
    """日期写成中文，年份逐字写；只有年或年月的照样。

    >>> 中文日期("2025-10-31")
    '二○二五年十月三十一日'
    >>> 中文日期("2024年5月")
    '二○二四年五月'
    """
    day = _day(value)
    text = "".join("○一二三四五六七八九"[int(digit)] for digit in str(day.year)) + "年"
    if day.month:
        text += 中文数字(day.month) + "月"
    if day.day:
        text += 中文数字(day.day) + "日"
    return text


@_kept
def 日期(value: Date, 格式: str | None = None) -> str:
    """日期写成“2023年4月1日”，月、日前不补零；也可给出格式，如 "yyyy-MM-dd"：年用 y，月用 M，日用 d，大小写要对。

    >>> 日期("2023-04-01")
    '2023年4月1日'
    >>> 日期(date(2023, 4, 1), "yyyy-MM-dd")
    '2023-04-01'
    """
    day = _day(value)
    if 格式 is None:
        return str(day)
    if wrong := re.search("[A-Za-ce-xzYD]", re.sub("'[^']*'|M", "", 格式)):
        raise ValueError(f"日期的格式里不能写“{wrong[0]}”：年用 y，月用大写的 M，日用 d，如 yyyy-MM-dd")
    from babel.dates import format_date

    return format_date(day.first, 格式, locale="zh_CN")


@_kept
def 顿号(value: Items, 字段: str | None = None) -> str:
    """列表各项用顿号连起来；给出字段名时取各项的这个字段。

    >>> 顿号(["产出", "效益"])
    '产出、效益'
    >>> 顿号([{"名称": "数量"}, {"名称": "质量"}, {"名称": "时效"}], "名称")
    '数量、质量、时效'
    """
    return "、".join(_texts(value, 字段))


@_kept
def 并列(value: Items, 字段: str | None = None) -> str:
    """列表各项用顿号连起来，最后两项之间用“和”。

    >>> 并列(["决策", "过程", "产出"])
    '决策、过程和产出'
    >>> 并列(["决策"])
    '决策'
    """
    texts = _texts(value, 字段)
    return "和".join(["、".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def 合并(value: Any) -> Any:
    """标在表格的样板行里：上下相同的单元格合并；标了几列，就从左到右逐级合并。值本身不变。

    >>> 合并("产出")
    '产出'
    """
    return value


def 分段(value: Any) -> list[Any]:
    """一段文字按换行分成若干段，空行不算，至少有一段；在段落里单独写 {{ 说明|分段 }}，每段各成一个 Word 段落。

    >>> 分段("第一段\\n\\n第二段")
    ['第一段', '第二段']
    >>> 分段("")
    ['']
    """
    if isinstance(value, str):
        return [line.strip() for line in re.split(r"[\r\n]+", value) if line.strip()] or [""]
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in 分段(item)] or [""]
    text = str(value)
    return 分段(text) if "\n" in text else [value]


@_kept
def 圈号(value: Whole) -> str:
    """整数写成带圈的序号，到 50 为止；再大的写成带括号的数字。

    >>> 圈号(1), 圈号(12), 圈号(21), 圈号(51)
    ('①', '⑫', '㉑', '（51）')
    """
    number = int(_number(value))
    for first, last, sign in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(sign + number - first)
    return f"（{number}）"


@_kept
def 降级(value: Any, 层数: int = 1) -> str:
    """列表的编号降一层或两层：1. 变为（1），（1）变为①，标题自己用了 1. 或（1）时，下面的列表不与它重号。

    >>> 降级("1."), 降级("（2）"), 降级("3.", 2), 降级("")
    ('（1）', '②', '③', '')
    """
    text = str(value)
    for _ in range(层数):
        if match := re.fullmatch(r"(\d+)\.", text):
            text = f"（{match[1]}）"
        elif match := re.fullmatch(r"（(\d+)）", text):
            text = 圈号(match[1])
    return text


@_kept
def 列(value: Items, 字段: str) -> list[Any]:
    """取列表各项的一个字段，成为新的列表。

    >>> 列([{"名称": "产出", "分值": 30}, {"名称": "效益", "分值": 20}], "分值")
    [30, 20]
    """
    return [_field(item, 字段) for item in _list(value)]


@_kept
def 去句号(value: Any) -> str:
    """去掉末尾的句号，句子可以接着往下写。

    >>> 去句号("资金全部到位。")
    '资金全部到位'
    """
    return re.sub(r"[。.．\s]+$", "", str(value))


@_kept
def 去指标(value: Any) -> str:
    """去掉末尾的“指标”二字，后面可以再写“指标”而不重复。

    >>> 去指标("产出指标"), 去指标("产出")
    ('产出', '产出')
    """
    return str(value).removesuffix("指标")


@_kept
def 空则(value: Any, 文字: str) -> Any:
    """值是空的（空文字、空列表）就印给出的文字。

    >>> 空则("", "无"), 空则("有", "无"), 空则(0, "无")
    ('无', '有', 0)
    """
    return 文字 if value is None or (hasattr(value, "__len__") and not len(value)) else value


@_kept
def 图片(value: Any, 宽: str | None = None, 高: str | None = None) -> Picture:
    """图片：把数据里写的文件名印成图片。

    文件放在数据文件所在的文件夹里（PNG、JPEG、GIF、BMP、TIFF）。宽、高写 厘米、毫米 或 磅，只写一个的按比例；都不写的
    照原来的大小，最宽 14.5 厘米。

    >>> 图片("现场.png", 宽="14厘米").file
    '现场.png'
    """
    return Picture(str(value), 宽, 高)
