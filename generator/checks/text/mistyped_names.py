"""写错的名称：文字里的名称，与数据里的名称只差一个字，多半是误录。

单位、部门、公司、文件、指标的名称，写错一个字、漏一个字、一个字写了两遍、相邻两字颠倒的，都提示。
数据里另有这个名称的，差在数字、年份、序数、甲乙丙丁、东西南北、省市区县的，差在“的”“和”一类虚词的，差在“社区”“公司”这样的通名里的（“小区”），不提示；
指标名称由普通的词组成，换的字与前后的字在别处也连用的，是另一种说法，不提示。
不足四个字的名称、专名（“社区”“公司”“局”之前的部分）太短的，看不准，不核查。

正例：数据里的名称，只差序数、方位的名称，普通的说法。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区第一实验小学, 简称: 第一实验小学}
    正文:
      项目概况: 东风里社区和第一实验小学先开展，第二实验小学、东风东社区没有参加，东风里的社区居民、东风里小区居民满意。

反例：写错、写颠倒、重复、漏写一个字。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区盛高大城社区居民委员会, 简称: 盛高大城社区}
    正文:
      项目概况: 盛高大成社区进度较快。   # !X123 盛高大城社区 盛高大成社区
      实施内容: 东山区东风星社区进度较慢。   # !X123 东风里社区 东风星社区
      组织管理: 由盛大高城社区负责。   # !X123 盛高大城社区 盛大高城社区
      评价目的: 检查盛高高大城社区的支出。   # !X123 盛高大城社区
      评价范围: 包括盛高城社区。   # !X123 盛高大城社区 盛高城社区

反例：公司、指标和文件的名称。

    项目:
      名称: 社区服务项目
      单位:
        - 名称: 甲社区
          合同: [{名称: 平台维护合同, 对方: 某市墨风科技有限公司}]
    文件:
      管理办法: {名称: 某市社区服务专项经费使用管理办法}
    指标体系:
      - {名称: 服务对象满意度, 分值: 10}
    正文:
      项目概况: 由墨凤科技有限公司维护。   # !X123 墨风科技有限公司 墨凤科技有限公司
      评价依据: 《某市社区服务专项经费使用管里办法》。   # !X123 管里办法
      综合结论: 服务对像满意度达到95%。   # !X123 服务对象满意度 服务对像满意度
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...near_names import LONGEST, PLAIN, SHORTEST, forms, near
from ...passages import HOLE, Passage
from ...wording import REMARKS, fault, sentences_of, texts
from .. import Case, Fault

CODE = "X123"
LEVEL = Level.WARNING

NAMED = ("名称", "简称", "别名", "全称", "单位", "对方", "委托方", "评价机构", "三级")
ORDINARY = ("资金", "实施", "指标体系", "绩效目标")  # where names are mostly words for things
PROPER = ("按单位", "按区域")  # where they are not, within those


def check(case: Case) -> Iterator[Fault]:
    """A fault for each passage that is one character away from a name of the data."""
    proper, plain = _names(case)
    known = "\n".join({one.typed for one in texts(case) if _is_name(one)} | proper | plain)
    for passage, slip in near(sentences_of(case), texts(case), proper, plain, known):
        written = passage.typed[slip.start : slip.end]
        what = f"文字里的“{written}”与数据里的“{slip.name}”只差一个字"
        mend = "改为数据里的名称；确是另一个名称的，用“已核实”注明"
        yield fault(passage, slip.start, slip.end, what, expected=slip.name, actual=written, mend=mend)


def _names(case: Case) -> tuple[set[str], set[str]]:
    """The proper names of the data with their shorter forms, and those made of ordinary words (indicators)."""
    proper, plain = set(), set()
    for one in texts(case):
        if one.prose or not SHORTEST <= len(one.typed) <= LONGEST or HOLE in one.typed or _key(one.path) not in NAMED:
            continue
        listed = any(step in PROPER for step in one.path) and "按用途" not in one.path
        ordinary = one.path[0] in ORDINARY and not listed
        if listed or one.path[0] in ("项目", "报告", "文件"):
            proper |= forms(one.typed.strip())
        elif ordinary and len(one.typed) >= PLAIN:
            plain.add(one.typed)
    return proper, plain - proper


def _is_name(passage: Passage) -> bool:
    """Whether a text is neither a paragraph nor a remark."""
    return not passage.prose and _key(passage.path) not in REMARKS and "参数" not in passage.path


def _key(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")
