"""Questions go out as workbooks; what comes back is remembered, applied and shown."""

from __future__ import annotations

import datetime
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.cache import Cache
from pipeline.limits import Limits
from pipeline.query import run_query
from pipeline.report import write_report
from pipeline.runs import Changes
from pipeline.summary import record_of
from tests.readings import Line, build, scorecard

NEEDS = ("soffice",)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "answers").mkdir(parents=True)
    return tmp_path / "raw"


def warehouse(raw: Path) -> Path:
    """A warehouse with a result a hundred times too large, and a measure whose wording is a formula."""
    lines = [
        Line("Visits to the harbour", "100", {1: "90", 2: "91", 3: "9300"}),
        Line('=HYPERLINK("http://example.org")', "N/A", {3: "5"}),
    ]
    early = scorecard("HAR", "2013/14", 2, [Line("Visits to the harbour", "100", {1: "90", 2: "91"})])
    build(raw.parent, early, scorecard("HAR", "2013/14", 3, lines), raw=str(raw))
    write_report(raw.parent)
    return raw.parent / "scorecards.duckdb"


def sent(raw: Path) -> Path:
    (file,) = (raw.parent / "report" / "queries").glob("*Q3*.xlsx")
    return file


def answer(raw: Path, place_of: str, **written: Any) -> None:
    """Fill in the line whose quote is ``place_of`` and put the workbook into raw/answers/."""
    workbook = openpyxl.load_workbook(sent(raw))
    sheet = workbook.active
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[headings.index("Quote")].value == place_of:
            for heading, value in written.items():
                row[headings.index(heading.replace("_", " "))].value = value
    workbook.save(raw / "answers" / "back.xlsx")


def test_a_workbook_per_directorate_and_period(raw: Path) -> None:
    warehouse(raw)
    assert sent(raw).name == "HAR Q3 2013-14.xlsx"
    sheet = openpyxl.load_workbook(sent(raw)).active
    headings = [cell.value for cell in sheet[1]]
    assert headings[-4:] == ["Answer", "Corrected value", "Answered by", "Date"]
    rows = [
        dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
    ]
    doubtful = next(row for row in rows if row["Quote"] == "9300")
    assert "9300" in doubtful["Question"]
    assert doubtful["Place"] == "r1 c8"
    assert doubtful["Document"].endswith(".txt")
    assert not any(row["Answer"] or row["Corrected value"] for row in rows)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_corrected_value_is_applied_and_shown(raw: Path) -> None:
    database = warehouse(raw)
    answer(
        raw,
        "9300",
        Answer="A slipped decimal point",
        Corrected_value="93",
        Answered_by="A. Clerk",
        Date=datetime.date(2014, 2, 3),
    )
    warehouse(raw)
    asked = (
        "SELECT value, value_text, corrected_to FROM latest_results WHERE quarter = 3 AND value_text = '9300'"
    )
    assert run_query(database, asked)[1] == [(93.0, "9300", "93")]
    kept = run_query(database, "SELECT why, decided_by, decided_on::VARCHAR FROM codes.corrections")[1]
    assert kept == [("A slipped decimal point", "A. Clerk", "2014-02-03")]
    assert not run_query(database, "FROM findings WHERE rule IN ('result-out-of-scale', 'correction-stale')")[
        1
    ]


def test_a_correction_is_told_on_the_page_and_among_what_changed(raw: Path) -> None:
    """A line of raw/corrections.csv about another text of the cell does not stand in its way."""
    (raw / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        "2013-14/Q3/HAR-scorecard.txt,r1 c8,9200,92,typed wrongly,Team,2014-01-05\n",
        encoding="utf-8",
    )
    database = warehouse(raw)
    written = {"Corrected_value": "93", "Answered_by": "A. Clerk", "Date": "2014-02-03"}
    answer(raw, "9300", Answer="A slipped decimal point", **written)
    warehouse(raw)
    asked = "SELECT value FROM latest_results WHERE quarter = 3 AND value_text = '9300'"
    assert run_query(database, asked)[1] == [(93.0,)]
    page = (raw.parent / "report" / "directorate-har.html").read_text(encoding="utf-8")
    told = page[page.index("Corrections in force") :]
    for said in ("9300", "93", "A slipped decimal point", "A. Clerk", "3 February 2014"):
        assert f">{said}" in told or f"{said}<" in told, said
    overview = (raw.parent / "report" / "index.html").read_text(encoding="utf-8")
    assert "Read anew" in overview
    assert "read as 9,300" in overview
    assert "read as 93<" in overview


