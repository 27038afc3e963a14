"""Checks find what their docstrings say, at its place; style and data settle what is done about it."""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import Workbook

from generator.audits import audits
from generator.checks import checks
from generator.explain import OTHER, SERIES, title
from generator.findings import Finding, Level
from generator.lints import lints
from generator.pipeline import Reviewed, judge, make, review

from .conftest import Command

HEAD = "金额单位: 元\n"
REPORT = "报告: {标题: 示例, 样式: national}\n"
MARK = re.compile(r"# !([A-Z]\d{3})([^\n]*)$")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))


def examples(check: ModuleType) -> Iterator[tuple[str, str]]:
    """The 正例 and 反例 of a check's docstring: which of both, and the data."""
    page = inspect.getdoc(check) or ""
    for match in re.finditer(r"^(正例|反例)：[^\n]*\n\n((?:(?: {4}[^\n]*)?\n?)+)", page, re.M):
        yield match[1], textwrap.dedent(match[2]).rstrip() + "\n"


def whole(example: str) -> str:
    """The example as a data file, with what every file must have behind it."""
    return example + ("" if "金额单位:" in example else HEAD) + ("" if "报告:" in example else REPORT)


def workbooks(folder: Path, example: str) -> None:
    """Write the workbooks that an example shows as tables in its comments, under their file's name."""
    for match in re.finditer(r"^# (\S+\.xlsx)\n((?:# \|.*\n)+)", example, re.M):
        book = Workbook()
        for line in match[2].splitlines():
            cells = [cell.strip() for cell in line.strip("# |").split("|")]
            book.active.append([float(cell) if re.fullmatch(r"[\d.]+", cell) else cell for cell in cells])
        book.save(folder / match[1])


def reviewed(folder: Path, text: str, style: str | None = None) -> Reviewed:
    workbooks(folder, text)
    data = folder / "示例.yaml"
    data.write_text(text, encoding="utf-8")
    return review(data, style)


CASES = [
    pytest.param(check, kind, example, id=f"{check.CODE}-{kind}-{number}")
    for check in checks()
    for number, (kind, example) in enumerate(examples(check))
]


@pytest.mark.parametrize(("check", "kind", "example"), CASES)
def test_an_example_of_a_check_is_told_where_it_says(
    check: ModuleType, kind: str, example: str, tmp_path: Path
) -> None:
    findings = reviewed(tmp_path, whole(example)).findings
    spoiled = [one for one in findings if one.code[0] in "YDSCH" and one.level is Level.ERROR]
    assert not spoiled, [str(one) for one in spoiled]
    marks = {number: MARK.search(line) for number, line in enumerate(whole(example).splitlines(), 1)}
    announced = sorted(number for number, mark in marks.items() if mark and mark[1] == check.CODE)
    assert bool(announced) == (kind == "反例")
    own = [one for one in findings if one.code == check.CODE]
    assert sorted(one.where.line or 0 for one in own) == announced, [str(one) for one in own]
    for one in own:
        mark = marks[one.where.line or 0]
        said = f"{one.what} {one.expected} {one.actual} {one.mend} {one.quoted}"
        assert mark and all(word in said for word in mark[2].split()), said


def test_every_check_has_a_code_of_its_own_and_examples_of_both_kinds() -> None:
    codes = [check.CODE for check in checks()]
    assert codes and len(set(codes)) == len(codes)
    for check in checks():
        kinds = [kind for kind, _ in examples(check)]
        assert "正例" in kinds and "反例" in kinds, check.CODE
        assert check.CODE[0] in SERIES and check.LEVEL in Level and 2 <= len(title(check)) <= 20, check.CODE


def test_no_file_with_a_check_is_left_out_for_want_of_a_code() -> None:
    folder = Path(__file__).parent.parent / "generator"
    places = [*(folder / "checks").rglob("*.py"), *(folder / "wording").rglob("*.py")]
    head = re.compile(r"^def check\((?:case: Case|said: Texts)\)", re.MULTILINE)
    files = {path for path in places if head.search(path.read_text(encoding="utf-8"))}
    assert files == {Path(str(check.__file__)) for check in checks()}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_no_check_finds_an_error_in_a_sample(sample: Path) -> None:
    assert not [str(one) for one in review(sample).findings if one.level is Level.ERROR]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_finding_of_a_check_can_be_accepted_by_its_name(sample: Path, tmp_path: Path) -> None:
    known = {check.CODE for check in checks()}
    found = [one for one in review(sample).findings if one.code in known]
    entries = "".join(f"  - {{代码: {one.code}, 位置: '{one.data}', 原因: 已看过}}\n" for one in found if one.data)
    text = sample.read_text(encoding="utf-8")
    left = reviewed(tmp_path, text + ("" if "\n已核实:" in text or not entries else "\n已核实:\n") + entries)
    assert not [str(one) for one in left.findings if one.code in known]
    assert len(left.accepted) >= len({(one.code, one.data) for one in found})


