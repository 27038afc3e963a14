"""What fails with the data at hand: all of it told, with round, value and data place, and marked in the draft."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from generator import bounds
from generator.document import project, structural_problems
from generator.findings import ReportError
from generator.render import render
from generator.style import built_in_folder
from generator.template import compile_template

from .conftest import Command
from .golden import SAMPLES
from .validator import validation_errors
from .wordfiles import add_table, failures, made, rendered, texts

GROUPS: dict[str, Any] = {
    "报告": {"标题": "标题"},
    "各组": [
        {"名称": "产出", "行": [{"名称": "数量", "得分": 1}, {"名称": "质量", "得分": "优"}]},
        {"名称": "效益", "行": [{"名称": "社会", "得分": 1}, {"名称": "经济", "分值": 2}]},
    ],
}


def scores(document: Document) -> None:
    document.add_heading("得分", 1)
    rows = [["{%tr for 组 in 各组 %}"], ["{%tr for 行 in 组.行 %}"], ["{{ 行.名称 }}", "{{ 行.得分|千分位(2) }}"]]
    add_table(document, [*rows, ["{%tr endfor %}"], ["{%tr endfor %}"], ["合计", "{{ 合计 }}"]])


def test_all_that_fails_is_told_with_place_round_and_value(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{{ 报告.标题|日期 }}", then=scores)
    told = [str(one).removeprefix(str(tmp_path)) for one in failures(path, GROUPS)]
    assert told == [
        "/甲.docx › 正文 › 第1段: 错误[T203] {{ 报告.标题|日期 }} “标题”不是日期，可写成 2024-12-31、2024年5月 或 2024",
        "/甲.docx › 正文 › “得分”之下 › 表第3行第2列: 错误[T203] {{ 行.得分|千分位(2) }} “优”不是数字"
        "（循环“组 in 各组”的第1轮：“产出”，其中循环“行 in 组.行”的第2轮：“质量”）",
        "/甲.docx › 正文 › “得分”之下 › 表第3行第2列: 错误[T201] {{ 行.得分|千分位(2) }} 没有“行.得分”"
        "（循环“组 in 各组”的第2轮：“效益”，其中循环“行 in 组.行”的第2轮：“经济”）（是不是“行.分值”？）",
        "/甲.docx › 正文 › “得分”之下 › 表第6行第2列: 错误[T201] {{ 合计 }} 没有“合计”这个名称",
    ]


def test_the_draft_has_the_rest_and_a_mark_for_each(tmp_path: Path) -> None:
    document = rendered(made(tmp_path / "甲.docx", "前{{ 没有 }}后", then=scores), GROUPS).document
    assert texts(document)[0] == "前【此处有误：没有“没有”这个名称】后"
    assert [[str(cell) for cell in row] for row in project(document).tables[0].rows] == [
        ["数量", "1.00"],
        ["质量", "【此处有误：“优”不是数字】"],
        ["社会", "1.00"],
        ["经济", "【此处有误：没有“行.得分”】"],
        ["合计", "【此处有误：没有“合计”这个名称】"],
    ]
    assert structural_problems(document) == []


MARK = "【此处有误：没有“坏”这个名称】"


@pytest.mark.parametrize(
    ("paragraphs", "printed"),
    [
        (["甲{% if 坏 %}有{% else %}无{% endif %}乙"], [f"甲无{MARK}乙"]),
        (["{%p if 坏 %}", "有", "{%p elif 坏 %}", "或", "{%p endif %}", "尾"], [MARK, MARK, "尾"]),
        (["{%p for 项 in 坏 %}", "{{ 项 }}", "{%p else %}", "没有项", "{%p endfor %}"], ["没有项", MARK]),
        (["{% for 项 in 坏 %}{{ 项 }}{% endfor %}尾"], [f"{MARK}尾"]),
        (["{% for 项 in [1, 2] if 坏 %}{{ 项 }}{% endfor %}尾"], [f"{MARK}尾"]),
        (["{{ 坏|分段 }}", "尾"], [MARK, "尾"]),
        (["{{r 坏 }}尾", "{{p 坏 }}"], [f"{MARK}尾", MARK]),
        (["{% set 数 = 坏.数 %}甲{{ 数 }}{{ 数.下 }}", "{% if 数 %}{% endif %}"], [f"甲{MARK}{MARK}", MARK]),
        (["{% with 数 = 坏 %}{{ 数 }}{% endwith %}"], [MARK]),
        (["{% macro 写(项) %}[{{ 项.坏 }}]{% endmacro %}{{ 写({}) }}"], ["[【此处有误：没有“项.坏”】]"]),
        (["{% set 块 %}甲{{ 坏 }}{% endset %}{{ 块 }}"], [f"甲{MARK}"]),
        (["{% for 项 in 5 %}{% endfor %}"], ["【此处有误：要循环的不是一列值】"]),
        (["{{ '【甲】'|万元 }}"], ["【此处有误：“〔甲〕”不是金额，可写成 66万元、660,000.00元 或 660000】"]),
    ],
)
def test_each_kind_of_tag_has_its_mark(tmp_path: Path, paragraphs: list[str], printed: list[str]) -> None:
    result = rendered(made(tmp_path / "甲.docx", *paragraphs), {})
    assert texts(result.document) == printed
    assert result.findings and structural_problems(result.document) == []


def everything(document: Document) -> None:
    add_table(document, [["{%tr for 行 in 坏 %}", "", ""], ["{{ 行 }}"], ["{%tr endfor %}"], ["甲", "乙", "丙"]])
    add_table(document, [["{{ 坏|合并 }}", "乙"], ["{% cellbg 坏 %}甲", "{% colspan 坏 %}乙"]])
    add_table(document, [["甲", "{%tc if 坏 %}", "乙", "{%tc endif %}"]])
    document.core_properties.title = "题{{ 坏 }}"
    document.sections[0].header.paragraphs[0].text = "眉{{ 报告.坏 }}"
    document.sections[0].footer.paragraphs[0].text = "{%p if 坏 %}"
    document.sections[0].footer.add_paragraph("脚")
    document.sections[0].footer.add_paragraph("{%p endif %}")


def test_rows_cells_margins_and_properties_stay_whole(tmp_path: Path) -> None:
    result = rendered(made(tmp_path / "甲.docx", then=everything), GROUPS)
    tables = [str(one) for one in project(result.document).tables]
    assert tables == [
        f"| ⟷3 {MARK} |\n| 甲 | 乙 | 丙 |",
        f"| {MARK} | 乙 |\n| 甲 | 乙 |",
        f"| 甲 | {MARK} |",
    ]
    assert docx.Document(str(saved(tmp_path, result.document))).core_properties.title == f"题{MARK}"
    margins = dict(project(result.document).margins)
    assert [str(block) for blocks in margins.values() for block in blocks] == [
        f"[Normal] {MARK}",
        "[header] 眉【此处有误：没有“报告.坏”】",
    ]
    assert structural_problems(result.document) == []
    assert {one.where.part for one in result.findings} == {"正文", "页眉", "页脚", "文档属性"}


def saved(folder: Path, document: bytes) -> Path:
    path = folder / "写成.docx"
    path.write_bytes(document)
    return path


@pytest.mark.office
def test_a_marked_draft_passes_the_validator(tmp_path: Path) -> None:
    result = rendered(made(tmp_path / "甲.docx", "{{r 坏 }}", "{{p 坏 }}", then=everything), GROUPS)
    assert validation_errors(result.document) == []


def test_many_rounds_of_one_tag_are_told_in_short(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "{% for 项 in 各项 %}{{ 项.名 }}{% endfor %}")
    found = failures(path, {"各项": [{"名称": f"甲{number}"} for number in range(40)]})
    assert len(found) == 4
    assert "第3轮：“甲2”" in found[2].what
    assert found[3].what == "{{ 项.名 }} 还有 37 轮也有错误"


def test_what_is_not_safe_or_has_no_end_still_ends_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "WORK", 100_000)
    endless = "{% for 甲 in range(9999) %}{% for 乙 in range(9999) %}{% endfor %}{% endfor %}"
    for number, tag in enumerate(("{{ 报告|attr('_' ~ '_class_' ~ '_') }}", endless)):
        path = made(tmp_path / f"{number}.docx", "{{ 坏 }}", tag)
        with pytest.raises(ReportError) as caught:
            rendered(path, GROUPS)
        assert len(caught.value.findings) == 2
        assert [one.where.paragraph for one in caught.value.findings] == [1, 2]


def test_work_done_over_has_one_more_budget_and_no_third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def more(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = loop
        document.core_properties.title = loop

    loop = "{% for 甲 in range(800) %}{{ 甲 }}{% endfor %}{{ 坏 }}"
    path = made(tmp_path / "甲.docx", loop, then=more)
    assert len(rendered(path, {}).findings) == 3
    monkeypatch.setattr(bounds, "WORK", 30_000)
    with pytest.raises(ReportError, match="要做的步骤太多"):
        rendered(path, {})


def test_the_same_input_gives_the_same_marks_in_every_thread(tmp_path: Path) -> None:
    plan = compile_template(made(tmp_path / "甲.docx", "{{ 名.没有 }}{{ 名.值 }}", then=scores))
    alone = {number: render(plan, {**GROUPS, "名": {"值": number}}) for number in range(6)}
    wrong: list[int] = []

    def work(number: int) -> None:
        for _ in range(5):
            if render(plan, {**GROUPS, "名": {"值": number}}) != alone[number]:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in alone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A firm's own pack, with tags that fail, and the data of a sample beside it."""
    shutil.copytree(built_in_folder() / "kunming", tmp_path / "我所")
    shutil.copy(next(one for one in SAMPLES if one.stem == "kunming"), tmp_path / "项目.yaml")
    path = tmp_path / "我所" / "report.docx"
    document = docx.Document(str(path))
    for text in (
        "{{ 资金.到位|日期 }}",
        "{%p for 类 in 指标体系 %}",
        "{%p for 行 in 类.评分行 %}",
        "{{ 行.名称|百分比 if 行.名称 == '资金到位率' }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{% for 别名 in 项目.单位[0].别名 %}{{ 别名|万元 }}{% endfor %}",
        "{% for 行 in 资金.按单位 %}{{ 行.支出|日期 }}{% endfor %}",
        "{{ 问题[0].没有 }}",
    ):
        document.add_paragraph(text)
    document.save(str(path))
    return path.parent


