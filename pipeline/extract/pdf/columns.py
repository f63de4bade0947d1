"""Columns of a table without upright rules: the white that runs down between its texts.

Words of a line are one run where no more than a space is between them; far apart they are two for certain. White in
between parts columns where it runs down the whole table, as it never does in running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.extract.pdf.lines import Word
from pipeline.extract.pdf.words import OVER

GUTTER = 5.0
"""White between two columns, in points, at the least, where a single line has to tell."""
AMOUNT = re.compile(r"[£(]?-?\d[\d,.]*(%|m|k|bn|\)|st|nd|rd|th)?|n/a", re.I)
SPACE = 0.45
"""Times the size of the print: less white is always a space."""
SAME = 3
"""So many lines must go on beyond the same small white."""
FEW = 0.06
"""The share of lines that may run across a column's white: a text over several columns."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line with no more than spaces between them."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)


def parts_of(line: Sequence[Word], gutter: float = GUTTER) -> list[list[Word]]:
    """A line cut where the white is wider than between words."""
    cut: list[list[Word]] = []
    for word in line:
        if cut and word.x0 - cut[-1][-1].x1 < max(gutter, 0.9 * word.size):
            cut[-1].append(word)
        else:
            cut.append([word])
    return cut


def runs_of(line: Sequence[Word]) -> list[Run]:
    """A line cut at everything wider than a space, and where print lies over print: a heading that its narrow cell
    does not hold runs into the next one."""
    cut: list[list[Word]] = []
    for word in line:
        if cut and -OVER * word.size < word.x0 - max(w.x1 for w in cut[-1]) < SPACE * word.size:
            cut[-1].append(word)
        else:
            cut.append([word])
    return [Run(tuple(words)) for words in cut]


def columns_of(lines: Sequence[Sequence[Word]]) -> list[Span]:
    """(x0, x1) of the columns of a table, from left to right."""
    several = [line for line in lines if len(parts_of(line)) > 1]
    if not several:
        return []
    runs = [runs_of(line) for line in several]
    white = _white(runs)
    single = [line for line in lines if len(parts_of(line)) == 1]
    white = [gap for gap in white if not _run_over(gap, single, runs, white)]
    edges = [min(line[0].x0 for line in several), *(x for gap in white for x in gap)]
    edges.append(max(line[-1].x1 for line in several))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    spans = _joined(spans, lines, _first_amount(lines))
    return [part for span in spans for part in _split(span, several)]


def _white(lines: Sequence[Sequence[Run]]) -> list[Span]:
    """The white that no line, or hardly any, runs across: (x0, x1)."""
    clear = _below(lines, 0)
    allowed = int(FEW * len(lines)) if len(lines) > 5 else 0
    nearly = [
        gap
        for gap in _below(lines, allowed)
        if allowed and not any(gap[0] < c[1] and c[0] < gap[1] for c in clear)
    ]
    return sorted([*clear, *(gap for gap in nearly if gap[1] - gap[0] > 1 and _kept(gap, lines))])


def _below(lines: Sequence[Sequence[Run]], allowed: int) -> list[Span]:
    """Where at most so many lines have print, between the first print and the last."""
    runs = [run for line in lines for run in line]
    marks = sorted([(run.x0, 1) for run in runs] + [(run.x1, -1) for run in runs])
    last = marks[-1][0]
    found: list[Span] = []
    depth = 0
    start: float | None = None
    begun = False
    for x, step in marks:
        depth += step
        if depth > allowed:
            if start is not None and x - start > 0.5:
                found.append((start, x))
            start, begun = None, True
        elif begun and start is None:
            start = x
    return [gap for gap in found if gap[1] < last]


def _kept(gap: Span, lines: Sequence[Sequence[Run]]) -> bool:
    """Whether far more lines stop and begin again at the white than run across it."""
    middle = (gap[0] + gap[1]) / 2
    across = sum(any(run.x0 < middle < run.x1 for run in line) for line in lines)
    both = sum(line[0].x1 < middle < line[-1].x0 for line in lines if len(line) > 1)
    return both >= 4 * across


