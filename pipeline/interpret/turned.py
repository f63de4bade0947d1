"""Tables on their side: what other tables head in a row stands in a column here, one measure beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.headings import Heading, heading_of
from pipeline.interpret.table import FIGURES, Cells, Table, printed
from pipeline.shapes import Cell

FEWEST = 2
"""Labels of figures (target, a quarter, ...) that a column must hold to be one of headings."""


def turned_table(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> tuple[Table, int] | None:
    """(table, rows taken) where a table on its side begins at ``rows[at]``, else None: measures named in the first
    row, a label at the beginning of each row below it."""
    names = printed(rows[at])
    if not names:
        return None
    labels: list[tuple[Heading, Cells]] = []
    told: set[tuple[str, int | None, str | None]] = set()
    for number in range(at + 1, len(rows)):
        filled = printed(rows[number])
        above = labels[-1][1] if labels else names
        if not filled or filled[0].place.row > above[0].place.row + 1:
            break
        if labels and filled[0].place.column != labels[0][0].cell.place.column:
            break
        heading = heading_of(filled[0], codes)
        if heading is None and (not labels or len(filled) == 1 or len(filled) > len(names) + 1):
            break
        if heading:
            said = (heading.field, heading.quarter, heading.year)
            if said in told:
                return None
            told.add(said)
        labels.append((heading or Heading(filled[0], "unknown"), filled))
    column = labels[0][0].cell.place.column if labels else 0
    corner = names[0] if names[0].place.column <= column else None
    over = names[1:] if corner else names
    named = heading_of(corner, codes) if corner else None
    if (
        len(_figures(labels)) < FEWEST
        or not over
        or (len(over) == 1 and (named is None or named.field != "measure"))
    ):
        return None
    if any(heading_of(cell, codes) for cell in over) or not all(_is_name(cell) for cell in over):
        return None
    place = replace(names[0].place, column=column, box=None)
    columns = [Heading(corner if corner and named else Cell(place, ""), "measure")]
    columns += [heading for heading, _ in labels]
    laid = []
    for name in over:
        cells = {0: name}
        for number, (_, filled) in enumerate(labels, 1):
            cell = next((c for c in rows[at + number] if c is not filled[0] and _covers(name, c)), None)
            if cell:
                cells[number] = cell
        laid.append(cells)
    table = Table(columns, None if named else corner, laid=laid)
    table.rows = [tuple(row) for row in rows[at + 1 : at + 1 + len(labels)]]
    return table, 1 + len(labels)


def _covers(name: Cell, cell: Cell) -> bool:
    return name.place.column <= cell.place.column < name.place.column + name.columns


def _is_name(cell: Cell) -> bool:
    return sum(map(str.isalpha, cell.text)) > 4


def _figures(labels: Sequence[tuple[Heading, object]]) -> list[Heading]:
    return [heading for heading, _ in labels if heading.field in FIGURES]
