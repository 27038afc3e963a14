"""Checks on words: the names that they suggest print the figures, and texts that print rightly are not blamed."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest

from generator import language, values
from generator.checks import Case
from generator.checks.text.figures import near_misses
from generator.checks.text.figures.known import Known, known_figures
from generator.context import context
from generator.findings import Finding, Level
from generator.pipeline import judge, review

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))


def printed(sample: Path) -> str:
    """A sample's file with every tag of its texts replaced by what it prints: as if nobody knew of tags."""
    judged = judge(sample)
    names = context(judged.source, judged.style, judged.figures, judged.scores).names
    lines = sample.read_text(encoding="utf-8").split("\n")
    return "\n".join(
        line if "{%" in line else re.sub(r"\{\{[^{}]*\}\}", lambda tag: language.fill(tag[0], names), line)
        for line in lines
    )


def of(code: str, data: Path) -> list[Finding]:
    return [one for one in review(data).findings if one.code == code]


def value(known: Known, text: str) -> object:
    """The figure that a text prints, as `Known` has it."""
    if known.kind == "money":
        amount = values.money(text, None)
        return amount.yuan if isinstance(amount, values.Money) else None
    if known.kind == "rate":
        rate = values.rate(text)
        return rate.percent if isinstance(rate, values.Rate) else None
    count = values.quantity(text)
    return count.number if isinstance(count, values.Quantity) else None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_name_that_is_suggested_prints_its_figure(sample: Path) -> None:
    judged = judge(sample)
    case = Case(judged.source, judged.figures, judged.scores, judged.style)
    names = context(judged.source, judged.style, judged.figures, judged.scores).names
    named = [one for one in known_figures(case).known if one.name]
    assert named
    for one in named:
        exact = "|元" if one.kind == "money" else ""
        assert value(one, language.fill(f"{{{{ {one.name}{exact} }}}}", names)) == one.value, one.name


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_figures_typed_as_they_print_are_hints_and_no_contradictions(sample: Path, tmp_path: Path) -> None:
    data = tmp_path / sample.name
    data.write_text(printed(sample), encoding="utf-8")
    assert of("X101", data)
    assert not [str(one) for code in ("X102", "X103", "X122") for one in of(code, data)]


@pytest.mark.parametrize(
    ("right", "wrong", "errors"),
    [("到位率为26.56%", "到位率为25.56%", 3), ("预算资金660,000.00元", "预算资金600,000.00元", 2)],
)
def test_a_figure_that_was_mistyped_is_an_error(right: str, wrong: str, errors: int, tmp_path: Path) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == "kunming"))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace(right, wrong), encoding="utf-8")
    found = of("X102", data)
    assert text.count(right) == len(found) == errors
    assert {one.level for one in found} == {Level.ERROR}


def with_sentence(sentence: str, folder: Path, indicator: str = "") -> Path:
    """The Kunming sample with a sentence more: in its conclusion, or in what was found of an indicator."""
    text = next(path for path in SAMPLES if path.stem == "kunming").read_text(encoding="utf-8")
    key = f"名称: {indicator}\n" if indicator else "综合结论: |\n"
    at = text.index("完成情况说明: |\n", text.index(key)) if indicator else text.index(key)
    at = text.index("\n", at) + 1
    indent = re.match(r" +", text[at:])
    assert indent
    data = folder / "项目.yaml"
    data.write_text(f"{text[:at]}{indent[0]}{sentence}\n{text[at:]}", encoding="utf-8")
    return data


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("经费全部用于5家社区。", "6家"),
        ("项目下辖五个社区。", "6个"),
        ("评价指标体系设4个一级指标、8个二级指标、18个三级指标。", "7个"),
        ("评价组设置14项绩效指标。", "20项"),
        ("投入指标由3个二级指标构成。", "2个"),
        ("评价组发现9个问题。", "3个"),
        ("产出得分30.22分。", "27.22分"),
        ("产出类指标得分率92.36%。", "80.06%"),
        ("产出指标分值36分，得分27.22分。", "34分"),
        ("综合得分88.51分，其中：投入8.76分、过程32.73分、产出30.22分、效果19.80分。", "27.22分"),
        ("完成及时率因一个社区超期扣2.78分。", "1.78分"),
        ("尚有484,678.43元没有到位。", "484,687.43元"),
        ("未到位的资金为484,678.43元。", "484,687.43元"),
        ("受资金到位率25.56%等因素影响，进度偏慢。", "26.56%"),
        ("资金到位率25.56%未达到目标要求。", "26.56%"),
        ("资金到位率=（175,312.57/660,000.00）×100%=25.56%。", "26.56%"),
        ("因资金只到位25.56%，进度偏慢。", "26.56%"),
    ],
)
def test_a_mistake_of_a_writer_is_found(sentence: str, right: str, tmp_path: Path) -> None:
    assert right in [one.expected for one in of("X102", with_sentence(sentence, tmp_path))]


