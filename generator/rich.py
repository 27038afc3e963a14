"""What a report holds besides text: pictures, links, sub-documents; and the package that takes up what they bring.

A value of docxtpl (InlineImage, Subdoc, RichText with links) puts its parts into the python-docx package of its
DocxTemplate, and so do pictures that the data names.  The text is rendered as ever; only where such a value was
printed are relationships, media and styles taken from that package.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import inputs, values

if TYPE_CHECKING:
    from .template.archive import Member

LARGEST_PICTURE = 20 * 1024 * 1024
MOST_PIXELS = 300_000_000  # what a large scan has; more is a small file that fills the memory when it is shown
WIDEST = Decimal("14.5")  # centimetres: what fits between the margins of the packs
_EMU = {"厘米": 360_000, "毫米": 36_000, "磅": 12_700, "英寸": 914_400, "cm": 360_000, "mm": 36_000, "pt": 12_700}
_SIZE = re.compile(rf"(\d+(?:\.\d+)?)\s*({'|'.join(_EMU)})")
_OWN = ("settings.xml", "core.xml")  # parts that the compiled template has in better order
IDENTITY = re.compile(r'\sr:(?:id|embed|link|pict|dm|lo|qs|cs)="([^"]*)"')


class Carrier:
    """The package that takes up what rich values of one report bring."""

    def __init__(self, file: str, folder: Path | None, template: Any = None) -> None:
        self.file, self.folder = file, folder
        self.template: Any = None
        self.part = ""
        self.used = False
        self.raw: set[str] = set()  # the parts in which values brought XML of their own
        if template is not None:
            self.adopt(template)
            self.used = False

    def enter(self, part: str) -> None:
        """What comes now stands in that part."""
        self.part = part
        if self.template is not None:
            self.template.current_rendering_part = self._part()

    def adopt(self, template: Any) -> None:
        """A value of this DocxTemplate is printed; ValueError when another one's was."""
        if self.template is None:
            template.init_docx()
            self.template = template
        elif self.template is not template:
            raise ValueError("一份报告里的图片、链接和子文档，要由同一个 DocxTemplate 做出")
        self.template.current_rendering_part = self._part()
        self.used = True

    def _part(self) -> Any:
        package = self.template.docx.part.package
        name = f"/{self.part}"
        return next((one for one in package.iter_parts() if str(one.partname) == name), self.template.docx.part)

    def knows(self, identity: str) -> bool:
        """Whether the part that is being rendered has a relationship of that id."""
        if self.template is None:
            return False
        known = identity in self._part().rels
        self.used = self.used or known
        return known

    def drawing(self, file: str, width: str | None, height: str | None) -> str:
        """A picture of the data's folder as the inside of a run; ValueError when it cannot be printed."""
        from docxtpl import DocxTemplate

        content = _picture(file, self.folder)
        self.adopt(self.template if self.template is not None else DocxTemplate(self.file))
        inline = self._part().new_pic_inline(BytesIO(content))
        _fit(inline, width, height)
        return f"<w:drawing>{inline.xml}</w:drawing>"

    def members(self) -> dict[str, Member]:
        """All members of the package, by name."""
        from .template.archive import read_docx

        held = BytesIO()
        self.template.docx.save(held)
        return {name: one for name, one in read_docx(held.getvalue(), self.file).items() if not name.endswith(_OWN)}


def picture_file(file: str, folder: Path | None) -> Path:
    """The file of a picture below the data's folder; ValueError when it is elsewhere, not there, or too large."""
    if folder is None:
        raise ValueError(f"图片“{file}”：不知道数据文件在哪个文件夹里")
    home = folder.resolve()
    try:
        path = (home / file.strip().replace("\\", "/")).resolve()
        outside = not path.is_relative_to(home) or ":" in file
        there = not outside and path.is_file()
        size = path.stat().st_size if there else 0
    except (OSError, ValueError):
        outside, there, size = False, False, 0
    if outside:
        raise ValueError(f"图片“{file}”不能用：要放在数据文件所在的文件夹里")
    if not there:
        inputs.note(home / file.strip().replace("\\", "/"), None)
        raise ValueError(f"找不到图片“{file}”：应在数据文件所在的文件夹里")
    if size > LARGEST_PICTURE:
        raise ValueError(f"图片“{file}”太大，不能超过 {LARGEST_PICTURE // 1024 // 1024} MB")
    return path


def _picture(file: str, folder: Path | None) -> bytes:
    """The content of a picture that Word can show; ValueError for anything else."""
    from docx.image.image import Image

    path = picture_file(file, folder)
    try:
        content = path.read_bytes()
        inputs.note(path, content)
        image = Image.from_blob(content)
        wide, high = image.px_width, image.px_height
        if not (wide > 0 < high and image.horz_dpi > 0 < image.vert_dpi):
            raise ValueError
    except Exception:  # whatever python-docx comes upon in a header that is not what it should be
        raise ValueError(f"“{file}”不是能印的图片（PNG、JPEG、GIF、BMP、TIFF）") from None
    if wide * high > MOST_PIXELS:
        raise ValueError(f"图片“{file}”有 {wide}×{high} 个点，太大，Word 打不开：请缩小后再用")
    return content


class Picture:
    """A picture that the data names, with the width or height that the template gives it."""

    __slots__ = ("file", "height", "width")

    def __init__(self, file: str, width: str | None, height: str | None) -> None:
        self.file, self.width, self.height = file, width, height
        for said in (width, height):
            if said is not None:
                _emu(said)

    def __str__(self) -> str:
        raise ValueError("图片只能印在 Word 模板里，不能写在文字里")

    def __html__(self) -> str:
        drawing = current().drawing(self.file, self.width, self.height)
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


def _emu(said: str) -> int:
    match = _SIZE.fullmatch(values.narrow(said).strip())
    if not match or not Decimal(match[1]):
        raise ValueError(f"图片的大小“{said}”应写成 14厘米、80毫米 或 300磅")
    return int(Decimal(match[1]) * _EMU[match[2]])


def _fit(inline: Any, width: str | None, height: str | None) -> None:
    """Scale a picture to fit in the width and the height, keeping its proportion."""
    wide, high = inline.extent.cx, inline.extent.cy
    limits = [Decimal(_emu(width or f"{WIDEST}厘米")) / wide] if wide else []
    limits += [Decimal(_emu(height)) / high] if height and high else []
    scale = min(limits, default=Decimal(1))
    if width is None and height is None:
        scale = min(scale, Decimal(1))  # its own size, if it fits
    size = [max(1, int(one * scale)) for one in (wide, high)]
    for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
        extent.cx, extent.cy = size


class _Now(threading.local):
    carrier: Carrier | None = None


_now = _Now()


@contextmanager
def carrying(carrier: Carrier) -> Iterator[Carrier]:
    """What this thread renders inside is taken up by `carrier`."""
    before, _now.carrier = _now.carrier, carrier
    try:
        yield carrier
    finally:
        _now.carrier = before


def note_raw() -> None:
    """A value brings XML of its own to the part that is being rendered."""
    if _now.carrier is not None:
        _now.carrier.raw.add(_now.carrier.part)


def current() -> Carrier:
    """What takes up the values that are being printed; ValueError where only text can be."""
    if _now.carrier is None:
        raise ValueError("图片、链接和子文档只能印在 Word 模板里")
    return _now.carrier
