"""Grids -> tables: heading rows found by their words, and the rows that stand under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes import Codes
from pipeline.interpret.headings import NARROW, VALUES, Heading, heading_of, plain
from pipeline.interpret.periods import year_of
from pipeline.interpret.titles import is_title
from pipeline.shapes import Cell, Grid

Cells = tuple[Cell, ...]
LABELS = ("priority", "progress_summary", "rag", "portfolio")


@dataclass(slots=True)
class Table:
    """A heading and the rows under it. ``section`` is the cell that names the section, if any; ``levels`` the
    heading cells that stand above others; ``unknown`` headings that no list knows."""

    columns: list[Heading]
    section: Cell | None = None
    levels: list[Cell] = field(default_factory=list)
    unknown: list[Cell] = field(default_factory=list)
    repeats: list[Cell] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    before: list[Cells] = field(default_factory=list)

    def fields(self) -> set[str]:
        return {column.field for column in self.columns}


def printed(row: Sequence[Cell]) -> Cells:
    """The filled cells of a row."""
    return tuple(cell for cell in row if not cell.blank)


def tables(grids: Sequence[Grid], codes: Codes) -> list[Table]:
    """The tables of a document in order. Lines before the first heading, and those that stand between tables
    and are no rows, are in ``before``; rows of a page without a heading go on under the last one."""
    found: list[Table] = []
    loose: list[Cells] = []
    rows = [(grid, row) for grid in grids for row in grid.rows]
    at = 0
    while at < len(rows):
        grid, row = rows[at]
        headings = heading_row(row, codes)
        if headings is None:
            if found and not loose and (not grid.lines):
                found[-1].rows.append(row)
            elif found and not grid.lines and len(printed(row)) > 2:
                found[-1].rows.extend(loose)
                found[-1].rows.append(row)
                loose = []
            elif printed(row):
                loose.append(row)
            at += 1
            continue
        table = headings
        taken = 1
        if at + 1 < len(rows) and rows[at + 1][0] is grid:
            taken += _second_level(table, rows[at + 1][1], codes)
        between = ([*_titles_at_end(found[-1], codes)] if found else []) + loose
        if found and _same(found[-1], table) and not any(_names(row) for row in between):
            found[-1].repeats += [column.cell for column in table.columns] + table.levels + table.unknown
            found[-1].rows += between
        else:
            table.before = between
            found.append(table)
        loose = []
        at += taken
    if found and loose:
        found[-1].rows += loose
    return found


def labelled(row: Sequence[Cell], codes: Codes) -> tuple[Cell, str, Cell] | None:
    """(label, field, cell) of a row that prints a label and what it stands for: 'Overall Progress | Green'."""
    filled = printed(row)
    coloured = [cell for cell in row if cell.blank and (cell.fill or cell.drawn)]
    if len(filled) == 1 and len(coloured) == 1 and filled[0].place.column < coloured[0].place.column:
        filled += (coloured[0],)
    heading = heading_of(filled[0], codes) if len(filled) == 2 else None
    return (filled[0], heading.field, filled[1]) if heading and heading.field in LABELS else None


def _names(row: Cells) -> bool:
    """Whether a row between two headings names what follows, and is no repeated title of the page."""
    filled = printed(row)
    return bool(filled) and not is_title(" ".join(cell.text for cell in filled))


def _titles_at_end(table: Table, codes: Codes) -> list[Cells]:
    """Rows of one short text, and labels with their text, right above a heading belong to what follows."""
    taken: list[Cells] = []
    while table.rows:
        filled = printed(table.rows[-1])
        one = len(filled) == 1 and len(filled[0].text) <= 70 and filled[0].rows == 1
        leads = one and filled[0].place.column <= table.columns[0].cell.place.column
        if filled and not leads and not labelled(table.rows[-1], codes):
            break
        taken.insert(0, table.rows.pop())
    return [row for row in taken if printed(row)]


def _same(old: Table, new: Table) -> bool:
    same_columns = [c.field for c in old.columns] == [c.field for c in new.columns]
    texts = [" ".join(c.cell.text.split()).casefold() for c in old.columns]
    return same_columns and texts == [" ".join(c.cell.text.split()).casefold() for c in new.columns]


def heading_row(row: Sequence[Cell], codes: Codes) -> Table | None:
    """The table that a row heads, or None when the row is no heading: it must name what is measured and
    a figure or a rating of it."""
    filled = printed(row)
    if len(filled) < 3:
        return None
    known = [(cell, heading_of(cell, codes)) for cell in filled]
    fields = {heading.field for _, heading in known if heading}
    named = sum(heading is not None for _, heading in known)
    if not fields & {"measure", "priority"} or named < 3 or named < len(filled) / 2:
        return None
    levels = [
        cell
        for cell, heading in known
        if cell.columns > 1 and (heading is None or heading.field == "year") and year_of(cell.text)
    ]
    if not fields & (VALUES | {"rag", "quarter_target", "quarter_rag"}) and not levels:
        return None
    unknown = [cell for cell, heading in known if heading is None and cell not in levels]
    table = Table([heading for _, heading in known if heading], None, levels, unknown)
    card = fields & {"progress_summary", "portfolio"} and fields & {"rag", "measure"}
    if "priority" not in fields and unknown and card:
        table.section = unknown[0]
        table.columns.append(Heading(unknown.pop(0), "priority"))
    elif card:
        table.section = next((c.cell for c in table.columns if _names_section(c)), None)
    for cell in unknown:
        table.columns.append(Heading(cell, "unknown"))
    table.columns = _in_order(table.columns)
    return table


def _names_section(column: Heading) -> bool:
    """'Directorate Priorities', 'Service objectives' head the column of priorities and name their section."""
    words = plain(column.cell.text)
    return column.field == "priority" and " " in words and words.endswith("s")


def _in_order(columns: list[Heading]) -> list[Heading]:
    return sorted(columns, key=lambda column: column.cell.place.column)


def _second_level(table: Table, row: Sequence[Cell], codes: Codes) -> int:
    """Take a row of quarters under a spanning heading into the columns; how many rows were taken."""
    filled = printed(row)
    known = [(cell, heading_of(cell, codes)) for cell in filled]
    if len(filled) < 2 or any(heading is None or heading.field not in NARROW for _, heading in known):
        return 0
    spanning = [*table.levels, *(column.cell for column in table.columns if column.cell.columns > 1)]
    for cell, heading in known:
        above = next(
            (
                top
                for top in spanning
                if top.place.column <= cell.place.column < top.place.column + top.columns
            ),
            None,
        )
        if heading:
            whole = heading_of(cell, codes, above.text) if above else None
            year = year_of(above.text) if above else None
            table.columns.append(whole or replace(heading, year=heading.year or year))
            if above is not None and above not in table.levels:
                table.levels.append(above)
    table.columns = _in_order([column for column in table.columns if column.cell not in table.levels])
    return 1


def filled_cells(grids: Sequence[Grid]) -> Iterator[Cell]:
    """Every cell that the ledger must account for."""
    for grid in grids:
        for cell in grid.cells():
            if not cell.blank:
                yield cell
