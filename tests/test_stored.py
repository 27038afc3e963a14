"""Plans kept on disk: the same report without compiling, and no file is believed that this user did not write."""

from __future__ import annotations

import marshal
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest

import generator.template
from generator.findings import ReportError
from generator.render import render
from generator.template import Part, Plan, compile_template, compiling, stored
from generator.template.stored import Store
from tests.wordfiles import tags_of

NAMES = {"项目": {"名称": "甲项目"}, "各行": [{"名": "乙"}, {"名": "丙"}]}
TEMPLATES = sorted((Path(__file__).parent.parent / "templates").glob("*/*.docx"))
WITH_OWNERS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owners and modes of files")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for plans."""
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path / "缓存"))
    return tmp_path / "缓存"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template with a text and a table."""
    document = docx.Document()
    document.add_paragraph("{{ 项目.名称 }}")
    grid = document.add_table(rows=3, cols=1)
    for row, text in enumerate(("{%tr for 行 in 各行 %}", "{{ 行.名 }}", "{%tr endfor %}")):
        grid.cell(row, 0).text = text
    path = tmp_path / "模板.docx"
    document.save(str(path))
    return path


def forget() -> None:
    """As in a new process: no plan is in memory."""
    generator.template._plans.clear()


def report(template: Path) -> bytes:
    """The report of a plan that is not in memory."""
    forget()
    return render(compile_template(template), NAMES).document


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were compiled, as often as they were."""
    done: list[str] = []
    own = compiling.compiled

    def noted(content: bytes, file: str) -> Plan:
        done.append(file)
        return own(content, file)

    monkeypatch.setattr(compiling, "compiled", noted)
    return done


def entries(folder: Path) -> list[Path]:
    """The plans in a folder."""
    return sorted(folder.glob("*.plan"))


def test_a_kept_plan_makes_the_same_report_without_compiling(
    folder: Path, template: Path, compilings: list[str]
) -> None:
    first = report(template)
    assert (len(entries(folder)), compilings) == (1, [str(template)])
    assert report(template) == first
    assert compilings == [str(template)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kept_plan_is_the_plan(path: Path, folder: Path) -> None:
    content = path.read_bytes()
    plan = compiling.compiled(content, str(path))
    store = Store.open()
    assert store is not None
    store.write(content, plan)
    kept = store.read(content, str(path))
    assert kept is not None
    assert told(kept) == told(plan)


def told(plan: Plan) -> object:
    """A plan as values that can be compared: templates are functions, and so are the expressions of charts."""
    fields = {name: getattr(plan, name) for name in Plan.__slots__ if name not in ("members", "charts")}
    parts = [
        {**{name: getattr(one, name) for name in Part.__slots__ if name != "template"}, "lines": [*one.lines]}
        if isinstance(one, Part)
        else one
        for one in plan.members
    ]
    charts = [(one.binding.written, one.where, one.identity, one.part, one.members) for one in plan.charts]
    environments = [one.template.environment for one in plan.members if isinstance(one, Part)]
    return fields, parts, charts, environments


def test_places_are_in_the_file_that_is_asked_for(folder: Path, template: Path, compilings: list[str]) -> None:
    report(template)
    other = template.rename(template.with_name("换了名.docx"))
    forget()
    plan = compile_template(other)
    assert len(compilings) == 1
    assert plan.file == str(other)
    assert {tag.where.file for tag in tags_of(plan)} == {str(other)}
    wrong = render(plan, {**NAMES, "项目": {}}).findings
    assert [finding.where.file for finding in wrong] == [str(other)]


def test_a_template_with_errors_is_told_each_time_and_not_kept(folder: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ 项目.名称|没有的过滤器 }}")
    path = tmp_path / "坏模板.docx"
    document.save(str(path))
    for _ in range(2):
        with pytest.raises(ReportError) as caught:
            report(path)
        assert [finding.code for finding in caught.value.findings] == ["T114"]
    assert entries(folder) == []


def changed(entry: bytes) -> bytes:
    """The entry with one bit of its last byte turned."""
    return entry[:-1] + bytes((entry[-1] ^ 1,))


