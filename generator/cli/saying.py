"""What the commands say: findings, results, refusals; and the exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..findings import Accepted, Finding, Level, Location, ReportError, errors, told

MOST_HINTS = 5
ALWAYS = ("H001",)  # hints that are never left out: an acceptance that meets nothing
ALL = 1_000_000
OK, WITH_ERRORS, CANNOT_RUN, BUG = 0, 1, 2, 70


def cannot_run(findings: Sequence[Finding], as_json: bool) -> None:
    """Say why the command cannot run: a line a finding, or JSON."""
    if as_json:
        say_json({"错误": listed(findings)})
        return
    for finding in findings:
        place = f"{finding.where}: " if str(finding.where) else ""
        say(f"{place}{finding.what}" + (f"（{finding.mend}）" if finding.mend else ""), error=True)
    if any(finding.code.startswith("T1") and finding.where.part for finding in findings):
        say("模板里的全部问题和改法：jixiao template lint 样式文件夹", error=True)


def refuse_to_replace(path: Path, force: bool, endings: Sequence[str]) -> None:
    """ReportError when a file to be written has another ending, is there already, or has no folder."""
    if path.suffix.lower() not in endings:
        raise ReportError(f"新文件的文件名应以 {' 或 '.join(endings[:2])} 结尾", place_of(path))
    if path.exists() and not force:
        raise ReportError("文件已存在，没有覆盖。请换一个文件名，或加上 --force", place_of(path))
    if not path.parent.is_dir():
        raise ReportError("没有这个文件夹，请先新建", place_of(path.parent))


def place_of(path: Path) -> Location:
    """The file as a place."""
    return Location(str(path))


def listed(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """The findings as JSON objects."""
    return [finding.as_json() for finding in findings]


def found(
    findings: Sequence[Finding], accepted: Sequence[Accepted], left_out: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The findings as a JSON object: the open ones, the accepted ones, the checks that the style leaves out."""
    said: dict[str, object] = {"发现": listed(findings)}
    if accepted:
        said["已核实"] = [one.as_json() for one in accepted]
    return {**said, "不查": dict(left_out)} if left_out else said


def show(findings: Sequence[Finding], as_json: bool, accepted: Sequence[Accepted] = (), most: int = MOST_HINTS) -> None:
    """The findings, a line each on standard error with a count; or as JSON on standard output.

    Of the hints the first `most` are told, where a file beside the report tells them all.
    """
    if as_json:
        say_json(found(findings, accepted))
        return
    hints = [one for one in findings if one.level is Level.HINT and one.code not in ALWAYS]
    left_out = {id(one) for one in hints[most:]}
    for line in told(one for one in findings if id(one) not in left_out):
        say(line, error=True)
    if len(hints) > most:
        say(f"  还有 {len(hints) - most} 个提示没有列出，加 --json 或看“核查”文件。", error=True)
    for one in accepted:
        say(str(one), error=True)
    if findings:
        say(summary(findings), error=True)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each level."""
    counts = [(level, sum(finding.level is level for finding in findings)) for level in Level]
    return "  发现：" + ("、".join(f"{level} {count} 个" for level, count in counts if count) or "没有问题")


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when a finding is of level 错误, else 0."""
    return WITH_ERRORS if errors(findings) else OK


def terminal_width() -> int:
    """How wide the terminal is, in columns; what is wider than 100 is not needed."""
    return max(60, min(100, shutil.get_terminal_size((80, 24)).columns))


def say(line: str, error: bool = False) -> None:
    """Print one line."""
    click.echo(line, err=error)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
