"""别处的名称：文字里的社区、街道、区县、公司等名称，数据里没有，可能是别的报告留下的。

数据里有同一类的名称（如以“社区”结尾的单位），文字里却出现这一类的另一个名称，才提示；“各社区”“示范社区”“物业公司”
这样的泛称不提示。社区、街道的名称，与已有的名称并列的、后面写做了什么的（负责、组织、拨付、进度）、“在某某社区开展”
这样的，才看作名称；前面的词数据里别处单用的，是普通的词。数据里的名称包括项目、单位、报告、资金、文件、合同、实施各处。资金或实施按区县列出的，一句、一个分句
开头或与本项目的区县并列的区县名称，也须是列出的。引文、书名号里的不核查。
“2023年……项目绩效评价”里的项目名称与本项目不同的，也提示。确有其事的（如对照、引例），用“已核实”注明。

正例：单位的简称，泛称，名称的一部分。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区柳塘社区居民委员会, 简称: 柳塘社区}
    正文:
      项目概况: 各社区、示范社区都参加了，东风里社区、柳塘社区进度较快，东山区给予表扬。

正例：按区县列出的，泛称不是名称。

    资金:
      按区域:
        - {名称: 甲区, 支出: 10万元}
        - {名称: 丙县, 支出: 10万元}
    正文:
      项目概况: 甲区进度较快；丙县较慢，老旧小区、休闲活动区、平房区、贫困县没有覆盖。

反例：按区县列出的，没有白云区、青山县。

    资金:
      按区域:
        - {名称: 甲区, 支出: 10万元}
        - {名称: 丙县, 支出: 10万元}
    正文:
      项目概况: 甲区、白云区制定了实施细则。   # !X104 白云区
      实施内容: 资金到位率不高，其中青山县使用率为60%。   # !X104 青山县

反例：街道的名称只在更长的名称里，也是数据里有的一类。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区和平街道东风里社区居民委员会, 简称: 东风里社区}
    正文:
      项目概况: 资金由东山区财政局和白云街道拨付，和平街道监督。   # !X104 白云街道

反例：槐荫里社区、北岭区不在数据里；评价的项目名称也不对。

    项目:
      名称: 社区服务项目
      单位:
        - {名称: 某市东山区东风里社区居民委员会, 简称: 东风里社区}
        - {名称: 某市东山区柳塘社区居民委员会, 简称: 柳塘社区}
    正文:
      项目概况: 东风里社区和槐荫里社区进度较快。   # !X104 槐荫里社区
      实施内容: 资金由北岭区财政局拨付。   # !X104 北岭区
      组织管理: 项目由白云社区负责，完善社区、推进社区的做法由各社区报送。   # !X104 白云社区
      评价目的: 对2023年农村道路养护资金绩效评价的要求作了研究。   # !X104 农村道路养护资金
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from ...findings import Level
from ...wording import HAN, REMARKS, fault, sentences_of, texts
from .. import Case, Fault

CODE = "X104"
LEVEL = Level.WARNING

BOUNDARY = "在对由和与及向到的从将把等是为给按以至经据年月日"
# Kinds of names: what they end with, and how long the part before it is.
ENDINGS = {
    "社区居民委员会": (2, 4),
    "社区居委会": (2, 4),
    "社区": (2, 4),
    "村民委员会": (2, 4),
    "村委会": (2, 4),
    "街道办事处": (2, 4),
    "街道": (2, 4),
    "小学": (2, 6),
    "中学": (2, 6),
    "幼儿园": (2, 6),
    "医院": (2, 8),
    "事务所": (4, 12),
    "公司": (4, 16),
    "区": (2, 2),
    "县": (2, 2),
    "市": (2, 2),
    "镇": (2, 3),
    "乡": (2, 3),
    "村": (2, 3),
}
# Words that stand before these kinds without being names.
_COMMON = (
    "各个 所有 全部 全体 部分 多数 其他 其余 有关 相关 示范 试点 城市 农村 老旧 新建 智慧 和谐 文明 幸福 "
    "平安 美丽 未来 辖区 下辖 所属 所在 基层 周边 附近 不同 同一 先行 先进 后进 优秀 典型 普通 一般 其中 "
    "集中 联合 共建 结对 本级 主管 单位 机关 居民 群众 专业 国有 民营 第三 工程 咨询 保洁 安保 物业 施工 "
    "承接 中标 供应 服务 建设 运营 管理 评价 被评 第三方 广告 保险 建筑 文化 综合 专科 公立 民办 乡镇 县级 "
    "市级 区级 定点 人民 中心 社会 街道 社区 项目 资金 年度 老城 新城 主城 功能 开发 居住 商业 工业 城乡 行政 自然 "
    "贫困 帮扶 部门 "
    "成熟 薄弱 共驻 重点 困难 新型 宜居 美好 绿色 完整 书香 红色 品牌 样板 标杆 特色 软弱 回迁 安置 混合 涉农 转型 "
    "较大 较小 大型 小型 超大 拆迁 老龄 老年 儿童 友好 韧性 数字 低碳 星级 目标 参评 获奖 受助 受益 抽查 "
    "抽样 样本 调研 参与 "
    # What is done to, with or for an authority.
    "报送 报告 上报 报请 报经 提请 提交 请示 申请 申报 会同 协同 协助 协调 配合 委托 接受 服从 按照 根据 依据 "
    "经过 通过 取得 获得 指导 督促 监督 支持 参照 执行 落实 下达 印发 拨付 联系"
)
MASK = "\x00"
INSIDE = 4  # the longest own part of a name that may stand inside a longer one
SPAN = 12  # characters looked at on either side of a name
COMMON = frozenset(_COMMON.split())
_OFFICE = re.compile(
    r"人民政府|政府|[党区县市]?委|财政|民政|教育|卫生|水务|水利|住建|农业|人社|文旅|"
    r"组织部|[^，。；]{2,6}局|境内|辖区|全域"
)
# What stands behind a body that acts, and what joins names.
_ACTS = re.compile(
    r"居委会|居民委员会|办事处|党委|党工委|党支部|党总支|负责(?!人)|牵头|组织(?=开展|实施|召开|举办|申报|居民|群众|党员|志愿|了)|承担|主办|承办|申报|拨付|上报|报送|"
    r"(?:较|已|未|没有|均|都|按时|进度|支出率|的(?:项目|经费|资金|支出|进度))"
)
_DONE_THERE = re.compile(
    r"(?:实地|重点|分别|先后|先行)?(?:开展|举办|召开|实施|进行|设立|建成|查看|走访|调研|抽查|核查|检查|访谈|试点)"
)
_JOINED = re.compile(r"[、和与及]|以及")
_ACTOR = re.compile(r"(?:由|包括|其中|分别为|分别是|位于|涉及)$")
_NOT_A_NAME = re.compile(r"[不没无未非已曾只仅每各本该某此其这那哪几多全两个所名类级了使]")
_PLACES = "区县市镇乡村"
_KINDS = "|".join(ENDINGS)
# A name of a county that opens a clause or an item.
_AREA = re.compile(
    rf"(?:(?<![{HAN}])|(?<=其中)|(?<=[和与及]))([{HAN}]{{2}}[区县])(?![{HAN}]?(?:域|划|位|间|分|别|级|乡|城镇))"
)
# What the word before 区 or 县 ends with, where it makes no name: 活动区, 老小区, 贫困县.
_NO_NAME = {
    "区": "社小片园景城校辖地老灾牧库郊市新特战禁专街厂林矿湾盲误营住动闲身公候诊待读车乐戏示验询护种植养殖控化共心核"
    "商业技产教学生居餐厨洗卧房游客旅工农自试务贸税开发能范险点",
    "县": "困弱强富穷管属直点范验试农业口大多邻",
}
_BESIDE = re.compile(rf"(?:{MASK}|局|委)(?:[、和与及]|以及)$")
_NAME = re.compile(rf"(?:(?<![{HAN}])|(?<=[{BOUNDARY}]))(?=([{HAN}]{{2,17}}?)({_KINDS}))")
_PROJECT = re.compile(
    rf"20\d\d年度?([{HAN}]{{4,30}}?)(?=(?:财政|重点|部门|项目|支出){{0,3}}(?:绩效评价|绩效自评|自评报告|评价报告))"
)
_GENERAL = re.compile("项目|支出|财政|重点|部门|预算|整体|专项|资金|年度")
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,60}”")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each name of a kind that the data has, which the data does not have."""
    known = _known(case)
    if not known:
        return
    areas = _areas(case)
    said = "\n".join(passage.typed for passage in sentences_of(case))
    found = sorted((name for name in known if name in said), key=len, reverse=True)
    mask = re.compile("|".join(map(re.escape, found)) or "(?!)")
    is_word = cache(partial(_is_word, case))
    names = "\n".join(known)
    kinds = {ending for ending in ENDINGS if ending in names and any(_of_kind(name, ending) for name in known)}
    for passage in sentences_of(case):
        text = _QUOTED.sub(_blank, mask.sub(_blank, passage.typed))
        named = [(name, match.end(2)) for match in _NAME.finditer(text) if (name := _of(kinds, text, match, is_word))]
        if areas:
            named += [(match[1], match.end()) for match in _AREA.finditer(text) if _is_area(match[1])]
        ends = dict(reversed(named))
        for name, end in sorted(ends.items(), key=lambda item: item[1]):
            if name not in names:
                what = f"文字里的“{name}”不在数据里，可能是别的报告留下的"
                mend = "改为本项目的名称；确有其事的用“已核实”注明"
                yield fault(passage, end - len(name), end, what, actual=name, mend=mend)
        for match in _PROJECT.finditer(text):
            name = match[1].removesuffix("项目")
            if len(_GENERAL.sub("", name)) >= 4 and not any(name in one or one in name for one in known):
                what = f"文字里评价的是“{name}”，与本项目的名称不同"
                yield fault(passage, *match.span(1), what, actual=name, mend="改为本项目的名称")


