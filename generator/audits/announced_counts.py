"""说几个列几个：文字里说“三个方面”“四个不放松”“以下5点”，后面列举的条数要相符。

列举是紧跟其后的“一是、二是”“①②”“（一）（二）”“1.2.”，写在同一段或后面的段落里；没有这些标志、以冒号引出、用分号隔开的，数分号隔开的
各句。后面没有紧跟列举的不看。个数写在名称旁边的也看：“甲、乙、丙四个方面”“6家社区，即甲、乙、丙、丁、戊”。
和核查 P110、P112 是同一段程序。

正例：

    经费投向有三个方面：一是设施改造；二是文化活动；三是关爱帮扶。
    主要问题有以下2点：
    1.执行率低。
    2.台账不全。
    从投入、过程、产出和效益四个方面进行评价。

反例：

    做到“四个不放松”。一是把关不放松。二是制度不放松。三是培训不放松。   # !A163 后面列出的是3个
    主要有以下2点：①设施得到改善；②邻里更加和睦；③居民更加满意。   # !A163 后面列出的是3个
    过程情况包括业务管理、财务管理3个方面。   # !A163 是2个
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..enumerations import announced, listed, marks
from ..findings import Level
from ..listed_names import miscounts
from ..passages import Passage
from ..wording import fault
from . import Case, Fault
from .texts import runs

CODE = "A163"
LEVEL = Level.WARNING


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each announced count that what follows at once does not have."""
    found = [one for run in runs(case.report) for one in _of(run)]
    yield from found
    told = {(one.path, one.quoted) for one in found}
    for passage in case.passages:
        for one in miscounts(passage.typed) if passage.prose else ():
            what = f"“{one.words}”与列出的不符：“{one.names}”是{one.listed}个"
            wrong = fault(passage, one.start, one.end, what, expected=one.listed, actual=str(one.count))
            if (wrong.path, wrong.quoted) not in told:
                yield wrong


def _of(run: Sequence[Passage]) -> Iterator[Fault]:
    paragraphs = [passage.typed for passage in run]
    found = marks(paragraphs)
    for one in announced(paragraphs):
        count = listed(one, paragraphs, found)
        if count is not None and count != one.count:
            what = f"“{one.words}”说的是{one.count}个，后面列出的是{count}个"
            yield fault(run[one.paragraph], one.start, one.end, what, expected=str(one.count), actual=str(count))
