"""The records of a data file: every field declares its Chinese name, meaning and aliases here, once.

YAML keys, template names, the JSON Schema, messages and docs come from these declarations.  A field that the
data does not give is None and prints as 待补充.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WrapValidator

from .fields import (
    MONEY_UNIT,
    NOTHING,
    Amount,
    Amounted,
    Count,
    Date,
    Goal,
    Measuring,
    Path,
    Percent,
    Prose,
    Record,
    Score,
    Text,
    Texts,
    Year,
    YesNo,
    named,
)
from .findings import Location
from .narrative import Paragraph
from .values import Money, Said


class Contract(Record):
    """A contract that a unit signed."""

    name: Text | None = named("名称", "合同或协议的名称，不带书名号")
    partner: Text | None = named("对方", "对方单位")
    signed: Date | None = named("签订日期", "签订日期")


class Unit(Record):
    """An organisation: its full name, short name and further names; dates of its part of the project."""

    name: Text = named("名称", "单位全称", "全称", "单位名称", required=True)
    short: Text | None = named("简称", "文中使用的简称")
    aliases: Texts = named("别名", "其他叫法，用于核对", many=True)
    plan_start: Date | None = named("计划开始", "计划开始（开工）日期", "计划开工")
    plan_end: Date | None = named("计划完成", "计划完成（竣工）日期", "计划竣工", "计划完工")
    limit: Date | None = named("完成时限", "规定的完成时限")
    actual_end: Date | None = named("实际完成", "实际完成日期")
    work: Prose | None = named("实施内容", "在该单位实施的内容及完成情况")
    contracts: list[Contract] = named("合同", "签订的合同", many=True, each_year=True)


UnitOrName = Annotated[
    Unit,
    BeforeValidator(
        lambda value: {"名称": value} if isinstance(value, str) else value, json_schema_input_type=Unit | Text
    ),
]


class Report(Record):
    """The report itself: who commissioned it, who wrote it, when."""

    style: Text | None = named("样式", "样式的名称，用 jixiao styles 查看")
    title: Text | None = named("标题", "报告标题，不带“绩效评价报告”")
    document: Text | None = named("文档", "做样式里的哪个文档；不写时为第一个")
    charts: YesNo | None = named("图表", "是否印图表；不写时按样式")
    kind: Literal["财政评价", "部门评价", "单位自评"] | None = named("评价类型", "财政评价、部门评价或单位自评")
    client: Text | None = named("委托方", "委托或组织评价的单位", "组织单位")
    firm: Text | None = named("评价机构", "承担评价的机构")
    number: Text | None = named("报告编号", "报告文号", each_year=True)
    version: Literal["初稿", "征求意见稿", "定稿"] | None = named(
        "版本", "初稿、征求意见稿或定稿：印在封面和页眉上", each_year=True
    )
    day: Date | None = named("报告日期", "报告日期")
    start: Date | None = named("评价开始", "评价工作开始的日期或月份")
    end: Date | None = named("评价结束", "评价工作结束的日期或月份")
    cutoff: Date | None = named("截止日期", "数据截至的日期", "数据截止日期")


class Project(Record):
    """The project that is evaluated."""

    name: Text | None = named("名称", "项目名称，不带年度", "项目名称")
    year: Year | None = named("年度", "项目（预算）年度，四位数字")
    code: Text | None = named("代码", "项目代码", "项目代码")
    kind: Text | None = named("类型", "项目类型，如 延续项目", "项目类型")
    start: Date | None = named("开始", "项目开始时间", "开始时间")
    end: Date | None = named("完成", "项目完成时间", "完成时间")
    department: UnitOrName | None = named("主管部门", "主管部门：名称，或 {名称, 简称}")
    body: UnitOrName | None = named("实施单位", "实施单位：名称，或 {名称, 简称}")
    performer: UnitOrName | None = named("实施部门", "具体实施的部门（内设机构、所属单位），与实施单位不同时填写")
    contractor: UnitOrName | None = named("承接单位", "承接单位：名称，或 {名称, 简称}")
    leader: Text | None = named("负责人", "项目负责人；不写时表中留空")
    phone: Text | None = named("联系电话", "联系电话；不写时表中留空")
    units: list[Unit] = named("单位", "项目涉及的各单位（社区、子项目单位等）", "下属单位", many=True)


class FundRow(Record):
    """One part of the money: a unit's, a purpose's, a source's or an area's."""

    units: Texts = named("单位", "单位的名称或简称；一笔钱由几个单位共用时写几个", many=True)
    name: Text | None = named("名称", "用途、来源或区域的名称；不写时用单位的名称")
    first_budget: Amount | None = named("年初预算", "年初预算数", "年初预算数")
    budget: Amount | None = named("预算", "预算金额（全年预算数）；不写时由下级相加", "预算数", "全年预算数")
    received: Amount | None = named("到位", "到位金额；不写时由下级相加", "实际到位")
    spent: Amount | None = named("支出", "支出金额；不写时由下级相加", "金额", "使用金额", "全年执行数")
    count: Count | None = named("数量", "所含的单位数，如社区数；不写时由下级相加")
    counted: Text | None = named("数量单位", "数量的单位，如 个社区")
    last_day: Date | None = named("最后到账日期", "最后一笔资金到账的日期")
    last_amount: Amount | None = named("最后到账金额", "最后一笔到账的金额")
    reason: Text | None = named("原因", "未使用或支出偏低的原因", each_year=True)
    remark: Text | None = named("说明", "备注")
    by_purpose: list[FundRow] = named("按用途", "这一部分的支出按用途列示", many=True)
    parts: list[FundRow] = named("下级", "更细的组成", many=True)

    def amount(self, kind: Literal["first_budget", "budget", "received", "spent"]) -> Money | Said | None:
        """The amount as typed, or the sum of the parts where every part has one."""
        said: Money | Said | None = getattr(self, kind)
        return said if said is not None else summed(self.parts, kind)

    def counted_units(self) -> int | None:
        """The number of units as typed, or the sum of the parts' numbers where every part has one."""
        return self.count if self.count is not None else counted_in(self.parts)


