"""The one template language: Word templates and narrative text use the same names, filters and rules.

Nobody else makes a Jinja environment.  Three flavours share everything but how a value is written: `word()` for
the text of Word parts, `plain_xml()` for XML where a line cannot break (attributes, document properties), and
`text()` for narrative.  Names are strict, keys come before attributes (a key named `items` is found), private
attributes and changes to data are refused.
"""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from generator import filters
from generator.findings import Finding, Level, Location, ReportError

LARGEST_REPEAT = 10_000
LONGEST_SENTENCE = 20_000
LONGEST_LOOP = 1_000
MOST_LOOPS = 2
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
    """Writes what `finalize` gives without escaping it once more: each flavour's `finalize` gives finished text."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class _Language(ImmutableSandboxedEnvironment):
    """Jinja in a sandbox, looking into mappings before attributes."""

    intercepted_binops = frozenset({"*", "**"})
    code_generator_class = _Writer

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
        """Product or power; what would fill the memory is refused."""
        if operator == "**" and isinstance(right, (int, float)) and abs(right) > 100:
            raise SecurityError("乘方的指数过大")
        for value, times in ((left, right), (right, left)):
            if (
                operator == "*"
                and isinstance(value, (str, list, tuple))
                and isinstance(times, int)
                and len(value) * times > LARGEST_REPEAT
            ):
                raise SecurityError("文字重复的次数过多")
        return super().call_binop(context, operator, left, right)


def _written(value: Any) -> Any:
    """The value as text or Markup; raises for what a report never prints."""
    if value is None:
        raise NoValueError("这里没有值可印（None）")
    if value is True or value is False:
        return "是" if value else "否"
    container = isinstance(value, (list, tuple, set, frozenset, Mapping)) and type(value).__str__ is object.__str__
    if container or inspect.isgenerator(value):
        raise NoValueError("这里要印的是一组值，不是一个值：请用 for 循环，或接过滤器如 |顿号")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Undefined):
        return str(value)
    if callable(value):
        raise NoValueError("这里要印的是一个函数，不是一个值")
    return value if hasattr(value, "__html__") else str(value)


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


def _environment(finalize: Callable[[Any], Any], autoescape: bool) -> _Language:
    environment = _Language(
        autoescape=autoescape, undefined=_Unknown, finalize=finalize, keep_trailing_newline=True, cache_size=0
    )
    environment.filters.update(filter_functions())
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
    environment.filters["_counted"] = _counted
    return environment


def _counted(items: Any) -> list[Any]:
    """What a loop of a sentence goes through; NoValueError when it is too long."""
    found = list(items)
    if len(found) > LONGEST_LOOP:
        raise NoValueError(f"循环超过 {LONGEST_LOOP} 次")
    return found


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to `name`, if one is close.

    >>> nearest("到位律", ["预算", "到位率"])
    '到位率'
    """
    # Two-character words that share one character score 0.5.
    found = difflib.get_close_matches(name, [other for other in known if isinstance(other, str)], 1, 0.4)
    return found[0] if found else None


def _fields(owner: Any) -> list[str]:
    """The names that a template may ask of `owner`."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return [name for name in dir(owner) if not name.isascii()]


def explain(error: BaseException, names: Mapping[str, object]) -> tuple[str, str | None]:
    """What went wrong in a template, in Chinese, and how to mend it where that is known."""
    if isinstance(error, UnknownNameError):
        top = error.owner is missing
        close = nearest(error.name, names if top else _fields(error.owner))
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
    if isinstance(error, (NoValueError, ValueError)):
        return _chinese(error) or "算不出来", None
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


def syntax(error: TemplateSyntaxError) -> str:
    """A syntax error of Jinja in Chinese."""
    message = error.message or str(error)
    for pattern, chinese in _SYNTAX:
        if match := re.search(pattern, message):
            return "写法不对：" + chinese.format(*(_TOKENS.get(word, word) for word in match.groups()))
    return message if re.search(r"[\u4e00-\u9fff]", message) else "写法不对"


def unknown_filters(tree: nodes.Node, environment: _Language) -> list[tuple[str, str | None]]:
    """Each filter that a parsed template uses and nobody defined, with the nearest one that exists."""
    used = dict.fromkeys(node.name for node in tree.find_all(nodes.Filter) if node.name is not None)
    return [
        (name, nearest(name, [other for other in environment.filters if not other.startswith("_")]))
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
_MAPPING_METHODS = ("items", "keys", "values")
_OWN_NAMES = ("self", "super", "caller", "varargs", "kwargs")


@lru_cache(maxsize=4096)
def sentence(source: str) -> Template:
    """A text of the data, compiled; TemplateSyntaxError in Chinese for what a sentence may not use."""
    if len(source) > LONGEST_SENTENCE:
        raise TemplateSyntaxError(f"有标记的一行文字不能超过 {LONGEST_SENTENCE} 字", 1)
    try:
        tree = text().parse(source)
        _check_sentence(tree, 0)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, "_counted", [], [], None, None, lineno=loop.lineno, environment=tree.environment
            )
        return text().from_string(tree)
    except (RecursionError, SyntaxError, MemoryError):
        raise TemplateSyntaxError("标记的层次太多", 1) from None


def _check_sentence(node: nodes.Node, loops: int) -> None:
    refused = None
    if isinstance(node, nodes.Call):
        method = node.node
        if not (isinstance(method, nodes.Getattr) and method.attr in _MAPPING_METHODS) or node.args:
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


def printed(source: str, names: Mapping[str, object]) -> str:
    """A sentence with its figures filled in; raises what Jinja and the figures raise, see `explain`."""
    pieces, length = [], 0
    for piece in sentence(source).generate(names):
        length += len(piece)
        if length > LONGEST_SENTENCE * 10:
            raise NoValueError(f"印出的文字超过 {LONGEST_SENTENCE * 10} 字")
        pieces.append(piece)
    return "".join(pieces)


def fill(source: str, names: Mapping[str, object], where: Location | None = None) -> str:
    """Narrative text with its figures filled in; raises ReportError at `where` for a tag that cannot be."""
    if "{" not in source:
        return source
    try:
        return printed(source, names)
    except Exception as error:
        what, mend = explain(error, names)
        raise ReportError(Finding("T201", Level.ERROR, where or Location(), what, quoted=source, mend=mend)) from error
