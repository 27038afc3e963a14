"""What is kept to be compared: the text of every sample and of data in other styles, and the schema of the samples.

`python -m tests.golden` writes it anew: read the diff.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.document import project
from generator.pipeline import judge, make
from generator.schema import SCHEMA_FILE, schema_text

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "golden"
SCHEMA = ROOT / "samples" / SCHEMA_FILE
SAMPLES = sorted((ROOT / "samples").glob("*.yaml"))


class Print(NamedTuple):
    """One document of a sample; no style is the sample's own, no document is the style's first."""

    sample: Path
    style: str | None = None
    document: str | None = None

    def __str__(self) -> str:
        return "-".join(part for part in (self.sample.stem, self.style, self.document) if part)


def sample(name: str) -> Path:
    """The data file of a sample."""
    return ROOT / "samples" / f"{name}.yaml"


OWN = [Print(path) for path in SAMPLES]
FORMS = [Print(sample("beijing-chaoyang"), style, "自评表") for style in (None, "national")]
SWITCHED = [
    Print(sample("kunming"), "national"),
    Print(sample("kunming"), "beijing"),
    Print(sample("kunming"), "langfang"),
    Print(sample("kunming"), "suzhou"),
    Print(sample("langfang-full"), "kunming"),
    Print(sample("langfang"), "national"),
    Print(sample("suzhou"), "beijing"),
]
PRINTS = [*OWN, *FORMS, *SWITCHED]


def golden(sample: Path, style: str | None = None, document: str | None = None) -> Path:
    """The file that holds the text of a document."""
    return FOLDER / f"{Print(sample, style, document)}.txt"


def rendered(sample: Path, style: str | None = None, document: str | None = None) -> bytes:
    """The document, without page numbers (they depend on the office program and its fonts)."""
    return make(judge(sample, style), document, pages=False).document


def text_of(document: bytes) -> str:
    """The report as lines of text."""
    return f"{project(document)}".rstrip("\n") + "\n"


def main() -> None:
    """Write the schema and the text of every print; what is no longer one is taken away."""
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    FOLDER.mkdir(exist_ok=True)
    for old in set(FOLDER.glob("*.txt")) - {golden(*one) for one in PRINTS}:
        old.unlink()
    for one in PRINTS:
        golden(*one).write_text(text_of(rendered(*one)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
