"""Charts: bound by alt text, filled with the names' values, their workbooks the same; gaps stay gaps."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from generator.charts import read_binding, table
from generator.context import context
from generator.document import structural_problems
from generator.findings import Finding, Location
from generator.pipeline import judge, make
from generator.render import render
from generator.style import built_in_folder
from generator.template import compile_template
from generator.values import Form, Missing, Money, Points, Quantity, Rate, Said

from .golden import SAMPLES
from .validator import validation_errors
from .wordfiles import failures, opened, problems

sys.path.insert(0, str(built_in_folder()))

from _authoring import Draft
from _charts import Bars, add_chart

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ONE = {"甲": ["1"], "乙": ["2"]}
TWO = {"甲": ["1", "2"], "乙": ["3", "4"]}
NAMED = {"报告": {"版本": None}}  # what every template asks for in its header
RATES = "图表：各行；类别：名称；数值：率"


def made(path: Path, *bindings: str, series: tuple[str, ...] = ("得分率",), around: str = "") -> Path:
    """A template with a chart for each binding, each in a condition or loop when `around` is given."""
    draft: Any = Draft("图表")
    for binding in bindings:
        if around:
            draft.text(f"{{%p {around} %}}")
        add_chart(draft, Bars(binding, series, TWO if len(series) > 1 else ONE, "0.00%"), "图题")
        if around:
            draft.text(f"{{%p end{around.split()[0]} %}}")
    draft.text("尾")
    draft.save(path)
    return path


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def shown(document: bytes, number: int = 1) -> tuple[list[str], list[list[str | None]]]:
    """What a chart draws: its categories, and the values of each series, None for a gap."""
    root = etree.fromstring(members(document)[f"word/charts/chart{number}.xml"])
    categories: list[str] = []
    values = []
    for series in root.iter(C + "ser"):
        categories = [str(one) for one in cached(series.find(f"{C}cat/{C}strRef"))]
        values.append(cached(series.find(f"{C}val/{C}numRef")))
    return categories, values


def cached(reference: Any) -> list[str | None]:
    """The points of a cache, whose range has as many cells."""
    cache = reference[1]
    count = int(cache.find(C + "ptCount").get("val"))
    first, last = (int(cell.rpartition("$")[2]) for cell in reference.find(C + "f").text.split(":"))
    assert (first, last) == (2, max(count, 1) + 1)
    points = {int(point.get("idx")): point.find(C + "v").text for point in cache.findall(C + "pt")}
    return [points.get(index) for index in range(count)]


def sheet(document: bytes, number: int = 1) -> dict[str, str]:
    """The cells of a chart's workbook."""
    book = members(members(document)[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"])
    root = etree.fromstring(book["xl/worksheets/sheet1.xml"])
    return {str(cell.get("r")): "".join(cell.itertext()) for cell in root.iter(S + "c")}


def chart(path: Path, names: Mapping[str, object]) -> bytes:
    return render(compile_template(path), {**NAMED, **names}).document


def kunming() -> tuple[Path, Mapping[str, Any]]:
    judged = judge(next(sample for sample in SAMPLES if sample.stem == "kunming"))
    return judged.style.template(), context(judged.source, judged.style, judged.figures, judged.scores).names


def test_the_charts_of_a_report_show_the_values_of_its_tables() -> None:
    template, names = kunming()
    document = chart(template, names)
    units, (spent,) = shown(document, 1)
    assert units == [str(row["简称"]) for row in names["资金"]["按单位"]]
    assert "益康路社区、金坤社区" in units
    assert [Decimal(str(value)) for value in spent] == [row["支出"].yuan for row in names["资金"]["按单位"]]
    groups, (rates,) = shown(document, 3)  # the chart by area, which this data does not have, is the second
    assert groups == [str(node["名称"]) for node in names["指标体系"]]
    assert [Decimal(str(value)) for value in rates] == [node["得分率"].fraction for node in names["指标体系"]]
    assert structural_problems(document) == []


def test_the_workbook_holds_what_the_chart_shows(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "图表：各行；类别：名称；数值：到位、支出（万元）", series=("到位", "支出"))
    rows = [
        {"名称": "甲", "到位": Money(Decimal("1234567.89")), "支出": Money(Decimal("175312.57"))},
        {"名称": "乙", "到位": Money(Decimal(0)), "支出": Said("—")},
    ]
    document = chart(path, {"各行": rows})
    assert shown(document) == (["甲", "乙"], [["1234567.89", "0"], ["17.531257", None]])
    expected = {"B1": "到位", "C1": "支出", "A2": "甲", "B2": "1234567.89", "C2": "17.531257", "A3": "乙", "B3": "0"}
    assert sheet(document) == expected
    book = members(document)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (Rate(Decimal("0.2656")), "0.2656"),
        (Money(Decimal("175312.57"), Form(2, unit="万元")), "17.531257"),
        (Points(Decimal("19.80")), "19.8"),
        (6, "6"),
        (0, "0"),
        (Decimal("1E+2"), "100"),
        (Quantity("6个", Decimal(6), "个"), "6"),
        (Quantity("300余人次", Decimal(300), "人次", fuzzy=True), None),
        ("17.53", "17.53"),
        ("26.56%", "0.2656"),
        (Missing("率"), None),
        (Said("—"), None),
        ("", None),
    ],
)
def test_each_kind_of_figure_is_drawn_as_what_it_is(tmp_path: Path, value: object, drawn: str | None) -> None:
    document = chart(made(tmp_path / "甲.docx", RATES), {"各行": [{"名称": "甲", "率": value}]})
    assert shown(document) == (["甲"], [[drawn]])


