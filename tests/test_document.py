"""The text projection of a .docx, its numbers, and the structural check beyond the validator."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.document import project, structural_problems
from generator.findings import ReportError
from generator.numbering import Count, ListLevel, Numbering, formatted
from tests.wordfiles import add_contents, add_table, made, number_headings

Change = Callable[[Document], None]


def test_a_projection_has_styles_numbers_tables_and_margins(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        number_headings(document)
        document.add_heading("基本情况", 1)
        document.add_heading("概况", 2)
        document.add_paragraph("文\t字\n换行")
        document.add_heading("目标", 2)
        document.add_heading("甲", 3)
        document.add_heading("结论", 1)
        document.add_heading("得分", 2)
        add_table(document, [["一", "二", "三"], ["甲", "乙", "丙"], ["丁", "戊", "己"]])
        table = document.tables[0]
        table.cell(1, 0).merge(table.cell(2, 0)).text = "并"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "跨"
        document.sections[0].footer.paragraphs[0].text = "页脚"

    path = made(tmp_path / "甲.docx", then=more)
    assert str(project(path)).splitlines() == [
        "[heading 1] 一、基本情况",
        "[heading 2] （一）概况",
        "[Normal] 文⇥字⏎换行",
        "[heading 2] （二）目标",
        "[heading 3] 1.甲",
        "[heading 1] 二、结论",
        "[heading 2] （一）得分",
        "| 一 | ⟷2 跨 |",
        "| 并 | 乙 | 丙 |",
        "| 〃 | 戊 | 己 |",
        "== 页脚 footer1.xml",
        "[footer] 页脚",
    ]
    assert project(path.read_bytes()) == project(path)
    assert [one.outline for one in project(path).paragraphs][:3] == [1, 2, None]


def test_deleted_text_and_field_codes_are_left_out_and_inserted_text_is_not(tmp_path: Path) -> None:
    xml = (
        f"<w:p {nsdecls('w')}><w:r><w:t>甲</w:t></w:r>"
        '<w:del w:id="1" w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="甲"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    path = made(tmp_path / "甲.docx", "", then=lambda d: d.paragraphs[0]._p.addnext(parse_xml(xml)))
    assert [one.text for one in project(path).paragraphs] == ["", "甲增3"]


def test_what_is_no_docx_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="不是"):
        project(b"nothing")
    with pytest.raises(ReportError, match="打不开"):
        project(tmp_path / "没有.docx")


def test_lists_restart_below_a_higher_level_and_where_a_list_says_so() -> None:
    level = ListLevel(1, "decimal", "%1.", "", None, False)
    deeper = ListLevel(1, "decimal", "%1.%2", " ", None, False)
    empty = ListLevel(1, "none", "", "", None, False)
    numbering = Numbering({"9": (level, deeper, *[empty] * 7)}, {"1": "9", "2": "9"}, {("2", 0): 5}, {})
    count = Count(numbering)
    steps = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("2", 0), ("2", 0), ("1", 1)]
    assert [count.next(*step)[0] for step in steps] == ["1.", "1.1", "1.2", "2.", "2.1", "5.", "6.", "6.1"]
    assert count.next("1", 2) == ("", "")


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (28, "lowerLetter", "bb"),
        (9, "lowerRoman", "ix"),
        (7, "decimalZero", "07"),
        (7, "neverSeen", "7"),
    ],
)
def test_numbers_are_written_in_words_formats(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text


def good(document: Document) -> None:
    """A document with everything that the check looks at."""
    add_contents(document)
    document.add_heading("甲", 1)
    add_table(document, [["甲", "乙"], ["丙", "丁"]])
    paragraph = document.add_paragraph("文")._p
    for identity in ("1", "2"):
        paragraph.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{identity}" w:name="签{identity}"/>'))
        paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{identity}"/>'))
        drawing = (
            f'<w:r {nsdecls("w", "wp", "a")}><w:drawing><wp:inline><wp:extent cx="1" cy="1"/>'
            f'<wp:docPr id="{identity}" name="图"/><a:graphic><a:graphicData uri="x"/></a:graphic></wp:inline>'
            "</w:drawing></w:r>"
        )
        paragraph.append(parse_xml(drawing))
    link = f'<w:hyperlink {nsdecls("w")} w:anchor="签1"><w:r><w:t>链</w:t></w:r></w:hyperlink>'
    paragraph.append(parse_xml(link))


def test_a_good_document_has_no_structural_problems(tmp_path: Path) -> None:
    assert structural_problems(made(tmp_path / "甲.docx", "甲", then=good).read_bytes()) == []


def drop(name: str, index: int = 0) -> Change:
    """Takes the index-th element of a name out of the body."""

    def change(document: Document) -> None:
        element = list(document.element.body.iter(qn(name)))[index]
        element.getparent().remove(element)

    return change


def put(name: str, attribute: str, value: str) -> Change:
    """Sets an attribute of the last element of a name."""

    def change(document: Document) -> None:
        element = list(document.element.body.iter(qn(name)))[-1]
        element.set(qn(attribute) if ":" in attribute else attribute, value)

    return change


def empty_cell(document: Document) -> None:
    cell = document.tables[0].cell(1, 1)._tc
    cell.remove(cell.p_lst[0])


def loose_merge(document: Document) -> None:
    document.tables[0].cell(0, 1)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))


def section_first(document: Document) -> None:
    document.element.body.insert(0, document.element.body.sectPr)


def bare_text(document: Document) -> None:
    document.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}>甲</w:r>"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (empty_cell, "a w:tc does not end with a paragraph"),
        (loose_merge, "goes on without a start"),
        (section_first, "does not end with its one sectPr"),
        (bare_text, "bare text in a w:r"),
        (drop("w:fldChar", -1), "a field begins and does not end"),
        (drop("w:fldChar", 0), "has no begin"),
        (drop("w:bookmarkEnd"), "do not begin and end in pairs"),
        (drop("w:tc"), "row 1 has 1 columns, the grid 2"),
        (drop("w:sectPr"), "does not end with its one sectPr"),
        (put("w:bookmarkStart", "w:name", "签1"), "bookmark 签1 is there twice"),
        (put("wp:docPr", "id", "1"), "drawing id 1 is there twice"),
        (put("w:hyperlink", "w:anchor", "没有"), "bookmark 没有 is not there"),
        (put("w:hyperlink", "r:id", "rId99"), "r:id=rId99 leads nowhere"),
        (put("w:pStyle", "w:val", "没有"), "style 没有 is not defined"),
    ],
)
def test_each_structural_problem_is_found(tmp_path: Path, change: Change, said: str) -> None:
    def more(document: Document) -> None:
        good(document)
        change(document)

    found = structural_problems(made(tmp_path / "甲.docx", "甲", then=more).read_bytes())
    assert any(said in problem for problem in found), found


def test_a_table_without_rows_and_a_lost_part_are_found(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        table = document.add_table(rows=1, cols=1)._tbl
        table.remove(table.tr_lst[0])
        document.add_paragraph()

    path = made(tmp_path / "甲.docx", then=more)
    assert "word/document.xml: a table has no rows" in structural_problems(path.read_bytes())
    out = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "word/fontTable.xml":
                new.writestr(name, old.read(name))
    assert any("fontTable.xml, which is not there" in one for one in structural_problems(out.getvalue()))
    assert structural_problems(b"PK") == ["not a zip: File is not a zip file"]
