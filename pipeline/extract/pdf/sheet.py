"""Where a page of a PDF lies in the coordinates of its file, and how it is displayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.shapes import Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a page lies in the coordinates of its file, and how it is turned to be displayed (degrees, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as it is displayed: x0, top, x1, bottom."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def direction(self, across: float, up: float) -> tuple[float, float]:
        """A direction of the file as it is displayed."""
        return {0: (across, up), 90: (up, -across), 180: (-across, -up), 270: (-up, across)}[self.turn]


def sheet_of(page: Any) -> Sheet:
    """The sheet of a page of pypdfium2."""
    left, bottom, right, top = page.get_mediabox(fallback_ok=False) or page.get_bbox()
    return Sheet(
        min(left, right), min(bottom, top), max(left, right), max(bottom, top), page.get_rotation() % 360
    )
