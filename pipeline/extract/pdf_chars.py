"""The characters of a page in runs of the same look, taken from pdfium in bulk.

A box is as wide as its character advances and as high as its print is large, from the depth of the font on. Of
its own pdfium leaves out what is printed twice at one place, and puts blanks where it sees white.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from ctypes import addressof, create_string_buffer
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from pipeline.extract import pdfium
from pipeline.extract.pdf_colours import bright
from pipeline.extract.pdf_sheet import Sheet

WHITE = ""
"""The text of a blank that pdfium put where it saw white: nothing is printed there."""
HYPHENS = {"\x02": "-", "\ufffe": "-"}
"""What pdfium gives for a hyphen that breaks a word at the end of a line, in one call and in another."""
TILT = 0.02
"""Print that leans less than this from the upright or the level is taken as straight."""
NAME = 128
"""Bytes of the name of a font that are looked at."""

BACK, BESIDE, ALIKE = 8, 2.0, 0.05
"""How many text objects before the print is that is printed twice, how far beside it the second time (points), and how
alike in breadth the two are."""

Char = tuple[float, float, float, float, str]
"""x0, top, x1, bottom, text."""


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are printed."""

    font: str
    size: float
    """Points, to two places."""
    colour: str | None
    """Of the print, where it is neither grey nor black."""
    turn: int
    """Degrees to the left that the print is turned by, in quarters."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn one after the other with the same look."""

    look: Look
    chars: list[Char]


@dataclass(frozen=True, slots=True)
class _Print:
    """How the characters of a text object stand, the same for all that are printed alike."""

    look: Look
    level: bool
    """Whether the print runs along the first axis of the file rather than the second."""
    reach: tuple[float, float] | None
    """From where to where the print reaches across its line; None where it leans."""


def runs_of(page: Any, sheet: Sheet, order: Mapping[int, int]) -> tuple[list[Run], int]:
    """(the runs of a page of pypdfium2, how many characters pdfium left out because they are printed twice).

    ``order`` is that of drawing: address of a text object -> its number.
    """
    text_page = pdfium.load_text(pdfium.address(page))
    try:
        pieces = _Reader(text_page, sheet).pieces(order)
    finally:
        pdfium.close_text(text_page)
    doubled = _doubled(pieces, order)
    pieces.sort(key=itemgetter(0))
    runs: list[Run] = []
    look = None
    for _, one, chars in pieces:
        if one is look:
            runs[-1].chars.extend(chars)
        else:
            look = one
            runs.append(Run(one, chars))
    return runs, doubled


def _doubled(pieces: Sequence[tuple[int, Look, list[Char]]], order: Mapping[int, int]) -> int:
    """How many characters are in text objects that were left out, each as large as one drawn shortly before and
    hardly beside it: print is made bold that way.
    """
    read = {number: sum(not char[4].isspace() for char in chars if char[4]) for number, _, chars in pieces}
    if len(read) == len(order):
        return 0
    things = list(order)
    edges = (pdfium.Float * 4)()
    at = [addressof(edges) + 4 * index for index in range(4)]

    def bounds(number: int) -> list[float]:
        pdfium.object_bounds(things[number], *at)
        return list(edges)

    doubled = 0
    for number in range(len(things)):
        if number in read:
            continue
        here = bounds(number)
        for other in range(number - 1, max(number - BACK, 0) - 1, -1):
            aside = [a - b for a, b in zip(here, bounds(other), strict=True)] if other in read else [BESIDE]
            if max(map(abs, aside)) < BESIDE and max(aside[::2]) - min(aside[::2]) < ALIKE:
                doubled += read[other]
                break
    return doubled


def printed(page: Any) -> int:
    """How many characters a page of pypdfium2 prints."""
    text_page = pdfium.load_text(pdfium.address(page))
    try:
        texts = _Reader(text_page, Sheet(0, 0, 0, 0)).texts(pdfium.count_chars(text_page))
    finally:
        pdfium.close_text(text_page)
    return sum(not text.isspace() and text != "\0" for text in texts)


