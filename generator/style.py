"""Style packs: a folder with style.yaml (policy and wording) and Word templates (typography).

A pack holds what differs between cities and firms: forms of figures, grade scale, outline, attachments, wording.
It comes from outside and is not trusted: it is data, read like a data file; nothing in it is executed.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Literal

from .findings import Level, Location, ReportError
from .model import Count, Percent, Prose, Record, Score, Text, Texts, YesNo, named
from .records import validated
from .sources import read_tree
from .values import Form, Forms

STYLE_FILE = "style.yaml"
FOLDERS_VARIABLE = "JIXIAO_STYLES"


class FigureForm(Record):
    """How one kind of figure prints."""

    unit: Literal["元", "万元", "亿元"] | None = named("单位", "金额印成元、万元还是亿元")
    decimals: Literal["自然", "0", "1", "2", "3", "4"] | None = named("小数", "小数位数，或 自然（有几位写几位）")
    whole_bare: YesNo | None = named("整数省略小数", "整数是否不带小数")
    thousands: YesNo | None = named("千分位", "是否用千分位逗号")

    def form(self, default: Form) -> Form:
        """The form, with `default` for what is not said."""
        decimals = default.decimals
        if self.decimals is not None:
            decimals = None if self.decimals == "自然" else int(self.decimals)
        return Form(
            decimals,
            default.whole_bare if self.whole_bare is None else self.whole_bare,
            default.thousands if self.thousands is None else self.thousands,
            self.unit or default.unit,
        )


class StyleForms(Record):
    """How figures print in this style."""

    money: FigureForm | None = named("金额", "金额")
    rate: FigureForm | None = named("比率", "资金到位率、完成率等比率")
    score_rate: FigureForm | None = named("得分率", "得分率")
    points: FigureForm | None = named("得分", "得分")
    weight: FigureForm | None = named("分值", "分值")


class Band(Record):
    """One grade: from its floor (included) up to the floor of the next higher one."""

    name: Text = named("名称", "等级的名称", required=True)
    floor: Score = named("下限", "下限（含），按百分制", required=True)
    remark: Text | None = named("备注", "来源或说明")


class Section(Record):
    """One section of the outline."""

    number: Text | None = named("编号", "印出的编号，如 一、或（一）")
    title: Text = named("标题", "标题", required=True)
    level: Count | None = named("层级", "标题层级，从 1 起")
    key: Text | None = named("键", "这一节的文字在数据文件里的位置，如 正文.项目概况")
    required: YesNo | None = named("必填", "不写是否算缺漏")
    hint: Text | None = named("提示", "这一节写什么")


class Attachment(Record):
    """One attachment of the report."""

    name: Text = named("名称", "附件名称", required=True)
    content: Text | None = named("内容", "模板里印出该附件的部分")


class Frame(Record):
    """A node of the indicator framework that a new data file starts from."""

    name: Text = named("名称", "指标名称", required=True)
    title: Text | None = named("全称", "与别的指标重名时的全称")
    weight: Score | None = named("分值", "参考分值")
    meaning: Prose | None = named("说明", "指标说明")
    expand: YesNo | None = named("按下级分析", "指标分析部分是否逐一分析其下级")
    below: list[Frame] = named("下级", "下级指标", many=True)


class WeightFloor(Record):
    """The least share of the total that some groups must hold together."""

    groups: Texts = named("指标", "一级指标的名称", many=True)
    floor: Percent | None = named("下限", "合计权重的下限，如 60%")
    remark: Text | None = named("备注", "来源或说明")


class StyleFile(Record):
    """What style.yaml says."""

    name: Text = named("名称", "样式的名称", required=True)
    about: Text | None = named("说明", "一句话说明")
    version: Text | None = named("版本", "版本")
    forms: StyleForms | None = named("格式", "数字的格式")
    grades: list[Band] = named("等级", "评价等级，从高到低；没有等级则不写", many=True)
    documents: dict[str, Text] | None = named("文档", "文档名称: 模板文件", required=True)
    outline: list[Section] = named("提纲", "各节的标题和文字的位置", many=True)
    attachments: list[Attachment] = named("附件", "附件", many=True)
    wording: dict[str, Text] | None = named("措辞", "模板里用的词句：样式.措辞.键")
    frame: list[Frame] = named("指标框架", "新建数据文件时用的指标框架", many=True)
    weight_floors: list[WeightFloor] = named("权重下限", "若干一级指标合计权重的下限", many=True)


@dataclass(frozen=True)
class Style:
    """A style pack that was found and read."""

    id: str
    folder: FilePath
    file: StyleFile
    forms: Forms

    def grade(self, points: Decimal, full: Decimal) -> str | None:
        """The grade of `points` out of `full`, on the percent scale of half-open bands; None without a scale."""
        if not full:
            return None
        mark = points * 100 / full
        bands = sorted(self.file.grades, key=lambda band: band.floor, reverse=True)
        return next((band.name for band in bands if mark >= band.floor), None)

    def template(self, document: str | None = None) -> FilePath:
        """The Word template of the named document, or of the pack's first one; ReportError when it is absent."""
        documents = self.file.documents or {}
        name = document or next(iter(documents), None)
        if name is None or name not in documents:
            raise ReportError(f"样式“{self.id}”里没有文档“{name}”", Location(str(self.folder / STYLE_FILE)))
        path = self.folder / documents[name]
        if path.name != documents[name] or not path.is_file():
            raise ReportError(f"样式“{self.id}”里没有模板文件“{documents[name]}”", Location(str(self.folder)))
        return path


