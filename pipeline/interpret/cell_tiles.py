"""Tiles in the cells of a sheet or a Word table: a name over a figure over its target, several beside each other; or all
of it in one cell, line by line. Each becomes a grid of its own, as a frame around a large figure on a page is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.ratings import of_colour
from pipeline.interpret.table import Cells, Table, printed
from pipeline.interpret.tiles import tile_table
from pipeline.interpret.titles import is_title
from pipeline.shapes import Cell, Grid

FEWEST = 3
"""Tiles of a page."""
HIGHEST = 6
"""Lines of a tile."""
JUDGED = frozenset(("target", "annual_target", "quarter_target", "rag"))


def tiles_among(grids: Sequence[Grid], codes: Codes) -> list[Grid]:
    """The grids in parts where their cells are tiles, most of them with a target or a rating; else as they are."""
    plain = [grid for grid in grids if not grid.lines and not grid.hidden]
    for piled in (_piles, _lines_of_cells):
        piles = {id(grid): piled(grid) for grid in plain}
        tiles = {
            number: [(pile, tile) for pile in held if _is_tile(tile := _tile(pile), codes)]
            for number, held in piles.items()
        }
        found = [tile for held in tiles.values() for _, tile in held]
        judged = [tile for tile in found if _judged(tile, codes)]
        enough = len(found) >= FEWEST and len(found) * 2 >= sum(map(len, piles.values()))
        if enough and len(judged) * 2 > len(found):
            return [part for grid in grids for part in _parted(grid, tiles.get(id(grid), []))]
    return list(grids)


def _parted(grid: Grid, tiles: Sequence[tuple[Cells, Grid]]) -> list[Grid]:
    """What stands above the tiles of a grid, the tiles, what is left."""
    if not tiles:
        return [grid]
    held = {cell.place for pile, _ in tiles for cell in pile}
    rows = [tuple(cell for cell in row if cell.place not in held) for row in grid.rows]
    first = min(place.row for place in held)
    above = tuple(row for row in rows if (filled := printed(row)) and filled[0].place.row < first)
    below = tuple(row for row in rows if (filled := printed(row)) and filled[0].place.row >= first)
    parts = [Grid(grid.part, above)] if above else []
    parts += [tile for _, tile in tiles]
    return [*parts, Grid(grid.part, below, lines=True)] if below else parts


def _piles(grid: Grid) -> list[Cells]:
    """Cells right below each other, from the same column on, in order of their first, each with what stands alone to its
    right ('Target | 90%'). A title begins none."""
    open_: dict[int, list[Cell]] = {}
    found: list[list[Cell]] = []
    lines = (filled for row in grid.rows if (filled := printed(row)))
    for cell in (cell for line in lines if len(line) > 1 or not is_title(line[0].text) for cell in line):
        pile = open_.get(cell.place.column)
        if pile and pile[-1].place.row + pile[-1].rows == cell.place.row:
            pile.append(cell)
        else:
            found.append([cell])
            open_[cell.place.column] = found[-1]
    lone = {(pile[0].place.row, pile[0].place.column): pile[0] for pile in found if len(pile) == 1}
    return [
        tuple(
            piece
            for cell in pile
            for piece in (cell, lone.get((cell.place.row, cell.place.column + cell.columns)))
            if piece
        )
        for pile in found
        if len(pile) > 1
    ]


def _lines_of_cells(grid: Grid) -> list[Cells]:
    """The lines of each cell that has several, as cells at its place."""
    return [
        tuple(replace(cell, text=line) for line in cell.text.split("\n") if line.strip())
        for cell in grid.cells()
        if "\n" in cell.text.strip()
    ]


def _tile(pile: Sequence[Cell]) -> Grid:
    """A grid like that of a frame on a page: its colour as a blank cell, then its lines."""
    fills = [cell.fill for cell in pile if cell.fill and of_colour(cell.fill)]
    colour = [(replace(pile[0], text="", fill=fills[0]),)] if fills else []
    return Grid(pile[0].place.part, (*colour, *((cell,) for cell in pile)), lines=True, tile=True)


def _is_tile(tile: Grid, codes: Codes) -> bool:
    return len(tile.rows) <= HIGHEST + 1 and _table(tile, codes) is not None


def _judged(tile: Grid, codes: Codes) -> bool:
    table = _table(tile, codes)
    if tile.rows[0][0].blank or table is None:
        return table is not None
    said = [table.laid[0][n] for n, c in enumerate(table.columns) if table.laid and c.field in JUDGED]
    return any(cell.drawn or any(map(str.isdigit, cell.text)) for cell in said) or "rag" in table.fields()


def _table(tile: Grid, codes: Codes) -> Table | None:
    return tile_table(tile, codes, rated=False)
