"""The one template language: Word templates and narrative text use the same names, filters and rules.

Nobody else makes a Jinja environment.  Three flavours share everything but how a value is written: `word()` for
the text of Word parts, `plain_xml()` for XML where a line cannot break (attributes, document properties), and
`text()` for narrative.  Names are strict, keys come before attributes (a key named `items` is found), private
attributes and changes to data are refused.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache, partial, wraps
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.filters import FILTERS, do_batch, do_replace, make_attrgetter, sync_do_join, sync_do_slice, sync_do_sum
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing, pass_environment, pass_eval_context
from markupsafe import Markup

from generator import bounds, filters
from generator.bounds import TooMuchError
from generator.findings import Finding, Level, Location, ReportError
from generator.records import closest

LONGEST_SENTENCE = 20_000
LONGEST_LOOP = 1_000
MOST_LOOPS = 2
DEEPEST = 200
MOST_DECIMALS = 12
MOST_COLUMNS = 1_000
_TOO_DEEP = "标记的层次太多"
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_needs_care = re.compile(r"[&<>\r\n\t]").search
_PLAIN_TYPES = frozenset({str, int, Decimal, tuple, list, dict, bool})


class UnknownNameError(UndefinedError):
    """A template asked for a name that is not there; `name` and the object `owner` that lacks it."""

    def __init__(self, name: str, owner: Any, message: str | None) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class NoValueError(TemplateError):
    """A template printed what cannot be printed: None, a list, broken XML; the message is in Chinese."""


class _Unknown(StrictUndefined):
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


_MAPPING_METHODS = ("items", "keys", "values", "get")
_TEXT_METHODS = frozenset(
    (
        *("capitalize", "count", "endswith", "find", "index", "isdecimal", "isdigit", "lower", "lstrip", "partition"),
        *("removeprefix", "removesuffix", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines"),
        *("startswith", "strip", "title", "upper"),
    )
)
_OWN_NAMES = ("self", "super", "varargs", "kwargs")


class _Language(ImmutableSandboxedEnvironment):
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
        if not _may_call(__context, __obj):
            raise SecurityError(f"调用函数“{getattr(__obj, '__name__', __obj.__class__.__name__)}”")
        about = (getattr(__obj, "__self__", None), *args, *named.values())
        bounds.spend(bounds.CALL + sum(map(bounds.size, about)))
        return bounds.kept(super().call(__context, __obj, *args, **named))

    def concatenated(self, values: tuple[Any, ...]) -> str:
        """What `~` makes of values."""
        written = [bounds.weighed(_written(value)) for value in values]
        return str(bounds.kept(str_join(written))) if not self.autoescape else bounds.kept(markup_join(written))

    def finalize_paid(self, value: Any) -> Any:
        """What `finalize` gives, paid for by its length."""
        assert self.finalize is not None
        return self.finalize(bounds.weighed(value))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
            _check_depth(tree)
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


def _may_call(context: Context, function: Any) -> bool:
    given = any(function is one for one in context.parent.values())
    if given or isinstance(function, (Macro, Joiner, Undefined)):
        return True
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if isinstance(owner, str):
        return name in _TEXT_METHODS
    if isinstance(owner, Mapping):
        return name in _MAPPING_METHODS
    return isinstance(owner, (LoopContext, Cycler)) and not name.startswith("_")


def _bind(tree: nodes.Template, environment: _Language) -> None:
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
            cost = nodes.Const(_weight(node) + bounds.CALL, lineno=node.lineno)
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
    if isinstance(node, nodes.Name) and node.name in _OWN_NAMES:
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


def _through(value: Any, name: str, environment: _Language, *args: object) -> nodes.Expr:
    """The value passed through an inner filter; a constant with nothing to count as it is."""
    if isinstance(value, nodes.Const) and name == "_weighed":
        return value
    constants: list[nodes.Expr] = [nodes.Const(argument, lineno=value.lineno) for argument in args]
    return nodes.Filter(value, name, constants, [], None, None, lineno=value.lineno, environment=environment)


def _written(value: Any) -> Any:
    """The value as text or Markup; raises for what a report never prints."""
    if value is None:
        raise NoValueError("这里没有值可印（None）")
    if value is True or value is False:
        return "是" if value else "否"
    if bounds.is_group(value):
        raise NoValueError("这里要印的是一组值，不是一个值：请用 for 循环，或接过滤器如 |顿号")
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, float):
        raise NoValueError("这里的数是二进制小数，印出来不准")
    if isinstance(value, Undefined):
        return str(value)
    if hasattr(value, "__html__"):
        return value
    if callable(value) or isinstance(value, Namespace):
        raise NoValueError("这里要印的是一个函数，不是一个值")
    return str(value)


def _digits(value: Decimal) -> str:
    """A bare number with all its digits; NoValueError for a quotient that does not come out even."""
    if -int(value.as_tuple().exponent) > MOST_DECIMALS:
        value = value.normalize()
        if -int(value.as_tuple().exponent) > MOST_DECIMALS:
            what = f"这里的数有 {MOST_DECIMALS} 位以上的小数（除不尽）"
            raise NoValueError(f"{what}：请用过滤器写明位数，如 |千分位(2)、|百分比(2)、|round(2)")
    return f"{bounds.in_digits(value):f}"


class _Checked(Markup):
    """Raw XML that was checked for the place where it stands."""

    __slots__ = ()


def check_fragment(xml: str, inside: str = "") -> None:
    """Refuses raw XML that is not whole inside an element, or that points outside itself, with NoValueError."""
    from xml.parsers import expat

    if re.search(r"\sr:(?:id|embed|link|pict)=", xml):
        raise NoValueError("这段富文本带有链接或图片，需要 Word 里的关系，暂不支持")
    parser = expat.ParserCreate()
    try:
        # Prefixes need no declaration for a check of form.
        parser.Parse(f"<x>{inside}{xml}{inside.replace('<', '</')}</x>", True)
    except expat.ExpatError as error:
        raise NoValueError(f"插入的 XML 片段不完整：{error}") from error


def _unsupported(value: Any) -> None:
    kind = type(value)
    if kind.__module__.startswith("docxtpl.") and kind.__name__ in {"InlineImage", "Subdoc"}:
        what = "图片" if kind.__name__ == "InlineImage" else "子文档"
        raise NoValueError(f"这里的值是 docxtpl 的{what}（{kind.__name__}），暂不支持")


def _lines(text: str) -> str:
    """Escaped text with line breaks and tabs as Word writes them inside a run."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", _LINE_BREAK).replace("\t", _TAB)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _for_word(value: Any) -> str:
    """A value as the inside of a `w:t`."""
    if value.__class__ is not str:
        value = _written(value)
        if value.__class__ is _Checked:
            return str(value)
        if value.__class__ is not str and hasattr(value, "__html__"):
            return _fragment(value, "<w:t>")
    return value if _needs_care(value) is None else _lines(_escaped(value))


