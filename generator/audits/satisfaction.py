"""满意情况：非常满意、满意、不满意各占多少，加起来是 100% 或有效份数；满意率由它们得出；同一个满意度不印两个值。

文字里依次列出的各选项，有“不满意”（或加起来超过 100%）的才看；占比按印出的位数留出四舍五入的余地。
满意率应等于非常满意、满意、基本满意依次累计的一个，不是的是警告；满意度也可以按常用的系数加权，都不是的是提示。
选项在表头、一行一题的表也看。写着目标、不低于、上年的不看。

正例：

    收回有效问卷180份，其中非常满意96人，占53.33%；满意58人，占32.22%；一般20人，占11.11%；不满意6人，占3.33%，满意率为85.56%。
    居民非常满意的占45%，满意的占40%，基本满意的占10%，不满意的占5%，满意度为95%。
    收回有效问卷180份，其中满意154人（非常满意96人、比较满意58人），一般20人，不满意6人。
    | 题目 | 非常满意 | 满意 | 一般 | 不满意 | 满意率 |
    | 服务态度 | 20 | 10 | 6 | 4 | 75% |
    | 服务设施 | 10 | 10 | 16 | 4 | 50% |

反例：

    居民非常满意的占45%，满意的占42%，基本满意的占10%，不满意的占5%。   # !A155 102%
    收回有效问卷180份，其中非常满意96人，满意68人，一般20人，不满意6人。   # !A155 190
    有效问卷180份，非常满意96人，占53.33%；满意58人，占33.22%；一般20人，占11.11%；不满意6人，占3.33%。   # !A155 32.22%
    有45%的居民表示非常满意，40%的居民表示满意，10%的居民认为一般，5%的居民不满意，满意率为98.5%。   # !A155 85.0%
    | 题目 | 非常满意 | 满意 | 一般 | 不满意 | 满意率 |
    | 服务态度 | 20 | 10 | 6 | 4 | 85% |   # !A155 75%

反例：同一个满意度两个值。

    问卷显示，服务对象满意度为95.2%。
    项目实施后，服务对象满意度达到92%，效果较好。   # !A155 95.2%
    服务对象满意度为95.2%，得满分。
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..document import Table
from ..findings import Level
from ..passages import Passage
from ..tight import Tight, tight
from ..values import half_up, plain
from ..wording import HAN, fault
from . import Case, Fault
from .numbers_of_tables import Grid

CODE = "A155"
LEVEL = Level.ERROR

_OPTION = r"(?P<option>(?:非常不|很不|不太|非常|很|十分|比较|较|基本|不)?满意|一般|不了解|不清楚)(?![度率问性])"
_ITEM = re.compile(
    _OPTION + r"[”\"）)]?(?:的|以上的)?[^，。；、\d%满意]{0,8}(?:(?P<count>\d{1,7})[人份户名票])?"
    r"(?:[（(]|[，、](?=占))?(?:占比?[^，。；\d%]{0,10})?(?:(?P<share>\d{1,3}(?:\.\d{1,4})?)%)?"
)
_TURNED = re.compile(
    r"(?P<share>\d{1,3}(?:\.\d{1,4})?)%的[^，。；\d满意]{0,14}?(?:表示|认为|感到|评价为|选择)?[“\"]?" + _OPTION
)
_VALID = re.compile(r"有效(?:调查)?(?:问卷)?(?:共|为|数量?)?(?P<count>\d{1,7})份")
_RATE = re.compile(
    rf"(?P<name>[{HAN}]{{0,12}}满意(?P<kind>[度率]))(?:达到了?|达|为|是|：)?(?P<rate>\d{{1,3}}(?:\.\d{{1,4}})?)%(?!以上|及以上|的)"
)
_AIM = re.compile(r"目标|指标值|不低于|不少于|应|要求|计划|上年|去年|以上|[≥>＞﹥≧]|标准|满分")
_BREAKS = re.compile(r"[^。\n]+")
_RANKS = ("非常满意", "很满意", "十分满意", "比较满意", "较满意", "满意", "基本满意", "一般")
_BEST = _RANKS[:3]
_WEIGHTS = tuple(
    tuple(map(Decimal, one))
    for one in (
        (100, 80, 60, 40, 20),
        (100, 80, 60, 30, 0),
        (100, 75, 50, 25, 0),
        (100, 80, 60, 40, 0),
        (100, 90, 60, 30, 0),
        (100, 80, 60, 0, 0),
        (100, 90, 60, 0, 0),
        (100, 80, 50, 0, 0),
        (100, 70, 40, 0, 0),
        (100, 60, 30, 0, 0),
        (100, 60, 0, 0, 0),
        (100, 50, 0, 0, 0),
    )
)
_NESTED = re.compile(r"(?P<answer>满意\d{1,7}[份人户名票])[（(][^（()）]*满意[^（()）]*[）)]")
_FEWEST = 3
_NEAR = 10  # percentage points; what is farther from 100% are not the answers to one question
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class _Answer:
    """How many chose an option, or their share, as printed; None for what is not."""

    option: str
    count: Decimal | None
    share: Decimal | None
    places: int
    span: tuple[int, int]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for shares and counts of answers that do not add up, and each rate that they do not give."""
    for passage in case.passages:
        if "满意" not in passage.typed:
            continue
        read = tight(passage.typed)
        for sentence in _BREAKS.finditer(_NESTED.sub(_blank, read.text)):
            groups = list(_groups(sentence))
            for group in groups:
                yield from _added(passage, read, sentence, group)
            if len(groups) == 1 and "×" not in passage.typed:
                yield from _rated(passage, read, sentence, groups[0])
    for table in case.report.tables:
        yield from _rows(case, table)
    yield from _twice(case)


