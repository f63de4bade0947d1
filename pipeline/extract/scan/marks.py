"""Marks in scanned cells that are no writing: coloured discs, arrows, triangles; told by the outline of their ink."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.extract.scan.image import Pixels

LARGEST, LEAST, THINNEST = 100, 12, 4
"""Sides of a mark in pixels at 300 to the inch: 24, 3 and 1 points."""
TIP = 0.7
"""The first row of an arrow is at most this part of its breadth; that of a T is all of it."""
STEM = 0.35
"""The stem of an arrow is at least this part of its length, and at most this part of its breadth."""


def mark_of(white: Pixels) -> str | None:
    """'circle', 'arrow-up', 'triangle-down', ... where the ink of a cell (dark on white) is one such mark; None for anything else."""
    ink = white < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    shape = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = shape.shape
    if not (LEAST <= max(height, width) <= LARGEST and min(height, width) >= THINNEST):
        return None
    if shape.mean() > 0.7 and 0.8 < width / height < 1.25 and _round(shape):
        return "circle"
    for side, turned in (("up", shape), ("down", shape[::-1]), ("left", shape.T), ("right", shape.T[::-1])):
        kind = _points_up(turned)
        if kind:
            return f"{kind}-{side}"
    return None


def _round(shape: Any) -> bool:
    """A disc leaves the four corners of its box empty and fills the rest."""
    height, width = shape.shape
    y, x = np.ogrid[:height, :width]
    away = ((y - (height - 1) / 2) / (height / 2)) ** 2 + ((x - (width - 1) / 2) / (width / 2)) ** 2
    return bool(shape[away < 0.8].mean() > 0.95 and shape[away > 1.3].mean() < 0.1)


def _points_up(shape: Any) -> str | None:
    """'arrow' or 'triangle': level left and right, from a tip growing wider, and then a thin stem (arrow) or a broad foot (triangle).

    The widest place of an arrow is near its tip, that of a plus in the middle; a figure 1 is not level.
    """
    height, width = shape.shape
    rows = [np.flatnonzero(row) for row in shape]
    if not all(map(len, rows)):
        return None
    reach = np.array([row[-1] - row[0] + 1 for row in rows]) / width
    middles = np.array([row[-1] + row[0] + 1 for row in rows]) / 2
    if np.abs(middles - width / 2).max() > max(1.0, 0.15 * width) or reach[0] > TIP:
        return None
    widest = int(reach.argmax())
    if widest > 0.7 * height:
        return "triangle" if shape.mean() > 0.42 and shape[int(0.6 * height) :].mean() > 0.7 else None
    stem = (reach[widest + 1 :] <= STEM).sum() >= STEM * height
    level = reach[-1] <= STEM and widest <= 0.38 * height and height > 0.9 * width
    return "arrow" if stem and level else None
