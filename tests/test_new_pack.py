"""A pack of one's own: copied whole, found by its name, listed with its origin, rendered document by document."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx import Document

from generator.document import project
from generator.filenames import unfit
from generator.findings import ReportError, errors
from generator.new_pack import GUIDE, new_pack, write_pack
from generator.pipeline import judge, make
from generator.sources import read_tree
from generator.style import (
    built_in_folder,
    find_style,
    read_style,
    settings_folders,
    style_folders,
    style_homes,
    tree_of,
)

from .conftest import Command, Write
from .golden import ROOT

BUILT_IN = sorted(name for name, folder in style_folders() if folder.parent == built_in_folder())
SMALL = "金额单位: 元\n报告: {样式: kunming, 标题: 路灯项目, 委托方: 甲局}\n项目: {名称: 路灯项目, 实施单位: 乙局}\n"
PACK = "名称: 甲\n文档: {报告: 报告.docx}\n"


def blank(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_of(document: Path | bytes) -> str:
    return "".join(paragraph.text for paragraph in project(document).paragraphs)


def pack(folder: Path, style: str = PACK, **documents: bytes) -> Path:
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text(style, encoding="utf-8")
    for name, content in (documents or {"报告": blank("{{ 报告.标题 }}")}).items():
        (folder / f"{name}.docx").write_bytes(content)
    return folder


# template new


@pytest.mark.parametrize("source", BUILT_IN)
def test_a_copy_says_what_its_source_says_and_stands_by_itself(source: str, tmp_path: Path) -> None:
    before = find_style(source)
    write_pack(tmp_path / "我所模板", new_pack("我所模板", before))
    after = read_style(tmp_path / "我所模板")
    own = {"name", "about", "version", "base", "documents"}
    assert [one for one in after.file if one[0] not in own] == [one for one in before.file if one[0] not in own]
    assert (after.id, after.file.name, after.file.version, after.file.base) == ("我所模板", "我所模板", "1.0", None)
    assert list(after.file.documents or {}) == list(before.file.documents or {})
    for document in after.file.documents or {}:
        assert after.template(document).parent == tmp_path / "我所模板"
        assert after.template(document).read_bytes() == before.template(document).read_bytes()
    files = {path.name for path in (tmp_path / "我所模板").iterdir()}
    assert files == {"style.yaml", GUIDE, *(after.file.documents or {}).values()}


def test_the_comments_of_style_yaml_are_kept(tmp_path: Path) -> None:
    text = new_pack("我所模板", find_style("kunming"))["style.yaml"].decode("utf-8")
    old = (find_style("kunming").folder / "style.yaml").read_text("utf-8")
    lost = [line for line in old.splitlines() if line.startswith("#") and line not in text.splitlines()]
    assert not lost and "# 由样式 kunming" in text.splitlines()[0]


def test_what_a_pack_follows_is_copied_too_with_its_documents(tmp_path: Path) -> None:
    pack(
        tmp_path / "底",
        "名称: 底\n措辞: {甲: 一, 乙: 二}\n文档: {报告: 报告.docx, 表: 表.docx}\n",
        报告=blank("底"),
        表=blank("底表"),
    )
    own = pack(tmp_path / "上", "名称: 上\n沿用: 底\n措辞: {乙: 三}\n文档: {函: 报告.docx}\n", 报告=blank("函"))
    write_pack(tmp_path / "新", new_pack("新", read_style(own)))
    copy = read_style(tmp_path / "新")
    assert copy.file.wording == {"甲": "一", "乙": "三"} and copy.file.base is None
    printed = {name: text_of(copy.template(name)) for name in copy.file.documents or {}}
    assert printed == {"报告": "底", "表": "底表", "函": "函"}
    assert read_tree(tmp_path / "新" / "style.yaml").data["文档"] == {
        "报告": "报告.docx",
        "表": "表.docx",
        "函": "函.docx",
    }


@pytest.mark.parametrize(
    "style",
    [
        "{名称: 甲, 文档: {报告: 报告.docx}, 措辞: {甲: 乙}}",
        "名称: 甲\n说明: |\n  一行\n\n  名称: 二行\n文档: # 注\n# 顶格的注\n  报告: 报告.docx\n措辞: {甲: 乙}",
        '"名称": 甲\n文档: {报告: 报告.docx}\n措辞: {甲: 乙}\n',
        "文档: {报告: 报告.docx}\r\n措辞: {甲: 乙}\r\n名称:\r\n  甲\r\n",
        "\ufeff措辞: {甲: 乙}\n名称: 甲\n文档:\n  报告: 报告.docx\n",
    ],
)
def test_however_style_yaml_is_written_the_copy_says_the_same(style: str, tmp_path: Path) -> None:
    source = read_style(pack(tmp_path / "原", style))
    write_pack(tmp_path / "新", new_pack("新", source))
    said, before = tree_of(tmp_path / "新").data, tree_of(source.folder).data
    assert said == {**before, "名称": "新", "说明": "新（由样式 原 复制）", "版本": "1.0"}


@pytest.mark.parametrize(
    "name", ["con", "LPT1.x", "a/b", "a\\b", "..", ".x", "甲.", " 甲", "", "甲:乙", "长" * 99, "a\tb", "-x", "*"]
)
def test_a_name_that_no_folder_can_have_everywhere_is_refused(name: str, command: Command, tmp_path: Path) -> None:
    assert unfit(name)
    done = command("template", "new", "--from", "kunming", "-o", tmp_path, "--", name)
    assert done.code == 2 and "名" in done.err and not list(tmp_path.iterdir())


def test_a_name_that_is_taken_and_a_folder_that_is_there_are_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("kunming", "KunMing"):
        done = command("template", "new", name, "--from", "national")
        assert done.code == 2 and "已有叫“kunming”的样式（内置）" in done.err
    (tmp_path / "在").mkdir()
    (tmp_path / "文件").write_text("甲", encoding="utf-8")
    for name in ("在", "文件"):
        done = command("template", "new", name, "--from", "kunming")
        assert done.code == 2 and "没有动它" in done.err
    assert command("template", "new", "新", "--from", "kunming", "-o", "没有").code == 2
    assert command("template", "new", "新", "--from", "没有").code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["在", "文件"] and not list((tmp_path / "在").iterdir())


def test_nothing_is_left_where_the_folder_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReportError, match="磁盘满了"):
        write_pack(tmp_path / "新", {"甲": b""})
    assert not list(tmp_path.iterdir())


def test_a_copied_pack_renders_what_its_source_renders(command: Command, write: Write, tmp_path: Path) -> None:
    data = write(SMALL)
    assert command("template", "new", "我所模板", "--from", "kunming", "-o", tmp_path).code == 0
    assert command("template", "new", "再抄", "--from", tmp_path / "我所模板", "-o", tmp_path, "--json").code == 0
    copies = [make(judge(data, style), pages=False).document for style in ("kunming", str(tmp_path / "再抄"))]
    assert project(copies[0]) == project(copies[1])


def test_a_final_report_is_refused_for_what_its_template_would_print(command: Command, tmp_path: Path) -> None:
    command("template", "new", "本所", "--from", "kunming", "-o", tmp_path)
    template = tmp_path / "本所" / "report.docx"
    document = docx.Document(str(template))
    document.paragraphs[0].insert_paragraph_before("｛｛ 项目.名称 ｝｝")
    document.save(str(template))
    report = tmp_path / "报告.docx"
    told = (str(ROOT / "samples" / "kunming.yaml"), "--style", str(tmp_path / "本所"), "-o", str(report), "--no-pages")
    outcome = command("render", *told, "--final")
    assert outcome.code == 1 and "T141" in outcome.said and not report.exists()
    assert command("render", *told).code == 0


def test_an_attachment_that_no_template_prints_is_told(command: Command, tmp_path: Path) -> None:
    command("template", "new", "本所", "--from", "kunming", "-o", tmp_path)
    style = tmp_path / "本所" / "style.yaml"
    said = style.read_text(encoding="utf-8")
    style.write_text(said.replace("内容: 指标体系及评分表}", "内容: 指标体系评分表}"), encoding="utf-8")
    outcome = command("template", "lint", tmp_path / "本所")
    assert outcome.code == 1 and "T167" in outcome.said, outcome.said


# Where packs are found


def test_packs_are_found_by_variable_settings_and_program_in_this_order(
    tmp_path: Path, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, ours = pack(tmp_path / "我" / "甲"), pack(tmp_path / "所" / "甲")
    alone = pack(tmp_path / "单" / "乙")
    settings.write_text(f"样式文件夹:\n  - {tmp_path / '所'}\n  - {alone}\n", encoding="utf-8")
    assert find_style("甲").folder == ours and find_style("乙").folder == alone
    monkeypatch.setenv("JIXIAO_STYLES", str(tmp_path / "我"))
    assert find_style("甲").folder == mine
    homes = {(home.name, home.origin): home.behind for home in style_homes()}
    assert homes["甲", "环境变量"] is None and homes["甲", "设置文件"] == mine and homes["kunming", "内置"] is None


def test_styles_say_where_they_are_from_and_what_is_wrong(
    command: Command, tmp_path: Path, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(tmp_path / "包" / "好")
    pack(tmp_path / "包" / "缺", "名称: 缺\n文档: {报告: 没有.docx}\n")
    pack(tmp_path / "包" / "坏", "名称: 坏\n没有的键: 1\n")
    pack(tmp_path / "包" / "kunming")
    settings.write_text(f"样式文件夹: [{tmp_path / '包'}, {tmp_path / '网络盘'}]\n", encoding="utf-8")
    done = command("styles")
    assert done.code == 1 and "好　甲\n    文档：报告\n    设置文件：" in done.out
    assert "错误[D001] 不认识的键“没有的键”" in done.out and "没有模板文件“没有.docx”" in done.out
    assert "没有用上：先找到了同名的" in done.out and "网络盘: 警告[E000] 设置文件里写的样式文件夹打不开" in done.out
    told = {(one.get("样式"), one.get("来源")): one for one in json.loads(command("styles", "--json").out)}
    assert {one["代码"] for one in told["坏", "设置文件"]["错误"]} == {"D001", "D002"}
    assert told["好", "设置文件"]["文档"] == ["报告"] and "错误" not in told["好", "设置文件"]
    assert told["kunming", "内置"]["同名的先用"] == str(tmp_path / "包" / "kunming")
    assert "网络盘" in told[None, None]["错误"][0]["位置"]["文件"]
    with pytest.raises(ReportError, match="网络盘"):
        find_style("网络盘上的")


def test_a_broken_pack_of_ones_own_does_not_stop_the_others(command: Command, write: Write, tmp_path: Path) -> None:
    pack(tmp_path / "包" / "坏", "名称: 坏\n没有的键: 1\n")
    command("styles", "--add", tmp_path / "包")
    assert command("render", write(SMALL + "正文: {没有的节: 甲}\n"), "--no-pages").code == 0


def test_a_folder_is_remembered_and_forgotten(command: Command, tmp_path: Path, settings: Path) -> None:
    folder = tmp_path / "模板 库"
    pack(folder / "甲")
    assert command("styles", "--add", tmp_path / "没有").code == 2 and not settings.exists()
    done = command("styles", "--add", folder)
    assert done.code == 0 and "里面有 1 个样式：甲" in done.out and settings_folders() == [folder]
    assert "早已记住" in command("styles", "--add", folder).out and settings_folders() == [folder]
    assert find_style("甲").folder == folder / "甲"
    assert json.loads(command("styles", "--add", tmp_path, "--json").out)["样式文件夹"] == [str(folder), str(tmp_path)]
    assert command("styles", "--add", folder, "--remove", folder).code == 2
    assert command("styles", "--remove", folder).code == 0 and settings_folders() == [tmp_path]
    assert command("styles", "--remove", folder).code == 2
    assert command("styles", "--remove", tmp_path).code == 0 and settings_folders() == []
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("text", "code"),
    [("样式文件夹: [模板]\n", "D004"), ("样式文件夹：甲\n", "Y005"), ("样式: [甲]\n", "D001"), ("", "Y001")],
)
def test_a_settings_file_that_is_wrong_says_where_and_is_not_written_over(
    text: str, code: str, command: Command, settings: Path, tmp_path: Path
) -> None:
    settings.write_text(text, encoding="utf-8")
    told = json.loads(command("styles", "--json").out)["错误"]
    assert [one["代码"] for one in told] == [code] and told[0]["位置"]["文件"] == str(settings)
    assert command("styles", "--add", tmp_path).code == 2 and settings.read_text("utf-8") == text


@pytest.mark.parametrize(("name", "what"), [("自评表/正式", "不能有“/”"), ("全部", "另有用处"), ("con", "Windows")])
def test_a_document_is_named_as_a_file_can_be(name: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=what):
        read_style(pack(tmp_path / "甲", f"名称: 甲\n文档: {{{name}: 报告.docx}}\n"))
    with pytest.raises(ReportError, match="同名"):
        read_style(pack(tmp_path / "乙", "名称: 甲\n文档: {A: 报告.docx, a: 报告.docx}\n"))


def test_a_template_that_is_a_link_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    folder = pack(tmp_path / "甲")
    (folder / "报告.docx").rename(tmp_path / "别处.docx")
    try:
        (folder / "报告.docx").symlink_to(tmp_path / "别处.docx")
    except OSError:
        (folder / "报告.docx").write_bytes(b"")  # no links on this machine: nothing to refuse
        return
    with pytest.raises(ReportError, match="没有模板文件"):
        read_style(folder).template()


# render --all

BOTH = (
    "名称: 甲\n文档: {报告: 报告.docx, 反馈表: 表.docx}\n提纲: [{标题: 概况, 键: 正文.概况}, {标题: 表, 键: 正文.表}]\n"
)


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A pack of two documents, each of which prints one text."""
    return pack(tmp_path / "甲", BOTH, 报告=blank("{{ 正文.概况 }}"), 表=blank("{{ 正文.表 }}{{ 报告.委托方 }}"))