WEIGHTS = """指标体系:
  - {名称: 过程, 分值: 44}
  - {名称: 产出, 分值: 34}
  - {名称: 效益, 分值: 22}
"""
ACCEPTED = "已核实:\n  - {代码: K101, 位置: 指标体系, 原因: 主管部门批复的权重}\n"


def of_weights(found: Reviewed) -> list[Finding]:
    return [one for one in found.findings if one.code in ("K101", "H001", "H002", "H003")]


def test_an_accepted_finding_is_listed_with_its_reason(tmp_path: Path, command: Command) -> None:
    found = reviewed(tmp_path, whole(WEIGHTS + ACCEPTED))
    assert not of_weights(found)
    (accepted,) = found.accepted
    assert accepted.finding.code == "K101" and accepted.reason == "主管部门批复的权重"
    told = command("check", tmp_path / "示例.yaml")
    assert "已核实[K101]" in told.err and "主管部门批复的权重" in told.err


def test_an_acceptance_that_meets_nothing_is_a_hint(tmp_path: Path) -> None:
    text = whole(WEIGHTS.replace("44", "40").replace("34", "38") + ACCEPTED)
    (hint,) = of_weights(reviewed(tmp_path, text))
    assert (hint.code, hint.level, hint.where.line) == ("H001", Level.HINT, 6)


def test_an_acceptance_of_an_unknown_code_is_told(tmp_path: Path) -> None:
    found = of_weights(reviewed(tmp_path, whole(WEIGHTS + ACCEPTED.replace("K101", "K1O1"))))
    assert [(one.code, one.level) for one in found if one.code != "K101"] == [("H002", Level.WARNING)]


def test_an_acceptance_of_what_is_no_check_says_that_it_is_to_be_mended(tmp_path: Path) -> None:
    found = of_weights(reviewed(tmp_path, whole(WEIGHTS + ACCEPTED.replace("K101", "S002"))))
    assert [one.what[:14] for one in found if one.code == "H002"] == ["“S002”不是核查的结果，"]


def test_a_code_may_be_written_in_small_letters(tmp_path: Path) -> None:
    assert len(reviewed(tmp_path, whole(WEIGHTS + ACCEPTED.replace("K101", "k101"))).accepted) == 1


def test_an_acceptance_without_reason_is_an_error(tmp_path: Path) -> None:
    found = reviewed(tmp_path, whole(WEIGHTS + "已核实:\n  - {代码: K101, 位置: 指标体系}\n")).findings
    assert ("D002", 6) in [(one.code, one.where.line) for one in found]


@pytest.mark.parametrize(("level", "seen"), [("提示", [Level.HINT]), ("错误", [Level.ERROR]), ("不查", [])])
def test_a_style_sets_the_level_of_a_check_or_leaves_it_out(tmp_path: Path, level: str, seen: list[Level]) -> None:
    pack = tmp_path / "本所"
    pack.mkdir()
    policy = f"核查:\n  K101: {{级别: {level}, 原因: 本所另有规定}}\n"
    (pack / "style.yaml").write_text(f"名称: 本所\n沿用: national\n{policy}", encoding="utf-8")
    assert [one.level for one in of_weights(reviewed(tmp_path, whole(WEIGHTS), str(pack)))] == seen


@pytest.mark.parametrize(("many", "found"), [("1.3", 1), ("1.6", 0)])
def test_a_style_sets_the_limit_of_a_check(tmp_path: Path, many: str, found: int) -> None:
    pack = tmp_path / "本所"
    pack.mkdir()
    policy = f"核查界限:\n  K108: {{界限: {{倍数: {many}}}, 依据: 本所另有规定}}\n"
    (pack / "style.yaml").write_text(f"名称: 本所\n沿用: national\n{policy}", encoding="utf-8")
    row = "{名称: 产出, 分值: 10, 指标值: ≥200人次, 完成值: 300人次, 计分方法: 按指标值得分, 参数: {未达到: 不得分}}"
    told = reviewed(tmp_path, whole(f"指标体系:\n  - {row}\n"), str(pack)).findings
    assert len([one for one in told if one.code == "K108"]) == found


def test_a_check_that_a_style_leaves_out_is_named_with_its_reason(tmp_path: Path, command: Command) -> None:
    pack = tmp_path / "本所"
    pack.mkdir()
    text = "名称: 本所\n沿用: national\n核查:\n  K101: {级别: 不查, 原因: 本所另有规定}\n"
    (pack / "style.yaml").write_text(text, encoding="utf-8")
    assert reviewed(tmp_path, whole(WEIGHTS), str(pack)).left_out == {"K101": "本所另有规定"}
    told = command("check", tmp_path / "示例.yaml", "--style", str(pack))
    assert "样式写明不查 K101（原因：本所另有规定）" in told.err
    said = json.loads(command("check", tmp_path / "示例.yaml", "--style", str(pack), "--json").out)
    assert said["不查"] == {"K101": "本所另有规定"}
    command("render", tmp_path / "示例.yaml", "--style", str(pack), "--no-pages")
    assert "`K101`：本所另有规定" in (tmp_path / "示例.核查.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", ['" "', "无", "—"])
