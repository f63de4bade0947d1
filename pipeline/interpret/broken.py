"""Rows that a page broke: their figures stand at the foot of one page, their name at the head of the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.interpret.align import Row
from pipeline.interpret.table import Table

SPANNING = ("priority", "progress_summary", "rag", "portfolio")


def mended(table: Table, rows: Sequence[Row]) -> list[Row | None]:
    """The rows, with None for each that was put to the one before it: what one of the two prints, the other lacks."""
    found: list[Row | None] = list(rows)
    for number, (above, below) in enumerate(pairwise(rows)):
        if _part(above) != _part(below) and _halves(_printed(table, above), _printed(table, below)):
            shown = {n: cell for n, cell in below.cells.items() if not cell.blank}
            found[number] = Row({**above.cells, **shown}, above.stray + below.stray, above.moved)
            found[number + 1] = None
    return found


def _halves(above: set[str], below: set[str]) -> bool:
    """Whether one of two rows has the measure and no figures, the other figures and no measure."""
    return bool(above and below) and not above & below and ("measure" in above) != ("measure" in below)


def _printed(table: Table, row: Row) -> set[str]:
    columns = {n: table.columns[n].field for n, cell in row.cells.items() if not cell.blank}
    return {
        field if field == "measure" else f"{field} {n}"
        for n, field in columns.items()
        if field not in SPANNING
    }


def _part(row: Row) -> str:
    return next((cell.place.part for cell in row.cells.values()), "")
