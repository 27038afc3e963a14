"""Writes the pages that follow from the program's own declarations: `make docs`.

字段.md comes from the records of generator/model.py, 计分方法.md from the docstrings and parameters of
generator/rules/ and generator/measures/, 过滤器.md from generator/filters.py, 核查.md from the docstrings of
generator/checks/, 模板检查.md and the table at the end of 模板制作.md from those of generator/lints/, fields.md from
the names that the specimen gives a template.  A test compares them with what stands here.
"""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import types
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import WithJsonSchema

from generator.audits import audits
from generator.checks import checks
from generator.explain import OTHER, SERIES
from generator.explain import title as check_title
from generator.fieldlist import KIND_NOTES, blocks, filters
from generator.fields import MethodCall, Record, Reference
from generator.language import filter_functions
from generator.lints import lints
from generator.measures import measures
from generator.model import Evaluation
from generator.narrative import Narrative
from generator.records import aliases
from generator.rules import rules
from generator.specimen import shape, specimen, told
from generator.style import find_style
from generator.values import Day, Money, Quantity, Rate, Said, Target
from generator.wording import wordings

DOCS = Path(__file__).parent
GUIDE = DOCS / "模板制作.md"
NOTE = "<!-- 由 docs/build.py 写成，不要手改；改了程序后运行 make docs。 -->"
KINDS: dict[object, str] = {
    str: "文字",
    Money: "金额",
    Rate: "百分比",
    Day: "日期",
    int: "整数",
    Quantity: "数量",
    Target: "指标值",
    Decimal: "数字",
    bool: "是或否",
    Narrative: "段落或编号列表",
    Reference: "别处数字的名称",
    MethodCall: "测算方法",
    Any: "由计分方法规定",
}


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {
        DOCS / "字段.md": "\n".join(field_page()) + "\n",
        DOCS / "计分方法.md": "\n".join(method_page()) + "\n",
        DOCS / "过滤器.md": "\n".join(filter_page()) + "\n",
        DOCS / "核查.md": "\n".join(check_page()) + "\n",
        DOCS / "模板检查.md": "\n".join(lint_page()) + "\n",
        DOCS / "报告核查.md": "\n".join(audit_page()) + "\n",
        DOCS / "fields.md": "\n".join(names_page()) + "\n",
        GUIDE: with_table(GUIDE.read_text(encoding="utf-8")),
    }


# 字段.md


def field_page() -> Iterator[str]:
    """The fields of a data file: a table for each record, in the order of the file."""
    places = record_places()
    yield from ("# 数据文件的字段", "", NOTE, "")
    yield "每一节是数据文件里的一层。“值”一列写明这个键下面填什么：是链接的，下面还有一层；“列表”表示每条前写“- ”。"
    yield "写法（金额、日期、空值、文字）见[数据文件](数据文件.md)。除注明必填的以外，都可以不写。"
    for record in places:
        yield from ("", f"## {heading(places[record])}", "")
        yield from table(record, places)


def record_places() -> dict[type[Record], list[str]]:
    """Each record of a data file with the places where it stands, outermost first."""
    found: dict[type[Record], list[str]] = {Evaluation: ["最外层"]}
    waiting: list[type[Record]] = [Evaluation]
    for record in waiting:
        lead = "" if record is Evaluation else f"{found[record][0]} "
        for name, _, annotation, _ in fields(record):
            inner = record_in(annotation)
            if inner is None or inner is record:
                continue
            if inner not in found:
                waiting.append(inner)
            found.setdefault(inner, []).append(lead + name)
    return found


def heading(names: list[str]) -> str:
    """The places of a record as a heading: `资金 按单位、按用途`."""
    return "、".join([names[0], *(name.rsplit(" ", 1)[-1] for name in names[1:])])


def anchor(text: str) -> str:
    """The link to a heading."""
    return "#" + re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def fields(record: type[Record]) -> Iterator[tuple[str, list[str], Any, tuple[bool, str]]]:
    """Each field: its name, its further names, its annotation, whether it is required and what it means."""
    hints = get_type_hints(record, include_extras=True)
    for attribute, declared in record.model_fields.items():
        name, *further = aliases(declared)
        yield name, further, hints[attribute], (declared.is_required(), declared.description or "")


