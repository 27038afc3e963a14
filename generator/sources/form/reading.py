"""The tree of a form: labels with values, funds in rows or in columns, goals, indicators, texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ...document import Paragraph, project
from ...fields import MONEY_UNIT, Path
from ...findings import Finding, Level, Location, ReportError
from ...values import narrow, plain
from .. import Tree
from ..sheets import MONEY_IN
from . import labels
from .grid import Box, Row, rows_of, under

NOTHING, DASH = "无", "—"
COPIED = "得分照自评表填写，没有计算过程"
ACHIEVED = "各项绩效目标的完成情况和成效如下"
_MARK = re.compile(r"【待[补评][^【】]*】")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年度?")
_TITLE_YEAR = re.compile(r"[（(]?((?:19|20)\d\d)\s*年度?[）)]?")
_VERSION = re.compile(r"（(初稿|征求意见稿|定稿)）")
_CODED = re.compile(r"([0-9A-Za-z]{6,40})[-－—](.+)")
_NUMBERED = re.compile(r"(\d{1,2})[.．、]\s*(.+)")
_GROUP = re.compile(r"（[一二三四五六七八九十]{1,3}）.+")
_WEIGHED = re.compile(r"[（(](\d{1,3}(?:\.\d{1,2})?)分[）)]$")
_OWN_UNIT = re.compile(r"(.+?)\s*([百千万亿]*元|[美欧日港]元)")
_UNITS_OF_DATA = ("元", "万元")  # in which a data file may give its bare amounts
_IN_BRACKETS = re.compile(r"[（(]\s*(\d[\d,，.]*)\s*[）)]")  # how accounts write what is below nought
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,8})?")


@dataclass(frozen=True, slots=True)
class Line:
    """A scored row as it is printed: its name, groups, weight and points."""

    name: str
    groups: tuple[str, ...]
    weight: Decimal | None
    points: Decimal | None
    where: Location


@dataclass
class Form:
    """What a form printed, by which its arithmetic is held: amounts by row and column, scored rows, sums."""

    amounts: dict[str, dict[str, tuple[Decimal, Location]]] = field(default_factory=dict)  # row: column: amount
    subprojects: list[tuple[str, Decimal, Location]] = field(default_factory=list)
    said: dict[str, tuple[str, Location]] = field(default_factory=dict)  # 执行率, 总分 … as printed
    lines: list[Line] = field(default_factory=list)
    groups: dict[str, tuple[Decimal, Location]] = field(default_factory=dict)  # the weight that a group's label names
    unit: str = ""
    heads: set[str] = field(default_factory=set)  # every label that was met


def read_form(content: bytes, file: str) -> tuple[Tree, Form]:
    """The tree of a form and what it printed; ReportError when no table of it is known."""
    document = project(content, file)
    tree = Tree(file, {}, {(): Location(file)})
    reader = _Reader(tree, Form())
    for paragraph in document.paragraphs:
        if (match := _YEAR.search(paragraph.text)) and "自评" in paragraph.text:
            reader.put(("项目", "年度"), match[1], Location(file))
    for _, blocks in document.margins:
        for block in blocks:
            if isinstance(block, Paragraph) and (match := _VERSION.fullmatch(block.text)):
                reader.put(("报告", "版本"), match[1], Location(file))
    for number, table in enumerate(document.tables, 1):
        reader.table(rows_of(table, number, file))
    if not reader.known:
        what = "没有认出自评表：文件里的表没有“项目名称”“三级指标”“年初预算数”这样的栏目"
        raise ReportError(what, Location(file))
    reader.finish()
    return tree, reader.form


def figure(text: str) -> Decimal | None:
    """The number that a cell holds, with or without thousands separators; None for anything else."""
    bare = narrow(text).replace(",", "").strip()
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def _said(box: Box) -> str | None:
    """What a cell says; None where it is blank or holds a mark of what was missing."""
    text = box.text
    return None if not text or _MARK.fullmatch(text) else text


class _Reader:
    def __init__(self, tree: Tree, form: Form) -> None:
        self.tree, self.form = tree, form
        self.known = False
        self.suggestions: list[tuple[dict[str, Any], Location]] = []
        self.groups: dict[int, str] = {}  # the names that blank group cells stand for

    def put(self, path: Path, value: Any, where: Location) -> None:
        """Set the value at a path of names, once; what says something else a second time is told."""
        found = self.tree.data
        for depth, step in enumerate(path[:-1]):
            found = found.setdefault(step, {})
            self.tree.values.setdefault(path[: depth + 1], where)
            self.tree.keys.setdefault(path[: depth + 1], where)
        if path[-1] in found and found[path[-1]] != value:
            what = f"“{'.'.join(map(str, path))}”在表里有两个值：“{found[path[-1]]}”和“{value}”，取了前一个"
            self.tell("N101", Level.WARNING, where, what)
            return
        found[path[-1]] = value
        self.tree.values[path] = self.tree.keys[path] = where

    def tell(self, code: str, level: Level, where: Location, what: str, quoted: str | None = None) -> None:
        """Add a finding."""
        self.tree.findings.append(Finding(code, level, where, what, quoted))

    # Tables.

    def table(self, rows: Sequence[Row]) -> None:
        """Read one table from top to bottom."""
        at = 0
        while at < len(rows):
            self.form.heads |= {box.label for box in rows[at] if not box.goes_on and box.label}
            at = self._block(rows, at)

    def _block(self, rows: Sequence[Row], at: int) -> int:
        """Read what begins at a row; the number of the row behind it."""
        row = rows[at]
        names = [box.label for box in row if not box.goes_on]
        if _is_head_of_indicators(names):
            self.known = True
            return self._indicators(rows, at)
        end = _block_end(rows, at)
        below = rows[at + 1 : end]
        if sum(name in labels.AMOUNTS for name in names) > 1 and any(
            name in ("全年执行数", "全年预算数") for name in names
        ):
            self.known = True
            self._funds(row, below)
            return end
        if any(name in labels.SUBPROJECT for name in names):
            self._subprojects(row, below)
            return end
        if end > at + 1 and any(name in labels.COLUMNS for name in names):
            self.known = True
            self._columns(rows[at:end])
            return end
        if any(name in labels.GOALS for name in names) and at + 1 < len(rows):
            self.known = True
            self._goals(row, rows[at + 1])
            return at + 2
        self._pairs(row)
        return at + 1

    def _pairs(self, row: Row) -> None:
        boxes, used = [box for box in row if not box.goes_on], False
        filled = [box for box in boxes if box.text]
        if not filled:
            return
        if len(filled) == 1 and (match := _TITLE_YEAR.fullmatch(filled[0].text)):
            self.put(("项目", "年度"), match[1], filled[0].where)
            return
        for box, following in zip(boxes, [*boxes[1:], None], strict=True):
            name = box.label
            if name in labels.PAIRS and following is not None:
                used = self.known = True
                if (said := _said(following)) is not None:
                    self._pair(labels.PAIRS[name], said, following.where)
            elif name in labels.TEXTS and following is not None:
                used = self.known = True
                self._text(labels.TEXTS[name], following)
        if not used and len(boxes) > 1 and any(_said(box) for box in boxes):
            said = "｜".join(box.text for box in boxes if box.text)
            self.tell("N102", Level.HINT, boxes[0].where, "没有读这一行：不认识它的栏目", said[:60])

    def _pair(self, path: Path, said: str, where: Location) -> None:
        coded = _CODED.fullmatch(said) if path == ("项目", "名称") else None
        if coded:
            self.put(("项目", "代码"), coded[1], where)
        self.put(path, coded[2] if coded else said, where)
        if path == ("项目", "名称"):
            self.put(("报告", "标题"), coded[2] if coded else said, where)

    # Funds.

    def _amount(self, box: Box, row: str, column: str, unit: str) -> str | None:
        """An amount as it is typed; kept as a number for the form's arithmetic, and told when it is none."""
        said = _said(box)
        if said is None or said in (NOTHING, DASH, "-", "－"):
            return said and (DASH if said in ("-", "－") else said)
        written = _OWN_UNIT.fullmatch(said)
        text, own = (written[1], written[2]) if written else (said, unit)
        below_nought = _IN_BRACKETS.fullmatch(text)
        number = figure(f"-{below_nought[1]}" if below_nought else text)
        if number is None:
            self.tell("N101", Level.ERROR, box.where, f"“{said}”不是金额，没有读", said)
            return None
        if own and own not in MONEY_IN:
            self.tell("N101", Level.ERROR, box.where, f"不认识金额单位“{own}”，“{said}”没有读", said)
            return None
        self.form.unit = self.form.unit or unit or own
        scale = MONEY_IN[own] / MONEY_IN.get(self.form.unit, 1) if own else 1
        self.form.amounts.setdefault(row, {})[column] = (number * scale, box.where)
        if own not in ("", *_UNITS_OF_DATA, "亿元"):
            return f"{plain(number * MONEY_IN[own])}元"
        text = plain(number) if below_nought else text.strip()
        return text if not own or (own == self.form.unit and own in _UNITS_OF_DATA) else f"{text}{own}"

    def _funds(self, head: Row, below: Sequence[Row]) -> None:
        unit = next((box.unit for box in head if box.unit), "")
        sources: list[dict[str, Any]] = []
        self._tell_unknown_amounts(head, below)
        for row in below:
            boxes = [box for box in row if not box.goes_on]
            name = re.sub(r"^其中[：:]?", "", boxes[0].label) if boxes else ""
            if not name:
                continue
            whole = name in labels.WHOLE
            values: dict[str, Any] = {}
            for box in boxes[1:]:
                over = under(head, box)
                key = over.label if over else ""
                if key in labels.AMOUNTS:
                    column, own = labels.AMOUNTS[key], over.unit if over else ""
                    said = self._amount(box, "" if whole else name, column, own or unit)
                    if said is not None:
                        values[column] = said
                        self.tree.values[self._fund_path(whole, len(sources), column)] = box.where
                elif key in labels.SHARES and whole and (text := _said(box)) and text != DASH:
                    self.form.said[labels.SHARES[key]] = (text, box.where)
            if whole:
                for column, said in values.items():
                    self.put(("资金", column), said, self.tree.values[("资金", column)])
            else:
                self.tree.values[("资金", "按来源", len(sources))] = boxes[0].where
                sources.append({"名称": name, **values})
        if any(set(one) - {"名称"} and any(one[key] != DASH for key in one if key != "名称") for one in sources):
            self.put(("资金", "按来源"), sources, head[0].where)
        self.put(("资金", "执行率分母"), "预算", head[0].where)

    def _tell_unknown_amounts(self, head: Row, below: Sequence[Row]) -> None:
        """A hint for each column of funds that holds something and whose head is not known."""
        for over in (box for box in head if box.label and box.label not in (*labels.AMOUNTS, *labels.SHARES)):
            filled = [box for row in below for box in row[1:] if under(head, box) is over and _said(box)]
            if filled and not filled[0].goes_on:
                what = f"没有读“{over.text}”这一列：不认识它的名称"
                self.tell("N102", Level.HINT, filled[0].where, what, filled[0].text)

    def _fund_path(self, whole: bool, index: int, column: str) -> Path:
        return ("资金", column) if whole else ("资金", "按来源", index, column)

    def _columns(self, rows: Sequence[Row]) -> None:
        """Amounts in columns: the value stands in the last row, its head is the nearest above it."""
        unit = next((box.unit for row in rows for box in row if box.unit), "")
        for box in rows[-1][1:]:
            heads = [one for row in rows[:-1] for one in row[1:] if one.covers(box) and one.text and not one.goes_on]
            column = labels.COLUMNS.get(heads[-1].label) if heads else None
            if column is None:
                if heads and _said(box):
                    what = f"没有读“{heads[-1].text}”这一栏：不认识它的名称"
                    self.tell("N102", Level.HINT, box.where, what, box.text)
                continue
            said = self._amount(box, "", column, unit)
            if said is not None and column not in labels.DERIVED:
                self.put(("资金", column), said, box.where)
        self.put(("资金", "执行率分母"), "到位", rows[0][0].where)

    def _subprojects(self, head: Row, below: Sequence[Row]) -> None:
        unit = next((box.unit for box in head if box.unit), "")
        found: list[dict[str, Any]] = []
        for row in below:
            boxes = [box for box in row if not box.goes_on]
            if len(boxes) < 2 or not boxes[0].text:
                continue
            name, amount = boxes[0], boxes[-1]
            if name.label in labels.SUMS:
                self._amount(amount, "合计", "支出", unit)
                continue
            said = self._amount(amount, f"子项目 {name.text}", "支出", unit)
            if figures := self.form.amounts.get(f"子项目 {name.text}"):
                self.form.subprojects.append((name.text, *figures["支出"]))
            self.tree.values[("资金", "按子项目", len(found))] = name.where
            found.append({"名称": name.text, **({"支出": said} if said is not None else {})})
        if found:
            self.put(("资金", "按子项目"), found, head[0].where)

    # Goals and texts.

    def _goals(self, head: Row, values: Row) -> None:
        for box in values:
            over = under(head, box)
            if over is not None and over.label in labels.GOALS and not box.goes_on:
                self._text(labels.GOALS[over.label], box)

    def _text(self, path: Path, box: Box) -> None:
        lines = [line for line in box.lines if line and not _MARK.fullmatch(line)]
        if not lines:
            return
        if any("{{" in line or "{%" in line for line in lines):
            what = "文字里有 {{ 或 {%，数据里它们是标记，没有读这一格"
            self.tell("N101", Level.ERROR, box.where, what, lines[0][:40])
            return
        if path == ("问题",):
            self._problems(lines, box)
        elif path == ("建议",):
            self.suggestions = [(one, box.where) for one in _entries(lines)] if lines != [NOTHING] else []
        elif path == ("正文", "主要成效"):
            self._achieved(lines, box)
        else:
            whole = any(_MARK.fullmatch(line) for line in box.lines)  # the mark says that one of two is missing
            rest = None if whole else labels.RESTS.get(path)
            cut = next((at for at, line in enumerate(lines) if _NUMBERED.match(line)), 1) if rest else len(lines)
            if lines[:cut]:
                self.put(path, "\n".join(lines[:cut]), box.where)
            if rest and lines[cut:]:
                entries = list(_entries(lines[cut:])) if _NUMBERED.match(lines[cut]) else "\n".join(lines[cut:])
                self.put(rest, entries, box.where)

    def _problems(self, lines: list[str], box: Box) -> None:
        if lines == [NOTHING]:
            self.put(("问题",), NOTHING, box.where)
            return
        found = list(_entries(lines))
        for one in found:
            body, mark, cause = str(one.get("内容", "")).partition("原因：")
            if mark:
                one["原因"] = cause.strip()
                one["内容"] = body.strip()
                if not one["内容"]:
                    del one["内容"]
        self.put(("问题",), found, box.where)

    def _achieved(self, lines: list[str], box: Box) -> None:
        """What was achieved in general, and by indicator behind the sentence that says so."""
        cut = next((at for at, line in enumerate(lines) if line.startswith(ACHIEVED)), len(lines))
        if cut:
            self.put(("正文", "主要成效"), "\n".join(lines[:cut]), box.where)
        name = ""
        for line in lines[cut + 1 :]:
            numbered = _NUMBERED.match(line)
            if _GROUP.fullmatch(line):
                name = ""
            elif numbered and "，目标值为" in line and "实际完成值为" in line:
                name = numbered[2].partition("，目标值为")[0]
            elif name and (leaf := self._leaf(name)):
                key = "完成情况说明" if line.startswith("完成情况：") else "主要成效"
                text = line.removeprefix("完成情况：").removeprefix("主要成效：")
                key = (
                    key
                    if line.startswith(("完成情况：", "主要成效："))
                    else next((one for one in ("完成情况说明", "主要成效") if one in leaf), key)
                )
                leaf[key] = f"{leaf[key]}\n{text}" if key in leaf else text

    def _leaf(self, name: str) -> dict[str, Any] | None:
        found = [one for one in _leaves(self.tree.data.get("指标体系") or []) if one["名称"] == name]
        return found[0] if len(found) == 1 else None

    # Indicators.

    def _indicators(self, rows: Sequence[Row], at: int) -> int:
        self.groups = {}
        head = [box for box in rows[at] if box.label not in labels.ASIDE]
        for box in head:
            if box.label and box.label not in (*labels.LEVELS, *labels.INDICATOR, *labels.TITLES) and not box.goes_on:
                self.tell("N102", Level.HINT, box.where, f"没有读“{box.text}”这一列：不认识它的名称")
        for number in range(at + 1, len(rows)):
            row = rows[number]
            texts = [box for box in row if not box.goes_on and box.text]
            if not texts:
                continue
            if _is_sum(_MARK.sub("", texts[0].label)):
                self._sum(head, row)
                self._tell_behind(rows[number + 1 :])
                return number + 1
            self._indicator(head, row)
        return len(rows)

    def _tell_behind(self, rows: Sequence[Row]) -> None:
        """A warning for rows below the sum that look like indicators: a name and two numbers."""
        for row in rows:
            boxes = [box for box in row if not box.goes_on and box.text]
            numbers = [box for box in boxes if figure(box.text) is not None]
            if len(numbers) > 1 and figure(boxes[0].text) is None:
                what = "这一行在总分的下面，没有读；是指标的，移到总分上面"
                self.tell("N102", Level.WARNING, boxes[0].where, what, "｜".join(box.text for box in boxes)[:60])

    def _sum(self, head: Sequence[Box], row: Row) -> None:
        for box in row[1:]:
            over = under(head, box)
            key = labels.INDICATOR.get(over.label) if over else None
            said = _said(box)
            if key == "分值" and said:
                self.form.said["总分值"] = (said, box.where)
            elif key == "得分" and said:
                self.form.said["总分"] = (said, box.where)
            elif said and said not in (NOTHING, DASH) and figure(said) is None:
                self.form.said["等级"] = (said, box.where)
        numbers = [box for box in row[1:] if figure(box.text) is not None]
        if not {"总分值", "总分"} & self.form.said.keys():  # the cells of the sums do not stand under their heads
            self.form.said |= {
                key: (box.text, box.where) for key, box in zip(("总分值", "总分"), numbers, strict=False)
            }

    def _indicator(self, head: Sequence[Box], row: Row) -> None:
        groups: dict[int, Box] = {}
        cells: dict[str, Box] = {}
        for box in row:
            over = under(head, box)
            if over is None:
                continue
            if over.label in labels.LEVELS:
                groups[labels.LEVELS[over.label]] = box
            elif over.label in labels.INDICATOR and not box.goes_on:
                cells[labels.INDICATOR[over.label]] = box
        names = [name for level in sorted(groups) if (name := self._group_at(level, groups[level])) != DASH]
        leaf = cells.get("名称")
        unnamed = leaf is not None and leaf.text == NOTHING
        unused = unnamed or all(key in cells and cells[key].text == NOTHING for key in ("分值", "得分"))
        where = leaf.where if leaf else row[0].where
        if leaf is not None and leaf.text not in ("", DASH, NOTHING):
            names.append(leaf.text)
        if not names or any(_MARK.fullmatch(name) for name in names):
            return
        record = self._node(names, where)
        if unused:
            record["不适用"] = "是"
            return
        for key in ("指标值", "完成值"):
            if key in cells and (said := _said(cells[key])) is not None:
                self._set(record, key, said, cells[key].where)
        weight, points = (self._points(cells[key], key) if key in cells else None for key in ("分值", "得分"))
        self.form.lines.append(Line(names[-1], tuple(names[:-1]), weight, points, where))
        if weight is not None:
            self._set(record, "分值", cells["分值"].text, cells["分值"].where)
        if weight is not None and points is not None:
            self._copied(record, cells, weight, points)
        elif points is not None:
            said = cells["得分"].text
            self.tell("N101", Level.WARNING, cells["得分"].where, f"有得分，没有分值，“{said}”没有读", said)

    def _copied(self, record: dict[str, Any], cells: dict[str, Box], weight: Decimal, points: Decimal) -> None:
        """The points as the form gives them; the reason prints with what they lack of full marks, or by itself."""
        reason = _said(cells["扣分原因"]) if "扣分原因" in cells else None
        if points > weight:
            self._set(record, "得分", cells["得分"].text, cells["得分"].where)
            return
        lacking = points < weight
        if reason is not None and not lacking:
            self._set(record, "扣分原因", "\n".join(cells["扣分原因"].lines), cells["扣分原因"].where)
        record["计分方法"] = "直接评分"
        record["参数"] = {"得分": cells["得分"].text, "理由": reason if reason is not None and lacking else COPIED}

    def _set(self, record: dict[str, Any], key: str, value: str, where: Location) -> None:
        record[key] = value
        self.tree.values[(*self._path, key)] = where

    def _points(self, box: Box, key: str) -> Decimal | None:
        said = _said(box)
        if said is None or said in (NOTHING, DASH):
            return None
        number = figure(said.removesuffix("分"))
        if number is None:
            self.tell("N101", Level.ERROR, box.where, f"“{said}”不是{key}，没有读", said)
        return number

    def _group_at(self, level: int, box: Box) -> str:
        """The name of a row's group; a blank cell stands for the one above, a new group begins without its subgroup."""
        if not box.text:
            return self.groups.get(level, DASH)
        name = self._group(box)
        if self.groups.get(level) != name:
            self.groups = {one: said for one, said in self.groups.items() if one < level}
        self.groups[level] = name
        return name

    def _group(self, box: Box) -> str:
        """A group's name, without the weight that its label names, which is kept to be held against its rows."""
        text = "".join(box.lines).strip()
        match = _WEIGHED.search(text)
        if match:
            name = text[: match.start()]
            self.form.groups.setdefault(name, (Decimal(match[1]), box.where))
            return name
        return text

    def _node(self, names: Sequence[str], where: Location) -> dict[str, Any]:
        """The record of that chain of names, made where it is not there; the last is always a new one."""
        self.tree.values.setdefault(("指标体系",), where)
        nodes: list[dict[str, Any]] = self.tree.data.setdefault("指标体系", [])
        path: Path = ("指标体系",)
        for depth, name in enumerate(names):
            last = depth == len(names) - 1
            if last or not nodes or nodes[-1]["名称"] != name or "分值" in nodes[-1]:
                nodes.append({"名称": name})
                self.tree.values[(*path, len(nodes) - 1)] = where
            path = (*path, len(nodes) - 1)
            self._path, record = path, nodes[-1]
            if not last:
                nodes, path = record.setdefault("下级", []), (*path, "下级")
        return record

    # What the whole form says.

    def finish(self) -> None:
        """Put in what only the whole form tells: the unit, the execution rate's score, which problem is answered."""
        data = self.tree.data
        self.tree.data = {
            MONEY_UNIT: self.form.unit if self.form.unit in _UNITS_OF_DATA else "万元",
            "报告": {**data.pop("报告", {}), "评价类型": "单位自评"},
            **{key: data.pop(key) for key in ("项目", "资金", "绩效目标", "指标体系", "正文", "问题") if key in data},
            **data,
        }
        if self.form.amounts and not self.form.unit:
            where = next(iter(next(iter(self.form.amounts.values())).values()))[1]
            self.tell("N101", Level.WARNING, where, "表头没有写金额的单位，按万元读；不是的，改数据里的“金额单位”")
        if "等级" in self.form.said:  # held against the scale by the check on given grades
            self.put(("评价结果", "等级"), *self.form.said["等级"])
        self._execution()
        self._suggestions()

    def _execution(self) -> None:
        """The indicator whose weight and points stand beside the funds."""
        said = {key: self.form.said[key] for key in ("分值", "得分") if key in self.form.said}
        weight, points = (figure(said[key][0]) if key in said else None for key in ("分值", "得分"))
        if weight is None:
            return
        record: dict[str, Any] = {"名称": labels.EXECUTION, "分值": said["分值"][0], "测算": "资金.执行率"}
        if points is not None and points <= weight:
            record |= {"计分方法": "直接评分", "参数": {"得分": said["得分"][0], "理由": COPIED}}
        nodes = self.tree.data.setdefault("指标体系", [])
        _shift(self.tree)
        nodes.insert(0, record)
        self.tree.values[("指标体系", 0)] = said["分值"][1]
        self.form.lines.insert(0, Line(labels.EXECUTION, (), weight, points, said["分值"][1]))

    def _suggestions(self) -> None:
        problems = self.tree.data.get("问题")
        if not self.suggestions:
            return
        where = self.suggestions[0][1]
        if not isinstance(problems, list):
            self.tree.data["问题"] = problems = [{}]
            self.tree.values[("问题",)] = self.tree.values[("问题", 0)] = where
        if len(problems) == len(self.suggestions):
            for problem, (suggestion, _) in zip(problems, self.suggestions, strict=True):
                problem["建议"] = [suggestion]
            return
        problems[-1]["建议"] = [suggestion for suggestion, _ in self.suggestions]
        what = f"{len(problems)}个问题，{len(self.suggestions)}条建议，表里看不出哪条对应哪个，都列在最后一个问题下"
        self.tell("N109", Level.HINT, where, what)


