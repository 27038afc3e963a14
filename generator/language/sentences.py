"""Texts of the data: small templates with less to them than those in Word, for they come with the data."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from .filtering import filter_functions
from .sandbox import MAPPING_METHODS, OWN_NAMES

MOST_LOOPS = 2

# What a sentence may use: names, figures, conditions, loops over the data.  It comes from outside, so that nothing
# in it may run long, fill the memory or keep anything.
_SENTENCE_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.CondExpr, nodes.Keyword),
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Const, nodes.Tuple, nodes.List),
    *(nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos, nodes.Concat),
)
_SENTENCE_FILTERS = frozenset(
    (
        *("abs", "count", "d", "default", "first", "int", "last", "length", "list", "lower", "max", "min", "reject"),
        *("rejectattr", "reverse", "round", "select", "selectattr", "sort", "string", "sum", "trim", "unique", "upper"),
    )
)


def check_sentence(node: nodes.Node, loops: int) -> None:
    refused = None
    if isinstance(node, nodes.Call):
        method = node.node
        if not (isinstance(method, nodes.Getattr) and method.attr in MAPPING_METHODS[:3]) or node.args:
            refused = "文字里不能调用函数"
    elif not isinstance(node, _SENTENCE_NODES):
        refused = "文字里只能用 {{ 名称 }}、{% if %} 和 {% for %}"
    elif isinstance(node, nodes.Name) and node.name in OWN_NAMES:
        refused = f"没有“{node.name}”这个名称"
    elif isinstance(node, nodes.Filter) and node.name not in _SENTENCE_FILTERS | filter_functions().keys():
        refused = f"没有“{node.name}”这个过滤器"
    elif isinstance(node, nodes.For):
        loops += 1
        if loops > MOST_LOOPS or node.recursive:
            refused = f"循环最多套 {MOST_LOOPS} 层"
    if refused:
        raise TemplateSyntaxError(refused, node.lineno)
    for child in node.iter_child_nodes():
        check_sentence(child, loops)
