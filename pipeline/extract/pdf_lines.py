"""Words, lines, and tables without rules: columns are told by the white that runs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.shapes import Cell, Grid, Place

GUTTER = 5.0
"""White between two columns, in points, at the least."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the top left corner of the page as displayed."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def words_of(page: Any) -> list[Word]:
    """Every word of a page; turned text is read along its own direction."""
    found = page.extract_words(x_tolerance=1.5, keep_blank_chars=False, extra_attrs=["size", "fontname"])
    return [
        Word(
            w["text"],
            w["x0"],
            w["top"],
            w["x1"],
            w["bottom"],
            w["size"],
            "bold" in str(w["fontname"]).lower(),
        )
        for w in found
    ]


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words by printed line, top to bottom, left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.x0)):
        if lines:
            last = lines[-1]
            middle = sum(w.middle[1] for w in last) / len(last)
            if abs(word.middle[1] - middle) < 0.45 * max(word.bottom - word.top, 4):
                last.append(word)
                continue
        lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def text_of(words: Sequence[Word]) -> str:
    """The text of a cell, one line of print a line."""
    return "\n".join(" ".join(word.text for word in line) for line in lines_of(words))


def line_grids(words: list[Word], tables: Sequence[float], part: str) -> list[tuple[float, Grid]]:
    """Grids of the words outside ruled tables: blocks between the tables, each a table by its white or lines."""
    blocks: dict[int, list[Word]] = {}
    for word in words:
        blocks.setdefault(sum(top <= word.middle[1] for top in tables), []).append(word)
    found = []
    for block in blocks.values():
        lines = lines_of(block)
        start = _table_start(lines)
        if start:
            found.append((lines[0][0].top, _plain(lines[:start], part)))
        if start < len(lines):
            found.append((lines[start][0].top, _table(lines[start:], part)))
    return found


def _segments(line: Sequence[Word]) -> list[list[Word]]:
    """A line cut where the white is wider than between words."""
    cut: list[list[Word]] = []
    for word in line:
        if cut and word.x0 - cut[-1][-1].x1 < max(GUTTER, 0.9 * word.size):
            cut[-1].append(word)
        else:
            cut.append([word])
    return cut


def _plain(lines: Sequence[Sequence[Word]], part: str) -> Grid:
    rows = tuple(
        tuple(_cell(part, row, column, words) for column, words in enumerate(_segments(line), 1))
        for row, line in enumerate(lines, 1)
    )
    return Grid(part, rows, lines=True)


def _table_start(lines: Sequence[Sequence[Word]]) -> int:
    """The first line of a table without rules: at least four columns of white run down from there."""
    for number, line in enumerate(lines):
        if len(_segments(line)) >= 4 and len(lines) - number >= 3:
            start = number
            while start and len(_segments(lines[start - 1])) >= 2 and _close(lines[start - 1], lines[start]):
                start -= 1
            return start
    return len(lines)


def _close(above: Sequence[Word], below: Sequence[Word]) -> bool:
    return below[0].top - above[0].bottom < 0.8 * below[0].size


def _table(lines: list[list[Word]], part: str) -> Grid:
    spans = _columns(lines)
    blocks: list[list[list[Word]]] = []
    gaps = sorted(below[0].top - above[0].top for above, below in pairwise(lines) if below and above)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    for number, line in enumerate(lines):
        near = number and line[0].top - lines[number - 1][0].top < 1.3 * usual
        if near:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    rows = []
    for row, block in enumerate(blocks, 1):
        held: dict[int, list[Word]] = {}
        for line in block:
            for word in line:
                held.setdefault(_column(spans, word), []).append(word)
        rows.append(tuple(_cell(part, row, column + 1, held[column]) for column in sorted(held)))
    return Grid(part, tuple(rows))


def _columns(lines: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """Columns between the white that no line crosses, lines of one segment (titles, sections) left out."""
    spans: list[tuple[float, float]] = []
    pieces = [
        (segment[0].x0, segment[-1].x1)
        for line in lines
        if len(_segments(line)) > 1
        for segment in _segments(line)
    ]
    for x0, x1 in sorted(pieces):
        if spans and x0 < spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans or [(0.0, 1.0)]


def _column(spans: Sequence[tuple[float, float]], word: Word) -> int:
    middle = word.middle[0]
    return min(range(len(spans)), key=lambda n: max(spans[n][0] - middle, middle - spans[n][1], 0.0))


def _cell(part: str, row: int, column: int, words: Sequence[Word]) -> Cell:
    box = (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    return Cell(
        Place(part, row, column, box),
        text_of(words),
        bold=all(word.bold for word in words),
        size=words[0].size,
        words=len(words),
    )