def _blank(match: re.Match[str]) -> str:
    """What stands in brackets behind an answer, of which it is made up, blotted out."""
    return match["answer"] + "□" * (len(match[0]) - len(match["answer"]))


def _groups(sentence: re.Match[str]) -> Iterator[list[_Answer]]:
    """The answers of a sentence, question by question: an option that comes again begins another."""
    for pattern in (_ITEM, _TURNED):
        found: list[_Answer] = []
        groups = [found]
        for match in pattern.finditer(sentence[0]):
            parts = match.groupdict()
            if not parts.get("count") and not parts["share"]:
                continue
            if any(one.option == match["option"] for one in found):
                found = []
                groups.append(found)
            count = Decimal(parts["count"]) if parts.get("count") else None
            share = Decimal(parts["share"]) if parts["share"] else None
            places = len((parts["share"] or "").partition(".")[2])
            span = (sentence.start() + match.start(), sentence.start() + match.end())
            found.append(_Answer(match["option"], count, share, places, span))
        groups = [one for one in groups if len(one) >= _FEWEST]
        if groups:
            yield from groups
            return


def _is_whole(group: Sequence[_Answer]) -> bool:
    """Whether the options are all that there were: the worst is among them."""
    return any("不" in one.option and "满意" in one.option for one in group)


def _slack(group: Sequence[_Answer]) -> Decimal:
    """How far shares may be from their sum by rounding."""
    return len(group) * Decimal(5).scaleb(-max(one.places for one in group) - 1)


def _added(passage: Passage, read: Tight, sentence: re.Match[str], group: Sequence[_Answer]) -> Iterator[Fault]:
    span = read.span(group[0].span[0], group[-1].span[1])
    shares = [one.share for one in group if one.share is not None]
    counts = [one.count for one in group if one.count is not None]
    valid = [
        Decimal(one["count"]) for one in _VALID.finditer(read.text, max(0, sentence.start() - 300), group[0].span[0])
    ]
    if len(counts) == len(group) and _is_whole(group):
        total, base = sum(counts, Decimal()), valid[-1] if valid else None
        if base and total != base and not re.search(rf"(?<!\d){plain(total)}[份人户]", read.text[: group[0].span[0]]):
            what = f"各选项相加是{plain(total)}，有效问卷是{plain(base)}份"
            yield fault(passage, *span, what, expected=plain(base), actual=plain(total))
            return
        for one in group:
            if one.share is not None and one.count is not None and total:
                right = half_up(one.count / total * 100, one.places)
                if right != one.share:
                    what = f"“{one.option}”占比印的是{one.share}%，{plain(one.count)}除以{plain(total)}是{right}%"
                    yield fault(passage, *read.span(*one.span), what, expected=f"{right}%", actual=f"{one.share}%")
        return
    if len(shares) == len(group):
        total = sum(shares, Decimal())
        apart, above = abs(total - 100), total > 100
        if _slack(group) <= apart <= _NEAR and (above or _is_whole(group)):
            what = f"各选项的占比相加是{plain(total)}%，不是100%"
            yield fault(passage, *span, what, expected="100%", actual=f"{plain(total)}%")


def _rated(passage: Passage, read: Tight, sentence: re.Match[str], group: Sequence[_Answer]) -> Iterator[Fault]:
    """The rates that stand behind the answers, in their sentence and the next."""
    shares = _shares(group)
    if not shares:
        return
    text = read.text
    following = text.find("。", sentence.end() + 1)
    for match in _RATE.finditer(text, group[-1].span[1], following if following > 0 else len(text)):
        clause = re.split("[，；。]", text[: match.start()])[-1] + match["name"]
        if not _AIM.search(clause):
            yield from _not_given(
                passage, read.span(*match.span()), match["kind"], match["rate"], shares, _slack(group)
            )
            return


def _shares(group: Sequence[_Answer]) -> list[tuple[str, Decimal]]:
    """The share of each option, in the order from best to worst."""
    counts = [one.count for one in group if one.count is not None]
    total = sum(counts, Decimal())
    if len(counts) == len(group) and _is_whole(group) and total:
        found = [(one.option, (one.count or Decimal()) / total * 100) for one in group]
    elif all(one.share is not None for one in group):
        found = [(one.option, one.share or Decimal()) for one in group]
    else:
        return []
    return sorted(found, key=lambda one: _RANKS.index(one[0]) if one[0] in _RANKS else len(_RANKS))