def _for_xml(value: Any) -> str:
    """A value as XML text or attribute, on one line."""
    text = value if value.__class__ is str else _written(value)
    if hasattr(text, "__html__"):
        return str(text.__html__())
    return re.sub(r"\s*[\r\n]+\s*|\t", " ", _escaped(text).replace('"', "&quot;"))


def _for_text(value: Any) -> str:
    """A value as it is."""
    return value if value.__class__ is str else str(_written(value))


def _fragment(value: Any, inside: str = "") -> str:
    """What brings its own XML, checked: whole runs or paragraphs, or with `inside` the content of a text."""
    _unsupported(value)
    xml = str(value.__html__())
    if "<" not in xml:
        return _lines(xml)
    if inside and re.search(r"<w:(?:r|p|hyperlink)[ >]", xml):
        raise NoValueError("富文本要写成 {{r 名称 }}，整段的写成 {{p 名称 }}，不能写成 {{ 名称 }}")
    check_fragment(xml, inside)
    return xml


def _own_xml(value: Any) -> str:
    """The runs or paragraphs that a value brings, checked; empty if it is plain."""
    if isinstance(value, Undefined) or not hasattr(value, "__html__"):
        return ""
    xml = str(value.__html__()).lstrip()
    return _fragment(value) if xml.startswith(("<w:", "<mc:")) else ""


def _as_run(value: Any) -> Markup:
    """The value of a `{{r }}` tag: rich text as it is, anything else as a run of its own."""
    return _Checked(_own_xml(value) or f'<w:r><w:t xml:space="preserve">{_for_word(value)}</w:t></w:r>')


