"""标准和个数：“每个社区20万元，23个社区共460万元”，每个的数乘个数等于总数。

看同一句里的：每个（户、人、家、次、场）多少元，多少个，共多少元；人均（户均）多少元，多少人（户）；单价多少元一平方米，多少平方米。
中间有别的金额的不看。

正例：

    每个社区安排20万元，23个社区共460万元。
    按每户500元的标准，补助120户6万元。

    单价25元/平方米，面积4,000平方米，合计10万元。

反例：

    人均补助标准500元，共补助120人，补助资金合计6.5万元。   # !A118 6万元
    单价25元/平方米，面积4,000平方米，合计12万元。   # !A118 10万元
    每个社区安排20万元，23个社区共450万元。   # !A118 460万元
    环卫车辆更新12辆，单价28.5万元，合计352万元。   # !A118 342万元
    发放津贴12,480人次，金额624万元，人均600元。   # !A118 500元
    供热面积28万平方米，每平方米补贴3.5元，补贴总额108万元。   # !A118 98万元
    月均处理案件25件，全年共处理360件。   # !A118 30件
    每名志愿者补贴50元/天，共30人，服务10天，合计1.8万元。   # !A118 1.5万元
    下达补助资金1,560万元，覆盖13个街道，平均每个街道130万元。   # !A118 120万元
    按每户500元的标准，补助120户6.5万元。   # !A118 6万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, half_up, half_width, places_of, plain
from ..wording import HAN, fault
from . import Case, Fault
from .units import ANY, COUNTED, NUMBER

CODE = "A118"
LEVEL = Level.ERROR

_PRODUCT = re.compile(
    rf"每(?P<of>个|家|户|人次|人|名|次|场|份)[{HAN}]{{0,8}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)(?:的标准)?"
    rf"[，,、]?[{HAN}]{{0,8}}?(?P<count>{NUMBER})(?P=of)[{HAN}]{{0,8}}?[，,]?(?:共计?|合计|总计|计|总额|需|安排|补助)?"
    rf"(?P<sum>{NUMBER})(?P<sum_unit>万元|元)"
)


_PRICED = re.compile(
    rf"(?:(?P<who>[人户])均|单价)[{HAN}]{{0,8}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)(?:[/每](?P<per>{COUNTED}))?[，,、]"
    rf"[{HAN}]{{0,10}}?(?P<count>{NUMBER})(?P<of>{COUNTED})[，,、]?[{HAN}]{{0,10}}?(?:合计|共计|总计|总价|共)[{HAN}]{{0,6}}?"
    rf"(?P<sum>{NUMBER})(?P<sum_unit>万元|元)"
)


_COUNT_FIRST = re.compile(
    rf"(?P<count>{NUMBER})(?P<of>{COUNTED})，(?:平均)?(?:单价|每(?P<per>{COUNTED}))[{HAN}]{{0,4}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)[，、]"
    rf"[{HAN}]{{0,6}}?(?:合计|共计|总计|总价|共)[{HAN}]{{0,6}}?(?P<sum>{NUMBER})(?P<sum_unit>万元|元)"
)
_OFTEN = re.compile("每(?:人|户|名|个|家)?每[月天年日季次]")  # how many times is not said
_SEVERAL = re.compile(r"[，,（(]每[场次个]\d")
_BY_DAYS = re.compile(
    rf"每(?P<of>人|名)[{HAN}]{{0,8}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)[/每](?P<time>天|日|月|场|次)[，,、]"
    rf"[{HAN}]{{0,4}}?(?P<count>{NUMBER})[人名][，,、]?[{HAN}]{{0,6}}?(?P<times>{NUMBER})个?(?P=time)[，,、]?"
    rf"[{HAN}]{{0,6}}?(?:合计|共计|总计|共)[{HAN}]{{0,6}}?(?P<sum>{NUMBER})(?P<sum_unit>万元|元)"
)
MONTHS = 12
_MONTHLY = re.compile(
    rf"月均[{HAN}]{{0,8}}?(?P<each>{NUMBER})(?P<unit>{ANY})[，,、]全年[{HAN}]{{0,8}}?(?P<sum>{NUMBER})(?P=unit)"
)
_AVERAGE_BEHIND = re.compile(  # 12,480人次，金额624万元，人均500元
    rf"(?P<count>{NUMBER})(?P<of>人次|人|户)[，,、][{HAN}]{{0,6}}?(?P<sum>{NUMBER})(?P<sum_unit>万元|元)[，,、]"
    rf"(?P<who>[人户])均[{HAN}]{{0,6}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)"
)
_BY_MEASURE = re.compile(  # 28万平方米，每平方米补贴3.5元，补贴总额98万元
    rf"(?P<count>{NUMBER})(?P<many>万?)(?P<of>{COUNTED})，每(?P=of)[{HAN}]{{0,6}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)[，、]"
    rf"[{HAN}]{{0,6}}?(?:合计|共计|总计|总价|总额|共)[{HAN}]{{0,4}}?(?P<sum>{NUMBER})(?P<sum_unit>万元|元)"
)
_AVERAGE = re.compile(
    rf"(?P<sum>{NUMBER})(?P<sum_unit>万元|元)[，,、]?[{HAN}]{{0,10}}?(?P<count>{NUMBER})(?P<of>个|家|户|人次|人|名|次|场)[^。；\d]{{0,14}}?"
    rf"(?:平均每(?P=of)|(?P<who>[人户])均)[{HAN}]{{0,8}}?(?P<each>{NUMBER})(?P<each_unit>万元|元)"
)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each sum that is not what each one gets times how many there are."""
    for passage in case.passages:
        text = half_width(passage.typed)
        for match in _PRODUCT.finditer(text) if "每" in text else ():
            if not _OFTEN.search(match[0]) and not _SEVERAL.match(text, match.end()):
                yield from _wrong(passage, match)
        for match in _COUNT_FIRST.finditer(text):
            if match["per"] in (None, match["of"]):
                yield from _wrong(passage, match)
        for match in _BY_DAYS.finditer(text):
            yield from _wrong(passage, match, Decimal(match["times"].replace(",", "")))
        for match in _BY_MEASURE.finditer(text):
            yield from _wrong(passage, match, Decimal(10_000) if match["many"] else Decimal(1))
        for match in (*_AVERAGE.finditer(text), *_AVERAGE_BEHIND.finditer(text)):
            if match["who"] in (None, match["of"][0]):
                yield from _wrong_average(passage, match)
        for match in _MONTHLY.finditer(text):
            each, added = (Decimal(match[name].replace(",", "")) for name in ("each", "sum"))
            if half_up(added / MONTHS, places_of(each)) != each:
                wanted = plain(half_up(added / MONTHS, places_of(each))) + match["unit"]
                what = f"全年{match['sum']}{match['unit']}，月均是{wanted}，写的是{match['each']}{match['unit']}"
                yield fault(passage, *match.span("each"), what, expected=wanted, actual=match["each"] + match["unit"])
        for match in _PRICED.finditer(text):
            if match["of"] in (match["who"], match["per"]):
                yield from _wrong(passage, match)