@pytest.mark.parametrize(
    "damage",
    [lambda entry: b"", lambda entry: entry[:20], lambda entry: entry[:-40], lambda entry: b"\0" * len(entry), changed],
    ids=["empty", "no more than a digest", "cut off", "zeros", "one bit"],
)
def test_a_damaged_file_is_not_unpacked_and_is_written_anew(
    damage: Callable[[bytes], bytes],
    folder: Path,
    template: Path,
    compilings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = report(template)
    entry = entries(folder)[0]
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    with monkeypatch.context() as watched:
        watched.setattr(stored.marshal, "loads", unpacked)
        assert report(template) == first
    assert (len(compilings), entries(folder), entry.read_bytes()) == (2, [entry], whole)
    assert report(template) == first
    assert len(compilings) == 2


def unpacked(_: bytes) -> object:
    """What must not happen."""
    raise AssertionError("an entry without proof was unpacked")


def test_code_that_another_wrote_is_never_run(folder: Path, template: Path, tmp_path: Path) -> None:
    first = report(template)
    entry = entries(folder)[0]
    proof, plan = entry.read_bytes()[:32], marshal.loads(entry.read_bytes()[32:])
    trap = tmp_path / "执行了"
    evil = compile(f"open({str(trap)!r}, 'w').close()", "<模板>", "exec")

    def with_trap(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(with_trap(one) for one in value)
        return evil if isinstance(value, type(evil)) else value

    tampered = marshal.dumps(with_trap(plan))
    foreign = Store(folder, bytes(32))
    for signed in (proof, foreign._proof(entry, tampered), b""):
        entry.write_bytes(signed + tampered)
        assert report(template) == first
        assert not trap.exists()
    own = Store.open()
    assert own is not None
    entry.write_bytes(own._proof(entry, tampered) + tampered)  # with the user's own key the trap would snap
    with pytest.raises(KeyError):
        report(template)
    assert trap.exists()


def test_a_plan_is_not_taken_for_that_of_another_template(
    folder: Path, template: Path, tmp_path: Path, compilings: list[str]
) -> None:
    report(template)
    first = entries(folder)[0]
    document = docx.Document()
    document.add_paragraph("另一个模板：{{ 项目.名称 }}")
    other = tmp_path / "另一个.docx"
    document.save(str(other))
    right = report(other)
    second = next(entry for entry in entries(folder) if entry != first)
    second.write_bytes(first.read_bytes())
    assert report(other) == right
    assert compilings.count(str(other)) == 2


@WITH_OWNERS
@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_key_that_others_could_read_is_replaced(mode: int, folder: Path, template: Path) -> None:
    first = report(template)
    key = next(folder.glob("key*"))
    known = key.read_bytes()
    key.chmod(mode)
    assert report(template) == first
    assert key.read_bytes() != known
    assert key.stat().st_mode & 0o777 == 0o600


@WITH_OWNERS
def test_a_key_that_another_user_put_there_is_not_used(
    folder: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    owner = os.getuid()
    theirs = folder / f"key-{owner + 1}"
    theirs.write_bytes(bytes(32))
    theirs.chmod(0o600)
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    monkeypatch.setattr(stored, "_put", lambda path, data: None)  # nor can it be replaced
    assert Store.open() is None
    report(template)
    assert entries(folder) == []


@WITH_OWNERS
@pytest.mark.parametrize("linked", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_key_that_lies_elsewhere_too_is_not_used(
    linked: Callable[[Path, Path], None], folder: Path, template: Path, tmp_path: Path
) -> None:
    known = tmp_path / "已知"
    known.write_bytes(bytes(32))
    known.chmod(0o600)
    folder.mkdir()
    linked(known, folder / f"key-{os.getuid()}")
    report(template)
    store = Store.open()
    assert store is not None
    assert store.key != bytes(32)
    assert known.read_bytes() == bytes(32)


@WITH_OWNERS
def test_what_is_written_is_for_this_user_alone(folder: Path, template: Path) -> None:
    report(template)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (stored, "__version__", "0.0.0"),
        (stored.jinja2, "__version__", "0.0.0"),
        (stored.sys, "version", "3.99"),
        (stored, "_LIBRARIES", ()),
        (stored, "_states", lambda folder: [("tags.py", 1, 1)]),
    ],
    ids=["program", "jinja", "python", "libraries", "code"],
)
def test_a_plan_of_another_version_is_not_used(
    owner: object,
    name: str,
    value: object,
    folder: Path,
    template: Path,
    compilings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report(template)
    stored._made_with.cache_clear()
    monkeypatch.setattr(owner, name, value)
    report(template)
    assert (len(compilings), len(entries(folder))) == (2, 2)
    monkeypatch.undo()
    stored._made_with.cache_clear()


def test_a_folder_that_cannot_be_written_is_no_trouble(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    first = report(template)
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path / "文件"))
    assert report(template) == first
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path / "文件" / "里面"))
    assert report(template) == first


def test_a_disk_that_is_full_leaves_nothing_behind(
    folder: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Store.open() is not None

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    report(template)
    assert [path.name[:3] for path in folder.iterdir()] == ["key"]


def test_nothing_is_kept_where_that_is_not_wanted(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_CACHE", "0")
    monkeypatch.chdir(tmp_path)
    report(template)
    assert Store.open() is None
    assert sorted(tmp_path.iterdir()) == [template]


def test_the_folder_is_that_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_CACHE")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    found = {}
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(stored.sys, "platform", system)
        found[system] = stored.cache_folder()
    assert found == {
        "linux": tmp_path / "xdg" / "jixiao",
        "darwin": tmp_path / "Library" / "Caches" / "jixiao",
        "win32": tmp_path / "Local" / "jixiao",
    }
    monkeypatch.setattr(stored.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "不是绝对路径")
    assert stored.cache_folder() == tmp_path / ".cache" / "jixiao"


def test_the_plans_used_longest_ago_go_first(folder: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MOST_ENTRIES", 3)
    report(template)
    used = entries(folder)[0]
    others = [folder / f"{number:064}.plan" for number in range(3)]
    for age, other in enumerate(others):
        other.write_bytes(b"")
        os.utime(other, (1000 - age, 1000 - age))
    os.utime(used, (10, 10))
    report(template)  # used again
    store = Store.open()
    assert store is not None
    content = template.read_bytes()
    plan = store.read(content, "")
    assert plan is not None
    store.write(content + b"\0", plan)
    left = entries(folder)
    assert len(left) == 3
    assert used in left
    assert [other for other in others if other in left] == others[:1]


def in_new_process(template: Path) -> bytes:
    """What another process makes of a template."""
    return report(template)


def test_threads_and_processes_share_a_folder(folder: Path, template: Path) -> None:
    expected = render(compiling.compiled(template.read_bytes(), str(template)), NAMES).document
    assert Store.open() is not None  # the key is made once; two at a time would each keep a plan of their own
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(report, [template] * 32)) == {expected}
    with multiprocessing.get_context("spawn").Pool(3) as processes:
        assert set(processes.map(in_new_process, [template] * 9)) == {expected}
    assert len(entries(folder)) == 1
    assert len(list(folder.iterdir())) == 2  # the plan and the key: nothing half written
