"""From the XML of a part to Jinja source: docxtpl's patching, marks turned into lines, and the proof of its form.

In the source each tag ends with a newline of its own and there is no other newline: line n of the source (and
of Jinja's errors) is the n-th tag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from generator import language
from generator.charts import SLOT
from generator.findings import Finding, Location
from generator.template.plan import CONTENTS, COUNTED, COUNTED_END, COUNTED_TEXT, FALLBACK, TABLE, TABLE_END
from generator.template.tables import order_cell_properties
from generator.template.tags import MARK, Tag

_SIGNS = {"table": TABLE, "/table": TABLE_END, "fallback": FALLBACK, "/counted": COUNTED_END, "contents": CONTENTS}

_OWN_NAME = re.compile(r"_(?:merge\d+|row\d+_\d+|line|keeps|shown|chosen|branch\d+)")
_STATEMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<print>\{\{.*?\}\})|(?P<block>\{%.*?%\})|(?P<comment>\{#.*?#\})|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[\w:.-]+)(?:\{\{.*?\}\}|\{%.*?%\}|[^>{]|\{)*?(?P<empty>/?)>",
    re.DOTALL,
)
_HARMLESS = frozenset(("gridSpan", "shd", "vMerge"))  # elements whose attributes docxtpl's tags fill
_FIELD_MARK = re.compile(r"fldCharType\s*=\s*[\"'](\w+)")


@dataclass(frozen=True, slots=True)
class Source:
    """Jinja source whose n-th line is the n-th tag, and the ordinals of the tags by line."""

    text: str
    lines: tuple[int, ...]


def build(xml: str, patch: bool) -> Source:
    """The Jinja source of a part's XML with marked tags; `patch` has docxtpl's tag language worked in."""
    xml = xml.replace("\r", " ").replace("\n", " ")
    if patch:
        xml = re.sub(r"(\{\{)(r|p|tr|tc)(\s)(.*?)(\}\})", _converted, xml)
        xml = order_cell_properties(docxtpl_template().patch_xml(None, xml))
    xml = re.sub(r"<\?jx counted (\d+)\?>", f"{COUNTED}\\1{COUNTED_TEXT}", xml)
    xml = re.sub(r"<\?jx slot (\w+)\?>", f"{SLOT}\\1{SLOT}", xml)
    xml = re.sub(r"<\?jx ([/\w]+)\?>", lambda match: _SIGNS[match[1]], xml)
    xml = _STATEMENT.sub(_unescaped, xml)
    lines = tuple(int(ordinal) for ordinal in MARK.findall(xml))
    return Source(MARK.sub("\n", xml), lines)


def docxtpl_template() -> Any:
    """docxtpl's class of templates; docxcompose, which it loads where it is installed, renames python-docx's `cp`."""
    from docx.oxml.ns import nsmap

    own = dict(nsmap)
    from docxtpl import DocxTemplate

    nsmap.update(own)
    return DocxTemplate


def _converted(match: re.Match[str]) -> str:
    """`{{r x }}` and `{{p x }}` also take plain values: they pass through a filter that makes a run of them."""
    if match[2] not in ("r", "p"):
        return match[0]
    mark = MARK.search(match[4])
    expression = MARK.sub("", match[4]).strip()
    name = "_run" if match[2] == "r" else "_paragraph"
    return f"{{{{{match[2]}{match[3]}({expression})|{name} {mark[0] if mark else ''}}}}}"


def _unescaped(match: re.Match[str]) -> str:
    text = match[0]
    for entity, sign in (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def probe(tags: Sequence[Tag]) -> list[Finding]:
    """What is wrong with each tag by itself: its syntax, its filters."""
    problems = []
    for tag in tags:
        text = alone(tag)
        if text is None:
            continue
        if tag.word in ("include", "import", "from", "extends", "block"):
            problems.append(tag.finding("T110", f"模板里不能用 {tag.word}"))
            continue
        try:
            tree = language.word().parse(text)
        except TemplateSyntaxError as error:
            problems.append(tag.finding("T110", language.syntax(error)))
            continue
        problems += [tag.finding("T110", f"不能用“{name}”这个名称：程序自己要用") for name in _taken_names(tree)]
        for name, close in language.unknown_filters(tree, language.word()):
            problems.append(tag.finding("T114", f"没有“{name}”这个过滤器", f"是不是“{close}”？" if close else None))
    return problems


def _taken_names(tree: nodes.Template) -> list[str]:
    """The names in a tag that compiling and previewing write into a template themselves."""
    return [name for name in dict.fromkeys(one.name for one in tree.find_all(nodes.Name)) if _OWN_NAME.fullmatch(name)]


def parses(sign: str, inner: str) -> bool:
    """Whether a tag of this kind (`{` or `%`) could say this between its braces.

    >>> parses("{", "项目.名称|万元"), parses("%", "tr for 单位 in 项目.单位"), parses("{", "项目.名称 有")
    (True, True, False)
    """
    close = "}" if sign == "{" else "%"
    letter = re.match(r"(p|tr|tc|r)\s", inner)
    text = alone(Tag(f"{{{sign}{'' if letter else ' '}{inner} {close}}}", Location(), 0))
    try:
        return text is not None and bool(language.word().parse(text))
    except TemplateSyntaxError:
        return False


def alone(tag: Tag) -> str | None:
    """The tag as a template of its own; None if it says nothing by itself."""
    inner = _straight(tag.inner)
    if tag.kind == "{":
        return f"{{{{ {inner} }}}}"
    if tag.kind == "#" or tag.word.startswith("end") or tag.word in ("else", "vm", "hm", "raw"):
        return None
    if tag.word in ("colspan", "cellbg"):
        return f"{{{{ {inner.removeprefix(tag.word)} }}}}"
    if tag.word == "elif":
        return f"{{% if {inner[4:]} %}}{{% endif %}}"
    return f"{{% {inner} %}}" + (f"{{% end{tag.word} %}}" if tag.opens else "")


def _straight(text: str) -> str:
    """Chinese quotes as ASCII ones, which docxtpl makes of them inside tags."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def check_form(source: Source, tags: Sequence[Tag]) -> list[Finding]:
    """Blocks whose opening and end stand at different depths of the XML: the result could be broken.

    Each stretch of a block must leave the open elements as it found them; then every result is well-formed.
    """
    stack: list[str] = []
    blocks: list[tuple[str, int | None, list[str]]] = []
    problems = []
    line = 0
    for token in _TOKEN.finditer(source.text):
        start, line = line, line + token[0].count("\n")
        if token["block"] is None:
            if token["name"] and not token["empty"]:
                if token["close"]:
                    if stack:
                        stack.pop()
                else:
                    stack.append(token["name"])
            continue
        word = re.match(r"\{%[-+]?\s*(\w+)", token["block"])
        name = word[1] if word else ""
        ordinal = source.lines[start] if start < len(source.lines) and "\n" in token[0] else None
        if name in ("for", "if", "macro", "call", "filter", "with", "autoescape") or (
            name == "set" and "=" not in token["block"]
        ):
            blocks.append((name, ordinal, list(stack)))
        elif name in ("else", "elif") or (name.startswith("end") and name != "endraw"):
            if not blocks:
                continue
            opener = blocks[-1]
            if stack != opener[2]:
                told = opener[1] if opener[1] is not None else ordinal
                if told is not None:
                    end = tags[ordinal].written if ordinal is not None else name
                    problems.append(
                        tags[told].finding(
                            "T115",
                            f"与 {end} 不在同一层，套住的内容不完整",
                            "整段用 {%p %}，整行用 {%tr %}，整格用 {%tc %}；开头和结尾放在同一层",
                        )
                    )
                stack = list(opener[2])
            if name.startswith("end"):
                blocks.pop()
    return problems


