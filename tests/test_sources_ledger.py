"""Ledgers: amounts summed into the data, each with its cells; what is wrong in a ledger is told at its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from generator.convert import convert
from generator.findings import Finding, Level
from generator.load import load
from generator.model import Funds, Source
from generator.score import measure_parameters, rule_parameters

HEAD = "金额单位: 元\n报告: {标题: 示例, 样式: national}\n"
TITLES = ["单位", "用途", "日期", "金额"]
Told = tuple[Source, list[Finding]]
Loads = Callable[..., Told]


def write(path: Path, *sheets: tuple[str, list[list[Any]]]) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    """Load funds written in YAML with a ledger of these rows below the usual header."""

    def loaded(
        *rows: list[Any], funds: str = "", more: str = "", head: list[list[Any]] | None = None, whole: str = HEAD
    ) -> Told:
        write(tmp_path / "支出明细.xlsx", ("明细", [*(head or [TITLES]), *rows]))
        data = tmp_path / "项目.yaml"
        data.write_text(whole + more + "资金:\n  台账: 支出明细.xlsx\n" + funds, encoding="utf-8")
        return load(data, rule_parameters(), measure_parameters())

    return loaded


def told(found: Told, code: str) -> list[tuple[Level, str | None]]:
    return [(one.level, one.where.cell) for one in found[1] if one.code == code]


def money(source: Source) -> Funds:
    assert source.evaluation.funds
    return source.evaluation.funds


def yuan(value: Any) -> Decimal:
    return Decimal(value.yuan)


def test_lists_are_made_from_a_ledger_and_every_sum_knows_its_cells(loads: Loads) -> None:
    source, findings = loads(
        ["甲社区", "办公费", date(2024, 3, 1), 100],
        ["乙社区", "活动费", date(2024, 3, 2), "1,234.50"],
        [],
        ["甲社区", "活动费", date(2024, 3, 3), "２００"],
    )
    assert not findings
    funds = money(source)
    assert [(row.units, yuan(row.spent)) for row in funds.by_unit] == [
        (["甲社区"], Decimal(300)),
        (["乙社区"], Decimal("1234.50")),
    ]
    assert [(row.name, yuan(row.spent)) for row in funds.by_purpose] == [
        ("办公费", Decimal(100)),
        ("活动费", Decimal("1434.50")),
    ]
    assert [row.name for row in funds.by_unit[0].by_purpose] == ["办公费", "活动费"]
    assert yuan(funds.spent) == Decimal("1534.50")
    place = source.where(("资金", "按单位", 0, "支出"))
    assert (place.sheet, place.cell) == ("明细", "D2、D5")
    own = next(one for one in source.sums if one.path == ("资金", "按单位", 0, "支出"))
    assert (own.rows, own.total, own.sheet) == ((2, 5), Decimal(300), "明细")


def test_units_match_by_every_name_and_shared_rows_take_each_of_their_units(loads: Loads) -> None:
    source, findings = loads(
        ["东风", "", None, 1],
        ["某街道东风社区", "", None, 2],
        ["乙社区", "", None, 4],
        ["丙社区、乙社区", "", None, 8],
        head=[["单位", "", "日期", "金额"]],
        more="项目: {单位: [{名称: 某街道东风社区, 简称: 东风社区, 别名: 东风}, {名称: 乙社区}, {名称: 丙社区}]}\n",
        funds="  按单位:\n    - {单位: 东风社区}\n    - {单位: [乙社区, 丙社区]}\n",
    )
    assert not findings
    assert [yuan(row.spent) for row in money(source).by_unit] == [3, 12]


def test_a_typed_amount_stays_and_the_total_of_a_part_is_not_filled_in(loads: Loads) -> None:
    source, _ = loads(
        ["甲社区", "办公费", None, 100],
        funds="  按单位:\n    - {单位: 甲社区, 支出: 90}\n    - {单位: 乙社区, 支出: 50}\n",
    )
    assert [yuan(row.spent) for row in money(source).by_unit] == [90, 50]
    assert money(source).spent is None


def test_an_unknown_unit_is_told_with_the_nearest_and_loses_nothing(loads: Loads) -> None:
    found = loads(
        ["甲社区", "", None, 100], ["甲社区居委", "", None, 7], ["", "", None, 3], funds="  按单位: [{单位: 甲社区}]\n"
    )
    assert [yuan(row.spent) for row in money(found[0]).by_unit] == [100, 7, 3]
    assert (Level.WARNING, "A3") in told(found, "B013")
    assert any("是不是“甲社区”" in (one.mend or "") for one in found[1])
    assert yuan(money(found[0]).spent) == 110


def test_rows_of_totals_are_not_counted_and_are_held_against_the_rows(loads: Loads) -> None:
    right = loads(
        ["甲", "一", None, 1],
        ["小计", None, None, 1],
        ["乙", "一", None, 2],
        ["小计", None, None, 2],
        ["合 计", None, None, 3],
    )
    assert not right[1] and yuan(money(right[0]).spent) == 3
    wrong = loads(["甲", "一", None, 1], ["合计", None, None, 5])
    assert told(wrong, "B012") == [(Level.WARNING, "D3")] and yuan(money(wrong[0]).spent) == 1
    finding = next(one for one in wrong[1] if one.code == "B012")
    assert (finding.expected, finding.actual) == ("1元", "5元") and "相差4元" in finding.what


@pytest.mark.parametrize(
    ("row", "code", "level"),
    [
        (["甲", "一", None, "约一百"], "B011", Level.ERROR),
        (["甲", "一", None, "=1+1"], "B003", Level.ERROR),
        (["甲", "一", None, "17,5312.57"], "B011", Level.ERROR),
        (["甲", "一", None, -5], "B014", Level.HINT),
        (["甲", "一", None, "(5.00)"], "B014", Level.HINT),
        (["甲", "一", None, None], "B016", Level.WARNING),
        (["甲", "一", date(2023, 12, 31), 5], "B015", Level.HINT),
        (["甲", "一", "过年", 5], "B015", Level.HINT),
    ],
)
def test_what_is_wrong_in_a_row_is_told_at_its_cell(loads: Loads, row: list[Any], code: str, level: Level) -> None:
    found = loads(["甲", "一", None, 10], row, more="项目: {年度: 2024}\n")
    assert told(found, code) == [(level, told(found, code)[0][1])] and (told(found, code)[0][1] or "").endswith("3")
    counted = 10 if level is not Level.HINT else 15 if code == "B015" else 5
    assert yuan(money(found[0]).spent) == counted


def test_a_payment_after_the_datas_last_day_is_told_and_counts(loads: Loads) -> None:
    data = HEAD.replace("样式: national", "样式: national, 截止日期: 2024-06-30")
    source, findings = loads(["甲", "一", date(2024, 7, 1), 5], ["甲", "一", date(2024, 6, 30), 5], whole=data)
    assert [(one.code, one.where.cell) for one in findings] == [("B015", "C2")]
    assert yuan(money(source).spent) == 10


@pytest.mark.parametrize(
    ("head", "amount"),
    [
        ([["台账"], ["单位：万元"], TITLES], 10000),
        ([["单位", "用途", "日期", "付款金额（万元）"]], 10000),
        ([["用途", "单位 名称", "日期", "支出金额(元)"]], 1),
    ],
)
def test_columns_go_by_further_names_and_a_unit_stands_in_the_header_or_above(
    loads: Loads, head: list[list[Any]], amount: int
) -> None:
    source, findings = loads(["甲", "甲", None, 1], head=head)
    assert not findings and yuan(money(source).by_unit[0].spent) == amount


@pytest.mark.parametrize(
    "name", ["/etc/支出.xlsx", "../支出.xlsx", "a/../../支出.xlsx", "C:/支出.xlsx", "支出.xls", "没有.xlsx"]
)
def test_a_ledger_must_be_a_workbook_below_the_datas_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "项目"
    folder.mkdir()
    write(tmp_path / "支出.xlsx", ("明细", [TITLES, ["甲", "一", None, 1]]))
    data = folder / "项目.yaml"
    data.write_text(f"{HEAD}资金:\n  台账: {name}\n", encoding="utf-8")
    source, findings = load(data, rule_parameters(), measure_parameters())
    assert [(one.code, one.level, one.where.line) for one in findings] == [("B010", Level.ERROR, 4)]
    assert not source.sums


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "项目").mkdir()
    write(tmp_path / "支出.xlsx", ("明细", [TITLES, ["甲", "一", None, 1]]))
    try:
        (tmp_path / "项目" / "支出.xlsx").symlink_to(tmp_path / "支出.xlsx")
    except OSError:
        return  # Windows without the right to make links
    data = tmp_path / "项目" / "项目.yaml"
    data.write_text(f"{HEAD}资金: {{台账: 支出.xlsx}}\n", encoding="utf-8")
    assert [one.code for one in load(data, rule_parameters(), measure_parameters())[1]] == ["B010"]


def test_a_ledger_without_a_header_or_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", ("明细", [["甲", "一"], ["乙", 1]]))
    (tmp_path / "乙.xlsx").write_bytes(b"not a workbook")
    data = tmp_path / "项目.yaml"
    ledgers = "[甲.xlsx, 乙.xlsx, {文件: 甲.xlsx, 工作表: 明系}]"
    data.write_text(f"{HEAD}资金: {{台账: {ledgers}}}\n", encoding="utf-8")
    findings = load(data, rule_parameters(), measure_parameters())[1]
    assert sorted(one.code for one in findings) == ["B001", "B010", "B010"]
    assert any("是不是“明细”" in (one.mend or "") for one in findings)


@pytest.mark.parametrize("wrong", ["按单位: 没有", "按单位: [甲, 乙]", "按用途: {甲: 1}"])
def test_lists_of_the_wrong_shape_are_told_and_nothing_breaks(loads: Loads, wrong: str) -> None:
    found = loads(["甲", "一", None, 1], funds=f"  {wrong}\n")
    assert [one.where.line for one in found[1] if one.level is Level.ERROR and one.code[0] == "D"]


@pytest.mark.parametrize(
    "wrong", ["{文件: [支出.xlsx]}", "{文件: 支出.xlsx, 工作表: [明细]}", "{文件: 支出.xlsx, 金额单位: 美元}"]
)
def test_what_is_said_wrongly_of_a_ledger_is_told_and_nothing_breaks(tmp_path: Path, wrong: str) -> None:
    write(tmp_path / "支出.xlsx", ("明细", [TITLES, ["甲", "一", None, 1]]))
    data = tmp_path / "项目.yaml"
    data.write_text(f"{HEAD}资金:\n  台账: {wrong}\n", encoding="utf-8")
    assert {one.where.line for one in load(data, rule_parameters(), measure_parameters())[1]} == {4}


def test_several_ledgers_are_added_and_each_keeps_its_rows(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", ("一月", [TITLES, ["甲", "一", None, 1]]), ("二月", [TITLES, ["甲", "一", None, 2]]))
    data = tmp_path / "项目.yaml"
    text = "资金: {台账: [{文件: 甲.xlsx, 工作表: 一月}, {文件: 甲.xlsx, 工作表: 二月, 金额单位: 万元}]}\n"
    data.write_text(HEAD + text, encoding="utf-8")
    source, findings = load(data, rule_parameters(), measure_parameters())
    assert not findings and yuan(money(source).spent) == 20001
    assert [(one.sheet, one.rows) for one in source.sums[:2]] == [("一月", (2,)), ("二月", (2,))]


def test_conversion_keeps_the_names_of_workbooks_and_writes_no_sums(tmp_path: Path) -> None:
    write(tmp_path / "支出.xlsx", ("明细", [TITLES, ["甲", "一", None, 1]]))
    data = tmp_path / "项目.yaml"
    data.write_text(f"{HEAD}资金: {{台账: {{文件: 支出.xlsx, 工作表: 明细}}}}\n", encoding="utf-8")
    book = tmp_path / "项目.xlsx"
    book.write_bytes(convert(data, book).content)
    back = convert(book, tmp_path / "再.yaml").content.decode("utf-8")
    assert "支出.xlsx" in back and "工作表" in back and "按单位" not in back
    assert yuan(money(load(book, rule_parameters(), measure_parameters())[0]).spent) == 1


PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙"),
        st.sampled_from("一二三"),
        st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAYMENTS)
def test_units_purposes_and_rows_have_one_sum(loads: Loads, payments: list[tuple[str, str, float]]) -> None:
    source, _ = loads(*[[unit, purpose, None, amount] for unit, purpose, amount in payments])
    funds = money(source)
    whole = sum((Decimal(str(amount)) for _, _, amount in payments), Decimal())
    assert yuan(funds.spent) == whole
    assert sum(yuan(row.spent) for row in funds.by_unit) == whole
    assert sum(yuan(row.spent) for row in funds.by_purpose) == whole
    for row in funds.by_unit:
        assert sum(yuan(part.spent) for part in row.by_purpose) == yuan(row.spent)


def test_a_day_of_eight_digits_is_a_day(loads: Loads) -> None:
    found = loads(
        ["甲社区", "办公费", "20240527", 5], ["甲社区", "办公费", 20250101, 6], more="项目: {名称: 甲, 年度: 2024}\n"
    )
    assert told(found, "B015") == [(Level.HINT, "C3")]


def test_a_ledger_without_units_or_with_two_amounts_says_so(loads: Loads) -> None:
    found = loads(["办公费", 5], head=[["用途", "金额"]])
    assert told(found, "B016") == [(Level.HINT, "B1")]
    found = loads(["甲社区", "办公费", 5, 6], head=[["单位", "用途", "支付金额", "支出金额"]])
    assert told(found, "B016") == [(Level.HINT, "D1")]
    assert yuan(money(found[0]).by_unit[0].spent) == 6


def test_a_unit_in_cells_merged_downwards_holds_for_all_their_rows(tmp_path: Path) -> None:
    book = Workbook()
    rows = [
        TITLES,
        ["甲社区", "办公费", date(2024, 3, 1), 100],
        [None, "活动费", None, 30],
        ["乙社区", "办公费", None, 7],
    ]
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("C2:C4")
    book.save(tmp_path / "支出明细.xlsx")
    data = tmp_path / "项目.yaml"
    data.write_text(HEAD + "资金:\n  台账: 支出明细.xlsx\n", encoding="utf-8")
    source, findings = load(data, rule_parameters(), measure_parameters())
    assert not findings
    sums = [(row.units, yuan(row.spent)) for row in money(source).by_unit]
    assert sums == [(["甲社区"], Decimal(130)), (["乙社区"], Decimal(7))]


def test_two_rows_of_one_unit_are_told_and_the_first_takes_all(loads: Loads) -> None:
    found = loads(["甲", "一", None, 5], funds="  按单位:\n    - {单位: 甲, 预算: 5}\n    - {单位: 甲, 预算: 3}\n")
    assert told(found, "B013") == [(Level.WARNING, None)]
    assert [row.spent and yuan(row.spent) for row in money(found[0]).by_unit] == [5, None]


def test_a_unit_of_the_project_without_a_row_is_told_as_such(loads: Loads) -> None:
    found = loads(
        ["乙", "一", None, 5], more="项目: {单位: [{名称: 甲}, {名称: 乙}]}\n", funds="  按单位: [{单位: 甲}]\n"
    )
    (finding,) = [one for one in found[1] if one.code == "B013"]
    assert "列在 项目.单位 里" in finding.what


@pytest.mark.parametrize(
    ("unit", "amount"), [("千元", 5_000), ("百万元", 5_000_000), ("亿元", 500_000_000), ("美元", None)]
)
def test_amounts_in_every_unit_of_money_or_told(loads: Loads, unit: str, amount: int | None) -> None:
    found = loads(["甲", "一", None, 5], head=[["单位", "用途", "日期", f"金额（{unit}）"]])
    (row,) = money(found[0]).by_unit or [None]
    assert (row and row.spent and yuan(row.spent)) == amount
    assert bool(told(found, "B011")) is (amount is None)


@pytest.mark.parametrize("words", ["合计金额", "本月合计", "过次页", "共计：", "总支出"])
def test_rows_of_totals_go_by_many_words_in_any_cell(loads: Loads, words: str) -> None:
    found = loads(["甲", "一", None, 5], [None, words, None, 5])
    assert yuan(money(found[0]).spent) == 5


def test_a_hidden_sheet_counts_and_a_character_that_word_cannot_keep_is_told(tmp_path: Path, loads: Loads) -> None:
    loads(["甲", "一", None, 5])
    book = load_workbook(tmp_path / "支出明细.xlsx")
    book.create_sheet("目录")
    book["明细"].sheet_state = "hidden"
    book["明细"]["A2"] = "甲_x0007_"
    book.save(tmp_path / "支出明细.xlsx")
    _, findings = load(tmp_path / "项目.yaml", rule_parameters(), measure_parameters())
    assert sorted((one.code, one.where.cell) for one in findings) == [("B016", None), ("Y003", "A2")]


def test_files_left_behind_by_a_conversion_are_named(tmp_path: Path, loads: Loads) -> None:
    loads(["甲", "一", None, 5])
    (tmp_path / "别处").mkdir()
    made = convert(tmp_path / "项目.yaml", tmp_path / "别处" / "项目.xlsx")
    assert [one.code for one in made.findings] == ["D008"]
    assert not convert(tmp_path / "项目.yaml", tmp_path / "项目.xlsx").findings
