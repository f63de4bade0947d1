"""Titles: whose scorecard it is and which period it reports on, or nothing: never another's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.codes import load_codes
from pipeline.interpret.title_lines import labels
from pipeline.interpret.titles import is_title, read_title, title_findings
from pipeline.shapes import Cell, Document, Place

CASES = Path(__file__).parent / "cases" / "titles.csv"
CODES = load_codes()
with CASES.open(newline="", encoding="utf-8") as opened:
    TITLES = [tuple(line.values()) for line in csv.DictReader(opened)]


def lines(title: str) -> list[list[Cell]]:
    """Lines of a case are parted by ' // ', the cells of a line by ' | '."""
    return [
        [Cell(Place("", row, column), text) for column, text in enumerate(line.split(" | "), 1)]
        for row, line in enumerate(title.split(" // "), 1)
    ]


@pytest.mark.parametrize(("title", "directorate", "year", "quarter"), TITLES)
def test_what_a_title_says(title: str, directorate: str, year: str, quarter: str) -> None:
    said = read_title(lines(title), CODES)
    assert (said.directorate_text or "", said.year or "", str(said.quarter or "")) == (
        directorate,
        year,
        quarter,
    )


def test_a_known_directorate_is_found_inside_a_title() -> None:
    said = read_title(lines("Customer Access and Performance Scorecard Q1 2012/13"), CODES)
    assert (said.directorate_text, said.directorate) == ("Customer Access and Performance", "CAP")


def test_councils_are_told_from_directorates() -> None:
    for title, council in (
        ("Eastmarsh City Council // People // Q1 2021/22", "Eastmarsh City Council"),
        ("Council: | Eastmarsh // Directorate: | People", "Eastmarsh"),
        ("London Borough of Eastmarsh - People", "London Borough of Eastmarsh"),
    ):
        said = read_title(lines(title), CODES)
        assert (said.council, said.directorate_text) == (council, "People")


def findings(title: str, **declared: object) -> dict[str, str]:
    document = Document("d", "x.pdf", "x.pdf", "", "pdf", **declared)  # type: ignore[arg-type]
    return {f.rule: f.quote for f in title_findings(read_title(lines(title), CODES), document, CODES)}


def test_what_the_title_does_not_say_is_a_finding() -> None:
    assert set(findings("")) == {"title-missing", "directorate-missing"}
    assert set(findings("Performance Report Q1 2019/20")) == {"directorate-missing"}
    assert findings("Performance Report Q1 2019/20", directorate="CAP") == {}
    assert findings("CAP Scorecard Q1 2019/20", quarter=2, financial_year="2019/20") == {
        "period-disagrees": "CAP Scorecard Q1 2019/20"
    }


def test_an_unknown_directorate_is_told_with_its_neighbours() -> None:
    title = read_title(lines("Customer Access & Perfomance Scorecard Q1 2012/13"), CODES)
    (finding,) = title_findings(title, Document("d", "x", "x", "", "txt", directorate="CAP"), CODES)
    assert finding.rule == "directorate-unknown"
    assert "customer access and performance" in finding.detail["nearest"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quarter 2 2019/20", True),
        ("October to December 2019", True),
        ("Quarter ending 31 December 2019", True),
        ("Housing Scorecard", True),
        ("14 March 2020", False),
        ("Reduce crime", False),
        ("85%", False),
    ],
)
def test_lines_that_belong_to_a_title(text: str, expected: bool) -> None:
    assert is_title(text) is expected


def test_labels_with_their_text() -> None:
    assert labels(lines("Completed by: | A. Jones")[0])
    assert labels(lines("Directorate: Place")[0])
    assert not labels(lines("Reduce crime")[0])
    assert not labels(lines("Portfolio")[0])


@pytest.mark.parametrize(
    ("title", "directorate_place", "period_text", "period_place"),
    [
        (
            "Eastmarsh City Council // People Scorecard // Reporting Period : Quarter 3 2015/16",
            "r2 c1",
            "Reporting Period : Quarter 3 2015/16",
            "r3 c1",
        ),
        ("Directorate: | People // Quarter: | 3 | Year: | 2015/16", "r1 c2", "Quarter: 3", "r2 c1"),
        ("Department: People Period: Q1 2019/20", "r1 c1", "Period: Q1 2019/20", "r1 c1"),
        ("Q1 2019/20 // Housing performance report", "r2 c1", "Q1 2019/20", "r1 c1"),
        ("Performance report", "None", None, "None"),
    ],
)
def test_directorate_and_period_are_kept_as_printed_with_their_places(
    title: str, directorate_place: str, period_text: str | None, period_place: str
) -> None:
    said = read_title(lines(title), CODES)
    assert str(said.directorate_place) == directorate_place
    assert (said.period_text, str(said.period_place)) == (period_text, period_place)
