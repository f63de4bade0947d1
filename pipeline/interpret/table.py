"""A table as found: its columns, and the rows under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.interpret.headings import VALUES, Heading
from pipeline.shapes import Cell

Cells = tuple[Cell, ...]
FIGURES = VALUES | {"year", "quarter_target", "quarter_rag"}
"""Fields that make a table one of measures; a rating does as well."""


@dataclass(slots=True)
class Table:
    """A heading and the rows under it. ``section`` is the cell that names the section, if any; ``levels`` the
    heading cells that stand above others; ``repeats`` those of the same heading on later pages; ``guessed``
    headings that no list knows, taken for what their texts are; ``sheet`` the name of its sheet where that tells its
    lines from those of other sheets. ``laid`` are rows whose cells are in their columns
    already: those of a table that stands on its side, is a ``form`` or a ``tile`` of one measure, or lists a measure once for each
    period; ``pieces`` the printed cells that only together are one of theirs, with their field: a name over two lines.
    ``told`` are lines of text that tell of the measure of a form. ``tile``: it stands around a large figure."""

    columns: list[Heading]
    section: Cell | None = None
    levels: list[Cell] = field(default_factory=list)
    repeats: list[Cell] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    before: list[Cells] = field(default_factory=list)
    guessed: list[Cell] = field(default_factory=list)
    laid: list[dict[int, Cell]] | None = None
    sheet: str = ""
    told: list[Cells] = field(default_factory=list)
    others: list[list[Cells]] = field(default_factory=list)
    form: bool = False
    tile: bool = False
    pieces: list[tuple[Cell, str]] = field(default_factory=list)

    def fields(self) -> set[str]:
        return {column.field for column in self.columns}


def printed(row: Sequence[Cell]) -> Cells:
    """The filled cells of a row."""
    return tuple(cell for cell in row if not cell.blank)


def in_order(columns: list[Heading]) -> list[Heading]:
    return sorted(columns, key=lambda column: column.cell.place.column)
