"""标题的编号：标题和编号段落的编号连续，不跳号、不重号；同一级用同一种写法。

看一、（一）1.（1）这四级：比前一个多一，或者从头编起。（一）后面写成（2），二、后面写成3、的，是写法不同。
自动编号照印出来的看；目录不看。

正例：摘要和正文各从头编起，下一级随上一级从头编起。

    一、基本情况
    （一）项目概况
    1.项目背景。
    2.主要内容。
    （二）绩效目标
    年内建成十个服务站。
    二、评价结论
    （一）综合结论
    得分和等级见得分表。
    一、基本情况
    项目由甲局实施。

反例：跳号，写法不同，重号。

    一、基本情况
    （一）项目概况
    （三）绩效目标   # !A140 （二）
    二、评价情况
    （一）评价目的
    （2）评价原则   # !A140 （二）
    （三）评价方法
    3、评价结论   # !A140 三、
    五、存在问题   # !A140 四、
    五、建议   # !A140 六、
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Level
from ..finished import NUMBERED, plain
from . import Case, Fault

CODE = "A140"
LEVEL = Level.WARNING

_DIGITS = "零一二三四五六七八九"
_FORMS = ("第{}部分", "{}、", "（{}）", "{}.", "（{}）")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each number that does not follow the one before it at its level."""
    counted: dict[int, int] = {}
    before = ""
    for paragraph in case.report.paragraphs:
        above, text = before, plain(paragraph).strip()
        before = text
        depth, match = next(((at, one) for at, form in enumerate(NUMBERED) if (one := form.match(text))), (-1, None))
        number = _value(match[0]) if match else None
        if match is None or number is None or paragraph.style.lower().startswith("toc"):
            continue
        if depth > 2 and _FORMS[depth].format(number - 1) in above:  # the list begins within that paragraph
            counted[depth] = number - 1
        level, wanted = _expected(counted, depth, number)
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        counted[level] = number
        if wanted is None:
            continue
        written = _FORMS[level].format(_chinese(wanted) if level < 3 else wanted)
        other = "，和前面同一级的写法不同" if level != depth else ""
        what = f"“{text[:20]}”的编号应为“{written}”{other}"
        yield Fault(
            case.report.passage_of(paragraph).path,
            what,
            where=paragraph.where,
            quoted=text[:30],
            expected=written,
            actual=match[0],
        )


def _expected(counted: dict[int, int], depth: int, number: int) -> tuple[int, int | None]:
    """The level that a number is of, and which number it should be; None where it is right."""
    before = counted.get(depth, 0)
    if number in (1, before + 1):
        return depth, None
    for level in sorted(counted, reverse=True):
        if 0 < level < depth and counted[level] + 1 == number:
            return level, number
    return depth, before + 1


def _value(written: str) -> int | None:
    """The number in an enumerator.

    >>> _value("（十二）"), _value("3."), _value("第二部分")
    (12, 3, 2)
    """
    signs = "".join(sign for sign in written if sign.isdigit() or sign in _DIGITS + "十")
    if signs.isascii():
        return int(signs) if signs else None
    tens, ten, ones = signs.partition("十")
    if not ten:
        return _DIGITS.find(signs) if len(signs) == 1 else None
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
