"""Rows that a page broke: their figures stand at the foot of one page, their name at the head of the next; or a text of
theirs goes on there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.interpret.align import Row
from pipeline.interpret.table import Table
from pipeline.shapes import Cell

TEXTS = ("comments", "actions", "definition", "quarter_comments")
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


@dataclass(slots=True)
class GoneOn:
    """Rows, None for each that only goes on with a text of the row before the page's end; ``pieces`` are the printed
    cells of texts that were put together, with their fields, ``joined`` those at the head of the second page."""

    rows: list[Row | None]
    pieces: list[tuple[Cell, str]] = field(default_factory=list)
    joined: list[Cell] = field(default_factory=list)


def gone_on(table: Table, rows: Sequence[Row | None]) -> GoneOn:
    """The rows with the texts whole that go on at the head of the next page, where no other row has begun."""
    found = GoneOn(list(rows))
    measures = [n for n, column in enumerate(table.columns) if column.field == "measure"]
    last: int | None = None
    part = ""
    for number, row in enumerate(rows):
        if row is None:
            continue
        shown = {n: cell for n, cell in row.cells.items() if not cell.blank}
        above = found.rows[last] if last is not None else None
        begins, part = _part(row) != part, _part(row)
        if above and begins and _only_goes_on(table, shown, above) and not row.stray:
            cells = dict(above.cells)
            for n, cell in shown.items():
                first, name = cells[n], table.columns[n].field
                cells[n] = replace(first, text=f"{first.text}\n{cell.text}", words=first.words + cell.words)
                found.pieces += [(first, name), (cell, name)]
                found.joined.append(cell)
            found.rows[last or 0], found.rows[number] = replace(above, cells=cells), None
            continue
        if any(n in shown for n in measures):
            last = number
        elif len(shown) > 1:
            last = None
    return found


def _only_goes_on(table: Table, shown: dict[int, Cell], above: Row) -> bool:
    """Whether all that a row prints goes on with the texts of the row above: comments, or a name in small letters."""
    fields = [table.columns[n].field for n in shown]
    texts = TEXTS if "priority" in table.fields() else (*TEXTS, "progress_summary")
    begun = bool(shown) and all(n in above.cells and not above.cells[n].blank for n in shown)
    begun = begun and all(cell.columns <= table.columns[n].cell.columns for n, cell in shown.items())
    return begun and all(
        name in texts or (name == "measure" and cell.text.strip()[:1].islower())
        for name, cell in zip(fields, shown.values(), strict=True)
    )


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
