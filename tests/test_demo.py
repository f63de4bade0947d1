"""The fictional council: every figure is read as it was written, every planted fault shows where it must, and
nothing else is called wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from demo.facts import Facts
from demo.files import stored
from demo.write import write_council
from pipeline.query import open_warehouse, run_query
from pipeline.run import Options, ingest

ROOT = Path(__file__).resolve().parents[1]
PLANTED = ROOT / "demo" / "council" / "planted.csv"
QUESTIONS = re.findall(
    r"^## ([^\n]+)\n```sql\n([^`]+)```\n\n((?:\|[^\n]+\|\n)+)",
    (ROOT / "docs" / "questions.md").read_text("utf-8"),
    re.M | re.S,
)


def planted() -> list[dict[str, str]]:
    with PLANTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "council"
    write_council(folder)
    with pytest.raises(FileExistsError):
        write_council(folder)
    ingest(folder / "raw", folder / "warehouse", lambda *_: None, Options(codes=folder / "codes"))
    return folder / "warehouse" / "scorecards.duckdb"


def test_every_check_of_the_warehouse_finds_something_in_the_demo(warehouse: Path) -> None:
    found = run_query(warehouse, "SELECT DISTINCT rule FROM findings WHERE found_by = 'check' ORDER BY rule")[
        1
    ]
    assert [rule for (rule,) in found] == sorted(
        path.stem for path in (ROOT / "warehouse/checks").glob("*.sql")
    )


def test_the_page_of_questions_has_no_question_without_an_answer() -> None:
    assert len(QUESTIONS) == (ROOT / "docs" / "questions.md").read_text("utf-8").count("\n## ") > 24
    assert all(len(sql.strip().splitlines()) <= 4 for _, sql, _ in QUESTIONS)


@pytest.mark.parametrize(
    ("sql", "answer"), [(sql, answer) for _, sql, answer in QUESTIONS], ids=[q for q, *_ in QUESTIONS]
)
def test_a_question_has_the_answer_that_the_page_gives(sql: str, answer: str, warehouse: Path) -> None:
    names, rows = run_query(warehouse, sql)
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in answer.splitlines()]
    assert told[0] == names
    assert told[2:] == [[_shown(value) for value in row] for row in rows]


def _shown(value: object) -> str:
    """A value as a table on a page shows it: a wording that is broken between lines on one line."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())


def test_every_planted_fault_is_reported_at_its_place(warehouse: Path) -> None:
    wrong = []
    with open_warehouse(warehouse) as connection:
        for line in planted():
            where = f"FROM {line['view']} WHERE {line['condition']}"
            found = connection.execute(f"SELECT count(*) {where}").fetchall()[0][0]
            if found != int(line["rows"]):
                wrong.append(f"{line['no']} {line['what']}: {found} rows instead of {line['rows']}")
            if line["printed"]:
                cells = connection.execute(
                    f"SELECT c.text FROM (SELECT * {where}) AS f LEFT JOIN readings.cells AS c "
                    "ON f.document_id = c.document_id AND f.place = c.place"
                ).fetchall()
                wrong += [f"{line['no']} at {cell}" for (cell,) in cells if cell != line["printed"]]
    assert not wrong


def test_nothing_else_is_reported(warehouse: Path) -> None:
    expected = [f"({line['condition']})" for line in planted() if line["view"] == "findings"]
    more = f"SELECT severity, document_path, message FROM findings WHERE NOT ({' OR '.join(expected)})"
    assert run_query(warehouse, more)[1] == []
    assert run_query(warehouse, "SELECT count(*) FROM findings WHERE severity = 'error'")[1] == [(0,)]
    assert run_query(warehouse, "SELECT sum(unclaimed) FROM coverage")[1] == [(0,)]


def test_every_figure_of_every_document_is_read_as_it_was_written(warehouse: Path) -> None:
    written: Counter[tuple[str, str, int, str]] = Counter()
    for sheet in Facts().sheets():
        for entry in sheet.entries:
            for quarter in range(1, 5):
                text = entry.said[f"q{quarter}"]
                if text:
                    written[sheet.path, entry.said["measure"], quarter, text] += 1
    sql = "SELECT document_path, regexp_replace(measure, '\\s+', ' ', 'g'), quarter, value_text, value FROM results"
    rows = run_query(warehouse, sql)[1]
    # Of two files with the same bytes one is read.
    read = Counter((path.replace("-copy.", "."), *rest) for path, *rest, _ in rows)
    assert read == written
    for *_, text, value in rows:
        number = stored(text)
        if number and text != "273 days":
            assert value == pytest.approx(number[0] * (100 if text.endswith("%") else 1)), text


def test_a_reworded_measure_is_offered_for_joining(warehouse: Path) -> None:
    with (warehouse.parent / "suggestions.csv").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["directorate"], line["measure_id"]) == ("CHL", "rereferrals")
    assert line["wording"] == "Percentage of all referrals that are repeat referrals"


def test_corporate_measures_line_up_across_the_directorates(warehouse: Path) -> None:
    sql = (
        "SELECT measure_id, count(DISTINCT directorate) FROM cross_directorate "
        "WHERE financial_year = '2014/15' AND quarter = 4 GROUP BY 1 ORDER BY 1"
    )
    corporate = [m["measure_id"] for m in Facts().measures if not m["polarity"]]
    assert run_query(warehouse, sql)[1] == [(name, 6) for name in sorted(set(corporate))]
