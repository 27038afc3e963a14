"""单位重复：数后面的单位只写一次，程序印出的金额、比率自己带着单位。

“{{ 资金.预算 }}”印成“660,000.00元”，后面不再写“元”；“{{ 资金.到位率 }}”自己带百分号。
份数、个数、年度只印数字，后面的“份”“个”“年”要写。

正例：金额和比率后面不写单位，份数后面写。

    资金: {预算: 660000, 到位: 175312.57}
    问卷: {发放: 40}
    正文:
      项目概况: 预算{{ 资金.预算 }}，到位率{{ 资金.到位率 }}，发放问卷{{ 问卷.发放 }}份。

反例：会印成“660,000.00元元”和“26.56%%”。

    资金: {预算: 660000, 到位: 175312.57}
    正文:
      项目概况: 项目预算{{ 资金.预算 }}元。   # !X116 资金.预算
      实施内容: 到位率{{ 资金.到位率 }}%。   # !X116 %
      评价目的: 预算66万元元，到位率26.56%%，全部到位。   # !X116 万元元 %%
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import Passage
from ...values import Money, Rate
from ...wording import fault, texts
from .. import Case, Fault

CODE = "X116"
LEVEL = Level.WARNING

_TYPED = re.compile(r"[\d十百千万亿]元元|[\d万亿](?:万万元|亿亿元|个个|份份|次次|分分(?!钟))|万元万元|%%|％％|%％|％%")
_PRINTED = re.compile(r"\{\{\s*([^{}|]{1,200}?)\s*(?:\|\s*(元|万元|百分比)\b[^{}]{0,20})?\}\}\s?(万元|亿元|元|%|％)")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text in which a unit stands twice, as typed or as it will print."""
    for passage in texts(case):
        spots = [match[0] for match in _TYPED.finditer(passage.typed)]
        if spots:
            at = passage.typed.find(spots[0])
            what = f"“{'”“'.join(spots)}”的单位重复了"
            yield fault(passage, at, at + len(spots[0]), what, mend="只留一个单位")
        for match in _PRINTED.finditer(passage.words):
            if match[2] or isinstance(case.figure(match[1]), Money if match[3].endswith("元") else Rate):
                yield _printed(passage, match)


def _printed(passage: Passage, match: re.Match[str]) -> Fault:
    what = f"{match[1]}印出时自己带着单位，后面又写了“{match[3]}”"
    quoted = match[0]
    return Fault(passage.path, what, quoted=quoted, mend=f"删去后面的“{match[3]}”", where=passage.where)
