"""年份：引用的文号晚于报告的日期；标题里的年度和正文里反复写的年度不同。

报告的日期是封面上单独成行的“二〇二五年六月二十日”“2025年6月”；没有的不看文号。

正例：

    2024年社区服务站运营补助项目绩效评价报告
    二〇二五年六月二十日
    依据《关于印发管理办法的通知》（某财〔2023〕5号），对2024年度项目开展评价。

反例：

    2024年社区服务站运营补助项目绩效评价报告
    二〇二五年六月二十日
    依据《关于印发管理办法的通知》（某财〔2032〕5号），对2024年度项目开展评价。   # !A151 2032

反例：

    2023年社区服务站运营补助项目绩效评价报告   # !A151 2024
    2024年社区服务站运营补助项目由甲局实施。
    2024年社区服务站运营补助项目资金到位及时。
    2024年社区服务站运营补助项目综合得分90分。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..findings import Level
from ..wording import fault
from . import Case, Fault

CODE = "A151"
LEVEL = Level.WARNING

_DIGITS = {**{sign: number for number, sign in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0}
_DATED = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*"
)
_NUMBER = re.compile(r"[〔\[（(](?P<year>(?:19|20)\d\d)[〕\]）)]\s?(?:第)?\d{1,5}号")
_TITLE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年度?(?P<name>[^，。；：]{4,40}?)(?:项目)?(?:支出)?绩效(?:评价|自评)(?:报告|表)?"
)
_OFTEN = 3


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each document newer than the report, and for a title of another year than the text's."""
    yield from _newer(case)
    yield from _title(case)


def _newer(case: Case) -> Iterator[Fault]:
    dated = [int(_year(match["year"])) for one in case.passages if (match := _DATED.fullmatch(one.typed))]
    if not dated:
        return
    for passage in case.passages:
        for match in _NUMBER.finditer(passage.typed):
            if int(match["year"]) > max(dated):
                what = f"文号里的{match['year']}年晚于报告的日期（{max(dated)}年）"
                yield fault(passage, *match.span(), what, actual=match["year"])


def _year(written: str) -> str:
    return "".join(sign if sign.isascii() else str(_DIGITS.get(sign, 2)) for sign in written)


def _title(case: Case) -> Iterator[Fault]:
    text = "\n".join(passage.typed for passage in case.passages)
    for passage in case.passages:
        match = _TITLE.match(passage.typed.strip()) if len(passage.typed) <= 80 else None
        if not match:
            continue
        years = Counter(re.findall(rf"((?:19|20)\d\d)年度?{re.escape(match['name'])}", text))
        usual, count = years.most_common(1)[0]
        if usual != match["year"] and count >= _OFTEN and years[match["year"]] * _OFTEN <= count:
            what = f"标题是{match['year']}年，正文里{count}处写的是{usual}年的“{match['name']}”"
            at = passage.typed.find(match["year"])
            yield fault(passage, at, at + 4, what, expected=usual, actual=match["year"])
