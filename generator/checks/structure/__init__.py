"""Checks on the structure: what the outline wants, and what headings, lead-ins and counts announce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...fields import Path
from ...model import Problem
from ...names import lookup
from ...narrative import Narrative
from ...passages import HOLE
from ...style import Section
from .. import Case

_UNFILLED = re.compile(
    r"(?:略|从略|待定|待补|待补充|待填|待填写|待完善|待续|待核|待核实|空白|暂缺|[XxＸｘ×]+|(?:此处|请).{0,20}(?:填写|补充|说明).{0,20})?"
)
_PUNCTUATION = re.compile(r"[\s，。、；：！？…—·.,;:!?\-_＿（）()【】\[\]〔〕“”\"'‘’《》<>/*#]+")


def problems(case: Case) -> Iterator[tuple[Path, Problem, str]]:
    """The problems with their paths and what messages call them."""
    for index, problem in enumerate(case.data.problems):
        yield ("问题", index), problem, f"问题“{problem.title}”" if problem.title else f"第{index + 1}个问题"


def wanted(case: Case) -> Iterator[Section]:
    """The sections of the style's outline that must not be missing.

    The outline is that of the style's first document; data for another one (a short form) is not held against it.
    """
    style, asked = case.style.file, case.data.report.document
    if asked in list(style.documents or {})[1:]:
        return
    yield from (section for section in style.outline if section.required and section.key)


def said(case: Case, key: str) -> object:
    """What the data has at a section's key; None when it is not there."""
    try:
        return lookup(case.data, key)
    except KeyError:
        return None


def unfilled(text: str) -> bool:
    """Whether a text has nothing but punctuation or words that stand in for what is to be written (略, 待补充)."""
    return _UNFILLED.fullmatch(_PUNCTUATION.sub("", text)) is not None


@lru_cache(maxsize=2)
def narratives(case: Case) -> tuple[tuple[Path, Narrative], ...]:
    """Every narrative of the data with its path, without those that settle findings."""
    return tuple((path, value) for path, value in case.values if isinstance(value, Narrative) and path[0] != "已核实")


def shortened(text: str, length: int = 24) -> str:
    """The beginning of a text for a message, its tags as {{…}}."""
    shown = text.replace(HOLE, "{{…}}")
    return shown if len(shown) <= length else shown[:length] + "…"