def test_messages_quote_a_corrected_text_with_its_correction(raw: Path) -> None:
    lines = [Line("Visits to the harbour", "100", {1: "9300"})]
    both = [scorecard("HAR", "2013/14", 1, lines, role=role) for role in ("scorecard", "return")]
    build(raw.parent, *both, raw=str(raw))
    document, place = run_query(
        raw.parent / "scorecards.duckdb",
        "SELECT document_path, place FROM results WHERE document_role = 'scorecard'",
    )[1][0]
    (raw / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        f"{document},{place},9300,93,typed wrongly,Team,2014-01-05\n",
        encoding="utf-8",
    )
    build(raw.parent, *both, raw=str(raw))
    asked = "SELECT message FROM findings WHERE rule = 'sources-differ'"
    ((message,),) = run_query(raw.parent / "scorecards.duckdb", asked)[1]
    assert "the scorecard says 9300 (corrected to 93), the return says 9300 (another unit)" in message


def test_an_answer_without_a_correction_is_remembered_and_shown(raw: Path) -> None:
    database = warehouse(raw)
    answer(
        raw, "9300", Answer="It is right: <b>three ships</b>", Answered_by="A. Clerk", Date="3 February 2014"
    )
    warehouse(raw)
    found = run_query(database, "SELECT answer, answered_on FROM built.answers")[1]
    assert found == [("It is right: <b>three ships</b>", "2014-02-03")]
    page = (raw.parent / "report" / "directorate-har.html").read_text(encoding="utf-8")
    assert "It is right: &lt;b&gt;three ships&lt;/b&gt;" in page
    assert page.count('data-state="open answered"') == 1
    assert "A. Clerk" in page


def as_saved(raw: Path, form: str, folder: Path) -> None:
    """The workbook as somebody moved it about and LibreOffice saved it: a new first column, a note above the headings,
    a line taken out, a percentage and a day typed as such."""
    workbook = openpyxl.load_workbook(sent(raw))
    sheet = workbook.active
    headings = [cell.value for cell in sheet[1]]
    (line,) = [
        row[0].row for row in sheet.iter_rows(min_row=2) if row[headings.index("Quote")].value == "9300"
    ]
    written = ("Late, sorry; \u201cthree\u201d ships", 0.93125, "Zo\u00eb Clerk", datetime.date(2014, 2, 3))
    for heading, value in zip(("Answer", "Corrected value", "Answered by", "Date"), written, strict=True):
        sheet.cell(line, headings.index(heading) + 1).value = value
    sheet.cell(line, headings.index("Corrected value") + 1).number_format = "0.000%"
    for other in range(sheet.max_row, 1, -1):
        if other != line:
            sheet.delete_rows(other)
            break
    sheet.auto_filter.ref = None
    sheet.insert_cols(1)
    sheet.insert_rows(1)
    sheet["A1"] = "Dear team, here it is"
    workbook.save(folder / "with our answer.xlsx")
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    into = ["--convert-to", form, "--outdir", str(raw / "answers"), str(folder / "with our answer.xlsx")]
    subprocess.run(["soffice", "--headless", home, *into], check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", "csv"])
def test_a_workbook_comes_back_as_whatever_a_program_saved(raw: Path, tmp_path: Path, form: str) -> None:
    database = warehouse(raw)
    as_saved(raw, form, tmp_path)
    warehouse(raw)
    asked = "SELECT meaning, why, decided_by, decided_on::VARCHAR FROM codes.corrections"
    why = "Late, sorry; \u201cthree\u201d ships"
    assert run_query(database, asked)[1] == [("93.125%", why, "Zo\u00eb Clerk", "2014-02-03")]
    assert run_query(database, "FROM findings WHERE rule = 'decision-unread'")[1] == []


def test_what_was_answered_stands_in_the_next_workbook_and_is_not_asked_again(raw: Path) -> None:
    warehouse(raw)
    answer(raw, "9300", Answer="It is right", Answered_by="A. Clerk", Date="3 February 2014")
    warehouse(raw)
    sheet = openpyxl.load_workbook(sent(raw)).active
    headings = [cell.value for cell in sheet[1]]
    answered = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[headings.index("Answer")]]
    assert [row[-4:] for row in answered] == [
        ("It is right", None, "A. Clerk", datetime.datetime(2014, 2, 3))
    ]


