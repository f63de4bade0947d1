"""The law: each filled cell is claimed exactly once, and each fact is found again at its place.

Here of what lies in raw/ and of the golden documents; test_layouts asks the same of each layout.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
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


texts = st.sampled_from(
    [
        "",
        "Measure",
        "Target",
        "Q1",
        "Q2",
        "Priority",
        "RAG",
        "Green",
        "72%",
        "N/A",
        "Total",
        "a) 1 b) 2",
        "Key",
    ]
) | st.text(max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(texts, min_size=1, max_size=7), min_size=1, max_size=9))
def test_the_law_holds_on_any_grid(table: list[list[str]]) -> None:
    rows = tuple(
        tuple(Cell(Place("", r, c), text) for c, text in enumerate(row, 1)) for r, row in enumerate(table, 1)
    )
    heading = tuple(
        Cell(Place("", 0, c), text)
        for c, text in enumerate(("Priority", "Measure", "Target", "Q1", "RAG"), 1)
    )
    found = Extract((Grid("", (heading, *rows)),), parts=1)
    for reading in interpret(Document("x", "x.csv", "x.csv", "x", "csv"), found, CODES):
        claimed = Counter(id(claim.cell) for claim in reading.ledger)
        assert claimed == {id(c): 1 for c in found.grids[0].cells() if not c.blank}
