"""What the audits of funds share: amounts in a sentence, and what each is of the funds by the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..values import YUAN_IN

LONGEST = 2_000  # characters of a sentence
_AMOUNT = re.compile(r"(?<![\d.,])(?P<number>\d[\d,]{0,20}(?:\.\d{1,6})?)(?P<unit>亿元|万元|元)")
_ROLES = (
    ("未到位", re.compile("未到位|没有到位|尚未拨付|未拨付")),
    ("结余", re.compile("未使用|未支出|未支付|没有使用|没有支出|尚未使用|结余|剩余|结转|尚余")),
    ("支出", re.compile("支出|使用|支付|执行|花费|用于")),
    ("到位", re.compile("到位|拨付|拨款|收到|到账")),
    ("预算", re.compile("预算|安排|批复|计划投入")),
)
_OTHER = re.compile(
    "[一二三四首]期|每|标准|其中|占|超|比|调整(?!后)|追加|调增|调减|核减|上年|去年|约|余额为|差|增加|减少|不足|单价|人均"
)
_AFTER = (
    ("结余", re.compile("(?:没有|未|尚未)(?:使用|支出|支付|用完)")),
    ("支出", re.compile("(?:已经?)?(?:全部|全额)(?:用于|支出|支付)")),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a sentence: what it is of the funds, in yuan, the unit of its last decimal, and where it stands."""

    role: str
    yuan: Decimal
    step: Decimal
    written: str
    span: tuple[int, int]


def role_of(words: str) -> str:
    """What the words before an amount, or above a column, say that it is of the funds; "" for anything else."""
    return next((role for role, pattern in _ROLES if pattern.search(words)), "")


def role_behind(sentence: str, end: int) -> str:
    """What the words behind an amount, which ends at `end`, say that became of it; "" where they do not say it."""
    return next((role for role, use in _AFTER if use.match(sentence, end)), "")


def amounts(sentence: str) -> Iterator[Amount]:
    """The amounts of a sentence whose name stands right before them, or whose use right behind."""
    end = 0
    for match in _AMOUNT.finditer(sentence):
        before = re.split("[，、：:（(）)]", sentence[end : match.start()])[-1]
        end = match.end()
        role = role_of(before) or role_behind(sentence, end)
        if role and not _OTHER.search(before):
            unit = YUAN_IN[match["unit"]]
            digits = match["number"].replace(",", "")
            places = len(digits.partition(".")[2])
            yield Amount(role, Decimal(digits) * unit, unit * Decimal(1).scaleb(-places), match[0], match.span())