def table(record: type[Record], places: dict[type[Record], list[str]]) -> Iterator[str]:
    """The fields of one record as a Markdown table."""
    yield "| 键 | 也可写作 | 值 | 含义 |"
    yield "|---|---|---|---|"
    for name, further, annotation, (required, meaning) in fields(record):
        also = "、".join(further)
        value = kind(annotation, name, places)
        yield f"| {name}{'（必填）' if required else ''} | {also} | {value} | {meaning.replace('|', chr(92) + '|')} |"


def kind(annotation: Any, name: str, places: dict[type[Record], list[str]]) -> str:
    """What is written under the key `name`, in a few Chinese words; a record is a link to its table."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        schemas = [one.json_schema or {} for one in parts[1:] if isinstance(one, WithJsonSchema)]
        said = schemas[0].get("description") if schemas else None
        return str(said) if said and "：" not in said else kind(parts[0], name, places)
    if origin in (Union, types.UnionType):
        return kind(next(part for part in parts if part not in (type(None), Said)), name, places)
    if origin is Literal:
        return "、".join(map(str, parts))
    if origin is list:
        return f"列表：{kind(parts[0], name, places)}"
    if origin is dict:
        return f"键: {kind(parts[1], name, places)}"
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return f"[{name}]({anchor(heading(places[annotation]))})" if annotation in places else "见下表"
    return KINDS[annotation]


def record_in(annotation: Any) -> type[Record] | None:
    """The record that an annotation holds, if any."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part))), None)


# 计分方法.md


def method_page() -> Iterator[str]:
    """Every 计分方法 and 测算方法: the docstring of its file, its examples as data, its parameters."""
    yield from ("# 计分方法和测算方法", "", NOTE, "")
    yield "指标的“测算”说实际值怎样算出来，“计分方法”和“参数”说由实际值怎样得分。所有参数都要写明，程序不猜。"
    yield "每个例子先是数据，后是打印的计算过程；计分方法的例子，最后一行是得分。这些例子都由测试执行。"
    for title, methods in (("计分方法", rules()), ("测算方法", measures())):
        yield from ("", f"## {title}", "")
        yield from (f"- [{name}](#{name}){summary(module)}" for name, module in methods.items())
        for name, module in methods.items():
            yield from ("", f"### {name}", "", *prose(module), "参数：", "", *parameter_tables(module.Parameters))


def summary(module: ModuleType) -> str:
    """The first line of a method's docstring, after its name."""
    return text_of(module).split("\n", 1)[0].removeprefix(module.NAME)


def prose(module: ModuleType) -> Iterator[str]:
    """A method's docstring as Markdown; its examples become YAML and what they print."""
    known: dict[str, object] = {}
    for piece in doctest.DocTestParser().parse(text_of(module)):
        if isinstance(piece, str):
            yield from paragraphs(piece.removeprefix(f"{module.NAME}："))
        elif call := example(piece.source, known):
            yield from ("```yaml", *yaml_of(call).splitlines(), "```", "")
            yield from ("```text", *piece.want.splitlines(), "```", "")


def paragraphs(text: str) -> Iterator[str]:
    """Text of a docstring as Markdown: lines that were wrapped are joined, every other line is a paragraph."""
    paragraph = ""
    for line in text.split("\n"):
        paragraph += line
        if paragraph and (not line or line.endswith(("。", "；", "："))):
            yield from (paragraph, "")
            paragraph = ""
    if paragraph:
        yield from (paragraph, "")


def example(source: str, known: dict[str, object]) -> dict[str, object] | None:
    """The data that an example stands for; None for a line that only gives a value a name, kept in `known`."""
    statement = ast.parse(source).body[0]
    if isinstance(statement, ast.Assign):
        exec(source, {}, known)
        return None
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    calls = {"计分": scoring, "测算": measuring}
    result: dict[str, object] = eval(source, {**known, **calls})
    return result


def scoring(method: str, *, 分值: str, 实际: object = None, **parameters: object) -> dict[str, object]:  # noqa: N803
    """An example of a 计分方法 as an indicator of a data file."""
    actual = {} if 实际 is None else {"测算": 实际}
    return {"分值": 分值, **actual, "计分方法": method, "参数": parameters}