def built_in_folder() -> FilePath:
    """The folder of the built-in packs: inside the installed package, or beside it in a checkout."""
    return resource_folder("templates")


def resource_folder(name: str) -> FilePath:
    """The folder `templates` or `samples` that came with the program."""
    inside = FilePath(__file__).parent / name
    return inside if inside.is_dir() else FilePath(__file__).parent.parent / name


def style_folders() -> Iterator[tuple[str, FilePath]]:
    """Every pack that can be named, with its folder: the user's own (环境变量 JIXIAO_STYLES) before the built-in."""
    seen = set()
    own = [FilePath(part) for part in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if part]
    for parent in (*own, built_in_folder()):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if (folder / STYLE_FILE).is_file() and folder.name not in seen:
                seen.add(folder.name)
                yield folder.name, folder


def find_style(name: str, beside: FilePath | None = None, where: Location | None = None) -> Style:
    """The pack of that name, or in that folder (also relative to the folder `beside`, the data file's).

    ReportError at `where` with the nearest name when there is none, or with all that is wrong in its style.yaml.
    """
    known = dict(style_folders())
    if name in known:
        return read_style(known[name])
    for folder in (FilePath(name), *([beside / name] if beside else [])):
        with suppress(OSError):  # a name that is too long is no folder's name
            if (folder / STYLE_FILE).is_file():
                return read_style(folder)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"是不是“{near[0]}”？" if near else ""
    called = name if len(name) <= 40 else name[:40] + "…"
    raise ReportError(f"没有样式“{called}”。{hint}现有样式：{'、'.join(known)}；也可以写样式文件夹的路径", where)


def default_style() -> Style:
    """The plain forms and no grade scale, for scoring data that names no style; it has no template."""
    return Style("", built_in_folder(), StyleFile.model_construct(name="", grades=[], documents={}), Forms())


def read_style(folder: FilePath) -> Style:
    """The pack in `folder`; ReportError with all that is wrong in its style.yaml."""
    tree = read_tree(folder / STYLE_FILE)
    findings = list(tree.findings)
    file, wrong = validated(StyleFile, tree, {})
    findings += wrong
    if any(finding.level is Level.ERROR for finding in findings):
        raise ReportError(findings)
    return Style(folder.resolve().name, folder, file, _forms(file.forms))


def _forms(said: StyleForms | None) -> Forms:
    default = Forms()
    if said is None:
        return default
    kinds: dict[str, Any] = {}
    for kind in ("money", "rate", "score_rate", "points", "weight"):
        form: FigureForm | None = getattr(said, kind)
        kinds[kind] = form.form(getattr(default, kind)) if form else getattr(default, kind)
    return Forms(**kinds)
