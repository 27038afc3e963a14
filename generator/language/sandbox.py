"""The Jinja environment itself: a sandbox with strict names, keys before attributes, exact numbers, bounded work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context, LoopContext, Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, missing

from .. import bounds
from ..bounds import TooMuchError
from ..values import Missing
from .writing import written

DEEPEST = 200
_TOO_DEEP = "标记的层次太多"
_PLAIN_TYPES = frozenset({str, int, Decimal, tuple, list, dict, bool})


class UnknownNameError(UndefinedError):
    """A template asked for a name that is not there; `name` and the object `owner` that lacks it."""

    def __init__(self, name: str, owner: Any, message: str | None) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class Unknown(StrictUndefined):
    """An unknown name: any use of it but `is defined` and `default` is an error that knows what was asked."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Any] = UndefinedError,
    ) -> None:
        refusal = exc if issubclass(exc, SecurityError) else partial(UnknownNameError, str(name), obj)
        super().__init__(hint, obj, name, refusal)  # type: ignore[arg-type]


@cache
def _is_mapping(kind: type) -> bool:
    return issubclass(kind, Mapping)


class _Writer(CodeGenerator):
    """Writes what `finalize` gives without escaping it once more: each flavour's `finalize` gives finished text.

    Nothing is calculated while a template is compiled, and what it makes goes through `generator.bounds`.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        # What goes into a buffer is not seen by `bounds.printed`, so that it is paid for one by one.
        self.write(finalize.src if frame.buffer is None else "environment.finalize_paid(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """A filter; one that asks the watch gets its value as something still to be worked out."""
        if not node.name.startswith(WATCH):
            super().visit_Filter(node, frame)
            return
        self.write(f"context.parent[{WATCH!r}].{node.name.removeprefix(WATCH)}(lambda: (")
        assert node.node is not None
        self.visit(node.node, frame)
        self.write(")")
        for argument in node.args:
            self.write(", ")
            self.visit(argument, frame)
        self.write(")")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """Decimal numbers as such, anything else as Python writes it."""
        self.write(f"environment.decimal({str(node.value)!r})" if isinstance(node.value, Decimal) else repr(node.value))

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """`~`: text of bounded length, of values that can print."""
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        """A list as a `bounds.Row`."""
        self.write("environment.row(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        """A tuple that is a value as a `bounds.Row`; one that is assigned to as it is."""
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
        else:
            self.visit_List(nodes.List(node.items), frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        """A mapping as a `bounds.Table`."""
        self.write("environment.table(")
        super().visit_Dict(node, frame)
        self.write(")")


MAPPING_METHODS = ("items", "keys", "values", "get")
_TEXT_METHODS = frozenset(
    (
        *("capitalize", "count", "endswith", "find", "index", "isdecimal", "isdigit", "lower", "lstrip", "partition"),
        *("removeprefix", "removesuffix", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines"),
        *("startswith", "strip", "title", "upper"),
    )
)
OWN_NAMES = ("self", "super", "varargs", "kwargs")
_PYTHONS_OWN = re.compile(r"__[a-z]\w*")
WATCH = " watch "  # what holds the expressions of a template that failed; no template can write this name


class Language(ImmutableSandboxedEnvironment):
    """Jinja in a sandbox, looking into mappings before attributes, that works within bounds."""

    intercepted_binops = frozenset({"+", "*", "/", "//", "%", "**"})
    code_generator_class = _Writer
    concat = staticmethod(bounds.joined)
    decimal, row, table = Decimal, bounds.Row, bounds.Table

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item of a mapping, else the attribute, else an unknown name."""
        kind = obj.__class__
        if kind is dict or _is_mapping(kind):
            try:
                return obj[attribute]
            except KeyError:
                return super().getattr(obj, attribute)
        if attribute[0] != "_":
            # Figures and text that are plain data need none of the sandbox's checks.
            value = getattr(obj, attribute, missing)
            if value.__class__ in _PLAIN_TYPES:
                return value
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A calculation that is exact and whose result is not too large."""
        return bounds.calculated(operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:  # noqa: N805
        """A call of a macro, of a function that was given, or of a method that takes little and changes nothing."""
        if isinstance(__obj, Missing):
            return __obj  # below what is missing everything is
        if not _may_call(__context, __obj):
            raise SecurityError(f"调用函数“{getattr(__obj, '__name__', __obj.__class__.__name__)}”")
        about = (getattr(__obj, "__self__", None), *args, *named.values())
        bounds.spend(bounds.CALL + sum(map(bounds.size, about)))
        return bounds.kept(super().call(__context, __obj, *args, **named))

    def call_filter(self, name: str, *args: Any, **named: Any) -> Any:
        """A filter that another filter calls by its name; the inner ones are no template's business."""
        if name.startswith(("_", " ")):
            raise SecurityError(f"用过滤器“{name}”")
        return super().call_filter(name, *args, **named)

    def concatenated(self, values: tuple[Any, ...]) -> str:
        """What `~` makes of values."""
        texts = [bounds.weighed(written(value)) for value in values]
        return str(bounds.kept(str_join(texts))) if not self.autoescape else bounds.kept(markup_join(texts))

    def finalize_paid(self, value: Any) -> Any:
        """What `finalize` gives, paid for by its length."""
        assert self.finalize is not None
        bounds.spend(bounds.size(value))  # it is kept until the block is finished
        return self.finalize(value)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
            _check_depth(tree)
            _check_names(tree)
            return tree
        except (RecursionError, MemoryError):
            raise TemplateSyntaxError(_TOO_DEEP, 1) from None
        except (ValueError, SyntaxError):
            raise TemplateSyntaxError("数太长", 1) from None

    def _generate(self, source: nodes.Template, name: Any, filename: Any, defer_init: bool = False) -> Any:
        try:
            _bind(source, self)
            return super()._generate(source, name, filename, defer_init)
        except (RecursionError, MemoryError):
            raise TemplateSyntaxError(_TOO_DEEP, 1) from None

    def _compile(self, source: str, filename: str) -> Any:
        try:
            return super()._compile(source, filename)
        except (RecursionError, SyntaxError, MemoryError):
            raise TemplateSyntaxError(_TOO_DEEP, 1) from None


