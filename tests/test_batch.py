"""Many projects at once: what is taken, what is written, what goes on after a kill, what is told."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from generator import document
from generator.batch import Options, jobs
from generator.batch.parcel import parcels, unpacked
from generator.batch.work import work

from .conftest import Command
from .soak import soak

PROJECT = Path(__file__).parent.parent
PLACES = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
ENVIRONMENT = {**os.environ, "PYTHONPATH": PLACES, "PYTHONIOENCODING": "utf-8"}
BROKEN = "金额单位: 元\n报告: [\n"
COMMON = """\
金额单位: 元
报告: {样式: national, 标题: 图书角项目}
项目: {年度: 2024, 主管部门: 某局}
资金: {执行率分母: 预算}
指标体系:
  - 名称: 产出
    下级:
      - {名称: 数量, 分值: 10, 指标值: ≥5个, 测算: 5个, 计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 5个}}
"""


def project(number: int, spent: int = 9, extra: str = "") -> str:
    """A small data file whose name and figures are its own."""
    return (
        f"金额单位: 元\n报告: {{样式: kunming, 标题: 第{number}号项目}}\n"
        f"项目: {{名称: 第{number}号项目, 主管部门: {'甲' if number % 2 else '乙'}局, 实施单位: 丙单位}}\n"
        f"资金: {{预算: {number * 1000 + 10}, 到位: {number * 1000 + 10}, 支出: {number * 1000 + spent},"
        " 执行率分母: 预算}\n"
        "指标体系:\n  - {名称: 执行率, 分值: 100, 测算: 资金.执行率, 计分方法: 按比例得分,"
        f" 参数: {{方向: 越高越好, 目标值: 100%}}}}\n{extra}"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three projects, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    Path("数据").mkdir()
    for number in (1, 2, 3):
        Path(f"数据/项目{number}.yaml").write_text(project(number), encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    """The digests of the files in a folder, but for the journal."""
    files = (path for path in folder.iterdir() if not path.name.endswith(".jsonl"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def summary(folder: Path) -> dict:
    """The summary that was written."""
    return json.loads((folder / "汇总.json").read_text(encoding="utf-8"))


def text(path: Path) -> str:
    """All that a report says."""
    return str(document.project(path))


@pytest.mark.parametrize(
    "given",
    [["数据"], ["数据/*.yaml"], ["数据/项目1.yaml", "数据/项目2.yaml", "数据/项目3.yaml"], ["数据", "数据/项目1.yaml"]],
    ids=["folder", "pattern", "files", "twice"],
)
def test_what_is_given_becomes_a_report_each(folder: Path, command: Command, given: list[str]) -> None:
    outcome = command("batch", *given, "-o", "报告", "--jobs", "1")
    assert outcome.code == 0, outcome.said
    assert sorted(path.name for path in Path("报告").glob("项目*.docx")) == [f"项目{one}.docx" for one in (1, 2, 3)]
    assert "共 3 个项目：完成 3 个。" in outcome.out
    assert "已做 3/3" in outcome.err
    assert not list(Path("报告").glob(".jixiao-*"))


def test_one_report_is_what_render_writes(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    command("render", "数据/项目2.yaml", "-o", "一份.docx", "--no-pages")
    assert Path("一份.docx").read_bytes() == Path("报告/项目2.docx").read_bytes()
    one, other = (json.loads(Path(f"{name}.清单.json").read_text("utf-8")) for name in ("一份", "报告/项目2"))
    assert one["数据摘要"] == other["数据摘要"]


def test_two_processes_write_the_same_bytes_as_one(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "一", "--jobs", "1")
    outcome = command("batch", "数据", "-o", "二", "--jobs", "2")
    assert outcome.code == 0, outcome.said
    assert contents(Path("一")) == contents(Path("二"))


def test_workers_are_not_kept_for_another_folder(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("batch", "数据", "-o", "报告", "--jobs", "2").code == 0
    (folder / "别处").mkdir()
    (folder / "数据").rename(folder / "别处" / "数据")
    monkeypatch.chdir(folder / "别处")
    assert command("batch", "数据", "-o", "报告", "--jobs", "2").code == 0


def test_one_broken_project_does_not_stop_the_others(folder: Path, command: Command) -> None:
    for number in range(4, 11):
        Path(f"数据/项目{number}.yaml").write_text(project(number), encoding="utf-8")
    Path("数据/项目5.yaml").write_text(BROKEN, encoding="utf-8")
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1")
    assert outcome.code == 1
    assert "数据/项目5.yaml" in outcome.err and "失败：“项目5”没有生成" in outcome.err
    assert "完成 9 个，失败 1 个" in outcome.out
    said = summary(Path("报告"))
    (failed,) = (one for one in said["项目"] if one["状态"] == "失败")
    assert (failed["名称"], failed["报告"]) == ("项目5", None)
    assert failed["原因"] and failed["位置"].startswith("数据/项目5.yaml:")
    assert load_workbook("报告/汇总.xlsx").sheetnames == ["项目", "等级", "主管部门", "实施单位", "失败"]
    assert "没有生成的项目" in text(Path("报告/汇总报告.docx"))


def test_nothing_that_can_be_read_is_2(folder: Path, command: Command) -> None:
    for path in Path("数据").iterdir():
        path.write_text(BROKEN, encoding="utf-8")
    assert command("batch", "数据", "-o", "报告", "--jobs", "1").code == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["没有.yaml"], "找不到这个文件"),
        (["数据/*.yml"], "没有符合的文件"),
        (["空"], "文件夹里没有数据文件"),
    ],
)
def test_what_cannot_be_found_is_told_before_work_starts(
    folder: Path, command: Command, given: list[str], said: str
) -> None:
    Path("空").mkdir()
    outcome = command("batch", "数据", *given, "-o", "报告", "--jobs", "1")
    assert outcome.code == 2 and said in outcome.err
    assert not Path("报告").exists()


def test_two_projects_of_one_name_are_told_before_work_starts(folder: Path, command: Command) -> None:
    Path("数据/另").mkdir()
    Path("数据/另/项目1.yaml").write_text(project(9), encoding="utf-8")
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1")
    assert outcome.code == 2 and "做出的报告同名：项目1.docx" in outcome.err
    assert not Path("报告").exists()


def test_packs_and_what_a_batch_wrote_are_no_projects(folder: Path, command: Command) -> None:
    Path("数据/样式").mkdir()
    Path("数据/样式/style.yaml").write_text("名称: 本所\n", encoding="utf-8")
    assert command("batch", "数据", "-o", "数据/报告", "--jobs", "1").code == 0
    again = command("batch", "数据", "-o", "数据/报告", "--jobs", "1", "--resume")
    assert again.code == 0 and "其中 3 个没有变" in again.out


def test_what_is_there_is_not_replaced(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    before = contents(Path("报告"))
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1")
    assert outcome.code == 2
    assert all(f"报告/项目{number}.docx: 文件已存在" in outcome.err for number in (1, 2, 3))
    assert "--resume" in outcome.err and contents(Path("报告")) == before
    assert command("batch", "数据", "-o", "报告", "--jobs", "1", "--force").code == 0


def test_only_what_changed_is_made_again(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    before = {path.name: path.stat().st_mtime_ns for path in Path("报告").glob("项目*")}
    Path("数据/项目2.yaml").write_text(project(2, spent=8), encoding="utf-8")
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume")
    assert outcome.code == 0 and "其中 2 个没有变" in outcome.out
    after = {path.name: path.stat().st_mtime_ns for path in Path("报告").glob("项目*")}
    assert {name.split(".")[0] for name in after if after[name] != before[name]} == {"项目2"}
    assert "2,008" in text(Path("报告/项目2.docx"))


def test_a_report_that_is_gone_is_made_again_and_an_edited_one_is_kept(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    Path("报告/项目1.docx").unlink()
    Path("报告/项目3.docx").write_bytes(b"edited")
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume")
    assert outcome.code == 1 and "其中 1 个没有变" in outcome.out
    assert Path("报告/项目1.docx").exists()
    assert Path("报告/项目3.docx").read_bytes() == b"edited"
    assert "报告/项目3.docx: 失败" in outcome.err


def test_other_options_and_another_pack_make_all_again(folder: Path, command: Command) -> None:
    command("template", "new", "本所", "--from", "kunming")
    for number in (1, 2, 3):
        Path(f"数据/项目{number}.yaml").write_text(project(number).replace("kunming", "../本所"), encoding="utf-8")
    assert command("batch", "数据", "-o", "报告", "--jobs", "1").code == 0
    assert "其中 3 个没有变" in command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume").out
    style = Path("本所/style.yaml")
    style.write_text(style.read_text("utf-8") + "# 改过\n", encoding="utf-8")
    assert "没有变" not in command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume").out
    assert (
        "没有变"
        not in command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume", "--document", "意见反馈表").out
    )


def test_files_that_data_names_count_as_data(folder: Path, command: Command) -> None:
    book = Workbook()
    for line in (["日期", "摘要", "金额"], ["2024-03-01", "甲", 100], ["2024-04-01", "乙", 200]):
        book.active.append(line)
    book.save("数据/台账.xlsx")
    ledgered = project(1).replace("支出: 1009", "台账: 台账.xlsx")
    Path("数据/项目1.yaml").write_text(ledgered, encoding="utf-8")
    first = command("batch", "数据", "-o", "报告", "--jobs", "1")
    assert "共 3 个项目" in first.out  # the ledger is no project
    book.active.append(["2024-05-01", "丙", 300])
    book.save("数据/台账.xlsx")
    assert "其中 2 个没有变" in command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume").out
    assert "600" in text(Path("报告/项目1.docx"))


def test_a_workbook_that_a_text_speaks_of_is_a_project(folder: Path, command: Command) -> None:
    assert command("convert", "数据/项目3.yaml", "数据/丁.xlsx").code == 0
    Path("数据/项目3.yaml").write_text(
        project(3, extra="正文:\n  项目概况: 金额见丁.xlsx 里的表。\n"), encoding="utf-8"
    )
    Path("数据/项目2.yaml").unlink()
    assert "共 3 个项目" in command("batch", "数据", "-o", "报告", "--jobs", "1").out


def test_an_edited_summary_is_kept(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    Path("报告/汇总报告.docx").write_bytes(b"edited")
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume")
    assert outcome.code == 2 and "报告/汇总报告.docx: 汇总已经有了，并且被改动过" in outcome.err


def test_a_cut_off_journal_is_read_as_far_as_it_goes(folder: Path, command: Command) -> None:
    command("batch", "数据", "-o", "报告", "--jobs", "1")
    journal = Path("报告/批量.进度.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[1][: len(lines[1]) // 2])
    for summary_file in Path("报告").glob("汇总*"):
        summary_file.unlink()
    assert "其中 1 个没有变" in command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume").out


def test_final_reports_are_refused_one_by_one(folder: Path, command: Command) -> None:
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--final")
    assert outcome.code == 1 and "正式稿没有生成" in outcome.err
    assert not list(Path("报告").glob("项目*"))


def test_the_summary_adds_up(folder: Path, command: Command) -> None:
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--json")
    said = json.loads(outcome.out)
    assert {key: said[key] for key in summary(Path("报告"))} == summary(Path("报告"))
    assert [one["得分"] for one in said["项目"]] == ["99.9", "99.95", "99.97"]
    assert (said["平均得分"], said["平均得分率"]) == ("99.94", "99.94%")
    assert [(one["单位"], one["个数"]) for one in said["按主管部门"]] == [("甲局", 2), ("乙局", 1)]
    assert sum(one["个数"] for one in said["按等级"]) == 3
    sheet = load_workbook("报告/汇总.xlsx")["项目"]
    assert [cell.value for cell in sheet["A"]][3:] == ["项目1", "项目2", "项目3", "平均、合计"]
    assert sheet["E7"].value == '=IF(COUNT(E4:E6),ROUND(AVERAGE(E4:E6),2),"—")'
    assert sheet.freeze_panes == "B4" and sheet["G4"].number_format == "0.00%"
    page = text(Path("报告/汇总报告.docx"))
    assert "平均得分99.94分" in page and "第2号项目" in page and "【" not in page


# A workbook with a row a project.


def rows(*lines: list[object]) -> Path:
    """A workbook of projects, with the data that they have in common beside it."""
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save("项目.xlsx")
    Path("共同.yaml").write_text(COMMON, encoding="utf-8")
    return Path("项目.xlsx")


HEAD = ["序号", "文件名", "项目.名称", "项目.主管部门", "资金.预算（万元）", "资金.支出（元）", "指标体系.数量.测算"]


def test_a_row_is_a_project(folder: Path, command: Command) -> None:
    rows(["一览表"], HEAD, [1, "甲", "甲项目", "甲局", 1.5, 9000, "5个"], [2, None, "乙项目", None, 2, 8000, "4个"])
    outcome = command("batch", "项目.xlsx", "--common", "共同.yaml", "-o", "报告", "--jobs", "1", "--json")
    assert outcome.code == 0, outcome.said
    said = json.loads(outcome.out)["项目"]
    assert [(one["名称"], one["主管部门"], one["得分"]) for one in said] == [
        ("甲", "甲局", "10"),
        ("乙项目", "某局", "8"),
    ]
    assert "15,000" in text(Path("报告/甲.docx")) or "1.50" in text(Path("报告/甲.docx"))


def test_what_is_wrong_in_a_row_names_its_cell(folder: Path, command: Command) -> None:
    rows(HEAD, [1, "甲", "甲项目", "甲局", "很多", 9000, "5个"])
    command("batch", "项目.xlsx", "--common", "共同.yaml", "-o", "报告", "--jobs", "1")
    found = json.loads(Path("报告/甲.核查.json").read_text("utf-8"))["发现"]
    (wrong,) = (one for one in found if one["级别"] == "错误")
    assert wrong["位置"] == {"文件": "项目.xlsx", "表": "Sheet", "单元格": "E2"}


def test_wrong_columns_are_told_once_before_work_starts(folder: Path, command: Command) -> None:
    rows([*HEAD[:5], "资金.花费", "指标体系.质量.测算"], [1, "甲", "甲项目", "甲局", 1, 9000, "5个"])
    outcome = command("batch", "项目.xlsx", "--common", "共同.yaml", "-o", "报告", "--jobs", "1")
    assert outcome.code == 2
    assert "项目.xlsx › Sheet › F1: 没有用“资金.花费”这一列" in outcome.err
    assert "没有用“指标体系.质量.测算”这一列：“指标体系”里没有“质量”" in outcome.err


def test_rows_of_one_name_are_told(folder: Path, command: Command) -> None:
    rows(HEAD, [1, None, "甲项目"], [2, None, "甲项目"])
    outcome = command("batch", "项目.xlsx", "--common", "共同.yaml", "-o", "报告", "--jobs", "1")
    assert outcome.code == 2 and "做出的报告同名" in outcome.err and "加一列“文件名”" in outcome.err


def test_a_workbook_of_one_project_is_one_project(folder: Path, command: Command) -> None:
    assert command("convert", "数据/项目1.yaml", "一个.xlsx").code == 0
    assert [job.row for job in jobs(["一个.xlsx"])] == [None]


def test_a_changed_row_is_made_again(folder: Path, command: Command) -> None:
    lines = [HEAD, [1, "甲", "甲项目", "甲局", 1, 9000, "5个"], [2, "乙", "乙项目", "乙局", 2, 8000, "4个"]]
    rows(*lines)
    given = ["batch", "项目.xlsx", "--common", "共同.yaml", "-o", "报告", "--jobs", "1"]
    command(*given)
    lines[2][5] = 8001
    rows(*lines)
    assert "其中 1 个没有变" in command(*given, "--resume").out


# Killed, interrupted, all at once.


def started(*arguments: str) -> subprocess.Popen:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for_reports(running: subprocess.Popen, count: int) -> None:
    until = time.monotonic() + 60
    while len(list(Path("报告").glob("项目*.清单.json"))) < count:
        assert running.poll() is None and time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def many(folder: Path) -> Path:
    """Sixty projects."""
    for number in range(1, 61):
        Path(f"数据/项目{number}.yaml").write_text(project(number), encoding="utf-8")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_killed_run_leaves_no_half_file_and_goes_on(many: Path, command: Command, workers: str) -> None:
    running = started("batch", "数据", "-o", "报告", "--jobs", workers)
    wait_for_reports(running, 4)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    for report in Path("报告").glob("项目*.docx"):
        assert text(report)
    assert not Path("报告/汇总.json").exists()
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume")
    assert outcome.code == 0 and "个没有变" in outcome.out, outcome.said
    assert not list(Path("报告").glob(".jixiao-*"))
    command("batch", "数据", "-o", "整", "--jobs", "1")
    assert {name: was for name, was in contents(Path("报告")).items() if not name.startswith("汇总")} == {
        name: was for name, was in contents(Path("整")).items() if not name.startswith("汇总")
    }


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_run_says_how_to_go_on(many: Path, command: Command, workers: str) -> None:
    running = started("batch", "数据", "-o", "报告", "--jobs", workers)
    wait_for_reports(running, 4)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=30)
    said = err.decode("utf-8")
    assert running.returncode == 130
    assert "已中断：做完" in said and "--resume" in said and "Traceback" not in said, said
    assert not list(Path("报告").glob(".jixiao-*"))
    assert command("batch", "数据", "-o", "报告", "--jobs", "1", "--resume").code == 0


def test_a_bug_of_ours_is_no_fault_of_the_data(folder: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    from generator import pipeline

    made = pipeline.make

    def broken(judged: pipeline.Judged, *rest: object, **named: object) -> pipeline.Made:
        if "项目2" in judged.source.file:
            raise ZeroDivisionError
        return made(judged, *rest, **named)

    monkeypatch.setattr(pipeline, "make", broken)
    outcome = command("batch", "数据", "-o", "报告", "--jobs", "1")
    assert outcome.code == 70 and "程序自己出错了" in outcome.err and "完成 2 个，失败 1 个" in outcome.out


def test_work_tells_what_it_read(folder: Path) -> None:
    (job,) = jobs(["数据/项目1.yaml"])
    read = {Path(path).name for path in work(job, Options()).inputs}
    assert read == {"项目1.yaml", "style.yaml", "report.docx"}


@pytest.mark.parametrize("threads", [1, 8])
def test_every_report_is_its_own_projects(threads: int) -> None:
    assert not soak(40, threads)


# Past one machine.


def test_nothing_of_a_cluster_is_imported_otherwise(folder: Path) -> None:
    source = (
        "import sys; from generator import cli; cli.run(['batch', '数据', '-o', '另', '--jobs', '1']);"
        "sys.exit(any(name in sys.modules for name in ('dask', 'distributed', 'ray', 'rich', 'joblib')))"
    )
    assert subprocess.run([sys.executable, "-c", source], env=ENVIRONMENT).returncode == 0


def test_an_unknown_executor_is_told(folder: Path, command: Command) -> None:
    outcome = command("batch", "数据", "-o", "报告", "--executor", "云")
    assert outcome.code == 2 and "没有“云”这种后端" in outcome.err


def packed_projects() -> None:
    """One project with a pack beside it, one with a ledger, one broken."""
    book = Workbook()
    for line in (["日期", "摘要", "金额"], ["2024-03-01", "甲", 100]):
        book.active.append(line)
    book.save("数据/台账.xlsx")
    Path("数据/项目1.yaml").write_text(project(1).replace("支出: 1009", "台账: 台账.xlsx"), encoding="utf-8")
    Path("数据/项目2.yaml").write_text(project(2).replace("kunming", "../本所"), encoding="utf-8")
    Path("数据/项目4.yaml").write_text(BROKEN, encoding="utf-8")


def test_a_parcel_gives_what_work_gives(folder: Path, command: Command) -> None:
    command("template", "new", "本所", "--from", "kunming")
    packed_projects()
    given = jobs(["数据"])
    far = [unpacked(parcel) for parcel in parcels(iter(given), Options())]
    assert far == [work(job, Options()) for job in given]
    assert [one.outcome.status for one in far] == ["完成", "完成", "完成", "失败"]


def test_a_cluster_of_two_workers_writes_the_same_bytes(folder: Path, command: Command) -> None:
    command("template", "new", "本所", "--from", "kunming")
    packed_projects()
    near = started("batch", "数据", "-o", "近", "--jobs", "1")
    near.communicate(timeout=120)
    assert near.returncode == 1
    far = started("batch", "数据", "-o", "远", "--jobs", "2", "--executor", "dask")
    _, err = far.communicate(timeout=120)
    assert far.returncode == 1, err.decode("utf-8")
    assert contents(Path("近")) == contents(Path("远"))
    again = command("batch", "数据", "-o", "远", "--jobs", "1", "--resume")
    assert "其中 3 个没有变" in again.out
