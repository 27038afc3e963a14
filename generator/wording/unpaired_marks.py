"""引号和括号：引号、括号成对，方向正确，不用英文的直引号，括号不一半全角一半半角。

一段之内核查；“1）”“①）”这样的编号，写有 {% if %} 的段落，不核查。

正例：引号里再用单引号，编号只有右括号。

    正文:
      项目概况: 评选出“‘金乡邻’志愿服务队”（含社区）。
      实施内容: 1）征集需求；2）拟定项目。

反例：少了一半，方向反了，用了直引号，括号不配对。

    正文:
      项目概况: 开展“邻里守望活动。   # !X108 后面没有 右引号
      实施内容: 开展”邻里守望”活动。   # !X108 方向 右引号
      评价目的: 开展"邻里守望"活动。   # !X108 直引号
      评价范围: 全部社区(含筹建的）。   # !X108 半角
      评价对象: 全部社区）的项目。   # !X108 前面没有 左括号
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..faults import Fault
from ..findings import Level
from ..passages import Passage
from . import HAN, Texts, fault, texts

CODE = "X108"
LEVEL = Level.WARNING

CLOSING = {"“": "”", "‘": "’", "（": "）", "(": ")", "【": "】", "〔": "〕", "〈": "〉", "「": "」", "『": "』"}
OPENING = {closing: opening for opening, closing in CLOSING.items()}
ROUND = {"（": ")", "(": "）"}
_MARK = re.compile("[" + re.escape("".join((*CLOSING, *OPENING))) + "]")
_ENUMERATOR = re.compile(r"(?:^|[。；，：、\s])[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,3}$")
_STRAIGHT = re.compile(rf'"[^"\n]{{0,60}}[{HAN}][^"\n]{{0,60}}"|(?<=[{HAN}])"|"(?=[{HAN}])')


def check(said: Texts) -> Iterator[Fault]:
    """One fault for the first mark of a passage that has no other half, and one for straight quotation marks."""
    for passage in texts(said):
        if "{%" not in passage.words:
            yield from islice(_unpaired(passage), 1)
        straight = _STRAIGHT.search(passage.typed)
        if straight:
            what = f"中文里用了直引号“{straight[0][:20]}”，应为“”和‘’"
            yield fault(passage, *straight.span(), what, mend="改为中文引号", level=Level.HINT)


def _unpaired(passage: Passage) -> Iterator[Fault]:
    opened: list[re.Match[str]] = []
    for match in _MARK.finditer(passage.typed):
        mark, before = match[0], passage.typed[max(0, match.start() - 4) : match.start()]
        if mark == "’" and re.search(r"[A-Za-z]$", before[-1:]) and not (opened and opened[-1][0] == "‘"):
            continue  # an apostrophe
        if mark in CLOSING:
            if mark in "“‘" and opened and opened[-1][0] == mark:
                yield fault(
                    passage,
                    *match.span(),
                    f"{_called(mark)}连着出现两个，中间没有{_called(CLOSING[mark])}：前一个没有结束，或后一个的方向打反了",
                )
            opened.append(match)
        elif opened and CLOSING[opened[-1][0]] == mark:
            opened.pop()
        elif opened and ROUND.get(opened[-1][0]) == mark:
            start = opened.pop().start()
            what = "一对括号一半是全角、一半是半角"
            yield fault(passage, start, match.end(), what, mend="都改为全角的“（）”", level=Level.HINT)
        elif mark in ")）" and _ENUMERATOR.search(before):
            continue
        else:
            wrong = "，或者是方向打反了" if mark in "”’" else ""
            what = f"有{_called(mark)}，前面没有与它成对的{_called(OPENING[mark])}{wrong}"
            yield fault(
                passage, *match.span(), what, mend=f"在前面补上{_called(OPENING[mark])}，或删去多出的{_called(mark)}"
            )
    for match in opened:
        what = f"有{_called(match[0])}，后面没有与它成对的{_called(CLOSING[match[0]])}"
        yield fault(
            passage, *match.span(), what, mend=f"在后面补上{_called(CLOSING[match[0]])}，或删去这个{_called(match[0])}"
        )


def _called(mark: str) -> str:
    """What a mark is called, with the mark: 左引号（“）."""
    side = "左" if mark in CLOSING else "右"
    kind = "单引号" if mark in "‘’" else "引号" if mark in "“”「」『』" else "括号"
    shown = f"“{mark}”" if kind == "括号" else f"（{mark}）"
    return f"{side}{kind}{shown}"
