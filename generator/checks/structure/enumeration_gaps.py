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

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from ...findings import Level
from ...passages import HOLE, typed
from .. import Case, Fault
from ..numerals import DIGITS
from . import Mark, marks, narratives

CODE = "P111"
LEVEL = Level.WARNING
NEVER_ALONE = ("一是", "其一")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each mark that does not come behind the one before it."""
    for path, text in narratives(case):
        paragraphs = [typed(one.title + one.text) for one in text]
        found = sorted(marks(paragraphs), key=lambda mark: mark.kind)
        for _, group in groupby(found, key=lambda mark: mark.kind):
            for mark, what in _breaks(list(group)):
                where = case.source.line_of(path, text.paragraphs[mark.paragraph])
                quoted = paragraphs[mark.paragraph][mark.start :][:24].replace(HOLE, "{{…}}")
                yield Fault(path, what, quoted=quoted, mend="改正编号，或补上漏写的一条", where=where)


def _breaks(run: Sequence[Mark]) -> Iterator[tuple[Mark, str]]:
    before: Mark | None = None
    for mark, after in zip_longest(run, run[1:]):
        number = before.number if before else 0
        if mark.number == 1:
            if mark.kind in NEVER_ALONE and (after is None or after.number == 1):
                yield mark, f"列举只有“{mark.word}”，没有“{_word(mark, 2)}”"
        elif mark.number == number:
            yield mark, f"列举里“{mark.word}”写了两遍"
        elif mark.number != number + 1:
            behind = f"前面是“{before.word}”，" if before else ""
            yield mark, f"列举到“{mark.word}”，{behind}缺少“{_word(mark, number + 1)}”"
        before = mark


def _word(mark: Mark, number: int) -> str:
    """The mark of that number, of the same kind."""
    if mark.kind == "①":
        return chr(ord("①") + number - 1)
    if mark.kind in ("（1）", "1."):
        return mark.word.replace(str(mark.number), str(number))
    written = DIGITS[number - 1] if number <= len(DIGITS) else str(number)
    return mark.word.replace(DIGITS[mark.number - 1], written, 1)
