"""没有这个判断：is 后面的词不是能用的判断。

常用的有 is defined（有这个名称）、is none、is string、is number、is even、is odd。有没有填，直接写 {% if 名称 %}。

正例：

    {% if 备注 is defined %}有{% endif %}

反例：

    {% if 资金.预算 is 已填 %}有{% endif %}   # !T151 已填
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import NO_TEST
from . import Case

CODE = "T151"
LEVEL = Level.ERROR
INSTEAD = ("T110",)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each test that nobody defined."""
    for tag, what, mend in case.slips.get(NO_TEST, ()):
        yield told(CODE, tag, what, "", mend)