def _shift(tree: Tree) -> None:
    """Move the places of all indicators one down: another one goes before them."""
    moved = {}
    for path, place in tree.values.items():
        if path[0:1] == ("指标体系",) and len(path) > 1 and isinstance(path[1], int):
            path = ("指标体系", path[1] + 1, *path[2:])
        moved[path] = place
    tree.values = moved


def _is_head_of_indicators(names: Sequence[str]) -> bool:
    keys = {labels.INDICATOR[name] for name in names if name in labels.INDICATOR}
    return "名称" in keys and "分值" in keys


def _is_sum(label: str) -> bool:
    return re.sub(r"\s", "", label) in labels.SUMS


def _block_end(rows: Sequence[Row], at: int) -> int:
    """The row behind those that share the first cell with the row at `at`."""
    end = at + 1
    while end < len(rows) and rows[end] and rows[end][0].goes_on:
        end += 1
    return end


def _entries(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Numbered entries: a title up to the first full stop, what follows it, and the paragraphs below."""
    entry: dict[str, Any] | None = None
    for line in lines:
        if match := _NUMBERED.match(line):
            if entry is not None:
                yield entry
            title, _, body = match[2].partition("。")
            named = {} if _MARK.fullmatch(title) else {"标题": title}
            entry = {**named, **({"内容": body.strip()} if body.strip() else {})}
        elif entry is None:
            entry = {"内容": line}
        else:
            entry["内容"] = f"{entry['内容']}\n{line}" if "内容" in entry else line
    if entry is not None:
        yield entry


def _leaves(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if "下级" in node:
            yield from _leaves(node["下级"])
        else:
            yield node
