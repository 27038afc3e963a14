"""Sentences, sections and tables of the Ministry's seven-part report, written once for the packs that follow it.

A function that takes a Draft writes to it; a constant is a sentence with its tags.
"""

from __future__ import annotations

from _authoring import Draft, cell, head, repeated, row

BUDGET = (
    "项目预算资金{{ 资金.预算 }}"
    "{% if 资金.到位 %}，实际到位{{ 资金.到位 }}，资金到位率为{{ 资金.到位率 }}"
    "{% if 资金.到位率|string != '100%' %}，尚未到位{{ 资金.未到位 }}{% endif %}{% endif %}。"
)
SPENT = (
    "{% if 报告.截止日期 %}截至{{ 报告.截止日期 }}，{% endif %}项目支出{{ 资金.支出 }}，占预算的{{ 资金.全年执行率 }}"
    "{% if 资金.到位 and 资金.支出率|string == '100%' %}，到位资金全部支出，没有结余"
    "{% elif 资金.到位 %}，占到位资金的{{ 资金.支出率 }}，结余{{ 资金.结余 }}{% endif %}。"
)
SOURCES = (
    "资金来源为：{% for 项 in 资金.按来源 if 项.预算|数值|string != '0' %}{{ 项.名称 }}"
    "{{ 项.预算 or 项.到位 or 项.支出 }}{{ '；' if not loop.last else '。' }}{% endfor %}"
)
USES = (
    "支出按{{ '单位' if 资金.按单位 else '用途' }}分列为：{% for 项 in 资金.按单位 or 资金.按用途 %}"
    "{{ 项.名称 }}{{ 项.支出 }}{{ '；' if not loop.last else '。' }}{% endfor %}"
)
PAYMENTS = (
    "资金分{{ 资金.支付|length }}次支付："
    "{% for 款 in 资金.支付 %}{{ 款.名称 }}{% if 款.比例 %}为{{ 款.比例 }}{% endif %}"
    "{% if 款.金额 %}（{{ 款.金额 }}）{% endif %}{% if 款.条件 %}，{{ 款.条件|去句号 }}{% endif %}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)
RESULT = (
    "{% if 评价结果.待评 %}本次评价应评指标{{ 评价结果.应评 }}项，已评{{ 评价结果.已评 }}项；"
    "{{ 评价结果.待评|顿号('全称') }}尚待评定，总分和评价等级待全部指标评定后得出。"
    "{% else %}{% if 评价结果.来源 %}根据{{ 评价结果.来源|去句号 }}{% else %}经逐项评分{% endif %}，"
    "{{ 项目.全称 }}综合得分{{ 评价结果.总分 }}分"
    "{% if 评价结果.满分 or not 评价结果.来源 %}（满分{{ 评价结果.满分 }}分）{% endif %}"
    "{% if 评价结果.等级 %}，评价等级为“{{ 评价结果.等级 }}”{% endif %}。{% endif %}"
)


def bare(value: str) -> str:
    """A target or actual value in a sentence, without its equals sign."""
    return f"{{{{ {value}|string|replace('=', '') }}}}"


TARGETED = "评价结果.表行|rejectattr('不适用', 'true')|selectattr('指标值')|list"
TARGETS_MET = (
    f"各项指标的完成情况为：{{% for 行 in {TARGETED} %}}"
    f"{{{{ 行.二级.名称 }}}}“{{{{ 行.名称 }}}}”年度指标值为{bare('行.指标值')}，实际完成值为{bare('行.完成值')}"
    "{{ '；' if not loop.last else '。' }}{% endfor %}"
)


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
    with r.when("资金.按单位 or 资金.按用途"):
        r.text(USES)
    with r.when("资金.支付"):
        r.text(PAYMENTS)
    r.narrative("正文.资金到位说明", optional=True)
    r.narrative("正文.资金使用说明", optional=True)


def work_done(r: Draft) -> None:
    """主要内容及实施情况: the whole project, then what each unit did."""
    with r.when("正文.支出重点"):
        r.text("项目资金重点用于：{{ 正文.支出重点 }}")
    with r.when("正文.主要支出"):
        r.text("主要支出包括：{{ 正文.主要支出 }}")
    with r.when("正文.不得用于"):
        r.text("项目资金不得用于：{{ 正文.不得用于 }}")
    with r.when("正文.实施内容 or not 项目.单位"):
        r.narrative("正文.实施内容")
    with r.each("单位 in 项目.单位"), r.when("单位.实施内容"):
        r.narrative("单位.实施内容", lead="{{ 单位 }}：")


def targets(r: Draft) -> None:
    """阶段性目标: its text, then each declared indicator with its value, a paragraph each."""
    r.narrative("绩效目标.阶段性目标", optional=True)
    with r.when("绩效目标.指标"):
        with r.each("行 in 绩效目标.指标"):
            r.text("{{ 行.二级 }}：{{ 行.三级 }}{{ 行.指标值 }}")
        r.otherwise(TARGETED)
        with r.each(f"行 in {TARGETED}"):
            r.text("{{ 行.二级.名称 }}：{{ 行.名称 }}{{ 行.指标值 }}")
        r.otherwise("not 绩效目标.阶段性目标")
        r.text("{{ 绩效目标.指标 }}")


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
        r.heading(2, "项目{{ 组.名称 }}情况")
        group_analysis(r)


def group_analysis(r: Draft) -> None:
    """What a group scored, and each of its indicators under a heading (inside a loop over 分组 with `组`)."""
    r.text("本部分由{{ 组.指标|顿号('名称') }}指标评价，满分{{ 组.分值 }}分，" + _group_score(), style="Formula")
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


def score_sheet(r: Draft, standard: str = "{{ (行.评分标准 or '—')|分段 }}") -> None:
    """附件 评价指标体系及评分表, over a landscape page; `standard` is what stands in the column 评分标准."""
    r.table(
        [17, 18, 24, 48, 46, 13, 15, 19, 25],
        [
            head("一级指标", "二级指标", "三级指标", "指标说明", "评分标准", "分值", "得分", "得分率", "扣分原因"),
            repeated(
                "行 in 评价结果.评分行",
                row(
                    "{{ 行.一级标签|合并 }}",
                    "{{ 行.二级标签|合并 }}",
                    "{{ 行.三级标签|合并 }}",
                    "{{ (行.指标内容 or '—')|分段 }}",
                    standard,
                    "{{ 行.分值 }}",
                    "{{ 行.得分 }}",
                    "{{ 行.得分率 }}",
                    "{{ (行.扣分原因 or '—')|分段 }}",
                    styles=[*["TableCentre"] * 3, *["TableText"] * 2, *["TableCentre"] * 3, "TableText"],
                    top=True,
                ),
                otherwise=[row(cell("{{ 指标体系 }}", span=9), styles=["TableCentre"])],
            ),
            row(
                cell("合　计", span=5),
                "{{ 评价结果.满分 }}",
                "{{ 评价结果.总分 }}",
                "{{ 评价结果.得分率 }}",
                "{{ 评价结果.等级 or '—' }}",
                styles=["TableHead"],
            ),
        ],
    )


def funds_sheet(r: Draft) -> None:
    """附件 资金投入和使用情况表: by unit, purpose or source, whichever the data lists first."""
    amounts = ["TableCentre", "TableText", *["TableNumber"] * 3, "TableCentre"]
    r.text("{% if 报告.截止日期 %}截至{{ 报告.截止日期 }}　　{% endif %}单位：{{ 样式.金额单位 }}", style="TableUnit")
    r.table(
        [11, 47, 27, 27, 27, 17],
        [
            head("序号", "使用单位（用途、来源）", "预算资金", "到位资金", "支出资金", "支出占比"),
            repeated(
                "项 in 资金.按单位 or 资金.按用途 or 资金.按来源",
                row(
                    "{{ loop.index }}",
                    "{{ 项.名称 }}",
                    "{{ 项.预算|数值 or '—' }}",
                    "{{ 项.到位|数值 or '—' }}",
                    "{{ 项.支出|数值 or '—' }}",
                    "{{ 项.占比 or '—' }}",
                    styles=amounts,
                    height=10,
                ),
            ),
            row(
                cell("合　计", span=2),
                "{{ 资金.预算|数值 }}",
                "{{ 资金.到位|数值 or '—' }}",
                "{{ 资金.支出|数值 }}",
                "{{ (资金.按单位合计 or 资金.按用途合计 or 资金.按来源合计 or {'占比': '—'}).占比 }}",
                styles=["TableHead", *["TableNumber"] * 3, "TableCentre"],
                height=10,
            ),
            row(
                cell("支出占预算", span=2),
                "{{ 资金.全年执行率 }}",
                cell("支出占到位资金", span=2),
                "{{ 资金.支出率 or '—' }}",
                styles=["TableHead", "TableCentre", "TableHead", "TableCentre"],
                height=10,
            ),
        ],
    )
    r.text("注：“—”为没有分列的数字；支出占比为该项支出占支出总额的比重。", style="TableNote")
    r.narrative("资金.说明", optional=True, style="TableNote")
