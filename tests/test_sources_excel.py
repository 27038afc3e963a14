"""Workbooks: what is written is read again as the same data; what people do to workbooks is read right or named."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from generator.examples import EXAMPLES
from generator.fields import Record
from generator.findings import Finding, Level, ReportError
from generator.load import load
from generator.model import Evaluation
from generator.new import new_files, new_workbook
from generator.pipeline import judge, make, review
from generator.score import measure_parameters, rule_parameters
from generator.sources import Tree, excel, read_tree, yaml, yamltext
from generator.sources.excel import cells, celltext
from generator.sources.excel.layout import Field, fields_of, plans
from generator.sources.excel.reading import EXAMPLE
from generator.style import find_style, style_folders

from .conftest import Command

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))
STYLES = [name for name, _ in style_folders()]
BARE = excel.Filling(spare=False)
Make = Callable[..., Path]


# Nothing is lost.


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_the_same_as_a_workbook_and_as_yaml_again(sample: Path, tmp_path: Path, command: Command) -> None:
    book, again = tmp_path / f"{sample.stem}.xlsx", tmp_path / f"{sample.stem}.yaml"
    done = command("convert", sample, book)
    assert done.code == 0 and "注释没有带过去" in done.out
    assert command("convert", book, again).out == f"已写入 {again}\n"
    wanted, found = loaded(sample)
    for path in (book, again):
        evaluation, findings = loaded(path)
        assert evaluation == wanted
        assert [finding.what for finding in findings] == [finding.what for finding in found]
    said = [(one.code, one.what) for one in review(sample).findings]
    assert sorted((one.code, one.what) for one in review(book).findings) == sorted(said)
    assert make(judge(book), pages=False).document == make(judge(sample), pages=False).document


def loaded(path: Path) -> tuple[Evaluation, list[Finding]]:
    source, findings = load(path, rule_parameters(), measure_parameters())
    return source.evaluation, findings


TITLES = [name for plan in plans() for block in plan.blocks for name in block.names]
ODD = [
    "示例：甲",
    "合计",
    "注：以上",
    "※",
    "=1+1",
    "---",
    "-",
    "无",
    "_x0041_",
    "- 甲",
    "一、二",
    "键: 值",
    "栏目",
    "~",
    "1e5",
]
WORDS = st.one_of(
    st.sampled_from([*ODD, *TITLES]),
    st.text(st.sampled_from("甲乙丙丁 、：:-#{}[]【】|'\"0123456789%元,.（）a\t"), min_size=1, max_size=12),
).filter(lambda text: text.strip() == text and text != "" and "\u3000" not in text)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
NARRATIVES = st.one_of(
    LINES,
    st.lists(
        st.one_of(
            LINES,
            st.fixed_dictionaries({"标题": WORDS, "内容": LINES}),
            st.fixed_dictionaries({"标题": WORDS, "内容": st.lists(LINES, min_size=1, max_size=2)}),
            st.fixed_dictionaries({"标题": WORDS}),
        ),
        min_size=1,
        max_size=3,
    ),
)
ANY = st.recursive(
    LINES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)), max_leaves=6
)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "prose": NARRATIVES,
    "any": ANY,
    "list": st.lists(WORDS, min_size=1, max_size=3),
    "amount": st.one_of(
        st.decimals(0, 10**9, places=2).map(lambda number: f"{number.normalize():f}"),
        st.sampled_from(["66万元", "无", "—", "0.5亿元"]),
    ),
    "rate": st.decimals(0, 200, places=3).map(lambda number: f"{number:f}%"),
    "date": st.one_of(st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(str), st.sampled_from(["2024年5月", "2024"])),
    "count": st.integers(0, 10**6).map(str),
    "number": st.decimals(0, 100, places=1).map(str),
    "yes": st.sampled_from(["是", "否"]),
}


def values(field: Field, depth: int) -> st.SearchStrategy[Any]:
    """Values of a field, from its declaration."""
    if field.kind == "choice":
        return st.sampled_from(field.choices)
    if field.kind == "texts":
        return st.dictionaries(WORDS, st.one_of(st.none(), NARRATIVES), max_size=3)
    if field.record is None:
        return VALUES[field.kind]
    inner = st.deferred(lambda: records(field.record, depth + 1))  # type: ignore[arg-type]
    if field.kind == "map":
        return st.dictionaries(WORDS, inner, max_size=3)
    return inner if field.kind == "record" else st.lists(inner, max_size=0 if depth > 4 else 3)


def records(record: type[Record], depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Records with some of their fields, as a data file may say them."""
    known = fields_of(record)
    chosen = st.lists(st.sampled_from(known), max_size=4, unique=True)
    needed = [field for field in known if field.required]
    return chosen.flatmap(
        lambda fields: st.fixed_dictionaries({one.name: values(one, depth) for one in {*needed, *fields}})
    )


