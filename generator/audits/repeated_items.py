"""重复的列举：用顿号列出的几项里，同一项列了两次。

看三项以上、每项两个字以上的列举；项里有数的不看。

正例：

    走访了甲社区、乙社区、丙社区。

反例：

    走访了东风社区、城南社区、新华社区、城南社区四个社区。   # !A172 城南社区
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Level
from ..wording import HAN, fault
from . import Case, Fault

CODE = "A172"
LEVEL = Level.WARNING

_LIST = re.compile(rf"[{HAN}A-Za-z“”《》（）]{{2,30}}(?:、[{HAN}A-Za-z“”《》（）]{{2,30}}){{2,40}}")

_BEHIND = re.compile("(?:等|共?[一二三四五六七八九十两]+[个家项]).*")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each item of a list that stands in it twice; the last may have more words behind it."""
    for passage in case.passages:
        for match in _LIST.finditer(passage.typed) if passage.typed.count("、") > 1 else ():
            items, at = match[0].split("、"), match.start()
            items[-1] = _BEHIND.sub("", items[-1])
            for number, item in enumerate(items):
                if item in items[1:number]:
                    what = f"“{item}”在同一个列举里出现了两次"
                    yield fault(passage, at, at + len(item), what, actual=item)
                at += len(item) + 1
