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

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...fields import Path, Record
from ...findings import Level, Location
from ...names import own_names
from ...passages import typed
from ...values import Target
from .. import Case, Fault

CODE = "R109"
LEVEL = Level.ERROR
_AROUND = 12  # characters shown on either side
_LEAP = 2024  # a year in which a date without year may be
# 2023年2月29日, 2023年13月, 2月30日, 2月28日至30日; 2023-02-29, 2023/2/29, 2023.2.29
_CHINESE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月"
    r"(?:(?P<day>\d{1,2})(?:日?[-—–~～至、](?P<to>\d{1,2})(?=日))?(?P<sign>[日号]))?"
)
_SIGNS = re.compile(
    r"(?<![0-9A-Za-z./〔(-])(?P<year>(?:19|20)\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![0-9A-Za-z/-])"
)
# A month that is no span of months: 于13月, 13月底, 2024年十三月.
_MONTH = re.compile(
    r"(?:(?<=[于在])|(?<=截至)|(?<=截止))(?P<at>\d{2}|十[三四五六七八九])月(?![内以之后间])"
    r"|(?<![\d.第二三四五六七八九十])(?P<part>\d{2}|十[三四五六七八九])月(?:底|初|份|[上中下]旬)"
    r"|(?:(?<=\d{4}年)|(?<=二[〇○零][一二三四五六七八九][一二三四五六七八九〇○零]年))(?P<of>十[三四五六七八九])月"
)


@dataclass(frozen=True, slots=True)
class _Text:
    path: Path
    where: Location | None
    words: str


def check(case: Case) -> Iterator[Fault]:
    """A fault for each date in a text that no calendar has."""
    for text in _texts(case):
        for start, end, why in _impossible(text.words):
            quoted = text.words[max(0, start - _AROUND) : end + _AROUND]
            what = f"没有“{text.words[start:end]}”这个日期：{why}"
            yield Fault(text.path, what, quoted=quoted, mend="核对日期", where=text.where)


def _texts(case: Case) -> Iterator[_Text]:
    for passage in case.passages:
        yield _Text(passage.path, passage.where, passage.typed)
    for path, target in _targets(case.data, ()):
        yield _Text(path, None, typed(target.text))


def _targets(value: object, path: Path) -> Iterator[tuple[Path, Target]]:
    """The targets that are words."""
    if isinstance(value, Target) and value.number is None:
        yield path, value
    elif isinstance(value, Record):
        for name, inner in own_names(value):
            yield from _targets(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _targets(inner, (*path, index))


def _impossible(words: str) -> Iterator[tuple[int, int, str]]:
    """Where in `words` an impossible date stands, from and to, and why it is one."""
    for match in (*_CHINESE.finditer(words), *_SIGNS.finditer(words)):
        parts = match.groupdict()
        year, month = int(parts["year"]) if parts["year"] else None, int(parts["month"])
        if year is None and parts["day"] is None:
            continue
        days = [int(parts[name]) for name in ("day", "to") if parts.get(name)]
        if why := _why(year, month, days):
            yield match.start(), match.end(), why
    for match in _MONTH.finditer(words):
        written = match["at"] or match["part"] or match["of"]
        month = int(written) if written.isdecimal() else 10 + "一二三四五六七八九".index(written[1]) + 1
        if not 1 <= month <= 12:
            yield match.start(), match.end(), f"没有{month}月"


def _why(year: int | None, month: int, days: list[int]) -> str | None:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    most = calendar.monthrange(year or _LEAP, month)[1]
    if all(1 <= one <= most for one in days):
        return None
    return f"{f'{year}年' if year else ''}{month}月{'' if year or month != 2 else '最多'}只有{most}天"
