"""Compiling a template: every error is found, told in Chinese, and has its place in the Word file."""

import zipfile
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator import bounds
from generator.findings import Finding, ReportError
from generator.template import compile_template
from tests.wordfiles import add_table, made, problems, rendered, tags_of


def only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


def test_the_same_content_is_compiled_once(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{{ 甲 }}")
    assert compile_template(path) is compile_template(path)
    first = compile_template(path)
    made(path, "{{ 乙 }}")
    assert compile_template(path) is not first


def test_a_plan_knows_its_tags_and_their_places(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        document.add_heading("资金", 1)
        document.add_paragraph("共{{ 资金.预算 }}")
        add_table(document, [["项", "额"], ["{{ 甲 }}", "{{ 乙 }}"]])
        document.sections[0].header.paragraphs[0].text = "{{ 报告.标题 }}"
        document.core_properties.title = "{{ 报告.标题 }}"

    plan = compile_template(made(tmp_path / "甲.docx", then=more))
    places = {(tag.written, str(tag.where).split(" › ", 1)[1]) for tag in tags_of(plan)}
    assert places == {
        ("{{ 资金.预算 }}", "正文 › “资金”之下 › 第2段"),
        ("{{ 甲 }}", "正文 › “资金”之下 › 表第2行第1列"),
        ("{{ 乙 }}", "正文 › “资金”之下 › 表第2行第2列"),
        ("{{ 报告.标题 }}", "页眉 › 第1段"),
        ("{{ 报告.标题 }}", "文档属性"),
    }


@pytest.mark.parametrize(
    ("paragraphs", "code", "said"),
    [
        (["{{ 甲 "], "T111", "没有在本段里写完"),
        (["{{ 甲", "}}"], "T111", "没有在本段里写完"),
        (["{{ 甲..乙 }}"], "T110", "写法不对"),
        (["{{ 甲（1） }}"], "T110", "“（”"),
        (["{{ }}"], "T110", "标记是空的"),
        (["{{ 甲|万圆 }}"], "T114", "没有“万圆”这个过滤器"),
        (["{% if 甲 %}甲"], "T111", "没有结尾，缺 endif"),
        (["甲{% endif %}"], "T111", "没有与它相配的 if"),
        (["{% else %}"], "T111", "没有与它相配的 if"),
        (["{%p for 甲 in 乙 %}", "甲"], "T111", "缺 endfor"),
        (["{%p if 甲 %}同在", "甲", "{%p endif %}"], "T112", "“同在”文字会丢失"),
        (["{%tr for 甲 in 乙 %}{%tr endfor %}"], "T113", "表格的行"),
        (["{%p if 甲 %}", "甲{% endif %}"], "T115", "不是同一种标记"),
        (["{% include '甲' %}"], "T110", "不能用 include"),
        (["甲{{ 乙|分段 }}"], "T116", "要单独成段"),
        (["{{ 甲|合并 }}"], "T116", "表格单元格"),
    ],
)
def test_each_mistake_is_told(tmp_path: Path, paragraphs: list[str], code: str, said: str) -> None:
    found = problems(made(tmp_path / "甲.docx", *paragraphs))
    assert code in [finding.code for finding in found]
    assert any(said in finding.what for finding in found if finding.code == code)
    assert all(finding.where.part == "正文" and finding.where.paragraph and finding.quoted for finding in found)


def test_all_mistakes_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        document.add_heading("资金", 1)
        add_table(document, [["项", "额"], ["{{ 甲|圆 }}", "{{ 乙.. }}"]])
        document.sections[0].footer.paragraphs[0].text = "{{ 丙( }}"

    found = problems(made(tmp_path / "甲.docx", "{{ 丁", then=more))
    assert [str(finding.where).split(" › ", 1)[1] for finding in found] == [
        "正文 › 第1段",
        "正文 › “资金”之下 › 表第2行第1列",
        "正文 › “资金”之下 › 表第2行第2列",
        "页脚 › 第1段",
    ]


def test_crossed_blocks_are_refused(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        add_table(document, [["{% for 项 in 各项 %}{{ 项 }}", "甲"], ["乙", "丙{% endfor %}"]])
        document.add_paragraph("{% if 丁 %}丁{% for 戊 in 己 %}{% endif %}{% endfor %}")

    codes = [finding.code for finding in problems(made(tmp_path / "甲.docx", then=more))]
    assert codes and set(codes) == {"T111"}
    path = made(tmp_path / "乙.docx", "{% if 甲 %}", then=lambda d: add_table(d, [["{% endif %}"]]))
    finding = only(problems(path))
    assert finding.code == "T115" and "不在同一层" in finding.what


def test_the_nearest_filter_is_suggested(tmp_path: Path) -> None:
    finding = only(problems(made(tmp_path / "甲.docx", "{{ 甲|大写金 }}")))
    assert finding.mend == "是不是“大写金额”？"


def repacked(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """A copy of a .docx with members replaced, added, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return target


RELATIONSHIP = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"../甲.xml": b"<a/>"}, "不安全的路径"),
        ({"/etc/甲.xml": b"<a/>"}, "不安全的路径"),
        ({"word/vbaProject.bin": b"x"}, "有宏"),
        ({"word/甲.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "DOCTYPE"),
        ({"word/_rels/甲.rels": RELATIONSHIP.format("image", "http://a/b").encode()}, "外部内容“http://a/b”"),
        ({"word/甲.bin": b"\0" * (70 * 1024 * 1024)}, "过大"),
        ({"word/document.xml": b"<a>"}, "不是完整的 XML"),
        ({"[Content_Types].xml": None}, "没有 [Content_Types].xml"),
    ],
)
def test_a_file_not_to_be_trusted_is_refused(tmp_path: Path, changes: dict[str, bytes | None], said: str) -> None:
    path = repacked(made(tmp_path / "甲.docx", "{{ 甲 }}"), tmp_path / "乙.docx", changes)
    finding = only(problems(path))
    assert finding.code == "T101" and said in finding.what and finding.where.file == str(path)


@pytest.mark.parametrize(
    "mode", ['TargetMode="&#69;xternal"', "TargetMode = 'External'", 'x="a>b" TargetMode="External"', ""]
)
@pytest.mark.parametrize("prefix", ["", "r:"])
def test_an_outside_target_is_found_however_it_is_written(tmp_path: Path, mode: str, prefix: str) -> None:
    namespace = f"xmlns{':r' if prefix else ''}='http://schemas.openxmlformats.org/package/2006/relationships'"
    relationship = f"<{prefix}Relationship Id='r1' Type='x/attachedTemplate' Target='http://a/b' {mode}/>"
    rels = f"<{prefix}Relationships {namespace}><!-- > -->{relationship}</{prefix}Relationships>"
    changes: dict[str, bytes | None] = {"word/_rels/甲.xml.rels": rels.encode()}
    finding = only(problems(repacked(made(tmp_path / "甲.docx", "甲"), tmp_path / "乙.docx", changes)))
    assert "外部内容“http://a/b”" in finding.what and finding.mend and "Normal" in finding.mend


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("word/甲.xml", "<!DOCTYPE a><a/>".encode("utf-16"), "不是 UTF-8"),
        ("word/甲.xml", "<!DOCTYPE a><a/>".encode("utf-16-be"), "不是 UTF-8"),
        ("word/甲.xml", b'<?xml version="1.0" encoding="utf-7"?><a/>', "不是 UTF-8"),
        ("word/甲.xml", "<a>甲</a>".encode("gbk"), "不是 UTF-8"),
        ("word/_rels/甲.XML.RELS", "<Relationships/>".encode("utf-16"), "不是 UTF-8"),
        ("word/_rels/甲.xml.rels", b"<Relationships>", "不是完整的 XML"),
        ("word/甲.xml", b"\xef\xbb\xbf<!doctype a><a/>", "DOCTYPE"),
    ],
)
def test_parts_in_another_encoding_are_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    finding = only(problems(repacked(made(tmp_path / "甲.docx", "甲"), tmp_path / "乙.docx", {name: data})))
    assert finding.code == "T101" and said in finding.what


def test_macros_are_found_however_their_type_is_written(tmp_path: Path) -> None:
    source = made(tmp_path / "甲.docx", "甲")
    types = zipfile.ZipFile(source).read("[Content_Types].xml").decode()
    changed = types.replace("wordprocessingml.document.main", "&#109;acroEnabled.main")
    assert changed != types
    path = repacked(source, tmp_path / "乙.docx", {"[Content_Types].xml": changed.encode()})
    assert "有宏" in only(problems(path)).what


def test_a_loop_without_end_has_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "WORK", 1_000_000)
    loops = "{% for 甲 in range(99999) %}{% for 乙 in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(ReportError) as caught:
        rendered(made(tmp_path / "甲.docx", "前", loops), {})
    finding = only(caught.value.findings)
    assert "步骤太多" in finding.what and finding.where.paragraph == 2 and finding.quoted


def test_links_to_the_outside_are_allowed(tmp_path: Path) -> None:
    links = RELATIONSHIP.format("hyperlink", "http://a/b").encode()
    path = repacked(made(tmp_path / "甲.docx", "甲"), tmp_path / "乙.docx", {"word/_rels/乙.xml.rels": links})
    assert tags_of(compile_template(path)) == []


def test_what_is_no_docx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(b"PK\3\4 nothing")
    assert "不是 .docx" in only(problems(path)).what
    with pytest.raises(ReportError, match="打不开"):
        compile_template(tmp_path / "没有.docx")


def test_an_unfinished_contents_field_is_refused(tmp_path: Path) -> None:
    def more(document: Document) -> None:
        code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        for run in parse_xml(f"<w:p {nsdecls('w')}>{code}</w:p>"):
            document.paragraphs[0]._p.append(run)

    assert only(problems(made(tmp_path / "甲.docx", "", then=more))).code == "T120"
