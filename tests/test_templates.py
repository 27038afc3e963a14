"""The built-in Word templates: rebuilt from build.py they are what the packs hold, and Word finds them sound."""

from __future__ import annotations

import io
import re
import runpy
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.pipeline import judge, make
from generator.style import Style, read_style, resource_folder

BUILT = sorted(path.parent for path in resource_folder("templates").glob("*/build.py"))
PACKS = [folder for folder in BUILT if (folder / "style.yaml").exists()]
TEMPLATES = [template for folder in BUILT for template in sorted(folder.glob("*.docx"))]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BLOCK, WIDE = 8844, 12756  # the text block in twips, upright and landscape
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Texts that the outline calls optional and a report without any data still asks for: figures would stand in for them.
ASKED_WITHOUT_DATA = {"正文.实施内容", *(f"正文.{group}情况" for group in ("决策", "过程", "产出", "效益"))}
FULL_POINTS = {"suzhou": 80}

built_folder = pytest.mark.parametrize("folder", BUILT, ids=lambda folder: folder.name)
pack = pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
template = pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}-{file.stem}")


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The documents that the pack's build.py makes, by file name, without writing them."""
    monkeypatch.setattr(sys, "path", [str(folder.parent), *sys.path])
    import _authoring

    found: dict[str, bytes] = {}
    monkeypatch.setattr(_authoring.Draft, "save", lambda draft, path: found.update({path.name: draft.bytes()}))
    runpy.run_path(str(folder / "build.py"), run_name="__main__")
    return found


def part(file: Path, name: str) -> Any:
    return etree.fromstring(members(file.read_bytes())[name])


