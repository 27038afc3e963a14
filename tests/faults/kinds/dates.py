"""Kinds of faults: 日期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.fields import Path as Place
from generator.values import Day

from ..sample import Fault, Sample
from .funds import typed_values
from .registry import kind


def days(sample: Sample) -> Iterator[tuple[Place, Day]]:
    for place, value in typed_values(sample.data, ()):
        if isinstance(value, Day) and sample.has(place):
            yield place, value


def as_text(day: date) -> str:
    return day.isoformat()


@kind
def impossible_days(sample: Sample) -> Iterator[Fault]:
    """日期：没有的日子。每个日期改为同年的2月30日。"""
    for place, day in days(sample):
        yield sample.put(place, f"{day.first.year}-02-30")


@kind
def other_decades(sample: Sample) -> Iterator[Fault]:
    """日期：年份写错。每个日期的年份早10年、晚10年，离开项目的年度。"""
    for place, day in days(sample):
        for years in (-10, 10):
            changed = str(sample.at(place)).replace(str(day.first.year), str(day.first.year + years), 1)
            yield sample.put(place, changed)


@kind
def ended_before_start(sample: Sample) -> Iterator[Fault]:
    """日期：完成早于开始。计划开始、计划完成、实际完成、项目起止、评价起止各改到另一端之外。"""
    for start, end in _spans(sample):
        first, last = lookup_place(sample, start), lookup_place(sample, end)
        if first and last:
            yield sample.put(end, as_text(first.first - timedelta(days=40)))
            yield sample.put(start, as_text(last.last + timedelta(days=40)))


def _spans(sample: Sample) -> Iterator[tuple[Place, Place]]:
    yield ("项目", "开始"), ("项目", "完成")
    yield ("报告", "评价开始"), ("报告", "评价结束")
    for index, _ in enumerate(sample.data.project.units if sample.data.project else []):
        unit = ("项目", "单位", index)
        yield (*unit, "计划开始"), (*unit, "计划完成")
        yield (*unit, "计划开始"), (*unit, "实际完成")


def lookup_place(sample: Sample, place: Place) -> Day | None:
    """The date at a place; None when there is none."""
    return dict(days(sample)).get(place)


@kind
def late_without_reason(sample: Sample) -> Iterator[Fault]:
    """日期：逾期没有说明。没有实际完成的单位，写上比完成时限（没有的，比计划完成）晚三个月的实际完成日期。"""
    for index, unit in enumerate(sample.data.project.units if sample.data.project else []):
        limit = unit.limit if isinstance(unit.limit, Day) else unit.plan_end
        if unit.actual_end is None and isinstance(limit, Day):
            fault = sample.put(
                ("项目", "单位", index),
                {**sample.at(("项目", "单位", index)), "实际完成": as_text(limit.last + timedelta(days=92))},
                what="加实际完成，晚三个月",
            )
            yield replace(fault, place=(*fault.place, "实际完成"), words=(unit.short or unit.name,))


@kind
def contracts(sample: Sample) -> Iterator[Fault]:
    """日期：合同晚于完成。签订日期改到计划完成之后。没有计划完成的不计。"""
    for index, unit in enumerate(sample.data.project.units if sample.data.project else []):
        for step, contract in enumerate(unit.contracts):
            if isinstance(contract.signed, Day) and isinstance(unit.plan_end, Day):
                place = ("项目", "单位", index, "合同", step, "签订日期")
                yield sample.put(place, as_text(unit.plan_end.last + timedelta(days=40)), unit.short or unit.name)


@kind
def report_dates(sample: Sample) -> Iterator[Fault]:
    """日期：报告的日期颠倒。报告日期早于评价结束，截止日期晚于报告日期，最后到账晚于截止日期。"""
    report = sample.data.report
    if isinstance(report.day, Day) and isinstance(report.end, Day):
        yield sample.put(("报告", "报告日期"), as_text(report.end.first - timedelta(days=40)))
    if isinstance(report.day, Day) and isinstance(report.cutoff, Day):
        yield sample.put(("报告", "截止日期"), as_text(report.day.last + timedelta(days=40)))
    for place, _ in days(sample):
        if place[-1] == "最后到账日期" and isinstance(report.cutoff, Day):
            yield sample.put(place, as_text(report.cutoff.last + timedelta(days=400)))


@kind
def later_documents(sample: Sample) -> Iterator[Fault]:
    """日期：文件晚于报告。文号的年份改到报告日期或截止日期之后两年。没有这两个日期和年度的不计。"""
    report, project = sample.data.report, sample.data.project
    known = report.day if isinstance(report.day, Day) else report.cutoff
    year = known.last.year if isinstance(known, Day) else project.year if project else None
    for key, document in (sample.data.documents or {}).items():
        match = re.search(r"〔(\d{4})〕", document.number or "")
        if match and year:
            number = (document.number or "").replace(match[1], str(year + 2))
            yield sample.put(("文件", key, "文号"), number, key)
