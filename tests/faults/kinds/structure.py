"""Kinds of faults: 结构."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from generator.fields import Path as Place

from ..sample import NUMERALS, WORDED, Fault, Sample
from .funds import items
from .registry import kind


@kind
def emptied_sections(sample: Sample) -> Iterator[Fault]:
    """结构：必填的章节空着。提纲里必填的每一节，删去、改为“略”。数据另选了别的文档、提纲不是为它写的，不计。"""
    documents = list(sample.judged.style.file.documents or {})
    if sample.data.report.document in documents[1:]:
        return
    for section in sample.judged.style.file.outline:
        place: Place = tuple((section.key or "").split("."))
        if section.required and sample.has(place):
            yield replace(sample.drop(place), words=(section.title,))
            if section.key not in ("问题", "依据"):
                yield sample.put(place, "略", section.title)


@kind
def placeholders(sample: Sample) -> Iterator[Fault]:
    """结构：留着占位的字。正文每一节的第一句换成带“××”的话、整节换成“（此处填写）”。"""
    for place, text in sample.texts("正文"):
        if "\n" in text.strip() or "。" in text:
            yield sample.put(place, re.sub(r"^[^。]*。", "项目由××单位实施。", text, count=1), what="第一句换成××")
            yield sample.put(place, "（此处填写）")


@kind
def dropped_causes(sample: Sample) -> Iterator[Fault]:
    """结构：问题漏写。删去每个问题的内容、原因、建议，和每条建议的内容。"""
    problems = sample.tree.get("问题")
    for index, problem in enumerate(problems if isinstance(problems, list) else ()):
        for key in ("内容", "原因", "建议"):
            if problem.get(key):
                yield sample.drop(("问题", index, key))
        for step, suggestion in enumerate(problem.get("建议") or ()):
            if suggestion.get("内容"):
                yield sample.drop(("问题", index, "建议", step, "内容"))


@kind
def announced(sample: Sample) -> Iterator[Fault]:
    """结构：说的个数不对。后面有列举的“三个方面”“六个环节”等，个数加1、减1。没有列举的、原来就不符的不计。"""
    wrong = {one.finding.where.line for one in sample.reviewed.accepted if one.finding.code == "P110"}
    counted = re.compile(r"([二三四五六七八九])个?(?:方面|环节|原因|问题|不放松|层次|等(?=。))")
    for place, text in sample.texts(*WORDED):
        for match in counted.finditer(text):
            around = text[max(0, match.start() - 60) : match.end() + 30]
            if not re.search(r"一是|（1）|①|[^。]、[^。]*[二三四五六七八九]个?(?:方面|环节|等)|：[^。]*；", around):
                continue
            if sample.judged.source.where(place).line in wrong:
                continue
            for change in (1, -1):
                number = NUMERALS[NUMERALS.index(match[1]) + change]
                altered = text[: match.start(1)] + number + text[match.end(1) :]
                yield sample.put(place, altered, f"{number}{match[0][1:]}", what=f"{match[0]} → {number}{match[0][1:]}")


@kind
def dropped_clauses(sample: Sample) -> Iterator[Fault]:
    """结构：列举断号。“一是、二是、三是”里的一个改成下一个。"""
    for place, text in sample.texts(*WORDED):
        for match in re.finditer(r"(?<![\u4e00-\u9fff])([一二三四])是", text):
            number = NUMERALS[NUMERALS.index(match[1]) + 1]
            altered = text[: match.start(1)] + number + text[match.end(1) :]
            yield sample.put(place, altered, what=f"{match[0]} → {number}是")


@kind
def doubled_paragraphs(sample: Sample) -> Iterator[Fault]:
    """结构：一段写进两节。正文每一节的第一段，抄到下一节的末尾。不到20个字的不计。"""
    sections = [(place, text) for place, text in sample.texts("正文") if len(place) == 2]
    for (_, text), (place, after) in pairwise(sections):
        paragraph = text.strip().split("\n")[0]
        if len(re.findall("[\u4e00-\u9fff]", re.sub(r"\{[^}]*\}+", "", paragraph))) >= 20:
            yield sample.put(place, after.rstrip("\n") + "\n" + paragraph + "\n", paragraph[:30], what="抄来一段")


@kind
def doubled_items(sample: Sample) -> Iterator[Fault]:
    """结构：一条写了两遍。依据、文件、问题、单位、题目、选项、活动和正文列表的每一条。"""
    for index, _ in enumerate(sample.tree.get("依据") or ()):
        yield sample.double(("依据", index))
    for key, document in (sample.tree.get("文件") or {}).items():
        yield sample.put(("文件",), {**sample.tree["文件"], key + "二": document}, key, what=f"{key}另起简称")
    for section in ("问题", "项目", "问卷", "实施", "正文", "主要经验"):
        for place in items(sample, section):
            if place[-2] not in ("建议", "合同"):
                yield sample.double(place)


@kind
def titles_only(sample: Sample) -> Iterator[Fault]:
    """结构：只剩标题。正文、主要经验的列表里，每一条删去内容。"""
    for section in ("正文", "主要经验"):
        for place in items(sample, section):
            item = sample.at(place)
            if item.get("标题") and item.get("内容"):
                yield sample.drop((*place, "内容"))