def measuring(method: str, *, 名称: str | None = None, **parameters: object) -> dict[str, object]:  # noqa: N803
    """An example of a 测算方法 as an indicator of a data file."""
    name = {} if 名称 is None else {"名称": 名称}
    return {**name, "测算": {"方法": method, **parameters}}


class _Dumper(yaml.SafeDumper):
    """Writes text without quotation marks where YAML needs none: data files have no other scalars."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as declared by PyYAML

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def yaml_of(value: object) -> str:
    """`value` as YAML in the style of the samples."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=None)


def parameter_tables(record: type[Record]) -> Iterator[str]:
    """The parameters of a method and of the records inside them."""
    yield from table(record, {})
    for name, _, annotation, _ in fields(record):
        if inner := record_in(annotation):
            yield from ("", f"“{name}”的每一条：", "", *table(inner, {}))


# 过滤器.md


def filter_page() -> Iterator[str]:
    """Every filter of templates and narrative, with its examples."""
    yield from ("# 过滤器", "", NOTE, "")
    yield "写在名称后面，用竖线隔开：`{{ 资金.支出|万元 }}`。Word 模板和数据文件的文字里都可以用。"
    yield "没有的值（【待补充】）和用文字写的值（无、—）原样通过。Jinja2 自带的过滤器也可以用。"
    for name, function in filter_functions().items():
        yield from ("", f"## {name}", "")
        for piece in doctest.DocTestParser().parse(inspect.getdoc(function) or ""):
            if isinstance(piece, str):
                yield from (line for line in piece.strip().split("\n") if line)
        examples = doctest.DocTestParser().get_examples(inspect.getdoc(function) or "")
        yield from ("", "```text")
        yield from (f"{one.source.strip()}  →  {one.want.strip()}" for one in examples)
        yield "```"


# 核查.md

CHECKING = """\
`jixiao check` 在印报告之前核对数据：各处的数是不是对得上，该说的原因有没有说，文字和数据是不是一回事。
`jixiao render` 也做同样的核查，结果写在报告旁边；有错误的，`--final` 不生成正式稿。例如这份数据：

```yaml 项目.yaml
金额单位: 万元
报告: {标题: 示例, 样式: national}
资金:
  支出: 81
  按单位:
    - {名称: 甲社区, 支出: 80}
    - {名称: 乙社区, 支出: 0}
```

```console
$ jixiao check 项目.yaml
项目.yaml:6:5: 错误[F101] 各单位支出之和80万元，与支出总额81万元相差1万元（核对各行和总额；确有原因的写进 资金.说明）
项目.yaml:7:21: 警告[F109] 乙社区列入了资金安排，支出是0，没有写原因（在该行的 原因 里写明）
  发现：错误 1 个、警告 1 个
```

方括号里是核查的代码。本页列出全部核查：查什么、允许多大的差、哪些不查，正例和反例；反例里箭头（←）指着被查出的那一行。
`jixiao explain F101` 印出其中一项，`jixiao explain` 列出全部代码。

三种级别：**错误**是数据自己和自己不符；**警告**是很可能不对，或要写明原因；**提示**是写法上的建议，或请看一眼的地方。

## 核实过的

查出来的不一定都要改。优先把原因写在数据里该写的地方（如这一行的“原因”），报告会印出来。
不必印、但已经核实的，写进 `已核实`：代码、数据位置（`.核查.md` 和 `--json` 里印有）和原因。它不再算作问题，但总会列出：

```yaml 项目.yaml
金额单位: 万元
报告: {标题: 示例, 样式: national}
资金:
  支出: 80
  按单位:
    - {名称: 甲社区, 支出: 80}
    - {名称: 乙社区, 支出: 0}
已核实:
  - {代码: F109, 位置: 资金.按单位.乙社区.支出, 原因: 项目下一年度实施，已有批复}
```

```console
$ jixiao check 项目.yaml
项目.yaml:7:21: 已核实[F109] 乙社区列入了资金安排，支出是0，没有写原因（原因：项目下一年度实施，已有批复）
...
```

同一位置有几条时，加 `原文`，只认可原文里含有这些字的那条。对不上任何结果的条目会有一个提示，可以删去。

## 改变级别

样式可以把一项核查改成别的级别，或者不查，同样写明原因：

```yaml style.yaml
名称: 本所
沿用: national
核查:
  F109: {级别: 不查, 原因: 本所在底稿里另行说明}
```
"""


