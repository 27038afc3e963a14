"""What firms need year by year: last year's figures, rectified problems, samples, team, opinions, the version."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.convert import convert
from generator.document import project
from generator.model import Evaluation
from generator.pipeline import Judged, judge, make

from .golden import sample

LAST = """\
金额单位: 万元
报告: {标题: 去年, 样式: langfang}
资金: {预算: 80, 到位: 80, 支出: 60.005}
问卷: {发放: 100, 收回: 90, 有效: 90, 满意: 81}
评价结果: {总分: 90, 满分: 100}
"""
THIS = """\
金额单位: 元
报告: {标题: 今年, 样式: %s, 版本: 征求意见稿, 委托方: 示例市财政局}
项目: {名称: 养老服务, 年度: 2024, 实施单位: {名称: 示例市民政局, 简称: 市民政局}}
资金: {预算: 1000000, 到位: 800000, 支出: 600000}
问卷: {发放: 100, 收回: 100, 有效: 100, 满意: 93}
评价结果: {总分: 88.5, 满分: 100}
上年: 去年.yaml
整改:
  - {问题: 台账不全, 建议: 统一台账, 整改情况: 已经印发统一格式。, 状态: 已整改}
抽样:
  - {对象: 服务站, 总数: 62, 抽取: 20, 量词: 个, 方法: 分层抽取}
  - {对象: 街道服务站, 总数: 8, 抽取: 8, 量词: 个}
评价组:
  - {姓名: 张一, 角色: 主评人, 职称: 高级会计师, 分工: 执笔}
意见:
  - {意见: 建议补充人次。, 提出单位: 市民政局, 部分: 基本情况, 采纳: 采纳}
  - {意见: 建议单列配套资金。, 提出单位: 委托方, 采纳: 不采纳, 理由: 已在问题里说明。}
