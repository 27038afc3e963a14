"""重复的字词：同一个标点、虚词或词语连着写了两遍，多半是误录。

看“的的”“了了”“、、”“，，”一类，和两个到四个字连着重复的词（“管理管理”）；“目的的”“为了了解”“一个一个”
“讨论讨论”“党组织组织验收”这样的说法不核查。

正例：不是误录的重复。

    正文:
      项目概况: 评价目的的确定，是为了了解项目情况，由党组织组织验收，一个一个地核对。

反例：多打了一遍。

    正文:
      项目概况: 资金的的使用情况，项目的进度。   # !X113 的的
      综合结论: 部分项目的的效果还不明显。   # !X113 的的
      实施内容: 开展助餐、、照料服务。   # !X113 、、
      评价目的: 检查资金管理管理情况。   # !X113 管理
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import HAN, fault, texts

CODE = "X113"
LEVEL = Level.HINT

_MARKS = re.compile(r"[，、；：。]{2,}")
_PARTICLES = re.compile(
    r"(?:(?<!目)|(?<=[项条题栏细科数]目))的的(?!确)|为了了(?!解)|(?<!为)(?<!知)了了(?!解)|(?<![共饱总温缓中])和和(?![气睦平谐])|将将|被被|各各|(?<=[每\d])年年(?=\d)"
)
_WORDS = re.compile(rf"([{HAN}]{{2,4}})\1")
# Verbs that are said twice, nouns that are verbs as well (党组织组织验收), and 地区社区社会组织.
_ON_PURPOSE = "讨论 研究 商量 了解 学习 休息 考虑 锻炼 放松 交流 组织 领导 代表 服务 区社"
ON_PURPOSE = frozenset(_ON_PURPOSE.split())


def check(case: Case) -> Iterator[Fault]:
    """A fault for each mark, particle or word that stands twice side by side."""
    for passage in texts(case):
        for pattern in (_MARKS, _PARTICLES, _WORDS):
            for match in pattern.finditer(passage.typed):
                once = match[1] if pattern is _WORDS else match[0][0]
                if once[0] == "一" or once in ON_PURPOSE or len(set(once)) == 1 < len(once):
                    continue
                what = f"“{match[0]}”重复了"
                yield fault(passage, *match.span(), what, actual=match[0], mend=f"多出的“{once}”请删去")
