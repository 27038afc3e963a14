"""The narrative of the data by section, held against the style's outline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..records import nearest
from ..style import Section, readable_styles
from ..values import Missing
from .printing import Setting

PREFIX = "正文."
OWN = "自定义"


class Texts(dict[str, Any]):
    """The narrative by section; a section that is not there is missing, whatever its name."""

    def __missing__(self, key: str) -> Missing:
        return Missing(key)


def texts(setting: Setting) -> Texts:
    """The narrative by section; a section that the style's outline does not have is a 警告."""
    found = Texts()
    wanted = _sections(setting.style.file.outline)
    odd = []
    for key, value in (setting.evaluation.text or {}).items():
        path, known = ("正文", key), not wanted or key in wanted
        found[key] = setting.narrative(value, path, expected=known) if value else setting.missing(key, path)
        if value and not known:
            odd.append(key)
    if odd:
        _warn(setting, odd, wanted)
    return found


def own_values(setting: Setting) -> dict[str, Any]:
    """The values that the style itself asks for; one that it does not ask for is a 警告 unless a text prints it."""
    wanted = setting.style.file.own or {}
    said = setting.evaluation.own or {}
    found: dict[str, Any] = {name: setting.missing(name, (OWN, name)) for name in wanted}
    for name, value in said.items():
        if value:
            found[name] = setting.told(value, (OWN, name))
    return found


def warn_of_unasked(setting: Setting) -> None:
    """A 警告 for each value under 自定义 that neither the style nor a text of the data asks for."""
    wanted = setting.style.file.own or {}
    words = "\n".join(sentence.words for sentence in setting.sentences)
    for name, value in (setting.evaluation.own or {}).items():
        if value and name not in wanted and f"{OWN}.{name}" not in words:
            what = f"样式的“自定义”里没有“{name}”，它不会印出。{nearest(name, wanted, listed=False)}"
            setting.warn("C012", what, (OWN, name))


def _warn(setting: Setting, odd: list[str], wanted: list[str]) -> None:
    """A 警告 for each section; what it may have been meant to be called only where no style has a section so called."""
    users = _users()
    for key in odd:
        hint = f"（样式{'、'.join(users[key])}有这一节）" if key in users else nearest(key, wanted, listed=False)
        setting.warn("C011", f"样式的提纲里没有“{key}”这一节，它的文字不会印出。{hint}", ("正文", key))


def _users() -> dict[str, list[str]]:
    """The styles that have a section, by its key; a pack that cannot be read has none."""
    found: dict[str, list[str]] = {}
    for style in readable_styles():
        for key in _sections(style.file.outline):
            found.setdefault(key, []).append(style.id)
    return found


def _sections(outline: Iterable[Section]) -> list[str]:
    """The keys of the sections whose text stands under 正文."""
    keys = dict.fromkeys(one.key for one in outline if one.key is not None and one.key.startswith(PREFIX))
    return [key.removeprefix(PREFIX) for key in keys]
