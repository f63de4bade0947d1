"""Headings: what each says alone, and what the columns of a table are together in the scorecard of a period."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.codes import load_codes
from pipeline.interpret.columns import settle
from pipeline.interpret.headings import Heading, heading_of, nearest_names
from pipeline.shapes import Cell, Place

CASES = Path(__file__).parent / "cases"
CODES = load_codes()


def cell(text: str, column: int = 1, row: int = 1) -> Cell:
    return Cell(Place("", row, column), text)


def lines(name: str) -> list[tuple[str, ...]]:
    with (CASES / name).open(newline="", encoding="utf-8") as opened:
        return [tuple(line.values()) for line in csv.DictReader(opened)]


@pytest.mark.parametrize(("text", "field", "quarter", "year"), lines("headings.csv"))
def test_what_a_heading_says(text: str, field: str, quarter: str, year: str) -> None:
    heading = heading_of(cell(text.replace(r"\n", "\n")), CODES)
    found = (heading.field, str(heading.quarter or ""), heading.year or "") if heading else ("", "", "")
    assert found == (field, quarter, year)


@pytest.mark.parametrize("text", CODES.headings)
def test_every_heading_of_the_list_is_found_however_it_is_printed(text: str) -> None:
    for printed in (text, text.upper(), text.title(), f" {text}:\n"):
        heading = heading_of(cell(printed), CODES)
        assert heading is not None
        assert heading.field == CODES.headings[text]


@pytest.mark.parametrize(("headings", "year", "quarter", "fields"), lines("columns.csv"))
def test_what_the_columns_of_a_table_are(headings: str, year: str, quarter: str, fields: str) -> None:
    assert [column.field for column in settled(headings.split(" | "), year, int(quarter))] == fields.split()


def settled(
    texts: Sequence[str], year: str, quarter: int, rows: Sequence[Sequence[str]] = ()
) -> list[Heading]:
    known = [heading_of(cell(text, number), CODES) for number, text in enumerate(texts, 1)]
    assert None not in known
    printed = [[cell(text, n, 2) for n, text in enumerate(row, 1)] for row in rows]
    return settle([heading for heading in known if heading], year, quarter, printed)


def test_of_two_names_of_a_measure_the_longer_texts_are_its_name() -> None:
    columns = settled(
        ["KPI", "Description", "Actual"],
        "2019/20",
        2,
        [
            ["HS 12", "Homes that meet the decent homes standard", "95%"],
            ["HS 14", "Days to let a home", "28"],
        ],
    )
    assert [column.field for column in columns] == ["reference", "measure", "latest"]


def test_a_month_of_a_calendar_year_lies_in_its_financial_year() -> None:
    for text, quarter, year in (
        ("March 2020", 4, "2019/20"),
        ("Apr-20", 1, "2020/21"),
        ("31/12/19", 3, "2019/20"),
    ):
        heading = heading_of(cell(text), CODES)
        assert heading is not None
        assert (heading.quarter, heading.year) == (quarter, year)


def test_a_quarter_of_a_calendar_year_is_settled_by_the_document() -> None:
    first, second = settled(["Q4 2020", "Q2 2018"], "2019/20", 4)
    assert (first.quarter, first.year) == (4, "2019/20")
    assert (second.quarter, second.year) == (2, "2018/19")


def test_two_levels_are_read_as_one_text() -> None:
    for above, below, expected in (
        ("Target", "Q2", ("quarter_target", 2, None)),
        ("England average", "Q1", ("benchmark", 1, None)),
        ("2018/19", "Quarter 4", ("quarter", 4, "2018/19")),
        ("Quarter 3", "RAG", ("quarter_rag", 3, None)),
        ("Quarter 3", "Actual", ("quarter", 3, None)),
    ):
        heading = heading_of(cell(below), CODES, above)
        assert heading is not None
        assert (heading.field, heading.quarter, heading.year) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Q1 and Q3",
        "Q2 (Oct-Dec)",
        "2018/19 to 2019/20",
        "Target / Actual",
        "RAG & DoT",
        "Feb to May",
        "Households in temporary accommodation",
        "85%",
        "",
    ],
)
def test_what_is_no_clear_heading_is_none(text: str) -> None:
    assert heading_of(cell(text), CODES) is None


def test_an_unknown_heading_is_told_with_its_neighbours() -> None:
    assert "“rag rating”" in nearest_names(cell("RAG ratings score"), CODES)