def test_every_document_is_made_in_one_go_with_the_findings_once(both: Path, write: Write, command: Command) -> None:
    data = write("金额单位: 元\n报告: {样式: 甲}\n正文: {概况: 甲乙。, 表: 丙丁。}\n")
    done = command("render", data, "--all", "--no-pages")
    files = {path.name for path in data.parent.iterdir() if path.is_file()} - {data.name}
    beside = {"项目-全部.核查.md", "项目-全部.核查.json", "项目-全部.清单.json"}
    assert done.code == 0 and files == {"项目-报告.docx", "项目-反馈表.docx", *beside}
    assert text_of(data.with_name("项目-报告.docx")) == "甲乙。"
    found = json.loads(data.with_name("项目-全部.核查.json").read_text("utf-8"))["发现"]
    assert [one["代码"] for one in found] == ["M001"]  # 委托方, asked for by one document; both texts are printed
    told = json.loads(command("render", data, "--all", "--no-pages", "--json").out)
    assert list(told["文档"]) == ["报告", "反馈表"] and len(told["文件"]) == 5


def test_all_or_none_is_written(both: Path, write: Write, command: Command) -> None:
    data = write("金额单位: 元\n报告: {样式: 甲}\n正文: {概况: 甲乙。}\n")
    assert command("render", data, "--all", "--final").code == 1
    assert [path.name for path in data.parent.iterdir() if path.is_file()] == [data.name]
    assert command("render", data, "--all", "--document", "报告").code == 2
    data.with_name("项目-反馈表.docx").write_bytes(b"mine")
    assert command("render", data, "--all", "--no-pages").code == 2
    assert not data.with_name("项目-报告.docx").exists()
    assert command("render", data, "--all", "--no-pages", "--force").code == 0


