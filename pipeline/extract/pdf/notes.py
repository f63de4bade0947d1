"""What readers of a page wrote on it: sticky notes, remarks on highlighted text, text that was struck out.

It is no print and stays out of the cells; but a person meant it to be read ("to be confirmed by Finance"), so each is a
finding with its text, at the cell that it was put on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.pdf.laid import STRUCK
from pipeline.extract.pdf.page import Page
from pipeline.shapes import Box, Finding, Grid, Place


def notes_on(page: Page, part: str, grids: Sequence[Grid]) -> Iterator[Finding]:
    """A finding for each note of a page, and for each text on it that was struck out. ``grids`` are the page's."""
    for what, said, box in page.notes:
        if said:
            yield Finding("reader-note", _place(part, grids, box), said, {"what": what})
        elif what == STRUCK:
            yield Finding("reader-struck-out", _place(part, grids, box), _under(page, box))


def _place(part: str, grids: Sequence[Grid], box: Box) -> Place:
    """The place of the cell under a box, or of the nearest one."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2

    def away(place: Place) -> float:
        x0, top, x1, bottom = place.box or box
        return max(x0 - x, x - x1, 0.0) + max(top - y, y - bottom, 0.0)

    places = [cell.place for grid in grids for cell in grid.cells() if cell.place.box]
    return min(places, key=away, default=Place(part, 1, 1, box))


def _under(page: Page, box: Box) -> str:
    """The print under a box, in the order of drawing."""
    x0, top, x1, bottom = box
    return "".join(
        text or " "
        for run in page.runs
        for left, upper, right, lower, text in run.chars
        if x0 < (left + right) / 2 < x1 and top < (upper + lower) / 2 < bottom
    ).strip()
