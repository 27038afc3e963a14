"""Templates made for docxtpl render here as they do there: the same text, merged cells, colours, pictures, links."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText
from jinja2 import Environment

from generator.document import project
from generator.language import filter_functions
from generator.render import render
from generator.specimen import specimen
from generator.specimen import told as told_names
from generator.style import find_style, style_folders
from generator.template import compile_template
from tests.wordfiles import tags_of

Names = Mapping[str, Any]
Make = Callable[[DocxTemplate, Path], Names]


def picture(folder: Path, name: str = "图.png", colour: bytes = b"\xff\0\0", size: int = 4) -> Path:
    """A small PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + colour * size) * size
    header = struct.pack(">2I5B", size, size, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    path = folder / name
    path.write_bytes(content)
    return path


def template(path: Path, lines: list[Any], header: str = "") -> Path:
    """A template: a text is a paragraph, a list of lists a table."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in lines:
        if isinstance(line, str):
            document.add_paragraph(line)
            continue
        table = document.add_table(len(line), len(line[0]))
        for cells, texts in zip(table.rows, line, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def told(content: bytes) -> list[str]:
    """The paragraphs and cells of a document, with spans, colours, pictures and links."""
    document = docx.Document(BytesIO(content))
    found = []
    parts = [document.part, *(section.header.part for section in document.sections)]
    for part in parts:
        for element in part.element.iter():
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name == "p":
                found.append("".join(one.text or "" for one in element.iter("{*}t")))
            elif name in ("gridSpan", "vMerge", "shd", "color", "b", "tbl", "br"):
                found.append(f"{name} {sorted(element.attrib.values())}")
            elif name == "blip":
                blob = part.related_parts[element.values()[0]].blob
                found.append(f"picture {zlib.crc32(blob)}")
            elif name == "extent":
                found.append(f"size {element.get('cx')} {element.get('cy')}")
            elif name == "hyperlink":
                found.append(f"link {part.rels[element.values()[0]].target_ref}")
    return found


def both(path: Path, make: Make, folder: Path) -> tuple[list[str], list[str]]:
    """What docxtpl and this project make of a template and the values that `make` gives."""
    theirs = DocxTemplate(str(path))
    theirs.render(dict(make(theirs, folder)), autoescape=True)
    held = BytesIO()
    theirs.save(held)
    own = DocxTemplate(str(path))
    made = render(compile_template(path), make(own, folder), template=own)
    assert not made.findings, [str(one) for one in made.findings]
    return told(held.getvalue()), told(made.document)


def rich(tpl: DocxTemplate, folder: Path) -> Names:
    text = RichText("红", color="ff0000", bold=True)
    text.add("普通 & <文字>")
    text.add("链接", url_id=tpl.build_url_id("https://example.org/?a=1&b=2"))
    return {"说明": text}


def pictures(tpl: DocxTemplate, folder: Path) -> Names:
    first, second = picture(folder), picture(folder, "二.png", b"\0\xff\0")
    return {
        "图": InlineImage(tpl, str(first), width=Mm(20)),
        "标志": InlineImage(tpl, str(second), height=Mm(5)),
        "各图": [InlineImage(tpl, str(one), width=Mm(8)) for one in (first, second, first)],
    }


def parts(tpl: DocxTemplate, folder: Path) -> Names:
    inner = docx.Document()
    inner.add_heading("附件", 1)
    inner.add_paragraph("一条", style="List Bullet")
    inner.add_picture(str(picture(folder, "内.png", b"\0\0\xff")), width=Mm(10))
    inner.add_table(1, 2).rows[0].cells[1].text = "格"
    inner.save(str(folder / "内.docx"))
    own = tpl.new_subdoc()
    own.add_paragraph("当场写的一段")
    return {"附件": tpl.new_subdoc(str(folder / "内.docx")), "另一": own}


def plain(tpl: DocxTemplate, folder: Path) -> Names:
    rows = [
        {"名": "甲", "数": 1, "色": "FF0000"},
        {"名": "甲", "数": 2, "色": "00FF00"},
        {"名": "乙", "数": 3, "色": "0000FF"},
    ]
    return {
        "行": rows,
        "列": ["一", "二", "三"],
        "空": [],
        "有": True,
        "名": "A<B & C",
        "多行": Listing("第一行\n第二行\t后"),
        "items": [1, 2],
        "p": "段",
    }


CASES: dict[str, tuple[Make, list[Any], str]] = {
    "rich text and links": (rich, ["前{{r 说明 }}后", [["{{r 说明 }}", "格"]]], ""),
    "pictures": (
        pictures,
        ["前{{ 图 }}后", "{% for 一 in 各图 %}{{ 一 }}{% endfor %}", [["{{ 图 }}"]]],
        "页眉{{ 标志 }}",
    ),
    "sub-documents": (parts, ["前", "{{p 附件 }}", "{{p 另一 }}", "后"], ""),
    "rows": (
        plain,
        [[["名", "数"], ["{%tr for 一 in 行 %}", ""], ["{{ 一.名 }}", "{{ 一.数 }}"], ["{%tr endfor %}", ""]]],
        "",
    ),
    "columns": (plain, [[["{%tc for 一 in 列 %}", "{{ 一 }}", "{%tc endfor %}"]]], ""),
    "paragraphs": (
        plain,
        [
            "{%p if 有 %}",
            "有的",
            "{%p else %}",
            "没有",
            "{%p endif %}",
            "{%p for 一 in 列 %}",
            "{{ 一 }}",
            "{%p endfor %}",
        ],
        "",
    ),
    "merged downwards": (
        plain,
        [[["{%tr for 一 in 行 %}", ""], ["{% vm %}{{ 一.名 }}", "{{ 一.数 }}"], ["{%tr endfor %}", ""]]],
        "",
    ),
    "merged across": (plain, [[["{% colspan 2 %}{{ 名 }}", "x"], ["a", "b"]]], ""),
    "colours": (
        plain,
        [[["{%tr for 一 in 行 %}", ""], ["{% cellbg 一.色 %}{{ 一.名 }}", "b"], ["{%tr endfor %}", ""]]],
        "",
    ),
    "inline": (
        plain,
        [
            "{% for 一 in 列 %}{{ loop.index }}{{ 一 }}{% if not loop.last %}、{% endif %}{% endfor %}{# 注 #}",
            "{% if 空 %}有{% else %}空{% endif %}",
            "{{ 名|upper }}{{ 列|join('；') }}{{ 没有|default('无') }}",
        ],
        "{{ 名 }}",
    ),
    "listing": (plain, ["{{ 多行 }}"], ""),
    "braces as text": (plain, ["{_{ 名 }_} {_% if %_}"], ""),
    "macros and sets": (
        plain,
        [
            "{% macro 印(x) %}<{{ x }}>{% endmacro %}{% set 甲 = 列|length %}{{ 印(甲) }}",
            "{% filter upper %}ab{% endfilter %}",
        ],
        "",
    ),
    "names of its own methods": (plain, ["{% for 一 in items %}{{ 一 }}{% endfor %}"], ""),
}


@pytest.mark.parametrize("case", CASES)
def test_a_template_renders_as_in_docxtpl(case: str, tmp_path: Path) -> None:
    make, lines, header = CASES[case]
    theirs, ours = both(template(tmp_path / "模板.docx", lines, header), make, tmp_path)
    assert ours == theirs


def test_a_picture_that_comes_twice_is_one_member_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    make, lines, header = CASES["pictures"]
    path = template(tmp_path / "模板.docx", lines, header)
    made = [render(compile_template(path), make(DocxTemplate(str(path)), tmp_path)).document for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(BytesIO(made[0])) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        body = archive.read("word/document.xml").decode()
    assert len(media) == 2
    ids = re.findall(r'<wp:docPr\b[^>]*?\sid="(\d+)"', body)
    assert len(ids) == len(set(ids)) == 5


def test_a_link_of_an_unknown_document_is_told_and_marked(tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx", ["{{r 说明 }}"])
    made = render(compile_template(path), rich(DocxTemplate(str(path)), tmp_path))
    assert "build_url_id" in str(made.findings[0]) and "此处有误" in "".join(told(made.document))


BUILT_IN = [(name, document) for name, _ in style_folders() for document in find_style(name).file.documents or {}]


@pytest.mark.parametrize(("name", "document"), BUILT_IN)
def test_our_templates_render_in_docxtpl_with_our_filters_as_identity(name: str, document: str, tmp_path: Path) -> None:
    style = find_style(name)
    names = dict(told_names(specimen(style)).names)
    environment = Environment(autoescape=True)
    environment.filters |= dict.fromkeys(filter_functions(), lambda value, *arguments, **named: value)
    template = DocxTemplate(str(style.template(document)))
    template.render(names, environment)
    template.save(str(tmp_path / "报告.docx"))
    text = str(project(tmp_path / "报告.docx"))
    assert not [tag.written for tag in tags_of(compile_template(style.template(document))) if tag.written in text]
    assert str(names["项目"]["名称"]) in text
    if document in ("报告", "自评表"):
        rows = [str(row["名称"]) for row in names["评价结果"]["评分行"]]
        assert rows and [row for row in rows if row not in text] == []
