"""说几个列几个：文字里说“三个方面”“四个不放松”“以下5点”，后面列举的条数要相符。

列举是紧跟其后的“一是、二是”“①②”“（一）（二）”“1.2.”，写在同一段、后面的段落或下一层的列表里；
没有这些标志、以冒号引出、用分号隔开的，数分号隔开的各句。后面没有紧跟列举的不核查（那多半只是一个数目）。
照录别人的文字、本来就少的，在“已核实”里写明。

正例：说三个，列三个；分号隔开的也是三个。

    正文:
      实施内容: |
        经费投向有三个方面：一是设施改造；二是文化活动；三是关爱帮扶。
        影响得分的主要是三个方面：资金使用率低；没有管理办法；四个社区没有开展活动。

反例：“四个不放松”只列出三个。

    正文:
      过程情况: 做到“四个不放松”。一是把关不放松。二是制度不放松。三是培训不放松。   # !P110 四个不放松 4 3
      效益情况: 主要有以下2点：①设施得到改善；②邻里更加和睦；③居民更加满意。   # !P110 以下2点 3
"""

from __future__ import annotations

from collections.abc import Iterator

from ...enumerations import announced, listed, marks
from ...findings import Level
from ...passages import HOLE, typed
from .. import Case, Fault
from . import narratives

CODE = "P110"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each announced count that what follows at once does not have."""
    for path, text in narratives(case):
        paragraphs = [typed(one.title + one.text) for one in text]
        levels = [(one.level, bool(one.number)) for one in text]
        found = marks(paragraphs)
        for one in announced(paragraphs):
            count = listed(one, paragraphs, found, levels)
            if count is None or count == one.count:
                continue
            where = case.source.line_of(path, text.paragraphs[one.paragraph])
            what = f"“{one.words}”说的是{one.count}个，后面列出的是{count}个"
            quoted = paragraphs[one.paragraph][max(0, one.start - 12) : one.end + 12].replace(HOLE, "{{…}}")
            mend = "改正个数，或补上漏写的；照录的在“已核实”里写明"
            yield Fault(path, what, str(one.count), str(count), quoted, mend, where=where)
