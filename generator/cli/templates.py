"""The commands of those who make templates: `jixiao template …`."""

from __future__ import annotations

from .group import Grouped, cli


@cli.group(cls=Grouped)
def template() -> None:
    """做自己的模板：复制样式、看能写什么、检查模板、预览。"""
