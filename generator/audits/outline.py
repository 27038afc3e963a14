"""标题和内容：标题下面要有内容；标题说到原因、建议、占比的，下面要说；目录和正文的标题一致。

看一级、二级标题。标题后面紧接着同级或上级的标题、到了末尾，就是没有内容；接连三个以上这样的，是一份清单，不看。
目录是 Word 自动生成的，改了正文没有更新的，会说。有四个以上一级标题、却没有“问题”或“建议”一节的，提示。

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
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Paragraph, Table
from ..findings import Level
from ..finished import Heading, heading_of, plain
from ..promises import broken
from ..wording import fault
from . import Case, Fault

CODE = "A164"
LEVEL = Level.WARNING

_DEEPEST = 2  # （一）
_LIST = 3  # headings in a row are a list
_PAGE = re.compile(r"[\s.…·．]*\d*\s*$")
_WANTED = ("问题", "建议")
_CHAPTERS = 4


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each heading without content or against it, and each that the contents have otherwise."""
    found = [
        (number, block, heading)
        for number, block in enumerate(case.report.body)
        if isinstance(block, Paragraph) and not _in_contents(block) and (heading := heading_of(block))
    ]
    yield from _empty(case, found)
    yield from _promised(case, found)
    yield from _contents(case, [heading for _, _, heading in found])
    yield from _missing(case, found)


Found = Sequence[tuple[int, Paragraph, Heading]]


def _in_contents(block: Paragraph) -> bool:
    return block.style.lower().startswith("toc") or "PAGEREF" in block.text


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


def _contents(case: Case, headings: Sequence[Heading]) -> Iterator[Fault]:
    """The entries of the contents that are no heading of the body."""
    listed = [one for one in case.report.paragraphs if _in_contents(one)]
    words = {_bare(heading.number + heading.words) for heading in headings}
    words |= {_bare(plain(one)) for one in case.report.paragraphs if not _in_contents(one)}
    for entry in listed if headings else ():
        title = _bare(_PAGE.sub("", plain(entry)))
        if title and title not in words:
            passage = case.report.passage_of(entry)
            what = f"目录里的“{_PAGE.sub('', plain(entry)).strip()}”，正文里没有这个标题"
            yield fault(passage, 0, len(passage.typed), what, mend="在 Word 里更新目录")


def _bare(text: str) -> str:
    return re.sub(r"[\s。　]", "", text)


def _missing(case: Case, found: Found) -> Iterator[Fault]:
    chapters = [(block, heading) for _, block, heading in found if heading.depth == 1]
    if len({heading.number for _, heading in chapters}) < _CHAPTERS:
        return
    for word in _WANTED:
        if not any(word in heading.words for _, _, heading in found):
            passage = case.report.passage_of(chapters[-1][0])
            what = f"全文没有讲“{word}”的一节，绩效评价报告一般要有"
            yield fault(passage, 0, len(passage.typed), what, level=Level.HINT)
