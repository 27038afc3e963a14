"""Times this project beside bare docxtpl, in one run: `python -m tests.benchmarks [--rounds N] [--only ROW…]`.

docxtpl is used as its documentation says: a new DocxTemplate for each report, render, save.  Its environment has
the same filters; 合并 and 分段, which are this project's own marks, give the value back unchanged.  The two take
turns, so that what else the machine does falls on both; each figure is the median.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
import jinja2
from docxtpl import DocxTemplate

from generator import language, pipeline
from generator.batch import Options
from generator.batch.sources import Job
from generator.batch.work import work
from generator.context import context
from generator.package import package
from generator.render import render
from generator.template import Plan, compile_template

from .bare_docxtpl import plain_names

ROOT = Path(__file__).parent.parent
DATA = ROOT / "samples" / "kunming.yaml"
TABLE_ROWS, TABLE_COLUMNS, MANY_ROWS = 5_000, 8, 50_000
PROJECTS = 200
THEIRS_OF_A_BATCH = 12  # reports of docxtpl that are timed between those of a batch
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
MARKS = ("合并", "分段")


@dataclass(frozen=True)
class Row:
    """One line of the table: what is compared, in what unit, docxtpl's (or bare Python's) figure and ours."""

    what: str
    unit: str
    theirs: float
    ours: float
    wanted: str

    def __str__(self) -> str:
        share = self.ours / self.theirs
        times = f"{self.theirs / self.ours:.1f} 倍" if share <= 0.5 else f"{share:.2f}"
        return (
            f"| {self.what} | {self.theirs:,.1f} {self.unit} | {self.ours:,.1f} {self.unit} | {times} | {self.wanted} |"
        )


def bare_environment() -> jinja2.Environment:
    """What docxtpl is given: Jinja as it comes, with the project's filters."""
    environment = jinja2.Environment(autoescape=True)
    environment.filters.update(language.filter_functions())
    for mark in MARKS:
        environment.filters[mark] = lambda value: value
    return environment


def by_docxtpl(template: Path, names: Mapping[str, object]) -> bytes:
    """One report as docxtpl's documentation makes it."""
    document = DocxTemplate(template)
    document.render(dict(names), bare_environment())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def by_plan(plan: Plan, names: Mapping[str, object]) -> bytes:
    """One report from the compiled template."""
    return render(plan, names).document


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def beside(template: Path, names: Mapping[str, object], rounds: int) -> tuple[float, float]:
    """Median milliseconds of docxtpl and of the plan, taking turns."""
    plan = compile_template(template)
    by_plan(plan, names)
    by_docxtpl(template, names)
    theirs, ours = [], []
    for _ in range(rounds):
        theirs.append(timed(lambda: by_docxtpl(template, names)))
        ours += [timed(lambda: by_plan(plan, names)) for _ in range(5)]
    return statistics.median(theirs), statistics.median(ours)


def report(data: Path) -> tuple[Path, Mapping[str, object]]:
    """The template and the names of a data file, through the real pipeline."""
    judged = pipeline.judge(data)
    names = context(judged.source, judged.style, judged.figures, judged.scores).names
    return judged.style.template(), names


def table(folder: Path, count: int) -> tuple[Path, Mapping[str, object]]:
    """A template with one large table, and its rows."""
    document = docx.Document()
    grid = document.add_table(rows=4, cols=TABLE_COLUMNS)
    grid.cell(1, 0).text = "{%tr for 行 in 各行 %}"
    grid.cell(3, 0).text = "{%tr endfor %}"
    for column in range(TABLE_COLUMNS):
        grid.cell(0, column).text = f"第{column + 1}列"
        grid.cell(2, column).text = f"{{{{ 行.列{column + 1} }}}}"
    path = folder / "table.docx"
    document.save(str(path))
    rows = [
        {f"列{column + 1}": f"第{row}行第{column + 1}列" for column in range(TABLE_COLUMNS)} for row in range(count)
    ]
    return path, {"各行": rows}


# The rows of the table, each by its name on the command line.


def rendering(rounds: int, folder: Path) -> Iterator[Row]:
    """The render stage, warm: the template is compiled, the names are there."""
    yield Row("渲染昆明报告（模板已编译）", "毫秒", *beside(*report(DATA), rounds), "不少于 25 倍")


