"""What counts as found: a finding that the fault brings, and that names its place or its value."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from generator.fields import Path as Place
from generator.findings import Finding, Level, ReportError
from generator.load import load
from generator.model import Source
from generator.names import path_of
from generator.pipeline import review
from generator.score import measure_parameters, rule_parameters

from .sample import NEAR, Fault


class _Dumper(yaml.SafeDumper):
    """Writes a data file as a person does: one value a line, paragraphs under |."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written(tree: Any) -> str:
    """The data file of plain data."""
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)


@contextmanager
def saved(tree: Any) -> Iterator[Path]:
    """Plain data as a file, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "项目.yaml"
        path.write_text(written(tree), encoding="utf-8")
        yield path


def findings_of(tree: Any) -> Sequence[Finding]:
    """What `jixiao check` says of plain data."""
    with saved(tree) as path:
        try:
            return review(path).findings
        except ReportError as error:
            return error.findings


def read(tree: Any) -> Source | None:
    """Plain data as the program reads it; None when it cannot."""
    with saved(tree) as path:
        try:
            return load(path, rule_parameters(), measure_parameters())[0]
        except ReportError:
            return None


def message(finding: Finding) -> str:
    """What a finding says, without the numbers of lines, which an alteration may move."""
    return f"{finding.code} {finding.level} " + re.sub(r"第\d+行", "", finding.what)


def caught(fault: Fault, before: Sequence[Finding]) -> Finding | None:
    """The gravest finding that the fault brings, and that names its place or its value; None when there is none."""
    levels = list(Level)
    return min(_brought(fault, before), key=lambda finding: levels.index(finding.level), default=None)


def _brought(fault: Fault, before: Sequence[Finding]) -> Iterator[Finding]:
    known = Counter(map(message, before))
    spots = {(finding.code, finding.level, finding.data) for finding in before if finding.data}
    source: Source | None = None
    for finding in findings_of(fault.tree):
        if known[message(finding)]:
            known[message(finding)] -= 1
            continue
        said = f"{finding.what} {finding.expected} {finding.actual} {finding.quoted}"
        if any(word in said for word in fault.words):
            yield finding
            continue
        source = source or read(fault.tree)
        if source is None or (
            (finding.code, finding.level, finding.data) not in spots and _near(source, finding, fault.place)
        ):
            yield finding


def _near(source: Source, finding: Finding, place: Place) -> bool:
    """Whether a finding stands at the altered value, at what holds it, or at its neighbour in the same record."""
    if finding.data:
        return _beside(path_of(source.evaluation, finding.data) or (), place)
    line = finding.where.line or 0
    lines = sorted({spot.line or 0 for spot in source.places.values() if (spot.line or 0) <= line})
    return any(_beside(path, place) for path, spot in source.places.items() if lines and spot.line == lines[-1])


def _beside(found: Place, place: Place) -> bool:
    if not found:
        return False
    if found[0] == place[0] and found[0] in NEAR:
        return True
    shared = min(len(found), len(place))
    return found[:shared] == place[:shared] or (len(place) > 2 and found[: len(place) - 1] == place[:-1])
