"""What was summed from ledgers and counted from answer sheets, as people read it: what, how much, from which rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from .fields import Path
from .findings import rows_in_runs
from .model import Source, Sum
from .names import dotted, own_names
from .values import Forms, Money, plain

MOST_RUNS = 12  # of rows, before a place goes on with …
COUNT = "人数"


@dataclass(frozen=True, slots=True)
class Summed:
    """One sum as it is printed: the value's name, its amount, the sheet and rows, and how many there are."""

    name: str
    amount: str
    place: str
    count: int
    counted: str

    def as_json(self) -> dict[str, object]:
        """The sum as an object with Chinese keys."""
        return {"项目": self.name, "数额": self.amount, "来源": self.place, "笔数": self.count}


def summed(source: Source, forms: Forms) -> list[Summed]:
    """Every sum of the data, in its order; a question stands for its options."""
    return [_printed(source, one, forms) for one in source.sums if one.rows and one.path[-1] != COUNT]


def _printed(source: Source, one: Sum, forms: Forms) -> Summed:
    amount = str(Money(one.total, forms.money)) if one.unit == "元" else f"{plain(one.total)}份"
    place = f"{PurePath(one.file).name}›{one.sheet} 第{rows_in_runs(one.rows, MOST_RUNS)}行"
    counted = "笔" if one.unit == "元" else "份"
    return Summed(dotted(source.evaluation, one.path), amount, place, len(one.rows), counted)


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