def summed(rows: Sequence[FundRow], kind: Literal["first_budget", "budget", "received", "spent"]) -> Money | None:
    """The sum of an amount over rows; None unless every row has it."""
    amounts = [row.amount(kind) for row in rows]
    known = [amount.yuan for amount in amounts if isinstance(amount, Money)]
    return Money(sum(known, Decimal())) if amounts and len(known) == len(amounts) else None


def counted_in(rows: Sequence[FundRow]) -> int | None:
    """The number of units of all rows together; None unless every row has it."""
    counts = [row.counted_units() for row in rows]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


class Payment(Record):
    """One instalment of a contract's price."""

    name: Text = named("名称", "款项名称，如 首付款", required=True)
    share: Percent | None = named("比例", "占合同金额的比例，如 60%")
    amount: Amount | None = named("金额", "金额")
    condition: Text | None = named("条件", "支付的条件和时间")
    paid: YesNo | None = named("已支付", "是否已经支付；没有支付的是尾款，用来和结余核对", each_year=True)


class Ledger(Record):
    """A workbook with one payment a row, from which amounts of 支出 are summed."""

    file: Text = named("文件", "台账工作簿（.xlsx），写相对于数据文件的路径", required=True)
    sheet: Text | None = named("工作表", "台账所在的工作表；不写时为第一张有金额栏的表")
    money_unit: Literal["元", "万元"] | None = named(MONEY_UNIT, "台账的金额单位；表头写明的以表头为准")


class AnswerSheet(Record):
    """A workbook with one answered questionnaire a row, from which the options' 人数 are counted."""

    file: Text = named("文件", "答卷工作簿（.xlsx），写相对于数据文件的路径", required=True)
    sheet: Text | None = named("工作表", "答卷所在的工作表；不写时为题目最多的一张")


def _listed(value: object) -> object:
    """One workbook, or its name alone, as a list of workbooks."""
    items = [value] if isinstance(value, (str, dict)) else value
    return [{"文件": item} if isinstance(item, str) else item for item in items] if isinstance(items, list) else items


