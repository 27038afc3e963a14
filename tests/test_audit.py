"""Audits: the examples of each are told where they say; our own reports are silent; slips in reports are told."""

from __future__ import annotations

import inspect
import json
import random
import re
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import docx
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit import audit
from generator.audits import audits
from generator.document import Paragraph
from generator.findings import Level
from generator.finished import Finished, read_report, report_of_docx, report_of_text
from generator.pipeline import judge, make

from .audit_bench import told_of
from .conftest import Command
from .golden import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*.yaml"))
ANNOUNCED = re.compile(r"\s+# !([A-Z]\d{3})(?: (.*))?$")
KIND = re.compile(r"^(正例|反例)：", re.MULTILINE)


def examples(check: ModuleType) -> Iterator[tuple[str, str]]:
    """The examples in a docstring: 正例 or 反例, and the report."""
    page = inspect.getdoc(check) or ""
    for piece, following in zip(KIND.finditer(page), [*KIND.finditer(page), None][1:], strict=True):
        text = page[piece.end() : following.start() if following else None]
        block = re.search(r"\n\n((?:    .*\n?|\n)+)", text + "\n")
        assert block, check.CODE
        yield piece[1], textwrap.dedent(block[1]).strip()


def written(example: str) -> tuple[str, list[tuple[range, str]]]:
    """The report as a text, and what is announced: in which lines, with which words."""
    lines: list[str] = []
    announced = []
    for line in example.splitlines():
        if match := ANNOUNCED.search(line):
            line = line[: match.start()]
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            rows = [f"\t{cell}" for cell in cells]
            places = range(len(lines) + 1, len(lines) + len(rows) + 1)
            lines += [*rows, ""]
        else:
            lines += [line]
            places = range(len(lines), len(lines) + 1)
        if match:
            announced.append((places, match[2] or ""))
    return "\n".join(lines) + "\n", announced


CASES = [
    pytest.param(check, kind, example, id=f"{check.CODE}-{kind}-{number}")
    for check in audits()
    for number, (kind, example) in enumerate(examples(check))
]


@pytest.mark.parametrize(("check", "kind", "example"), CASES)
def test_an_example_is_told_where_it_says(check: ModuleType, kind: str, example: str) -> None:
    data = [line.removeprefix("=数据= ") for line in example.splitlines() if line.startswith("=数据= ")]
    text, announced = written("\n".join(line for line in example.splitlines() if not line.startswith("=数据= ")))
    findings = audit(report_of_text(text), report_of_text("\n".join(data)) if data else None)
    own = [one for one in findings if one.code == check.CODE]
    assert bool(announced) == (kind == "反例")
    unannounced = [one for one in own if not any(one.where.line in places for places, _ in announced)]
    assert not [str(one) for one in unannounced if one.level is check.LEVEL]
    for places, words in announced:
        told = [one for one in own if one.where.line in places and words in str((one.what, one.expected))]
        assert told, (words, [str(one) for one in own])
    if kind == "正例":
        assert not [str(one) for one in findings if one.code[0] == "A"]


_WORDS = "项目 预算 支出 到位率 得分 其中 共 截至 至 为 等级 良 问卷 份 万元 元 % 年 月 日 十 二三十 〇 一、"
_SIGNS = "（一） 第一部分 表1 附件 2024 99 10.5.3 0 1,234.50 - （ ） 《 》 “ ” 、 ， 。 ； ： × ÷ / = ≈"
PIECES = (*_WORDS.split(), *_SIGNS.split(), "\n", "\n\t", "\t")


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd(text: str) -> None:
    for finding in audit(report_of_text(text)):
        assert finding.what and str(finding)


ODD = (
    "0",
    "0.00",
    "00",
    "1" * 30,
    "9" * 60,
    "-1",
    "1,2,3",
    "1.2.3",
    "٣",
    "²",
    "1e9",
    "99",
    "2024",
    "13",
    "31",
    "□",
    "〇",
    "十百",
)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_number_is_too_odd(chance: random.Random) -> None:
    texts = [written(example)[0] for one in chance.sample(audits(), 3) for _, example in examples(one)]
    pieces = re.split(r"(\d[\d,]*(?:\.\d+)?)", "\n".join(texts))
    pieces[1::2] = [chance.choice(ODD) if chance.random() < 0.3 else one for one in pieces[1::2]]
    assert audit(report_of_text("".join(pieces))) is not None