def line(folder: Path, words: str, after: str = "") -> int:
    """The line of a text in the data file, the first behind another one."""
    lines = (folder / "项目.yaml").read_text(encoding="utf-8").split("\n")
    start = next(number for number, one in enumerate(lines) if after in one)
    return next(number + 1 for number, one in enumerate(lines) if number >= start and words in one)


def test_a_draft_is_written_with_the_data_places_told(pack: Path, command: Command) -> None:
    folder = pack.parent
    result = command("render", folder / "项目.yaml", "--style", pack, "--no-pages", "--json")
    assert result.code == 1
    found = [one for one in json.loads(result.out)["发现"] if one["代码"].startswith("T")]
    told = [one["说明"].replace(str(folder / "项目.yaml"), "项目") for one in found]
    assert f"资金.到位 在 项目:{line(folder, '到位:')}:" in told[0]
    rate = line(folder, "名称: 资金到位率", "指标体系:")
    assert "的第1轮：“投入”，其中循环“行 in 类.评分行”的第4轮：“资金到位率”" in told[1]
    assert f"行.名称 在 项目:{rate}:" in told[1]
    assert f"别名 在 项目:{line(folder, '别名:', '名称: 昆明市西山区永顺里')}:" in told[2]
    assert f"行.支出 在 项目:{line(folder, '- ', '按单位:')}:" in told[3]
    assert (
        told[-1]
        == f"{{{{ 问题[0].没有 }}}} 没有“问题[0].没有”；数据在 项目:{line(folder, '标题: 目标设定合理性不足')}:5"
    )
    assert all(one["位置"]["文件"].endswith("report.docx") for one in found)
    document = (folder / "项目.docx").read_bytes()
    assert texts(document).count("【此处有误：没有“问题[0].没有”】") == 1


