"""What the template asks of tables and paragraphs beyond docxtpl: `|合并`, `|分段`, cells that never end up empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from generator.findings import Finding
from generator.numbering import W
from generator.template.tags import CLOSE, OPEN, Scan, Tag, paragraph_text, put_before

_MERGE = re.compile(r"^(.*)\|\s*合并\s*(?:\(\s*\))?\s*(?=$|\|\s*分段)", re.DOTALL)
_SPLIT = re.compile(r"^(.*)\|\s*分段\s*(?:\(\s*\))?\s*$", re.DOTALL)
_ROW_TAG = re.compile(r"\{%tr\s+(\w+)")
_CELL_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd"),
    *("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
)
_CONTAINERS = {W + name for name in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")}


def merge_cells(root: Any, found: Scan) -> list[Finding]:
    """Turns each value marked `|合并` into a cell that merges by level; gives what is marked outside a table."""
    by_cell: dict[Any, list[Tag]] = {}
    problems = []
    for tag in found.tags:
        if tag.kind == "{" and (match := _MERGE.match(tag.inner)) and match[1].strip():
            cell = next(tag.element.iterancestors(W + "tc"), None) if tag.element is not None else None
            if cell is None or tag.unit:
                problems.append(tag.finding("T116", "里的 |合并 只能用在表格单元格里"))
            else:
                by_cell.setdefault(cell, []).append(tag)
    tables: dict[Any, list[Any]] = {}
    for cell in by_cell:
        table = next(cell.iterancestors(W + "tbl"))
        row = next(cell.iterancestors(W + "tr"))
        if row not in tables.setdefault(table, []):
            tables[table].append(row)
    for number, (table, rows) in enumerate(tables.items()):
        put_before(table, f"{{% set _merge{number} = 0|_merger %}}")
        for order, row in enumerate(table.iter(W + "tr")):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue
            if row in rows:
                cells = [cell for cell in row.iter(W + "tc") if cell in by_cell]
                _merge_row(row, [(cell, by_cell[cell]) for cell in cells], number, order)
            elif not _is_tag_row(row):
                put_before(row, f"{{% set _ = _merge{number}|_cut %}}")
    return problems


def _is_tag_row(row: Any) -> bool:
    return re.search(r"\{[{%#]tr\s", _row_text(row)) is not None


def _merge_row(row: Any, cells: list[tuple[Any, list[Tag]]], table: int, order: int) -> None:
    names = []
    for _cell, tags in cells:
        for index, tag in enumerate(tags):
            match = _MERGE.match(tag.inner)
            assert match is not None
            name = f"_value{tag.number}"
            mark = f"{OPEN}{tag.number}{CLOSE}"
            put_before(row, f"{{% set {name} = ({match[1].strip()}){mark} %}}")
            rest = tag.inner[match.end() :]
            new = f"{{{{ {name}{rest}{mark}}}}}"
            tag.element.text = tag.element.text.replace(tag.marked, new)
            if not index:
                names.append(name)
    flags = f"_row{table}_{order}"
    put_before(row, f"{{% set {flags} = _merge{table}|_goes_on({order}, ({', '.join(names)},)) %}}")
    for index, (cell, _) in enumerate(cells):
        _merge_cell(cell, f"{flags}[{index}]")


def _merge_cell(cell: Any, goes_on: str) -> None:
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = cell.makeelement(W + "tcPr")
        cell.insert(0, properties)
    for old in properties.findall(W + "vMerge"):
        properties.remove(old)
    merge = cell.makeelement(W + "vMerge")
    merge.set(W + "val", f"{{{{ 'continue' if {goes_on} else 'restart' }}}}")
    later = {W + name for name in _CELL_ORDER[_CELL_ORDER.index("vMerge") + 1 :]}
    after = next((child for child in properties if child.tag in later), None)
    if after is None:
        properties.append(merge)
    else:
        after.addprevious(merge)
    empty = _empty_paragraph(cell)
    properties.addnext(empty)
    put_before(empty, f"{{% if {goes_on} %}}")
    empty.tail = "{% else %}" + (empty.tail or "")
    cell[-1].tail = (cell[-1].tail or "") + "{% endif %}"


def _empty_paragraph(holder: Any) -> Any:
    """A paragraph without text, looking like the holder's last one."""
    paragraph = holder.makeelement(W + "p")
    paragraphs = [child for child in holder if child.tag == W + "p"]
    if paragraphs and (properties := paragraphs[-1].find(W + "pPr")) is not None:
        copy = deepcopy(properties)
        for section in copy.findall(W + "sectPr"):
            copy.remove(section)
        paragraph.append(copy)
    return paragraph


def split_paragraphs(found: Scan) -> list[Finding]:
    """Turns each paragraph that is `{{ x|分段 }}` alone into a loop over the paragraphs of a text."""
    problems = []
    for tag in found.tags:
        match = _SPLIT.match(tag.inner) if tag.kind == "{" else None
        if not match or tag.element is None:
            continue
        paragraph = next(tag.element.iterancestors(W + "p"))
        marked = paragraph_text(paragraph).strip()
        if tag.unit or not re.fullmatch(rf"\{{\{{[^{OPEN}]*{OPEN}\d+{CLOSE}\}}\}}", marked):
            problems.append(tag.finding("T116", "里的 |分段 要单独成段", "同一段里不要有别的文字和标记"))
            continue
        expression = marked[2 : marked.rindex("|")]
        mark = f"{OPEN}{tag.number}{CLOSE}"
        put_before(paragraph, f"{{% for _line in ({expression.strip()})|分段{mark} %}}")
        paragraph.tail = "{% endfor %}" + (paragraph.tail or "")
        tag.element.text = f"{{{{ _line{mark}}}}}"
    return problems


