"""YAML is read safely, every scalar as text, every key and value with its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.findings import ReportError
from generator.sources import LARGEST_FILE, Tree, read_tree, yaml
from generator.sources.yaml import DEEPEST, read

from .conftest import Write


def tree(text: str) -> Tree:
    return read(text.encode("utf-8"), "甲.yaml")


def refusal(content: str | bytes) -> list[str]:
    with pytest.raises(ReportError) as caught:
        read(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"), "甲.yaml")
    return [str(finding) for finding in caught.value.findings]


def test_scalars_stay_text() -> None:
    text = "金额: 175312.570\n日期: 2024-12-31\n是: yes\n八进制: 010\n引: '无'\n空:\n波: ~\n零: null\n空文字: ''\n"
    assert tree(text).data == {
        "金额": "175312.570",
        "日期": "2024-12-31",
        "是": "yes",
        "八进制": "010",
        "引": "无",
        "空": None,
        "波": None,
        "零": None,
        "空文字": "",
    }


def test_every_key_and_value_has_its_place() -> None:
    read_in = tree("\ufeff甲:\n  - 乙: 丙\n    丁: |\n      第一行\n      第二行\n")
    assert str(read_in.keys["甲",]) == "甲.yaml:1:1"
    assert str(read_in.keys["甲", 0, "丁"]) == "甲.yaml:3:5"
    assert str(read_in.values["甲", 0, "乙"]) == "甲.yaml:2:8"
    assert str(read_in.where(("甲", 0, "丁"))) == "甲.yaml:4:1"
    assert str(read_in.where(("甲", 0, "没有", "没有"))) == "甲.yaml:2:5"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_in_every_way_of_ending_them(ending: str) -> None:
    read_in = tree(ending.join(["甲: 乙", "丙: |", "  一", "  二", "丁: 戊", ""]))
    assert read_in.data == {"甲": "乙", "丙": "一\n二\n", "丁": "戊"} and read_in.keys["丁",].line == 5


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "无\n", "- 甲\n", "'甲'\n"])
def test_a_file_without_keys_is_no_data_file(text: str) -> None:
    assert refusal(text) == ["甲.yaml:1:1: 错误[Y001] 文件里没有“键: 值”，不是一份数据文件"]


@pytest.mark.parametrize("coding", ["gbk", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_other_codings_are_refused(coding: str) -> None:
    assert refusal("金额单位: 元\n报告: {标题: 甲}\n".encode(coding))[0].startswith(
        "甲.yaml:1: 错误[Y002] 文件不是 UTF-8"
    )
    assert "[Y002]" in refusal("标题: \ud800\n")[0]


def test_characters_that_xml_forbids_are_refused_all_at_once_with_their_places() -> None:
    found = refusal("甲: 乙\x01\n丙: \x00丁\ufffe\n戊: \x85\u2028\x7f\n")
    assert [one.split(": ")[0] for one in found] == [
        "甲.yaml:1:5",
        "甲.yaml:2:4",
        "甲.yaml:2:6",
        "甲.yaml:3:4",
        "甲.yaml:3:5",
        "甲.yaml:3:6",
    ]
    assert "U+0001" in found[0] and "U+FFFE" in found[2] and "控制字符 U+0085" in found[3]
    assert len(refusal("甲: " + "\x01" * 10_000)) == 20


@pytest.mark.parametrize("escape", [r"\x01", r"\0", r"\uFFFE", r"\x85", r"\L", r"\P", r"\N", r"\b", r"\e"])
def test_escapes_of_forbidden_characters_are_refused_as_values_and_keys(escape: str) -> None:
    assert refusal(f'甲: "乙{escape}"\n')[0].startswith("甲.yaml:1:4: 错误[Y003]")
    assert refusal(f'"甲{escape}": 乙\n')[0].startswith("甲.yaml:1:1: 错误[Y003]")


def test_an_invisible_character_in_a_key_is_named() -> None:
    read_in = tree("\u200b甲: 乙\n丙\ufeff: 丁\n")
    assert read_in.data == {"甲": "乙", "丙": "丁"}
    assert [(one.where.line, one.where.column, one.what) for one in read_in.findings] == [
        (1, 1, "键“甲”里有看不见的字符 U+200B"),
        (2, 2, "键“丙”里有看不见的字符 U+FEFF"),
    ]


def test_the_mended_line_can_be_pasted_in() -> None:
    found = refusal("金额单位：元\n报告:\n\t标题: 甲\n　　样式: 乙\n项目:\n  单位:\n  - 名称：丙\n")
    mended = [one.split("改为：")[1].split("；")[0].removesuffix("）") for one in found]
    assert mended == ["金额单位: 元", "  标题: 甲", "    样式: 乙", "  - 名称: 丙"]


def test_a_colon_in_a_sentence_is_no_mistake() -> None:
    text = "甲: 说明：如下\n乙: |\n  时间：9:30\n  网址:http://a\n丙: '一：\n\n  二：三'\n丁: [四：五, 六]\n"
    assert tree(text).findings == []
    assert [one.code for one in tree("甲: 乙\n  丙：丁\n").findings] == ["Y005"]
    assert tree("甲: 乙\n  又一行，时间 9:30\n  http://a.b\n").findings == []


def test_only_the_true_cause_is_told_beside_lines_that_look_odd() -> None:
    assert refusal('甲: "一：\n  二：三"\n乙: [丙\n丁: 戊\n') == [
        "甲.yaml:3:4: 错误[Y006] 花括号或方括号里，各项之间要用半角逗号分开，并成对"
    ]


LATER = '项目:\n  名称: 乙\n  简称: "丙"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "报告:\n  样式: 甲\n  委托方 县财政局\n" + LATER,
            "3:3: 错误[Y006] 这一行没有冒号，不成“键: 值”的样子（键后写半角冒号加一个空格，改为：  委托方: 县财政局；",
        ),
        (
            "报告:\n  样式: 甲\n  委托方\n",
            "3:3: 错误[Y006] 这一行没有冒号，不成“键: 值”的样子（键后写半角冒号加一个空格；",
        ),
        ("报告:\n  - 样式 甲\n    委托方: 县\n", "2:3: 错误[Y006] 这一行没有冒号"),
        (
            '报告:\n  标题: "甲\n  样式: 乙\n' + LATER,
            '2:7: 错误[Y006] 引号没有写完：从这里开的引号一直连到了第 6 行（在文字的末尾补上引号，改为：  标题: "甲"）',
        ),
        (
            "报告:\n  标题: '甲\n  样式: \"乙\"\n  别名: '丙'\n",
            "2:7: 错误[Y006] 引号没有写完：从这里开的引号一直连到了第 4 行",
        ),
        ('报告: {标题: "甲, 样式: 乙}\n' + LATER, "1:10: 错误[Y006] 引号没有写完：从这里开的引号一直连到了第 4 行"),
        ('报告:\n  - "甲\n  - "乙"\n', "2:5: 错误[Y006] 引号没有写完：从这里开的引号一直连到了第 3 行"),
        ('报告:\n  标题: "甲\n  样式: \\d\n', "2:7: 错误[Y006] 引号没有写完"),
        ('报告:\n  标题: "甲"乙\n', "2:10: 错误[Y006] 引号之后不能再有文字"),
        (
            "甲:\n  名称: 乙\n  分值: 1\n\n  - 名称: 丙\n",
            "2:3: 错误[Y006] “甲”是列表，第 5 行有“- ”，这一条没有：列表每条前写“- ”"
            "（改为：  - 名称: 乙；这一条的其余各行往里缩进，和“名称”对齐）",
        ),
        (
            "甲:\n    名称: 乙\n    分值: 1\n  - 名称: 丙\n",
            "2:5: 错误[Y006] “甲”是列表，第 4 行有“- ”，这一条没有：列表每条前写“- ”（改为：  - 名称: 乙）",
        ),
        ("甲:\n  乙: 丁\n  单位:\n    名称: 乙\n  - 名称: 丙\n", "4:5: 错误[Y006] “单位”是列表，第 5 行有“- ”"),
        ("甲:\n  单位:\n  名称: 乙\n  - 名称: 丙\n", "3:3: 错误[Y006] “单位”是列表，第 4 行有“- ”"),
        ("甲:\n  - 名称: 乙\n    分值: 1\n    - 名称: 丙\n", "4:5: 错误[Y006] 缩进不对"),
    ],
)
def test_what_is_not_yaml_is_told_where_it_begins(text: str, told: str) -> None:
    assert [one.removeprefix("甲.yaml:")[: len(told)] for one in refusal(text)] == [told]


def test_a_quoted_text_may_go_on_below_its_key() -> None:
    text = '甲: "一: 二\n  三: 四"\n乙:\n  - 丙: "五\n      六: 七"\n  - "八\n    九: 十"\n'
    assert tree(text).data == {"甲": "一: 二 三: 四", "乙": [{"丙": "五 六: 七"}, "八 九: 十"]}


def test_the_first_of_two_values_stays_with_its_place() -> None:
    read_in = tree("甲: {乙: 丙}\n甲: {丁: 戊, 乙: 己}\n")
    assert read_in.data == {"甲": {"乙": "丙"}} and read_in.keys["甲", "乙"].line == 1
    assert [str(one) for one in read_in.findings] == [
        "甲.yaml:2:1: 错误[Y011] “甲”写了两次，第一次在第 1 行（删去其中一个）"
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲: &乙 [1]\n", "Y006"),
        ("甲: &b [1]\n", "Y008"),
        ("甲: &b 1\n", "Y008"),
        ("甲: *b\n", "Y008"),
        ("<<: *b\n", "Y008"),
        ("甲: !!python/name:os.system\n", "Y008"),
        ("甲: !!python/object:x {}\n", "Y008"),
        ("甲: !!binary aGk=\n", "Y008"),
        ("? [甲]\n: 乙\n", "Y010"),
        ("甲: 乙\n---\n丙: 丁\n", "Y007"),
        ("甲: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "Y009"),
        ("[" * 100_000, "Y009"),
        ("{" * 100_000, "Y010"),
        ("甲: " + "- " * 100_000, "Y006"),
        ("- " * 100_000, "Y009"),
        ("? " * 100_000, "Y010"),
    ],
)
def test_what_a_data_file_does_not_use_is_refused(text: str, code: str) -> None:
    started = time.monotonic()
    assert f"[{code}]" in refusal(text)[0]
    assert time.monotonic() - started < 2


def test_files_of_no_sane_size_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReportError, match="10 MB 的上限"):
        read_tree(write(b"#" * (LARGEST_FILE + 1)))
    monkeypatch.setattr(yaml, "MOST_VALUES", 1000)
    with pytest.raises(ReportError, match="值超过"):
        read_tree(write("甲: [" + "1," * 1001 + "]"))


def test_values_taken_out_leave_the_others_in_their_places() -> None:
    read_in = tree("甲:\n  - 一\n  - [二, 三, 四]\n  - 五\n  - 六: {七: 八}\n")
    read_in.drop([("甲", 0), ("甲", 1, 1), ("甲", 2), ("没有",), ("甲", 9)])
    assert read_in.data == {"甲": [["二", "四"], {"六": {"七": "八"}}]}
    assert (read_in.where(("甲", 0, 1)).column, read_in.where(("甲", 1, "六", "七")).line) == (12, 5)


signs = st.sampled_from(list("甲乙丙：:，,-　 \t\n\"'[]{}|>&*!%@#？?~1.{}\u200b\x07\\"))


@settings(max_examples=300, deadline=None)
@given(st.lists(signs, max_size=40).map("".join))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        read_in = read(text.encode("utf-8"), "甲.yaml")
    except ReportError as error:
        findings = list(error.findings)
        assert findings
    else:
        findings = read_in.findings
    lines = text.count("\n") + 1
    assert all(1 <= (one.where.line or 0) <= lines + 1 for one in findings)
