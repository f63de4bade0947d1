"""Colours of a PDF in any of its colour spaces as ``RRGGBB``."""

from __future__ import annotations

from typing import Any


def colour_of(value: Any) -> str | None:
    """Grey, RGB or CMYK parts from 0 to 1 -> ``RRGGBB``; None for a pattern or no colour."""
    if value is None:
        return None
    try:
        parts = [float(part) for part in (value if isinstance(value, list | tuple) else [value])]
    except (TypeError, ValueError):
        return None
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    if len(parts) != 3:
        return None
    return "".join(f"{round(255 * min(max(part, 0), 1)):02X}" for part in parts)


def bright(colour: str | None) -> str | None:
    """A colour that is not grey, black or white: those say nothing of a rating. None for the others."""
    if colour is None:
        return None
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return colour if max(parts) - min(parts) > 48 else None
