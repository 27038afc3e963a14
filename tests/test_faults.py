"""Faults that are planted in the samples are found; docs/植入的错误.md tells of the same kinds."""

from __future__ import annotations

import random
import re

from generator.names import dotted

from .faults.counting import planted
from .faults.found import caught, findings_of, message
from .faults.kinds import KINDS, subject
from .faults.sample import MOST, PAGE, SAMPLES, Fault, Sample

DRAWN = 100
LEAST = 0.95
SEED = 2024


def drawn() -> list[tuple[str, str, Fault]]:
    """A fixed draw of the faults that the page counts, with kind and sample."""
    counted = [
        (subject(KINDS[number])[1], path.stem, fault) for path in SAMPLES for number, fault in planted(path, MOST)
    ]
    return random.Random(SEED).sample(counted, DRAWN)


def test_most_planted_faults_are_found() -> None:
    before = {path.stem: findings_of(Sample(path).tree) for path in SAMPLES}
    missed = [
        (kind, sample, fault.place, fault.what)
        for kind, sample, fault in drawn()
        if caught(fault, before[sample]) is None
    ]
    assert len(missed) <= (1 - LEAST) * DRAWN, missed


def test_a_sample_that_is_written_anew_is_judged_the_same() -> None:
    for path in SAMPLES:
        sample = Sample(path)
        told = sorted(message(finding) for finding in findings_of(sample.tree))
        assert told == sorted(message(finding) for finding in sample.reviewed.findings), path.stem


def test_a_sample_without_a_fault_counts_as_nothing_found() -> None:
    for path in SAMPLES:
        sample = Sample(path)
        fault = Fault(("报告",), "", sample.tree, lambda tree: None, ("报告",))
        assert caught(fault, findings_of(sample.tree)) is None, dotted(sample.data, fault.place)


def test_the_page_tells_of_the_same_kinds() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \|", PAGE.read_text("utf-8"), re.M)
    assert [(area, name) for area, name, *_ in rows] == [subject(kind)[:2] for kind in KINDS]
    assert all(int(count) == int(hit) + int(lost) for *_, count, hit, lost in rows)
    assert sum(int(hit) for *_, hit, _ in rows) >= LEAST * sum(int(count) for *_, count, _, _ in rows)
