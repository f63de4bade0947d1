"""The warehouse file: built beside, swapped in, described throughout, and the same for the same inputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.codes.lists import CodeListError
from pipeline.identity import Identities, measure_id, normalise
from pipeline.load import STORAGE_VERSION, load
from pipeline.load.sql import SqlError, run_checks
from pipeline.query import export_rows, open_warehouse, run_query
from pipeline.shapes import Document, Finding, Reading
from tests.readings import CODES, Line, build, scorecard

LINES = [
    Line(
        "Every year 100% of staff have an appraisal", "100%", {1: "72%"}, rag="Green", summary="Going well."
    ),
    Line(
        "Average score: a) values b) colleagues",
        "a) 7.50 b) 7.50",
        {1: "a) 6.88 b) 6.70"},
        priority="Culture",
    ),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("load")
    return build(
        folder, scorecard("CAP", "2012/13", 1, LINES), scorecard("CAP", "2012/13", 1, LINES, role="return")
    )


def test_every_table_view_and_column_has_a_comment(warehouse: Path) -> None:
    bare = """
        SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name, view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name, function_name, 'macro' FROM duckdb_functions() WHERE NOT internal AND comment IS NULL
    """
    assert run_query(warehouse, bare)[1] == []
    described = run_query(
        warehouse, "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment != ''"
    )
    assert described[1][0][0] > 400


def test_the_file_can_be_read_by_older_tools(warehouse: Path) -> None:
    tags = run_query(warehouse, "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal")[
        1
    ]
    assert str(tags[0][0]).startswith(STORAGE_VERSION)


def test_equal_inputs_give_equal_rows_in_any_order(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "again").mkdir()
    again = build(
        tmp_path / "again",
        scorecard("CAP", "2012/13", 1, LINES, role="return"),
        scorecard("CAP", "2012/13", 1, LINES),
    )
    rows = export_rows(again)
    assert rows == export_rows(warehouse)
    assert len(rows["results"]) == 6


def test_a_reader_keeps_the_old_file_while_the_new_one_is_swapped_in(tmp_path: Path) -> None:
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, LINES))
    with open_warehouse(warehouse) as reader:
        before = reader.execute("SELECT count(*) FROM results").fetchone()
        build(tmp_path, scorecard("CAP", "2012/13", 1, LINES[:1]))
        assert reader.execute("SELECT count(*) FROM results").fetchone() == before == (3,)
    assert run_query(warehouse, "SELECT count(*) FROM results")[1] == [(1,)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "measures-proposed.csv",
        warehouse.name,
        "suggestions.csv",
    ]


def test_a_build_that_fails_leaves_the_old_warehouse(tmp_path: Path) -> None:
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, LINES))
    codes = tmp_path / "codes"
    codes.mkdir()
    for path in CODES.glob("*.csv"):
        (codes / path.name).write_bytes(path.read_bytes())
    (codes / "rules.csv").write_text(
        "rule,severity,dimension,message,advice\nx,grave,accuracy,m,a\n", encoding="utf-8"
    )
    with pytest.raises(CodeListError, match=r"rules\.csv, line 2: severity is 'grave'"):
        load([scorecard("CAP", "2012/13", 1, LINES[:1])], codes, warehouse, {})
    assert run_query(warehouse, "SELECT count(*) FROM results")[1] == [(3,)]
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_nothing_at_all_gives_an_empty_warehouse(tmp_path: Path) -> None:
    rows = export_rows(build(tmp_path))
    assert rows["documents"] == rows["results"] == rows["findings"] == []


def test_a_document_that_could_not_be_read_is_listed_with_its_finding(tmp_path: Path) -> None:
    document = Document("abc", "2012-13/Q1/broken.pdf", "", "abc", "pdf", "scorecard", "CAP", "2012/13", 1)
    broken = Reading(document, {}, (Finding("file-damaged", None, "no pages", {}),), ())
    warehouse = build(tmp_path, broken, scorecard("CAP", "2012/13", 1, LINES))
    assert run_query(warehouse, "SELECT status, is_current FROM documents ORDER BY status")[1] == [
        ("read", True),
        ("unreadable", False),
    ]
    (found,) = run_query(
        warehouse,
        "SELECT severity, document_path, directorate, message FROM findings WHERE rule = 'file-damaged'",
    )[1]
    assert found == (
        "error",
        "2012-13/Q1/broken.pdf",
        "CAP",
        "The file 2012-13/Q1/broken.pdf is damaged and could not be opened: no pages",
    )


def test_the_same_file_twice_is_loaded_once_and_said(tmp_path: Path) -> None:
    first = scorecard("CAP", "2012/13", 1, LINES)
    document = {**first.rows["documents"][0], "document_path": "copy.txt"}
    copy = replace(first, rows={**first.rows, "documents": (document,)})
    warehouse = build(tmp_path, first, copy)
    assert run_query(warehouse, "SELECT count(*) FROM results")[1] == [(3,)]
    found = run_query(warehouse, "SELECT document_path, message FROM findings WHERE rule = 'file-duplicate'")[
        1
    ]
    assert found == [
        (
            "copy.txt",
            "copy.txt is byte for byte the same file as 2012-13/Q1/CAP-scorecard.txt; it was read once.",
        )
    ]


def test_a_rule_that_nobody_described_keeps_its_finding(tmp_path: Path) -> None:
    reading = scorecard(
        "CAP", "2012/13", 1, LINES, findings=(Finding("odd-thing", None, "what is this", {}),)
    )
    warehouse = build(tmp_path, reading)
    assert run_query(warehouse, "SELECT severity, message FROM findings WHERE rule = 'odd-thing'")[1] == [
        ("warning", "The rule “odd-thing” is not described in the list of rules. what is this ")
    ]


def test_a_finding_about_no_document_is_kept(tmp_path: Path) -> None:
    warehouse = tmp_path / "scorecards.duckdb"
    loose = Finding(
        "manifest-names-no-file", None, "2012-13/Q1/gone.pdf", {"document_path": "2012-13/Q1/gone.pdf"}
    )
    load([], CODES, warehouse, {}, [loose])
    sql = "SELECT severity, document_path, message FROM findings"
    assert run_query(warehouse, sql)[1] == [
        (
            "warning",
            "2012-13/Q1/gone.pdf",
            "raw/manifest.csv names 2012-13/Q1/gone.pdf, but there is no such file.",
        )
    ]


def test_a_query_can_read_nothing_but_the_warehouse(warehouse: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    for sql in (
        f"SELECT * FROM '{secret}'",
        f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/other.duckdb'",
        "SET enable_external_access = true",
        "CREATE TABLE t AS SELECT 1",
    ):
        with pytest.raises(duckdb.Error):
            run_query(warehouse, sql)
    with pytest.raises(FileNotFoundError, match="make ingest"):
        run_query(tmp_path / "none.duckdb", "SELECT 1")


def test_a_check_that_returns_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.sql").write_text("SELECT 1 AS colour", encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA built; CREATE SCHEMA readings")
        connection.execute(
            "CREATE TABLE readings.findings (document_id VARCHAR, rule VARCHAR, place VARCHAR, quote VARCHAR, "
            "quarter INTEGER, measure VARCHAR, detail JSON)"
        )
        connection.execute("CREATE TABLE built.findings AS SELECT *, '' AS found_by FROM readings.findings")
        with pytest.raises(SqlError, match=r"odd\.sql returns columns .*: colour"):
            run_checks(connection, tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("increase the level of staff engagement", "Increase the Level of Staff  Engagement."),
        ("Every year 100% of staff", "Every year 100 per cent of staff"),
        ("Every year 100% of staff", "every year 100 percent of staff"),
        ("Percentage of calls answered", "% of calls answered"),
        ("Research & intelligence", "Research and Intelligence"),
        ("the council’s website", "the council's website"),
        ("“Taking everything into account”", '"Taking everything into account"'),
        ("Café visits", "CAFE VISITS"),
        ("368,500 uses", "368500 uses"),
        ("On-line trans­actions", "On line transactions"),
    ],
)
def test_what_does_not_matter_joins(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)
    assert measure_id(one, "CAP") == measure_id(other, "CAP")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Calls answered within 2.5 minutes", "Calls answered within 25 minutes"),
        ("By March 2012 100% of decisions", "By March 2013 100% of decisions"),
        ("Increase complaints answered", "Decrease complaints answered"),
        (
            "Every year we will be able to evidence that consultation has taken place in 100 per cent of major decisions affecting the lives of communities",
            "By March 2012 100% of key and major decisions have evidence that consultation has taken place with local people",
        ),
    ],
)
def test_what_matters_does_not_join(one: str, other: str) -> None:
    assert measure_id(one, "CAP") != measure_id(other, "CAP")


def test_an_identity_never_changes() -> None:
    assert measure_id("Number of library visits", "CAP") == "number-of-library-visits-98d6e7f2"
    assert measure_id("Number of library visits", "CDS") != measure_id("Number of library visits", "CAP")


def test_identity_follows_a_renamed_directorate_but_not_a_merged_one() -> None:
    history = [
        {"what": "directorate", "old": "A", "new": "B", "change": "renamed"},
        {"what": "directorate", "old": "B", "new": "C", "change": "renamed"},
        {"what": "directorate", "old": "A", "new": "M", "change": "merged"},
    ]
    identities = Identities.from_lists([], history)
    assert identities.of("Visits", "C", None) == identities.of("visits", "A", "x")
    assert identities.of("Visits", "M", None) != identities.of("Visits", "A", None)


def test_a_decision_counts_and_the_narrower_one_first() -> None:
    wordings: list[dict[str, str | None]] = [
        {"wording": "Number of complaints", "directorate": None, "section": None, "measure_id": "all"},
        {
            "wording": "number of complaints",
            "directorate": "CAP",
            "section": "Housing",
            "measure_id": "housing",
        },
    ]
    identities = Identities.from_lists(wordings, [])
    assert identities.of("Number of Complaints", "CAP", "HOUSING") == ("housing", "decided")
    assert identities.of("Number of Complaints", "CAP", "Parks") == ("all", "decided")
