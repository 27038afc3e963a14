"""文号写法：发文字号的年份用六角括号“〔〕”，序号不编虚位、不加“第”、带“号”，如“财预〔2020〕10号”。

文件的文号、报告编号和各处文字都核查。公告、令的“2019年第39号”是另一种编号，不核查；圆括号里的年份
后面没有“号”的，看不出是文号，文字里不核查。

正例：六角括号，序号没有虚位；公告另有编号。

    文件:
      部颁办法: {名称: 项目支出绩效评价管理办法, 文号: 财预〔2020〕10号}
      公告: {名称: 关于深化增值税改革有关政策的公告, 文号: 财政部公告2019年第39号}
    正文:
      项目概况: 规划（2020）中有3个项目。

反例：方括号、圆括号，“第”和虚位，缺“号”。

    文件:
      部颁办法:
        名称: 项目支出绩效评价管理办法
        文号: 财预[2020]10号   # !X106 〔2020〕
      省级办法:
        名称: 资金管理办法
        文号: 某财发〔2020〕第010号   # !X106 〔2020〕10号
    正文:
      项目概况: 依据财政部的通知（财预（2020）10号）实施。   # !X106 六角括号
      实施内容: 按照某财发〔2021〕5执行。   # !X106 缺“号”
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..passages import Passage
from . import HAN, Texts, fault, texts

CODE = "X106"
LEVEL = Level.WARNING

_NUMBER = re.compile(
    rf"([{HAN}]{{1,12}})\s?([\[［(（【〔﹝<〈])\s?((?:19|20)\d\d)(年?)\s?([\]］)）】〕﹞>〉])\s?(第?)(\d{{1,5}})(\s?号?)"
)
_YEAR = re.compile(r"[\[［(（【〔﹝<〈]\s?(?:19|20)\d\d")
_YEAR_ONLY = re.compile(rf"[{HAN}]{{2,12}}((?:19|20)\d\d)年?第?(\d{{1,5}})号")
_ROUND = "()（）"


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each number of a document that is not written as 国家标准 GB/T 9704 has it."""
    for passage in texts(said):
        own = passage.path[-1] in ("文号", "报告编号")
        for match in _NUMBER.finditer(passage.typed) if _YEAR.search(passage.typed) else ():
            yield from _spot(passage, match, own)
        bare = own and _YEAR_ONLY.fullmatch(passage.typed)
        if bare and not re.search("公告|令", passage.typed):
            what = f"文号“{passage.typed}”没有用六角括号括起年份"
            yield fault(passage, *bare.span(), what, expected=f"〔{bare[1]}〕{int(bare[2])}号", actual=bare[0])


def _spot(passage: Passage, match: re.Match[str], own: bool) -> Iterator[Fault]:
    _, opening, year, word, closing, ordinal, serial, end = match.groups()
    bracketed = (opening, closing) == ("〔", "〕")
    if not (bracketed or end or own) and (opening in _ROUND + "<〈" or closing in _ROUND):
        return  # a year in round brackets before a count is no number of a document
    wrong = [
        *(["年份应当用六角括号“〔〕”"] if not bracketed else []),
        *(["括号里不写“年”"] if word else []),
        *(["序号前不加“第”"] if ordinal else []),
        *(["序号不编虚位"] if serial.startswith("0") else []),
        *(["缺“号”"] if not end.strip() else []),
    ]
    if wrong:
        actual, expected = match[0][len(match[1]) :], f"〔{year}〕{int(serial)}号"
        what = f"文号“{match[0]}”的写法不对：{'，'.join(wrong)}"
        yield fault(passage, *match.span(), what, expected=expected, actual=actual, mend=f"改为“{match[1]}{expected}”")
