"""Where the lines of the small charts run; the templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MARGIN = 5


def trend(
    values: Sequence[float | None],
    target: float | None = None,
    *,
    width: int = 120,
    height: int = 34,
    scale: tuple[float, float] | None = None,
) -> dict[str, Any] | None:
    """Strokes (a gap breaks the line), points and the height of the target; None without two figures.

    ``scale`` is the lowest and highest figure of several charts that are to be compared.
    """
    known = [float(value) for value in values if value is not None]
    if (len(known) < 2 and scale is None) or not known:
        return None
    spread = (max(known) - min(known)) or abs(known[0]) or 1.0
    if (
        target is not None
        and scale is None
        and not min(known) - 3 * spread <= target <= max(known) + 3 * spread
    ):
        target = None  # a target far away would flatten the line
    given = [*known, *(scale or ()), *([target] if target is not None and scale is None else [])]
    low, high = min(given), max(given)

    def up(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(height - MARGIN - share * (height - 2 * MARGIN), 1)

    strokes: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            strokes.append([])
        else:
            across = MARGIN + number * (width - 2 * MARGIN) / max(len(values) - 1, 1)
            strokes[-1].append((round(across, 1), up(float(value))))
    shown = target is not None and low <= target <= high
    return {
        "strokes": [" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes if len(stroke) > 1],
        "points": [point for stroke in strokes for point in stroke],
        "target": up(target) if shown and target is not None else None,
        "width": width,
        "height": height,
    }