def _as_paragraph(value: Any) -> Markup:
    """The value of a `{{p }}` tag: paragraphs as they are, anything else as a paragraph of its own."""
    xml = _own_xml(value)
    return _Checked(xml if xml.startswith(("<w:p", "<w:tbl")) else f"<w:p>{xml or _as_run(value)}</w:p>")


def _attribute(value: Any) -> Markup:
    """A value that stands in an XML attribute of a Word part."""
    return _Checked(_for_xml(value))


class Merger:
    """Remembers the last row of a table and says which marked cells of the next one go on with the cell above."""

    __slots__ = ("pattern", "values")

    def __init__(self, _: object) -> None:
        self.cut()

    def cut(self) -> None:
        """A row of another kind stands between: nothing goes on over it."""
        self.pattern: int | None = None
        self.values: tuple[object, ...] = ()

    def goes_on(self, pattern: int, values: tuple[object, ...]) -> tuple[bool, ...]:
        """For each value, by level: whether it and all before it are what they were in the row above."""
        same = self.pattern == pattern
        flags = []
        for index, value in enumerate(values):
            same = same and value == self.values[index]
            flags.append(same)
        self.pattern, self.values = pattern, values
        return tuple(flags)


def filter_functions() -> dict[str, Callable[..., Any]]:
    """The project's own filters by name: the public functions of `generator.filters` with Chinese names."""
    return {
        name: function
        for name, function in inspect.getmembers(filters, inspect.isfunction)
        if function.__module__ == filters.__name__ and not name.isascii()
    }


