"""What a data file leaves to its workbooks: sums of ledgers and counts of answers, put into its tree.

A value that the data types stays as it is.  Nothing of a workbook is lost: a unit, purpose or day that the data does
not know is told, and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Literal

from ..fields import MONEY_UNIT, Path, Record
from ..findings import Finding, Level, ReportError, rows_in_runs
from ..model import Evaluation, FundRow, Funds, Option, Project, Question, Report, Sum, Survey, Unit
from ..records import aliases, field_of, nearest
from ..values import Day, day, plain
from . import Tree, answers, ledger
from .sheets import opened, squeezed

Column = Literal["单位", "用途"]
_NOT_SAID = "未注明"
_SEPARATORS = "、，,；;/"


@dataclass(frozen=True, slots=True)
class _Payment:
    """A payment with the ledger that it stands in."""

    of: ledger.Payments
    entry: ledger.Entry


def fill(tree: Tree) -> tuple[Sum, ...]:
    """Put what the named workbooks give into `tree`, and its findings; the sums, by the tree's own paths."""
    if not isinstance(tree.data, dict):
        return ()
    return (*_fill_funds(tree), *_fill_survey(tree))


def _key(mapping: Any, record: type[Record], name: str) -> str:
    """The key by which `mapping` says the field that is called `name`; the field's own name when it does not."""
    field = field_of(record, name)
    assert field is not None
    own = aliases(field)
    said = mapping if isinstance(mapping, dict) else {}
    return next((key for key in own if said.get(key) is not None), own[0])


def _said(mapping: Any, record: type[Record], name: str) -> Any:
    return mapping.get(_key(mapping, record, name)) if isinstance(mapping, dict) else None


