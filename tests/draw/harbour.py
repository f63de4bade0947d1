"""Draw tests/golden/harbour-2013-14-q4: a fictional directorate's year-end scorecard.

The same facts as tab-separated text (with rows and a heading moved by one column, as text made from
published pages has them), as a workbook (second table one column to the right) and as its print.

    python -m tests.draw.harbour
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import blocks as b
from . import to_text, to_xlsx
from .model import (
    NA,
    Card,
    Drawn,
    Priority,
    Section,
    compound,
    days,
    gbp,
    lettered,
    line,
    num,
    pct,
    say,
    truth,
    write_truth,
)
from .office import convert

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "harbour-2013-14-q4"
NAME = "harbour-scorecard-2013-14-q4"
SEA, TOWN = "Harbour, Coast and Markets", "Environment and Neighbourhood Safety"

SAFETY = Section(
    "Harbour Trade and Safety",
    (
        Priority(
            "Keep the harbour safe for everyone who works in it",
            "The Port Marine Safety Code audit in February found no non-conformities. • 14 pilots revalidated. "
            "• Two near misses in Quarter 3 led to a new traffic instruction. Of 212 reportable movements, 209 were "
            "recorded within the hour.",
            "Green",
            SEA,
            (
                line(
                    "Percentage of vessel movements recorded within one hour",
                    pct(98),
                    pct(97),
                    pct(98),
                    pct(96),
                    pct(99),
                ),
                line("Number of reportable accidents to staff", num(0), num(1), num(0), num(2), num(0)),
            ),
        ),
        Priority(
            "Grow trade through the port",
            "Timber volumes recovered after the quay 4 repair. The ferry operator's contract was renewed on 3 March 2014 "
            "for 7 years.",
            "Amber",
            SEA,
            (
                line(
                    "Tonnage handled (thousand tonnes), cumulative",
                    compound("5% increase or 1,260", 1260, "", "1,260"),
                    num(298.4, 1),
                    num(611.9, 1),
                    num(902.0, 1),
                    num(1241.7, 1),
                ),
                line(
                    "Income from harbour dues",
                    gbp(2_400_000),
                    gbp(566_210),
                    gbp(612_480),
                    gbp(588_005),
                    gbp(640_932),
                ),
                line(
                    "Satisfaction of harbour users",
                    say("Top quartile of the ports survey"),
                    NA,
                    NA,
                    NA,
                    pct(82.5, 1),
                ),
            ),
        ),
        Priority(
            "Agree a master plan for the inner harbour",
            "Consultation closed on 28 February 2014 with 1,046 replies. The plan goes to Cabinet in June.",
            "Green",
            "Leader and Regeneration",
        ),
    ),
)
NEIGHBOURHOODS = Section(
    "Cleaner and Safer Neighbourhoods",
    (
        Priority(
            "Keep streets and beaches clean",
            "The winter storms left 340 tonnes of shingle on the promenade; clearing it took crews away from the "
            "cleansing rounds for three weeks in January.",
            "Red",
            TOWN,
            (
                line(
                    "Streets found clean on inspection: a) town centre b) residential roads",
                    lettered(pct(97.0, 1), pct(95.0, 1)),
                    lettered(pct(96.4, 1), pct(95.2, 1)),
                    lettered(pct(97.1, 1), pct(94.0, 1)),
                    lettered(pct(95.0, 1), pct(91.3, 1)),
                    lettered(pct(88.7, 1), pct(84.9, 1)),
                ),
                line(
                    "Average time to remove fly-tipping",
                    days(2),
                    days(1.8, 1),
                    days(2.1, 1),
                    days(2.4, 1),
                    days(3.6, 1),
                ),
            ),
        ),
        Priority(
            "Recycle more of what we collect",
            "Food waste collections reached all 41,300 households in October.",
            "",
            TOWN,
            (
                line(
                    "Household waste recycled or composted",
                    pct(45),
                    pct(41),
                    pct(44),
                    pct(46),
                    say("TBC", "awaited"),
                ),
                line("Missed collections per 100,000", num(45), num(52), num(48), num(61), num(57)),
            ),
        ),
        Priority(
            "Answer residents' noise complaints quickly",
            "A second duty officer works on Friday and Saturday nights since September.",
            "Amber",
            TOWN,
            (
                line("Complaints visited within 24 hours", pct(90), pct(79), pct(83), pct(88), pct(89)),
                line("Formal notices served", None, num(3), num(0), num(5), num(4)),
            ),
        ),
    ),
)
BUSINESS = Section(
    "Business Plan (Harbour Lead)",
    (
        Priority(
            "Spend within the agreed budget",
            "An overspend on storm repairs is met from the weather reserve.",
            "Amber",
            "Finance",
            (
                line(
                    "Variation from agreed budget at year end",
                    gbp(0),
                    gbp(0),
                    gbp(0),
                    gbp(85_000),
                    gbp(120_500),
                ),
                line("Invoices paid within 30 days", pct(95), pct(93), pct(96), pct(96), pct(97)),
            ),
        ),
        Priority(
            "Look after our staff",
            "Sickness rose in January with the outbreak of winter flu in the cleansing crews.",
            "Red",
            "Finance",
            (
                line(
                    "Working days lost to sickness per employee, year to date",
                    num(8.5, 1),
                    num(2.1, 1),
                    num(4.0, 1),
                    num(6.9, 1),
                    num(10.2, 1),
                ),
                line("Staff with an appraisal in the year", pct(100), NA, NA, NA, pct(94)),
            ),
        ),
    ),
)
CARD = Card("Saltmouth City Council", "Harbour Services", "2013/14", 4, (SAFETY, NEIGHBOURHOODS, BUSINESS))
COLUMNS = (
    ("portfolio", "Executive Portfolio", 80.0),
    ("priority", "", 110.0),
    ("rag", "Overall Progress", 50.0),
    ("measure", "Supporting Measures", 130.0),
    ("target", "Target", 62.0),
    ("q1", "Q1", 52.0),
    ("q2", "Q2", 52.0),
    ("q3", "Q3", 52.0),
    ("q4", "Q4", 52.0),
    ("summary", "Progress Summary", 190.0),
)
TITLE = f"Saltmouth City Council Harbour Services Directorate Scorecard {CARD.year}"
PERIOD = ("Reporting Period :", "Quarter 4 2013/14")


def moved(rows: list[b.Row], which: tuple[int, ...]) -> list[b.Row]:
    """Rows with one empty cell in front; the others get it at the end, so all have the same length."""
    return [[b.C(), *row] if number in which else [*row, b.C()] for number, row in enumerate(rows)]


def text_page() -> b.Page:
    ink = replace(b.WORDS, merge=False, portfolio_row=1)
    blocks: list[b.Block] = [b.P(f"{TITLE} {' '.join(PERIOD)}"), b.P("")]
    for number, section in enumerate(CARD.sections):
        columns = b.section_columns(COLUMNS, section)
        rows = [b.head(columns), *b.section_rows(columns, section, ink)]
        if number == 1:
            blocks += [b.P(cells=[TITLE, "", "", *PERIOD])]
            rows = moved(rows, (0, 3, 4))
        blocks += [b.T([1.0] * len(rows[0]), rows), b.P("")]
    blocks.append(b.P("2"))
    return b.Page(blocks)


def sheet_page() -> b.Page:
    blocks: list[b.Block] = [b.P(TITLE, bold=True, size=13), b.P(cells=PERIOD), b.P("")]
    for number, section in enumerate(CARD.sections):
        columns = b.section_columns(COLUMNS, section)
        rows = [
            b.head(columns),
            *b.section_rows(columns, section, replace(b.WORDS, portfolio_row=1 if number == 2 else 0)),
        ]
        blocks += [
            b.T([w for _, _, w in columns], rows, indent=1 if number == 1 else 0, repeat=False),
            b.P(""),
        ]
    return b.Page(blocks, size=b.A3_WIDE, footer="Page &P")


def draw() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    to_text.draw(text_page(), FOLDER / f"{NAME}.txt")
    to_xlsx.draw(sheet_page(), FOLDER / f"{NAME}.xlsx")
    convert(FOLDER / f"{NAME}.xlsx", FOLDER / f"{NAME}.pdf")
    write_truth(FOLDER, truth(CARD, Drawn()), more=False)


if __name__ == "__main__":
    draw()
