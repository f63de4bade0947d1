"""The ruled lines of a page, and the tables whose cells they are: what lies between four of them.

The way is that of pdfplumber (and of Nurminen's thesis before): lines near each other become one, touching pieces
are joined, and a cell is the smallest box from a crossing to the right and down whose sides are all ruled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.pdf.paths import SAME, Point, Shape
from pipeline.shapes import Box

SNAP = 3.0
"""Edges nearer than this are one edge, in points."""
NEAR = SNAP + SAME
"""The same for places that were rounded: rules 3 points apart are one, also where it says 3.0000002."""
SHORT = 1.0
"""An edge shorter than this is none, in points."""

LEAN = 0.005
"""Of its length, what a line may lean and still be upright or level."""


class Edge(NamedTuple):
    """A ruled line: where it lies across its run, and from where to where it runs, in points."""

    upright: bool
    at: float
    start: float
    end: float


def edges_of(shapes: Iterable[Shape]) -> list[Edge]:
    """The edges of drawn shapes: a line, the sides of a rectangle, the straight sides of anything else."""
    found = []
    for shape in shapes:
        for (x0, y0), (x1, y1) in pairwise(shape.corners):
            across, down = abs(x0 - x1), abs(y0 - y1)
            if across <= max(LEAN * down, SAME):
                found.append(Edge(True, x0, min(y0, y1), max(y0, y1)))
            elif down <= max(LEAN * across, SAME):
                found.append(Edge(False, y0, min(x0, x1), max(x0, x1)))
    return found


def tables_of(edges: Iterable[Edge]) -> list[list[Box]]:
    """The boxes of the cells of each table, the tables from top to bottom; a box alone is no table."""
    long = [edge for edge in edges if edge.end - edge.start >= SHORT - SAME]
    upright = _joined([edge for edge in long if edge.upright])
    across = _joined([edge for edge in long if not edge.upright])
    tables = _together(_cells(*_crossings(upright, across)))
    tables.sort(key=lambda boxes: min((box[1], box[0]) for box in boxes))
    return [boxes for boxes in tables if len(boxes) > 1]


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """The edges of one direction: near ones moved to their middle, touching pieces in one, short ones gone."""
    groups: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if groups and edge.at <= groups[-1][-1].at + NEAR:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    found: list[Edge] = []
    for group in groups:
        at = sum(edge.at for edge in group) / len(group)
        first, *others = sorted(group, key=lambda edge: edge.start)
        start, end = first.start, first.end
        for edge in others:
            if edge.start > end + NEAR:
                found.append(Edge(edge.upright, at, start, end))
                start, end = edge.start, edge.end
            end = max(end, edge.end)
        found.append(Edge(first.upright, at, start, end))
    return [edge for edge in found if edge.end - edge.start >= SNAP - SAME]


Crossings = dict[Point, set[int]]
"""A crossing (x, y) -> the numbers of the edges of one direction that meet there: two where one ends just above it
and the next begins just below."""


def _crossings(upright: Sequence[Edge], across: Sequence[Edge]) -> tuple[Crossings, Crossings]:
    """(for each crossing the upright edges, the edges across) that meet there to within a snap."""
    tops = [edge.at for edge in across]
    down: Crossings = defaultdict(set)
    along: Crossings = defaultdict(set)
    for number, edge in enumerate(upright):
        for index in range(bisect_left(tops, edge.start - NEAR), bisect_right(tops, edge.end + NEAR)):
            other = across[index]
            if other.start - NEAR <= edge.at <= other.end + NEAR:
                down[edge.at, other.at].add(number)
                along[edge.at, other.at].add(index)
    return dict(down), dict(along)


def _cells(down: Crossings, along: Crossings) -> list[Box]:
    """The smallest box to the right of and below each crossing that is ruled on all sides."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(down):
        columns[x].append(y)
        rows[y].append(x)
    cells = []
    for x, y in sorted(down):
        below = [other for other in columns[x] if other > y and down[x, other] & down[x, y]]
        right = [other for other in rows[y] if other > x and along[other, y] & along[x, y]]
        for over, under in ((over, under) for under in below for over in right):
            corner = (over, under)
            if corner in down and down[corner] & down[over, y] and along[corner] & along[x, under]:
                cells.append((x, y, over, under))
                break
    return cells


def _together(cells: Sequence[Box]) -> list[list[Box]]:
    """The cells that share a corner, directly or by others between them."""
    touching: dict[Point, list[int]] = defaultdict(list)
    for number, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            touching[corner].append(number)
    groups: list[list[Box]] = []
    seen: set[int] = set()
    for first in range(len(cells)):
        if first in seen:
            continue
        seen.add(first)
        group, new = [first], [first]
        while new:
            x0, top, x1, bottom = cells[new.pop()]
            for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
                more = [number for number in touching.pop(corner, ()) if number not in seen]
                seen.update(more)
                group += more
                new += more
        groups.append([cells[number] for number in sorted(group)])
    return groups


class Boxes:
    """Finds the box that holds a point, for boxes that do not overlap, as the cells of a table."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.xs = sorted({x for box in boxes for x in (box[0], box[2])})
        self.ys = sorted({y for box in boxes for y in (box[1], box[3])})
        self.held: dict[tuple[int, int], Box] = {}
        for box in boxes:
            across = range(bisect_left(self.xs, box[0]), bisect_left(self.xs, box[2]))
            for row in range(bisect_left(self.ys, box[1]), bisect_left(self.ys, box[3])):
                for column in across:
                    self.held.setdefault((column, row), box)

    def at(self, point: Point) -> Box | None:
        """The box around a point; None where there is none."""
        column, row = bisect_right(self.xs, point[0]) - 1, bisect_right(self.ys, point[1]) - 1
        return self.held.get((column, row))
