"""标题和内容：标题下面要有内容；标题说到问题、原因、建议、占比的，下面要说；目录和正文的标题一致。

看一级、二级标题，和表格里当标题用的格（“存在的问题及原因”）。标题后面紧接着同级或上级的标题、到了末尾，就是没有内容；
接连三个以上这样的，是一份清单，不看。“经验、问题”合为一章，下面分了节，却只有经验一节的，会说；问题写进了经验一章的，也会说。
目录里的标题正文没有、正文的标题目录里没有、页码倒着走的，多半是改了正文没有更新目录。有第一部分、没有第二部分的会说。
写到第四章以后，却没有“问题”或“建议”一节的，提示。

正例：

    一、基本情况
    项目由甲局实施。
    二、存在的问题及原因分析
    执行率低，主要是因为资金下达晚。
    三、建议
    加快拨付。

反例：

    一、基本情况
    项目由甲局实施。
    二、绩效评价工作开展情况   # !A164 没有内容
    三、存在的问题及原因分析   # !A164 说到原因
    全年支出率为40%，台账不全。
    四、建议
    加快拨付。

反例：

    一、基本情况
    项目由甲局实施。
    二、主要经验、存在的问题   # !A164 存在的问题
    （一）主要经验
    各单位按月报送进度。
    三、主要成效
    （一）培训情况
    培训了12场。
    （二）存在的问题   # !A164 放在
    台账不全。
    | 问题及原因分析 | 台账不全，全年支出率为40%，进度不一。 |   # !A164 说到原因
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Paragraph, Table
from ..findings import Level
from ..finished import Heading, heading_of, in_contents, plain
from ..numerals import count_of
from ..promises import broken
from ..wording import fault
from . import Case, Fault

CODE = "A164"
LEVEL = Level.WARNING

_DEEPEST = 2  # （一）
_LIST = 3  # headings in a row are a list
_PAGE = re.compile(r"[\s.…·．]*\d*\s*$")
_LEVEL = re.compile(r"toc (\d)")
_PAGE_NUMBER = re.compile(r"(\d{1,3})\s*$")
_WANTED = ("问题", "建议")
_CHAPTERS = 4
_TOPICS = ("问题", "原因", "建议", "经验", "做法", "成效")
_PROBLEMS = re.compile(r"(?:目前|当前)?(?:存在|主要)的?(?:主要)?(?:问题|不足)(?:及.{0,12}|和.{0,12}|与.{0,12})?")
_PRAISE = re.compile("经验|成效|做法")
_TROUBLE = re.compile("问题|不足")
_SHORTEST_TEXT = 15  # characters of a cell that is a section's text
_LONGEST_LABEL = 20


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each heading without content or against it, and each that the contents have otherwise."""
    found = [
        (number, block, heading)
        for number, block in enumerate(case.report.body)
        if isinstance(block, Paragraph) and (heading := heading_of(block))
    ]
    yield from _empty(case, found)
    parted = list(_parted(case, found))
    yield from parted
    told = {one.path for one in parted}
    yield from (one for one in _promised(case, found) if one.path not in told)
    yield from _labels(case)
    yield from _misplaced(case, found)
    yield from _contents(case, found)
    yield from _missing(case, found)


Found = Sequence[tuple[int, Paragraph, Heading]]


def _empty(case: Case, found: Found) -> Iterator[Fault]:
    if not found:
        return
    ends = [number for number, _, _ in found[1:]] + [len(case.report.body)]
    bare = [
        0 <= heading.depth <= _DEEPEST and not any(map(_says, case.report.body[number + 1 : end]))
        for (number, _, heading), end in zip(found, ends, strict=True)
    ]
    bare = [
        one and not any(heading.depth > found[at][2].depth for _, _, heading in found[at + 1 : at + 2])
        for at, one in enumerate(bare)
    ]
    if sum(bare) * 2 > sum(0 <= heading.depth <= _DEEPEST for _, _, heading in found):
        return  # an outline, no report
    for at, (_, block, heading) in enumerate(found):
        row = sum(1 for one in bare[max(0, at - _LIST + 1) : at + _LIST] if one)
        if bare[at] and row < _LIST and heading.number:
            passage = case.report.passage_of(block)
            yield fault(passage, 0, len(passage.typed), f"标题“{heading.number}{heading.words}”下面没有内容")


def _says(block: Paragraph | Table) -> bool:
    return isinstance(block, Table) or bool(plain(block).strip())


def _promised(case: Case, found: Found) -> Iterator[Fault]:
    for at, (number, block, heading) in enumerate(found):
        if not 0 <= heading.depth <= _DEEPEST:
            continue
        end = next((one for one, _, other in found[at + 1 :] if other.depth <= heading.depth), len(case.report.body))
        below = "".join(plain(one) for one in case.report.body[number + 1 : end] if isinstance(one, Paragraph))
        if word := broken(heading.words, below):
            passage = case.report.passage_of(block)
            yield fault(passage, 0, len(passage.typed), f"标题“{heading.words}”说到{word}，下面的文字没有说")


