"""报告标题与项目名称：报告的标题里有项目的名称。

去掉年度、“项目”“绩效评价”这些字和括号里的话，标题含有名称，或名称含有标题。不是的提示：可能是换了项目忘了改标题。
简称与全称不同、有意另起标题的，用“已核实”注明。

正例：标题是年度加项目名称。

    报告: {样式: national, 标题: 2024年背街小巷路灯改造项目}
    项目: {名称: 背街小巷路灯改造项目}

反例：标题是另一个区的项目。

    报告: {样式: national, 标题: 南城区社会组织培育项目}   # !X124 南城区社会组织培育 北城区社会组织培育
    项目: {名称: 北城区社会组织培育项目}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "X124"
LEVEL = Level.HINT

_ASIDE = re.compile(
    r"(?:19|20)\d\d(?:[-—至](?:19|20)?\d\d)?年度?|[（(][^（()）]*[）)]|项目|支出|财政|重点|绩效评价|报告|\s"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault where the report's title does not name the project."""
    title, name = case.data.report.title, case.data.project.name if case.data.project else None
    if not title or not name:
        return
    ours, theirs = _ASIDE.sub("", title), _ASIDE.sub("", name)
    if ours and theirs and ours not in theirs and theirs not in ours:
        what = f"报告标题里是“{ours}”，项目名称是“{theirs}”，两者不同"
        yield Fault(("报告", "标题"), what, expected=name, actual=title, mend="核对标题；有意不同的，用“已核实”注明")
