"""Cells cut out of a scanned page: their print on white, their paint, their marks, and their words.

The cells of a table are freed of their lines and colours and laid below each other before tesseract sees them: on
a whole page it reads across columns and leaves out single letters and figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np
from PIL import Image

from pipeline.extract.pdf.colours import bright
from pipeline.extract.pdf.lines import Word
from pipeline.extract.scan.image import PRINTED, Pixels, inside, on_white, paper
from pipeline.extract.scan.marks import mark_of
from pipeline.extract.scan.words import BLOCK, Seen, recognise
from pipeline.shapes import Box

TALL = 16_000
"""Pixels; more cells than fit go on the next sheet."""
MARGIN = 24
"""Pixels of white around each cell on the sheet that tesseract sees."""
WIDE = 6
"""Pixels from the middle of a line to what is beside it."""
COLOURED = 40
"""How far the brightest and the darkest of red, green and blue are apart in what is a colour."""
EDGE = 6
"""Pixels of white kept around the print of a cell."""
SHORT, FIGURES = (60, 260), (120, 420)
"""Height and width in pixels of a figure, and of a few. All up to the second are read twice, once at double size;
that reading is better for the short ones, or Q1 becomes Qi.
"""
NEARLY = 10.0
"""Percent; how much less sure the reading at double size may be and still count."""
DISPUTED = 50.0
"""Percent; how sure a reading is at the most where another says something else: "a) 12.7 b) 41" for 4.1."""

SIGNS = {"arrow-up": "↑", "arrow-down": "↓", "arrow-left": "←", "arrow-right": "→"}
SIGNS |= {"triangle-up": "▲", "triangle-down": "▼", "triangle-left": "◀", "triangle-right": "▶"}
CERTAIN = 100.0
"""Percent; a sign is told by its outline or not at all."""

Sure = tuple[Word, float]
"""A word, and how sure tesseract is of it in percent."""
_Strip = tuple[int, int, Pixels]
"""Left and top of a piece on the page, in pixels, and its print on white."""


def points(box: Box, scale: float) -> Box:
    """Pixels as points."""
    return tuple(edge / scale for edge in box)  # type: ignore[return-value]


def cell_words(
    colours: Pixels, scale: float, boxes: Sequence[Box]
) -> tuple[list[Sure], list[tuple[Box, str, str]], list[Box]]:
    """(words, marks, boxes with print) of a table's boxes, which are in pixels of the page; all come back in points."""
    strips: list[_Strip] = []
    marks: list[tuple[Box, str, str]] = []
    signs: list[Sure] = []
    inked_boxes: list[Box] = []
    for box in boxes:
        left, top, right, bottom = (round(edge) for edge in box)
        piece = inside(colours[top : bottom + 1, left : right + 1])
        if not piece.size:
            continue
        white = on_white(piece)
        ink = white < 128
        if ink.sum() < PRINTED:
            continue
        inked_boxes.append(points(box, scale))
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if mark := mark_of(white):
            red, green, blue = (int(value) for value in np.median(piece[ink], axis=0))
            colour = f"{red:02X}{green:02X}{blue:02X}"
            if mark in SIGNS:
                around = (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)
                sign = Word(SIGNS[mark], *points(around, scale), 10, False, bright(colour))
                signs.append((sign, CERTAIN))
            else:
                marks.append((points(box, scale), mark, colour))
            continue
        x, y = max(columns[0] - EDGE, 0), max(rows[0] - EDGE, 0)
        cut = white[y : rows[-1] + EDGE, x : columns[-1] + EDGE]
        strips.append((left + int(x), top + int(y), cut))
    read = list(_strip_words(scale, strips, 1))
    small = [
        n for n, (_, _, cut) in enumerate(strips) if cut.shape[0] < FIGURES[0] and cut.shape[1] < FIGURES[1]
    ]
    again = _strip_words(scale, [strips[n] for n in small], 2)
    for number, second in zip(small, again, strict=True):
        read[number] = _agreed(strips[number][2], read[number], second)
    return signs + [word for words in read for word in words], marks, inked_boxes


def _agreed(cut: Pixels, first: list[Sure], second: list[Sure]) -> list[Sure]:
    """Of two readings of a cell the one at the better size; where their texts differ, neither is sure."""
    short = cut.shape[0] < SHORT[0] and cut.shape[1] < SHORT[1]
    better = second if short and _surest(second) >= _surest(first) - NEARLY else first
    texts = ["".join(word.text for word, _ in words) for words in (first, second)]
    return better if texts[0] == texts[1] else [(word, min(sure, DISPUTED)) for word, sure in better]


def _surest(words: list[Sure]) -> float:
    return min((sure for _, sure in words), default=-1.0)