def test_what_one_way_of_rendering_wrote_the_other_may_replace(both: Path, write: Write, command: Command) -> None:
    data = write("金额单位: 元\n报告: {样式: 甲}\n正文: {概况: 一。, 表: 一。}\n")
    for number, words in enumerate((["--all"], ["--document", "反馈表"], ["--all"], ["--document", "反馈表"])):
        data.write_text(f"金额单位: 元\n报告: {{样式: 甲}}\n正文: {{表: 第{number}次。}}\n", encoding="utf-8")
        assert command("render", data, "--no-pages", *words).code == 0, words
    data.with_name("项目-反馈表.docx").write_bytes(b"edited")
    for words in (["--all"], ["--document", "反馈表"]):
        assert command("render", data, "--no-pages", *words).code == 2


def test_another_name_is_the_stem_of_all(both: Path, write: Write, command: Command) -> None:
    data = write("金额单位: 元\n报告: {样式: 甲}\n")
    assert command("render", data, "--all", "--no-pages", "-o", data.with_name("初稿.docx")).code == 0
    assert data.with_name("初稿-反馈表.docx").is_file() and data.with_name("初稿-全部.核查.md").is_file()


def test_the_opinion_forms_are_a_document_of_their_own(write: Write) -> None:
    opinions = "意见:\n  - {意见: 第三部分的金额有误。, 提出单位: 甲局, 部分: 第三部分}\n"
    judged = judge(write(SMALL + opinions))
    printed = str(project(make(judged, "意见反馈表", pages=False).document))
    client, body = printed.split("绩效评价报告意见反馈表")[1:3]
    assert "甲局：" in client and "第三部分的金额有误。" in client and "☑ 有意见" in client
    assert "乙局：" in body and "☑" not in body


