"""Grids -> tables: headings found by their words, and the rows that stand under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.beside import side_by_side
from pipeline.interpret.cards import with_cards
from pipeline.interpret.cell_tiles import tiles_among
from pipeline.interpret.forms import form_at, tell_below
from pipeline.interpret.heading_rows import find_head
from pipeline.interpret.introductions import introduces_below, labelled
from pipeline.interpret.narratives import tells
from pipeline.interpret.other_tables import adjoins, heads_other
from pipeline.interpret.panels import set_before
from pipeline.interpret.table import Cells, Table, printed
from pipeline.interpret.tiles import rate, tile_table
from pipeline.interpret.titles import is_title, read_title
from pipeline.interpret.turned import turned_table
from pipeline.shapes import Cell, Grid, Place


def tables(grids: Sequence[Grid], codes: Codes) -> list[Table]:
    """The tables of a document in order. Lines before the first heading, and those that stand between tables
    and are no rows, are in ``before``; rows of a page without a heading go on under the last one, but for those of
    tables of other things."""
    found: list[Table] = []
    loose: list[Cells] = []
    for grid in _pieces(grids, codes):
        if isinstance(grid, Table):
            grid.before, loose = loose, []
            found.append(grid)
            continue
        at = 0
        other: list[Cells] | None = None
        while at < len(grid.rows):
            row = grid.rows[at]
            begun = _begin(grid, at, codes, loose)
            if begun is None:
                if other is None or not adjoins(grid.rows, at):
                    other = _other(found, loose, grid, at, codes)
                if other is not None:
                    other.append(printed(row))
                else:
                    _go_on(found, loose, grid, row, codes)
                at += 1
                continue
            table, above, taken = begun
            for back in range(1, above + 1):
                held = loose or (found[-1].rows if found else [])
                if held and held[-1] is grid.rows[at - back]:  # else it heads the table before as well
                    held.pop()
            if found and found[-1].form:
                loose = tell_below(found[-1], loose)
            between = ([*_titles_at_end(found[-1], table, codes)] if found else []) + loose
            if found and _same(found[-1], table) and not any(_names(row, found[0], codes) for row in between):
                found[-1].repeats += [column.cell for column in table.columns] + table.levels
                found[-1].rows += between
            else:
                table.before = between
                found.append(table)
            loose = []
            at += taken
    if found and found[-1].form:
        loose = tell_below(found[-1], loose)
    if found and loose:
        found[-1].rows += loose
    for table in found:
        set_before(table, codes)
    return found


def _pieces(grids: Sequence[Grid], codes: Codes) -> Iterator[Grid | Table]:
    """The grids in parts, and a table for each tile and card, whose lines need no more reading."""
    parts = [part for grid in grids for part in side_by_side(grid, codes)]
    broken: dict[Place, Cell] = {}
    if not any(_begin(part, at, codes, []) for part in parts for at in range(len(part.rows))):
        broken = {cell.place: cell for part in parts for cell in part.cells() if "\n" in cell.text}
        parts = tiles_among(parts, codes)
    rated = rate([part for part in parts if part.tile])
    for part in parts:
        if part.tile:
            tile = tile_table(part, codes, rated)
            if tile:
                own = (broken[cell.place] for cell in part.cells() if cell.place in broken)
                tile.pieces += [(cell, "measure") for cell in own]
            yield tile or part
        elif part.lines:
            yield from with_cards(part, codes)
        else:
            yield part


def _begin(grid: Grid, at: int, codes: Codes, loose: list[Cells]) -> tuple[Table, int, int] | None:
    """(table, rows above it that are its heading's, rows taken) where a table begins in a grid."""
    head = find_head(grid.rows, at, codes)
    if head:
        return head
    form = form_at(grid.rows, at, codes, loose)
    if form:
        return form[0], 0, form[1]
    turned = None if grid.lines else turned_table(grid.rows, at, codes)
    return (turned[0], 0, turned[1]) if turned else None


def _other(found: list[Table], loose: list[Cells], grid: Grid, at: int, codes: Codes) -> list[Cells] | None:
    """Where a table of other things begins behind the last table: its rows so far, which are those of its title."""
    if not found or found[-1].laid is not None or grid.lines:
        return None
    if not heads_other(grid.rows, at, found[-1], codes):
        return None
    above = loose or found[-1].rows
    other: list[Cells] = []
    while above and len(printed(above[-1])) == 1 and (loose or above[-1] is grid.rows[at - len(other) - 1]):
        other.insert(0, printed(above.pop()))
        if loose is above:
            break
    found[-1].others.append(other)
    return other


def _go_on(found: list[Table], loose: list[Cells], grid: Grid, row: Cells, codes: Codes) -> None:
    """Put a row that heads nothing under the last table, or with the loose lines."""
    if found and found[-1].form and not loose and tells(printed(row), found[-1].told, codes):
        found[-1].told.append(printed(row))
        return
    last = found[-1] if found and found[-1].laid is None else None
    if last and not loose and not grid.lines:
        last.rows.append(row)
    elif last and not grid.lines and len(printed(row)) > 2:
        last.rows += [*loose, row]
        loose.clear()
    elif printed(row):
        loose.append(row)


def _names(row: Cells, first: Table, codes: Codes) -> bool:
    """Whether a row between two headings names what follows, and is no repeated title of the page."""
    filled = printed(row)
    text = " ".join(cell.text for cell in filled)
    if not filled or not is_title(text):
        above = {key(" ".join(cell.text for cell in printed(line))) for line in first.before}
        return bool(filled) and key(text) not in above
    other = read_title([filled], codes).directorate
    own = read_title([printed(line) for line in first.before], codes).directorate
    return bool(other and own) and key(other or "") != key(own or "")


def _titles_at_end(table: Table, coming: Table, codes: Codes) -> list[Cells]:
    """Rows of one short text, labels with their text, and what introduces it, right above a heading belong to what
    follows."""
    taken: list[Cells] = []
    if table.laid is None and (count := introduces_below(table.rows, codes)):
        taken = table.rows[-count:]
        del table.rows[-count:]
    while table.rows and table.laid is None:
        filled = printed(table.rows[-1])
        one = len(filled) == 1 and len(filled[0].text) <= 70 and filled[0].rows == 1
        firsts = [t.columns[0].cell.place.column for t in (table, coming)]
        leads = one and filled[0].place.column <= max(firsts)
        if filled and not leads and not labelled(table.rows[-1], codes):
            break
        taken.insert(0, table.rows.pop())
    return [row for row in taken if printed(row)]


def _same(old: Table, new: Table) -> bool:
    if old.laid is not None or new.laid is not None:
        return False
    if (
        old.columns[0].cell.place.sheet
        and old.columns[0].cell.place.column != new.columns[0].cell.place.column
    ):
        return False
    if _beside(old.columns[0].cell, new.columns[0].cell):
        return False
    same_columns = [c.field for c in old.columns] == [c.field for c in new.columns]
    texts = [" ".join(c.cell.text.split()).casefold() for c in old.columns]
    return same_columns and texts == [" ".join(c.cell.text.split()).casefold() for c in new.columns]


def _beside(one: Cell, other: Cell) -> bool:
    """Whether two headings stand on one page at the same height, one to the right of the other."""
    first, second = one.place.box, other.place.box
    if one.place.part != other.place.part or not first or not second:
        return False
    return second[0] > first[2] and second[1] < first[3] and first[1] < second[3]


def filled_cells(grids: Sequence[Grid]) -> Iterator[Cell]:
    """Every cell that the ledger must account for."""
    for grid in grids:
        for cell in grid.cells():
            if not cell.blank:
                yield cell
