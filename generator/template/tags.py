"""The tags of one part: found in what Word split into runs, joined, marked with their ordinal, and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.findings import Finding, Level, Location, ReportError
from generator.numbering import W

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OPEN, CLOSE = "\U0010ff01", "\U0010ff02"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_CELL_VALUES = {"colspan": "_span", "cellbg": "_fill"}  # filters that look at what Word takes for granted
MOST_TAGS = 4_000
LONGEST_SHOWN = 200
_OPENER = re.compile(r"\{[{%#]")
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_END_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Word's own elements for text that is no tag's business.
_DROPPED = {W + name for name in ("proofErr", "lastRenderedPageBreak")}
_REVISION_MARKS = re.compile(r"\}(rsid\w*|paraId|textId|dirty)$")
_PAIRS = {"for", "if", "macro", "call", "filter", "with", "autoescape", "raw", "set"}
_ALONE = {
    "p": "在它前后按回车，让 {} 单独成一段",
    "tr": "另插入一行，把 {} 移到那一行里，那一行不写别的",
    "tc": "另插入一列，把 {} 移到那一格里，那一格不写别的",
}
_CLOSES = {"{": "}}", "%": "%}", "#": "#}"}
_UNITS = {"p": "段落", "tr": "行", "tc": "单元格", "r": ""}


@dataclass(slots=True)
class Tag:
    """One tag as it stands in the template.

    `unit` is docxtpl's letter (p, tr, tc, r or nothing); `word` the statement's first word or nothing; `loops` the
    tags of the loops around it, outermost first; `element` the `w:t` that holds it after joining, None elsewhere.
    """

    written: str
    where: Location
    number: int
    element: Any = None
    loops: tuple[int, ...] = ()

    @property
    def unit(self) -> str:
        match = re.match(r"\{[{%#](p|tr|tc|r)\s", self.written)
        return match[1] if match else ""

    @property
    def inner(self) -> str:
        """What stands between the braces, without docxtpl's letter."""
        inner = re.sub(r"^[-+]|[-+]$", "", self.written[2:-2])
        return (inner[len(self.unit) :] if self.unit else inner).strip()

    @property
    def kind(self) -> str:
        """`{`, `%` or `#`."""
        return self.written[1]

    @property
    def word(self) -> str:
        match = re.match(r"\w+", self.inner) if self.kind == "%" else None
        return match[0] if match else ""

    @property
    def opens(self) -> bool:
        """Whether an end tag must follow."""
        return self.word in _PAIRS and not (self.word == "set" and "=" in self.inner)

    @property
    def marked(self) -> str:
        """The tag with its ordinal in it, where docxtpl's patterns leave it alone."""
        if self.kind == "#" or self.word in ("vm", "hm", "raw", "endraw"):
            return self.written
        if self.word in ("colspan", "cellbg"):
            value = self.inner[len(self.word) :].strip()
            return f"{{% {self.word} ({value})|{_CELL_VALUES[self.word]} {OPEN}{self.number}{CLOSE}%}}"
        cut = -3 if self.written[-3] in "-+" else -2
        return f"{self.written[:cut]}{OPEN}{self.number}{CLOSE}{self.written[cut:]}"

    def finding(self, code: str, what: str, mend: str | None = None) -> Finding:
        """A finding at this tag, which it quotes."""
        return Finding(code, Level.ERROR, self.where, f"{shown(self.written)} {what}", quoted=self.written, mend=mend)


def shown(written: str) -> str:
    """A tag as a message shows it.

    >>> shown("{{ 甲 }}"), len(shown("{{ " + "甲" * 1000 + " }}"))
    ('{{ 甲 }}', 201)
    """
    return written if len(written) <= LONGEST_SHOWN else written[:LONGEST_SHOWN] + "…"


def refuse_too_many(count: int, file: str | None) -> None:
    """ReportError for more tags than a template has: to join and patch them takes the square of their number."""
    if count > MOST_TAGS:
        what = f"模板里的标记超过 {MOST_TAGS} 个，不像一份模板"
        raise ReportError(Finding("T101", Level.ERROR, Location(file), what, mend="一样的行写成循环，或拆成几个文档"))