# Without shrinking: a workbook takes too long to write for the thousands that it would try.
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@example({"金额单位": "元", "报告": {"样式": "kunming"}, "指标体系": [{"名称": "-", "全称": "=1+1"}]})
@example({"资金": {"按区域": [{"单位": ["※", "一、二"]}, {"名称": "甲区"}]}})
@given(data=records(Evaluation))
def test_whatever_the_records_say_is_read_again(data: dict[str, Any]) -> None:
    said = excel.canonical(data)
    content = excel.write(said, BARE)
    tree = excel.read(content, "甲.xlsx")
    assert tree.data == said and not tree.findings
    assert excel.write(said, BARE) == content


@settings(max_examples=80, deadline=None)
@given(data=st.dictionaries(WORDS, ANY, min_size=1, max_size=4))
def test_yaml_is_written_as_it_is_read(data: dict[str, Any]) -> None:
    for sections in (False, True):
        assert celltext._ended(yaml.read(yamltext.written(data, sections).encode(), "甲.yaml").data) == data


@given(kind=st.sampled_from(["text", "prose", "list", "any"]), value=st.one_of(ANY, NARRATIVES))
def test_a_cell_says_what_was_written_into_it(kind: str, value: Any) -> None:
    assert celltext.read(kind, celltext.write(kind, value)) == value


def test_every_field_of_the_model_has_a_place() -> None:
    listed = {place.path for plan in plans() for block in plan.blocks for place in block.places}
    listed |= {block.path for plan in plans() for block in plan.blocks}
    for field in fields_of(Evaluation):
        assert any(path[0] == field.name for path in listed), field.name
        for inner in fields_of(field.record) if field.kind == "record" and field.record else ():
            assert any(path[:2] == (field.name, inner.name) for path in listed), (field.name, inner.name)


def test_a_text_longer_than_a_cell_is_refused(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "长.yaml"
    path.write_text("金额单位: 元\n报告: {样式: kunming}\n正文:\n  项目概况: " + "长" * 40_000, encoding="utf-8")
    done = command("convert", path, tmp_path / "长.xlsx")
    assert done.code == 2 and "“正文”的“项目概况”：这段文字有 40000 字，一个单元格最多放 32767 字" in done.err


# What people do to workbooks.


@pytest.fixture
def book(tmp_path: Path) -> Make:
    """Write a workbook of sheets (a list of rows each; a row is a list of values) and give its path."""

    def made(change: Callable[[Workbook], None] | None = None, name: str = "甲.xlsx", **sheets: Any) -> Path:
        workbook = Workbook()
        workbook.remove(workbook.active)  # type: ignore[arg-type]
        for title, rows in {"基本信息": [["金额单位", "元"], ["样式", "kunming"]], **sheets}.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change:
            change(workbook)
        path = tmp_path / name
        workbook.save(path)
        return path

    return made


def told(tree: Tree) -> list[str]:
    """The findings as lines that begin with sheet and cell."""
    return [str(finding).split(" › ", 1)[1] for finding in tree.findings]


def test_sheets_columns_and_blocks_stand_in_any_order(book: Make) -> None:
    path = book(
        资金=[
            ["按用途"],
            ["支出", "名称"],
            [12, "设备"],
            [],
            ["资金"],
            ["到位", 30],
            ["全年预算数", 40],
            ["按单位"],
            ["预算数", "单位", "实际到位"],
            [3, "东风社区、西山社区", 2],
        ],
        单位=[["简称", "单位名称"], ["东风社区", "东风社区居委会"]],
    )
    tree = read_tree(path)
    assert tree.findings == []
    assert tree.data["资金"] == {
        "按用途": [{"支出": "12", "名称": "设备"}],
        "到位": "30",
        "预算": "40",
        "按单位": [{"预算": "3", "单位": ["东风社区", "西山社区"], "到位": "2"}],
    }
    assert tree.data["项目"] == {"单位": [{"简称": "东风社区", "名称": "东风社区居委会"}]}


def test_a_sheet_of_one_table_needs_no_title_and_may_be_a_blocks_own(book: Make) -> None:
    tree = read_tree(book(支付情况=[["名称", "比例（%）"], ["首付款", 60], ["尾款", "40"]]))
    assert tree.data["资金"]["支付"] == [{"名称": "首付款", "比例": "60%"}, {"名称": "尾款", "比例": "40%"}]


def test_a_firm_may_call_sheets_blocks_and_columns_its_own_way(book: Make) -> None:
    tree = read_tree(
        book(
            经费=[["拨款", 5], ["分户"], ["户名", "开支（万元）"], ["甲社区", 3]],
            打分=[["大类", "小项", "满分值"], ["产出", None, None], [None, "数量", 10]],
            别名=[
                ["我们的叫法", "程序的名称"],
                ["经费", "资金"],
                ["拨款", "到位"],
                ["分户", "按单位"],
                ["户名", "单位"],
                ["开支", "支出"],
                ["打分", "指标体系"],
                ["大类", "一级"],
                ["小项", "二级"],
                ["满分值", "分值"],
                ["经办", "经办人"],
                ["空着"],
            ],
        )
    )
    assert tree.data["资金"] == {"到位": "5", "按单位": [{"单位": ["甲社区"], "支出": "3万元"}]}
    assert tree.data["指标体系"] == [{"名称": "产出", "下级": [{"名称": "数量", "分值": "10"}]}]
    assert [line.partition("（")[0] for line in told(tree)] == [
        "别名 › A11: 提示[B005] 没有用这一行：程序里没有叫“经办人”的表、块或栏",
        "别名 › A12: 提示[B005] 没有用这一行：没有写程序的名称",
    ]


def test_the_sign_of_a_target_may_be_chosen_in_a_column_of_its_own(book: Make) -> None:
    rows = [
        ["一级", "符号", "指标值"],
        ["数量", "≥", "200人次"],
        ["时效", None, "≤12月"],
        ["质量", "=", 1],
        ["服务", "≥", "≥95%"],
        ["效果", "≥", "明显改善"],
        ["成本", "约", "10万元"],
    ]
    tree = read_tree(book(指标体系=rows))
    said = [one.get("指标值") for one in tree.data["指标体系"]]
    assert said == ["≥200人次", "≤12月", "=1", "≥95%", "明显改善", "10万元"]
    assert [line.partition("]")[0] for line in told(tree)] == ["指标体系 › B6: 错误[B004", "指标体系 › B7: 错误[B004"]


def test_numbers_are_exact_decimals(book: Make) -> None:
    rows = [
        ["名称", "支出"],
        ["甲", 0.1 + 0.2],
        ["乙", 175312.57],
        ["丙", 1e21],
        ["丁", "６６，０００．５"],
        ["戊", 1 / 3],
    ]
    tree = read_tree(book(资金=[["按用途"], *rows]))
    spent = [row["支出"] for row in tree.data["资金"]["按用途"]]
    assert spent == ["0.3", "175312.57", "1" + "0" * 21, "６６，０００．５", "0.333333333333333"]
    assert told(tree) == [
        "资金 › B5: 警告[B009] 这一格按数字存放，超过 15 位的部分已经丢失（把格式改为文本，再输入一遍）"
    ]


def test_percentages_dates_and_truths_are_read_as_they_are_meant(book: Make) -> None:
    def shown(workbook: Workbook) -> None:
        sheet = workbook["资金"]
        sheet["B3"].number_format = "0.00%"
        sheet["B5"].number_format = "0%"
        workbook["单位"]["B2"].number_format = "yyyy-mm-dd"
        workbook["单位"]["D2"].number_format = 'yyyy"年"m"月"'

    rows = [["款", 0.2656], ["款", 0.6], ["款", 1], ["款", "26.5%"], ["款", " 60 "]]
    path = book(
        shown,
        资金=[["支付"], ["名称", "比例", "已支付"], *[[*row, index == 0] for index, row in enumerate(rows)]],
        单位=[
            ["名称", "计划开始", "计划完成", "完成时限", "实际完成"],
            ["甲", 45657, 45657, 45657, datetime(2024, 5, 1, 8)],
        ],
    )
    tree = read_tree(path)
    found = tree.data["资金"]["支付"]
    assert [row["比例"] for row in found] == ["26.56%", "60%", "100%", "26.5%", "60"]
    assert [row["已支付"] for row in found[:2]] == ["是", "否"]
    assert list(tree.data["项目"]["单位"][0].values()) == ["甲", "2024-12-31", "2024-12-31", "2024年12月", "2024-05-01"]
    _, findings = load(path, rule_parameters(), measure_parameters())
    assert [str(one).split(" › ", 1)[1] for one in findings] == [
        "资金 › B7: 错误[D004] “60”不是百分比，要带百分号，如 26.56%"
    ]


def test_a_unit_in_a_head_or_a_number_format_is_the_amounts_unit(book: Make) -> None:
    def shown(workbook: Workbook) -> None:
        workbook["资金"]["C3"].number_format = '0.00"亿元"'

    rows = [["名称", "预算（万元）", "支出", "到位(元)"], ["甲", 20, 1.5, "5万元"], ["乙", "20", 300, 7]]
    tree = read_tree(book(shown, 资金=[["按用途"], *rows]))
    assert tree.data["资金"]["按用途"] == [
        {"名称": "甲", "预算": "20万元", "支出": "1.5亿元", "到位": "5万元"},
        {"名称": "乙", "预算": "20万元", "支出": "300", "到位": "7"},
    ]
    tree = read_tree(book(资金=[["按用途（万元）"], ["名称", "支出"], ["甲", 3], ["单位：元"], ["乙", 4]]))
    assert [row["支出"] for row in tree.data["资金"]["按用途"]] == ["3万元", "4"]


def test_formulas_are_their_stored_results_and_say_when_there_are_none(book: Make) -> None:
    path = book(资金=[["按用途"], ["名称", "支出"], ["甲", "=1+1"], ["乙", "=2+2"], ["丙", "#REF!"]])
    stored(path, "资金", {"B4": "4"})
    tree = read_tree(path)
    assert tree.data["资金"]["按用途"] == [{"名称": "甲"}, {"名称": "乙", "支出": "4"}, {"名称": "丙"}]
    assert told(tree) == [
        "资金 › B3: 错误[B003] 公式没有计算结果（在 Excel 或 WPS 里打开保存一次，再来读）",
        "资金 › B5: 错误[B003] 这一格是 #REF!：公式算错了（改正公式，或直接填数）",
    ]


def test_the_binary_rest_of_a_sum_is_no_figure(book: Make) -> None:
    path = book(资金=[["按用途"], ["名称", "支出"], ["甲", "=1+1"], ["乙", "=2+2"], ["丙", 0.100000000001]])
    stored(path, "资金", {"B3": "108.00000000000099", "B4": "0.33333333333333331"})
    spent = [row["支出"] for row in read_tree(path).data["资金"]["按用途"]]
    assert spent == ["108", "0.333333333333333", "0.100000000001"]


def stored(path: Path, title: str, results: Mapping[str, str]) -> None:
    """Put results into a workbook's formulas, as a spreadsheet program does when it saves."""
    order = load_workbook(path).sheetnames.index(title) + 1
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    part = f"xl/worksheets/sheet{order}.xml"
    text = members[part].decode("utf-8")
    for cell, result in results.items():
        text, count = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)', rf"\g<1><v>{result}</v>", text)
        assert count == 1
    members[part] = text.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_what_is_hidden_is_read_and_named(book: Make) -> None:
    def hide(workbook: Workbook) -> None:
        sheet: Worksheet = workbook["问题"]
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True
        workbook["已核实"].sheet_state = "hidden"

    tree = read_tree(
        book(
            hide,
            问题=[["标题", "原因"], ["甲", "一"], ["乙", "二"], ["丙", "三"]],
            已核实=[["代码", "位置", "原因"], ["F101", "资金", "核过"]],
        )
    )
    assert [row["标题"] for row in tree.data["问题"]] == ["甲", "乙", "丙"]
    assert told(tree) == [
        "问题: 提示[B006] 隐藏的第 3—4 行、B 列里有内容，照样读了（不要的请删去）",
        "已核实: 提示[B006] 隐藏的整张表里有内容，照样读了（不要的请删去）",
    ]