def _not_given(
    passage: Passage,
    span: tuple[int, int],
    kind: str,
    written: str,
    shares: Sequence[tuple[str, Decimal]],
    slack: Decimal,
) -> Iterator[Fault]:
    """A fault where a rate is none that shares give: some of the best together, or all by their weights."""
    rate, places = Decimal(written), len(written.partition(".")[2])
    values = [share for _, share in shares]
    sums = [sum(values[:count], Decimal()) for count in range(1, len(values))]
    weighed = [
        sum((share * weight for share, weight in zip(values, weights, strict=False)), Decimal()) / 100
        for weights in _WEIGHTS
        if kind == "度" and len(values) <= len(weights)
    ]
    margin = slack + Decimal(5).scaleb(-places - 1)
    if any(abs(rate - one) <= margin for one in (*sums, *weighed)):
        return
    satisfied = [(name, share) for name, share in shares if "满意" in name and "不" not in name]
    if not satisfied or len(satisfied) == len(shares):
        return
    right = half_up(sum((share for _, share in satisfied), Decimal()), places)
    names = "、".join(name for name, _ in satisfied)
    what = f"满意{kind}印的是{written}%，{names}合计是{right}%"
    level = Level.WARNING if kind == "率" else Level.HINT
    yield fault(passage, *span, what, expected=f"{right}%", actual=f"{written}%", level=level)


def _rows(case: Case, table: Table) -> Iterator[Fault]:
    """The rows of a table whose heads are the options."""
    grid = Grid(table)
    heads = {at: re.sub(r"[（(][^（）()]{0,6}[）)]|人数|份数|占比|的", "", head) for at, head in grid.heads.items()}
    options = {at: head for at, head in heads.items() if re.fullmatch(_OPTION, head)}
    if len(set(options.values())) < _FEWEST or len(set(options.values())) < len(options) or not grid.is_regular:
        return
    rated = [(at, match[1]) for at, head in heads.items() if (match := re.fullmatch(r".{0,8}满意([度率])", head))]
    for entries in grid.entries:
        if any(at not in entries for at in options):
            continue
        found = [(options[at], entries[at]) for at in options]
        percent = all(one.percent for _, one in found)
        total = sum((one.value for _, one in found), Decimal())
        places = max(one.places for _, one in found)
        slack = len(found) * Decimal(5).scaleb(-places - 1) if percent else Decimal()
        whole = any("不" in name and "满意" in name for name, _ in found)
        if percent and whole and slack <= abs(total - 100) <= _NEAR and total != 100:
            passage = case.report.passage_of(found[0][1].cell.paragraphs[0])
            what = f"这一行各选项的占比相加是{plain(total)}%，不是100%"
            yield fault(passage, 0, len(passage.typed), what, expected="100%", actual=f"{plain(total)}%")
        if not whole or not total or len(rated) != 1 or rated[0][0] not in entries:
            continue
        rate = entries[rated[0][0]]
        if not rate.percent:
            continue
        shares = [(name, one.value if percent else one.value / total * 100) for name, one in found]
        shares.sort(key=lambda one: _RANKS.index(one[0]) if one[0] in _RANKS else len(_RANKS))
        passage = case.report.passage_of(rate.cell.paragraphs[0])
        written = f"{rate.value:.{rate.places}f}"
        yield from _not_given(passage, (0, len(passage.typed)), rated[0][1], written, shares, slack)


def _twice(case: Case) -> Iterator[Fault]:
    """A rate of satisfaction that most places print otherwise."""
    found: dict[str, list[tuple[Decimal, Passage, re.Match[str]]]] = defaultdict(list)
    for passage in case.passages:
        text = tight(passage.typed).text if "满意" in passage.typed else ""
        for match in _RATE.finditer(text):
            clause = re.split("[，；。]", text[: match.start()])[-1] + match["name"]
            if not _AIM.search(clause) and len(match["name"]) > len("满意度"):
                found[match["name"]].append((Decimal(match["rate"]), passage, match))
    for name, mentions in found.items():
        values = Counter(value for value, _, _ in mentions)
        usual, count = values.most_common(1)[0]
        if len(values) != 2 or count < _OFTEN or len(mentions) - count > 1:
            continue
        for value, passage, match in mentions:
            if value != usual and half_up(usual, len(match["rate"].partition(".")[2])) != value:
                what = f"“{name}”这里是{match['rate']}%，别处{count}处是{usual}%"
                level, actual = Level.WARNING, f"{match['rate']}%"
                span = tight(passage.typed).span(*match.span())
                yield fault(passage, *span, what, expected=f"{usual}%", actual=actual, level=level)