@dataclass(slots=True)
class Scan:
    """The tags of a part in document order, and what is wrong with them."""

    tags: list[Tag] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    in_raw: bool = False  # what stands there is text, whatever it looks like

    def add(self, written: str, where: Location, element: Any = None) -> Tag:
        refuse_too_many(len(self.tags) + 1, where.file)
        tag = Tag(written, where, len(self.tags), element)
        self.tags.append(tag)
        if tag.word in ("raw", "endraw"):
            self.in_raw = tag.word == "raw"
        return tag

    def is_text(self, written: str) -> bool:
        """Whether what looks like a tag is none, as it stands between raw and endraw."""
        return self.in_raw and not _END_RAW.fullmatch(written)


def tags_in(text: str) -> Iterator[re.Match[str]]:
    """What `TAG` finds, in one pass: an opening sign that is never closed is looked for once and not each time."""
    unclosed: set[str] = set()
    position = 0
    while opener := _OPENER.search(text, position):
        sign = opener[0]
        if sign not in unclosed and text.find(_CLOSER[sign], opener.end()) >= 0:
            match = TAG.match(text, opener.start())
            assert match is not None
            yield match
            position = match.end()
        else:
            unclosed.add(sign)
            position = opener.start() + 1


def without_tags(text: str) -> str:
    """The text without its tags."""
    pieces, end = [], 0
    for match in tags_in(text):
        pieces.append(text[end : match.start()])
        end = match.end()
    return "".join(pieces) + text[end:]


def without_raw(text: str, in_raw: bool = False) -> tuple[str, bool]:
    """The text with what stands between raw and endraw blanked out, and whether raw is still open at its end.

    >>> without_raw("{% raw %}{ 甲 }{% endraw %}乙")
    ('{% raw %}     {% endraw %}乙', False)
    """
    pieces, position = [], 0
    while position < len(text):
        match = (_END_RAW if in_raw else _RAW).search(text, position)
        until = (match.start() if in_raw else match.end()) if match else len(text)
        piece = text[position:until]
        pieces.append(" " * len(piece) if in_raw else piece)
        position = until
        in_raw = in_raw != bool(match)
    return "".join(pieces), in_raw


def tidy(root: Any) -> None:
    """Takes out what Word adds to its text for itself: spelling marks, page breaks seen, revision numbers."""
    for element in [found for found in root.iter() if found.tag in _DROPPED]:
        remove(element)
    for element in root.iter():
        for name in [name for name in element.attrib if _REVISION_MARKS.search(name)]:
            del element.attrib[name]


def remove(element: Any) -> None:
    """Takes an element out and keeps the text after it."""
    parent, tail = element.getparent(), element.tail
    if tail:
        put_before(element, tail)
    parent.remove(element)


def put_before(element: Any, text: str) -> None:
    """Text directly before an element."""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + text


def own_texts(paragraph: Any) -> list[Any]:
    """The `w:t` of a paragraph, without those of text boxes inside it."""
    return [text for text in paragraph.iter(W + "t") if next(text.iterancestors(W + "p")) is paragraph]


def paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph without text boxes."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def scan(root: Any, places: dict[Any, Location], default: Location) -> Scan:
    """Joins, marks and collects all tags of a part; `places` says where each paragraph is."""
    found = Scan()
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag == W + "p":
            _scan_paragraph(element, places.get(element, default), found)
            continue
        if element.tag == W + "t":
            continue
        where = _place(element, places, default)
        for name, value in element.attrib.items():
            if "{{" in value or "{%" in value:
                element.set(name, _scan_xml(value, where, found))
        if element.text and ("{{" in element.text or "{%" in element.text):
            element.text = _scan_xml(element.text, where, found)
        if element.tail and ("{{" in element.tail or "{%" in element.tail):
            element.tail = _scan_xml(element.tail, where, found)
    _check_blocks(found)
    return found


