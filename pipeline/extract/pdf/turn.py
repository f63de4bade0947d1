"""Pages whose print stands on its side: read as if the page had been turned, with the places of the page as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.extract.pdf.page import Page
from pipeline.shapes import Box, Cell, Grid

MOST = 0.6
"""From this share of its characters on, a page is read along their direction; a few are turned headings."""


def turned(page: Page) -> int:
    """Degrees to the left, in quarters, that most print of a page was turned by."""
    turns = page.turns()
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if count > MOST * turns.total() else 0


def turned_back(grids: Sequence[Grid], turn: int, width: float, height: float) -> list[Grid]:
    """The grids with their boxes on the page as displayed, ``width`` x ``height`` points."""
    if not turn:
        return list(grids)

    def back(box: Box) -> Box:
        x0, top, x1, bottom = box
        if turn == 90:
            return top, height - x1, bottom, height - x0
        if turn == 180:
            return width - x1, height - bottom, width - x0, height - top
        return width - bottom, x0, width - top, x1

    return moved(grids, back)


def moved(grids: Sequence[Grid], move: Callable[[Box], Box]) -> list[Grid]:
    """The grids with every box moved."""

    def cell_moved(cell: Cell) -> Cell:
        box = cell.place.box
        return replace(cell, place=replace(cell.place, box=move(box))) if box else cell

    return [replace(g, rows=tuple(tuple(cell_moved(c) for c in row) for row in g.rows)) for g in grids]
