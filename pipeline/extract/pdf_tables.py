"""Ruled tables of a page: cells by their boxes, with what they cover and their fill."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipeline.extract.glyphs import sign_shape
from pipeline.extract.pdf_colours import colour_of
from pipeline.extract.pdf_lines import Word, text_of
from pipeline.shapes import Box, Cell, Grid, Place

SNAP = 3.0
"""Edges nearer than this are one edge, in points."""


def ruled_tables(page: Any, part: str, words: list[Word]) -> tuple[list[tuple[float, Grid]], list[Word]]:
    """([(top, grid), ...], the words that stand in no cell)."""
    tables = []
    free = list(words)
    fills = fills_of(page)
    shapes = shapes_of(page)
    ruling = _ruling(page)
    for table in ruling.find_tables({"explicit_horizontal_lines": _open_ends(ruling)}):
        boxes: list[Box] = [tuple(map(float, box)) for box in table.cells if box]  # type: ignore[misc]
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
    inside: dict[Box, list[Word]] = {box: [] for box in boxes}
    left: list[Word] = []
    for word in words:
        box = next((box for box in boxes if _holds(box, word.middle)), None)
        (inside[box] if box else left).append(word)
    rows: dict[int, list[Cell]] = {}
    for box, held in inside.items():
        cell = _cell(part, box, held, tops, lefts, boxes, fills, shapes)
        rows.setdefault(cell.place.row, []).append(cell)
    ordered = (tuple(sorted(rows[row], key=lambda cell: cell.place.column)) for row in sorted(rows))
    return Grid(part, tuple(ordered)), left


def _ruling(page: Any) -> Any:
    """The page without areas that are only painted: every second row of a table may have a fill. A fill between
    two drawn rules stays, its lower edge may be all that ends the table at the foot of a page."""
    rules = [
        thing
        for thing in (*page.lines, *page.rects)
        if not _painted(thing) and thing["height"] > 2 * thing["width"]
    ]

    def kept(thing: Any) -> bool:
        if thing.get("object_type") != "rect" or not _painted(thing):
            return True
        return all(
            any(
                abs(rule["x0"] - side) < SNAP
                and rule["top"] < thing["bottom"] + SNAP
                and rule["bottom"] > thing["top"] - SNAP
                for rule in rules
            )
            for side in (thing["x0"], thing["x1"])
        )

    return page.filter(kept)


def _open_ends(page: Any) -> list[dict[str, Any]]:
    """Rules where a table goes on over the page: at least three upright rules end there, the outermost of the page,
    and between two neighbours of them none lies across (a row of measures may end at the very edge while the
    priority beside it goes on).
    """
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    across = [edge for edge in page.edges if edge["orientation"] == "h"]
    ends: list[dict[str, Any]] = []
    for side in ("top", "bottom"):
        values = _edges([edge[side] for edge in upright])
        for value in values if side == "top" else reversed(values):
            there = _edges([edge["x0"] for edge in upright if abs(edge[side] - value) <= SNAP])
            if len(there) < 3:
                continue  # a painted area may reach beyond the rules
            ruled = [edge for edge in across if abs(edge["top"] - value) < 2 * SNAP]
            for left, right in pairwise(there):
                if not any(edge["x0"] < (left + right) / 2 < edge["x1"] for edge in ruled):
                    ends.append(_rule(left, right, value))
            break
    return ends


def rules_across(page: Any) -> list[tuple[float, float, float]]:
    """(height, x0, x1) of the lines drawn across a page, pieces that touch in one."""
    edges = [thing for thing in (*page.lines, *page.rects) if thing["height"] < SNAP < thing["width"]]
    tops = _edges([edge["top"] for edge in edges])
    found: list[tuple[float, float, float]] = []
    for top, x0, x1 in sorted((tops[_index(tops, e["top"])], e["x0"], e["x1"]) for e in edges):
        if found and found[-1][0] == top and x0 - found[-1][2] < SNAP:
            found[-1] = (top, found[-1][1], max(found[-1][2], x1))
        else:
            found.append((top, x0, x1))
    return found


def _rule(left: float, right: float, top: float) -> dict[str, Any]:
    place = {"x0": left, "x1": right, "top": top, "bottom": top, "width": right - left, "height": 0.0}
    return {**place, "object_type": "open_edge", "orientation": "h"}


def _painted(thing: Any) -> bool:
    return bool(thing.get("fill") and not thing.get("stroke") and min(thing["width"], thing["height"]) > SNAP)


def _cell(
    part: str,
    box: Box,
    held: list[Word],
    tops: Sequence[float],
    lefts: Sequence[float],
    boxes: Sequence[Box],
    fills: Sequence[tuple[Box, str | None]],
    shapes: Sequence[tuple[Box, str, str]],
) -> Cell:
    row, column = _index(tops, box[1]), _index(lefts, box[0])
    rows = max(1, sum(1 for top in tops if box[1] - SNAP < top < box[3] - SNAP))
    columns = max(1, sum(1 for left in lefts if box[0] - SNAP < left < box[2] - SNAP))
    fill = None
    for area, colour in fills:
        if _holds(area, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)):
            fill = colour
    drawn = None
    for area, shape, colour in shapes:
        if not held and _holds(box, ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)):
            drawn, fill = shape, colour
    if len(held) == 1 and held[0].colour and sign_shape(held[0].text):
        drawn, fill = sign_shape(held[0].text), held[0].colour
    return Cell(
        Place(part, row + 1, column + 1, box),
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
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def fills_of(page: Any) -> list[tuple[Box, str | None]]:
    """Painted areas in the order of painting; white counts as none."""
    found = []
    for rect in page.rects:
        if rect.get("fill") and rect["width"] > 6 and rect["height"] > 6:
            colour = colour_of(rect.get("non_stroking_color"))
            found.append(
                (
                    (rect["x0"], rect["top"], rect["x1"], rect["bottom"]),
                    None if colour == "FFFFFF" else colour,
                )
            )
    return found


def shapes_of(page: Any) -> list[tuple[Box, str, str]]:
    """Small filled shapes: a circle is drawn by curves, an arrow or a triangle by straight lines."""
    found = []
    for curve in page.curves:
        colour = colour_of(curve.get("non_stroking_color"))
        if curve.get("fill") and colour and 3 < curve["width"] < 24 and 3 < curve["height"] < 24:
            box = (curve["x0"], curve["top"], curve["x1"], curve["bottom"])
            found.append((box, _shape(curve), colour))
    return found


def _shape(curve: Any) -> str:
    """An arrow or a triangle points where it has a single tip in the middle of a side; with no such side, or
    more than one, nothing is said of a direction."""
    points = [(float(x), float(y)) for x, y in curve.get("pts", ())]
    if any(step[0] in ("c", "v", "y") for step in curve.get("path") or ()) or len(points) < 3:
        return "circle"
    box = (curve["x0"], curve["top"], curve["x1"], curve["bottom"])
    tips = {
        name
        for name, axis, side in (
            ("up", 1, box[1]),
            ("down", 1, box[3]),
            ("left", 0, box[0]),
            ("right", 0, box[2]),
        )
        if _tip(points, axis, side, (box[1 - axis] + box[3 - axis]) / 2)
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
