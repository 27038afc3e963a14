"""小标题写了两遍：同一段文字的各条、各个问题、各条建议，标题不重复。

正例：两条标题不同。

    正文:
      评价原则:
        - {标题: 客观性原则, 内容: 以事实为依据。}
        - {标题: 公平性原则, 内容: 对各单位一样。}

反例：两条都叫客观性原则；两条建议的标题相同。

    正文:
      评价原则:
        - {标题: 客观性原则, 内容: 以事实为依据。}
        - {标题: 客观性原则, 内容: 对各单位一样。}   # !P121 客观性原则
    问题:
      - 标题: 进度慢
        内容: 一个社区没有完成。
        原因: 人手不足。
        建议: {标题: 加强管理, 内容: 倒排工期。}
      - 标题: 档案不全
        内容: 缺少两份台账。
        原因: 没有专人。
        建议: {标题: 加强管理, 内容: 指定专人。}   # !P121 加强管理
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...fields import Path
from ...findings import Level, Location
from .. import Case, Fault

CODE = "P121"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each title that another item of its text, problem or suggestion has."""
    seen: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for group, title, path, where in _titles(case):
        if title in seen[group]:
            yield Fault(path, f"标题“{title}”写了两遍", actual=title, mend="合并，或改写其中一个标题", where=where)
        seen[group].add(title)


def _titles(case: Case) -> Iterator[tuple[tuple[object, ...], str, Path, Location]]:
    for passage in case.passages:
        if passage.title:
            yield ("文字", *passage.path), passage.title.strip(" 。：:"), passage.path, passage.where
    for index, problem in enumerate(case.data.problems):
        places: list[tuple[str, str | None, Path]] = [("问题", problem.title, ("问题", index, "标题"))]
        for order, one in enumerate(problem.suggestions):
            places.append(("建议", one.title, ("问题", index, "建议", order, "标题")))
        for kind, title, path in places:
            if title:
                yield (kind,), title.strip(" 。：:"), path, case.source.where(path)