def check_page() -> Iterator[str]:
    """Every check by subject: its docstring, with its examples as data."""
    yield from ("# 核查", "", NOTE, "", *CHECKING.splitlines())
    ordered = sorted(checks(), key=lambda one: (list(SERIES).index(one.CODE[0]), int(one.CODE[1:])))
    for series in dict.fromkeys(one.CODE[0] for one in ordered):
        own = [one for one in ordered if one.CODE[0] == series]
        yield from ("", f"## {SERIES[series]}", "", "| 代码 | 级别 | 核查 |", "|---|---|---|")
        for one in own:
            heading_ = f"{one.CODE} {check_title(one)}"
            yield f"| [{one.CODE}]({anchor(heading_).lower()}) | {one.LEVEL} | {said(one)} |"
        for one in own:
            yield from ("", f"### {one.CODE} {check_title(one)}", "", f"级别：{one.LEVEL}。{said(one)}", "")
            yield from check_text(text_of(one))


# 模板检查.md, and the table at the end of 模板制作.md

LINTING = """`jixiao template lint 样式文件夹或模板.docx` 检查模板，不用数据。加 `--annotate 批注.docx`，写成 Word
批注；加 `--json`，给程序读。

单个的 .docx 放在样式文件夹里的，按那个样式能写的名称查；别处的用 `--style 样式` 指定；`--no-names` 不查名称。

例子里一行是一段，`| 甲 | 乙 |` 是表格的一行，有问题的段后面标着 `# ←`。"""


def lint_page() -> Iterator[str]:
    """Every mistake of a template: what it is and how to mend it, with examples."""
    yield from ("# 模板检查", "", NOTE, "", *LINTING.splitlines(), "", *lint_table())
    for one in lints():
        yield from ("", f"## {one.CODE} {check_title(one)}", "", f"级别：{one.LEVEL}。{said(one)}", "")
        yield from check_text(text_of(one), "text")


def lint_table() -> Iterator[str]:
    """A line for each mistake: code, name, what to do."""
    yield from ("| 代码 | 问题 | 说明和改法 |", "|---|---|---|")
    listed = {one.CODE: (check_title(one), said(one) + advice(one)) for one in lints()}
    listed |= {code: tuple(text.split("：", 1)) for code, text in OTHER.items() if code.startswith("T")}  # type: ignore[misc]
    yield from (f"| {code} | {bar(name)} | {bar(text)} |" for code, (name, text) in sorted(listed.items()))


def advice(lint: ModuleType) -> str:
    """The paragraph of a check on templates that says more, in one line."""
    second = re.split(r"\n\n+", text_of(lint))[1]
    if second.startswith(("正例", "反例")):
        return ""
    return re.sub(r"(?<=[!-~])\n|\n(?=[!-~])", " ", second).replace("\n", "")


def with_table(page: str) -> str:
    """The guide with the table of mistakes between its two marks."""
    begin, end = "<!-- 各种问题 -->\n", "<!-- 完 -->"
    before, _, rest = page.partition(begin)
    return f"{before}{begin}{chr(10).join(lint_table())}\n{end}{rest.partition(end)[2]}"


# 报告核查.md

AUDITING = """`jixiao audit 报告.docx` 像仔细的复核人那样读一份写成的报告，不用数据：算式重算，合计加一遍，前后对一遍，
再看编号、残留和文字。别人写的、手工改过的 Word 报告都可以；也可以是 .txt（表格每格一行，前面加制表符，行间空一行）。

手里有数据文件的，加 `--data 项目.yaml`：程序用数据再生成一遍报告，逐段对照，
手工改动过的数都会说出来（[A170](#a170-与数据不符)）。

加 `--annotate 批注.docx`，问题写成 Word 批注，原件不动；加 `--json`，给程序读。

例子里一行是一段，`| 甲 | 乙 |` 是表格的一行，有问题的段后面标着 `# ←`。

能发现多少、误报多少，见[核查的把握](核查的把握.md)。"""


