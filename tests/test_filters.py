"""Filters: the examples of their docstrings, what goes through them unchanged, and 大写金额 for any amount."""

import doctest
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import filters
from generator.language import filter_functions
from generator.values import Form, Missing, Money, Points, Rate, Said, quantity

DIGITS = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize("name", sorted(filter_functions()))
def test_every_filter_has_examples_and_they_hold(name: str) -> None:
    function = filter_functions()[name]
    examples = doctest.DocTestFinder().find(function, name, globs=vars(filters))
    assert examples and examples[0].examples
    results = doctest.DocTestRunner().run(examples[0])
    assert results.failed == 0


@pytest.mark.parametrize("name", sorted(set(filter_functions()) - {"分段"}))
def test_what_is_missing_or_said_in_words_goes_through_unchanged(name: str) -> None:
    function = filter_functions()[name]
    arguments = {"列": ["名称"], "空则": ["无"]}.get(name, [])
    for value in (Missing("资金.到位"), Said("无")):
        assert function(value, *arguments) is value


def test_paragraphs_of_what_is_missing_are_its_mark() -> None:
    assert [str(part) for part in filters.分段(Missing("项目概况"))] == ["【待补充：项目概况】"]


def read_amount(text: str) -> Decimal:
    """The amount that capitals write: the other way round, on its own."""

    def section(part: str) -> int:
        total = digit = 0
        for sign in part:
            if sign in DIGITS:
                digit = DIGITS.index(sign)
            else:
                total += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
                digit = 0
        return total + digit

    def whole(part: str) -> int:
        for unit, size in (("亿", 10**8), ("万", 10**4)):
            if unit in part:
                high, _, low = part.rpartition(unit)
                return whole(high) * size + whole(low)
        return section(part)

    match = re.fullmatch(r"(?:(.+?)元)?零?(?:(.)角)?(?:(.)分)?整?", text)
    assert match, text
    yuan, jiao, fen = match.groups()
    cents = whole(yuan or "") * 100 + DIGITS.index(jiao or "零") * 10 + DIGITS.index(fen or "零")
    return Decimal(cents) / 100


@given(st.integers(1, 10**15))
def test_capitals_read_back_as_the_amount_that_was_written(cents: int) -> None:
    text = filters.大写金额(Decimal(cents) / 100)
    assert read_amount(text) == Decimal(cents) / 100
    assert "零零" not in text and "零万" not in text and "零亿" not in text and "零元" not in text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("10.50", "壹拾元伍角整"),
        ("1001", "壹仟零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("100000000", "壹亿元整"),
        ("1000100000", "壹拾亿零壹拾万元整"),
        ("1234567890123", "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元整"),
        ("-3.20", "负叁元贰角整"),
        ("99.995", "壹佰元整"),
    ],
)
def test_capitals_follow_the_rules_for_zero_and_whole(amount: str, text: str) -> None:
    assert filters.大写金额(Decimal(amount)) == text


def test_figures_keep_their_form_and_round_half_up() -> None:
    assert filters.万元(Money(Decimal("175312.57")), 4) == "17.5313万元"
    assert filters.元(Money(Decimal("0.005"))) == "0.01元"
    assert filters.数值(Money(Decimal("12345"), Form(2, unit="万元"))) == "1.23"
    assert filters.百分比(Rate(Decimal("0.26565")), 1) == "26.6%"
    assert filters.整数(Points(Decimal("8.5"))) == "9"
    assert filters.数值(quantity("300余人次")) == "300"


def test_what_is_no_number_or_list_is_refused_in_chinese() -> None:
    for function, value in ((filters.万元, "很多"), (filters.顿号, "产出"), (filters.整数, True)):
        with pytest.raises(ValueError, match="“"):
            function(value)
    with pytest.raises(ValueError, match="没有“名城”"):
        filters.顿号([{"名称": "产出"}], "名城")
    with pytest.raises(ValueError, match="__class__"):
        filters.列(["产出"], "__class__")


@pytest.mark.parametrize("form", ["YYYY-MM-DD", "yyyy-MM-DD", "YYYY年", "yyyy-mm-dd"])
def test_a_form_of_dates_that_means_something_else_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="年用 y"):
        filters.日期("2025-10-31", form)
    assert filters.日期("2025-10-31", "yyyy'年D'M-dd") == "2025年D10-31"
