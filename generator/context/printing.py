"""Records as Chinese names whose values print themselves; what the data does not say is a `Missing`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from .. import language
from ..carried import CODE, MARK, waiting
from ..fields import Path, Record
from ..findings import Finding, Level, Location, ReportError
from ..model import Contract, Document, Evaluation, Source, Unit
from ..names import NAMING_KEYS, own_names
from ..narrative import Narrative, Paragraph
from ..scores import Figures, Scores
from ..style import LEFT_OUT, Style
from ..values import Forms, Missing, Money, Points, Rate, Said, in_form

DASH = Said("—")
OWN_LABEL = ("报告", "正文", "")
ITEM_NAMES = (*NAMING_KEYS, "区域", "选项")

Names = dict[str, Any]


class Sentence:
    """A text of the data that is a small template: printed when it is asked for, once all names are there.

    Texts may print other texts in any order.  Where one cannot be printed there is a finding at its line, and a
    mark in the report.
    """

    __slots__ = ("_busy", "_printed", "paragraph", "path", "setting", "words")

    def __init__(self, setting: Setting, words: str, path: Path, paragraph: Paragraph | None = None) -> None:
        self.setting, self.words, self.path, self.paragraph = setting, words, path, paragraph
        self._printed: str | None = None
        self._busy = False

    def __str__(self) -> str:
        if self._printed is None:
            self._printed = self._told()
        return self._printed

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(str(self))

    def __contains__(self, words: object) -> bool:
        return str(words) in str(self)

    def __iter__(self) -> Iterator[str]:
        return iter(str(self))

    def __add__(self, more: object) -> str:
        return f"{self}{more}"

    def __radd__(self, before: object) -> str:
        return f"{before}{self}"

    @property
    def place(self) -> Location:
        """Where the text stands in the data file, to the line."""
        source = self.setting.source
        return source.line_of(self.path, self.paragraph) if self.paragraph else source.where(self.path)

    def _told(self) -> str:
        if self._busy:
            self.setting.error("C006", self.place, "文字互相引用，绕成了一圈", self.words)
            return str(Missing(f"此处文字有误，见 {self.place}"))
        self._busy = True
        try:
            return language.fill(self.words, self.setting.names, self.place)
        except ReportError as error:
            self.setting.findings += error.findings
        finally:
            self._busy = False
        return str(Missing(f"此处文字有误，见 {self.place}"))


class Named(dict[str, Any]):
    """Names and values of one thing, which prints as its own text: as its 名称, or as `words` says."""

    def __init__(self, values: Names, words: Callable[[Names], object] = itemgetter("名称")) -> None:
        super().__init__(values)
        self.words = words

    def __str__(self) -> str:
        return str(self.words(self))

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


class Told:
    """A text put together when it prints, because its parts may be told later; equal only to itself."""

    __slots__ = ("words",)

    def __init__(self, words: Callable[[], object]) -> None:
        self.words = words

    def __str__(self) -> str:
        return str(self.words())


class Rows(list[Any]):
    """A list whose items can also be reached by name: `项目.单位.东风社区`."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for item in self:
            if isinstance(item, dict) and key in (str(item[name]) for name in NAMING_KEYS if name in item):
                return item
        raise KeyError(key)


@dataclass
class Setting:
    """What the names are made from, and what is noted on the way: findings, sentences, gaps."""

    source: Source
    style: Style
    figures: Figures
    scores: Scores
    findings: list[Finding] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    paragraphs: list[tuple[Path, Paragraph]] = field(default_factory=list)
    gaps: dict[str, Path] = field(default_factory=dict)
    paths: dict[int, tuple[object, Path]] = field(default_factory=dict)  # with the object, so that its id stays its own

    def known(self, names: Any, path: Path) -> Any:
        """The names or rows, with a note of which data they are made from."""
        self.paths[id(names)] = names, path
        return names

    def place_of(self, owner: object, key: object) -> Location | None:
        """The place in the data of what names or rows have under a key, or (None) of themselves; None if unknown."""
        if id(owner) not in self.paths:
            return None
        _, path = self.paths[id(owner)]
        return self.source.places.get(path if key is None else (*path, key))  # type: ignore[arg-type]

    @property
    def forms(self) -> Forms:
        """How this style prints figures."""
        return self.style.forms

    @property
    def evaluation(self) -> Evaluation:
        """The data."""
        return self.source.evaluation

    @cached_property
    def waiting(self) -> frozenset[Path]:
        """Where the texts stand that were taken over from last year's data and get a mark."""
        left_out = (self.style.file.checks or {}).get(CODE)
        return frozenset() if left_out and left_out.level == LEFT_OUT else waiting(self.evaluation)

    def error(self, code: str, place: Location, what: str, quoted: str, mend: str | None = None) -> None:
        """Note a finding of level 错误."""
        self.findings.append(Finding(code, Level.ERROR, place, what, quoted, mend=mend))

    def warn(self, code: str, what: str, path: Path) -> None:
        """Note a finding of level 警告."""
        self.findings.append(Finding(code, Level.WARNING, self.source.where(path), what))

    def missing(self, name: str, path: Path) -> Missing:
        """The mark for what the data does not say at `path`, which is remembered."""
        self.gaps.setdefault(name, path)
        return Missing(name)

    def told(self, words: str, path: Path, paragraph: Paragraph | None = None) -> Any:
        """The text as it is, or a `Sentence` where it is a small template."""
        if not tagged(words):
            return words
        sentence = Sentence(self, words, path, paragraph)
        self.sentences.append(sentence)
        return sentence

    def narrative(self, text: Narrative, path: Path, *, expected: bool = True) -> Narrative:
        """The narrative with its sentences; one that is `expected` in the report is remembered, to be looked for."""
        last = text.paragraphs[-1] if path in self.waiting and not text.为无 else None

        def tell(paragraph: Paragraph, words: str) -> Any:
            return self.told(words + MARK if paragraph is last else words, path, paragraph)

        told = text.filled(tell, lambda one: one is last or tagged(one.title) or tagged(one.text))
        if expected:
            self.paragraphs += [(path, paragraph) for paragraph in told]
        return told


