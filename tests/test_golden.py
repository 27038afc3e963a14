"""Every sample, in its own style and in others, renders to the text that is kept beside the tests, well-formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import structural_problems
from generator.findings import errors
from generator.pipeline import judge, make
from generator.schema import schema_text

from .golden import FOLDER, OWN, PRINTS, SAMPLES, SCHEMA, Print, golden, rendered, text_of

prints = pytest.mark.parametrize("one", PRINTS, ids=str)


@prints
def test_a_document_prints_what_it_printed(one: Print) -> None:
    assert text_of(rendered(*one)) == golden(*one).read_text(encoding="utf-8")


def test_every_text_that_is_kept_is_compared() -> None:
    assert {golden(*one) for one in PRINTS} == set(FOLDER.glob("*.txt"))


def test_the_schema_beside_the_samples_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_final_without_errors(sample: Path) -> None:
    made = make(judge(sample), final=True, pages=False)
    assert errors(made.findings) == []


@prints
def test_a_document_is_a_sound_word_file(one: Print) -> None:
    assert structural_problems(rendered(*one)) == []


@pytest.mark.parametrize("one", OWN, ids=str)
def test_a_sample_gives_the_same_bytes_each_time(one: Print) -> None:
    assert rendered(*one) == rendered(*one)
