"""The JSON Schema of data files, from the model's declarations and the parameters of rules and measures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .fields import Record
from .model import Evaluation, Indicator
from .records import aliases, record_at
from .score import measure_parameters, rule_parameters

DIALECT = "http://json-schema.org/draft-07/schema#"
Methods = Mapping[str, type[Record]]
SCHEMA_FILE = "jixiao.schema.json"
TITLE = "绩效评价数据"


def schema_text() -> str:
    """The schema as JSON text; editors complete and check a data file by it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def own_schema(path: Path) -> bool:
    """Whether a file is a schema that this program wrote."""
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("title") == TITLE


def schema() -> dict[str, Any]:
    """The schema of a data file: Chinese keys with their aliases, meanings, choices and examples."""
    rules, measures = rule_parameters(), measure_parameters()
    models: list[type[Record]] = [Evaluation, *rules.values(), *measures.values()]
    definitions: dict[str, Any] = {}
    top = _definition(Evaluation, definitions)
    for model in models[1:]:
        definitions[_name(model)] = _definition(model, definitions)
    for node in definitions.values():
        if "计分方法" in node["properties"]:
            _name_methods(node, rules, measures, definitions)
    return {"$schema": DIALECT, "title": TITLE, **top, "definitions": definitions}


def _name_methods(node: dict[str, Any], rules: Methods, measures: Methods, definitions: dict[str, Any]) -> None:
    """Which 计分方法 and 测算方法 a node may name, and the parameters that each wants."""
    described = {key: node["properties"][key].get("description", "") for key in ("计分方法", "测算")}
    node["properties"]["计分方法"] = {"description": described["计分方法"], "enum": [*rules, None]}
    ways = [_measure(name, model, definitions) for name, model in measures.items()]
    for key in ("测算", "实际值"):
        if key in node["properties"]:
            node["properties"][key] = {
                "description": described["测算"],
                "anyOf": [*ways, {"type": ["string", "number", "null"]}],
            }
    node["allOf"] = [
        *node.get("allOf", []),
        *(
            {
                "if": {"properties": {"计分方法": {"const": name}}, "required": ["计分方法"]},
                "then": {"properties": {"参数": {"$ref": f"#/definitions/{_name(model)}"}}},
            }
            for name, model in rules.items()
        ),
    ]


def _measure(name: str, model: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    parameters = definitions[_name(model)]
    return {
        "type": "object",
        "properties": {"方法": {"const": name}, **parameters["properties"]},
        "required": ["方法", *parameters.get("required", [])],
        "allOf": parameters.get("allOf", []),
        "additionalProperties": False,
    }


def _name(model: type[Record]) -> str:
    return model.__name__ if model.__name__ != "Parameters" else model.__module__.removeprefix("generator.")


def _definition(model: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    found = model.model_json_schema(by_alias=True, mode="validation", ref_template="#/definitions/{model}")
    for name, inner in found.pop("$defs", {}).items():
        definitions.setdefault(name, _tidied(inner, _model_called(name)))
    return definitions[found["$ref"].rsplit("/", 1)[1]] if "$ref" in found else _tidied(found, model)


def _tidied(found: dict[str, Any], model: type[Record] | None) -> dict[str, Any]:
    """The schema without automatic titles, each key also under its aliases, left-out values allowed."""
    found.pop("title", None)
    found.pop("description", None)
    for name, declared in list(found.get("properties", {}).items()):
        declared.pop("title", None)
        declared.pop("default", None)
        for choice in declared.get("anyOf", []):
            if "$ref" not in (texts := choice.get("additionalProperties") or {"$ref": ""}):
                choice["additionalProperties"] = _nullable(texts)
        if name not in found.get("required", []):
            declared = found["properties"][name] = _nullable(declared)
        for field in model.model_fields.values() if model else ():
            if aliases(field)[:1] == [name]:
                for alias in aliases(field)[1:]:
                    found["properties"][alias] = {**declared, "description": f"同“{name}”：{field.description}"}
                _allow_alias(found, aliases(field))
    return found


def _nullable(declared: dict[str, Any]) -> dict[str, Any]:
    """The same, or left empty."""
    choices = declared.get("anyOf")
    if choices and {"type": "null"} in choices:
        return declared
    if choices:
        return {**declared, "anyOf": [*choices, {"type": "null"}]}
    about = {"description": declared["description"]} if "description" in declared else {}
    return {**about, "anyOf": [{key: one for key, one in declared.items() if key not in about}, {"type": "null"}]}


def _allow_alias(found: dict[str, Any], names: list[str]) -> None:
    """A required key may stand under any of its names."""
    if len(names) > 1 and names[0] in found.get("required", []):
        found["required"].remove(names[0])
        found.setdefault("allOf", []).append({"anyOf": [{"required": [name]} for name in names]})


def _model_called(name: str) -> type[Record] | None:
    seen: list[type[Record]] = [Evaluation, Indicator, *rule_parameters().values(), *measure_parameters().values()]
    for model in seen:
        for field in model.model_fields.values():
            inner = record_at(model, (aliases(field)[0],)) if aliases(field) else model
            if inner not in seen:
                seen.append(inner)
    return next((model for model in seen if model.__name__ == name), None)
