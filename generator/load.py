"""Stage 1: a data file becomes a `Source`: an `Evaluation` whose every value knows its place.

All that is wrong is found at once.  A wrong value or unknown key is left out of the evaluation (so that a draft
can still be rendered, with a visible mark there) and named in a finding of level 错误.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .fields import MONEY_UNIT, MethodCall, Path, Record
from .findings import Finding, Level
from .model import Evaluation, Funds, Source, Sum, Survey
from .records import aliases, located, nearest, own_paths, validated
from .sources import Tree, read_tree

Methods = Mapping[str, type[Record]]


def load(data: FilePath | Tree, rules: Methods, measures: Methods) -> tuple[Source, list[Finding]]:
    """The records of a data file, or of a tree that was read already, and what is wrong with them.

    `rules` and `measures` give the parameters of each 计分方法 and 测算方法 by name.  ReportError when the file
    cannot be read at all.
    """
    tree = data if isinstance(data, Tree) else read_tree(data)
    return understood(tree, rules, measures, _filled(tree))


def _filled(tree: Tree) -> Sequence[Sum]:
    """What the workbooks that a tree names put into it: what reads them is loaded where one is named."""
    workbooks = {*aliases(Funds.model_fields["ledgers"]), *aliases(Survey.model_fields["answer_sheets"])}
    if not any(path[-1] in workbooks for path in tree.keys):
        return ()
    from .sources.filling import fill

    return fill(tree)


def understood(tree: Tree, rules: Methods, measures: Methods, sums: Sequence[Sum] = ()) -> tuple[Source, list[Finding]]:
    """The records that a data file's tree says and what is wrong with them, as `load` gives them.

    `sums` are those of the tree's values that were added up from ledgers and answers.
    """
    findings = list(tree.findings)
    unit = tree.data.get(MONEY_UNIT)
    context = {MONEY_UNIT: unit if unit in ("元", "万元") else None}
    for name in ("指标体系",):
        findings += _methods(tree, (name,), {"计分方法": rules, "测算": measures}, context)
    evaluation, wrong = validated(Evaluation, tree, context)
    findings += wrong
    findings.sort(key=lambda finding: (finding.where.line or 0, finding.where.column or 0))
    own = own_paths(Evaluation, [*tree.values, *(one.path for one in sums)])
    places = {own[path]: place for path, place in tree.values.items()}
    return Source(evaluation, places, tree.file, tuple(replace(one, path=own[one.path]) for one in sums)), findings


def _methods(tree: Tree, root: Path, methods: dict[str, Methods], context: dict[str, Any]) -> list[Finding]:
    """Read the parameters of every 计分方法 and 测算 at or below `root`, deepest first, into their records."""
    findings: list[Finding] = []
    for path in sorted(_mappings(tree.at(root), root), key=len, reverse=True):
        mapping = tree.at(path)
        measured = mapping.get("测算", mapping.get("实际值"))
        if isinstance(measured, dict):
            key = "测算" if "测算" in mapping else "实际值"
            name = measured.get("方法")
            rest = {inner: value for inner, value in measured.items() if inner != "方法"}
            parsed = _parsed(tree, (*path, key), "方法", name, rest, methods["测算"], context, findings)
            mapping[key] = parsed and MethodCall(str(name), parsed)
        if name := mapping.get("计分方法"):
            parameters = mapping.get("参数") or {}
            mapping["参数"] = _parsed(
                tree, (*path, "参数"), "计分方法", name, parameters, methods["计分方法"], context, findings
            )
            if not isinstance(name, str):
                del mapping["计分方法"]
    return findings


def _mappings(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from _mappings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _mappings(inner, (*path, index))


def _parsed(
    tree: Tree,
    path: Path,
    key: str,
    name: Any,
    parameters: Any,
    methods: Methods,
    context: dict[str, Any],
    findings: list[Finding],
) -> Record | None:
    place = tree.where((*path, key)) if key == "方法" else tree.where((*path[:-1], key))
    if not isinstance(name, str) or name not in methods:
        called = f"“{name}”" if isinstance(name, str) else ""
        what = f"没有{called}这种{'测算方法' if key == '方法' else '计分方法'}" if called else f"“{key}”要写方法的名称"
        findings.append(Finding("D006", Level.ERROR, place, what, mend=nearest(called.strip("“”"), methods)))
        return None
    try:
        return methods[name].model_validate(parameters, context=context)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        if blank := _left_blank(parameters, wrong):
            if key == "计分方法":  # without a 测算 it is the scoring that says what is not there
                what = f"“{tree.at((*path[:-1], '名称')) or name}”待评：{path[-1]}里的“{blank}”还空着"
                findings.append(Finding("S010", Level.WARNING, tree.where((*path, blank)), what))
            return None
        findings += [located(tree, methods[name], inner["loc"], path, inner) for inner in wrong]
        return None


def _left_blank(parameters: Any, wrong: list[ErrorDetails]) -> str:
    """The key that stands there to be filled in, where nothing else is wrong with the parameters; "" if there is more.

    What a whole set of parameters lacks cannot be told apart from what is still to come.
    """
    blank = [key for key, value in parameters.items() if value is None] if isinstance(parameters, dict) else []
    open_ = all(error["loc"] == () or (error["type"] == "missing" and error["loc"][0] in blank) for error in wrong)
    return str(blank[0]) if blank and open_ else ""
