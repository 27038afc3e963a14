"""Figures are read exactly, round half up, and print themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values import (
    Day,
    Form,
    Missing,
    Money,
    Points,
    Quantity,
    Rate,
    Said,
    Target,
    day,
    half_up,
    money,
    number,
    plain,
    quantity,
    rate,
    target,
)

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("written", "unit", "yuan"),
    [
        ("66万元", None, "660000"),
        ("660,000.00元", None, "660000"),
        ("660000", "元", "660000"),
        ("66", "万元", "660000"),
        ("66元", "万元", "66"),
        ("1.5亿元", None, "150000000"),
        ("1.5亿", "万元", "150000000"),
        ("￥１２，３４５．６元", None, "12345.6"),
        ("-5", "元", "-5"),
        ("0", "元", "0"),
        (" 66 万元 ", None, "660000"),
    ],
)
def test_an_amount_is_read_in_its_own_unit_or_the_files(written: str, unit: str | None, yuan: str) -> None:
    assert money(written, unit) == Money(Decimal(yuan))


@pytest.mark.parametrize("written", ["无", "—", "不适用"])
def test_a_word_in_place_of_a_figure_prints_as_written(written: str) -> None:
    for read in (lambda text: money(text, "元"), rate, day, quantity, target):
        assert read(written) == Said(written) and str(read(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        *("90x", "", "NaN", "Infinity", "1e5", "1e999999", "0e-999999", "1_000", "①", "5²", "--5", "１２.３.４", "٣"),
        *("0." + "1" * 13, "17,5312.57元", "660,00", ",5", "1,2,3", "无元", "9" * 16, "9" * 1_000_000),
    ],
)
def test_what_is_no_number_is_refused_in_chinese(written: str) -> None:
    readers: list[Any] = [number, lambda text: money(text, "元"), lambda text: rate(text + "%")]
    for read in readers:
        with pytest.raises(ValueError, match=r"不是|超出|千分位"):
            read(written)


def test_an_amount_without_any_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="没有单位"):
        money("5", None)


@pytest.mark.parametrize("written", ["0.8", "80", "八成", "80‰"])
def test_a_rate_needs_its_percent_sign(written: str) -> None:
    with pytest.raises(ValueError, match="百分号"):
        rate(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-12-31", Day(2024, 12, 31)),
        ("2024年12月31日", Day(2024, 12, 31)),
        ("2024/2/29", Day(2024, 2, 29)),
        ("２０２４．５．１", Day(2024, 5, 1)),
        ("2024年5月", Day(2024, 5)),
        ("2024", Day(2024)),
    ],
)
def test_a_date_is_as_precise_as_it_was_typed(written: str, read: Day) -> None:
    assert day(written) == read


@pytest.mark.parametrize(
    "written", ["2024-02-30", "2023-2-29", "2024年13月", "2024-00", "2024-05-00", "1800", "昨天", "", "20241231"]
)
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        day(written)


def test_a_month_ends_on_its_last_day() -> None:
    assert (Day(2024, 2).last.day, Day(2024).last.month, Day(2024).first.month) == (29, 12, 1)


@pytest.mark.parametrize(
    ("written", "exact", "unit", "fuzzy"),
    [
        ("6个", "6", "个", False),
        ("300余人次", "300", "人次", True),
        ("约5万人次", "50000", "人次", True),
        ("1,200份", "1200", "份", False),
        ("5万余人次", "50000", "人次", True),
        ("300+人", "300", "人", True),
        ("300人左右", "300", "人", True),
        ("300人以上", "300", "人", True),
        ("30来户", "30", "户", True),
        ("若干", None, "", True),
    ],
)
def test_a_quantity_knows_its_unit_and_whether_it_is_exact(
    written: str, exact: str | None, unit: str, fuzzy: bool
) -> None:
    read = quantity(written)
    assert isinstance(read, Quantity)
    assert (read.number, read.unit, read.fuzzy) == (Decimal(exact) if exact else None, unit, fuzzy)
    assert str(read) == written


@pytest.mark.parametrize(
    ("written", "printed", "operator", "exact", "unit"),
    [
        ("≧ 200人次", "≥200人次", "≥", "200", "人次"),
        ("<=5%", "≤5%", "≤", "5", "%"),
        ("=６个", "=6个", "=", "6", "个"),
        ("95％", "95%", "", "95", "%"),
        ("≥200人次（含）", "≥200人次（含）", "≥", "200", "人次（含）"),
        ("12㎡", "12㎡", "", "12", "㎡"),
        ("每年4、8、12月各一次", "每年4、8、12月各一次", "", None, ""),
        ("，另定", "，另定", "", None, ""),
    ],
)
def test_a_target_has_operator_number_and_unit_or_is_words(
    written: str, printed: str, operator: str, exact: str | None, unit: str
) -> None:
    read = target(written)
    assert isinstance(read, Target)
    assert (str(read), read.operator, read.unit) == (printed, operator, unit)
    assert read.number == (Decimal(exact) if exact else None)


@given(amounts, st.integers(0, 6))
def test_rounding_is_half_up_away_from_zero(value: Decimal, places: int) -> None:
    rounded = half_up(value, places)
    assert abs(rounded - value) <= Decimal(1).scaleb(-places) / 2
    assert half_up(-value, places) == -rounded


@pytest.mark.parametrize("places", [0, 2, 6])
def test_zero_has_no_sign(places: int) -> None:
    assert not str(half_up(Decimal("-0.0000001"), places)).startswith("-")
    assert str(Rate.of(Decimal(-1), Decimal(10**6), Form(2, whole_bare=True))) == "0%" and plain(Decimal("-0")) == "0"


@given(amounts)
def test_an_amount_reads_back_as_it_prints(value: Decimal) -> None:
    assert money(str(Money(value)), None) == Money(value)
    assert money(plain(value), "元") == Money(value)


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.decimals(min_value=1, max_value=10**6, places=2))
def test_a_rate_is_rounded_once_and_reads_back_as_it_prints(part: Decimal, whole: Decimal) -> None:
    worked_out = Rate.of(part, whole, Form(2, whole_bare=True))
    assert rate(str(worked_out)) == worked_out


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_chinese(text: str) -> None:
    for read in (number, lambda one: money(one, "元"), rate, day, quantity, target):
        try:
            str(read(text))
        except ValueError as error:
            assert str(error).startswith("“")


def test_a_rate_of_nothing_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        Rate.of(Decimal(1), Decimal(0), Form(2))


def test_zero_is_a_figure_and_what_is_missing_is_not() -> None:
    assert all(map(bool, (Money(Decimal(0)), Rate(Decimal(0)), Points(Decimal(0)))))
    missing: Any = Missing("预算")
    assert not missing and str(missing.合计.支出) == "【待补充：预算】" and list(missing) == []
