"""Layouts that no rule was written for: read exactly, but for those that a list says are not yet; and of every one,
each cell is claimed once and each fact stands where its place says.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.golden_compare import differences, whole
from tests.proofs import Proof

LAYOUTS = Path(__file__).resolve().parent / "layouts"
FILES = sorted(
    p
    for p in LAYOUTS.iterdir()
    if p.is_file() and p.suffix != ".md" and p.stem != "not-yet-exact" and not p.stem.endswith("-scanned")
)
"""The scanned ones need a program of their own: test_scan."""
with (LAYOUTS / "not-yet-exact.csv").open(newline="", encoding="utf-8") as opened:
    NOT_YET = {row["file"] for row in csv.DictReader(opened)}


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.name)
def drawn(request: pytest.FixtureRequest) -> Proof:
    """A layout, read once for all that is asked of it."""
    return Proof(request.param, whole(request.param))


def test_the_layout_is_read_as_the_list_says(drawn: Proof) -> None:
    found = differences(drawn.readings, LAYOUTS / drawn.file.name.split(".")[0])
    if drawn.file.name in NOT_YET:
        assert found, "is read exactly now: take it out of not-yet-exact.csv"
    else:
        assert found == []


@pytest.mark.filterwarnings("ignore:Cannot parse header")
def test_every_filled_cell_is_claimed_exactly_once(drawn: Proof) -> None:
    assert list(drawn.faults_of_the_law()) == []
    assert drawn.cells


def test_each_fact_stands_where_its_place_says(drawn: Proof) -> None:
    assert list(drawn.faults_of_places()) == []
