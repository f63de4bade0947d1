"""Lines that hold nothing but a period, above a table or between its rows: 'Quarter 2', 'Previous year 2018/19'. The
figures below such a line are of that period, whatever the title says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.codes import Codes
from pipeline.interpret.headings import heading_of
from pipeline.interpret.table import Table, printed
from pipeline.shapes import Cell, Place

Said = tuple[str | None, int | None]
"""(financial year, quarter), of which one may be unsaid."""
OF_A_PERIOD = frozenset(("quarter", "year", "latest", "previous_year", "previous", "period"))


def period_said(cells: Sequence[Cell], codes: Codes) -> Said | None:
    """The period that a line of one cell names, and nothing else."""
    heading = heading_of(cells[0], codes) if len(cells) == 1 else None
    if heading is None or heading.field not in OF_A_PERIOD or not (heading.quarter or heading.year):
        return None
    return heading.year, heading.quarter


def within(said: Said, year: str | None, quarter: int | None) -> Said:
    """A period completed by that of the document: the quarter of another year is not known from it."""
    return said[0] or year, said[1] or (quarter if said[0] in (None, year) else None)


def last_said(tables: Iterable[Table], title: Place | None, codes: Codes) -> int | None:
    """The last quarter of those that lines in and above the tables name, where the document's period, at the place
    ``title``, is one of these lines or none; None when they name fewer than two."""
    rows = [printed(row) for table in tables for row in [*table.before, *table.rows]]
    said = {row[0].place: found[1] for row in rows if (found := period_said(row, codes)) and found[1]}
    quarters = set(said.values())
    return max(quarters) if len(quarters) > 1 and title in (None, *said) else None