def tagged(words: str) -> bool:
    """Whether a text is a small template."""
    return "{{" in words or "{%" in words or "{#" in words


def label(section: str, name: str) -> str:
    """What a missing value is called in the report's mark.

    >>> label("项目", "名称"), label("报告", "委托方"), label("资金", "资金说明")
    ('项目名称', '委托方', '资金说明')
    """
    return name if section in OWN_LABEL or name.startswith(section) else section + name


def item_label(called: str, item: Record, index: int) -> str:
    """What the missing values of a list's item are called after: the item's own name, or else its number.

    >>> from generator.model import Problem
    >>> label(item_label("问题", Problem(标题="进度慢"), 0), "内容"), label(item_label("问题", Problem(), 1), "标题")
    ('问题“进度慢”的内容', '问题2的标题')
    """
    values = dict(own_names(item))
    units = values.get("单位")
    shared = "、".join(map(str, units)) if isinstance(units, list) else ""
    name = next((str(values[key]) for key in ITEM_NAMES if values.get(key)), shared)
    return f"{called}“{name}”的" if name and not tagged(name) else f"{called}{index + 1}的"


def section(setting: Setting, name: str, record: Record | None, kind: type[Record]) -> Names:
    """A top section's names; all of them missing when the data has no such section."""
    return names_of(setting, record if record is not None else kind.model_construct(), (name,), name)


def names_of(setting: Setting, record: Record, path: Path, called: str) -> Names:
    """A record's own names; `called` is what its missing values are called after."""
    found: Names = {}
    for name, value in own_names(record):
        at = (*path, name)
        if value is None:
            found[name] = setting.missing(label(called, name), at)
        elif type(value) is str and value:
            found[name] = setting.told(value, at)
        else:
            found[name] = printable(setting, value, at, called, label(called, name))
    return setting.known(found, path)  # type: ignore[no-any-return]


def printable(setting: Setting, value: Any, path: Path, called: str, missing: str) -> Any:
    """A value of the data as it prints in this style, records as names; `Missing(missing)` for nothing said."""
    if value is None or value == "" or (isinstance(value, Narrative) and not value):
        return setting.missing(missing, path)
    if isinstance(value, Unit):
        return setting.known(Named(names_of(setting, value, path, "" if tagged(value.name) else value.name)), path)
    if isinstance(value, Document):
        return document(setting, value, path)
    if isinstance(value, Contract):
        return contract(setting, value, path, called)
    if isinstance(value, Record):
        return names_of(setting, value, path, called)
    if isinstance(value, list):
        rows = Rows(
            printable(setting, item, (*path, index), _item_called(missing, item, index), missing)
            for index, item in enumerate(value)
        )
        return setting.known(rows, path)
    if isinstance(value, dict):
        names = {key: printable(setting, item, (*path, key), called, key) for key, item in value.items()}
        return setting.known(names, path)
    if isinstance(value, str):
        return setting.told(value, path)
    if isinstance(value, Narrative):
        return setting.narrative(value, path)
    if isinstance(value, Decimal):
        return Points(value, setting.forms.points)
    return in_form(value, setting.forms.money) if isinstance(value, Money) else value


def _item_called(called: str, item: object, index: int) -> str:
    return item_label(called, item, index) if isinstance(item, Record) else called


def document(setting: Setting, one: Document, path: Path) -> Named:
    """A document, which prints as it is cited: 发文机关《名称》（文号）."""
    names = names_of(setting, one, path, f"文件“{path[-1]}”的")
    names["书名"] = titled(names["名称"])
    return setting.known(Named(names, _cited), path)  # type: ignore[no-any-return]


def _cited(names: Names) -> str:
    return f"{names['发文机关'] or ''}{names['书名']}" + (f"（{names['文号']}）" if names["文号"] else "")


def contract(setting: Setting, one: Contract, path: Path, called: str) -> Named:
    """A contract, which prints as its title in 《》."""
    names = names_of(setting, one, path, called)
    names["书名"] = titled(names["名称"])
    return setting.known(Named(names, itemgetter("书名")), path)  # type: ignore[no-any-return]


def titled(title: Any) -> Any:
    """A title in 《》; a missing one stays missing."""
    return title if isinstance(title, Missing) else Told(lambda: f"《{nested(str(title))}》")


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
