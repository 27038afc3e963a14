"""重复的字词：同一个标点、虚词或词语连着写了两遍，多半是误录。

看“的的”“了了”“、、”“，，”一类，和两个到四个字连着重复的词（“管理管理”）；“目的的”“为了了解”“一个一个”
“讨论讨论”“党组织组织验收”这样的说法不核查。别的字（“社区区居民”），数据里别处写作一个字（“社区居民”）、
没有把后一个字当词头用的（“项目目标”的“目标”），才提示；“人人”“层层”“处处”一类叠词不核查。

正例：不是误录的重复。

    正文:
      项目概况: 评价目的的确定，是为了了解项目情况，由党组织组织验收，一个一个地核对。
      实施内容: 人人参与，层层落实，处处可见，已经经过公共共享平台公示，项目目标明确。
      综合结论: 人参与，处可见，项目标准明确，目标合理。

反例：多打了一遍。

    正文:
      项目概况: 资金的的使用情况，项目的进度。   # !X113 的的
      综合结论: 部分项目的的效果还不明显。   # !X113 的的
      实施内容: 开展助餐、、照料服务。   # !X113 、、
      评价目的: 检查资金管理管理情况。   # !X113 管理
      评价范围: 资金共共到账10万元，覆盖甲社区居民。   # !X113 共共
      评价对象: 全部社区区居民。   # !X113 区区
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from ..faults import Fault
from ..findings import Level
from . import HAN, Texts, fault, texts

CODE = "X113"
LEVEL = Level.HINT

LONGEST = 300_000  # signs of all texts together; no report has as many, and to count in them takes too long
_TWICE = re.compile(r"([^\d\s])\1|([^\d\s]{2,4})\2|[，、；：。]{2}")
_MARKS = re.compile(r"[，、；：。]{2,}")
_PARTICLES = re.compile(
    r"(?:(?<!目)|(?<=[项条题栏细科数]目))的的(?!确)|为了了(?!解)|(?<!为)(?<!知)了了(?!解)|(?<![共饱总温缓中])和和(?![气睦平谐])"
    r"|(?<!即)将将|被被|各各|(?<=[每\d])年年(?=\d)|(?<!公)共共|已已|均均|但但|或或|按按|(?<!合)并并"
    r"|(?<![存现实所潜内外])在在|(?<![理缘自事])由由|(?<![财神曾])经经(?![济费营常过办由手])|(?<!参)与与(?!会)|(?<![尤与])其其(?![中他余])"
    r"|(?<![针面应相核校比])对对(?![象口照策比接应于手方外内])"
)
_CHARACTER = re.compile(rf"(?<=([{HAN}]))([{HAN}])\2(?=([{HAN}]))")
# What is said twice on purpose, one by one or ever so: each person, each layer, here and there.
_REDUPLICATED = frozenset(
    "人天年月日家户层种处往常渐多谢星步代件事条个项次时刻面点样环村镇乡县字句页张份笔块片队组班岁夜季周"
    "少大小慢久刚仅明默切快好早轻深远稳牢紧频屡每连纷滚源津井绵勤恳兢业踏实真诚整满等某微悄暗暗偷隐哥姐妈爸爷奶弟妹叔宝试看想说谈走听"
)
_WORDS = re.compile(rf"([{HAN}]{{2,4}})\1")
# Verbs that are said twice, nouns that are verbs as well (党组织组织验收), and 地区社区社会组织.
_ON_PURPOSE = "讨论 研究 商量 了解 学习 休息 考虑 锻炼 放松 交流 组织 领导 代表 服务 区社"
ON_PURPOSE = frozenset(_ON_PURPOSE.split())


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each mark, particle, word or character that stands twice side by side."""
    everything = "\n".join(passage.typed for passage in texts(said))
    times = cache(everything.count if len(everything) <= LONGEST else lambda run: 2)  # how often texts have a run
    for passage in texts(said):
        if not _TWICE.search(passage.typed):
            continue
        seen: set[int] = set()
        for pattern in (_MARKS, _PARTICLES, _WORDS, _CHARACTER):
            for match in pattern.finditer(passage.typed):
                if match.start() in seen or not _is_slip(match, times):
                    continue
                seen |= set(range(match.start() - 1, match.end()))
                once = match[1] if pattern is _WORDS else match[0][0]
                what = f"“{match[0]}”重复了"
                yield fault(passage, *match.span(), what, actual=match[0], mend=f"多出的“{once}”请删去")


def _is_slip(match: re.Match[str], times: Callable[[str], int]) -> bool:
    """Whether what stands twice is not said twice on purpose, nor the end of one word and the beginning of another."""
    if match.re is _WORDS:
        return match[1][0] != "一" and match[1] not in ON_PURPOSE and len(set(match[1])) > 1
    if match.re is not _CHARACTER:
        return True
    before, once, behind = match[1], match[2], match[3]
    if once in _REDUPLICATED or times(before + once * 2 + behind) > 1:
        return False
    usual, begun = times(before + once + behind), times(once + behind)
    return usual > 0 and begun == usual + 1