def test_blank_or_merged_levels_are_the_same_as_above(book: Make) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["指标体系"].merge_cells("A2:A4")

    rows = [
        ["一级指标", "二级指标", "三级指标", "权重", "计分方法"],
        ["产出", "数量", "甲", 5, "按比例得分"],
        [None, None, "乙", 6],
        [None, "质量", "丙", 7],
        ["效益", "满意度", None, 8],
        ["效益", "社会效益", "丁", 9],
        ["合计", None, None, 35],
    ]
    tree = read_tree(book(merge, 指标体系=rows))
    assert tree.data["指标体系"] == [
        {
            "名称": "产出",
            "下级": [
                {
                    "名称": "数量",
                    "下级": [{"名称": "甲", "分值": "5", "计分方法": "按比例得分"}, {"名称": "乙", "分值": "6"}],
                },
                {"名称": "质量", "下级": [{"名称": "丙", "分值": "7"}]},
            ],
        },
        {
            "名称": "效益",
            "下级": [{"名称": "满意度", "分值": "8"}, {"名称": "社会效益", "下级": [{"名称": "丁", "分值": "9"}]}],
        },
    ]
    assert told(tree) == ["指标体系 › A7: 提示[B007] 没有读“合计”这一行：合计由程序相加"]
    assert tree.where(("指标体系", 0, "下级", 1, "下级", 0, "分值")).cell == "D4"


