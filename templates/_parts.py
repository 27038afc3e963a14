"""Sentences, sections and tables of the Ministry's seven-part report, written once for the packs that follow it.

A function that takes a Draft writes to it; a constant is a sentence with its tags.
"""

from __future__ import annotations

from collections.abc import Sequence

from _authoring import Draft, Row, cell, flow, head, repeated, row
from _charts import Bars, add_chart


def figure(name: str) -> str:
    """Whether a sum or a rate is a figure: it is — where one of its parts has none."""
    return f"{name}|string != '—'"


def reason(row: str) -> str:
    """Why an area or a street left money unused, where the data says it."""
    return f"{{% if {row}.原因 %}}（原因：{{{{ {row}.原因|去句号 }}}}）{{% endif %}}"


def last_sum(row: str) -> str:
    """When an area or a street received the last of its money, and how much it was."""
    return f"{{{{ {row}.名称 }}}}最后一笔资金{{{{ {row}.最后到账金额 or '' }}}}于{{{{ {row}.最后到账日期 }}}}到账"


BUDGET = (
    "项目预算资金{{ 资金.预算 }}"
    "{% if 资金.到位 %}，实际到位{{ 资金.到位 }}{% if 资金.到位率 %}，资金到位率为{{ 资金.到位率 }}"
    "{% if not 资金.足额到位 %}，尚未到位{{ 资金.未到位 }}{% endif %}{% endif %}{% endif %}。"
)
SPENT = (
    "{% if 报告.截止日期 %}截至{{ 报告.截止日期 }}，{% endif %}项目支出{{ 资金.支出 }}"
    f"{{% if {figure('资金.全年执行率')} %}}，占预算的{{{{ 资金.全年执行率 }}}}{{% endif %}}"
    "{% if 资金.到位 and 资金.支出率|string == '100%' %}，到位资金全部支出，没有结余"
    "{% elif 资金.到位 %}，占到位资金的{{ 资金.支出率 }}，结余{{ 资金.结余 }}{% endif %}。"
)
SOURCES = (
    "资金来源为：{% for 项 in 资金.按来源 if 项.预算|数值|string != '0' %}{{ 项.名称 }}"
    "{{ 项.预算 or 项.到位 or 项.支出 }}{{ '；' if not loop.last else '。' }}{% endfor %}"
)
PARTS = ("单位", "子项目", "用途")
AREA_FUNDS = (
    "（{{ loop.index }}）{{ 区.名称 }}"
    "{% if 区.数量 %}{{ 区.数量 }}{{ 区.数量单位 }}"
    "{% if 区.数量单位 == '个' %}{{ 实施.对象 or '' }}{% endif %}，{% endif %}"
    "{% if 区.预算 %}预算{{ 区.预算 }}，{% endif %}{% if 区.到位 %}到位{{ 区.到位 }}，{% endif %}支出{{ 区.支出 }}"
    f"{{% if {figure('区.支出率')} %}}，支出率{{{{ 区.支出率 }}}}{{% endif %}}"
    f"{{% if {figure('区.未使用')} %}}，未使用{{{{ 区.未使用 }}}}{{% endif %}}"
    + reason("区")
    + "{% if 区.下级 %}；其中：{% for 街 in 区.下级 %}{{ 街.名称 }}{% if 街.预算 %}预算{{ 街.预算 }}{% endif %}"
    "{% if 街.支出 %}{% if 街.预算 %}、{% endif %}支出{{ 街.支出 }}{% endif %}"
    + reason("街")
    + "{{ '，' if not loop.last else '' }}{% endfor %}{% endif %}{{ '；' if not loop.last else '。' }}"
)
STREETS_DATED = "区.下级|selectattr('最后到账日期')|list"
RECEIVED = (
    f"资金到账时间：{{% for 区 in 资金.按区域 if 区.最后到账日期 or {STREETS_DATED} %}}"
    "{% if 区.最后到账日期 %}" + last_sum("区") + "{% else %}{{ 区.名称 }}{% endif %}"
    f"{{% for 街 in {STREETS_DATED} %}}{{{{ '，' if not loop.first else '，其中' if 区.最后到账日期 else '' }}}}"
    + last_sum("街")
    + "{% endfor %}{{ '；' if not loop.last else '。' }}{% endfor %}"
)
STREET_USES = (
    "{{ 区.名称 }}{{ 街.名称 }}支出{{ 街.支出 }}，"
    "{% if 街.按用途[0].占比|string == '100%' %}全部用于{{ 街.按用途[0].名称 }}。"
    "{% else %}其中：{% for 项 in 街.按用途 %}{{ 项.名称 }}{{ 项.支出 }}，占其支出的{{ 项.占比 }}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}{% endif %}"
)
AREA_DONE = (
    "（{{ loop.index }}）{{ 区.名称 }}：开展{% for 活动 in 区.活动 %}{{ 活动.名称 }}"
    "{% if 活动.数量 %}{{ 活动.数量 }}{% if not 活动.数量.unit %}{{ 活动.量词 or '' }}{% endif %}{% endif %}"
    "{{ '、' if not loop.last else '。' }}{% endfor %}"
)
AREAS_IDLE = (
    "{% for 区 in 资金.按区域 if 区.名称 not in 实施.按区域|列('名称') %}"
    "{{ 区.名称 }}{{ (区.说明 or '没有开展活动的记录')|去句号 }}{{ '；' if not loop.last else '。' }}{% endfor %}"
)
SUMS = (
    "合计开展{% for 活动 in 实施.活动 if 活动.合计|string != '—' %}{{ 活动.名称 }}{{ 活动.合计 }}"
    "{{ '、' if not loop.last else '。' }}{% endfor %}"
)
COVERAGE = (
    "项目涉及的{{ 实施.总数 }}个{{ 实施.对象 }}中，开展服务活动的{{ 实施.已开展 }}个，占{{ 实施.已开展占比 }}；"
    "未开展的{{ 实施.未开展 }}个，占{{ 实施.未开展占比 }}。"
)
PAYMENTS = (
    "资金分{{ 资金.支付|length }}次支付："
    "{% for 款 in 资金.支付 %}{{ 款.名称 }}{% if 款.比例 %}为{{ 款.比例 }}{% endif %}"
    "{% if 款.金额 %}（{{ 款.金额 }}）{% endif %}{% if 款.条件 %}，{{ 款.条件|去句号 }}{% endif %}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)
# Without indicators and without a total that is given nothing was scored: nothing is said of it.
SCORED = "指标体系 or 评价结果.总分"
RESULT = (
    "{% if 评价结果.待评 and not 评价结果.给出 %}本次评价应评指标{{ 评价结果.应评 }}项，已评{{ 评价结果.已评 }}项；"
    "{{ 评价结果.待评|顿号('全称') }}尚待评定，总分和评价等级待全部指标评定后得出。"
    "{% else %}{% if 评价结果.来源 %}根据{{ 评价结果.来源|去句号 }}{% else %}经逐项评分{% endif %}，"
    "{{ 项目.全称 }}综合得分{{ 评价结果.总分 }}分"
    "{% if 评价结果.满分 or not 评价结果.来源 %}（满分{{ 评价结果.满分 }}分）{% endif %}"
    "{% if 评价结果.等级 %}，评价等级为“{{ 评价结果.等级 }}”{% endif %}。{% endif %}"
)


ADJUSTED = (
    "评价时调整了{{ 绩效目标.已调整指标|length }}项指标值："
    "{% for 行 in 绩效目标.已调整指标 %}“{{ 行.三级 }}”由{{ 行.原值 }}调整为{{ 行.现值 }}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)


def bare(value: str) -> str:
    """A target or actual value in a sentence, without its equals sign."""
    return f"{{{{ {value}|string|replace('=', '') }}}}"


def kind_of(row: str) -> str:
    """The second level of a scored row, where the row is not that level itself."""
    return f"{{% if {row}.层级 > 2 %}}{{{{ {row}.二级.名称 }}}}{{% endif %}}"


TARGETED = "评价结果.表行|rejectattr('不适用', 'true')|selectattr('指标值')|list"
TARGETS_MET = (
    f"各项指标的完成情况为：{{% for 行 in {TARGETED} %}}"
    f"{kind_of('行')}“{{{{ 行.名称 }}}}”年度指标值为{bare('行.指标值')}，实际完成值为{bare('行.完成值')}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)


# A target in words wants a verb before it; `≥90%` has its sign.
TARGET = "{% if 行.指标值.number is none %}为{% endif %}{{ 行.指标值 }}"


def score_of(node: str) -> str:
    """The end of a sentence that says what a node scored: `得8.76分，得分率87.60%。`"""
    return (
        f"{{% if {node}.完成情况 == '待评' %}}尚有指标待评，暂不计分。"
        f"{{% else %}}得{{{{ {node}.得分 }}}}分，得分率{{{{ {node}.得分率 }}}}。{{% endif %}}"
    )


ROW = (
    f"{{% if 行.指标值 %}}年度指标值为{bare('行.指标值')}，实际完成值为{bare('行.完成值')}；"
    f"{{% elif 行.完成值 %}}实际完成值为{bare('行.完成值')}；{{% endif %}}"
    "满分{{ 行.分值 }}分，" + score_of("行")
)


def funds(r: Draft) -> None:
    """资金投入和使用情况: what was budgeted, received and spent, from where, for whom, in which instalments."""
    r.text(BUDGET + SPENT)
    with r.when("资金.按来源"):
        r.text(SOURCES)
    spent_by(r)
    with r.when("资金.支付"):
        r.text(PAYMENTS)
    r.narrative("正文.资金到位说明", optional=True)
    r.narrative("正文.资金使用说明", optional=True)


def spent_by(r: Draft, parts: Sequence[str] = PARTS) -> None:
    """Who spent the money and on what: by area with its streets, by unit, sub-project and purpose, as the data has it.

    `parts` are the lists of single sums, each in one sentence.
    """
    with r.when("资金.按区域"):
        r.text("按{{ 样式.措辞.区域 }}统计：")
    with r.each("区 in 资金.按区域"):
        r.text(AREA_FUNDS)
    last_received(r)
    for part in parts:
        with r.when(f"资金.按{part}"):
            r.text(
                f"支出按{part}分列为：{{% for 项 in 资金.按{part} %}}{{{{ 项.名称 }}}}{{{{ 项.支出 }}}}"
                "{{ '；' if not loop.last else '。' }}{% endfor %}"
            )
    street_uses(r)


def last_received(r: Draft) -> None:
    """When each area and its streets received the last of their money."""
    dated = "selectattr('最后到账日期')|list"
    streets = "map(attribute='下级')|map('selectattr', '最后到账日期')|map('list')|select|list"
    with r.when(f"资金.按区域|{dated} or 资金.按区域|{streets}"):
        r.text(RECEIVED)


def street_uses(r: Draft) -> None:
    """What the streets of an area spent their money on, where the data says it."""
    with r.each("区 in 资金.按区域"), r.each("街 in 区.下级"), r.when("街.按用途"):
        r.text(STREET_USES)


def activities_done(r: Draft) -> None:
    """What was done in each area, the sums, and how many took part."""
    with r.when("实施.活动"):
        with r.when("实施.按区域"):
            r.text("各{{ 样式.措辞.区域 }}开展活动的情况如下：")
        with r.each("区 in 实施.按区域"):
            r.text(AREA_DONE)
        with r.when("资金.按区域|rejectattr('名称', 'in', 实施.按区域|列('名称'))|list"):
            r.text(AREAS_IDLE)
        with r.when("实施.活动|列('合计')|map('string')|reject('equalto', '—')|list"):
            r.text(SUMS)
    with r.when("实施.总数"):
        r.text(COVERAGE)


def work_done(r: Draft) -> None:
    """主要内容及实施情况: the whole project, the activities by area, then what each unit did."""
    with r.when("正文.支出重点"):
        r.text("项目资金重点用于：{{ 正文.支出重点 }}")
    with r.when("正文.主要支出"):
        r.text("主要支出包括：{{ 正文.主要支出 }}")
    with r.when("正文.不得用于"):
        r.text("项目资金不得用于：{{ 正文.不得用于 }}")
    with r.when("正文.实施内容 or not (项目.单位 or 实施.活动)"):
        r.narrative("正文.实施内容")
    activities_done(r)
    with r.each("单位 in 项目.单位"), r.when("单位.实施内容"):
        r.narrative("单位.实施内容", lead="{{ 单位 }}：")


def targets(r: Draft) -> None:
    """阶段性目标: its text, then each declared indicator with its value, a paragraph each."""
    r.narrative("绩效目标.阶段性目标", optional=True)
    with r.when("绩效目标.指标"):
        with r.each("行 in 绩效目标.指标"):
            r.text("{{ 行.二级 }}：{{ 行.三级 }}" + TARGET)
        r.otherwise(TARGETED)
        with r.each(f"行 in {TARGETED}"):
            r.text("{% if 行.层级 > 2 %}{{ 行.二级.名称 }}：{% endif %}{{ 行.名称 }}" + TARGET)
        r.otherwise("not 绩效目标.阶段性目标")
        r.text("{{ 绩效目标.指标 }}")


def adjusted(r: Draft) -> None:
    """Which targets the evaluation adjusted, from what to what, and why."""
    with r.when("绩效目标.已调整指标"):
        r.narrative("绩效目标.调整说明", optional=True)
        r.text(ADJUSTED)


def basis(r: Draft) -> None:
    """The documents that the evaluation rests on, numbered （1）（2）."""
    with r.each("件 in 依据", otherwise="{{ 依据 }}"):
        r.text("（{{ loop.index }}）{{ 件 }}{{ '；' if not loop.last else '。' }}")


def analysis(r: Draft, group: str) -> None:
    """The indicators of one group of the style, one by one."""
    with r.each(f"组 in 分组 if 组.名称 == '{group}' and 组.指标"):
        group_analysis(r)


def other_groups(r: Draft, known: tuple[str, ...]) -> None:
    """A section for each group of the data that the style does not know."""
    with r.each(f"组 in 分组 if 组.名称 not in {known}"):
        r.heading(2, "项目{{ 组.名称|去指标 }}情况")
        group_analysis(r)


def group_analysis(r: Draft) -> None:
    """What a group scored, and each of its indicators under a heading (inside a loop over 分组 with `组`)."""
    r.text("本部分由{{ 组.指标|顿号('名称')|去指标 }}指标评价，满分{{ 组.分值 }}分，" + _group_score(), style="Formula")
    with r.each("行 in 组.指标 if not 行.下级"):
        r.heading(3, "{{ 行.名称 }}")
        row_analysis(r)
    with r.each("项 in 组.分析项"):
        r.heading(3, "{{ 项.名称 }}")
        with r.when("项.评分行|length > 1"):
            r.text("满分{{ 项.分值 }}分，" + score_of("项"), style="Formula")
        r.narrative("项.分析", optional=True)
        with r.each("行 in 项.评分行"):
            with r.when("项.评分行|length > 1 or 行.名称 != 项.名称"):
                r.heading(4, "{{ 行.名称 }}")
            row_analysis(r)


def _group_score() -> str:
    return (
        "{% if 组.指标|selectattr('完成情况', 'equalto', '待评')|list %}尚有指标待评，暂不计分。"
        "{% else %}得{{ 组.得分 }}分，得分率{{ 组.得分率 }}。{% endif %}"
    )


def row_analysis(r: Draft) -> None:
    """A scored row: target and actual, facts, derivation, reasons (inside a loop with `行`)."""
    r.text(ROW, style="Formula")
    r.narrative("行.主要成效", optional=True)
    with r.when("行.完成情况说明 or not (行.完成值 or 行.计算过程)"):
        r.narrative("行.完成情况说明")
    with r.each("式 in 行.计算过程"):
        r.text("{{ 式 }}。", style="Formula")
    with r.when("行.扣分原因"):
        r.text("扣分原因：{% for 因 in 行.扣分原因 %}{{ 因|去句号 }}{{ '；' if not loop.last else '。' }}{% endfor %}")


def problems(r: Draft) -> None:
    """Each problem with its cause, a run-in title each; 无 or the mark where there is none."""
    with r.each("问 in 问题", otherwise="{{ 问题 }}"):
        with r.when("问.标题"):
            r.heading(3, "{{ 问.标题 }}")
        r.narrative("问.内容")
        r.narrative("问.原因", optional=True, lead="原因分析：")


def suggestions(r: Draft, level: int) -> None:
    """Each suggestion under a heading of that level where it has a title."""
    with r.each("建 in 建议", otherwise="{{ 建议 }}"):
        with r.when("建.标题"):
            r.heading(level, "{{ 建.标题 }}")
        r.narrative("建.内容")


def closing(r: Draft) -> None:
    """The last three parts of the Ministry's outline: experience and problems, suggestions, other matters."""
    r.heading(1, "主要经验及做法、存在的问题及原因分析")
    r.heading(2, "主要经验及做法")
    r.narrative("主要经验")
    r.heading(2, "存在的问题及原因分析")
    problems(r)
    rectified(r, 2)
    r.heading(1, "有关建议")
    suggestions(r, 2)
    r.heading(1, "其他需要说明的问题")
    r.narrative("正文.其他说明")
    opinions(r, 0)


def begun(r: Draft, level: int, title: str, lead: str) -> None:
    """The heading of an optional section, or at level 0, where the outline has none, a sentence that leads in."""
    if level:
        r.heading(level, title)
    else:
        r.lead_in(lead)


def team(r: Draft, level: int) -> None:
    """评价组成员: who made the evaluation and what each did; nothing where the data does not say it."""
    with r.when("评价组"):
        begun(r, level, "评价组成员", "评价组的成员和分工见下表：")
        r.caption("评价组成员表")
        r.table(
            [12, 24, 28, 30, 34, 28],
            [
                head("序号", "姓名", "角色", "职称", "单位", "分工"),
                repeated(
                    "员 in 评价组",
                    row(
                        "{{ loop.index }}",
                        *(f"{{{{ 员.{name} or '—' }}}}" for name in ("姓名", "角色", "职称", "单位")),
                        "{{ 员.分工 or '—' }}",
                        styles=[*["TableCentre"] * 5, "TableText"],
                        height=8,
                    ),
                ),
            ],
        )


def sampling(r: Draft, level: int) -> None:
    """抽样: what was drawn of how many, with the share and, where the units agree, the sums."""
    styles = ["TableText", *["TableCentre"] * 3, "TableText", "TableText"]

    def counts(name: str) -> list[str]:
        counted = [
            f"{{{{ {name}.{one} or '—' }}}}{{% if {name}.{one} %}}{{{{ {name}.量词 or '' }}}}{{% endif %}}"
            for one in ("总数", "抽取")
        ]
        return [*counted, f"{{{{ {name}.比例 }}}}"]

    with r.when("抽样"):
        begun(r, level, "评价抽样情况", "评价抽样的情况见下表：")
        r.caption("评价抽样情况表")
        r.table(
            [32, 22, 22, 20, 30, 30],
            [
                head("对象", "总数", "抽取数", "抽样比例", "抽样方法", "说明"),
                repeated(
                    "样 in 抽样",
                    row(
                        "{{ 样.对象 }}",
                        *counts("样"),
                        "{{ 样.方法 or '—' }}",
                        "{{ 样.说明 or '—' }}",
                        styles=styles,
                        height=8,
                    ),
                ),
                flow("if 抽样合计"),
                row("合　计", *counts("抽样合计"), "—", "—", styles=["TableHead", *["TableCentre"] * 5], height=8),
                flow("endif"),
            ],
        )


def compared(r: Draft, level: int) -> None:
    """与上年度对比: this year's figures and last year's, with the difference of what is printed."""
    with r.when("上年对比"):
        begun(r, level, "与上年度对比", "与上年度相比，资金、得分和满意度的变化见下表：")
        r.caption("与上年度对比表")
        r.table(
            [42, 36, 36, 42],
            [
                head("项目", "本年度", "上年度", "增减"),
                repeated(
                    "比 in 上年对比",
                    row(
                        "{{ 比.名称 }}",
                        "{{ 比.本年 }}",
                        "{{ 比.上年 }}",
                        "{{ 比.增减 }}",
                        styles=["TableText", *["TableCentre"] * 3],
                        height=8,
                    ),
                ),
            ],
        )


def rectified(r: Draft, level: int) -> None:
    """上年问题整改情况: each problem of last year, what was suggested, what was done, and where it stands."""
    with r.when("整改"):
        begun(r, level, "上年问题整改情况", "上年度评价发现的问题，整改情况见下表：")
        r.caption("上年问题整改情况表")
        r.table(
            [12, 42, 36, 46, 20],
            [
                head("序号", "上年问题", "上年建议", "整改情况", "状态"),
                repeated(
                    "改 in 整改",
                    row(
                        "{{ loop.index }}",
                        "{{ 改.问题 }}",
                        "{{ 改.建议 or '—' }}",
                        "{{ (改.整改情况 or '—')|分段 }}",
                        "{{ 改.状态 }}",
                        styles=["TableCentre", *["TableText"] * 3, "TableCentre"],
                        height=8,
                    ),
                ),
            ],
        )


def opinions(r: Draft, level: int) -> None:
    """意见采纳情况: each opinion, by whom, whether it was adopted, and why not."""
    with r.when("意见"):
        begun(r, level, "意见采纳情况", "有关单位对报告提出的意见和采纳情况见下表：")
        r.caption("意见采纳情况表")
        r.table(
            [12, 56, 30, 20, 38],
            [
                head("序号", "意见", "提出单位", "采纳情况", "理由"),
                repeated(
                    "议 in 意见",
                    row(
                        "{{ loop.index }}",
                        "{{ 议.意见|分段 }}",
                        "{{ 议.提出单位 or '—' }}",
                        "{{ 议.采纳 or '—' }}",
                        "{{ 议.理由 or '—' }}",
                        styles=["TableCentre", "TableText", "TableCentre", "TableCentre", "TableText"],
                        height=8,
                    ),
                ),
            ],
        )


def attachment_list(r: Draft) -> None:
    """附件： and their names, below the text."""
    with r.when("附件"):
        r.blank()
    with r.each("附 in 附件"), r.when("loop.first"):
        r.text(
            "附件：{% if 附件|length > 1 %}{{ 附.序号 }}.{% endif %}\t{{ 附.名称 }}",
            style="AttachmentListFirst",
        )
        r.otherwise()
        r.text("{{ 附.序号 }}.\t{{ 附.名称 }}", style="AttachmentList")


def score_table(r: Draft) -> None:
    """The score of each first-level indicator, with the total."""
    r.caption("绩效评价得分情况表")
    r.table(
        [48, 36, 36, 36],
        [
            head("一级指标", "指标分值", "评价得分", "得分率", style="TableHeadLarge"),
            repeated(
                "一级 in 指标体系",
                row(
                    "{{ 一级.名称 }}",
                    "{{ 一级.分值 }}",
                    "{{ 一级.得分 }}",
                    "{{ 一级.得分率 }}",
                    styles=["TableCentreLarge"],
                    keep=True,
                ),
            ),
            row(
                "合　计",
                "{{ 评价结果.满分 }}",
                "{{ 评价结果.总分 }}",
                "{{ 评价结果.得分率 }}",
                styles=["TableHeadLarge"],
            ),
        ],
    )


# A mark would stand a character or two a line in the narrow cells of a total: its label has it in full.
GAPS = (
    "{% if not 评价结果.满分 %}　{{ 评价结果.满分 }}{% endif %}"
    "{% if not 评价结果.总分 %}　{{ 评价结果.总分 }}{% endif %}"
)
FULL_POINTS, TOTAL = "{{ 评价结果.满分 or '—' }}", "{{ 评价结果.总分 or '—' }}"
POINTS = "{{ 行.分值 or '【待补充】' }}"  # without points it is 待评, which is told by name


def labels() -> list[str]:
    """The cells of a row's three levels, merged; the points stand on a line of their own in the narrow column."""
    return [f"{{{{ 行.{level}标签|string|replace('（', '\\n（')|合并 }}}}" for level in ("一级", "二级", "三级")]


def score_sheet(r: Draft, standard: str = "{{ (行.评分标准 or '—')|分段 }}") -> None:
    """附件 评价指标体系及评分表, over a landscape page; `standard` is what stands in the column 评分标准."""
    r.table(
        [20, 20, 28, 41, 41, 13, 15, 21, 26],
        [
            head("一级指标", "二级指标", "三级指标", "指标说明", "评分标准", "分值", "得分", "得分率", "扣分原因"),
            repeated(
                "行 in 评价结果.评分行",
                row(
                    *labels(),
                    "{{ (行.指标内容 or '—')|分段 }}",
                    standard,
                    POINTS,
                    "{{ 行.得分 }}",
                    "{{ 行.得分率 }}",
                    "{{ (行.扣分原因 or '—')|分段 }}",
                    styles=[*["TableCentre"] * 3, *["TableText"] * 2, *["TableCentre"] * 3, "TableText"],
                    top=True,
                ),
                otherwise=[row(cell("{{ 指标体系 }}", span=9), styles=["TableCentre"])],
            ),
            row(
                cell("合　计" + GAPS, span=5),
                FULL_POINTS,
                TOTAL,
                "{{ 评价结果.得分率 }}",
                "{{ 评价结果.等级 or '—' }}",
                styles=["TableHead"],
            ),
        ],
    )


SOURCES = "附.内容 == '数据来源表'"
PHOTOS = "附.内容 == '现场照片'"


def sources_sheet(r: Draft) -> None:
    """附件 数据来源表: what was summed from ledgers and counted from answer sheets, and from which rows."""
    r.table(
        [52, 28, 60, 16],
        [
            head("项目", "数额", "来源", "笔（份）数"),
            repeated(
                "源 in 数据来源",
                row(
                    "{{ 源.项目 }}",
                    "{{ 源.数额 }}",
                    "{{ 源.来源 }}",
                    "{{ 源.笔数 }}",
                    styles=["TableText", "TableCentre", "TableText", "TableCentre"],
                ),
            ),
        ],
    )


def photos_sheet(r: Draft) -> None:
    """附件 现场照片: the data's pictures, each with its caption below."""
    with r.each("照 in 照片"):
        r.text('{{ 照.文件|图片("14厘米", "9厘米") }}', style="Figure")
        with r.when("照.说明"):
            r.text("{{ 照.说明 }}", style="PhotoCaption")


def own_attachments(r: Draft) -> None:
    """附件 数据来源表 and 现场照片 of a report that prints no other attachment."""
    with r.each(f"附 in 附件 if {SOURCES} or {PHOTOS}"):
        r.text("附件{% if 附件|length > 1 %}{{ 附.序号 }}{% endif %}", style="AttachmentMark")
        r.text("{{ 附.名称 }}", style="AttachmentTitle")
        with r.when(SOURCES):
            sources_sheet(r)
            r.otherwise()
            photos_sheet(r)


def unit_line(r: Draft) -> None:
    """The day of the figures and their unit, over a table of money."""
    r.text("{% if 报告.截止日期 %}截至{{ 报告.截止日期 }}　　{% endif %}单位：{{ 样式.金额单位 }}", style="TableUnit")


def amount(name: str) -> str:
    """An amount in a column whose head names the unit: always two decimals, — where there is none."""
    return f"{{{{ {name}|数值(位数=2) or '—' }}}}"


LABELS = "[>=100000]#,##0;#,##0.00"  # a label of more than nine characters would break beside its bar


def funds_chart(r: Draft) -> None:
    """The chart of the money: what each unit spent, or else what each area was given and spent."""
    with r.when("样式.图表 and 资金.按单位"):
        add_chart(
            r,
            Bars(
                "图表：资金.按单位；类别：简称；数值：支出；说明：各单位支出资金条形图",
                ["支出资金"],
                {"甲单位": ["60000"], "乙单位": ["45000"], "丙单位": ["30000"], "丁单位": ["15000"]},
                LABELS,
                lie=True,
            ),
            "各单位支出资金（单位：{{ 样式.金额单位 }}）",
        )
        r.otherwise("样式.图表 and 资金.按区域")
        add_chart(
            r,
            Bars(
                "图表：资金.按区域；类别：名称；数值：预算、支出；说明：各区域预算安排和支出条形图",
                ["预算安排", "支出"],
                {"甲区": ["1400", "900"], "乙区": ["600", "90"], "丙县": ["60", "0"], "丁县": ["20", "20"]},
                LABELS,
                lie=True,
                height_mm=58,
            ),
            "各{{ 样式.措辞.区域 }}预算安排和支出（单位：{{ 样式.金额单位 }}）",
        )


def funds_sheet(r: Draft) -> None:
    """附件 资金投入和使用情况表: by area with its streets, or by unit, purpose, source or sub-project."""
    unit_line(r)
    with r.when("资金.按区域"):
        _funds_by_area(r)
        with r.when("资金.按用途"):
            purposes(r)
        r.text("注：“—”为没有分列的数字；未使用为到位资金减支出资金。", style="TableNote")
        r.otherwise()
        _funds_by_part(r)
        r.text("注：“—”为未按单位（用途）分列；支出占比为该项支出占支出总额的比重。", style="TableNote")
        shares_note(r, PART_SUMS)
    r.narrative("资金.说明", optional=True, style="TableNote")


def purposes(r: Draft) -> None:
    """What was spent on each purpose, with a note where the purposes do not add up to the whole."""
    r.table(
        [16, 68, 36, 36],
        [
            head("序号", "用途", "支出", "占支出总额"),
            repeated(
                "项 in 资金.按用途",
                row(
                    "{{ loop.index }}",
                    "{{ 项.名称 }}",
                    amount("项.支出"),
                    "{{ 项.占比 }}",
                    styles=["TableCentre", "TableText", "TableNumber", "TableCentre"],
                    height=8,
                    keep=True,
                ),
            ),
            row(
                cell("合　计", span=2),
                amount("资金.支出"),
                "100%",
                styles=["TableHead", "TableNumber", "TableCentre"],
                height=8,
            ),
        ],
    )
    with r.when(figure("资金.按用途合计.相差")):
        r.text(
            "注：各项用途之和为{{ 资金.按用途合计.支出 }}，与支出总额相差{{ 资金.按用途合计.相差 }}；"
            "合计和占比以支出总额为准。",
            style="TableNote",
        )
    shares_note(r, "资金.按用途合计")


def shares_note(r: Draft, sums: str) -> None:
    """Below a table of shares: that the rounded ones do not add up to what the last row says."""
    r.let("占比相差", f"({sums}).占比相差")
    with r.when("占比相差 and " + figure("占比相差")):
        r.text("注：占比四舍五入，各行之和与合计相差{{ 占比相差 }}个百分点。", style="TableNote")


PART_SUMS = " or ".join(f"资金.{name}合计" for name in ("按单位", "按用途", "按来源", "按子项目"))


def _funds_by_part(r: Draft) -> None:
    style = ["TableCentre", "TableText", *["TableNumber"] * 3, "TableCentre"]
    r.table(
        [10, 40, 29, 29, 29, 19],
        [
            head(
                "序号",
                "{{ '使用单位（用途）' if 资金.按单位 or 资金.按用途 else '资金来源' if 资金.按来源 else '子项目' }}",
                "预算资金",
                "到位资金",
                "支出资金",
                "支出占比",
            ),
            repeated(
                "项 in 资金.按单位 or 资金.按用途 or 资金.按来源 or 资金.按子项目",
                row(
                    "{{ loop.index }}",
                    "{{ 项.名称 }}",
                    *(amount(f"项.{name}") for name in ("预算", "到位", "支出")),
                    "{{ 项.占比 or '—' }}",
                    styles=style,
                    height=10,
                ),
            ),
            _funds_sums(f"{{{{ ({PART_SUMS} or {{'占比': '—'}}).占比 }}}}", "TableCentre"),
            *_funds_rates(),
        ],
    )


def _funds_by_area(r: Draft) -> None:
    def line(name: str, over: str, style: str) -> Row:
        return row(
            name,
            f"{{{{ {over}.数量 or '—' }}}}",
            *(amount(f"{over}.{field}") for field in ("预算", "到位", "支出", "未使用")),
            styles=[style, "TableCentre", *["TableNumber"] * 4],
            height=8,
        )

    r.table(
        [27, 13, 29, 29, 29, 29],
        [
            head("{{ 样式.措辞.区域 }}", "数量", "预算资金", "到位资金", "支出资金", "未使用"),
            flow("for 区 in 资金.按区域"),
            line("{{ 区.名称 }}", "区", "TableText"),
            repeated("街 in 区.下级", line("　{{ 街.名称 }}", "街", "TableText")),
            flow("endfor"),
            _funds_sums(amount("资金.结余"), "TableNumber"),
            *_funds_rates(),
        ],
    )


def _funds_sums(last: str, style: str) -> Row:
    """The row of the sums, over the two columns that name what is summed."""
    return row(
        cell("合　计", span=2),
        *(amount(f"资金.{name}") for name in ("预算", "到位", "支出")),
        last,
        styles=["TableHead", *["TableNumber"] * 3, style],
        height=10,
    )


def _funds_rates() -> list[Row]:
    """The rates and what is left, below the sums; a figure has room enough not to break."""

    def pair(label: str, value: str, other_label: str, other_value: str) -> Row:
        return row(
            cell(label, span=2),
            value,
            other_label,
            cell(other_value, span=2),
            styles=["TableHead", "TableCentre", "TableHead", "TableCentre"],
            height=10,
        )

    return [
        flow("if 资金.到位"),
        pair("资金到位率（到位÷预算）", "{{ 资金.到位率 or '—' }}", "支出率（支出÷到位）", "{{ 资金.支出率 or '—' }}"),
        pair("未到位资金", amount("资金.未到位"), "结余资金", amount("资金.结余")),
        flow("else"),
        row(
            cell("预算执行率（支出÷预算）", span=2),
            cell("{{ 资金.全年执行率 }}", span=4),
            styles=["TableHead", "TableCentre"],
            height=10,
        ),
        flow("endif"),
    ]
