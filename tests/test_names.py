"""Dotted names: what a finding prints, and what an acceptance is matched by."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load import load
from generator.model import Evaluation, Source
from generator.names import dotted, path_of
from generator.score import measure_parameters, rule_parameters

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))


def read(sample: Path) -> Source:
    return load(sample, rule_parameters(), measure_parameters())[0]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_place_of_a_record_has_one_name_and_the_name_leads_back(sample: Path) -> None:
    source = read(sample)
    names = {}
    for path in source.places:
        if not path or "参数" in path or "测算" in path:
            continue
        written = dotted(source.evaluation, path)
        back = path_of(source.evaluation, written)
        if back is None:  # steps inside a text have no name of their own
            continue
        assert back == path, written
        assert names.setdefault(written, path) == path
    assert len(names) > 50


def test_items_are_called_by_their_name_where_only_they_have_it() -> None:
    source = read(SAMPLES[[one.stem for one in SAMPLES].index("kunming")])
    data: Evaluation = source.evaluation
    units = [unit.name for unit in data.project.units] if data.project else []
    assert dotted(data, ("项目", "单位", 1, "实际完成")) == f"项目.单位.{units[1]}.实际完成"
    assert path_of(data, "项目.单位[1].实际完成") == ("项目", "单位", 1, "实际完成")


@pytest.mark.parametrize("written", ["", "没有", "项目.单位[99]", "项目.单位[", "项目..名称", "资金.按单位.甲"])
def test_a_name_that_leads_nowhere_is_no_path(written: str) -> None:
    assert path_of(read(SAMPLES[0]).evaluation, written) in (None, ())
