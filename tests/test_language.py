"""The template language: strict names, keys first, nothing private, values written so that nothing is lost."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from generator.findings import Location, ReportError
from generator.language import fill, text, word
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
    assert "没有“到位律”（是不是“到位率”？）" in refusal("{{ 资金.到位律 }}", 资金={"到位率": 1, "预算": 2})
    assert "没有值" in refusal("{{ 资金.到位率 }}", 资金=None)
    assert "没有“资金”" in refusal("{% if 资金 %}有{% endif %}")


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


def test_environments_are_made_once() -> None:
    assert word() is word() and text() is text() and word() is not text()
