"""A preview shows all of a template: every branch, every loop, marks for what is not there, and never stops."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from generator import cli, pagination
from generator.findings import ReportError
from generator.preview import Preview, preview
from generator.style import find_style, style_folders

from .validator import validation_errors
from .wordfiles import add_table, made, opened, texts

DOCUMENTS = [(name, document) for name, _ in style_folders() for document in find_style(name).file.documents or {}]


def shown(tmp_path: Path, *paragraphs: str, rows: list[list[str]] | None = None) -> Preview:
    """The preview of a template with these paragraphs and, if any, a table."""
    path = made(tmp_path / "模板.docx", *paragraphs, then=lambda one: add_table(one, rows) if rows else None)
    return preview(path, find_style("national"), pages=False)


def test_the_branches_of_a_sentence_come_one_after_another(tmp_path: Path) -> None:
    found = shown(tmp_path, "资金{% if 资金.足额到位 %}足额{% elif 资金.结余 %}部分{% else %}没有{% endif %}到位。")
    assert texts(found.document) == ["资金足额部分没有到位。"]
    assert found.findings == ()


def test_branches_of_paragraphs_and_of_rows(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        "{%p if 项目.单位 %}",
        "有单位",
        "{%p else %}",
        "没有单位",
        "{%p endif %}",
        rows=[["{%tr if 问题 %}"], ["有"], ["{%tr else %}"], ["没有"], ["{%tr endif %}"]],
    )
    assert texts(found.document) == ["有单位", "没有单位"]
    assert [cell.text for row in opened(found.document).tables[0].rows for cell in row.cells] == ["有", "没有"]


def test_both_parts_of_a_loop_are_printed(tmp_path: Path) -> None:
    found = shown(tmp_path, "{% for 人 in 评价组 %}{{ 人.姓名 }}；{% else %}没有评价组{% endfor %}")
    assert texts(found.document) == ["李某；王某；赵某；没有评价组"]


def test_a_loop_without_items_has_one_round_of_marks(tmp_path: Path) -> None:
    found = shown(tmp_path, "{% for 行 in 评价结果.待评 %}{{ 行.名称 }}缺{{ 行.待评原因 }}。{% endfor %}")
    assert texts(found.document) == ["【待补充：行】缺【待补充：行】。"]
    assert found.findings == ()


def test_a_loop_that_has_rounds_elsewhere_gets_none(tmp_path: Path) -> None:
    source = "{% for 行 in 评价结果.评分行 %}[{% for 因 in 行.扣分原因 %}有{% endfor %}]{% endfor %}"
    assert set(texts(shown(tmp_path, source).document)[0].split("]")) == {"[", "[有", "[有有", ""}


def test_a_condition_on_items_lets_one_pass(tmp_path: Path) -> None:
    source = '{% for 人 in 评价组 if 人.角色 == "顾问" %}{{ 人.姓名 }}{% else %}没有顾问{% endfor %}'
    assert texts(shown(tmp_path, source).document) == ["李某没有顾问"]
    met = '{% for 人 in 评价组 if 人.角色 == "组员" %}{{ 人.姓名 }}{% endfor %}'
    assert texts(shown(tmp_path, met).document) == ["赵某"]


def test_branches_show_once_and_conditions_hold_in_later_rounds(tmp_path: Path) -> None:
    source = '{% for 人 in 评价组 %}{% if 人.姓名 == "王某" %}甲{% else %}乙{% endif %}{% endfor %}'
    assert texts(shown(tmp_path, source).document) == ["甲乙甲乙"]


def test_what_asks_for_the_round_is_left_to_the_loop(tmp_path: Path) -> None:
    source = "{% for 人 in 评价组 %}{{ 人.姓名 }}{% if not loop.last %}、{% endif %}{% endfor %}"
    assert texts(shown(tmp_path, source).document) == ["李某、王某、赵某"]


def test_a_name_that_is_not_there_prints_its_mark_and_is_told(tmp_path: Path) -> None:
    found = shown(tmp_path, "第一段", "结余{{ 资金.节余 }}，{{ 没有.这个 }}。")
    assert texts(found.document)[1] == "结余【待补充：节余】，【待补充：没有】。"
    assert [(one.code, one.where.paragraph, one.quoted) for one in found.findings] == [
        ("T201", 2, "{{ 资金.节余 }}"),
        ("T201", 2, "{{ 没有.这个 }}"),
    ]


def test_what_the_data_may_lack_is_no_finding(tmp_path: Path) -> None:
    found = shown(tmp_path, "{{ 项目.单位[7].名称 }}{{ 正文.没有这一节 }}")
    assert texts(found.document) == ["【待补充：第8项】【待补充：没有这一节】"]
    assert found.findings == ()


def test_a_tag_that_cannot_be_worked_out_is_marked_where_it_stands(tmp_path: Path) -> None:
    found = shown(tmp_path, "前{{ 项目.名称|万元 }}后", "{{r 资金.预算 / 报告.标题 }}", "{{ 问题 }}")
    first, second, third = texts(found.document)
    assert first.startswith("前【此处有误：") and first.endswith("】后")
    assert second.startswith("【此处有误：") and third.startswith("【此处有误：这里要印的是一组值")
    assert [one.code for one in found.findings] == ["T203", "T203", "T203"]


def test_a_list_that_a_branch_prints_when_it_is_empty_is_its_mark(tmp_path: Path) -> None:
    found = shown(tmp_path, "{% for 问 in 问题 %}{{ 问.标题 }}；{% else %}{{ 问题 }}{% endfor %}")
    assert texts(found.document)[0].endswith("；【待补充：问题】")
    assert found.findings == ()


def test_a_macro_that_calls_itself_keeps_its_condition(tmp_path: Path) -> None:
    inner = "{% if 行.下级 %}（{% for 下 in 行.下级 %}{{ 树(下) }}{% endfor %}）{% endif %}"
    macro = "{% macro 树(行) %}{{ 行.名称 }}" + inner + "{% endmacro %}"
    found = shown(tmp_path, macro + "{{ 树(指标体系[0]) }}")
    assert texts(found.document)[0].startswith("决策（项目立项（立项依据充分性立项程序规范性）")


def test_merged_cells_are_as_in_a_report(tmp_path: Path) -> None:
    rows = [
        ["{%tr for 行 in 评价结果.评分行 %}", ""],
        ["{{ 行.一级.名称|合并 }}", "{{ 行.名称 }}"],
        ["{%tr endfor %}", ""],
    ]
    document = shown(tmp_path, rows=rows).document
    first = [row.cells[0].text for row in opened(document).tables[0].rows]
    assert first[:5] == ["决策"] * 4 + ["过程"]
    merges = opened(document).tables[0]._tbl.xpath(".//w:vMerge/@w:val")
    assert set(merges) == {"restart", "continue"} and merges.count("restart") == 4


def test_a_value_in_an_attribute_does_no_harm(tmp_path: Path) -> None:
    rows = [["{% colspan 没有这个 %}甲", "乙"], ["{% cellbg 没有这个 %}丙", "丁"]]
    found = shown(tmp_path, rows=rows)
    assert [one.code for one in found.findings] == ["T201", "T201"]
    assert opened(found.document).tables


def test_what_does_not_compile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as refused:
        shown(tmp_path, "{% if 资金.预算 %}有")
    assert [one.code for one in refused.value.findings] == ["T111"]


@pytest.mark.parametrize(("style", "document"), DOCUMENTS)
def test_every_built_in_document_shows_without_a_finding(style: str, document: str) -> None:
    pack = find_style(style)
    found = preview(pack.template(document), pack, pages=False)
    assert found.findings == ()
    whole = "".join(text.text or "" for text in opened(found.document).element.iter(docx.oxml.ns.qn("w:t")))
    assert "社区图书室开放补助项目" in whole and "此处有误" not in whole
    assert preview(pack.template(document), pack, pages=False).document == found.document


@pytest.mark.office
@pytest.mark.parametrize(("style", "document"), DOCUMENTS)
def test_the_validator_finds_nothing_in_a_preview(style: str, document: str) -> None:
    pack = find_style(style)
    assert validation_errors(preview(pack.template(document), pack, pages=False).document) == []


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code of `jixiao template preview` and what it prints."""
    code = cli.run(["template", "preview", *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_command_previews_a_pack_and_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pagination, "office", lambda: None)
    assert ran(capsys, "suzhou") == (0, "已写入 suzhou-预览.docx\n")
    assert ran(capsys, "suzhou") == (0, "已写入 suzhou-预览.docx\n")  # a preview is written again and again
    assert ran(capsys, "national", "--all")[1] == ("已写入 national-报告-预览.docx\n已写入 national-自评表-预览.docx\n")
    assert ran(capsys, "national", "--document", "自评表", "-o", "表.docx") == (0, "已写入 表.docx\n")
    assert ran(capsys, "national", "--document", "自评表", "-o", "表.docx")[0] == 2
    made(tmp_path / "通知.docx", "{{ 项目.名称 }}，{{ 项目.名字 }}")
    code, said = ran(capsys, "通知.docx")
    assert code == 1 and "已写入 通知-预览.docx" in said and "{{ 项目.名字 }}" in said
    assert ran(capsys, "通知.docx", "--all")[0] == 2
    assert ran(capsys, "suzhou", "--style", "national")[0] == 2
    assert ran(capsys, "suzhou", "--pdf")[0] == 2
    assert ran(capsys, "没有这个")[0] == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "national-报告-预览.docx",
        "national-自评表-预览.docx",
        "suzhou-预览.docx",
        "表.docx",
        "通知-预览.docx",
        "通知.docx",
    ]


def test_a_template_in_a_pack_is_shown_in_the_packs_forms(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "我所"
    folder.mkdir()
    (folder / "style.yaml").write_text(
        "名称: 我所\n文档: {报告: 报告.docx}\n等级: [{名称: 合格, 下限: 0}]\n格式: {金额: {单位: 元, 小数: 2}}\n",
        encoding="utf-8",
    )
    made(folder / "报告.docx", "{{ 资金.预算 }}")
    assert ran(capsys, "我所/报告.docx")[0] == 0
    assert [one.text for one in docx.Document("报告-预览.docx").paragraphs] == ["3,000,000.00元"]
    assert ran(capsys, "我所") == (0, "已写入 我所-预览.docx\n")
