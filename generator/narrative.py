"""Narrative text of the data: paragraphs and numbered lists, whose sentences may print computed figures.

A YAML string is paragraphs, one a line.  A YAML list is a numbered list; an item is a string, or a mapping of
标题 (a run-in title) and 内容 (a string or again a list).  Each line is a small template: `{{ 资金.到位率 }}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

TITLE, BODY = "标题", "内容"


class MisplacedError(ValueError):
    """A text in a shape that does not fit; `step` says where in the text's list."""

    def __init__(self, what: str, step: tuple[str | int, ...]) -> None:
        super().__init__(what)
        self.step = step


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number ("", "1." or "（1）"), run-in title, text, and level (0: none, 1: 1., 2: （1）)."""

    number: str
    title: str
    text: str
    level: int
    step: tuple[str | int, ...] = ()
    line: int = 0

    def __str__(self) -> str:
        return self.number + self.title + self.text

    def at_title(self) -> Paragraph:
        """The same paragraph, placed where its title stands in the data."""
        item = self.step[:-1] if self.step[-1:] == (BODY,) else self.step
        return replace(self, step=(*item, TITLE), line=0)

    @property
    def 编号(self) -> str:
        """The number as it prints, or nothing."""
        return self.number

    @property
    def 标题(self) -> str:
        """The run-in title, or nothing."""
        return self.title

    @property
    def 文字(self) -> str:
        """The text after number and title."""
        return self.text

    @property
    def 层级(self) -> int:
        """0 for a plain paragraph, 1 for `1.`, 2 for `（1）`."""
        return self.level


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text of one or more paragraphs; `step` of each says where in the data it stands."""

    paragraphs: tuple[Paragraph, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.paragraphs))

    def __bool__(self) -> bool:
        return bool(self.paragraphs)

    def __iter__(self) -> Iterator[Paragraph]:
        return iter(self.paragraphs)

    @property
    def 段落(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in order."""
        return self.paragraphs

    @property
    def 条目(self) -> tuple[Paragraph, ...]:
        """The paragraphs that have a title: the entries of a list of 标题 and 内容."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.title)

    @property
    def 为无(self) -> bool:
        """Whether the text says just 无."""
        return str(self).strip().rstrip("。") == "无"

    def filled(self, fill: Callable[[Paragraph, str], str], is_filled: Callable[[Paragraph], bool]) -> Narrative:
        """The same text, title and text of each paragraph that `is_filled` passed through `fill(paragraph, text)`."""
        return Narrative(tuple(_filled(one, fill) if is_filled(one) else one for one in self.paragraphs))


def _filled(paragraph: Paragraph, fill: Callable[[Paragraph, str], str]) -> Paragraph:
    title = fill(paragraph.at_title(), paragraph.title) if paragraph.title else ""
    return replace(paragraph, title=title, text=fill(paragraph, paragraph.text))


def narrative(value: object) -> Narrative:
    """The narrative that a string or list of the data says; ValueError in Chinese for any other shape."""
    return Narrative(tuple(_paragraphs(value, 0, ())))


def _paragraphs(value: object, level: int, step: tuple[str | int, ...]) -> Iterator[Paragraph]:
    if isinstance(value, str):
        for line, text in enumerate(value.split("\n")):
            if text.strip():
                yield Paragraph("", "", text.strip(), level, step, line)
    elif isinstance(value, list):
        if level >= 2:
            raise MisplacedError("编号最多两层（1. 和（1）），这里是第三层", step)
        count = 0
        for index, item in enumerate(value):
            paragraphs = list(_item(item, count + 1, level + 1, (*step, index)))
            count += bool(paragraphs)  # an item left empty takes no number
            yield from paragraphs
    elif value is not None:
        raise MisplacedError("应为文字（一行一段）或列表（自动编号，每条是文字，或写“标题”和“内容”）", step)


def _item(item: object, count: int, level: int, step: tuple[str | int, ...]) -> Iterator[Paragraph]:
    number = f"{count}." if level == 1 else f"（{count}）"
    title, body, below = "", item, step
    if isinstance(item, dict):
        if odd := [str(key) for key in item if key not in (TITLE, BODY)]:
            raise MisplacedError(f"列表的一条里只写“标题”和“内容”，多出了“{'、'.join(odd)}”", (*step, odd[0]))
        if isinstance(item.get(TITLE), (list, dict)):
            raise MisplacedError("“标题”要一个值，不是列表或下级的键", (*step, TITLE))
        title, body, below = str(item.get(TITLE) or "").strip(), item.get(BODY) or "", (*step, BODY)
    elif isinstance(item, list):
        raise MisplacedError("列表的一条不能又是列表：写“标题”和“内容”，内容可以是列表", step)
    inner = list(_paragraphs(body, level, below))
    if title:
        title = title if title[-1] in "。：:！？" else title + "。"
        lead = inner.pop(0) if inner and not inner[0].number else Paragraph("", "", "", level, step)
        yield replace(lead, number=number, title=title, level=level)
    elif inner and not inner[0].number:
        yield replace(inner.pop(0), number=number, level=level)
    yield from inner
