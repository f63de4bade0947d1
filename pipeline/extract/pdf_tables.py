"""Ruled tables of a page: cells by their boxes, with what they cover and their fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.extract.pdf_lines import Word, text_of
from pipeline.shapes import Box, Cell, Grid, Place

SNAP = 3.0
"""Edges nearer than this are one edge, in points."""


def ruled_tables(page: Any, part: str, words: list[Word]) -> tuple[list[tuple[float, Grid]], list[Word]]:
    """([(top, grid), ...], the words that stand in no cell)."""
    tables = []
    free = list(words)
    fills = _fills(page)
    shapes = _shapes(page)
    for table in page.find_tables():
        boxes: list[Box] = [tuple(map(float, box)) for box in table.cells if box]  # type: ignore[misc]
        tops, lefts = _edges([b[1] for b in boxes]), _edges([b[0] for b in boxes])
        if len(tops) < 2 or len(lefts) < 2:
            continue
        inside: dict[Box, list[Word]] = {box: [] for box in boxes}
        left: list[Word] = []
        for word in free:
            box = next((box for box in boxes if _holds(box, word.middle)), None)
            (inside[box] if box else left).append(word)
        free = left
        rows: dict[int, list[Cell]] = {}
        for box, held in inside.items():
            cell = _cell(part, box, held, tops, lefts, boxes, fills, shapes)
            rows.setdefault(cell.place.row, []).append(cell)
        grid = Grid(part, tuple(tuple(sorted(rows[r], key=lambda c: c.place.column)) for r in sorted(rows)))
        tables.append((min(b[1] for b in boxes), grid))
    return tables, free


def _cell(
    part: str,
    box: Box,
    held: list[Word],
    tops: Sequence[float],
    lefts: Sequence[float],
    boxes: Sequence[Box],
    fills: list[tuple[Box, str | None]],
    shapes: list[tuple[Box, str, str]],
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


def _fills(page: Any) -> list[tuple[Box, str | None]]:
    """Painted areas in the order of painting; white counts as none."""
    found = []
    for rect in page.rects:
        if rect.get("fill") and rect["width"] > 6 and rect["height"] > 6:
            colour = _colour(rect.get("non_stroking_color"))
            found.append(
                (
                    (rect["x0"], rect["top"], rect["x1"], rect["bottom"]),
                    None if colour == "FFFFFF" else colour,
                )
            )
    return found


def _shapes(page: Any) -> list[tuple[Box, str, str]]:
    """Small filled shapes: a circle is drawn by curves, an arrow or a triangle by straight lines."""
    found = []
    for curve in page.curves:
        colour = _colour(curve.get("non_stroking_color"))
        if curve.get("fill") and colour and 3 < curve["width"] < 24 and 3 < curve["height"] < 24:
            box = (curve["x0"], curve["top"], curve["x1"], curve["bottom"])
            found.append((box, _shape(curve), colour))
    return found


def _shape(curve: Any) -> str:
    points = [(float(x), float(y)) for x, y in curve.get("pts", ())]
    if any(step[0] in ("c", "v", "y") for step in curve.get("path") or ()) or len(points) < 3:
        return "circle"
    middle = ((curve["x0"] + curve["x1"]) / 2, (curve["top"] + curve["bottom"]) / 2)
    above = {round(x) for x, y in points if abs(y - curve["top"]) < 0.6}
    below = {round(x) for x, y in points if abs(y - curve["bottom"]) < 0.6}
    if len(above) == 1 and abs(next(iter(above)) - middle[0]) < 1.5:
        return "arrow-up"
    if len(below) == 1 and abs(next(iter(below)) - middle[0]) < 1.5:
        return "arrow-down"
    return "arrow-right"


def _colour(value: Any) -> str | None:
    if value is None:
        return None
    parts = [float(part) for part in (value if isinstance(value, list | tuple) else [value])]
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    if len(parts) != 3:
        return None
    return "".join(f"{round(255 * min(max(part, 0), 1)):02X}" for part in parts)
