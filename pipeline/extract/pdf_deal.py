"""The lines of a table's columns dealt out to its rows.

A table sets its cells from the top, around the middle or from the bottom, whichever fits all its columns best. Lines
that stand close are one cell, a wide white parts two, and no cell goes on beyond a rule. A text may cover several rows,
as the narrative beside several measures does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain

from pipeline.extract.pdf_rows import Piece, Row, figured

TOP, MIDDLE, BOTTOM = "top", "middle", "bottom"
FAR = 3.0
"""Lines of print that a cell may stand away from its row."""
SKIPPED, SPANNED, TIGHT, WIDE, OVER, SMALL = 0.25, 0.05, 0.6, 1.2, 0.8, 0.6
"""What it costs to leave a row blank, to cover one more row, to part lines that stand close, to join lines with a wide white between them, to
go over painted blocks, and to begin a cell with a small letter. Standing a line of print aside costs 1.
"""
BEGUN = 0.5
"""The cost of lines in one cell where the second begins a row in a column whose texts begin at the rows."""
BEYOND = 8.0
"""The cost of what cannot be: a cell across a rule. Never infinite, for each line must come into some cell."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What parts the cells of a column: heights of rules and of the edges of paint; ``blocks`` the edges of areas
    that are painted over several rows somewhere in the table."""

    rules: tuple[float, ...] = ()
    blocks: tuple[float, ...] = ()

    def band(self, height: float) -> int:
        return bisect_left(self.rules, height)


Held = tuple[int, int, tuple[Piece, ...]]
"""First row, last row (counted from 0), and the pieces of a cell."""


def cells_of(
    columns: Sequence[Sequence[Piece]], rows: Sequence[Row], ruled: Sequence[Ruled], pitch: float
) -> list[Held]:
    """The cells of all columns, set the way that fits them best."""
    best: tuple[float, list[Held]] | None = None
    for way in (TOP, MIDDLE, BOTTOM):
        edges = borders(rows, (), pitch, way)
        if way == MIDDLE:
            found = [
                dealt(pieces, rows, edges, own, pitch, way)
                for pieces, own in zip(columns, ruled, strict=True)
            ]
            single = [cells for _, cells in found if all(first == last for first, last, _ in cells)]
            edges = borders(rows, [*chain.from_iterable(single)], pitch, way)
        second = [
            dealt(pieces, rows, edges, own, pitch, way) for pieces, own in zip(columns, ruled, strict=True)
        ]
        cost = sum(cost for cost, _ in second)
        if best is None or cost < best[0] - 0.01:
            best = cost, [held for _, cells in second for held in cells]
    return best[1] if best else []


def borders(rows: Sequence[Row], cells: Sequence[Held], pitch: float, way: str) -> list[float]:
    """The heights between the rows, and above and below them all, as a table that sets its cells this ``way`` has
    them; in the middle, halfway between the texts of ``cells``."""
    tops = [row.first - 0.6 * pitch for row in rows]
    bottoms = [row.last + 0.6 * pitch for row in rows]
    for first, last, held in cells:
        tops[first] = min(tops[first], held[0].top)
        bottoms[last] = max(bottoms[last], held[-1].bottom)
    if way == TOP:
        return [*tops, bottoms[-1]]
    if way == BOTTOM:
        return [tops[0], *bottoms]
    between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    if not between:
        return [tops[0], bottoms[0]]
    # Above the first row and below the last there is as much white as on their other sides.
    above, below = 2 * rows[0].middle - between[0], 2 * rows[-1].middle - between[-1]
    return [min(tops[0], above), *between, max(bottoms[-1], below)]


def dealt(
    pieces: Sequence[Piece], rows: Sequence[Row], edges: Sequence[float], ruled: Ruled, pitch: float, way: str
) -> tuple[float, list[Held]]:
    """(cost, cells) of the cheapest way to deal the lines of a column to the rows."""
    if lone := _lone(pieces, rows, pitch):
        return SKIPPED * (len(rows) - len(lone)), lone
    spanned = 1.0 if figured(pieces) else SPANNED
    begun = _begun(pieces, rows, pitch)
    bands = [ruled.band(piece.middle) for piece in pieces]
    row_bands = [ruled.band(row.middle) for row in rows]
    close = 1.12 * pitch
    tops, bottoms = [piece.top for piece in pieces], [piece.bottom for piece in pieces]
    wide = [*accumulate((row.wide for row in rows), initial=0)]
    blocks = sorted(ruled.blocks)

    firsts, lasts, middles = (
        [row.first for row in rows],
        [row.last for row in rows],
        [row.middle for row in rows],
    )

    def beyond(a: int, b: int, i: int, j: int) -> float:
        """The cost of what a cell lies across."""
        cost = 0.0
        if bands[a] != row_bands[i] or bands[b] != row_bands[j] or wide[i] != wide[j + 1]:
            cost += BEYOND
        if blocks and j > i:
            over = bisect_left(blocks, edges[j] + pitch) - bisect_right(blocks, edges[i + 1] - pitch)
            cost += OVER * max(over, 0)
        return cost

    @cache
    def best(a: int, i: int) -> tuple[float, tuple[int, int, int, int] | None]:
        if a == len(pieces):
            return SKIPPED * (len(rows) - i), None
        if i == len(rows):
            return 1e6, None
        skipped = best(a, i + 1)[0] + SKIPPED if pieces[a].middle > rows[i].first - FAR * pitch else 1e6
        found: tuple[float, tuple[int, int, int, int] | None] = (skipped, (a, a - 1, i, i))
        within = 0.0
        # What a cell from here on costs, wherever it ends.
        above = max(0.0, edges[i] - pitch - tops[a])
        least = (above + (abs(pieces[a].middle - firsts[i]) if way == TOP else 0.0)) / pitch
        for b in range(a, len(pieces)):
            if b > a:
                within += _joining(pieces[b - 1], pieces[b], close, pitch)
                within += BEYOND if bands[b] != bands[b - 1] else BEGUN if b in begun else 0.0
            if within > 2 * BEYOND or within + least > found[0]:
                break
            free = b + 1 == len(pieces) or bands[b] != bands[b + 1] or b + 1 in begun
            parting = 0.0 if free else _parting(pieces[b], pieces[b + 1], close)
            below = bottoms[b] - 0.6 * pitch
            far = 2 * bottoms[b] + 2 * FAR * pitch - edges[i]
            centre = (tops[a] + bottoms[b]) / 2
            for j in range(i, len(rows)):
                if within + parting + least + spanned * (j - i) >= found[0] or (j > i and edges[j] > far):
                    break
                if way == TOP:
                    off = pieces[a].middle - firsts[i]
                elif way == BOTTOM:
                    off = pieces[b].middle - lasts[j]
                else:
                    off = centre - (middles[i] if i == j else (edges[i] + edges[j + 1]) / 2)
                out = max(above, below - edges[j + 1])
                cost = within + parting + (abs(off) + out) / pitch + spanned * (j - i)
                if cost < found[0]:
                    cost += beyond(a, b, i, j)
                if cost < found[0]:
                    cost += best(b + 1, j + 1)[0]
                    if cost < found[0]:
                        found = cost, (a, b, i, j)
        return found

    cells: list[Held] = []
    a = i = 0
    cost, step = best(0, 0)
    while step:
        if step[1] >= step[0]:
            cells.append((step[2], step[3], tuple(pieces[step[0] : step[1] + 1])))
            a = step[1] + 1
        i = step[3] + 1
        step = best(a, i)[1]
    return cost, [_filling(cell, cells, row_bands, rows) for cell in cells]


def _lone(pieces: Sequence[Piece], rows: Sequence[Row], pitch: float) -> list[Held]:
    """The cells of a column of figures where each line is a row's own; none where some is not."""
    cells: list[Held] = []
    for piece in pieces if figured(pieces) else ():
        row = min(range(len(rows)), key=lambda n: abs(rows[n].middle - piece.middle))
        near = abs(rows[row].middle - piece.middle) < 0.3 * pitch and rows[row].first == rows[row].last
        if not near or rows[row].wide or (cells and cells[-1][0] >= row):
            return []
        cells.append((row, row, (piece,)))
    return cells