def positions(text: str) -> tuple[str, ...]:
    """For each line of a source's text the element that its tag stands in, or @ and the element whose attribute it is.

    >>> positions("<w:p><w:t>{{ 甲 \\n}}</w:t></w:p><w:shd w:fill='{{ 乙 \\n}}'/>{% if 丙 \\n%}{% endif \\n%}")
    ('w:t', '@w:shd', '', '')
    """
    stack: list[str] = []
    found: list[str] = []
    for token in _TOKEN.finditer(text):
        name = token["name"]
        inside = f"@{name}" if name else stack[-1] if stack else ""
        found += [inside] * token[0].count("\n")
        if name and token["close"]:
            if stack:
                stack.pop()
        elif name and not token["empty"]:
            stack.append(name)
    return tuple(found)


def puts_together(text: str) -> bool:
    """Whether tags of a source stand where they could put together a field, or what an attribute points to.

    Elsewhere tags only print escaped words and leave out whole elements: what the report then holds, the template
    holds too.

    >>> puts_together("<w:p><w:t>{{ 甲 \n}}</w:t></w:p><w:shd w:fill='{{ 乙 \n}}'/>")
    False
    >>> puts_together("<w:instrText>IN{% if 甲 \n%}CLUDE{% endif \n%}</w:instrText>")
    True
    >>> puts_together("<w:fldChar w:fldCharType='begin'/>{% if 甲 \n%}<w:x/>{% endif \n%}")
    True
    >>> puts_together("<v:shape src='{{ 甲 \n}}'/>")
    True
    """
    fields, codes = 0, 0
    for token in _TOKEN.finditer(text):
        if token["print"] or token["block"]:
            if fields or codes:
                return True
            continue
        if not token["name"]:
            continue
        name = token["name"].rpartition(":")[2]
        if ("{{" in token[0] or "{%" in token[0]) and name not in _HARMLESS:
            return True
        if name == "instrText" and not token["empty"]:
            codes += -1 if token["close"] else 1
        elif name == "fldChar" and (kind := _FIELD_MARK.search(token[0])):
            fields = max(0, fields + {"begin": 1, "end": -1}.get(kind[1], 0))
    return False


def parse(source: Source, environment: Any) -> nodes.Template:
    """The syntax tree of a source; docxtpl's `{_{` and the like are the braces that they stand for."""
    tree = environment.parse(source.text)
    for compared in reversed(list(tree.find_all(nodes.Compare))):  # Jinja takes the next tag's line
        compared.lineno = compared.expr.lineno
    for data in tree.find_all(nodes.TemplateData):
        text = data.data.replace("\n", "")  # inside raw, of the tags that are words there
        for escaped, braces in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            text = text.replace(escaped, braces)
        data.data = text
    assert isinstance(tree, nodes.Template)
    return tree
