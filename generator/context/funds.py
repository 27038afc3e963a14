"""The money as names: totals and rates, and every list of parts with its own rates, sums and shares."""

from __future__ import annotations

from decimal import Decimal

from ..fields import Path
from ..model import FundRow, counted_in, summed
from ..names import own_names
from ..scores import DERIVED
from ..values import Money, Rate, Said, in_form, plain
from .printing import DASH, Named, Names, Rows, Setting, Told, item_label, names_of, share
from .sections import unit_called

LISTS = ("按单位", "按用途", "按来源", "按区域", "按子项目")
UNIT_OF_COUNT = "数量单位"


def complete_funds(setting: Setting, names: Names) -> None:
    """Add the lists of parts with their rates; what cannot be derived is missing."""
    funds, units, said = names["资金"], names["项目"]["单位"], setting.evaluation.funds
    for name, called in DERIVED["资金"].items():
        funds.setdefault(name, setting.missing(called, ("资金",)))
    spent = setting.figures.derived.get("资金.支出")
    whole = spent.value if spent else said.spent if said else None
    budget = setting.figures.derived.get("资金.预算")
    # The self-evaluation form divides by 全年预算数 whatever the evaluation itself takes as the base.
    funds["全年执行率"] = share(whole, budget.value if budget else said.budget if said else None, setting.forms)
    unpaid = setting.figures.derived.get("资金.未到位")
    funds["足额到位"] = unpaid is not None and isinstance(unpaid.value, Money) and unpaid.value.yuan <= 0
    for kind in LISTS:
        funds[f"{kind}合计"] = setting.missing(f"资金{kind}合计", ("资金", kind))
        funds[kind] = setting.missing(f"资金{kind}", ("资金", kind))
    for kind, rows in own_names(said) if said else ():
        if kind in LISTS and rows:
            funds[f"{kind}合计"] = _totals(rows, whole, setting)
            funds[kind] = Rows(
                _row(setting, row, ("资金", kind, index), units, whole, item_label(f"资金{kind}", row, index))
                for index, row in enumerate(rows)
            )


def _totals(rows: list[FundRow], whole: object, setting: Setting) -> Names:
    """The sums of a list of parts, — where a part has no amount; 占比 is the sum's share of the whole.

    相差 is by how much the parts' 支出 misses the whole, which rounded parts may do; it is — when it does not.
    占比相差 is by how many points of a percent the printed shares miss their sum, as a figure; — when they do not.
    """
    amounts = {"预算": summed(rows, "budget"), "到位": summed(rows, "received"), "支出": summed(rows, "spent")}
    printed = {name: in_form(one, setting.forms.money) if one else DASH for name, one in amounts.items()}
    count = counted_in(rows)
    known = [one for one in (amounts["支出"], whole) if isinstance(one, Money)]
    whole_share = share(amounts["支出"], whole, setting.forms)
    return {
        **printed,
        "占比": whole_share,
        "占比相差": _rounded_off([share(row.amount("spent"), whole, setting.forms) for row in rows], whole_share),
        "支出率": share(amounts["支出"], amounts["到位"], setting.forms),
        "未使用": _left(amounts["到位"], amounts["支出"], setting),
        "数量": DASH if count is None else count,
        "下级数": sum(len(row.parts) for row in rows),
        "相差": _left(max(known), min(known), setting) if len(set(known)) > 1 else DASH,
    }


def _rounded_off(shares: list[Rate | Said], whole: Rate | Said) -> Said:
    known = [one.fraction for one in shares if isinstance(one, Rate)]
    if not isinstance(whole, Rate) or len(known) != len(shares):
        return DASH
    off = abs(sum(known, Decimal()) - whole.fraction)
    return Said(plain(off * 100)) if off else DASH


def _row(setting: Setting, row: FundRow, path: Path, units: list[Named], whole: object, called: str) -> Named:
    names = names_of(setting, row, path, called)
    names["单位"] = [unit_called(setting, name, units, (*path, "单位", i)) for i, name in enumerate(row.units)]
    if not names["名称"] and names["单位"]:
        names["名称"] = Told(lambda: "、".join(map(str, names["单位"])))
    named = names["单位"] and not row.name
    names["简称"] = (
        Told(lambda: "、".join(str(one["简称"] or one) for one in names["单位"])) if named else names["名称"]
    )
    first, budget = row.amount("first_budget"), row.amount("budget")
    received, spent = row.amount("received"), row.amount("spent")
    for name, amount in (("年初预算", first), ("预算", budget), ("到位", received), ("支出", spent)):
        if isinstance(amount, Money):
            names[name] = in_form(amount, setting.forms.money)
    count = row.counted_units()
    names["数量"] = names["数量"] if count is None else count
    names["数量单位"] = names["数量单位"] or (setting.style.file.wording or {}).get(UNIT_OF_COUNT, "个")
    names["支出率"] = share(spent, received, setting.forms)
    names["执行率"] = share(spent, budget, setting.forms)
    names["到位率"] = share(received, budget, setting.forms)
    names["占比"] = share(spent, whole, setting.forms)
    names["未使用"] = _left(received, spent, setting)
    for kind, parts in (("下级", row.parts), ("按用途", row.by_purpose)):
        names[kind] = Rows(
            _row(setting, part, (*path, kind, index), units, spent, item_label(f"{called}{kind}", part, index))
            for index, part in enumerate(parts)
        )
    names["下级数"] = len(row.parts)
    return setting.known(Named(names), path)  # type: ignore[no-any-return]


def _left(received: object, spent: object, setting: Setting) -> Money | Said:
    if isinstance(received, Money) and isinstance(spent, Money):
        return Money(received.yuan - spent.yuan, setting.forms.money)
    return DASH
