"""Style packs are found by name or folder, and read like data: all that is wrong at once, nothing executed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator.findings import Location, ReportError
from generator.style import FOLDERS_VARIABLE, built_in_folder, default_style, find_style, read_style, style_folders
from generator.values import Form, Forms

from .conftest import Write

PACK = "名称: 甲\n文档: {报告: 报告.docx}\n等级: [{名称: 合格, 下限: 60}, {名称: 差, 下限: 0}, {名称: 优, 下限: 90}]\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "包" / "甲样式"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text(PACK, encoding="utf-8")
    (folder / "报告.docx").write_bytes(b"")
    return folder


def test_every_built_in_pack_is_read() -> None:
    names = [name for name, folder in style_folders() if folder.parent == built_in_folder()]
    assert names
    for name in names:
        style = find_style(name)
        assert style.id == name and all(style.template(one).is_file() for one in style.file.documents or {})


def test_a_pack_is_found_by_folder_and_beside_the_data(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_style(str(pack)).id == "甲样式"
    assert find_style("甲样式", pack.parent).folder == pack
    assert find_style("包/甲样式", pack.parent.parent).folder == pack
    monkeypatch.setenv(FOLDERS_VARIABLE, str(pack.parent))
    assert find_style("甲样式").folder == pack


def test_a_name_that_is_not_there_says_the_nearest_and_where_it_stands() -> None:
    first = next(style_folders())[0]
    place = Location("甲.yaml", 3, 7)
    with pytest.raises(ReportError, match=f"是不是“{first}”") as caught:
        find_style(first + "x", None, place)
    assert caught.value.findings[0].where == place


def test_a_folder_that_is_no_pack_says_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    for name, beside in ((str(tmp_path), None), ("空的", tmp_path)):
        with pytest.raises(ReportError, match=f"没有样式“{name}”：这个文件夹里没有 style.yaml。现有样式："):
            find_style(name, beside)


@pytest.mark.parametrize("name", ["长" * 5000, "../没有", "/没有", ".", "~", "*"])
def test_odd_names_are_only_not_found(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="没有样式"):
        find_style(name, tmp_path)


def test_grades_stand_on_floors_in_any_order(pack: Path) -> None:
    style = read_style(pack)
    marks = {"100": "优", "90": "优", "89.99": "合格", "60": "合格", "59.99": "差"}
    assert {mark: style.grade(Decimal(mark), Decimal(100)) for mark in marks} == marks
    assert style.grade(Decimal(5), Decimal(0)) is None and default_style().grade(Decimal(5), Decimal(5)) is None


def test_a_mark_meets_the_grades_as_it_prints(pack: Path) -> None:
    style = read_style(pack)
    assert style.grade(Decimal("269.99"), Decimal(300)) == "优"  # 得分率 prints 90.00%
    assert style.grade(Decimal("269.98"), Decimal(300)) == "合格"  # 89.99%
    fine = replace(style, forms=Forms(score_rate=Form(3)))
    assert fine.grade(Decimal("269.99"), Decimal(300)) == "合格"  # 89.997%
    coarse = replace(style, forms=Forms(score_rate=Form(0)))
    assert coarse.grade(Decimal("89.50"), Decimal(100)) == "合格"


@pytest.mark.parametrize(
    ("grades", "line", "message"),
    [
        ("  - {名称: 优, 下限: 90}\n  - {名称: 良, 下限: 60}\n", 5, "最低的等级“良”的下限应为 0"),
        (
            "  - {名称: 优, 下限: 90}\n  - {名称: 良, 下限: 90}\n  - {名称: 差, 下限: 0}\n",
            5,
            "“良”的下限90和前面的等级相同",
        ),
        ("  - {名称: 差, 下限: 0}\n  - {名称: 坏, 下限: 0.00}\n", 5, "“坏”的下限0和前面的等级相同"),
        ("  - {名称: 优, 下限: 900}\n  - {名称: 差, 下限: 0}\n", 4, "超过了 100"),
    ],
)
def test_grades_must_cover_every_mark_once(pack: Path, grades: str, line: int, message: str) -> None:
    (pack / "style.yaml").write_text(f"名称: 甲\n文档: {{报告: 报告.docx}}\n等级:\n{grades}", encoding="utf-8")
    with pytest.raises(ReportError, match=message) as caught:
        read_style(pack)
    assert [one.where.line for one in caught.value.findings] == [line]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("说明: 甲\n", ["D002", "D002"]),
        ("名称: [甲]\n文档: 乙\n", ["D004", "D005"]),
        (
            "名称: 甲\n文档: {报告: a.docx}\n等级: [{名称: 优}]\n格式: {金额: {单位: 块, 小数: 9}}\n没有: 1\n",
            ["D001"] + ["D002"] + ["D003"] * 2,
        ),
        ("名称: 甲\n文档: {报告: a.docx}\n提纲: [{标题: [甲], 层级: 一}]\n", ["D004", "D004"]),
        ("", ["Y001"]),
        ("名称：甲\n", ["Y005"]),
    ],
)
def test_all_that_is_wrong_in_a_pack_is_told_at_once(pack: Path, text: str, codes: list[str]) -> None:
    (pack / "style.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        read_style(pack)
    assert sorted(one.code for one in caught.value.findings) == codes


def test_a_template_stays_in_its_folder(pack: Path) -> None:
    (pack.parent / "外.docx").write_bytes(b"")
    for name in ("../外.docx", "/etc/hosts", "没有.docx", "."):
        (pack / "style.yaml").write_text(f'名称: 甲\n文档: {{报告: "{name}"}}\n', encoding="utf-8")
        with pytest.raises(ReportError, match="没有模板文件"):
            read_style(pack).template()
    with pytest.raises(ReportError, match="没有文档“别的”"):
        read_style(pack).template("别的")


def test_forms_are_the_styles_own(pack: Path, write: Write) -> None:
    (pack / "style.yaml").write_text(
        PACK + "格式: {金额: {单位: 万元, 小数: 0, 千分位: 否}, 得分率: {小数: 自然}, 得分: {整数省略小数: 否}}\n",
        "utf-8",
    )
    forms = read_style(pack).forms
    assert (forms.money.unit, forms.money.decimals, forms.money.thousands) == ("万元", 0, False)
    assert forms.score_rate.decimals is None and forms.points.write(Decimal(4)) == "4.00"
