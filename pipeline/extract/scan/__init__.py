"""Scanned pages: cells by the ruled lines in the picture, their text recognised, everything with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from pipeline.extract.pdf.loose import line_grids, numbered
from pipeline.extract.pdf.tables import table_grid
from pipeline.extract.pdf.turn import moved, turned_back
from pipeline.extract.picture import page_picture
from pipeline.extract.scan.cells import WIDE, Sure, cell_words, fill_of, inked, points, split, words_of
from pipeline.extract.scan.image import Line, Pixels, crossing, ruled_lines, skew
from pipeline.extract.scan.words import BLOCK, SPARSE, recognise, side_up
from pipeline.shapes import Box, Cell, Finding, Grid, Place

DPI = 300
LARGEST = 6000
"""Pixels along a side; a poster is read at less than 300 to the inch."""
SNAP = 3.0
"""Points; lines nearer than this are one."""
SURE = 70.0
"""Percent; a word that tesseract is less sure of is asked about."""
MIXED = re.compile(r"\d[OlIS]|[OlIS]\d|(?<![A-Za-z])[Ol](?![A-Za-z'’])|[{}|\\]|^Q[il]$")
"""Figures next to the letters that look like them, whatever tesseract says of itself: RBO1 for RB01."""
UNDERLINE = 270
"""Pixels; a line this long is taken out before reading, also where it crosses no other."""
DOUBTFUL = 55.0
"""Percent; a page of which tesseract is less sure may lie on its side."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page made upright and straight: its pixels, and how it was turned to the right (degrees)."""

    grey: Pixels
    colours: Pixels
    scale: float
    turn: int
    angle: float
    width: float
    height: float
    """Of the page as displayed, in points."""

    def displayed(self, grids: Sequence[Grid]) -> list[Grid]:
        """The grids with their boxes on the page as displayed; a tilted box is the upright one around its middle."""
        width, height = (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))

        def tilted(box: Box) -> Box:
            x, y = (box[0] + box[2]) / 2 - width / 2, (box[1] + box[3]) / 2 - height / 2
            across, down = x * cosine + y * sine + width / 2, y * cosine - x * sine + height / 2
            half, tall = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
            return across - half, down - tall, across + half, down + tall

        return turned_back(moved(grids, tilted), self.turn, self.width, self.height)


def scanned_page(file: str, number: int) -> tuple[list[Grid], list[Finding]]:
    """(grids, findings) of a page that is a picture, counted from 1. Needs tesseract."""
    part = f"p{number}"
    page = _straight(file, number, 0)
    grids, sure, printed = _read(page, part)
    if _average(sure) < DOUBTFUL:
        turn = side_up(Image.fromarray(page.grey), round(72 * page.scale))
        if turn:
            page = _straight(file, number, turn)
            grids, sure, printed = _read(page, part)
    place = grids[0].rows[0][0].place if grids else Place(part, 1, 1)
    about = Finding(
        "ocr-read", place, part, {"part": part, "words": len(sure), "sure": round(_average(sure))}
    )
    doubts = [
        Finding("ocr-doubtful", cell.place, cell.text, {"sure": round(least)})
        for cell, least in _least_sure(grids, sure)
        if least < SURE or MIXED.search(cell.text)
    ]
    unread = [
        Finding("ocr-unread", cell.place, part)
        for grid in grids
        for cell in grid.cells()
        if cell.blank and not cell.drawn and cell.place.box in printed
    ]
    findings = [about, *doubts, *unread]
    shown = page.displayed(grids)
    places = {(c.place.row, c.place.column): c.place for grid in shown for c in grid.cells()}
    return shown, [
        replace(f, place=places.get((f.place.row, f.place.column), f.place)) if f.place else f
        for f in findings
    ]


def _straight(file: str, number: int, turn: int) -> _Page:
    whole = page_picture(file, number, 1.0)
    scale = min(DPI / 72, LARGEST / max(whole.size))
    picture = page_picture(file, number, scale)
    width, height = picture.width / scale, picture.height / scale
    if turn:
        picture = picture.rotate(-turn, expand=True, fillcolor="white")
    angle = skew(np.asarray(picture.convert("L")))
    if angle:
        picture = picture.rotate(-angle, Image.Resampling.BICUBIC, fillcolor="white")
    return _Page(np.asarray(picture.convert("L")), np.asarray(picture), scale, turn, angle, width, height)


