"""书名号：书名号成对，里面再有书名号用“〈〉”，带文号的通知要加书名号。

文件、合同的名称不写外层书名号，里面的书名号照写，由程序换成“〈〉”。“{{ 文件.简称 }}”印出时自己带书名号，
外面不再加。一对书名号跨了几段的、没有写文号的“关于……的通知”不核查。

正例：里层用“〈〉”；引用文件的名称不另加书名号。

    文件:
      通知: {名称: 关于印发《经费管理办法》的通知, 文号: 某组发〔2015〕10号}
    正文:
      项目概况: 依据{{ 文件.通知 }}和《关于印发〈实施细则〉的通知》执行。

反例：书名号里又有书名号，书名号不成对，程序印出的书名号外又加了一层。

    文件:
      通知:
        名称: 《经费管理办法》   # !X107 外层
    正文:
      项目概况: 依据《关于印发《实施细则》的通知》执行。   # !X107 〈〉
      实施内容: 依据《经费管理办法执行。   # !X107 不成对
      评价目的: 依据《{{ 文件.通知 }}》评价。   # !X107 文件.通知
      评价范围: 依据财政局关于加强资金管理的通知（某财发〔2020〕3号）确定。   # !X107 关于加强资金管理的通知
      评价对象: 依据《关于印发<实施细则>的通知》确定。   # !X107 <实施细则>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..passages import Passage
from . import HAN, Texts, fault, texts

CODE = "X107"
LEVEL = Level.WARNING

_MARK = re.compile("[《》]")
_ANGLE = re.compile(rf"<(?=[^<>]{{0,40}}[{HAN}])[^<>\n]{{2,60}}>")
_CITED = re.compile(r"《\s*\{\{\s*(文件\.[^{}.|]{1,60}(?:\.书名)?)\s*\}\}")
_NOTICE = re.compile(
    rf"关于[^《》〈〉，。；：“”（）\n]{{2,60}}?的(?:通知|意见|批复|决定|办法|函|方案|通告|报告)"
    rf"(?=[（(]?[{HAN}]{{1,10}}[〔\[【]\d{{4}})"
)


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each wrong or missing title mark."""
    for passage in texts(said):
        named = passage.path[-1] == "名称" and ("文件" in passage.path or "合同" in passage.path)
        if named and re.fullmatch("《[^《》]*》", passage.typed):
            what = "名称外层的书名号由程序加上，这里写了会印成两层"
            yield fault(passage, 0, len(passage.typed), what, mend="删去外层的书名号")
            continue
        yield from _pairs(passage)
        if not named:
            yield from _signs(passage)
            yield from _notices(passage)
        for match in _CITED.finditer(passage.words):
            what = f"{match[1]}印出时自己带书名号，外面又加了一层"
            mend = f"删去外面的书名号，或写 {match[1].removesuffix('.书名')}.名称"
            yield Fault(passage.path, what, quoted=f"{match[0]}》", mend=mend, where=passage.where)


def _pairs(passage: Passage) -> Iterator[Fault]:
    opened: list[int] = []
    nested = False
    for match in _MARK.finditer(passage.typed):
        if match[0] == "《":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if opened and not nested:
                nested = True
                inner = passage.typed[start : match.end()]
                right = f"〈{inner[1:-1]}〉"
                what = f"书名号里的“{inner}”应当用单书名号“〈〉”"
                yield fault(passage, start, match.end(), what, expected=right, actual=inner, mend=f"改为“{right}”")
        else:
            yield fault(passage, *match.span(), "书名号不成对：有“》”没有“《”", mend="补上“《”，或删去“》”")
    if opened and not nested:
        yield fault(passage, opened[0], opened[0] + 1, "书名号不成对：有“《”没有“》”", mend="补上“》”，或删去“《”")


def _signs(passage: Passage) -> Iterator[Fault]:
    for match in _ANGLE.finditer(passage.typed):
        right = f"〈{match[0][1:-1]}〉"
        what = f"“{match[0]}”用了小于号、大于号，单书名号是“〈〉”"
        yield fault(passage, *match.span(), what, expected=right, actual=match[0], mend=f"改为“{right}”")


def _notices(passage: Passage) -> Iterator[Fault]:
    for match in _NOTICE.finditer(passage.typed):
        if passage.typed.count("《", 0, match.start()) == passage.typed.count("》", 0, match.start()):
            what = f"“{match[0]}”后面有文号，标题没有加书名号"
            yield fault(passage, *match.span(), what, expected=f"《{match[0]}》", mend="加上书名号", level=Level.HINT)
