"""整段重复：同一段文字（20个字以上）写在两处，多半是复制后没有改，或同一件事写了两遍。

比较正文、绩效目标、主要经验、问题里的整段文字；指标的说明和评分标准常常相同，不比较。

正例：短的可以相同。

    正文:
      评价对象: 补助资金。
      评价范围: 补助资金。

反例：同一段写进了两节。

    正文:
      项目概况: 社区养老服务站常年开放，为老年人提供助餐和日间照料。
      实施内容: 社区养老服务站常年开放，为老年人提供助餐和日间照料。   # !P114 正文.项目概况
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...names import dotted
from ...passages import Passage
from .. import Case, Fault
from . import shortened

CODE = "P114"
LEVEL = Level.WARNING
SECTIONS = ("正文", "绩效目标", "主要经验", "问题")
SHORTEST = 20

_HAN = re.compile("[\u4e00-\u9fff]")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each paragraph that was there before, at its second place."""
    seen: dict[str, Passage] = {}
    for passage in case.passages:
        words = passage.words.strip()
        if not passage.prose or passage.path[0] not in SECTIONS or len(_HAN.findall(passage.typed)) < SHORTEST:
            continue
        first = seen.setdefault(words, passage)
        if first is not passage:
            line = f"（第{first.where.line}行）" if first.where.line else ""
            what = f"这一段和 {dotted(case.data, first.path)}{line}的一段完全相同"
            quoted = shortened(passage.typed)
            yield Fault(passage.path, what, quoted=quoted, mend="删去一处，或改写", where=passage.where)