def test_the_examples_of_the_page_are_drawn() -> None:
    page = (Path(__file__).parent.parent / "docs" / "图表.md").read_text(encoding="utf-8")
    examples = re.findall("^图表：.+", page, re.MULTILINE)
    assert len(examples) >= 5
    _, names = kunming()
    wrong: list[Finding] = []
    for example in examples:
        figures = table(read_binding(example), names, Location(), wrong)
        assert figures.categories
        assert any(point is not None for points in figures.series for point in points), example
    assert not wrong


def test_what_is_pending_is_a_gap(tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text(
        "金额单位: 元\n报告: {标题: 试点项目, 样式: kunming}\n项目: {名称: 试点项目}\n指标体系:\n"
        "  - {名称: 产出, 分值: 60, 计分方法: 直接评分, 参数: {得分: 45, 理由: 大部分完成}}\n"
        "  - {名称: 效果, 分值: 40}\n",
        encoding="utf-8",
    )
    document = make(judge(data), pages=False).document
    charts = [name for name in members(document) if "charts/chart" in name and name.endswith(".xml")]
    assert len(charts) == 1
    assert shown(document, int(charts[0][-5])) == (["产出", "效果"], [["0.75", None]])
    root = etree.fromstring(members(document)[charts[0]])
    assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert structural_problems(document) == []


def test_text_is_escaped_in_chart_and_workbook(tmp_path: Path) -> None:
    name = 'A<B & "C"\n丁'
    document = chart(made(tmp_path / "甲.docx", RATES), {"各行": [{"名称": name, "率": 1}]})
    assert shown(document)[0] == ['A<B & "C" 丁']
    assert sheet(document)["A2"] == 'A<B & "C" 丁'


def test_filters_the_reports_names_and_the_item_itself_can_be_asked(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "图表：各行[:2]；类别：年度 ~ '年' ~ 项.名称；数值：支出|数值(“万元”)")
    rows = [{"名称": name, "支出": Money(Decimal(10_000))} for name in "甲乙丙"]
    assert shown(chart(path, {"年度": 2024, "各行": rows})) == (["2024年甲", "2024年乙"], [["1", "1"]])


def test_an_alt_text_may_have_a_line_for_each_part(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "图表:各行\n类别:名称\n数值:率\n说明：数值：见《表》；类别：略")
    document = chart(path, {"各行": [{"名称": "甲", "率": 1}]})
    assert shown(document) == (["甲"], [["1"]])
    drawing = next(opened(document).element.body.iter(qn("wp:docPr")))
    assert drawing.get("descr") == "数值：见《表》；类别：略"


def test_an_empty_list_draws_nothing(tmp_path: Path) -> None:
    document = chart(made(tmp_path / "甲.docx", RATES), {"各行": Missing("各行")})
    assert shown(document) == ([], [[]])
    assert structural_problems(document) == []


def test_the_same_data_gives_the_same_bytes() -> None:
    template, names = kunming()
    assert chart(template, names) == chart(template, names)


def test_a_name_missing_in_the_data_is_marked_and_listed(tmp_path: Path) -> None:
    names = {**NAMED, "各行": [{"名称": Missing("单位"), "率": 1}]}
    rendered = render(compile_template(made(tmp_path / "甲.docx", RATES)), names)
    assert shown(rendered.document)[0] == ["【待补充：单位】"]
    assert rendered.missing == ("单位",)


def test_the_name_of_a_series_may_hold_a_tag(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", RATES, series=("{{ 年度 }}年<率>",))
    document = chart(path, {"年度": 2024, "各行": []})
    assert sheet(document) == {"B1": "2024年<率>"}
    root = etree.fromstring(members(document)["word/charts/chart1.xml"])
    assert root.findtext(f".//{C}tx//{C}v") == "2024年<率>"


def test_a_chart_that_is_not_printed_leaves_nothing_behind(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", RATES, "图表：没有的；类别：名称；数值：率", around="if 样式.图表")
    off = chart(path, {"样式": {"图表": False}})
    assert not [name for name in members(off) if "chart" in name or "embeddings" in name]
    assert b"chart" not in members(off)["[Content_Types].xml"] + members(off)["word/_rels/document.xml.rels"]
    assert structural_problems(off) == []


@pytest.mark.parametrize(("said", "style", "printed"), [("否", "是", 0), ("是", "否", 2), ("", "否", 0), ("", "是", 2)])
def test_the_data_switches_charts_and_else_the_style(tmp_path: Path, said: str, style: str, printed: int) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in ("style.yaml", "report.docx"):
        (pack / file).write_bytes((built_in_folder() / "kunming" / file).read_bytes())
    policy = (pack / "style.yaml").read_text(encoding="utf-8").replace("图表: 是\n", f"图表: {style}\n")
    (pack / "style.yaml").write_text(policy, encoding="utf-8")
    sample = next(sample for sample in SAMPLES if sample.stem == "kunming").read_text(encoding="utf-8")
    data = tmp_path / "data.yaml"
    data.write_text(sample.replace("报告:\n", f"报告:\n  图表: {said}\n" if said else "报告:\n", 1), encoding="utf-8")
    document = make(judge(data, str(pack)), pages=False).document
    assert len([name for name in members(document) if "charts/chart" in name and name.endswith(".xml")]) == printed
    captions = [one.text for one in opened(document).paragraphs if one.style.name == "图题"]
    assert [caption[:2] for caption in captions] == ["图1", "图2"][:printed]


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("图表：各行", "没有写“类别：…”"),
        ("图表：各行；类别：名称", "没有写“数值：…”"),
        ("图表：各行；类别：名称；数值：", "没有写“数值：…”"),
        ("图表：各行；名称：甲；类别：名称；数值：率", "没有“名称”这一项"),
        ("图表：各行；类别：名称；数值：率；数值：率", "“数值”写了两次"),
        ("图表：各行；类别：名称..；数值：率", "类别“名称..”写法不对"),
        ("图表：各行；类别：名称；数值：率|万圆", "没有“万圆”这个过滤器，是不是“万元”"),
        ("图表：各行；类别：名称；数值：率（千元）", "没有“千元”这个单位"),
        ("图表：各行；类别：名称；数值：率、分", "有1个系列，数值却写了2个"),
    ],
)
def test_each_mistake_in_an_alt_text_is_told(tmp_path: Path, alt: str, said: str) -> None:
    (finding,) = problems(made(tmp_path / "甲.docx", alt))
    assert finding.code == "T130" and finding.what.startswith(f"图表“{alt}”") and said in finding.what
    assert str(finding.where).endswith("正文 › 第1段") and finding.quoted == alt and finding.mend


def test_a_chart_in_a_loop_is_refused(tmp_path: Path) -> None:
    (finding,) = problems(made(tmp_path / "甲.docx", RATES, around="for 组 in 各组"))
    assert finding.code == "T130" and "循环" in finding.what


def test_a_picture_cannot_be_bound(tmp_path: Path) -> None:
    def unbind(name: str) -> Path:
        """A template whose drawing is no chart any more."""
        path = made(tmp_path / name, RATES)
        document: Document = opened(path.read_bytes())
        for reference in list(document.element.body.iter(C + "chart")):
            reference.getparent().remove(reference)
        document.save(str(path))
        return path

    (finding,) = problems(unbind("甲.docx"))
    assert finding.code == "T130" and "不是 Word 图表" in finding.what


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        ({}, "T201", "列表“各行”没有“各行”这个名称"),
        ({"各行": [{"名称": "甲", "率": 1}, {"名称": "乙", "比率": 1}]}, "T201", "数值“率”没有“率”这个名称（第2项）"),
        ({"各行": [{"名称": "甲", "率": "很高"}]}, "T203", "数值“率”“很高”不是数字（第1项）"),
        ({"各行": [{"名称": "甲", "率": [1]}]}, "T203", "不是数，画不进图表"),
        ({"各行": "甲"}, "T203", "不是列表"),
    ],
)
def test_each_mistake_at_run_time_names_the_chart(
    tmp_path: Path, names: Mapping[str, object], code: str, said: str
) -> None:
    finding = failures(made(tmp_path / "甲.docx", RATES), {**NAMED, **names})[0]
    assert (finding.code, finding.quoted) == (code, RATES)
    assert f"图表“{RATES}”的" in finding.what and said in finding.what
    assert str(finding.where).endswith("正文 › 第1段")


