"""The narrative of the data by section, held against the style's outline."""

from __future__ import annotations

from typing import Any

from ..records import nearest
from ..values import Missing
from .printing import Setting

PREFIX = "正文."


class Texts(dict[str, Any]):
    """The narrative by section; a section that is not there is missing, whatever its name."""

    def __missing__(self, key: str) -> Missing:
        return Missing(key)


def texts(setting: Setting) -> Texts:
    """The narrative by section; a section that the style's outline does not have is a 警告."""
    found = Texts()
    wanted = [
        one.key.removeprefix(PREFIX)
        for one in setting.style.file.outline
        if one.key is not None and one.key.startswith(PREFIX)
    ]
    for key, value in (setting.evaluation.text or {}).items():
        path = ("正文", key)
        found[key] = setting.narrative(value, path) if value else setting.missing(key, path)
        if value and wanted and key not in wanted:
            what = f"样式的提纲里没有“{key}”这一节，它的文字不会印出。{nearest(key, wanted, listed=False)}"
            setting.warn("C011", what, path)
    return found
