"""The golden documents are read exactly: every priority, measure and result, from text, PDF and Excel."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.query import run_query
from pipeline.run import Options, ingest
from pipeline.shapes import Reading
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


BROKEN = {"harbour-scorecard-2013-14-q4.pdf": ["non-\nconformities"]}
"""Words that a page breaks behind their own hyphen, as they are printed there; the text of them has one line."""
AT_LINE_END = re.compile(r"\w+-\n\w+")


def on_one_line(reading: Reading) -> Reading:
    """The reading with the line break behind a word's own hyphen taken out, and nothing else."""

    def joined(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return AT_LINE_END.sub(lambda word: word.group().replace("\n", ""), value)

    rows = {
        table: tuple({column: joined(value) for column, value in row.items()} for row in lines)
        for table, lines in reading.rows.items()
    }
    return replace(reading, rows=rows)


def coloured(folder: Path) -> dict[str, str]:
    """Priority -> the rating that the drawn PDF shows by the colour of a cell without a word."""
    file = folder / "coloured.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {line["priority"]: line["rag"] for line in csv.DictReader(lines)}


@pytest.mark.parametrize("table", ["priorities", "measures", "results"])
@pytest.mark.parametrize(("file", "folder"), SCORECARDS, ids=NAMES)
def test_every_row_is_as_the_golden_reading_has_it(file: Path, folder: Path, table: str) -> None:
    (reading,) = read(file)
    columns, wanted = truth(folder, table)
    if table == "priorities" and file.suffix == ".pdf":
        rag, named = columns.index("rag"), columns.index("priority")
        seen = coloured(folder)
        assert all(not row[rag] for row in wanted if row[named] in seen)
        wanted = [(*row[:rag], seen.get(row[named], row[rag]), *row[rag + 1 :]) for row in wanted]
    assert facts(on_one_line(reading), table, columns) == wanted


@pytest.mark.parametrize(("file", "folder"), SCORECARDS, ids=NAMES)
def test_ratings_by_colour_alone_and_broken_words_are_those_that_are_printed(
    file: Path, folder: Path
) -> None:
    (reading,) = read(file)
    by_colour = {
        one_line(row["priority"]): row["rag"]
        for row in reading.rows["priorities"]
        if row["rag_source"] == "colour"
    }
    assert by_colour == (coloured(folder) if file.suffix == ".pdf" else {})
    texts = (
        value
        for table in ("priorities", "measures", "results")
        for row in reading.rows[table]
        for value in row.values()
    )
    broken = [word for text in texts if isinstance(text, str) for word in AT_LINE_END.findall(text)]
    assert broken == BROKEN.get(file.name, [])
    noted = [row["quote"] for row in reading.rows["findings"] if row["rule"] == "word-broken"]
    assert noted == broken


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
