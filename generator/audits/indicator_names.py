"""指标的叫法：正文里点到的指标，和指标表里的名称一样。

看三种地方：“针对甲、乙、丙进行评价”，里面至少一半是指标表里的，别的也应是；“1.甲，目标值为……”；“社会效益指标为：甲≥200人次”。
名称多写、少写几个字的是提示，换了字、调了次序的是警告。一份报告里评分表和正文各叫各的，读的人不知道说的是不是同一个指标。

正例：

    业务管理针对管理制度健全性、制度执行有效性进行评价。
    1.服务社区数量，目标值为165个，实际完成值为165个。
    | 一级指标 | 二级指标 | 三级指标 | 得分 |
    | 过程 | 业务管理 | 管理制度健全性 | 5 |
    | 过程 | 业务管理 | 制度执行有效性 | 6 |
    | 产出 | 数量指标 | 服务社区数量 | 6 |

反例：

    业务管理针对管理制度健全性、制度执行有效性、采购程序规范性进行评价。   # !A169 采购程序规范性
    1.省级媒体报答，目标值为5篇，实际完成值为6篇。   # !A169 省级媒体报道
    社会效益指标为：活动参与人次≥200人次。   # !A169 参与活动人次
    | 一级指标 | 二级指标 | 三级指标 | 得分 |
    | 过程 | 业务管理 | 管理制度健全性 | 5 |
    | 过程 | 业务管理 | 制度执行有效性 | 6 |
    | 产出 | 数量指标 | 省级媒体报道 | 6 |
    | 效益 | 社会效益指标 | 参与活动人次 | 6 |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from functools import lru_cache

from ..findings import Level
from ..passages import Passage
from ..wording import HAN, fault
from . import Case, Fault
from .indicator_tables import indicators

CODE = "A169"
LEVEL = Level.WARNING

_JUDGED = re.compile(
    rf"(?:针对|围绕|考核)(?P<names>[{HAN}A-Za-z、（）]{{4,120}}?)(?:等)?(?:进行|开展)(?:了)?(?:评价|考核|评分)"
)
_LISTED = re.compile(
    rf"^\s*(?:\d{{1,2}}[.．、]|[（(]\d{{1,2}}[）)])\s*(?P<name>[{HAN}、]{{4,30}})[，。,：:]\s*(?:年度)?(?:目标值|指标值|计划值)"
)
_SET = re.compile(
    rf"指标(?:设定)?+为?+[:：]?+(?P<name>[{HAN}]{{4,20}}?)(?:指标值)?(?:≥|≤|=|＝|≧|≦|﹥|>|<|不低于|不少于|不超过)\s?\d"
)
_PARTED = re.compile("、|以及|[和及与]")
_NEAR = 0.7
_SHORTEST = 4
_LONGEST = 20


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each name of an indicator that its table does not have."""
    known = {name for table in indicators(case.report) for name in table.names}
    if not known:
        return
    told = set[str]()
    for one in _all(case, known):
        if one.actual not in told:  # every further place says the same
            told.add(str(one.actual))
            yield one


def _all(case: Case, known: Set[str]) -> Iterator[Fault]:
    listed = [(passage, match) for passage in case.passages if (match := _LISTED.match(passage.typed))]
    are_indicators = sum(match["name"] in known for _, match in listed) * 2 >= len(listed)
    for passage, match in listed:
        yield from _one(passage, match["name"], match.start("name"), known, are_indicators)
    for passage in case.passages:
        for match in _SET.finditer(passage.typed) if passage.prose or "指标" in passage.typed else ():
            yield from _one(passage, match["name"], match.start("name"), known, False)
        for match in _JUDGED.finditer(passage.typed) if passage.prose else ():
            yield from _judged(passage, match, known)


def _one(passage: Passage, name: str, start: int, known: Set[str], certain: bool) -> Iterator[Fault]:
    """A name that stands where only an indicator's can; `certain` where it is told even if none is like it."""
    if name in known:
        return
    end = start + len(name)
    longer = next((one for one in sorted(known) if len(one) >= _SHORTEST and (name in one or one in name)), None)
    if longer:
        what = f"指标在这里叫“{name}”，指标表里叫“{longer}”，应统一"
        yield fault(passage, start, end, what, expected=longer, actual=name, level=Level.HINT)
    elif like := _like(name, known):
        what = f"指标在这里叫“{name}”，指标表里叫“{like}”"
        yield fault(passage, start, end, what, expected=like, actual=name, mend="核对，改成一样的")
    elif certain:
        yield fault(passage, start, end, f"指标表里没有“{name}”这个指标", actual=name)


def _judged(passage: Passage, match: re.Match[str], known: Set[str]) -> Iterator[Fault]:
    """The names of a list of indicators that are in no table, where others of the list are."""
    names = [one for one in _PARTED.split(match["names"]) if one]
    if len(names) < 2 or sum(one in known for one in names) * 2 < len(names):
        return
    at = match.start("names")
    for name in names:
        start = at = passage.typed.index(name, at)
        kept = any(name in one or one in name for one in known)
        if not kept and _SHORTEST <= len(name) <= _LONGEST:
            like = _like(name, known)
            what = f"指标表里没有“{name}”这个指标" + (f"，只有“{like}”" if like else "")
            yield fault(passage, start, start + len(name), what, expected=like, actual=name)


@lru_cache(maxsize=10_000)
def _characters(name: str) -> Counter[str]:
    """How often each character stands in a name."""
    return Counter(name)


def _like(name: str, known: Set[str]) -> str | None:
    """The known name that has most of the characters; None where none has enough."""
    own = _characters(name)
    shares = ((sum((own & _characters(one)).values()) / max(len(name), len(one)), one) for one in known)
    share, like = max(shares)
    return like if share >= _NEAR else None