@pytest.mark.parametrize("way", ["甲", "./甲", "甲/"])
def test_a_document_that_the_data_names_must_be_there_however_it_names_the_style(
    way: str, both: Path, write: Write
) -> None:
    data = write(f"金额单位: 元\n报告: {{样式: {way}, 文档: 反馈表}}\n正文: {{表: 丙丁。}}\n")
    assert text_of(make(judge(data), pages=False).document).startswith("丙丁。")
    data.write_text(data.read_text("utf-8").replace("文档: 反馈表", "文档: 没有"), encoding="utf-8")
    with pytest.raises(ReportError, match="没有文档“没有”"):
        make(judge(data), pages=False)


# 自定义

OWN = "名称: 甲\n文档: {报告: 报告.docx}\n自定义: {所长: 封面上的所长, 复核人: 质量复核人}\n"


def test_a_style_asks_for_values_of_its_own(write: Write, tmp_path: Path, command: Command) -> None:
    pack(
        tmp_path / "甲",
        OWN,
        报告=blank("所长：{{ 自定义.所长 }}；{{ 自定义.复核人 }}{% if 自定义.复核人 %}有{% endif %}"),
    )
    data = write("金额单位: 元\n报告: {样式: 甲}\n自定义: {所长: 张三}\n")
    made = make(judge(data), pages=False)
    assert text_of(made.document) == "所长：张三；【待补充：复核人】"
    assert [(one.code, one.quoted) for one in made.findings] == [("M001", "【待补充：复核人】")]
    text = command("new", tmp_path / "甲", "-o", tmp_path / "新.yaml")
    lines = (tmp_path / "新.yaml").read_text("utf-8").splitlines()
    start = lines.index("自定义:")
    assert text.code == 0 and [line.split() for line in lines[start + 1 : start + 3]] == [
        ["所长:", "#", "封面上的所长"],
        ["复核人:", "#", "质量复核人"],
    ]


