"""Checks on templates find what their docstrings say, at its place; packs and good templates have no findings."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.findings import Finding, Level
from generator.lint import lint
from generator.lints import lints
from generator.shape import Shape
from generator.specimen import shape
from generator.style import find_style, style_folders

MARK = re.compile(r"\s*# !(T\d{3})([^\n]*)$")
PIECE = re.compile(r"(\[(?:插入|删除|图片|换行|域 [^\]]*|/插入|/删除|/域)\])")
PICTURE = f"<w:r {nsdecls('w')}><w:pict/></w:r>"


@pytest.fixture(scope="module")
def names() -> Shape:
    """The names of the national style."""
    return shape(find_style("national"))


def examples(check: ModuleType) -> Iterator[tuple[str, str]]:
    """The 正例 and 反例 of a check's docstring: which of both, and the template."""
    page = inspect.getdoc(check) or ""
    for match in re.finditer(r"^(正例|反例)：[^\n]*\n\n((?:(?: {4}[^\n]*)?\n?)+)", page, re.M):
        yield match[1], textwrap.dedent(match[2]).rstrip()


def written(path: Path, example: str) -> dict[tuple[str, int], str]:
    """Write an example as a template; what it announces, by the paragraph or the row of a table."""
    document = docx.Document()
    announced: dict[tuple[str, int], str] = {}
    table: Any = None
    paragraphs = 0
    for line in example.splitlines():
        mark = MARK.search(line)
        text = line[: mark.start()] if mark else line
        if text.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"\s\|\s", text.strip().strip("|"))]
            table = table if table is not None else document.add_table(0, len(cells))
            row = table.add_row()
            for cell, words in zip(row.cells, cells, strict=True):
                put(cell.paragraphs[0], words)
            place = ("row", len(table.rows))
        elif text.startswith("页眉："):
            put(document.sections[0].header.paragraphs[0], text.removeprefix("页眉："))
            place = ("header", 1)
        else:
            table = None
            put(document.add_paragraph(), text)
            paragraphs += 1
            place = ("paragraph", paragraphs)
        if mark:
            announced[place] = mark[2].strip()
    document.save(str(path))
    return announced


def put(paragraph: Any, text: str) -> None:
    """Write a line's text with its pictures, fields and tracked changes."""
    holder = paragraph._p
    for piece in PIECE.split(text):
        if piece == "[图片]":
            holder.append(parse_xml(PICTURE))
        elif piece == "[换行]":
            holder.append(parse_xml(f"<w:r {nsdecls('w')}><w:br/></w:r>"))
        elif piece in ("[插入]", "[删除]"):
            kind = "ins" if piece == "[插入]" else "del"
            change = parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z"/>')
            holder.append(change)
            holder = change
        elif piece in ("[/插入]", "[/删除]"):
            holder = paragraph._p
        elif piece.startswith("[域 "):
            for inner in (
                '<w:fldChar w:fldCharType="begin"/>',
                f"<w:instrText> {piece[3:-1]} </w:instrText>",
                '<w:fldChar w:fldCharType="separate"/>',
            ):
                holder.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))
        elif piece == "[/域]":
            holder.append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
        elif piece:
            run = parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"/></w:r>')
            run[0].text = piece
            if holder.tag == qn("w:del"):
                run[0].tag = qn("w:delText")
            holder.append(run)


def places(findings: list[Finding]) -> set[tuple[str, int]]:
    return {
        ("header", 1)
        if one.where.part == "页眉"
        else ("row", one.where.table_row)
        if one.where.table_row
        else ("paragraph", one.where.paragraph or 0)
        for one in findings
    }


CASES = [
    pytest.param(check, kind, example, id=f"{check.CODE}-{kind}-{number}")
    for check in lints()
    for number, (kind, example) in enumerate(examples(check))
]


@pytest.mark.parametrize(("check", "kind", "example"), CASES)
def test_an_example_of_a_check_is_told_where_it_says(
    check: ModuleType, kind: str, example: str, tmp_path: Path, names: Shape
) -> None:
    path = tmp_path / "模板.docx"
    announced = written(path, example)
    findings = lint(path, names)
    own = [one for one in findings if one.code == check.CODE]
    assert bool(announced) == (kind == "反例")
    assert places(own) == set(announced), [str(one) for one in findings]
    for place, words in announced.items():
        said = [f"{one.what} {one.mend}" for one in own if places([one]) == {place}]
        assert any(words in one for one in said), said
    if kind == "正例":
        assert not findings, [str(one) for one in findings]
    else:
        # what is said better is not said twice of the same tag
        assert len({(one.where, one.quoted) for one in findings}) == len(findings), [str(one) for one in findings]


def test_every_check_has_a_code_of_its_own_a_title_and_examples() -> None:
    codes = [check.CODE for check in lints()]
    assert codes and len(set(codes)) == len(codes)
    for check in lints():
        page = inspect.getdoc(check) or ""
        assert check.LEVEL in Level and 2 <= len(page.partition("：")[0]) <= 20, check.CODE
        assert check.CODE == "T157" or {kind for kind, _ in examples(check)} == {"正例", "反例"}, check.CODE


DOCUMENTS = [
    pytest.param(name, document, id=f"{name}-{document}")
    for name, _ in style_folders()
    for document in find_style(name).file.documents or {}
]


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
def test_the_templates_of_the_packs_have_no_findings(name: str, document: str) -> None:
    style = find_style(name)
    assert lint(style.template(document), shape(style)) == ()