def _check_depth(tree: nodes.Template) -> None:
    """Refuses a tree that is too deep to be walked by functions that call themselves."""
    level: list[nodes.Node] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.iter_child_nodes()]
    if level:
        raise TemplateSyntaxError(_TOO_DEEP, level[0].lineno)


def _check_names(tree: nodes.Template) -> None:
    """Refuses Python's own names (__class__) wherever they are written, before anything runs."""
    for node in tree.find_all((nodes.Getattr, nodes.Const, nodes.NSRef)):
        said = node.value if isinstance(node, nodes.Const) else getattr(node, "attr", None)
        if isinstance(said, str) and (found := _PYTHONS_OWN.search(said)):
            raise TemplateSyntaxError(f"出于安全不允许：取“{found[0]}”", node.lineno)


def _may_call(context: Context, function: Any) -> bool:
    given = any(function is one for one in context.parent.values())
    if given or isinstance(function, (Macro, Joiner, Undefined)):
        return True
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if isinstance(owner, str):
        return name in _TEXT_METHODS
    if isinstance(owner, Mapping):
        return name in MAPPING_METHODS
    return isinstance(owner, (LoopContext, Cycler)) and not name.startswith("_")


def _bind(tree: nodes.Template, environment: Language) -> None:
    """Puts what `generator.bounds` wants into a syntax tree; TemplateSyntaxError for what a template may not use."""
    for node in list(tree.find_all(nodes.Node)):
        refused = _refused(node)
        if refused:
            raise TemplateSyntaxError(refused, node.lineno)
        if isinstance(node, nodes.Const) and type(node.value) in (int, float):
            node.value = _exact(node)
        elif isinstance(node, nodes.For):
            node.iter = _through(node.iter, "_steps", environment, _weight(node))
        elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
            cost = nodes.Const(_weight(node) + 2 * bounds.CALL, lineno=node.lineno)
            node.body.insert(0, nodes.ExprStmt(_through(cost, "_spend", environment), lineno=node.lineno))
        elif isinstance(node, nodes.Compare):
            node.expr = _through(node.expr, "_weighed", environment)
            for operand in node.ops:
                operand.expr = _through(operand.expr, "_weighed", environment)
        elif isinstance(node, nodes.Test) and node.args:
            node.node = _through(node.node, "_weighed", environment)
            node.args = [_through(argument, "_weighed", environment) for argument in node.args]


def _refused(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.For) and node.recursive:
        return "循环不能写 recursive"
    if isinstance(node, (nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        return "模板里不能用 autoescape"
    if isinstance(node, nodes.Name) and node.name in OWN_NAMES:
        return f"没有“{node.name}”这个名称"
    return None


def _exact(number: nodes.Const) -> int | Decimal:
    """A number of a template as it is written, never a binary float."""
    try:
        value: int | Decimal = Decimal(repr(number.value)) if isinstance(number.value, float) else number.value
        bounds.in_digits(value)
    except TooMuchError as error:
        raise TemplateSyntaxError(str(error), number.lineno) from None
    return value


def _weight(node: nodes.Node) -> int:
    """The work of one round of a loop or macro, roughly."""
    return sum(1 for _ in node.find_all(nodes.Node))


def _through(value: Any, name: str, environment: Language, *args: object) -> nodes.Expr:
    """The value passed through an inner filter; a constant with nothing to count as it is."""
    if isinstance(value, nodes.Const) and name == "_weighed":
        return value
    constants: list[nodes.Expr] = [nodes.Const(argument, lineno=value.lineno) for argument in args]
    return nodes.Filter(value, name, constants, [], None, None, lineno=value.lineno, environment=environment)
