"""The law: each filled cell is claimed exactly once, and each fact is found again at its place.

Here of what lies in raw/ and of the golden documents; test_layouts asks the same of each layout.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract.extract import Extract
from pipeline.interpret import interpret
from pipeline.shapes import Cell, Document, Grid, Place
from schemas.tables import TABLES
from tests.golden_compare import CODES, whole
from tests.proofs import ABOUT, FACTS, Proof
from tests.sources import OPENERS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    path
    for folder in (ROOT / "raw", ROOT / "tests" / "golden")
    for path in sorted(folder.rglob("*"))
    if path.suffix in {*OPENERS, ".pdf"} - {".csv"}
]


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda file: file.name)
def document(request: pytest.FixtureRequest) -> Proof:
    """A document, read once for all that is asked of it."""
    return Proof(request.param, whole(request.param))


@pytest.mark.filterwarnings("ignore:Cannot parse header")
def test_every_filled_cell_is_claimed_exactly_once(document: Proof) -> None:
    assert list(document.faults_of_the_law()) == []
    assert len(document.cells) > 90


def test_each_fact_stands_where_its_place_says(document: Proof) -> None:
    assert list(document.faults_of_places()) == []
    assert document.facts > 40


def test_no_fact_is_without_a_place() -> None:
    """A place that a schema gets is tried as well."""
    places = {
        (table, column)
        for table, model in TABLES.items()
        for column in model.to_schema().columns
        if column.endswith("place") and table not in ABOUT
    }
    assert places == set(FACTS)


HEADINGS = ("Priority", "Measure", "Target", "Q1", "RAG")
words = [
    *(
        "",
        "",
        "Measure",
        "Target",
        "Q1",
        "Q2",
        "Priority",
        "RAG",
        "Portfolio",
        "Latest",
        "Period",
        "Jul",
        "Total",
        "Key",
    ),
    *(
        "Green",
        "72%",
        "N/A",
        "a) 1 b) 2",
        "Quarter 2 2014/15",
        "Likelihood",
        "Impact",
        "Directorate:",
        "Housing",
    ),
    "Dredging is on time, and the pilots say that the harbour was open on every day of the quarter.",
]
texts = st.sampled_from(words) | st.text(max_size=12)
lines = st.just(list(HEADINGS)) | st.lists(texts, min_size=1, max_size=7)
grids = st.lists(st.tuples(st.booleans(), st.lists(lines, min_size=1, max_size=7)), min_size=1, max_size=4)


TWO_OWNERS = [list(HEADINGS), ["", "Directorate:", "", "Directorate:"], ["", "0", "", "Measure"]]
UNDER_NOTHING = [["", "", "Period", "", "Measure", "Latest"], ["", "", "", "Measure"]]


@settings(max_examples=200, deadline=None)
@given(grids, st.booleans(), st.booleans())
@example([(False, TWO_OWNERS)], False, False)
@example([(False, UNDER_NOTHING)], True, False)
def test_the_law_holds_on_any_grids(
    drawn: list[tuple[bool, list[list[str]]]], sheets: bool, headed: bool
) -> None:
    """Tables and loose lines in any order, on one page or on sheets of their own, whatever they say."""
    if headed:
        drawn = [(False, [list(HEADINGS), *drawn[0][1]]), *drawn[1:]]
    found = []
    for number, (loose, rows) in enumerate(drawn, 1):
        part = f"Sheet{number}" if sheets else "p1"
        cells = tuple(
            tuple(Cell(Place(part, r + 20 * number, c, sheet=sheets), text) for c, text in enumerate(row, 1))
            for r, row in enumerate(rows, 1)
        )
        found.append(Grid(part, cells, lines=loose and not sheets))
    readings = interpret(Document("x", "x.csv", "x.csv", "x", "csv"), Extract(tuple(found), parts=1), CODES)
    claimed = Counter(id(claim.cell) for reading in readings for claim in reading.ledger)
    if readings:
        assert claimed == {id(cell): 1 for grid in found for cell in grid.cells() if not cell.blank}
