"""A data file that goes on from last year's keeps what stays, has what is new each year empty, and marks the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.carried import digest, untouched
from generator.carry import carried_over, to_follow_up
from generator.document import project
from generator.fields import Path as DataPath
from generator.fields import Record, Reference
from generator.findings import ReportError, errors
from generator.load import load
from generator.model import Evaluation, Indicator
from generator.names import dotted, own_names
from generator.pipeline import judge, make, review
from generator.schema import SCHEMA_FILE
from generator.score import measure_parameters, rule_parameters
from generator.sources import read_tree
from generator.style import find_style
from generator.values import Day, Money, Quantity, Target

from .conftest import Command, Write

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))
FORMATS = ("yaml", "xlsx")
LAST = """\
金额单位: 元
报告: {样式: kunming, 标题: 2024年社区食堂项目, 委托方: 某区财政局, 报告编号: 某评〔2025〕1号, 报告日期: 2025-05-20}
项目:
  名称: 社区食堂项目
  年度: 2024
  负责人: 张三
  实施单位: {名称: 某街道办事处, 简称: 街道, 别名: [某街道]}
  单位:
    - 名称: 东风社区居民委员会
      简称: 东风社区
      计划完成: 2024-11-30
      实施内容: 建成食堂一处，面积120平方米。
      合同: [{名称: 装修合同, 对方: 某公司, 签订日期: 2024-03-15}]
资金:
  预算: 300000
  到位: 300000
  执行率分母: 预算
  合计取自: 按单位
  按单位:
    - {单位: 东风社区, 支出: 282000, 原因: 招标节约, 说明: 含尾款3万元}
  支付: [{名称: 首付款, 比例: 60%, 金额: 180000, 条件: 签约后, 已支付: 是}]
  说明: 2024年6月到账。
文件:
  通知: {名称: 关于下达2024年补助资金的通知, 文号: 某财〔2024〕5号, 日期: 2024-02-01}
  办法: {名称: 项目支出绩效评价管理办法, 文号: 财预〔2020〕10号, 发文机关: 财政部}
依据: [通知, 办法]
绩效目标:
  总体目标: 建成一处食堂。
  实际完成: 已建成一处。
  指标:
    - {三级: 食堂数量, 指标值: =1个, 完成值: 1个, 对应指标: 食堂数量}
    - {三级: 就餐便利, 指标值: 明显改善, 完成值: 明显改善}
实施: {对象: 社区, 总数: 1, 已开展: 1, 活动: [{名称: 助餐, 量词: 人次, 按区域: [{区域: 甲区, 数量: 3000}]}]}
问卷: {发放: 10, 收回: 9, 有效: 9, 题目: [{名称: 满意度, 选项: [{选项: 满意, 人数: 9, 系数: 100%}]}]}
指标体系:
  - 名称: 过程
    下级:
      - 名称: 预算执行率
        分值: 20
        说明: 支出与预算之比。
        评分标准: 每低5%扣1分。
        完成情况说明: 执行率{{ 资金.执行率 }}。
        测算: {方法: 比率, 分子: 资金.支出, 分母: 资金.预算}
        计分方法: 按档扣分
        参数: {基准: 100%, 每档: 5%, 每档扣分: 1, 取档: 整档舍去}
        扣分原因: 招标节约
        得分: 19
      - 名称: 制度健全性
        分值: 20
        计分方法: 按要点得分
        参数: {分配: 均分, 要点: [{要点: 有制度, 达到: 是}, {要点: 制度完整, 达到: 否, 说明: 没有退出规定}]}
      - {名称: 资金合规性, 分值: 10, 计分方法: 逐项扣分, 参数: {扣分项: [{事由: 附件不全, 扣分: 1}]}}
  - 名称: 产出
    下级:
      - 名称: 食堂数量
        分值: 25
        指标值: =1个
        完成值: 1个
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
      - 名称: 开放率
        分值: 25
        测算: {方法: 比率, 分子: 1个, 分母: 实施.总数}
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
正文:
  项目概况: 本项目2024年建成食堂一处，支出28.2万元。
  评价目的: 了解{{ 项目.名称 }}的效果。
  其他说明: 无
主要经验: 居民参与选址。
问题: [{标题: 没有退出规定, 内容: 办法没有规定退出。, 建议: [{标题: 修订办法, 内容: 增加退出条款。}]}]
附件: [2024年度支出明细, 现场照片]
已核实: [{代码: K101, 位置: 指标体系, 原因: 方案已经批复}]
"""


def carried(last: Path, style: str = "kunming", out: str = "今年.yaml") -> Path:
    """This year's file beside last year's."""
    made = carried_over(find_style(style), last, last.with_name(out))
    for path, content in made.files.items():
        path.write_bytes(content)
    return last.with_name(out)


def records(value: object) -> Iterator[object]:
    """Every value of an evaluation, without what the scoring rules are told."""
    if isinstance(value, Record):
        for name, inner in own_names(value):
            if name not in ("参数", "测算"):
                yield from records(inner)
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from records(inner)
    else:
        yield value


def numbered(value: object) -> bool:
    """Whether a value is a target with a figure, and not in words."""
    return isinstance(value, Target) and value.number is not None


def leaves(nodes: list[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from leaves(node.below)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_goes_on_without_its_figures_and_without_an_error(
    sample: Path, ending: str, tmp_path: Path
) -> None:
    style = judge(sample).style.id
    out = tmp_path / f"今年.{ending}"
    made = carried_over(find_style(style), sample, out)
    out.write_bytes(made.files[out])
    before, _ = load(sample, rule_parameters(), measure_parameters())
    after, _ = load(out, rule_parameters(), measure_parameters())
    assert errors(review(out).findings) == []
    assert not [one for one in records(after.evaluation) if isinstance(one, (Money, Day, Quantity)) or numbered(one)]
    kept = [(one.name, one.weight, one.rule) for one in leaves(after.evaluation.indicators)]
    assert kept == [(one.name, one.weight, one.rule) for one in leaves(before.evaluation.indicators)]
    assert made.marked == len(list(untouched(after.evaluation))) > 0


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_workbook_says_the_same_as_the_yaml(sample: Path, tmp_path: Path) -> None:
    style = find_style(judge(sample).style.id)
    said = []
    for ending in FORMATS:
        out = tmp_path / f"今年.{ending}"
        out.write_bytes(carried_over(style, sample, out).files[out])
        said.append(load(out, rule_parameters(), measure_parameters())[0].evaluation)
    assert said[0] == said[1]


def test_what_is_new_each_year_is_empty_and_the_rest_is_as_it_was(write: Write) -> None:
    data = read_tree(carried(write(LAST))).data
    assert data["报告"] == {
        "样式": "kunming",
        "标题": "2024年社区食堂项目",
        "委托方": "某区财政局",
        "报告编号": None,
        "报告日期": None,
    }
    assert data["项目"] == {
        "名称": "社区食堂项目",
        "年度": None,
        "负责人": "张三",
        "实施单位": {"名称": "某街道办事处", "简称": "街道", "别名": ["某街道"]},
        "单位": [
            {
                "名称": "东风社区居民委员会",
                "简称": "东风社区",
                "计划完成": None,
                "实施内容": "建成食堂一处，面积120平方米。",
                "合同": None,
            }
        ],
    }
    assert data["资金"] == {
        "预算": None,
        "到位": None,
        "合计取自": "按单位",
        "执行率分母": "预算",
        "按单位": [{"单位": ["东风社区"], "支出": None, "原因": None, "说明": "含尾款3万元"}],
        "支付": [{"名称": "首付款", "比例": "60%", "金额": None, "条件": "签约后", "已支付": None}],
        "说明": "2024年6月到账。",
    }
    assert data["文件"]["通知"]["日期"] is None and data["文件"]["办法"]["文号"] == "财预〔2020〕10号"
    assert data["绩效目标"]["实际完成"] is None and data["绩效目标"]["总体目标"] == "建成一处食堂。"
    assert [row["指标值"] for row in data["绩效目标"]["指标"]] == [None, "明显改善"]
    assert [row["完成值"] for row in data["绩效目标"]["指标"]] == [None, None]
    assert data["实施"] == {
        "对象": "社区",
        "总数": None,
        "已开展": None,
        "活动": [{"名称": "助餐", "量词": "人次", "按区域": [{"区域": "甲区", "数量": None}]}],
    }
    options = [{"选项": "满意", "人数": None, "系数": "100%"}]
    assert data["问卷"] == {"发放": None, "收回": None, "有效": None, "题目": [{"名称": "满意度", "选项": options}]}
    assert data["问题"] is None and data["已核实"] is None and data["主要经验"] == "居民参与选址。"


def test_rules_stay_and_answers_go(write: Write) -> None:
    process, output = read_tree(carried(write(LAST))).data["指标体系"]
    rate, system, proper = process["下级"]
    assert rate == {
        "名称": "预算执行率",
        "分值": "20",
        "说明": "支出与预算之比。",
        "评分标准": "每低5%扣1分。",
        "完成情况说明": None,
        "扣分原因": None,
        "得分": None,
        "计分方法": "按档扣分",
        "测算": {"方法": "比率", "分子": "资金.支出", "分母": "资金.预算"},
        "参数": {"基准": "100%", "每档": "5%", "每档扣分": "1", "取档": "整档舍去"},
    }
    points = [{"要点": "有制度", "达到": None}, {"要点": "制度完整", "达到": None, "说明": None}]
    assert system["参数"] == {"分配": "均分", "要点": points}
    assert proper["参数"] == {"扣分项": None}
    count, opened = output["下级"]
    assert (count["指标值"], count["完成值"], count["参数"]) == (None, None, {"未达到": "按比例"})
    assert opened["测算"] == {"方法": "比率", "分子": None, "分母": "实施.总数"}


def test_parameters_that_wait_to_be_filled_in_are_no_errors(write: Write) -> None:
    out = carried(write(LAST))
    source, findings = load(out, rule_parameters(), measure_parameters())
    assert [(one.code, str(one.level)) for one in findings] == [("S010", "警告")]
    assert "“资金合规性”待评：参数里的“扣分项”还空着" in findings[0].what
    opened = source.evaluation.indicators[1].below[1]
    assert opened.measured is None and opened.parameters.target is not None
    waiting = [one.what for one in judge(out).findings if "开放率" in one.what]
    assert len(waiting) == 1 and "待评" in waiting[0]
    rate = source.evaluation.indicators[0].below[0].measured
    assert rate is not None and rate.parameters.part == Reference("资金.支出")  # type: ignore[union-attr]


def test_what_is_wrong_beside_an_empty_parameter_is_still_told(write: Write) -> None:
    rule = "指标体系: [{名称: 甲, 分值: 5, 计分方法: 按比例得分, 参数: {方向: 上, 目标值: }}]\n"
    _, findings = load(write("金额单位: 元\n报告: {样式: kunming}\n" + rule), rule_parameters(), measure_parameters())
    assert {one.code for one in findings} == {"D002", "D003"}


def test_texts_that_may_hold_last_years_figures_are_marked(write: Write) -> None:
    data = read_tree(carried(write(LAST))).data
    assert [row["位置"] for row in data["沿用上年"]] == [
        "报告.标题",
        "项目.单位.东风社区居民委员会.实施内容",
        "资金.按单位.东风社区.说明",
        "资金.说明",
        "文件.通知.名称",
        "文件.通知.文号",
        "绩效目标.总体目标",
        "正文.项目概况",
        "正文.评价目的",
        "正文.其他说明",
        "主要经验",
        "附件[0]",
    ]


def open_marks(data: Path) -> list[str]:
    evaluation = judge(data).source.evaluation
    return [dotted(evaluation, path) for path in untouched(evaluation)]


def test_a_mark_goes_when_the_text_is_changed_or_its_line_is_deleted(write: Write) -> None:
    out = carried(write(LAST))
    text = out.read_text("utf-8")
    count = len(open_marks(out))
    out.write_text(text.replace("居民参与选址。", "居民代表参与选址。"), encoding="utf-8")
    assert "主要经验" not in open_marks(out) and len(open_marks(out)) == count - 1
    lines = [line for line in text.splitlines() if "位置: 正文.评价目的" not in line]
    out.write_text("\n".join(lines), encoding="utf-8")
    assert "正文.评价目的" not in open_marks(out) and len(open_marks(out)) == count - 1
    out.write_text(text.replace("居民参与选址。", "居民参与\n  选址。"), encoding="utf-8")
    assert len(open_marks(out)) == count


def test_the_check_names_the_figures_that_stand_in_a_text(write: Write) -> None:
    told = {one.data: one.what for one in review(carried(write(LAST))).findings if one.code == "P119"}
    assert told["正文.项目概况"] == "正文.项目概况沿用上年，还没有核对，其中有2024年、28.2万元"
    assert told["资金.说明"].endswith("其中有2024年6月") and told["主要经验"].endswith("还没有核对")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_draft_shows_the_marks_and_a_final_report_is_refused(ending: str, write: Write, command: Command) -> None:
    out = carried(write(LAST), out=f"今年.{ending}")
    made = make(judge(out), pages=False)
    printed = str(project(made.document))
    assert "支出28.2万元。【沿用上年，待核】" in printed and "的效果。【沿用上年，待核】" in printed
    assert "无【沿用上年" not in printed and "支出与预算之比。【" not in printed
    assert {str(one.level) for one in made.findings if one.code == "P119"} == {"警告"}
    refused = command("render", out, "--final", "--no-pages")
    assert refused.code == 1 and "错误[P119] 正文.项目概况沿用上年，还没有核对" in refused.err


def test_a_mark_that_the_data_accepts_or_the_style_leaves_out_is_not_printed(write: Write, tmp_path: Path) -> None:
    out = carried(write(LAST))
    text = out.read_text("utf-8")
    settled = "已核实: [{代码: P119, 位置: 主要经验, 原因: 今年也是这样}]\n"
    out.write_text(text.replace("已核实:\n", settled), encoding="utf-8")
    made = make(judge(out), pages=False)
    assert [one.finding.data for one in made.accepted] == ["主要经验"]
    printed = str(project(made.document))
    assert "选址。【沿用上年" not in printed and "28.2万元。【沿用上年" in printed
    pack = tmp_path / "包"
    pack.mkdir()
    (pack / "style.yaml").write_text(
        "名称: 包\n沿用: kunming\n核查: {P119: {级别: 不查, 原因: 另有核对单}}\n", encoding="utf-8"
    )
    made = make(judge(out, str(pack)), pages=False)
    assert "沿用上年" not in str(project(made.document))


def test_the_texts_of_another_style_stand_ready_and_its_documents_are_its_own(write: Write) -> None:
    last = write(LAST.replace("样式: kunming,", "样式: kunming, 文档: 报告,"))
    data = read_tree(carried(last, "beijing")).data
    assert data["报告"]["样式"] == "beijing"
    assert "文档" not in data["报告"] or data["报告"]["文档"] in (find_style("beijing").file.documents or {})
    keys = [one.key for one in find_style("beijing").file.outline if (one.key or "").startswith("正文.")]
    assert {str(key).removeprefix("正文.") for key in keys} <= set(data["正文"])
    assert data["正文"]["项目概况"].startswith("本项目2024年")


def test_last_years_problems_and_those_not_mended_are_to_be_followed_up() -> None:
    blank = {"整改情况": None, "状态": None}
    problems = [
        {"标题": "没有退出规定", "建议": [{"标题": "修订办法"}, {"内容": "没有标题"}, {"标题": "公示"}]},
        {"内容": "到位率{{ 资金.到位率 }}，偏低。年底才到账。"},
        {"原因": "不详"},
    ]
    older = [
        {"问题": "台账不全", "建议": "补齐", "整改情况": "已经补齐。", "状态": "已整改"},
        {"问题": "场地没有落实", "整改情况": "正在协商。", "状态": "正在整改"},
    ]
    assert to_follow_up({"问题": problems, "整改": older}) == [
        {"问题": "没有退出规定", "建议": "修订办法；公示", **blank},
        {"问题": "到位率……，偏低", "建议": None, **blank},
        {"问题": "场地没有落实", **blank},
    ]
    assert to_follow_up({"问题": "无"}) == []


def test_last_years_own_marks_are_made_anew(write: Write) -> None:
    once = carried(write(LAST))
    once.write_text(once.read_text("utf-8").replace("年度:\n", "年度: 2025\n"), encoding="utf-8")
    twice = carried(once, out="后年.yaml")
    assert len(open_marks(twice)) == len(open_marks(once))


def test_without_a_year_every_year_in_a_text_is_marked(write: Write) -> None:
    evaluation = judge(carried(write(LAST.replace("  年度: 2024\n", "")))).source.evaluation
    assert "文件.办法.文号" in [one.data for one in evaluation.carried]


def test_the_workbook_has_the_columns_of_last_year(write: Write) -> None:
    out = carried(write(LAST), out="今年.xlsx")
    from openpyxl import load_workbook

    book = load_workbook(out)
    heads = {str(cell.value) for row in book["资金"].iter_rows() for cell in row if cell.value}
    assert {"原因", "已支付", "支出（元）"} <= heads
    assert not any("示例：" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "正文.项目概况" in [cell.value for row in book["已核实"].iter_rows() for cell in row]


def test_the_command_says_what_it_kept(command: Command, write: Write, tmp_path: Path) -> None:
    last, out = write(LAST, "去年.yaml"), tmp_path / "今年.yaml"
    done = command("new", "kunming", "--from", last, "-o", out)
    assert done.code == 0 and (tmp_path / SCHEMA_FILE).exists()
    assert f"指标、计分方法和文字沿用 {last}" in done.out and "12 处文字标了“沿用上年，待核”" in done.out
    assert out.read_text("utf-8").startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert command("check", out).code == 0
    book = tmp_path / "今年.xlsx"
    assert command("new", "kunming", "--from", out, "-o", book).code == 0
    assert command("check", book).code == 0


def test_the_command_refuses_what_it_cannot_do(command: Command, write: Write, tmp_path: Path) -> None:
    last = write(LAST, "去年.yaml")
    over = command("new", "kunming", "--from", last, "-o", last, "--force")
    assert over.code == 2 and "不能覆盖" in over.err and last.read_text("utf-8") == LAST
    missing = command("new", "kunming", "--from", tmp_path / "没有.yaml", "-o", tmp_path / "今年.yaml")
    assert missing.code == 2 and "找不到这个文件" in missing.err
    both = command("new", "kunming", "--from", last, "--frame", "指标体系", "-o", tmp_path / "今年.yaml")
    assert both.code == 2 and "--frame" in both.err
    wrong = write(LAST.replace("预算: 300000", "予算: 300000"), "坏.yaml")
    told = command("new", "kunming", "--from", wrong, "-o", tmp_path / "今年.yaml")
    assert told.code == 2 and "不认识的键“予算”" in told.err and not (tmp_path / "今年.yaml").exists()


def test_a_file_that_is_no_data_file_is_not_carried_over(tmp_path: Path) -> None:
    page = tmp_path / "去年.docx"
    page.write_bytes(b"PK")
    with pytest.raises(ReportError, match="不认识的数据文件格式"):
        carried_over(find_style("kunming"), page, tmp_path / "今年.yaml")


def test_blanks_and_line_ends_do_not_tell_texts_apart() -> None:
    assert digest("两 个\n社区") == digest("两个社区") != digest("三个社区")


def test_every_figure_of_the_model_is_new_each_year() -> None:
    """A field that is declared with a type of figures needs no declaration of its own."""
    from generator.carry import FIGURES
    from generator.sources.excel.layout import fields_of

    seen: list[type[Record]] = []

    def walk(record: type[Record], path: DataPath) -> Iterator[tuple[DataPath, bool | None]]:
        if record in seen:
            return
        seen.append(record)
        for one in fields_of(record):
            if any(one.type == kind for kind in FIGURES):
                yield (*path, one.name), one.each_year
            if one.record:
                yield from walk(one.record, (*path, one.name))

    found = dict(walk(Evaluation, ()))
    assert ("资金", "预算") in found and False not in found.values()


def test_only_a_file_beside_the_new_one_is_named_for_comparison(tmp_path: Path, command: Command) -> None:
    for folder in ("今年", "今年/去年", "别处"):
        (tmp_path / folder).mkdir()
    for folder, way in (("今年/去年", "去年/去年.yaml"), ("别处", None)):
        last = tmp_path / folder / "去年.yaml"
        last.write_text(SAMPLES[0].read_text(encoding="utf-8"), encoding="utf-8")
        out = tmp_path / "今年" / f"{folder[-2:]}.yaml"
        done = command("new", "kunming", "--from", last, "-o", out)
        assert judge(out).source.evaluation.last_year == way
        assert ("没有写“上年”" in done.out) == (way is None)


def test_figures_in_a_standard_are_marked_where_they_are_no_step_of_points(write: Write) -> None:
    text = """金额单位: 元
报告: {标题: 甲, 样式: national}
项目: {年度: 2023}
指标体系:
  - {名称: 一, 分值: 5, 评分标准: 完成20个社区得满分，每少1个扣0.5分}
  - {名称: 二, 分值: 5, 评分标准: 每少1个扣0.5分；达到80%得3分}
"""
    data = read_tree(carried(write(text), "national")).data
    assert [row["位置"] for row in data["沿用上年"]] == ["指标体系.一.评分标准"]
