"""Page numbers for the contents, read from the PDF that LibreOffice makes of a first pass.

The PDF's outline says on which page each heading stands; the number printed on that page is what the contents
show.  Where LibreOffice is not installed, or its outline is not the sequence of headings, there is no answer:
Word fills the numbers in (F9).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.contents import Heading

SECONDS = 120
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_PRINTED = (
    re.compile(r"^[\s\-–—―－·]*(\d{1,4})[\s\-–—―－·]*$"),
    re.compile(r"第\s*(\d{1,4})\s*页"),
    re.compile(r"^\s*(\d{1,4})\s*/\s*\d{1,4}\s*$"),
)


def office() -> str | None:
    """Where LibreOffice is, or None."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def to_pdf(document: bytes, way: str = "pdf") -> bytes | None:
    """The PDF that LibreOffice makes of a .docx; None if it is not installed or does not manage.

    `way` may name LibreOffice's filter with its options.
    """
    program = office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(document)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            way,
            "--outdir",
            str(folder),
            str(folder / "report.docx"),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return (folder / "report.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None


def page_numbers(document: bytes, headings: Sequence[Heading]) -> tuple[str, ...] | None:
    """The printed page number of each heading; None where LibreOffice is absent or sees other headings.

    A report without contents (no heading has a bookmark) needs none, and none are looked for.
    """
    if not any(heading.bookmark for heading in headings):
        return ("",) * len(headings)
    pdf = to_pdf(document)
    return None if pdf is None else numbers_in(pdf, headings)


def numbers_in(pdf: bytes, headings: Sequence[Heading]) -> tuple[str, ...] | None:
    """The printed page number of each heading in a PDF; None if its outline is not this sequence."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(pdf))
        outline = [(title, page) for title, page in _flat(reader, reader.outline) if _squeezed(title)]
        if [_squeezed(title) for title, _ in outline] != [_squeezed(one.number + one.text) for one in headings]:
            return None
        printed = {page: _printed(reader.pages[page]) for _, page in outline}
    except (PyPdfError, KeyError, ValueError, IndexError):
        return None
    if any(number is None for number in printed.values()):
        return None
    return tuple(str(printed[page]) for _, page in outline)


def _flat(reader: Any, outline: Any) -> Iterator[tuple[str, int]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(reader, entry)
        else:
            yield str(entry.title), reader.get_destination_page_number(entry)


def _squeezed(text: str) -> str:
    """A title without blanks, which the two sides write differently."""
    return re.sub(r"\s+", "", text)


def _printed(page: Any) -> str | None:
    """The page number printed at the foot of a page, else at its head; None if there is none."""
    lines: dict[int, list[tuple[float, str]]] = {}

    def collect(text: str, _matrix: Any, position: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            lines.setdefault(round(position[5]), []).append((position[4], text.strip()))

    page.extract_text(visitor_text=collect)
    heights = sorted(lines)
    for height in [*heights[:2], *reversed(heights[-2:])]:
        line = " ".join(text for _, text in sorted(lines[height]))
        for pattern in _PRINTED:
            if match := pattern.search(line):
                return match[1]
    return None