def keep_cells_whole(root: Any, found: Scan) -> None:
    """Gives every cell (header, note, text box) that may print nothing a paragraph to fall back on."""
    depths = _block_steps(found)
    for holder in [element for element in root.iter() if element.tag in _CONTAINERS]:
        children = [child for child in holder if isinstance(child.tag, str)]
        steady = not any(depths.get(paragraph) for child in children for paragraph in child.iter(W + "p"))
        if steady and not any(_is_unit(child, "p") for child in children):
            continue
        depth, sure = 0, False
        for child in children:
            steps = sum(depths.get(paragraph, 0) for paragraph in child.iter(W + "p"))
            sure = child.tag == W + "p" and not depth and not steps and not _is_unit(child, "p")
            depth += steps
        if not sure:
            empty = _empty_paragraph(holder)
            holder.append(_instruction(holder, "fallback"))
            holder.append(empty)
            holder.append(_instruction(holder, "fallback"))


def keep_last_rows(root: Any) -> None:
    """Keeps the last row of a loop on one page with the row behind the loop, so that 合计 never stands alone."""
    for table in root.iter(W + "tbl"):
        rows = table.findall(W + "tr")
        for row, following in _last_rows(rows):
            if not _is_tag_row(following):
                put_before(row, "{% set _keeps = loop.last %}")
                for paragraph in row.iter(W + "p"):
                    _keep_next(paragraph)


def _last_rows(rows: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The row that each loop over rows ends with, where that is sure, and the row behind its endfor."""
    open_blocks: list[tuple[str, Any]] = []  # what opened it, and the last row of its body
    for row, following in pairwise([*rows, None]):
        match = _ROW_TAG.match(_row_text(row))
        word = match[1] if match else ""
        above = open_blocks.pop() if open_blocks else ("", None)
        if word in ("endfor", "endif"):
            if above[0] in ("for", "else") and above[1] is not None and following is not None:
                yield above[1], following
            continue
        if word in ("for", "if"):
            open_blocks += [(above[0], None), (word, None)]
        elif word == "else" and above[0] == "for":
            open_blocks.append(("else", above[1]))
        elif not word and above[0] == "for":
            open_blocks.append(("for", row))
        else:
            open_blocks.append(above)


def _row_text(row: Any) -> str:
    return "".join(text.text or "" for text in row.iter(W + "t")).strip()


def _keep_next(paragraph: Any) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = paragraph.makeelement(W + "pPr")
        paragraph.insert(0, properties)
    if properties.find(W + "keepNext") is not None:
        return
    style, keep = properties.find(W + "pStyle"), paragraph.makeelement(W + "keepNext")
    properties.insert(0 if style is None else 1, keep)
    put_before(keep, "{% if _keeps %}")
    keep.tail = "{% endif %}"


def watch_tables(root: Any, found: Scan) -> None:
    """Marks the tables whose columns, or all of whose rows, depend on data: their grid is put right later."""
    depths = _block_steps(found)
    for table in list(root.iter(W + "tbl")):
        text = "".join(piece.text or "" for piece in table.iter(W + "t"))
        if re.search(r"\{[{%#]tc\s|\{%\s*(colspan|hm)\b", text) or not _has_sure_row(table, depths):
            table.addprevious(_instruction(table, "table"))
            end = _instruction(table, "/table")
            tail, table.tail = table.tail, None
            table.addnext(end)
            end.tail = tail


def _has_sure_row(table: Any, depths: dict[Any, int]) -> bool:
    depth = 0
    for row in table.findall(W + "tr"):
        steps = sum(depths.get(paragraph, 0) for paragraph in row.iter(W + "p"))
        if not depth and not steps and not _is_tag_row(row):
            return True
        depth += steps
    return False


def _block_steps(found: Scan) -> dict[Any, int]:
    """By paragraph: how many blocks it opens more than it closes."""
    steps: dict[Any, int] = {}
    for tag in found.tags:
        if tag.element is None or tag.kind != "%":
            continue
        step = 1 if tag.opens else -1 if tag.word.startswith("end") else 0
        paragraph = next(tag.element.iterancestors(W + "p"))
        steps[paragraph] = steps.get(paragraph, 0) + step
    return steps


def _is_unit(child: Any, unit: str) -> bool:
    return child.tag == W + "p" and re.search(r"\{[{%#]" + unit + r"\s", paragraph_text(child)) is not None


def _instruction(beside: Any, text: str) -> Any:
    from lxml import etree

    return etree.ProcessingInstruction("jx", text)


def order_cell_properties(source: str) -> str:
    """Puts the cell properties that docxtpl adds at the ends of `w:tcPr` where the schema wants them."""

    def ordered(match: re.Match[str]) -> str:
        if "{{" not in match[2] and "{%" not in match[2]:
            return match[0]
        children = re.findall(
            r"(<w:(\w+)(?:\{\{.*?\}\}|\{%.*?%\}|[^>{])*?(?:/>|(?<!/)>.*?</w:\2>))", match[2], re.DOTALL
        )
        rank = {name: index for index, name in enumerate(_CELL_ORDER)}
        kept = {name: child for child, name in children}
        return match[1] + "".join(kept[name] for name in sorted(kept, key=lambda n: rank.get(n, 99))) + match[3]

    return re.sub(r"(<w:tcPr[^>]*>)(.*?)(</w:tcPr>)", ordered, source, flags=re.DOTALL)