"""
STYLES = ("national", "beijing", "kunming", "langfang", "suzhou")


@pytest.fixture
def this_year(tmp_path: Path) -> Path:
    (tmp_path / "去年.yaml").write_text(LAST, encoding="utf-8")
    data = tmp_path / "今年.yaml"
    data.write_text(THIS % "national", encoding="utf-8")
    return data


def printed(judged: Judged, document: str | None = None) -> str:
    return str(project(make(judged, document, pages=False).document))


@pytest.mark.parametrize("style", STYLES)
def test_every_pack_prints_what_is_needed_year_by_year(this_year: Path, style: str) -> None:
    judged = judge(this_year, style)
    report = printed(judged)
    for line in ("台账不全", "已经印发统一格式。", "分层抽取", "高级会计师", "建议补充人次。", "建议单列配套资金。"):
        assert line in report, line
    assert "（征求意见稿）" in report.partition("== 页眉")[0]
    assert "（征求意见稿）" in report.partition("== 页眉")[2]
    codes = {one.code for one in make(judged, pages=False).findings if (one.data or one.what).startswith(NEW)}
    assert not codes & {"M002", "M003"}


NEW = ("上年", "整改", "抽样", "评价组", "意见")


def test_the_other_documents_of_a_pack_print_them_too(this_year: Path) -> None:
    report = printed(judge(this_year, "beijing"), "部门报告")
    assert "台账不全" in report and "分层抽取" in report and "减少" in report


def row(report: str, name: str) -> list[str]:
    (line,) = {line for line in report.splitlines() if line.startswith(f"| {name} |")}
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_comparison_is_reckoned_from_both_files_as_they_print(this_year: Path) -> None:
    report = printed(judge(this_year, "kunming"))
    assert row(report, "预算资金") == ["预算资金", "1,000,000.00元", "800,000.00元", "增加200,000.00元"]
    assert row(report, "支出资金")[3] == "减少50.00元"
    assert row(report, "资金到位率") == ["资金到位率", "80%", "100%", "降低20个百分点"]
    assert row(report, "问卷满意率") == ["问卷满意率", "93%", "90%", "提高3个百分点"]
    assert row(report, "综合得分")[1:] == ["88.50", "90", "降低1.50分"]


def test_the_difference_is_that_of_the_printed_values(tmp_path: Path) -> None:
    form = "金额单位: 元\n报告: {标题: 甲, 样式: kunming}\n资金: {支出: %s}\n%s"
    (tmp_path / "去年.yaml").write_text(form % ("1.004", ""), encoding="utf-8")
    data = tmp_path / "今年.yaml"
    data.write_text(form % ("2.005", "上年: 去年.yaml\n"), encoding="utf-8")
    assert row(printed(judge(data)), "支出资金")[1:] == ["2.01元", "1.00元", "增加1.01元"]


def test_points_of_other_full_marks_are_compared_by_their_rates(this_year: Path) -> None:
    last = this_year.with_name("去年.yaml")
    last.write_text(LAST.replace("总分: 90, 满分: 100", "总分: 72, 满分: 80"), encoding="utf-8")
    assert row(printed(judge(this_year)), "综合得分率")[1:] == ["88.50%", "90.00%", "降低1.5个百分点"]


def test_samples_have_shares_and_a_sum_where_their_units_agree(this_year: Path) -> None:
    report = printed(judge(this_year))
    assert row(report, "服务站")[1:4] == ["62个", "20个", "32.26%"]
    assert "| 合　计 | 70个 | 28个 | 40% |" in report
    this_year.write_text(
        (THIS % "national").replace("总数: 8, 抽取: 8, 量词: 个", "总数: 8, 抽取: 8"), encoding="utf-8"
    )
    assert "| 合　计 | 70" not in printed(judge(this_year))


def test_the_feedback_forms_hold_the_opinions_of_their_side(this_year: Path) -> None:
    report = printed(judge(this_year, "kunming"))
    forms = report[report.index("反馈单位") :]
    client, _, body = forms.partition("| 项目名称")
    assert "建议单列配套资金。" in client and "建议补充人次。" not in client
    assert "建议补充人次。" in body and "建议单列配套资金。" not in body and "☑ 有意见" in body


@pytest.mark.parametrize("said", ["没有.yaml", "../去年.yaml", "今年.yaml", "空的.yaml"])
def test_a_file_of_last_year_that_cannot_be_read_is_a_warning(this_year: Path, said: str) -> None:
    (this_year.parent.parent / "去年.yaml").write_text(LAST, encoding="utf-8")
    this_year.with_name("空的.yaml").write_text("金额单位: 元\n报告: {标题: 空的}\n", encoding="utf-8")
    this_year.write_text((THIS % "national").replace("上年: 去年.yaml", f"上年: {said}"), encoding="utf-8")
    judged = judge(this_year)
    (finding,) = [one for one in judged.findings if one.code == "D007"]
    assert (str(finding.level), finding.where.line) == ("警告", 7)
    assert "上年度" not in printed(judged)


def test_that_last_years_file_has_errors_is_told_once(this_year: Path) -> None:
    this_year.with_name("去年.yaml").write_text(LAST + "没有这个键: 1\n也没有: 2\n", encoding="utf-8")
    (finding,) = judge(this_year).findings
    assert (finding.code, str(finding.level), "2个错误" in finding.what) == ("D007", "提示", True)


def test_last_years_file_may_be_a_workbook(this_year: Path) -> None:
    last = this_year.with_name("去年.yaml")
    book = last.with_suffix(".xlsx")
    book.write_bytes(convert(last, book).content)
    this_year.write_text((THIS % "national").replace("去年.yaml", "去年.xlsx"), encoding="utf-8")
    assert row(printed(judge(this_year, "kunming")), "预算资金")[2] == "800,000.00元"


def test_a_workbook_keeps_all_of_it(this_year: Path) -> None:
    book = this_year.with_suffix(".xlsx")
    book.write_bytes(convert(this_year, book).content)

    def kept(data: Path) -> Evaluation:
        return judge(data).source.evaluation

    assert kept(book) == kept(this_year)


@pytest.mark.parametrize(("version", "told"), [("初稿", True), ("征求意见稿", True), ("定稿", False)])
def test_a_final_report_that_is_called_a_draft_is_a_warning(this_year: Path, version: str, told: bool) -> None:
    this_year.write_text((THIS % "national").replace("征求意见稿", version), encoding="utf-8")
    judged = judge(this_year)
    assert [one.code == "M004" for one in make(judged, final=True, pages=False).findings].count(True) == told
    assert "M004" not in {one.code for one in make(judged, pages=False).findings}


def test_a_report_without_a_version_has_an_empty_header(tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    out.write_bytes(make(judge(sample("langfang")), pages=False).document)
    assert "页眉" not in str(project(out))
    with ZipFile(out) as package:
        assert any(name.startswith("word/header") for name in package.namelist())
