"""The .docx as a zip: read with distrust, written with fixed dates and a fixed order."""

from __future__ import annotations

import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from generator import inputs
from generator.findings import Finding, Level, Location, ReportError, reason

LARGEST_FILE = 128 * 1024 * 1024
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
LARGEST_LIST = 2 * 1024 * 1024  # of content types, of relationships
MOST_MEMBERS = 4000
MOST_SIGNS = 4_000_000  # of `<` in all XML: some 100 bytes of memory each when it is read
CONTENT_TYPES = "[Content_Types].xml"
HYPERLINKS = tuple(
    f"http://{home}/relationships/hyperlink"
    for home in ("schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument")
)
# 1980-01-01 00:00:00, the zero of zip's calendar.
_DOS_TIME, _DOS_DATE = 0, 33
_UTF8_NAMES = 0x800
_TOO_LARGE = "文件过大，不予打开"
_OLE_FILE, _LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a zip as it lies there: method 0 (stored) or 8 (deflated), checksum, sizes, bytes."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def data(self) -> bytes:
        """The member's content; raises ValueError if it is not what the sizes and the checksum say."""
        if self.method == zipfile.ZIP_STORED:
            data = self.packed
        else:
            inflate = zlib.decompressobj(-15)
            data = inflate.decompress(self.packed, self.size + 1)
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise ValueError(f"{self.name} 已损坏")
        return data


def packed(name: str, data: bytes, level: int = 6) -> Member:
    """A member made from its content; the same content gives the same bytes."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return Member(name, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), deflate.compress(data) + deflate.flush())


def stored(name: str, data: bytes) -> Member:
    """A member that holds its content as it is, for what is packed already."""
    return Member(name, zipfile.ZIP_STORED, zlib.crc32(data), len(data), data)


def template_content(path: Path) -> bytes:
    """The bytes of a template's file; ReportError for one that cannot be read or is too large to be a template."""
    where = Location(str(path))
    try:
        if path.exists() and not path.is_file():
            raise ReportError(f"模板 {path} 不是文件", where)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        inputs.note(path, content)
    except OSError as error:
        raise ReportError(f"模板 {path} 打不开：{reason(error)}", where) from error
    if len(content) > LARGEST_FILE:
        raise ReportError(Finding("T101", Level.ERROR, where, _TOO_LARGE))
    return content


def read_docx(content: bytes, file: str) -> dict[str, Member]:
    """The members of a .docx by name; raises ReportError for what is no .docx or is not to be trusted."""
    where = Location(file)

    def refuse(what: str, mend: str | None = None) -> ReportError:
        return ReportError(Finding("T101", Level.ERROR, where, what, mend=mend))

    if content.startswith(_OLE_FILE):
        if _LOCKED in content:
            raise refuse("文件加了打开密码，读不了", "在 Word 里去掉密码后另存")
        raise refuse("这是旧格式的文件（.doc），不是 .docx", "在 Word 里另存为 .docx 再用")
    # Each entry has this signature: so many that listing them alone would fill the memory are not even listed.
    if len(content) > LARGEST_FILE or content.count(b"PK\1\2") > MOST_MEMBERS * 2:
        raise refuse(_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, UnicodeDecodeError) as error:
        raise refuse("这不是 .docx 文件，或者文件已损坏", "在 Word 里另存为 .docx 再用") from error
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise refuse("文件解压后过大，不予打开")
    members: dict[str, Member] = {}
    known: set[str] = set()
    for info in infos:
        name = info.filename
        if name.endswith("/"):
            continue
        if _is_unsafe(name) or info.orig_filename != name:
            raise refuse(f"文件里有不安全的路径“{info.orig_filename.replace(chr(0), '')}”")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise refuse(f"文件里“{name}”是指向别处的链接，不予打开")
        if name.lower() in known:
            raise refuse(f"文件里“{name}”出现了两次" + ("" if name in members else "（只有大小写不同）"))
        known.add(name.lower())
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("文件加了密，或者用了 .docx 不用的压缩方法")
        if info.file_size > LARGEST_MEMBER:
            raise refuse(f"文件里“{name}”过大，不予打开")
        if "vbaproject" in name.lower() or name.lower().endswith("vbadata.xml"):
            raise refuse("文件里有宏，不能用作模板", "在 Word 里另存为不带宏的 .docx")
        try:
            start = info.header_offset
            fields = struct.unpack("<4s2B4HL2L2H", content[start : start + 30])
            begin = start + 30 + fields[-2] + fields[-1]
            member = Member(
                name,
                info.compress_type,
                info.CRC,
                info.file_size,
                content[begin : begin + info.compress_size],
            )
            member.data()
        except (struct.error, zlib.error, ValueError) as error:
            raise refuse(f"文件里“{name}”已损坏") from error
        members[name] = member
    if CONTENT_TYPES not in members:
        raise refuse("这不是 .docx 文件：没有 [Content_Types].xml")
    signs = 0
    try:
        types = content_types(members)
        for name, member in members.items():
            listing = name.lower().endswith(".rels")
            if listing and member.size > LARGEST_LIST:
                raise refuse(f"文件里“{name}”过大，不予打开")
            if is_xml(name, types):
                signs += _check_encoding(member).count("<")
            if listing:
                _refuse_external(parsed(member), refuse)
    except NotXmlError as error:
        raise refuse(str(error)) from error
    if signs > MOST_SIGNS:
        raise refuse("文件的内容过多，不予打开")
    if any("macroenabled" in kind or "vba" in kind for kind in types.values()):
        raise refuse("文件里有宏，不能用作模板", "在 Word 里另存为不带宏的 .docx")
    return members


