"""Every sample renders to the text that is kept beside the tests, whole and well-formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import structural_problems
from generator.findings import errors
from generator.pipeline import judge, make
from generator.schema import schema_text

from .golden import SAMPLES, SCHEMA, golden, rendered, text_of


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_prints_what_it_printed(sample: Path) -> None:
    assert text_of(rendered(sample)) == golden(sample).read_text(encoding="utf-8")


def test_the_schema_beside_the_samples_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_final_without_errors(sample: Path) -> None:
    made = make(judge(sample), final=True, pages=False)
    assert errors(made.findings) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_a_sound_word_file(sample: Path) -> None:
    assert structural_problems(rendered(sample)) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_the_same_bytes_each_time(sample: Path) -> None:
    assert rendered(sample) == rendered(sample)
