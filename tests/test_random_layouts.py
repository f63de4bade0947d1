"""Scorecards made at random, laid out at random, and read back: every figure as it was written, and no other.

What changes nothing for a reader of the sheet must change nothing here: columns in another order, a column that
nobody knows, blank rows and columns, a sheet of guidance beside it, the table cut in two, turned on its side,
written as one row for each period, saved as text or as a Word document.
"""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from tests.golden_compare import read

WORDS = [
    "homes",
    "repairs",
    "visitors",
    "calls",
    "schools",
    "visits",
    "permits",
    "gardens",
    "bridges",
    "loans",
    "claims",
    "reviews",
    "meals",
    "tickets",
    "answered",
    "completed",
    "opened",
    "repaired",
    "delivered",
    "received",
    "inspected",
    "planted",
    "late",
    "yearly",
    "local",
    "older",
]
QUARTERS = ("Q{}", "Qtr {}", "Quarter {}", "Q{} result", "Q{} 2014/15")
UNKNOWN = ("Colour of folder", "Checked by hand", "Sheet sent to")
Rows = list[list[str]]


@dataclass(frozen=True)
class Line:
    """A measure as written: the texts of its cells, '' for a blank one."""

    name: str
    target: str
    results: tuple[str, ...]
    rag: str
    comment: str


@dataclass(frozen=True)
class Card:
    quarter: int
    lines: tuple[Line, ...]


names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5, unique=True).map(
    lambda words: " ".join(words).capitalize()
)
percents = st.integers(0, 1000).map(lambda n: f"{n / 10:.1f}%")
counts = st.integers(0, 2_000_000).map(lambda n: f"{n:,}")
pounds = st.integers(0, 90_000).map(lambda n: f"£{n:,}")
days = st.integers(1, 400).map(lambda n: f"{n / 10:.1f} days")
kinds = st.sampled_from([percents, counts, pounds, days])


@st.composite
def cards(draw: st.DrawFn) -> Card:
    quarter = draw(st.integers(1, 4))
    lines = []
    for name in draw(st.lists(names, min_size=2, max_size=6, unique=True)):
        kind = draw(kinds)
        filled = st.one_of(kind, kind, kind, st.just("N/A"))
        results = [draw(filled) for _ in range(quarter)] + [""] * (4 - quarter)
        if quarter > 1 and draw(st.integers(0, 5)) == 0:
            results[0] = ""
        rag = draw(st.sampled_from(["Red", "Amber", "Green", "Green", ""]))
        comment = draw(st.sampled_from(["", "", "Two posts are vacant", "See the note of the panel"]))
        lines.append(Line(name, draw(kind), tuple(results), rag, comment))
    return Card(quarter, tuple(lines))


def facts_of(file: Path) -> list[tuple[str, str, tuple[tuple[int, str], ...], str]]:
    """(measure, target, results, rating) of each line read; the directorate and the period must be right."""
    found = []
    for reading in read(file):
        (document,) = reading.rows["documents"]
        assert (document["directorate"], document["financial_year"]) == ("Harbour Services", "2014/15")
        for measure in reading.rows["measures"]:
            results = sorted(
                (row["quarter"], " ".join(row["value_text"].split()))
                for row in reading.rows.get("results", ())
                if row["measure_no"] == measure["measure_no"]
            )
            target, rag = measure.get("target_text") or "", measure.get("rag") or ""
            found.append((measure["measure"], target, tuple(results), rag))
    return sorted(found)


def written(card: Card) -> list[tuple[str, str, tuple[tuple[int, str], ...], str]]:
    return sorted(
        (line.name, line.target, tuple((n, t) for n, t in enumerate(line.results, 1) if t), line.rag)
        for line in card.lines
    )


def title(card: Card) -> Rows:
    return [[f"Harbour Services Directorate Scorecard Quarter {card.quarter} 2014/15"], []]


def wide(card: Card, order: list[int], unknown: str, quarters: str) -> Rows:
    """One row for each measure, the columns in any order."""
    columns = [
        ("Measure", [line.name for line in card.lines]),
        ("Target", [line.target for line in card.lines]),
        *((quarters.format(q), [line.results[q - 1] for line in card.lines]) for q in range(1, 5)),
        ("RAG", [line.rag for line in card.lines]),
        ("Comments", [line.comment for line in card.lines]),
        *([(unknown, ["blue", *["green tab"] * (len(card.lines) - 1)])] if unknown else []),
    ]
    chosen = [columns[number] for number in order if number < len(columns)]
    return [[head for head, _ in chosen], *map(list, zip(*(texts for _, texts in chosen), strict=True))]


def turned(card: Card) -> Rows:
    """The measures beside each other."""
    return [
        ["", *(line.name for line in card.lines)],
        ["Target", *(line.target for line in card.lines)],
        *([f"Q{q}", *(line.results[q - 1] for line in card.lines)] for q in range(1, 5)),
        ["RAG", *(line.rag for line in card.lines)],
    ]


