"""残留：书签、域、模板标记、待补充的字和模板的填写说明，印在了正文里。

这些字是从模板、旧稿或别的软件里带来的：`[bookmark: …]`、“错误!未找到引用源”、{{ … }}、【待补充】、“××”“（负责人）”
这样的空位，和“填写说明”“注意事项：部门应按照…”一类写给填报人看的话。同一种残留只在第一处说，并数出有几处。

正例：

    一、基本情况
    项目由示例区文化馆实施（联系人见附件）。

反例：

    [bookmark: _Toc1]一、基本情况   # !A161 书签
    项目名称为××项目。   # !A161 ××
    错误!未找到引用源。   # !A161 引用
    资金为{{ 资金.预算 }}。   # !A161 {{
    填写说明：各单位应按照统一格式填写本表。   # !A161 填写说明
    （此处填写项目的背景和依据）
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Paragraph
from ..fields import Path
from ..findings import Level, Location
from ..wording import HAN, around
from . import Case, Fault

CODE = "A161"
LEVEL = Level.ERROR

_KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("书签的文字", re.compile(r"\[bookmark: [^\]]*\]"), "删去；从别的软件里复制正文时，粘贴为纯文字"),
    (
        "没有更新成功的域",
        re.compile(r"错误[!！]\s*未(?:找到引用源|定义书签)|Error!\s*\w+"),
        "重新插入引用，再更新域",
    ),
    ("模板的标记", re.compile(r"\{\{.{0,60}?\}\}|\{%.{0,60}?%\}"), "补上内容，或删去"),
    ("没有填的地方", re.compile(r"【待[补评核][^】]*】|【此处有误[^】]*】|【沿用上年[^】]*】"), "补上内容"),
    (
        "占位的字",
        re.compile(
            rf"20[×Xx]{{2}}年|[×Xx]{{2,}}(?=[{HAN}])|(?<=[{HAN}])[×Xx]{{2,}}|(?<![签盖名字章期：:_])_{{3,}}|(?<![签盖名字章期：:＿])＿{{2,}}"
        ),
        "换成实际的内容",
    ),
    ("空着的位置", re.compile(r"^[（(](?:负责人|电话|姓名|填报人|联系人)[）)]$"), "填上，或删去"),
    (
        "写给填报人的话",
        re.compile(
            r"[（(【](?:此处|请在此|请)(?:填写|填入|补充|说明)[^）)】]*[）)】]|【(?:说明|注|提示)[：:][^】]*】|^(?:填写说明|填报说明|填表说明|注意事项|编写说明)\s*(?:[:：]|$)"
        ),
        "定稿前删去",
    ),
)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first place of each kind of leftover, with how many there are."""
    texts = list(_texts(case))
    for name, pattern, mend in _KINDS:
        found = [(path, where, text, match) for path, where, text in texts for match in pattern.finditer(text)]
        if not found:
            continue
        path, where, text, match = found[0]
        count = f"，共{len(found)}处，这是第一处" if len(found) > 1 else ""
        what = f"{name}“{match[0][:30]}”留在报告里{count}"
        yield Fault(path, what, where=where, quoted=around(text, *match.span()), mend=mend)


def _texts(case: Case) -> Iterator[tuple[Path, Location, str]]:
    """Every paragraph as it stands, those of tables, headers and notes too, with the path of its passage."""
    for block in (*case.report.body, *case.report.margins):
        held = (block,) if isinstance(block, Paragraph) else block.paragraphs
        for paragraph in held:
            yield case.report.passage_of(paragraph).path, paragraph.where, paragraph.text
