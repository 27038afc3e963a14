"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path)

data_argument = click.argument("data", metavar="数据文件", type=FILE)
style_option = click.option("--style", metavar="样式", help="样式名称或样式文件夹，优先于数据里的“报告.样式”。")
json_option = click.option("--json", "as_json", is_flag=True, help="标准输出只写 JSON。")
