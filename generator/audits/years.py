"""年份：标题、正文的年度不一；晚于报告日期的文号、数据和事情；没有这样的年份。

标题里的年度、单独写着的“（2024年度）”和正文里写得最多的年度是报告的年度，看不出是哪一年的不看。正文里另写一个年度、
又不是和往年比较的要核对（和核查 X119 是同一段程序）；同一个名称、文件、截至日期，多处一个年份、一处不同的也要核对。
报告的日期是封面或末尾单独成行的“二〇二五年六月二十日”“2025年6月”，文号、“截至”的日期和已经签订、印发、到账的日期晚于它的
要核对；没有报告日期的，只看比全文写的年份都晚的文号。

正例：

    2024年社区服务站运营补助项目绩效评价报告
    二〇二五年六月二十日
    依据《关于印发管理办法的通知》（某财〔2023〕5号），对2024年度项目开展评价。2024年项目预算比2023年度增加一成。
    合同2024年3月签订，2026年12月到期；资金数据截至2025年3月31日。

反例：文号、截至的日期和已经签订的合同晚于报告。

    2024年社区服务站运营补助项目绩效评价报告
    二〇二五年六月二十日
    依据《关于印发管理办法的通知》（某财〔2032〕5号），对2024年度项目开展评价。   # !A151 2032
    截至2025年12月31日，资金已经全部支出。   # !A151 2025年12月31日
    街道与甲公司于2025年8月1日签订了合同。   # !A151 2025年8月1日

反例：正文里另一个年度。

    2024年社区服务站运营补助项目绩效评价报告
    2024年社区服务站运营补助项目由甲局实施，资金到位及时。
    2024年社区服务站运营补助项目综合得分90分，2023年社区服务站运营补助项目得到好评。   # !A151 2023年的“社区服务站
    2023年度预算全部下达，项目经费用于社区。   # !A151 2023年度
    2023年，使用该资金开展了楼门沙龙活动，完成了年度指标。   # !A151 2023年

反例：标题的年度写错了。

    2023年社区服务站运营补助项目绩效评价报告   # !A151 2024
    2024年社区服务站运营补助项目由甲局实施。
    2024年社区服务站运营补助项目资金到位及时。
    2024年社区服务站运营补助项目综合得分90分。

反例：同一个文件、同一个截至日期，年份不同。

    依据《关于印发管理办法的通知》（某财〔2023〕5号），截至2024年12月31日支出10万元。
    按照《关于印发管理办法的通知》（某财〔2022〕5号）的要求，截至2023年12月31日支出10万元。   # !A151 2023
    依据《关于印发管理办法的通知》（某财〔2023〕5号），截至2024年12月31日支出10万元，截至2024年12月31日结余1万元。

反例：没有这样的年份，文件的日期和文号不是一年。

    依据2022年3月5日印发的《管理办法》（某财〔2021〕5号）执行。   # !A151 2021
    依据某财〔2081〕5号执行。   # !A151 2081
    项目于20224年6月完成验收，2205年度结项。   # !A151 20224年
    项目于2024年6月完成验收，202年度结项。   # !A151 202年
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..dates_in_texts import spans
from ..findings import Level
from ..numerals import count_of
from ..passages import Passage
from ..values import Day
from ..wording import fault, sentence_around
from ..years_in_texts import is_compared, masked, other_years
from . import Case, Fault

CODE = "A151"
LEVEL = Level.WARNING

_DIGITS = {**{sign: number for number, sign in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0}
_ALONE = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年\s*(?P<month>[\d一二三四五六七八九十]{1,2})\s*月"
    r"(?:\s*(?P<day>[\d一二三四五六七八九十]{1,3})\s*日)?\s*"
)
_NUMBER = re.compile(r"[〔\[（(](?P<year>[12]\d{3})[〕\]）)]\s?(?:第)?\d{1,5}号")
_ISSUED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日)?(?:印发|发布|下发|出台|制定|颁布)的?了?《[^《》]{1,60}》[〔\[（(]"
    r"[^〔\[\d。；]{1,12}[〔\[](?P<number>(?:19|20)\d\d)[〕\]]"
)
_TITLE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年度?(?P<name>[^，。；：]{4,40}?)(?:项目)?(?:支出)?绩效(?:评价|自评)(?:报告|表)?"
)
_OF_YEAR = re.compile(r"\s*[（(]?\s*(?P<year>(?:19|20)\d\d)\s*年度\s*[）)]?。?\s*")
_WORN = re.compile(r"(?<![\d.])((?:19|20)\d\d)年(?!\d{1,2}月|[至到—–~-])")
_MENTIONED = re.compile(r"(?<![\d.])(20\d\d)年")
_NONE = re.compile(
    r"(?<![\d.])(?<!\d[,，])(?P<written>\d{5}|0\d{3}|2[1-9]\d\d|[3-9]\d{3}|20\d)年(?=\d{1,2}月|初|底|末|度(?!假))"
)
_DATE = re.compile(r"(?<![\d.])(?P<year>20\d\d)年(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日)?")
_CUTOFF = re.compile(r"截[至止]到?$")
_DONE = re.compile(
    r"[，]?(?:[^，。；]{0,24}?)(?:签订了?|签署了?|印发了?|下发了?|召开了?|到账|拨付了|验收了|已经|已(?!计划))|[才刚](?:到账|完成|签订)"
)
_PLANNED = re.compile(r"计划|将|拟|预计|目标|期限|到期|有效|应|须|要求|前|起|下一年|至|约定|时限|届满|为止|如|若")
_NAMED = re.compile(r"(?<![\d.—-])(?P<year>20\d\d)年度?(?P<name>[\u4e00-\u9fff]{8})")
_CITED = re.compile(
    r"(?P<name>[^《》〈〉（(]{6,60})(?:（试行）|（修订稿）)?(?:》|”|>|＞|〉|的通知|办法){1,4}[（(]"
    r"(?P<from>[^〔\[（()）。；，]{2,12})[〔\[](?P<year>(?:19|20)\d\d)[〕\]]\s?(?P<serial>\d{1,5})号"
)
_AS_OF = re.compile(r"截[至止]到?(?P<year>20\d\d)年(?P<name>\d{1,2}月\d{1,2}日)")
_OFTEN = 3
_CLEARLY = 0.6  # of the mentions of years


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each document or event newer than the report, each other year, and each year that is none."""
    made = _report_day(case)
    yield from _newer(case, made)
    for passage in case.passages:
        yield from _none(passage)
        if made:
            yield from _afterwards(passage, made)
    yield from _title(case)
    told: list[object] = []
    for one in (*_once(case), *_others(case)):
        place = (one.path, one.actual)
        if place not in told:
            told.append(place)
            yield one


