"""The built-in Word templates: rebuilt from build.py they are what the packs hold, and Word finds them sound."""

from __future__ import annotations

import io
import re
import runpy
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.pipeline import judge, make
from generator.style import Style, built_in_folder, read_style

PACKS = sorted(path.parent for path in built_in_folder().glob("*/build.py"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BLOCK, WIDE = 8844, 12756  # the text block in twips, upright and landscape
CHINESE = re.compile(r"[\u4e00-\u9fff]")

pack = pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def built(folder: Path) -> bytes:
    """What the pack's build.py makes, without writing it."""
    draft: Any = runpy.run_path(str(folder / "build.py"))["r"]
    return bytes(draft.bytes())


def part(folder: Path, name: str) -> Any:
    return etree.fromstring(members((folder / "report.docx").read_bytes())[name])


def value(element: Any, path: str) -> str | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


def style(folder: Path, name: str) -> Any:
    styles = part(folder, "word/styles.xml").findall(W + "style")
    return next(one for one in styles if value(one, "name") == name)


def east_asian_font(folder: Path, name: str) -> str | None:
    """The Chinese font of a style, its own or inherited from another style or the document's defaults."""
    root = part(folder, "word/styles.xml")
    by_id = {one.get(W + "styleId"): one for one in root.findall(W + "style")}
    step = style(folder, name)
    while step is not None:
        fonts = step.find(f"{W}rPr/{W}rFonts")
        if fonts is not None and fonts.get(W + "eastAsia"):
            return str(fonts.get(W + "eastAsia"))
        step = by_id.get(value(step, "basedOn"))
    return str(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts").get(W + "eastAsia"))


def sections(folder: Path) -> list[Any]:
    return list(part(folder, "word/document.xml").iter(W + "sectPr"))


@pack
def test_rebuilding_makes_the_template_that_the_pack_holds(folder: Path) -> None:
    assert members(built(folder)) == members((folder / "report.docx").read_bytes())


@pack
def test_the_same_calls_give_the_same_bytes(folder: Path) -> None:
    assert built(folder) == built(folder)


@pack
def test_nothing_is_left_of_the_document_it_was_made_from(folder: Path) -> None:
    inside = members((folder / "report.docx").read_bytes())
    assert not [name for name in inside if re.search("theme|customXml|thumbnail|stylesWithEffects", name)]
    assert b"Theme" not in inside["word/styles.xml"]
    assert b"python" not in inside["docProps/core.xml"] + inside["docProps/app.xml"]
    settings = part(folder, "word/settings.xml")
    assert settings.find(W + "evenAndOddHeaders") is not None
    assert settings.find(W + "updateFields") is None
    modes = [one.get(W + "val") for one in settings.iter(W + "compatSetting") if "Mode" in one.get(W + "name")]
    assert modes == ["15"]


@pack
def test_headings_are_linked_to_one_multilevel_list_and_back(folder: Path) -> None:
    numbering = part(folder, "word/numbering.xml")
    lists = {one.get(W + "numId"): value(one, "abstractNumId") for one in numbering.findall(W + "num")}
    levels = {
        (one.get(W + "abstractNumId"), level.get(W + "ilvl")): level
        for one in numbering.findall(W + "abstractNum")
        for level in one.findall(W + "lvl")
    }

    def looks(names: list[str]) -> list[tuple[str | None, ...]]:
        found, used = [], set()
        for depth, name in enumerate(names):
            this = style(folder, name)
            identity = value(this, "pPr/numPr/numId")
            used.add(identity)
            level = levels[lists[identity], str(depth)]
            assert value(level, "pStyle") == this.get(W + "styleId")
            assert value(this, "pPr/numPr/ilvl") == value(this, "pPr/outlineLvl") == str(depth)
            found.append((value(level, "numFmt"), value(level, "lvlText"), value(level, "suff")))
        assert len(used) == 1
        return found

    chinese = "chineseCountingThousand"
    body = [
        (chinese, "%1、", "nothing"),
        (chinese, "（%2）", "nothing"),
        ("decimal", "%3.", "nothing"),
        ("decimal", "（%4）", "nothing"),
    ]
    assert looks([f"heading {n}" for n in (1, 2, 3, 4)]) == body
    assert looks(["摘要标题1", "摘要标题2"]) == body[:2]
    assert value(style(folder, "摘要标题1"), "pPr/numPr/numId") != value(style(folder, "heading 1"), "pPr/numPr/numId")


@pack
@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("Title", "方正小标宋简体"),
        ("heading 1", "黑体"),
        ("heading 2", "楷体_GB2312"),
        ("heading 3", "仿宋_GB2312"),
        ("heading 4", "仿宋_GB2312"),
        ("报告正文", "仿宋_GB2312"),
        ("附件标识", "黑体"),
        ("页码奇数页", "宋体"),
    ],
)
def test_each_level_names_its_font(folder: Path, name: str, font: str) -> None:
    assert east_asian_font(folder, name) == font


@pack
def test_every_run_of_text_takes_the_chinese_font_for_quotes(folder: Path) -> None:
    document = part(folder, "word/document.xml")
    for run in document.iter(W + "r"):
        text = "".join(one.text or "" for one in run.findall(W + "t"))
        tag = value(run.getparent(), "pPr/pStyle") == "Tag"
        if CHINESE.search(text) and not tag:
            assert run.find(f"{W}rPr/{W}rFonts").get(W + "hint") == "eastAsia", text


@pack
def test_pages_are_those_of_the_standard(folder: Path) -> None:
    assert len(sections(folder)) >= 4
    for section in sections(folder):
        size, margins, grid = (section.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
        wide = size.get(W + "orient") == "landscape"
        across = int(size.get(W + "w")) - int(margins.get(W + "left")) - int(margins.get(W + "right"))
        down = int(size.get(W + "h")) - int(margins.get(W + "top")) - int(margins.get(W + "bottom"))
        assert (across, down) == ((WIDE, BLOCK) if wide else (BLOCK, WIDE))
        assert grid.get(W + "linePitch") == "579"
        assert down // 579 == (15 if wide else 22)


@pack
def test_cover_and_contents_have_no_number_and_the_count_begins_after_them(folder: Path) -> None:
    relations = {one.get("Id"): one.get("Target") for one in part(folder, "word/_rels/document.xml.rels")}

    def footers(section: Any) -> dict[str, str]:
        found = {}
        for reference in section.findall(W + "footerReference"):
            footer = part(folder, f"word/{relations[reference.get(R + 'id')]}")
            found[reference.get(W + "type")] = "".join(one.text or "" for one in footer.iter(W + "t", W + "instrText"))
        return found

    cover, contents, first, *rest = sections(folder)
    assert footers(cover) == footers(contents) == {"default": "", "even": ""}
    assert footers(first) == {"default": "—  PAGE 1 —", "even": "—  PAGE 1 —"}
    assert first.find(W + "pgNumType").get(W + "start") == "1"
    assert not any(footers(section) or section.find(W + "pgNumType") is not None for section in rest)


def rows(table: Any) -> Iterator[tuple[Any, list[Any]]]:
    for row in table.findall(W + "tr"):
        yield row, row.findall(W + "tc")


@pack
def test_cells_fill_the_grid_of_their_table(folder: Path) -> None:
    tables = list(part(folder, "word/document.xml").iter(W + "tbl"))
    assert tables
    for table in tables:
        grid = [int(column.get(W + "w")) for column in table.find(W + "tblGrid")]
        assert int(table.find(f"{W}tblPr/{W}tblW").get(W + "w")) == sum(grid)
        if value(table, "tblPr/tblStyle"):
            assert sum(grid) in (BLOCK, WIDE)
        for _, cells in rows(table):
            column = 0
            for cell in cells:
                span = int(value(cell, "tcPr/gridSpan") or 1)
                assert int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w")) == sum(grid[column : column + span])
                assert cell[-1].tag == W + "p"
                column += span
            assert column == len(grid)


@pack
def test_head_rows_repeat_and_rows_stay_whole(folder: Path) -> None:
    for table in part(folder, "word/document.xml").iter(W + "tbl"):
        for row, cells in rows(table):
            text = "".join(one.text or "" for one in row.iter(W + "t"))
            if not text.startswith("{%tr"):
                assert row.find(f"{W}trPr/{W}cantSplit") is not None, text
            styles = {value(paragraph, "pPr/pStyle") for cell in cells for paragraph in cell.findall(W + "p")}
            if row is table.find(W + "tr") and styles <= {"TableHead", "TableHeadLarge"}:
                assert row.find(f"{W}trPr/{W}tblHeader") is not None, text


@pack
def test_captions_are_counted_by_fields_that_are_filled(folder: Path) -> None:
    captions = [
        "".join(one.text or "" for one in paragraph.iter(W + "t"))
        for paragraph in part(folder, "word/document.xml").iter(W + "p")
        if value(paragraph, "pPr/pStyle") == "Caption"
    ]
    assert [caption[:2] for caption in captions] == [f"表{n}" for n in range(1, len(captions) + 1)]


@pack
def test_each_text_of_the_outline_stands_in_the_template_and_the_other_way_round(folder: Path) -> None:
    template = members((folder / "report.docx").read_bytes())["word/document.xml"].decode()
    used = set(re.findall(r"正文\.(\w+)", template))
    declared = {section.key for section in read_style(folder).file.outline if section.key}
    assert used == {key.removeprefix("正文.") for key in declared if key.startswith("正文.")}
    for key in declared:
        assert re.search(rf"\b{re.escape(key)}\b", template), key


@pack
def test_the_outline_has_the_headings_of_the_template(folder: Path) -> None:
    headings = []
    for paragraph in part(folder, "word/document.xml").iter(W + "p"):
        level = re.fullmatch(r"Heading(\d)", value(paragraph, "pPr/pStyle") or "")
        text = "".join(one.text or "" for one in paragraph.iter(W + "t"))
        if level and "{{" not in text:
            headings.append((int(level[1]), text))
    outline = [(section.level, section.title) for section in read_style(folder).file.outline if section.level]
    assert [one for one in outline if one in headings] == [one for one in headings if one in outline]
    assert {one for one in headings if one[0] <= 2} <= set(outline)
    assert set(outline) <= set(headings)


@pack
def test_each_attachment_of_the_pack_is_one_that_the_template_prints(folder: Path) -> None:
    template = members((folder / "report.docx").read_bytes())["word/document.xml"].decode()
    for attachment in read_style(folder).file.attachments:
        assert f"附.内容 == '{attachment.content}'" in template


def points_add_up(frame: Any) -> Iterator[str]:
    for node in frame:
        if node.below:
            if sum(one.weight for one in node.below) != node.weight:
                yield node.name
            yield from points_add_up(node.below)


@pack
def test_the_indicator_framework_adds_up(folder: Path) -> None:
    frame = read_style(folder).file.frame
    assert sum(node.weight or 0 for node in frame) == 100
    assert list(points_add_up(frame)) == []


def rendered(folder: Path, data: Path) -> str:
    """The text of the report that the pack's template makes of a data file."""
    document = members(make(judge(data, str(folder)), pages=False).document)["word/document.xml"]
    return "".join(etree.fromstring(document).itertext(W + "t"))


def required(pack_style: Style) -> Iterator[str]:
    for section in pack_style.file.outline:
        if section.required and section.key and section.key.startswith("正文."):
            yield section.key.removeprefix("正文.")


@pack
def test_what_is_missing_is_marked_and_what_is_optional_is_left_out(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text("金额单位: 元\n报告:\n  标题: 试点项目\n", encoding="utf-8")
    text = rendered(folder, data)
    for key in required(read_style(folder)):
        assert f"【待补充：{key}】" in text
    optional = [one.key for one in read_style(folder).file.outline if one.key and one.required is False]
    for key in optional:
        if key != "正文.实施内容":  # asked for as long as no units are named
            assert f"【待补充：{key.removeprefix('正文.')}】" not in text
    assert not re.search(r"\{[{%]|None", text)


PENDING = """
金额单位: 元
报告: {标题: 试点项目}
项目: {名称: 试点项目, 年度: 2024}
指标体系:
  - 名称: 产出
    下级:
      - 名称: 数量
        下级:
          - {名称: 完成率, 分值: 60, 计分方法: 直接评分, 参数: {得分: 50, 理由: 大部分完成}}
          - {名称: 及时率, 分值: 40}
"""


@pack
def test_without_a_score_there_is_no_grade_and_the_sentence_says_why(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text(PENDING, encoding="utf-8")
    text = rendered(folder, data)
    assert "应评指标2项，已评1项；及时率尚待评定" in text
    assert "评价等级为" not in text
    assert "合　计100——" in text
