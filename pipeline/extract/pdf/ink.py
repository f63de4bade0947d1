"""What a page has beside its words, and the cells of a table without rules that it shows: paint, shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.pdf.columns import Span, column_at
from pipeline.extract.pdf.rows import Row
from pipeline.shapes import Box, Cell, Place


@dataclass(frozen=True, slots=True)
class Ink:
    """What a page has beside its words: rules across (height, x0, x1), painted areas, small shapes."""

    rules: Sequence[tuple[float, float, float]] = ()
    fills: Sequence[tuple[Box, str | None]] = ()
    shapes: Sequence[tuple[Box, str, str]] = ()

    def behind(self, point: tuple[float, float]) -> str | None:
        """The colour that a point is painted with."""
        fill = None
        for area, colour in self.fills:
            if area[0] <= point[0] <= area[2] and area[1] <= point[1] <= area[3]:
                fill = colour
        return fill


def inked(cell: Cell, ink: Ink) -> Cell:
    """The cell with the paint behind its text."""
    box = cell.place.box
    if cell.fill or not box:
        return cell
    return replace(cell, fill=ink.behind(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)))


def blanks(
    part: str, spans: Sequence[Span], rows: Sequence[Row], above: int, cells: Sequence[Cell], ink: Ink
) -> list[Cell]:
    """Cells without print that are painted or have a shape drawn in them: a rating may be colour alone."""
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.place.row, cell.place.row + cell.rows)
        for column in range(cell.place.column, cell.place.column + cell.columns)
    }
    found = []
    areas = [(box, colour, None) for box, colour in ink.fills if colour]
    for box, colour, drawn in (*((box, c, d) for box, d, c in ink.shapes), *areas):
        inside = [n for n, (x0, x1) in enumerate(spans) if box[0] < (x0 + x1) / 2 < box[2]]
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if drawn:
            inside = [column_at(spans, x)] if spans[0][0] < x < spans[-1][1] + 40 else []
        held = [n for n, row in enumerate(rows) if box[1] < row.middle < box[3] and not row.wide]
        if not held and drawn and rows and rows[0].first - 20 < y < rows[-1].last + 20:
            held = [min(range(len(rows)), key=lambda n: abs(rows[n].middle - y))]
        if len(inside) != 1 or not held:
            continue
        free = [n for n in held if (n + above + 1, inside[0] + 1) not in taken]
        if free == held:
            place = Place(part, held[0] + above + 1, inside[0] + 1, box)
            found.append(Cell(place, "", fill=colour, drawn=drawn, rows=len(held)))
            taken |= {(n + above + 1, inside[0] + 1) for n in held}
    return found
