"""同一条写了两遍：单位、申报的指标、活动、区域、题目、选项、要点、付款的列表里，同一个名称不写两次。

申报的指标比较一级、二级、三级三个名称。资金的各行、指标体系的同级指标另有核查。

正例：二级不同的是两个指标。

    绩效目标:
      指标:
        - {一级: 产出指标, 二级: 数量指标, 三级: 服务站, 指标值: 50个}
        - {一级: 产出指标, 二级: 质量指标, 三级: 服务站, 指标值: 合格}

反例：指标、区域各写了两遍。

    绩效目标:
      指标:
        - {一级: 产出指标, 二级: 数量指标, 三级: 服务站, 指标值: 50个}
        - {一级: 产出指标, 二级: 数量指标, 三级: 服务站, 指标值: 50个}   # !P118 服务站 第1条
    实施:
      活动:
        - 名称: 健康讲座
          按区域:
            - {区域: 甲区, 数量: 36}
            - {区域: 乙区, 数量: 18}
            - {区域: 甲区, 数量: 36}   # !P118 甲区 第1条
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...fields import Path, Record
from ...findings import Level
from ...names import own_names
from .. import Case, Fault

CODE = "P118"
LEVEL = Level.WARNING
KEYS = {
    "单位": ("名称",),
    "合同": ("名称", "签订日期"),
    "指标": ("一级", "二级", "三级"),
    "活动": ("名称",),
    "按区域": ("区域",),
    "题目": ("名称",),
    "选项": ("选项",),
    "要点": ("要点",),
    "支付": ("名称",),
}
LEFT_TO_OTHERS = ("按单位", "按用途", "按来源", "按子项目")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each record of a list whose name another one before it has."""
    for path, records in _lists(case):
        keys = KEYS.get(str(path[-1])) if path else None
        if not keys:
            continue
        seen: dict[tuple[str, ...], int] = {}
        for index, record in enumerate(records):
            values = dict(own_names(record))
            name = tuple(str(values.get(key) or "") for key in keys)
            first = seen.setdefault(name, index)
            if first != index and all(key in values for key in keys) and any(name):
                what = f"“{name[-1] if path[-1] == '指标' else name[0]}”写了两遍，前面是第{first + 1}条"
                yield Fault((*path, index), what, quoted="，".join(name), mend="删去一条，或改正名称")


def _lists(case: Case) -> Iterator[tuple[Path, Sequence[Record]]]:
    """Every list of records with its path."""
    for path, value in case.values:
        listed = isinstance(value, list) and value and all(isinstance(one, Record) for one in value)
        if isinstance(value, list) and listed and not any(step in LEFT_TO_OTHERS for step in path):
            yield path, value
