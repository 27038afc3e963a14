"""Output files are written all or not at all; what somebody edited is not replaced."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator.cli import run
from generator.findings import Finding, Level, Location, ReportError
from generator.package import package, write_all
from generator.schema import SCHEMA_FILE, own_schema

WRONG = Finding("D004", Level.ERROR, Location("甲.yaml", 3, 5), "“90x”不是金额", "90x", expected="90", mend="改为 90")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_the_report_comes_with_findings_and_manifest(tmp_path: Path) -> None:
    out = tmp_path / "报告 一.docx"
    written = package(out, b"docx", [WRONG], {"数据": "甲.yaml"})
    assert [path.name for path in written] == [
        "报告 一.docx",
        "报告 一.核查.md",
        "报告 一.核查.json",
        "报告 一.清单.json",
    ]
    assert set(files(tmp_path)) == {path.name for path in written}
    page = (tmp_path / "报告 一.核查.md").read_text("utf-8")
    assert "## 错误（1）" in page and "1. 甲.yaml:3:5：“90x”不是金额　`D004`" in page and "建议：改为 90" in page
    assert json.loads((tmp_path / "报告 一.核查.json").read_text("utf-8"))["发现"] == [WRONG.as_json()]
    manifest = json.loads((tmp_path / "报告 一.清单.json").read_text("utf-8"))
    assert manifest["数据"] == "甲.yaml" and set(manifest["文件"]) == set(files(tmp_path)) - {"报告 一.清单.json"}


def test_nothing_found_is_said(tmp_path: Path) -> None:
    package(tmp_path / "甲.docx", b"1", [], {})
    assert "没有发现问题" in (tmp_path / "甲.核查.md").read_text("utf-8")


def test_what_the_program_wrote_is_replaced(tmp_path: Path) -> None:
    package(tmp_path / "甲.docx", b"1", [], {})
    package(tmp_path / "甲.docx", b"2", [WRONG], {})
    assert (tmp_path / "甲.docx").read_bytes() == b"2"


@pytest.mark.parametrize("name", ["甲.docx", "甲.核查.md", "甲.核查.json"])
def test_what_somebody_edited_is_refused_and_forced(tmp_path: Path, name: str) -> None:
    package(tmp_path / "甲.docx", b"1", [], {})
    (tmp_path / name).write_bytes(b"edited")
    before = files(tmp_path)
    with pytest.raises(ReportError, match="--force") as caught:
        package(tmp_path / "甲.docx", b"2", [WRONG], {})
    assert [one.where.file for one in caught.value.findings] == [str(tmp_path / name)]
    assert files(tmp_path) == before
    package(tmp_path / "甲.docx", b"2", [WRONG], {}, force=True)
    assert (tmp_path / "甲.docx").read_bytes() == b"2" and (tmp_path / name).read_bytes() != b"edited"


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"文件": 1}', '{"文件": {"甲.docx": 1}}', "\udcff"])
def test_a_manifest_that_cannot_be_read_protects_the_report(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "甲.docx").write_bytes(b"mine")
    (tmp_path / "甲.清单.json").write_bytes(manifest.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReportError, match="没有覆盖"):
        package(tmp_path / "甲.docx", b"2", [], {})


@pytest.mark.parametrize("mine", ["我的清单", '{"文件": {}}', "[]", '{"程序": "别的 1.0", "文件": {}}'])
def test_a_file_that_only_has_the_name_of_a_manifest_is_refused(tmp_path: Path, mine: str) -> None:
    (tmp_path / "甲.清单.json").write_text(mine, "utf-8")
    with pytest.raises(ReportError, match="没有覆盖") as caught:
        package(tmp_path / "甲.docx", b"1", [], {})
    assert [one.where.file for one in caught.value.findings] == [str(tmp_path / "甲.清单.json")]
    assert files(tmp_path) == {"甲.清单.json": mine.encode()}
    package(tmp_path / "甲.docx", b"1", [], {}, force=True)
    assert "甲.docx" in (tmp_path / "甲.清单.json").read_text("utf-8")


def test_new_does_not_replace_a_schema_of_somebody_else(tmp_path: Path) -> None:
    schema, out = tmp_path / SCHEMA_FILE, str(tmp_path / "甲.yaml")
    schema.write_text('{"title": "我的"}', "utf-8")
    assert run(["new", "kunming", "-o", out]) == 2 and files(tmp_path) == {SCHEMA_FILE: schema.read_bytes()}
    assert run(["new", "kunming", "-o", out, "--force"]) == 0 and own_schema(schema)
    assert run(["new", "kunming", "-o", str(tmp_path / "乙.yaml")]) == 0


@pytest.mark.parametrize("failing", range(4))
@pytest.mark.parametrize("existing", [True, False])
def test_when_a_file_cannot_be_replaced_all_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, existing: bool
) -> None:
    if existing:
        package(tmp_path / "甲.docx", b"1", [], {})
    before = files(tmp_path)
    calls, replace = iter(range(100)), os.replace

    def stubborn(*arguments: Any, **named: Any) -> None:
        if next(calls) == failing:
            raise PermissionError(13, "Permission denied", str(arguments[0]))
        replace(*arguments, **named)

    monkeypatch.setattr(os, "replace", stubborn)
    with pytest.raises(ReportError, match=r"写不了文件（没有权限，可能正在 Word 或 WPS 中打开）") as caught:
        package(tmp_path / "甲.docx", b"2", [WRONG], {})
    assert Path(str(caught.value.findings[0].where.file)).suffix in (".docx", ".md", ".json")
    assert files(tmp_path) == before


def test_when_the_disk_is_full_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(ReportError, match="磁盘满了"):
        package(tmp_path / "甲.docx", b"1", [], {})
    assert files(tmp_path) == {}


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").mkdir()
    for force in (False, True):
        with pytest.raises(ReportError, match="文件夹"):
            package(tmp_path / "甲.docx", b"1", [], {}, force=force)
    assert files(tmp_path) == {}


@pytest.mark.parametrize("name", ["甲", "甲.doc", "甲.yaml", "", "没有/甲.docx"])
def test_a_name_that_cannot_be_a_report_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportError, match=r"以 \.docx 结尾|没有这个文件夹"):
        package(tmp_path / name, b"1", [], {})


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "甲.json"
    write_all({path: b"1"})
    path.chmod(0o600)
    write_all({path: b"2"})
    assert path.read_bytes() == b"2" and path.stat().st_mode & 0o777 in (0o600, 0o666)