def _known(case: Case) -> list[str]:
    """Every name of the data: texts that are neither paragraphs nor remarks."""
    names = {
        one.typed
        for one in texts(case)
        if not one.prose and one.path[-1] not in REMARKS and "参数" not in one.path and len(one.typed) >= 2
    }
    return sorted(names)


def _areas(case: Case) -> set[str]:
    """The counties that the funds or the activities are listed by; none where there is but one."""
    rows = case.data.funds.by_area if case.data.funds else []
    activities = case.data.implementation.activities if case.data.implementation else []
    names = [row.name for row in rows] + [one.area for activity in activities for one in activity.by_area]
    found = {name for name in names if name and name[-1] in "区县"}
    return found if len(found) > 1 else set()


def _is_area(name: str) -> bool:
    """Whether a word on 区 or 县 is a county's name."""
    own = name[:-1]
    return own[-1] not in _NO_NAME[name[-1]] and own not in COMMON and not _NOT_A_NAME.search(own)


def _of(kinds: set[str], text: str, match: re.Match[str], is_word: Callable[[str], bool]) -> str | None:
    """The proper name of one of these kinds, None for another."""
    return _proper(text, match, is_word) if match[2] in kinds else None


def _of_kind(name: str, ending: str) -> bool:
    """Whether a name is of the kind; a place may stand inside a longer name, an organisation ends with its kind."""
    shortest, longest = ENDINGS[ending]
    if longest == 2:
        return any(len(part) >= 2 for part in name.split(ending)[:-1]) and len(name) > 3
    if longest <= INSIDE:
        return any(len(part) >= shortest for part in name.split(ending)[:-1])
    return name.endswith(ending) and len(name) - len(ending) >= shortest


