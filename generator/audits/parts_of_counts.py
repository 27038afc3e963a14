"""总数和各部分：“20项指标中有10项实现、10项部分实现”“98个项目（其中工程类57个、活动类18个……）”，各部分加起来等于总数。

“其中：”后面或括号里的各部分单位和总数相同；两部分以上的才加。列举里有“等”“主要”的不看；
只列了两部分、又比总数少得多的（不足九成），可能只是一部分，也不看。金额同样看：
“共支出100万元，其中：甲60万元；乙40万元”
“甲60万元、乙40万元，合计100万元”，单位有万元、有元的换算后相加。

正例：

    共完成98个项目（其中工程类57个、活动类18个、便民服务类5个、志愿公益类5个、其他服务事项13个）。
    20项具体绩效指标中有10项实现预期目标，10项部分实现预期目标。
    全市134个社区中，有49个没有开展活动，12个正在整改。
    主要支出包括100万元，其中：垃圾清运等30万元；设施维修20万元。

    支出96.2万元，结余3.8万元，其中设备50万元、培训20.2万元、宣传26万元。

反例：

    共完成98个项目（其中工程类57个、活动类18个、便民服务类5个、志愿公益类5个、其他服务事项12个）。   # !A104 97个
    项目资金300万元由市级财政安排200万元、区级配套80万元组成。   # !A104 280万元
    得分由决策18分、过程17.5分、产出32分构成，总得分为68.5分。   # !A104 67.5分
    很满意62份，满意30份，不满意8份，共收回有效问卷110份。   # !A104 100份
    权重10分，下设制度健全性（4分）、制度执行有效性（5分）。   # !A104 9分
    累计320万元，分别为100万元、80万元、80万元、50万元。   # !A104 310万元
    2024年3月下达资金500万元，6月下达300万元，全年共下达资金850万元。   # !A104 800万元
    指标一得4分、指标二得5分、指标三得4.5分，共得13分。   # !A104 13.5分
    共有问题5个，已整改3个，未整改1个。   # !A104 4个
    2024年财政拨款收入580万元，其中一般公共预算500万元，政府性基金100万元。   # !A104 600万元
    中标金额分别为128万元、96万元和72万元，中标总金额306万元。   # !A104 296万元
    5个乡镇中，完成任务的有3个，未完成的有3个。   # !A104 6个
    累计支出175,312.57元，其中：甲社区38,929.35元；乙社区136,383.23元。   # !A104 175,312.58元
    决策20分、过程20分、产出35分、效益30分，合计100分。   # !A104 105分
    第一批30万元，第二批40万元，第三批20万元，共拨付100万元。   # !A104 90万元
    道路总长3.5公里，其中主干道2.1公里，支路1.6公里。   # !A104 3.7公里
    甲社区12万元、乙社区80,000.00元、丙社区6万元，合计25万元。   # !A104 26万元
    本年度共支出26万元：甲社区12万元、乙社区8万元、丙社区5万元。   # !A104 25万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Level
from ..values import YUAN_IN, places_of
from ..wording import HAN, fault
from . import Case, Fault
from .units import AMOUNTS, ANY, COUNTED, NUMBER_OF_TEXT, kind_of, value_of

CODE = "A104"
LEVEL = Level.ERROR

_UNITS = ANY
_NUMBER = rf"(?P<number>{NUMBER_OF_TEXT})(?P<unit>{_UNITS})"
_ANY = rf"[{HAN}]{{0,6}}{NUMBER_OF_TEXT}(?:{AMOUNTS})"
_WHOLE = re.compile(_NUMBER + rf"[{HAN}“”、（）]{{0,30}}?[，,；（(]?其中[：:]?(?P<parts>[^。\n]*)")
_AMONG = re.compile(
    rf"(?P<number>\d+)(?P<unit>项|个|家|人|户)(?P<what>[{HAN}]{{1,12}})中[，,]?(?P<parts>(?:[{HAN}]{{1,10}}的?)?有?\d[^。；\n]*)"
)
_COLON = re.compile(
    rf"{_NUMBER}[：:](?P<parts>(?:[{HAN}“”（）]{{1,20}}{NUMBER_OF_TEXT}(?:{_UNITS})[、，；。]?){{2,40}})"
)
_BEHIND = re.compile(
    rf"(?P<parts>(?:(?:\d{{1,2}}月|[{HAN}A-Za-z“”（）]{{1,20}}\s?){NUMBER_OF_TEXT}(?:{_UNITS})[、，；]){{2,40}})"
    rf"(?:两项|三项|各项|以上)?(?:合计|共计|总计)(?:为|是)?{_NUMBER}"
)
_POINTS = re.compile(  # 决策20分、过程20分、产出35分、效益30分，合计100分
    r"(?P<parts>(?:[\u4e00-\u9fff“”（）]{1,20}\d[\d.]*分[、，；]){2,40})(?:各项|以上)?(?:合计|共计|总计)(?:为|是)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>分)"
)
_LABELLED = rf"[{HAN}A-Za-z“”（）]{{1,20}}\s?{NUMBER_OF_TEXT}(?:{_UNITS}|分)"
_MADE_OF = (  # 资金300万元由市级安排200万元、区级配套100万元组成; 由决策18分、过程17分构成，总得分为35分
    re.compile(rf"{_NUMBER}[{HAN}]{{0,6}}由(?P<parts>(?:{_LABELLED}[、，和及]?){{2,20}})(?:组成|构成)"),
    re.compile(
        rf"由(?P<parts>(?:{_LABELLED}[、，和及]?){{2,20}})(?:组成|构成)，(?:总|共|合计|综合)[{HAN}]{{0,5}}"
        rf"(?P<number>{NUMBER_OF_TEXT})(?P<unit>{_UNITS}|分)"
    ),
)
_BRACKETED = re.compile(  # 权重10分，下设制度健全性（4分）、制度执行有效性（6分）
    r"(?:权重|分值|满分)(?:为|共|是|：)?(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<unit>分)，(?:下设|包括|包含|分为|由)"
    rf"(?P<parts>(?:[{HAN}]{{2,20}}（\d{{1,3}}(?:\.\d{{1,2}})?分）[、，和及]?){{2,12}})"
)
_PAPERS = re.compile(
    rf"(?P<parts>(?:[{HAN}]{{1,8}}\d+份[、，；]){{3,10}})共(?:收回|回收)?(?:有效)?(?:问卷)?(?P<number>\d+)(?P<unit>份)"
)
_ORDERED = re.compile(
    rf"(?P<parts>(?:第[一二三四五六七八九十](?:[批次期笔]|季度){_ANY}[、，；]){{2,20}})(?:全年|合计|累计)?共?计?(?:拨付|支付|支出|到位|下达)?{_NUMBER}"
)
_FIGURES = rf"{NUMBER_OF_TEXT}(?:{_UNITS})(?:[、，和]{NUMBER_OF_TEXT}(?:{_UNITS})){{1,20}}"
_SEVERALLY = (  # 累计320万元，分别为100万元、80万元、140万元; 分别投入100万元、150万元，合计投入250万元
    re.compile(rf"(?:合计|累计|共计?|总计){_NUMBER}，(?:分别|依次)为?(?P<parts>{_FIGURES})"),
    re.compile(
        rf"(?:分别|依次)[{HAN}]{{0,6}}(?P<parts>{_FIGURES})，[{HAN}]{{0,4}}?(?:合计|累计|共计?|总计|总金额|总额)[{HAN}]{{0,4}}{_NUMBER}"
    ),
)
_AGAIN = re.compile(  # 3月下达500万元，6月下达300万元，全年共下达资金800万元
    rf"(?P<parts>(?P<verb>下达|拨付|支付|支出|投入)[{HAN}]{{0,4}}{NUMBER_OF_TEXT}(?:{AMOUNTS})"
    rf"(?:，[{HAN}\d]{{0,12}}(?P=verb)[{HAN}]{{0,4}}{NUMBER_OF_TEXT}(?:{AMOUNTS})){{1,11}})"
    rf"，(?:全年|合计|累计|总)(?:共|累计)?(?P=verb)[{HAN}]{{0,4}}{_NUMBER}"
)
_GOT = re.compile(
    r"(?:其中)?(?P<parts>(?:[\u4e00-\u9fff“”]{1,14}得\d{1,3}(?:\.\d{1,2})?分[、，]){2,20})(?:[\u4e00-\u9fff]{0,8}(?:共计|合计))?共?得(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<unit>分)"
)
_DONE = re.compile(  # 问题5个，已整改3个，未整改2个
    rf"(?P<number>\d{{1,6}})(?P<unit>{COUNTED})，(?:其中)?(?P<parts>(?:已经?|完成)[{HAN}]{{0,6}}\d{{1,6}}(?P=unit)，"
    rf"(?:[{HAN}]{{0,6}}\d{{1,6}}(?P=unit)，)?(?:未|尚未|没有)[{HAN}]{{0,6}}\d{{1,6}}(?P=unit))"
)
_CLOSED = (_ORDERED, *_MADE_OF, _BRACKETED, *_SEVERALLY, _AGAIN, _GOT, _DONE)  # those that name all parts
_PATTERNS = (_WHOLE, _AMONG, _COLON, _BEHIND, _POINTS, _PAPERS, *_CLOSED)
_PART = re.compile(rf"(?P<number>{NUMBER_OF_TEXT})(?P<unit>{_UNITS}|分)")
_OPEN = re.compile(
    r"等|女性|少数民族|党员|合计占|共占|占其|主要|包括|部分为|最|每|人均|平均|单价|标准|计划|(?<!公共)(?<!基金)预算(?!内)|到位|[率比]"
)
_LINE = re.compile("以上|以下|以内|及以")  # 80分以上: a line, no part
FEWEST = 2
_FEWEST_OF_ALL = 3  # parts that are taken to be all of them
_MOST_OVER = Decimal("1.5")
_MOST_OF_IT = Decimal("0.9")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each whole whose parts do not add up to it."""
    for passage in case.passages:
        for pattern in _PATTERNS:
            for match in pattern.finditer(passage.typed):
                found = _wrong(match)
                if found and not _of_another(passage.typed, match, found):
                    start = match.start("number")
                    end = match.end("unit")
                    whole = match["number"] + match["unit"]
                    what = f"总数是{whole}，所列各部分相加是{found}"
                    yield fault(passage, start, end, what, expected=found, actual=whole)


