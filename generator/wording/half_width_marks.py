"""半角标点：中文里的逗号、句号、冒号、分号、括号、问号、叹号应为全角。

只看紧接在汉字后面的标点，和里面或前面有汉字的括号；数字里的小数点和千分位、时间、网址、文号里的不核查。

正例：数字、时间和英文里的半角符号。

    正文:
      项目概况: 服务站9:30开放，预算175,312.57元，采用MySQL(8.0)数据库，评价得分率97.5%。

反例：汉字之间的半角逗号和括号，各记一条。

    正文:
      项目概况: 资金全部到位,没有结余。   # !X109 半角 ，
      实施内容: 管理办法(试行)已经印发。   # !X109 （
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..passages import HOLE
from . import HAN, Texts, fault, texts

CODE = "X109"
LEVEL = Level.HINT

FULL = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！"}
_BEFORE = f"[{HAN}{HOLE}”’》〉）]"
_MARK = re.compile(rf"(?<={_BEFORE})[,;?!]|(?<={_BEFORE}):(?!//)|(?<=[{HAN}”》）])\.(?![\w.])")
_PAIR = re.compile(r"\(([^()\n]{1,60})\)")
_HAN = re.compile(f"[{HAN}]")


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each half-width mark beside a Chinese character, and for each pair of half-width brackets."""
    for passage in texts(said):
        for match in _MARK.finditer(passage.typed):
            full = FULL[match[0]]
            what = f"中文里用了半角的“{match[0]}”，应为全角的“{full}”"
            yield fault(passage, *match.span(), what, expected=full, actual=match[0], mend=f"改为“{full}”")
        for match in _PAIR.finditer(passage.typed):
            before = passage.typed[max(0, match.start() - 1) : match.start()]
            if _HAN.search(before + match[1]) and not re.fullmatch(r"(?:19|20)\d\d", match[1]):
                what = f"中文里用了半角括号“{match[0]}”，应为全角的“（）”"
                yield fault(passage, *match.span(), what, expected=f"（{match[1]}）", actual=match[0], mend="改为全角")
