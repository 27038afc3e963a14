"""Checks on data (勾稽关系): one file, one check, foldered by what it looks at. The docstring is its manual page.

A check file has CODE, LEVEL (its level unless the style says otherwise) and `check(case) -> Iterator[Fault]`.
FINAL = True there makes its findings errors of a final report; MARKED = True says that a rendered report tells the
same by its marks.  Dropping a file here is all it takes to add one.

The docstring is Chinese: its first sentence names the check; then what it holds and why; then 正例 and 反例, data in
which `# !CODE` marks the line where the check must find something.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from types import ModuleType

from ..faults import Fault as Fault
from ..fields import Path
from ..model import Evaluation, Source
from ..names import values
from ..passages import Passage, passages
from ..scores import Figures, Node, Scores
from ..style import Style
from ..wording import wordings


@dataclass(frozen=True, eq=False)
class Case:
    """What a check looks at: the data with its places, the derived figures, the scores, and the style's rules.

    It is equal to itself alone, so that what several checks need of it can be kept by it (`lru_cache`).
    """

    source: Source
    figures: Figures
    scores: Scores
    style: Style

    @cached_property
    def called(self) -> dict[int, list[str]]:
        """What `names.dotted` remembers of the data's lists."""
        return {}

    @property
    def data(self) -> Evaluation:
        """The data's records."""
        return self.source.evaluation

    @cached_property
    def values(self) -> tuple[tuple[Path, object], ...]:
        """Everything that the data says, with its path: records, lists, figures, texts."""
        return tuple(values(self.data))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the data, with its place."""
        return passages(self.source)

    @cached_property
    def text(self) -> str:
        """All texts of the data in one, a line each: what is not in it need not be looked for in each."""
        return "\n".join(passage.words for passage in self.passages)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the indicator system that applies, in order."""
        return tuple(node for top in self.scores.nodes for node in top.walk())

    def limit(self, code: str, name: str) -> Decimal | None:
        """The number that the style gives a check under that name (核查界限.K108.界限.倍数); None without one."""
        limits = (self.style.file.limits or {}).get(code)
        return (limits.numbers or {}).get(name) if limits else None

    def figure(self, name: str) -> object:
        """The derived or given figure of that name (`资金.到位率`); None when it is not there."""
        derived = self.figures.derived.get(name)
        if derived is not None:
            return derived.value
        try:
            return self.figures.given(name)
        except KeyError:
            return None


@cache
def checks() -> tuple[ModuleType, ...]:
    """Every check, those on wording last; a file without a CODE is what the checks beside it share."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    modules = (importlib.import_module(one.name) for one in found if not one.ispkg)
    return (*(module for module in modules if hasattr(module, "CODE")), *wordings())