def _wrong(match: re.Match[str]) -> str | None:
    """What the parts come to, where neither they nor the first of them are the whole."""
    parts = _listed(match)
    found = [one for one in _PART.finditer(parts) if not _LINE.match(parts, one.end())]
    if (
        len(found) < FEWEST
        or _OPEN.search(parts)
        or "其中" in parts
        or any(kind_of(one) != kind_of(match) for one in found)
    ):
        return None
    values = [value_of(one) for one in found]
    if any(sum(values[: count + 1], Decimal()) == value_of(match) for count in range(FEWEST - 1, len(values))):
        return None
    if _is_open(match, values) or _overlap(match, values) or _is_tail(match, found, values):
        return None
    scale = YUAN_IN.get(match["unit"], Decimal(1))
    added = sum(values, Decimal()) / scale
    places = max(places_of(added), 0 if scale > 1 else max(len(one["number"].partition(".")[2]) for one in found))
    grouped = "," if any("," in one["number"] for one in found) else ""
    return f"{added:{grouped}.{places}f}{match['unit']}"


def _of_another(text: str, match: re.Match[str], added: str) -> bool:
    """Whether the parts come to another figure that the sentence has before them: 支出96.2万元，结余3.8万元，其中…."""
    before = re.split("[。\n]", text[: match.start("parts")])[-1]
    return any(one.group() == added for one in _PART.finditer(before))