def _report_day(case: Case) -> Day | None:
    """The day that stands by itself outside of tables, the last one where there are several."""
    found = []
    for paragraph in case.report.paragraphs:
        if match := _ALONE.fullmatch(paragraph.text):
            month, day = count_of(match["month"]), count_of(match["day"]) if match["day"] else 1
            year = int(_year(match["year"]))
            if 1 <= (month or 0) <= 12 and 1 <= (day or 0) <= calendar.monthrange(year, month or 1)[1]:
                found.append(Day(year, month, day if match["day"] else None))
    return max(found, key=lambda day: (day.year, day.month or 0, day.day or 0), default=None)


def _newer(case: Case, made: Day | None) -> Iterator[Fault]:
    mentioned = [int(year) for passage in case.passages for year in _MENTIONED.findall(masked(passage.typed))]
    newest = made.year if made else max(mentioned) + 1 if mentioned else None
    against = f"晚于报告的日期（{made}）" if made else "比全文写的年份都晚"
    for passage in case.passages:
        for match in _NUMBER.finditer(passage.typed):
            year = int(match["year"])
            if newest and year > newest:
                yield fault(passage, *match.span(), f"文号里的{year}年{against}", actual=match["year"])
            elif year < 1949:
                yield fault(passage, *match.span(), f"文号里的{year}年写错了", actual=match["year"])
        for match in _ISSUED.finditer(passage.typed):
            written, year = int(match["number"]), int(match["year"])
            if written != year and not (written == year - 1 and int(match["month"]) == 1):
                what = f"印发日期是{year}年，文号里是{written}年"
                yield fault(passage, *match.span(), what, expected=str(year), actual=match["number"])


