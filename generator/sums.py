"""What was summed from ledgers and counted from answer sheets, as people read it: what, how much, from which rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from .fields import Path, Record
from .findings import rows_in_runs
from .model import Source, Sum
from .names import Called, dotted, own_names
from .values import Forms, Money, plain

MOST_ROWS = 6  # that are told one by one
COUNT = "人数"
COUNTED = (COUNT, "收回", "有效")  # what answer sheets give


@dataclass(frozen=True, slots=True)
class Summed:
    """One sum as it is printed: what it is called, its amount, the sheet and rows, and how many there are.

    `data` is the dotted name of its value, `rows` every row of the sheet.
    """

    name: str
    amount: str
    place: str
    count: int
    counted: str
    data: str
    rows: str

    def as_json(self) -> dict[str, object]:
        """The sum as an object with Chinese keys."""
        said = {"项目": self.name, "数额": self.amount, "来源": self.place, "笔数": self.count}
        return {**said, "数据": self.data, "行": self.rows}


def summed(source: Source, forms: Forms) -> list[Summed]:
    """Every sum of the data, in its order; a question stands for its options."""
    called: Called = {}
    return [_printed(source, one, forms, called) for one in source.sums if one.rows and one.path[-1] != COUNT]


def _printed(source: Source, one: Sum, forms: Forms, known: Called) -> Summed:
    amount = str(Money(one.total, forms.money)) if one.unit == "元" else f"{plain(one.total)}份"
    rows, count = rows_in_runs(one.rows), len(one.rows)
    whole = count == one.rows[-1] - one.rows[0] + 1
    told = rows if whole or count <= MOST_ROWS else f"{one.rows[0]}—{one.rows[-1]}行中的{count}"
    place = f"{PurePath(one.file).name} › {one.sheet} 第{told}行"
    counted = "笔" if one.unit == "元" else "份"
    data = dotted(source.evaluation, one.path, known)
    return Summed(_called(source, one.path), amount, place, count, counted, data, rows)


def _called(source: Source, path: Path) -> str:
    """What a sum is called: the rows that it is of, then the field (西山社区·宣传支出); the whole by its two names."""
    names = [_name(value_at(source, path[: depth + 1])) for depth, step in enumerate(path) if isinstance(step, int)]
    field = path[-1] if isinstance(path[-1], str) else ""
    return "·".join(names) + field if names else "".join(map(str, path))


def _name(record: object) -> str:
    """What a row is called: its name, or its units."""
    said = dict(own_names(record)) if isinstance(record, Record) else {}
    return str(said.get("名称") or "、".join(said.get("单位") or ()))


def totals(source: Source) -> dict[Path, tuple[Decimal, int]]:
    """What the workbooks give for each value, all sheets together, and from how many rows."""
    found: dict[Path, tuple[Decimal, int]] = {}
    for one in source.sums:
        total, count = found.get(one.path, (Decimal(), 0))
        found[one.path] = (total + one.total, count + len(one.rows))
    return found


def value_at(source: Source, path: Path) -> object:
    """The value at a path of own names; None when there is none."""
    value: object = source.evaluation
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        elif value is not None:
            value = dict(own_names(value)).get(step)  # type: ignore[arg-type]
    return value
