"""占位的字：文字里留着“××”“＿＿”“【待填】”“TODO”“（此处填写…）”，或整段只有“略”“待补充”。

这些字多是从模板或旧稿里带来的，会照样印出。“资料待补充”这样成句的话不算；必填的章节整节没有内容的，
另有一项核查（P102）；问卷的题目里可以有“请填写”。

正例：成句的话，和作为名称一部分的方括号。

    正文:
      项目概况: 部分单位的验收资料待补充，【2024】1号文件已经印发。

反例：占位的字没有换掉。

    项目: {名称: ××项目}   # !P103 ××
    正文:
      项目概况: 项目由XX街道实施，【此处补充批复情况】，负责人为＿＿＿。   # !P103 XX 【此处补充批复情况】 ＿＿＿
      实施内容: 略   # !P103 略
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...names import path_of
from ...passages import HOLE
from .. import Case, Fault
from . import shortened, unfilled, wanted

CODE = "P103"
LEVEL = Level.WARNING
FINAL = True
UNREAD = (("报告", "样式"), ("报告", "文档"), ("金额单位",), ("已核实",))
_UNREAD = frozenset(path[0] for path in UNREAD)
ASKED = "问卷"

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])|[×✕]{2,}|○{2,}|＿{2,}|_{3,}|(?<![A-Za-z])TODO(?![A-Za-z])|[?？]{3,}"
    r"|【(?:[^】]{0,30}[待请填补此略空×X…])?[^】]{0,30}】|[（(](?:此处|待|请)[^（()）]{0,30}[）)]"
    r"|(?:请|此处)填写"
)
_SIGNS = re.compile("[XxＸｘ×✕○＿_T?？【]|[（(请]")
_FILLING = re.compile(r"[待请填补此略空×X…]|^【\s*】$")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text that has something to be filled in."""
    mandatory = {path_of(case.data, section.key or "") for section in wanted(case)}
    for passage in case.passages:
        if passage.path[0] in _UNREAD and any(passage.path[: len(path)] == path for path in UNREAD):
            continue
        found = list(dict.fromkeys(_placeholders(passage.typed, asked=passage.path[0] == ASKED)))
        text = passage.typed.strip()
        if unfilled(text) and text and HOLE not in text:
            found = [] if passage.path in mandatory else found or [text]
        if found:
            what = f"这里还有占位的字：{'、'.join(f'“{one}”' for one in found)}"
            quoted = shortened(passage.typed, 40)
            yield Fault(passage.path, what, quoted=quoted, mend="换成内容，或删去", where=passage.where)


def _placeholders(text: str, *, asked: bool) -> Iterator[str]:
    if not _SIGNS.search(text):
        return
    for match in _PLACEHOLDER.finditer(text):
        word = match[0]
        if word[0] == "【" and not _FILLING.search(word):
            continue
        if asked and word.strip("（(").startswith(("请", "此处")):
            continue
        yield word
