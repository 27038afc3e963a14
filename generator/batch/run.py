"""The projects worked one by one or on all cores, each written as soon as it is there."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from .. import inputs
from ..findings import Finding, Level, Location, ReportError, reason
from ..package import package, write_all
from . import portfolio, summary
from .ledger import Ledger
from .parcel import parcels, unpacked
from .sources import SUMMARIES, Job
from .work import DONE, KEPT, Options, Outcome, Result, failed, work

PORTFOLIO, BOOK, JSON = SUMMARIES
HERE = ("loky", "threading", "sequential")  # joblib's back ends that see the same files
AHEAD = 2  # projects under way for each worker: what waits for the writer is bounded


@dataclass(frozen=True)
class Batch:
    """What is to be done and how: into which folder, by how many processes."""

    jobs: Sequence[Job]
    out: Path
    options: Options
    workers: int = 1
    force: bool = False
    resume: bool = False
    executor: str | None = None
    cluster: str | None = None


def batch(given: Batch) -> Generator[tuple[Outcome, str | None], None, None]:
    """One outcome after another, as they come, each with the traceback of a bug of ours if there was one.

    ReportError, before any work, when the folder cannot be made or reports are there that are not to be replaced.
    """
    _refuse_unknown_executor(given.executor)
    _folder(given.out)
    if not given.force and not given.resume:
        _refuse_existing(given)
    ledger = Ledger(given.out, given.options)
    if given.resume:
        ledger.read()
        if not given.force:
            _refuse_edited_summary(given, ledger)
    ledger.start()
    open_: list[Job] = []
    for job in given.jobs:
        if (outcome := ledger.done(job)) is not None:
            yield replace(outcome, status=KEPT), None
        else:
            open_.append(job)
    with contextlib.closing(_results(open_, given)) as results:
        for result in results:
            yield _written(result, given, ledger), result.bug


def _refuse_unknown_executor(name: str | None) -> None:
    if name is None:
        return
    from joblib.parallel import BACKENDS, EXTERNAL_BACKENDS

    if name == "ray":
        try:
            from ray.util.joblib import register_ray
        except ImportError:
            raise ReportError("没有装 Ray：请先运行 pip install ray") from None
        register_ray()
    elif name not in (*BACKENDS, *EXTERNAL_BACKENDS):
        raise ReportError(
            f"没有“{name}”这种后端，可用的有：{'、'.join(sorted({*BACKENDS, *EXTERNAL_BACKENDS, 'ray'}))}"
        )


def _results(open_: Sequence[Job], given: Batch) -> Generator[Result, None, None]:
    if given.executor not in (None, *HERE):
        return _far(open_, given)
    if given.workers == 1 or len(open_) < 2:
        return (work(job, given.options) for job in open_)
    return _spread(open_, given)


def _spread(open_: Iterable[Job], given: Batch) -> Generator[Result, None, None]:
    """The results of several processes, in whatever order they come."""
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    parallel: Any = Parallel(
        n_jobs=given.workers,
        backend=given.executor,
        return_as="generator_unordered",
        pre_dispatch=f"{AHEAD}*n_jobs",
        batch_size=1,
    )
    with _deaf():
        results = parallel(delayed(work)(job, given.options) for job in open_)
    try:
        for result in results:  # noqa: UP028  what is thrown away at the end is said in words of ours
            yield result
    finally:  # workers that are kept would find relative paths from the folder in which they were started
        with warnings.catch_warnings(action="ignore"):
            results.close()
        if given.executor in (None, "loky"):
            get_reusable_executor().shutdown(wait=True, kill_workers=True)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """No Ctrl-C for what is started in this block, ever: it is for this process to end the others.

    On Windows that is not handed on, and the workers say that they were interrupted.
    """
    if threading.current_thread() is not threading.main_thread():  # only there can it be said
        yield
        return
    was = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, was)


def _far(open_: Sequence[Job], given: Batch) -> Generator[Result, None, None]:
    """The results of workers that need not see this machine's files: data and packs go along by content.

    Some at a time, so that no more is under way than what is written next.
    """
    from joblib import Parallel, delayed, parallel_config

    waiting = parcels(iter(open_), given.options)
    with _cluster(given), parallel_config(backend=given.executor, n_jobs=given.workers):
        while some := list(islice(waiting, AHEAD * AHEAD * given.workers)):
            yield from Parallel(batch_size=1)(delayed(unpacked)(one) for one in some)


@contextlib.contextmanager
def _cluster(given: Batch) -> Iterator[None]:
    """The cluster that the address names; for Dask without an address one on this machine."""
    if given.executor != "dask":
        yield
        return
    try:
        from distributed import Client
    except ImportError:
        raise ReportError("没有装 Dask：请先运行 pip install jixiao[dask]") from None
    try:
        client = Client(given.cluster) if given.cluster else Client(n_workers=given.workers, threads_per_worker=1)
    except (OSError, ValueError) as error:
        raise ReportError(f"连不上 Dask 集群“{given.cluster or '本机'}”（{type(error).__name__}）") from None
    with client:
        yield


def _written(result: Result, given: Batch, ledger: Ledger) -> Outcome:
    if result.document is None:
        return result.outcome
    out = given.out / f"{result.job.name}.docx"
    try:
        files = package(
            out,
            result.document,
            result.findings,
            result.facts,
            accepted=result.accepted,
            left_out=result.left_out,
            force=given.force,
        )
    except ReportError as error:
        return failed(result, error)
    outcome = replace(result.outcome, report=out.name, status=DONE)
    written = {file.name: inputs.digest(file.read_bytes()) for file in files}
    ledger.add(result.job, outcome, result.inputs, written)
    return outcome


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = "这是一个文件，不是文件夹" if out.is_file() else f"建不了文件夹（{reason(error)}）"
        raise ReportError(what, Location(str(out))) from None


def write_summary(made: summary.Summary, given: Batch, day: str) -> list[Path]:
    """The summary as JSON, as a workbook and in Word, beside the reports."""
    said = json.dumps(summary.as_json(made), ensure_ascii=False, indent=2) + "\n"
    contents = {
        PORTFOLIO: portfolio.portfolio(made, day),
        BOOK: summary.as_workbook(made, f"{day}生成，{summary.counted(made)}"),
        JSON: said.encode("utf-8"),
    }
    files = {given.out / name: content for name, content in contents.items()}
    write_all(files)
    Ledger(given.out, given.options).summed_up(contents)
    return list(files)


def _refuse_edited_summary(given: Batch, ledger: Ledger) -> None:
    mend = "请把它移到别处，或加上 --force"
    what = "汇总已经有了，并且被改动过，没有覆盖"
    findings = [
        Finding("W001", Level.ERROR, Location(str(given.out / name)), what, mend=mend)
        for name in ledger.edited(SUMMARIES)
    ]
    if findings:
        raise ReportError(findings)


def _refuse_existing(given: Batch) -> None:
    names = (*(f"{job.name}.docx" for job in given.jobs), *SUMMARIES)
    there = [path for name in names if (path := given.out / name).exists()]
    if there:
        mend = "要接着上次做，加 --resume；要全部重做，加 --force；或换一个文件夹（-o）"
        said = [Finding("W001", Level.ERROR, Location(str(path)), "文件已存在，没有覆盖") for path in there]
        raise ReportError([*said[:-1], replace(said[-1], mend=mend)])