def _filling(cell: Held, cells: Sequence[Held], bands: Sequence[int], rows: Sequence[Row]) -> Held:
    """A cell that stands alone between two rules of its column reaches from one to the other."""
    band = bands[cell[0]]
    inside = [n for n in range(len(rows)) if bands[n] == band and not rows[n].wide]
    alone = max(bands) > min(bands) and sum(bands[other[0]] == band for other in cells) == 1
    return (inside[0], inside[-1], cell[2]) if alone and inside and cell[0] in inside else cell


def _begun(pieces: Sequence[Piece], rows: Sequence[Row], pitch: float) -> set[int]:
    """The lines that begin a row, where hardly one of them goes on with a small letter."""
    first = {
        n
        for n, piece in enumerate(pieces)
        if any(abs(piece.middle - row.first) < 0.3 * pitch for row in rows)
    }
    small = sum(pieces[n].text[:1].islower() for n in first)
    enough = len(first) > 3 or (len(first) > 1 and len(first) >= 0.7 * len(rows))
    return first if enough and small <= 0.15 * len(first) else set()


def _joining(before: Piece, after: Piece, close: float, pitch: float) -> float:
    """The cost of two lines in one cell."""
    step = after.middle - before.middle
    return 0.0 if step <= close else min(WIDE, 2 * (step - close) / pitch + 0.3)


def _parting(before: Piece, after: Piece, close: float) -> float:
    """The cost of two lines in two cells."""
    cost = TIGHT if after.middle - before.middle <= close else 0.0
    goes_on = (
        after.text[:1].islower() or before.text[-1] in ",-–&" or before.text.endswith((" and", " of", " the"))
    )
    return cost + (SMALL if goes_on else 0.0)
