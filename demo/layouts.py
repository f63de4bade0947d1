"""A document's lines -> tables of cells in its layout (``council/layouts.csv``), before any file format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from demo.facts import Entry, Facts, Sheet, rows

FILLS = {"Red": "FF0000", "Amber": "FFC000", "Green": "00B050", "Blue": "0070C0"}
OF_PRIORITY = ("priority", "summary", "rag", "portfolio")


@dataclass(frozen=True)
class Box:
    """A cell: its text, how many rows it reaches over, its fill (RRGGBB), whether it is a heading."""

    text: str
    rows: int = 1
    fill: str = ""
    heading: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: relative widths of its columns and its rows; None where the cell above reaches."""

    widths: Sequence[float]
    rows: Sequence[Sequence[Box | None]]


@dataclass(frozen=True)
class Paper:
    """A document on paper: title lines (each a row of texts) and tables."""

    titles: Sequence[Sequence[str]]
    grids: Sequence[Grid]


def paper(sheet: Sheet, facts: Facts) -> Paper:
    """The document as it is printed."""
    columns = [row for row in rows("layouts.csv") if row["layout"] == sheet.layout]
    period = f"Quarter {sheet.quarter} {sheet.financial_year}"
    said = {
        "council": facts.council["council"],
        "name": sheet.name,
        "period": period,
        "financial_year": sheet.financial_year,
    }
    titles = [
        [text.format(**said) for text in row["text"].split(" | ")]
        for row in rows("titles.csv")
        if row["document_role"] == sheet.role
    ]
    grids = []
    if sheet.role == "return":
        sections = [("", list(sheet.entries))]
    else:
        grouped = groupby(sheet.entries, key=lambda entry: entry.section)
        sections = [(name, list(entries)) for name, entries in grouped]
    for section, entries in sections:
        headings = [
            Box(section if section and column["heading"] == "(section)" else column["heading"], heading=True)
            for column in columns
        ]
        body = _rows([column["field"] for column in columns], entries, sheet)
        grids.append(Grid([float(column["width"]) for column in columns], [headings, *body]))
    return Paper(titles, grids)


def _rows(fields: Sequence[str], entries: Sequence[Entry], sheet: Sheet) -> Iterator[list[Box | None]]:
    """One row a line. On a scorecard what belongs to a priority stands once, over all its lines."""
    for _, group in groupby(entries, key=lambda entry: entry.priority):
        lines = list(group)
        for number, entry in enumerate(lines):
            row: list[Box | None] = []
            for field in fields:
                if sheet.role == "scorecard" and field in OF_PRIORITY:
                    row.append(_box(field, entry, sheet, len(lines)) if number == 0 else None)
                else:
                    row.append(_box(field, entry, sheet, 1))
            yield row


def _box(field: str, entry: Entry, sheet: Sheet, rows_of_box: int) -> Box:
    text = entry.said.get(field, "")
    if field != "rag" or not text:
        return Box(text, rows_of_box)
    shown = {"word": text, "letter": text[:1], "colour": ""}[sheet.rag_as]
    return Box(shown if text in FILLS else text, rows_of_box, FILLS.get(text, ""))
