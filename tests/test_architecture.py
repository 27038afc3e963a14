"""The shape that docs/architecture.md describes, held over the syntax trees of generator/."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
GENERATOR = PROJECT / "generator"

COMMAND_LINE = {"cli", "__main__"}
FLOWS = {
    "pipeline",
    "batch",
    "new",
    "schema",
    "convert",
    "carry",
    "import_form",
    "specimen",
    "preview",
    "fieldlist",
    "new_pack",
}
MANUAL = {"explain"}
STAGES = {
    "load",
    "derive",
    "score",
    "check",
    "context",
    "render",
    "pagination",
    "package",
    "audit",
    "lint",
    "scoretable",
    "scorebook",
}
EXTENSIONS = {"rules", "measures", "checks", "audits", "lints"}
OWN_EXTENSIONS = {"score": {"rules", "measures"}, "check": {"checks"}, "audit": {"audits"}, "lint": {"lints"}}
# All other modules are the shared layer.

CITIES = ("北京", "昆明", "廊坊", "苏州", "beijing", "kunming", "langfang", "suzhou")


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the package, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(GENERATOR.rglob("*.py"))}


def part(path: Path) -> str:
    """The module or folder at the top of generator/ that a file belongs to; "" for the package itself."""
    first = path.relative_to(GENERATOR).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


PARTS = sorted({part(path) for path in GENERATOR.rglob("*.py")})


def imported(path: Path, tree: ast.Module) -> Iterator[str]:
    """The parts of generator/ that a file imports, in whatever form and at whatever depth."""
    package = ("generator", *path.relative_to(GENERATOR).parent.parts)
    for node in ast.walk(tree):
        names: list[tuple[str, ...]] = []
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            whole = (*base, *(node.module or "").split(".")) if node.module else base
            names = [(*whole, alias.name) for alias in node.names]
        for name in names:
            if name[0] == "generator":
                yield name[1] if len(name) > 1 and name[1] in PARTS else ""


def allowed(importer: str) -> set[str]:
    """The parts of generator/ that one part may import: what stands below it, and itself."""
    shared = set(PARTS) - COMMAND_LINE - FLOWS - MANUAL - STAGES - EXTENSIONS
    if importer in COMMAND_LINE:
        return set(PARTS)
    if importer in MANUAL:
        return shared | EXTENSIONS | MANUAL
    if importer in FLOWS:
        return shared | STAGES | FLOWS
    if importer in STAGES:
        return shared | OWN_EXTENSIONS.get(importer, set()) | {importer}
    return shared | {importer}


@pytest.mark.parametrize("importer", PARTS)
def test_imports_point_downwards(importer: str) -> None:
    found = {
        f"{path.relative_to(PROJECT).as_posix()} imports {name}"
        for path, tree in trees().items()
        if part(path) == importer
        for name in imported(path, tree)
        if name not in allowed(importer)
    }
    assert not found


def test_the_walker_sees_every_form_of_import() -> None:
    source = (
        "import generator.cli\nfrom generator import score\nfrom .. import load\nfrom ..model import Text\n"
        "def f():\n    from . import steps\n"
    )
    found = list(imported(GENERATOR / "rules" / "example.py", ast.parse(source)))
    assert found == ["cli", "score", "load", "model", "rules"]


def calls(tree: ast.Module, *names: str) -> list[int]:
    """The lines on which one of the functions or methods is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) in names
    ]


def places(*names: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where in generator/, outside the parts `but`, one of the functions is called."""
    return [
        f"{path.relative_to(PROJECT).as_posix()}:{line}"
        for path, tree in trees().items()
        if part(path) not in but
        for line in calls(tree, *names)
    ]


def test_no_figure_is_a_binary_float() -> None:
    assert not places("float")


def test_only_the_command_line_prints_or_ends_the_process() -> None:
    assert not places("print", "echo", "exit", but=("cli",))


def test_only_one_module_makes_jinja_environments() -> None:
    names = ("Environment", "SandboxedEnvironment", "ImmutableSandboxedEnvironment")
    assert not places(*names, but=("language",))


def test_text_files_name_their_encoding() -> None:
    found = [
        f"{path.relative_to(PROJECT).as_posix()}:{node.lineno}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("read_text", "write_text")
        and not any(keyword.arg == "encoding" for keyword in node.keywords)
        and not any(isinstance(argument, ast.Constant) and argument.value == "utf-8" for argument in node.args)
    ]
    assert not found


def test_no_city_is_named_in_the_engine() -> None:
    found = [
        f"{path.relative_to(PROJECT).as_posix()}:{number}: {city}"
        for path in trees()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for city in CITIES
        if city in line
    ]
    assert not found


def test_every_module_says_what_it_is() -> None:
    folders = ("generator", "templates", "tests", "docs")
    silent = [
        path.relative_to(PROJECT).as_posix()
        for folder in folders
        for path in (PROJECT / folder).rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent
