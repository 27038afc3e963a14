"""Received packs are not trusted: each attack is tried from the command line, on a pack and a data file in a folder."""

from __future__ import annotations

import os
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from generator import bounds, rich, sources
from generator.findings import ReportError
from generator.style import built_in_folder
from generator.template import archive, compile_template, tags

from .conftest import Command, Outcome

SMALL = """\
金额单位: 元
报告: {样式: 包, 标题: 路灯项目, 委托方: 甲局}
项目: {名称: 路灯项目, 实施单位: 乙局}
"""
PACK = "名称: 包\n文档: {报告: 报告.docx}\n"
SECRET = "不该印出的机密"
RENDER, LINT, PREVIEW = ("render", "项目.yaml", "--no-pages"), ("template", "lint", "包"), ("template", "preview", "包")
LINT_NAMES = (*LINT, "--no-names")  # what is refused is refused whether names are looked up or not
EVERY = {"render": RENDER, "lint": LINT_NAMES, "preview": (*PREVIEW, "--no-pages")}
EACH = pytest.mark.parametrize("asked", EVERY.values(), ids=EVERY)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    )
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Content = str | bytes | None


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pack, a data file and a secret beside it; whoever starts a program fails the test."""

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a program was started")

    for name in ("system", "popen", "execv", "posix_spawn", "startfile"):
        monkeypatch.setattr(os, name, started, raising=False)
    monkeypatch.setattr(subprocess, "Popen", started)
    folder = tmp_path / "收到"
    (folder / "包").mkdir(parents=True)
    (tmp_path / "机密.txt").write_text(SECRET, encoding="utf-8")
    (folder / "包" / "style.yaml").write_text(PACK, encoding="utf-8")
    (folder / "包" / "报告.docx").write_bytes(word("{{ 报告.标题 }}"))
    (folder / "项目.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def word(*paragraphs: str, then: Callable[[Document], object] | None = None) -> bytes:
    """A .docx of these paragraphs, those in angle brackets as XML."""
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("<"):
            made = text.replace(">", f" {NAMESPACES}>", 1)
            document.element.body.insert(len(document.element.body) - 1, parse_xml(made))
        else:
            document.add_paragraph(text)
    if then:
        then(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(content: bytes, members: Mapping[str, Content], **texts: tuple[str, str]) -> bytes:
    """A .docx with members put in or left out, and texts in a member (document, settings …) replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in members:
                continue
            data = old.read(name)
            before, after = texts.get(Path(name).stem, ("", ""))
            if before:
                assert before.encode() in data, name
                data = data.replace(before.encode(), after.encode(), 1)
            new.writestr(name, data)
        for name, one in members.items():
            if one is not None:
                new.writestr(name, one)
    return stream.getvalue()


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder, with what the files hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(done: Outcome, *said: str) -> None:
    """Refused in Chinese, without a traceback or the secret."""
    assert done.code in (1, 2), done.said
    assert any("\u4e00" <= one <= "\u9fff" for one in done.said)
    for words in said:
        assert words in done.said, done.said
    sober(done)


def sober(done: Outcome) -> None:
    for words in ("Traceback", "程序自己出错", "Error", "Exception", SECRET, "object at 0x", "<class"):
        assert words not in done.said, done.said


def nothing_written(folder: Path, before: Mapping[str, bytes | None]) -> None:
    assert tree(folder) == before


def texts_of(file: Path) -> str:
    """All text in a report, headers and properties too."""
    with zipfile.ZipFile(file) as opened:
        return "".join(opened.read(name).decode("utf-8", "replace") for name in opened.namelist())


