"""The architecture, held by a test: who may import whom, which library lives where, what a name must say."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cache import AFTERWARDS, LATER

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")])

FLOORS = (
    {"shapes", "limits", "safe_text", "child"},
    {"schemas"},
    {"codes", "kinds", "declared", "progress", "serve", "sbom"},
    {"documents", "extract"},
    {"preflight", "identity"},
    {"interpret"},
    {"validate"},
    {"reading", "cache"},
    {"load", "query"},
    {"report", "show"},
    {"export"},
    {"lock", "runs", "isolate", "summary"},
    {"cluster"},
    {"run"},
    {"__main__"},
)
"""From the ground up: a module imports from its own floor and from those below."""

WITHIN = {
    "pdfplumber": ("pipeline/extract/",),
    "pdfminer": ("pipeline/extract/",),
    "pypdfium2": ("pipeline/extract/",),
    "openpyxl": ("pipeline/extract/",),
    "xlsxwriter": ("pipeline/report", "pipeline/export/"),
    "docx": ("pipeline/extract/",),
    "xlrd": ("pipeline/extract/",),
    "python_calamine": ("pipeline/extract/",),
    "duckdb": (
        "pipeline/load/",
        "pipeline/report",
        "pipeline/query",
        "pipeline/export/",
        "pipeline/__main__",
    ),
    "pandera": ("pipeline/validate", "schemas/"),
    "distributed": ("pipeline/cluster",),
    "fsspec": ("pipeline/cluster",),
    "rich": ("pipeline/progress",),
}
"""Library -> where it may be imported."""

NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|base|manager|stuff|tools?)$")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor_of(module: str) -> int:
    """The floor of 'pipeline.interpret.values', 'pipeline.load.rows' or 'schemas.columns'."""
    parts = module.split(".")
    top = "schemas" if parts[0] == "schemas" else (parts[1] if len(parts) > 1 else "shapes")
    return next(number for number, names in enumerate(FLOORS) if top in names)


def imports(path: Path) -> Iterator[str]:
    """Modules that a file imports anywhere in it; a name imported from a package counts as its module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_only_downwards(path: Path) -> None:
    module = name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    above = [
        found
        for found in imports(path)
        if found.split(".")[0] in ("pipeline", "schemas") and floor_of(found) > floor_of(module)
    ]
    assert not above, f"{module} imports from above: {above}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    strayed = [
        library
        for library in {found.split(".")[0] for found in imports(path)}
        if library in WITHIN and not name_of(path).startswith(WITHIN[library])
    ]
    assert not strayed, f"{name_of(path)} imports {strayed}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_names_say_what_is_inside_and_modules_stay_small(path: Path) -> None:
    assert not NAMES.search(path.stem), f"{name_of(path)}: a name that explains nothing"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, f"{name_of(path)} is too long"
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or path.stat().st_size == 0


def _said_by(path: Path) -> str:
    """The texts in the code of a module, without its docstrings: those cite real documents."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    return " | ".join(node.value.casefold() for node in texts if isinstance(node.value, str))


def _listed(pattern: str, *columns: str) -> Iterator[str]:
    for file in ROOT.glob(pattern):
        with file.open(newline="", encoding="utf-8-sig") as opened:
            yield from (row[column].casefold() for row in csv.DictReader(opened) for column in columns)


def test_no_council_directorate_or_measure_is_named_in_the_code() -> None:
    """Cases are data: what one council calls its directorates and measures stands in lists only."""
    names = {
        *_listed("schemas/codes/directorates.csv", "name", "directorate", "council"),
        *_listed("schemas/codes/wordings.csv", "wording"),
        *_listed("schemas/codes/measures.csv", "name"),
        *_listed("tests/layouts/*/document.csv", "directorate", "council"),
    }
    known = {name for name in names if " " in name}
    assert len(known) > 25
    for path in SOURCES:
        said = _said_by(path)
        assert not [name for name in known if name in said], name_of(path)


def test_only_the_command_line_prints() -> None:
    printing = {
        name_of(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"pipeline/__main__.py", "pipeline/progress.py"}


def test_no_reading_depends_on_modules_that_the_cache_ignores() -> None:
    """A change to these modules does not make the cache read documents again: so nothing that reads may use them."""
    late = LATER | {name.removesuffix(".py") for name in AFTERWARDS}
    for path in SOURCES:
        if path.name in AFTERWARDS or LATER & set(path.parts):
            continue
        for found in imports(path):
            parts = found.split(".")
            assert not (parts[0] == "pipeline" and len(parts) > 1 and parts[1] in late), (
                f"{name_of(path)} imports {found}, which the version of the cache leaves out"
            )


def test_the_floors_are_checked_on_real_modules() -> None:
    """The test itself sees a wrong import: from interpret up to load."""
    assert (
        floor_of("pipeline.load.rows") > floor_of("pipeline.interpret.values") > floor_of("pipeline.shapes")
    )
    assert floor_of("pipeline.__main__") > floor_of("pipeline.run") > floor_of("pipeline.report.pages")
    with pytest.raises(StopIteration):
        floor_of("pipeline.unheard_of")
