"""The JSON Schema takes what the loader takes, and says in Chinese what each key means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.fields import Record
from generator.model import Evaluation
from generator.new import new_files
from generator.records import aliases, record_at
from generator.schema import schema, schema_text
from generator.score import measure_parameters, rule_parameters
from generator.style import find_style, style_folders

from .golden import SAMPLES

SCHEMA = schema()
TYPES: dict[str, Any] = {"string": str, "number": (int, float), "null": type(None), "object": dict, "array": list}
STYLES = [name for name, _ in style_folders()]


class Loader(yaml.SafeLoader):
    """Types scalars as an editor does: numbers, truth and nothing, but no dates."""


Loader.yaml_implicit_resolvers = {
    sign: [one for one in ways if not one[0].endswith("timestamp")]
    for sign, ways in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(value: Any, wanted: dict[str, Any], path: str = "") -> Iterator[str]:
    """What in a value the schema does not take: as much of draft 7 as the schema uses."""
    if "$ref" in wanted:
        yield from faults(value, SCHEMA["definitions"][wanted["$ref"].rsplit("/", 1)[1]], path)
    kinds = wanted.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        yield f"{path}: {value!r} is no {kinds}"
    if "enum" in wanted and value not in wanted["enum"]:
        yield f"{path}: {value!r} is none of {wanted['enum']}"
    if "const" in wanted and value != wanted["const"]:
        yield f"{path}: {value!r} is not {wanted['const']!r}"
    if "anyOf" in wanted and all(list(faults(value, one, path)) for one in wanted["anyOf"]):
        yield f"{path}: nothing fits: {[fault for one in wanted['anyOf'] for fault in faults(value, one, path)]}"
    for one in wanted.get("allOf", []):
        yield from faults(value, one, path)
    if "if" in wanted and not list(faults(value, wanted["if"], path)):
        yield from faults(value, wanted["then"], path)
    if isinstance(value, dict):
        yield from (f"{path}: {key} is missing" for key in wanted.get("required", []) if key not in value)
        for key, one in value.items():
            known = wanted.get("properties", {}).get(key, wanted.get("additionalProperties", {}))
            if known is False:
                yield f"{path}: {key} is unknown"
            else:
                yield from faults(one, known, f"{path}.{key}")
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from faults(one, wanted.get("items", {}), f"{path}[{index}]")


def told(text: str) -> list[str]:
    return list(faults(yaml.load(text, Loader), SCHEMA))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_fit(sample: Path) -> None:
    assert told(sample.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("style", STYLES)
def test_new_data_files_fit(style: str) -> None:
    text = new_files(find_style(style), Path("新.yaml"))[Path("新.yaml")]
    assert told(text.decode("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "金额单位: 元\n报告: {标题: 2024, 报告编号: 12}\n",
        "金额单位: 元\n报告: {}\n项目: {主管部门: 甲, 实施单位: {全称: 乙}, 单位: , 年度: 2024}\n",
        "金额单位: 元\n报告: {}\n依据: 甲\n附件: \n问题: [{建议: {标题: 甲}}]\n",
        "金额单位: 元\n报告: {}\n指标体系: [{指标名称: 甲, 权重: 5, 实际值: 3, 计分方法: , 参数: }]\n",
        "金额单位: 元\n报告: {}\n指标体系: [{名称: 甲, 测算: {方法: 比率, 分子: 1, 分母: 资金.预算}}]\n",
    ],
)
def test_what_the_loader_takes_fits(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "报告: {}\n",
        "金额单位: 千元\n报告: {}\n",
        "金额单位: 元\n报告: {标体: 甲}\n",
        "金额单位: 元\n报告: 甲\n",
        "金额单位: 元\n报告: {}\n项目: {单位: [{简称: 甲}]}\n",
        "金额单位: 元\n报告: {}\n指标体系: [{名称: 甲, 计分方法: 没有}]\n",
        "金额单位: 元\n报告: {}\n指标体系: [{名称: 甲, 计分方法: 按比例得分, 参数: {目的: 1}}]\n",
        "金额单位: 元\n报告: {}\n指标体系: [{名称: 甲, 测算: {方法: 比率, 分子: 1}}]\n",
        "金额单位: 元\n报告: {}\n指标体系: [{名称: 甲, 测算: {方法: 没有}}]\n",
    ],
)
def test_what_the_loader_refuses_does_not_fit(text: str) -> None:
    assert told(text) != []


def records() -> Iterator[type[Record]]:
    """Every record of a data file."""
    seen: list[type[Record]] = [Evaluation, *rule_parameters().values(), *measure_parameters().values()]
    for record in seen:
        for field in record.model_fields.values():
            inner = record_at(record, (aliases(field)[0],))
            if inner not in seen:
                seen.append(inner)
    yield from seen


def definition(record: type[Record]) -> dict[str, Any]:
    own = record.__module__.removeprefix("generator.")
    found = SCHEMA if record is Evaluation else SCHEMA["definitions"].get(record.__name__, {})
    if record.__name__ == "Parameters":
        found = SCHEMA["definitions"][own]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("record", list(records()), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_name_of_every_field_is_known_with_its_meaning(record: type[Record]) -> None:
    properties = definition(record)["properties"]
    names = [name for field in record.model_fields.values() for name in aliases(field)]
    assert set(properties) == set(names)
    assert all(one.get("description") or "$ref" in one for one in properties.values())
    assert definition(record)["additionalProperties"] is False


def described(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key in ("description", "title"):
            if isinstance(value.get(key), str):
                yield value[key]
        for one in value.values():
            yield from described(one)
    elif isinstance(value, list):
        for one in value:
            yield from described(one)


def test_it_speaks_chinese() -> None:
    for said in described(SCHEMA):
        assert re.search(r"[\u4e00-\u9fff]", said) and not re.search(
            r"[A-Za-z]{4,} [a-z]", said.replace("jixiao ", "")
        ), said


def test_every_reference_is_there() -> None:
    text = schema_text()
    assert set(re.findall(r'"#/definitions/([^"]+)"', text)) <= set(SCHEMA["definitions"])
    assert json.loads(text) == SCHEMA
