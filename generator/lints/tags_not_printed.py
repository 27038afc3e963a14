"""不会换成数据的标记：批注、自定义属性、SmartArt 等地方的标记，程序不处理，会原样留在报告里。

正文、页眉、页脚、脚注、尾注、文本框、文档属性（标题、主题等）和绑定的图表里的标记才会换成数据。
别处的标记移到正文里；批注里的说明写完删去。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ..findings import Finding, Level, Location
from ..template.tags import tags_in
from . import Case

CODE = "T157"
LEVEL = Level.WARNING

_CALLED = (
    ("comments", "批注"),
    ("docprops/custom", "自定义属性"),
    ("docprops/app", "文档属性（统计信息）"),
    ("diagrams/", "SmartArt"),
    ("glossary/", "文档部件"),
    ("customxml/", "自定义 XML"),
    ("numbering", "编号"),
)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each member with tags that is copied as it is."""
    for name, member in case.draft.others.items():
        if not name.lower().endswith(".xml"):
            continue
        text = unescape(re.sub(r"<[^>]*>", "", member.data().decode("utf-8", errors="replace")))
        tag = next(tags_in(text), None)
        if tag:
            called = next((said for part, said in _CALLED if part in name.lower()), name)
            where = Location(case.draft.file, part=called)
            yield Finding(CODE, LEVEL, where, f"{tag[0][:60]} 写在{called}里，不会换成数据", tag[0], mend="移到正文里")