def text_of(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t"))


def value(element: Any, path: str) -> str | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


def style(file: Path, name: str) -> Any:
    styles = part(file, "word/styles.xml").findall(W + "style")
    return next(one for one in styles if value(one, "name") == name)


def east_asian_font(file: Path, name: str) -> str | None:
    """The Chinese font of a style, its own or inherited from another style or the document's defaults."""
    root = part(file, "word/styles.xml")
    by_id = {one.get(W + "styleId"): one for one in root.findall(W + "style")}
    step = style(file, name)
    while step is not None:
        fonts = step.find(f"{W}rPr/{W}rFonts")
        if fonts is not None and fonts.get(W + "eastAsia"):
            return str(fonts.get(W + "eastAsia"))
        step = by_id.get(value(step, "basedOn"))
    return str(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts").get(W + "eastAsia"))


def sections(file: Path) -> list[Any]:
    return list(part(file, "word/document.xml").iter(W + "sectPr"))


@built_folder
def test_rebuilding_makes_the_templates_that_the_pack_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = built(folder, monkeypatch)
    assert made.keys() == {file.name for file in folder.glob("*.docx")}
    for name, document in made.items():
        assert members(document) == members((folder / name).read_bytes()), name


@built_folder
def test_the_same_calls_give_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(folder, monkeypatch) == built(folder, monkeypatch)


@template
def test_nothing_is_left_of_the_document_it_was_made_from(file: Path) -> None:
    inside = members(file.read_bytes())
    assert not [name for name in inside if re.search("theme|customXml|thumbnail|stylesWithEffects", name)]
    assert b"Theme" not in inside["word/styles.xml"]
    assert b"python" not in inside["docProps/core.xml"] + inside["docProps/app.xml"]
    settings = part(file, "word/settings.xml")
    assert settings.find(W + "evenAndOddHeaders") is not None
    assert settings.find(W + "updateFields") is None
    modes = [one.get(W + "val") for one in settings.iter(W + "compatSetting") if "Mode" in one.get(W + "name")]
    assert modes == ["15"]


@template
def test_headings_are_linked_to_one_multilevel_list_and_back(file: Path) -> None:
    numbering = part(file, "word/numbering.xml")
    lists = {one.get(W + "numId"): value(one, "abstractNumId") for one in numbering.findall(W + "num")}
    levels = {
        (one.get(W + "abstractNumId"), level.get(W + "ilvl")): level
        for one in numbering.findall(W + "abstractNum")
        for level in one.findall(W + "lvl")
    }

    def looks(names: list[str]) -> list[tuple[str | None, ...]]:
        found, used = [], set()
        for depth, name in enumerate(names):
            this = style(file, name)
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
    assert value(style(file, "摘要标题1"), "pPr/numPr/numId") != value(style(file, "heading 1"), "pPr/numPr/numId")


@template
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
def test_each_level_names_its_font(file: Path, name: str, font: str) -> None:
    assert east_asian_font(file, name) == font


@template
def test_every_run_of_text_takes_the_chinese_font_for_quotes(file: Path) -> None:
    document = part(file, "word/document.xml")
    for run in document.iter(W + "r"):
        text = "".join(one.text or "" for one in run.findall(W + "t"))
        tag = value(run.getparent(), "pPr/pStyle") == "Tag"
        if CHINESE.search(text) and not tag:
            assert run.find(f"{W}rPr/{W}rFonts").get(W + "hint") == "eastAsia", text


@template
def test_pages_are_those_of_the_standard(file: Path) -> None:
    for section in sections(file):
        size, margins, grid = (section.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
        wide = size.get(W + "orient") == "landscape"
        across = int(size.get(W + "w")) - int(margins.get(W + "left")) - int(margins.get(W + "right"))
        down = int(size.get(W + "h")) - int(margins.get(W + "top")) - int(margins.get(W + "bottom"))
        assert (across, down) == ((WIDE, BLOCK) if wide else (BLOCK, WIDE))
        assert grid.get(W + "linePitch") == "579"
        assert down // 579 == (15 if wide else 22)


def footers(file: Path, section: Any) -> dict[str, str]:
    """What stands below the pages of a section, where it says so itself."""
    relations = {one.get("Id"): one.get("Target") for one in part(file, "word/_rels/document.xml.rels")}
    found = {}
    for reference in section.findall(W + "footerReference"):
        footer = part(file, f"word/{relations[reference.get(R + 'id')]}")
        found[reference.get(W + "type")] = "".join(one.text or "" for one in footer.iter(W + "t", W + "instrText"))
    return found


@template
def test_cover_and_contents_have_no_number_and_the_count_begins_after_them(file: Path) -> None:
    here = sections(file)
    contents = 'TOC \\o "' in "".join(part(file, "word/document.xml").itertext(W + "instrText"))
    before, (first, *rest) = (here[:2], here[2:]) if contents else ([], here)
    assert all(footers(file, section) == {"default": "", "even": ""} for section in before)
    assert footers(file, first) == {"default": "—  PAGE 1 —", "even": "—  PAGE 1 —"}
    if before:
        assert first.find(W + "pgNumType").get(W + "start") == "1"
    assert not any(footers(file, section) or section.find(W + "pgNumType") is not None for section in rest)


def rows(table: Any) -> Iterator[tuple[Any, list[Any]]]:
    for row in table.findall(W + "tr"):
        yield row, row.findall(W + "tc")


@template
def test_cells_fill_the_grid_of_their_table(file: Path) -> None:
    tables = list(part(file, "word/document.xml").iter(W + "tbl"))
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


@template
def test_head_rows_repeat_and_rows_stay_whole(file: Path) -> None:
    for table in part(file, "word/document.xml").iter(W + "tbl"):
        for row, cells in rows(table):
            text = text_of(row)
            styles = {value(paragraph, "pPr/pStyle") for cell in cells for paragraph in cell.findall(W + "p")}
            if not text.startswith("{%tr") and not styles & {"FormText", "Figure"}:  # pages of text stand in one cell
                assert row.find(f"{W}trPr/{W}cantSplit") is not None, text
            if row is table.find(W + "tr") and styles <= {"TableHead", "TableHeadLarge"}:
                assert row.find(f"{W}trPr/{W}tblHeader") is not None, text


@template
def test_captions_are_counted_by_fields_that_are_filled(file: Path) -> None:
    captions = [
        "".join(one.text or "" for one in paragraph.iter(W + "t"))
        for paragraph in part(file, "word/document.xml").iter(W + "p")
        if value(paragraph, "pPr/pStyle") == "Caption"
    ]
    assert [caption.partition("　")[0] for caption in captions] == [f"表{n}" for n in range(1, len(captions) + 1)]


def written(folder: Path) -> str:
    """What all templates of the pack hold."""
    return "".join(members(file.read_bytes())["word/document.xml"].decode() for file in sorted(folder.glob("*.docx")))


@pack
def test_each_text_of_the_outline_stands_in_a_template_and_the_other_way_round(folder: Path) -> None:
    templates = written(folder)
    used = set(re.findall(r"正文\.(\w+)", templates))
    declared = {section.key for section in read_style(folder).file.outline if section.key}
    assert used == {key.removeprefix("正文.") for key in declared if key.startswith("正文.")}
    for key in declared:
        assert re.search(rf"\b{re.escape(key)}\b", templates), key


@pack
def test_the_outline_has_the_headings_of_the_template(folder: Path) -> None:
    headings = []
    for paragraph in part(read_style(folder).template(), "word/document.xml").iter(W + "p"):
        level = re.fullmatch(r"Heading(\d)", value(paragraph, "pPr/pStyle") or "")
        numbered = value(paragraph, "pPr/numPr/numId") != "0"
        if level and numbered and "{{" not in text_of(paragraph):
            headings.append((int(level[1]), text_of(paragraph)))
    outline = [(section.level, section.title) for section in read_style(folder).file.outline if section.level]
    assert [one for one in outline if one in headings] == [one for one in headings if one in outline]
    assert {one for one in headings if one[0] <= 2} <= set(outline)
    assert set(outline) <= set(headings)


@pack
def test_each_attachment_of_the_pack_is_one_that_the_template_prints(folder: Path) -> None:
    for attachment in read_style(folder).file.attachments:
        assert f"附.内容 == '{attachment.content}'" in written(folder)


@template
def test_no_gap_below_a_table_can_stand_alone_on_a_page(file: Path) -> None:
    body = part(file, "word/document.xml").find(W + "body")
    for before, after in pairwise(body):
        ends = after.tag == W + "sectPr" or after.find(f"{W}pPr/{W}sectPr") is not None
        assert not (ends and value(before, "pPr/pStyle") == "AfterTable")
        if after.tag == W + "sectPr" and value(before, "pPr/pStyle") == "End":
            assert style(file, "文末").find(f"{W}rPr/{W}vanish") is not None
    if body[-3].tag == W + "tbl":
        assert value(body[-2], "pPr/pStyle") == "End"


@template
def test_a_unit_never_begins_a_line(file: Path) -> None:
    never = part(file, "word/settings.xml").find(W + "noLineBreaksBefore").get(W + "val")
    assert set("分元万份%，。）") <= set(never)


def points_add_up(frame: Any) -> Iterator[str]:
    for node in frame:
        if node.below:
            if sum(one.weight for one in node.below) != node.weight:
                yield node.name
            yield from points_add_up(node.below)


@pack
def test_the_indicator_frameworks_add_up(folder: Path) -> None:
    for name, frame in (read_style(folder).file.frames or {}).items():
        assert sum(node.weight or 0 for node in frame) == FULL_POINTS.get(folder.name, 100), name
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
        if key not in ASKED_WITHOUT_DATA:
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
    assert "评价等级为" not in text
    if "评价结果.待评" in written(folder):
        assert re.search("应评指标2项，已评1项；及时率尚[待未]评定", text)


def test_the_sum_of_pending_scores_is_a_dash(tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text(PENDING, encoding="utf-8")
    for name in ("kunming", "national"):
        assert "合　计100——" in rendered(resource_folder("templates") / name, data)
