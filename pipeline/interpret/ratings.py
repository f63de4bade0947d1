"""How a RAG rating and a direction of travel are told: by a word, a letter, a symbol or a colour."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.values.words import missing
from pipeline.shapes import Cell

_PIECES = re.compile(
    r"\s*[,;:/()\[\]|\n]\s*|\s+[-\u2010-\u2015]\s+|\s*(?=[↑↓→←↔▲▼►◄⬆⬇➡⇧⇩⇨⇑⇓⇒↗↘])|(?<=[↑↓→←↔▲▼►◄⬆⬇➡⇧⇩⇨⇑⇓⇒↗↘])\s*"
)
_LABEL = re.compile(r"^(?:b?rag|status|rating|current|latest|now)(?: (?:status|rating))?\s*[:=-]\s*")
_BEFORE = re.compile(
    r"[(\[]?\s*(?:prev(?:ious(?:ly)?)?|was|were|last(?: (?:quarter|year|month))?|formerly|from|q[1-4])\.?\s*[:=-]?\s*[\w /]+[)\]]?\s*$"
)
"""What the rating was before: '(prev A)', 'was Amber', 'last quarter: Red'."""
PALE, GREY = 0.35, 0.05
"""Saturation: a colour with less than the first is a tint, which rates where the list of ratings names it; with less than
the second it is none."""

_DOTS = "●■◆⬤⚫⏺◉○ "


@dataclass(frozen=True, slots=True)
class Rating:
    """``rating`` Red, Amber, Green, Blue or None; ``source`` word, letter, symbol or colour; ``rule`` of the
    finding when it is not known."""

    rating: str | None
    source: str | None
    rule: str | None = None


def read_rating(cell: Cell, codes: Codes) -> Rating | None:
    """The rating of a cell; None for a cell that gives none (blank and uncoloured, or printed N/A)."""
    text = _plain(cell.text)
    known = codes.ratings.get(text) or _among_others(text, codes)
    if known:
        return Rating(known[0] or None, known[1])
    # A sign, or the number that a conditional format colours, says nothing beside its colour.
    coloured = bool(cell.fill) and (_only_symbol(text) or not any(map(str.isalpha, text)))
    if text and not coloured and missing(text, codes.values):
        return None
    if text and not coloured and not _only_symbol(text):
        return Rating(None, None, "rag-unknown")
    if not cell.fill:
        return Rating(None, None, "rag-unknown") if text else None
    listed = codes.ratings.get(f"#{cell.fill.lower()}")
    rating = listed[0] if listed else of_colour(cell.fill)
    if rating:
        return Rating(rating, "symbol" if text and not any(map(str.isdigit, text)) else "colour")
    return Rating(None, None, "colour-unknown") if _doubtful(cell.fill) else None


def _plain(text: str) -> str:
    """As ``key`` writes it, without raised figures, the signs that only choose how a symbol is painted, and a painted
    dot beside a word: '● Green'."""
    plain = key(re.sub("[\ufe0e\ufe0f⁰¹²³⁴-⁹]", "", text))
    return plain.strip(_DOTS) if any(map(str.isalpha, plain)) else plain


def _among_others(text: str, codes: Codes) -> tuple[str, str] | None:
    """'Green ↑', 'G (prev A)', 'RAG: Red*', 'Amber - at risk': one rating, beside directions, marks, what it was
    before and words that rate the same. Two ratings ('Amber/Green') are none."""
    if not text or len(text) > 80:
        return None
    now = _BEFORE.sub(" ", text)
    pieces = [piece for piece in _PIECES.split(_LABEL.sub("", now)) if piece.strip(" *†‡#.¹²³")]
    ratings: dict[str, str] = {}
    for piece in pieces:
        bare = piece.strip(" *†‡#.¹²³")
        known = codes.ratings.get(bare)
        if known and known[0]:
            ratings.setdefault(*known)
        elif known is None and bare not in codes.directions and codes.values.mark(bare, ("word",)) is None:
            return _words(bare, pieces, codes) or _explained(pieces, codes)
    return next(iter(ratings.items())) if len(ratings) == 1 else None


def _words(text: str, pieces: list[str], codes: Codes) -> tuple[str, str] | None:
    """'Green improving', 'R ↓': a rating and a direction side by side."""
    words = text.split()
    known = codes.ratings.get(words[0]) if len(pieces) == 1 and len(words) > 1 else None
    rest = " ".join(words[1:])
    return known if known and known[0] and (rest in codes.directions or rest in codes.values.marks) else None


def _explained(pieces: list[str], codes: Codes) -> tuple[str, str] | None:
    """'Amber – roadworks on the ring road': a rating by its word, and a reason that names no other."""
    known = codes.ratings.get(pieces[0].strip())
    reason = re.findall(r"\w+", " ".join(pieces[1:]))
    if not known or not known[0] or known[1] != "word" or any(word in codes.ratings for word in reason):
        return None
    return known


def _only_symbol(text: str) -> bool:
    return len(text) <= 2 and not text.isalnum()


def _doubtful(fill: str) -> bool:
    """Whether a colour may be meant as a rating; a tint of blue is the background of many tables."""
    hue, saturation, _ = _hsv(fill)
    return saturation > PALE or (saturation > GREY and not 165 < hue * 360 < 330)


def untinted(rag: Cell, row: Iterable[Cell]) -> Cell:
    """A rating without its fill where that is the pale tint of the whole row, as every second row of a table has."""
    if not rag.fill or not rag.blank or rag.drawn or _hsv(rag.fill)[1] > PALE:
        return rag
    return replace(rag, fill=None) if any(c.fill == rag.fill for c in row if not c.blank) else rag


def _hsv(fill: str) -> tuple[float, float, float]:
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return colorsys.rgb_to_hsv(red, green, blue)


def of_colour(fill: str) -> str | None:
    """The rating of a fill: strong colours only, by hue. A pale tint is a background, purple no rating."""
    hue, saturation, value = _hsv(fill)
    degrees = hue * 360
    if saturation < PALE or value < PALE:
        return None
    if degrees < 20 or degrees > 345:
        return "Red"
    if 25 <= degrees <= 62:
        return "Amber"
    if 75 <= degrees <= 165:
        return "Green"
    return "Blue" if 195 <= degrees <= 240 else None


def read_direction(cell: Cell, codes: Codes) -> tuple[str | None, bool]:
    """(where the arrow of a cell points: up, down or same, or None; whether its text is known). 'Improving' is
    known and says neither up nor down."""
    texts = [_plain(text) for text in (cell.drawn or "", cell.text) if text.strip()]
    for text in texts:
        if text in codes.directions:
            return codes.directions[text] or None, True
    pieces = [piece.strip(" *.") for text in texts for piece in _PIECES.split(text) if piece.strip(" *.")]
    told = {codes.directions[piece] for piece in pieces if piece in codes.directions} - {""}
    others = [piece for piece in pieces if piece not in codes.directions and any(map(str.isalpha, piece))]
    if len(told) == 1 and not others:
        return told.pop(), True
    return None, not texts or all(missing(text, codes.values) is not None for text in texts)