def test_what_fails_is_marked_in_the_chart(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "图表：各行；类别：名称；数值：率、额", series=("率", "额"))
    rows = [{"名称": "甲", "率": 1, "额": 2}, {"率": "高", "额": 2}]
    result = render(compile_template(path), {**NAMED, "各行": rows})
    assert [one.code for one in result.findings] == ["T201", "T203"]
    assert shown(result.document) == (["甲", "【此处有误：“高”不是数字】"], [["1", None], ["2", "2"]])
    nothing = render(compile_template(path), {**NAMED, "各行": "甲"}).document
    assert shown(nothing) == (["【此处有误：不是列表】"], [[None], [None]])
    assert structural_problems(nothing) == []


def test_characters_that_xml_forbids_are_told(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", RATES)
    assert "控制字符" in failures(path, {**NAMED, "各行": [{"名称": "甲\x0c", "率": 1}]})[0].what
    assert "控制字符" in failures(path, {**NAMED, "各行": [{"名称": "\ud800", "率": 1}]})[0].what


@pytest.mark.office
def test_a_report_with_charts_passes_the_validator(tmp_path: Path) -> None:
    both = made(tmp_path / "甲.docx", RATES, "图表：各行；类别：名称；数值：率", around="if 有")
    rows = [{"名称": "甲<&>", "率": Rate(Decimal("0.5"))}, {"名称": "乙", "率": Said("—")}]
    for names in ({"有": True, "各行": rows}, {"有": True, "各行": []}, {"有": False}):
        assert validation_errors(chart(both, names)) == []
