"""Lines that hold nothing but a period, above a table or between its rows: 'Quarter 2', 'Previous year 2018/19'. The
figures below such a line are of that period, whatever the title says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.codes import Codes
from pipeline.interpret.headings import heading_of
from pipeline.interpret.table import Table, printed
from pipeline.shapes import Cell, Place

if TYPE_CHECKING:
    from pipeline.interpret.lines import Lines

Said = tuple[str | None, int | None]
"""(financial year, quarter), of which one may be unsaid; quarter 0 for a month, whose figure is none of a quarter."""
OF_A_PERIOD = frozenset(("quarter", "year", "latest", "previous_year", "previous"))


def period_said(cells: Sequence[Cell], codes: Codes) -> Said | None:
    """The period that a line of one cell names, and nothing else."""
    heading = heading_of(cells[0], codes) if len(cells) == 1 else None
    if heading and heading.field == "month" and heading.month is not None:
        return heading.year, 0
    if heading is None or heading.field not in OF_A_PERIOD or not (heading.quarter or heading.year):
        return None
    return heading.year, heading.quarter


def within(said: Said, year: str | None, quarter: int | None) -> Said:
    """A period completed by that of the document: the quarter of another year is not known from it."""
    if said[1] is not None:
        return said[0] or year, said[1] or None
    return said[0], quarter if said[0] == year else None


def begin_period(lines: Lines, table: Table) -> None:
    """Set the period of a table: that of the document, unless its sheet, one of several, is one of a month, or a line
    above it says otherwise."""
    lines.year, lines.quarter = lines.reported
    first = table.columns[0].cell
    named = heading_of(Cell(first.place, table.sheet), lines.codes) if table.sheet else None
    if named and named.field == "month":
        lines.quarter = None
        lines.ledger.find("period-of-lines", first, table.sheet)
    for row in table.before:
        of_period(lines, printed(row))


def of_period(lines: Lines, cells: Sequence[Cell]) -> bool:
    """Take a line that holds another period than the one before for the period of what follows."""
    said = period_said(cells, lines.codes)
    period = within(said, *lines.reported) if said else None
    if period is None or period == (lines.year, lines.quarter):
        return False
    lines.year, lines.quarter = period
    lines.ledger.claim(cells[0], "heading", "period")
    lines.ledger.find("period-of-lines", cells[0])
    return True


def last_said(tables: Iterable[Table], title: Place | None, codes: Codes) -> int | None:
    """The last quarter of those that lines in and above the tables name, where the document's period, at the place
    ``title``, is one of these lines or none; None when they name fewer than two."""
    plain = [table for table in tables if table.laid is None]
    rows = [printed(row) for table in plain for row in [*table.before, *table.rows]]
    said = {row[0].place: found[1] for row in rows if (found := period_said(row, codes)) and found[1]}
    quarters = set(said.values())
    return max(quarters) if len(quarters) > 1 and title in (None, *said) else None
