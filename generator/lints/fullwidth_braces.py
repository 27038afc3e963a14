"""全角的花括号：标记的花括号和百分号要用半角，写成全角的不会换成数据，会原样印在报告里。

在中文输入法下打出的 ｛ ｝ ％ 是全角的。照“改为”后面的写法重打，或整个粘贴过去。

正例：半角的花括号；正文里单独的全角花括号不算。

    {{ 项目.名称 }}
    集合｛甲，乙｝
    {% raw %}写作｛｛ 项目.名称 ｝｝{% endraw %}

反例：全用了全角，只有一半是全角。

    ｛｛ 项目.名称 ｝｝   # !T141 {{ 项目.名称 }}
    ｛％ if 资金.预算 ％｝有｛％ endif ％｝   # !T141 {% if 资金.预算 %}
    {｛ 项目.名称 }｝   # !T141 {{ 项目.名称 }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import RETYPE
from ..template.tags import tags_in
from . import Case
from .punctuation_in_tags import mended

CODE = "T141"
LEVEL = Level.ERROR
RETYPES = True

_TAG = re.compile(r"(?:[{｛]\s?([{｛%％#＃])|【【)([^{}｛｝【】]*?)(?:[}｝%％#＃]\s?[}｝]|】】)")
_WIDE = re.compile(r"^.?\s?[｛％＃【]|[｝％＃】]\s?.?$|^｛|｝$")
_CLOSES = {"{": "}", "%": "%", "#": "#"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag in full-width braces, with the tag as it should be."""
    for part in case.draft.parts:
        for _, text, where in part.paragraphs():
            right = [match.span() for match in tags_in(text)]
            for match in _TAG.finditer(text):
                inside = any(begin < match.start() < end or match.span() == (begin, end) for begin, end in right)
                if inside or not _WIDE.search(match[0]) or not match[2].strip():
                    continue
                sign = (match[1] or "{").translate(str.maketrans("｛％＃", "{%#"))
                meant = f"{{{sign}{mended(match[2])}{_CLOSES[sign]}}}"
                what = f"{match[0]} 的花括号或百分号是全角的，不会换成数据，会原样印出"
                yield Finding(CODE, LEVEL, where, what, match[0], mend=f"{RETYPE}{meant}")