class Funds(Record):
    """The project's money."""

    budget: Amount | None = named("预算", "项目预算资金（计划投入）", "预算资金", "计划投入", "全年预算数")
    first_budget: Amount | None = named("年初预算", "年初预算数，与全年预算不同时填写", "年初预算数")
    adjustment: Amount | None = named("调整预算", "当年使用的上年结余、结转和当年调整的预算")
    received: Amount | None = named("到位", "实际到位资金（财政拨款数）", "实际到位", "到位资金", "财政拨款数")
    due: Amount | None = named("应到位", "按合同或进度截至规定时点应到位的资金，与预算不同时填写")
    timely: Amount | None = named("及时到位", "截至规定时点及时到位的资金，与到位不同时填写")
    spent: Amount | None = named("支出", "实际支出资金", "实际支出", "全年执行数", "支出资金", "实际支付数")
    carried: Amount | None = named("结转", "结余、结转资金中结转的部分", "结转数")
    taken_back: Amount | None = named("财政收回", "结余、结转资金中由财政收回的部分", "财政收回数")
    total_of: Literal["按单位", "按用途", "按来源", "按区域", "按子项目"] | None = named(
        "合计取自", "没有写的总额（预算、到位、支出）由哪一种列示相加"
    )
    execution_base: Literal["预算", "年初预算", "到位"] | None = named(
        "执行率分母", "预算执行率以何为分母：预算、年初预算或到位"
    )
    by_unit: list[FundRow] = named("按单位", "按单位列示", many=True)
    by_purpose: list[FundRow] = named("按用途", "按用途列示", many=True)
    by_source: list[FundRow] = named("按来源", "按资金来源列示", many=True)
    by_area: list[FundRow] = named("按区域", "按区域列示", many=True)
    by_subproject: list[FundRow] = named("按子项目", "按子项目列示", many=True)
    payments: list[Payment] = named("支付", "分期支付的款项", many=True)
    ledgers: Annotated[
        list[Ledger], BeforeValidator(_listed, json_schema_input_type=list[Ledger | Text] | Ledger | Text)
    ] = named("台账", "支出台账（工作簿）：没有写的支出由台账按单位、用途相加", "支出台账", many=True, each_year=True)
    remark: Prose | None = named("说明", "对资金情况的补充说明")


class Document(Record):
    """A rule, notice or other document, cited by title and number."""

    name: Text | None = named("名称", "文件标题，不带外层书名号；里面的书名号照写", "标题")
    number: Text | None = named("文号", "发文字号，如 财预〔2020〕10号")
    issuer: Text | None = named("发文机关", "放在书名号之前的发文机关")
    day: Date | None = named("日期", "发文日期")


class TargetRow(Record):
    """One row of the declared performance targets."""

    group: Text | None = named("一级", "一级指标，如 产出指标", "一级指标")
    subgroup: Text | None = named("二级", "二级指标，如 数量指标", "二级指标")
    name: Text = named("三级", "三级指标", "三级指标", "名称", required=True)
    declared: Goal | None = named("指标值", "申报的指标值：符号、数值和单位，或文字", "目标值")
    adjusted: Goal | None = named("调整后", "评价时调整后的指标值", "调整后指标值", each_year=True)
    reason: Text | None = named("调整原因", "调整的原因", each_year=True)
    scored_by: Literal["指标值", "调整后"] | None = named(
        "计分采用", "计分时采用申报的还是调整后的指标值", each_year=True
    )
    actual: Goal | None = named("完成值", "实际完成值", "实际完成值", each_year=True)
    indicator: Text | None = named("对应指标", "由指标体系中的哪个指标评价")
    remark: Text | None = named("说明", "备注，如不在评价范围内的原因")


class Goals(Record):
    """The declared performance goals and how they were adjusted."""

    overall: Prose | None = named("总体目标", "年度总体目标", "绩效目标")
    stage: Prose | None = named("阶段性目标", "阶段性目标")
    achieved: Prose | None = named("实际完成", "总体目标的实际完成情况", "实际完成情况", each_year=True)
    rows: list[TargetRow] = named("指标", "申报的绩效指标", "绩效指标", many=True)
    adjustment: Prose | None = named("调整说明", "评价时对目标所作调整及其依据", each_year=True)


class Indicator(Record):
    """A node of the indicator system; a node without 下级 is scored by its 计分方法."""

    name: Text = named("名称", "指标名称", "指标名称", required=True)
    title: Text | None = named("全称", "与别的指标重名时，使名称唯一的全称")
    weight: Score | None = named("分值", "分值（满分）；有下级时可不写，由下级相加", "权重")
    unused: YesNo | None = named("不适用", "是：本项目没有这一类指标，不计分，自评表里印“无”")
    target: Goal | None = named("指标值", "年度指标值：符号、数值和单位，或文字", "年度指标值", "目标值")
    actual: Goal | None = named("完成值", "实际完成值", "实际完成值", each_year=True)
    meaning: Prose | None = named("说明", "指标说明：评价要点，或公式和定义", "指标说明", "评价要点", each_year=False)
    standard: Prose | None = named("评分标准", "评分标准的文字", each_year=False)
    facts: Prose | None = named("完成情况说明", "评价组查明的完成情况；计算过程由程序给出，不必写", each_year=True)
    results: Prose | None = named("主要成效", "这项指标的主要成效", each_year=True)
    analysis: Prose | None = named("分析", "指标分析部分里的补充文字", each_year=True)
    expand: YesNo | None = named("按下级分析", "是：指标分析部分逐一分析其下级，而不是本级")
    measured: Measuring | None = named("测算", "实际值怎样算出：写“方法”和该方法的参数；或直接写实际值", "实际值")
    rule: Text | None = named("计分方法", "计分方法的名称，如 按档扣分")
    parameters: Any = named("参数", "该计分方法的参数")
    reason: Prose | None = named("扣分原因", "未得满分的原因", "偏差原因", each_year=True)
    said: Score | None = named("得分", "原有底稿上的得分，只用来核对：与计算结果不符时提示", each_year=True)
    below: list[Indicator] = named("下级", "下级指标", many=True)

    def applies(self) -> bool:
        """Whether the project has this indicator: it, or one below it, is not 不适用."""
        return not self.unused and (not self.below or any(inner.applies() for inner in self.below))


class AreaCount(Record):
    """What was done in one area: a count, or words."""

    area: Text = named("区域", "区域名称", required=True)
    count: Amounted | None = named("数量", "数量，或文字")


class Activity(Record):
    """One kind of activity, counted by area."""

    name: Text = named("名称", "活动名称", required=True)
    unit: Text | None = named("量词", "量词，如 次、个社区")
    by_area: list[AreaCount] = named("按区域", "各区域的数量", many=True)
    remark: Text | None = named("说明", "备注")


class Implementation(Record):
    """What was carried out: how many of the intended units took part, and the activities by area."""

    subject: Text | None = named("对象", "计数的对象，如 社区")
    total: Count | None = named("总数", "对象总数；不写时为资金（合计取自的那种列示）里数量之和")
    active: Count | None = named("已开展", "已开展的对象数；不写时由总数减未开展得出")
    inactive: Count | None = named("未开展", "未开展的对象数；不写时由总数减已开展得出")
    activities: list[Activity] = named("活动", "活动", many=True)


class Option(Record):
    """One answer of a question, how many chose it, and what it counts."""

    name: Text = named("选项", "选项文字", required=True)
    count: Count | None = named("人数", "选择的人（份）数", "份数")
    weight: Percent | None = named("系数", "该选项的系数，如 80%", "权重")


class Question(Record):
    """One question of the survey."""

    name: Text = named("名称", "题目的短名称，供指标引用", required=True)
    text: Text | None = named("问题", "题目文字")
    options: list[Option] = named("选项", "选项、人数和系数", many=True)
    remark: Text | None = named("说明", "备注，如系数与别的题目不同的原因")

    @property
    def answers(self) -> int:
        """How many chose an option, over all options."""
        return sum(option.count or 0 for option in self.options)


class Survey(Record):
    """The questionnaire survey."""

    issued: Count | None = named("发放", "发放问卷份数")
    returned: Count | None = named("收回", "收回问卷份数")
    valid: Count | None = named("有效", "有效问卷份数")
    satisfied: Count | None = named("满意", "满意问卷份数")
    questions: list[Question] = named("题目", "题目", many=True)
    answer_sheets: Annotated[
        list[AnswerSheet],
        BeforeValidator(_listed, json_schema_input_type=list[AnswerSheet | Text] | AnswerSheet | Text),
    ] = named("答卷", "导出的答卷（工作簿）：没有写的人数由答卷计数", "答卷表", many=True, each_year=True)
    remark: Prose | None = named("说明", "调查对象、方式等说明")


