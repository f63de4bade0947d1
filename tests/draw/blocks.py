"""What a page looks like, before any file format: paragraphs and tables of cells in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .model import Amount, Card, Measure, Priority, Section

RED, AMBER, GREEN, BLUE = "FF0000", "FFC000", "00B050", "0070C0"
COLOURS = {"Red": RED, "Amber": AMBER, "Green": GREEN, "Blue": BLUE}


@dataclass(frozen=True)
class C:
    """A cell. ``sup`` is a small raised mark after the text; ``shape`` a drawn circle, triangle, square or
    arrow instead of text, in ``colour``; ``rotate`` 90 reads upwards; ``face`` another font."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    fill: str | None = None
    bold: bool = False
    align: str = "left"
    rotate: int = 0
    sup: str = ""
    shape: str = ""
    colour: str = ""
    face: str = ""
    native: float | None = None
    number_format: str = "General"


Row = list[C | None]
"""None stands where the cell above or to the left reaches."""


@dataclass(frozen=True)
class T:
    """A table: ``widths`` in points, ``head`` heading rows, ``rules`` full | horizontal | outer | none."""

    widths: Sequence[float]
    rows: Sequence[Row]
    head: int = 1
    repeat: bool = True
    rules: str = "full"
    zebra: bool = False
    pad: float = 3
    size: float = 8
    middle: bool = False
    head_fill: str | None = "D9E1F2"
    keep_rows: bool = False
    indent: int = 0
    leading: float = 1.2


@dataclass(frozen=True)
class P:
    """A paragraph; in a spreadsheet one row, its ``cells`` spread over columns where given."""

    text: str = ""
    bold: bool = False
    size: float = 9
    align: str = "left"
    cells: Sequence[str] = ()
    gap: float = 4


@dataclass(frozen=True)
class Break:
    """A new page; a spreadsheet gets a page break."""


@dataclass(frozen=True)
class Side:
    """Tables side by side."""

    tables: Sequence[T]


Block = P | T | Break | Side


@dataclass(frozen=True)
class Page:
    """A document: blocks, page size in points, furniture printed on every page."""

    blocks: Sequence[Block]
    size: tuple[float, float] = (842, 595)
    header: str = ""
    footer: str = ""
    rotate: int = 0
    margin: float = 36
    sheet: str = "Scorecard"
    sheets: Sequence[Page] = field(default_factory=tuple)
    hidden: bool = False
    indent: int = 0
    skip: int = 0


A4 = (595, 842)
A4_WIDE = (842, 595)
A3_WIDE = (1191, 842)

Columns = Sequence[tuple[str, str, float]]
"""key, heading, width in points"""
PRIORITY_KEYS = ("priority", "summary", "rag", "portfolio")


def head(columns: Columns, rotate: Sequence[str] = ()) -> Row:
    """One heading row; the keys in ``rotate`` read upwards."""
    return [C(text, bold=True, rotate=90 if key in rotate else 0, align="left") for key, text, _ in columns]


def amount(value: Amount | None, align: str = "center") -> C:
    if value is None:
        return C(align=align)
    return C(value.text, align=align, native=value.native, number_format=value.number_format)


@dataclass(frozen=True)
class Ink:
    """How ratings and directions are put on paper."""

    rag: Mapping[str, C] = field(default_factory=dict)
    way: Mapping[str, C] = field(default_factory=dict)
    merge: bool = True
    portfolio_row: int = 0
    rag_level: str = "priority"

    def rating(self, rag: str) -> C:
        return self.rag.get(rag, C(rag, align="center"))

    def direction(self, way: str) -> C:
        return self.way.get(way, C(way, align="center"))


WORDS = Ink({name: C(name, align="center", fill=colour) for name, colour in COLOURS.items()})


def measure_cell(key: str, measure: Measure, ink: Ink) -> C:
    if key == "measure":
        return C(measure.name, sup=measure.footnote)
    if key == "target":
        return amount(measure.target)
    if key[0] == "q" and key[1:].isdigit():
        return amount(measure.results.get(int(key[1:])))
    if key == "way":
        return ink.direction(measure.way)
    if key == "rag":
        return ink.rating(measure.rag)
    if key == "rag_previous":
        return ink.rating(measure.rag_previous)
    if key in ("owner", "comments", "reference"):
        return C(getattr(measure, key))
    other = measure.extra.get(key)
    return C(other) if isinstance(other, str) else amount(other)


def priority_cell(key: str, priority: Priority, ink: Ink) -> C:
    if key == "rag":
        return ink.rating(priority.rag)
    return C({"priority": priority.name, "summary": priority.summary, "portfolio": priority.portfolio}[key])


def priority_rows(columns: Columns, priority: Priority, ink: Ink = WORDS) -> list[Row]:
    """The rows of one priority: its own cells merged over its measures, or in the first row with blanks below."""
    measures: Sequence[Measure | None] = priority.measures or (None,)
    over = [k for k in PRIORITY_KEYS if k != "rag" or ink.rag_level == "priority"]
    rows: list[Row] = []
    for index, measure in enumerate(measures):
        row: Row = []
        for key, _, _ in columns:
            if key in over:
                cell = priority_cell(key, priority, ink)
                at = min(ink.portfolio_row, len(measures) - 1) if key == "portfolio" else 0
                if ink.merge and at == 0:
                    row.append(replace(cell, rows=len(measures)) if index == 0 else None)
                else:
                    row.append(cell if index == at else C())
            elif measure is None:
                row.append(C("N/A", align="center" if key != "measure" else "left"))
            else:
                row.append(measure_cell(key, measure, ink))
        rows.append(row)
    return rows


def section_rows(columns: Columns, section: Section, ink: Ink = WORDS) -> list[Row]:
    return [row for priority in section.priorities for row in priority_rows(columns, priority, ink)]


def section_columns(columns: Columns, section: Section) -> Columns:
    """The first heading is the section's own name, as in many published scorecards."""
    return [(key, section.name if key == "priority" else text, width) for key, text, width in columns]


def section_tables(card: Card, columns: Columns, ink: Ink = WORDS, **look: object) -> list[Block]:
    """One table per section, each with its own heading row."""
    blocks: list[Block] = []
    for section in card.sections:
        own = section_columns(columns, section)
        rows = [head(own), *section_rows(own, section, ink)]
        blocks.append(T([w for _, _, w in own], rows, **look))  # type: ignore[arg-type]
        blocks.append(P("", gap=2))
    return blocks


def title(card: Card, words: str = "Directorate Scorecard", period: str = "") -> list[Block]:
    """Council, directorate and period, as most published scorecards begin."""
    return [
        P(card.council, size=10),
        P(f"{card.directorate} {words} {card.year}", bold=True, size=13),
        P(period or f"Reporting Period : Quarter {card.quarter} {card.year}", size=10),
        P("", size=4),
    ]


def pick(columns: Columns, keys: str) -> Columns:
    """Some columns, in the order of ``keys`` (names separated by blanks)."""
    held = {key: (key, text, width) for key, text, width in columns}
    return [held[key] for key in keys.split()]


CLASSIC: Columns = (
    ("priority", "Priority", 95),
    ("summary", "Progress Summary", 186),
    ("rag", "Overall Progress", 48),
    ("measure", "Supporting Measures", 137),
    ("target", "Target", 52),
    ("q1", "Q1", 46),
    ("q2", "Q2", 46),
    ("q3", "Q3", 46),
    ("q4", "Q4", 46),
    ("portfolio", "Executive Portfolio", 68),
)
