"""Pages whose print stands on its side: read as if the page had been turned, with the places of the page as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pipeline.extract.pdf_lines import turn_of
from pipeline.shapes import Box, Cell, Grid

MOST = 0.6
"""From this share of its characters on, a page is read along their direction; a few are turned headings."""


def turned(page: Any) -> int:
    """Degrees to the left, in quarters, that most print of a page was turned by."""
    turns = Counter(turn_of(char) for char in page.chars)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if count > MOST * len(page.chars) else 0


def turn_page(page: Any, turn: int) -> Any:
    """The page turned so that its print stands upright."""
    if not turn:
        return page
    from pdfplumber.page import Page

    rotate = (page.page_obj.rotate + turn) % 360
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = rotate
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


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