def _parted(case: Case, found: Found) -> Iterator[Fault]:
    """The headings of several topics below which there are sections, and none for one of these."""
    for at, (_, block, heading) in enumerate(found):
        topics = heading.words.split("、")
        if len(topics) < 2 or not 0 < heading.depth < _DEEPEST:
            continue
        below = []
        for _, _, other in found[at + 1 :]:
            if 0 <= other.depth <= heading.depth:
                break
            below.append(other.words)
        if not any(topic in below for topic in topics):
            continue
        for topic in topics:
            asked = [word for word in _TOPICS if word in topic]
            if asked and not any(word in words for words in below for word in asked):
                what = f"标题“{heading.words}”下面分了节，没有“{topic}”这一节"
                passage = case.report.passage_of(block)
                yield fault(passage, 0, len(passage.typed), what)


def _labels(case: Case) -> Iterator[Fault]:
    """The cells that are headings of the text in the next cell, or of what follows in the same, and not of that."""
    for row in (row for table in case.report.tables for row in table.rows):
        own = [cell for cell in row if not cell.goes_on and cell.text.strip()]
        if len(own) == 2:
            label, below = own[0].paragraphs, own[1].text
        elif len(own) == 1 and len(own[0].paragraphs) > 1:
            label, below = own[0].paragraphs[:1], "".join(plain(one) for one in own[0].paragraphs[1:])
        else:
            continue
        words = "".join("".join(plain(one) for one in label).split())
        if len(words) > _LONGEST_LABEL or len(below) < _SHORTEST_TEXT:
            continue
        if word := broken(words, below):
            passage = case.report.passage_of(label[0])
            yield fault(passage, 0, len(passage.typed), f"标题“{words}”说到{word}，后面的文字没有说")


def _misplaced(case: Case, found: Found) -> Iterator[Fault]:
    """The sections of problems in a chapter of what went well."""
    chapter = ""
    for _, block, heading in found:
        if 0 <= heading.depth <= 1:
            chapter = heading.words
        if heading.depth != _DEEPEST or not _PROBLEMS.fullmatch(heading.words) or _TROUBLE.search(chapter):
            continue
        if _PRAISE.search(chapter):
            passage = case.report.passage_of(block)
            what = f"“{heading.words}”放在“{chapter}”下面，应自成一章，或改章的标题"
            yield fault(passage, 0, len(passage.typed), what)


def _contents(case: Case, found: Found) -> Iterator[Fault]:
    """The entries of the contents that are no heading of the body, headings that it lacks, and pages that go back."""
    listed = [one for one in case.report.paragraphs if in_contents(one) and one.style.lower() != "table of figures"]
    body = [one for one in case.report.paragraphs if not in_contents(one)]
    if not found or not listed:
        return
    words = {_bare(heading.number + heading.words) for _, _, heading in found} | {_bare(plain(one)) for one in body}
    last = 0
    for entry in listed:
        passage = case.report.passage_of(entry)
        title, page = _PAGE.sub("", plain(entry)).strip(), _PAGE_NUMBER.search(plain(entry))
        if title and _bare(title) not in words:
            what = f"目录里的“{title}”，正文里没有这个标题"
            yield fault(passage, 0, len(passage.typed), what, mend="在 Word 里更新目录")
        if page and int(page[1]) < last:
            what = f"目录里“{title}”的页码{page[1]}比上一条的{last}小"
            yield fault(passage, 0, len(passage.typed), what, mend="在 Word 里更新目录")
        last = int(page[1]) if page else last
    yield from _unlisted(case, listed, [block for _, block, _ in found])


def _unlisted(case: Case, listed: Sequence[Paragraph], headings: Sequence[Paragraph]) -> Iterator[Fault]:
    """The headings that Word would put into the contents, and that are not there.

    The ones before and behind, of the same level, are there: a summary may be left out on purpose.
    """
    there = {_bare(_PAGE.sub("", plain(one))) for one in listed}
    deepest = max((int(match[1]) for one in listed if (match := _LEVEL.fullmatch(one.style.lower()))), default=0)
    for level in range(1, deepest + 1):
        wanted = [block for block in headings if block.outline == level]
        known = [_bare(plain(block)) in there for block in wanted]
        for at, block in enumerate(wanted):
            if not known[at] and 0 < at < len(wanted) - 1 and known[at - 1] and known[at + 1]:
                passage = case.report.passage_of(block)
                what = f"目录里没有“{plain(block).strip()}”这个标题"
                yield fault(passage, 0, len(passage.typed), what, mend="在 Word 里更新目录")


def _bare(text: str) -> str:
    return re.sub(r"[\s。　]", "", text)


def _missing(case: Case, found: Found) -> Iterator[Fault]:
    """The parts that are not there: the second of two, the problems, the suggestions."""
    parts = [(block, heading) for _, block, heading in found if heading.depth == 0]
    if parts and all(re.match("第一", heading.number) for _, heading in parts):
        passage = case.report.passage_of(parts[0][0])
        yield fault(passage, 0, len(passage.typed), f"有{parts[0][1].number}，没有第二{parts[0][1].number[2:]}")
    chapters = [(block, count_of(heading.number[:-1]) or 0) for _, block, heading in found if heading.depth == 1]
    if max((number for _, number in chapters), default=0) < _CHAPTERS:
        return
    for word in _WANTED:
        if not any(word in heading.words for _, _, heading in found):
            passage = case.report.passage_of(chapters[-1][0])
            what = f"全文没有讲“{word}”的一节，绩效评价报告一般要有"
            yield fault(passage, 0, len(passage.typed), what, level=Level.HINT)