def test_targets_go_on_with_the_group_above(book: Make) -> None:
    rows = [["一级", "二级", "三级"], ["产出指标", "数量指标", "甲"], [None, None, "乙"], ["效益指标", None, "丙"]]
    tree = read_tree(book(绩效目标=[["指标"], *rows]))
    assert tree.data["绩效目标"]["指标"] == [
        {"一级": "产出指标", "二级": "数量指标", "三级": "甲"},
        {"一级": "产出指标", "二级": "数量指标", "三级": "乙"},
        {"一级": "效益指标", "三级": "丙"},
    ]


def test_rows_without_a_name_above_them_are_named(book: Make) -> None:
    tree = read_tree(
        book(
            指标体系=[["一级", "二级", "分值"], [None, "甲", 5], [None, None, 6]],
            问题=[["标题", "建议"], [None, "改进"]],
            文件与附件=[["文件"], ["简称", "名称"], [None, "办法"]],
        )
    )
    assert told(tree) == [
        "指标体系 › B2: 错误[B008] “甲”没有上一级：一级还是空的",
        "指标体系 › C3: 错误[B008] 这一行没有名称：一级、二级都空着（在最末一级填上名称）",
        "问题 › B2: 错误[B008] 这一行不知道接在哪一条下面：前面还没有一条",
        "文件与附件 › B3: 错误[B008] 这一行没有“简称”（填上文中引用时用的短名称）",
    ]


