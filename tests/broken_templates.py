"""Templates with one mistake each, as people make them in Word, and the codes that lint must tell of them.

They are written in a line or two each: a text is a paragraph, a list of rows a table, a function changes the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .wordfiles import add_table

Piece = str | list[list[str]] | Callable[[Document], object]


@dataclass(frozen=True)
class Broken:
    """A template with a mistake: what it is made of, one of which codes lint must tell, and words that it must say."""

    name: str
    pieces: Sequence[Piece]
    code: str
    says: Sequence[str] = ()

    def write(self, path: Path) -> Path:
        """The template as a .docx."""
        document = docx.Document()
        for piece in self.pieces:
            if isinstance(piece, str):
                document.add_paragraph(piece)
            elif isinstance(piece, list):
                add_table(document, piece)
            else:
                piece(document)
        document.save(str(path))
        return path


def xml(inside: str) -> Callable[[Document], object]:
    """A paragraph of this XML."""

    def add(document: Document) -> None:
        document.add_paragraph()._p.extend(list(parse_xml(f"<w:p {nsdecls('w', 'r')}>{inside}</w:p>")))

    return add


def header(text: str) -> Callable[[Document], object]:
    """The header's text."""

    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return write


def footer(text: str) -> Callable[[Document], object]:
    """The footer's text."""

    def write(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = text

    return write


def title(text: str) -> Callable[[Document], object]:
    """The title among the document's properties."""

    def write(document: Document) -> None:
        document.core_properties.title = text

    return write


def part(name: str, kind: str, content: str) -> Callable[[Document], object]:
    """A further part of the body."""

    def add(document: Document) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package: Any = document.part.package
        type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        new = Part(PackURI(f"/word/{name}.xml"), type_, content.encode("utf-8"), package)
        document.part.relate_to(new, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")

    return add


def footnote(text: str) -> Callable[[Document], object]:
    """A footnote."""
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    return part("footnotes", "footnotes", f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>")


def comment(text: str) -> Callable[[Document], object]:
    """A comment on the first paragraph."""
    return lambda document: document.add_comment(document.paragraphs[0].runs, text)


def run(text: str, looks: str = "") -> str:
    """A run as XML."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """A field as XML."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(text: str) -> str:
    """A text box as XML."""
    return (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p>{run(text)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


NAME, YEAR, UNITS = "{{ 项目.名称 }}", "{{ 项目.年度 }}", "{%tr for 单位 in 项目.单位 %}"
IN_ROW = "{{ 单位.名称 }}"

BROKEN = (
    # Braces and signs.
    Broken("一个标记没有写完", ["{{ 项目.名称"], "T142"),
    Broken("语句没有写完", ["{% if 资金.预算", "有", "{% endif %}"], "T142"),
    Broken("注释没有写完", ["{# 以后再写"], "T111"),
    Broken("标记跨了两段", ["{{ 项目.", "名称 }}"], "T142"),
    Broken("少一个花括号", ["{{ 项目.名称 }"], "T142", [NAME]),
    Broken("开头少一个花括号", ["{ 项目.名称 }}"], "T143", [NAME]),
    Broken("只有一个花括号", ["名称：{ 项目.名称 }"], "T143", [NAME]),
    Broken("花括号之间有空格", ["{ { 项目.名称 } }"], "T143", [NAME]),
    Broken("百分号前后有空格", ["{ % if 资金.预算 % }有{ % endif % }"], "T143", ["{% if 资金.预算 %}"]),
    Broken("多一个花括号", ["{{ 项目.名称 }}}"], "T143", [NAME]),
    Broken("开头多一个花括号", ["{{{ 项目.名称 }}"], "T143", [NAME]),
    Broken("三个花括号", ["{{{ 项目.名称 }}}"], "T143", [NAME]),
    Broken("方括号结尾", ["{{ 项目.名称 ]]"], "T142"),
    Broken("语句用花括号结尾", ["{% if 资金.预算 }}有{% endif %}"], "T142", ["{% if 资金.预算 %}"]),
    Broken("取值用百分号结尾", ["{{ 项目.名称 %}，{{ 项目.年度 }}"], "T142", [NAME]),
    Broken("吞了下一个标记", ["{{ 项目.名称 }，{{ 项目.年度 }}"], "T142", [NAME]),
    Broken("全角花括号", ["｛｛ 项目.名称 ｝｝"], "T141", [NAME]),
    Broken("半角和全角混用", ["{{ 项目.名称 ｝｝"], "T141", [NAME]),
    Broken("全角百分号", ["｛％ if 资金.预算 ％｝有｛％ endif ％｝"], "T141", ["{% if 资金.预算 %}"]),
    Broken("只有百分号是全角", ["{％ if 资金.预算 ％}有{% endif %}"], "T141", ["{% if 资金.预算 %}"]),
    Broken("全角的整段标记", ["｛％p if 资金.预算 ％｝", "有", "{%p endif %}"], "T141", ["{%p if 资金.预算 %}"]),
    Broken("方头括号", ["【【 项目.名称 】】"], "T141", [NAME]),
    Broken("中文句号作点", ["{{ 项目。名称 }}"], "T144", [NAME]),
    Broken("中文逗号和括号", ["{{ 资金.预算|数值（'万元'，2） }}"], "T144", ["数值('万元',2)"]),
    Broken("全角竖线", ["{{ 资金.预算｜万元 }}"], "T144", ["{{ 资金.预算|万元 }}"]),
    Broken("全角等号", ["{% if 评价结果.等级 ＝＝ '优' %}好{% endif %}"], "T144", ["=="]),
    Broken("书名号作引号", ["{% if 评价结果.等级 == 「优」 %}好{% endif %}"], "T144", ["'优'"]),
    Broken("全角引号", ["{% if 评价结果.等级 == ＂优＂ %}好{% endif %}"], "T144", ["'优'"]),
    Broken("全角数字", ["{{ 资金.到位率|百分比(１) }}"], "T144", ["百分比(1)"]),
    Broken("间隔号作点", ["{{ 项目·名称 }}"], "T144", [NAME]),
    Broken("看不见的字符", ["{{ 项目.\u200b名称 }}"], "T144", [NAME]),
    Broken("引号只有一半", ["{% if 评价结果.等级 == '优 %}好{% endif %}"], "T110"),
    # Words and letters of tags.
    Broken("字母前有空格", [[["{% tr for 单位 in 项目.单位 %}"], [IN_ROW], ["{%tr endfor %}"]]], "T145", [UNITS]),
    Broken("整段的字母前有空格", ["{% p if 资金.预算 %}", "有", "{%p endif %}"], "T145", ["{%p if 资金.预算 %}"]),
    Broken("带格式的字母前有空格", ["{{ r 项目.名称 }}"], "T145", ["{{r 项目.名称 }}"]),
    Broken("字母大写", [[["{%TR for 单位 in 项目.单位 %}"], [IN_ROW], ["{%tr endfor %}"]]], "T145", [UNITS]),
    Broken("字母和词连写", ["{%pif 资金.预算 %}", "有", "{%p endif %}"], "T145", ["{%p if 资金.预算 %}"]),
    Broken("字母和名称连写", ["{{r项目.名称 }}"], "T145", ["{{r 项目.名称 }}"]),
    Broken("词写错了", ["{% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfro %}"], "T161", ["{% endfor %}"]),
    Broken("开头的词写错了", ["{% iff 资金.预算 %}有{% endif %}"], "T161", ["{% if 资金.预算 %}"]),
    Broken("结尾分开写", ["{% if 资金.预算 %}有{% end if %}"], "T161", ["{% endif %}"]),
    Broken("写成 elseif", ["{% if 资金.预算 %}甲{% elseif 资金.到位 %}乙{% endif %}"],
           "T161", ["{% elif 资金.到位 %}"]),
    Broken("写成 else if", ["{% if 资金.预算 %}甲{% else if 资金.到位 %}乙{% endif %}"],
           "T161", ["{% elif 资金.到位 %}"]),
    Broken("大写的词", ["{% IF 资金.预算 %}有{% ENDIF %}"], "T161", ["{% if 资金.预算 %}", "{% endif %}"]),
    Broken("中文的词", ["{% 如果 资金.预算 %}有{% 结束 %}"], "T161", ["{% if 资金.预算 %}"]),
    Broken("循环写成中文", ["{% 循环 单位 in 项目.单位 %}{{ 单位.名称 }}{% 结束循环 %}"], "T161", ["for", "endfor"]),
    Broken("取值用了百分号", ["{% 项目.名称 %}"], "T161", [NAME]),
    Broken("语句用了花括号", ["{{ if 资金.预算 }}有{{ endif }}"], "T161", ["{% if 资金.预算 %}", "{% endif %}"]),
    Broken("没有开启的语句 do", ["{% do 项目.名称 %}"], "T161"),
    Broken("没有开启的语句 break", ["{% for 单位 in 项目.单位 %}{% break %}{% endfor %}"], "T161"),
    Broken("引入别的模板", ["{% include '甲.docx' %}"], "T110"),
    Broken("沿用别的模板", ["{% extends '甲.docx' %}"], "T110"),
    # Syntax.
    Broken("两个名称连写", ["{{ 项目 名称 }}"], "T110"),
    Broken("空的标记", ["{{ }}"], "T110"),
    Broken("空的条件", ["{% if %}有{% endif %}"], "T110"),
    Broken("循环没有 in", ["{% for 单位 %}{{ 单位 }}{% endfor %}"], "T110"),
    Broken("循环没有列表", ["{% for 单位 in %}{{ 单位 }}{% endfor %}"], "T110"),
    Broken("点后没有名称", ["{{ 项目. }}"], "T110"),
    Broken("括号没有写完", ["{{ 资金.预算|万元(2 }}"], "T110"),
    Broken("竖线后没有过滤器", ["{{ 资金.预算| }}"], "T110"),
    Broken("一个等号", ["{% if 评价结果.等级 = '优' %}好{% endif %}"], "T163", ["=="]),
    Broken("set 没有等号的值", ["{% set 甲 = %}"], "T110"),
    Broken("用了 && 和 ||", ["{% if 资金.预算 && 资金.到位 %}有{% endif %}"], "T163", ["and"]),
    Broken("用了感叹号", ["{% if !资金.预算 %}没有{% endif %}"], "T163", ["not"]),
    # Blocks.
    Broken("缺 endif", ["{% if 资金.预算 %}有"], "T111"),
    Broken("缺 endfor", ["{%p for 单位 in 项目.单位 %}", IN_ROW], "T111"),
    Broken("缺 endwith", ["{% with 甲 = 1 %}{{ 甲 }}"], "T111"),
    Broken("缺 endmacro", ["{% macro 甲() %}乙"], "T111"),
    Broken("缺 endraw", ["{% raw %}{{ 项目.名称 }}"], "T111"),
    Broken("表格里缺 endfor", [[[UNITS], [IN_ROW]]], "T111"),
    Broken("多了 endif", ["有{% endif %}"], "T111"),
    Broken("多了 endfor", ["{%p endfor %}"], "T111"),
    Broken("多了 else", ["{% else %}"], "T111"),
    Broken("多了 elif", ["{% elif 资金.预算 %}"], "T111"),
    Broken("for 里写 elif", ["{% for 单位 in 项目.单位 %}甲{% elif 资金.预算 %}乙{% endfor %}"], "T111"),
    Broken("两个 else", ["{% if 资金.预算 %}甲{% else %}乙{% else %}丙{% endif %}"], "T111"),
    Broken("else 后写 elif", ["{% if 资金.预算 %}甲{% else %}乙{% elif 资金.到位 %}丙{% endif %}"], "T111"),
    Broken("交叉", ["{% if 资金.预算 %}{% for 单位 in 项目.单位 %}甲{% endif %}{% endfor %}"], "T111"),
    Broken("结尾用错了词", ["{% for 单位 in 项目.单位 %}甲{% endif %}"], "T111"),
    # Places.
    Broken("整行的标记不在表格里", [UNITS, "甲", "{%tr endfor %}"], "T113"),
    Broken("整格的标记不在表格里", ["{%tc for 单位 in 项目.单位 %}", "甲", "{%tc endfor %}"], "T113"),
    Broken("开头不带字母结尾带", [[["{% for 单位 in 项目.单位 %}"], [IN_ROW], ["{%tr endfor %}"]]], "T115"),
    Broken("开头整段结尾不带字母", ["{%p if 资金.预算 %}", "有", "{% endif %}"], "T115"),
    Broken("中间换了字母", [[["{%tr if 资金.预算 %}"], ["甲"], ["{%p else %}"], ["乙"], ["{%tr endif %}"]]], "T115"),
    Broken("跨两张表", [[[UNITS], [IN_ROW]], "中间", [["甲"], ["{%tr endfor %}"]]], "T152"),
    Broken("开头结尾在同一行", [[[UNITS + IN_ROW + "{%tr endfor %}"]]], "T152"),
    Broken("开头结尾在同一行的两格", [[[UNITS, IN_ROW, "{%tr endfor %}"]]], "T152"),
    Broken("整格的循环跨了两行", [[["{%tc for 单位 in 项目.单位 %}", IN_ROW], ["甲", "{%tc endfor %}"]]], "T152"),
    Broken("不带字母的跨了两格", [[["{% if 资金.预算 %}甲", "乙{% endif %}"]]], "T152"),
    Broken("表外开头表里结尾", ["{%p if 资金.预算 %}", [["甲"], ["{%p endif %}"]]], "T152"),
    Broken("开头结尾在同一段", ["{%p if 资金.预算 %}有{%p endif %}"], "T152"),
    Broken("底色写在表格外", ["{% cellbg 'FF0000' %}红"], "T154"),
    Broken("合并写在循环外", [[["{% vm %}甲"]]], "T154"),
    Broken("横向合并写在表格外", ["{% colspan 2 %}甲"], "T154"),
    Broken("段里的字会丢失", ["甲{%p if 资金.预算 %}", "有", "{%p endif %}"], "T112"),
    Broken("行里的字会丢失", [[[UNITS, "序号"], [IN_ROW, "1"], ["{%tr endfor %}"]]], "T112"),
    Broken("格里的字会丢失", [[["{%tc for 单位 in 项目.单位 %}名称", IN_ROW, "{%tc endfor %}"]]], "T112"),
    Broken("整段的标记里有百分号", ["{%p if 项目.年度 % 2 %}", "单年", "{%p endif %}"], "T110"),
    Broken("整行的标记里有花括号", [[["{%tr for 甲 in {'乙': 1} %}"], ["{{ 甲 }}"], ["{%tr endfor %}"]]], "T110"),
    # Names, filters, tests.
    Broken("写错一个字", ["{{ 项目.名秤 }}"], "T146", ["项目.名称"]),
    Broken("没有的名称", ["{{ 工程.名称 }}"], "T146"),
    Broken("循环里写错", ["{% for 单位 in 项目.单位 %}{{ 单位.名秤 }}{% endfor %}"], "T146", ["单位.名称"]),
    Broken("两层循环里写错", [
        "{% for 单位 in 项目.单位 %}{% for 约 in 单位.合同 %}{{ 约.名秤 }}{% endfor %}{% endfor %}"
    ], "T146", ["约.名称"]),
    Broken("从列表直接取下级", ["{{ 项目.单位.名称 }}"], "T146", ["列表"]),
    Broken("第一项的名称写错", ["{{ 项目.单位[0].名秤 }}"], "T146"),
    Broken("条件里写错", ["{% if 资金.予算 %}有{% endif %}"], "T146", ["资金.预算"]),
    Broken("循环外用循环的名称", ["{% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfor %}{{ 单位.名称 }}"], "T147"),
    Broken("循环外用循环里起的名称", ["{% for 单位 in 项目.单位 %}{% set 甲 = 1 %}{% endfor %}{{ 甲 }}"], "T147"),
    Broken("循环外用 loop", ["{{ loop.index }}"], "T147"),
    Broken("循环金额", ["{% for 甲 in 资金.预算 %}{{ 甲 }}{% endfor %}"], "T148"),
    Broken("循环文字", ["{% for 甲 in 项目.名称 %}{{ 甲 }}{% endfor %}"], "T148"),
    Broken("印一组值", ["{{ 资金 }}"], "T149"),
    Broken("印列表", ["{{ 指标体系 }}"], "T149"),
    Broken("没有的过滤器", ["{{ 资金.预算|万园 }}"], "T114", ["万元"]),
    Broken("接在后面的没有的过滤器", ["{{ 项目.单位|列('名称')|顿好 }}"], "T114", ["顿号"]),
    Broken("没有的判断", ["{% if 资金.预算 is 空的 %}没有{% endif %}"], "T151"),
    Broken("文字接万元", ["{{ 项目.名称|万元 }}"], "T150"),
    Broken("金额接日期", ["{{ 资金.预算|日期 }}"], "T150"),
    Broken("金额接顿号", ["{{ 资金.预算|顿号 }}"], "T150"),
    Broken("日期接百分比", ["{{ 报告.报告日期|百分比 }}"], "T150"),
    Broken("文字接 join", ["{{ 项目.名称|join('、') }}"], "T150"),
    Broken("金额接 sum", ["{{ 资金.预算|sum }}"], "T150"),
    Broken("括号里多写了一个", ["{{ 资金.预算|万元(2, 3) }}"], "T150"),
    Broken("名称叫 items", ["{% for 甲 in 名册.items %}{{ 甲 }}{% endfor %}"], "T146"),
    # Word.
    Broken("在删去的文字里", [xml(f'<w:del w:id="1" w:author="甲"><w:r><w:delText>{NAME}</w:delText></w:r></w:del>')],
           "T155"),
    Broken("在新增的文字里", [xml(f'<w:ins w:id="1" w:author="甲">{run(NAME)}</w:ins>')], "T155"),
    Broken("一半在新增的文字里", [xml(f'{run("{{ 项目.")}<w:ins w:id="1" w:author="甲">{run("名称 }}")}</w:ins>')],
           "T155"),
    Broken("在域的结果里", [xml(field(" REF 甲 ", NAME))], "T156"),
    Broken("域代码断开了", [xml(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE "{{ 项目.</w:instrText></w:r>'
        '<w:r><w:instrText>名称 }}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )], "T156"),
    Broken("域代码里写错", [xml(field(' QUOTE "{{ 项目.名秤 }}" ', "网址"))], "T146"),
    Broken("一半在域里", [xml(run("{{ 项目.") + field(" DOCPROPERTY 甲 ", "名称 }}"))], "T156"),
    Broken("一半在超链接里", [xml(run("{{ 项目.") + f'<w:hyperlink w:anchor="甲">{run("名称 }}")}</w:hyperlink>')],
           "T162"),
    Broken("标记里有换行", [xml('<w:r><w:t>{{ 项目.</w:t><w:br/><w:t>名称 }}</w:t></w:r>')], "T162"),
    Broken("标记里有图片的位置", [xml(run("{{ 项目.") + "<w:r><w:tab/></w:r>" + run("名称 }}"))], "T162"),
    Broken("页眉里写错", ["正文", header("{{ 项目.名秤 }}")], "T146", ["页眉"]),
    Broken("页眉里没有配对", ["正文", header("{% if 项目.名称 %}甲")], "T111", ["页眉"]),
    Broken("页脚里是全角", ["正文", footer("｛｛ 项目.名称 ｝｝")], "T141", ["页脚"]),
    Broken("页眉里用正文循环的名称", ["{% for 单位 in 项目.单位 %}甲{% endfor %}", header("{{ 单位.名称 }}")], "T146"),
    Broken("脚注里写错", ["正文", footnote("{{ 项目.名秤 }}")], "T146", ["脚注"]),
    Broken("脚注里是全角", ["正文", footnote("｛｛ 项目.名称 ｝｝")], "T141", ["脚注"]),
    Broken("文本框里写错", [xml(box("{{ 项目.名秤 }}"))], "T146"),
    Broken("文本框里没有配对", [xml(box("{% if 项目.名称 %}甲"))], "T111"),
    Broken("文本框里开头正文里结尾", [xml(box("{% if 项目.名称 %}甲")), "{% endif %}"], "T152"),
    Broken("批注里有标记", ["正文", comment(NAME)], "T157", ["批注"]),
    Broken("文档属性里写错", ["正文", title("{{ 项目.名秤 }}")], "T146", ["文档属性"]),
    Broken("标记旁有图片", [xml(run("{%p if 项目.名称 %}") + "<w:r><w:pict/></w:r>"), "甲", "{%p endif %}"], "T153"),
)  # fmt: skip
