"""段落末尾：一段话不以逗号、顿号结束；里面有整句的，末尾也有句号。

段里没有句号的可能是短语（如支出重点、评价范围），末尾有没有句号都可以，不核查；标题不核查。

正例：短语没有句号，整句有句号，引出下文的以冒号结束。

    正文:
      支出重点: 助餐服务、日间照料
      项目概况: 项目已经完成。完成情况如下：

反例：以逗号结束，或最后一句没有句号。

    正文:
      项目概况: 项目已经完成，   # !X112 ，
      实施内容: 各服务站常年开放。服务内容稳定   # !X112 句号
"""

from __future__ import annotations

from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..passages import HOLE
from . import Texts, fault, sentences_of

CODE = "X112"
LEVEL = Level.HINT

_CLOSED = "。！？：；…”’）》】.!?:;)" + HOLE


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each paragraph that breaks off."""
    for passage in sentences_of(said):
        text = passage.typed.rstrip()
        if not passage.prose or not text or len(text) <= len(passage.title):
            continue
        if text[-1] in "，、,":
            what = f"一段话以“{text[-1]}”结束，没有写完，或标点不对"
            yield fault(passage, len(text) - 1, len(text), what, mend="写完这句话，或改为句号")
        elif "。" in text[len(passage.title) :] and text[-1] not in _CLOSED:
            yield fault(passage, len(text) - 1, len(text), "一段话的最后一句没有句号", mend="在末尾加上句号")
