"""The mark of a Word document of ours that has tags in it and is no template: the list of names to copy from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .archive import Member

NOT_A_TEMPLATE = "jixiao 名称表"
_PROPERTIES = "docProps/core.xml"


def is_list_of_names(members: Mapping[str, Member]) -> bool:
    """Whether a document is the list of names."""
    member = members.get(_PROPERTIES)
    if member is None:
        return False
    return (
        re.search(rf"<dc:subject>{NOT_A_TEMPLATE}</dc:subject>", member.data().decode("utf-8", "replace")) is not None
    )
