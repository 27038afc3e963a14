"""Takes the pictures of 模板制作.md: does what the page says, and photographs the pages where it shows them.

Needs LibreOffice and poppler: `make pictures`.  Not part of the tests: the pictures depend on the fonts at hand.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))
sys.path.insert(0, str(DOCS))

import word_steps  # noqa: E402

from generator import cli  # noqa: E402
from generator.pagination import to_pdf  # noqa: E402

PAGE = DOCS / "模板制作.md"
PARTS = re.compile(
    r"^```(?P<language>\w+)(?: +(?P<file>\S+))?\n(?P<text>.*?)^```$"
    r"|^<!-- Word：(?P<step>\S+) -->$"
    r"|^!\[[^\]]*\]\(图/(?P<picture>[^)]+)\.png\)$",
    re.MULTILINE | re.DOTALL,
)
WITH_COMMENTS = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
DOTS = 80  # an inch
POINTS = 72


@dataclass(frozen=True)
class Shot:
    """What a picture shows: of a .docx the page with the words `top`, from there to `bottom` (or the whole page)."""

    file: str
    top: str
    bottom: str = ""
    nth: int = 1  # which of the places where the words stand


TEMPLATE, REPORT = "我所模板/report.docx", "项目.docx"
SHOTS = {
    "模板-封面": Shot(TEMPLATE, "项目实施单位"),
    "模板-新封面": Shot(REPORT, "质量复核人"),
    "模板-新栏": Shot(TEMPLATE, "绩效评价得分情况表", "—"),
    "模板-新栏印出": Shot(REPORT, "绩效评价得分情况表", "—"),
    "模板-批注": Shot("批注-报告.docx", "项目实施单位"),
    "模板-新节": Shot(REPORT, "项目亮点", "书架", 2),
}


@dataclass(frozen=True)
class Word:
    """A word of a PDF: its page from 1, its top and bottom in points."""

    page: int
    top: float
    bottom: float
    text: str


def main() -> None:
    """Follow the page in a folder of its own and write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for part in PARTS.finditer(PAGE.read_text(encoding="utf-8")):
            _follow(part)
        os.chdir(DOCS)


def _follow(part: re.Match[str]) -> None:
    if part["step"]:
        word_steps.STEPS[part["step"]]()
    elif part["picture"]:
        _take(part["picture"], SHOTS[part["picture"]])
    elif part["language"] == "yml":
        word_steps.amend(Path(part["file"]), part["text"])
    elif part["language"] == "yaml":
        Path(part["file"]).write_text(part["text"], encoding="utf-8")
    elif part["language"] == "console":
        for command in re.findall(r"^\$ jixiao (.*)$", part["text"], re.MULTILINE):
            if not command.startswith("styles"):  # nobody's settings are touched
                cli.run(command.replace(" --no-pages", "").split())


def _take(name: str, shot: Shot) -> None:
    pdf = Path("图.pdf")
    paper = to_pdf(Path(shot.file).read_bytes(), WITH_COMMENTS)
    assert paper, "LibreOffice is not there"
    pdf.write_bytes(paper)
    words = _words(pdf)
    found = [word for word in words if shot.top in word.text]
    assert len(found) >= shot.nth, f"{name}: {shot.top} stands {len(found)} times"
    first = found[shot.nth - 1]
    after = [word for word in words if word.page == first.page and word.top > first.top]
    scale = DOTS / POINTS
    crop: list[str] = []
    if shot.bottom:
        last = next((word for word in after if shot.bottom in word.text), after[-1])
        top, bottom = (first.top - 7) * scale, (last.bottom + 14) * scale
        crop = ["-y", str(int(top)), "-H", str(int(bottom - top)), "-x", "0", "-W", str(int(596 * scale))]
    command = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS), "-f", str(first.page), "-l", str(first.page)]
    out = DOCS / "图" / name
    subprocess.run([*command, *crop, str(pdf), str(out)], check=True)
    print(out, out.with_suffix(".png").stat().st_size // 1024, "KB")


def _words(pdf: Path) -> list[Word]:
    """The lines of a PDF with their places: Chinese words stand without blanks."""
    told = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True)
    found, page = [], 0
    for line in told.stdout.decode("utf-8").splitlines():
        page += "<page " in line
        word = re.search(r'<word .*yMin="([\d.]+)".*yMax="([\d.]+)">(.*)</word>', line)
        if word:
            found.append(Word(page, float(word[1]), float(word[2]), html.unescape(word[3])))
    return found


if __name__ == "__main__":
    main()
