"""Rendering: nothing printed is lost, same input same bytes, threads do not mix, errors have their place."""

import threading
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import pagination
from generator.document import project, structural_problems
from generator.render import render
from generator.template import compile_template
from generator.values import Missing, Money, Rate
from tests.benchmarks import bare_environment
from tests.validator import validation_errors
from tests.wordfiles import add_contents, add_table, failures, made, number_headings, opened, rendered, texts

# Everything that XML allows; python-docx reads \r as a line break, as Word does.
TEXT = st.text(
    st.one_of(
        st.sampled_from("&<>\"'{}%#_ \n\t“”‘’…—①×𠮷😀\U0010fffd\ue000"),
        st.characters(
            exclude_categories=("Cs",),
            exclude_characters="".join(map(chr, [*range(9), 11, 12, 13, *range(14, 32), 0xFFFE, 0xFFFF])),
        ),
    )
)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that prints 值 in a paragraph, a cell, a run of its own, the footer and the title."""

    def more(document: Document) -> None:
        add_table(document, [["固定", "{{ 值 }}"]])
        document.sections[0].footer.paragraphs[0].text = "{{ 值 }}"
        document.core_properties.title = "{{ 值 }}"

    path = tmp_path_factory.mktemp("甲") / "甲.docx"
    return made(path, "前{{ 值 }}后", "{%p for 项 in [值, 值] %}", "{{r 项 }}", "{%p endfor %}", then=more)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_nothing_printed_is_lost(everywhere: Path, value: str) -> None:
    report = opened(rendered(everywhere, {"值": value}).document)
    assert [paragraph.text for paragraph in report.paragraphs] == [f"前{value}后", value, value]
    assert report.tables[0].cell(0, 1).text == value
    assert report.sections[0].footer.paragraphs[0].text == value
    assert "".join(report.core_properties.title.split()) == "".join(value.split())


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_every_line_of_a_text_becomes_a_paragraph(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    path = tmp_path_factory.getbasetemp() / "分段.docx"
    if not path.exists():
        made(path, "前", "{{ 值|分段 }}", "后")
    lines = [line.strip() for line in value.replace("\r", "\n").split("\n") if line.strip()] or [""]
    assert texts(rendered(path, {"值": value}).document) == ["前", *lines, "后"]


def test_the_same_input_gives_the_same_bytes(everywhere: Path) -> None:
    first = rendered(everywhere, {"值": "甲"}).document
    assert rendered(everywhere, {"值": "甲"}).document == first
    assert rendered(everywhere, {"值": "乙"}).document != first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_eight_threads_do_not_mix_their_reports(everywhere: Path) -> None:
    plan = compile_template(everywhere)
    alone = {f"项目{n}": render(plan, {"值": f"项目{n}"}).document for n in range(8)}
    wrong: list[str] = []

    def work(value: str) -> None:
        for _ in range(20):
            if render(plan, {"值": value}).document != alone[value]:
                wrong.append(value)

    threads = [threading.Thread(target=work, args=(value,)) for value in alone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_tag_that_word_split_into_runs_is_one_tag(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        paragraph = document.paragraphs[0]
        for piece in ("甲", "{", "{ 项", "目.名", "称 }", "}乙"):
            paragraph.add_run(piece).bold = piece == "目.名"

    path = made(tmp_path / "甲.docx", "", then=more)
    assert texts(rendered(path, {"项目": {"名称": "丙"}}).document) == ["甲丙乙"]


def test_chinese_quotes_and_comparisons_stand_in_tags(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{{ 表[“甲 & 乙”] }}{% if 1 < 2 and 2 > 1 %}{{ ‘<丙>’ }}{% endif %}")
    assert texts(rendered(path, {"表": {"甲 & 乙": "丁"}}).document) == ["丁<丙>"]


def test_a_data_key_named_items_prints(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{{ 表.items }}{{ 表.values }}")
    assert texts(rendered(path, {"表": {"items": "甲", "values": "乙"}}).document) == ["甲乙"]


def grid(document: bytes) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in project(document).tables[0].rows]


MERGED = [
    ["一级", "二级", "说明"],
    ["{%tr for 行 in 各行 %}"],
    ["{{ 行.一|合并 }}", "{{ 行.二|合并 }}", "{{ 行.三|分段 }}"],
    ["{%tr endfor %}"],
    ["合计", "", "{{ 各行|length }}"],
]


def test_equal_neighbours_merge_by_level(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", then=lambda document: add_table(document, MERGED))
    rows = [("产出", "数量", "甲\n乙"), ("产出", "数量", ""), ("产出", "质量", "丙"), ("效益", "质量", "丁")]
    names = {"各行": [dict(zip("一二三", row, strict=True)) for row in rows]}
    document = rendered(path, names).document
    assert grid(document) == [
        ["一级", "二级", "说明"],
        ["产出", "数量", "甲 ¶ 乙"],
        ["〃", "〃", ""],
        ["〃", "质量", "丙"],
        ["效益", "质量", "丁"],
        ["合计", "", "4"],
    ]
    assert structural_problems(document) == []


def test_the_last_row_of_a_loop_stays_with_the_total(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", then=lambda document: add_table(document, MERGED))
    names = {"各行": [{"一": one, "二": "数量", "三": "丙\n丁"} for one in "甲乙丙"]}
    (table,) = opened(rendered(path, names).document).tables
    kept = [len(row.findall(".//" + qn("w:keepNext"))) for row in table._tbl.tr_lst]
    assert kept == [0, 0, 0, 4, 0]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("子丑")), max_size=12))
def test_merging_follows_the_levels_for_any_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "合并.docx"
    if not path.exists():
        made(path, then=lambda document: add_table(document, MERGED))
    document = rendered(path, {"各行": [{"一": one, "二": two, "三": "文"} for one, two in rows]}).document
    expected = []
    for index, (one, two) in enumerate(rows):
        above = rows[index - 1] if index else (None, None)
        expected.append(["〃" if one == above[0] else one, "〃" if (one, two) == above else two, "文"])
    assert grid(document)[1:-1] == expected
    assert structural_problems(document) == []


def test_merging_goes_on_over_inner_loops_and_stops_at_other_rows(tmp_path: Path) -> None:
    rows = [
        ["{%tr for 题 in 各题 %}"],
        ["{%tr for 选 in 题.选项 %}"],
        ["{{ 题.名|合并 }}", "{{ 选 }}"],
        ["{%tr endfor %}"],
        ["{%tr if 题.小计 %}"],
        ["小计", ""],
        ["{%tr endif %}"],
        ["{%tr endfor %}"],
    ]
    path = made(tmp_path / "甲.docx", then=lambda document: add_table(document, rows))
    questions = [("问", False, "甲乙"), ("问", True, "丙"), ("问", False, "丁")]
    names = {"各题": [{"名": name, "小计": sums, "选项": list(options)} for name, sums, options in questions]}
    document = rendered(path, names).document
    assert grid(document) == [["问", "甲"], ["〃", "乙"], ["〃", "丙"], ["小计", ""], ["问", "丁"]]
    assert structural_problems(document) == []


def test_cells_and_tables_that_end_up_empty_stay_whole(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "{%p for 项 in 各项 %}"
        cell.add_paragraph("{{ 项 }}")
        cell.add_paragraph("{%p endfor %}")
        add_table(document, [["{%tr for 项 in 各项 %}"], ["{{ 项 }}"], ["{%tr endfor %}"]])
        document.add_paragraph("完")

    path = made(tmp_path / "甲.docx", then=more)
    empty = rendered(path, {"各项": []}).document
    assert structural_problems(empty) == []
    assert len(project(empty).tables) == 1
    full = rendered(path, {"各项": ["甲", "乙"]}).document
    assert [str(table) for table in project(full).tables] == ["| 甲 ¶ 乙 |", "| 甲 |\n| 乙 |"]
    assert structural_problems(full) == []


def test_columns_from_data_change_the_grid_as_in_docxtpl(tmp_path: Path) -> None:
    rows = [
        ["项", "{%tc for 列 in 各列 %}", "{{ 列 }}", "{%tc endfor %}"],
        ["{% colspan 各列|length + 1 %}全", "{%tc if false %}", "", "{%tc endif %}"],
    ]
    path = made(tmp_path / "甲.docx", then=lambda document: add_table(document, rows))
    for count in (1, 3, 6):
        document = rendered(path, {"各列": [f"列{n}" for n in range(count)]}).document
        assert structural_problems(document) == []
        table = opened(document).tables[0]._tbl
        assert len(table.tblGrid.gridCol_lst) == count + 1


def test_drawings_and_bookmarks_in_loops_are_not_repeated(tmp_path: Path) -> None:
    drawing = (
        f'<w:r {nsdecls("w", "wp", "a")}><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" '
        'name="图"/><a:graphic><a:graphicData uri="x"/></a:graphic></wp:inline></w:drawing></w:r>'
    )

    def more(document: Document) -> None:
        paragraph = document.paragraphs[1]._p
        paragraph.append(parse_xml(drawing))
        paragraph.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="甲"/>'))
        paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="1"/>'))

    path = made(tmp_path / "甲.docx", "{%p for 项 in 各项 %}", "{{ 项 }}", "{%p endfor %}", then=more)
    document = rendered(path, {"各项": ["甲", "乙"]}).document
    assert texts(document) == ["甲", "乙"]
    assert structural_problems(document) == []


def test_values_in_attributes_stay_on_one_line(tmp_path: Path) -> None:
    drawing = (
        f'<w:r {nsdecls("w", "wp", "a")}><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" '
        'name="图" descr="{{ 值 }}"/><a:graphic><a:graphicData uri="x"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    path = made(tmp_path / "甲.docx", "", then=lambda document: document.paragraphs[0]._p.append(parse_xml(drawing)))
    body = opened(rendered(path, {"值": 'A<B & "C"\n丁'}).document).element.body
    assert body.findall(f".//{qn('wp:docPr')}")[0].get("descr") == 'A<B & "C" 丁'


def test_what_is_missing_is_listed_in_order(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{{ 乙 }}{{ 甲|万元 }}{{ 乙 }}", "{{ 丙 }}")
    names = {"甲": Missing("甲<1>"), "乙": Missing("乙"), "丙": "有"}
    result = rendered(path, names)
    assert result.missing == ("乙", "甲<1>")
    assert texts(result.document) == ["【待补充：乙】【待补充：甲<1>】【待补充：乙】", "有"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 值.__class__ }}", "出于安全不允许"),
        ("{{ 值|万元 }}", "“文”不是金额"),
        ("{{ 列 }}", "一组值"),
        ("{{ 1 / 0 }}", "除数是 0"),
        ("{{r 坏 }}", "片段不完整"),
        ("{{ 富 }}", "{{r 名称 }}"),
        ("{{ 控 }}", "控制字符"),
        ("{{ 半 }}", "控制字符"),
    ],
)
def test_what_cannot_print_is_told(tmp_path: Path, tag: str, said: str) -> None:
    class Broken:
        def __html__(self) -> str:
            return "<w:r><w:t>"

    names = {"值": "文", "列": ["甲"], "坏": Broken(), "富": RichText("甲"), "控": "甲\x0b", "半": "\ud800"}
    assert said in failures(made(tmp_path / "甲.docx", tag), names)[0].what


def contents_template(document: Document) -> None:
    number_headings(document)
    add_contents(document)
    document.add_heading("{{ 标题 }}", 1)
    document.add_paragraph("{%p for 节 in 各节 %}")
    document.add_heading("{{ 节 }}", 2)
    document.add_heading("细目", 4)
    document.add_paragraph("{%p endfor %}")
    document.add_heading("末章", 1)
    document.add_heading("末节", 2)
    footer = document.sections[0].footer.paragraphs[0]._p
    for kind in ("begin", None, "separate", "end"):
        code = '<w:instrText xml:space="preserve"> PAGE </w:instrText>'
        mark = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else code
        footer.append(parse_xml(f"<w:r {nsdecls('w')}>{mark}</w:r>"))


def test_the_contents_list_the_headings_that_came_out(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", then=contents_template)
    result = rendered(path, {"标题": "基本情况 & <概况>", "各节": ["甲节", "乙节"]})
    listed = [(one.level, one.number + one.text, bool(one.bookmark)) for one in result.headings]
    assert listed == [
        (1, "一、基本情况 & <概况>", True),
        (2, "（一）甲节", True),
        (4, "（1）细目", False),
        (2, "（二）乙节", True),
        (4, "（1）细目", False),
        (1, "二、末章", True),
        (2, "（一）末节", True),
    ]
    shown = [str(line) for line in project(result.document).paragraphs]
    assert shown[:5] == [
        "[toc 1] 一、基本情况 & <概况>⇥",
        "[toc 2] （一）甲节⇥",
        "[toc 2] （二）乙节⇥",
        "[toc 1] 二、末章⇥",
        "[toc 2] （一）末节⇥",
    ]
    assert [line.removeprefix("[heading 1] ") for line in shown if "[heading 1]" in line] == [
        "一、基本情况 & <概况>",
        "二、末章",
    ]
    assert structural_problems(result.document) == []
    for member in zipfile.ZipFile(BytesIO(result.document)).namelist():
        data = zipfile.ZipFile(BytesIO(result.document)).read(member)
        assert b"updateFields" not in data and b"w:dirty" not in data


def test_a_block_that_joins_a_heading_to_the_next_paragraph_leaves_no_mark(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        add_contents(document)
        document.add_heading("甲{% if 有 %}", 1)
        document.add_paragraph("乙{% endif %}丙")

    path = made(tmp_path / "甲.docx", then=more)
    for given_, expected in ((True, ["甲", "乙丙"]), (False, ["甲丙"])):
        result = rendered(path, {"有": given_})
        assert texts(result.document)[2:] == expected
        assert [one.text for one in result.headings] == expected[:1]
        assert structural_problems(result.document) == []


def test_page_numbers_are_printed_in_the_contents(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", then=contents_template)
    names = {"标题": "甲", "各节": ["乙"]}
    numbers = ("3", "4", "4", "5", "6")
    document = render(compile_template(path), names, pages=numbers).document
    shown = [line.text for line in project(document).paragraphs if line.style.startswith("toc")]
    assert shown == ["一、甲⇥3", "（一）乙⇥4", "二、末章⇥5", "（一）末节⇥6"]


def test_a_report_without_headings_keeps_a_whole_field(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "正文", then=add_contents)
    assert structural_problems(rendered(path, {}).document) == []


COMPATIBLE = [
    "{{ 项目.名称 }}，预算{{ 预算 }}、{{ 率 }}{% if 率 %}，有{% else %}，无{% endif %}",
    "{%p for 项 in 各项 %}",
    "{{ loop.index }}.{{ 项 }}{%r if loop.first %}（首）{%r endif %}",
    "{%p endfor %}",
    "{%p if not 各项 %}",
    "没有",
    "{%p else %}",
    "共{{ 各项|length }}项：{{ 各项|顿号 }}",
    "{%p endif %}",
    "{# 说明 #}{% set 和 = 1 + 2 %}{{ 和 }}{{r 富 }}尾",
]
COMPATIBLE_ROWS = [
    ["级", "名", "注"],
    ["{%tr for 行 in 各行 %}"],
    ["{{ 行.级|合并 }}", "{{ 行.名 }}", "{% vm %}{{ 行.注 }}"],
    ["{%tr endfor %}"],
    ["{% cellbg 颜色 %}底色", "{{ 项目.名称 }}", "尾"],
]


def test_docxtpl_templates_give_what_docxtpl_gives(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", *COMPATIBLE, then=lambda document: add_table(document, COMPATIBLE_ROWS))
    names = {
        "项目": {"名称": "甲<乙>&丙"},
        "预算": Money(Decimal(660000)),
        "率": Rate(Decimal("0.2656")),
        "各项": ["子", "丑"],
        "富": RichText("粗", bold=True),
        "颜色": "FF0000",
        "各行": [{"级": "一", "名": "甲", "注": "同"}, {"级": "二", "名": "乙", "注": "同"}],
    }
    theirs = DocxTemplate(path)
    theirs.render(names, bare_environment())
    out = BytesIO()
    theirs.save(out)
    ours = rendered(path, names).document
    assert texts(ours) == texts(out.getvalue())
    assert [[cell.text for cell in row.cells] for row in opened(ours).tables[0].rows] == [
        [cell.text for cell in row.cells] for row in opened(out.getvalue()).tables[0].rows
    ]


def test_braces_that_the_author_means_are_printed_and_data_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{_{ 原样 }_}{{ 值 }}")
    assert texts(rendered(path, {"值": "{_%}"}).document) == ["{{ 原样 }}{_%}"]


def test_text_beside_a_rich_text_keeps_its_looks(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        document.paragraphs[0].add_run("前{{r 富 }}后{{ 值 }}").bold = True

    path = made(tmp_path / "甲.docx", "", then=more)
    runs = opened(rendered(path, {"富": RichText("斜", italic=True), "值": "尾"}).document).paragraphs[0].runs
    assert [(run.text, run.bold, run.italic) for run in runs if run.text] == [
        ("前", True, None),
        ("斜", None, True),
        ("后尾", True, None),
    ]


def test_every_part_of_a_report_is_well_formed(everywhere: Path) -> None:
    document = rendered(everywhere, {"值": "]]><![CDATA[&amp;<!-- 甲 -->"}).document
    with zipfile.ZipFile(BytesIO(document)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@pytest.mark.office
def test_rendered_reports_pass_the_validator(tmp_path: Path, everywhere: Path) -> None:
    assert validation_errors(rendered(everywhere, {"值": "甲\n乙\t<丙>"}).document) == []
    contents = made(tmp_path / "目录.docx", then=contents_template)
    assert validation_errors(rendered(contents, {"标题": "甲", "各节": ["乙"]}).document) == []
    table = made(tmp_path / "表.docx", then=lambda document: add_table(document, MERGED))
    rows = [{"一": "甲", "二": "乙", "三": "丙\n丁"}] * 3
    assert validation_errors(rendered(table, {"各行": rows}).document) == []
    assert validation_errors(rendered(table, {"各行": []}).document) == []


@pytest.mark.office
def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        document.paragraphs[0]._p.append(parse_xml(f"<w:tbl {nsdecls('w')}/>"))

    assert validation_errors(made(tmp_path / "甲.docx", "甲", then=more).read_bytes())


@pytest.mark.office
def test_page_numbers_come_from_the_pdf_and_agree_with_our_headings(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        contents_template(document)
        for paragraph in document.paragraphs:
            if paragraph.style.name == "Heading 1":
                paragraph.paragraph_format.page_break_before = True

    path = made(tmp_path / "甲.docx", then=more)
    result = rendered(path, {"标题": "甲", "各节": ["乙", "丙"]})
    assert pagination.page_numbers(result.document, result.headings) == ("2", "2", "2", "2", "2", "3", "3")
    assert pagination.page_numbers(result.document, result.headings[:-1]) is None
