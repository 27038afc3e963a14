"""重复的句子：同一句话（15个字以上）在两处出现，多半是复制后没有改。

比较各段文字里的整句，标记不计字数；指标的说明、评分标准和计分参数里的句子往往相同，不比较。

正例：短句可以相同，评分标准可以相同。

    正文:
      项目概况: 项目已经完成。
      实施内容: 项目已经完成。

反例：同一句话在两节里各写了一遍。

    正文:
      项目概况: 社区养老服务站常年开放，为老年人提供助餐和日间照料。
      实施内容: 社区养老服务站常年开放，为老年人提供助餐和日间照料。   # !X118 第2行
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import HOLE, Passage
from ...wording import HAN, fault, sentences_of
from .. import Case, Fault

CODE = "X118"
LEVEL = Level.HINT
SHORTEST = 15

_SENTENCE = re.compile(r"[^。！？\n]+")
_HAN = re.compile(f"[{HAN}]")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each long sentence that was there before, at its second place."""
    seen: dict[str, tuple[Passage, int]] = {}
    for passage in sentences_of(case):
        if "参数" in passage.path:
            continue
        for match in _SENTENCE.finditer(passage.typed):
            sentence = match[0].strip()
            if len(_HAN.findall(sentence.replace(HOLE, ""))) < SHORTEST:
                continue
            first, start = seen.setdefault(sentence, (passage, match.start()))
            if first is not passage or start != match.start():
                where = f"第{first.where.line}行" if first.where.line else "前面"
                what = f"这句话在{where}已经写过一遍"
                yield fault(passage, *match.span(), what, mend="两处写的是不是一件事；重复的请删去一处")
