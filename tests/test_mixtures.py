"""Documents of which only a part is a scorecard: around it stand minutes, a budget, a register of risks, guidance, or
headings with nothing below. The law holds, and the measures and results are those of the scorecard and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import Font
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.golden_compare import one_line, whole
from tests.proofs import Proof

Lines = Sequence[Sequence[str]]

HEAD = [
    *("Priority", "Progress Summary", "RAG", "Supporting Measures", "Target", "Q1", "Q2", "Q3", "Q4"),
    "Portfolio",
]
SCORECARD: Lines = [
    ["Harbour Directorate Scorecard 2013/14"],
    ["Reporting Period : Quarter 2 2013/14"],
    HEAD,
    ["Keep the harbour open", "Dredging is on time.", "Green", "Days closed", "3", "1", "0", "", "", "Port"],
    ["", "", "", "Ships handled", "40", "44", "51", "", "", "Port"],
    [
        "Keep the water clean",
        "Two spills.",
        "Amber",
        "Spills cleared in a day",
        "95%",
        "88%",
        "N/A",
        "",
        "",
        "Port",
    ],
]
MEASURES = {
    "Days closed": ("1", "0"),
    "Ships handled": ("44", "51"),
    "Spills cleared in a day": ("88%", "N/A"),
}

OTHERS: dict[str, Lines] = {
    "minutes": [
        ["Minutes of the Harbour Panel held on 14 October 2013"],
        ["1. Apologies were received from Councillor Pike."],
        ["2. Performance. Members noted that 88% of spills were cleared against a target of 95%."],
        ["Resolved: that the report be noted."],
    ],
    "budget": [
        ["Revenue budget 2013/14 (£)"],
        ["Service", "2012/13 Actual", "2013/14 Budget", "Change %"],
        ["Dredging", "1,204,000", "1,310,000", "8.8"],
        ["Pilots", "480,500", "466,000", "-3.0"],
        ["Total", "1,684,500", "1,776,000", "5.4"],
    ],
    "risks": [
        ["Risk register"],
        ["Ref", "Risk", "Likelihood", "Impact", "Score", "Mitigation", "Risk owner"],
        ["R1", "Storm damage to the pier", "3", "5", "15", "Inspection every month", "A. Hill"],
        ["R2", "Loss of the dredger", "2", "4", "8", "Contract for hire", "B. Dale"],
    ],
    "key": [
        ["Key to ratings"],
        ["RAG", "Meaning", "What is done"],
        ["Green", "On target", "Nothing"],
        ["Amber", "Within 5% of target", "Watched by the directorate"],
        ["Red", "More than 5% off target", "Reported to cabinet"],
    ],
    "actions": [
        ["Actions from the last meeting"],
        ["Ref", "Action", "Owner", "Due date", "Status"],
        ["A1", "Write to the port users", "B. Dale", "1 December 2013", "Done"],
        ["A2", "Report on the winter plan", "A. Hill", "14 January 2014", "Open"],
    ],
    "streets": [
        ["Wardens by street"],
        ["Street", "2012", "2013", "Change"],
        ["High Street", "2", "3", "1"],
        ["Quay", "1", "4", "3"],
    ],
    "attendance": [
        ["Attendance"],
        ["Councillor", "Possible", "Actual", "Per cent"],
        ["Pike", "4", "3", "75%"],
        ["Yeo", "4", "4", "100%"],
    ],
    "definitions": [
        ["Definitions"],
        ["Measure", "Definition"],
        ["Days closed", "Days on which no ship may enter"],
        ["Ships handled", "Ships that left the harbour"],
    ],
    "guidance": [
        ["How to fill in the return"],
        ["Give the figure of the quarter, not of the year."],
        ["Write N/A where there is none."],
    ],
    "headings": [HEAD],
}


def as_text(pieces: Sequence[Lines], folder: Path) -> Path:
    """One after the other, parted by a blank line."""
    file = folder / "mixed.txt"
    file.write_text(
        "\n\n".join("\n".join("\t".join(line) for line in piece) for piece in pieces), encoding="utf-8"
    )
    return file


def _write(sheet: openpyxl.worksheet.worksheet.Worksheet, piece: Lines, first: int) -> int:
    for row, line in enumerate(piece, first):
        for column, text in enumerate(line, 1):
            if text:
                sheet.cell(row, column, text).number_format = "@"
    return first + len(piece) + 1


def as_sheet(pieces: Sequence[Lines], folder: Path) -> Path:
    """Below each other on one sheet."""
    book = openpyxl.Workbook()
    row = 1
    for piece in pieces:
        row = _write(book.active, piece, row)
    book.save(folder / "mixed.xlsx")
    return folder / "mixed.xlsx"


def as_sheets(pieces: Sequence[Lines], folder: Path) -> Path:
    """Each on a sheet of its own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, piece in enumerate(pieces, 1):
        _write(book.create_sheet(f"Sheet{number}"), piece, 1)
    book.save(folder / "mixed.xlsx")
    return folder / "mixed.xlsx"


