"""The specimen fills every field, its figures agree, and the shape that is walked from it tells of every name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.fields import Record
from generator.model import Evaluation, Nothing
from generator.names import own_names
from generator.narrative import Narrative
from generator.pipeline import review
from generator.records import aliases, list_item
from generator.shape import KINDS, PROSE, ROWS, SECTION, Shape, example_at, walk
from generator.specimen import shape, specimen, specimen_file, told
from generator.style import find_style

STYLES = ("national", "beijing", "kunming", "langfang", "suzhou")
ENOUGH = 2  # how many items show that a list is one


def records(value: object) -> Iterator[Record]:
    """Every record at or below a value."""
    if isinstance(value, Record):
        yield value
        for _, inner in own_names(value):
            yield from records(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from records(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from records(inner)


def kinds_of_records(kind: type[Record], seen: set[type[Record]]) -> set[type[Record]]:
    """A record's type, and those of the records in it at any depth."""
    if kind not in seen:
        seen.add(kind)
        for field in kind.model_fields.values():
            for part in parts(field.annotation):
                kinds_of_records(part, seen)
    return seen


def parts(annotation: Any) -> Iterator[type[Record]]:
    """The record types that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from parts(part)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """The specimen's data."""
    return specimen(find_style("national")).source.evaluation


@pytest.fixture(scope="module")
def root() -> Shape:
    """The names of one style."""
    return shape(find_style("national"))


def test_every_field_of_the_model_is_filled(evaluation: Evaluation) -> None:
    filled: dict[type[Record], set[str]] = {}
    for record in records(evaluation):
        said = filled.setdefault(type(record), set())
        said |= {name for name, value in own_names(record) if value not in (None, "", [], {})}
        said -= {name for name, value in own_names(record) if isinstance(value, Narrative) and not value}
    expected = kinds_of_records(Evaluation, set())
    empty = {
        f"{kind.__name__}.{aliases(field)[0]}"
        for kind in expected
        for field in kind.model_fields.values()
        if aliases(field)[0] not in filled.get(kind, set())
    }
    assert empty == {"Evaluation.自定义"}  # the styles say what stands there


def test_every_list_has_several_items(evaluation: Evaluation) -> None:
    longest: dict[str, int] = {}
    declared = kinds_of_records(Evaluation, set())
    for record in (one for one in records(evaluation) if type(one) in declared):
        for name, value in own_names(record):
            if isinstance(value, list) and not isinstance(value, Nothing):
                called = f"{type(record).__name__}.{name}"
                longest[called] = max(longest.get(called, 0), len(value))
    assert {name for name, count in longest.items() if count < ENOUGH} == set()


@pytest.mark.parametrize("style", STYLES)
def test_its_figures_agree_in_every_style(style: str) -> None:
    found = review(specimen_file(), style)
    # A section that only other styles have is told, because the specimen has those of all styles.
    assert {str(one) for one in found.findings if one.code != "C011"} == set()
    assert len(found.accepted) >= ENOUGH


def test_every_section_that_a_style_asks_for_has_a_text(evaluation: Evaluation) -> None:
    wanted = {
        section.key.removeprefix("正文.")
        for style in STYLES
        for section in find_style(style).file.outline
        if section.key and section.key.startswith("正文.")
    }
    assert wanted <= set(evaluation.text or {})


@pytest.mark.parametrize("style", STYLES)
def test_every_name_has_a_kind_and_a_meaning(style: str) -> None:
    found = list(walk(shape(find_style(style))))
    assert len(found) > 500
    assert {one.path for one in found if one.kind not in KINDS} == set()
    assert {one.path for one in found if one.path and not one.path.endswith("[]") and not one.meaning} == set()


def test_a_shape_leads_to_what_a_template_finds(root: Shape) -> None:
    funds = root.below["资金"]
    assert (funds.kind, funds.below["预算"].kind, funds.below["到位率"].kind) == (SECTION, "金额", "比率")
    assert funds.below["预算"].example == "300万元"
    rows = funds.below["按单位"]
    assert rows.kind == ROWS and rows.open and rows.item is not None
    assert rows.item.below["支出"].path == "资金.按单位[].支出"
    assert root.below["报告"].below["报告日期"].kind == "日期"


def test_what_is_in_itself_leads_back(root: Shape) -> None:
    indicator = root.below["指标体系"].item
    assert indicator is not None
    below = indicator.below["下级"].item
    assert below is not None and below.below is indicator.below
    assert indicator.below["一级"].below is indicator.below
    assert indicator.below["完成情况说明"].kind == PROSE  # only leaves have it
    assert list(indicator.below["情况"].below) == ["段落", "条目", "为无"]


def test_names_that_users_choose_are_open(root: Shape) -> None:
    for name in ("文件", "正文", "问卷"):
        section = root.below[name]
        assert section.open and section.item is not None
    documents = root.below["文件"].item
    assert documents is not None and "书名" in documents.below
    questions = root.below["问卷"].item
    assert questions is not None and "得分率" in questions.below


def test_a_thing_that_is_filled_nowhere_here_has_the_names_of_its_kind(root: Shape) -> None:
    body = root.below["项目"].below["主管部门"]
    contracts = body.below["合同"].item
    assert contracts is not None and contracts.below["签订日期"].kind == "日期"
    assert body.below["计划开始"].kind == "日期"


def test_no_list_is_without_items(root: Shape) -> None:
    empty = {one.path for one in walk(root) if one.kind == ROWS and one.item is None}
    assert empty == {"评价结果.待评"}


def test_an_example_comes_from_other_data(tmp_path: Path) -> None:
    from generator.pipeline import judge

    path = tmp_path / "项目.yaml"
    path.write_text(
        "金额单位: 元\n报告: {样式: national}\n资金:\n  预算: 1200\n  按单位:\n    - {名称: 甲, 支出: 80}\n"
        "指标体系:\n  - {名称: 产出, 下级: [{名称: 数量, 分值: 5, 评分标准: 做到得满分}]}\n",
        encoding="utf-8",
    )
    names = told(judge(path)).names
    assert example_at(names, "资金.预算") == "0.12万元"
    assert example_at(names, "资金.按单位[].名称") == "甲"
    assert example_at(names, "指标体系[].评分标准") == "做到得满分"
    assert example_at(names, "资金.到位") == "【待补充：资金到位】"


def test_the_declared_lists_are_those_of_records() -> None:
    assert list_item(Evaluation, "指标体系") is not None