# Jinja's filters whose work and result grow no faster than what they are given.  `format`, `center`, `indent` and
# the like write as much as a number says, `float` gives binary figures, `random` another report each time.
_JINJA_FILTERS = (
    *("abs", "attr", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list"),
    *("map", "max", "min", "reject", "rejectattr", "reverse", "safe", "select", "selectattr", "sort", "unique"),
)
_TEXT_FILTERS = ("capitalize", "e", "escape", "lower", "string", "title", "trim", "truncate", "upper")
_INSTEAD = {"float": "数值", "format": "千分位", "wordwrap": "分段", "striptags": "string"}


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter on text, which refuses a list instead of writing it as Python does."""

    @wraps(function)
    def filtered(value: Any, *args: Any, **named: Any) -> Any:
        return function(value if isinstance(value, (str, Undefined)) else _written(value), *args, **named)

    return filtered


@pass_eval_context
def _join(context: EvalContext, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
    """Jinja's `join`, measured before it is done."""
    items = value if attribute is None else map(make_attrgetter(context.environment, attribute), value)
    texts = [_written(item) for item in bounds.steps(items, 1)]
    if sum(len(str(text)) for text in texts) + len(d) * len(texts) > bounds.LONGEST_TEXT:
        raise TooMuchError(f"文字超过 {bounds.LONGEST_TEXT} 字")
    return sync_do_join(context, texts, d)


@pass_eval_context
def _replace(context: EvalContext, s: Any, old: str, new: str, count: int | None = None) -> Any:
    """Jinja's `replace`, measured before it is done."""
    text = s if isinstance(s, str) else _written(s)
    if len(str(text)) + str(text).count(str(old)) * len(str(new)) > bounds.LONGEST_TEXT:
        raise TooMuchError(f"文字超过 {bounds.LONGEST_TEXT} 字")
    return do_replace(context, text, old, new, count)


def _in_columns(function: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's `batch` or `slice` with a bearable number of columns."""

    def columns(value: Any, count: int, fill_with: Any = None) -> Any:
        if not 0 < count <= MOST_COLUMNS:
            raise TooMuchError(f"列数应在 1 到 {MOST_COLUMNS} 之间")
        return function(value, count, fill_with)

    return columns


@pass_environment
def _sum(environment: Any, iterable: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
    """Jinja's `sum` of numbers and figures; lists are not strung together."""
    if isinstance(start, str) or bounds.is_group(start):
        raise ValueError("sum 只能加数")
    return sync_do_sum(environment, iterable, attribute, start)


def _filters() -> dict[str, Callable[..., Any]]:
    """What templates may use: the project's own filters and those of Jinja that stay within bounds."""
    own = filter_functions()
    of_jinja = {name: FILTERS[name] for name in _JINJA_FILTERS}
    of_text = {name: _of_text(FILTERS[name]) for name in _TEXT_FILTERS}
    instead = {
        "join": _join,
        "replace": _replace,
        "sum": _sum,
        "int": filters.whole,
        "round": filters.rounded,
        "batch": _in_columns(do_batch),
        "slice": _in_columns(sync_do_slice),
    }
    by_item = {
        name: bounds.bounded(function, bounds.PER_ITEM) for name, function in {**of_jinja, **instead, **own}.items()
    }
    by_character = {name: bounds.bounded(function, bounds.PER_CHARACTER) for name, function in of_text.items()}
    # 合并 is a mark on every row of a table and does nothing.
    return {**by_item, **by_character, "合并": own["合并"]}


def _environment(finalize: Callable[[Any], Any], autoescape: bool) -> _Language:
    environment = _Language(
        autoescape=autoescape,
        undefined=_Unknown,
        finalize=finalize,
        keep_trailing_newline=True,
        optimized=False,
        cache_size=0,
    )
    environment.filters = _filters()
    environment.filters.update(_steps=bounds.steps, _spend=bounds.spend, _weighed=bounds.weighed)
    # What compiled marks call; filters, because the sandbox looks at every call of a function.
    environment.filters.update(_xml=_attribute, _run=_as_run, _paragraph=_as_paragraph)
    environment.filters.update(_merger=Merger, _goes_on=Merger.goes_on, _cut=Merger.cut)
    del environment.globals["lipsum"]
    return environment


@cache
def word() -> _Language:
    """The language in Word parts: values are escaped, newlines and tabs become `w:br` and `w:tab`."""
    return _environment(_for_word, autoescape=True)


@cache
def plain_xml() -> _Language:
    """The language in XML that has no runs: values are escaped and stay on one line."""
    return _environment(_for_xml, autoescape=True)


@cache
def text() -> _Language:
    """The language in narrative text: values print as they are; no functions, no comments."""
    environment = _environment(_for_text, autoescape=False)
    environment.globals.clear()
    environment.comment_start_string, environment.comment_end_string = "\x00#", "#\x00"  # `{#1}` in a text is text
    environment.filters["_steps"] = partial(bounds.steps, most=LONGEST_LOOP)
    return environment


def _fields(owner: Any) -> list[str]:
    """The names that a template may ask of `owner`."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return [name for name in dir(owner) if not name.isascii()]


def explain(error: BaseException, names: Mapping[str, object]) -> tuple[str, str | None]:
    """What went wrong in a template, in Chinese, and how to mend it where that is known."""
    if isinstance(error, UnknownNameError):
        top = error.owner is missing
        close = closest(error.name, names if top else _fields(error.owner))
        mend = f"是不是“{close}”？" if close else None
        if top:
            return f"没有“{error.name}”这个名称", mend
        if error.owner is None:
            return f"上一级没有值（None），取不到“{error.name}”", None
        if isinstance(error.owner, (list, tuple)) and error.name.isdecimal():
            return f"列表里没有 [{error.name}]：共 {len(error.owner)} 项，从 [0] 数起", None
        return f"上一级里没有“{error.name}”", mend
    if isinstance(error, SecurityError):
        attribute = re.search(r"attribute '(.+?)'", str(error))
        return f"出于安全不允许：{f'取“{attribute[1]}”' if attribute else _chinese(error) or '调用函数'}", None
    if isinstance(error, TemplateSyntaxError):
        return syntax(error), None
    if isinstance(error, (NoValueError, TooMuchError, ValueError)):
        return _chinese(error) or "算不出来", None
    if isinstance(error, TemplateRuntimeError) and (told := syntax(error)) != _MISWRITTEN:
        return told, None
    if isinstance(error, RecursionError):
        return "一层套一层，没有尽头", None
    if isinstance(error, ZeroDivisionError):
        return "除数是 0", None
    if isinstance(error, TypeError):
        return "算不出来：这几个值不能一起计算或比较，或过滤器的参数不对", None
    return f"算不出来：{_chinese(error) or '超出可以计算的范围'}", None


def _chinese(error: BaseException) -> str:
    """An error's own words where they are ours; nothing where they are Python's or Jinja's."""
    said = str(error)
    return said if re.search(r"[\u4e00-\u9fff]", said) else ""


_TOKENS = {
    "end of statement block": "%}",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "end of template": "文字的末尾",
    "name": "名称",
    "string": "引号里的文字",
    "integer": "整数",
    "float": "小数",
    "assign": "=",
    "in": "in",
}
_SYNTAX = (
    (r"unexpected char '(.)' at", "标记里不能用“{0}”这个字符"),
    (r"unexpected '\}'", "花括号多了或少了"),
    (r"[Ee]xpected token '?(.+?)'?, got '?(.+?)'?$", "应为“{0}”，却是“{1}”"),
    (r"[Uu]nexpected end of template", "没有写完，缺结尾标记"),
    (r"Encountered unknown tag '(.+?)'", "没有“{0}”这种标记"),
    (r"No filter named '(.+?)'", "没有“{0}”这个过滤器"),
    (r"No test named '(.+?)'", "没有“{0}”这个判断"),
    (r"Expected an expression, got 'end of print statement'", "标记是空的"),
    (r"Expected an expression, got '(.+?)'", "这里要有一个名称或算式，却是“{0}”"),
    (r"unexpected '(.+?)'", "这里不能有“{0}”"),
)


_MISWRITTEN = "写法不对"


def syntax(error: TemplateError) -> str:
    """A syntax error of Jinja in Chinese."""
    message = error.message or str(error)
    for pattern, chinese in _SYNTAX:
        if match := re.search(pattern, message):
            return f"{_MISWRITTEN}：" + chinese.format(*(_TOKENS.get(word, word) for word in match.groups()))
    return message if re.search(r"[\u4e00-\u9fff]", message) else _MISWRITTEN


def unknown_filters(tree: nodes.Node, environment: _Language) -> list[tuple[str, str | None]]:
    """Each filter that a parsed template uses and nobody defined, with the nearest one that exists."""
    used = dict.fromkeys(node.name for node in tree.find_all(nodes.Filter) if node.name is not None)
    return [
        (name, _INSTEAD.get(name) or closest(name, [other for other in environment.filters if other[0] != "_"]))
        for name in used
        if name not in environment.filters
    ]


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


@lru_cache(maxsize=4096)
def sentence(source: str) -> Template:
    """A text of the data, compiled; TemplateSyntaxError in Chinese for what a sentence may not use."""
    if len(source) > LONGEST_SENTENCE:
        raise TemplateSyntaxError(f"有标记的一行文字不能超过 {LONGEST_SENTENCE} 字", 1)
    tree = text().parse(source)
    _check_sentence(tree, 0)
    return text().from_string(tree)


def _check_sentence(node: nodes.Node, loops: int) -> None:
    refused = None
    if isinstance(node, nodes.Call):
        method = node.node
        if not (isinstance(method, nodes.Getattr) and method.attr in _MAPPING_METHODS[:3]) or node.args:
            refused = "文字里不能调用函数"
    elif not isinstance(node, _SENTENCE_NODES):
        refused = "文字里只能用 {{ 名称 }}、{% if %} 和 {% for %}"
    elif isinstance(node, nodes.Name) and node.name in _OWN_NAMES:
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
        _check_sentence(child, loops)


def printed(template: Template, names: Mapping[str, object], longest: int = bounds.LONGEST_OUTPUT) -> str:
    """What a template prints, within bounds; raises what Jinja and the figures raise, see `explain`."""
    with bounds.work():
        return bounds.printed(template.root_render_func(template.new_context(dict(names))), longest)  # type: ignore[arg-type]


def fill(source: str, names: Mapping[str, object], where: Location | None = None) -> str:
    """A text of the data with its figures filled in; ReportError at `where` for a tag that cannot be."""
    if "{{" not in source and "{%" not in source:
        return source
    try:
        return printed(sentence(source), names, LONGEST_SENTENCE * 10)
    except Exception as error:
        what, mend = explain(error, names)
        unknown, miswritten = isinstance(error, UnknownNameError), isinstance(error, TemplateSyntaxError)
        code = "C001" if unknown else "C004" if miswritten else "C005"
        told = f"文字里的标记有误：{what}"
        finding = Finding(code, Level.ERROR, where or Location(), told, quoted=source, mend=mend)
        raise ReportError(finding) from error