def test_a_name_that_the_style_does_not_ask_for_is_told(write: Write, tmp_path: Path) -> None:
    pack(tmp_path / "甲", OWN, 报告=blank("{{ 自定义.所长 }}{{ 正文.概况 }}"))
    data = write(
        "金额单位: 元\n报告: {样式: 甲}\n自定义: {所長: 张三, 所长: 李四, 电话: 123}\n"
        "正文:\n  概况: 电话{{ 自定义.电话 }}。\n"
    )
    found = [one for one in make(judge(data), pages=False).findings if one.code == "C012"]
    assert [one.where.line for one in found] == [3] and "是不是“所长”？" in found[0].what


def test_a_template_may_not_ask_for_what_nobody_declared(write: Write, tmp_path: Path) -> None:
    pack(tmp_path / "甲", OWN, 报告=blank("{{ 自定义.所张 }}"))
    made = make(judge(write("金额单位: 元\n报告: {样式: 甲}\n")), pages=False)
    (wrong,) = errors(made.findings)
    assert wrong.code == "T201" and "自定义.所张" in str(wrong)


def test_own_values_come_through_a_workbook(write: Write, tmp_path: Path, command: Command) -> None:
    pack(tmp_path / "甲", OWN, 报告=blank("{{ 自定义.所长 }}"))
    data = write("金额单位: 元\n\n报告:\n  样式: 甲\n\n自定义:\n  所长: 张三\n")
    assert command("convert", data, tmp_path / "乙.xlsx").code == 0
    assert command("convert", tmp_path / "乙.xlsx", tmp_path / "丙.yaml").code == 0
    assert read_tree(tmp_path / "丙.yaml").data == read_tree(data).data
    assert command("new", tmp_path / "甲", "-o", tmp_path / "新.xlsx").code == 0
    made = command("new", tmp_path / "甲", "--from", data, "-o", tmp_path / "明年.yaml")
    assert made.code == 0 and read_tree(tmp_path / "明年.yaml").data["自定义"] == {"所长": "张三", "复核人": None}