def _place(element: Any, places: dict[Any, Location], default: Location) -> Location:
    for ancestor in element.iterancestors(W + "p"):
        if ancestor in places:
            return places[ancestor]
    return default


def _scan_xml(text: str, where: Location, found: Scan) -> str:
    """Text outside runs with its tags marked; values there stay on one line."""

    def mark(match: re.Match[str]) -> str:
        if found.is_text(match[0]):
            return match[0]
        tag = found.add(match[0], where)
        if tag.kind != "{":
            return tag.marked
        return f"{{{{ ({tag.inner})|_xml {OPEN}{tag.number}{CLOSE}}}}}"

    pieces: list[str] = []
    end = 0
    for match in tags_in(text):
        pieces += (text[end : match.start()], mark(match))
        end = match.end()
    return "".join(pieces) + text[end:]


def _scan_paragraph(paragraph: Any, where: Location, found: Scan) -> None:
    texts = own_texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole:
        return
    tags = []
    rest, end = [], 0
    pieces = _Pieces(texts)
    for match in tags_in(whole):
        if not found.in_raw:
            rest.append(whole[end : match.start()])
        end = match.end()
        element = pieces.join(match.start(), match.end())
        if found.is_text(match[0]):
            pieces.write(match.start(), match.end(), match[0])
            continue
        tags.append(found.add(match[0], where, element))
        pieces.write(match.start(), match.end(), tags[-1].marked)
    if not found.in_raw:
        rest.append(whole[end:])
    pieces.flush()
    for piece in rest:
        if re.search(r"\{[{%#]", piece):
            written = piece[piece.index("{") :].strip()
            found.problems.append(
                Finding(
                    "T111",
                    Level.ERROR,
                    where,
                    f"标记 {written[:40]} 没有在本段里写完",
                    quoted=written,
                    mend=f"补上 {_CLOSES[written[1]]}；一个标记不能跨段",
                )
            )
    for tag in tags:
        _check_alone(tag, paragraph, whole, found)
        if tag.unit == "r":
            _own_run(tag)
            # The other tags of the run may stand in the new runs now.
            for other in tags:
                other.element = next(text for text in own_texts(paragraph) if other.marked in (text.text or ""))


