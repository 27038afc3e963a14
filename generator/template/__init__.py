"""What a .docx template asks for: read with distrust, checked, and compiled once to a `Plan`.

docxtpl's tag language is the template language.  All that depends on the template alone is done once and kept, in
memory (here) and on disk (`stored`): tags that Word split are joined, docxtpl patches them, Jinja compiles them, every
error is found and located, and the members without tags are kept as the compressed bytes that they are.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path

from generator.findings import Finding, ReportError
from generator.template import stored
from generator.template.archive import template_content
from generator.template.plan import Chart, Part, Plan, TagPlace

__all__ = ["Chart", "Part", "Plan", "TagPlace", "compile_template", "refusals"]

KEPT_PLANS = 64

_plans: OrderedDict[tuple[str, bytes], Plan] = OrderedDict()
_lock = threading.Lock()


def compile_template(path: Path) -> Plan:
    """The plan of a .docx template, from memory or disk if the same content was compiled before.

    Raises ReportError with every error of the template, each with its place in the Word file.
    """
    content = template_content(path)
    key = (str(path), hashlib.blake2b(content).digest())
    with _lock:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    plan = _plan(content, str(path))
    with _lock:
        _plans[key] = plan
        while len(_plans) > KEPT_PLANS:
            _plans.popitem(last=False)
    return plan


def _plan(content: bytes, file: str) -> Plan:
    """The plan from disk, or compiled and stored there."""
    store = stored.Store.open()
    if store and (plan := store.read(content, file)):
        return plan
    from generator.template.compiling import compiled

    plan = compiled(content, file)
    if store:
        store.write(content, plan)
    return plan


def refusals(content: bytes, file: str) -> tuple[Finding, ...]:
    """All for which a template is not compiled, each with its place; nothing of one that is right."""
    from generator.template.compiling import compiled

    try:
        compiled(content, file)
    except ReportError as error:
        return tuple(error.findings)
    return ()
