"""有节无文：必填的章节里只有标点，或只写了“略”“待定”“待补充”“××”一类的字，等于没有写。

确实没有内容的写“无”。其他文字里的这类字由另一项核查（P103）提示。

正例：没有其他说明，写“无”。

    正文:
      其他说明: 无
      评价范围: 2024年度。

反例：占了位置，没有写内容。

    正文:
      其他说明: 略   # !P102 其他需要说明的问题 略
      评价范围: （此处填写评价范围）   # !P102 绩效评价范围
      评价过程: ……   # !P102 绩效评价工作过程
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...names import path_of
from ...narrative import Narrative
from .. import Case, Fault
from . import said, unfilled, wanted

CODE = "P102"
LEVEL = Level.WARNING
FINAL = True


def check(case: Case) -> Iterator[Fault]:
    """A fault for each mandatory section that says nothing."""
    for section in wanted(case):
        value, path = said(case, section.key or ""), path_of(case.data, section.key or "")
        if path and isinstance(value, Narrative) and value and unfilled(str(value)):
            written = str(value)
            what = f"提纲里必填的“{section.number or ''}{section.title}”只写了“{written}”，没有内容"
            yield Fault(path, what, quoted=written, mend="写上内容；没有的写 无")
