"""The lines of a table's columns dealt out to its rows.

A table sets its cells from the top, around the middle or from the bottom, whichever fits all its columns best. Lines
that stand close are one cell, a wide white parts two, and no cell goes on beyond a rule. A text may cover several rows,
as the narrative beside several measures does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise

from pipeline.extract.pdf.rows import Piece, Row, figured

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
Best = tuple[float, tuple[int, int, int, int] | None]
"""A cost, and a step that leads to it: the first and the last line of a cell (none: the last comes before the first), its
first and last row."""


def cells_of(
    columns: Sequence[Sequence[Piece]], rows: Sequence[Row], ruled: Sequence[Ruled], pitch: float
) -> list[Held]:
    """The cells of all columns, set the way that fits them best."""
    best: tuple[float, list[Held]] | None = None
    sides = [_Column(pieces, rows, own, pitch) for pieces, own in zip(columns, ruled, strict=True)]
    for way in (TOP, MIDDLE, BOTTOM):
        edges = borders(rows, (), pitch, way)
        if way == MIDDLE:
            found = [column.dealt(edges, way) for column in sides]
            single = [cells for _, cells in found if all(first == last for first, last, _ in cells)]
            edges = borders(rows, [*chain.from_iterable(single)], pitch, way)
        cost = 0.0
        second: list[Held] = []
        for column in sides:
            more, cells = column.dealt(edges, way)
            cost += more
            second += cells
            if best and cost >= best[0] - 0.01:
                break
        else:
            best = cost, second
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


class _Column:
    """The lines of one column, and what joining and parting them costs whichever way cells are set."""

    def __init__(self, pieces: Sequence[Piece], rows: Sequence[Row], ruled: Ruled, pitch: float) -> None:
        self.pieces, self.rows, self.pitch = pieces, rows, pitch
        self.lone = _lone(pieces, rows, pitch)
        if self.lone:
            return
        self.spanned = 1.0 if figured(pieces) else SPANNED
        self.bands = bands = [ruled.band(piece.middle) for piece in pieces]
        self.row_bands = [ruled.band(row.middle) for row in rows]
        self.blocks = sorted(ruled.blocks)
        self.wide = [*accumulate((row.wide for row in rows), initial=0)]
        begun, close = _begun(pieces, rows, pitch), 1.12 * pitch
        self.joining, self.parting = [0.0], []
        """What it costs that a line goes on with the cell above it, and that its cell ends with it."""
        for b, (before, after) in enumerate(pairwise(pieces), 1):
            ruled_off = bands[b] != bands[b - 1]
            held = BEYOND if ruled_off else BEGUN if b in begun else 0.0
            self.joining.append(_joining(before, after, close, pitch) + held)
            self.parting.append(0.0 if ruled_off or b in begun else _parting(before, after, close))
        self.parting.append(0.0)

    def dealt(self, edges: Sequence[float], way: str) -> tuple[float, list[Held]]:
        """(cost, cells) of the cheapest way to deal the lines to the rows."""
        if self.lone:
            return SKIPPED * (len(self.rows) - len(self.lone)), self.lone
        steps = self._steps(edges, way)
        cells: list[Held] = []
        cost, step = steps(0, 0)
        while step:
            a, b, i, j = step
            if b >= a:
                cells.append((i, j, tuple(self.pieces[a : b + 1])))
            step = steps(b + 1, j + 1)[1]
        return cost, [_filling(cell, cells, self.row_bands, self.rows) for cell in cells]

    def _steps(self, edges: Sequence[float], way: str) -> Callable[[int, int], Best]:
        """For a line and a row, what it costs to deal from there on, and the first step of that."""
        pieces, rows, pitch = self.pieces, self.rows, self.pitch
        joining, parting, bands, row_bands = self.joining, self.parting, self.bands, self.row_bands
        spanned, wide, blocks = self.spanned, self.wide, self.blocks
        line_count, row_count = len(pieces), len(rows)
        tops, bottoms = [piece.top for piece in pieces], [piece.bottom for piece in pieces]
        middles, firsts = [piece.middle for piece in pieces], [row.first for row in rows]
        # Where a cell over the rows i to j ought to stand: at i from the top, at j from the bottom, else between.
        at = [row.last if way == BOTTOM else row.middle for row in rows]
        above_rows = [bisect_right(blocks, edge - pitch) for edge in edges] if blocks else []
        below_rows = [bisect_left(blocks, edge + pitch) for edge in edges] if blocks else []

        @cache
        def best(a: int, i: int) -> Best:
            if a == line_count:
                return SKIPPED * (row_count - i), None
            if i == row_count:
                return 1e6, None
            least_cost = best(a, i + 1)[0] + SKIPPED if middles[a] > firsts[i] - FAR * pitch else 1e6
            found = (a, a - 1, i, i)
            within = 0.0
            edge = edges[i]
            # What a cell from here on costs, wherever it ends.
            above = max(0.0, edge - pitch - tops[a])
            begins_off = abs(middles[a] - firsts[i]) if way == TOP else 0.0
            least = (above + begins_off) / pitch
            for b in range(a, line_count):
                if b > a:
                    within += joining[b]
                    if within > 2 * BEYOND:
                        break
                if within + least > least_cost:
                    break
                so_far = within + parting[b]
                below = bottoms[b] - 0.6 * pitch
                far = 2 * bottoms[b] + 2 * FAR * pitch - edge
                stands = (tops[a] + bottoms[b]) / 2 if way == MIDDLE else middles[b]
                within_rules = bands[a] == row_bands[i]
                for j in range(i, row_count):
                    over = spanned * (j - i)
                    if so_far + least + over >= least_cost or (j > i and edges[j] > far):
                        break
                    if way == TOP:
                        off = begins_off
                    elif way == MIDDLE and j > i:
                        off = abs(stands - (edge + edges[j + 1]) / 2)
                    else:
                        off = abs(stands - at[j])
                    out = below - edges[j + 1]
                    cost = so_far + (off + (out if out > above else above)) / pitch + over
                    if cost >= least_cost:
                        continue
                    if not within_rules or bands[b] != row_bands[j] or wide[i] != wide[j + 1]:
                        cost += BEYOND
                    if blocks and j > i:
                        cost += OVER * max(below_rows[j] - above_rows[i + 1], 0)
                    if cost < least_cost:
                        cost += best(b + 1, j + 1)[0]
                        if cost < least_cost:
                            least_cost, found = cost, (a, b, i, j)
            return least_cost, found

        return best


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
