"""The command that makes the reports of many projects: `jixiao batch`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import ReportError
from .group import cli
from .options import FILE, json_option, style_option
from .saying import BUG, CANNOT_RUN, OK, WITH_ERRORS, say, say_json

if TYPE_CHECKING:
    from ..batch import Outcome

INTERRUPTED = 130
MOST_LINES = 20  # lines of progress, where no person looks at it


@cli.command()
@click.argument("data", metavar="数据…", nargs=-1, required=True)
@click.option("-o", "--output", metavar="文件夹", type=FILE, required=True, help="报告和汇总写到这个文件夹。")
@click.option("--common", metavar="数据文件", type=FILE, help="一行一个项目的工作簿里，各项目共同的数据。")
@style_option
@click.option("--document", metavar="文档", help="样式里有几个文档时，做哪一个。")
@click.option("--final", is_flag=True, help="正式稿：有错误、有待补充或待评的项目不生成。")
@click.option("--jobs", metavar="数", type=int, help="同时做几个；不写时用全部处理器，1 是逐个做。")
@click.option("--executor", metavar="后端", help="joblib 的后端：loky（平时）、threading，或 dask、ray 等集群。")
@click.option("--cluster", metavar="地址", help="Dask 集群的地址，如 tcp://主机:8786；不写时在本机起一个。")
@click.option("--resume", is_flag=True, help="接着上次做：数据、样式和程序都没有变、报告也在的，不再重做。")
@click.option("--force", is_flag=True, help="覆盖已有的报告，包括改动过的。")
@click.option("--pages", is_flag=True, help="用 LibreOffice 填目录页码（慢）；不加时由 Word 按 F9 更新。")
@json_option
def batch(
    data: tuple[str, ...],
    output: Path,
    common: Path | None,
    style: str | None,
    document: str | None,
    final: bool,
    jobs: int | None,
    executor: str | None,
    cluster: str | None,
    resume: bool,
    force: bool,
    pages: bool,
    as_json: bool,
) -> int:
    """批量生成：文件、文件夹、通配符，或一行一个项目的工作簿；最后写汇总。"""
    from .. import batch as batches

    if jobs is not None and jobs < 1:
        raise ReportError("--jobs 要写不小于 1 的整数")
    found = batches.jobs(data, common)
    options = batches.Options(style, document, final, pages)
    given = batches.Batch(found, output, options, jobs or os.cpu_count() or 1, force, resume, executor, cluster)
    outcomes: dict[str, Outcome] = {}
    bugs: list[str] = []
    running = batches.batch(given)
    try:
        with _progress(len(found), as_json) as tell:
            for outcome, bug in running:
                outcomes[outcome.name] = outcome
                bugs += [bug] if bug else []
                tell(outcome)
    except KeyboardInterrupt:
        running.close()
        said = f"已中断：做完 {len(outcomes)} 个，共 {len(found)} 个。加上 --resume 再运行一次，就接着做没有做完的。"
        say(said, error=True)
        return INTERRUPTED
    summary = batches.summed_up(outcomes[job.name] for job in found)
    files = batches.write_summary(summary, given, _today())
    if as_json:
        say_json({**batches.as_json(summary), "汇总": [str(file) for file in files]})
    else:
        _told(summary, files)
    if bugs:
        _keep(bugs)
        return BUG
    if all(one.unreadable for one in summary.outcomes):
        return CANNOT_RUN
    return WITH_ERRORS if summary.failed or any(one.levels.get("错误") for one in summary.outcomes) else OK


def _told(summary: Any, files: Sequence[Path]) -> None:
    from .. import batch as batches

    say(f"共 {len(summary.outcomes)} 个项目：{batches.counted(summary)}。")
    if averages := batches.averaged(summary):
        say(f"{averages}。")
    say("汇总：" + "、".join(map(str, files)))


def _keep(bugs: Sequence[str]) -> None:
    from . import bug

    for one in bugs[:MOST_LINES]:
        bug(one)


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """What tells of each outcome: a bar with the time left where a person looks at it, lines elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield _Lines(total, quiet)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False)
    left = TimeRemainingColumn()
    with Progress(
        TextColumn("生成报告"), BarColumn(), MofNCompleteColumn(), TextColumn("还要"), left, console=console
    ) as bar:
        task = bar.add_task("", total=total)

        def tell(outcome: Outcome) -> None:
            if line := _failure(outcome):
                console.print(line, soft_wrap=True)
            bar.advance(task)

        yield tell


class _Lines:
    """Plain lines: what failed as it fails, and how far it is now and then."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.total, self.quiet, self.done = total, quiet, 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        if line := _failure(outcome):
            say(line, error=True)
        step = -(-self.total // MOST_LINES)
        if not self.quiet and (self.done % step == 0 or self.done == self.total):
            say(f"已做 {self.done}/{self.total}", error=True)


def _failure(outcome: Outcome) -> str:
    place = f"{outcome.place}: " if outcome.place else ""
    return f"{place}失败：“{outcome.name}”没有生成：{outcome.why}" if outcome.why else ""


def _today() -> str:
    day = date.today()
    return f"{day.year}年{day.month}月{day.day}日"