def relationship(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="rId900" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'


@pytest.mark.parametrize("asked", [*EVERY.values(), LINT], ids=[*EVERY, "lint 查名称"])
def test_nothing_is_wrong_with_the_pack_that_the_attacks_are_put_into(
    asked: tuple[str, ...], home: Path, command: Command
) -> None:
    done = command(*asked)
    assert done.code == 0, done.said
    assert asked is not RENDER or texts_of(home / "项目.docx").count("路灯项目")


# 1. Code in templates

NAMES = "'_' ~ '_class_' ~ '_'"  # put together while it runs, so that reading the template does not show it
WRITTEN = {  # refused before anything runs
    "类的祖先": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "cycler 的全局": "{{ cycler.__init__.__globals__.os.popen('touch 机密').read() }}",
    "joiner 的全局": "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "namespace 的全局": "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "range 的类": "{{ range.__class__ }}",
    "dict 的类": "{{ dict.__mro__ }}",
    "lipsum 的全局": "{{ lipsum.__globals__['os'].system('id') }}",
    "self 的环境": "{{ self._TemplateReference__context }}",
    "self": "{{ self.__init__ }}",
    "self 本身": "{{ self }}",
    "attr": "{{ ''|attr('__class__') }}",
    "attr 十六进制": "{{ ''|attr(\"\\x5f\\x5fclass\\x5f\\x5f\") }}",
    "attr 统一码": "{{ ''|attr(\"\\u005f\\u005fclass\\u005f\\u005f\") }}",
    "方括号": "{{ 报告['__class__'] }}",
    "串里的格式": "{{ '{0.__class__}'.format(报告) }}",
    "格式过滤器": '{{ "%s"|format(报告) }}',
    "get_flashed": "{{ get_flashed_messages.__globals__ }}",
    "url_for": "{{ url_for.__globals__.current_app.config }}",
    "request": "{{ request.application.__globals__ }}",
    "config": "{{ config.__class__.from_envvar.__globals__ }}",
    "map": "{{ ['']|map(attribute='__class__')|list }}",
    "selectattr": "{{ ['']|selectattr('__class__')|list }}",
    "groupby": "{{ ['']|groupby('__class__')|list }}",
    "sort": "{{ ['']|sort(attribute='__class__')|list }}",
    "loop": "{% for 甲 in [1] %}{{ loop.__class__ }}{% endfor %}",
    "caller": "{% macro 甲() %}{{ caller.__globals__ }}{% endmacro %}{% call 甲() %}乙{% endcall %}",
    "宏": "{% macro 甲() %}{% endmacro %}{{ 甲.__globals__ }}",
    "import": "{% import 'os' as 甲 %}",
    "include": "{% include '../机密.txt' %}",
    "extends": "{% extends '../机密.txt' %}",
    "from": "{% from 'os' import system %}",
    "block": "{% block 甲 %}{{ super() }}{% endblock %}",
    "autoescape": "{% autoescape false %}{{ 报告.标题 }}{% endautoescape %}",
    "do": "{% do 报告.update({}) %}",
    "debug": "{% debug %}",
    "set 之后": "{% set 甲 = cycler %}{{ 甲.__init__.__globals__ }}",
    "内部过滤器": "{{ '<w:p/>'|_run }}",
    "内部名称": "{{ _shown(1, '<w:p/>', cycler) }}",
    "内部名称之二": "{% set _branch1 = 'all' %}",
    "tojson": "{{ 报告|tojson }}",
    "pprint": "{{ 报告|pprint }}",
    "xmlattr": "{{ {'w:p': 1}|xmlattr }}",
    "没有的名称": "{{ 没有.__init__.__globals__ }}",
}
RUN = {  # seen only while it runs
    "attr 拼名": f"{{{{ ''|attr({NAMES}) }}}}",
    "方括号拼名": f"{{{{ ''[{NAMES}] }}}}",
    "set 拼名": f"{{% set 甲 = {NAMES} %}}{{{{ ''|attr(甲) }}}}",
    "join 拼名": "{{ ''|attr(['_', '_class_', '_']|join) }}",
    "replace 拼名": "{{ ''|attr('甲甲class甲甲'|replace('甲', '_')) }}",
    "倒序拼名": "{{ ''|attr('_'~'_ssalc_'|reverse~'_') }}",
    "map 拼名": f"{{{{ ['']|map(attribute={NAMES})|join }}}}",
    "map attr": f"{{{{ ['']|map('attr', {NAMES})|join }}}}",
    "selectattr 拼名": f"{{{{ ['']|selectattr({NAMES})|join }}}}",
    "rejectattr 拼名": f"{{{{ ['']|rejectattr({NAMES})|join }}}}",
    "groupby 拼名": f"{{{{ ['', '甲']|groupby({NAMES})|first|first }}}}",
    "sort 拼名": f"{{{{ ['', '甲']|sort(attribute={NAMES})|join }}}}",
    "sum 拼名": f"{{{{ ['']|sum(attribute={NAMES}) }}}}",
    "unique 拼名": f"{{{{ ['', '甲']|unique(attribute={NAMES})|join }}}}",
    "max 拼名": f"{{{{ ['', '甲']|max(attribute={NAMES}) }}}}",
    "join 属性": f"{{{{ ['']|join(attribute={NAMES}) }}}}",
    "format 拼名": "{{ ('{0._' ~ '_class_' ~ '_}').format(报告) }}",
    "format_map": "{{ ('{x._' ~ '_class_' ~ '_}').format_map({'x': 报告}) }}",
    "百分号": '{{ "%s" % 报告 }}',
    "循环的内部": "{% for 甲 in [1] %}{{ loop._iterator }}{% endfor %}",
    "宏的内部": "{% macro 甲() %}{% endmacro %}{{ 甲._environment }}",
    "改动数据": "{{ 报告.update({'标题': '甲'}) }}",
    "编码": "{{ '甲'.encode() }}",
    "对照表": "{{ '甲'.translate({}) }}",
    "内部过滤器": "{{ ['<w:p/>']|map('_paragraph')|join }}",
}


@EACH
@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN)
def test_code_that_is_written_in_a_template_is_refused(
    source: str, asked: tuple[str, ...], home: Path, command: Command
) -> None:
    (home / "包" / "报告.docx").write_bytes(word("前", source))
    before = tree(home.parent)
    refused(command(*asked), "报告.docx › 正文 › 第2段")
    nothing_written(home.parent, before)


@pytest.mark.parametrize("asked", (RENDER, PREVIEW), ids=("render", "preview"))
@pytest.mark.parametrize("source", RUN.values(), ids=RUN)
def test_code_that_a_template_puts_together_is_refused(
    source: str, asked: tuple[str, ...], home: Path, command: Command
) -> None:
    (home / "包" / "报告.docx").write_bytes(word("前", source))
    before = tree(home.parent)
    refused(command(*asked), "报告.docx › 正文 › 第2段")
    nothing_written(home.parent, before)


@pytest.mark.parametrize(
    "source",
    ["{{ request.application }}", "{{ config.items() }}", "{{ cycler }}", "{{ cycler('a').reset }}", "{{ range }}",
     "{{ dict }}", "{{ dict(a=1)|attr('items') }}", "{{ namespace() }}", "{{ 报告._asdict() }}",
     "{{ 资金.model_dump() }}",
     "{{ 报告|attr('items') }}", "{{ debug() }}", "{{ environment }}", "{{ context }}", "{{ _('a') }}"],
)  # fmt: skip
def test_what_is_no_value_prints_a_mark_and_is_told(source: str, home: Path, command: Command) -> None:
    (home / "包" / "报告.docx").write_bytes(word("前", source))
    refused(command(*RENDER), "报告.docx › 正文 › 第2段: 错误[T20")
    assert "此处有误" in texts_of(home / "项目.docx") and "0x" not in texts_of(home / "项目.docx")
    refused(command(*PREVIEW, "--no-pages"), "报告.docx › 正文 › 第2段: 错误[T20")


