"""What a file or folder cannot be called, on Windows or elsewhere: the same names work on every machine."""

from __future__ import annotations

import re

EVERY = "全部"  # stands in the names of what is written once for all documents of a pack: DATA-全部.核查.md
LONGEST = 60
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


def unfit(name: str) -> str | None:
    """Why `name` cannot be a file's name or a part of one, in Chinese; None when it can.

    >>> unfit("我所模板"), unfit("甲/乙"), unfit("con.2024")
    (None, '名称“甲/乙”里不能有“/”', '名称“con.2024”是 Windows 留着自己用的')
    """
    if not name.strip():
        return "名称是空的"
    if len(name) > LONGEST:
        return f"名称“{name[:20]}…”太长，不能超过 {LONGEST} 个字"
    if forbidden := _FORBIDDEN.search(name):
        said = forbidden[0] if forbidden[0].isprintable() else f"U+{ord(forbidden[0]):04X}"
        return f"名称“{name if name.isprintable() else repr(name)}”里不能有“{said}”"
    if not name.isprintable():
        return "名称里有看不见的字符"
    if name != name.strip() or name.endswith("."):
        return f"名称“{name}”的首尾不能有空格，末尾不能有点"
    if name.startswith((".", "-", "~")):
        return f"名称“{name}”不能以“{name[0]}”开头"
    if _DEVICES.fullmatch(name.partition(".")[0].strip()):
        return f"名称“{name}”是 Windows 留着自己用的"
    return None
