"""列举断号：“一是”“二是”“三是”、“其一”“其二”、①②③这样的列举，中间不缺号、不重号，也不只有第一个。

和核查 P111 是同一段程序；标题和段落的编号另有 A140。

正例：

    一是制度健全；二是手续完备；三是资料齐全。
    另外，一是定期检查；二是及时整改。

反例：

    一是新建服务站；三是培训人员。   # !A168 二是
    一是制度健全；二是手续完备；二是资料齐全。   # !A168 两遍
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..enumerations import breaks, marks
from ..findings import Level
from ..wording import fault
from . import Case, Fault
from .texts import runs

CODE = "A168"
LEVEL = Level.WARNING
_KINDS = ("一是", "其一", "①")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each mark that does not come behind the one before it."""
    for run in runs(case.report):
        found = sorted(marks([passage.typed for passage in run]), key=lambda mark: mark.kind)
        for kind, group in groupby(found, key=lambda mark: mark.kind):
            for mark, what in breaks(list(group)) if kind in _KINDS else ():
                yield fault(run[mark.paragraph], mark.start, mark.start + len(mark.word), what)
