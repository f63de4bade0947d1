"""Rows of a table that no rules part: figures anchor them.

A column of short texts (figures, dates, ratings) has one a row, so a height at which most of them print is a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.extract.pdf.lines import Word

FIGURE = re.compile(r"\d|^(n/?a|tbc|tba|not|annual|-|–|yes|no)\b|^[-–]$", re.I)
PART = re.compile(r"\(?([b-h]|i{1,3}|i?v)\)", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one column prints in one line; ``last`` is another column where it runs over several."""

    words: tuple[Word, ...]
    column: int
    last: int
    top: float
    bottom: float
    middle: float
    text: str

    @classmethod
    def of(cls, words: Sequence[Word], column: int, last: int) -> Piece:
        """The piece that words of one line make."""
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        text = " ".join(word.text for word in words)
        return cls(tuple(words), column, last, top, bottom, (top + bottom) / 2, text)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """The heights at which a row's figures print: of their first line, and of their last."""

    first: float
    last: float
    wide: bool = False

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def pitch_of(columns: Sequence[Sequence[Piece]], size: float) -> float:
    """From line to line within a cell: the closest that lines of a column stand."""
    steps = sorted(
        step
        for pieces in columns
        for before, after in pairwise(pieces)
        if 0.95 * size < (step := after.middle - before.middle) < 1.7 * size
    )
    return steps[0] if steps else 1.2 * size


def rows_of(
    columns: Sequence[Sequence[Piece]],
    beside: Sequence[Piece],
    wide: Sequence[Piece],
    pitch: float,
    full: Sequence[float],
    rules: Sequence[Sequence[float]],
) -> list[Row]:
    """The rows, from top to bottom. ``beside`` and ``wide`` are texts over several columns, with something beside
    them and with nothing; ``full`` the heights of rules through all columns, ``rules`` of those through each."""
    figures = [pieces for pieces in columns if figured(pieces)] or list(columns)
    kept: list[list[Piece]] = []
    _keep(kept, [*chain.from_iterable(figures), *beside], 0.75 * pitch, pitch)
    steps = sorted(_at(after) - _at(before) for before, after in pairwise(kept))
    ratings = [piece for pieces in columns if pieces not in figures and _single(pieces) for piece in pieces]
    # A rating in the middle of two rows is no row of its own, nor is one at the height of a rule between figures.
    between = [h for own, pieces in zip(rules, columns, strict=True) if pieces in figures for h in own]
    ratings = [piece for piece in ratings if not any(abs(h - piece.middle) < 0.3 * pitch for h in between)]
    _keep(kept, ratings, max(0.75 * pitch, 0.8 * steps[len(steps) // 4] if steps else 0.0), pitch)
    kept = _wrapped(kept, pitch, full, [_bands(*both) for both in zip(columns, rules, strict=True)])
    rows = [Row(min(p.middle for p in held), max(p.middle for p in held)) for held in kept]
    rows += [Row(held[0].middle, held[-1].middle, wide=True) for held in _paragraphs(wide, pitch)]
    rows.sort(key=lambda row: row.first)
    return _without_figures(rows, [p for pieces in columns for p in pieces], full)


def _keep(kept: list[list[Piece]], pieces: Sequence[Piece], apart: float, pitch: float) -> None:
    """Add the heights at which pieces print, those with the most columns first, as far as none is near another."""
    levels = _levels(pieces, pitch)
    for level in sorted(levels, key=lambda held: (-len({p.column for p in held}), held[0].middle)):
        if all(abs(_at(level) - _at(other)) > apart for other in kept):
            kept.append(level)
    kept.sort(key=_at)


def figured(pieces: Sequence[Piece]) -> bool:
    """Whether a column holds short figures."""
    body = [piece for piece in pieces if not piece.bold] or list(pieces)
    return sum(bool(FIGURE.search(p.text)) and len(p.text) < 18 for p in body) >= 0.55 * max(1, len(body))


def _single(pieces: Sequence[Piece]) -> bool:
    """Whether a column holds single words that never wrap, as a column of ratings does."""
    return len(pieces) > 1 and all(len(piece.words) == 1 and len(piece.text) < 10 for piece in pieces)


def _levels(pieces: Sequence[Piece], pitch: float) -> list[list[Piece]]:
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        if levels and piece.middle - levels[-1][0].middle < 0.3 * pitch:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _at(level: Sequence[Piece]) -> float:
    return sum(piece.middle for piece in level) / len(level)


def _bands(pieces: Sequence[Piece], rules: Sequence[float]) -> Sequence[float]:
    """The rules of a column where they part its rows; none where most of its texts share a place between two."""
    bands = {bisect_left(rules, piece.middle) for piece in pieces}
    return rules if len(bands) >= 0.6 * len(pieces) and len(bands) > 2 else ()


def _wrapped(
    levels: list[list[Piece]], pitch: float, full: Sequence[float], bands: Sequence[Sequence[float]]
) -> list[list[Piece]]:
    """Levels that are further lines of the figures above: close below them, between the same rules of their columns, or
    in some of their columns only or parts of them ("b) 12"), where rows stand wider than lines do."""
    steps = [_at(after) - _at(before) for before, after in pairwise(levels)]
    wide = [step for step in steps if step > 1.3 * pitch]
    rows = {sum(height < _at(level) for height in full) for level in levels}
    one_each = len(full) > 2 and len(rows) >= 0.7 * len(levels)
    joined: list[list[Piece]] = []
    for level in levels:
        above = joined[-1] if joined else []
        close = above and _at(level) - max(p.middle for p in above) < 1.25 * pitch
        ruled = close and any(_at(above) < height < _at(level) for height in full)
        some = close and 2 * len({p.column for p in level} & (held := {p.column for p in above})) <= len(held)
        some = some and {p.column for p in level} <= held
        parts = close and all(PART.match(piece.text) for piece in level)
        inside = close and all(_inside(piece, above, bands[piece.column]) for piece in level)
        if (
            close
            and not ruled
            and (one_each or inside or (len(wide) >= 0.5 * len(steps) and (some or parts)))
        ):
            joined[-1] = above + level
        else:
            joined.append(level)
    return joined


def _inside(piece: Piece, above: Sequence[Piece], rules: Sequence[float]) -> bool:
    """Whether a piece stands between the same two rules as one of its column above it."""
    own = [other for other in above if other.column == piece.column]
    return bool(rules and own) and bisect_left(rules, own[-1].middle) == bisect_left(rules, piece.middle)


def _paragraphs(wide: Sequence[Piece], pitch: float) -> list[list[Piece]]:
    joined: list[list[Piece]] = []
    for piece in sorted(wide, key=lambda p: p.middle):
        last = joined[-1][-1] if joined else None
        same = last and piece.column == last.column and piece.bold == last.bold
        if last and same and piece.middle - last.middle < 1.35 * pitch:
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return joined


def _without_figures(rows: list[Row], pieces: Sequence[Piece], full: Sequence[float]) -> list[Row]:
    """With a row for each band between rules that has print but no figures."""
    found = list(rows)
    for top, bottom in pairwise((float("-inf"), *full, float("inf"))):
        inside = [piece.middle for piece in pieces if top < piece.middle < bottom]
        if inside and not any(top < row.middle < bottom for row in rows):
            found.append(Row(min(inside), max(inside)))
    return sorted(found, key=lambda row: row.first)