SENTENCES = yaml.safe_load((ROOT / "tests" / "audit_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "sentence"), [(kind, one) for kind in ("对", "错") for one in SENTENCES[kind]])
def test_a_sentence_is_told_if_it_is_wrong(kind: str, sentence: str) -> None:
    assert bool(told_of(sentence)) is (kind == "错"), [str(one) for one in told_of(sentence)]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<w:body/>",
        "<w:body><w:tbl><w:tblPr/><w:tblGrid/></w:tbl><w:tbl><w:tr/></w:tbl><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:body>",
    ],
)
def test_a_report_without_content_is_refused(body: str, tmp_path: Path, command: Command) -> None:
    made, path = tmp_path / "有字.docx", tmp_path / "报告.docx"
    docx.Document().save(str(made))
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"<w:body>.*</w:body>", body.encode(), content, flags=re.DOTALL)
            after.writestr(name, content)
    outcome = command("audit", str(path))
    assert outcome.code == 2 and "没有文字" in outcome.said


def test_of_a_paragraph_without_end_the_beginning_is_read() -> None:
    found = audit(report_of_text("预算100万元，" * 2_000))
    assert [one.where.line for one in found if one.code == "A107"] == [1]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_report_of_ours_has_no_error(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(make(judge(sample), pages=False).document)
    assert not [str(one) for one in audit(read_report(path)) if one.level is Level.ERROR]


STYLES = ("national", "beijing", "kunming", "langfang", "suzhou")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_report_in_another_style_has_no_error_but_its_gaps(sample: Path, style: str) -> None:
    report = report_of_docx(make(judge(sample, style), pages=False).document)
    wrong = [one for one in audit(report) if one.level is Level.ERROR]
    assert not [str(one) for one in wrong if not (one.code == "A161" and "【待补充" in one.what)]


def test_every_audit_has_a_code_of_its_own_and_examples_of_both_kinds() -> None:
    codes = [one.CODE for one in audits()]
    assert codes and len(set(codes)) == len(codes)
    for one in audits():
        assert {kind for kind, _ in examples(one)} == {"正例", "反例"}, one.CODE
        assert one.LEVEL in Level and 2 <= len((inspect.getdoc(one) or "").partition("：")[0]) <= 20


BROKEN = """第一部分 摘要

一、基本概况

2018 年度项目涉及全市 14 个街道（乡镇），134 个社区，服务内容主

要包括社区服务、社区活动、社区管理、社区党建等，由各街道组织实

施，区财政安排资金。

（一）资金安排

预算安排 2120 万元，已经全部拨付到位，各街道按季度向财政局报送

支出情况。
"""


def test_a_text_whose_lines_were_broken_is_put_together() -> None:
    report = report_of_text(BROKEN, "报告.txt")
    assert [one.text for one in report.paragraphs] == [
        "第一部分 摘要",
        "一、基本概况",
        "2018年度项目涉及全市14个街道（乡镇），134个社区，服务内容主要包括社区服务、社区活动、社区管理、"
        "社区党建等，由各街道组织实施，区财政安排资金。",
        "（一）资金安排",
        "预算安排2120万元，已经全部拨付到位，各街道按季度向财政局报送支出情况。",
    ]
    assert [one.where.line for one in report.paragraphs] == [1, 3, 5, 11, 13]
    assert [(one.number, one.words, one.depth) for one in report.headings] == [
        ("第一部分", "摘要", 0),
        ("一、", "基本概况", 1),
        ("（一）", "资金安排", 2),
    ]


def test_tables_of_a_text_have_rows_of_cells() -> None:
    report = report_of_text("表1\n\t单位\n\t支出\n\n\t甲\n乙\n\t1\n\n结束\n")
    assert [[cell.text for cell in row] for row in report.tables[0].rows] == [["单位", "支出"], ["甲\n乙", "1"]]
    assert [one.words for one in report.passages] == ["表1", "单位", "支出", "甲乙", "1", "结束"]


def test_the_command_tells_and_annotates_a_copy(tmp_path: Path, command: Command) -> None:
    document = docx.Document()
    document.add_paragraph("一、基本情况")
    document.add_paragraph("项目由甲局实施。")
    document.add_paragraph("三、评价结论")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, (("甲", "1"), ("乙", "2"), ("合计", "4")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path, copy = tmp_path / "报告.docx", tmp_path / "批注.docx"
    document.save(str(path))
    before = path.read_bytes()
    done = command("audit", path, "--annotate", copy)
    assert done.code == 1 and "A140" in done.said and "表第3行第2列" in done.said
    assert path.read_bytes() == before
    comments = [one.text for one in docx.Document(str(copy)).comments]
    assert any("编号应为“二、”" in one for one in comments) and any("各行相加是3" in one for one in comments)
    found = json.loads(command("audit", path, "--json").out)["发现"]
    assert {one["代码"] for one in found} == {"A110", "A140"}
    assert command("audit", path, "--annotate", path, "--force").code == 2
    assert command("audit", tmp_path / "没有.docx").code == 2
    (tmp_path / "报告.doc").write_bytes(b"x")
    assert ".docx" in command("audit", tmp_path / "报告.doc").said


def test_a_figure_that_was_changed_by_hand_is_held_against_the_data(tmp_path: Path, command: Command) -> None:
    data, path = ROOT / "samples" / "kunming.yaml", tmp_path / "报告.docx"
    path.write_bytes(make(judge(data), pages=False).document)
    assert command("audit", path, "--data", data).code == 0
    document = docx.Document(str(path))
    paragraph = next(one for one in document.paragraphs if "175,312.57" in one.text)
    run = next(one for one in paragraph.runs if "175,312.57" in one.text)
    run.text = run.text.replace("175,312.57", "175,321.57", 1)
    document.save(str(path))
    done = command("audit", path, "--data", data)
    assert done.code == 1 and "由数据印出的是175,312.57" in done.said


def test_contents_that_were_not_updated_are_told() -> None:
    said = ("一、基本情况", "项目由甲局实施。", "二、评价结论", "得分和等级见得分表。")
    contents = (Paragraph("toc 1", "", "一、基本情况⇥1"), Paragraph("toc 1", "", "二、评价结果⇥3"))
    report = Finished("", (*contents, *(Paragraph("", "", one) for one in said)), ())
    found = [one for one in audit(report) if one.code == "A164"]
    assert len(found) == 1 and "二、评价结果" in found[0].what and "更新目录" in str(found[0].mend)


def test_contents_without_a_heading_of_the_body_and_pages_that_go_back_are_told() -> None:
    chapters = ("一、基本情况", "二、评价结论", "三、存在的问题")
    said = [Paragraph("heading 1", "", one, 1) for one in chapters]
    body = [block for one in said for block in (one, Paragraph("", "", "得分和等级见得分表。"))]
    contents = [Paragraph("toc 1", "", f"{one}⇥{page}") for one, page in zip(chapters, (1, 5, 3), strict=True)]
    back = [one.what for one in audit(Finished("", (*contents, *body), ())) if one.code == "A164"]
    assert len(back) == 1 and "页码3" in back[0]
    lacks = [one.what for one in audit(Finished("", (contents[0], contents[2], *body), ())) if one.code == "A164"]
    assert lacks == ["目录里没有“二、评价结论”这个标题"]


def test_typed_contents_are_no_headings() -> None:
    chapters = ("一、基本情况", "二、评价结论", "三、存在的问题", "四、建议")
    body = "".join(f"{one}\n得分和等级见得分表。\n" for one in chapters)
    report = report_of_text("目录\n" + "".join(f"{one}……{page}\n" for page, one in enumerate(chapters)) + body)
    assert [one.number + one.words for one in report.headings] == list(chapters)
    assert not [str(one) for one in audit(report) if one.code in ("A140", "A164")]
    changed = report_of_text("目录\n一、基本概况……1\n二、评价结论……2\n" + body)
    assert ["基本概况" in one.what for one in audit(changed) if one.code == "A164"] == [True]


def test_a_header_of_another_report_is_told(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    document = docx.Document()
    document.add_paragraph("2024年社区服务站运营补助项目绩效评价报告")
    document.add_paragraph("评价组对“2024年社区服务站运营补助”项目开展绩效评价。")
    document.sections[0].header.paragraphs[0].text = "2023年养老服务补贴项目绩效评价报告"
    document.save(str(path))
    found = [one for one in audit(read_report(path)) if one.code == "A166"]
    assert len(found) == 1 and "养老服务补贴" in found[0].what and found[0].level is Level.WARNING


def test_a_figure_with_two_values_is_told_once() -> None:
    text = (
        "乙区拨付资金160万元，支出117.35万元。\n\n乙区拨付资金160万元，支出117.85万元。\n\n"
        "\t区域\n\t财政拨付（万元）\n\t支出（万元）\n\n\t甲区\n\t300\n\t272.50\n\n\t乙区\n\t160\n\t117.35\n"
    )
    found = [one for one in audit(report_of_text(text)) if one.actual and "117.85" in one.actual]
    assert [(one.code, one.level) for one in found] == [("A106", Level.ERROR)]


def test_tables_inside_cells_and_headers_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某某项目支出绩效评价报告")
    inner = document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=4, cols=2)
    for row, said in zip(
        inner.rows, (("单位", "支出（万元）"), ("甲", "10"), ("乙", "20"), ("合计", "35")), strict=True
    ):
        for cell, words in zip(row.cells, said, strict=True):
            cell.text = words
    document.sections[0].header.paragraphs[0].text = "【待补充：项目名称】绩效评价报告"
    path = tmp_path / "报告.docx"
    document.save(str(path))
    told = {one.code: one for one in audit(read_report(path)) if one.level is Level.ERROR}
    assert (told["A110"].expected, told["A110"].actual) == ("30", "35")
    assert told["A161"].where.part == "页眉"