def _is_word(case: Case, word: str) -> bool:
    """Whether two characters stand somewhere in the data where they are before no kind of name."""
    apart = re.compile(f"{word}(?!{_KINDS})")
    return any(apart.search(passage.typed) for passage in case.passages)


def _blank(match: re.Match[str]) -> str:
    return MASK * len(match[0])


def _proper(text: str, match: re.Match[str], is_word: Callable[[str], bool]) -> str | None:
    """The name, where it stands as names do and is no word of the data; None for what is common to many."""
    own, ending = match[1].removeprefix("其中").lstrip(BOUNDARY), match[2]
    shortest, longest = ENDINGS[ending]
    if not shortest <= len(own) <= longest or any(sign in BOUNDARY for sign in own) or _NOT_A_NAME.search(own):
        return None
    if own[:2] in COMMON or own[-2:] in COMMON:
        return None
    start = match.end(2) - len(own) - len(ending)
    if ending in _PLACES:
        masked = start > 0 and text[start - 1] == MASK
        return own + ending if masked or _OFFICE.match(text, match.end(2)) else None
    if longest > INSIDE:
        return own + ending
    return own + ending if _stands_as_name(text, start, match.end(2)) and not is_word(own[-2:]) else None


def _stands_as_name(text: str, start: int, end: int) -> bool:
    """Whether what stands beside these characters is what stands beside names: other names, what a body does."""
    before, behind = text[max(0, start - SPAN) : start], text[end : end + SPAN]
    joined = _JOINED.match(behind)
    beside = _BESIDE.search(before) or (joined and behind[joined.end() :].startswith(MASK))
    opened = not before or before[-1] in "，。；：" + MASK or _ACTOR.search(before) or re.search("[、和与及]$", before)
    if before and before[-1] in "在对由" and _DONE_THERE.match(behind):
        return True
    return bool(beside) or bool(opened and _ACTS.match(behind))
