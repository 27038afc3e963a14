"""A filled 自评表 in Word comes in: the same form again, and what is wrong in it is told cell by cell."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from generator.document import project
from generator.findings import Level, ReportError
from generator.import_form import Imported, import_form
from generator.pipeline import judge, make, review
from generator.sources import read_tree

from .conftest import Command
from .golden import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = [
    ("beijing-chaoyang", "national", "自评表"),
    ("beijing-chaoyang", "beijing", "自评表"),
    ("kunming", "national", "自评表"),
    ("langfang-full", "national", "自评表"),
    ("suzhou", "suzhou", "报告"),
    ("suzhou", "beijing", "自评表"),
]


def form_of(folder: Path, sample: str, style: str, document: str) -> Path:
    """The form that a sample prints in a style."""
    made = make(judge(ROOT / "samples" / f"{sample}.yaml", style), document, pages=False)
    path = folder / "自评表.docx"
    path.write_bytes(made.document)
    return path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The form of a sample that is filled in everywhere."""
    return form_of(tmp_path, "beijing-chaoyang", "national", "自评表")


def changed(path: Path, change: Callable[[Document], object]) -> Path:
    """The form after a change in Word."""
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    return path


def put(row: int, cell: int, text: str, table: int = 0) -> Callable[[Document], object]:
    """Types a text over what a cell says, rows and cells counted from 1 as the messages count them."""

    def change(document: Document) -> None:
        cells = document.tables[table]._tbl.tr_lst[row - 1].tc_lst
        texts = list(cells[cell - 1].iter(W + "t"))
        for one in texts:
            one.text = ""
        texts[0].text = text

    return change


def imported(path: Path, out: str = "项目.yaml", style: str | None = None) -> tuple[Imported, Any]:
    """What the import makes, and the data file that was written."""
    target = path.with_name(out)
    made = import_form(path, target, style)
    target.write_bytes(made.content)
    return made, target


def printed(data: Path, document: str) -> str:
    return str(project(make(judge(data), document, pages=False).document))


def told(made: Imported) -> list[tuple[str, int | None, int | None]]:
    """Code and cell of each finding."""
    return [(one.code, one.where.table_row, one.where.table_column) for one in made.findings]


@pytest.mark.parametrize(("sample", "style", "document"), FORMS)
@pytest.mark.parametrize("out", ["项目.yaml", "项目.xlsx"])
def test_a_form_that_came_in_prints_the_same_form(
    tmp_path: Path, sample: str, style: str, document: str, out: str
) -> None:
    path = form_of(tmp_path, sample, style, document)
    made, data = imported(path, out, style)
    assert not [str(one) for one in made.findings if one.level is not Level.HINT]
    assert printed(data, document) == str(project(path))


@pytest.mark.parametrize(("style", "document"), [("national", "自评表"), ("beijing", "自评表"), ("suzhou", "报告")])
def test_the_style_of_a_form_is_known_by_its_labels(tmp_path: Path, style: str, document: str) -> None:
    made, _ = imported(form_of(tmp_path, "beijing-chaoyang", style, document))
    assert (made.style, made.document) == (style, document)


def test_columns_in_another_order_say_the_same(form: Path) -> None:
    before = imported(form)[0].content

    def turn(document: Document) -> None:
        rows = document.tables[0]._tbl.tr_lst
        for row in rows[9:21]:
            first, second = row.tc_lst[4:6]
            first.addprevious(second)

    assert imported(changed(form, turn))[0].content == before


def test_cells_that_were_never_merged_say_the_same(form: Path) -> None:
    before = imported(form)[0].content

    def unmerge(document: Document) -> None:
        for merge in list(document.element.body.iter(W + "vMerge")):
            merge.getparent().remove(merge)

    assert imported(changed(form, unmerge))[0].content == before


def test_rows_in_another_order_and_new_ones_come_in(form: Path) -> None:
    def add(document: Document) -> None:
        row = document.tables[0]._tbl.tr_lst[10]
        row.addnext(deepcopy(row))
        put(12, 4, "新的指标")(document)

    made, data = imported(changed(form, add))
    groups = judge(data).source.evaluation.indicators
    assert [leaf.name for leaf in groups[1].below[0].below] == ["项目数", "新的指标"]
    assert "新的指标" in printed(data, "自评表")
    assert [one.code for one in made.findings] == ["N105", "N106"]  # the sums are those of the form before


def test_a_column_that_is_not_known_is_named(form: Path) -> None:
    made, _ = imported(changed(form, put(10, 9, "经办人")))
    assert ("N102", 10, 9) in told(made) and "经办人" in str(made.findings[0])


@pytest.mark.parametrize(
    ("row", "cell", "text", "code", "expected"),
    [
        (4, 3, "12", "N103", "10"),  # 年初预算数 of the whole
        (4, 7, "98%", "N104", "100"),
        (22, 2, "99", "N105", "100"),
        (22, 3, "99", "N106", "100"),
        (11, 8, "16", "N106", "15"),
        (4, 4, "十万", "N101", None),
    ],
)
def test_what_a_form_reckons_wrong_or_cannot_be_read_is_told_at_its_cell(
    form: Path, row: int, cell: int, text: str, code: str, expected: str | None
) -> None:
    made, data = imported(changed(form, put(row, cell, text)))
    found = [one for one in made.findings if one.code == code and one.where.table_row == row]
    assert found, list(map(str, made.findings))
    assert found[0].expected == expected and "第1个表" in str(found[0].where)
    assert review(data)


