"""Writes Word templates after GB/T 9704: the page, the styles, headings, tables, sections and contents.

Each built-in pack's build.py describes its report from top to bottom with a `Draft`.  The engine never runs this:
a pack is its style.yaml and its .docx.  The same calls give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"

# GB/T 9704 in twips (1 mm = 56.7): A4; margins 37, 35, 28 and 26 mm leave a block of 156 × 225 mm.
SHORT, LONG = 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474
BLOCK_MM, BLOCK = 156, SHORT - LEFT - RIGHT
WIDE_MM, WIDE = 225, LONG - TOP - BOTTOM
LINE = 579  # 22 lines fill the block; 580 would leave 21
FOOTER, WIDE_FOOTER = 1361, 850  # the number's dash stands 7 mm below the block

_W = nsdecls("w", "r")


# ---------------------------------------------------------------- styles


def _fonts(east_asia: str, latin: str = LATIN) -> str:
    # The hint lets “ ” … — ① × take the Chinese font.
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asia}" w:cs="{LATIN}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def _style(
    style_id: str,
    name: str,
    *,
    ppr: str = "",
    rpr: str = "",
    based: str = "Normal",
    following: str = "",
    kind: str = "paragraph",
    priority: int = 1,
) -> str:
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style {_W} w:type="{kind}"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


_BUILT_IN = {"Title", "caption", "footer", *(f"{kind} {n}" for kind in ("heading", "toc") for n in range(1, 5))}
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRE = '<w:jc w:val="center"/>'
_FREE = '<w:snapToGrid w:val="0"/>'


def _exact(points: float, before: float = 0, after: float = 0) -> str:
    return (
        f'<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}"'
        f' w:line="{int(points * 20)}" w:lineRule="exact"/>'
    )


def _heading(style_id: str, name: str, level: int, font: str, number: int, following: str = "Body") -> str:
    # Every level is outlined; the list and its level are what number it.
    return _style(
        style_id,
        name,
        ppr="<w:keepNext/><w:keepLines/>"
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f'{_INDENT}<w:outlineLvl w:val="{level}"/>',
        rpr=_fonts(font),
        following=following,
        priority=9,
    )


def _toc(level: int, font: str) -> str:
    left = 280 * (level - 1)
    return _style(
        f"TOC{level}",
        f"toc {level}",
        ppr=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{BLOCK}"/></w:tabs>'
        + f'{_FREE}{_exact(26)}<w:ind w:leftChars="{100 * (level - 1)}" w:left="{left}"/><w:jc w:val="left"/>',
        rpr=_fonts(font) + _size(14),
        priority=39,
    )


def _styles() -> list[str]:
    """Every style of the document, in the order of the file."""
    return [
        *_default_styles(),
        *_text_styles(),
        *_front_styles(),
        *_caption_styles(),
        *_table_styles(),
        *_closing_styles(),
        *_page_styles(),
    ]


def _default_styles() -> list[str]:
    """What the others are based on: paragraph, character, table, list."""
    return [
        f'<w:style {_W} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>',
        f'<w:style {_W} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        f'<w:style {_W} w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        f'<w:style {_W} w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
    ]


def _text_styles() -> list[str]:
    """The text and its headings."""
    return [
        # 28 characters a line want 16 pt and a quarter of a point less between them.
        _style("Body", "报告正文", ppr=_INDENT, rpr='<w:spacing w:val="-5"/>'),
        # A formula does not break inside; spread over the line it would tear the words before it apart.
        _style("Formula", "计算过程", ppr='<w:jc w:val="left"/>', based="Body"),
        _heading("Heading1", "heading 1", 0, HEI, 1),
        _heading("Heading2", "heading 2", 1, KAI, 1),
        _heading("Heading3", "heading 3", 2, FANG, 1),
        _heading("Heading4", "heading 4", 3, FANG, 1),
        _heading("SummaryHeading1", "摘要标题1", 0, HEI, 2),
        _heading("SummaryHeading2", "摘要标题2", 1, KAI, 2),
    ]


def _front_styles() -> list[str]:
    """Titles, cover and contents."""
    return [
        _style(
            "Title",
            "Title",
            ppr=f"<w:keepNext/><w:keepLines/>{_FREE}{_exact(36)}{_CENTRE}",
            rpr=_fonts(TITLE) + _size(22),
            following="Body",
        ),
        _style("Gap", "空行", ppr="<w:keepNext/>"),
        _style("CoverTitle", "封面标题", ppr=f"{_FREE}{_exact(40)}{_CENTRE}", rpr=_fonts(TITLE) + _size(22)),
        _style("VersionMark", "稿次", ppr=f"<w:keepNext/>{_FREE}{_exact(30)}{_CENTRE}", rpr=_fonts(KAI) + _size(16)),
        _style("CoverLabel", "封面项目", ppr=f'{_FREE}{_exact(26)}<w:jc w:val="distribute"/>', rpr=_fonts(HEI)),
        _style("CoverValue", "封面内容", ppr=f"{_FREE}{_exact(26)}{_CENTRE}"),
        _style("CoverDate", "封面日期", ppr=f"{_FREE}{_exact(30)}{_CENTRE}", rpr=_fonts(KAI) + _size(18)),
        _style(
            "ContentsTitle",
            "目录标题",
            ppr=f"{_FREE}{_exact(36, after=18)}{_CENTRE}",
            rpr=_fonts(TITLE) + _size(22),
        ),
        _toc(1, HEI),
        _toc(2, FANG),
        _toc(3, FANG),
    ]


def _caption_styles() -> list[str]:
    """Charts, and the captions of tables and charts."""
    return [
        _style(
            "Caption",
            "caption",
            ppr=f"<w:keepNext/><w:keepLines/>{_FREE}{_exact(24, before=6, after=3)}{_CENTRE}",
            rpr=_fonts(HEI) + _size(14),
            following="Body",
            priority=35,
        ),
        _style(
            "Figure",
            "图表",
            ppr=f'<w:keepNext/>{_FREE}<w:spacing w:before="120" w:line="240" w:lineRule="auto"/>{_CENTRE}',
            following="FigureCaption",
        ),
        _style(
            "FigureCaption",
            "图题",
            ppr=f'<w:keepNext w:val="0"/>{_exact(24, before=3, after=6)}',
            based="Caption",
            following="Body",
        ),
        _style(
            "PhotoCaption",
            "照片说明",
            ppr=f'<w:keepNext w:val="0"/>{_exact(20, before=3, after=6)}',
            rpr=_fonts(FANG) + _size(12),
            based="Caption",
            following="Body",
        ),
    ]


def _table_styles() -> list[str]:
    """Cells of tables and forms, and what stands above and below them."""
    table = f"{_FREE}{_exact(16)}"
    return [
        _style("TableText", "表格正文", ppr=f'{table}<w:jc w:val="left"/>', rpr=_size(10.5)),
        _style("TableCentre", "表格居中", ppr=_CENTRE, based="TableText"),
        _style("TableNumber", "表格数字", ppr='<w:jc w:val="right"/>', based="TableText"),
        _style("TableHead", "表格表头", ppr=_CENTRE, rpr="<w:b/><w:bCs/>", based="TableText"),
        _style("TableTextSmall", "表格正文小", ppr=_exact(14), rpr=_size(9), based="TableText"),
        _style("TableCentreSmall", "表格居中小", ppr=_CENTRE, based="TableTextSmall"),
        _style("TableTextLarge", "表格正文大", ppr=_exact(20), rpr=_size(12), based="TableText"),
        _style("TableCentreLarge", "表格居中大", ppr=_CENTRE, based="TableTextLarge"),
        _style("TableHeadLarge", "表格表头大", ppr=_CENTRE, rpr="<w:b/><w:bCs/>", based="TableTextLarge"),
        _style(
            "FormTitle",
            "表名",
            ppr=f"<w:keepNext/><w:keepLines/>{_FREE}{_exact(28, before=6, after=6)}{_CENTRE}",
            rpr=_fonts(HEI),
        ),
        _style(
            "FormText",
            "表格段落",
            ppr='<w:widowControl/><w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>',
            based="TableTextLarge",
        ),
        _style(
            "FormEntry", "表格条目", ppr='<w:keepNext/><w:jc w:val="left"/>', based="FormText", following="FormText"
        ),
        _style(
            "FormHeading", "表格小标题", ppr="<w:keepNext/>", rpr=_fonts(HEI), based="FormText", following="FormText"
        ),
        _style("TableUnit", "表格单位", ppr='<w:keepNext/><w:jc w:val="right"/>', based="TableTextLarge"),
        _style("TableNote", "表格说明", ppr='<w:spacing w:before="60"/>', based="TableText"),
        _style("AfterTable", "表后", ppr=f"{_FREE}{_exact(8)}", rpr=_size(5)),
    ]


def _closing_styles() -> list[str]:
    """The list of attachments, the signature and the head of an attachment."""
    return [
        _style(
            "AttachmentList", "附件说明", ppr='<w:keepNext/><w:ind w:left="1920" w:hanging="320"/><w:jc w:val="left"/>'
        ),
        _style(
            "AttachmentListFirst",
            "附件说明首行",
            ppr='<w:ind w:left="1920" w:hanging="1280"/>',
            based="AttachmentList",
            following="AttachmentList",
        ),
        _style(
            "SignatureName",
            "落款单位",
            ppr='<w:keepNext/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>',
        ),
        _style("SignatureDate", "落款日期", ppr='<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
        _style(
            "AttachmentMark",
            "附件标识",
            ppr='<w:keepNext/><w:pageBreakBefore/><w:jc w:val="left"/>',
            rpr=_fonts(HEI),
            following="AttachmentTitle",
        ),
        _style(
            "AttachmentTitle",
            "附件标题",
            ppr=f"<w:keepNext/><w:keepLines/>{_FREE}{_exact(32, before=6, after=12)}{_CENTRE}",
            rpr=_fonts(TITLE) + _size(22),
            following="Body",
        ),
    ]


def _page_styles() -> list[str]:
    """Footers, breaks, tags, character styles and the table's borders."""
    return [
        _style("Footer", "footer", ppr=_FREE, rpr=_fonts(SONG, SONG) + _size(14), priority=99),
        _style(
            "FooterOdd",
            "页码奇数页",
            ppr='<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>',
            based="Footer",
            priority=99,
        ),
        _style(
            "FooterEven",
            "页码偶数页",
            ppr='<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>',
            based="Footer",
            priority=99,
        ),
        _style(
            "Header", "header", ppr=f'{_FREE}<w:jc w:val="right"/>', rpr=_fonts(SONG, SONG) + _size(10.5), priority=99
        ),
        _style("Break", "分节", ppr=f"{_FREE}{_exact(1)}", rpr=_size(1), priority=99),
        # Word wants a paragraph behind the last table; hidden, it never makes a page of its own.
        _style("End", "文末", rpr="<w:vanish/>", based="Break", priority=99),
        # What stands in this style steers the template and never prints.
        _style(
            "Tag",
            "模板标记",
            ppr=f'{_FREE}{_exact(12)}<w:jc w:val="left"/>',
            rpr=_fonts(SONG, "Consolas") + '<w:color w:val="7F7F7F"/>' + _size(8),
            priority=98,
        ),
        _style(
            "PartTitle",
            "部分标题",
            kind="character",
            based="DefaultParagraphFont",
            rpr=_fonts(TITLE) + _size(22),
        ),
        _style("RunIn", "段内标题", kind="character", based="DefaultParagraphFont", rpr="<w:b/><w:bCs/>"),
        f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="报告表格"/>'
        '<w:basedOn w:val="NormalTable"/><w:uiPriority w:val="39"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{_borders()}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)


_DEFAULTS = (
    f'<w:docDefaults {_W}><w:rPrDefault><w:rPr>{_fonts(FANG)}<w:kern w:val="2"/>{_size(16)}'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)
_LATENT = (
    f'<w:latentStyles {_W} w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)


# ---------------------------------------------------------------- numbering, settings, fonts


def _numbering() -> str:
    """Two lists: the body's headings, and the summary's, so that the numbers of one never go on in the other."""
    formats = (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    )
    lists = (("3A5C1E01", [f"Heading{n}" for n in (1, 2, 3, 4)]), ("3A5C1E02", ["SummaryHeading1", "SummaryHeading2"]))
    abstract = ""
    for number, (identity, styles) in enumerate(lists, 1):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr>{_INDENT}</w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
            for level, (style, (kind, text)) in enumerate(zip(styles, formats, strict=False))
        )
        abstract += (
            f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{identity}"/>'
            f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{identity}"/>{levels}</w:abstractNum>'
        )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f"<w:numbering {_W}>{abstract}{nums}</w:numbering>"


_COMPAT = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    )
)
# Word's own lists for Chinese, and before them the units: a figure and its unit stand on one line (4.50分, 480万元).
_NEVER_FIRST = (
    "分元万份％%!),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂＇），．：；？］｀｜｝～￠"
)
_NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_BREAKS = (
    f'<w:noLineBreaksAfter w:lang="zh-CN" w:val={quoteattr(_NEVER_LAST)}/>'
    f'<w:noLineBreaksBefore w:lang="zh-CN" w:val={quoteattr(_NEVER_FIRST)}/>'
)
_SETTINGS = (
    f'<w:settings {_W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    f"{_BREAKS}"
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    f"<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>{_COMPAT}</w:compat>"
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    "</w:settings>"
)

