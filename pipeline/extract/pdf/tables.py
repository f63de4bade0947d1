"""Ruled tables of a page: cells by their boxes, with what they cover and their fill."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from pipeline.extract.glyphs import sign_shape
from pipeline.extract.pdf.lines import Word, text_of
from pipeline.extract.pdf.page import Page
from pipeline.extract.pdf.paths import Point, Shape
from pipeline.extract.pdf.rules import SNAP, Boxes, Edge, edges_of, tables_of
from pipeline.shapes import Box, Cell, Grid, Place


def ruled_tables(
    page: Page, part: str, words: list[Word], shapes: Sequence[tuple[Box, str, str]]
) -> tuple[list[tuple[float, Grid]], list[Word]]:
    """([(top, grid), ...], the words that stand in no cell)."""
    tables = []
    free = list(words)
    fills = fills_of(page)
    edges = _edges_of_rules(page)
    for boxes in tables_of(edges + _open_ends(edges)):
        made = table_grid(part, boxes, free, fills, shapes)
        if made:
            grid, free = made
            tables.append((min(b[1] for b in boxes), grid))
    return tables, free


def table_grid(
    part: str,
    boxes: Sequence[Box],
    words: Sequence[Word],
    fills: Sequence[tuple[Box, str | None]],
    shapes: Sequence[tuple[Box, str, str]],
) -> tuple[Grid, list[Word]] | None:
    """(the grid of a table's boxes, the words that stand in none of them); None where the boxes are no table."""
    tops, lefts = _edges([b[1] for b in boxes]), _edges([b[0] for b in boxes])
    if len(lefts) < 2 or (len(tops) < 2 and len(lefts) < 4):
        return None
    places = Boxes(boxes)
    inside: dict[Box, list[Word]] = {box: [] for box in boxes}
    left: list[Word] = []
    for word in words:
        box = places.at(word.middle)
        (inside[box] if box else left).append(word)
    paint = _paint(boxes, fills)
    drawn = {places.at(_middle(area)): (shape, colour) for area, shape, colour in shapes}
    rows: dict[int, list[Cell]] = {}
    for box, held in inside.items():
        cell = _cell(part, box, held, tops, lefts, paint.get(box), drawn.get(box))
        rows.setdefault(cell.place.row, []).append(cell)
    ordered = (tuple(sorted(rows[row], key=lambda cell: cell.place.column)) for row in sorted(rows))
    return Grid(part, tuple(ordered)), left


def _edges_of_rules(page: Page) -> list[Edge]:
    """The edges of a page without areas that are only painted: every second row of a table may have a fill. A fill
    between two drawn rules stays, its lower edge may be all that ends the table at the foot of a page."""
    rules = [
        thing
        for thing in (*page.lines, *page.rects)
        if not _painted(thing) and thing.height > 2 * thing.width
    ]

    def kept(thing: Shape) -> bool:
        return not _painted(thing) or all(
            any(
                abs(rule.x0 - side) < SNAP
                and rule.top < thing.bottom + SNAP
                and rule.bottom > thing.top - SNAP
                for rule in rules
            )
            for side in (thing.x0, thing.x1)
        )

    return edges_of([*page.lines, *(rect for rect in page.rects if kept(rect)), *page.curves])


def _open_ends(edges: Sequence[Edge]) -> list[Edge]:
    """Rules where a table goes on over the page: at least three upright rules end there, the outermost of the page,
    and between two neighbours of them none lies across (a row of measures may end at the very edge while the
    priority beside it goes on).
    """
    upright = [edge for edge in edges if edge.upright]
    across = [edge for edge in edges if not edge.upright]
    ends: list[Edge] = []
    for outermost in (0, -1):
        reach = [(edge.start, edge.end)[outermost] for edge in upright]
        values = _edges(reach)
        ended = sorted((end, edge.at) for edge, end in zip(upright, reach, strict=True))
        for value in values if outermost == 0 else reversed(values):
            first, last = bisect_left(ended, (value - SNAP,)), bisect_right(ended, (value + SNAP, inf))
            there = _edges([at for _, at in ended[first:last]])
            if len(there) < 3:
                continue  # a painted area may reach beyond the rules
            ruled = [edge for edge in across if abs(edge.at - value) < 2 * SNAP]
            for left, right in pairwise(there):
                if not any(edge.start < (left + right) / 2 < edge.end for edge in ruled):
                    ends.append(Edge(False, value, left, right))
            break
    return ends


def rules_across(page: Page) -> list[tuple[float, float, float]]:
    """(height, x0, x1) of the lines drawn across a page, pieces that touch in one."""
    edges = [thing for thing in (*page.lines, *page.rects) if thing.height < SNAP < thing.width]
    tops = _edges([edge.top for edge in edges])
    found: list[tuple[float, float, float]] = []
    for top, x0, x1 in sorted((tops[_index(tops, e.top)], e.x0, e.x1) for e in edges):
        if found and found[-1][0] == top and x0 - found[-1][2] < SNAP:
            found[-1] = (top, found[-1][1], max(found[-1][2], x1))
        else:
            found.append((top, x0, x1))
    return found


def _painted(thing: Shape) -> bool:
    return thing.fill and not thing.stroke and min(thing.width, thing.height) > SNAP


def _paint(boxes: Sequence[Box], fills: Sequence[tuple[Box, str | None]]) -> dict[Box, str | None]:
    """The colour behind the middle of each box: of all that was painted there the last."""
    middles = sorted((_middle(box)[1], _middle(box)[0], box) for box in boxes)
    heights = [height for height, _, _ in middles]
    paint = {}
    for area, colour in fills:
        first, last = bisect_left(heights, area[1]), bisect_right(heights, area[3])
        for _, across, box in middles[first:last]:
            if area[0] <= across <= area[2]:
                paint[box] = colour
    return paint


def _cell(
    part: str,
    box: Box,
    held: list[Word],
    tops: Sequence[float],
    lefts: Sequence[float],
    fill: str | None,
    shape: tuple[str, str] | None,
) -> Cell:
    rows = max(1, bisect_left(tops, box[3] - SNAP) - bisect_right(tops, box[1] - SNAP))
    columns = max(1, bisect_left(lefts, box[2] - SNAP) - bisect_right(lefts, box[0] - SNAP))
    drawn = None
    if shape and not held:
        drawn, fill = shape
    if len(held) == 1 and held[0].colour and sign_shape(held[0].text):
        drawn, fill = sign_shape(held[0].text), held[0].colour
    return Cell(
        Place(part, _index(tops, box[1]) + 1, _index(lefts, box[0]) + 1, box),
        text_of(held),
        fill=fill,
        drawn=drawn,
        rows=rows,
        columns=columns,
        bold=bool(held) and all(word.bold for word in held),
        size=held[0].size if held else None,
        words=len(held),
    )


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    """The number of the nearest edge."""
    after = bisect_left(edges, value)
    near = [index for index in (after - 1, after) if 0 <= index < len(edges)]
    return min(near, key=lambda index: abs(edges[index] - value))


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def fills_of(page: Page) -> list[tuple[Box, str | None]]:
    """Painted areas in the order of painting; white counts as none."""
    return [
        (rect.box, None if rect.colour == "FFFFFF" else rect.colour)
        for rect in page.rects
        if rect.fill and rect.width > 6 and rect.height > 6
    ]


def shapes_of(page: Page) -> list[tuple[Box, str, str]]:
    """Small filled shapes: a circle is drawn by curves, an arrow or a triangle by straight lines."""
    return [
        (curve.box, _shape(curve), curve.colour)
        for curve in page.curves
        if curve.colour and 3 < curve.width < 24 and 3 < curve.height < 24
    ]


def _shape(curve: Shape) -> str:
    """An arrow or a triangle points where it has a single tip in the middle of a side; with no such side, or
    more than one, nothing is said of a direction."""
    if curve.bent or len(curve.corners) < 3:
        return "circle"
    box = curve.box
    tips = {
        name
        for name, axis, side in (
            ("up", 1, box[1]),
            ("down", 1, box[3]),
            ("left", 0, box[0]),
            ("right", 0, box[2]),
        )
        if _tip(curve.corners, axis, side, (box[1 - axis] + box[3 - axis]) / 2)
    }
    if len(tips) == 4:
        return "diamond"
    # The barbs of a block arrow that points up are single points too, left and right.
    for pair in ({"up", "down"}, {"left", "right"}):
        if pair <= tips:
            tips -= pair
    return f"arrow-{tips.pop()}" if len(tips) == 1 else "drawing"


def _tip(points: Sequence[tuple[float, float]], axis: int, side: float, middle: float) -> bool:
    """Whether the points on one side of a shape are a single one, in the middle of that side."""
    there = [point[1 - axis] for point in points if abs(point[axis] - side) < 0.4]
    return bool(there) and all(abs(value - middle) < 1.2 for value in there)
