"""The group of all commands, and its help: commands by subject, click's own words in Chinese."""

from __future__ import annotations

from collections.abc import Iterable

import click

from .. import __version__

GROUPS = {
    "数据": ("new", "import", "check", "explain", "score", "convert", "schema"),
    "报告": ("render", "audit", "demo"),
    "模板": ("styles", "template"),
    "批量": ("batch",),
}
HEADINGS = {"Options": "选项", "Commands": "命令"}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Grouped(click.Group):
    """A command group whose help lists the commands by subject, in Chinese."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if ctx.parent is not None:  # a group within
            self._list("命令", list(self.commands), formatter)
            return
        for title, names in GROUPS.items():
            self._list(title, [name for name in names if name in self.commands], formatter)
        listed = {name for names in GROUPS.values() for name in names}
        self._list("命令", [name for name in self.commands if name not in listed], formatter)

    def _list(self, title: str, names: list[str], formatter: click.HelpFormatter) -> None:
        if names:
            with formatter.section(title):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(80)) for name in names])


class ChineseFormatter(click.HelpFormatter):
    """Click's help with its own words in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        chinese = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
        super().write_usage(prog, chinese, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        words = {"Show this message and exit.": "显示帮助。", "Show the version and exit.": "显示版本。"}
        said = [(left, words.get(right, right).replace("  [required]", "（必写）")) for left, right in rows]
        super().write_dl(said, col_max, col_spacing)


class ChineseContext(click.Context):
    formatter_class = ChineseFormatter


Grouped.context_class = ChineseContext
click.Command.context_class = ChineseContext


@click.group(cls=Grouped, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="jixiao", message="%(prog)s %(version)s")
def cli() -> None:
    """绩效：把评价数据和 Word 模板变成完整的项目支出绩效评价报告。

    \b
    一份数据文件，一条命令，一份报告：
      jixiao styles                      看有哪些样式
      jixiao new 样式 -o 项目.yaml       新建数据文件
      jixiao score 项目.yaml             看得分和计算过程
      jixiao render 项目.yaml            生成 Word 报告
    """
