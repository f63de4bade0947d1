"""Tables side by side on one sheet, parted into grids of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.codes import Codes
from pipeline.interpret.heading_rows import find_head
from pipeline.interpret.headings import heading_of
from pipeline.interpret.table import Cells, printed
from pipeline.shapes import Cell, Grid


def side_by_side(grid: Grid, codes: Codes) -> list[Grid]:
    """The grid in parts, from left to right where two headings stand beside each other, else the grid alone."""
    if grid.lines or grid.hidden:
        return [grid]
    for at, row in enumerate(grid.rows):
        starts = _starts(grid.rows, at, row, codes)
        if starts:
            top = _top(grid.rows, at, starts)
            parts = [Grid(grid.part, grid.rows[:top])] if top else []
            for left, right in pairwise([*starts, 1 << 30]):
                left = 0 if left == starts[0] else left
                rows = tuple(_within(row, left, right) for row in grid.rows[top:])
                parts += side_by_side(Grid(grid.part, rows), codes)
            return parts
    return [grid]


def _within(row: Sequence[Cell], left: int, right: int) -> Cells:
    return tuple(cell for cell in row if left <= cell.place.column < right)


def _starts(rows: Sequence[Cells], at: int, row: Cells, codes: Codes) -> list[int]:
    """The first columns of the tables that a row heads beside each other; [] when it heads at most one."""
    filled = printed(row)
    if len(filled) < 6:
        return []
    names = [(cell, heading) for cell in filled if (heading := heading_of(cell, codes))]
    if sum(heading.field in ("measure", "priority") for _, heading in names) < 2:
        return []
    # A table begins after a column that is blank in the heading, or where its first heading is printed again.
    again = filled[0].text.strip().casefold()
    starts = [filled[0].place.column]
    for before, cell in pairwise(filled):
        gap = cell.place.column > before.place.column + before.columns
        if gap or cell.text.strip().casefold() == again:
            starts.append(cell.place.column)
    kept = starts[:1]
    for start, end in pairwise([*starts[1:], 1 << 30]):
        if find_head([_within(r, start, end) for r in rows[at : at + 30]], 0, codes):
            kept.append(start)
    whole = [
        find_head([_within(r, start, end) for r in rows[at : at + 30]], 0, codes)
        for start, end in pairwise([*kept, 1 << 30])
    ]
    named = all(head and head[0].fields() & {"measure", "priority"} for head in whole)
    return kept if len(kept) > 1 and named else []


def _top(rows: Sequence[Cells], at: int, starts: list[int]) -> int:
    """The first row that belongs to the tables: names right above them, each over its own."""
    top = at
    while top and (filled := printed(rows[top - 1])):
        if len(filled) < 2 or not all(cell.place.column in starts for cell in filled):
            break
        top -= 1
    return top
