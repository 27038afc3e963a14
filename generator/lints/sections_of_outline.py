"""提纲里没有这一节：模板印 正文 下面的一节，style.yaml 的提纲里没有它，数据文件里也就没有人填。

印出来总是【待补充】。名称写错的，照提纲改；新加的一节，在 style.yaml 的“提纲”里加一行，写上 键: 正文.名称。

正例：

    {{ 正文.项目概况 }}
    {%p for 段 in 正文.项目概况.段落 %}
    {{ 段.文字 }}
    {%p endfor %}

反例：

    {{ 正文.项目慨况 }}   # !T158 正文.项目概况
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..records import closest
from ..template.draft import told
from . import Case

CODE = "T158"
LEVEL = Level.WARNING

_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
_SECTION = re.compile(r"(?<![\w.])正文\.([^\W\d]\w*)")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each section that a tag asks for and the style's outline does not have."""
    texts = case.root.below.get("正文") if case.root else None
    if texts is None:
        return
    for _, tag in case.tags:
        asked = _SECTION.findall(_TEXTS.sub("", tag.written)) if tag.kind != "#" else []
        for name in dict.fromkeys(one for one in asked if one not in texts.below):
            near = closest(name, texts.below)
            hint = f"是不是“正文.{near}”？" if near else ""
            mend = f"{hint}新加的一节，在 style.yaml 的提纲里加上 键: 正文.{name}"
            yield told(CODE, tag, f"里的“正文.{name}”，样式的提纲里没有这一节", "", mend, LEVEL)