# Where a named font is absent, Word takes the alternate name, which Windows has.
_ALTERNATES = {
    TITLE: ("方正小标宋_GBK", "auto"),
    FANG: ("仿宋", "modern"),
    KAI: ("楷体", "modern"),
    HEI: ("SimHei", "modern"),
    SONG: ("SimSun", "auto"),
}
_FONT_TABLE = (
    f"<w:fonts {_W}>"
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="default"/></w:font>'
        for name, (other, family) in _ALTERNATES.items()
    )
    + f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
    '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)

_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


# ---------------------------------------------------------------- paragraphs

Run = str | tuple[str, str]  # text, or (character style, text)
_TEXT_RPR = '<w:rFonts w:hint="eastAsia"/>'


def _run(run: Run) -> str:
    style, text = ("", run) if isinstance(run, str) else run
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    pieces = "<w:tab/>".join(
        "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in part.split("\n"))
        for part in text.split("\t")
    )
    return f"<w:r><w:rPr>{named}{_TEXT_RPR}</w:rPr>{pieces}</w:r>"


def _field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _paragraph(style: str, content: str, ppr: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{content}</w:p>'


def _written(style: str, *runs: Run, ppr: str = "") -> str:
    return _paragraph(style, "".join(map(_run, runs)), ppr)


def _tag(statement: str) -> str:
    return _paragraph("Tag", f'<w:r><w:t xml:space="preserve">{{%{escape(statement)} %}}</w:t></w:r>')


# ---------------------------------------------------------------- tables


@dataclass(frozen=True)
class Cell:
    """A cell: one paragraph a text, over `span` columns; `down` starts or continues a fixed vertical merge.

    `xml` is what a cell holds that was written by `Draft.filled`.
    """

    texts: Sequence[str]
    style: str = ""
    span: int = 1
    down: Literal["", "restart", "continue"] = ""
    xml: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells, as Word keeps it: `head` rows repeat on each page, `height` in mm is the least height.

    Cells are centred vertically, or begin at the `top`: so a label that is merged over pages stands at its start.
    A row to `keep` stays on one page with the next; one that `splits` may break over pages.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    height: float = 0
    top: bool = False
    keep: bool = False
    splits: bool = False
    tag: str = ""


def cell(*texts: str, style: str = "", span: int = 1, down: Literal["", "restart", "continue"] = "") -> Cell:
    """A cell with one paragraph for each text."""
    return Cell(texts or ("",), style, span, down)


def _cells(given: Sequence[str | Cell], styles: Sequence[str]) -> tuple[Cell, ...]:
    cells = [one if isinstance(one, Cell) else Cell((one,)) for one in given]
    if len(styles) == 1:
        styles = [*styles] * len(cells)
    return tuple(one if one.style else replace(one, style=style) for one, style in zip(cells, styles, strict=True))


def head(*cells: str | Cell, style: str = "TableHead") -> Row:
    """The head row, repeated on each page."""
    return Row(_cells(cells, [style]), head=True)


def row(
    *cells: str | Cell,
    styles: Sequence[str] = ("TableText",),
    height: float = 0,
    top: bool = False,
    keep: bool = False,
    splits: bool = False,
) -> Row:
    """A row; `styles` is one paragraph style for all cells or one for each."""
    return Row(_cells(cells, styles), height=height, top=top, keep=keep, splits=splits)


def flow(statement: str) -> Row:
    """A row that holds a tag, such as `for 行 in 表.行` or `endfor`, and does not print."""
    return Row((), tag=f"tr {statement}")


def repeated(over: str, *rows: Row, otherwise: Sequence[Row] = ()) -> list[Row]:
    """Rows printed once for each round of `over` (`行 in 绩效目标.指标`), or `otherwise` when there is none."""
    return [flow(f"for {over}"), *rows, *([flow("else"), *otherwise] if otherwise else []), flow("endfor")]


_TIGHT = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
)


