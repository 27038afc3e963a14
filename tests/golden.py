"""What is kept to be compared: the text of every rendered sample, and the schema beside the samples.

`python -m tests.golden` writes it anew: read the diff.
"""

from __future__ import annotations

from pathlib import Path

from generator.document import project
from generator.pipeline import judge, make
from generator.schema import SCHEMA_FILE, schema_text

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "golden"
SCHEMA = ROOT / "samples" / SCHEMA_FILE
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
    """Write the schema and the text of every sample."""
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    FOLDER.mkdir(exist_ok=True)
    for sample in SAMPLES:
        golden(sample).write_text(text_of(rendered(sample)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
