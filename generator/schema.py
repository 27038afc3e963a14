"""The JSON Schema of data files, from the model's declarations and the parameters of rules and measures."""

from __future__ import annotations

import json
from typing import Any

from .model import Evaluation, Indicator, Record
from .records import aliases, record_at
from .score import measure_parameters, rule_parameters

DIALECT = "http://json-schema.org/draft-07/schema#"
SCHEMA_FILE = "jixiao.schema.json"


def schema_text() -> str:
    """The schema as JSON text; editors complete and check a data file by it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The schema of a data file: Chinese keys with their aliases, meanings, choices and examples."""
    rules, measures = rule_parameters(), measure_parameters()
    models: list[type[Record]] = [Evaluation, *rules.values(), *measures.values()]
    definitions: dict[str, Any] = {}
    top = _definition(Evaluation, definitions)
    for model in models[1:]:
        definitions[_name(model)] = _definition(model, definitions)
    node = definitions["Indicator"]
    node["properties"]["计分方法"]["enum"] = list(rules)
    node["properties"]["测算"] = {
        "description": node["properties"]["测算"].get("description", ""),
        "anyOf": [_measure(name, model, definitions) for name, model in measures.items()]
        + [{"type": ["string", "number"]}],
    }
    node["allOf"] = [
        {
            "if": {"properties": {"计分方法": {"const": name}}, "required": ["计分方法"]},
            "then": {"properties": {"参数": {"$ref": f"#/definitions/{_name(model)}"}}},
        }
        for name, model in rules.items()
    ]
    return {"$schema": DIALECT, "title": "绩效评价数据", **top, "definitions": definitions}


def _measure(name: str, model: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    parameters = definitions[_name(model)]
    return {
        "type": "object",
        "properties": {"方法": {"const": name}, **parameters["properties"]},
        "required": ["方法", *parameters.get("required", [])],
        "additionalProperties": False,
    }


def _name(model: type[Record]) -> str:
    return model.__name__ if model.__name__ != "Parameters" else model.__module__.removeprefix("generator.")


def _definition(model: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    found = model.model_json_schema(by_alias=True, mode="validation", ref_template="#/definitions/{model}")
    for name, inner in found.pop("$defs", {}).items():
        definitions.setdefault(name, _tidied(inner, _model_called(name)))
    if "$ref" in found:
        found = definitions[found["$ref"].rsplit("/", 1)[1]]
    return _tidied(found, model)


def _tidied(found: dict[str, Any], model: type[Record] | None) -> dict[str, Any]:
    """The schema without automatic titles, each key also under its aliases, empty values allowed."""
    found.pop("title", None)
    found.pop("description", None)
    for name, declared in list(found.get("properties", {}).items()):
        declared.pop("title", None)
        declared.pop("default", None)
        for field in model.model_fields.values() if model else ():
            if aliases(field)[:1] == [name]:
                for alias in aliases(field)[1:]:
                    found["properties"][alias] = {**declared, "description": f"同“{name}”：{field.description}"}
    return found


def _model_called(name: str) -> type[Record] | None:
    seen: list[type[Record]] = [Evaluation, Indicator]
    for model in seen:
        for field in model.model_fields.values():
            inner = record_at(model, (aliases(field)[0],)) if aliases(field) else model
            if inner not in seen:
                seen.append(inner)
    return next((model for model in seen if model.__name__ == name), None)
