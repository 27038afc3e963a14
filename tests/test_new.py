"""A new data file has every section that its style wants, and renders at once as a draft full of marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import project
from generator.findings import Level, errors
from generator.load import load
from generator.model import Evaluation
from generator.new import new_files
from generator.pipeline import judge, make
from generator.records import aliases
from generator.schema import SCHEMA_FILE, schema_text
from generator.score import measure_parameters, rule_parameters
from generator.sources.yaml import read
from generator.style import find_style, style_folders

from .conftest import Command

STYLES = [name for name, _ in style_folders()]


def text_of(style: str, out: Path = Path("新.yaml")) -> str:
    return new_files(find_style(style), out)[out].decode("utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_it_is_right_as_it_stands(style: str, tmp_path: Path) -> None:
    path = tmp_path / "新.yaml"
    path.write_text(text_of(style), encoding="utf-8")
    source, findings = load(path, rule_parameters(), measure_parameters())
    assert findings == [] and source.evaluation.report.style == style
    assert [node.name for node in source.evaluation.indicators] == [one.name for one in find_style(style).frame()]


@pytest.mark.parametrize("style", STYLES)
def test_it_has_every_section_and_every_text_of_the_outline(style: str) -> None:
    data = read(text_of(style).encode("utf-8"), "新.yaml").data
    wanted = {aliases(field)[0] for field in Evaluation.model_fields.values()} - {"评价结果", "沿用上年"}
    assert wanted - (set() if find_style(style).file.own else {"自定义"}) <= set(data)
    keys = [one.key for one in find_style(style).file.outline if one.key]
    assert {key.removeprefix("正文.") for key in keys if key.startswith("正文.")} == set(data["正文"])


@pytest.mark.parametrize("style", STYLES)
def test_every_example_in_it_is_right_when_it_is_filled_in(style: str, tmp_path: Path) -> None:
    lines = []
    for line in text_of(style).split("\n"):
        bare = line.lstrip(" ")
        is_example = bare.startswith("# ") and bare[2:].lstrip(" -").split(":")[0].isidentifier() and ":" in bare
        lines.append(line.replace("# ", "", 1) if is_example and line.startswith(" ") else line)
    path = tmp_path / "新.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    _, findings = load(path, rule_parameters(), measure_parameters())
    assert {finding.code for finding in findings} <= {"D002", "D005"}, findings


@pytest.mark.parametrize("style", STYLES)
def test_it_renders_at_once_as_a_draft_full_of_marks(style: str, tmp_path: Path) -> None:
    path = tmp_path / "新.yaml"
    path.write_text(text_of(style), encoding="utf-8")
    made = make(judge(path), pages=False)
    assert Level.WARNING in {finding.level for finding in made.findings} and errors(made.findings) == []
    assert f"{project(made.document)}".count("【待补充：") > 20


def test_the_command_writes_it_with_the_schema_and_never_over_another(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "新 项目.yaml"
    done = command("new", "kunming", "-o", out)
    assert done.code == 0 and f"已新建 {out}" in done.out
    assert (tmp_path / SCHEMA_FILE).read_text("utf-8") == schema_text()
    assert out.read_text("utf-8").startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    out.write_text("我的", encoding="utf-8")
    refused = command("new", "kunming", "-o", out)
    assert refused.code == 2 and "--force" in refused.err and out.read_text("utf-8") == "我的"
    assert command("new", "kunming", "-o", out, "--force").code == 0 and out.read_text("utf-8") != "我的"


def test_a_pack_of_ones_own_is_found_again_from_the_new_file(command: Command, tmp_path: Path) -> None:
    pack = tmp_path / "我的 包"
    pack.mkdir()
    (pack / "style.yaml").write_text(
        '名称: "甲: #\\n乙"\n文档: {报告: 报告.docx}\n'
        '提纲: [{标题: 一, 键: "正文.难：读#的 键", 提示: "一\\n二"}]\n'
        '指标框架: [{名称: "- 丙: #丁", 分值: 5, 说明: "戊\\n己"}]\n',
        encoding="utf-8",
    )
    (tmp_path / "数据").mkdir()
    out = tmp_path / "数据" / "新.yaml"
    assert command("new", pack, "-o", out).code == 0
    source, findings = load(out, rule_parameters(), measure_parameters())
    assert findings == [] and source.evaluation.report.style == "../我的 包"
    assert source.evaluation.indicators[0].name == "- 丙: #丁"
    assert list(source.evaluation.text or {}) == ["难：读#的 键"]
    assert command("check", out).code == 0
