"""The command line: exit codes, pure JSON, default names, nothing half written, and always Chinese."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import cli, pipeline
from generator.package import MANIFEST
from generator.scoretable import columns

from .conftest import Command, Write
from .golden import ROOT, SAMPLES
from .test_load import GOOD, pieces

SMALL = "金额单位: 元\n报告: {样式: kunming, 标题: 甲}\n项目: {名称: 甲, 年度: 2024}\n资金: {预算: 100, 到位: 50}\n"
BESIDE = [".docx", ".核查.json", ".核查.md", ".清单.json"]
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Exit codes and JSON


def test_a_sound_file_ends_with_zero(command: Command) -> None:
    path = next(sample for sample in SAMPLES if sample.stem == "beijing-xicheng")
    assert command("check", path).code == command("score", path).code == 0
    assert json.loads(command("check", path, "--json").out)["发现"] == []
    assert "没有发现问题" in command("check", path).out


def test_a_wrong_value_ends_with_one(write: Write, command: Command) -> None:
    path = write(SMALL.replace("100", "90x"))
    done = command("check", path)
    assert done.code == 1 and done.out == ""
    assert f"{path}:4:10: 错误[D004] “90x”不是金额" in done.err and "错误 1 个" in done.err
    (found,) = (one for one in json.loads(command("check", path, "--json").out)["发现"] if one["级别"] == "错误")
    assert (
        found["位置"] == {"文件": str(path), "行": 4, "列": 10} and found["代码"] == "D004" and found["原文"] == "90x"
    )
    assert command("score", path, "--json").code == 1


@pytest.mark.parametrize("words", [["check"], ["score"], ["render", "--no-pages"]])
def test_what_cannot_be_read_ends_with_two(write: Write, command: Command, words: list[str]) -> None:
    path = write("甲：乙\n")
    done = command(*words, path)
    assert (done.code, done.out) == (2, "") and f"{path}:1:2: “甲”后面是全角冒号" in done.err
    told = command(*words, path, "--json")
    assert told.code == 2 and json.loads(told.out)["错误"][0]["代码"] == "Y005" and told.err == ""
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["没有"], "没有这个命令“没有”"),
        (["score"], "缺少参数：数据文件"),
        (["score", "甲", "乙"], "多写了参数"),
        (["score", "--没有"], "没有选项“--没有”"),
        (["score", "--style"], "选项“--style”后面缺少内容"),
        (["render", "甲.yaml", "--final=3"], "选项“--final”写得不对"),
        (["score", "没有.yaml"], "没有.yaml: 找不到这个文件"),
        (["score", "没有.txt"], "不认识的数据文件格式“.txt”"),
        (["render", "."], "这是一个文件夹"),
        (["render", "/"], "这是一个文件夹"),
        (["check", ""], "这是一个文件夹"),
        (["new", "没有"], "没有样式“没有”"),
        (["new", "kunming", "-o", "."], "应以 .yaml 或 .xlsx 结尾"),
        (["new", "kunming", "-o", ""], "应以 .yaml 或 .xlsx 结尾"),
        (["new", "kunming", "-o", "没有/甲.yaml"], "没有这个文件夹"),
        (["schema", "-o", "没有/甲.json"], "没有这个文件或文件夹"),
        (["demo", "-o", "/dev/null/甲"], "建不了文件夹"),
    ],
)
def test_wrong_usage_ends_with_two_and_one_line(
    words: list[str], what: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(*words)
    assert (done.code, done.out) == (2, "") and what in done.err and done.err.count("\n") == 1
    assert not ENGLISH.search(done.err)
    assert names(tmp_path) == []
    if words[0] in ("score", "render", "check"):
        told = command(*words, "--json")
        assert told.code == 2 and set(json.loads(told.out)) == {"错误"}


def test_our_own_bug_ends_with_seventy_and_a_log(
    write: Write, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("oops")

    monkeypatch.setattr(pipeline, "judge", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for words in (["score"], ["score", "--json"]):
        done = command(*words, write(SMALL))
        assert (done.code, done.out, done.err.count("\n")) == (70, "", 1) and "不是数据的问题" in done.err
    (log,) = tmp_path.glob("*.log")
    assert "RuntimeError: oops" in log.read_text("utf-8") and str(log) in done.err
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "没有"))
    assert "RuntimeError: oops" in command("score", write(SMALL)).err


@pytest.mark.parametrize("command_name", ["check", "score"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 9), pieces), min_size=1, max_size=3))
def test_no_slip_of_the_hand_is_our_bug(
    write: Write, command: Command, command_name: str, slips: list[tuple[int, int, str]]
) -> None:
    text = GOOD
    for start, length, piece in slips:
        text = text[:start] + piece + text[start + length :]
    done = command(command_name, write(text))
    assert done.code in (0, 1, 2) and not ENGLISH.search(done.err), done.said


# Help


def test_help_is_in_chinese_and_grouped(command: Command) -> None:
    done = command("--help")
    assert done.code == 0 and command().out == done.out
    at = [done.out.index(f"\n{title}:") for title in ("选项", "数据", "报告", "模板")]
    assert at == sorted(at)
    grouped = [name for group in cli.GROUPS.values() for name in group]
    assert set(cli.cli.commands) <= set(grouped), "a command that --help does not list"
    assert ("批量" in done.out) == any(name in cli.cli.commands for name in cli.GROUPS["批量"])
    for name in ("", *cli.cli.commands):
        page = command(*name.split(), "--help").out
        assert not ENGLISH.search(page) and "Usage" not in page and "Options" not in page
        assert max(map(columns, page.split("\n"))) <= 100


def test_the_module_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "score", str(SAMPLES[0]), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0 and done.stderr == b""
    assert set(json.loads(done.stdout.decode("utf-8"))) >= {"总分", "满分", "得分率", "等级", "指标"}


# score, styles, schema


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [60, 80, 100, 300])
def test_no_line_of_the_score_table_wraps(
    sample: Path, width: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = command("score", sample)
    assert max(map(columns, done.out.split("\n"))) <= min(width, 100)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_score_tree_as_json_has_its_shape(sample: Path, command: Command) -> None:
    def check(node: dict[str, Any]) -> None:
        assert set(node) >= {"名称", "分值", "得分", "得分率", "完成情况", "计算过程", "下级"}
        assert all(node[key] is None or isinstance(node[key], str) for key in ("分值", "得分", "得分率", "完成情况"))
        assert all(isinstance(line, str) for line in node["计算过程"])
        for below in node["下级"]:
            check(below)

    found = json.loads(command("score", sample, "--json").out)
    for node in found["指标"]:
        check(node)


def test_styles_are_listed(command: Command) -> None:
    assert "kunming" in command("styles").out
    (found, *_) = json.loads(command("styles", "--json").out)
    assert set(found) >= {"样式", "名称", "说明", "位置", "文档"}


def test_the_schema_is_printed_or_written(command: Command, tmp_path: Path) -> None:
    printed = command("schema")
    assert printed.code == 0 and json.loads(printed.out)["title"] == "绩效评价数据"
    assert command("schema", "-o", tmp_path / "甲.json").code == 0
    assert (tmp_path / "甲.json").read_text("utf-8") == printed.out


# render


def test_a_draft_is_written_beside_the_data_in_spite_of_errors(write: Write, command: Command) -> None:
    path = write(SMALL.replace("100", "90x"), "我的 项目.yaml")
    before = path.read_bytes()
    done = command("render", path, "--no-pages")
    assert done.code == 1 and f"已生成 {path.with_suffix('.docx')}" in done.out
    assert names(path.parent) == sorted([path.name, *(f"我的 项目{ending}" for ending in BESIDE)])
    assert path.read_bytes() == before


def test_json_of_a_rendering_is_pure(write: Write, command: Command) -> None:
    done = command("render", write(SMALL), "--no-pages", "--json")
    told = json.loads(done.out)
    assert done.code == 0 and done.err == "" and len(told["文件"]) == len(BESIDE) and told["发现"]


def test_a_final_report_with_gaps_is_refused_and_writes_nothing(write: Write, command: Command) -> None:
    path = write(SMALL)
    done = command("render", path, "--final", "--no-pages")
    assert done.code == 1 and "正式稿没有生成" in done.err and names(path.parent) == [path.name]
    told = command("render", path, "--final", "--no-pages", "--json")
    assert told.code == 1 and {one["级别"] for one in json.loads(told.out)["发现"]} >= {"错误"}


def test_a_report_is_rendered_again_but_not_over_an_edited_one(write: Write, command: Command) -> None:
    path = write(SMALL)
    out = path.parent / "报告.docx"
    words = ("render", path, "-o", out, "--no-pages")
    assert command(*words).code == command(*words).code == 0
    path.write_text(SMALL.replace("50", "60"), encoding="utf-8")
    assert command(*words).code == 0
    out.write_bytes(b"edited")
    refused = command(*words)
    assert refused.code == 2 and "--force" in refused.err and out.read_bytes() == b"edited"
    assert command(*words, "--force").code == 0 and out.read_bytes() != b"edited"


def test_the_same_data_gives_the_same_bytes(write: Write, command: Command) -> None:
    path = write(SMALL)
    for name in ("一.docx", "二.docx"):
        assert command("render", path, "-o", path.parent / name, "--no-pages").code == 0
    assert (path.parent / "一.docx").read_bytes() == (path.parent / "二.docx").read_bytes()


@pytest.mark.parametrize("out", ["甲", "甲.doc", "项目.yaml", "没有/甲.docx"])
def test_an_output_that_cannot_be_is_refused(write: Write, command: Command, out: str) -> None:
    path = write(SMALL)
    done = command("render", path, "-o", path.parent / out, "--no-pages")
    assert done.code == 2 and names(path.parent) == [path.name] and path.read_text("utf-8") == SMALL


def test_a_folder_as_output_takes_the_report_under_its_own_name(write: Write, command: Command) -> None:
    path = write(SMALL)
    (folder := path.parent / "报告").mkdir()
    assert command("render", path, "-o", folder, "--no-pages").code == 0
    assert f"{path.stem}.docx" in names(folder) and names(path.parent) == sorted([path.name, folder.name])


def test_when_writing_fails_nothing_is_left(write: Write, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = write(SMALL)
    monkeypatch.setattr(os, "replace", refuse)
    done = command("render", path, "--no-pages")
    assert done.code == 2 and "没有权限" in done.err and names(path.parent) == [path.name]


def test_data_and_report_may_be_in_other_folders_with_blanks(
    write: Write, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for folder in ("资 料", "成 果", "别处"):
        (tmp_path / folder).mkdir()
    path = write(SMALL, "资 料/数 据.yml")
    monkeypatch.chdir(tmp_path / "别处")
    assert command("render", "../资 料/数 据.yml", "-o", "../成 果/报 告.docx", "--no-pages").code == 0
    assert names(tmp_path / "成 果") == sorted(f"报 告{ending}" for ending in BESIDE)
    assert names(tmp_path / "别处") == [] and names(path.parent) == ["数 据.yml"]
    manifest = json.loads((tmp_path / "成 果" / f"报 告{MANIFEST}").read_text("utf-8"))
    assert manifest["数据"] == "数 据.yml" and str(tmp_path) not in json.dumps(manifest, ensure_ascii=False)


def test_a_style_on_the_command_line_comes_first(write: Write, command: Command) -> None:
    path = write(SMALL.replace("kunming", "没有"))
    done = command("check", path)
    assert done.code == 2 and f"{path}:2:10: 没有样式“没有”" in done.err
    assert command("check", path, "--style", "kunming").code == 0
    plain = write("金额单位: 元\n报告: {}\n", "无样式.yaml")
    done = command("render", plain, "--no-pages")
    assert done.code == 2 and "没有写用哪个样式" in done.err and f"{plain}:2" in done.err


def test_what_is_said_of_many_places_is_said_once_with_the_places(write: Write, command: Command) -> None:
    text = "".join(f"  {key}: 资金到位率为96%。\n" for key in ("项目概况", "资金到位说明", "资金使用说明", "综合结论"))
    path = write(f"金额单位: 元\n报告: {{样式: kunming}}\n资金: {{预算: 100, 到位: 90}}\n正文:\n{text}")
    told = command("check", path)
    assert told.err.count("[X102]") == 1 and "同样的还有 3 处" in told.err
    assert len([one for one in json.loads(command("check", path, "--json").out)["发现"] if one["代码"] == "X102"]) == 4
