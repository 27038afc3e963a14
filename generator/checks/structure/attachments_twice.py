"""附件重复：“附件”里写了样式已经有的附件，或同一个附件写了两遍。

样式的附件在 style.yaml 里，自动列在前面；“附件”里只写样式之外的。

正例：样式之外的附件。

    附件: [现场照片]

反例：样式已经有评分表。

    附件:
      - 现场照片
      - 绩效评价指标体系及评分表   # !P116 样式
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "P116"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each attachment of the data that is there already."""
    styled = {attachment.name for attachment in case.style.file.attachments}
    for index, name in enumerate(case.data.attachments):
        if name in styled:
            what = f"附件“{name}”样式里已经有了，会列两遍"
            yield Fault(("附件", index), what, quoted=name, mend="从“附件”里删去")
