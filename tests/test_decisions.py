"""People's decisions in raw/: corrections and waivers hold, go stale and are shown; a wrong line is named in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.codes import load_codes
from pipeline.codes.lists import CodeListError
from pipeline.declared import read_manifest
from pipeline.query import run_query
from tests.readings import Line, build, codes_with, scorecard

ROOT = Path(__file__).resolve().parents[1]
HEAD = "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
PATH = "2012-13/Q1/CAP-scorecard.txt"
READING = scorecard(
    "CAP",
    "2012/13",
    1,
    [Line("Visits", "90%", {1: "85"}, rag="Green"), Line("Pair", "a) 1 b) 2", {1: "a) 6 b) 7"})],
)


def ask(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    return run_query(warehouse, sql)[1]


def test_a_correction_holds_while_the_source_reads_so_and_is_shown(tmp_path: Path) -> None:
    head = "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
    path = "2012-13/Q1/CAP-scorecard.txt"
    (tmp_path / "corrections.csv").write_text(
        head + f"{path},r1 c6,85,85%,the sign is missing,Officer,2012-08-01\n"
        f"{path},r1 c5,9%,90%,the nought is missing,Officer,2012-08-01\n"
        f"{path},r2 c6,71%,72%,typing error,Officer,2012-08-01\n"
        f"{path},r2 c6,70%,72%,,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    reading = scorecard(
        "CAP", "2012/13", 1, [Line("Visits", "9%", {1: "85"}), Line("Calls", "9", {1: "70%"})]
    )
    warehouse = build(tmp_path, reading, raw=str(tmp_path))
    columns = "value_text, value, unit, target_value, corrected_to"
    assert ask(warehouse, f"SELECT {columns} FROM results ORDER BY measure") == [
        ("70%", 70.0, "percent", 9.0, None),
        ("85", 85.0, "percent", 90.0, "85%"),
    ]
    assert ask(warehouse, "SELECT value, unit FROM readings.results WHERE value_text = '85'") == [
        (85.0, None)
    ]
    rules = ask(
        warehouse,
        "SELECT rule, quote FROM findings WHERE rule IN ('correction-stale', 'decision-unread') ORDER BY ALL",
    )
    assert [row[0] for row in rules] == ["correction-stale", "decision-unread"]
    assert rules[0][1] == "71%"


def test_a_correction_of_a_rating_counts_in_the_matrix(tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        "2012-13/Q1/CAP-scorecard.txt,r1 c3,Green,Amber,agreed at the meeting,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    lines = [
        Line("Visits", "9", {1: "8"}, rag="Green"),
        Line("Calls", "9", {1: "8"}, priority="Other", rag="Green"),
    ]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, lines), raw=str(tmp_path))
    assert ask(warehouse, "SELECT rag_text, rag FROM priorities ORDER BY rag") == [
        ("Green", "Amber"),
        ("Green", "Green"),
    ]
    assert ask(warehouse, "SELECT amber, green FROM rag_matrix") == [(1, 1)]
    assert ask(warehouse, "SELECT count(*) FROM findings WHERE rule = 'correction-stale'") == [(0,)]


def test_a_correction_of_a_measures_own_rating_counts(tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text(
        f"{HEAD}{PATH},r1 c9,Green,amber,agreed at the meeting,Officer,2012-08-01\n"
        f"{PATH},r2 c9,Red,Purple,agreed at the meeting,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    lines = [
        Line("Visits", "9", {1: "8"}, measure_rag="Green"),
        Line("Calls", "9", {1: "8"}, measure_rag="Red"),
    ]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, lines), raw=str(tmp_path))
    columns = "measure, rag_text, rag, rag_place, rag_corrected_to"
    assert ask(warehouse, f"SELECT {columns} FROM measures_reported ORDER BY measure") == [
        ("Calls", "Red", "Red", "r2 c9", None),
        ("Visits", "Green", "Amber", "r1 c9", "amber"),
    ]
    assert ask(warehouse, "SELECT place, state, field FROM corrections ORDER BY place") == [
        ("r1 c9", "applied", "rag"),
        ("r2 c9", "not applied", "rag"),
    ]


def test_a_waiver_marks_the_finding_until_its_day(tmp_path: Path) -> None:
    (tmp_path / "waivers.csv").write_text(
        "rule,document_path,place,measure,until,why,decided_by,decided_on\n"
        "measure-without-target,,,visits,2012-12-31,baseline year,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    reading = scorecard(
        "CAP", "2012/13", 1, [Line("Visits", "N/A", {1: "8"}), Line("Calls", "N/A", {1: "7"})]
    )
    sql = "SELECT measure, waived, waived_by FROM findings WHERE rule = 'measure-without-target' ORDER BY measure"
    warehouse = build(tmp_path, reading, raw=str(tmp_path), as_of="2012-12-31")
    assert ask(warehouse, sql) == [("Calls", False, None), ("Visits", True, "Officer")]
    warehouse = build(tmp_path, reading, raw=str(tmp_path), as_of="2013-01-01")
    assert ask(warehouse, sql) == [("Calls", False, None), ("Visits", False, None)]
    assert ask(warehouse, "SELECT count(*) FROM findings WHERE rule = 'waiver-expired'") == [(1,)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"{HEAD}{PATH},r1 c6,85,85%,w,O,2012-08-01", []),
        (f"{HEAD}raw/{PATH},r1 c6,85,85%,w,O,01/08/2012\r\n\r\n,,,,,,\r\n", []),
        ("", None),
        (
            f"{HEAD}{PATH},r1 c6,85,85%,w,O,2012-08-01\n{PATH},r1 c6,85,86%,w,O,2012-08-02\n",
            ["line 3: the same document_path, place, expected_text stands twice"],
        ),
        (
            f"{HEAD}{PATH},r1 c6,85,85%,w,O,2012-13-45\n",
            ["line 2: decided_on is '2012-13-45', which is no day; write 2012-07-31"],
        ),
        (f"{HEAD}{PATH},r1 c6,85,85%,,O,2012-08-01\n", ["line 2: why is missing"]),
        (
            f"{HEAD}{PATH},r1 c6,85,85%,w, x,O,2012-08-01\n",
            [
                "line 2: it has more fields than the heading; decided_on is 'O', which is no day; write 2012-07-31"
            ],
        ),
        (
            f"{HEAD}{PATH},r1 c6,85,85%\0,w,O,2012-08-01\n",
            ["line 2: meaning holds a character without meaning (NUL)"],
        ),
        (
            HEAD.replace("why", "reason") + f"{PATH},r1 c6,85,85%,w,O,2012-08-01\n",
            ["the column reason is not known; the column why is missing"],
        ),
        (
            (HEAD + f"{PATH},r1 c6,85,85%,w,O,2012-08-01\n").replace(",", ";"),
            ["its fields are not parted by commas; in Excel choose the type “CSV UTF-8 (Comma delimited)”"],
        ),
        (
            (HEAD + f"{PATH},r1 c6,85,£85,w,O,2012-08-01\n").encode("cp1252"),
            ["the file is not saved as UTF-8; in Excel choose the type “CSV UTF-8 (Comma delimited)”"],
        ),
        (
            f'{HEAD}{PATH},r1 c6,85,"85%,w,O,2012-08-01\n{PATH},r1 c6,85,85%,w,O,2012-08-01\n',
            ["line 2: why is missing; decided_by is missing; decided_on is missing"],
        ),
    ],
)
def test_a_list_of_corrections_as_people_write_it(
    written: str | bytes, said: list[str] | None, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.csv"
    file.write_bytes(written if isinstance(written, bytes) else written.encode())
    warehouse = build(tmp_path, READING, raw=str(tmp_path))
    found = ask(warehouse, "SELECT message FROM findings WHERE rule = 'decision-unread'")
    assert [row[0] for row in found] == [
        f"corrections.csv holds what could not be used: {fault}." for fault in said or ()
    ]
    applied = said is not None and not [fault for fault in said if "twice" not in fault]
    assert ask(warehouse, "SELECT unit FROM results WHERE value_text = '85'") == [
        ("percent" if applied else None,)
    ]


@pytest.mark.parametrize(
    ("place", "printed", "meaning", "state", "why_not"),
    [
        ("r1 c6", "85", "85%", "applied", None),
        ("r1 c6", "85", "N/A", "applied", None),
        ("r1 c5", "90%", "95%", "applied", None),
        ("r1 c3", "Green", "amber", "applied", None),
        ("r2 c6", "a) 6 b) 7", "a) 8 b) 9", "applied", None),
        ("r2 c6", "a) 6 b) 7", "N/A", "applied", None),
        ("r2 c6", "a) 6 b) 7", "9", "not applied", "it has not the parts (a, b, ...) of the printed result"),
        ("r1 c6", "85", "a) 8 b) 9", "not applied", "it has not the parts (a, b, ...) of the printed result"),
        (
            "r1 c3",
            "Green",
            "Purple",
            "not applied",
            "it is none of the ratings that schemas/codes/ratings.csv knows",
        ),
        (
            "r1 c4",
            "Visits",
            "Visitors",
            "not applied",
            "only results, targets and ratings can be corrected",
        ),
        ("r1 c6", "86", "85%", "stale", None),
        ("r9 c9", "85", "85%", "stale", None),
    ],
)
def test_every_correction_is_shown_with_what_became_of_it(
    place: str, printed: str, meaning: str, state: str, why_not: str | None, tmp_path: Path
) -> None:
    (tmp_path / "corrections.csv").write_text(
        f"{HEAD}{PATH},{place},{printed},{meaning},typing error,Officer,2012-08-01\n", encoding="utf-8"
    )
    warehouse = build(tmp_path, READING, raw=str(tmp_path))
    shown = "SELECT state, meaning, why, decided_by, decided_on::VARCHAR FROM corrections"
    assert ask(warehouse, shown) == [(state, meaning, "typing error", "Officer", "2012-08-01")]
    found = ask(warehouse, "SELECT rule, message FROM findings WHERE rule LIKE 'correction-%'")
    rule = {"applied": [], "stale": ["correction-stale"], "not applied": ["correction-not-applied"]}[state]
    assert [row[0] for row in found] == rule
    assert all(f"was not applied: {why_not}." in row[1] for row in found if why_not)
    assert ask(warehouse, "SELECT count(*) FROM results") == [(3,)]


def test_a_correction_was_not_believed_before_it_was_decided(tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text(
        f"{HEAD}{PATH},r1 c6,85,75%,typing error,Officer,2012-08-01\n", encoding="utf-8"
    )
    warehouse = build(tmp_path, READING, raw=str(tmp_path))
    sql = "SELECT value, unit FROM as_at('{}') WHERE measure = 'Visits'"
    assert ask(warehouse, sql.format("2012-07-31")) == [(85.0, None)]
    assert ask(warehouse, sql.format("2012-08-01")) == [(75.0, "percent")]


def test_every_waiver_is_shown_with_the_findings_it_speaks_of(tmp_path: Path) -> None:
    (tmp_path / "waivers.csv").write_text(
        "rule,document_path,place,measure,until,why,decided_by,decided_on\n"
        f"measure-without-target,{PATH},,,2012-12-31,baseline year,Officer,2012-08-01\n"
        f"measure-without-target,{PATH},,Visits,2012-11-30,too early,Officer,2012-08-01\n"
        f"measure-without-targets,{PATH},,,2012-12-31,a slip of the pen,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    reading = scorecard("CAP", "2012/13", 1, [Line("Visits", "N/A", {1: "8"}), Line("Calls", "9", {1: "7"})])
    warehouse = build(tmp_path, reading, raw=str(tmp_path), as_of="2012-12-31")
    assert ask(warehouse, "SELECT why, state, findings FROM waivers ORDER BY ALL") == [
        ("a slip of the pen", "matches no finding", 0),
        ("baseline year", "in force", 1),
        ("too early", "expired", 1),
    ]


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("measures", "staff-appraisals,Again,corporate,,,,,,,,stated,,", "the same measure_id stands twice"),
        (
            "measures",
            "new,New,directorate,,upwards,,,,,,stated,,",
            "polarity is 'upwards', none of higher, lower, on target",
        ),
        ("measures", "new,New,directorate,,,,,a lot,,,stated,,", "tolerance is 'a lot', not a number"),
        (
            "wordings",
            "increase the level of STAFF engagement.,,,another,,,",
            "stands also in line 3, for staff-engagement",
        ),
        (
            "expected",
            "CAP,return,2012/14,1,,,30",
            "from_year is '2012/14', which is no financial year; write 2012/13",
        ),
        (
            "expected",
            "CAP,return,Dec-11,1,,,30",
            "from_year is 'Dec-11', which is no financial year; write 2012/13",
        ),
        ("series_breaks", "visits,,2012/13,5,why", "quarter is 5, which breaks less_than_or_equal_to(4)"),
    ],
)
def test_a_wrong_line_of_a_code_list_stops_the_build_with_its_number(
    name: str, line: str, said: str, tmp_path: Path
) -> None:
    codes = codes_with(tmp_path / "codes", **{name: line + "\n"})
    number = len((codes / f"{name}.csv").read_text(encoding="utf-8").splitlines())
    with pytest.raises(CodeListError) as error:
        build(tmp_path, READING, codes=codes)
    assert str(error.value) == f"{name}.csv, line {number}: {said}"


HEADING, LINE = "heading,field\n", "Measure,measure\n"
BROKEN = {
    "NULs in the heading": (b"\0" * 2000, "its heading holds characters without meaning (NUL)"),
    "NUL in a line": (
        (HEADING + "Mea\0sure,measure\n").encode(),
        "line 2: it holds a character without meaning",
    ),
    "UTF-16": ((HEADING + LINE).encode("utf-16"), "not saved as UTF-8; in Excel choose"),
    "Latin-1": (
        (HEADING + "Cost in \u00a3,unknown\n").encode("latin-1"),
        "not saved as UTF-8; in Excel choose",
    ),
    "a column missing": (b"heading\nMeasure\n", "the column field is missing"),
    "a column renamed": (b"heading,Field\nMeasure,measure\n", "the column field is missing"),
    "a column doubled": (b"heading,field,field\nMeasure,measure,target\n", "the column field stands twice"),
    "a huge field": (
        (HEADING + "x" * 300_000 + ",measure\n").encode(),
        "line 2 on: a field is longer than 131,072",
    ),
    "an open quotation mark": (
        (HEADING + '"Measure,measure\n').encode(),
        "line 2: the line has not as many fields",
    ),
    "semicolons": (
        (HEADING + LINE).replace(",", ";").encode("utf-8-sig"),
        "are not parted by commas; in Excel",
    ),
    "nothing": (b"", "the column heading is missing"),
}
"""What happens to a list on its way through a spreadsheet -> what the one line that is said of it holds."""


@pytest.mark.parametrize("what", BROKEN)
def test_a_code_list_that_a_spreadsheet_broke_says_what_to_do(what: str, tmp_path: Path) -> None:
    codes = codes_with(tmp_path / "codes")
    content, said = BROKEN[what]
    (codes / "headings.csv").write_bytes(content)
    with pytest.raises(CodeListError) as error:
        load_codes(codes)
    assert str(error.value).startswith("headings.csv")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("what", BROKEN)
def test_a_manifest_that_a_spreadsheet_broke_is_a_finding_not_a_fault(what: str, tmp_path: Path) -> None:
    """It loses what it declares, never the documents."""
    content, _ = BROKEN[what]
    (tmp_path / "manifest.csv").write_bytes(content.replace(b"heading", b"path").replace(b"field", b"role"))
    _, findings = read_manifest(tmp_path / "manifest.csv")
    assert {finding.rule for _, finding in findings} == (
        set() if what in ("nothing", "a column missing") else {"decision-unread"}
    )
    assert all("\n" not in finding.quote for _, finding in findings)


def test_a_broken_code_list_ends_a_run_with_one_line_before_a_document_is_read(tmp_path: Path) -> None:
    codes = codes_with(tmp_path / "codes")
    (codes / "units.csv").write_bytes((codes / "units.csv").read_bytes().replace(b",", b";"))
    order = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        "--warehouse",
        str(tmp_path / "w"),
        "--codes",
        str(codes),
    ]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (said,) = done.stderr.strip().splitlines()
    assert said.startswith("units.csv: its fields are not parted by commas")


def test_a_workbook_of_answers_that_is_open_in_excel_is_left_alone(tmp_path: Path) -> None:
    """Excel's ~$ file is no answer; a broken workbook and a list in a workbook's place are findings."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "~$CAP Q1.xlsx").write_bytes(b"\x05Officer" + bytes(150))
    (tmp_path / "answers" / "broken.xlsx").write_bytes(bytes(3000))
    (tmp_path / "answers" / "answers.csv").write_bytes(b"\0\0")
    warehouse = build(tmp_path, READING, raw=str(tmp_path))
    said = ask(
        warehouse, "SELECT detail ->> 'file' FROM findings WHERE rule = 'decision-unread' ORDER BY ALL"
    )
    assert said == [("answers/answers.csv",), ("answers/broken.xlsx",)]