def test_children_go_on_below_their_parent(book: Make) -> None:
    rows = [
        ["名称", "问题", "选项", "人数", "系数"],
        ["满意度", "满意吗？", "满意", 30, 1],
        [None, None, "一般", 10, 0.6],
        ["知晓度", "知道吗？", "知道", 20, "80%"],
    ]
    tree = read_tree(book(问卷=[["发放", 40], ["题目"], *rows]))
    assert tree.findings == []
    assert tree.data["问卷"]["题目"][0]["选项"] == [
        {"选项": "满意", "人数": "30", "系数": "100%"},
        {"选项": "一般", "人数": "10", "系数": "60%"},
    ]
    assert tree.data["问卷"]["题目"][1]["选项"] == [{"选项": "知道", "人数": "20", "系数": "80%"}]


def test_what_is_not_used_is_named(book: Make) -> None:
    tree = read_tree(
        book(
            资金=[
                ["预算", 5],
                ["到帐", 4],
                ["按用途"],
                ["名称", "支出", "支出额", "经办人"],
                ["甲", 1, 2, "张"],
                ["注：已核"],
            ],
            台账=[["日期", "金额"], [1, 2]],
        )
    )
    assert tree.data["资金"] == {"预算": "5", "按用途": [{"名称": "甲", "支出": "1"}]}
    assert [line.partition("（")[0] for line in told(tree)] == [
        "资金 › A2: 提示[B005] 没有用“到帐”这一行：“资金”里没有这一项",
        "资金 › C4: 提示[B005] 没有用“支出额”这一列：“按用途”里没有这一项",
        "资金 › D4: 提示[B005] 没有用“经办人”这一列：“按用途”里没有这一项",
        "资金 › A6: 提示[B007] 没有读表下的注：它不是数据",
        "台账: 提示[B005] 没有用“台账”这张表：不认识它的名称",
    ]


def test_what_is_said_twice_is_named(book: Make) -> None:
    tree = read_tree(book(资金=[["预算", 5], ["全年预算数", 6], ["按用途"], ["名称", "支出", "金额"], ["甲", 1, 2]]))
    assert tree.data["资金"] == {"预算": "5", "按用途": [{"名称": "甲", "支出": "1"}]}
    assert told(tree) == [
        "资金 › A2: 错误[Y011] “预算”写了两次，第一次在 资金 › B1（删去其中一个）",
        "资金 › C4: 错误[B004] “支出”有两列，另一列在 B4，没有用这一列（删去其中一列，或改名）",
    ]


def test_an_example_is_no_data_until_it_is_typed_over(book: Make) -> None:
    def grey(workbook: Workbook) -> None:
        for row in workbook["问卷"].iter_rows(min_row=3, max_row=4):
            for cell in row:
                cell.font = Font(color="8C8C8C")

    rows = [["名称", "选项", "人数"], ["示例：甲", "好", 3], [None, "差", 1], ["乙", "好", 2]]
    found = read_tree(book(grey, 问卷=[["题目"], *rows]))
    assert found.findings == [] and found.data["问卷"]["题目"] == [
        {"名称": "乙", "选项": [{"选项": "好", "人数": "2"}]}
    ]
    rows[1][0] = "甲"
    assert len(read_tree(book(grey, 问卷=[["题目"], *rows])).data["问卷"]["题目"][0]["选项"]) == 2


