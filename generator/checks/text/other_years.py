"""年度不符：文字里的年度不是项目的年度，可能是以前的报告留下的。

“20XX年度”“20XX年项目”“20XX年预算”“20XX年初设定的绩效目标”一类，和绩效目标里早于项目的年月，不是项目年度的记为警告；句首的“20XX年，”是相邻年度的，紧接着说本项目的，和别的年份与
项目、资金、支出、绩效同在一句的，记为提示；项目名称、报告标题里有别的年度的，记为错误。
项目跨年的，开始到完成之间都是本项目的年度；书名号、引号、文号里的年份，数据里各个日期的年份，与往年比较
（上年、较、比、以来……）和以后的安排（拟、计划、下一年……）不核查。

正例：项目年度、文件和往年的比较。

    项目: {名称: 专项经费, 年度: 2024}
    正文:
      项目概况: 2024年度安排经费，较2023年度增加一成，依据《2021年度预算编制办法》执行。
      实施内容: 自2021年起，社区开办老年大学。2021年，项目所在的社区成立居民服务站。
      评价过程: 与2023年初设定的绩效目标相比有提高。
    绩效目标:
      阶段性目标: 2024年11月底前完成年度任务，比2023年11月多两项。

反例：报告标题是2023年；文字里有2023年度、2022年的支出。

    报告:
      标题: 2023年专项经费   # !X119 2023年
      样式: national
    项目: {名称: 专项经费, 年度: 2024}
    正文:
      项目概况: 2023年度预算全部下达。   # !X119 2023年度
      实施内容: 2022年支出资金全部用于社区。   # !X119 2022年
      产出情况: 2023年，项目经费支持居民成立了三支队伍。   # !X119 2023年
      评价过程: 对照2023年初设定的绩效目标，在此基础上打分。   # !X119 2023年
    绩效目标:
      阶段性目标: 2023年11月底前完成年度任务。   # !X119 2023年
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import Passage
from ...values import Day
from ...wording import fault, sentence_around, sentences_of
from ...years_in_texts import is_compared, masked, other_years
from .. import Case, Fault
from . import dates

CODE = "X119"
LEVEL = Level.WARNING

_MONTH = re.compile(r"(?<![\d.])((?:19|20)\d\d)年(?=\d{1,2}月)")
_GOALS = ("总体目标", "阶段性目标")
_TITLES = (("项目", "名称"), ("报告", "标题"))


def check(case: Case) -> Iterator[Fault]:
    """A fault for each year in a text that is not the project's."""
    project = case.data.project
    if project is None or project.year is None:
        return
    own = {project.year, *_between(project.start, project.end)}
    for passage in case.passages:
        if passage.path in _TITLES:
            yield from _in_title(passage, own, project.year)
    dated = own | {day.year for day in dates(case)}
    for passage in sentences_of(case):
        text = masked(passage.typed)
        for match, level in other_years(text, project.year, own, dated):
            what = f"文字里是{match[0]}，项目的年度是{project.year}年"
            mend = "改为 {{ 项目.年度 }}年；确是那一年的用“已核实”注明"
            expected = f"{project.year}年"
            yield fault(passage, *match.span(), what, expected=expected, actual=match[0], mend=mend, level=level)
        if passage.path[0] == "绩效目标" and passage.path[-1] in _GOALS:
            yield from _earlier(passage, text, own)


def _earlier(passage: Passage, text: str, own: set[int]) -> Iterator[Fault]:
    """The months that a goal sets before the project."""
    for match in _MONTH.finditer(text):
        sentence = text[slice(*sentence_around(text, match.start()))]
        if int(match[1]) < min(own) and not is_compared(sentence):
            what = f"绩效目标里是{match[0]}，早于项目的年度{min(own)}年"
            expected = f"{min(own)}年"
            mend = "改为 {{ 项目.年度 }}年；确是那一年的用“已核实”注明"
            yield fault(passage, *match.span(), what, expected=expected, actual=match[0], mend=mend)


def _in_title(passage: Passage, own: set[int], year: int) -> Iterator[Fault]:
    years = [int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d\d)(?=年|[-—–至]\d{4}年)", passage.typed)]
    ranged = len(years) == 2 and years[0] <= year <= years[1]
    for found in years:
        if found not in own and not ranged:
            key = "".join(map(str, passage.path))
            what = f"{key}里是{found}年，项目的年度是{year}年"
            mend = "改正名称里的年份，或改正“项目.年度”"
            place = passage.typed.find(str(found))
            more = {"expected": f"{year}年", "actual": f"{found}年", "mend": mend, "level": Level.ERROR}
            yield fault(passage, place, place + 5, what, **more)


def _between(start: object, end: object) -> range:
    if isinstance(start, Day) and isinstance(end, Day):
        return range(start.year, min(end.year, start.year + 30) + 1)
    return range(start.year, start.year + 1) if isinstance(start, Day) else range(0)
