"""How good the audits are: figures altered in our own reports, and the findings on published ones.

`python -m tests.audit_bench` alters, one at a time, a digit of every figure of the rendered samples and counts what is
told; with a folder of published reports (texts) as argument it also counts which findings there are true, by the
labels in tests/audit_labels.yaml.  `--published` leaves out the first, which takes minutes.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from generator.audit import audit
from generator.document import Cell, Paragraph, Table
from generator.findings import Level
from generator.finished import Finished, read_report
from generator.pipeline import judge, make

from .golden import ROOT

LABELS = Path(__file__).with_name("audit_labels.yaml")
FIGURE = re.compile(r"(?<![\d.〔\[第—-])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>%|万元|亿元|元|分)")
BARE = re.compile(r"-?\d[\d,]*\.\d+|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{2,}")
RULES = re.compile("每(?!年)|满分，|以上|不足|低于|不低于|高于|达到.{0,12}得|要求|标准|目标")
KINDS = {"%": "率", "分": "得分和分值", "元": "金额", "万元": "金额", "亿元": "金额", "": "表格里的数"}


def figures(report: Finished) -> Iterator[tuple[int, tuple[int, ...], re.Match[str], str]]:
    """Every figure that follows from others or is printed again: its block, its place there, itself and its kind."""
    for number, block in enumerate(report.body):
        if isinstance(block, Paragraph):
            if block.style.lower().startswith("toc"):
                continue
            for match in FIGURE.finditer(block.text):
                if not RULES.search(_clause(block.text, match)):
                    yield number, (), match, KINDS[match["unit"]]
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if (
                    len(cell.paragraphs) == 1
                    and not cell.goes_on
                    and (match := BARE.fullmatch(cell.paragraphs[0].text))
                ):
                    yield number, (row, column), match, KINDS[""]


def _clause(text: str, match: re.Match[str]) -> str:
    return re.split("[。；]", text[: match.start()])[-1] + re.split("[。；]", text[match.end() :])[0]


def altered(report: Finished, number: int, place: tuple[int, ...], match: re.Match[str]) -> Finished:
    """The report with the last but one digit of a figure changed."""
    digits = [at for at in range(match.start(), match.end()) if match.string[at].isdigit()]
    at = digits[max(0, len(digits) - 2)]
    changed = "1" if match.string[at] == "9" else str(int(match.string[at]) + 1)
    text = match.string[:at] + changed + match.string[at + 1 :]
    block = report.body[number]
    if isinstance(block, Paragraph):
        new: Paragraph | Table = replace(block, text=text)
    else:
        row, column = place
        cell = block.rows[row][column]
        other: Cell = replace(cell, paragraphs=(replace(cell.paragraphs[0], text=text),))
        cells = (*block.rows[row][:column], other, *block.rows[row][column + 1 :])
        new = Table((*block.rows[:row], cells, *block.rows[row + 1 :]))
    return Finished(report.file, (*report.body[:number], new, *report.body[number + 1 :]), report.margins)


def planted(report: Finished) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many figures of each kind were altered, how many of these were told, and the others."""
    known = {str(one) for one in audit(report)}
    total, told, missed = Counter[str](), Counter[str](), []
    for number, place, match, kind in figures(report):
        findings = [one for one in audit(altered(report, number, place, match)) if str(one) not in known]
        total[kind] += 1
        told[kind] += any(one.level is not Level.HINT for one in findings)
        if not findings:
            missed.append(f"{kind}: {_around(report, number, place, match)}")
    return total, told, missed


def _around(report: Finished, number: int, place: tuple[int, ...], match: re.Match[str]) -> str:
    block = report.body[number]
    if isinstance(block, Table):
        return f"{match[0]} in " + "|".join(cell.text[:12] for cell in block.rows[place[0]] if not cell.goes_on)
    return match.string[max(0, match.start() - 25) : match.end() + 10]


def published(folder: Path) -> tuple[int, int, list[str]]:
    """How many findings on published reports are true, how many there are, and those without a label."""
    labels = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    true, count, strange = 0, 0, []
    for path in sorted(folder.glob("*.txt")):
        told = Counter[str]()
        for one in audit(read_report(path)):
            place = f"{one.code} 第{one.where.line}行"
            told[place] += 1
            key = place if told[place] == 1 else f"{place} {told[place]}"
            label = labels.get(path.stem, {}).get(key)
            count += 1
            true += bool(label and str(label).startswith("真"))
            if label is None:
                strange.append(f"{path.stem}: {key!r}: {one.what}")
    return true, count, strange


def main(arguments: list[str]) -> None:
    """Print both tables, or with `--published` the second alone."""
    if "--published" not in arguments:
        _print_planted(verbose="-v" in arguments)
    for folder in (one for one in arguments if not one.startswith("-")):
        true, count, strange = published(Path(folder))
        print(f"{folder}\t真 {true}/{count}")
        print(*strange, sep="\n")


def _print_planted(*, verbose: bool) -> None:
    total, told = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted((ROOT / "samples").glob("*.yaml")):
            path = Path(folder) / f"{sample.stem}.docx"
            path.write_bytes(make(judge(sample), pages=False).document)
            started = time.perf_counter()
            report = read_report(path)
            audit(report)
            spent = time.perf_counter() - started
            own, caught, missed = planted(report)
            total += own
            told += caught
            print(f"{sample.stem}\t{sum(caught.values())}/{sum(own.values())}\t{spent:.2f}s")
            if verbose:
                print(*(f"    {one}" for one in missed), sep="\n")
    for kind in total:
        print(f"{kind}\t{told[kind]}/{total[kind]}\t{round(told[kind] * 100 / total[kind])}%")
    print(f"合计\t{sum(told.values())}/{sum(total.values())}")


if __name__ == "__main__":
    main(sys.argv[1:])
