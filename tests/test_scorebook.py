"""The score table as a workbook: recalculated, it gives the totals that scoring gives."""

from __future__ import annotations

import csv
import re
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generator.pagination import office
from generator.pipeline import judge
from generator.scorebook import as_workbook
from generator.scores import Scores
from generator.values import half_up

from .conftest import Command, Write
from .golden import SAMPLES

PENDING = """\
金额单位: 元
报告: {样式: national}
指标体系:
  - 名称: 过程
    下级:
      - {名称: 甲, 分值: 60, 计分方法: 直接评分, 参数: {得分: 50, 理由: 一}}
  - 名称: 产出
    下级:
      - {名称: =乙, 分值: 40}
"""


def recalculated(sheet: Any, name: str) -> Decimal | str:
    """What a cell shows once its formulas are worked out: numbers, SUMs where all are there, ROUNDed quotients."""
    value = sheet[name].value
    if not isinstance(value, str) or sheet[name].data_type != "f":
        return value if isinstance(value, str) else Decimal(str(value))
    if match := re.fullmatch(r'=IF\(COUNT\((.*)\)=(\d+),SUM\(\1\),"—"\)', value):
        found = [recalculated(sheet, cell) for cell in match[1].split(",")]
        numbers = [one for one in found if isinstance(one, Decimal)]
        return sum(numbers, Decimal()) if len(numbers) == int(match[2]) else "—"
    match = re.fullmatch(r'=IF\(COUNT\((\w+),(\w+)\)=2,ROUND\(\2/\1,(\d+)\),"—"\)', value)
    assert match, value
    whole, part = recalculated(sheet, match[1]), recalculated(sheet, match[2])
    both = isinstance(whole, Decimal) and isinstance(part, Decimal)
    return half_up(part / whole, int(match[3])) if both else "—"  # type: ignore[operator]


def totals(scores: Scores, content: bytes) -> list[Decimal | str]:
    """Weight, points and rate of the last row."""
    sheet = load_workbook(BytesIO(content))["评分表"]
    head = [cell.value for cell in sheet[2]]
    return [recalculated(sheet, sheet.cell(sheet.max_row, head.index(name) + 1).coordinate) for name in HEADS]


HEADS = ("分值", "得分", "得分率")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_formulas_give_the_totals(sample: Path) -> None:
    scores = judge(sample).scores
    content = as_workbook(scores, "评分表")
    rate = scores.rate(scores.total, scores.full)
    known = (scores.full, scores.total, rate.fraction if rate else None)
    assert totals(scores, content) == ["—" if one is None else one for one in known]
    assert as_workbook(scores, "评分表") == content


def test_what_is_pending_stays_so_all_the_way_up_and_no_name_is_a_formula(write: Write, command: Command) -> None:
    data = write(PENDING)
    out = data.with_name("评分表.xlsx")
    assert command("score", data, "-o", out).out.endswith(f"已写入 {out}\n")
    sheet = load_workbook(out)["评分表"]
    assert [recalculated(sheet, f"D{row}") for row in range(3, 8)] == [50, 50, "—", "—", "—"]
    assert sheet["B6"].value == "=乙" and sheet["B6"].data_type == "s"
    assert command("score", data, "-o", out).code == 2
    assert "应以 .xlsx 结尾" in command("score", data, "-o", data.with_name("评分表.docx")).err


@pytest.mark.office
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_libreoffice_recalculates_the_same_totals(sample: Path, tmp_path: Path) -> None:
    program = office()
    assert program, "LibreOffice is not installed"
    scores = judge(sample).scores
    (tmp_path / "评分表.xlsx").write_bytes(as_workbook(scores, "评分表"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [str(program), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run(  # needs libreoffice-calc, not only libreoffice-writer
        [*words, "--outdir", str(tmp_path), str(tmp_path / "评分表.xlsx")], check=True, capture_output=True, timeout=120
    )
    rows = list(csv.reader((tmp_path / "评分表.csv").read_text(encoding="utf-8").splitlines()))
    shown = rows[-1][rows[1].index("分值") :][:3]
    rate = scores.rate(scores.total, scores.full)
    fraction = None if rate is None else rate.fraction
    found = [None if one == "—" else Decimal(one.removesuffix("%")) / (100 if "%" in one else 1) for one in shown]
    assert found == [scores.full, scores.total, fraction]
