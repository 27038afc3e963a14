"""Checks on wording that data and finished reports share: one file, one check; the texts are all that it looks at.

A file has CODE, LEVEL and `check(said) -> Iterator[Fault]`, with the docstring of a check (generator/checks).  In a
text of the data its tags are one HOLE each, so that only the words that a person typed are left.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache, lru_cache
from types import ModuleType
from typing import Any, Protocol

from ..faults import Fault
from ..passages import HOLE, Passage

HAN = "\u4e00-\u9fff"
NEARBY = 12  # characters quoted on either side of a spot
UNREAD = (("金额单位",), ("报告", "样式"), ("报告", "文档"), ("项目", "代码"), ("已核实",))
_UNREAD = frozenset(path[0] for path in UNREAD)
REMARKS = ("原因", "说明", "调整原因", "扣分原因", "条件", "来源", "事由", "理由", "备注")
RULES = ("说明", "评分标准")
ENDS = "。；！？\n"
LONGEST_SENTENCE = 400


class Texts(Protocol):
    """What has texts: the data of a case, or a finished report."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every text with its place."""

    def __hash__(self) -> int:
        """Each is equal to itself alone, so that what several checks need can be kept."""


@cache
def wordings() -> tuple[ModuleType, ...]:
    """Every check of this folder, by its file's name."""
    found = (importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    return tuple(module for module in found if hasattr(module, "CODE"))


@lru_cache(maxsize=2)
def texts(said: Texts) -> tuple[Passage, ...]:
    """Every text that a reader of the report may see; none with a tag that is not closed, which is told elsewhere."""
    return tuple(one for one in said.passages if "{{" not in one.typed and not _unread(one))


def _unread(one: Passage) -> bool:
    return one.path[0] in _UNREAD and any(one.path[: len(path)] == path for path in UNREAD)


@lru_cache(maxsize=2)
def sentences_of(said: Texts) -> tuple[Passage, ...]:
    """The texts that tell of the project: paragraphs, reasons and remarks; not names, nor rules of scoring."""
    return tuple(one for one in texts(said) if _tells(one))


def _tells(one: Passage) -> bool:
    key = next((step for step in reversed(one.path) if isinstance(step, str)), "")
    rule = one.path[0] == "指标体系" and key in RULES and "参数" not in one.path
    return not rule and (one.prose or key in REMARKS)


def fault(passage: Passage, start: int, end: int, what: str, **more: Any) -> Fault:
    """A fault at a spot of a passage, which is quoted with what stands around it."""
    return Fault(passage.path, what, where=passage.where, quoted=around(passage.typed, start, end), **more)


def around(typed: str, start: int, end: int) -> str:
    """A spot of a typed text with what stands around it."""
    first, last = max(0, start - NEARBY), min(len(typed), end + NEARBY)
    cut = typed[first:last].replace(HOLE, "{{…}}")
    return f"{'…' if first else ''}{cut}{'…' if last < len(typed) else ''}"


def sentence_around(typed: str, at: int) -> tuple[int, int]:
    """Where the sentence that holds the character `at` begins and ends; no farther than is read as one."""
    first, last = max(0, at - LONGEST_SENTENCE), min(len(typed), at + LONGEST_SENTENCE)
    start = max(typed.rfind(end, first, at) for end in ENDS) + 1
    ends = [found for found in (typed.find(end, at, last) for end in ENDS) if found >= 0]
    return max(start, first), min(ends, default=last)