def _overlap(match: re.Match[str], values: Sequence[Decimal]) -> bool:
    """Whether counts are of things that one may be several of: 134个社区中有100个…、110个…."""
    return kind_of(match) != "元" and sum(values, Decimal()) > value_of(match) * _MOST_OVER


def _is_tail(match: re.Match[str], parts: Sequence[re.Match[str]], values: Sequence[Decimal]) -> bool:
    """Whether amounts with decimals differ from their sum by no more than each was rounded."""
    written = [one["number"] for one in (match, *parts)]
    if kind_of(match) != "元" or match["unit"] == "元" or not any("." in one for one in written):
        return False
    places = max(len(one.partition(".")[2]) for one in written)
    step = Decimal(1).scaleb(-places) * YUAN_IN[match["unit"]]
    return abs(sum(values, Decimal()) - value_of(match)) <= step * len(parts) / 2


def _is_open(match: re.Match[str], values: Sequence[Decimal]) -> bool:
    """Whether two parts that come to much less than the whole may be some of them."""
    named = re.search(r"其中[：:]|[（(]其中", match[0]) and kind_of(match) == "元"
    listed = match.re in _CLOSED or named
    return not listed and len(values) < _FEWEST_OF_ALL and sum(values, Decimal()) < value_of(match) * _MOST_OF_IT


def _listed(match: re.Match[str]) -> str:
    """The parts: to the bracket's end, to the first ； that has parts before it, or to the sentence's end."""
    parts: str = match["parts"]
    if re.search(r"[（(]其中", match[0]):
        return parts[: _closing(parts)]
    first = parts.partition("；")[0]
    return first if len(_PART.findall(first)) >= FEWEST else parts


def _closing(text: str) -> int:
    """Where the bracket that was open before the text is closed."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign in "（(") - (sign in "）)")
        if not depth:
            return at
    return len(text)
