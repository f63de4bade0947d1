"""Tiles: measures that are not in the rows of a table but each in a frame of its own, around a large figure.

A frame is drawn or painted around each; where none is, the white between the figures parts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.extract.pdf.columns import AMOUNT, parts_of
from pipeline.extract.pdf.lines import Word, lines_of
from pipeline.extract.pdf.page import Page
from pipeline.extract.pdf.white import cell_of
from pipeline.shapes import Box, Cell, Grid, Place

FEWEST = 3
"""Tiles of a page; one or two large figures may be anything."""
LARGE = 1.4
"""Times the usual print, the size of the figure of a tile."""
WORDS = 4
"""Of a figure at the most: '3 days 4 hours'."""
NONE = frozenset(("tbc", "tba", "n/a", "not available", "not yet available", "no data", "-", "–"))
"""What stands in place of a figure that there is not."""
BROAD, HIGH = 0.6, 0.5
"""Of the page, the most that a tile takes."""
BAND = 15.0
"""Points; a painted area along the side of a tile is no thicker."""


def tiles_of(
    page: Page, part: str, words: Sequence[Word], shapes: Sequence[tuple[Box, str, str]]
) -> tuple[list[tuple[float, Grid]], list[Word]]:
    """([(top, grid of a tile), ...], the words that stand in none). Of ``words``, those of tables are left out."""
    figures = _figures(words)
    if len(figures) < FEWEST or not any(_beside(a, b) for a, b in pairwise(figures)):
        return [], list(words)
    around = (_frame(figure, figures, words, page) for figure in figures)
    frames = [*dict.fromkeys(frame for frame in around if frame)]
    if len(frames) < FEWEST:
        frames = [*_by_white(figures, words, page)]
    found: list[tuple[float, Grid]] = []
    left = list(words)
    for frame in frames:
        held = [word for word in left if _inside(word.middle, frame)]
        if len(held) > 1:
            left = [word for word in left if not _inside(word.middle, frame)]
            found.append((frame[1], _grid(part, frame, held, page, shapes)))
    return (found, left) if len(found) >= FEWEST else ([], list(words))


def _figures(words: Sequence[Word]) -> list[Box]:
    """The boxes of large figures, line by line."""
    if not words:
        return []
    least = LARGE * median(word.size for word in words)
    found = []
    for line in lines_of([word for word in words if word.size >= least and not word.turn]):
        for piece in parts_of(line):
            texts = [word.text for word in piece]
            if (AMOUNT.fullmatch(texts[0]) and len(texts) <= WORDS) or " ".join(texts).casefold() in NONE:
                found.append(_around(piece))
    return found


def _beside(one: Box, other: Box) -> bool:
    return one[2] < other[0] and min(one[3], other[3]) > max(one[1], other[1])


def _frame(figure: Box, figures: Sequence[Box], words: Sequence[Word], page: Page) -> Box | None:
    """The largest drawn or painted area around a figure and some more print, but around no other figure; else the
    smallest one around those of one line."""
    alone: list[Box] = []
    together: list[Box] = []
    for shape in (*page.rects, *page.curves):
        box = shape.box
        if not (shape.fill or shape.stroke) or not _holds(box, figure):
            continue
        if shape.width > page.width * 0.98 or shape.height > HIGH * page.height:
            continue
        others = [other for other in figures if _holds(box, other)]
        if sum(_inside(word.middle, box) for word in words) <= 2:
            continue
        if len(others) == 1 and shape.width <= BROAD * page.width:
            alone.append(box)
        elif all(min(figure[3], other[3]) > max(figure[1], other[1]) for other in others):
            together.append(box)
    return max(alone, key=_area, default=None) or min(together, key=_area, default=None)


def _by_white(figures: Sequence[Box], words: Sequence[Word], page: Page) -> Iterator[Box]:
    """Frames in the white around the figures: rows of them one below the other, parted where the white is widest."""
    rows: list[list[Box]] = []
    for figure in figures:
        if rows and min(figure[3], rows[-1][0][3]) > max(figure[1], rows[-1][0][1]):
            rows[-1].append(figure)
        else:
            rows.append([figure])
    rows = [row for row in rows if len(row) > 1]
    lines = sorted((line[0].top, max(w.bottom for w in line)) for line in lines_of(words))
    cuts = [_widest(lines, above[0][3], below[0][1]) for above, below in pairwise(rows)]
    if not cuts:
        return
    # Above the first row and below the last as much as above and below the others.
    first = _white(lines, rows[0][0][1] - (rows[1][0][1] - cuts[0]), rows[0][0][1])[0]
    last = rows[-1][0][3] + (cuts[0] - rows[0][0][3])
    for row, (top, bottom) in zip(rows, pairwise([first, *cuts, last]), strict=True):
        inside = sorted((w.x0, w.x1) for w in words if top < w.middle[1] < bottom)
        middles = [(box[0] + box[2]) / 2 for box in row]
        sides = [_widest(inside, a, b) for a, b in pairwise(middles)]
        for left, right in pairwise([0.0, *sides, page.width]):
            yield left, top, right, bottom


def _widest(spans: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """The middle of the widest white between spans of print, from ``start`` to ``end``."""
    low, high = _white(spans, start, end)
    return (low + high) / 2


def _white(spans: Sequence[tuple[float, float]], start: float, end: float) -> tuple[float, float]:
    reach, best = start, (start, start)
    for low, high in [*spans, (end, end)]:
        if start < high and low <= end:
            best = max(best, (reach, low), key=lambda white: white[1] - white[0])
            reach = max(reach, high)
    return best


def _grid(
    part: str, frame: Box, held: Sequence[Word], page: Page, shapes: Sequence[tuple[Box, str, str]]
) -> Grid:
    """What stands in a tile: its own colour and the shapes in it as blank cells, then its lines."""
    colours = [(_colour(frame, _around(held), page), None, frame)] + [
        (colour, drawn, box) for box, drawn, colour in shapes if _holds(frame, box)
    ]
    cells = [(box, colour, drawn) for colour, drawn, box in colours if colour]
    rows: list[tuple[Cell, ...]] = []
    if cells:
        rows.append(
            tuple(
                Cell(Place(part, 1, column, box), "", fill=colour, drawn=drawn)
                for column, (box, colour, drawn) in enumerate(cells, 1)
            )
        )
    for line in lines_of(held):
        number = len(rows) + 1
        rows.append(tuple(cell_of(part, number, n, words) for n, words in enumerate(parts_of(line), 1)))
    return Grid(part, tuple(rows), lines=True, tile=True)


def _colour(frame: Box, print_: Box, page: Page) -> str | None:
    """The colour that a tile is painted with: all behind its print, or else along one side of it."""
    behind = along = None
    for shape in (*page.rects, *page.curves):
        over = max(shape.width / max(frame[2] - frame[0], 1), shape.height / max(frame[3] - frame[1], 1))
        if not (shape.fill and shape.colour and over < 1.2 and _holds(frame, shape.box)):
            continue
        wide, high = shape.width > 0.8 * (print_[2] - print_[0]), shape.height > 0.8 * (print_[3] - print_[1])
        if wide and high:
            behind = None if shape.colour == "FFFFFF" else shape.colour
        elif (wide and shape.height < BAND) or (high and shape.width < BAND):
            along = along or (shape.colour if _coloured(shape.colour) else None)
    return behind or along


def _coloured(colour: str) -> bool:
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > 40


def _holds(box: Box, other: Box) -> bool:
    return _inside(((other[0] + other[2]) / 2, (other[1] + other[3]) / 2), box)


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _around(words: Sequence[Word]) -> Box:
    return (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
