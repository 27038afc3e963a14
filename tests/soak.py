"""A soak: thousands of reports in one process and in threads; every one is its own project's, and memory stays flat.

python -m tests.soak [--reports 2000] [--threads 8]

Every project has a name, a unit and figures that no other has; of each report the whole text is searched for them, and
for those of the others.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from generator import document
from generator.batch import Options
from generator.batch.sources import Job
from generator.batch.work import work

STYLES = ("kunming", "langfang", "national")
MARK = re.compile(r"第(\d{6})号")
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
REST = 5_000  # yuan that every project leaves unspent
STEADY_MB = 80  # how much the memory may grow after the first tenth: what the allocator holds back


def project(number: int) -> str:
    """A data file in which the name, the unit, the text and the figures are this project's alone."""
    mark = f"第{number:06}号"
    budget = (1000 + number) * 10_000
    return f"""\
金额单位: 元
报告: {{样式: {STYLES[number % len(STYLES)]}, 标题: {mark}项目}}
项目: {{名称: {mark}项目, 年度: 2024, 主管部门: {mark}主管部门, 实施单位: {mark}实施单位}}
资金: {{预算: {budget}, 到位: {budget}, 支出: {budget - REST}, 执行率分母: 预算}}
正文:
  项目概况: |
    {mark}项目的概况：预算{{{{ 资金.预算 }}}}，支出{{{{ 资金.支出 }}}}。
指标体系:
  - 名称: 过程
    下级:
      - 名称: 预算执行率
        分值: 100
        测算: 资金.执行率
        计分方法: 按比例得分
        参数: {{方向: 越高越好, 目标值: 100%}}
"""


def faults(number: int, report: bytes) -> list[str]:
    """What is not as it should be in the report of a project: its own name or figures missing, another's there."""
    text = str(document.project(report))
    marks = set(MARK.findall(text))
    found = [] if marks == {f"{number:06}"} else [f"{number}: the report names {sorted(marks)}"]
    budget = (1000 + number) * 10_000
    whole = 1000 + number
    yuan = {f"{budget:,}.00", f"{budget - REST:,}.00", f"{REST:,}.00"}
    own = {*yuan, f"{whole:,}.00", f"{whole:,}", f"{whole - 1:,}.50", f"{whole - 1:,}.5"}
    amounts = set(FIGURE.findall(text))
    if strange := amounts - own:
        found.append(f"{number}: amounts of none of its own: {sorted(strange)[:5]}")
    if not amounts & own - {f"{REST:,}.00"}:
        found.append(f"{number}: its own amounts are not printed")
    return found


def soak(reports: int, threads: int, say: bool = False) -> list[str]:
    """All that is wrong with that many reports, made in one process by that many threads."""
    with tempfile.TemporaryDirectory() as folder:
        return list(_soaked(Path(folder), reports, threads, say))


def _soaked(folder: Path, reports: int, threads: int, say: bool) -> Iterator[str]:
    def made(number: int) -> list[str]:
        path = folder / f"{number}.yaml"
        path.write_text(project(number), encoding="utf-8")
        result = work(Job(path, str(number)), Options())
        path.unlink()
        if result.document is None:
            return [f"{number}: {result.outcome.why} {result.bug or ''}"]
        return faults(number, result.document)

    begun, settled = time.monotonic(), 0
    numbers = iter(range(1, reports + 1))
    step = max(threads, reports // 20)
    with ThreadPoolExecutor(threads) as pool:
        done = 0
        while chosen := list(islice(numbers, step)):
            for found in pool.map(made, chosen):
                yield from found
            done += len(chosen)
            memory = _memory()
            settled = settled or (memory if done >= reports / 10 else 0)
            if say:
                told = f"{done:6} reports  {threads} threads  {memory:5} MB  {done / (time.monotonic() - begun):6.1f}/s"
                sys.stdout.write(told + "\n")
                sys.stdout.flush()
    if settled and _memory() - settled > STEADY_MB:
        yield f"memory grew from {settled} MB to {_memory()} MB"


def _memory() -> int:
    """The memory of the process in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s*(\d+)", status.read_text(encoding="utf-8")) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Soak once in one thread and once in several; exit 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=8)
    given = parser.parse_args()
    wrong = [fault for threads in (1, given.threads) for fault in soak(given.reports, threads, say=True)]
    sys.stdout.write("\n".join([*wrong[:20], f"{len(wrong)} faults", ""]))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