def _strip_words(scale: float, strips: Sequence[_Strip], enlarged: int) -> Iterator[list[Sure]]:
    """The words of each piece of the page, read so many times as large, laid below each other."""
    sheet: list[_Strip] = []
    down = 0
    for strip in strips:
        if down > TALL // enlarged:
            yield from _sheet_words(scale, sheet, enlarged)
            sheet, down = [], 0
        sheet.append(strip)
        down += len(strip[2]) + MARGIN
    if sheet:
        yield from _sheet_words(scale, sheet, enlarged)


def _sheet_words(scale: float, strips: Sequence[_Strip], enlarged: int) -> list[list[Sure]]:
    width = max(white.shape[1] for _, _, white in strips) + 2 * MARGIN
    starts = list(accumulate((len(white) + MARGIN for _, _, white in strips), initial=MARGIN))
    sheet = np.full((starts[-1], width), 255, np.uint8)
    for down, (_, _, white) in zip(starts, strips, strict=False):
        sheet[down : down + len(white), MARGIN : MARGIN + white.shape[1]] = white
    picture = Image.fromarray(sheet)
    picture = picture.resize((picture.width * enlarged, picture.height * enlarged), Image.Resampling.LANCZOS)
    seen: list[list[Seen]] = [[] for _ in strips]
    for one in inked(recognise(picture, BLOCK, round(72 * scale * enlarged)), np.asarray(picture)):
        at = bisect_right(starts, (one.top + one.bottom) / 2 / enlarged + MARGIN / 2) - 1
        seen[min(max(at, 0), len(strips) - 1)].append(one)
    read = []
    for words, (left, top, _), down in zip(seen, strips, starts, strict=False):
        x, y = left - MARGIN, top - down
        read.append(
            words_of(words, lambda one, x=x, y=y: points(_moved(one, enlarged, x, y), scale))  # type: ignore[misc]
        )
    return read


def _moved(one: Seen, enlarged: int, x: int, y: int) -> Box:
    return (
        x + one.x0 / enlarged,
        y + one.top / enlarged,
        x + one.x1 / enlarged,
        y + one.bottom / enlarged,
    )


def inked(seen: Sequence[Seen], white: Pixels) -> list[Seen]:
    """What was seen where something is printed: in wide white tesseract sees dashes that are not there."""
    return [one for one in seen if (white[one.top : one.bottom, one.x0 : one.x1] < 128).sum() >= PRINTED]


def words_of(seen: Sequence[Seen], place: Callable[[Seen], Box]) -> list[Sure]:
    """Words with the height of their whole line: the box of a dash is no taller than the dash."""
    lines: dict[tuple[int, ...], list[Seen]] = {}
    for one in seen:
        lines.setdefault(one.line, []).append(one)
    words = []
    for line in lines.values():
        top, bottom = min(one.top for one in line), max(one.bottom for one in line)
        for one in line:
            x0, upper, x1, lower = place(replace(one, top=top, bottom=bottom))
            words.append((Word(one.text, x0, upper, x1, lower, round(lower - upper, 1), False), one.sure))
    return words


def split(colours: Pixels, boxes: Sequence[Box]) -> list[Box]:
    """The boxes of a table, painted ones cut where others end: a thin line does not show between two areas of one
    colour, but each row has print of its own there, as no merged cell has.
    """
    tops = sorted({box[1] for box in boxes})
    cut: list[Box] = []
    for left, top, right, bottom in boxes:
        within = [edge for edge in tops if top < edge < bottom]
        bands = list(pairwise([top, *within, bottom]))
        if within and fill_of(colours, (left, top, right, bottom)):
            piece = inside(colours[round(top) : round(bottom) + 1, round(left) : round(right) + 1])
            ink = (on_white(piece) < 128).sum(axis=1) if len(piece) else np.zeros(1)
            rows = [ink[round(a - top) : round(b - top)].sum() >= PRINTED for a, b in bands]
            free = [ink[round(edge - top) - 1 : round(edge - top) + 2].sum() == 0 for edge in within]
            if all(rows) and all(free):
                cut += [(left, a, right, b) for a, b in bands]
                continue
        cut.append((left, top, right, bottom))
    return cut


def fill_of(colours: Pixels, box: Box) -> str | None:
    """The colour behind the print of a cell; None for white and grey."""
    left, top, right, bottom = (round(edge) for edge in box)
    colour = paper(
        colours[
            top + WIDE : max(bottom - WIDE, top + WIDE + 1), left + WIDE : max(right - WIDE, left + WIDE + 1)
        ]
    )
    return "{:02X}{:02X}{:02X}".format(*colour) if max(colour) - min(colour) > COLOURED else None
