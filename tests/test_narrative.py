"""Texts of the data: paragraphs, numbered lists, run-in titles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative import MisplacedError, Narrative, narrative


def printed(value: object) -> list[str]:
    return [str(paragraph) for paragraph in narrative(value)]


def test_a_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    assert printed("甲\n\n  乙  \n") == ["甲", "乙"]
    assert [paragraph.line for paragraph in narrative("甲\n\n乙")] == [0, 2]


def test_a_list_is_numbered_on_two_levels() -> None:
    value = [{"标题": "一", "内容": ["甲", {"标题": "二", "内容": "乙\n丙"}]}, "丁"]
    assert printed(value) == ["1.一。", "（1）甲", "（2）二。乙", "丙", "2.丁"]
    assert [paragraph.层级 for paragraph in narrative(value)] == [1, 2, 2, 2, 1]


def test_a_title_keeps_the_sign_that_ends_it() -> None:
    assert printed([{"标题": "为什么？", "内容": "甲"}, {"标题": "二、"}]) == ["1.为什么？甲", "2.二、。"]


def test_an_item_left_empty_takes_no_number() -> None:
    assert printed([None, "甲", {}, {"标题": None}, "乙"]) == ["1.甲", "2.乙"]


def test_a_text_of_one_word_can_say_that_there_is_nothing() -> None:
    assert narrative("无").为无 and narrative("无。").为无 and not narrative("无误").为无
    assert not narrative("") and not narrative(None)


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ({"标题": "甲"}, ()),
        ([["甲"]], (0,)),
        (["甲", {"标题": "乙", "内空": "丙"}], (1, "内空")),
        ([{"标题": ["甲"]}], (0, "标题")),
        ([{"内容": [{"内容": ["甲"]}]}], (0, "内容", 0, "内容")),
    ],
)
def test_a_wrong_shape_says_where_it_is(value: Any, step: tuple[str | int, ...]) -> None:
    with pytest.raises(MisplacedError) as caught:
        narrative(value)
    assert caught.value.step == step


texts = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
items = st.one_of(texts, st.fixed_dictionaries({"标题": texts, "内容": st.one_of(texts, st.lists(texts, max_size=3))}))


@given(st.lists(items, max_size=5))
def test_nothing_of_a_text_is_lost(value: list[Any]) -> None:
    whole = "".join(printed(value))
    for item in value:
        parts = [item] if isinstance(item, str) else [item["标题"], *item["内容"]]
        assert all(part in whole for part in parts)


def test_filling_knows_where_each_sentence_stands() -> None:
    seen: list[tuple[object, ...]] = []
    text = narrative([{"标题": "甲", "内容": "乙\n丙"}])
    filled = text.filled(
        lambda paragraph, words: seen.append((*paragraph.step, paragraph.line, words)) or words + "！", lambda _: True
    )
    assert seen == [(0, "标题", 0, "甲。"), (0, "内容", 0, "乙"), (0, "内容", 1, "丙")]
    assert isinstance(filled, Narrative) and str(filled) == "1.甲。！乙！\n丙！"