def as_word(pieces: Sequence[Lines], folder: Path) -> Path:
    """Paragraphs and tables."""
    document = docx.Document()
    for piece in pieces:
        for line in piece:
            if len(line) == 1:
                document.add_paragraph(line[0])
        rows = [line for line in piece if len(line) > 1]
        if rows:
            table = document.add_table(0, len(rows[0]))
            for line in rows:
                for cell, text in zip(table.add_row().cells, line, strict=True):
                    cell.text = text
        document.add_paragraph("")
    document.save(str(folder / "mixed.docx"))
    return folder / "mixed.docx"


def as_page(pieces: Sequence[Lines], folder: Path) -> Path:
    """Paragraphs and ruled tables on a page."""
    style = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for piece in pieces:
        story += [Paragraph(line[0], style) for line in piece if len(line) == 1]
        rows = [[Paragraph(text, style) for text in line] for line in piece if len(line) > 1]
        if rows:
            story.append(Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        story.append(Spacer(1, 24))
    SimpleDocTemplate(str(folder / "mixed.pdf"), pagesize=landscape(A3)).build(story)
    return folder / "mixed.pdf"


FORMATS = [as_text, as_sheet, as_sheets, as_word, as_page]
ORDERS = {"before": (-1, 0), "behind": (0, -1), "around": (-1, 0, -1)}


@pytest.mark.parametrize(("other", "order"), list(product(OTHERS, ORDERS)))
@pytest.mark.parametrize("draw", FORMATS, ids=lambda draw: draw.__name__)
def test_what_stands_around_a_scorecard_is_claimed_and_not_read(
    draw: Callable[[Sequence[Lines], Path], Path], other: str, order: str, tmp_path: Path
) -> None:
    pieces = [SCORECARD if at == 0 else OTHERS[other] for at in ORDERS[order]]
    proof = Proof(draw(pieces, tmp_path), whole(draw(pieces, tmp_path)))
    assert list(proof.faults_of_the_law()) == []
    assert list(proof.faults_of_places()) == []
    found: dict[str, list[str]] = {}
    for reading in proof.readings:
        for measure in reading.rows.get("measures", ()):
            found[one_line(measure["measure"])] = [
                row["value_text"]
                for row in reading.rows["results"]
                if row["measure_no"] == measure["measure_no"]
            ]
    assert {name: tuple(values) for name, values in found.items()} == MEASURES


@pytest.mark.parametrize("draw", FORMATS, ids=lambda draw: draw.__name__)
def test_a_document_without_a_scorecard_is_kept_out_whole(
    draw: Callable[[Sequence[Lines], Path], Path], tmp_path: Path
) -> None:
    """Each of its cells is claimed by the finding that says so."""
    file = draw([OTHERS["minutes"], OTHERS["budget"], OTHERS["risks"], OTHERS["guidance"]], tmp_path)
    proof = Proof(file, whole(file))
    assert list(proof.faults_of_the_law()) == []
    assert [row["status"] for reading in proof.readings for row in reading.rows["documents"]] == [
        "not_a_scorecard"
    ]
    assert {row["meaning"] for row in proof.rows} == {"not-a-scorecard"}


@pytest.mark.parametrize("draw", [as_word, as_page, as_text], ids=lambda draw: draw.__name__)
def test_a_line_of_words_above_figures_goes_on_with_its_table(
    draw: Callable[[Sequence[Lines], Path], Path], tmp_path: Path
) -> None:
    """A table that goes on without its headings, on another page or behind white, may begin with a milestone."""
    more: Lines = [
        ["", "", "", "Adopt the harbour plan", "Plan adopted", "Drafted", "Out for comment", "", "", "Port"],
        ["", "", "", "Pilots on duty", "6", "6", "5", "", "", "Port"],
        ["", "", "", "Berths let", "95%", "91%", "93%", "", "", "Port"],
    ]
    file = draw([SCORECARD, more], tmp_path)
    (reading,) = whole(file)
    names = [one_line(measure["measure"]) for measure in reading.rows["measures"]]
    assert names == [*MEASURES, "Adopt the harbour plan", "Pilots on duty", "Berths let"]


def test_a_table_of_other_things_with_headings_of_its_own_is_told_by_their_style(tmp_path: Path) -> None:
    """'Street' stands where the measures stand; bold above plain rows it heads another table."""
    book = openpyxl.Workbook()
    row = (
        _write(book.active, [["Harbour Scorecard Quarter 2 2013/14"], ["Measure", "Target", "Q1", "Q2"]], 1)
        - 1
    )
    row = _write(book.active, [["Ships handled", "40", "44", "51"], ["Days closed", "3", "1", "0"]], row)
    _write(
        book.active,
        [["Street", "Wardens in 2012", "Wardens in 2013"], ["High St", "2", "3"], ["Quay", "1", "4"]],
        row,
    )
    for cell in book.active[row]:
        cell.font = Font(bold=True)
    book.save(tmp_path / "x.xlsx")
    proof = Proof(tmp_path / "x.xlsx", whole(tmp_path / "x.xlsx"))
    assert list(proof.faults_of_the_law()) == []
    (reading,) = proof.readings
    assert [measure["measure"] for measure in reading.rows["measures"]] == ["Ships handled", "Days closed"]
    told = [(f["quote"], f["place"]) for f in reading.rows["findings"] if f["rule"] == "table-unread"]
    assert told == [("Street", "Sheet!A6")]
