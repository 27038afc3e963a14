"""The .docx as a zip: read with distrust, written with fixed dates and a fixed order."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from generator.findings import Finding, Level, Location, ReportError

LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
MOST_MEMBERS = 4000
CONTENT_TYPES = "[Content_Types].xml"
# 1980-01-01 00:00:00, the zero of zip's calendar.
_DOS_TIME, _DOS_DATE = 0, 33
_UTF8_NAMES = 0x800


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


def read_docx(content: bytes, file: str) -> dict[str, Member]:
    """The members of a .docx by name; raises ReportError for what is no .docx or is not to be trusted."""
    where = Location(file)

    def refuse(what: str, mend: str | None = None) -> ReportError:
        return ReportError(Finding("T101", Level.ERROR, where, what, mend=mend))

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, UnicodeDecodeError) as error:
        raise refuse("这不是 .docx 文件，或者文件已损坏", "在 Word 里另存为 .docx 再用") from error
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise refuse("文件解压后过大，不予打开")
    members: dict[str, Member] = {}
    for info in infos:
        name = info.filename
        if name.endswith("/"):
            continue
        if name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or ":" in name or "\\" in name:
            raise refuse(f"文件里有不安全的路径“{name}”")
        if name in members:
            raise refuse(f"文件里“{name}”出现了两次")
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
            data = member.data()
        except (struct.error, zlib.error, ValueError) as error:
            raise refuse(f"文件里“{name}”已损坏") from error
        if name.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
            raise refuse(f"文件里“{name}”声明了 DOCTYPE，不予打开")
        members[name] = member
    if CONTENT_TYPES not in members:
        raise refuse("这不是 .docx 文件：没有 [Content_Types].xml")
    if b"macroEnabled" in members[CONTENT_TYPES].data():
        raise refuse("文件里有宏，不能用作模板", "在 Word 里另存为不带宏的 .docx")
    for name, member in members.items():
        if name.endswith(".rels"):
            _refuse_external(member.data().decode("utf-8", "replace"), refuse)
    return members


def _refuse_external(rels: str, refuse: object) -> None:
    """Refuses relationships that load something from outside when the document is opened."""
    for element in re.findall(r"<[\w:]*Relationship\s[^>]*>", rels):
        if re.search(r"TargetMode\s*=\s*[\"']External", element) and not re.search(
            r"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", element
        ):
            target = re.search(r"Target\s*=\s*[\"']([^\"']*)", element)
            kind = re.search(r"Type\s*=\s*[\"'][^\"']*/(\w+)[\"']", element)
            mend = "在 Word 的“开发工具›文档模板”里改回 Normal" if kind and kind[1] == "attachedTemplate" else None
            what = f"文件引用了外部内容“{target[1] if target else ''}”，不予打开"
            raise refuse(what, mend)  # type: ignore[operator]


def relationships(members: dict[str, Member], part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part ("" for the package): id -> (last step of the type, target's member name)."""
    folder, name = posixpath.split(part)
    rels = members.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for element in re.findall(r"<[\w:]*Relationship\s[^>]*>", rels.data().decode("utf-8") if rels else ""):
        fields = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", element))
        target = fields["Target"]
        if fields.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[fields["Id"]] = (fields["Type"].rpartition("/")[2], target)
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
