"""Comments stand at the places that findings are about, beside those that are there, in files that Word opens."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.annotate import Note, annotated, note_of
from generator.document import structural_problems
from generator.findings import Finding, Level, Location
from generator.numbering import W

from .validator import validation_errors
from .wordfiles import add_table, made, opened


def commented(content: bytes) -> list[tuple[str, str]]:
    """Each comment's text with the words that it stands around."""
    document = opened(content)
    found = []
    for comment in document.comments:
        said: list[str] = []
        inside = False
        for one in document.element.body.iter():
            if one.tag == qn("w:commentRangeStart") and one.get(qn("w:id")) == str(comment.comment_id):
                inside = True
            elif one.tag == qn("w:commentRangeEnd") and one.get(qn("w:id")) == str(comment.comment_id):
                inside = False
            elif inside and one.tag == qn("w:t"):
                said.append(one.text or "")
        found.append((comment.text, "".join(said)))
    return found


def test_a_comment_stands_around_the_words_quoted(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx", "第一段", "预算为｛｛ 资金.预算 ｝｝，年初下达")
    note = Note(Location("a.docx", part="正文", paragraph=2), "错了\n改为 {{ 资金.预算 }}", "｛｛ 资金.预算 ｝｝")
    result = annotated(path.read_bytes(), [note])
    assert commented(result) == [("错了\n改为 {{ 资金.预算 }}", "｛｛ 资金.预算 ｝｝")]
    assert [one.text for one in opened(result).paragraphs] == ["第一段", "预算为｛｛ 资金.预算 ｝｝，年初下达"]


def test_looks_of_the_words_stay_when_a_run_is_cut(tmp_path: Path) -> None:
    def bold(document: Document) -> None:
        run = document.add_paragraph().add_run("前\t中间\n后")
        run.bold = True

    path = made(tmp_path / "a.docx", then=bold)
    result = annotated(path.read_bytes(), [Note(Location(paragraph=1), "看", "中")])
    (paragraph,) = opened(result).paragraphs
    assert paragraph.text == "前\t中间\n后"
    assert all(run.bold for run in paragraph.runs if run.text)
    assert commented(result) == [("看", "中")]


def test_a_cell_is_found_by_row_column_and_words(tmp_path: Path) -> None:
    def tables(document: Document) -> None:
        add_table(document, [["名称", "数"], ["甲", "1"]])
        document.add_paragraph("中间")
        add_table(document, [["名称", "数"], ["乙", "2"]])

    path = made(tmp_path / "a.docx", then=tables)
    notes = [Note(Location(part="正文", table_row=2, table_column=1), said, said) for said in ("乙", "甲")]
    assert commented(annotated(path.read_bytes(), notes)) == [("乙", "乙"), ("甲", "甲")]


def test_the_same_words_twice_at_one_place_get_a_comment_each(tmp_path: Path) -> None:
    def tables(document: Document) -> None:
        for _ in range(2):
            add_table(document, [["甲"]])
            document.add_paragraph()

    path = made(tmp_path / "a.docx", then=tables)
    note = Note(Location(table_row=1, table_column=1), "看", "甲")
    result = annotated(path.read_bytes(), [note, note])
    cells = [table.cell(0, 0)._tc for table in opened(result).tables]
    assert [len(list(cell.iter(W + "commentReference"))) for cell in cells] == [1, 1]


def test_what_is_said_of_a_header_stands_where_its_section_begins(tmp_path: Path) -> None:
    def sections(document: Document) -> None:
        document.add_section()
        document.sections[1].header.is_linked_to_previous = False
        document.sections[1].header.paragraphs[0].text = "{{ 项目.名秤 }}"
        document.add_paragraph("第二节")

    path = made(tmp_path / "a.docx", "第一节", then=sections)
    note = Note(Location("a.docx", part="页眉", paragraph=1), "没有这个名称", "{{ 项目.名秤 }}")
    assert commented(annotated(path.read_bytes(), [note])) == [("在页眉 › 第1段：\n没有这个名称", "第二节")]


FOOTNOTES = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>别的</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>{{ 错 }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def add_footnotes(document: Document) -> None:
    """Two footnotes, the second one at the second paragraph."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), kind, FOOTNOTES.encode("utf-8"), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for number, paragraph in enumerate(document.paragraphs, 1):
        paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{number}"/></w:r>'))


def test_what_is_said_of_a_footnote_stands_where_it_is_referred_to(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx", "甲", "乙", then=add_footnotes)
    note = Note(Location("a.docx", part="脚注", paragraph=2), "没有这个名称", "{{ 错 }}")
    assert commented(annotated(path.read_bytes(), [note])) == [("在脚注 › 第2段：\n没有这个名称", "乙")]


def test_what_is_said_of_a_text_box_stands_at_the_paragraph_that_it_hangs_on(tmp_path: Path) -> None:
    def box(document: Document) -> None:
        xml = (
            f'<w:r {nsdecls("w")}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
            "<w:txbxContent><w:p><w:r><w:t>{{ 错 }}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
        document.add_paragraph("有框")._p.append(parse_xml(xml))

    path = made(tmp_path / "a.docx", "首段", then=box)
    result = annotated(path.read_bytes(), [Note(Location(part="正文", paragraph=3), "看", "{{ 错 }}")])
    body = opened(result).element.body
    assert not [one for box in body.iter(W + "txbxContent") for one in box.iter(W + "commentReference")]
    assert body[1].find(W + "commentRangeStart") is not None


def test_comments_that_are_there_are_kept(tmp_path: Path) -> None:
    def comment(document: Document) -> None:
        document.add_comment(document.paragraphs[0].runs, "原有的", author="张三")

    path = made(tmp_path / "a.docx", "甲", "乙", then=comment)
    result = annotated(path.read_bytes(), [Note(Location(paragraph=2), "新的", "乙")])
    assert commented(result) == [("原有的", "甲"), ("新的", "乙")]
    assert [one.author for one in opened(result).comments] == ["张三", "jixiao"]


def test_what_a_comment_says_already_is_not_said_again(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx", "甲乙丙", "甲乙丙")
    notes = [Note(Location(paragraph=number), "一", "乙") for number in (1, 2)]
    once = annotated(path.read_bytes(), notes)
    assert annotated(once, notes) == once
    assert commented(annotated(once, [*notes, Note(Location(paragraph=2), "二\n改", "丙")])) == [
        ("一", "乙"),
        ("一", "乙"),
        ("二\n改", "丙"),
    ]


def test_a_place_that_is_not_there_and_a_document_without_a_paragraph(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx", "甲")
    assert commented(annotated(path.read_bytes(), [Note(Location("别处.yaml", 3), "看")])) == [("看", "甲")]
    empty = made(tmp_path / "b.docx")
    assert commented(annotated(empty.read_bytes(), [Note(Location(), "看")])) == [("看", "")]


def test_nothing_said_changes_nothing_and_the_same_gives_the_same(tmp_path: Path) -> None:
    content = made(tmp_path / "a.docx", "甲").read_bytes()
    note = Note(Location(paragraph=1), "看\x07", "甲")
    assert annotated(content, []) == content
    assert annotated(content, [note]) == annotated(content, [note])


def test_a_finding_as_a_comment_says_what_and_how_to_mend_it() -> None:
    finding = Finding("X1", Level.ERROR, Location(), "错了", "原文", expected="1", actual="2", mend="改")
    assert note_of(finding).text == "错误[X1] 错了\n应为：1　实为：2\n怎样改：改"


@pytest.mark.parametrize("template", sorted(Path(__file__).parent.parent.glob("templates/*/*.docx")), ids=str)
def test_a_real_template_with_comments_is_whole(template: Path) -> None:
    content = template.read_bytes()
    count = len(docx.Document(str(template)).paragraphs)
    notes = [Note(Location(paragraph=number), "看") for number in range(1, min(count, 30))]
    notes += [Note(Location(table_row=1, table_column=1), "看"), Note(Location(part="页脚", paragraph=1), "看")]
    result = annotated(content, notes)
    assert len(commented(result)) == len(notes)
    assert set(structural_problems(result)) <= set(structural_problems(content))


@pytest.mark.office
def test_files_with_comments_pass_the_validator(tmp_path: Path) -> None:
    made(
        tmp_path / "a.docx",
        "甲{{ 一 }}乙",
        then=lambda document: document.add_comment(document.paragraphs[0].runs, "原"),
    )
    made(tmp_path / "b.docx", "甲", then=lambda document: add_table(document, [["{{ 一 }}", "二"]]))
    for path in tmp_path.glob("*.docx"):
        notes = [
            Note(Location(paragraph=1), "看\n改", "{{ 一 }}"),
            Note(Location(table_row=1, table_column=1), "看", "一"),
        ]
        assert validation_errors(annotated(path.read_bytes(), notes)) == []