def test_the_rest_of_an_example_is_no_data_when_its_name_was_typed_over(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(new_files(find_style("national"), path)[path])
    workbook = load_workbook(path)
    for sheet in ("问卷", "资金"):
        for row in workbook[sheet].iter_rows():
            for cell in row:
                if str(cell.value).startswith(EXAMPLE):
                    cell.value = "服务"
    workbook.save(path)
    found = read_tree(path)
    options = found.data["问卷"]["题目"][0]["选项"]
    assert [one["选项"] for one in options] == ["满意"]
    told = [(one.code, one.where.sheet, one.where.cell) for one in found.findings]
    assert [one for one in told if one[1] == "问卷"] == [
        ("B018", "问卷", "B12"),
        ("B007", "问卷", "D13"),
        ("B007", "问卷", "D14"),
    ]
    assert sum(one[:2] == ("B018", "资金") for one in told) == len({one for one in EXAMPLES if one[0] == "资金"})
    options = workbook["问卷"]
    options["D13"], options["E13"] = "很满意", 31
    workbook.save(path)
    read = read_tree(path).data["问卷"]["题目"][0]["选项"]
    assert [one["选项"] for one in read] == ["满意", "很满意"]


def test_parameters_are_typed_in_a_cell_in_the_chinese_way(book: Make) -> None:
    rows = [
        ["一级", "分值", "测算", "计分方法", "参数"],
        ["甲", 2, "方法：比率\n分子：资金.到位", "x", "基准: 100%\n每档：5%"],
    ]
    found = read_tree(book(指标体系=[*rows, ["乙", 2, "资金.到位率", "y", "{基准: 1"], ["丙", 1, 0.83]])).data[
        "指标体系"
    ]
    assert found[0]["测算"] == {"方法": "比率", "分子": "资金.到位"} and found[0]["参数"] == {
        "基准": "100%",
        "每档": "5%",
    }
    assert found[1]["测算"] == "资金.到位率" and "参数" not in found[1] and found[2]["测算"] == "0.83"


def test_a_cell_that_is_not_understood_is_an_error_at_its_place(book: Make) -> None:
    rows = [["一级", "参数", "说明"], ["甲", "基准: 1\n: 2: 3", "- 【甲】文字\n  - 下级"]]
    tree = read_tree(book(指标体系=rows))
    assert [(one.code, one.level, one.where.cell) for one in tree.findings] == [
        ("B004", Level.ERROR, "B2"),
        ("B004", Level.ERROR, "C2"),
    ]


def test_a_wrong_value_is_named_with_sheet_and_cell(book: Make, command: Command) -> None:
    done = command("check", book(资金=[["预算（元）", "三十万"], ["合计取自", "按部门"]]))
    assert done.code == 1
    assert "甲.xlsx › 资金 › B1: 错误[D004] “三十万”不是金额" in done.err
    assert "甲.xlsx › 资金 › B2: 错误[D003] “按部门”应为" in done.err


def test_nothing_at_all_says_so(book: Make) -> None:
    tree = read_tree(book(问题=[["标题", "原因"], ["无"]]))
    assert tree.data["问题"] == "无"


# What is no workbook.


def zipped(**members: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_0_", "."), content)
    return stream.getvalue()


def broken() -> Iterator[tuple[str, bytes, str]]:
    """Files that are no workbooks, and what is said of each."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "空", b"", "这不是 .xlsx 工作簿"
    yield "文字", "金额单位: 元".encode(), "这不是 .xlsx 工作簿"
    yield "旧格式", ole + b"\0" * 600, "这是旧格式的工作簿（.xls）"
    yield "密码", ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "工作簿加了密码"
    yield "别的压缩包", zipped(甲="乙"), "这不是 .xlsx 工作簿"
    whole = excel.write(excel.canonical({"金额单位": "元"}), BARE)
    yield "截断", whole[: len(whole) // 2], "这不是 .xlsx 工作簿"
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        members = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    yield "实体", rezipped({**members, sheet: '<!DOCTYPE a [<!ENTITY b "c">]>' + members[sheet]}), "这不是 .xlsx"
    yield "半截", rezipped({**members, sheet: members[sheet][:500]}), "这不是 .xlsx 工作簿"
    yield "没有表", rezipped({name: text for name, text in members.items() if "worksheets" not in name}), "这不是 .xlsx"
    yield "炸弹", rezipped({**members, sheet: " " * (cells.LARGEST_MEMBER + 1)}), "过大，不予打开"


def rezipped(members: Mapping[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(("content", "said"), [pytest.param(*case, id=name) for name, *case in broken()])
def test_what_is_no_workbook_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        excel.read(content, "甲.xlsx")
    assert str(refused.value).startswith("甲.xlsx: 错误[B00") and said in str(refused.value)


def test_too_many_cells_are_refused(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_CELLS", 10)
    with pytest.raises(ReportError, match="不像一份数据文件"):
        read_tree(book(问题=[["标题"], *[["甲"]] * 10]))


# New workbooks and the commands.


@pytest.mark.parametrize("style", STYLES)
def test_a_new_workbook_says_what_the_new_yaml_file_says(style: str, tmp_path: Path) -> None:
    said = []
    for name in ("新.yaml", "新.xlsx"):
        for path, content in new_files(find_style(style), tmp_path / name).items():
            path.write_bytes(content)
        assert loaded(tmp_path / name)[1] == []
        said.append({key: one for key, one in excel.canonical(read_tree(tmp_path / name).data).items() if one})
    assert said[0] == said[1] and said[1]["正文"] and said[1]["指标体系"]


def test_a_new_workbook_has_choices_notes_and_a_frozen_head(tmp_path: Path) -> None:
    workbook = load_workbook(BytesIO(new_workbook(find_style("national"), "national")))
    assert workbook.sheetnames[: len(plans()) - 1] == [plan.name for plan in plans() if plan.name != "自定义"]
    sheet = workbook["指标体系"]
    heads = {str(cell.value): cell for cell in sheet[2]}
    assert "计分方法的名称" in heads["计分方法"].comment.text
    rules = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert any(heads["计分方法"].column_letter in cells for cells in rules.values())
    assert sheet.freeze_panes == "D3" and not sheet.protection.sheet
    assert '"元,万元"' in {rule.formula1 for rule in workbook["基本信息"].data_validations.dataValidation}


def test_the_commands_make_it_convert_it_and_never_write_over_another(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "项目.xlsx"
    assert command("new", "kunming", "-o", out).out == f"已新建 {out}\n填好后：jixiao render {out}\n"
    assert command("new", "kunming", "-o", out).code == 2
    assert command("render", out, "--no-pages").code == 0 and out.with_suffix(".docx").exists()
    assert command("convert", out, tmp_path / "项目.yaml").code == 0
    assert command("convert", out, tmp_path / "项目.yaml").code == 2
    assert command("convert", out, tmp_path / "项目.yaml", "--force").code == 0
    assert "同一种格式" in command("convert", out, tmp_path / "乙.xlsx").err
    assert "应以 .xlsx 或 .yaml 结尾" in command("convert", out, tmp_path / "乙.docx").err
    assert "没有这个文件夹" in command("convert", out, tmp_path / "没有" / "乙.yaml").err
    wrong = tmp_path / "错.yaml"
    wrong.write_text("金额单位: 元\n报告: {样式: kunming}\n资金: {予算: 1}\n", encoding="utf-8")
    refused = command("convert", wrong, tmp_path / "错.xlsx")
    assert refused.code == 2 and "不认识的键“予算”" in refused.err and not (tmp_path / "错.xlsx").exists()


@pytest.mark.parametrize(
    ("format_", "amount"),
    [
        ('0.00"万元"', "5万元"),
        ('0!.0,"万元"', "5"),
        ('#,##0"千元"', None),
        ('0.0,"千元"', "5"),
        ("#,##0.00", "5"),
    ],
)
def test_a_number_format_that_divides_is_not_a_unit(book: Make, format_: str, amount: str | None) -> None:
    def shown(workbook: Workbook) -> None:
        workbook["资金"]["B2"].number_format = format_

    tree = read_tree(book(shown, 资金=[["栏目", "填写"], ["预算", 5]]))
    assert (tree.data.get("资金") or {}).get("预算") == amount
    assert bool([one for one in told(tree) if "B004" in one]) is (amount is None)


def test_a_workbook_of_endless_empty_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_ELEMENTS", 100)
    workbook = Workbook()
    for row in range(1, 60):
        workbook.active.cell(row, 1).font = Font(bold=True)
        workbook.active.cell(row, 2).font = Font(bold=True)
    workbook.save(tmp_path / "空.xlsx")
    with pytest.raises(ReportError, match="太多"):
        read_tree(tmp_path / "空.xlsx")