def test_a_final_report_is_refused(pack: Path, command: Command) -> None:
    result = command("render", pack.parent / "项目.yaml", "--style", pack, "--no-pages", "--final")
    assert result.code == 1 and "正式稿没有生成" in result.err and "T203" in result.err
    assert not list(pack.parent.glob("*.docx"))
    final = command("check", pack.parent / "项目.yaml", "--style", pack, "--final")
    assert final.code == 1 and "{{ 资金.到位|日期 }}" in final.said


def test_a_comparison_that_cannot_be_is_told_at_its_own_tag(tmp_path: Path) -> None:
    def add(document: Document) -> None:
        add_table(document, [["表头"], ["{%tr if 名称 > 3 %}"], ["{{ 名称 }}"], ["{%tr endif %}"], ["尾行"]])

    path = made(tmp_path / "甲.docx", "{% if 名称 > 3 %}多{% endif %}", then=add)
    told = [str(one) for one in failures(path, {"名称": "社区"})]
    assert [one.partition("错误[T203] ")[2].partition(" 算")[0] for one in told] == [
        "{% if 名称 > 3 %}",
        "{%tr if 名称 > 3 %}",
    ]
    assert "第1段" in told[0] and "表第2行第1列" in told[1]
    rows = [[str(cell) for cell in row] for row in project(rendered(path, {"名称": "社区"}).document).tables[0].rows]
    assert rows[0] == ["表头"] and rows[-1] == ["尾行"] and any("此处有误" in row[0] for row in rows)


@pytest.mark.parametrize(
    ("tag", "value", "said"),
    [("colspan", "3列", "合并几列应是"), ("colspan", 0, "合并几列应是"), ("cellbg", "红色", "底色应是六位的颜色代码")],
)
def test_a_width_or_colour_that_word_does_not_know_is_told(tmp_path: Path, tag: str, value: object, said: str) -> None:
    path = made(
        tmp_path / "甲.docx", "正文", then=lambda document: add_table(document, [[f"{{% {tag} 值 %}}甲", "乙"]])
    )
    assert said in str(failures(path, {"值": value})[0])
    assert structural_problems(rendered(path, {"值": value}).document) == []


def test_tags_within_raw_stand_as_they_are(tmp_path: Path) -> None:
    path = made(tmp_path / "甲.docx", "写成{% raw %}{{ 名称 }}、{{ 得分 }}{% endraw %}，印出{{ 名称 }}")
    assert texts(rendered(path, {"名称": "社区"}).document)[0] == "写成{{ 名称 }}、{{ 得分 }}，印出社区"