def _is_unsafe(name: str) -> bool:
    """Whether a member's name leads out of the package, is no name on some system, or hides something."""
    steps = re.split(r"[\\/]", name)
    return (
        name.startswith(("/", "\\"))
        or any(one in name for one in ":\\")
        or any(one in ("", ".", "..") or one != one.rstrip(" .") for one in steps)
        or not name.isprintable()
    )


class NotXmlError(ValueError):
    """A part is not XML as Word writes it; the message is in Chinese."""


def is_xml(name: str, types: Mapping[str, str]) -> bool:
    """Whether a member is read as XML, by its name or by its declared type."""
    ending = name.lower().rpartition(".")[2]
    declared = types.get("/" + name.lower(), types.get(ending, ""))
    return ending in ("xml", "rels", "vml") or declared.endswith("xml")


def _check_encoding(member: Member) -> str:
    """The text of an XML part; refuses one that is not UTF-8 or declares a DOCTYPE."""
    data = member.data()
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)", data)
    try:
        if b"\0" in data or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
            raise NotXmlError(f"文件里“{member.name}”不是 UTF-8 编码，不予打开")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotXmlError(f"文件里“{member.name}”不是 UTF-8 编码，不予打开") from None
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise NotXmlError(f"文件里“{member.name}”声明了 DOCTYPE，不予打开")
    return text


def parsed(member: Member) -> Any:
    """The root of an XML part of the package, read without entities and without the network."""
    from lxml import etree

    _check_encoding(member)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(member.data(), parser)
    except etree.XMLSyntaxError as error:
        raise NotXmlError(f"文件里“{member.name}”不是完整的 XML") from error


def content_types(members: Mapping[str, Member]) -> dict[str, str]:
    """The declared type, in small letters, by the ending (`xml`) or the name (`/word/document.xml`) of a part."""
    if members[CONTENT_TYPES].size > LARGEST_LIST:
        raise NotXmlError(f"文件里“{CONTENT_TYPES}”过大，不予打开")
    return {
        str(entry.get("Extension") or entry.get("PartName") or "").lower(): str(entry.get("ContentType")).lower()
        for entry in parsed(members[CONTENT_TYPES]).iter("{*}Default", "{*}Override")
    }


def _refuse_external(root: Any, refuse: Callable[..., ReportError]) -> None:
    """Refuses relationships that load something from outside when the document is opened, and links to files there."""
    for entry in root.iter("{*}Relationship"):
        target, kind = entry.get("Target", ""), entry.get("Type", "").rpartition("/")[2]
        external = entry.get("TargetMode", "").strip().lower() == "external"
        if kind == "hyperlink" and entry.get("Type", "") in HYPERLINKS:
            if outside(target):
                what = f"文件里有不是网址的超链接“{target[:80]}”，不予打开"
                raise refuse(what, "在 Word 里右击该处，“取消超链接”")
        elif leads_out(target) or external:
            mend = "在 Word 的“开发工具›文档模板”里改回 Normal" if kind == "attachedTemplate" else None
            raise refuse(f"文件引用了外部内容“{target}”，不予打开", mend)


def leads_out(target: str) -> bool:
    """Whether a target is somewhere else than in the file.

    >>> leads_out("media/image1.png"), leads_out("http://a/b.png"), leads_out(chr(92) * 2 + "a")
    (False, True, True)
    """
    return re.match(r"[A-Za-z][\w+.-]*:|//|\\\\|/\\|\\/", target.strip()) is not None


def outside(target: str) -> bool:
    r"""Whether a link leads anywhere but to the web, to a mailbox, into the document or to a file beside it.

    >>> [outside(one) for one in ("https://a/b", "mailto:a@b", "#附件", "附件.docx", "file:///c:/a", r"\\a\b", "C:\\a")]
    [False, False, False, False, True, True, True]
    """
    target = re.sub(r"[\s\x00-\x1f]+", "", target)
    if re.match(r"(?:https?|mailto|tel):", target, re.IGNORECASE):
        return False
    return leads_out(target) or target.startswith(("/", "\\", "{")) or ".." in re.split(r"[\\/]", target)


def relationships(members: Mapping[str, Member], part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part ("" for the package): id -> (last step of the type, target's member name)."""
    folder, name = posixpath.split(part)
    rels = members.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for entry in parsed(rels).iter("{*}Relationship") if rels else ():
        target = entry.get("Target", "")
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[entry.get("Id", "")] = (entry.get("Type", "").rpartition("/")[2], target)
    return found


def write_docx(members: Iterable[Member]) -> bytes:
    """A zip of the members in their order, with fixed dates: the same members give the same bytes."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode("utf-8")
        common = struct.pack(
            "<5H3L2H",
            20,
            _UTF8_NAMES,
            member.method,
            _DOS_TIME,
            _DOS_DATE,
            member.crc,
            len(member.packed),
            member.size,
            len(name),
            0,
        )
        local = b"PK\3\4" + common + name
        directory.append(b"PK\1\2\x14\0" + common + struct.pack("<3H2L", 0, 0, 0, 0, offset) + name)
        pieces += (local, member.packed)
        offset += len(local) + len(member.packed)
    count, size = len(directory), sum(map(len, directory))
    end = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, size, offset, 0)
    return b"".join([*pieces, *directory, end])
