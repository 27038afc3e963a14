"""写错的名称：单位、文件、指标的名称，和报告里别处写的只差一个字。

名称取自表格（单位、区域、指标的一栏）、书名号，和标题里、顿号隔开的单位名称，在报告里印了两次以上的；差一个字、漏一个字、多写一个字、两个字颠倒了的会说。差在数字、年份、
方位、“的”“和”一类字的，不说。和核查 X123 是同一段程序。

正例：

    东风里社区进度较快，柳塘社区较慢；东风里社区居民满意。
    | 单位 | 支出 |
    | 某市东山区东风里社区居民委员会 | 10 |
    | 某市东山区柳塘社区居民委员会 | 20 |

反例：

    1.某市东山区永顺里社区居民委员会
    签订了永顺社区平台维护合同，社区提供场地。   # !A162 永顺里社区
    涉及某市东山区永顺里社区居民委员会、某市东山区金坤社区居民委员会。

反例：

    资金用于某市东山区盛高大城社区居民委员会和别的单位。
    盛高大成社区进度较快。   # !A162 盛高大城社区
    服务对像满意度达到95%，服务对象满意度指标得10分。   # !A162 服务对象满意度
    资金使用合规性得5分；服务对象满意度、资金使用合理性未达到预期。   # !A162 资金使用合规性
    | 单位 | 支出 |
    | 某市东山区盛高大城社区居民委员会 | 10 |
    | 指标 | 分值 | 得分 |
    | 服务对象满意度 | 10 | 10 |
    | 资金使用合规性 | 5 | 5 |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set

from ..findings import Level
from ..near_names import LONGEST, PLAIN, SHORTEST, forms, near
from ..wording import HAN, fault
from . import Case, Fault
from .indicator_tables import indicators
from .near_figures import is_slip
from .numbers_of_tables import Grid

CODE = "A162"
LEVEL = Level.WARNING

_NAME = re.compile(rf"[{HAN}A-Za-z（）()·]{{{SHORTEST},{LONGEST}}}")
_UNIT = re.compile(r"(?:社区|委员会|居委会|村委会|办事处|街道|公司|事务所|中心|学校|小学|中学|幼儿园|医院)$")
_BETWEEN = re.compile(r"[、，。；：:“”\s]|^\d{1,2}[.．、]")
_PROPER = re.compile(
    rf"^(?!.{{0,{LONGEST}}}[的了各等在对未已]).{{0,{LONGEST}}}(?:(?:市|县|镇|乡|街道|(?<!社|小|片|园|辖|地)区).{{2}}|(?:公司|事务所)$)"
)
_QUOTED = re.compile(rf"《([{HAN}（）()]{{8,{LONGEST}}})》")
_AREA = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[、和与及]))([{HAN}]{{2}}(?<![社小园辖片城地校景库牧郊新])[区县])(?![域划位间分别级内外])"
)
_OFTEN = 2
_VERY_OFTEN = 5
_MOST = 1000


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each name that is one character away from one that the report has elsewhere."""
    proper, plain = _names(case)
    if not proper and not plain:
        return
    known = "\n".join(proper | plain)
    prose = [passage for passage in case.passages if passage.prose]
    labels = [passage for passage in case.passages if not passage.prose]
    found = near(prose, case.passages, proper, plain, known, apart=True)
    for passage, slip in (*found, *near(labels, case.passages, set(), plain, known, apart=True)):
        written = passage.typed[slip.start : slip.end]
        what = f"“{written}”和别处的“{slip.name}”只差一个字"
        yield fault(passage, slip.start, slip.end, what, expected=slip.name, actual=written, mend="核对，改成一样的")
    yield from _areas(case)


def _areas(case: Case) -> Iterator[Fault]:
    """A fault for each area that stands once, one character away from one that stands very often."""
    everything = "\n".join(passage.typed for passage in case.passages)
    counted = {name: everything.count(name) for name in {match[1] for match in _AREA.finditer(everything)}}
    usual = sorted(name for name, count in counted.items() if count >= _VERY_OFTEN)
    for passage in case.passages:
        for match in _AREA.finditer(passage.typed):
            if counted[match[1]] > 1:
                continue
            other = next((name for name in usual if name[-1] == match[1][-1] and is_slip(name, match[1])), None)
            if other:
                what = f"“{match[1]}”和别处的“{other}”只差一个字"
                yield fault(passage, *match.span(1), what, expected=other, actual=match[1], mend="核对，改成一样的")


def _names(case: Case) -> tuple[set[str], set[str]]:
    """The proper names of the tables and titles in text that stand there more than once, and those of indicators."""
    units: set[str] = set()
    plain: set[str] = set()
    for table in case.report.tables:
        grid = Grid(table)
        points = any(re.search("分值|得分|权重", head) for head in grid.heads.values())
        for row in table.rows:
            for cell in row:
                words = re.sub(r"[（(]\d[\d.]*分[）)]$", "", "".join(cell.text.split()))
                if cell.goes_on or not _NAME.fullmatch(words):
                    continue
                if _UNIT.search(words):
                    units.add(words)
                elif points and len(words) >= PLAIN:
                    plain.add(words)
    listed = {name for table in indicators(case.report) for name in table.names}
    plain |= {name for name in listed if len(name) >= PLAIN and _NAME.fullmatch(name)}
    apart = {one for passage in case.passages for one in _BETWEEN.split(passage.typed)}
    units |= {one for one in apart if _NAME.fullmatch(one) and _UNIT.search(one) and _PROPER.search(one)}
    everything = "\n".join(passage.typed for passage in case.passages)
    proper = {form for name in _often(units, everything) for form in forms(name)}
    titles = Counter(match[1] for match in _QUOTED.finditer(everything))
    proper |= {title for title, count in titles.items() if count >= _OFTEN}
    return proper, _often(plain, everything) - proper


def _often(names: Set[str], everything: str) -> set[str]:
    """The names that stand in the report more than once; none of a list that is longer than any report's."""
    return {name for name in names if everything.count(name) >= _OFTEN} if len(names) <= _MOST else set()