def _run_over(
    gap: Span, single: Sequence[Sequence[Word]], runs: Sequence[Sequence[Run]], white: Sequence[Span]
) -> bool:
    """Whether lines of one text run across this white and no other: then it is chance within a running text."""
    over = [
        line for line in single if [w for w in white if line[0].x0 < w[0] and line[-1].x1 > w[1]] == [gap]
    ]
    parted = sum(line[0].x1 <= gap[0] + 0.1 and line[-1].x0 >= gap[1] - 0.1 for line in runs)
    return len(over) > max(1, 0.5 * parted)


def _first_amount(lines: Sequence[Sequence[Word]]) -> float:
    """The height of the first figure: above it stands the heading."""
    heights = [word.top for line in lines for word in line if AMOUNT.fullmatch(word.text)]
    return min(heights, default=float("inf"))


def _joined(spans: list[Span], lines: Sequence[Sequence[Word]], body: float) -> list[Span]:
    """Neighbours that never stand beside each other are one column: its heading left, its figures right."""
    words = [((w.x0 + w.x1) / 2, (w.top, w.bottom)) for line in lines for w in line]
    held = [[reach for middle, reach in words if x0 - 1 < middle < x1 + 1] for x0, x1 in spans]
    joined: list[Span] = []
    at: list[Span] = []
    for span, here in zip(spans, held, strict=True):
        beside = any(min(b, d) - max(a, c) > 0.3 * (b - a) for a, b in at for c, d in here)
        headed = all(any(bottom <= body for _, bottom in held) for held in (at, here))
        if joined and at and here and not beside and not headed and span[0] - joined[-1][1] < 40:
            joined[-1] = (joined[-1][0], span[1])
            at = at + here
        else:
            joined.append(span)
            at = here
    return joined


def _split(span: Span, lines: Sequence[Sequence[Word]]) -> list[Span]:
    """A column as two where its lines begin anew at the same place, in rows of several texts after white and with no word
    across: text that fills its column leaves no more white beside the next one than between words.
    """
    rows = [[w for w in line if span[0] - 1 < (w.x0 + w.x1) / 2 < span[1] + 1] for line in lines]
    starts = sorted({round(w.x0, 1) for row in rows for w in row if w.x0 > span[0] + 12})
    best: tuple[int, float] | None = None
    for at in starts:
        both = right = 0
        said: set[tuple[str, ...]] = set()
        for row in rows:
            left, after = [w for w in row if w.x0 < at - 1], [w for w in row if w.x0 >= at - 1]
            if left and max(w.x1 for w in left) > at - 1:
                break
            begins = bool(after) and after[0].x0 < at + 1
            # The same sentence in several rows has its words at the same places: that is one witness.
            text = tuple(w.text for w in row)
            both += bool(left) and begins and text not in said
            right += begins and text not in said
            said.add(text)
            if after and not begins:
                break
        else:
            if both >= SAME and right >= 2 * SAME and (best is None or right > best[0]):
                best = right, at
    if not best:
        return [span]
    ends = [w.x1 for row in rows for w in row if w.x0 < best[1] - 1]
    return [(span[0], max(ends)), *_split((best[1], span[1]), lines)]


def column_at(spans: Sequence[Span], x: float) -> int:
    """The column nearest to x; of two, the left one."""
    for number, (x0, x1) in enumerate(spans):
        if x <= x1:
            return number - (number > 0 and x < x0 and x - spans[number - 1][1] <= x0 - x)
    return len(spans) - 1


def print_size(lines: Sequence[Sequence[Word]]) -> float:
    """The size of most of the print."""
    return median(word.size for line in lines for word in line)


__all__ = ["GUTTER", "Run", "Span", "column_at", "columns_of", "parts_of", "print_size", "runs_of"]
