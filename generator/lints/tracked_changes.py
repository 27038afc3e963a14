"""修订里的标记：模板里有没有接受的修订，标记在增、删的文字里。

删去的文字里的标记仍会执行，印出的内容留在报告的修订记录里；新增的文字里的标记，印出的内容也带着修订标记。
在 Word 的“审阅”里接受或拒绝全部修订，再用作模板。

正例：

    {{ 项目.名称 }}

反例：

    [插入]{{ 项目.名称 }}[/插入]   # !T155 修订
    [删除]{{ 项目.年度 }}[/删除]有   # !T155 修订
    {{ 项目.[删除]代号[/删除][插入]代码[/插入] }}   # !T155 修订
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Level
from ..numbering import W
from . import Case

CODE = "T155"
LEVEL = Level.ERROR

_CHANGES = {W + "ins": "新增", W + "moveTo": "移来", W + "del": "删去", W + "moveFrom": "移走"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each paragraph with a tag, or a piece of one, in a tracked change."""
    for part in case.draft.parts:
        for paragraph, _, where in part.paragraphs():
            changed = next((one for one in paragraph.iter(*_CHANGES) if _tagged(one) or _in_tag(paragraph, one)), None)
            if changed is not None:
                said = _text(changed).strip()[:40]
                what = f"{said} 在没有接受的修订里（{_CHANGES[changed.tag]}的文字）"
                mend = "在 Word 的“审阅”里接受或拒绝全部修订，保存后再用"
                yield Finding(CODE, LEVEL, where, what, said, mend=mend)


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t", W + "delText"))


def _in_tag(paragraph: Any, change: Any) -> bool:
    """Whether a change stands between the braces of a tag."""
    before = ""
    for one in paragraph.iter(W + "t", W + "delText"):
        if any(above is change for above in one.iterancestors()):
            return max(before.rfind(sign) for sign in ("{{", "{%")) > max(before.rfind(sign) for sign in ("}}", "%}"))
        before += one.text or ""
    return False


def _tagged(element: Any) -> bool:
    text = _text(element)
    return any(sign in text for sign in ("{{", "}}", "{%", "%}"))
