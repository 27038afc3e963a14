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

from collections.abc import Iterator

from ...findings import Level
from ...listed_names import miscounts
from .. import Case, Fault

CODE = "P112"
LEVEL = Level.WARNING
UNREAD = ("已核实",)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each count of names that stand beside it in another number."""
    for passage in case.passages:
        for one in miscounts(passage.typed) if passage.path[0] not in UNREAD else ():
            what = f"“{one.words}”与列出的不符：“{one.names}”是{one.listed}个"
            mend = "改正个数，或补上漏写的；不是一回事的在“已核实”里写明"
            yield Fault(passage.path, what, str(one.count), one.listed, one.names, mend, where=passage.where)