def test_an_answer_is_kept_when_its_question_does_not_arise_any_more(raw: Path) -> None:
    warehouse(raw)
    answer(
        raw, "9300", Answer="A typing error; a new file follows", Answered_by="A. Clerk", Date="2014-02-03"
    )
    build(
        raw.parent,
        scorecard("HAR", "2013/14", 3, [Line("Visits to the harbour", "100", {3: "93"})]),
        raw=str(raw),
    )
    write_report(raw.parent)
    page = (raw.parent / "report" / "directorate-har.html").read_text(encoding="utf-8")
    told = page[page.index("Answers to earlier questions") :]
    assert "A typing error; a new file follows" in told
    assert "9300 for \u201cVisits to the harbour\u201d" in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"Corrected_value": "93", "Date": "2014-02-03"}, "the name of who answered"),
        ({"Corrected_value": "93", "Answered_by": "A. Clerk"}, "the day"),
        ({"Answer": "yes", "Date": "some day"}, "some day is no day"),
    ],
)
def test_a_line_that_cannot_be_used_is_a_finding(raw: Path, written: dict[str, str], said: str) -> None:
    database = warehouse(raw)
    answer(raw, "9300", **written)
    warehouse(raw)
    messages = run_query(database, "SELECT message FROM findings WHERE rule = 'decision-unread'")[1]
    assert len(messages) == 1
    assert said in messages[0][0]
    assert "answers/back.xlsx" in messages[0][0]
    assert run_query(database, "FROM codes.corrections")[1] == []


def test_an_answer_against_a_decision_of_the_team_is_a_finding(raw: Path) -> None:
    database = warehouse(raw)
    place = run_query(database, "SELECT place FROM results WHERE value_text = '9300'")[1][0][0]
    (raw / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        f"2013-14/Q3/HAR-scorecard.txt,{place},9300,93,typed wrongly,Team,2014-01-05\n",
        encoding="utf-8",
    )
    answer(raw, "9300", Corrected_value="94", Answered_by="A. Clerk", Date="2014-02-03")
    warehouse(raw)
    assert run_query(database, "SELECT meaning FROM codes.corrections")[1] == [("93",)]
    messages = run_query(database, "SELECT message FROM findings WHERE rule = 'decision-unread'")[1]
    assert "raw/corrections.csv reads the text as 93, and that counts" in messages[0][0]


def test_files_that_are_no_workbook_of_questions_are_findings(raw: Path) -> None:
    (raw / "answers" / "broken.xlsx").write_bytes(b"PK\x03\x04 no more")
    (raw / "answers" / "letter.txt").write_text("Dear team", encoding="utf-8")
    workbook = openpyxl.Workbook()
    workbook.save(raw / "answers" / "other.xlsx")
    (raw / "answers" / "caf\udce9.xlsx").write_bytes(b"PK")
    (raw / "answers" / "elsewhere.xlsx").symlink_to("/etc/hostname")
    with zipfile.ZipFile(raw / "answers" / "swollen.xlsx", "w", zipfile.ZIP_DEFLATED) as swollen:
        for number in range(7):
            swollen.writestr(f"xl/{number}", bytes(9 << 20))
    found = run_query(
        warehouse(raw), "SELECT detail ->> 'file' FROM findings WHERE rule = 'decision-unread' ORDER BY 1"
    )
    names = ("broken.xlsx", r"caf\xe9.xlsx", "elsewhere.xlsx", "letter.txt", "other.xlsx", "swollen.xlsx")
    assert [row[0] for row in found[1]] == [f"answers/{name}" for name in names]


def test_a_percentage_and_a_number_typed_as_such(raw: Path) -> None:
    database = warehouse(raw)
    answer(raw, "9300", Corrected_value=93.5, Answered_by="A. Clerk", Date="2014-02-03")
    warehouse(raw)
    assert run_query(database, "SELECT meaning FROM codes.corrections")[1] == [("93.5",)]


def test_an_answer_alone_makes_the_next_ingest_build_anew(raw: Path) -> None:
    def inputs() -> str:
        cache = Cache(raw.parent / "cache", "1", Limits())
        record = record_of("now", raw, [], Changes(0, 0, 0, (), ()), [], cache, [])
        return str(record["inputs"])

    before = inputs()
    assert inputs() == before
    (raw / "answers" / "back.xlsx").write_bytes(b"PK")
    assert inputs() != before
