"""权重和占比之和：依次列出的权重、占比加起来是 100%；各一级指标的分值加起来是满分。

看“投入、过程、产出、效果的权重依次为10%、34%、34%、22%”这样一句里列全的，和“首付款60%，尾款40%”这样从首到尾的付款比例；
占比印到两位小数的，允许尾差。使用率和未使用率这样的两个率，加起来也是 100%。

正例：

    投入、过程、产出、效果的权重依次为10%、34%、34%、22%。

反例：

    投入、过程、产出、效果的权重依次为10%、34%、35%、22%。   # !A113 101%
    人员经费占比45%，公用经费占比35%，项目经费占比25%。   # !A113 105%
    资金分2次支付：首付款为60%；尾款为30%，评审合格后支付。   # !A113 90%
    资金使用率47.49%，未使用率53.51%。   # !A113 52.51%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..values import places_of
from ..wording import HAN, fault, sentence_around
from . import Case, Fault

CODE = "A113"
LEVEL = Level.ERROR

_LIST = re.compile(
    r"(?:权重|占比|比重|比例)[^。；\d]{0,12}(?:依次|分别)[为是：:]?\s*(?P<list>\d+(?:\.\d+)?[%％](?:[、，和]\s*\d+(?:\.\d+)?[%％]){2,})"
)
_PAYMENTS = re.compile(
    r"(?P<list>(?:首付款|首款|预付款)[^。\d]{0,20}\d+(?:\.\d+)?[%％][^。]{0,80}尾款[^。\d]{0,20}\d+(?:\.\d+)?[%％])"
)
_APART = re.compile(
    rf"(?P<list>(?:(?<=^)|(?<=[，。；：:]))[{HAN}]{{2,10}}占比?(?:为)?\d+(?:\.\d+)?[%％](?:[，、；][{HAN}]{{2,10}}占比?(?:为)?\d+(?:\.\d+)?[%％]){{2,8}})"
)
_REST = re.compile(
    r"(?<!未)(?P<name>使用率|到位率|支出率|执行率|完成率)(?:仅|只)?[为是达]?(?P<rate>\d+(?:\.\d+)?)[%％][^。；]{0,20}?"
    r"未(?P=name)[为是达]?(?P<rest>\d+(?:\.\d+)?)[%％]"
)
_SOME = re.compile("另|其余|前[二三四五六七八九十]位|主要|最[高大多]")  # more shares stand elsewhere
_REACHED = re.compile(r"达到?\d+(?:\.\d+)?[%％]")
_SHARE = re.compile(r"\d+(?:\.\d+)?(?=[%％])")
WHOLE = Decimal(100)
MOST_APART = 6  # of shares that may be meant for all of it


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each list of shares that does not come to 100%."""
    for passage in case.passages:
        for match in (*_LIST.finditer(passage.typed), *_PAYMENTS.finditer(passage.typed)):
            sentence = passage.typed[slice(*sentence_around(passage.typed, match.start()))]
            if _SOME.search(sentence):
                continue
            shares = _SHARE.findall(_REACHED.sub("", match["list"]))
            added = sum(map(Decimal, shares), Decimal())
            places = max(len(one.partition(".")[2]) for one in shares)
            if abs(added - WHOLE) > (Decimal(len(shares)) / 2 * Decimal(1).scaleb(-places) if places else 0):
                what = f"“{match['list']}”加起来是{added}%，不是100%"
                yield fault(passage, *match.span("list"), what, expected="100%", actual=f"{added}%")
        for match in _APART.finditer(passage.typed):
            shares = [Decimal(one) for one in _SHARE.findall(match["list"])]
            added, places = sum(shares, Decimal()), max(map(places_of, shares))
            if WHOLE - MOST_APART <= added <= WHOLE + MOST_APART and (
                abs(added - WHOLE) > Decimal(len(shares)) / 2 * Decimal(1).scaleb(-places)
            ):
                what = f"“{match['list']}”加起来是{added}%，不是100%"
                expected, actual = "100%", f"{added}%"
                yield fault(passage, *match.span("list"), what, expected=expected, actual=actual, level=Level.WARNING)
        for match in _REST.finditer(passage.typed):
            wanted = WHOLE - Decimal(match["rate"])
            if wanted != Decimal(match["rest"]):
                what = f"{match['name']}{match['rate']}%，未{match['name']}应是{wanted}%"
                yield fault(passage, *match.span("rest"), what, expected=f"{wanted}%", actual=f"{match['rest']}%")
