"""Times the render stage beside bare docxtpl, in one run: `python -m tests.benchmarks [DATA.yaml] [--rounds N]`.

docxtpl is used as its documentation says: a new DocxTemplate for each report, render, save.  Its environment has
the same filters; 合并 and 分段, which are this project's own marks, give the value back unchanged.  The two take
turns, so that what else the machine does falls on both; each figure is the median.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import jinja2
from docxtpl import DocxTemplate

from generator import language, pipeline
from generator.context import context
from generator.render import render
from generator.template import Plan, compile_template

DATA = Path(__file__).parent.parent / "samples" / "kunming.yaml"
TABLE_ROWS, TABLE_COLUMNS = 5_000, 8


def bare_environment() -> jinja2.Environment:
    """What docxtpl is given: Jinja as it comes, with the project's filters."""
    environment = jinja2.Environment(autoescape=True)
    environment.filters.update(language.filter_functions())
    for mark in ("合并", "分段"):
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


def table(folder: Path) -> tuple[Path, Mapping[str, object]]:
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
        {f"列{column + 1}": f"第{row}行第{column + 1}列" for column in range(TABLE_COLUMNS)}
        for row in range(TABLE_ROWS)
    ]
    return path, {"各行": rows}


def main() -> None:
    """Prints the table of times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_args()
    print("| 内容 | docxtpl（毫秒） | 本工具（毫秒） | 倍数 |")
    print("|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (template, names), rounds in (
            (chosen.data.name, report(chosen.data), chosen.rounds),
            (f"{TABLE_ROWS}×{TABLE_COLUMNS} 的表", table(Path(folder)), 2),
        ):
            theirs, ours = beside(template, names, rounds)
            print(f"| {name} | {theirs:.1f} | {ours:.1f} | {theirs / ours:.1f} |")


if __name__ == "__main__":
    main()