def _wrong_average(passage: Passage, match: re.Match[str]) -> Iterator[Fault]:
    each, count, added = (Decimal(match[name].replace(",", "")) for name in ("each", "count", "sum"))
    exact = added * YUAN_IN[match["sum_unit"]] / YUAN_IN[match["each_unit"]] / count if count else each
    wanted = half_up(exact, places_of(each))
    if wanted != each:
        right, printed = plain(wanted) + match["each_unit"], match["each"] + match["each_unit"]
        whole = match["sum"] + match["sum_unit"]
        what = f"{whole}除以{match['count']}{match['of']}是{right}，写的是{printed}"
        yield fault(passage, *match.span("each"), what, expected=right, actual=printed)


def _wrong(passage: Passage, match: re.Match[str], times: Decimal = Decimal(1)) -> Iterator[Fault]:
    each, count, added = (Decimal(match[name].replace(",", "")) for name in ("each", "count", "sum"))
    exact = each * YUAN_IN[match["each_unit"]] * count * times / YUAN_IN[match["sum_unit"]]
    wanted = half_up(exact, places_of(added))
    if wanted != added:
        right, printed = plain(exact) + match["sum_unit"], match["sum"] + match["sum_unit"]
        of, given = match["of"], match["each"] + match["each_unit"]
        often = f"、{plain(times)}{match['time']}" if "time" in match.groupdict() else ""
        many = "万" if match.groupdict().get("many") else ""
        what = f"每{of}{given}，{match['count']}{many}{of}{often}是{right}，写的是{printed}"
        yield fault(passage, *match.span("sum"), what, expected=right, actual=printed)
