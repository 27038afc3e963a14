"""The built-in data file in which every field is filled: what templates are previewed with and their names are from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .context import Context, context
from .context.meanings import MEANINGS
from .model import Evaluation
from .pipeline import Judged, judge
from .shape import Meanings, Shape, shape_of
from .style import Style, resource_folder
from .values import Missing

TEXTS, OWN = "正文", "自定义"


def specimen_file() -> Path:
    """Where the data file is."""
    return resource_folder("samples") / "specimen" / "样稿.yaml"


def specimen(style: Style) -> Judged:
    """The built-in data, read and scored in a style; 自定义 says of each value that the style asks for what it is."""
    judged = judge(specimen_file(), str(style.folder.resolve()))
    evaluation = judged.source.evaluation.model_copy(update={"own": style.file.own})
    return replace(judged, source=replace(judged.source, evaluation=evaluation))


def told(judged: Judged) -> Context:
    """The names that data gives a template."""
    return context(judged.source, judged.style, judged.figures, judged.scores, judged.last)


def names_of_data(data: Path, style: Style) -> Mapping[str, Any]:
    """The names that a data file gives a template of the style; ReportError when it cannot be read."""
    return told(judge(data, str(style.folder.resolve()))).names


def shape(style: Style) -> Shape:
    """The names that a template of the style may write."""
    names = told(specimen(style)).names
    root = shape_of(names, Evaluation, {**MEANINGS, **_of_style(style, names)})
    return replace(root, below={**root.below, TEXTS: _texts(style, root.below[TEXTS]), OWN: _own(root.below[OWN])})


def _texts(style: Style, found: Shape) -> Shape:
    """The sections of the style's outline, whether the specimen has them or not; all others where it has no outline."""
    below = {
        key.removeprefix(f"{TEXTS}."): f"{section.number or ''}{section.title}：{section.hint or ''}".removesuffix("：")
        for section in style.file.outline
        if (key := section.key or "").startswith(f"{TEXTS}.")
    }
    if not below:
        return found
    like = next(iter(found.below.values()))
    named = {
        name: found.below.get(name)
        or replace(like, name=name, path=f"{TEXTS}.{name}", meaning=meaning, example=str(Missing(name)))
        for name, meaning in below.items()
    }
    return replace(found, below=named)


def _own(found: Shape) -> Shape:
    """What the style itself asks for, and nothing else."""
    return replace(found, item=None, open=False)


def _of_style(style: Style, names: Mapping[str, Any]) -> Meanings:
    """What the sections of texts and the wordings mean, which each style has its own of."""
    texts = dict.fromkeys(names["正文"], "本样式的提纲里没有这一节")
    for section in style.file.outline:
        if section.key and section.key.startswith("正文."):
            title = f"{section.number or ''}{section.title}" + (f"：{section.hint}" if section.hint else "")
            texts[section.key.removeprefix("正文.")] = title
    return {
        "正文": texts,
        "自定义": style.file.own or {},
        "样式.措辞": dict.fromkeys(style.file.wording or {}, "样式的“措辞”里写的词句"),
        "文件": dict.fromkeys(names["文件"], "引用的文件，印成 发文机关《名称》（文号）"),
    }
