"""The exports: Parquet that other programs read, CSV and Excel that run nothing, small counts as [c]."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.dataset
import pytest

from pipeline.export import CannotExport, export
from pipeline.query import run_query
from tests.readings import Line, build, scorecard

ROOT = Path(__file__).resolve().parents[1]
NASTY = '=HYPERLINK("http://example.org","x")'
LINES = (
    Line("Children on a plan", "10", {1: "4", 2: "3 of 12 (25%)"}, rag="Red", summary="Ring 01632 960123."),
    Line("Complaints", "40", {1: "38", 2: "3%"}),
    Line(NASTY, "-5%", {1: "-4.5%"}),
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Two councils, one document without a council, one without a year."""
    build(
        tmp_path,
        scorecard("Care", "2024/25", 2, LINES, council="Harbour / North"),
        scorecard("Care", "2025/26", 2, LINES, council="Vale"),
        scorecard("Roads", "2024/25", 1, LINES[1:], council=None),
        scorecard("Parks", None, None, LINES[1:], council="Vale"),
    )
    return tmp_path


def asked(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    return run_query(warehouse / "scorecards.duckdb", sql)[1]


def test_other_programs_read_the_same_rows_from_parquet(warehouse: Path) -> None:
    folder = export(warehouse).folder
    columns = (
        "document_id, council, financial_year, directorate, measure, part, quarter, value_text, value, place"
    )
    rows = asked(warehouse, f"SELECT {columns} FROM results ORDER BY ALL")
    assert len(rows) > 15
    read = duckdb.execute(f"SELECT {columns} FROM '{folder}/results/**/*.parquet' ORDER BY ALL").fetchall()
    assert read == rows
    frame = pd.read_parquet(folder / "results")[columns.split(", ")].astype(object)
    of_pandas = [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]
    assert sorted(of_pandas, key=repr) == sorted(rows, key=repr)
    parts = pyarrow.dataset.dataset(folder / "results", partitioning="hive")
    year = parts.to_table(filter=pyarrow.dataset.field("of_year") == "2025-26")
    assert set(year["council"].to_pylist()) == {"Vale"}
    one = folder / "results" / "of_council=Vale" / "of_year=2025-26"
    assert pd.read_parquet(one, partitioning=None)["financial_year"].unique().tolist() == ["2025/26"]


def test_every_view_is_there_also_an_empty_one_and_each_column_is_described(warehouse: Path) -> None:
    done = export(warehouse)
    views = {
        str(name)
        for (name,) in asked(
            warehouse, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
        )
    }
    assert set(done.views) == views
    for view in views:
        count = asked(warehouse, f"SELECT count(*) FROM {view}")
        assert duckdb.execute(f"SELECT count(*) FROM '{done.folder}/{view}/**/*.parquet'").fetchall() == count
    with (done.folder / "columns.csv").open(encoding="utf-8-sig", newline="") as file:
        described = list(csv.DictReader(file))
    assert {row["view"] for row in described} == views
    assert all(row["description"] for row in described)
    assert [path.name for path in done.folder.parent.iterdir()] == ["parquet"]


def test_no_spreadsheet_runs_what_a_document_says(warehouse: Path) -> None:
    with (export(warehouse, "csv").folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["measure"] for row in rows} == {"Children on a plan", "Complaints", f"'{NASTY}"}
    assert {row["value_text"] for row in rows if row["measure"].startswith("'")} == {"-4.5%"}
    book = openpyxl.load_workbook(export(warehouse, "xlsx").folder / "scorecards.xlsx")
    assert "results" in book.sheetnames
    heading, *lines = book["results"].iter_rows()
    measure = [cell.value for cell in heading].index("measure")
    nasty = [row[measure] for row in lines if row[measure].value == NASTY]
    assert nasty
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in nasty)
    assert [row[0].value for row in book["Contents"].iter_rows(min_row=2)] == book.sheetnames[1:]


def test_small_counts_are_suppressed_everywhere(warehouse: Path) -> None:
    done = export(warehouse, suppress=5)
    assert "findings" not in done.views
    assert any("it can be worked out" in line for line in done.told(5))
    assert not any("it can be worked out" in line for line in done.told(0))
    results = pd.read_parquet(done.folder / "results")
    small = results[results["measure"] == "Children on a plan"]
    assert set(small["value_text"]) == {"[c]"}
    assert small[["value", "digits", "upper", "native"]].isna().all(axis=None)
    assert set(small["value_status"]) == {"suppressed"}
    kept = results[results["measure"] == "Complaints"]
    assert set(kept["value_text"]) == {"38", "3%"}  # a rate is no count
    years = pd.read_parquet(done.folder / "cross_quarter")
    years = years[years["measure"] == "Children on a plan"]
    assert years[["q1", "q2", "change"]].isna().all(axis=None)
    assert set(years["q1_text"]) == {"[c]"}
    assert "progress_summary" not in pd.read_parquet(done.folder / "priorities").columns
    assert asked(warehouse, "SELECT count(*) FROM results WHERE value_text = '[c]'") == [(0,)]


def test_texts_with_a_telephone_number_are_named_before_anything_is_published(warehouse: Path) -> None:
    order = [
        sys.executable,
        "-m",
        "pipeline",
        "export",
        "--warehouse",
        str(warehouse),
        "--only",
        "priorities",
    ]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Exported:          1 views" in done.stdout
    assert "2 texts hold an e-mail address or a telephone number" in done.stdout
    assert sorted(path.name for path in (warehouse / "exports" / "parquet").iterdir()) == [
        "columns.csv",
        "priorities",
    ]


def test_what_cannot_be_exported_is_said_and_the_old_export_stays(warehouse: Path) -> None:
    export(warehouse, only=["results"])
    with pytest.raises(CannotExport, match=r"there is no view resultz; there are .*results"):
        export(warehouse, only=["resultz"])
    assert (warehouse / "exports" / "parquet" / "results").is_dir()
    with pytest.raises(FileNotFoundError, match="make ingest"):
        export(warehouse / "elsewhere")