def _read(page: _Page, part: str) -> tuple[list[Grid], list[Sure], set[Box]]:
    """(grids of a straight page, numbered and in points of it; how sure each word is; boxes with print)."""
    filled: set[Box] = set()
    tables: list[tuple[float, Grid]] = []
    sure: list[Sure] = []
    across, down = ruled_lines(page.colours)
    rules = crossing(across, down)
    plain = _without(
        page.colours,
        [line for line in across if line in rules[0] or line.end - line.start > UNDERLINE],
        [line for line in down if line in rules[1] or line.end - line.start > UNDERLINE],
    )
    rest = plain.copy()
    for ruled in _tables(*rules, page.scale):
        boxes = split(page.colours, ruled)
        words, marks, printed = cell_words(page.colours, page.scale, boxes)
        fills = [(points(box, page.scale), fill_of(page.colours, box)) for box in boxes]
        made = table_grid(
            part, [points(box, page.scale) for box in boxes], [word for word, _ in words], fills, marks
        )
        if not made:
            continue
        tables.append((min(box[1] for box in boxes) / page.scale, made[0]))
        sure += words
        filled |= set(printed)
        for left, top, right, bottom in boxes:
            rest[max(round(top) - 4, 0) : round(bottom) + 5, max(round(left) - 4, 0) : round(right) + 5] = 255
    white = rest.max(axis=2)  # a painted cell stays lighter than the print on it
    seen = recognise(Image.fromarray(white), SPARSE if tables else BLOCK, round(72 * page.scale))
    loose = words_of(
        inked(seen, white), lambda one: points((one.x0, one.top, one.x1, one.bottom), page.scale)
    )
    found = tables + line_grids([word for word, _ in loose], [top for top, _ in tables], part)
    found.sort(key=lambda pair: pair[0])
    return numbered([grid for _, grid in found]), sure + loose, filled


def _tables(across: Sequence[Line], down: Sequence[Line], scale: float) -> list[list[Box]]:
    """The boxes of each table that the lines make, in pixels."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

    near = SNAP * scale
    rows, columns = _together([line.at for line in across], near), _together([line.at for line in down], near)
    edges = [
        {"orientation": "h", "x0": line.start, "x1": line.end, "top": rows[line.at], "bottom": rows[line.at]}
        for line in across
    ] + [
        {
            "orientation": "v",
            "x0": columns[line.at],
            "x1": columns[line.at],
            "top": line.start,
            "bottom": line.end,
        }
        for line in down
    ]
    cells = intersections_to_cells(edges_to_intersections(edges, near, near))
    return [[tuple(map(float, box)) for box in table] for table in cells_to_tables(cells)]  # type: ignore[misc]


def _together(values: Sequence[float], near: float) -> dict[float, float]:
    """Each value -> the middle of its neighbours."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return {value: sum(group) / len(group) for group in groups for value in group}


def _without(colours: Pixels, across: Sequence[Line], down: Sequence[Line]) -> Pixels:
    """The page without its lines: each takes the colour of what lies beside it."""
    plain = colours.copy()
    for pixels, lines in ((plain, across), (plain.transpose(1, 0, 2), down)):
        for line in lines:
            at, start, end = round(line.at), max(round(line.start) - 3, 0), round(line.end) + 4
            low, high = max(at - WIDE, 0), min(at + WIDE, len(pixels) - 1)
            pixels[low : high + 1, start:end] = np.maximum(pixels[low, start:end], pixels[high, start:end])
    return plain


def _average(sure: Sequence[Sure]) -> float:
    return sum(percent for _, percent in sure) / len(sure) if sure else 0.0


def _least_sure(grids: Sequence[Grid], sure: Sequence[Sure]) -> Iterator[tuple[Cell, float]]:
    """Each cell with text, and how sure the least sure of its words is."""
    for grid in grids:
        for cell in grid.cells():
            box = cell.place.box
            if box and not cell.blank:
                held = [
                    percent
                    for word, percent in sure
                    if box[0] <= word.middle[0] <= box[2] and box[1] <= word.middle[1] <= box[3]
                ]
                yield cell, min(held, default=100.0)
