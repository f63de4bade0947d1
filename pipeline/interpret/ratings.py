"""How a RAG rating and a direction of travel are told: by a word, a letter, a symbol or a colour."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from pipeline.codes import Codes
from pipeline.codes_values import key
from pipeline.shapes import Cell


@dataclass(frozen=True, slots=True)
class Rating:
    """``rating`` Red, Amber, Green, Blue or None; ``source`` word, letter, symbol or colour; ``rule`` of the
    finding when it is not known."""

    rating: str | None
    source: str | None
    rule: str | None = None


def read_rating(cell: Cell, codes: Codes) -> Rating | None:
    """The rating of a cell; None for a cell that gives none (blank and uncoloured, or printed N/A)."""
    text = key(cell.text)
    known = codes.ratings.get(text)
    if known:
        return Rating(known[0], known[1])
    figure = cell.fill and not any(map(str.isalpha, text))  # the number that a conditional format colours
    if text and not _only_symbol(text) and not figure:
        return None if text in codes.values.blanks else Rating(None, None, "rag-unknown")
    if not cell.fill:
        return Rating(None, None, "rag-unknown") if text else None
    rating = of_colour(cell.fill)
    if rating:
        return Rating(rating, "symbol" if text and not any(map(str.isdigit, text)) else "colour")
    return Rating(None, None, "colour-unknown") if _saturated(cell.fill) else None


def _only_symbol(text: str) -> bool:
    return len(text) <= 2 and not text.isalnum()


def _saturated(fill: str) -> bool:
    return _hsv(fill)[1] > 0.35


def _hsv(fill: str) -> tuple[float, float, float]:
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return colorsys.rgb_to_hsv(red, green, blue)


def of_colour(fill: str) -> str | None:
    """The rating of a fill: strong colours only, by hue. A pale tint is a background, purple no rating."""
    hue, saturation, value = _hsv(fill)
    degrees = hue * 360
    if saturation < 0.35 or value < 0.35:
        return None
    if degrees < 20 or degrees > 345:
        return "Red"
    if 25 <= degrees <= 62:
        return "Amber"
    if 75 <= degrees <= 165:
        return "Green"
    return "Blue" if 195 <= degrees <= 240 else None


def read_direction(cell: Cell, codes: Codes) -> str | None:
    """Where the arrow of a cell points: up, down or same; None when that is not known."""
    return codes.directions.get(key(cell.drawn or "")) or codes.directions.get(key(cell.text))
