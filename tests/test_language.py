"""The template language: strict names, keys first, nothing private, values written so that nothing is lost."""

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import TemplateError
from markupsafe import Markup

from generator import bounds, language
from generator.findings import Location, ReportError
from generator.language import explain, fill, text, word
from generator.values import Missing, Rate


def refusal(source: str, **names: object) -> str:
    with pytest.raises(ReportError) as caught:
        fill(source, names, Location("甲.yaml", 3))
    finding = caught.value.findings[0]
    assert finding.where.line == 3 and finding.quoted == source
    return str(finding)


def test_a_sentence_prints_computed_figures() -> None:
    names = {"资金": {"到位率": Rate(Decimal("0.2656"))}}
    assert fill("资金到位率为{{ 资金.到位率 }}。\n", names) == "资金到位率为26.56%。\n"


def test_a_key_named_items_is_found_before_the_method() -> None:
    assert fill("{{ 表.items }}、{{ 表['keys'] }}", {"表": {"items": "项", "keys": "键"}}) == "项、键"
    assert fill("{% for 键, 值 in 表.items() %}{{ 键 }}{{ 值 }}{% endfor %}", {"表": {"甲": 1}}) == "甲1"


def test_unknown_names_are_errors_that_name_the_nearest() -> None:
    assert "没有“资今”这个名称（是不是“资金”？）" in refusal("{{ 资今 }}", 资金=1)
    assert "没有值" in refusal("{{ 资金.到位率 }}", 资金=None)
    assert "没有“资金”" in refusal("{% if 资金 %}有{% endif %}")


def test_a_name_that_is_not_below_another_is_told_whole() -> None:
    funds = {"到位率": 1, "结余": 2}
    assert "没有“资金.节余”（是不是“资金.结余”？）" in refusal("{{ 资金.到位率 }}、{{ 资金.节余|万元 }}", 资金=funds)
    assert "没有“甲[0].资金.节余”" in refusal("{{ 甲[0].资金.节余 }}", 甲=[{"资金": funds}])
    assert "没有“项.节余”（是不是“项.结余”？）" in refusal("{% for 项 in 甲 %}{{ 项.节余 }}{% endfor %}", 甲=[funds])
    assert "没有“乙.节余”" in refusal("{{ 甲.节余 }}{{ 乙.节余 }}", 甲={"节余": 1}, 乙=funds)
    assert "上一级里没有“节余”（是不是“结余”？）" in refusal("{{ (甲|first).节余 }}", 甲=[funds])
    assert "“空”没有值（None），取不到“节余”" in refusal("{{ 空.节余 }}", 空=None)


def test_an_unknown_filter_in_a_text_says_the_nearest() -> None:
    assert "没有“大写金”这个过滤器（是不是“大写金额”？）" in refusal("{{ 甲|大写金 }}", 甲=1)
    assert "没有“format”这个过滤器（是不是“千分位”？）" in refusal("{{ 甲|format }}", 甲=1)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("    　　到位{{ 甲 }}，{{ 乙.没有 }}", 17),
        ('  标题: "到位{{ 没有 }}"', 10),
        ("    {% for 项 in 丙 %}{{ 项.没有 }}{% endfor %}", 21),
        ("    {{ 甲 }}{% if 没有 %}有{% endif %}", 12),
        ("    {{ 甲 }}{{ 甲|没有 }}", 12),
        ("    {{ 甲 }}{{ 甲", 12),
        ("    {{ 甲 / 1 }}{{ 甲 / 0 }}", 16),
        ("    写成别的样子", 3),
    ],
)
def test_a_wrong_tag_is_placed_where_it_stands_in_its_line(line: str, column: int, tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_text(f"报告:\n{line}\n", encoding="utf-8")
    text = line.strip().removeprefix("标题: ").strip('"') if "{" in line else "{{ 没有 }}"
    with pytest.raises(ReportError) as caught:
        fill(text, {"甲": 1, "乙": {}, "丙": [{}]}, Location(str(file), 2, 3))
    assert caught.value.findings[0].where == Location(str(file), 2, column)


def test_none_and_lists_are_not_printed() -> None:
    assert "None" in refusal("{{ 值 }}", 值=None)
    assert "一组值" in refusal("{{ 值 }}", 值=["甲"])


def test_what_is_missing_stays_missing_below_and_through_filters() -> None:
    names = {"资金": Missing("资金")}
    assert fill("{{ 资金.到位.合计|万元 }}{% for 项 in 资金.各项 %}项{% endfor %}", names) == "【待补充：资金】"


def test_truth_and_exact_numbers_print_in_words_and_digits() -> None:
    assert fill("{{ 甲 }}{{ 乙 }}{{ 丙 }}", {"甲": True, "乙": Decimal("1E+3"), "丙": 7}) == "是10007"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ 表.__init__.__globals__ }}",
        "{{ 表.update({'甲': 2}) }}",
        "{{ 列.append(1) }}",
        "{{ self.__init__ }}",
        "{{ 函数.__globals__ }}",
        "{{ 9 ** 999 }}",
        "{{ '很长' * 1000000 }}",
        "{{ range(10000000)|length }}",
        "{{ cycler.__init__.__globals__.os }}",
    ],
)
def test_the_sandbox_refuses_tricks(source: str) -> None:
    names = {"表": {"甲": 1}, "列": [], "函数": refusal}
    with pytest.raises(ReportError):
        fill(source, names)
    assert names["表"] == {"甲": 1} and names["列"] == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ }}", "标记是空的"),
        ("{{ 甲（1） }}", "不能用“（”"),
        ("{% if 甲 %}", "没有写完"),
        ("{{ 甲|千元 }}", "没有“千元”这个过滤器"),
        ("{% 如果 甲 %}", "没有“如果”这种标记"),
        ("{{ 甲 / 0 }}", "除数是 0"),
        ("{{ 乙|万元 }}", "“很多”不是金额"),
    ],
)
def test_mistakes_are_told_in_chinese(source: str, what: str) -> None:
    assert what in refusal(source, 甲=1, 乙="很多")


