"""没有的日期：文字里写的日期，日历上要有：没有2月30日、4月31日、2023年13月，2023年没有2月29日。

查所有的文字，包括标题、原因和写成文字的指标值；日期栏里的由 D004 查。只有月和日的，2月29日不算错；
“2月28日至30日”这样的，后一个日期也查。没有写“日”的（工期18月、13个月）不是日期，不查；
“于13月”“13月底”“2024年十三月”说的是月份，要查。

正例：2024年是闰年；“每年4、8、12月”是三个月份。

    正文:
      项目概况: |
        项目2024年2月29日开始，每年4、8、12月各举办一次，为期18个月，2024.12.31完成；在18个月内、第13月末付清。

反例：4月没有31日。

    正文:
      项目概况: |
        项目经费分两次拨付。
        第二笔资金4月31日到账。   # !R109 30天

反例：2023年不是闰年。

    正文:
      项目概况: |
        项目2023年2月29日开工。   # !R109 28天

反例：用短横线写的日期也查。

    正文:
      项目概况: 项目于2023-06-31完成验收。   # !R109 2023-06-31 30天

反例：没有13月，用汉字写的、没有写年份的也查。

    正文:
      项目概况: 项目于13月完成验收。   # !R109 13月
      实施内容: 十三月底拨付第二笔资金。   # !R109 13月

反例：没有13月。

    问题:
      - 标题: 项目完成较晚
        原因: 合同约定2023年13月完成。   # !R109 13月
        建议: {标题: 加快进度}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...dates_in_texts import impossible
from ...fields import Path
from ...findings import Level, Location
from ...passages import typed
from ...values import Target
from .. import Case, Fault

CODE = "R109"
LEVEL = Level.ERROR
_AROUND = 12  # characters shown on either side


def check(case: Case) -> Iterator[Fault]:
    """A fault for each date in a text that no calendar has."""
    for passage in case.passages:
        yield from _impossible(passage.path, passage.typed, passage.where)
    for path, value in case.values:
        if isinstance(value, Target) and value.number is None:
            yield from _impossible(path, typed(value.text), None)


def _impossible(path: Path, words: str, where: Location | None) -> Iterator[Fault]:
    for start, end, why in impossible(words):
        quoted = words[max(0, start - _AROUND) : end + _AROUND]
        what = f"没有“{words[start:end]}”这个日期：{why}"
        yield Fault(path, what, quoted=quoted, mend="核对日期", where=where)
