"""问卷：份数、回收率、有效率前后相符；各选项的人数、占比、得分率算得出来；满意的份数和分布相符。

一句里的发放、收回、有效份数依次不增，回收率、有效率等于它们相除。问卷结果表里一题各选项的人数相加，占比、得分率照印出的位数重算；
多数题的人数之和等于有效问卷份数，个别题不等的会说。印出算式的（12×100%+22×80%+6×60%）/40，括号里的份数相加等于除数，
写着“满意问卷”的，等于系数 80% 以上的份数相加。

正例：

    共发放问卷200份，收回188份，有效问卷180份，回收率94%，有效率95.74%。
    得分率=（12×100%+22×80%+6×60%）/40×100%=83%。
    | 题目 | 选项 | 人数 | 系数 | 占比 | 得分率 |
    | 服务如何 | 很好 | 15 | 100% | 37.50% | 80% |
    | 服务如何 | 较好 | 15 | 80% | 37.50% | 80% |
    | 服务如何 | 一般 | 10 | 50% | 25% | 80% |

反例：

    共发放问卷180份，收回188份，有效问卷180份。   # !A153 188份
    发放问卷200份，收回188份，回收率95%。   # !A153 94%
    共发放问卷200份。收回有效问卷188份，回收率95%。   # !A153 94%
    收回有效问卷40份，满意问卷40份，得分率=（12×100%+22×80%+6×60%）/40×100%=83%。   # !A153 34份
    得分率=（12×100%+20×80%+6×60%）/40×100%=79%。   # !A153 38
    | 题目 | 选项 | 人数 | 系数 | 占比 | 得分率 |
    | 服务如何 | 很好 | 15 | 100% | 37.50% | 80% |   # !A153 占比
    | 服务如何 | 较好 | 25 | 80% | 37.50% | 80% |
    | 服务如何 | 一般 | 10 | 50% | 25% | 80% |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..document import Table
from ..findings import Level
from ..passages import Passage
from ..tight import Tight, tight
from ..values import half_up, plain
from ..wording import fault
from . import Case, Fault
from .numbers_of_tables import Entry, Grid

CODE = "A153"
LEVEL = Level.ERROR

_PAPERS = re.compile(
    r"(?P<kind>发放|发出|回收|收回|收到|有效)(?P<valid>有效)?(?:调查)?(?:的)?(?:问卷)?(?:共|数量?|为|共计)?(?P<count>\d{1,7})(?:余)?份"
)
_RATE = re.compile(r"(?<!有效)(?P<kind>回收率|有效率)(?:为|是|达到?|：)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%")
_SATISFIED = re.compile(r"满意(?:的)?(?:问卷)?(?:共|为)?(?P<count>\d{1,7})份")
_WEIGHED = re.compile(r"[（(](?P<terms>\d{1,7}[×*]\d{1,3}%(?:\+\d{1,7}[×*]\d{1,3}%){1,9})[）)][/÷](?P<whole>\d{1,7})")
_TERM = re.compile(r"(\d+)[×*](\d+)%")
_KINDS = {"发放": 0, "发出": 0, "回收": 1, "收回": 1, "收到": 1, "有效": 2}
_NAMES = ("发放", "收回", "有效")
_HEADS = {
    "count": re.compile(r"人数|份数|票数|选择数"),
    "weight": re.compile(r"系数|权数"),
    "share": re.compile(r"占比|比例|比重"),
    "rate": re.compile(r"得分率|满意率"),
}
_SATISFYING = 80


@dataclass(slots=True)
class _Question:
    """The rows of one question: the numbers of each option by what their column holds."""

    options: list[dict[str, Entry]] = field(default_factory=list)

    def all(self, kind: str) -> list[Entry]:
        """The numbers of one column."""
        return [one[kind] for one in self.options if kind in one]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each count, rate or share of a survey that the others do not give."""
    valid: Counter[int] = Counter()
    for passage in case.passages:
        if "问卷" not in passage.typed and "×" not in passage.typed and "*" not in passage.typed:
            continue
        read = tight(passage.typed)
        for start, end in _sentences(read.text):
            valid.update(_valid(read.text[start:end]))
            yield from _counts(passage, read, start, end)
            yield from _distribution(passage, read, start, end)
    for table in case.report.tables:
        questions = list(_questions(table))
        for question in questions:
            yield from _of_question(case, question)
        yield from _of_papers(case, questions, valid)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one that goes on from what was sent out in the last begins with that."""
    last: tuple[int, list[str]] = 0, []
    for sentence in re.finditer(r"[^。；\n]+", text):
        kinds = [match["kind"] for match in _PAPERS.finditer(sentence[0])]
        goes_on = [_KINDS[one] for one in last[1]] == [0] and kinds and 0 not in [_KINDS[one] for one in kinds]
        yield last[0] if goes_on else sentence.start(), sentence.end()
        last = sentence.start(), kinds


def _valid(sentence: str) -> Iterator[int]:
    for match in _PAPERS.finditer(sentence):
        if match["valid"] or match["kind"] == "有效":
            yield int(match["count"])


def _counts(passage: Passage, read: Tight, start: int, end: int) -> Iterator[Fault]:
    sentence = read.text[start:end]
    found: dict[int, tuple[int, tuple[int, int]]] = {}
    for match in _PAPERS.finditer(sentence):
        span = read.span(start + match.start("count"), start + match.end())
        kind = 2 if match["valid"] else _KINDS[match["kind"]]
        if kind in found:
            return  # of several surveys
        found[kind] = (int(match["count"]), span)
    for later, earlier in ((1, 0), (2, 1), (2, 0)):
        if later in found and earlier in found and found[later][0] > found[earlier][0]:
            what = f"{_NAMES[later]}{found[later][0]}份，比{_NAMES[earlier]}的{found[earlier][0]}份还多"
            yield fault(passage, *found[later][1], what, actual=f"{found[later][0]}份")
            return
    for match in _RATE.finditer(sentence):
        part, wholes = (1, (0,)) if match["kind"] == "回收率" else (2, (1, 0))
        bases = [found[one][0] for one in wholes if one in found and found[one][0]]
        counted = found.get(part) or found.get(2)
        if not bases or counted is None:
            continue
        places = len(match["rate"].partition(".")[2])
        right = [half_up(Decimal(counted[0]) / base * 100, places) for base in bases]
        if Decimal(match["rate"]) not in right:
            span = read.span(start + match.start(), start + match.end())
            what = f"{match['kind']}印的是{match['rate']}%，{counted[0]}份除以{bases[0]}份是{right[0]}%"
            yield fault(passage, *span, what, expected=f"{right[0]}%", actual=f"{match['rate']}%")


def _distribution(passage: Passage, read: Tight, first: int, last: int) -> Iterator[Fault]:
    sentence = read.text[first:last]
    for match in _WEIGHED.finditer(sentence):
        terms = [(int(count), int(share)) for count, share in _TERM.findall(match["terms"])]
        total, whole = sum(count for count, _ in terms), int(match["whole"])
        start, end = read.span(first + match.start(), first + match.end())
        if total != whole:
            what = f"算式里各选项的份数相加是{total}，除数是{whole}"
            yield fault(passage, start, end, what, expected=str(total), actual=str(whole))
            continue
        if said := _SATISFIED.search(sentence):
            satisfied = sum(count for count, share in terms if share >= _SATISFYING)
            if int(said["count"]) != satisfied:
                at = read.span(first + said.start(), first + said.end())
                what = f"写着满意{said['count']}份，后面的算式里系数{_SATISFYING}%以上的是{satisfied}份"
                yield fault(passage, *at, what, expected=f"{satisfied}份", actual=f"{said['count']}份")


def _questions(table: Table) -> Iterator[_Question]:
    """The questions of a table of results, each with its options."""
    grid = Grid(table)
    columns = {kind: [at for at, head in grid.heads.items() if words.search(head)] for kind, words in _HEADS.items()}
    if len(columns["count"]) != 1 or not (columns["weight"] or columns["share"]) or not grid.is_regular:
        return
    places = {kind: found[0] for kind, found in columns.items() if len(found) == 1}
    question, name = _Question(), ""
    for row, entries in zip(table.rows, grid.entries, strict=True):
        if places["count"] not in entries or grid.is_total(row):
            continue
        labels = [cell for cell in row if cell.column < places["count"]][:-1]
        called = "|".join("〃" if cell.goes_on else cell.text.strip() for cell in labels)
        if question.options and called.replace("〃", "").strip("|") and called != name:
            yield question
            question = _Question()
        name = called if called.replace("〃", "").strip("|") else name
        question.options.append({kind: entries[at] for kind, at in places.items() if at in entries})
    if question.options:
        yield question


def _of_question(case: Case, question: _Question) -> Iterator[Fault]:
    counts = question.all("count")
    total = sum((one.value for one in counts), Decimal())
    if not total or len(counts) < 2:
        return
    for option in question.options:
        if (share := option.get("share")) and share.percent:
            right = half_up(option["count"].value / total * 100, share.places)
            if share.value != right:
                part = plain(option["count"].value)
                what = f"占比印的是{plain(share.value)}%，{part}除以{plain(total)}是{plain(right)}%"
                yield _told(case, share, what, f"{plain(right)}%")
                return
    rates = {one.value: one for one in question.all("rate")}
    weights = question.all("weight")
    if len(rates) == 1 and len(weights) == len(counts) and all(one.percent for one in weights):
        rate = next(iter(rates.values()))
        got = sum((one["count"].value * one["weight"].value for one in question.options), Decimal())
        right = half_up(got / total, rate.places)
        if rate.value != right:
            what = f"得分率印的是{plain(rate.value)}%，按各选项的人数和系数算是{plain(right)}%"
            yield _told(case, rate, what, f"{plain(right)}%")


def _of_papers(case: Case, questions: Sequence[_Question], valid: Counter[int]) -> Iterator[Fault]:
    """The questions whose counts are not those of the valid papers, where there are such papers and most are."""
    totals = [sum((one.value for one in question.all("count")), Decimal()) for question in questions]
    usual = valid.most_common(1)[0][0] if valid else None
    if usual is None or len(valid) > 1:
        return
    odd = [number for number, total in enumerate(totals) if total != usual]
    if len(odd) * 2 > len(totals) or (len(totals) == 1 and odd and totals[0] * 2 < usual):
        return
    for number in odd:
        what = f"这一题各选项相加是{plain(totals[number])}，有效问卷是{usual}份"
        yield _told(case, questions[number].all("count")[0], what, str(usual), Level.WARNING)


def _told(case: Case, entry: Entry, what: str, wanted: str, level: Level | None = None) -> Fault:
    passage = case.report.passage_of(entry.cell.paragraphs[0])
    return fault(passage, 0, len(passage.typed), what, expected=wanted, actual=entry.cell.text.strip(), level=level)
