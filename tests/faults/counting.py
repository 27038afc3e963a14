"""How many of the planted faults are found, and the page that tells it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from generator import values
from generator.fields import Path as Place
from generator.findings import Finding, Level
from generator.values import plain

from .found import caught, findings_of
from .kinds import KINDS, subject
from .sample import SAMPLES, Fault, Sample

LEFT_OUT = (
    ("只填一次的数改动", "如没有分项的支出、没有别处对照的预算：数据里没有别的数可以和它比，改得合乎次序时谁也看不出"),
    ("两个单位的数对调", "合计不变，各自又都合乎次序；要看凭证"),
    ("本项目的两个单位在文字里互换", "两个名称都是数据里有的，要看所说的事"),
    ("人工评定的分数改动", "没有标准和算式，分数由评价组认定；没有理由的另计"),
    ("日期在允许的范围里移动", "仍在开始与完成、年度与截止日期之间，数据里没有别的日期可以对照"),
    ("事实说错", "文字与数据都没有记的事，如合同的对方、地点"),
    ("问卷各项同时改动", "各数仍然相合；要看原始问卷"),
)

WHY = {
    "announced": "最后两项用“和”连接，“和”字可能在名称里，看不准有几项，只差一个时不提示。",
    "typed_figures": "前面没有说是哪个数，或数字太短，核查不敢断定写错。",
    "foreign_units": "文字里本来就有数据以外的地名，核查只认得准的才提示。",
    "other_years": "历年都写的单位沿革里的年份，看不出是写错。",
    "typed_years": "句子里看不出说的是不是本年度的事。",
    "doubled_words": "写成两个以后正好成词（为了了解），看不出是重复。",
    "other_decades": "项目可以跨若干年，只有开始的年份早时看不出写错。",
    "later_documents": "没有报告日期，只有截止日期，评价所依据的文件可以晚于它。",
    "yuan_for_wan": "一行里的一部分（其中用途）可以很小。",
}


@dataclass(frozen=True)
class Outcome:
    """A fault that was planted, and the code of the finding that names it; `hinted` where that is but a 提示."""

    kind: int
    sample: str
    place: Place
    what: str
    code: str | None
    hinted: bool


def planted(sample: Path, most: int, seed: int = 4) -> Iterator[tuple[int, Fault]]:
    """The faults of a sample; of a kind that has more than `most`, so many drawn by lot, always the same."""
    one = Sample(sample)
    for number, plant in enumerate(KINDS):
        found = list(plant(one))
        drawn = random.Random(f"{seed} {sample.stem} {number}").sample(found, most) if len(found) > most else found
        yield from ((number, fault) for fault in drawn)


def outcomes(sample: Path, most: int) -> list[Outcome]:
    """Every planted fault of a sample with what finds it."""
    before = findings_of(Sample(sample).tree)
    result = []
    for number, fault in planted(sample, most):
        finding = caught(fault, before)
        result.append(
            Outcome(number, sample.stem, fault.place, fault.what, finding.code if finding else None, _hinted(finding))
        )
    return result


def _hinted(finding: Finding | None) -> bool:
    return finding is not None and finding.level is Level.HINT


def page(results: Sequence[Outcome], most: int) -> Iterator[str]:
    """docs/植入的错误.md."""
    found = sum(one.code is not None for one in results)
    yield from ("# 植入的错误", "", "<!-- 由 python -m tests.faults 写成，不要手改。 -->", "")
    yield f"在 samples/ 的{len(SAMPLES)}份数据里，由程序每次改动一处，再用 `jixiao check` 核查，看能不能发现。"
    yield "先按“只看数据，复核的人看得出来”定下错误的种类，再数发现了多少；没有发现的都列在下面。"
    yield "一处改动算作发现，是核查结果比改动前多出一条，并且说的是这个位置、这个数或这个名称；只是连带变化的不算。"
    yield f"每份数据的每种错误最多植入{most}处，多的由固定的种子抽取。"
    yield "有些核查是看了漏掉的错误才写的，所以这个比例比实际的高。不知道这些核查的人另外改错过两回（2026年11月）："
    yield "90 处里发现 63 处；补了核查以后，另换一批 179 处，多在手写的文字里，发现 91 处。"
    yield "日期、合计、分值、括号几乎都能发现；漏掉的多是只在文字里出现的事实、个数和理由，要靠人核对。"
    rates = [
        Decimal(sum(one.code is not None for one in own)) / len(own)
        for number in range(len(KINDS))
        if (own := [one for one in results if one.kind == number])
    ]
    even = share(sum(rates, Decimal()), len(rates))
    yield ""
    rate = share(found, len(results))
    yield f"共植入 {len(results)} 处，发现 {found} 处，占 {rate}；不论植入多少、每种一样看重的，平均 {even}。"
    hinted = sum(one.hinted for one in results)
    yield f"发现的里面，{hinted} 处只由提示指出（不是错误或警告，表里“仅提示”一列）。"
    yield ""
    yield from (
        "| 方面 | 错误的种类 | 植入 | 发现 | 漏掉 | 仅提示 | 由哪些核查发现 |",
        "|---|---|---:|---:|---:|---:|---|",
    )
    for number, one in enumerate(KINDS):
        own = [result for result in results if result.kind == number]
        codes = Counter(result.code for result in own if result.code)
        listed = "、".join(code for code, _ in sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:4])
        hit = sum(codes.values())
        area, name, _ = subject(one)
        only = sum(one.hinted for one in own)
        yield f"| {area} | {name} | {len(own)} | {hit} | {len(own) - hit} | {only} | {listed} |"
    yield f"| 合计 | | {len(results)} | {found} | {len(results) - found} | {hinted} | |"
    yield from ("", "## 各种错误怎样植入", "")
    yield from (f"- {area}，{name}：{rest}" for area, name, rest in map(subject, KINDS) if rest)
    yield from ("", "## 漏掉的", "")
    for number, one in enumerate(KINDS):
        missed = [result for result in results if result.kind == number and result.code is None]
        if missed:
            shown = "；".join(map(told, missed[:4]))
            rest = "；等" if len(missed) > 4 else ""
            yield f"- {subject(one)[1]}（{len(missed)}处）：{WHY.get(one.__name__, '')}{shown}{rest}"
    yield from ("", "## 不计的种类", "", "下面的改动，只看数据看不出来，没有植入：", "")
    yield from (f"- {name}：{why}。" for name, why in LEFT_OUT)


def told(one: Outcome) -> str:
    """A planted fault in a few words."""
    return f"{one.sample} {'.'.join(map(str, one.place))}（{one.what}）"


def share(part: int | Decimal, whole: int) -> str:
    return f"{plain(values.half_up(Decimal(100) * part / whole, 1))}%" if whole else "—"
