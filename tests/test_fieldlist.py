"""The list of names: its tags can be copied and work, its lines fit the terminal, its Word document is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator import cli, language
from generator.fieldlist import FILTERS, KIND_NOTES, Block, blocks, filters
from generator.fieldlist.text import as_text
from generator.fieldlist.word import as_document
from generator.findings import ReportError
from generator.scoretable import columns
from generator.shape import KINDS, PROSE
from generator.specimen import shape, specimen, told
from generator.style import find_style
from generator.template import compile_template

TAG = re.compile(r"\{\{ (.+?) \}\}")


@pytest.fixture(scope="module")
def names() -> Mapping[str, Any]:
    """What the specimen gives a template."""
    return told(specimen(find_style("national"))).names


@pytest.fixture(scope="module")
def listed() -> list[Block]:
    """The blocks of one style."""
    return list(blocks(shape(find_style("national"))))


def test_every_tag_prints_what_stands_beside_it(listed: list[Block], names: Mapping[str, Any]) -> None:
    """Tags outside loops as they are; in one round of the loop that stands above them otherwise."""
    tried = 0
    loops: dict[str, str] = {}
    for block in listed:
        if block.opening:
            loops[block.title] = block.opening.replace("%tr", "%").replace("%p", "%")
        lead = "".join(loops[title] for title in openings(block.title, loops))
        for row in block.rows:
            if (tag := TAG.fullmatch(row.tag)) is None or row.kind == PROSE or not row.example:
                continue
            source = lead + "⟦" + row.tag + "⟧" + "{% endfor %}" * lead.count("{% for")
            printed = language.printed(language.text().from_string(source), names)
            if not printed:  # a list that is not filled here, whose names are those of its kind
                continue
            shown = set(re.findall("⟦(.*?)⟧", printed, re.DOTALL))
            assert row.example in shown or "【待补充" in printed or block.title.startswith("指标体系"), (tag[1], row)
            tried += 1
    assert tried > 200


def openings(title: str, loops: Mapping[str, str]) -> list[str]:
    """The titles of the loops around a block, outermost first."""
    steps = title.split(".")
    return [".".join(steps[:count]) for count in range(1, len(steps) + 1) if ".".join(steps[:count]) in loops]


def test_no_loop_hides_a_name(listed: list[Block]) -> None:
    roots = set(shape(find_style("national")).below)
    variables = {found[1] for one in listed if (found := re.match(r"\{%\w+ for (\w+) in", one.opening))}
    assert variables and not variables & roots


def test_every_kind_and_every_filter_is_told(names: Mapping[str, Any]) -> None:
    assert set(KIND_NOTES) == set(KINDS)
    assert set(FILTERS) == set(language.filter_functions())
    found = {one.name: one for one in filters(names)}
    assert all(one.meaning and one.examples and all(made for _, made in one.examples) for one in found.values())
    assert found["大写金额"].examples == (("{{ 资金.支出|大写金额 }}", "贰佰柒拾万元整"),)
    assert found["日期"].examples[1] == ('{{ 报告.报告日期|日期("yyyy-MM-dd") }}', "2025-06-20")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(listed: list[Block], names: Mapping[str, Any], width: int) -> None:
    lines = list(as_text(listed, filters(names), width))
    loops = [line for line in lines if "{%" in line]  # are for copying, and stay whole
    assert [line for line in lines if columns(line) > width and line not in loops] == []
    assert not [line for line in lines if line.strip()[:1] in set("，。；：、！？）》”")]


def test_the_word_document_holds_every_tag_whole(listed: list[Block], names: Mapping[str, Any], tmp_path: Path) -> None:
    content = as_document("名称", listed, filters(names))
    assert content == as_document("名称", listed, filters(names))
    document = Document(BytesIO(content))
    runs = {run.text for run in document.element.iter(qn("w:t"))}
    wanted = {row.tag for block in listed for row in block.rows} | {block.opening for block in listed}
    assert wanted - {""} <= runs
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == ["最外层", "报告", "项目"] and headings[-2:] == ["类型", "过滤器"]
    file = tmp_path / "名称.docx"
    file.write_bytes(content)
    with pytest.raises(ReportError, match="名称表，不是模板"):
        compile_template(file)


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code of `jixiao template fields` and what it prints."""
    code = cli.run(["template", "fields", *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_command_lists_writes_and_gives_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = ran(capsys)
    assert code == 0 and "{{ 资金.预算 }}" in said and "{%tr for 单位 in 资金.按单位 %}" in said
    code, said = ran(capsys, "--json")
    tree = json.loads(said)
    funds = next(one for one in tree["名称"] if one["名称"] == "资金")
    budget = next(one for one in funds["下级"] if one["名称"] == "预算")
    assert budget == {
        "名称": "预算",
        "路径": "资金.预算",
        "类型": "金额",
        "含义": "项目预算资金（计划投入）",
        "例": "300万元",
    }
    assert ran(capsys, "-o", "名称.docx") == (0, "已写入 名称.docx\n")
    assert ran(capsys, "-o", "名称.docx")[0] == 2


def test_examples_are_of_the_data_that_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = "金额单位: 元\n报告: {样式: national}\n资金: {预算: 120000}\n文件:\n  通知: {名称: 甲通知}\n"
    Path("项目.yaml").write_text(data, encoding="utf-8")
    code, said = ran(capsys, "--data", "项目.yaml")
    assert code == 0
    assert "{{ 文件.通知 }}" in said and "部颁办法" not in said
    assert "如 12万元" in said
    assert ran(capsys, "--data", "没有.yaml")[0] == 2
