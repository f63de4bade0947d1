"""What is drawn on a page: lines, upright rectangles and other shapes, pictures, and the order of its texts.

Shapes are told apart as pdfplumber does: each part of a path that begins anew is a shape of its own, a line of two
points, a rectangle of four, a curve of anything else; its corners are the ends of its strokes.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.sheet import Sheet
from pipeline.shapes import Box

SAME = 0.005
"""Points; corners nearer than this are one: pdfium counts with seven digits."""
DEEP = 12
"""Pieces (forms) within pieces that are followed."""
MOST = 200_000
"""Strokes of a page that are looked at: a map has more, a table never."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class Shape(NamedTuple):
    """A drawn shape, in points from the top left corner. A tuple: a page has hundreds."""

    x0: float
    top: float
    x1: float
    bottom: float
    stroke: bool
    fill: bool
    colour: str | None
    """That it is filled with, ``RRGGBB``; None for a pattern."""
    corners: tuple[Point, ...]
    bent: bool = False
    """Whether a stroke of it is a curve."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        return self.x0, self.top, self.x1, self.bottom


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page, in the order of drawing."""

    lines: list[Shape] = field(default_factory=list)
    rects: list[Shape] = field(default_factory=list)
    curves: list[Shape] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    """Address of a text object -> its number."""


def drawn_on(page: Any, sheet: Sheet) -> Drawn:
    """What is drawn on a page of pypdfium2."""
    at = pdfium.address(page)
    things = [pdfium.page_object(at, index) for index in range(pdfium.count_objects(at))]
    walker = _Walker(sheet)
    walker.walk(things, None, 0)
    return walker.drawn


class _Walker:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.drawn = Drawn()
        self.left = MOST
        self.matrix = (pdfium.Float * 6)()
        self.matrix_at = addressof(self.matrix)
        self.point = (pdfium.Float * 4)()
        self.point_at = [addressof(self.point) + 4 * index for index in range(4)]
        self.modes = (pdfium.Number * 2)()
        self.modes_at = [addressof(self.modes), addressof(self.modes) + 4]

    def walk(self, things: list[int], outer: Matrix | None, depth: int) -> None:
        """Sort the objects of a page or of a piece, which ``outer`` places on the page."""
        texts = self.drawn.texts
        for thing in things:
            kind = pdfium.object_kind(thing)
            if kind == pdfium.TEXT:
                texts[thing] = len(texts)
            elif kind == pdfium.PATH:
                self.path(thing, outer)
            elif kind == pdfium.PICTURE:
                self.drawn.pictures.append(self.bounds(thing, outer))
            elif kind == pdfium.FORM and depth < DEEP:
                inner = [pdfium.piece(thing, index) for index in range(pdfium.count_pieces(thing))]
                self.walk(inner, self.placed(thing, outer), depth + 1)

    def placed(self, thing: int, outer: Matrix | None) -> Matrix:
        pdfium.object_matrix(thing, self.matrix_at)
        a, b, c, d, e, f = self.matrix
        if outer is None:
            return a, b, c, d, e, f
        m, n, o, p, q, r = outer
        return (
            a * m + b * o,
            a * n + b * p,
            c * m + d * o,
            c * n + d * p,
            e * m + f * o + q,
            e * n + f * p + r,
        )

    def bounds(self, thing: int, outer: Matrix | None) -> Box:
        pdfium.object_bounds(thing, *self.point_at)
        left, bottom, right, top = self.point
        if outer:
            a, b, c, d, e, f = outer
            xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
            ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
            left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        return self.sheet.box(left, bottom, right, top)

    def path(self, thing: int, outer: Matrix | None) -> None:
        """Put each part of a path where it belongs."""
        count = pdfium.count_segments(thing)
        self.left -= count
        pdfium.draw_mode(thing, *self.modes_at)
        fill, stroke = bool(self.modes[0]), bool(self.modes[1])
        if self.left < 0 or not (fill or stroke):
            return
        colour = pdfium.fill_of(thing) if fill else None
        a, b, c, d, e, f = self.placed(thing, outer)
        box = self.sheet.box
        for steps, points in self.parts(thing, count):
            places = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
            corners = tuple([box(x, y, x, y)[:2] for x, y in places])
            xs, ys = zip(*corners, strict=True)
            shape = Shape(min(xs), min(ys), max(xs), max(ys), stroke, fill, colour, corners, "c" in steps)
            if steps in ("mlh", "ml"):
                self.drawn.lines.append(shape)
            elif steps in ("mlllh", "mllll") and _upright(corners):
                self.drawn.rects.append(shape)
            else:
                self.drawn.curves.append(shape)

    def parts(self, thing: int, count: int) -> Iterator[tuple[str, list[Point]]]:
        """(steps, the point that each ends in) of each part of a path: m begins, l draws a line, c a curve, h closes."""
        steps, points = "", list[Point]()
        x_at, y_at = self.point_at[:2]
        handles = 0
        for index in range(count):
            segment = pdfium.path_segment(thing, index)
            kind = pdfium.segment_kind(segment)
            if kind == pdfium.MOVE:
                if len(steps) > 1:
                    yield _closed(steps, points)
                steps, points = "", []
            elif kind != pdfium.LINE:
                handles += 1
                if handles % 3:
                    continue  # two points in three only pull at a curve
            pdfium.segment_point(segment, x_at, y_at)
            steps += "m" if kind == pdfium.MOVE else "l" if kind == pdfium.LINE else "c"
            points.append((self.point[0], self.point[1]))
            if pdfium.segment_closes(segment):
                steps += "h"
                points.append(points[0])
        if len(steps) > 1:
            yield _closed(steps, points)


def _closed(steps: str, points: list[Point]) -> tuple[str, list[Point]]:
    """Without the line that leads back to the beginning of a part that is closed anyway."""
    if len(steps) > 3 and steps.endswith("lh") and _near(points[-2], points[0]):
        return steps[:-2] + "h", points[:-2] + points[-1:]
    return steps, points


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < SAME and abs(one[1] - other[1]) < SAME


def _upright(corners: tuple[Point, ...]) -> bool:
    """Whether four corners, the first one repeated, are those of an upright rectangle."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = corners
    if not _near(corners[0], corners[4]):
        return False
    first = abs(x0 - x1) + abs(y1 - y2) + abs(x2 - x3) + abs(y3 - y0)
    second = abs(y0 - y1) + abs(x1 - x2) + abs(y2 - y3) + abs(x3 - x0)
    return min(first, second) < 4 * SAME
