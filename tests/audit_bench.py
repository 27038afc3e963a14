"""How good the audits are: figures altered in our own reports, and the findings on published ones.

`python -m tests.audit_bench` alters the figures of the rendered samples one at a time, each in three ways, and counts
what is told, and what is told where it was altered; `--sample 40` takes so many of each report.  A rate, a score and a
number in a table are derivable, and so is what is printed again; the other figures are counted apart.  With a folder
of published reports (texts) as argument it also counts which findings there are true, by the labels in
tests/audit_labels.yaml; `--published` leaves out the first, which takes minutes, and `-v` prints what was missed.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import yaml

from generator.audit import audit
from generator.document import Cell, Paragraph, Table
from generator.findings import Finding, Level
from generator.finished import Finished, plain, read_report, report_of_text
from generator.pipeline import judge, make

from .golden import ROOT

LABELS = Path(__file__).with_name("audit_labels.yaml")
SENTENCES = LABELS.with_name("audit_sentences.yaml")
FIGURE = re.compile(r"(?<![\d.〔\[第—-])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>%|万元|亿元|元|分|个|户|份|次|家|人|项)")
BARE = re.compile(r"(?P<digits>-?\d[\d,]*\.\d+|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{2,})(?P<unit>)")
RULES = re.compile("每(?!年)|满分，|以上|不足|低于|不低于|高于|达到.{0,12}得|要求|标准|目标")
KINDS = {"%": "率", "分": "得分和分值", "元": "金额", "万元": "金额", "亿元": "金额", "": "表格里的数"}
COUNTS = "个数"
ALWAYS = ("率", "得分和分值", "表格里的数")  # what follows from other figures wherever it stands
TELLING = 3  # digits of a figure that is told by them alone
NEARBY = 2  # characters before or behind a figure of fewer digits that tell it


@dataclass(frozen=True)
class Figure:
    """A printed figure: the block that it stands in, its place there, itself and its kind."""

    block: int
    place: tuple[int, ...]
    match: re.Match[str]
    kind: str


def figures(report: Finished) -> Iterator[Figure]:
    """Every figure of a report, those of rules and targets left out, and of tables those of two digits and more."""
    for number, block in enumerate(report.body):
        if isinstance(block, Paragraph):
            if block.style.lower().startswith("toc"):
                continue
            for match in FIGURE.finditer(block.text):
                if not RULES.search(_clause(block.text, match)):
                    yield Figure(number, (), match, KINDS.get(match["unit"], COUNTS))
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                alone = len(cell.paragraphs) == 1 and not cell.goes_on
                if alone and (match := BARE.fullmatch(cell.paragraphs[0].text)):
                    yield Figure(number, (row, column), match, KINDS[""])


def _clause(text: str, match: re.Match[str]) -> str:
    return re.split("[。；]", text[: match.start()])[-1] + re.split("[。；]", text[match.end() :])[0]


def is_derivable(figure: Figure, printed: Counter[str]) -> bool:
    """Whether a figure follows from others, or is printed again."""
    return figure.kind in ALWAYS or any(printed[key] > 1 for key in _keys(figure.match))


def keys(report: Finished) -> Counter[str]:
    """How often a report prints each figure, by what tells it."""
    texts = [block.text for block in report.body if isinstance(block, Paragraph)]
    texts += [cell.text for table in report.tables for row in table.rows for cell in row if not cell.goes_on]
    return Counter(
        key for text in texts for match in re.finditer(BARE.pattern + "|" + _ANY, text) for key in _keys(match)
    )


_ANY = r"(?<![\d.])\d[\d,]*(?:\.\d+)?"


def _keys(match: re.Match[str]) -> tuple[str, ...]:
    start, end = (match.span("digits") if "digits" in match.groupdict() and match["digits"] else match.span())[:2]
    text = match.string
    digits = text[start:end].replace(",", "").lstrip("-")
    if len(digits.replace(".", "").strip("0")) >= TELLING:
        return (digits,)
    before, behind = text[max(0, start - NEARBY) : start], text[end : end + NEARBY]
    return tuple(f"{one}|{digits}|{other}" for one, other in ((before, ""), ("", behind)) if len(one + other) == NEARBY)


# How a figure is altered.


def last_but_one(digits: str, _: random.Random) -> str:
    """The last but one digit one higher."""
    return _raised(digits, 2)


def last(digits: str, _: random.Random) -> str:
    """The last digit one higher."""
    return _raised(digits, 1)


def another(digits: str, chance: random.Random) -> str:
    """A figure of the same kind, between 60 and 97 hundredths of this one; one more where there is none."""
    value = Decimal(digits.replace(",", ""))
    for _ in range(20):
        changed = (value * chance.randint(60, 97) / 100).quantize(Decimal(1).scaleb(int(value.as_tuple().exponent)))
        if changed != value:
            return f"{changed:,}" if "," in digits else str(changed)
    return str(value + 1)


def _raised(digits: str, back: int) -> str:
    places = [at for at, sign in enumerate(digits) if sign.isdigit()]
    at = places[max(0, len(places) - back)]
    return digits[:at] + ("1" if digits[at] == "9" else str(int(digits[at]) + 1)) + digits[at + 1 :]


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "倒数第二位": last_but_one,
    "最后一位": last,
    "另一个数": another,
}


def altered(report: Finished, figure: Figure, way: str, chance: random.Random) -> Finished:
    """The report with one figure altered."""
    match = figure.match
    start, end = match.span("digits")
    text = match.string[:start] + WAYS[way](match["digits"], chance) + match.string[end:]
    block = report.body[figure.block]
    if isinstance(block, Paragraph):
        new: Paragraph | Table = replace(block, text=text)
    else:
        row, column = figure.place
        cell = block.rows[row][column]
        other: Cell = replace(cell, paragraphs=(replace(cell.paragraphs[0], text=text),))
        cells = (*block.rows[row][:column], other, *block.rows[row][column + 1 :])
        new = Table((*block.rows[:row], cells, *block.rows[row + 1 :]))
    return Finished(report.file, (*report.body[: figure.block], new, *report.body[figure.block + 1 :]), report.margins)


@dataclass
class Score:
    """What was altered, what of it was told as 错误 or 警告, and what was told at its place, by way and kind."""

    altered: Counter[tuple[str, str]]
    told: Counter[tuple[str, str]]
    there: Counter[tuple[str, str]]


def planted(report: Finished, sample: int, score: Score) -> list[str]:
    """Alter figures of a report, each in every way, and count what is told; the rest is given back as text."""
    known = {str(one) for one in audit(report)}
    found, printed, missed = list(figures(report)), keys(report), []
    chance = random.Random(report.tables[0].rows[0][0].text if report.tables else "")
    for figure in chance.sample(found, min(sample, len(found))) if sample else found:
        kind = figure.kind if is_derivable(figure, printed) else f"{figure.kind}，只印一次"
        for way in WAYS:
            findings = [one for one in audit(altered(report, figure, way, chance)) if str(one) not in known]
            strong = [one for one in findings if one.level is not Level.HINT]
            score.altered[way, kind] += 1
            score.told[way, kind] += bool(strong)
            score.there[way, kind] += any(_is_there(one, report, figure) for one in strong)
            if not strong:
                missed.append(f"{way} {kind}: {_around(report, figure)}")
    return missed


def _is_there(one: Finding, report: Finished, figure: Figure) -> bool:
    block = report.body[figure.block]
    if isinstance(block, Paragraph):
        return one.where == block.where
    row, column = figure.place
    return one.where == block.rows[row][column].paragraphs[0].where


def _around(report: Finished, figure: Figure) -> str:
    block, match = report.body[figure.block], figure.match
    if isinstance(block, Table):
        return f"{match[0]} in " + "|".join(cell.text[:12] for cell in block.rows[figure.place[0]] if not cell.goes_on)
    return plain(block)[max(0, match.start() - 25) : match.end() + 10]


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


def told_of(sentence: str) -> list[Finding]:
    """What is told as 错误 or 警告 of a sentence that stands alone in a report."""
    report = report_of_text(f"某某项目支出绩效评价报告\n一、基本情况\n{sentence}\n")
    return [one for one in audit(report) if one.where.line == len(report.body) and one.level is not Level.HINT]


def main() -> None:
    """Print both tables, or with `--published` the second alone."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--published", action="store_true")
    options.add_argument("--sample", type=int, default=0)
    options.add_argument("-v", "--verbose", action="store_true")
    given = options.parse_args()
    if not given.published:
        _print_planted(given.sample, verbose=given.verbose)
    sentences = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    wrong, right = [*sentences["错"], *sentences["漏"]], sentences["对"]
    told, silent = sum(1 for one in wrong if told_of(one)), sum(1 for one in right if not told_of(one))
    print(f"单句\t错的说出 {told}/{len(wrong)}，对的不说 {silent}/{len(right)}")
    for folder in given.folders:
        true, count, strange = published(folder)
        print(f"{folder}\t真 {true}/{count}")
        print(*strange, sep="\n")


