"""Small pictures on a page: a rating or a direction of travel may be one, as many dashboards print them."""

from __future__ import annotations

import numpy as np

from pipeline.extract.pdf.colours import bright
from pipeline.extract.pdf.page import Page
from pipeline.extract.picture import page_picture
from pipeline.extract.scan.image import Pixels, on_white
from pipeline.extract.scan.marks import mark_of
from pipeline.shapes import Box

LEAST, LARGEST = 4.0, 40.0
"""Sides of such a picture in points; larger ones are logos, maps and charts."""
SCALE = 3.0
"""Pixels to the point at which it is looked at."""
COLOURED = 0.15
"""Of its area, what is in colour at the least."""


def pictures_of(page: Page, file: str) -> list[tuple[Box, str, str]]:
    """(box, shape, colour RRGGBB) of the small pictures of a page that are in colour, looked at as they are drawn."""
    small = [box for box in page.pictures if all(LEAST < side < LARGEST for side in _sides(box))]
    if not small:
        return []
    drawn = np.asarray(page_picture(file, page.number, SCALE).convert("RGB"))
    if abs(drawn.shape[1] - page.width * SCALE) > SCALE:
        return []  # its print lies on its side, and the page was turned for it
    found = []
    for box in small:
        left, top, right, bottom = (max(round(edge * SCALE), 0) for edge in box)
        piece = drawn[top:bottom, left:right]
        colour = _colour(piece) if piece.size else None
        if colour:
            found.append((box, mark_of(on_white(piece)) or "drawing", colour))
    return found


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _colour(piece: Pixels) -> str | None:
    """The colour of most of a picture's coloured part; None where hardly anything is in colour."""
    flat = piece.reshape(-1, 3).astype(int)
    vivid = flat[flat.max(axis=1) - flat.min(axis=1) > 90]
    if len(vivid) < COLOURED * len(flat):
        return None
    red, green, blue = (int(value) for value in np.median(vivid, axis=0))
    return bright(f"{red:02X}{green:02X}{blue:02X}")
