"""Words with their places, and the lines that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.glyphs import apart


class Word(NamedTuple):
    """A word and its box in points from the top left corner of the page as displayed. A tuple: a page has hundreds."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    colour: str | None = None
    """Of the print, where it is neither grey nor black."""
    turn: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words by printed line, top to bottom, left to right; words that are all turned, by their own lines."""
    if len(words) < 2:
        return [list(words)] if words else []
    turns = {word.turn for word in words}
    if len(turns) == 1 and (turn := turns.pop()):
        upright = {id(flat := _upright(word, turn)): (flat, word) for word in words}
        flats = lines_of([flat for flat, _ in upright.values()])
        return [[upright[id(flat)][1] for flat in line] for line in flats]
    lines: list[list[Word]] = []
    total = 0.0
    for middle, _, _, word in sorted(
        ((word.top + word.bottom) / 2, word.x0, number, word) for number, word in enumerate(words)
    ):
        if lines and abs(middle - total / len(lines[-1])) < 0.45 * max(word.bottom - word.top, 4):
            lines[-1].append(word)
            total += middle
        else:
            lines.append([word])
            total = middle
    return [sorted(line, key=attrgetter("x0")) for line in lines]


def _upright(word: Word, turn: int) -> Word:
    """The word as it stands when the page is turned back by a quarter, a half or three quarters."""
    x0, top, x1, bottom = {
        90: (-word.bottom, word.x0, -word.top, word.x1),
        180: (-word.x1, -word.bottom, -word.x0, -word.top),
        270: (word.top, -word.x1, word.bottom, -word.x0),
    }[turn]
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom, turn=0)


def text_of(words: Sequence[Word]) -> str:
    """The text of a cell, one line of print a line; a raised mark stands apart, as superscript figures."""
    return "\n".join(_line(line) for line in lines_of(words))


def _line(words: Sequence[Word]) -> str:
    text = ""
    for before, word in zip((None, *words), words, strict=False):
        if before is None:
            text = word.text
        elif _raised(before, word):
            text += apart(text, word.text)
        else:
            text += f" {word.text}"
    return text


def _raised(before: Word, word: Word) -> bool:
    return (
        not word.turn
        and word.size < 0.85 * before.size
        and word.bottom < before.bottom - 0.1 * before.size
        and word.x0 - before.x1 < 0.25 * before.size
    )
