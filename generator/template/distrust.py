"""What a template must not bring along, because it runs, loads or sends something when the report is opened.

A pack comes from outside.  Word asks before it does most of this, but it asks the reader of the report, who trusts
the firm that sent it.  What real templates hold stays: contents, page numbers, references, links to the web, charts
with their workbooks, embedded fonts and workbooks without macros.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain, islice
from typing import Any

from generator.findings import Finding, Level, Location
from generator.numbering import W
from generator.template.archive import (
    CONTENT_TYPES,
    LARGEST_LIST,
    MOST_MEMBERS,
    Member,
    content_types,
    is_xml,
    leads_out,
    outside,
    parsed,
)

CODE = "T102"
MOST_TOLD = 20  # of one part
_OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OBJECT = ("嵌入的对象（OLE）", "在 Word 里删去，或者复制后“选择性粘贴”为图片")
_KINDS = {
    **dict.fromkeys(("oleObject",), _OBJECT),
    **dict.fromkeys(("control", "activeXControlBinary"), ("ActiveX 控件", "在 Word 里删去这个控件")),
    **dict.fromkeys(("vbaProject", "wordVbaData"), ("宏", "在 Word 里另存为不带宏的 .docx")),
    **dict.fromkeys(("aFChunk", "subDocument"), ("另一种格式的文件", "在 Word 里打开，全选后复制到新文档")),
    **dict.fromkeys(("webextension", "webextensiontaskpanes"), ("加载项", "在 Word 里删去加载项后另存")),
    **dict.fromkeys(("extensibility", "attachedToolbars"), ("自定义的功能区", "复制内容到新文档后另存")),
}
# Fields that run, load or send something.  Others only print or ask; ADDIN holds data, EMBED an object that is looked
# at by itself, MACROBUTTON does nothing without macros: firms' templates have them.
_FIELDS = frozenset(
    (
        *("CONTROL", "DATABASE", "DDE", "DDEAUTO", "HTMLACTIVEX", "HTMLCONTROL", "IMPORT", "INCLUDE"),
        *("INCLUDEPICTURE", "INCLUDETEXT", "LINK", "OCX", "PRINT", "RD"),
    )
)
_NO_FIELD = "在 Word 里右击该处，“切换域代码”后删去这个域；要内容的，按 Ctrl+Shift+F9 变成文字"
_SVG_OUTSIDE = re.compile(rb"\b(?:href|src)\s*=\s*[\"'](?!#|data:image/)|<script|@import|url\(\s*[\"']?(?!#)")
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINKING = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_OF_INTEREST = re.compile(
    rb"instrText|fldSimple|webVideoPr|OLEObject|schemas-microsoft-com:vml|altChunk|subDoc|mailMerge"
)


def unsafe(members: Mapping[str, Member], file: str) -> list[Finding]:
    """All that a template must not bring along, each with the part that holds it."""
    types, links = content_types(members), hyperlinks(members)
    found = [
        _finding(Location(file, part=part or None), *_KINDS[kind])
        for part, kind, _ in _related(members)
        if kind in _KINDS
    ]
    for name, member in members.items():
        found += (_finding(Location(file, part=name), *one) for one in _of_member(member))
        if is_xml(name, types):
            found += unsafe_part(member, links.get(name.lower(), frozenset()), file)
    return list(dict.fromkeys(found))


def unsafe_part(member: Member, links: frozenset[str], file: str) -> list[Finding]:
    """What one part must not hold, in a template or in the report that its tags made; `links` are its hyperlinks' ids.

    A template's tags can leave out and put together, so that what a part of a report holds is not in the template.
    """
    if not links and not _OF_INTEREST.search(member.data()):
        return []
    root = parsed(member)
    found = islice(chain(_of_part(root), _borrowed_links(root, links)), MOST_TOLD)
    return list(dict.fromkeys(_finding(Location(file, part=member.name), *one) for one in found))


def hyperlinks(members: Mapping[str, Member]) -> dict[str, frozenset[str]]:
    """The ids of the hyperlinks of each part, by its name in small letters."""
    found: dict[str, frozenset[str]] = {}
    for part, kind, identity in _related(members):
        if kind == "hyperlink":
            found[part.lower()] = found.get(part.lower(), frozenset()) | {identity}
    return found


def _related(members: Mapping[str, Member]) -> Iterator[tuple[str, str, str]]:
    """Each relationship: the part that has it, the last step of its type, its id."""
    for name, member in members.items():
        if name.lower().endswith(".rels"):
            folder, _, rest = name.rpartition("_rels/")
            for entry in parsed(member).iter("{*}Relationship"):
                kind = entry.get("Type", "").rpartition("/")[2]
                yield folder + rest[: -len(".rels")], kind, entry.get("Id", "")


def _finding(where: Location, what: str, mend: str | None = None, quoted: str | None = None) -> Finding:
    return Finding(CODE, Level.ERROR, where, f"模板里有{what}，不予使用", quoted=quoted, mend=mend)


def _of_member(member: Member) -> Iterator[tuple[str, ...]]:
    """What a member is by its bytes, whatever it is called."""
    data = member.data()
    if data.startswith(_OLE_FILE):
        yield _OBJECT
    elif data.startswith((b"MZ", b"\x7fELF")):
        yield "程序文件", "在 Word 里删去这个对象"
    elif data.startswith(b"PK\3\4"):
        yield from _of_package(data)
    elif b"<svg" in data and _SVG_OUTSIDE.search(data):
        yield "引用外部内容的 SVG 图片", "换成 PNG 图片"


def _of_package(data: bytes) -> Iterator[tuple[str, ...]]:
    """An embedded workbook or document: its list of types says whether it has macros."""
    macros = "嵌入的文件，里面有宏", "换成不带宏的文件"
    try:
        if data.count(b"PK\1\2") > MOST_MEMBERS:
            raise ValueError
        with zipfile.ZipFile(BytesIO(data)) as inner:
            names = [one.lower() for one in inner.namelist()]
            if any("vbaproject" in one or "activex" in one for one in names):
                yield macros
            elif CONTENT_TYPES.lower() in names:
                entry = inner.infolist()[names.index(CONTENT_TYPES.lower())]
                with inner.open(entry) as file:
                    listed = file.read(LARGEST_LIST + 1)
                if len(listed) > LARGEST_LIST or re.search(rb"macroEnabled|vba|&#", listed, re.IGNORECASE):
                    yield macros
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        yield "嵌入的文件，打不开", "在 Word 里删去后重新插入"


def _of_part(root: Any) -> Iterator[tuple[str, ...]]:
    """What a part holds in its XML: fields, online video, links in old drawings."""
    for code, element in _fields(root):
        yield from _of_field(code, element)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name == "webVideoPr":
            yield "联机视频", "在 Word 里删去，或换成图片和链接"
        elif name == "mailMerge":
            yield "邮件合并（打开报告时会去取数据）", "在 Word 里“邮件›开始邮件合并›普通 Word 文档”后另存"
        elif name == "OLEObject" and element.get("Type") != "Embed":
            yield _OBJECT
        elif name in ("altChunk", "subDoc"):
            yield _KINDS["aFChunk"]
        elif element.tag.startswith(_VML):
            for key in ("src", _OFFICE + "href", "href", _REFERENCE + "href"):
                target = element.get(key, "")
                if target and ("{" in target or (outside(target) if key == "href" else leads_out(target))):
                    yield f"引用外部内容“{target[:60]}”的图形", "在 Word 里删去后重新插入"


def _fields(root: Any) -> Iterator[tuple[str, Any]]:
    """The code of each field, without those inside it (‹›), and the element where it begins."""
    open_fields: list[list[Any]] = []  # code, first element, whether the result has begun
    for element in root.iter(W + "fldChar", W + "instrText", W + "fldSimple"):
        if element.tag == W + "fldSimple":
            yield element.get(W + "instr", ""), element
        elif element.tag == W + "instrText":
            if open_fields and not open_fields[-1][2]:
                open_fields[-1][0] += element.text or ""
            elif not open_fields:
                yield element.text or "", element
        elif element.get(W + "fldCharType") == "begin":
            if open_fields and not open_fields[-1][2]:
                open_fields[-1][0] += "‹›"
            open_fields.append(["", element, False])
        elif element.get(W + "fldCharType") == "separate" and open_fields:
            open_fields[-1][2] = True
        elif element.get(W + "fldCharType") == "end" and open_fields:
            code, begun, _ = open_fields.pop()
            yield code, begun
    yield from ((code, begun) for code, begun, _ in open_fields)


def _text_around(element: Any) -> str:
    paragraph = next(element.iterancestors(W + "p"), None)
    if paragraph is None:
        return ""
    text = "".join(one.text or "" for one in paragraph.iter(W + "t")).strip()
    return text[:20] + "…" if len(text) > 20 else text


def _of_field(code: str, element: Any) -> Iterator[tuple[str, ...]]:
    code = " ".join(code.split())
    shown = code[:60] + ("…" if len(code) > 60 else "")
    for what, mend in _wrong_in_field(code, shown):
        text = _text_around(element)
        yield what + (f"（在“{text}”一段）" if text else ""), mend, shown


def _wrong_in_field(code: str, shown: str) -> Iterator[tuple[str, str]]:
    made_up = re.match(r"\W*(?:‹›|\{[{%#]|[A-Za-z]+(?:‹›|\{[{%#]))", code)
    word = re.search(r"[A-Za-z]+", code)
    if made_up and not code.startswith("="):
        yield f"名称由别处拼成的域“{shown}”", _NO_FIELD
    elif word and word[0].upper() in _FIELDS:
        yield f"会运行程序或引入外部内容的域“{shown}”", _NO_FIELD
    elif word and word[0].upper() == "HYPERLINK":
        target = re.match(r'\W*HYPERLINK\s+(?!\\)(?:"([^"]*)"|(\S+))', code, re.IGNORECASE)
        if target and outside((target[1] or target[2] or "").replace("\\\\", "\\")):
            yield f"不是网址的超链接“{shown}”", "在 Word 里右击，“取消超链接”"


def _borrowed_links(root: Any, links: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Relationships that call themselves a hyperlink and are used to load something."""
    for element in root.iter() if links else ():
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in _LINKING:
            continue
        if any(key.startswith(_REFERENCE) and value in links for key, value in element.attrib.items()):
            yield "借超链接引用的外部内容", "在 Word 里删去后重新插入"