def test_word_values_are_escaped_and_break_lines_inside_the_run() -> None:
    written = word().from_string("{{ 值 }}").render(值='A<B & "C"\r\n\t丁')
    breaks = '</w:t><w:br/><w:t xml:space="preserve"></w:t><w:tab/><w:t xml:space="preserve">'
    assert written == f'A&lt;B &amp; "C"{breaks}丁'


def test_word_values_captured_in_a_block_are_escaped_once() -> None:
    source = "{% set 句 %}{{ 值 }}{% endset %}{{ 句 }}|{{ 值 ~ '&' }}|{{ 值|e }}"
    assert word().from_string(source).render(值="<&") == "&lt;&amp;|&lt;&amp;&amp;|&lt;&amp;"
    assert word().from_string(source).render(值="甲\n乙").startswith("甲</w:t><w:br/>")


def test_raw_xml_is_taken_only_whole_and_where_it_belongs() -> None:
    run = Markup("<w:r><w:t>甲</w:t></w:r>")
    assert word().from_string("{{ 值|_run }}").render(值=run) == run
    for source, value in (("{{ 值|_run }}", Markup("<w:r>")), ("{{ 值 }}", run)):
        with pytest.raises(Exception, match=r"片段不完整|富文本"):
            word().from_string(source).render(值=value)


ENDLESS = [
    "{{ ([[['甲']*10000]*10000]*10000)|string|length }}",
    "{{ 1|round(1000000000, 'ceil') }}",
    "{{ 1e400|int }}",
    "{{ 1e308 }}",
    f"{{{{ {'9' * 5000} }}}}",
    "{{ '甲' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ '甲'|replace('甲', '乙' * 10000)|replace('乙', '乙' * 10000) }}",
    "{{ (['甲'] * 10000)|join('乙' * 10000) }}",
    "{% for 甲 in '甲' * 1000 %}{% for 乙 in '甲' * 1000 %}{{ ('甲乙' * 5000)|sort|length }}{% endfor %}{% endfor %}",
    "{{ 1" + " + 1" * 3000 + " }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
]
ENDLESS_TEMPLATES = [
    "{% for 甲 in range(99999) %}{% for 乙 in range(99999) %}{% endfor %}{% endfor %}",
    "{{ (((10**100)**100)**100)**100 }}",
    "{{ 10 ** 1e99 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '甲'|center(1000000000) }}",
    "{{ '甲'.center(1000000000) }}",
    "{{ '甲'|indent(1000000000) }}",
    "{{ [1]|batch(1000000000, 0)|list }}",
    "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
    "{% macro 甲(数) %}{% if 数 %}{{ 甲(数 - 1) }}{{ 甲(数 - 1) }}{% endif %}{% endmacro %}{{ 甲(60) }}",
    "{% set 盒 = namespace(甲='甲') %}{% for 乙 in range(99) %}{% set 盒.甲 = 盒.甲 ~ 盒.甲 %}{% endfor %}",
    "{% set 盒 = namespace(甲=[1]) %}{% for 乙 in range(99) %}{% set 盒.甲 = 盒.甲 + 盒.甲 %}{% endfor %}",
    "{% set 盒 = namespace(甲=[1], 乙=[1]) %}{% for 丙 in range(99) %}{% set 盒.甲 = [盒.甲, 盒.甲]|batch(2)|first %}"
    "{% set 盒.乙 = [盒.乙, 盒.乙]|batch(2)|first %}{% endfor %}{{ 盒.甲 == 盒.乙 }}",
    "{% set 甲 %}{% for 乙 in range(99999) %}{{ '甲' * 10000 }}{% endfor %}{% endset %}",
    "{% for 甲 in range(99999) %}{{ '甲' * 10000 }}{% endfor %}",
    "{% for 甲 in range(3) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "{{ range(99999)|select('in', range(99999)|list)|list|length }}",
    "{{ varargs }}",
    "{{ 值|map('没有')|list }}",
    "{% for 甲 in [1] %}" * 30 + "{% endfor %}" * 30,
]


