"""The nouns of the project: frozen, without behaviour beyond printing themselves.

Everything between a file and a table row is one of these. From the table on there are no
dataclasses: the pandera models in ``schemas`` are the definition of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points (1/72 inch) from the top left corner of the page as displayed."""


def column_letters(column: int) -> str:
    """1 -> 'A', 27 -> 'AA': the column letters of a spreadsheet."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: row and column count from 1.

    ``part`` is the page of a PDF (``p2``), the table of a Word document (``t1``; ``body`` for its
    paragraphs), nothing for a text file, or a sheet's name when ``sheet`` is true. It prints
    ``p2 r14 c6``, ``t1 r5 c3``, ``r24 c6`` or ``Return!F14``.
    """

    part: str
    row: int
    column: int
    box: Box | None = None
    sheet: bool = False

    def __str__(self) -> str:
        if self.sheet:
            plain = re.fullmatch(r"[^\W\d]\w*", self.part) is not None
            name = self.part if plain else "'" + self.part.replace("'", "''") + "'"
            return f"{name}!{column_letters(self.column)}{self.row}"
        return f"{self.part} r{self.row} c{self.column}".strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as found, with no meaning yet.

    ``text`` is what a reader of the document sees, paragraphs and lines kept as ``\\n``; ``native``
    the stored number, date or truth value of a spreadsheet cell; ``number_format`` its format code;
    ``fill`` the background as ``RRGGBB`` (None for none, white or automatic); ``drawn`` a shape
    instead of text (``circle``, ``arrow-up``, ...), its colour then in ``fill``; ``rows`` and
    ``columns`` how many a merged cell covers; ``note`` a comment attached to the cell; ``words``
    the PDF words it is made of.
    """

    place: Place
    text: str
    native: Any = None
    number_format: str = ""
    fill: str | None = None
    drawn: str | None = None
    rows: int = 1
    columns: int = 1
    bold: bool = False
    size: float | None = None
    note: str = ""
    hidden: bool = False
    words: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    def lower(self, rows: int) -> Cell:
        """The same cell so many rows further down. Written out: ``replace`` takes five times as long, and most cells
        of a page are moved."""
        at = self.place
        return Cell(
            Place(at.part, at.row + rows, at.column, at.box, at.sheet),
            self.text,
            self.native,
            self.number_format,
            self.fill,
            self.drawn,
            self.rows,
            self.columns,
            self.bold,
            self.size,
            self.note,
            self.hidden,
            self.words,
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A table (or the loose lines between tables) of one sheet or page, rows of cells in order.

    Only cells that exist are listed; a position covered by a merged cell is not. ``lines`` is true
    for loose text outside any table, ``tile`` for that in a frame around a large figure. ``hidden`` is a sheet that nobody sees when the workbook is opened:
    reported, never read as current data.
    """

    part: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: bool = False
    hidden: bool = False
    tile: bool = False

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row


def cells_of(grids: Iterable[Grid]) -> int:
    """How many cells, filled or not, grids hold."""
    return sum(len(row) for grid in grids for row in grid.rows)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: ``rule`` is a line of ``schemas/codes/rules.csv``.

    ``detail`` holds the values that the rule's message names, JSON-ready.
    """

    rule: str
    place: Place | None
    quote: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of ``raw/`` as registered, before anything is read from it.

    ``directorate``, ``financial_year``, ``quarter`` and ``role`` are what folder, file name and
    manifest declare (None where they say nothing); the page's own title wins over them later.
    ``path`` is relative to ``raw/``, with forward slashes; ``file`` is where it can be opened.
    ``period_source`` says which of them declared the period: 'folder', 'file name' or 'manifest'.
    ``sha256`` is '' where the bytes could not be read.
    """

    document_id: str
    path: str
    file: str
    sha256: str
    kind: str
    role: str | None = None
    directorate: str | None = None
    financial_year: str | None = None
    quarter: int | None = None
    received_on: str | None = None
    council: str | None = None
    origin: str | None = None
    bytes: int | None = None
    period_source: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What one printed cell (or one part of it) says.

    ``text`` as printed; ``part`` 'a', 'b', ... or None; ``kind`` number, ratio, range, date, text or
    missing; ``number`` as a person would chart it (73% is 73; None where there is none); ``unit``
    percent, GBP, days, ...; ``comparator`` '<', '<=', '>', '>=', 'about' or None; ``status`` value,
    compound, text, not_available, not_applicable, not_due, awaited, suppressed, ... ; ``digits`` the
    number's own characters as printed ('7.50', '368,500'); ``marks`` shorthand behind the number
    ('p' provisional, 'r' revised, 'e' estimated). A range has no ``number`` but ``lower`` and ``upper``;
    of '28 of 30' ``upper`` is the whole.
    """

    text: str
    part: str | None
    kind: str
    number: float | None
    unit: str | None
    comparator: str | None
    status: str
    digits: str = ""
    marks: tuple[str, ...] = ()
    upper: float | None = None
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A line of the ledger: what became of one non-blank cell.

    ``kind`` is value, heading, furniture or finding; ``meaning`` the field, or the rule of the finding.
    """

    cell: Cell
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything understood from one document: rows by table, findings, and the ledger of every cell."""

    document: Document
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    findings: tuple[Finding, ...]
    ledger: tuple[Claim, ...]
