"""Years that a text names: those that are not the year that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from .findings import Level
from .passages import HOLE
from .wording import sentence_around

_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)年"
    r"(度|(?:全年)?(?:项目|预算|资金|经费|专项|财政|绩效))?(?!\d{1,2}月|[至到—-])"
)
_MASKED = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,60}”|〔[^〔〕]{1,8}〕")
_COMPARED = re.compile(
    r"上年|上一年|去年|往年|历年|前[一二两三]年|较|相比|同比|比20|比上|增长|以来|年起|起步|曾|此前|原|至今|开始|成立|"
    r"建成|启动|印发|出台|结转|结余|[一二两三四五]年来|基础上|连续|[12]\d{3}年?[至到—–-]"
)
_LATER = re.compile("拟|将|计划|下一年|下年|以后|今后|次年|列支|安排")
_ABOUT = re.compile("项目|资金|预算|经费|支出|完成|绩效|评价")
_AIMED = re.compile("初(?:设定|确定|制定|申报|批复)的(?:项目)?(?:绩效)?目标")
_OURS = re.compile("，(?:本|该)?项目(?:经费|资金|预算|支出|实施|开展|完成|组织)")
_THIS_MONEY = re.compile("，(?:我[们区市县]|街道|社区)?(?:使用|利用|运用)(?:该|本|此|上述)(?:笔|项|项目)?(?:资金|经费)")
_CONTRAST = re.compile(r"上年|上一年|去年|往年|历年|较|相比|同比|比20|比上|增长|以来|年起|此前|结转|连续")


def masked(text: str) -> str:
    """A text of the same length without titles, quotations and numbers of documents."""
    return _MASKED.sub(lambda match: "\x00" * len(match[0]), text)


def other_years(text: str, year: int, own: Set[int], dated: Set[int]) -> Iterator[tuple[re.Match[str], Level]]:
    """The years in a masked text that are not the project's, each once, and how serious it is.

    `own` are the years that the project lasts; `dated` those of dates, which a text may well name.
    """
    told: set[str] = set()
    for match in _YEAR.finditer(text):
        if match[0] not in told and (level := _level(text, match, year, own, dated)):
            told.add(match[0])
            yield match, level


def is_compared(sentence: str) -> bool:
    """Whether a sentence sets one year against another, or tells how something came to be."""
    return _COMPARED.search(sentence) is not None


def _level(text: str, match: re.Match[str], year: int, own: Set[int], dated: Set[int]) -> Level | None:
    """How serious a year is; None where it may well stand."""
    found = int(match[1])
    start, end = sentence_around(text, match.start())
    sentence = text[start:end]
    opens = not text[start : match.start()].strip()
    if found not in own and not _CONTRAST.search(sentence):
        if _AIMED.match(text, match.end()) or (opens and _THIS_MONEY.match(text, match.end())):
            return Level.WARNING
        if opens and abs(found - year) == 1 and _OURS.match(text, match.end()):
            return Level.HINT
    if found in own or is_compared(sentence) or (found > year and _LATER.search(sentence)):
        return None
    if match[2]:
        return Level.WARNING
    if f"{year}年" in sentence or f"{HOLE}年" in sentence or found in dated:
        return None
    opens = opens and text[match.end() : match.end() + 1] == "，" and abs(found - year) == 1
    return Level.HINT if opens or _ABOUT.search(sentence) else None
