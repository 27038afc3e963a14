"""How a value is written: as text, as the text of a Word part, as XML, or as the raw XML that it brings."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

from jinja2 import TemplateError, Undefined
from jinja2.utils import Namespace
from markupsafe import Markup

from .. import bounds, rich

MOST_DECIMALS = 12
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_needs_care = re.compile(r"[&<>\r\n\t]").search


class NoValueError(TemplateError):
    """A template printed what cannot be printed: None, a list, broken XML; the message is in Chinese."""


def written(value: Any) -> Any:
    """The value as text or Markup; raises for what a report never prints."""
    if value is None:
        raise NoValueError("这里没有值可印（None）")
    if value is True or value is False:
        return "是" if value else "否"
    if bounds.is_group(value):
        raise NoValueError("这里要印的是一组值，不是一个值：请用 for 循环，或接过滤器如 |顿号")
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, float):
        raise NoValueError("这里的数是二进制小数，印出来不准")
    if isinstance(value, Undefined):
        return str(value)
    if hasattr(value, "__html__"):
        return value
    if callable(value) or isinstance(value, Namespace):
        raise NoValueError("这里要印的是一个函数，不是一个值")
    return str(value)


def _digits(value: Decimal) -> str:
    """A bare number with all its digits; NoValueError for a quotient that does not come out even."""
    if -int(value.as_tuple().exponent) > MOST_DECIMALS:
        value = value.normalize()
        if -int(value.as_tuple().exponent) > MOST_DECIMALS:
            what = f"这里的数有 {MOST_DECIMALS} 位以上的小数（除不尽）"
            raise NoValueError(f"{what}：请用过滤器写明位数，如 |千分位(2)、|百分比(2)、|round(2)")
    return f"{bounds.in_digits(value):f}"


class _Checked(Markup):
    """Raw XML that was checked for the place where it stands."""

    __slots__ = ()


def check_fragment(xml: str, inside: str = "") -> None:
    """Refuses raw XML that is not whole inside an element, or that points outside itself, with NoValueError."""
    from xml.parsers import expat

    for identity in rich.IDENTITY.findall(xml):
        if not rich.current().knows(identity):
            what = f"这段富文本里的链接或图片（{identity}）不知道指向哪里"
            raise NoValueError(f"{what}：要用同一个 DocxTemplate 的 build_url_id 做出，并把它交给 render(template=…)")
    parser = expat.ParserCreate()
    try:
        # Prefixes need no declaration for a check of form.
        closing = "".join(f"</{name}>" for name in reversed(re.findall(r"<([\w:]+)", inside)))
        parser.Parse(f"<x>{inside}{xml}{closing}</x>", True)
    except expat.ExpatError as error:
        raise NoValueError("插入的 XML 片段不完整，或者有单独的 & 号") from error


def _adopted(value: Any) -> None:
    """Has what a picture or sub-document of docxtpl brings taken up."""
    kind = type(value)
    if kind.__module__.startswith("docxtpl.") and kind.__name__ in {"InlineImage", "Subdoc"}:
        rich.current().adopt(value.tpl)


def _lines(text: str) -> str:
    """Escaped text with line breaks and tabs as Word writes them inside a run."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", _LINE_BREAK).replace("\t", _TAB)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def for_word(value: Any) -> str:
    """A value as the inside of a `w:t`."""
    if value.__class__ is not str:
        value = written(value)
        if value.__class__ is _Checked:
            return str(value)
        if value.__class__ is not str and hasattr(value, "__html__"):
            return _fragment(value, "<w:t>")
    return value if _needs_care(value) is None else _lines(_escaped(value))


def for_xml(value: Any) -> str:
    """A value as XML text or attribute, on one line."""
    text = value if value.__class__ is str else written(value)
    if text.__class__ is _Checked:
        return str(text)
    if hasattr(text, "__html__"):
        text = _words(str(text.__html__()))
    return re.sub(r"\s*[\r\n]+\s*|\t", " ", _escaped(text).replace('"', "&quot;"))


def _words(xml: str) -> str:
    """The words of XML that a block of the template made; NoValueError where it is more than words."""
    text = xml.replace(_LINE_BREAK, "\n").replace(_TAB, "\t")
    if "<" in text:
        raise NoValueError("这里只能印文字，不能印富文本、图片和 XML")
    return unescape(text)


def for_text(value: Any) -> str:
    """A value as it is."""
    return value if value.__class__ is str else str(written(value))


def _fragment(value: Any, inside: str = "") -> str:
    """What brings its own XML, checked: whole runs or paragraphs, or with `inside` the content of a text."""
    _adopted(value)
    xml = str(value.__html__())
    if "<" not in xml:
        if "&" in xml:
            check_fragment(xml)
        return _lines(xml)
    if inside and xml.startswith("</w:t></w:r>"):
        inside = "<w:r><w:t>"  # a picture stands in a run of its own
    elif inside and re.search(r"<w:(?:r|p|hyperlink)[ />]", xml):
        raise NoValueError("富文本要写成 {{r 名称 }}，整段的写成 {{p 名称 }}，不能写成 {{ 名称 }}")
    check_fragment(xml, inside)
    rich.note_raw()
    return xml


def _own_xml(value: Any) -> str:
    """The runs or paragraphs that a value brings, checked; empty if it is plain."""
    if isinstance(value, Undefined) or not hasattr(value, "__html__"):
        return ""
    xml = str(value.__html__()).lstrip()
    return _fragment(value) if xml.startswith(("<w:", "<mc:")) else ""


def as_run(value: Any) -> Markup:
    """The value of a `{{r }}` tag: rich text as it is, anything else as a run of its own."""
    return _Checked(_own_xml(value) or f'<w:r><w:t xml:space="preserve">{for_word(value)}</w:t></w:r>')


def as_paragraph(value: Any) -> Markup:
    """The value of a `{{p }}` tag: paragraphs as they are, anything else as a paragraph of its own."""
    xml = _own_xml(value)
    return _Checked(xml if xml.startswith(("<w:p", "<w:tbl")) else f"<w:p>{xml or as_run(value)}</w:p>")


def as_span(value: Any) -> Markup:
    """How many columns a cell spans (colspan); ValueError for anything but a whole number from 1."""
    text = str(written(value)).strip()
    if not re.fullmatch(r"\d{1,2}", text) or int(text) < 1:
        raise ValueError(f"合并几列应是 1 到 99 的整数，这里是“{text[:20]}”")
    return _Checked(str(int(text)))


def as_fill(value: Any) -> Markup:
    """The colour of a cell (cellbg); ValueError for anything but six hexadecimal digits."""
    text = str(written(value)).strip().removeprefix("#")
    if not re.fullmatch(r"[0-9A-Fa-f]{6}|auto", text):
        raise ValueError(f"底色应是六位的颜色代码，如 FFF2CC，这里是“{text[:20]}”")
    return _Checked(text)


def attribute(value: Any) -> Markup:
    """A value that stands in an XML attribute of a Word part."""
    return _Checked(for_xml(value))


def finished(xml: str) -> Markup:
    """XML that is known to be right for its place."""
    return _Checked(xml)
