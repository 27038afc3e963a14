"""What a heading promises (原因, 建议, 占比) and the text below it must tell."""

from __future__ import annotations

import re

from .passages import HOLE

# What a title promises, and what a text that keeps it has.
_WORDS = ("原因", "成因", "建议", "对策", "比例", "占比", "比重")
_PROMISES = {
    re.compile(r"及其?(?:主要)?原因|原因分析|成因"): re.compile(r"因|由于|造成|导致|所致|缘于|源于|在于|影响"),
    re.compile(r"[及和与]其?(?:改进|整改|有关|相关|工作)?(?:建议|对策)$"): re.compile(
        r"建议|对策|应|要|须|需|宜|可以|加强|加快|完善|健全|规范|强化|提高|优化|改进|建立|推进"
    ),
    re.compile(r"[及和与]其?(?:所占)?(?:比例|占比|比重)$"): re.compile(rf"[%％占{HOLE}]|[成倍]|分之|比[例重]"),
}


def broken(title: str, below: str) -> str | None:
    """The word for what a title promises and the text below does not tell; None where it keeps its word.

    >>> broken("支出进度及原因", "支出率为40%，低于预期。"), broken("支出进度及原因", "由于资金下达晚，支出率为40%。")
    ('原因', None)
    """
    for promise, kept in _PROMISES.items():
        if (promised := promise.search(title)) and below.strip() and not kept.search(below):
            return next(word for word in _WORDS if word in promised[0])
    return None
