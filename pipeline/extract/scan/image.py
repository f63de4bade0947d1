"""A scanned page as an array of grey or coloured pixels: made straight, its ruled lines, the paper behind a cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

THIN = 15
"""A ruled line is thinner than this, in pixels at 300 to the inch; what is thicker is a painted area."""
STEP = 28
"""How much darker than both its sides a line is, of 255."""
BESIDE = 3
"""Pixels from an edge to the colours on its sides."""
STROKE, LONG = 30, 90
"""Pixels; strokes of letters are shorter than the first, lines longer than the second."""
BREAK = 20
"""Pixels that may be missing between two pieces of a line."""
LINED = 0.4
"""Of the breadth of a cell, what differs from its paper where a line runs along its side."""
PRINTED = 12
"""Pixels of print at the least in a cell that is not blank: a full stop has as many."""
GAP = 9
"""Pixels that may be missing in a piece of a line."""

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class Line:
    """A ruled line: where it lies across its run, and from where to where it runs, in pixels."""

    at: float
    start: float
    end: float


def skew(grey: Pixels) -> float:
    """Degrees by which the lines of a page climb to the right; 0 where that cannot be told."""
    small = grey[::3, ::3]
    rows, columns = np.nonzero(small < 128)
    if len(rows) < 500:
        return 0.0
    if len(rows) > 150_000:
        step = len(rows) // 150_000 + 1
        rows, columns = rows[::step], columns[::step]
    best = max(
        (angle / 20 for angle in range(-60, 61)),
        key=lambda angle: (_sharp(rows, columns, angle), -abs(angle)),
    )
    return best if abs(best) >= 0.05 else 0.0


def _sharp(rows: Any, columns: Any, angle: float) -> float:
    """How sharply the rows of dark pixels stand apart when the page is turned by an angle."""
    heights = (rows + columns * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(heights - heights.min()).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def ruled_lines(pixels: Pixels) -> tuple[list[Line], list[Line]]:
    """(lines across, lines down) of a page (height x width x 3): each is long and unlike what lies beside it, or the
    edge of a painted area. Of red, green and blue the least is looked at: a grey line on green is plain in it.
    """
    least = pixels.min(axis=2)
    return _lines(least), _lines(np.ascontiguousarray(least.T))


def crossing(across: Sequence[Line], down: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that rule a table: what crosses fewer than two others underlines something."""
    while True:
        kept = [line for line in across if sum(_cross(line, other) for other in down) > 1]
        others = [line for line in down if sum(_cross(line, other) for other in kept) > 1]
        if (len(kept), len(others)) == (len(across), len(down)):
            return kept, others
        across, down = kept, others


def _cross(line: Line, other: Line) -> bool:
    return (
        other.start - THIN <= line.at <= other.end + THIN and line.start - THIN <= other.at <= line.end + THIN
    )


def _lines(grey: Pixels) -> list[Line]:
    closed = _spread(_spread(grey, THIN, 0, np.maximum), THIN, 0, np.minimum)
    opened = _spread(_spread(grey, THIN, 0, np.minimum), THIN, 0, np.maximum)
    signed = grey.astype(np.int16)
    thin = ((closed - signed > STEP) | (signed - opened > STEP)).astype(np.uint8)
    # Where a grey line lies between white and a painted cell, it is neither darker nor lighter than both.
    thin[BESIDE:-BESIDE] |= np.abs(signed[2 * BESIDE :] - signed[: -2 * BESIDE]) > 2 * STEP
    thin = _spread(thin, 3, 0, np.maximum)  # a line a little askew steps from row to row
    thin = _spread(_spread(thin, STROKE, 1, np.minimum), STROKE, 1, np.maximum)
    thin = _spread(_spread(thin, GAP, 1, np.maximum), GAP, 1, np.minimum)
    runs: list[list[int]] = []  # first row, last row, start, end
    going: list[list[int]] = []
    for row in map(int, np.flatnonzero(thin.sum(axis=1) >= LONG)):
        runs += [run for run in going if row - run[1] > 2]
        going = [run for run in going if row - run[1] <= 2]
        ends = np.flatnonzero(np.diff(np.concatenate(([0], thin[row], [0])))).tolist()
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            if end - start < LONG:
                continue
            same = next((r for r in going if r[2] <= end + BREAK and start <= r[3] + BREAK), None)
            if same:
                same[1:] = [row, min(same[2], start), max(same[3], end)]
            else:
                going.append([row, row, start, end])
    runs += going
    return [
        Line((first + last) / 2, start, end) for first, last, start, end in runs if last - first < 2 * THIN
    ]


def _spread(pixels: Pixels, width: int, axis: int, choose: Any) -> Pixels:
    """The greatest (least) of ``width`` neighbours along an axis, by doubling."""
    out, reach = pixels.copy(), 1
    while reach < width:
        step = min(reach, width - reach)
        moved = out.copy()
        if axis == 0:
            moved[:-step] = choose(out[:-step], out[step:])
        else:
            moved[:, :-step] = choose(out[:, :-step], out[:, step:])
        out, reach = moved, reach + step
    back = width // 2
    shifted = out.copy()
    if axis == 0:
        shifted[back:] = out[:-back]
    else:
        shifted[:, back:] = out[:, :-back]
    return shifted


def paper(colours: Pixels) -> tuple[int, int, int]:
    """The colour behind the print of a piece of a page (height x width x 3): the most common one."""
    coarse = (colours.reshape(-1, 3) >> 4).astype(np.int64)
    keys = (coarse[:, 0] << 8) | (coarse[:, 1] << 4) | coarse[:, 2]
    common = np.bincount(keys, minlength=4096).argmax()
    red, green, blue = colours.reshape(-1, 3)[keys == common].mean(axis=0)
    return int(red), int(green), int(blue)


def inside(colours: Pixels) -> Pixels:
    """A cell (height x width x 3, cut along the middle of its lines) with its lines painted over from each side inwards,
    as far as they go: print may begin a hair's breadth beside them.
    """
    if min(colours.shape[:2]) < 2 * THIN:
        return colours[:0]
    piece = colours.copy()
    behind = np.asarray(paper(piece), np.int16)
    for side in (piece, piece[::-1], piece.transpose(1, 0, 2), piece.transpose(1, 0, 2)[::-1]):
        for number in range(THIN - 3):
            other = np.abs(side[number].astype(np.int16) - behind).max(axis=1) > STEP
            if number > 2 and other.mean() < LINED:
                break
            side[number] = behind
    return piece


def on_white(colours: Pixels) -> Pixels:
    """A piece of a page (height x width x 3) as dark print on white paper, whatever it is printed on.

    Black on red differs in the red only, white on red in green and blue: the plainest of the three is taken.
    """
    levels = np.asarray(paper(colours), np.float32)
    flat = colours.reshape(-1, 3)
    least = min(PRINTED, len(flat) - 1)
    low = np.partition(flat, least, axis=0)[least]
    high = np.partition(flat, -1 - least, axis=0)[-1 - least]
    darker, lighter = levels - low, high - levels
    if darker.max() >= lighter.max():
        channel = int(darker.argmax())
        white = colours[:, :, channel] * (255 / max(levels[channel], 1))
    else:
        channel = int(lighter.argmax())
        white = (255 - colours[:, :, channel]) * (255 / max(255 - levels[channel], 1))
    return np.clip(white, 0, 255).astype(np.uint8)
