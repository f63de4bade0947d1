"""Draw raw/2012-13/Q1/cap-return-2012-13-q1.xlsx: the scorecard's figures as an Excel return.

Not the council's own file: it repeats what the published scorecard prints, one row per measure, as
an officer would key it: percentages, money and counts are numbers with a number format, everything
that is not one number is text, a quarter that has not come yet is empty.

    python -m tests.draw.cap_return
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from .fixed import settle

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "raw" / "2012-13" / "Q1" / "cap-return-2012-13-q1.xlsx"
HEADINGS = ("Directorate", "Priority", "Measure", "Target", "Q1", "Q2", "Q3", "Q4")
WIDTHS = (12, 46, 60, 24, 24, 9, 9, 9)

PERCENT = "0%"
MONEY = '"£"#,##0'
STAFF = '0" Staff"'
CUSTOMERS = "Lead the delivery of our customer access strategy to improve customer experience"
LOCAL = "Deliver an approach to locality working with improved community engagement and more local decision making"
NEWS = "Improve communications and marketing services across the council."
PARTNERS = (
    "Create the environment for effective partnership working and for delivering the city's planning and "
    "performance management framework"
)
CULTURE = "Lead the transformation of our workplace culture and working environment"
CONSULTED = "Local communities are consulted about major changes that may affect their lives."
EQUALITY = "Equality is given due regard in council policy and decision making."
INFLUENCE = "Increase percentage of partners who feel they can influence change: "

# priority, measure, target, Q1, number format
Amount = float | int | str
ROWS: tuple[tuple[str, str, Amount, Amount, str], ...] = (
    ("Appraisals", "Every year 100% of staff have an appraisal", 1, "N/A", PERCENT),
    ("Staff Engagement", "increase the level of staff engagement", 0.73, 0.72, PERCENT),
    (
        "Consultation",
        "Every year we will be able to evidence that consultation has taken place in 100 per cent of major "
        "decisions affecting the lives of communities",
        1,
        1,
        PERCENT,
    ),
    (
        "Equality",
        "Every year we will be able to evidence that equality issues have been considered in 100 per cent of "
        "major decisions",
        1,
        1,
        PERCENT,
    ),
    ("Keep within budget", "No variation from agreed directorate budget in the year", 0, 0, MONEY),
    (
        CUSTOMERS,
        "Increase the usage of self service options on the Council's website by ensuring that all high demand "
        "transactions can be undertaken on line",
        "10% increase or 368,500",
        "N/A",
        "General",
    ),
    (
        CUSTOMERS,
        "Improve overall customer satisfaction of the council's website",
        "Top quartile in SOCTIM survey",
        "N/A",
        "General",
    ),
    (
        LOCAL,
        "Increase percentage of people who feel they are involved in their local community",
        "N/A",
        "N/A",
        PERCENT,
    ),
    (
        NEWS,
        "Increase percentage of residents who trust the council's communications",
        "N/A",
        "N/A",
        PERCENT,
    ),
    (
        NEWS,
        "Increase percentage of services who feel their communications and marketing needs are being met "
        "effectively",
        "N/A",
        "N/A",
        PERCENT,
    ),
    (
        PARTNERS,
        "Increase percentage of City Priority Plan priorities with positive progress",
        0.85,
        0.94,
        PERCENT,
    ),
    (
        PARTNERS,
        INFLUENCE + "A) Percentage of non council board members or their deputies who attend the regular "
        "strategic partnership board meetings / Leeds Initiative board meeting.",
        0.85,
        "N/A",
        PERCENT,
    ),
    (
        PARTNERS,
        INFLUENCE + 'B) percentage of non council partners who respond favourably to the question "Taking '
        "everything into account, how satisfied is your organisation, that it feels able to influence the "
        "City Priority Plan and the required changes arising from it?",
        0.6,
        "N/A",
        PERCENT,
    ),
    (
        CULTURE,
        "Increase the number of employees using flexible ways of working",
        800,
        "560 plus 120 in progress",
        STAFF,
    ),
    (
        CULTURE,
        "Increase average score (out of 10) given by staff that: a) the values influence how they do their "
        "job b) they recognise the values in how their colleagues work",
        "a) 7.50 b) 7.50",
        "a) 6.88 b) 6.70",
        "General",
    ),
    (
        CONSULTED,
        "By March 2012 100% of key and major decisions have evidence that consultation has taken place with "
        "local people",
        1,
        0.62,
        PERCENT,
    ),
    (
        EQUALITY,
        "By March 2012 100% of key and major decisions have evidence that equality issues have been fully "
        "considered",
        1,
        0.9,
        PERCENT,
    ),
)


def draw(target: Path = TARGET) -> Path:
    """Write the return to ``target``."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Return"
    sheet["A1"] = "Quarterly performance return"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"], sheet["C2"] = "Directorate:", "CAP"
    sheet["A3"], sheet["C3"] = "Reporting period:", "Quarter 1 2012/13"
    thin = Side(style="thin", color="999999")
    grid = Border(left=thin, right=thin, top=thin, bottom=thin)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
        cell = sheet.cell(5, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
        cell.border = grid
        sheet.column_dimensions[cell.column_letter].width = width
    for row, (priority, measure, due, result, number_format) in enumerate(ROWS, 6):
        for column, content in enumerate(("CAP", priority, measure, due, result, None, None, None), 1):
            cell = sheet.cell(row, column, content)
            cell.border = grid
            cell.alignment = Alignment(wrap_text=column <= 3, vertical="top")
            if column >= 4:
                cell.number_format = number_format
    sheet.freeze_panes = "D6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.creator = "drawn for trial"
    book.save(target)
    settle(target)
    return target


if __name__ == "__main__":
    draw()