def test_an_acceptance_needs_a_reason_that_says_something(tmp_path: Path, reason: str) -> None:
    found = reviewed(tmp_path, whole(WEIGHTS + f"已核实:\n  - {{代码: K101, 位置: 指标体系, 原因: {reason}}}\n"))
    assert {"K101", "H004"} <= {one.code for one in found.findings} and not found.accepted


def test_a_limit_that_no_check_has_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "本所"
    pack.mkdir()
    text = "名称: 本所\n沿用: national\n核查界限:\n  K108: {界限: {倍: 1.3}, 依据: 本所规定}\n"
    (pack / "style.yaml").write_text(text, encoding="utf-8")
    told = [one for one in reviewed(tmp_path, whole(WEIGHTS), str(pack)).findings if one.code == "H003"]
    assert [one.quoted for one in told] == ["倍"]


def test_check_final_tells_what_a_final_report_is_refused_for(tmp_path: Path, command: Command) -> None:
    (tmp_path / "示例.yaml").write_text(whole(WEIGHTS), encoding="utf-8")
    told = command("check", tmp_path / "示例.yaml", "--final")
    refused = command("render", tmp_path / "示例.yaml", "--final", "-o", tmp_path / "正式稿.docx")
    assert told.code == refused.code == 1 and "正式稿会被拒绝" in told.out
    assert told.err == refused.err.rpartition("正式稿没有生成")[0]
    assert "可以生成正式稿" in command("check", SAMPLES[0], "--final").out


def test_a_finding_prints_the_name_by_which_it_is_accepted(tmp_path: Path, command: Command) -> None:
    (tmp_path / "示例.yaml").write_text(whole(WEIGHTS), encoding="utf-8")
    assert "‹指标体系›" in command("check", tmp_path / "示例.yaml").err


def test_a_style_that_names_an_unknown_check_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "本所"
    pack.mkdir()
    text = "名称: 本所\n沿用: national\n核查:\n  K999: {级别: 不查, 原因: 另有规定}\n"
    (pack / "style.yaml").write_text(text, encoding="utf-8")
    found = [one for one in of_weights(reviewed(tmp_path, whole(WEIGHTS), str(pack))) if one.code == "H003"]
    assert [one.where.line for one in found] == [4]


def test_a_placeholder_is_an_error_of_a_final_report_and_a_gap_is_told_once(tmp_path: Path) -> None:
    data = tmp_path / "示例.yaml"
    data.write_text(whole("正文: {项目概况: 项目由××局实施。}\n"), encoding="utf-8")
    for final, level in ((False, Level.WARNING), (True, Level.ERROR)):
        found = make(judge(data), final=final, pages=False).findings
        assert {one.level for one in found if one.code == "P103"} == {level}
        assert not [one for one in found if one.code == "P101"]
    assert [one for one in review(data).findings if one.code == "P101"]


def test_names_of_other_styles_count_as_the_style_maps_them(tmp_path: Path) -> None:
    found = [one for one in reviewed(tmp_path, whole(WEIGHTS.replace("效益", "效果"))).findings if one.code == "K101"]
    assert len(found) == 1 and "产出、效果合计权重56%" in found[0].what


def test_every_code_is_explained() -> None:
    literal = re.compile(r'"([A-Z]\d{3})"')
    folder = Path(__file__).parent.parent / "generator"
    modules = [path for path in folder.rglob("*.py") if path.name != "explain.py"]
    used = {code for path in modules for code in literal.findall(path.read_text(encoding="utf-8"))}
    assert used - {check.CODE for check in (*checks(), *audits(), *lints())} == set(OTHER)


def test_explain_prints_the_page_of_a_check_and_lists_all(command: Command) -> None:
    page = command("explain", "k101")
    assert page.code == 0 and page.out.startswith("权重下限：") and "反例" in page.out
    assert all(check.CODE in command("explain").out for check in (*checks(), *audits(), *lints()))
    assert command("explain", "权重下限").out == page.out
    wrong = command("explain", "K1O1")
    assert wrong.code == 2 and "是不是“K1" in wrong.err


def test_explain_prints_the_page_of_a_rule_a_measure_and_a_filter(command: Command) -> None:
    for name in ("按档扣分", "及时率", "顿号"):
        assert ">>>" in command("explain", name).out