class _Pieces:
    """The texts of a paragraph's runs, edited by positions in the whole."""

    def __init__(self, texts: list[Any]) -> None:
        self.texts = texts
        self.edits: list[list[tuple[int, int, str]]] = [[] for _ in texts]
        self.starts = []
        position = 0
        for text in texts:
            self.starts.append(position)
            position += len(text.text or "")

    def _spans(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        for index, (text, start) in enumerate(zip(self.texts, self.starts, strict=True)):
            low, high = max(begin, start), min(end, start + len(text.text or ""))
            if low < high:
                yield index, low - start, high - start

    def join(self, begin: int, end: int) -> Any:
        """The element in which a passage begins."""
        return self.texts[next(self._spans(begin, end))[0]]

    def write(self, begin: int, end: int, written: str) -> None:
        """Plans a passage to stand whole in the element where it begins."""
        spans = list(self._spans(begin, end))
        for order, (index, low, high) in enumerate(spans):
            self.edits[index].append((low, high, "" if order else written))
        for index, _, _ in spans[1:]:
            _drop_between(self.texts[index - 1], self.texts[index])

    def flush(self) -> None:
        for text, edits in zip(self.texts, self.edits, strict=True):
            content = text.text or ""
            for low, high, written in reversed(edits):
                content = content[:low] + written + content[high:]
            if edits:
                text.text = content
                text.set(XML_SPACE, "preserve")


def write_anew(paragraph: Any, written: str, meant: str) -> None:
    """Every such passage of a paragraph as it should be, in the run where it begins."""
    texts = own_texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    pieces = _Pieces(texts)
    right = [match.span() for match in TAG.finditer(whole)]
    for match in re.finditer(re.escape(written), whole):
        if any(begin < match.start() < end for begin, end in right):
            continue  # `{ x }` inside `{{ x }}`
        pieces.write(match.start(), match.end(), meant)
    pieces.flush()


def _drop_between(first: Any, second: Any) -> None:
    """Takes out tabs and line breaks between two texts of one tag, if they share a run."""
    if first.getparent() is second.getparent():
        for element in list(first.itersiblings()):
            if element is second:
                break
            remove(element)


def _own_run(tag: Tag) -> None:
    """Gives a `{{r }}` tag a run of its own, so that the text beside it keeps its looks."""
    from copy import deepcopy

    element = tag.element
    run = element.getparent()
    before, _, after = element.text.partition(tag.marked)
    for content, earlier in ((before, True), (after, False)):
        beside = list(element.itersiblings(preceding=True)) if earlier else list(element.itersiblings())
        beside = [one for one in beside if one.tag != W + "rPr"]
        if not content and not beside:
            continue
        other = deepcopy(run)
        for child in list(other):
            if child.tag != W + "rPr":
                other.remove(child)
        moved = list(reversed(beside)) if earlier else beside
        new = deepcopy(element)
        new.text = content
        for child in [*moved, new] if earlier else [new, *moved]:
            other.append(child)
        if earlier:
            run.addprevious(other)
        else:
            run.addnext(other)
    element.text = tag.marked


def _check_alone(tag: Tag, paragraph: Any, whole: str, found: Scan) -> None:
    """A tag for a whole paragraph, row or cell must be alone in it: docxtpl drops the rest without a word."""
    if tag.unit not in ("p", "tr", "tc"):
        return
    holder = paragraph
    if tag.unit != "p":
        holder = next(paragraph.iterancestors(W + tag.unit), None)
        if holder is None:
            plain = f"{tag.written[:2]}p {tag.inner} {tag.written[-2:]}"
            mend = f"放进表格里；不在表格里的，开头和结尾都用 p，改为 {plain}"
            found.problems.append(tag.finding("T113", f"只能写在表格的{_UNITS[tag.unit]}里", mend))
            return
        whole = MARK.sub("", "".join(text.text or "" for text in holder.iter(W + "t")))
    if tag.kind != "#" and re.search(r"[%}]", tag.inner):
        found.problems.append(tag.finding("T110", "里不能有 % 和 }", "先用 {% set %} 算好再用"))
    rest = whole.replace(tag.written, "", 1).strip()
    if rest and tag.kind != "#":  # a comment takes its paragraph or row out on purpose
        what = f"所在的{_UNITS[tag.unit]}整个由它占用，同在里面的“{rest[:30]}”文字会丢失"
        found.problems.append(tag.finding("T112", what, _ALONE[tag.unit].format(tag.written)))


def _check_blocks(found: Scan) -> None:
    """Every block is closed by its own end, in the same unit, and `loops` of each tag is filled in."""
    stack: list[Tag] = []
    after: dict[int, Tag] = {}  # the else that came last in a block, by the number of its opening
    crossed: dict[int, Tag] = {}  # openings that another end cut off
    stray: list[tuple[Tag, Tag | None]] = []  # ends without an opening, and what was open there
    for tag in found.tags:
        tag.loops = tuple(one.number for one in stack if one.word == "for")
        if tag.kind != "%":
            continue
        if tag.opens:
            stack.append(tag)
            continue
        ends = tag.word[3:] if tag.word.startswith("end") else ""
        if tag.word in ("else", "elif"):
            _check_branch(tag, _opener(stack, tag, ("if", "for")), after, found)
        elif ends in _PAIRS:
            opener = _opener(stack, tag, (ends,))
            if opener is None or opener.word != ends:
                stray.append((tag, stack[-1] if stack else None))
                continue
            while stack[-1] is not opener:
                crossed[stack[-1].number] = tag
                stack.pop()
            _close(tag, stack.pop(), stack, found)
    _check_left(found, stack, crossed, stray)


def _opener(stack: list[Tag], tag: Tag, words: tuple[str, ...]) -> Tag | None:
    """The open block that a tag belongs to: the last one of its word and letter, else of its word, else of any."""
    alike = [one for one in stack if one.word in words]
    same = [one for one in alike if one.unit == tag.unit]
    return next((some[-1] for some in (same, alike, stack) if some), None)


def _check_branch(tag: Tag, opener: Tag | None, after: dict[int, Tag], found: Scan) -> None:
    """An else or elif belongs to the block that was opened last, and nothing but its end follows else."""
    if opener is None or opener.word not in ("if", "for"):
        found.problems.append(tag.finding("T111", "前面没有与它相配的 if", "删去它，或在前面补上 {% if … %}"))
    elif opener.word == "for" and tag.word == "elif":
        what, mend = f"不能写在 {opener.written} 里", f"elif 只用在 if 里；前面的 if 要写在 {opener.written} 后面"
        found.problems.append(tag.finding("T111", what, mend))
    elif opener.unit != tag.unit and {opener.unit, tag.unit} & {"p", "tr", "tc"}:
        what = f"与开头的 {opener.written} 不是同一种标记"
        found.problems.append(tag.finding("T115", what, f"改为 {{%{opener.unit} {tag.inner} %}}"))
    elif opener.number in after:
        mend = "else 只能有一个，写在最后；前面的改用 {% elif … %}"
        found.problems.append(tag.finding("T111", f"前面已经有了 {after[opener.number].written}", mend))
    elif tag.word == "else":
        after[opener.number] = tag


def _check_left(found: Scan, stack: list[Tag], crossed: dict[int, Tag], stray: list[tuple[Tag, Tag | None]]) -> None:
    """What was opened and not ended, and ended and not opened; two that belong together are told once."""
    left = {tag.number: tag for tag in stack} | {number: found.tags[number] for number in crossed}
    for tag, opened in stray:
        ends = tag.word[3:]
        over = next((one for number, one in crossed.items() if number in left and left[number].word == ends), None)
        if over is not None:
            opener = next(left.pop(number) for number in crossed if number in left and left[number].word == ends)
            mend = f"先开始的后结束：把 {tag.written} 写到 {over.written} 前面"
            found.problems.append(tag.finding("T111", f"与 {over.written} 交叉了，它的开头是 {opener.written}", mend))
        elif opened is not None and opened.number in left and opened.number not in crossed:
            del left[opened.number]
            what = f"结束的应当是 {opened.written}"
            found.problems.append(tag.finding("T111", what, f"改为 {_ending(opened)}"))
        else:
            mend = f"删去它，或在前面补上开头 {{%{tag.unit} {ends} … %}}"
            found.problems.append(tag.finding("T111", f"前面没有与它相配的 {ends}", mend))
    for number, tag in sorted(left.items()):
        before = f"（要在 {crossed[number].written} 前面）" if number in crossed else ""
        mend = f"在它管的内容后面补上 {_ending(tag)}{before}"
        found.problems.append(tag.finding("T111", f"没有结尾，缺 end{tag.word}", mend))


def _ending(tag: Tag) -> str:
    return f"{{%{tag.unit} end{tag.word} %}}"


def _close(tag: Tag, opener: Tag, stack: list[Tag], found: Scan) -> None:
    tag.loops = tuple(one.number for one in stack if one.word == "for")
    if opener.unit != tag.unit and {opener.unit, tag.unit} & {"p", "tr", "tc"}:
        found.problems.append(
            tag.finding("T115", f"与开头的 {opener.written} 不是同一种标记", _same_letter(tag, opener))
        )


def _same_letter(tag: Tag, opener: Tag) -> str:
    """How the end is to be written, or the opening, which may be meant otherwise."""
    inner = f"{{%{opener.unit} {tag.inner} %}}"
    return f"开头和结尾用同一个字母：改为 {inner}，或把开头改为 {{%{tag.unit} {opener.inner} %}}"