def _grid(millimetres: Sequence[float], block: int) -> list[int]:
    """Column widths in twips whose sum is exactly the block."""
    total = sum(millimetres)
    edges = [0, *(round(block * part / total) for part in accumulate(millimetres))]
    return [after - before for before, after in pairwise(edges)]


def _row_xml(this: Row, grid: list[int]) -> str:
    if this.tag:
        cells: tuple[Cell, ...] = (Cell((), span=len(grid)),)
        inside = _tag(this.tag)
    else:
        cells, inside = this.cells, ""
    if sum(one.span for one in cells) != len(grid):
        raise ValueError(f"a row has {sum(one.span for one in cells)} columns, the table {len(grid)}: {this}")
    properties = (
        ("" if this.tag or this.splits else "<w:cantSplit/>")
        + (f'<w:trHeight w:val="{round(this.height * 56.7)}" w:hRule="atLeast"/>' if this.height else "")
        + ("<w:tblHeader/>" if this.head else "")
    )
    together = "<w:keepNext/>" if this.keep or this.head else ""
    xml, column = "", 0
    for one in cells:
        width = sum(grid[column : column + one.span])
        column += one.span
        xml += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{one.span}"/>' if one.span > 1 else "")
            + (f'<w:vMerge w:val="{one.down}"/>' if one.down else "")
            + ("" if this.top else '<w:vAlign w:val="center"/>')
            + "</w:tcPr>"
            + (inside or one.xml or "".join(_written(one.style, text, ppr=together) for text in one.texts))
            + "</w:tc>"
        )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{xml}</w:tr>"


