"""Panels: a priority with its narrative and rating to the left of the table of its measures, name and heading in one line.

A table without rules takes the left side for a column of its own, headed by the name of the priority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.headings import Heading
from pipeline.interpret.introductions import labelled
from pipeline.interpret.narratives import labelled_text, narrates
from pipeline.interpret.table import Cells, Table
from pipeline.shapes import Cell


def set_before(table: Table, codes: Codes) -> None:
    """Put the left side of a panel before the table, as if it stood above it."""
    if table.laid is not None or len(table.columns) < 4 or "priority" in table.fields():
        return
    left = table.columns[0]
    if left.field != "unknown" or not left.cell.place.box or table.columns[1].field != "measure":
        return
    held = [[cell for cell in row if _under(cell, left)] for row in table.rows]
    whole = [cell for cells in held for cell in cells if not cell.blank]
    said = [part for cell in whole for part in _parted(cell, codes)]
    if not said or not all(_tells(cell, codes) for cell in said):
        return
    table.columns = table.columns[1:]
    table.pieces += [(cell, "progress_summary") for cell in whole if not any(cell is part for part in said)]
    table.before = [*table.before, (left.cell,), *((cell,) for cell in said)]
    table.rows = [_without(row, cells) for row, cells in zip(table.rows, held, strict=True)]


def _under(cell: Cell, heading: Heading) -> bool:
    return cell.place.column + cell.columns <= heading.cell.place.column + heading.cell.columns


def _parted(cell: Cell, codes: Codes) -> list[Cell]:
    """A narrative and the label of the rating right below it, where they stand so close that they are one cell."""
    lines = cell.text.split("\n")
    for at in range(1, len(lines)):
        label = replace(cell, text="\n".join(lines[at:]))
        if labelled((label,), codes):
            return [replace(cell, text="\n".join(lines[:at])), label]
    return [cell]


def _tells(cell: Cell, codes: Codes) -> bool:
    return narrates((cell,)) or labelled_text(cell, codes) is not None or labelled((cell,), codes) is not None


def _without(row: Cells, cells: Sequence[Cell]) -> Cells:
    return tuple(cell for cell in row if not any(cell is other for other in cells))
