"""A data file in another format: YAML to a workbook, a workbook to YAML, with nothing lost but comments.

What is written is read again before it is handed out, and must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .findings import Finding, Level, Location, ReportError, errors
from .load import load
from .new import filling_in
from .score import measure_parameters, rule_parameters
from .sources import excel, read_tree, yaml, yamltext


@dataclass(frozen=True)
class Converted:
    """The new file's content, what reading the old one found, and whether its comments are left behind."""

    content: bytes
    findings: list[Finding]
    comments: bool


def convert(data: Path, out: Path) -> Converted:
    """The data file in the format that the name of `out` says; ReportError when it has errors of its own."""
    workbook = out.suffix.lower() in excel.ENDINGS[:1]
    if workbook == (data.suffix.lower() in excel.ENDINGS):
        raise ReportError("两个文件是同一种格式，不用转换", Location(str(out)))
    _, findings = load(data, rule_parameters(), measure_parameters())
    if wrong := errors(findings):
        raise ReportError(wrong)
    said = excel.canonical(read_tree(data).data)
    if workbook:
        content = excel.write(said, filling_in())
        again = excel.read(content, str(out)).data
        comments = yamltext.has_comments(data.read_text(encoding="utf-8-sig"))
    else:
        content = yamltext.written(said, sections=True).encode("utf-8")
        again = excel.canonical(yaml.read(content, str(out)).data)
        comments = False
    if again != said:
        raise AssertionError(f"a data file that is not the same when it is converted: {_difference(said, again)}")
    return Converted(content, [*findings, *_left_behind(said, data, out)], comments)


def _left_behind(said: Mapping[str, Any], data: Path, out: Path) -> Iterator[Finding]:
    """A hint for each file that the data names and that is not found from the new file's folder."""
    funds, survey = said.get("资金"), said.get("问卷")
    named = {
        "上年": said.get("上年"),
        "资金.台账": funds.get("台账") if isinstance(funds, dict) else None,
        "问卷.答卷": survey.get("答卷") if isinstance(survey, dict) else None,
    }
    for key, value in named.items():
        for one in value if isinstance(value, list) else [value]:
            file = one.get("文件") if isinstance(one, dict) else one
            if isinstance(file, str) and (data.parent / file).is_file() and not (out.parent / file).is_file():
                what, mend = f"{key} 写的“{file}”不在新文件的文件夹里", f"把 {file} 也复制过去"
                yield Finding("D008", Level.HINT, Location(str(out)), what, file, mend=mend)


def _difference(one: object, other: object, path: str = "") -> str:
    """The name of the first value in which two trees differ, for the log."""
    if isinstance(one, dict) and isinstance(other, dict):
        return next(
            (
                _difference(one.get(key), other.get(key), f"{path}.{key}")
                for key in {**one, **other}
                if one.get(key) != other.get(key)
            ),
            path,
        )
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next(
            _difference(left, right, f"{path}[{index}]")
            for index, (left, right) in enumerate(zip(one, other, strict=True))
            if left != right
        )
    return path
