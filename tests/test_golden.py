"""The golden documents are read exactly: every priority, measure and result, from text, PDF and Excel."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.query import run_query
from pipeline.run import Options, ingest
from tests.golden_compare import facts, one_line, read, truth

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
CAP, HARBOUR = GOLDEN / "cap-2012-13-q1", GOLDEN / "harbour-2013-14-q4"
SCORECARDS = [
    (ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt", CAP),
    (ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.pdf", CAP),
    *((HARBOUR / f"harbour-scorecard-2013-14-q4.{kind}", HARBOUR) for kind in ("txt", "xlsx", "pdf")),
]
NAMES = [file.name for file, _ in SCORECARDS]


def in_words(rows: list[tuple[str, ...]], columns: list[str]) -> list[tuple[str, ...]]:
    """Ratings given by a colour alone are set aside: the text has none, the drawn PDF is coloured there."""
    if "rag_text" not in columns or "rag" not in columns:
        return rows
    rag, text = columns.index("rag"), columns.index("rag_text")
    return [tuple("" if at == rag and not row[text] else v for at, v in enumerate(row)) for row in rows]


def unbroken(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A word that the page breaks behind its hyphen is the same word."""
    return [tuple(value.replace("- ", "-") for value in row) for row in rows]


@pytest.mark.parametrize("table", ["priorities", "measures", "results"])
@pytest.mark.parametrize(("file", "folder"), SCORECARDS, ids=NAMES)
def test_every_row_is_as_the_golden_reading_has_it(file: Path, folder: Path, table: str) -> None:
    (reading,) = read(file)
    columns, wanted = truth(folder, table)
    found = in_words(facts(reading, table, columns), columns)
    assert unbroken(found) == unbroken(wanted)


@pytest.mark.parametrize(("file", "folder"), SCORECARDS, ids=NAMES)
def test_the_title_says_whose_it_is_and_when(file: Path, folder: Path) -> None:
    (reading,) = read(file)
    columns, (wanted,) = truth(folder, "document")
    row = reading.rows["documents"][0]
    said = {**row, "quarter": row["reported_quarter"]}
    for column, value in zip(columns, wanted, strict=True):
        if column in ("directorate", "financial_year", "quarter"):
            assert one_line(said[column]) == value


def test_the_return_has_the_figures_of_the_scorecard() -> None:
    (reading,) = read(ROOT / "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx")
    columns, wanted = truth(CAP, "results")
    at = [number for number, name in enumerate(columns) if name != "section"]
    names = [columns[number] for number in at]
    assert facts(reading, "results", names) == [tuple(row[number] for number in at) for row in wanted]
    assert reading.rows["documents"][0]["document_role"] == "return"


def test_the_findings_of_the_cap_documents_are_exactly_those_reviewed(tmp_path: Path) -> None:
    """findings.csv was reviewed by hand, line by line: each finding is true, and a question worth a look."""
    ingest(ROOT / "raw", tmp_path, lambda *_: None, Options())
    sql = "SELECT parse_filename(document_path), rule, severity, place, quote FROM findings ORDER BY ALL"
    rows = run_query(tmp_path / "scorecards.duckdb", sql)[1]
    found = [tuple(value or "" for value in row) for row in rows]
    with (CAP / "findings.csv").open(encoding="utf-8", newline="") as lines:
        wanted = [tuple(line.values())[:5] for line in csv.DictReader(lines)]
    assert found == wanted
