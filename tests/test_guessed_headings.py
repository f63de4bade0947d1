"""Headings that are in no list: what the rest of the table and the texts below them say, and a finding that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.shapes import Reading
from tests.golden_compare import read
from tests.test_forms import Rows, workbook

TITLE: Rows = [["Waste Services scorecard, Quarter 2 2020/21"], []]


def reading_of(rows: Rows, folder: Path) -> Reading:
    (reading,) = read(workbook(folder, {"Return": [*TITLE, *rows]}))
    return reading


def told(reading: Reading) -> set[tuple[str, str]]:
    return {
        (row["rule"], row["quote"]) for row in reading.rows["findings"] if row["rule"].startswith("heading")
    }


@pytest.mark.parametrize("heading", ["RAG (select)", "Our view"])
def test_a_column_of_nothing_but_ratings_rates_the_lines(heading: str, tmp_path: Path) -> None:
    reading = reading_of(
        [
            ["No.", "Measure", "Target", "Q1", "Q2", heading, "Commentary"],
            [1, "Bins missed", 40, 41, 38, "Green", "Two rounds were changed."],
            [2, "Complaints answered in time", "90%", "82%", "79%", "Red", "Two posts are vacant."],
        ],
        tmp_path,
    )
    assert [row["rag"] for row in reading.rows["measures"]] == ["Green", "Red"]
    assert not reading.rows.get("priorities")
    assert {quote for _, quote in told(reading)} == {heading}


@pytest.mark.parametrize("heading", ["performanc", "Tarrget"])
def test_a_heading_that_resembles_another_takes_nothing_from_it(heading: str, tmp_path: Path) -> None:
    """'performanc' is what a narrow cell left of 'Good performance is'."""
    reading = reading_of(
        [
            ["Measure", heading, "Target", "Q1", "Q2", "RAG"],
            ["Bins missed", "Lower", 40, 41, 38, "Green"],
            ["Complaints answered in time", "Higher", "90%", "82%", "79%", "Red"],
        ],
        tmp_path,
    )
    results = {(row["measure_no"], row["quarter"]): row["value_text"] for row in reading.rows["results"]}
    assert results == {(1, 1): "41", (1, 2): "38", (2, 1): "82%", (2, 2): "79%"}
    assert told(reading) == {("heading-unknown", heading)}


def test_a_misspelt_heading_is_read_and_said(tmp_path: Path) -> None:
    reading = reading_of(
        [
            ["Measure", "Taregt", "Q2", "RAG", "Commentery"],
            ["Complaints answered in time", 90, 79, "Red", "Two posts are vacant."],
        ],
        tmp_path,
    )
    assert [row["target_value"] for row in reading.rows["measures"]] == [90]
    assert told(reading) == {("heading-misspelt", "Taregt"), ("heading-misspelt", "Commentery")}


def test_lines_with_a_rating_are_no_headings(tmp_path: Path) -> None:
    """A capital programme: dates and ratings stand below headings that say nothing of measures."""
    rows: Rows = [
        ["Project", "Sponsor", "Start", "End", "Budget £000", "RAG", "Next milestone"],
        ["New depot", "Env", "01/04/2019", "31/03/2021", 4200, "Amber", "Planning consent"],
        ["School roofs", "CYP", "01/06/2019", "30/09/2019", 650, "Green", "Handover"],
        ["CRM upgrade", "ICT", "01/01/2019", "31/12/2019", 380, "Red", "Go-live"],
    ]
    assert not read(workbook(tmp_path, {"Projects": [["Capital programme"], [], *rows]}))
