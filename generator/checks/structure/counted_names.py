"""几个就列几个：“甲、乙、丙三个方面”“3家社区，即甲、乙、丙”，个数与列出的名称要相符。

名称用顿号隔开，最后两个之间可以用“和”“及”“与”；名称里自己带“和”字、看不准有几个的，按最宽的理解，不在其内的才提示；
各名称字数相同、最后一项从“和”字断开也是这个字数的，算两个；四项以上、只有中间一项带“和”字的，是名称里的字。
列举里有“等”字、末一项有“到”“至”（从甲、乙到丙），或有由程序打印的名称（{{ }}）的，不核查。

正例：个数相符；看不准的不提示。

    正文:
      评价目的: 从资金投入、过程管理、产出和效益四个方面进行评价。
      过程情况: 全过程分为目标申报、项目备案、资金和成效监管、绩效评估四个环节。
      实施内容: 在甲社区、乙社区等5个社区实施。

反例：列出三个，说是四个；说是6家，列出五家。

    正文:
      评价目的: 从投入、过程、产出四个方面进行评价。   # !P112 四个方面 3
      实施内容: 涉及6家社区，即东风社区、和平社区、新华社区、城南社区和城北社区。   # !P112 6家社区 5
      过程情况: 依次经过征集意见、制定计划、街道审批、组织实施和结果公示六个环节。   # !P112 六个环节 5
      组织管理: 全过程分为目标申报、项目备案、资金和成效监管、绩效评估五个环节。   # !P112 五个环节 4
      综合结论: 制定了财务、采购、档案、合同三项制度。   # !P112 三项制度 4
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...numerals import count_of
from ...passages import HOLE
from .. import Case, Fault

CODE = "P112"
LEVEL = Level.WARNING
MOST = 40
ALIKE = 2  # last characters by which names are of one kind: 东风社区, 城南社区
FEW = 3  # names before the last, from which on a 和 inside one of them joins no two
UNREAD = ("已核实",)

_NUMERAL = r"(\d{1,2}|[二三四五六七八九十两]{1,3})"
_NOUN = "方面|环节|阶段|步骤|部分|层次|维度|层面|渠道|途径|原则|方法|等级|等|类别|类|级|板块|领域|"
_NOUN += "项(?:指标|内容|任务|工作|措施|制度|职责)"
_BEHIND = re.compile(rf"{_NUMERAL}(?:[个大种]?(?:{_NOUN})|[个家项所]([\u4e00-\u9fff]{{1,3}}))")
_BEFORE = re.compile(
    rf"{_NUMERAL}[个家项类所条种][\u4e00-\u9fff]{{0,6}}(?:，即|，分别(?:是|为)|（(?=[^（）]*、)|：(?=[^。；：]*、))"
)
_LIST_END = re.compile(rf"[。；，：？！（）()“”《》\n{HOLE}]")
_RANGE = re.compile(r"到(?!位)|至")
_AND = re.compile(r"以及|[和及与]")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each count of names that stand beside it in another number."""
    for passage in case.passages:
        if passage.path[0] in UNREAD or "、" not in passage.typed:
            continue
        for words, count, least, most, names in (*_behind(passage.typed), *_before(passage.typed)):
            if least <= count <= most:
                continue
            listed = str(least) if least == most else f"{least}至{most}"
            what = f"“{words}”与列出的不符：“{names}”是{listed}个"
            mend = "改正个数，或补上漏写的；不是一回事的在“已核实”里写明"
            yield Fault(passage.path, what, str(count), listed, names, mend, where=passage.where)


def _behind(text: str) -> Iterator[tuple[str, int, int, int, str]]:
    """Counts right behind the names (`甲、乙、丙三个方面`)."""
    for match in _BEHIND.finditer(text):
        names = text[_start(text, match.start()) : match.start()]
        count = count_of(match[1])
        if (
            count is None
            or not 2 <= count <= MOST
            or "、" not in names
            or names.endswith(("等", "、", "第", "和", "的"))
        ):
            continue
        if _RANGE.search(names.rpartition("、")[2]) or (match[2] and not _shares(names, match[2])):
            continue
        yield match[0], count, *_bounds(names), names


def _shares(names: str, noun: str) -> bool:
    """Whether every name ends with what is counted: 甲社区、乙社区2个社区."""
    return all(name.rstrip("共").endswith(noun[:2]) for name in names.split("、"))


def _before(text: str) -> Iterator[tuple[str, int, int, int, str]]:
    """Counts before the names (`3家社区，即甲、乙、丙`)."""
    for match in _BEFORE.finditer(text):
        end = _LIST_END.search(text, match.end())
        names = text[match.end() : end.start() if end else len(text)]
        count = count_of(match[1])
        plain = end is None or end[0] in "。；）"
        if count is None or not 2 <= count <= MOST or "、" not in names or "等" in names or not plain:
            continue
        words = match[0].rstrip("（：").split("，")[0]
        yield words, count, *_bounds(names), names


def _start(text: str, end: int) -> int:
    """Where the clause that ends at `end` begins."""
    return max((match.end() for match in _LIST_END.finditer(text, max(0, end - 200), end)), default=max(0, end - 200))


def _bounds(names: str) -> tuple[int, int]:
    """The least and the most names that a list can mean: a 和 may be part of a name, unless all names end alike."""
    *each, last = names.split("、")
    ends = {name[-ALIKE:] for name in (*each, last)}
    if len(ends) == 1 and all(len(name) > ALIKE for name in each):
        parted = sum(part[-ALIKE:] in ends for part in _AND.split(last))
        return len(each) + parted, len(each) + parted
    parts, size = _AND.split(last), len(each[-1])
    if len(each) > 1 and len(parts) == 2 and all(len(one) == size for one in (*each[1:], *parts)):
        return len(each) + 2, len(each) + 2
    inner = sum(_AND.search(name) is not None for name in each)
    if len(each) >= FEW and inner == 1 and len(parts) == 1:
        return len(each) + 1, len(each) + 1
    return len(each) + 1, len(each) + 1 + len(_AND.findall(names))
