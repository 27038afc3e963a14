"""等级和得分：写着得分和等级的一句，等级要合得分；同一个得分不写两个等级。

报告写了等级的分数线的（90分以上为优，80—90分为良……），照报告的；没有写的，照通行的 90、80、60 分，和它不合的是提示。
满分不是 100 分的不看。

正例：

    90（含）—100分为优，80（含）—90分为良，60（含）—80分为中，60分以下为差。
    综合得分88.51分（满分100分），评价等级为“良”。

反例：

    90（含）—100分为优，80（含）—90分为良，60（含）—80分为中，60分以下为差。
    综合得分78.51分，评价等级为“良”。   # !A152 中
    综合得分78.51分，评价等级为“中”。

反例：

    项目得分77.22分，绩效等级为“可”。
    项目综合得分77.22分，绩效等级为“良”。   # !A152 可

反例：

    项目综合评价评分结果为92分，绩效等级为优。
    项目综合评价得分为92分，绩效等级为良。   # !A152 优
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..tight import tight
from ..wording import fault
from . import Case, Fault

CODE = "A152"
LEVEL = Level.ERROR

_GRADES = ("优", "良", "中", "差")
_USUAL = (Decimal(90), Decimal(80), Decimal(60))
_STATED = re.compile(
    r"(?:得分|总分|评分)(?:结果)?(?:为|是|：|共)?(?P<score>\d{1,3}(?:\.\d{1,2})?)分"
    r"(?P<between>[^。；\n]{0,40}?)(?:等级|评级|级别|结果|评定|结论)(?:评定|划分|确定)?(?:为|是|：)?[“‘\"]?(?P<grade>优秀?|良好?|中|可|较?差|不?合格|一般)(?![好化于等秀距以\d])"
)
_PART = re.compile("其中|综合得分|总分|总得分")
_RANGE = re.compile("以上|以下|至\\d|上年|由“")
_FULL = re.compile(r"满分(?:为)?(\d{1,3})分")
_NUMBER = re.compile(r"\d{2,3}(?:\.\d+)?")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each grade that its score does not have, and each score with two grades."""
    stated = [(passage, match) for passage in case.passages for match in _STATED.finditer(tight(passage.typed).text)]
    stated = [
        (passage, match) for passage, match in stated if _is_of_hundred(match) and not _is_of_part(passage, match)
    ]
    if not stated:
        return
    own = _scale(case.passages)
    by_score: dict[Decimal, list[tuple[Passage, re.Match[str]]]] = defaultdict(list)
    for passage, match in stated:
        by_score[Decimal(match["score"])].append((passage, match))
    for score, found in by_score.items():
        said = Counter(_plain(match["grade"]) for _, match in found)
        apart = len(said) > 1
        if not said.keys() <= set(_GRADES):
            yield from _of_another_scale(found, said)
            continue
        wanted = _grade(score, own or _USUAL)
        for passage, match in found:
            if _plain(match["grade"]) == wanted:
                continue
            line = "报告写的分数线" if own else "通行的分数线（90、80、60分）"
            what = f"{match['score']}分的等级写的是“{match['grade']}”，按{line}是“{wanted}”"
            level = LEVEL if own or apart else Level.HINT
            span = tight(passage.typed).span(*match.span())
            yield fault(passage, *span, what, expected=wanted, actual=match["grade"], level=level)


def _is_of_part(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the points are those of a part, behind 其中 or the whole's, or of a rule or another year."""
    text = tight(passage.typed).text
    before = re.split("[。；\\n]", text[: match.start()])[-1]
    return bool(_PART.search(before)) or bool(_RANGE.search(before + match[0]))


def _of_another_scale(found: Sequence[tuple[Passage, re.Match[str]]], said: Counter[str]) -> Iterator[Fault]:
    """A fault for each grade of a score that is another one elsewhere, where the grades are not the usual four."""
    usual = said.most_common(1)[0][0]
    for passage, match in found:
        if _plain(match["grade"]) != usual:
            what = f"{match['score']}分的等级这里写的是“{match['grade']}”，别处是“{usual}”"
            span = tight(passage.typed).span(*match.span())
            yield fault(passage, *span, what, expected=usual, actual=match["grade"], level=Level.WARNING)


def _plain(grade: str) -> str:
    return {"优秀": "优", "良好": "良", "较差": "差"}.get(grade, grade)


def _is_of_hundred(match: re.Match[str]) -> bool:
    full = _FULL.search(match[0])
    return (full is None or full[1] == "100") and Decimal(match["score"]) <= 100


def _scale(passages: Sequence[Passage]) -> tuple[Decimal, ...] | None:
    """The lowest scores of the three upper grades that one paragraph of the report states."""
    for passage in passages:
        text = tight(passage.typed).text
        if not all(grade in text for grade in _GRADES) or len(text) > 600:
            continue
        found = {Decimal(one) for one in _NUMBER.findall(text) if Decimal(one) < 100}
        lines = sorted({one for one in found if not one % 5}, reverse=True)
        if len(lines) == len(_GRADES) - 1:
            return tuple(lines)
    return None


def _grade(score: Decimal, lines: Sequence[Decimal]) -> str:
    return next((grade for grade, line in zip(_GRADES, lines, strict=False) if score >= line), _GRADES[-1])
