"""The workbook that is embedded in a chart: one sheet, the smallest that a spreadsheet program opens."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from generator.charts import SHEET, Table, column, escaped
from generator.template.archive import Member, packed, write_docx
from generator.values import plain

PACKING = 3
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_FORMAT = 164  # lower numbers are the programs' own


def workbook(names: Sequence[str], figures: Table, formats: Sequence[str]) -> bytes:
    """An .xlsx: categories in column A, a series in each next column under its name, in its number format.

    A gap is an empty cell.  The same figures give the same bytes.
    """
    cells = [_text(column(index), 1, name) for index, name in enumerate(("", *names)) if name]
    rows = [f'<row r="1">{"".join(cells)}</row>']
    for order, category in enumerate(figures.categories):
        cells = [_text("A", order + 2, category)]
        for index, points in enumerate(figures.series, 1):
            if (point := points[order]) is not None:
                cells.append(_number(column(index), order + 2, index, point))
        rows.append(f'<row r="{order + 2}">{"".join(cells)}</row>')
    sheet = f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    before, after = _frame(tuple(formats))
    return write_docx([*before, packed("xl/worksheets/sheet1.xml", sheet.encode("utf-8"), PACKING), *after])


def _text(letters: str, row: int, text: str) -> str:
    return f'<c r="{letters}{row}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _number(letters: str, row: int, style: int, number: Decimal) -> str:
    return f'<c r="{letters}{row}" s="{style}"><v>{plain(number)}</v></c>'


@lru_cache(maxsize=256)
def _frame(formats: tuple[str, ...]) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """The members before and after the sheet: they depend on the number formats alone."""
    types = (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in types
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relationships(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relationships(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/styles.xml": _styles(formats),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    }
    made = tuple(packed(name, (_DECLARED + xml).encode("utf-8")) for name, xml in members.items())
    return made[:-2], made[-2:]


def _relationships(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{order}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for order, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _styles(formats: tuple[str, ...]) -> str:
    """The default style, then one for each series."""
    known = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escaped(code).replace(chr(34), "&quot;")}"/>'
        for number, code in enumerate(formats, _FIRST_FORMAT)
    )
    styles = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for number in range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats))
    )
    plain_style = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{known}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain_style}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}">{plain_style} xfId="0"/>{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