def test_an_amount_with_its_own_unit_or_in_brackets_is_read(tmp_path: Path) -> None:
    path = form_of(tmp_path, "suzhou", "suzhou", "报告")

    def change(document: Document) -> None:
        put(4, 2, "1,650,000元")(document)
        put(4, 3, "（5.00）")(document)

    made, data = imported(changed(path, change))
    text = made.content.decode("utf-8")
    assert "年初预算: 1,650,000元" in text and '调整预算: "-5"' in text
    assert not [one for one in made.findings if one.code in ("N101", "N107")]
    assert [one.expected for one in made.findings if one.code == "N103"]
    assert review(data)


def test_yuan_below_a_head_in_wan_is_told(tmp_path: Path) -> None:
    path = form_of(tmp_path, "suzhou", "suzhou", "报告")
    made, _ = imported(changed(path, put(4, 2, "16500000.00")))
    assert "N107" in [one.code for one in made.findings]


def test_a_dash_a_nought_nothing_and_a_blank_stay_four_things(form: Path) -> None:
    def change(document: Document) -> None:
        for cell, text in ((3, "—"), (4, "0"), (5, "")):
            put(6, cell, text)(document)
        put(11, 6, "无")(document)

    _, data = imported(changed(form, change))
    evaluation = judge(data).source.evaluation
    assert evaluation.funds is not None
    row = evaluation.funds.by_source[1]
    assert (str(row.first_budget), str(row.budget), row.spent) == ("—", "0.00元", None)
    assert str(evaluation.indicators[1].below[0].below[0].actual) == "无"


def test_tags_in_a_form_are_not_taken_for_ours(form: Path) -> None:
    made, data = imported(changed(form, put(9, 2, "完成{{ 资金.支出 }}")))
    assert ("N101", 9, 2) in told(made) and "{{" not in data.read_text(encoding="utf-8")


def test_a_row_that_only_goes_on_with_a_merged_cell_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "合并.docx"
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for cell, text in zip(table.rows[0].cells, ("项目名称", "甲项目"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 1)).text = "年度总体目标"
    document.save(str(path))
    assert "甲项目" in imported(path)[0].content.decode("utf-8")


def test_a_grade_that_the_scale_does_not_give_is_told_by_the_check(form: Path) -> None:
    _, data = imported(changed(form, put(22, 4, "良")))
    assert [one.code for one in review(data).findings if one.code == "K133"] == ["K133"]


def test_a_file_without_a_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.docx"
    document = docx.Document()
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "姓名"
    document.save(str(path))
    with pytest.raises(ReportError, match="没有认出自评表"):
        imported(path)
    path.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(ReportError, match=r"不是 \.docx 文件"):
        imported(path)
    with pytest.raises(ReportError, match="找不到这个文件"):
        imported(tmp_path / "没有.docx")
    with pytest.raises(ReportError, match=r"应是 \.docx 文件"):
        imported(tmp_path / "旧的.doc")


def test_the_command_writes_once_and_says_what_it_took(form: Path, command: Command) -> None:
    done = command("import", form, "-o", form.with_name("甲.yaml"))
    assert done.code == 0 and "样式 national，文档 自评表" in done.out
    said = json.loads(command("import", form, "-o", form.with_name("乙.yaml"), "--json").out)
    assert (said["样式"], said["文档"], said["数据"]) == ("national", "自评表", str(form.with_name("乙.yaml")))
    assert isinstance(said["发现"], list)
    again = command("import", form, "-o", form.with_name("甲.yaml"))
    assert again.code == 2 and "文件已存在" in again.err
    scores = json.loads(command("score", form.with_name("甲.yaml"), "--json").out)
    assert (scores["总分"], scores["等级"]) == ("100", "优")


def test_amounts_below_a_head_that_is_not_known_are_named(form: Path) -> None:
    made, _ = imported(changed(form, put(3, 3, "财政拨款数")))
    assert [(one.level, "财政拨款数" in one.what) for one in made.findings if one.where.table_row == 4] == [
        (Level.HINT, True)
    ]


def test_points_without_a_weight_are_named(form: Path) -> None:
    made, _ = imported(changed(form, put(11, 7, "")))
    assert ("N101", 11, 8) in told(made)


def test_an_indicator_below_the_sum_is_named(form: Path) -> None:
    def move(document: Document) -> None:
        rows = document.tables[0]._tbl.tr_lst
        rows[-1].addnext(deepcopy(rows[10]))

    made, _ = imported(changed(form, move))
    assert [one.level for one in made.findings if "总分的下面" in one.what] == [Level.WARNING]


@pytest.mark.parametrize(
    ("head", "unit", "amount"),
    [
        ("项目资金（亿元）", "万元", "10亿元"),
        ("项目资金（千元）", "万元", "10000元"),
        ("项目资金（美元）", "万元", None),
    ],
)
def test_amounts_below_a_head_in_another_unit_keep_their_size(
    form: Path, head: str, unit: str, amount: str | None
) -> None:
    made, data = imported(changed(form, put(3, 1, head)))
    said = read_tree(data).data
    assert (said["金额单位"], said.get("资金", {}).get("年初预算")) == (unit, amount)
    assert ("N101" in [one.code for one in made.findings]) is (amount is None)


def test_a_damaged_document_is_refused(form: Path) -> None:
    parts = {}
    with zipfile.ZipFile(form) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"][:500]
    with zipfile.ZipFile(form, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(ReportError, match="损坏") as caught:
        imported(form)
    assert caught.value.findings[0].where.file == str(form)


def test_a_span_that_is_no_number_is_one_column(form: Path) -> None:
    def spoil(document: Document) -> None:
        next(document.tables[0]._tbl.iter(W + "gridSpan")).set(W + "val", "x")

    assert imported(changed(form, spoil))[0].content
