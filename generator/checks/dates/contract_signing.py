"""合同签订：合同在实施之前签订，不晚于该单位的计划开始，更不晚于计划完成、完成时限、实际完成。

晚于的都是警告：先实施后补签合同，或日期填错。只写到月的，按可能的范围比较，不能肯定的不算。
确实补签的，在该单位的 实施内容，或提到该单位的文字里说明（“补签”“后签”“先实施”等），不再提示。

正例：合同签订与计划开始是同一天。

    项目:
      单位:
        - {名称: 甲社区, 计划开始: 2023-08-01, 合同: [{名称: 服务协议, 签订日期: 2023-08-01}]}

反例：实施完了才签合同。

    项目:
      单位:
        - 名称: 甲社区
          计划开始: 2023-07-01
          实际完成: 2023-07-20
          合同:
            - {名称: 服务协议, 签订日期: 2023-07-26}   # !R103 甲社区 2023年7月26日 实际完成
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import called, day, later, told, units

CODE = "R103"
LEVEL = Level.WARNING
_WHY = ("补签", "后签", "签订晚", "先实施", "先行实施", "补办")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each contract that was signed after its work had begun or ended."""
    for path, unit in units(case):
        bounds = {
            "实际完成": unit.actual_end,
            "完成时限": unit.limit,
            "计划完成": unit.plan_end,
            "计划开始": unit.plan_start,
        }
        for index, contract in enumerate(unit.contracts):
            signed = day(contract.signed)
            over = [(name, found) for name, one in bounds.items() if (found := day(one)) and later(signed, found)]
            if signed is None or not over or told(case, unit, _WHY):
                continue
            name, bound = over[0]
            title = f"“{contract.name}”" if contract.name else "合同"
            what = f"{called(unit)}的{title}签订日期（{signed}）晚于该单位的{name}（{bound}）"
            mend = "核对日期；确实补签的，在该单位的 实施内容 里说明"
            yield Fault((*path, "合同", index, "签订日期"), what, f"不晚于{bound}", str(signed), mend=mend)
