"""The second reader of ruled tables: where words stand, without a look at the rules. Both must tell the same cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.pdf.lines import Word, lines_of
from pipeline.extract.pdf.rules import Boxes
from pipeline.shapes import Box, Cell, Finding, Grid

WHITE = 2.5
"""Times the size of the print: white that parts columns. Between words of a justified line it is less."""
OVER = 0.35
"""Of its breadth, what a word may have beyond a rule: print in narrow cells touches it."""


def disagreements(grid: Grid, words: Sequence[Word]) -> list[Finding]:
    """A finding for each cell of a ruled table that the white between the words parts or joins otherwise.

    Texts far apart in one cell are two where a rule is missing; a word across a rule belongs to both sides or none.
    """
    cells = {cell.place.box: cell for cell in grid.cells() if not cell.blank and cell.place.box}
    boxes = Boxes(list(cells))
    held: dict[Box, list[Word]] = {box: [] for box in cells}
    for word in words:
        box = boxes.at(word.middle)
        if box:
            held[box].append(word)
    return [
        Finding("cells-disagree", cell.place, cell.text, {"what": what})
        for box, cell in cells.items()
        for what in _told_otherwise(cell, box, held[box])
    ]


def _told_otherwise(cell: Cell, box: Box, held: Sequence[Word]) -> Iterator[str]:
    if any(word.turn for word in held):
        return
    lines = lines_of(held)
    if cell.columns == 1 and any(_parted(line) for line in lines):
        yield "the white in it parts several texts, where no line is ruled"
    if any(max(box[0] - w.x0, w.x1 - box[2]) > OVER * (w.x1 - w.x0) for w in held):
        yield "a word lies across the line beside it"


def _parted(line: Sequence[Word]) -> bool:
    return any(
        after.x0 - before.x1 > WHITE * max(before.size, after.size) for before, after in pairwise(line)
    )
