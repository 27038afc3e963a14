"""The manual page of a code, a rule, a measure or a filter: what `jixiao explain` prints.

A check, rule, measure or filter is its own manual: its docstring.  The other codes are told here, one line each.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from .checks import checks
from .findings import ReportError
from .language import filter_functions
from .measures import measures
from .records import nearest
from .rules import rules

SERIES = {
    "Y": "数据文件的写法",
    "D": "数据的键和值",
    "B": "工作簿",
    "S": "计分",
    "C": "数据里的文字和名称",
    "F": "资金",
    "K": "分值、得分和等级",
    "G": "绩效目标",
    "Q": "问卷",
    "R": "日期",
    "X": "文字",
    "P": "结构",
    "H": "已核实和核查的级别",
    "M": "印出的报告",
    "T": "Word 模板",
    "W": "写文件",
    "U": "命令",
}
OTHER = {
    "Y001": "空的数据文件：文件里没有“键: 值”。用 jixiao new 新建一份，照着填。",
    "Y002": "编码不对：文件不是 UTF-8 编码的文字。用记事本打开，“另存为”时编码选 UTF-8。",
    "Y003": "不能用的字符：文件里有看不见的控制字符，Word 里不能有。从别处粘贴来的文字常带着它，删去即可。",
    "Y004": "缩进不对：缩进里有制表符或全角空格，或这一行的缩进和上下不齐。缩进只用半角空格，同一层对齐。",
    "Y005": "全角冒号：键后面是全角冒号“：”。键后用半角冒号加一个空格，如“预算: 66万元”。",
    "Y006": "读不下去：这里不合 YAML 的写法，最常见的是引号或括号没有写完、键后没有冒号、列表缺“- ”。",
    "Y007": "两份数据：一个文件里只能有一份数据，不能再用“---”开始另一份。",
    "Y008": "锚点和别名：数据文件里不用 &、* 和 !。同一个数在别处用，写 {{ 名称 }} 引用。",
    "Y009": "太深或太多：层次或值的个数超过了限度，不像一份数据文件。",
    "Y010": "键不是文字：键不能是列表或花括号。以 {{ 开头的文字要放进引号。",
    "Y011": "写了两次：同一个键（或它的别名）写了两次，不知道以哪个为准。删去其中一个。",
    "Y012": "冒号后没有空格：“键:”后面要空一格再写值。",
    "Y013": "花括号里的逗号：花括号里逗号分开各项，数字里的千分位逗号会把数拆开。把数放进引号，或不写逗号。",
    "Y014": "“-”后没有空格：列表每条前写“- ”，横线后空一格（半角）。",
    "D001": "不认识的键：没有这个字段，多半是写错了字。全部字段见 docs/字段.md。",
    "D002": "缺少必填的键：这一条少了必须有的内容。",
    "D003": "不在可选范围：这个值只能从列出的几个里选。",
    "D004": "值不对：这个值不是该字段要的金额、日期、百分比、数量等，或者没有这一天（如 2月30日）。",
    "D005": "形状不对：该写列表的写成了文字，该写下一级的写成了一个值，或者反过来。",
    "D006": "没有这种方法：计分方法或测算方法的名称不对。jixiao explain 加方法的名称，看它的用法。",
    "D007": "上年的数据文件没有读成：“上年”写的文件不在、不能读，或不在本文件所在的文件夹里；与上年度对比不印。",
    "B001": "不是工作簿：文件不是 .xlsx，已损坏、加了密码，或是旧格式 .xls。在 Excel 或 WPS 里打开，另存为 .xlsx。",
    "B002": "工作簿太大：解压后过大，或填了字的单元格太多，不像一份数据文件。",
    "B003": "公式没有结果或算错：没有保存过计算结果，在 Excel 或 WPS 里打开保存一次；#REF! 之类改正公式。",
    "B004": "单元格读不懂：表头重复，或格里的写法不对，如参数不是“键: 值”。",
    "B005": "没有用：不认识的表、列或行。改成认识的名称，或不管它。",
    "B006": "隐藏的内容：隐藏的表、行、列里有内容，照样读了。不要的请删去。",
    "B007": "没有读的行：合计行由程序相加，表下的注不是数据，都不读。",
    "B008": "不知道是哪一条：这一行没有名称，或没有上一级，或前面还没有可接的一条。",
    "B009": "数字太长：按数字存放的只保留 15 位。代码、账号的格式改为文本，再输入一遍。",
    "S001": "没有这个数：计分或测算的参数里引用的名称不存在。",
    "S002": "算不出来：参数和数值合不到一起，例如百分比和金额相比，或得分超过了分值。",
    "S003": "分值不等于下级之和：上级写的分值和下级分值相加不同。上级的分值可以不写，由下级相加。",
    "S004": "有下级又有计分方法：有下级指标的，得分由下级相加，不再写计分方法。",
    "S005": "给出的结果与算出的不同：评价结果里写的总分、满分或等级，和指标体系算出的不一样。",
    "S006": "人数超过有效问卷：一道题各选项的人数之和超过了有效问卷数，算不出得分率。",
    "S007": "等级不在样式里：评价结果里写的等级，不是所用样式的等级；满分已知时按样式的分档印。",
    "S010": "待评：这个指标还缺数，没有得分；它的上级和总分也没有。正式稿里是错误。",
    "C001": "没有这个名称：文字里 {{ }} 引用的名称不存在。",
    "C002": "没有这个单位：引用的单位不在“项目.单位”里。",
    "C003": "没有这个文件：“依据”里的简称不在“文件”里。",
    "C004": "标记写错了：文字里的 {{ }} 或 {% %} 不完整，或用了这里不能用的写法。",
    "C005": "标记算不出来：文字里的 {{ }} 在取值时出错，例如拿文字当数来算。",
    "C006": "绕成一圈：几段文字互相引用，没有尽头。",
    "C010": "没有归组的一级指标：样式没有说这个一级指标归入哪一组，排在其他组之后。可在样式的“对应”里写明。",
    "C011": "样式没有这一节：正文里的这个键，样式的提纲里没有，它的文字不会印出。",
    "H001": "已核实没有对上：这一条没有对上任何核查结果：问题已经改正，或位置、原文写得不对。",
    "H002": "已核实的代码不对：没有这个代码的核查。全部代码：jixiao explain。",
    "H003": "样式里的核查代码不对：style.yaml 的“核查”里写了没有的代码。",
    "M001": "待补充：报告里要印的内容，数据里没有，印成【待补充】。正式稿里是错误。",
    "M002": "没有印出的文字：数据里的这段文字，所用的样式没有地方印。",
    "M003": "没有印出的列表：数据里的这个列表，多数的行没有印进报告，所用的样式没有这一项。",
    "M004": "正式稿不是定稿：用 --final 生成，“报告.版本”却写着初稿或征求意见稿，会印在封面和页眉上。",
    "T101": "不是 Word 文档：模板文件打不开，或者不是完整的 .docx。",
    "T110": "模板标记的写法不对：标记里的写法程序不认识，或这里不能用。",
    "T111": "模板标记没有配对：if 缺 endif、for 缺 endfor，或标记没有在本段里写完。",
    "T112": "标记旁的文字会丢失：{%p %} 等占用整段、整行或整格，同在里面的文字不会印出。",
    "T113": "标记的位置不对：{%tr %} 只能写在表格的行里，{%tc %} 只能写在单元格里。",
    "T114": "没有这个过滤器：竖线后面的名称不是可用的过滤器，见 docs/过滤器.md。",
    "T115": "开头和结尾不在同一层：整段用 {%p %}，整行用 {%tr %}，整格用 {%tc %}，开头和结尾用同一种。",
    "T116": "|合并 或 |分段 的位置不对：|合并 用在表格单元格里，|分段 单独成段。",
    "T120": "目录不完整：目录域没有写完，或跨出了它所在的部分。在 Word 里重新插入目录。",
    "T130": "图表没有绑定好：图表的替代文字写得不对，或图表不在正文里。见 docs/图表.md。",
    "T201": "模板里没有这个名称：模板的标记引用了不存在的名称。",
    "T203": "模板的标记算不出来：标记在取值时出错。",
    "T205": "控制字符：数据里有 Word 不允许的控制字符。",
    "W001": "不覆盖：同名的文件已经存在，而且被人改动过。换一个文件名（-o），或加 --force。",
    "U001": "命令写得不对：选项或参数不对，用 jixiao --help 看用法。",
    "E000": "做不下去：说明里写了原因，例如没有这个文件夹、没有这个样式。",
}


def pages() -> dict[str, str]:
    """Every page by its code or name."""
    found = {one.CODE: _page(one) for one in checks()}
    found.update({name: _page(module) for name, module in (*rules().items(), *measures().items())})
    found.update({name: _page(function) for name, function in filter_functions().items()})
    return {**found, **OTHER}


def explained(name: str) -> Iterator[str]:
    """The lines of one page; ReportError with the nearest name when there is none."""
    found = pages()
    known = name if name in found else name.upper()
    if known not in found:
        raise ReportError(
            f"没有“{name}”这个代码或方法。{nearest(name, found, listed=False)}列出全部核查：jixiao explain"
        )
    yield from found[known].splitlines()


def listed_codes() -> Iterator[str]:
    """Every check with its level and first sentence, by subject."""
    series = ""
    for one in sorted(checks(), key=lambda check: list(SERIES).index(check.CODE[0]) * 1000 + int(check.CODE[1:])):
        if one.CODE[0] != series:
            series = one.CODE[0]
            yield f"{SERIES[series]}："
        yield f"  {one.CODE}　{one.LEVEL}　{title(one)}"


def title(check: object) -> str:
    """What a check is called: its docstring up to the first colon."""
    return _page(check).partition("：")[0]


def _page(documented: object) -> str:
    return inspect.getdoc(documented) or ""
