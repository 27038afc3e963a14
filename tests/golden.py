"""The text of every rendered sample, kept to be compared. `python -m tests.golden` writes it anew: read the diff."""

from __future__ import annotations

from pathlib import Path

from generator.document import project
from generator.pipeline import judge, make

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "golden"
SAMPLES = sorted((ROOT / "samples").glob("*.yaml"))


def golden(sample: Path) -> Path:
    """The file that holds the sample's text."""
    return FOLDER / f"{sample.stem}.txt"


def rendered(sample: Path) -> bytes:
    """The sample's report, without page numbers (they depend on the office program and its fonts)."""
    return make(judge(sample), pages=False).document


def text_of(document: bytes) -> str:
    """The report as lines of text."""
    return f"{project(document)}".rstrip("\n") + "\n"


def main() -> None:
    """Write the text of every sample."""
    FOLDER.mkdir(exist_ok=True)
    for sample in SAMPLES:
        golden(sample).write_text(text_of(rendered(sample)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
