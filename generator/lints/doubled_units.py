"""单位写了两次：标记印出来已经带着单位，后面又写了一个，会印成“95.50%%”“66万元元”。

金额印出来带“元”或“万元”，比率带“%”；只要数字的，用过滤器 数值。

正例：

    到位率{{ 资金.到位率 }}，预算{{ 资金.预算|数值('万元') }}万元
    预算{{ 资金.预算 }}，{{ 项目.年度 }}年

反例：

    到位率{{ 资金.到位率 }}%   # !T165 “%”
    支出{{ 资金.支出|万元 }}元   # !T165 “元”
    得分率{{ 资金.执行率|百分比(1) }}％   # !T165 “％”
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..shape import Shape
from ..template.draft import told
from ..template.tags import Tag, tags_in
from . import Case

CODE = "T165"
LEVEL = Level.ERROR

_UNITS = ("%", "％", "万元", "亿元", "元")
_FILTERED = re.compile(r"[^|]*\|\s*(?:万元|元|百分比|大写金额)\s*(?:\([^()|]*\))?")
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_ENDS = re.compile(r"[元%％整角分]$")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each printed value that has its unit and is followed by one."""
    for part in case.draft.parts:
        tags = {(tag.where, tag.written): tag for tag in part.tags if tag.kind == "{"}
        for _, text, where in part.paragraphs():
            for match in tags_in(text):
                tag = tags.get((where, match[0]))
                unit = next((one for one in _UNITS if text.startswith(one, match.end())), None)
                if tag and unit and _has_unit(tag, case.root):
                    mend = f"删去后面的“{unit}”，或只印数字：|数值"
                    yield told(CODE, tag, f"印出来已经带着单位，后面的“{unit}”又写了一次", "", mend)


def _has_unit(tag: Tag, root: Shape | None) -> bool:
    if _FILTERED.fullmatch(tag.inner):
        return True
    if root is None or not _NAME.fullmatch(tag.inner):
        return False
    found: Shape | None = root
    for step in tag.inner.split("."):
        found = found.below.get(step) if found else None
    return found is not None and found.kind in ("金额", "比率") and _ENDS.search(found.example) is not None