@pytest.mark.parametrize("source", ENDLESS)
def test_a_sentence_that_would_run_without_end_is_refused_soon(source: str) -> None:
    start = time.monotonic()
    said = refusal(source)
    assert time.monotonic() - start < 30 and re.search("[\u4e00-\u9fff]", said.partition(source[:20])[0])


@pytest.mark.parametrize("source", ENDLESS + ENDLESS_TEMPLATES)
def test_a_template_that_would_run_without_end_is_refused_soon(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "WORK", 1_000_000)
    monkeypatch.setattr(bounds, "LONGEST_OUTPUT", 1_000_000)
    start = time.monotonic()
    with pytest.raises((TemplateError, RecursionError, ValueError)) as caught:
        language.printed(word().from_string(source), {"值": [1]}, bounds.LONGEST_OUTPUT)
    assert time.monotonic() - start < 30
    assert re.search("[\u4e00-\u9fff]", explain(caught.value, {})[0])


def test_texts_of_one_report_share_their_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "WORK", 10_000)
    source = "{% for 甲 in '甲' * 1000 %}甲{% endfor %}"
    assert len(fill(source, {})) == len(fill(source, {})) == 1000
    with pytest.raises(ReportError, match="步骤太多"), bounds.work():
        for _ in range(10):
            fill(source, {})


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 0.1 + 0.2 }}、{{ 0.5 * 3 }}、{{ 1 / 4 }}、{{ 7 // 2 }}、{{ -1.50 }}", "0.3、1.5、0.25、3、-1.5"),
        (
            "{{ 2.5|round }}、{{ 1.005|round(2) }}、{{ (1/3)|round(2) }}、{{ 0.121|round(2, 'ceil') }}",
            "3、1.01、0.33、0.13",
        ),
        ("{{ '12.7'|int + 1 }}、{{ '很多'|int(0) }}", "13、0"),
        ("{% for 甲, 乙 in [('子', 1), ('丑', 2)] %}{{ 甲 }}{{ 乙 }}{% endfor %}", "子1丑2"),
        ("{{ [3, 1]|sort|顿号 }}；{{ [1, 2, 3][1:]|顿号 }}", "1、3；2、3"),
        ("{{ 'x' if '甲' in ['甲'] and [1] == [1] and 2 is not in([1]) }}", "x"),
    ],
)
def test_calculations_and_lists_are_exact(source: str, printed: str) -> None:
    assert fill(source, {}) == printed


def test_firms_templates_keep_what_they_know_of_jinja() -> None:
    source = (
        "{{ '甲,乙'.split(',')|join('、') }}{{ 表.get('没有', '无') }}{{ [1, 2, 3]|batch(2)|map('join')|join('、') }}"
        "{% for 组 in 各项|groupby('类') %}{{ 组.grouper }}{{ 组.list|length }}{% endfor %}{{ 各项|sum('值') }}"
        "{% set 盒 = namespace(和=0) %}{% for 项 in 各项 %}{% set 盒.和 = 盒.和 + 项.值 %}{% endfor %}{{ 盒.和 }}"
        "{% macro 双(字) %}{{ 字 }}{{ 字 }}{% endmacro %}{{ 双('丙') }}{{ {'丁': 1}|dictsort|first|first }}"
    )
    items = [{"类": "子", "值": Decimal("0.1")}, {"类": "子", "值": Decimal("0.2")}]
    assert word().from_string("{{ 2**10 }}{{ '甲' * 2**1 }}{{ 2**-1 }}").render() == "1024甲甲0.5"
    assert word().from_string(source).render(表={}, 各项=items) == "甲、乙无12、3子20.30.3丙丙丁"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ 1 / 3 }}", "除不尽"),
        ("{{ 半 }}", "二进制小数"),
        ("{{ 列 ~ '甲' }}", "一组值"),
        ("{{ 列|upper }}", "一组值"),
        ("{{ 无 ~ '甲' }}", "没有值可印"),
        ("{% for 甲 in '甲' * 1001 %}{% endfor %}", "循环超过 1000 次"),
        ("{{ 列|sum(start='甲') }}", "只能加数"),
        ("{{ 列|千分位 }}", "一组值"),
        ("{{ '很多'|int }}", "不是数字"),
    ],
)
def test_what_would_print_wrong_is_refused(source: str, what: str) -> None:
    assert what in refusal(source, 半=0.5, 列=[1], 无=None)


def test_environments_are_made_once() -> None:
    assert word() is word() and text() is text() and word() is not text()
