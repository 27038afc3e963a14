"""Records as Chinese names whose values print themselves; what the data does not say is a `Missing`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..findings import Finding, Level, Location
from ..model import Document, Evaluation, Path, Record, Source, Unit
from ..names import NAMING_KEYS, own_names
from ..narrative import Narrative
from ..scores import Figures, Scores
from ..style import Style
from ..values import Forms, Missing, Money, Points, Rate, Said, in_form

DASH = Said("—")
OWN_LABEL = ("报告", "正文", "")

Names = dict[str, Any]
Holder = dict[Any, Any] | list[Any]


class Named(dict[str, Any]):
    """Names and values of one thing, which prints as its own text."""

    def __init__(self, printed: str, values: Names) -> None:
        super().__init__(values)
        self.printed = printed

    def __str__(self) -> str:
        return self.printed

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.printed)


class Rows(list[Any]):
    """A list whose items can also be reached by name: `项目.单位.盛高大城社区`."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for item in self:
            if isinstance(item, dict) and key in (str(item[name]) for name in NAMING_KEYS if name in item):
                return item
        raise KeyError(key)


@dataclass
class Setting:
    """What the names are made from, and what is noted on the way: findings, texts still to be filled, gaps."""

    source: Source
    style: Style
    figures: Figures
    scores: Scores
    findings: list[Finding] = field(default_factory=list)
    templates: list[tuple[Holder, Any, Path]] = field(default_factory=list)
    gaps: dict[str, Location] = field(default_factory=dict)

    @property
    def forms(self) -> Forms:
        """How this style prints figures."""
        return self.style.forms

    @property
    def evaluation(self) -> Evaluation:
        """The data."""
        return self.source.evaluation

    def error(self, code: str, place: Location, what: str, quoted: str, mend: str | None = None) -> None:
        """Note a finding of level 错误."""
        self.findings.append(Finding(code, Level.ERROR, place, what, quoted, mend=mend))

    def missing(self, name: str, path: Path) -> Missing:
        """The mark for what the data does not say at `path`, whose place is remembered."""
        self.gaps.setdefault(name, self.source.where(path))
        return Missing(name)

    def note(self, holder: Holder, key: Any, path: Path) -> None:
        """Remember a text that is itself a small template, to be filled when all names are there."""
        value = holder[key]
        if isinstance(value, (str, Narrative)) and tagged(str(value)):
            self.templates.append((holder, key, path))


def tagged(words: str) -> bool:
    """Whether a text is a small template."""
    return "{{" in words or "{%" in words or "{#" in words


def label(section: str, name: str) -> str:
    """What a missing value is called in the report's mark.

    >>> label("项目", "名称"), label("报告", "委托方"), label("资金", "资金说明")
    ('项目名称', '委托方', '资金说明')
    """
    return name if section in OWN_LABEL or name.startswith(section) else section + name


def section(setting: Setting, name: str, record: Record | None, kind: type[Record]) -> Names:
    """A top section's names; all of them missing when the data has no such section."""
    return names_of(setting, record if record is not None else kind.model_construct(), (name,), name)


def names_of(setting: Setting, record: Record, path: Path, called: str) -> Names:
    """A record's own names; `called` is what its missing values are called after."""
    found: Names = {}
    for name, value in own_names(record):
        found[name] = printable(setting, value, (*path, name), called, label(called, name))
        setting.note(found, name, (*path, name))
    return found


def printable(setting: Setting, value: Any, path: Path, called: str, missing: str) -> Any:
    """A value of the data as it prints in this style, records as names; `Missing(missing)` for nothing said."""
    if value is None or value == "" or (isinstance(value, Narrative) and not value):
        return setting.missing(missing, path)
    if isinstance(value, Unit):
        return Named(value.name, names_of(setting, value, path, value.name))
    if isinstance(value, Document):
        return document(setting, value, path)
    if isinstance(value, Record):
        return names_of(setting, value, path, called)
    if isinstance(value, list):
        items = Rows(printable(setting, item, (*path, index), called, missing) for index, item in enumerate(value))
        for index in range(len(items)):
            setting.note(items, index, (*path, index))
        return items
    if isinstance(value, dict):
        mapped = {key: printable(setting, item, (*path, key), called, key) for key, item in value.items()}
        for key in mapped:
            setting.note(mapped, key, (*path, key))
        return mapped
    if isinstance(value, Decimal):
        return Points(value, setting.forms.points)
    return in_form(value, setting.forms.money) if isinstance(value, Money) else value


def document(setting: Setting, one: Document, path: Path) -> Named:
    """A document, which prints as it is cited: 发文机关《名称》（文号）."""
    names = names_of(setting, one, path, "文件")
    names["书名"] = f"《{nested(one.name)}》" if one.name else setting.missing("文件名称", path)
    number = f"（{one.number}）" if one.number else ""
    return Named(f"{one.issuer or ''}{names['书名']}{number}", names)


def nested(title: str) -> str:
    """A title for inside 《》: title marks within it become 〈〉.

    >>> nested("关于印发《管理办法》的通知")
    '关于印发〈管理办法〉的通知'
    """
    return title.replace("《", "〈").replace("》", "〉").replace("<", "〈").replace(">", "〉")


def share(part: object, whole: object, forms: Forms) -> Rate | Said:
    """The rate of two amounts; — when it cannot be said."""
    if isinstance(part, Money) and isinstance(whole, Money) and whole.yuan:
        return Rate.of(part.yuan, whole.yuan, forms.rate)
    return DASH