# ---------------------------------------------------------------- the document

VERSION = "报告.版本"


@dataclass
class Draft:
    """A Word template that is being written, from the cover to the last attachment.

    Texts may hold tags (`{{ 项目.名称 }}`); a whole text is one run, so no tag is ever split.
    """

    title: str
    _document: Any = field(init=False)
    _wide: bool = False
    _captions: int = 0
    _figures: int = 0
    _sections: int = 0
    _headed: bool = False
    _level: int = 0
    _inside: list[str] | None = None

    def __post_init__(self) -> None:
        self._document = _blank(self.title)

    # -- text

    def add(self, xml: str) -> None:
        """Appends a block of WordprocessingML: to the body, or to the cell that is being filled."""
        if self._inside is not None:
            self._inside.append(xml)
            return
        body = self._document.element.body
        for element in parse_xml(f"<w:body {_W}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)

    def text(self, *runs: Run, style: str = "Body") -> None:
        """A paragraph."""
        self.add(_written(style, *runs))

    def lead_in(self, text: str) -> None:
        """A paragraph that stays on one page with what follows: the sentence that names a table."""
        self.add(_written("Body", text, ppr="<w:keepNext/>"))

    def heading(self, level: int, text: str) -> None:
        """A heading of the body: 一、 （一） 1. or （1）."""
        self._level = level
        self.text(text, style=f"Heading{level}")

    def part(self, text: str) -> None:
        """The title of a part of the report: a heading of level 1 without a number, which the contents list."""
        none = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        ppr = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>{_FREE}{_exact(36)}{none}{_CENTRE}'
        self.add(_written("Heading1", ("PartTitle", text), ppr=ppr))

    def summary_heading(self, level: int, text: str) -> None:
        """A heading of the summary: 一、 or （一）, numbered for itself and not in the contents."""
        self._level = level
        self.text(text, style=f"SummaryHeading{level}")

    def blank(self, lines: int = 1) -> None:
        """Empty lines of the page's grid."""
        for _ in range(lines):
            self.text("", style="Gap")

    def caption(self, text: str) -> None:
        """The caption of the table that follows, with its number (a SEQ field, filled)."""
        self._captions += 1
        self.add(
            _paragraph("Caption", _run("表") + _field("SEQ 表 \\* ARABIC", str(self._captions)) + _run("　" + text))
        )

    def figure_caption(self, text: str) -> None:
        """The caption of the chart above, with its number (a SEQ field, filled)."""
        self._figures += 1
        number = _field("SEQ 图 \\* ARABIC", str(self._figures))
        self.add(_paragraph("FigureCaption", _run("图") + number + _run("　" + text)))

    # -- what steers the template

    @contextmanager
    def each(self, over: str, otherwise: str = "", style: str = "Body") -> Iterator[None]:
        """What is written inside is repeated (`问 in 问题`); `otherwise` is printed when there is no round."""
        self.add(_tag(f"p for {over}"))
        yield
        if otherwise:
            self.add(_tag("p else"))
            self.text(otherwise, style=style)
        self.add(_tag("p endfor"))

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What is written inside prints only if the condition holds."""
        self.add(_tag(f"p if {condition}"))
        yield
        self.add(_tag("p endif"))

    def let(self, name: str, value: str) -> None:
        """Gives a value a name for what follows, as the number of the round in a loop within."""
        self.add(_tag(f"p set {name} = {value}"))

    def otherwise(self, condition: str = "") -> None:
        """Inside `when`: what follows prints if the conditions before do not hold (and this one does)."""
        self.add(_tag(f"p elif {condition}" if condition else "p else"))

    def narrative(self, name: str, *, optional: bool = False, lead: str = "", style: str = "Body") -> None:
        """The paragraphs of a narrative with their numbers and run-in titles; unless optional, a mark if missing.

        `lead` stands before the first paragraph.  A list below a heading 1. is numbered （1）, one below （1） ①.
        """
        self.add(_tag(f"p for 段 in {name}.段落"))
        first = [("RunIn", f"{{% if loop.first %}}{lead}{{% endif %}}")] if lead else []
        self.text(*first, self._number(), ("RunIn", "{{ 段.标题 }}"), "{{ 段.文字 }}", style=style)
        if not optional:
            self.add(_tag("p else"))
            self.text(f"{{{{ {name} }}}}", style=style)
        self.add(_tag("p endfor"))

    def _number(self) -> str:
        """The number of a narrative's paragraph, as many levels down as the heading above it takes."""
        down = max(0, self._level - 2)
        return ("{{ 段.编号 }}", "{{ 段.编号|降级 }}", "{{ 段.编号|降级(2) }}")[down]

    @contextmanager
    def numbered(self, level: int) -> Iterator[None]:
        """What is written inside stands below a number of that level: 3 for 1. and 4 for （1）."""
        outside, self._level = self._level, level
        yield
        self._level = outside

    def run_in(self, level: int, title: str, name: str = "") -> None:
        """A numbered title inside its paragraph, with the first paragraph of a narrative behind it, then the rest.

        It stands neither in the contents nor in the navigation pane.  A narrative that begins with a numbered
        item, or no narrative, leaves the title alone on its line.
        """
        ppr = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr><w:rPr><w:b/><w:bCs/></w:rPr>'
        self._level = level

        def titled(*runs: Run) -> None:
            self.add(_written("Body", ("RunIn", title), *runs, ppr=ppr))

        if not name:
            titled()
            return
        self.add(_tag(f"p for 段 in {name}.段落"))
        self.add(_tag("p if loop.first and not 段.编号"))
        titled(("RunIn", "。{{ 段.标题 }}"), "{{ 段.文字 }}")
        self.add(_tag("p elif loop.first"))
        titled()
        self.text(self._number(), ("RunIn", "{{ 段.标题 }}"), "{{ 段.文字 }}")
        self.add(_tag("p else"))
        self.text(self._number(), ("RunIn", "{{ 段.标题 }}"), "{{ 段.文字 }}")
        self.add(_tag("p endif"))
        self.add(_tag("p else"))
        titled(("RunIn", "。"), f"{{{{ {name} }}}}")
        self.add(_tag("p endfor"))

    # -- tables

    def table(self, widths: Sequence[float], rows: Sequence[Row | list[Row]], *, tight: bool = False) -> None:
        """A bordered table over the whole text block; `widths` in mm (their proportion counts).

        A `tight` one has no space above and below the text of its cells, so that a form stays on its page.
        """
        grid = _grid(widths, WIDE if self._wide else BLOCK)
        flat = [one for item in rows for one in (item if isinstance(item, list) else [item])]
        self.add(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_TIGHT if tight else ""}'
            '<w:tblLook w:val="04A0"/></w:tblPr>'
            f"<w:tblGrid>{''.join(f'<w:gridCol w:w={quoteattr(str(width))}/>' for width in grid)}</w:tblGrid>"
            f"{''.join(_row_xml(one, grid) for one in flat)}</w:tbl>" + _paragraph("AfterTable", "")
        )

    def filled(self, write: Callable[[], None], span: int = 1) -> Cell:
        """A cell that holds what `write` writes: paragraphs, narratives, loops."""
        self._inside = []
        write()
        xml, self._inside = "".join(self._inside), None
        return Cell((), "FormText", span, xml=xml)

    def cover_lines(self, lines: Sequence[tuple[str, str] | tuple[str, str, str]], label_mm: float = 38) -> None:
        """Label and underlined value, one pair a line, without other borders; a third text is a condition for it."""
        none = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        rule = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
        widths = _grid([label_mm, 150 - label_mm], round(BLOCK * 150 / BLOCK_MM))
        rows = ""
        for label, value, *condition in lines:
            line = (
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="760" w:hRule="atLeast"/></w:trPr>'
                f'<w:tc><w:tcPr><w:tcW w:w="{widths[0]}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>'
                f"{_written('CoverLabel', label)}</w:tc>"
                f'<w:tc><w:tcPr><w:tcW w:w="{widths[1]}" w:type="dxa"/>{rule}<w:vAlign w:val="bottom"/></w:tcPr>'
                f"{_written('CoverValue', value)}</w:tc></w:tr>"
            )
            before, after = (_row_xml(flow(tag), widths) for tag in (f"if {''.join(condition)}", "endif"))
            rows += f"{before}{line}{after}" if condition else line
        self.add(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{none}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{widths[0]}"/><w:gridCol w:w="{widths[1]}"/></w:tblGrid>{rows}</w:tbl>'
        )

    # -- pages

    def contents(self, levels: int = 3, pitch: float = 0) -> None:
        """The contents: a TOC field with one pattern entry, which is filled when the report is rendered.

        `pitch` in points sets the lines closer than the style has them.
        """
        entry = (
            '<w:hyperlink w:anchor="_Toc100000001" w:history="1">'
            + _run("目录")
            + "<w:r><w:tab/></w:r>"
            + _field("PAGEREF _Toc100000001 \\h", "1")
            + "</w:hyperlink>"
        )
        self.add(
            _paragraph(
                "TOC1",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z </w:instrText></w:r>'
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{entry}',
                _FREE + _exact(pitch) if pitch else "",
            )
            + _paragraph("Break", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        )

    def section(self, *, footers: Literal["none", "numbers", "same"] = "same", start: int = 0) -> None:
        """Ends the section written so far; `footers` says what stands below its pages."""
        self._sections += 1
        self._drop_gap()
        self.add(f'<w:p><w:pPr><w:pStyle w:val="Break"/>{self._section(footers, start)}</w:pPr></w:p>')

    @contextmanager
    def landscape(self) -> Iterator[None]:
        """What is written inside stands on landscape pages; page numbers go on."""
        self._wide = True
        yield
        self.section()
        self._wide = False

    def _drop_gap(self) -> bool:
        """Takes away the gap below a table that ends a section, where it could stand alone on a page."""
        last = self._document.element.body[-2]
        gap = last.tag == qn("w:p") and last.pPr is not None and last.pPr.style == "AfterTable"
        if gap:
            last.getparent().remove(last)
        return bool(gap)

    def _section(self, footers: str, start: int) -> str:
        references = "" if footers == "same" else self._footers(numbered=footers == "numbers")
        references = self._headers() + references
        if self._wide:
            page = f'<w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/>'
            top, right, bottom, left, foot = LEFT, TOP, RIGHT, BOTTOM, WIDE_FOOTER
        else:
            page = f'<w:pgSz w:w="{SHORT}" w:h="{LONG}"/>'
            top, right, bottom, left, foot = TOP, RIGHT, BOTTOM, LEFT, FOOTER
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/>{page}'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
            f' w:header="851" w:footer="{foot}" w:gutter="0"/>'
            + (f'<w:pgNumType w:start="{start}"/>' if start else "")
            + f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
        )

    def _headers(self) -> str:
        """The report's version above every page, set once: the sections that follow inherit it."""
        if self._headed:
            return ""
        self._headed = True
        xml = _paragraph("Header", _run(f"{{% if {VERSION} %}}（{{{{ {VERSION} }}}}）{{% endif %}}"))
        return "".join(
            f'<w:headerReference w:type="{kind}" r:id="{self._header(xml)}"/>' for kind in ("even", "default")
        )

    def version(self) -> None:
        """The report's version below its title, where the data gives one."""
        with self.when(VERSION):
            self.text(f"（{{{{ {VERSION} }}}}）", style="VersionMark")

    def _footers(self, *, numbered: bool) -> str:
        number = _run("— ") + _field("PAGE", "1") + _run(" —")
        odd = _paragraph("FooterOdd", number) if numbered else _paragraph("Footer", "")
        even = _paragraph("FooterEven", number) if numbered else _paragraph("Footer", "")
        return "".join(
            f'<w:footerReference w:type="{kind}" r:id="{self._footer(xml)}"/>'
            for kind, xml in (("even", even), ("default", odd))
        )

    def _header(self, xml: str) -> str:
        return self._margin("header", CT.WML_HEADER, f"<w:hdr {_W}>{xml}</w:hdr>", RT.HEADER)

    def _footer(self, xml: str) -> str:
        return self._margin("footer", CT.WML_FOOTER, f"<w:ftr {_W}>{xml}</w:ftr>", RT.FOOTER)

    def _margin(self, kind: str, content: str, xml: str, relation: str) -> str:
        part = self._document.part
        name = part.package.next_partname(f"/word/{kind}%d.xml")
        return str(part.relate_to(Part(name, content, f"{_XML}{xml}".encode(), part.package), relation))

    # -- the file

    def bytes(self) -> bytes:
        """The finished .docx; its last section is the one being written, numbered if it is the only one."""
        if self._drop_gap():
            self.text(style="End")
        body = self._document.element.body
        if body[-1].tag == qn("w:sectPr"):
            body.remove(body[-1])
        last = self._section("same" if self._sections else "numbers", 0)
        body.append(parse_xml(last.replace("<w:sectPr>", f"<w:sectPr {_W}>", 1)))
        raw = io.BytesIO()
        self._document.save(raw)
        return _packed(raw)

    def save(self, path: Path) -> None:
        """Writes the .docx."""
        path.write_bytes(self.bytes())


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MADE = datetime(2025, 1, 1)