class GivenResult(Record):
    """A result that is given (value, grade and source), not computed from indicators."""

    total: Score | None = named("总分", "总分", "得分")
    full: Score | None = named("满分", "满分")
    grade: Text | None = named("等级", "评价等级")
    source: Text | None = named("来源", "总分的来源；给出的总分不写计算过程")


class Suggestion(Record):
    """A suggestion."""

    title: Text | None = named("标题", "标题")
    body: Prose | None = named("内容", "内容")


class Problem(Record):
    """A problem, its cause, and the suggestions that answer it."""

    title: Text | None = named("标题", "标题")
    body: Prose | None = named("内容", "问题的表现")
    cause: Prose | None = named("原因", "产生的原因", "原因分析")
    suggestions: Annotated[
        list[Suggestion],
        BeforeValidator(
            lambda value: [value] if isinstance(value, dict) else value,
            json_schema_input_type=list[Suggestion] | Suggestion,
        ),
    ] = named("建议", "针对这个问题的建议", many=True)
    indicators: Texts = named("对应指标", "这个问题涉及的指标的名称，用来核对扣分的指标都有交代", many=True)


class Rectified(Record):
    """A problem that last year's evaluation found, and what was done about it since."""

    problem: Text = named("问题", "上年评价发现的问题", required=True)
    suggestion: Text | None = named("建议", "上年提出的建议")
    done: Prose | None = named("整改情况", "做了什么，结果怎样", "整改措施")
    state: Literal["已整改", "正在整改", "未整改"] | None = named("状态", "已整改、正在整改或未整改")


class Sample(Record):
    """What was drawn of a population: sites, units, persons, papers."""

    subject: Text = named("对象", "抽样的对象，如 社区、服务站、参训人员", required=True)
    total: Count | None = named("总数", "对象的总数")
    drawn: Count | None = named("抽取", "抽取的数量", "抽样数")
    unit: Text | None = named("量词", "总数和抽取的量词，如 个、人；同一种对象、量词相同的，表中加合计")
    method: Text | None = named("方法", "抽样的方法，如 随机抽取")
    remark: Text | None = named("说明", "备注，如抽取的是哪些")


class Member(Record):
    """A member of the evaluation team."""

    name: Text | None = named("姓名", "姓名；可以不写")
    role: Text = named("角色", "在评价组里的角色，如 项目负责人、主评人", "职务", required=True)
    rank: Text | None = named("职称", "职称或资格")
    employer: Text | None = named("单位", "所在单位", "工作单位")
    work: Text | None = named("分工", "承担的工作")


class Opinion(Record):
    """An opinion on the report, who gave it, and what became of it."""

    text: Prose = named("意见", "意见或建议的内容", required=True)
    giver: Text | None = named("提出单位", "提出意见的单位：名称或简称")
    part: Text | None = named("部分", "意见针对报告的哪一部分", "报告所在部分")
    passage: Text | None = named("原文", "意见针对的报告原文", "报告原文")
    basis: Text | None = named("依据", "提出单位给出的依据或附件", "依据及附件")
    adopted: Literal["采纳", "部分采纳", "不采纳"] | None = named("采纳", "采纳、部分采纳或不采纳", "采纳情况")
    reason: Text | None = named("理由", "部分采纳、不采纳的理由，或怎样修改的")


class Photo(Record):
    """A picture that the report shows in an attachment."""

    file: Text = named("文件", "图片文件（.png、.jpg 等），在数据文件所在的文件夹里", required=True)
    caption: Text | None = named("说明", "印在图片下面的说明", "图片说明")


class Nothing(list[Any]):
    """A list of which the data says 无: empty, and prints 无."""

    def __str__(self) -> str:
        return NOTHING


def _nothing(value: object, validated: Callable[[object], list[Any]]) -> list[Any]:
    return Nothing() if value == NOTHING or isinstance(value, Nothing) else validated(value)


class Acceptance(Record):
    """A finding of a check that was looked into and is right as it is: by code and data name, never by line."""

    code: Text = named("代码", "核查的代码，如 F101", required=True)
    data: Text = named("位置", "核查结果里写的数据位置，如 资金.按单位", required=True)
    quoted: Text | None = named("原文", "同一位置有几条时，只认可原文里含有这些字的")
    reason: Text = named("原因", "为什么认可", required=True)