def _header(source: str) -> bytes:
    def more(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = source

    return word("甲", then=more)


def _title(source: str) -> bytes:
    def more(document: Document) -> None:
        document.core_properties.title = source

    return word("甲", then=more)


def _chart(source: str) -> bytes:
    return word(
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="1" name="图" descr="{source}"/></wp:inline></w:drawing></w:r></w:p>'
    )


def _bound_chart(source: str) -> bytes:
    """The report of a built-in pack, in whose charts the category is an attack."""
    content = (built_in_folder() / "kunming" / "report.docx").read_bytes()
    return changed(content, {}, document=("；类别：", f"；类别：{source.strip('{} ')} or "))


def _field(source: str) -> bytes:
    return word(f'<w:p><w:fldSimple w:instr="QUOTE {source}"/></w:p>')


@EACH
@pytest.mark.parametrize(
    "made",
    [_header, _title, _chart, _bound_chart, _field],
    ids=["页眉", "文档属性", "图的替换文字", "图表的绑定", "域"],
)
def test_code_is_refused_wherever_in_the_file_it_stands(
    made: Callable[[str], bytes], asked: tuple[str, ...], home: Path, command: Command
) -> None:
    (home / "包" / "报告.docx").write_bytes(made("{{ cycler.__init__.__globals__ }}"))
    before = tree(home.parent)
    refused(command(*asked), "报告.docx", "出于安全不允许")
    nothing_written(home.parent, before)


@pytest.mark.parametrize(
    "source", ["{{ cycler.__init__.__globals__ }}", "{{ 报告|attr('_' ~ '_class_' ~ '_') }}", "{{ 7 * 7 }}"]
)
def test_the_wording_of_a_style_is_text_and_no_template(source: str, home: Path, command: Command) -> None:
    (home / "包" / "style.yaml").write_text(PACK + f'措辞: {{甲: "{source}"}}\n', encoding="utf-8")
    (home / "包" / "报告.docx").write_bytes(word("{{ 样式.措辞.甲 }}"))
    sober(command(*RENDER))
    told = docx.Document(str(home / "项目.docx")).paragraphs[0].text
    assert told == source


@pytest.mark.parametrize(
    "source",
    [
        *(WRITTEN[name] for name in ("类的祖先", "cycler 的全局", "lipsum 的全局", "attr", "方括号", "from")),
        *(WRITTEN[name] for name in ("include", "串里的格式")),
        *(RUN[name] for name in ("attr 拼名", "map 拼名", "format 拼名", "百分号", "编码")),
    ],
)  # fmt: skip
def test_code_in_a_text_of_the_data_is_refused_at_its_line(source: str, home: Path, command: Command) -> None:
    (home / "项目.yaml").write_text(SMALL + f"正文:\n  项目概况: |\n    甲\n    {source}\n", encoding="utf-8")
    (home / "包" / "报告.docx").write_bytes(word("{{ 正文.项目概况 }}"))
    style = "提纲: [{标题: 概况, 键: 正文.项目概况}]\n"
    (home / "包" / "style.yaml").write_text(PACK + style, encoding="utf-8")
    refused(command(*RENDER), "项目.yaml:7")
    assert (
        not (home / "项目.docx").exists()
        or "此处有误" in texts_of(home / "项目.docx")
        or "待补充" in texts_of(home / "项目.docx")
    )


MARKUP = {
    "断开的标签": "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\a</w:instrText></w:r><w:r><w:t>",
    "一整段": "<w:p><w:r><w:t>甲</w:t></w:r></w:p>",
    "CDATA": "]]>甲<![CDATA[",
    "实体": "甲&xxe;乙&#60;w:p/&#62;",
    "引号": '" onload=\' w:val="',
    "注释": "<!-- 甲 --><?x y?>",
}


TITLES = {
    "平常": "{{ 报告.标题 }}",
    "r": "{{r 报告.标题 }}",
    "p": "{{p 报告.标题 }}",
    "相连": "{{ '甲' ~ 报告.标题 }}",
    "set": "{% set 甲 %}{{ 报告.标题 }}{% endset %}{{ 甲 }}",
}


@pytest.mark.parametrize("source", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("title", MARKUP.values(), ids=MARKUP)
def test_markup_in_the_data_prints_as_text(title: str, source: str, home: Path, command: Command) -> None:
    quoted = title.replace("'", "''")
    data = SMALL.replace("标题: 路灯项目", f"标题: '{quoted}'")
    (home / "项目.yaml").write_text(data, encoding="utf-8")

    def more(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ 报告.标题 }}"
        document.core_properties.title = "{{ 报告.标题 }}"

    (home / "包" / "报告.docx").write_bytes(word(source, then=more))
    done = command(*RENDER)
    sober(done)
    document = docx.Document(str(home / "项目.docx"))
    assert title in "".join(paragraph.text for paragraph in document.paragraphs)
    assert document.sections[0].header.paragraphs[0].text == title and document.core_properties.title == title
    assert not list(document.element.iter("{*}instrText"))


# What tags put together in the report

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def typed(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:r><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


MADE = {
    "拆开的域名": [
        paragraph(BEGIN, code("DD"), typed("{%r if 0 %}"), code("X"), typed("{%r endif %}"), code("E c:\\a b"), END)
    ],
    "整段丢掉的分隔": [
        paragraph(BEGIN),
        paragraph(code("PAGE"), SEPARATE, typed("{%p if 1 %}")),
        paragraph(code("DDEAUTO c:\\a b")),
        paragraph(typed("{%p endif %}")),
        paragraph(END),
    ],
    "safe 写的域": [
        paragraph(typed("{{r '<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
                        "<w:instrText>DDEAUTO c:</w:instrText></w:r>'|safe }}"))
    ],
    "safe 写的简单域": [paragraph(typed("{{p '<w:p><w:fldSimple w:instr=\"INCLUDETEXT c:\"/></w:p>'|safe }}"))],
    "safe 写的图形": [
        paragraph(typed("{{p '<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\">"
                        "<v:imagedata src=\"http://a/b.png\"/></v:shape></w:pict></w:r></w:p>'|safe }}"))
    ],
    "safe 写的外部文件": [paragraph(typed("{{p '<w:altChunk r:id=\"rId1\"/>'|safe }}"))],
    "拼成的图形地址": [
        "<w:p><w:r><w:pict><v:shape><v:imagedata src=\"{{ 'http:' ~ '//a/b.png' }}\"/></v:shape></w:pict></w:r></w:p>"
    ],
    "数据里的链接": ['<w:p><w:fldSimple w:instr="HYPERLINK &quot;{{ 报告.标题 }}&quot;"/></w:p>'],
    "safe 破坏的文字": [paragraph(typed("{{ '<w:p/>'|safe }}"))],
    "safe 单独的 &": [paragraph(typed("{{ 'a&xxe;b'|safe }}"))],
}  # fmt: skip


@pytest.mark.parametrize("paragraphs", MADE.values(), ids=MADE)
def test_a_template_does_not_put_together_what_it_may_not_hold(
    paragraphs: list[str], home: Path, command: Command
) -> None:
    (home / "包" / "报告.docx").write_bytes(word(*paragraphs))
    refused(command(*RENDER), "报告.docx")
    sober(command(*PREVIEW, "--no-pages"))
    for file in (home / "项目.docx", home / "包-预览.docx"):
        if file.exists():
            root = docx.Document(str(file)).element
            names = {"".join(one.itertext()) for one in root.iter("{*}instrText")}
            assert not any(name.startswith(("DDE", "INCL")) for name in names) or len(names) > 1, names
            assert "http://a" not in texts_of(file) and "altChunk" not in texts_of(file)


def test_a_block_of_the_template_does_not_leave_its_attribute(home: Path, command: Command) -> None:
    picture = '<w:p><w:r><w:pict><v:shape><v:imagedata title="{{ 甲 }}"/></v:shape></w:pict></w:r></w:p>'
    block = '{% set 甲 %}" src="http://a/b.png{% endset %}'
    (home / "包" / "报告.docx").write_bytes(word(block, picture))
    assert command(*RENDER).code == 0
    root = docx.Document(str(home / "项目.docx")).element
    assert [dict(one.attrib) for one in root.iter("{*}imagedata")] == [{"title": '" src="http://a/b.png'}]


# 2. The file itself


def _with(name: str, content: Content = b"<a/>") -> Callable[[], bytes]:
    return lambda: changed(word("甲"), {name: content})


def _raw(**about: int) -> Callable[[], bytes]:
    """A member whose entry in the zip says something special of it."""

    def made() -> bytes:
        stream = BytesIO(word("甲"))
        with zipfile.ZipFile(stream, "a") as added:
            info = zipfile.ZipInfo("word/乙.bin")
            for key, value in about.items():
                setattr(info, key, value)
            added.writestr(info, "../../机密.txt")
        return stream.getvalue()

    return made


def _renamed(before: str, after: str) -> Callable[[], bytes]:
    """A member whose name in the zip is one that zipfile itself would not write."""
    assert len(before) == len(after)
    return lambda: changed(word("甲"), {before: b"x"}).replace(before.encode(), after.encode())


def _twice() -> bytes:
    stream = BytesIO(word("甲"))
    with zipfile.ZipFile(stream, "a") as added, pytest.warns(UserWarning):
        added.writestr("word/document.xml", b"<a/>")
    return stream.getvalue()


def _encrypted() -> bytes:
    content = bytearray(changed(word("甲"), {"word/乙.bin": b"x"}))
    for sign, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = content.rindex(sign, 0, content.rindex(b"word/\xe4\xb9\x99.bin" if sign == b"PK\1\2" else b"PK\1\2"))
        content[start + offset] |= 1
    return bytes(content)


def _size_not_said() -> bytes:
    content = changed(word("甲"), {"word/乙.bin": b"\0" * 1_000_000})
    small, large = struct.pack("<L", 10), struct.pack("<L", 1_000_000)
    assert content.count(large) == 2
    return content.replace(large, small)


def _declared(name: str, inside: str, declared: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with zipfile.ZipFile(BytesIO(word("甲"))) as old:
            text = old.read(name).decode()
        head, body = text.split("?>", 1)
        data = f"{head}?>{declared}{body}".replace("甲", inside)
        return changed(word("甲"), {name: data})

    return made


def _body(*paragraphs: str) -> Callable[[], bytes]:
    return lambda: word(*paragraphs)


def _related(part: str, kind: str, target: str, mode: str = "External") -> Callable[[], bytes]:
    def made() -> bytes:
        name = f"word/_rels/{part}.rels"
        with zipfile.ZipFile(BytesIO(word("甲"))) as old:
            text = old.read(name).decode() if name in old.namelist() else (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )  # fmt: skip
        return changed(word("甲"), {name: text.replace("</Relationships>", relationship(kind, target, mode))})

    return made


def _types(before: str, after: str) -> Callable[[], bytes]:
    return lambda: changed(word("甲"), {}, **{"[Content_Types]": (before, after)})


def _settings(inside: str) -> Callable[[], bytes]:
    return lambda: changed(word("甲"), {}, settings=("</w:settings>", f"{inside}</w:settings>"))


def _nested_fields(text: str) -> Callable[[], bytes]:
    return _body(paragraph(BEGIN, code(text), SEPARATE, typed("甲"), END))


LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 10)
) + "]>"  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "一个成员过大": (_with("word/乙.bin", b"\0" * (archive.LARGEST_MEMBER + 1)), "过大"),
    "合起来过大": (
        lambda: changed(word("甲"), {f"word/{n}.bin": b"\0" * (archive.LARGEST_MEMBER - 9) for n in range(5)}),
        "解压后过大",
    ),
    "写小了的大小": (_size_not_said, "已损坏"),
    "成员太多": (lambda: changed(word("甲"), {f"word/{n}.bin": b"" for n in range(archive.MOST_MEMBERS + 1)}), "过大"),
    "标签太多": (_with("word/乙.xml", b"<a>" + b"<b/>" * (archive.MOST_SIGNS + 1) + b"</a>"), "过多"),
    "绝对路径": (_with("/etc/passwd"), "不安全的路径“/etc/passwd”"),
    "上级路径": (_with("../../项目.yaml"), "不安全的路径“../../项目.yaml”"),
    "中间的上级": (_with("word/../../甲.xml"), "不安全的路径"),
    "反斜杠": (_renamed("word/xxxx.bin", "word\\xxxx.bin"), "不安全的路径"),
    "盘符": (_with("C:/甲.xml"), "不安全的路径"),
    "零字符": (_renamed("word/xxxx.bin", "word/xx\0x.bin"), "不安全的路径"),
    "写了两次": (_twice, "出现了两次"),
    "大小写两次": (_with("WORD/DOCUMENT.XML"), "出现了两次"),
    "链接": (_raw(external_attr=0o120777 << 16, create_system=3), "指向别处的链接"),
    "加密": (_encrypted, "加了密"),
    "别的压缩": (_raw(compress_type=zipfile.ZIP_BZIP2), "压缩方法"),
    "打开密码": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
    "旧格式": (lambda: OLE, "旧格式"),
    "不是压缩包": (lambda: b"<html></html>", "不是 .docx"),
    "半个文件": (lambda: word("甲")[:9000], "不是 .docx"),
    "外部实体": (
        _declared("word/document.xml", "&xxe;", '<!DOCTYPE a [<!ENTITY xxe SYSTEM "../机密.txt">]>'),
        "DOCTYPE",
    ),
    "样式里的实体": (_declared("word/styles.xml", "", '<!DOCTYPE a SYSTEM "http://a/b.dtd">'), "DOCTYPE"),
    "关系里的实体": (_declared("word/_rels/document.xml.rels", "", LAUGHS), "DOCTYPE"),
    "实体炸弹": (_declared("word/document.xml", "&a9;", LAUGHS), "DOCTYPE"),
    "别的编码": (_with("word/document.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "UTF-8"),
    "外部图片": (_related("document.xml", "image", "http://a/b.png"), "外部内容“http://a/b.png”"),
    "外部对象": (_related("document.xml", "oleObject", "file:///c:/a.xls"), "外部内容"),
    "外部模板": (_related("settings.xml", "attachedTemplate", "http://a/b.dotm"), "外部内容“http://a/b.dotm”"),
    "别的电脑上的模板": (_related("settings.xml", "attachedTemplate", "\\\\10.0.0.1\\a\\b.dotm"), "外部内容"),
    "没有说是外部": (_related("settings.xml", "attachedTemplate", "http://a/b.dotm", "Internal"), "外部内容"),
    "外部框架": (_related("webSettings.xml", "frame", "http://a"), "外部内容"),
    "指向程序的链接": (_related("document.xml", "hyperlink", "file:///c:/calc.exe"), "不是网址的超链接"),
    "脚本链接": (_related("document.xml", "hyperlink", "javascript:alert(1)"), "不是网址的超链接"),
    "宏": (_with("word/vbaProject.bin", OLE), "有宏"),
    "docm": (
        _types(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "有宏",
    ),
    "改了名的对象": (_with("word/media/image9.png", OLE), "OLE"),
    "程序文件": (_with("word/media/image9.png", b"MZ" + b"\0" * 99), "程序文件"),
    "altChunk": (_related("document.xml", "aFChunk", "a.html", "Internal"), "另一种格式的文件"),
    "altChunk 元素": (_body('<w:altChunk r:id="rId1"></w:altChunk>'), "另一种格式的文件"),
    "控件": (_related("document.xml", "control", "activeX/a.xml", "Internal"), "ActiveX"),
    "加载项": (_related("document.xml", "webextension", "a.xml", "Internal"), "加载项"),
    "DDE": (_nested_fields(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" '), "域“DDEAUTO"),
    "DDE 断开": (_body(paragraph(BEGIN, code("D"), code("DE"), code("AUTO a b"), END)), "域“DDEAUTO"),
    "DDE 在别的域里": (_body(paragraph(BEGIN, code(" IF 1=1 "), BEGIN, code("DDE a b"), END, END)), "域“DDE a b"),
    "DDE 拼名": (_body(paragraph(BEGIN, BEGIN, code("QUOTE 68 68 69"), END, code(" a b"), END)), "由别处拼成的域"),
    "DDE 由标记拼名": (_body('<w:p><w:fldSimple w:instr="{{ \'DDE\' }} a b"/></w:p>'), "由别处拼成的域"),
    "INCLUDEPICTURE": (_nested_fields(' INCLUDEPICTURE "http://a/b.png" \\d '), "INCLUDEPICTURE"),
    "INCLUDETEXT": (_nested_fields(' INCLUDETEXT "c:\\\\a.docx" '), "INCLUDETEXT"),
    "链接域": (_nested_fields(' HYPERLINK "file:///c:/a.exe" '), "不是网址的超链接"),
    "旧图形的地址": (
        _body('<w:p><w:r><w:pict><v:shape><v:imagedata src="http://a/b.png"/></v:shape></w:pict></w:r></w:p>'),
        "外部内容“http://a/b.png”",
    ),
    "邮件合并": (
        _settings('<w:mailMerge><w:connectString w:val="DSN=a"/><w:query w:val="SELECT 1"/></w:mailMerge>'),
        "邮件合并",
    ),
    "标记太多": (_body("{{ 报告.标题 }}" * (tags.MOST_TAGS + 1)), "标记超过"),
}  # fmt: skip


@EACH
@pytest.mark.parametrize(("made", "said"), FILES.values(), ids=FILES)
def test_a_file_that_is_not_to_be_trusted_is_refused(
    made: Callable[[], bytes], said: str, asked: tuple[str, ...], home: Path, command: Command
) -> None:
    (home / "包" / "报告.docx").write_bytes(made())
    before = tree(home.parent)
    refused(command(*asked), "报告.docx", said)
    nothing_written(home.parent, before)


def test_a_zip_of_zips_is_not_unpacked(home: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("0", b"\0" * 50_000_000)
    content = changed(word("{{ 报告.标题 }}"), {f"word/embeddings/{n}.xlsx": inner.getvalue() for n in range(20)})
    (home / "包" / "报告.docx").write_bytes(content)
    opened, really = [], zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, member: str | zipfile.ZipInfo, *about: str, **named: bool) -> object:
        opened.append(member if isinstance(member, str) else member.filename)
        return really(self, member, *about, **named)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    sober(command(*RENDER))
    assert "0" not in opened


def test_a_file_larger_than_a_template_is_not_read_whole(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    for asked in EVERY.values():
        refused(command(*asked), "报告.docx", "过大")


# 3. style.yaml

STYLES: dict[str, tuple[str, str]] = {
    "运行程序": ("名称: !!python/object/apply:os.system [id]\n", "类型标记"),
    "对象": ("名称: !!python/name:os.system\n", "类型标记"),
    "新对象": ("名称: 包\n文档: !!python/object/new:os.system [id]\n", "类型标记"),
    "自定的标记": ("名称: !a 乙\n", "类型标记"),
    "别名": ("名称: &a 包\n说明: *a\n", "锚点"),
    "别名炸弹": (
        "a0: &a0 [甲, 甲]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(20)),
        "锚点",
    ),
    "合并键": ("名称: 包\n<<: {文档: {报告: 报告.docx}}\n", "<<"),
    "两份": (f"{PACK}---\n名称: 乙\n", "一个文件里只能有一份数据"),
    "层次太多": (f"名称: 包\n说明: {'[' * 500}{']' * 500}\n", "层"),
    "值太多": ("名称: 包\n附件: [" + "甲, " * 100_001 + "甲]\n", "值超过"),
    "上级的模板": ("名称: 包\n文档: {报告: ../别处.docx}\n", "../别处.docx"),
    "上上级的模板": ("名称: 包\n文档: {报告: ../../机密.txt}\n", "../../机密.txt"),
    "反斜杠的模板": ("名称: 包\n文档: {报告: '..\\别处.docx'}\n", "别处.docx"),
    "绝对的模板": ("名称: 包\n文档: {报告: /etc/passwd}\n", "/etc/passwd"),
    "盘符的模板": ("名称: 包\n文档: {报告: 'C:\\甲.docx'}\n", "甲.docx"),
    "下级的模板": ("名称: 包\n文档: {报告: 内/报告.docx}\n", "内/报告.docx"),
    "文件夹的模板": ("名称: 包\n文档: {报告: 内}\n", "内"),
    "链接的模板": ("名称: 包\n文档: {报告: 链接.docx}\n", "链接.docx"),
    "文档的名称": ("名称: 包\n文档: {../../甲: 报告.docx}\n", "../../甲"),
    "沿用上级": ("名称: 包\n沿用: ../..\n文档: {报告: 报告.docx}\n", "只能写样式的名称"),
    "沿用旁边的路径": ("名称: 包\n沿用: ../包外\n文档: {报告: 报告.docx}\n", "只能写样式的名称"),
    "沿用绝对": ("名称: 包\n沿用: /etc\n文档: {报告: 报告.docx}\n", "只能写样式的名称"),
    "沿用盘符": ("名称: 包\n沿用: 'C:\\甲'\n文档: {报告: 报告.docx}\n", "只能写样式的名称"),
    "沿用别的电脑": ("名称: 包\n沿用: '\\\\10.0.0.1\\甲'\n文档: {报告: 报告.docx}\n", "只能写样式的名称"),
    "沿用自己": ("名称: 包\n沿用: 包\n文档: {报告: 报告.docx}\n", "绕成了一圈"),
    "沿用一圈": ("名称: 包\n沿用: 圈\n文档: {报告: 报告.docx}\n", "绕成了一圈"),
    "控制字符": ("名称: \"\\e[2J包\"\n文档: {报告: 报告.docx}\n", "U+001B"),
    "不是 UTF-8": ("名称: 包\n", "UTF-8"),
}  # fmt: skip


@EACH
@pytest.mark.parametrize(("style", "said"), STYLES.values(), ids=STYLES)
def test_a_style_that_is_not_to_be_trusted_is_refused(
    style: str, said: str, asked: tuple[str, ...], home: Path, command: Command
) -> None:
    (home / "包" / "内").mkdir()
    for path in (home / "包" / "内" / "报告.docx", home / "别处.docx"):
        path.write_bytes(word(SECRET))
    (home / "包" / "链接.docx").symlink_to(home / "别处.docx")
    (home / "圈").mkdir()
    (home / "圈" / "style.yaml").write_text("名称: 圈\n沿用: 包\n", encoding="utf-8")
    encoding = "gbk" if said == "UTF-8" else "utf-8"
    (home / "包" / "style.yaml").write_bytes(style.encode(encoding))
    before = tree(home.parent)
    refused(command(*asked), said)
    nothing_written(home.parent, before)


@EACH
def test_a_style_that_is_too_large_is_not_read(
    asked: tuple[str, ...], home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "包" / "style.yaml").write_text(PACK + "#" * (sources.LARGEST_FILE + 1), encoding="utf-8")
    really = Path.read_bytes
    read: list[str] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or really(path))
    refused(command(*asked), "style.yaml", "上限")
    assert "style.yaml" not in read


def test_links_out_of_a_pack_are_not_looked_at_when_its_style_cannot_be_read(home: Path, command: Command) -> None:
    (home / "别处.docx").write_bytes(word("{{ 别处的 }}"))
    (home / "包" / "链接.docx").symlink_to(home / "别处.docx")
    (home / "包" / "没有尽头.docx").symlink_to("/dev/zero")
    (home / "包" / "style.yaml").write_text("名称: [\n", encoding="utf-8")
    done = command(*LINT)
    refused(done, "style.yaml")
    assert "链接.docx" not in done.said and "别处的" not in done.said


# 4. Files that the data names


def png(wide: int, high: int) -> bytes:
    """A picture whose header says how large it is, and that holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">2L5B", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


PICTURES: dict[str, tuple[str, str]] = {
    "上级": ("../机密.png", "数据文件所在的文件夹里"),
    "上上级": ("../../../etc/passwd", "数据文件所在的文件夹里"),
    "绝对": ("/etc/passwd", "数据文件所在的文件夹里"),
    "盘符": ("C:\\x.png", "数据文件所在的文件夹里"),
    "别的电脑": ("\\\\10.0.0.1\\甲\\x.png", "数据文件所在的文件夹里"),
    "网址": ("http://10.0.0.1/x.png", "数据文件所在的文件夹里"),
    "file 网址": ("file:///etc/passwd", "数据文件所在的文件夹里"),
    "链接": ("链接.png", "数据文件所在的文件夹里"),
    "链接的文件夹": ("外/机密.png", "数据文件所在的文件夹里"),
    "设备": ("零.png", "数据文件所在的文件夹里"),
    "文件夹": ("包", "找不到图片"),
    "管道": ("管道.png", "找不到图片"),
    "没有": ("没有.png", "找不到图片"),
    "太长的名称": ("长" * 5000, "找不到图片"),
    "SVG": ("矢量.png", "不是能印的图片"),
    "EMF": ("旧矢量.png", "不是能印的图片"),
    "网页": ("网页.png", "不是能印的图片"),
    "半个": ("半个.png", "不是能印的图片"),
    "坏的 JPEG": ("坏.jpg", "不是能印的图片"),
    "没有大小": ("零点.png", "不是能印的图片"),
    "点太多": ("炸弹.png", "60000×60000"),
    "文件太大": ("大.png", "不能超过"),
}


@pytest.mark.parametrize(("file", "said"), PICTURES.values(), ids=PICTURES)
def test_a_picture_of_the_data_stays_in_its_folder(file: str, said: str, home: Path, command: Command) -> None:
    (home.parent / "机密.png").write_bytes(png(2, 2))
    (home / "外").symlink_to(home.parent)
    (home / "链接.png").symlink_to(home.parent / "机密.png")
    (home / "零.png").symlink_to("/dev/zero")
    os.mkfifo(home / "管道.png")
    (home / "矢量.png").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>甲</script></svg>', encoding="utf-8"
    )
    (home / "旧矢量.png").write_bytes(b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60)
    (home / "网页.png").write_text("<html><script>alert(1)</script></html>", encoding="utf-8")
    (home / "半个.png").write_bytes(png(2, 2)[:20])
    (home / "坏.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\0\0\0\0\0\0")
    (home / "零点.png").write_bytes(png(0, 0))
    (home / "炸弹.png").write_bytes(png(60_000, 60_000))
    with (home / "大.png").open("wb") as large:
        large.write(png(2, 2))
        large.truncate(rich.LARGEST_PICTURE + 1)
    quoted = file.replace("'", "''")
    (home / "项目.yaml").write_text(SMALL + f"照片:\n  - {{文件: '{quoted}'}}\n", encoding="utf-8")
    (home / "包" / "报告.docx").write_bytes(word("{% for 片 in 照片 %}{{ 片.文件|图片 }}{% endfor %}"))
    done = command(*RENDER)
    refused(done, said, "项目.yaml:5")
    if (home / "项目.docx").exists():
        with zipfile.ZipFile(home / "项目.docx") as report:
            assert not [name for name in report.namelist() if "media" in name]


def test_a_good_picture_is_printed_by_what_it_is_and_not_by_its_name(home: Path, command: Command) -> None:
    (home / "好.exe").write_bytes(png(2, 2))
    (home / "项目.yaml").write_text(SMALL + "照片:\n  - {文件: 好.exe}\n", encoding="utf-8")
    (home / "包" / "报告.docx").write_bytes(word("{% for 片 in 照片 %}{{ 片.文件|图片 }}{% endfor %}"))
    assert command(*RENDER).code == 0
    with zipfile.ZipFile(home / "项目.docx") as report:
        assert [name for name in report.namelist() if "media" in name] == ["word/media/image1.png"]


BOOKS: dict[str, tuple[str, str]] = {
    "上级": ("../机密.xlsx", "不能用"),
    "绝对": ("/etc/passwd", "不能用"),
    "盘符": ("C:\\甲.xlsx", "不能用"),
    "别的电脑": ("\\\\10.0.0.1\\甲.xlsx", "不能用"),
    "网址": ("http://10.0.0.1/甲.xlsx", "不能用"),
    "链接": ("链接.xlsx", "指到了数据文件的文件夹之外"),
    "设备": ("零.xlsx", "指到了数据文件的文件夹之外"),
    "管道": ("管道.xlsx", "找不到"),
    "文件夹": ("夹.xlsx", "找不到"),
    "不是工作簿": ("假.xlsx", "不是 .xlsx 工作簿"),
    "炸弹": ("炸弹.xlsx", "过大"),
    "实体": ("实体.xlsx", ""),
}
NAMED = {
    "台账": "资金:\n  台账:\n    - {文件: '%s'}\n",
    "答卷": "问卷:\n  题目: [{名称: 满意吗, 选项: {满意: , 不满意: }}]\n  答卷:\n    - {文件: '%s'}\n",
}


@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize(("file", "said"), BOOKS.values(), ids=BOOKS)
def test_a_workbook_of_the_data_stays_in_its_folder(
    file: str, said: str, named: str, home: Path, command: Command
) -> None:
    (home.parent / "机密.xlsx").write_bytes(b"PK")
    (home / "链接.xlsx").symlink_to(home.parent / "机密.xlsx")
    (home / "零.xlsx").symlink_to("/dev/zero")
    os.mkfifo(home / "管道.xlsx")
    (home / "夹.xlsx").mkdir()
    (home / "假.xlsx").write_bytes(b"<html>")
    if file == "炸弹.xlsx":
        with zipfile.ZipFile(home / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
            for number in range(5):
                bomb.writestr(f"{number}", b"\0" * 60_000_000)
    with zipfile.ZipFile(home / "实体.xlsx", "w") as book:
        book.writestr("[Content_Types].xml", LAUGHS + "<Types/>")
        book.writestr("_rels/.rels", LAUGHS + "<Relationships>&a9;</Relationships>")
    (home / "项目.yaml").write_text(SMALL + named % file, encoding="utf-8")
    done = command("check", "项目.yaml")
    refused(done, said, "xlsx" if file.endswith("xlsx") else "passwd")
    assert "项目.yaml:" in done.said or file in done.said


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("../机密.yaml", "要放在本文件所在的文件夹里"),
        ("/etc/passwd", "要放在本文件所在的文件夹里"),
        ("链接.yaml", "要放在本文件所在的文件夹里"),
        ("零.yaml", "要放在本文件所在的文件夹里"),
        ("管道.yaml", "不是一个文件"),
        ("包", "文件夹"),
        ("项目.yaml", "不是本文件"),
        ("执行.yaml", "类型标记"),
    ],
)
def test_the_data_of_last_year_stays_in_its_folder(file: str, said: str, home: Path, command: Command) -> None:
    (home.parent / "机密.yaml").write_text(SMALL.replace("甲局", SECRET), encoding="utf-8")
    (home / "链接.yaml").symlink_to(home.parent / "机密.yaml")
    (home / "零.yaml").symlink_to("/dev/zero")
    os.mkfifo(home / "管道.yaml")
    (home / "执行.yaml").write_text("a: !!python/object/apply:os.system [id]\n", encoding="utf-8")
    (home / "项目.yaml").write_text(SMALL + f"上年: {file}\n", encoding="utf-8")
    done = command("check", "项目.yaml", "--json")
    assert said in done.out and "D007" in done.out and '"行": 4' in done.out
    sober(done)


# 5. Time and size

MUCH = {
    "循环套循环": "{% for 甲 in range(9999) %}{% for 乙 in range(9999) %}{% endfor %}{% endfor %}",
    "十亿次": "{% for 甲 in range(10**9) %}{{ 甲 }}{% endfor %}",
    "十亿个字": "{{ 'x' * 10**9 }}",
    "十亿项": "{{ ([1] * 10**9)|length }}",
    "宽得没边": "{{ 'x'.center(10**9) }}",
    "左齐": "{{ 'x'.ljust(10**9) }}",
    "过滤器排版": "{{ '%1000000000d'|format(1) }}",
    "百分号排版": "{{ '%1000000000d' % 1 }}",
    "format 排版": "{{ '{:1000000000}'.format(1) }}",
    "小数位": "{{ 1|千分位(10**9) }}",
    "四舍五入": "{{ 1|round(10**9) }}",
    "乘方": "{{ 9**(9**9) }}",
    "连乘": "{{ (((10**99)**99)**99)**99 }}",
    "长数": f"{{{{ {'9' * 9000} }}}}",
    "宏叫自己": "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
    "宏叫自己两次": "{% macro 甲(数) %}{% if 数 %}{{ 甲(数-1) }}{{ 甲(数-1) }}{% endif %}{% endmacro %}{{ 甲(60) }}",
    "循环叫自己": "{% for 甲 in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "翻倍的文字": "{% set 盒 = namespace(甲='甲') %}{% for 乙 in range(99) %}{% set 盒.甲 = 盒.甲~盒.甲 %}{% endfor %}",
    "翻倍的列表": "{% set 盒 = namespace(甲=[1]) %}{% for 乙 in range(99) %}{% set 盒.甲 = 盒.甲+盒.甲 %}{% endfor %}",
    "替换": "{{ '甲'|replace('甲', '乙' * 9999)|replace('乙', '乙' * 9999) }}",
    "印得太多": "{% for 甲 in range(99999) %}{{ '甲' * 9999 }}{% endfor %}",
    "括号太深": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "算式太长": "{{ " + "1+" * 5000 + "1 }}",
    "条件太深": "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "引号不完": "{{ " + "'" * 9999 + " }}",
    "花括号不完": "{{" * 50_000,
    "百分号不完": "{%" * 50_000,
}


@pytest.mark.parametrize("asked", (RENDER, PREVIEW), ids=("render", "preview"))
@pytest.mark.parametrize("source", MUCH.values(), ids=MUCH)
def test_what_has_no_end_or_no_bound_is_stopped(
    source: str, asked: tuple[str, ...], home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "WORK", 1_000_000)
    (home / "包" / "报告.docx").write_bytes(word("前", source))
    done = command(*asked, *(["--no-pages"] if asked is PREVIEW else []))
    refused(done, "报告.docx › 正文 › 第2段")
    assert len(done.said) < 3000
    for file in home.glob("*.docx"):
        assert len(texts_of(file)) < 5_000_000


@pytest.mark.parametrize(
    "text",
    ["{{ '甲' * 1000000000 }}", "{% for 甲 in '甲' * 999 %}{% for 乙 in '甲' * 999 %}{{ 甲 }}{% endfor %}{% endfor %}",
     "{{ 9**(9**9) }}", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ 1" + "+1" * 9000 + " }}",
     "{{ 甲 }}" + "甲" * 1_000_000],
    ids=["十亿个字", "循环套循环", "乘方", "括号太深", "算式太长", "百万字"],
)  # fmt: skip
def test_a_text_of_the_data_that_has_no_bound_is_stopped(
    text: str, home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "WORK", 1_000_000)
    style = "提纲: [{标题: 概况, 键: 正文.项目概况}]\n"
    (home / "包" / "style.yaml").write_text(PACK + style, encoding="utf-8")
    (home / "包" / "报告.docx").write_bytes(word("{{ 正文.项目概况 }}"))
    (home / "项目.yaml").write_text(SMALL + f'正文:\n  项目概况: "{text}"\n', encoding="utf-8")
    refused(command(*RENDER), "项目.yaml:5")


def test_much_that_is_no_attack_is_rendered(home: Path, command: Command) -> None:
    (home / "包" / "报告.docx").write_bytes(word("字" * 1_000_000, "{a|" + " " * 30_000, *["{{ 报告.标题 }}"] * 2000))
    done = command(*RENDER)
    assert done.code == 0, done.said
    paragraphs = docx.Document(str(home / "项目.docx")).paragraphs
    assert len(paragraphs[0].text) == 1_000_000 and [one.text for one in paragraphs[2:]] == ["路灯项目"] * 2000
    assert command(*LINT).code == 0


def test_the_fields_of_a_long_paragraph_are_read_in_one_pass(home: Path, command: Command) -> None:
    fields: Iterable[str] = [BEGIN, code("DDE a b"), SEPARATE, typed("1"), END] * 5000
    (home / "包" / "报告.docx").write_bytes(word(paragraph(*fields)))
    done = command(*LINT)
    refused(done, "域“DDE a b”")
    assert done.said.count("DDE") < 50


def test_elements_nested_too_deep_are_told_and_not_taken_for_a_fault_of_the_program(tmp_path: Path) -> None:
    document = docx.Document()
    inner = document.add_paragraph()._p
    for _ in range(3000):
        deeper = inner.makeelement(inner.tag)
        inner.append(deeper)
        inner = deeper
    document.save(str(tmp_path / "深.docx"))
    with pytest.raises(ReportError, match="不是完整的 XML"):
        compile_template(tmp_path / "深.docx")
