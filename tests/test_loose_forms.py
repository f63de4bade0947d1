"""Measures told without a table: labels and values set apart by white, or a label and its value in one line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.shapes import Reading
from tests.golden_compare import read

MEASURES = (
    (
        "Average time to re-let a home (days)",
        "25",
        "33.4",
        "Red",
        "A shortage of plasterers held up 41 homes.",
    ),
    ("Tenants satisfied with repairs", "90%", "84.6%", "Amber", "Satisfaction fell in the north area."),
    ("Rent arrears of current tenants", "£1.45m", "£1.61m", "Red", "Universal Credit moved 312 tenants."),
)


def facts(reading: Reading) -> list[tuple[str, str, str, str]]:
    assert not [row for row in reading.rows["cells"] if row["meaning"] == "cell-unread"]
    results = {row["measure_no"]: row for row in reading.rows["results"]}
    assert {row["quarter"] for row in results.values()} == {3}
    return [
        (row["measure"], row["target_text"], results[row["measure_no"]]["value_text"], row["rag"])
        for row in reading.rows["measures"]
    ]


def test_a_report_of_exceptions_whose_labels_stand_apart_by_white(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "exceptions.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 790, "Landlord Services - exception report - Quarter 3 2020/21")
    y = 750
    for name, target, result, rag, reason in MEASURES:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, y, name)
        canvas.line(60, y - 4, 520, y - 4)
        y -= 26
        for label, value in (
            ("Target", target),
            ("Quarter 3 result", result),
            ("RAG status", rag),
            ("What is the reason?", reason),
            ("What are we doing about", "A second contractor starts in February."),
            ("it?", ""),
        ):
            canvas.setFont("Helvetica-Bold", 10)
            canvas.drawString(60, y, label)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(200, y, value)
            y -= 10 if label.startswith("What are") else 15
        y -= 20
    canvas.save()
    (reading,) = read(tmp_path / "exceptions.pdf")
    assert facts(reading) == [measure[:4] for measure in MEASURES]
    assert [row["comments"] for row in reading.rows["measures"]] == [measure[4] for measure in MEASURES]
    actions = [row["value_text"] for row in reading.rows["other_values"] if row["field"] == "actions"]
    assert actions == ["A second contractor starts in February."] * 3


@pytest.mark.parametrize("beside", [1, 2, 3])
def test_cards_whose_lines_hold_a_label_and_its_value(beside: int, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "cards.pdf"), pagesize=(842, 595))
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(40, 560, "Landlord Services performance dashboard Q3 2020/21")
    for number, (name, target, result, rag, _) in enumerate(MEASURES):
        x, y = 40 + 260 * (number % beside), 520 - 120 * (number // beside)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(x, y, name)
        canvas.setFont("Helvetica", 10)
        for line, text in enumerate(
            (f"Target: {target}", f"Actual: {result}", f"Status: {rag}", "Trend: worse")
        ):
            canvas.drawString(x, y - 16 * (line + 1), text)
    canvas.save()
    (reading,) = read(tmp_path / "cards.pdf")
    assert facts(reading) == [measure[:4] for measure in MEASURES]


def test_cards_in_the_paragraphs_of_a_letter(tmp_path: Path) -> None:
    letter = docx.Document()
    letter.add_paragraph("Landlord Services scorecard, Quarter 3 2020/21")
    for name, target, result, rag, reason in MEASURES:
        letter.add_heading(name, 2)
        for text in (f"Target: {target}", f"Quarter 3: {result}", f"RAG: {rag}", f"Comment: {reason}"):
            letter.add_paragraph(text)
        letter.add_paragraph(
            "A second contractor starts in February, and calls are made to all tenants concerned."
        )
    letter.save(str(tmp_path / "letter.docx"))
    (reading,) = read(tmp_path / "letter.docx")
    assert facts(reading) == [measure[:4] for measure in MEASURES]
    for row, measure in zip(reading.rows["measures"], MEASURES, strict=True):
        assert measure[4] in row["comments"]


@pytest.mark.parametrize(
    "lines",
    [
        (
            *("Minutes of the Performance Board", "Date: 14 October 2019", "Chair: Councillor Shaw"),
            *("Item 1 Performance", "Target: the board asked for a target of 90%", "Owner: J. Smith"),
        ),
        (
            *("Project highlight report, Quarter 2 2019/20", "New depot", "Budget: £4.2m", "Actual: £1.3m"),
            *("RAG: Amber", "School roofs", "Budget: £650,000", "Actual: £648,000", "RAG: Green"),
        ),
    ],
    ids=["minutes", "projects"],
)
def test_other_papers_with_labels_before_colons_have_no_cards(lines: tuple[str, ...], tmp_path: Path) -> None:
    paper = docx.Document()
    for text in lines:
        paper.add_paragraph(text)
    paper.save(str(tmp_path / "paper.docx"))
    assert not read(tmp_path / "paper.docx")
