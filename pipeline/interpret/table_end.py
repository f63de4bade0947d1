"""Where the lines of a table end, and what stands below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.codes import Codes
from pipeline.interpret.align import fit
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.narratives import narrates
from pipeline.interpret.table import Cells, Table, printed
from pipeline.shapes import Cell


def end_of_lines(
    table: Table, rows: Sequence[Cells], codes: Codes, furniture: Callable[[Cells], bool]
) -> int:
    """The number of the row where notes or a key begin: no full line follows. ``furniture`` claims what is."""
    end = len(rows)
    while end and len(printed(rows[end - 1])) <= 2:
        end -= 1
    column = table.columns[0].cell.place.column
    for at in range(end, len(rows)):
        cells = printed(rows[at])
        shown = next((cell for cell in rows[at] if not cell.blank or cell.drawn), None)
        starts = bool(cells) and cells[0].rows == 1
        starts = starts and shown is not None and shown.place.column <= column
        if cells and _adjoins(table, rows, at) and plain_among_styled(cells[0], table):
            continue
        keyed = starts and (len(cells) == 1 or fit("rag", cells[0], codes, set()) >= 0)
        if keyed and not furniture(cells):
            return at
    return len(rows)


def plain_among_styled(cell: Cell, table: Table) -> bool:
    """Whether a text looks like the lines, not like the headings: a measure that has no figures yet."""
    styled = any(column.cell.bold or column.cell.fill for column in table.columns)
    return styled and not (cell.bold or cell.fill)


def _adjoins(table: Table, rows: Sequence[Cells], at: int) -> bool:
    """Whether a row of one short text stands right below the lines, in the column of the measures."""
    cells = printed(rows[at])
    column = next((c.cell.place.column for c in table.columns if c.field == "measure"), None)
    above = printed(rows[at - 1]) if at else ()
    return (
        len(cells) == 1
        and bool(above)
        and (cells[0].place.part, cells[0].place.column) == (above[0].place.part, column)
        and cells[0].place.row == above[0].place.row + above[0].rows
        and not narrates(cells)
    )


def claim_below(rows: Sequence[Cells], ledger: Ledger) -> None:
    """Claim what stands below a table: notes, a key; or a heading with nothing under it."""
    cells = [cell for row in rows for cell in printed(row) if not ledger.claimed(cell)]
    if not cells:
        return
    if len(cells) == 1 and len(cells[0].text) < 60:
        ledger.keep_out("trailing-heading", cells[0])
        return
    ledger.keep_out("notes-below-table", cells[0])
    for cell in cells[1:]:
        ledger.claim(cell, "finding", "notes-below-table")


def claim_other(rows: Sequence[Cells], ledger: Ledger) -> None:
    """Claim a table of other things behind the lines."""
    cells = [cell for row in rows for cell in row]
    ledger.keep_out("table-unread", cells[0], cells=len(cells))
    for cell in cells[1:]:
        ledger.claim(cell, "finding", "table-unread")