def _named(tree: Tree, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The workbooks that the data names at `path`, each with its place and what is said of it."""
    value = tree.at(path)
    items = value if isinstance(value, list) else [value]
    for index, item in enumerate(items):
        place = (*path, index) if isinstance(value, list) else path
        said = {"文件": item} if isinstance(item, str) else item
        if isinstance(said, dict) and isinstance(said.get("文件"), str):
            yield place, said


def _words(value: Any) -> list[str]:
    """The texts of a list of texts, or of one."""
    items = value if isinstance(value, list) else [value]
    return [str(item).strip() for item in items if isinstance(item, str) and item.strip()]


def _text(said: dict[str, Any], key: str) -> str | None:
    value = said.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _unit(said: dict[str, Any]) -> str | None:
    """The unit of money that a mapping says; None for what is none, which validation tells."""
    value = _text(said, MONEY_UNIT)
    return value if value in ("元", "万元") else None


def _free(tree: Tree, path: Path) -> bool:
    """Whether a list stands at `path`, or may be made there; anything else is for validation to tell."""
    return tree.at(path) is None or isinstance(tree.at(path), list)


def _folder(tree: Tree) -> FilePath:
    return FilePath(tree.file).parent


def _put(tree: Tree, path: Path, value: Any, place: Any) -> None:
    """Set the value at `path`, whose parent is there."""
    parent = tree.at(path[:-1])
    if isinstance(parent, list):
        parent.append(value)
    else:
        parent[path[-1]] = value
        tree.keys[path] = place
    tree.values[path] = place


# Ledgers.


def _fill_funds(tree: Tree) -> list[Sum]:
    root = (_key(tree.data, Evaluation, "资金"),)
    funds = tree.at(root)
    if not isinstance(funds, dict):
        return []
    payments = [_Payment(one, entry) for one in _ledgers(tree, root) for entry in one.entries]
    if not payments:
        return []
    _tell_days(tree, payments)
    sums: list[Sum] = []
    whole = True  # whether the ledgers hold all the money: no row is typed that they do not know
    lists: tuple[tuple[str, Column], ...] = (("按单位", "单位"), ("按用途", "用途"))
    for kind, column in lists:
        if not any(column in one.of.columns for one in payments):
            continue
        path = (*root, _key(funds, Funds, kind))
        if not _free(tree, path):
            continue
        spread = _spread(tree, path, payments, column)
        whole = whole and not _typed_besides(tree, path, spread)
        for row, own in spread.items():
            sums += _sum(tree, row, own, FundRow)
            if kind == "按单位" and any("用途" in one.of.columns for one in own):
                below = (*row, _key(tree.at(row), FundRow, "按用途"))
                split = _spread(tree, below, own, "用途", quiet=True) if _free(tree, below) else {}
                for inner, part in split.items():
                    sums += _sum(tree, inner, part, FundRow)
    if whole and not _said(funds, Funds, "合计取自"):
        sums = _sum(tree, root, payments, Funds) + sums
    return sums


def _ledgers(tree: Tree, root: Path) -> list[ledger.Payments]:
    found: list[ledger.Payments] = []
    default = _unit(tree.data)
    for path, said in _named(tree, (*root, _key(tree.at(root), Funds, "台账"))):
        try:
            place = tree.where((*path, "文件"))
            sheets, file = opened(_folder(tree), said["文件"], place)
            one = ledger.read(sheets, file, place, sheet=_text(said, "工作表"), unit=_unit(said), default=default)
        except ReportError as error:
            tree.findings += error.findings
            continue
        tree.findings += one.findings
        if any((one.file, one.sheet) == (other.file, other.sheet) for other in found):
            what = f"同一张台账“{one.sheet}”写了两次，只计一次"
            tree.findings.append(Finding("B016", Level.WARNING, place, what, said["文件"]))
            continue
        found.append(one)
    return found


def _spread(
    tree: Tree, path: Path, payments: Sequence[_Payment], column: Column, quiet: bool = False
) -> dict[Path, list[_Payment]]:
    """The payments by the row of the list at `path` that they belong to; rows are made where there are none.

    What the data does not know is told once, unless `quiet`.
    """
    units = _units(tree) if column == "单位" else {}
    index: dict[frozenset[str], Path] = {}
    for called, here in _indexed(tree.at(path), path, column, units):
        first = index.setdefault(called, here)
        if first[: len(here)] != here:
            what = f"“{'、'.join(sorted(called))}”写了两行，台账里它的支出都计入前一行"
            mend = "合成一行，或者在台账里分清"
            tree.findings.append(Finding("B013", Level.WARNING, tree.where(here), what, mend=mend))
    given = list(dict.fromkeys(word for words in index for word in words)) or list(units)
    listed, known = bool(index), set(units.values())
    found: dict[Path, list[_Payment]] = {row: [] for row in index.values()}
    strange: dict[str, list[_Payment]] = {}
    for one in payments:
        label = one.entry.unit if column == "单位" else one.entry.purpose
        words = _words_of(label, units, index)
        row = index.get(words) or _shared(words, index)
        if row is None:
            if not label or listed or (known and not words <= known):
                strange.setdefault(label, []).append(one)
            row = index[words] = _made(tree, path, one, column, label, _is_unit(column, label, words, known))
            found[row] = []
        elif label in strange:
            strange[label].append(one)
        found[row].append(one)
    if not quiet:
        _tell_strange(tree, strange, column, given, units)
    return {row: own for row, own in found.items() if own}


def _units(tree: Tree) -> dict[str, str]:
    """Each name of the project's units, for comparison, with the unit's first one."""
    project = tree.at((_key(tree.data, Evaluation, "项目"),))
    found: dict[str, str] = {}
    items = _said(project, Project, "单位")
    for unit in items if isinstance(items, list) else []:
        names = [word for name in ("名称", "简称", "别名") for word in _words(_said(unit, Unit, name))]
        for name in names:
            found.setdefault(squeezed(name), squeezed(names[0]))
    return found


def _indexed(rows: Any, path: Path, column: str, units: dict[str, str]) -> Iterator[tuple[frozenset[str], Path]]:
    """What each row of a list is called, for comparison, and its path; a row comes behind those below it."""
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue
        here = (*path, number)
        below = _key(row, FundRow, "下级")
        yield from _indexed(row.get(below), (*here, below), column, units)
        name, own = _words(_said(row, FundRow, "名称")), _words(_said(row, FundRow, "单位"))
        called = [own, name] if column == "单位" else [name]
        for words in called:
            if words:
                yield frozenset(units.get(squeezed(word), squeezed(word)) for word in words), here


def _words_of(label: str, units: dict[str, str], index: dict[frozenset[str], Path]) -> frozenset[str]:
    """What a ledger's cell names, for comparison: one name, or several where these are known."""
    whole = squeezed(label)
    one = frozenset((units.get(whole, whole),))
    if one in index or whole in units:
        return one
    split = label
    for separator in _SEPARATORS:
        split = split.replace(separator, "\n")
    parts = frozenset(units.get(squeezed(part), squeezed(part)) for part in split.split("\n") if part.strip())
    known = {word for words in index for word in words} | set(units.values())
    return parts if len(parts) > 1 and parts <= known else one


def _shared(words: frozenset[str], index: dict[frozenset[str], Path]) -> Path | None:
    """The row of several units of which the ledger names one; None when it could be more than one row."""
    found = {path for names, path in index.items() if len(names) > 1 and words < names}
    return next(iter(found)) if len(found) == 1 else None


def _is_unit(column: Column, label: str, words: frozenset[str], known: set[str]) -> bool:
    """Whether a row may name its unit: one that the project lists, or any where the project lists none."""
    return column == "单位" and bool(label) and (not known or words <= known)


def _made(tree: Tree, path: Path, one: _Payment, column: Column, label: str, unit: bool) -> Path:
    """The path of a new row of the list at `path` for what a payment names: a unit that the data knows, or a name."""
    rows = [one.entry.row]
    place = one.of.place(column, rows) if column in one.of.columns else one.of.place("金额", rows)
    if not isinstance(tree.at(path), list):
        _put(tree, path, [], place)
    row = (*path, len(tree.at(path)))
    _put(tree, row, {}, place)
    if unit:
        _put(tree, (*row, "单位"), [label], place)
        tree.values[(*row, "单位", 0)] = place
    else:
        _put(tree, (*row, "名称"), label or _NOT_SAID + column, place)
    return row


def _tell_strange(
    tree: Tree, strange: dict[str, list[_Payment]], column: str, given: Sequence[str], units: dict[str, str]
) -> None:
    for label, own in strange.items():
        rows, first = [one.entry.row for one in own if one.of is own[0].of], own[0].of
        place = first.place(column if column in first.columns else "金额", rows)
        if not label:
            what = f"台账第{rows_in_runs(rows, 5)}行没有写{column}，列为“{_NOT_SAID}{column}”一行"
            tree.findings.append(Finding("B013", Level.WARNING, place, what, mend=f"在台账里补上{column}"))
            continue
        lacking = f"数据里没有“{label}”这个{column}"
        if squeezed(label) in units:
            lacking = f"“{label}”列在 项目.单位 里，资金.按单位 里没有它的一行"
        what = f"{lacking}，已单列一行计入（台账第{rows_in_runs(rows, 5)}行，共{len(own)}笔）"
        mend = nearest(squeezed(label), given, listed=False) or f"确实是另一个{column}的，在数据里加上一行"
        tree.findings.append(Finding("B013", Level.WARNING, place, what, label, mend=mend))


def _typed_besides(tree: Tree, path: Path, spread: dict[Path, list[_Payment]]) -> bool:
    """Whether the list has a row with a typed 支出 that no payment belongs to."""
    rows = tree.at(path)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        here = (*path, number)
        if not any(one[: len(here)] == here for one in spread) and _said(row, FundRow, "支出") is not None:
            return True
    return False


def _sum(tree: Tree, path: Path, payments: Sequence[_Payment], record: type[Record]) -> list[Sum]:
    """The payments' sums, one a sheet, for 支出 of the record at `path`; put there when it says none."""
    key = _key(tree.at(path), record, "支出")
    target = (*path, key)
    by_ledger: dict[tuple[str, str], list[_Payment]] = {}
    for one in payments:
        by_ledger.setdefault((one.of.file, one.of.sheet), []).append(one)
    sums = [
        Sum(target, file, sheet, tuple(one.entry.row for one in own), sum((one.entry.amount for one in own), Decimal()))
        for (file, sheet), own in by_ledger.items()
    ]
    if tree.at(target) is None:
        total = sum((one.total for one in sums), Decimal())
        _put(tree, target, f"{plain(total)}元", payments[0].of.place("金额", sums[0].rows))
    return sums


def _tell_days(tree: Tree, payments: Sequence[_Payment]) -> None:
    """A hint for the payments outside the project's year, and one for those after the data's last day."""
    project = tree.at((_key(tree.data, Evaluation, "项目"),))
    report = tree.at((_key(tree.data, Evaluation, "报告"),))
    year = str(_said(project, Project, "年度") or "").strip().removesuffix("年度").removesuffix("年")
    cutoff = _day(_said(report, Report, "截止日期"))
    for one in {id(payment.of): payment.of for payment in payments}.values():
        outside = [entry for entry in one.entries if entry.day and year.isdigit() and str(entry.day.first.year) != year]
        late = [
            entry
            for entry in one.entries
            if entry.day and cutoff and entry.day.first > cutoff.last and entry not in outside
        ]
        for entries, what in ((outside, f"不在项目年度（{year}年）"), (late, f"在数据截止日期（{cutoff}）之后")):
            if entries:
                rows = [entry.row for entry in entries]
                said = f"台账第{rows_in_runs(rows, 5)}行的日期{what}，也已计入（共{len(rows)}笔）"
                tree.findings.append(Finding("B015", Level.HINT, one.place("日期", rows), said))


def _day(value: Any) -> Day | None:
    try:
        found = day(str(value)) if value is not None else None
    except ValueError:
        return None
    return found if isinstance(found, Day) else None


# Answers.


def _fill_survey(tree: Tree) -> list[Sum]:
    root = (_key(tree.data, Evaluation, "问卷"),)
    survey = tree.at(root)
    if not isinstance(survey, dict):
        return []
    path = (*root, _key(survey, Survey, "题目"))
    rows = tree.at(path)
    questions = [
        [*_words(_said(one, Question, "名称")), *_words(_said(one, Question, "问题"))]
        for one in (rows if isinstance(rows, list) else [])
    ]
    found = _answers(tree, root, questions)
    if not found:
        return []
    sums: list[Sum] = []
    for number, names in enumerate(questions):
        own = [(one, one.questions[number]) for one in found if number in one.questions]
        if own:
            sums += _count_question(tree, (*path, number), own)
        elif names:
            what = f"答卷里没有“{names[0]}”这一题"
            mend = "题目的 名称 或 问题 要与答卷的表头一致"
            place = tree.where((*path, number))
            tree.findings.append(Finding("B016", Level.WARNING, place, what, names[0], mend=mend))
    answered = [
        (one, tuple(sorted({row for two in one.questions.values() for rows in two.rows.values() for row in rows})))
        for one in found
    ]
    total = sum(len(rows) for _, rows in answered)
    for name in ("收回", "有效"):
        target = (*root, _key(survey, Survey, name))
        typed = tree.at(target)
        if total and typed is None:
            one, used = next((one, used) for one, used in answered if used)
            column = next(iter(one.questions.values())).column
            _put(tree, target, str(total), one.place(column, used))
        if total and (typed is None or (isinstance(typed, str) and typed.isdigit() and int(typed) < total)):
            sums += [Sum(target, one.file, one.sheet, used, Decimal(len(used)), "份") for one, used in answered if used]
    return sums


def _answers(tree: Tree, root: Path, questions: Sequence[Sequence[str]]) -> list[answers.Answers]:
    found: list[answers.Answers] = []
    for path, said in _named(tree, (*root, _key(tree.at(root), Survey, "答卷"))):
        try:
            place = tree.where((*path, "文件"))
            sheets, file = opened(_folder(tree), said["文件"], place)
            if not any(questions):
                what = "有答卷，没有题目：题目写明统计答卷的哪几栏"
                mend = "在 问卷.题目 里写上各题的 名称 和 选项"
                raise ReportError(Finding("B010", Level.ERROR, place, what, mend=mend))
            one = answers.read(sheets, file, place, questions, _text(said, "工作表"))
        except ReportError as error:
            tree.findings += error.findings
            continue
        tree.findings += one.findings
        if any((one.file, one.sheet) == (other.file, other.sheet) for other in found):
            what = f"同一张答卷“{one.sheet}”写了两次，只计一次"
            tree.findings.append(Finding("B016", Level.WARNING, place, what, said["文件"]))
            continue
        found.append(one)
    return found


def _count_question(tree: Tree, path: Path, own: list[tuple[answers.Answers, answers.Answered]]) -> list[Sum]:
    """The counts of one question's options, put where the data has none; options are made where it lists none."""
    question = tree.at(path)
    options = (*path, _key(question, Question, "选项"))
    if not _free(tree, options):
        return []
    given = _given_options(tree.at(options))
    listed = list(given)
    sums: list[Sum] = []
    counted: dict[str, list[Sum]] = {name: [] for name in given}
    for sheet, answered in own:
        rows: dict[str, list[int]] = {}
        for text, found in answered.rows.items():
            name = next((one for one in (squeezed(text), answers.chosen(text)) if one in given), answers.chosen(text))
            if name not in given and listed:
                place = sheet.place(answered.column, found[:1])
                what = (
                    f"“{text.strip()}”不是这一题的选项"
                    + (f"（共{len(found)}处）" if len(found) > 1 else "")
                    + "，没有计数"
                )
                mend = nearest(name, listed)
                tree.findings.append(Finding("B017", Level.ERROR, place, what, text.strip(), mend=mend))
                continue
            rows.setdefault(name, []).extend(found)
        for name, at in rows.items():
            if name not in given:
                given[name] = _made_option(tree, options, name, sheet.place(answered.column, at[:1]))
                counted[name] = []
            at.sort()
            counted[name].append(Sum(path, sheet.file, sheet.sheet, tuple(at), Decimal(len(at)), "份"))
        used = tuple(sorted(row for at in rows.values() for row in at))
        if used:
            sums.append(Sum(path, sheet.file, sheet.sheet, used, Decimal(len(used)), "份"))
    for name, index in given.items():
        sums += _count_option(tree, (*options, index), counted[name], own[0])
    return sums


def _given_options(options: Any) -> dict[str, int]:
    """Each option's text for comparison, with its number; as written, and without its letter where that is clear."""
    texts = [
        (number, text)
        for number, option in enumerate(options if isinstance(options, list) else [])
        for text in _words(option if isinstance(option, str) else _said(option, Option, "选项"))
    ]
    bare = [answers.chosen(text) for _, text in texts]
    clear = len(set(bare)) == len(bare)
    return {answers.chosen(text) if clear else squeezed(text): number for number, text in texts}


def _made_option(tree: Tree, options: Path, name: str, place: Any) -> int:
    if not isinstance(tree.at(options), list):
        _put(tree, options, [], place)
    index = len(tree.at(options))
    _put(tree, (*options, index), {}, place)
    _put(tree, (*options, index, "选项"), name, place)
    return index


def _count_option(
    tree: Tree, path: Path, sums: list[Sum], first: tuple[answers.Answers, answers.Answered]
) -> list[Sum]:
    """The sums under the option's own key; its count is put there when the data has none, 0 for what nobody chose."""
    option = tree.at(path)
    target = (*path, _key(option, Option, "人数"))
    sheet, answered = first
    if not sums:
        sums = [Sum(target, sheet.file, sheet.sheet, (), Decimal(), "份")]
    if isinstance(option, dict) and tree.at(target) is None:
        rows = sums[0].rows or next(iter(answered.rows.values()), (1,))[:1]
        _put(tree, target, str(sum(len(one.rows) for one in sums)), sheet.place(answered.column, rows))
    return [Sum(target, one.file, one.sheet, one.rows, one.total, one.unit) for one in sums]