@pytest.mark.parametrize(
    ("indicator", "sentence", "right"),
    [
        ("实际完成率", "全年实际完成7个，其中上半年实际完成3个。", "6"),
        ("实际完成率", "计划产出数为14个，实际产出数为6个。", "12个"),
        ("完成及时率", "超出时限1个月，扣2.78分。", "1.78分"),
        ("完成及时率", "该项满分9分，评价得分6.22分。", "7.22分"),
        ("资金使用合规性", "重大开支没有评估，扣1.5分。", "1.27分"),
    ],
)
def test_an_indicator_is_held_against_its_own_figures(
    indicator: str, sentence: str, right: str, tmp_path: Path
) -> None:
    assert right in [one.expected for one in of("X102", with_sentence(sentence, tmp_path, indicator))]


@pytest.mark.parametrize(
    "sentence",
    [
        "没有安排项目的6个社区不在评价范围内，另有6个社区拟于明年实施。",
        "永顺里、金坤、永和里共3个社区签订了合同，其中2个社区合并列支。",
        "62,000元用于2个社区，信息平台维护涉及2个社区的居民。",
        "共有5个社区开展了活动，3个社区社会组织参与，问卷覆盖3个社区。",
        "财务管理下设3个三级指标，选取5个评价指标作重点分析，共2个三级指标得满分。",
        "过程得分高于产出得分5.51分；实际完成率、完成及时率共扣6.78分。",
        "若资金全额到位，产出得分34分。2023年产出得分30分。",
        "综合得分90分（含）以上为优；资金到位率达到100%的，得满分，每少10%，扣1分。",
        "投入、过程、产出、效果得分分别为8.76分、32.73分、27.22分、19.80分。",
        "投入满分10分、过程满分34分；项目立项得5分，资金落实得3.76分，得分率94%。",
        "通过集中采购，节约4,800元；第一笔支付后剩余100,000元。",
        "永顺里社区尚有3,000元未使用，工程款尚有5,000元未支付。",
    ],
)
def test_figures_of_other_things_are_not_blamed(sentence: str, tmp_path: Path) -> None:
    data = with_sentence(sentence, tmp_path)
    assert not [str(one) for one in of("X102", data)]
    assert not [one for one in of("X101", data) if one.mend and "单位数" in one.mend]


@pytest.mark.parametrize(
    ("stem", "right", "wrong", "slip"),
    [
        ("kunming", "只下达175,312.57元", "只下达175,322.57元", "有一位数字不同"),
        ("kunming", "只下达175,312.57元", "只下达175,321.57元", "有相邻两位颠倒"),
        ("kunming", "只下达175,312.57元", "只下达17,512.57元", "少一位数字"),
        ("kunming", "只下达175,312.57元", "只下达1,753,112.57元", "多一位数字"),
    ],
)
def test_a_figure_that_is_one_slip_away_is_a_warning(
    stem: str, right: str, wrong: str, slip: str, tmp_path: Path
) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == stem))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace(right, wrong), encoding="utf-8")
    found = of("X122", data)
    assert text.count(right) == len(found) == 1
    assert found[0].level is Level.WARNING
    assert slip in found[0].what


def test_a_figure_that_contradicts_its_label_is_told_once(tmp_path: Path) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == "kunming"))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace("到位率为26.56%", "到位率为25.56%"), encoding="utf-8")
    assert of("X102", data)
    assert not of("X122", data)


def test_near_misses_among_thousands_of_figures_are_found_at_once(tmp_path: Path) -> None:
    amounts = [Decimal(7654321 * number % 99999989) / 100 for number in range(1, 3001)]
    rows = "\n".join(f"    - {{名称: 用途{number}, 支出: {amount}元}}" for number, amount in enumerate(amounts))
    typed = "\n".join(f"    付款{amount + Decimal('0.1'):.2f}元。" for amount in amounts[::50])
    data = tmp_path / "项目.yaml"
    head = "金额单位: 元\n报告: {标题: 示例, 样式: national}\n"
    data.write_text(f"{head}资金:\n  按用途:\n{rows}\n正文:\n  项目概况: |\n{typed}\n", encoding="utf-8")
    judged = judge(data)
    case = Case(judged.source, judged.figures, judged.scores, judged.style)
    started = time.process_time()
    assert len(list(near_misses.check(case))) >= 50
    assert time.process_time() - started < 5
