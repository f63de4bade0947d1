"""The README's own words: its questions are asked of a warehouse built by the command that it names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.query import export_rows, run_query

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)


def ingest(raw: Path, warehouse: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--warehouse", str(warehouse)]
    return subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("warehouse")
    done = ingest(ROOT / "raw", warehouse)
    assert done.returncode == 0, done.stderr
    assert "Cells unclaimed:   0" in done.stdout + done.stderr
    return warehouse


def test_there_are_six_questions() -> None:
    assert len(QUESTIONS) == 6


@pytest.mark.parametrize("number", range(6))
def test_each_question_is_answered(built: Path, number: int) -> None:
    names, rows = run_query(built / "scorecards.duckdb", QUESTIONS[number])
    assert names
    if "reconciliation" not in QUESTIONS[number]:
        assert rows


def test_nothing_is_unclaimed(built: Path) -> None:
    _, rows = run_query(
        built / "scorecards.duckdb",
        "SELECT sum(cells), sum(values_read + headings + furniture + findings), sum(unclaimed) FROM coverage",
    )
    cells, claimed, unclaimed = rows[0]
    assert cells == claimed > 300
    assert unclaimed == 0


def test_two_builds_hold_the_same_rows(built: Path, tmp_path: Path) -> None:
    assert ingest(ROOT / "raw", tmp_path).returncode == 0
    assert export_rows(tmp_path / "scorecards.duckdb") == export_rows(built / "scorecards.duckdb")


def test_a_file_that_is_no_scorecard_costs_only_itself(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "2012-13" / "Q1"
    folder.mkdir(parents=True)
    good = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"
    (folder / "good.txt").write_bytes(good.read_bytes())
    (folder / "letter.txt").write_text("Dear Sir,\nthank you for your letter of 3 May.\n", encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = ingest(tmp_path / "raw", tmp_path / "warehouse")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    database = tmp_path / "warehouse" / "scorecards.duckdb"
    _, rows = run_query(database, "SELECT document_path, status FROM documents ORDER BY ALL")
    assert [row[1] for row in rows] == ["unreadable", "read", "not_a_scorecard"]
    _, rows = run_query(database, "SELECT count(*) FROM results")
    assert rows == [(18,)]


def test_an_empty_folder_is_told_in_one_line(tmp_path: Path) -> None:
    done = ingest(tmp_path, tmp_path / "warehouse")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "put scorecards" in done.stderr.strip().splitlines()[-1]
