"""别的项目的名称：封面、页眉、表里的项目名称，“对……开展绩效评价”里的项目，应是同一个项目。

去掉年度、“项目”“绩效评价报告”这些字再比，一个包含另一个的算同一个；和多数不同的会说，多半是上一份报告留下的。
句子里顺带提到、年度也不同的，和有好几个别的项目的，可能是有意写的，只提示。

正例：

    2024年社区服务站运营补助项目绩效评价报告
    项目名称：社区服务站运营补助
    评价组对“2024年社区服务站运营补助”项目开展绩效评价。
    | 项目名称 | 实施单位 |
    | 社区服务站运营补助 | 甲局 |

反例：

    2024年社区服务站运营补助项目绩效评价报告
    项目名称：背街小巷路灯改造项目   # !A166 社区服务站运营补助
    评价组对“2024年社区服务站运营补助”项目开展绩效评价。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..findings import Level
from ..passages import Passage
from ..wording import fault
from . import Case, Fault

CODE = "A166"
LEVEL = Level.WARNING

_NAMED = re.compile(r"^\s*(?<!子)项目名称\s*[:：]?\s*(?:[0-9A-Za-z]{6,30}[-—])?(?P<name>\S.{3,60})$")
_TITLE = re.compile(
    r"^(?!\s*(?:第.{1,3}部分|附件|附表|[一二三四五六七八九十]+、|[（(]|\d\d?[.．、]))(?P<name>[^，。；：、]{4,60}?)"
    r"(?:项目)?(?:支出)?(?:绩效评价报告|绩效自评报告|绩效评价)(?:（[^）]{1,10}）)?$"
)
_EVALUATED = re.compile(
    r"对[“‘]?(?P<name>(?:19|20)\d\d年度?[^，。；：、“”对]{4,40}|(?<=[“‘])[^，。；：、“”对]{4,40})[”’]?(?:项目)?"
    r"(?:的?支出)?(?:开展|进行|实施)(?:了)?(?:重点|财政|部门|第三方|事后)*绩效(?:自?评价?)"
)
_ASIDE = re.compile(
    r"(?:19|20)\d\d(?:[-—至](?:19|20)?\d\d)?年?度?|[（(][^（()）]*[）)]|项目|支出|财政|重点|部门|专项|经费|资金|绩效评价|报告|[\s“”：:]"
)
_SHORTEST = 4
BODY = "正文"
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_LABEL = re.compile(
    r".{0,4}(?:单位|名称|部门|金额|预算|资金|内容|编码|代码|类型|类别|负责人|年度|得分|分值|等级|备注|目标|时间)(?:[（(].{1,6}[）)])?"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """The project's name as it stands somewhere: without what years and documents add, and where."""

    own: str
    written: str
    passage: Passage
    span: tuple[int, int]
    in_passing: bool = False


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each name of the project that is another one's."""
    names = [one for one in _names(case) if len(one.own) >= _SHORTEST]
    groups = _alike(names)
    if len(groups) < 2:
        return
    main = groups[0]
    usual = Counter(one.written for one in main).most_common(1)[0][0]
    year = _YEAR.search(usual)
    for group in groups[1:]:
        for one in group:
            own = _YEAR.search(one.written)
            unsure = len(groups) > 2 or (one.in_passing and year and own and year[0] != own[0])
            level = Level.HINT if unsure else None
            what = f"这里的项目是“{one.written}”，别处是“{usual}”，像是另一份报告留下的"
            yield fault(one.passage, *one.span, what, expected=usual, actual=one.written, level=level)


def _names(case: Case) -> Iterator[_Name]:
    for passage in case.passages:
        text = passage.typed
        for pattern in (_NAMED, _TITLE) if len(text) <= 100 else ():
            if match := pattern.match(text):
                yield _name(passage, match)
        for match in _EVALUATED.finditer(text):
            yield replace(_name(passage, match), in_passing=True)
    for table in case.report.tables:
        for row in table.rows:
            for label, cell in pairwise(row):
                if "".join(label.text.split()) != "项目名称" or _LABEL.fullmatch("".join(cell.text.split())):
                    continue
                if not cell.goes_on and len(cell.paragraphs) == 1:
                    passage = case.report.passage_of(cell.paragraphs[0])
                    if match := re.search(r"(?:[0-9A-Za-z]{6,30}[-—])?(?P<name>\S.{3,60})$", passage.typed):
                        yield _name(passage, match)


def _name(passage: Passage, match: re.Match[str]) -> _Name:
    return _Name(_ASIDE.sub("", match["name"]), match["name"].strip(), passage, match.span("name"))


def _alike(names: Sequence[_Name]) -> list[list[_Name]]:
    """The names by the project that they mean, the most named first."""
    groups: list[list[_Name]] = []
    for one in names:
        same = next((group for group in groups if any(_same(one.own, other.own) for other in group)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return sorted(groups, key=_times, reverse=True)


def _times(group: Sequence[_Name]) -> int:
    """How often a project is named; in headers and footers, which each section repeats, once."""
    inside = [one for one in group if one.passage.where.part in (None, BODY)]
    return len(inside) + len({one.written for one in group if one not in inside})


def _same(one: str, other: str) -> bool:
    """Whether one name is in the other, or most of their characters are the same."""
    shared = sum((Counter(one) & Counter(other)).values())
    return one in other or other in one or shared * 2 > max(len(one), len(other))