def audit_page() -> Iterator[str]:
    """Every audit of a finished report, and the checks on wording that it shares with data."""
    yield from ("# 报告核查", "", NOTE, "", *AUDITING.splitlines(), "")
    yield from ("| 代码 | 级别 | 核查 |", "|---|---|---|")
    for one in audits():
        heading_ = f"{one.CODE} {check_title(one)}"
        yield f"| [{one.CODE}]({anchor(heading_).lower()}) | {one.LEVEL} | {said(one)} |"
    yield from (f"| {one.CODE} | {one.LEVEL} | {check_title(one)}：{said(one)} |" for one in wordings())
    yield from ("", "X 开头的和对数据的[核查](核查.md)是同一种，例子见那一页。")
    for one in audits():
        yield from ("", f"## {one.CODE} {check_title(one)}", "", f"级别：{one.LEVEL}。{said(one)}", "")
        yield from check_text(text_of(one), "text")


# fields.md


def names_page() -> Iterator[str]:
    """Every name that a template may write, with what the specimen prints there."""
    style = find_style("national")
    names = told(specimen(style)).names
    yield from ("# 模板里能写的名称", "", NOTE, "", *NAMES.splitlines())
    for block in blocks(shape(style)):
        yield from ("", f"## {block.title}", "")
        if block.meaning:
            yield from (f"{block.meaning}。", "")
        if block.opening:
            yield from (f"循环：`{block.opening}` … `{block.closing}`", "")
        if block.same:
            yield from (f"里面的名称同“{block.same}”。", "")
        if block.rows:
            yield from ("| 标记 | 类型 | 含义 | 印出来（样稿） |", "|---|---|---|---|")
        for row in block.rows:
            yield f"| `{bar(row.tag)}` | {row.kind} | {bar(row.meaning)} | {bar(row.example)} |"
    yield from ("", "## 类型", "", "| 类型 | 怎样印 |", "|---|---|")
    yield from (f"| {kind} | {bar(note)} |" for kind, note in KIND_NOTES.items())
    yield from ("", "## 过滤器", "", "写在名称后面，用竖线隔开；全部写法和例子见[过滤器](过滤器.md)。", "")
    yield from ("| 过滤器 | 用处 | 写法 | 印出来（样稿） |", "|---|---|---|---|")
    for one in filters(names):
        for tag, made in one.examples:
            yield f"| {one.name} | {bar(one.meaning)} | `{bar(tag)}` | {bar(made)} |"


NAMES = """模板里的标记和数据文件的文字里都可以写这些名称。下面按样式 national 列出；自己的样式有自己的“正文”“自定义”，
用 `jixiao template fields --style 样式` 列出，`--data 项目.yaml` 让例子用自己的数据，`-o 名称表.docx` 写成一份 Word
文档，开在模板旁边，从里面复制标记。例子是样稿印出来的样子，样稿里的单位和数字都是编的。"""


def bar(text: str) -> str:
    """A text as it stands in a table of Markdown."""
    return " ".join(text.split()).replace("|", "\\|")


def said(check: ModuleType) -> str:
    """The first sentence of a check's docstring, after its name."""
    return text_of(check).split("\n", 1)[0].partition("：")[2].replace("|", "\\|")


def check_text(text: str, language: str = "yml") -> Iterator[str]:
    """A check's docstring after its first line as Markdown; the marks of its examples become arrows.

    The examples are run by a test of their own, so that their blocks are not those that the test of pages runs.
    """
    for piece in re.split(r"\n\n+", text.partition("\n")[2].strip()):
        if piece.startswith("    "):
            lines = (re.sub(r"# ![A-Z]\d{3}.*$", "# ←", line[4:]) for line in piece.split("\n"))
            yield from (f"```{language}", *lines, "```", "")
        else:
            yield from paragraphs(piece)


def text_of(module: ModuleType) -> str:
    """A module's docstring; AssertionError when it has none."""
    text = inspect.getdoc(module)
    assert text, f"{module.__name__} has no docstring"
    return text


def write(contents: Iterable[tuple[Path, str]]) -> None:
    """Write the files that are not as they should be."""
    for path, text in contents:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(pages().items())