def large_table(rounds: int, folder: Path) -> Iterator[Row]:
    """One table of 5,000 rows: time, memory, and ten times the rows."""
    shown = f"{TABLE_ROWS}×{TABLE_COLUMNS} 的表"
    yield Row(f"{shown}，时间", "毫秒", *beside(*table(folder, TABLE_ROWS), max(2, rounds // 6)), "不多于 0.10")
    theirs, ours = (peak(who, TABLE_ROWS) for who in ("docxtpl", "plan"))
    yield Row(f"{shown}，渲染时多占的内存", "MB", theirs, ours, "不多于 0.25")
    times = []
    for count in (TABLE_ROWS, MANY_ROWS):
        template, names = table(folder, count)
        again = partial(by_plan, compile_template(template), names)
        times.append(statistics.median(timed(again) / count * 1000 for _ in range(3)))
    yield Row(f"每千行的时间：{TABLE_ROWS} 行时、{MANY_ROWS} 行时", "毫秒", *times, "约 1.0")


def batch(rounds: int, folder: Path) -> Iterator[Row]:
    """The whole pipeline for 200 different projects on one core, beside docxtpl's bare rendering alone."""
    template, names = report(DATA)
    text = DATA.read_text(encoding="utf-8")
    name = str(names["项目"]["名称"])  # type: ignore[index]
    theirs, ours = [], []
    for number in range(PROJECTS):
        data = folder / f"项目{number}.yaml"
        data.write_text(another(text, name, number), encoding="utf-8")
        ours.append(timed(partial(written, data)))
        if number % (PROJECTS // THEIRS_OF_A_BATCH) == 0:
            theirs.append(timed(lambda: by_docxtpl(template, names)))
    what = f"{PROJECTS} 个不同的项目，一个处理器：读、算、核查、渲染、写成，每份"
    yield Row(what, "毫秒", statistics.mean(theirs), statistics.mean(ours), "不少于 5 倍")


def another(text: str, name: str, number: int) -> str:
    """The data of another project: its name, and each paragraph, so that nothing kept of one serves the next."""
    mark = f"{_STEMS[number // len(_BRANCHES)]}{_BRANCHES[number % len(_BRANCHES)]}"
    return re.sub(r"^([^#\n]*)。$", rf"\1（{mark}）。", text.replace(name, f"{name}（{number}）"), flags=re.MULTILINE)


def written(data: Path) -> None:
    """One project of a batch, as `jixiao batch` does it."""
    result = work(Job(data, data.stem), Options())
    assert result.document is not None, result.findings
    package(data.with_suffix(".docx"), result.document, result.findings, result.facts)


def cold(rounds: int, folder: Path) -> Iterator[Row]:
    """Commands from their start to their end, beside a script that imports docxtpl, renders and saves."""
    template, names = report(DATA)
    given = folder / "names.pickle"
    given.write_bytes(plain_names(names, [*language.filter_functions(), *MARKS]))
    bare = [sys.executable, "-m", "tests.bare_docxtpl", str(template), str(given), str(folder / "bare.docx")]
    own = [sys.executable, "-m", "generator", "render", str(DATA), "-o", str(folder / "own.docx"), "--no-pages"]
    yield Row("jixiao render，从启动到结束", "毫秒", *commands(bare, [*own, "--force"], rounds), "不多于 0.8")
    bare, own = [sys.executable, "-c", ""], [sys.executable, "-m", "generator", "--help"]
    yield Row("jixiao --help（左边是空的 Python）", "毫秒", *commands(bare, own, rounds), "少于 150 毫秒")


def commands(theirs: list[str], ours: list[str], rounds: int) -> tuple[float, float]:
    """The median times of two commands that take turns; caches of Python and of templates are warm."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)

    run(theirs)
    run(ours)
    times = [(timed(lambda: run(theirs)), timed(lambda: run(ours))) for _ in range(rounds)]
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)


def peak(who: str, count: int) -> float:
    """Megabytes by which the memory of a process grows while it renders the table."""
    command = [sys.executable, "-m", "tests.benchmarks", "--peak", who, str(count)]
    found = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return float(found.stdout)


def grown(who: str, count: int) -> float:
    """What `peak` asks of a process of its own: the rows are there before, the report is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        few, named = table(Path(folder), 10)
        plan = compile_template(few)
        by_docxtpl(few, named) if who == "docxtpl" else by_plan(plan, named)
        template, names = table(Path(folder), count)
        before = most()
        by_docxtpl(template, names) if who == "docxtpl" else by_plan(plan, names)
        return most() - before


def most() -> float:
    """Megabytes of memory that this process has had at most."""
    status = Path("/proc/self/status")
    if status.exists():  # what `resource` tells on Linux begins with the memory of the process that started this one
        return float(re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[1]) / 1024  # type: ignore[index]
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


ROWS = {"rendering": rendering, "table": large_table, "batch": batch, "cold": cold}


def main() -> None:
    """Prints the table of figures and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", nargs="+", choices=ROWS, default=[*ROWS])
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.peak:
        print(grown(chosen.peak[0], int(chosen.peak[1])))
        return
    print("| 内容 | docxtpl | 本工具 | 本工具快几倍，或占几成 | 要求 |")
    print("|---|---:|---:|---:|---|")
    for name in chosen.only:
        with tempfile.TemporaryDirectory() as folder:
            for row in ROWS[name](chosen.rounds, Path(folder)):
                print(row, flush=True)


if __name__ == "__main__":
    main()
