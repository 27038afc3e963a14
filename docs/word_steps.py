"""What 模板制作.md has its reader do in Word and in style.yaml, done by a program: for the tests and the pictures.

The steps work in the current folder, on the pack that the page makes there.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import RGBColor
from docx.table import Table, _Row

TEMPLATE = Path("我所模板") / "report.docx"


def amend(file: Path, text: str) -> None:
    """Change a text file as a `yml` block of the page says: from the line that the block begins with.

    That line, with all that is indented below it, is replaced by the block; a block that begins with a line that the
    file does not have goes to the file's end.
    """
    before = file.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    lead = re.escape(first[: len(first) - len(first.lstrip())])
    found = re.search(rf"^{re.escape(first)}\n(?:{lead}[ \t]+\S.*\n)*", before, re.MULTILINE)
    after = before[: found.start()] + text + before[found.end() :] if found else f"{before}\n{text}"
    file.write_text(after, encoding="utf-8")


def cover() -> None:
    """The firm's name above the title, in dark red; a row more in the cover's table."""
    document = Document(str(TEMPLATE))
    title = next(one for one in document.paragraphs if one.text == "{{ 报告.标题 }}")
    firm = title.insert_paragraph_before("{{ 报告.评价机构 }}", style=title.style)
    firm.runs[0].font.color.rgb = RGBColor(0x9C, 0x1C, 0x1C)
    rows = document.tables[0].rows
    last = rows[len(rows) - 1]
    added = copy.deepcopy(last._tr)
    last._tr.addnext(added)
    label, value = _Row(added, document.tables[0]).cells
    _write(label.paragraphs[0], "质量复核人")
    _write(value.paragraphs[0], "{{ 自定义.质量复核人 }}")
    document.save(str(TEMPLATE))


def column() -> None:
    """A column more at the right of the table of scores."""
    document = Document(str(TEMPLATE))
    table = _table_with(document, "评价得分")
    for row, text in zip(table.rows, ("完成情况", "", "{{ 一级.完成情况 }}", "", "—"), strict=True):
        last = row._tr.tc_lst[-1]
        whole = last.grid_span == len(table.columns)
        added = copy.deepcopy(last)
        last.addnext(added)
        for span in added.xpath("w:tcPr/w:gridSpan"):
            span.getparent().remove(span)
        cell = next(one for one in row.cells if one._tc is added)
        _write(cell.paragraphs[0], "" if whole else text)
    width = table._tbl.tblGrid.gridCol_lst
    width[-1].addnext(copy.deepcopy(width[-1]))
    each = sum(one.w for one in width) // (len(width) + 1)
    for grid in table._tbl.tblGrid.gridCol_lst:
        grid.w = each
    for row in table.rows:
        for tc in row._tr.tc_lst:
            tc.width = each * tc.grid_span
    document.save(str(TEMPLATE))


def section() -> None:
    """A heading and its text before the report's second part."""
    document = Document(str(TEMPLATE))
    part = next(one for one in document.paragraphs if one.text == "绩效评价工作开展情况")
    above = next(one for one in document.paragraphs if one.text == "组织管理情况")
    body = next(one for one in document.paragraphs if one.text == "{{ 正文.项目概况 }}")
    part.insert_paragraph_before("项目亮点", style=above.style)
    part.insert_paragraph_before("{{ 正文.项目亮点|分段 }}", style=body.style)
    document.save(str(TEMPLATE))


def mistakes() -> None:
    """Two tags that are typed wrong: full-width braces, and a name with a wrong character."""
    _type_over("{{ 报告.评价机构 }}", "｛｛ 报告.评价机构 ｝｝", "评价机构")
    _type_over("{{ 项目.名称 }}", "{{ 项目.名秤 }}", "项目名称")


def mended() -> None:
    """The two tags as they should be."""
    _type_over("｛｛ 报告.评价机构 ｝｝", "{{ 报告.评价机构 }}", "评价机构")
    _type_over("{{ 项目.名秤 }}", "{{ 项目.名称 }}", "项目名称")


def another() -> None:
    """A letter to the client as a document of its own, saved beside the report."""
    document = Document(str(TEMPLATE.with_name("opinions.docx")))
    body: Any = document.element.body
    for element in [one for one in body if not one.tag.endswith("}sectPr")]:
        body.remove(element)
    document.add_paragraph("关于报送{{ 项目.称谓 }}绩效评价报告的函")
    document.add_paragraph("{{ 报告.委托方 }}：")
    document.add_paragraph("项目综合得分{{ 评价结果.总分 }}分，评价等级为“{{ 评价结果.等级 }}”。现将报告随函报送。")
    document.add_paragraph("{{ 报告.评价机构 }}　{{ 报告.报告日期 }}")
    document.save(str(TEMPLATE.with_name("函.docx")))


def _type_over(old: str, new: str, beside: str) -> None:
    """Type over the tag in the cover's row that begins with `beside`."""
    document = Document(str(TEMPLATE))
    row = next(one for one in document.tables[0].rows if one.cells[0].text == beside)
    assert row.cells[1].text == old
    _write(row.cells[1].paragraphs[0], new)
    document.save(str(TEMPLATE))


def _table_with(document: Any, head: str) -> Table:
    found: Table = next(one for one in document.tables if any(cell.text == head for cell in one.rows[0].cells))
    return found


def _write(paragraph: Any, text: str) -> None:
    """The paragraph with another text, in the looks of its first run."""
    runs = paragraph.runs
    runs[0].text = text
    for run in runs[1:]:
        run._r.getparent().remove(run._r)


STEPS: dict[str, Callable[[], None]] = {
    "封面": cover,
    "新栏": column,
    "新节": section,
    "写错": mistakes,
    "改正": mended,
    "函": another,
}