def listed(card: Card) -> Rows:
    """One row for each measure and quarter."""
    rows = [
        [line.name, f"Q{q} 2014/15", line.results[q - 1], line.target, line.rag]
        for line in card.lines
        for q in range(1, card.quarter + 1)
    ]
    return [["Indicator", "Period", "Result", "Target", "RAG"], *rows]


def on_two_levels(card: Card) -> Rows:
    """The year over the quarters, the rest of the heading beside it."""
    table = wide(card, list(range(8)), "", "Q{}")
    return [
        ["Measure", "Target", "2014/15", "", "", "", "RAG", "Comments"],
        ["", "", *table[0][2:6], "", ""],
        *table[1:],
    ]


def as_workbook(rows: Rows, folder: Path, top: int, left: int, bold: bool, guidance: bool) -> Path:
    book = openpyxl.Workbook()
    if guidance:
        book.active.title = "Guidance"
        book.active["A1"] = "How to fill in this workbook"
        book.active["A2"] = "Write each result as it is published."
    sheet = book.create_sheet("Return") if guidance else book.active
    for number, row in enumerate(rows, 1 + top):
        for column, text in enumerate(row, 1 + left):
            if text:
                cell = sheet.cell(number, column, text)
                cell.number_format = "@"
                cell.font = Font(bold=bold and number <= 4 + top)
    book.save(folder / "drawn.xlsx")
    return folder / "drawn.xlsx"


def as_text(rows: Rows, folder: Path) -> Path:
    with (folder / "drawn.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return folder / "drawn.csv"


def as_document(card: Card, rows: Rows, folder: Path) -> Path:
    document = docx.Document()
    document.add_heading(title(card)[0][0])
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    document.save(str(folder / "drawn.docx"))
    return folder / "drawn.docx"


def blanks(rows: Rows, after: set[int], at: int | None) -> Rows:
    """The rows with blank rows after some of them, and a blank column."""
    spread = [row if at is None or not row else [*row[:at], "", *row[at:]] for row in rows]
    return [line for n, row in enumerate(spread) for line in ([row, []] if n in after else [row])]


order = st.permutations(range(9))
FORMS = {"turned": turned, "listed": listed, "levels": on_two_levels}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    cards(),
    order,
    st.sampled_from(["", *UNKNOWN]),
    st.sampled_from(QUARTERS),
    st.integers(0, 4),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.sets(st.integers(1, 6), max_size=3),
    st.one_of(st.none(), st.integers(1, 7)),
)
def test_a_workbook_laid_out_at_random_is_read_as_it_was_written(
    card: Card,
    order: list[int],
    unknown: str,
    quarters: str,
    top: int,
    left: int,
    bold: bool,
    guidance: bool,
    after: set[int],
    at: int | None,
) -> None:
    rows = blanks(wide(card, order, unknown, quarters), after, at)
    with tempfile.TemporaryDirectory() as folder:
        file = as_workbook(title(card) + rows, Path(folder), top, left, bold, guidance)
        assert facts_of(file) == written(card)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    cards(),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(["workbook", "text", "document"]),
    st.integers(0, 3),
)
def test_another_form_of_the_table_gives_the_same_figures(
    card: Card, form: str, kind: str, left: int
) -> None:
    rows = FORMS[form](card)
    with tempfile.TemporaryDirectory() as folder:
        if kind == "document":
            file = as_document(card, rows, Path(folder))
        elif kind == "text":
            file = as_text(title(card) + rows, Path(folder))
        else:
            file = as_workbook(title(card) + rows, Path(folder), 0, left, True, False)
        assert facts_of(file) == written(card)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(cards(), order, st.integers(1, 5), st.booleans(), st.booleans())
def test_a_table_cut_in_two_gives_the_same_figures(
    card: Card, order: list[int], cut: int, beside: bool, named: bool
) -> None:
    rows = wide(card, order, "", "Q{}")
    head, lines = rows[0], rows[1:]
    first, second = lines[: min(cut, len(lines) - 1)], lines[min(cut, len(lines) - 1) :]
    parts = [[["Part one"]] if named else [], [["Part two"]] if named else []]
    one, two = [*parts[0], head, *first], [*parts[1], head, *second]
    if beside:
        height = max(len(one), len(two))
        blank = [""] * len(head)
        pad = [(row + blank)[: len(head)] for row in [*one, *[[]] * (height - len(one))]]
        whole = [[*a, "", *b] for a, b in zip(pad, [*two, *[[]] * (height - len(two))], strict=True)]
    else:
        whole = [*one, [], *two]
    with tempfile.TemporaryDirectory() as folder:
        assert facts_of(as_workbook(title(card) + whole, Path(folder), 0, 0, True, False)) == written(card)