def _blank(title: str) -> Any:
    """An empty document that holds only what this module defines."""
    document: Any = Document()
    part, package = document.part, document.part.package
    for rels, unwanted in (
        (part.rels, (RT.THEME, "stylesWithEffects", "webSettings", "customXml")),
        (package.rels, ("thumbnail",)),
    ):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(unwanted)]:
            del rels[key]
    for reltype, xml in ((RT.FONT_TABLE, _FONT_TABLE), (RT.EXTENDED_PROPERTIES, _APP)):
        holder = part if reltype == RT.FONT_TABLE else package
        old = holder.part_related_by(reltype)
        new = Part(PackURI(str(old.partname)), old.content_type, _declared(xml), package)
        next(rel for rel in holder.rels.values() if rel.reltype == reltype)._target = new
    _refill(part.part_related_by(RT.NUMBERING).element, _numbering())
    _refill(document.settings.element, _SETTINGS)
    _refill(document.styles.element, f"<w:styles {_W}>{_DEFAULTS}{_LATENT}{''.join(_styles())}</w:styles>")
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, "", "", ""
    about.created = about.modified = _MADE
    about.revision = 1
    return document


def _declared(xml: str) -> bytes:
    return (xml if xml.startswith("<?xml") else _XML + xml).encode()


def _refill(element: Any, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    for child in parse_xml(xml):
        element.append(child)


def _packed(raw: io.BytesIO) -> bytes:
    """The same package with its members in a fixed order and without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as package, zipfile.ZipFile(out, "w") as packed:
        names = sorted(package.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name)  # dated 1980
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            packed.writestr(member, package.read(name), compresslevel=9)
    return out.getvalue()