def _none(passage: Passage) -> Iterator[Fault]:
    for match in _NONE.finditer(passage.typed):
        what = f"没有“{match['written']}年”这样的年份"
        yield fault(passage, *match.span(), what, actual=f"{match['written']}年", level=Level.ERROR)


def _afterwards(passage: Passage, made: Day) -> Iterator[Fault]:
    """What is told as done, and figures as of a day, after the day of the report."""
    for match in _DATE.finditer(passage.typed):
        day = Day(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)
        if (day.year, day.month or 0, day.day or 0) <= (made.year, made.month or 12, made.day or 31):
            continue
        start, end = sentence_around(passage.typed, match.start())
        clause = passage.typed[match.end() : end].partition("；")[0]
        before = re.split("[，；]", passage.typed[start : match.start()])[-1]
        cutoff = _CUTOFF.search(before)
        if not cutoff and (_PLANNED.search(before + clause[:30]) or not _DONE.match(clause)):
            continue
        what = f"{'数据截至' if cutoff else '写成已经发生的'}{match[0]}晚于报告的日期（{made}）"
        yield fault(passage, *match.span(), what, actual=match[0])


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


def _once(case: Case) -> Iterator[Fault]:
    """The one year among many others of the same name, document or day."""
    for pattern, called in ((_NAMED, "的“{}”"), (_CITED, "的《{}》"), (_AS_OF, "{}")):
        found = defaultdict[str, list[tuple[str, Passage, re.Match[str]]]](list)
        for passage in case.passages:
            for match in pattern.finditer(passage.typed):
                key = match["name"][-12:] + match.groupdict().get("from", "")
                found[key].append((match["year"], passage, match))
        for mentions in found.values():
            years = Counter(year for year, _, _ in mentions)
            usual, count = years.most_common(1)[0]
            if count < (2 if pattern is _CITED else _OFTEN):
                continue
            for year, passage, match in mentions:
                if year == usual or years[year] * _OFTEN > count + 1 or _is_compared(passage, match):
                    continue
                what = f"{year}年{called.format(match['name'][-12:])}，别处{count}处写的是{usual}年"
                yield fault(passage, *match.span(), what, expected=f"{usual}年", actual=f"{year}年")


def _is_compared(passage: Passage, match: re.Match[str]) -> bool:
    sentence = passage.typed[slice(*sentence_around(passage.typed, match.start("year")))]
    return len(set(_WORN.findall(sentence))) > 1 and is_compared(sentence)


def _others(case: Case) -> Iterator[Fault]:
    """The years of sentences that are not the report's."""
    year = _own_year(case.passages)
    if year is None:
        return
    lasting = [one for passage in case.passages for one in spans(passage.typed)]
    own = {year, *(found for one in lasting for found in range(one.first.year, min(one.last.year, year + 30) + 1))}
    dated = own | {int(match["year"]) for passage in case.passages for match in _DATE.finditer(passage.typed)}
    for passage in case.passages:
        if not passage.prose:
            continue
        text = masked(passage.typed)
        for match, level in other_years(text, year, own, dated):
            if f"{year}年" in text[slice(*sentence_around(text, match.start()))]:
                continue  # the two years are told apart there
            what = f"这里写的是{match[0]}，报告说的是{year}年"
            yield fault(passage, *match.span(), what, expected=f"{year}年", actual=match[0], level=level)


def _own_year(passages: tuple[Passage, ...]) -> int | None:
    """The year that the title, or what stands by itself, and most sentences agree on; None where it is not plain."""
    titled = {
        int(match["year"])
        for passage in passages
        if len(passage.typed) <= 80
        and (match := _TITLE.match(passage.typed.strip()) or _OF_YEAR.fullmatch(passage.typed))
    }
    years = Counter(int(year) for passage in passages for year in _WORN.findall(masked(passage.typed)))
    usual, count = years.most_common(1)[0] if years else (None, 0)
    clear = count >= _OFTEN and count >= _CLEARLY * sum(years.values())
    if len(titled) == 1 and (usual in titled or not clear):
        return titled.pop()
    return usual if not titled and clear and count > _OFTEN else None