class Carried(Record):
    """A text that was taken over from last year's file, by its data name and its digest: so long as it is the same."""

    data: Text = named("位置", "沿用的文字的数据位置，如 正文.项目概况", required=True)
    digest: Text = named("摘要", "沿用的文字的摘要，由程序写；文字改了就对不上", required=True)


class Evaluation(Record):
    """One data file: everything a report is made from."""

    money_unit: Literal["元", "万元"] = named(MONEY_UNIT, "没有写单位的金额，单位是元还是万元", required=True)
    report: Report = named("报告", "报告本身：标题、机构、日期", required=True)
    project: Project | None = named("项目", "被评价的项目")
    funds: Funds | None = named("资金", "项目资金")
    documents: dict[str, Document] | None = named("文件", "引用的文件，键是简称；文中写 {{ 文件.简称 }}")
    basis: Texts = named("依据", "评价依据：文件的简称，依次列出", many=True)
    goals: Goals | None = named("绩效目标", "申报的绩效目标和指标")
    implementation: Implementation | None = named("实施", "实施情况：覆盖面和各区域的活动")
    indicators: list[Indicator] = named("指标体系", "评价指标体系：一级指标的列表", many=True)
    result: GivenResult | None = named("评价结果", "没有指标体系时，给出的总分、等级和来源", each_year=True)
    survey: Survey | None = named("问卷", "问卷调查")
    text: dict[str, Prose] | None = named("正文", "各部分的文字，键由样式的提纲规定")
    own: dict[str, Text] | None = named("自定义", "样式自己要的内容，键由样式的“自定义”规定，如 所长")
    experience: Prose | None = named("主要经验", "主要经验及做法：列表，或 无")
    problems: Annotated[list[Problem], WrapValidator(_nothing)] = named(
        "问题", "存在的问题，各带原因和建议；或 无", many=True, each_year=True
    )
    last_year: Text | None = named(
        "上年",
        "上年的数据文件（.yaml 或 .xlsx），在本文件所在的文件夹里；写了就印出与上年度对比",
        "上年数据",
        each_year=True,
    )
    rectified: list[Rectified] = named("整改", "上年问题的整改情况", "上年问题整改情况", many=True, each_year=True)
    samples: list[Sample] = named("抽样", "抽样：从多少里抽取了多少", many=True)
    team: list[Member] = named("评价组", "评价组的成员", "评价组成员", many=True)
    opinions: list[Opinion] = named("意见", "各单位对报告的意见和采纳情况", "意见采纳情况", many=True, each_year=True)
    photos: list[Photo] = named("照片", "现场照片等图片，印成一个附件", "现场照片", many=True, each_year=True)
    attachments: Texts = named("附件", "样式之外另附的附件名称", many=True)
    carried: list[Carried] = named(
        "沿用上年", "沿用上年数据文件、还没有核对的文字；核对后不用改的，删去它的一行", many=True, each_year=True
    )
    accepted: list[Acceptance] = named("已核实", "核实过、认可的核查结果，各写明原因", many=True, each_year=True)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the rows of one sheet give for the value at `path`: an amount in 元, or a number of answers (份).

    `rows` are the row numbers in the sheet.
    """

    path: Path
    file: str
    sheet: str
    rows: tuple[int, ...]
    total: Decimal
    unit: Literal["元", "份"] = "元"


@dataclass(frozen=True)
class Source:
    """A data file as it was read: the records, the place of every value, and what was summed from workbooks."""

    evaluation: Evaluation
    places: Mapping[Path, Location] = field(repr=False)
    file: str = ""
    sums: tuple[Sum, ...] = ()

    def where(self, path: Path) -> Location:
        """The place of the value at `path` (Chinese keys and indices), or of the nearest record around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.file))

    def line_of(self, path: Path, paragraph: Paragraph) -> Location:
        """The place of one paragraph of the text at `path`, to the line."""
        place = self.where((*path, *paragraph.step))
        return Location(place.file, place.line + paragraph.line, 1) if place.line and paragraph.line else place