def _print_planted(sample: int, *, verbose: bool) -> None:
    score = Score(Counter(), Counter(), Counter())
    with tempfile.TemporaryDirectory() as folder:
        for data in sorted((ROOT / "samples").glob("*.yaml")):
            path = Path(folder) / f"{data.stem}.docx"
            path.write_bytes(make(judge(data), pages=False).document)
            started = time.perf_counter()
            report = read_report(path)
            audit(report)
            print(f"{data.stem}\t{time.perf_counter() - started:.2f}s")
            missed = planted(report, sample, score)
            if verbose:
                print(*(f"    {one}" for one in missed), sep="\n")
    kinds = sorted({kind for _, kind in score.altered}, key=lambda one: ("只印一次" in one, one))
    derivable = [kind for kind in kinds if "只印一次" not in kind]
    print("| 改的数 | 共改 | " + " | ".join(WAYS) + " |")
    for name, among in (*((kind, [kind]) for kind in kinds), ("能推算的合计", derivable)):
        total = sum(score.altered[next(iter(WAYS)), kind] for kind in among)
        cells = [
            f"{_share(score.told, way, among, total)}（在原处 {_share(score.there, way, among, total)}）"
            for way in WAYS
        ]
        print(f"| {name} | {total} | " + " | ".join(cells) + " |")


def _share(counted: Counter[tuple[str, str]], way: str, kinds: list[str], total: int) -> str:
    return f"{round(sum(counted[way, kind] for kind in kinds) * 100 / total)}%"


if __name__ == "__main__":
    main()
