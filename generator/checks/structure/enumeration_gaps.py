"""列举断号：“一是”“二是”“三是”、①②③、（一）（二）这样的列举，中间不缺号、不重号，也不只有第一个。

看打在文字里的标志；由程序编号的列表不会断。只引用一个①（如“要点①占40%”）不算列举。

正例：依次列举，后面重新从一开始。

    正文:
      实施内容: 一是新建服务站；二是培训人员。
      过程情况: |
        一是制度健全；二是手续完备；三是资料齐全。
        另外，一是定期检查；二是及时整改。

反例：缺“二是”；“二是”写了两遍；只有“一是”。

    正文:
      实施内容: 一是新建服务站；三是培训人员。   # !P111 三是 二是
      过程情况: 一是制度健全；二是手续完备；二是资料齐全。   # !P111 二是 两遍
      产出情况: 一是服务站常年开放，服务内容稳定。   # !P111 只有 一是
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...enumerations import breaks, marks
from ...findings import Level
from ...passages import HOLE, typed
from .. import Case, Fault
from . import narratives

CODE = "P111"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each mark that does not come behind the one before it."""
    for path, text in narratives(case):
        paragraphs = [typed(one.title + one.text) for one in text]
        found = sorted(marks(paragraphs), key=lambda mark: mark.kind)
        for _, group in groupby(found, key=lambda mark: mark.kind):
            for mark, what in breaks(list(group)):
                where = case.source.line_of(path, text.paragraphs[mark.paragraph])
                quoted = paragraphs[mark.paragraph][mark.start :][:24].replace(HOLE, "{{…}}")
                yield Fault(path, what, quoted=quoted, mend="改正编号，或补上漏写的一条", where=where)
