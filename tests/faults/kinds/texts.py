"""Kinds of faults: 文字."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator import language
from generator.fields import Path as Place

from ..sample import FOREIGN, WORDED, Fault, Sample, short
from .funds import items
from .registry import kind


def own_texts(sample: Sample) -> Iterator[tuple[Place, str]]:
    """The texts that tell of the project: sections, facts, reasons."""
    for place, text in sample.texts():
        section = place[0] in WORDED and (place[0] != "绩效目标" or len(place) == 2)
        if section or place[-1] in ("完成情况说明", "主要成效", "分析", "实施内容"):
            yield place, text


def bare(text: str) -> str:
    """The text with its tags blanked out, at the same length."""
    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda tag: " " * len(tag[0]), text, flags=re.DOTALL)


def replaced(sample: Sample, place: Place, start: int, end: int, word: str, *words: str) -> Fault:
    """The fault that a part of a text is another."""
    text = sample.at(place)
    near = (text[max(0, start - 3) : start] + word + text[end : end + 3]).strip()
    what = f"{short(text[start:end])} → {word or '（删去）'}"
    return sample.put(place, text[:start] + word + text[end:], *(words or (near,)), what=what)


@kind
def foreign_units(sample: Sample) -> Iterator[Fault]:
    """文字：换成别处的单位。文字里写的本项目的单位、区域，换成数据里没有的同类名称。"""
    known = [str(row["名称"]) for place in items(sample, "资金") if "名称" in (row := sample.at(place))]
    known += [str(unit.short or unit.name) for unit in (sample.data.project.units if sample.data.project else [])]
    for place, text in own_texts(sample):
        for name in dict.fromkeys(known):
            ending = next((one for one in FOREIGN if name.endswith(one)), None)
            for match in re.finditer(re.escape(name), bare(text)) if ending else ():
                foreign = FOREIGN[ending or ""]
                yield replaced(sample, place, *match.span(), foreign, foreign)


@kind
def other_years(sample: Sample) -> Iterator[Fault]:
    """文字：年份不对。文字里写的项目年度，改为前三年（旧稿没有改）。只数与项目年度相同的年份。"""
    year = str(sample.data.project.year) if sample.data.project else ""
    for place, text in own_texts(sample):
        for match in re.finditer(rf"(?<!\d){year}(?=年)", bare(text)):
            other = str(int(year) - 3)
            yield replaced(sample, place, *match.span(), other, other)


@kind
def typed_years(sample: Sample) -> Iterator[Fault]:
    """文字：年度没有引用、写成别的年。文字里的 {{ 项目.年度 }} 换成前一年的数字。"""
    year = sample.data.project.year if sample.data.project else None
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ 项目\.年度 \}\}(?=年)", text):
            other = str((year or 0) - 1)
            yield replaced(sample, place, *match.span(), other, other)


@kind
def typed_figures(sample: Sample) -> Iterator[Fault]:
    """文字：数字写错。文字里引用的资金、问卷、实施的数字和比率，换成手写的、有一位写错的数。"""
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ (?:资金|问卷|实施)\.[^{}|]+ \}\}", text):
            printed = language.fill(match[0], sample.names)
            if (wrong := misread(printed)) and not re.search(r"\d+年\d+月", printed):
                yield replaced(sample, place, *match.span(), wrong, wrong)


def misread(printed: str) -> str | None:
    """A printed figure with one digit in its middle wrong; None for what has no digit or is no figure."""
    digits = [index for index, character in enumerate(printed) if character.isdigit()]
    if not digits or len(printed) > 20:
        return None
    index = digits[len(digits) // 2]
    return printed[:index] + str((int(printed[index]) + 1) % 10 or 1) + printed[index + 1 :]


@kind
def wrong_names(sample: Sample) -> Iterator[Fault]:
    """文字：引用的名称写错。每个 {{ }} 里名称的最后一个字写错。"""
    for place, text in own_texts(sample):
        for match in re.finditer(r"\{\{ ([\u4e00-\u9fff.]+)[\u4e00-\u9fff] \}\}", text):
            yield replaced(sample, place, *match.span(), f"{{{{ {match[1]}错 }}}}")


@kind
def lost_marks(sample: Sample) -> Iterator[Fault]:
    """文字：引号、书名号、括号缺一半。文字里的每个后引号、后书名号、后括号删去。"""
    for place, text in own_texts(sample):
        for match in re.finditer("[”》）]", bare(text)):
            yield replaced(sample, place, *match.span(), "")


@kind
def document_brackets(sample: Sample) -> Iterator[Fault]:
    """文字：文号的括号不对。每个文号的〔〕改成［］、( )。"""
    for key, document in (sample.data.documents or {}).items():
        for opening, closing in ("[]", "()"):
            if document.number and "〔" in document.number:
                number = document.number.replace("〔", opening).replace("〕", closing)
                yield sample.put(("文件", key, "文号"), number, key)


@kind
def half_width(sample: Sample) -> Iterator[Fault]:
    """文字：半角标点。每节文字的第一个逗号、第一个分号、第一个冒号改成半角。"""
    for place, text in own_texts(sample):
        for mark in "，；：":
            if (at := bare(text).find(mark)) > 0:
                yield replaced(sample, place, at, at + 1, unicodedata.normalize("NFKC", mark))


@kind
def cutoff_words(sample: Sample) -> Iterator[Fault]:
    """文字：“截至”写成“截止”。"""
    for place, text in own_texts(sample):
        for match in re.finditer("截至", text):
            yield replaced(sample, place, *match.span(), "截止", "截止")


@kind
def doubled_words(sample: Sample) -> Iterator[Fault]:
    """文字：字词重复。每节文字里第一个“的”“和”“了”写成两个。"""
    for place, text in own_texts(sample):
        if match := re.search("[的和了](?![的和了])", bare(text)[2:]):
            at = match.start() + 2
            yield replaced(sample, place, at, at, text[at], text[at] * 2)


@kind
def broken_off(sample: Sample) -> Iterator[Fault]:
    """文字：一段没有写完。每节文字最后的句号改成逗号、冒号。"""
    for place, text in own_texts(sample):
        end = len(text.rstrip())
        if text[end - 1] == "。":
            yield replaced(sample, place, end - 1, end, "，")
            yield replaced(sample, place, end - 1, end, "：")
