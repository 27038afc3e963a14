"""比大小的两样不是一种：金额、比率、得分、数量直接和一个数比，或者数和加了引号的字比，生成时会算不出来。

金额、比率、得分、数量带着单位，先用过滤器“折合”换成数，再比；同是金额的两项可以直接比。等级、名称这样的文字才加引号。

正例：

    {% if 资金.预算|折合('万元') > 100 and 资金.预算 > 资金.支出 %}多{% endif %}
    {% if 评价结果.等级 == '优' and 评价结果.总分|折合 >= 90 and 评价结果.行数 > 3 %}好{% endif %}

反例：

    {% if 资金.预算 > '100' %}多{% endif %}   # !T164 资金.预算|折合('万元')
    {% if 评价结果.总分 >= 90 %}多{% endif %}   # !T164 评价结果.总分|折合
    {% if 资金.到位率 < 95 %}少{% endif %}   # !T164 资金.到位率|折合('%')
    {% if 评价结果.行数 > '3' %}多{% endif %}   # !T164 去掉引号，写 3
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import COMPARED
from . import Case

CODE = "T164"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each figure that is compared with what is none."""
    for tag, what, mend in case.slips.get(COMPARED, ()):
        yield told(CODE, tag, what, "", mend)