class _Reader:
    """Reads the characters of one page."""

    def __init__(self, text_page: int, sheet: Sheet) -> None:
        self.page = text_page
        self.sheet = sheet
        self.fonts: dict[int, tuple[str, float]] = {}
        self.looks: dict[Look, Look] = {}
        self.prints: dict[tuple[int, float, bytes], _Print] = {}
        # Four inks, then the six numbers of a matrix: the first eight are the same wherever print is alike.
        self.room = (pdfium.Float * 10)()
        self.bytes = memoryview(self.room).cast("B")
        self.inks = [addressof(self.room) + 4 * index for index in range(4)]
        self.matrix = addressof(self.room) + 16
        self.origin = (pdfium.Double * 2)()
        self.origin_at = addressof(self.origin), addressof(self.origin) + 8

    def pieces(self, order: Mapping[int, int]) -> list[tuple[int, Look, list[Char]]]:
        """(number of the text object, look, characters), sorted along the lines as pdfium does."""
        page, count = self.page, pdfium.count_chars(self.page)
        objects = map(pdfium.char_object, [page] * count, range(count))
        floats = (pdfium.Float * (4 * count))()
        start = addressof(floats)
        # Left, top, right, bottom of each character, one after the other.
        list(map(pdfium.char_box, [page] * count, range(count), range(start, start + 16 * count, 16)))
        edges = iter(list(floats))
        boxes = zip(edges, edges, edges, edges, strict=True)
        box = self.sheet.box
        found: list[tuple[int, Look, list[Char]]] = []
        chars: list[Char] = []
        last = None
        level = straight = False
        low = high = 0.0
        for index, (thing, text, edge) in enumerate(zip(objects, self.texts(count), boxes, strict=True)):
            if thing is None:
                # It stands where the one before does, to stay behind it: its own box may lie beyond a letter
                # that reaches back over the white, as the J of Noto Sans does in 'in June'.
                if text == " " and chars:
                    chars.append((*chars[-1][:4], WHITE))
                continue
            if thing != last:
                last, chars = thing, []
                how = self.print(index, thing)
                found.append((order.get(thing, count), how.look, chars))
                level, straight = how.level, how.reach is not None
                if how.reach:
                    pdfium.char_origin(page, index, *self.origin_at)
                    line = self.origin[1] if level else self.origin[0]
                    low, high = line + how.reach[0], line + how.reach[1]
            left, top, right, bottom = edge
            if not straight:
                chars.append((*box(left, bottom, right, top), text))
            elif level:
                chars.append((*box(left, low, right, high), text))
            else:
                chars.append((*box(low, bottom, high, top), text))
        return found

    def texts(self, count: int) -> list[str]:
        """The text of each character; ``(cid:7)`` where the file does not say what the code 7 stands for."""
        page = self.page
        letters = (pdfium.Letter * (count + 1))()
        written = pdfium.text_between(page, 0, count, addressof(letters)) - 1
        text = bytes(letters)[: 2 * written].decode("utf-16-le", "surrogatepass")
        if not len(text) == written == count:
            text = "".join(map(chr, map(pdfium.char_code, [page] * count, range(count))))
        unknown = map(pdfium.char_unknown, [page] * count, range(count))
        return [
            f"(cid:{ord(one)})" if lost else HYPHENS.get(one, one)
            for one, lost in zip(text, unknown, strict=True)
        ]

    def print(self, index: int, thing: int) -> _Print:
        """How the text object of a character is printed."""
        pdfium.char_matrix(self.page, index, self.matrix)
        painted = pdfium.object_fill(thing, *self.inks)
        key = (pdfium.object_font(thing), pdfium.char_size(self.page, index), self.bytes[:32].tobytes())
        if key not in self.prints:
            font, depth = self.font(key[0])
            a, b, c, d = self.room[4:8]
            colour = "".join(f"{ink:02X}" for ink in self.bytes[:12:4]) if painted else None
            self.prints[key] = self.printed(font, depth, key[1], (a, b, c, d), colour)
        return self.prints[key]

    def printed(
        self, font: str, depth: float, size: float, matrix: tuple[float, ...], colour: str | None
    ) -> _Print:
        a, b, c, d = matrix
        across, up = self.sheet.direction(a, b)
        if abs(across) >= abs(up):
            turn = 0 if across >= 0 else 180
        else:
            turn = 90 if up > 0 else 270
        reach = None
        if abs(b) < TILT * abs(a) or abs(a) < TILT * abs(b):
            height = size * (d if abs(b) < abs(a) else c)
            low, high = sorted((height * depth, height * (depth + 1)))
            reach = low, high
        look = Look(font, round(size * math.hypot(c, d), 2), bright(colour), turn)
        return _Print(self.looks.setdefault(look, look), abs(b) < abs(a), reach)

    def font(self, address: int) -> tuple[str, float]:
        """(name, how far print reaches below its line: parts of its size, at most 0) of a font."""
        if address not in self.fonts:
            letters, depth = create_string_buffer(NAME), pdfium.Float()
            pdfium.font_name(address, addressof(letters), NAME)
            pdfium.font_depth(address, 1.0, addressof(depth))
            self.fonts[address] = letters.value.decode("utf-8", "replace"), -abs(depth.value)
        return self.fonts[address]
