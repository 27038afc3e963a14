"""The command line: words in, words out. The only module that prints or sets an exit code.

0 done; 1 done, with findings of level 错误 (or a final report refused); 2 cannot run; 70 a bug of ours.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..findings import Finding, Level, ReportError
from . import auditing, batches, data, linting, packs, reports, templates
from .group import GROUPS, cli
from .saying import BUG, CANNOT_RUN, OK, cannot_run, say

OBJECTS_BETWEEN_SWEEPS = 500_000  # classes and patterns made at the start are no garbage, and are many

__all__ = ["GROUPS", "auditing", "batches", "cli", "data", "linting", "main", "packs", "reports", "run", "templates"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_SWEEPS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # it would look through all that is installed
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    raise SystemExit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Whatever goes wrong is said in Chinese, never as a traceback."""
    as_json = "--json" in arguments
    try:
        code: Any = cli.main(args=arguments or ["--help"], prog_name="jixiao", standalone_mode=False)
        return code if isinstance(code, int) else OK
    except ReportError as error:
        cannot_run(error.findings, as_json)
    except click.UsageError as error:
        cannot_run([_usage(error)], as_json)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("已中断。", error=True)
        return 130
    except BrokenPipeError:
        return OK
    except Exception:
        return bug()
    return CANNOT_RUN


def bug(trace: str = "") -> int:
    """Keep the traceback of our own bug (the one at hand, if none is given) in a log, and say in a line where it is."""
    import tempfile
    import traceback

    log = Path(tempfile.gettempdir()) / "jixiao-错误.log"
    told = f"jixiao {__version__} {sys.version}\n{' '.join(sys.argv)}\n{trace or traceback.format_exc()}\n"
    try:
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(told)
    except OSError:
        say(told, error=True)
    say(f"程序自己出错了，不是数据的问题。请把 {log} 发给开发者。", error=True)
    return BUG


def _usage(error: click.UsageError) -> Finding:
    from ..findings import Location

    name = getattr(error, "option_name", None) or ""
    hint = "用 jixiao --help 看用法"
    if error.ctx and error.ctx.command_path:
        hint = f"用 {error.ctx.command_path} --help 看用法"
    if isinstance(error, click.NoSuchOption):
        what = f"没有选项“{name}”"
    elif isinstance(error, click.MissingParameter):
        parameter = error.param
        what = f"缺少参数：{parameter.make_metavar(error.ctx) if parameter and error.ctx else ''}"
    elif "No such command" in error.message:
        what = f"没有这个命令“{error.message.split(chr(39))[1]}”"
    elif "unexpected extra argument" in error.message:
        what = "多写了参数"
    elif "requires an argument" in error.message:
        what = f"选项“{name}”后面缺少内容"
    else:
        what = f"选项“{name}”写得不对" if name else "命令写得不对"
    return Finding("U001", Level.ERROR, Location(), what, mend=hint)
