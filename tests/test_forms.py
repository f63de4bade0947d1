"""Forms of workbooks and Word documents that councils use, each drawn here and read back."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import PatternFill

from pipeline.codes import FOLDER, load_codes
from tests.golden_compare import read

Rows = list[list[object]]
Found = list[tuple[str | None, int | None, dict[str, dict[int, str]]]]


def workbook(folder: Path, sheets: dict[str, Rows], fills: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
        for at, colour in (fills or {}).items():
            sheet[at].fill = PatternFill("solid", fgColor=colour)
    book.save(folder / "drawn.xlsx")
    return folder / "drawn.xlsx"


def found_in(file: Path) -> Found:
    """(directorate, quarter, {measure: {quarter: result}}) of each scorecard."""
    found: Found = []
    for reading in read(file):
        (document,) = reading.rows["documents"]
        assert not [row for row in reading.rows["cells"] if row["meaning"] == "cell-unread"]
        lines: dict[str, dict[int, str]] = {}
        for measure in reading.rows["measures"]:
            lines[measure["measure"]] = {
                row["quarter"]: row["value_text"]
                for row in reading.rows.get("results", ())
                if row["measure_no"] == measure["measure_no"]
            }
        found.append((document["directorate"], document["reported_quarter"], lines))
    return found


HEAD: list[object] = ["Measure", "Target", "Q1", "Q2", "RAG"]
COVER: Rows = [["Midshire County Council"], ["Corporate Performance Scorecard"], ["Quarter 2 2020/21"]]
BINS: list[object] = ["Missed bins", 40, 41, 38, "G"]
PUPILS: list[object] = ["Pupils absent", 12, 11, 13, "R"]
PLACE_AND_PEOPLE: Found = [
    ("Place", 2, {"Missed bins": {1: "41", 2: "38"}}),
    ("People", 2, {"Pupils absent": {1: "11", 2: "13"}}),
]
FORMS: dict[str, tuple[dict[str, Rows], Found]] = {
    "a sheet for each directorate": (
        {"Cover": COVER, "Place": [HEAD, BINS], "People": [HEAD, PUPILS], "Lists": [["RAG"], ["Red"]]},
        PLACE_AND_PEOPLE,
    ),
    "directorates in a column": (
        {"KPIs": [*COVER, [], ["Directorate", *HEAD], ["Place", *BINS], ["People", *PUPILS]]},
        PLACE_AND_PEOPLE,
    ),
    "directorates one below the other": (
        {
            "KPIs": [
                *COVER,
                [],
                ["Directorate: Place"],
                HEAD,
                BINS,
                [],
                ["Directorate: People"],
                HEAD,
                PUPILS,
            ]
        },
        PLACE_AND_PEOPLE,
    ),
    "a sheet for each quarter": (
        {
            "Front": [["Housing Services"], ["Performance return 2017/18"]],
            "Q1": [["Quarter 1 return"], [], ["Measure", "Target", "Actual"], ["Days to let a home", 25, 26]],
            "Q2": [["Quarter 2 return"], [], ["Measure", "Target", "Actual"], ["Days to let a home", 25, 27]],
        },
        [
            ("Housing Services", 1, {"Days to let a home": {1: "26"}}),
            ("Housing Services", 2, {"Days to let a home": {2: "27"}}),
        ],
    ),
    "rows labelled target and actual": (
        {
            "Return": [
                ["Fleet Services performance return Q2 2020/21"],
                [],
                ["Measure", None, "Q1", "Q2"],
                ["Vehicles off road", "Target", 5, 5],
                [None, "Actual", 6, 4],
                ["Fuel used", "Target", 900, 900],
                [None, "Actual", 880, 910],
            ]
        },
        [("Fleet Services", 2, {"Vehicles off road": {1: "6", 2: "4"}, "Fuel used": {1: "880", 2: "910"}})],
    ),
    "months beside quarters": (
        {
            "KPIs": [
                ["Customer Services scorecard Quarter 1 2021/22"],
                ["Measure", "Target", "Apr", "May", "Jun", "Q1"],
                ["Calls answered", 9000, 2900, 3010, 2875, 8785],
            ]
        },
        [("Customer Services", 1, {"Calls answered": {1: "8785"}})],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_workbook_is_read(form: str, tmp_path: Path) -> None:
    sheets, wanted = FORMS[form]
    assert found_in(workbook(tmp_path, sheets)) == wanted


def test_results_rated_by_the_colour_of_their_cells(tmp_path: Path) -> None:
    rows: Rows = [["Trading Standards Scorecard Quarter 2 2018/19"], HEAD[:4], BINS[:4], PUPILS[:4]]
    fills = {"C3": "FFC000", "D3": "00B050", "C4": "00B050", "D4": "FF0000"}
    (reading,) = read(workbook(tmp_path, {"KPIs": rows}, fills))
    assert [(m["rag"], m["rag_source"]) for m in reading.rows["measures"]] == [
        ("Green", "colour"),
        ("Red", "colour"),
    ]


def test_a_word_document_with_a_card_or_a_table_for_each_measure(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Highways Performance Report – Quarter 2 2021/22")
    document.add_heading("Defects made safe in 2 hours", 2)
    document.add_paragraph("Measured from the first call to the end of the visit, on all roads.")
    table = document.add_table(2, 3)
    for column, texts in enumerate((("Target", "98%"), ("Q1", "96%"), ("Q2", "99%"))):
        for row, text in enumerate(texts):
            table.cell(row, column).text = text
    card = document.add_table(0, 2)
    for pair in (
        ("Measure", "Gullies emptied"),
        ("Target", "12,000"),
        ("Q2 result", "6,250"),
        ("RAG", "Amber"),
    ):
        for cell, text in zip(card.add_row().cells, pair, strict=True):
            cell.text = text
    document.save(str(tmp_path / "drawn.docx"))
    lines = {"Defects made safe in 2 hours": {1: "96%", 2: "99%"}, "Gullies emptied": {2: "6,250"}}
    assert found_in(tmp_path / "drawn.docx") == [("Highways", 2, lines)]


NO_SCORECARDS: dict[str, Rows] = {
    "risk register": [
        ["Ref", "Risk description", "Current score", "Target score", "Trend", "RAG", "Risk owner"],
        ["R1", "Supplier failure", 12, 6, "↑", "Red", "JB"],
    ],
    "complaints log": [
        ["Ref", "Date received", "Service", "Description", "Status", "Outcome", "Target date"],
        ["C1", "02/04/2021", "Waste", "Bin not emptied", "Closed", "Upheld", "16/04/2021"],
    ],
    "audit tracker": [
        ["Ref", "Recommendation", "Priority", "Owner", "Target date", "Progress", "Status"],
        ["IA1", "Reconcile the ledger monthly", "High", "CFO", "31/03/2020", "Started", "Open"],
    ],
    "capital programme": [
        ["Scheme", "Original budget", "Revised budget", "Actual to date", "Forecast", "RAG"],
        ["School extension", 2000000, 2100000, 900000, 2150000, "Amber"],
    ],
}


@pytest.mark.parametrize("kind", NO_SCORECARDS)
def test_registers_logs_and_budgets_are_no_scorecards(kind: str, tmp_path: Path) -> None:
    rows: Rows = [[f"Corporate {kind} Quarter 2 2020/21"], *NO_SCORECARDS[kind]]
    assert read(workbook(tmp_path, {"Sheet1": rows})) == []


def test_tables_below_names_of_known_directorates_are_theirs(tmp_path: Path) -> None:
    """One paper for the whole council, a heading and a table for each directorate."""
    drawn = docx.Document()
    drawn.add_paragraph("Corporate scorecard Quarter 2 2020/21")
    for name, line in (("Place", BINS), ("People", PUPILS)):
        drawn.add_heading(name, 2)
        table = drawn.add_table(rows=0, cols=len(HEAD))
        for row in (HEAD, line):
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
    drawn.save(str(tmp_path / "drawn.docx"))
    lists = shutil.copytree(FOLDER, tmp_path / "codes")
    assert len(read(tmp_path / "drawn.docx", load_codes(lists))) == 1
    with (lists / "directorates.csv").open("a", encoding="utf-8") as opened:
        opened.write("Place,Place,\nPeople,People,\n")
    codes = load_codes(lists)
    place, people = read(tmp_path / "drawn.docx", codes)
    for reading, directorate, measure in (
        (place, "Place", "Missed bins"),
        (people, "People", "Pupils absent"),
    ):
        (document,) = reading.rows["documents"]
        assert (document["directorate"], document["financial_year"]) == (directorate, "2020/21")
        assert [row["measure"] for row in reading.rows["measures"]] == [measure]


def test_a_sentence_below_a_measure_is_its_comment(
    tmp_path: Path,
) -> None:
    rows: Rows = [
        ["Place scorecard, Quarter 2 2020/21"],
        [],
        HEAD,
        BINS,
        ["Two rounds were changed."],
        PUPILS,
        ["The school at Eastgate was closed for three weeks."],
    ]
    (reading,) = read(workbook(tmp_path, {"Place": rows}))
    assert [
        (row["measure"], row.get("comments"), row.get("section")) for row in reading.rows["measures"]
    ] == [
        ("Missed bins", "Two rounds were changed.", None),
        ("Pupils absent", "The school at Eastgate was closed for three weeks.", None),
    ]
