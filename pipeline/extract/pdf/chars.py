"""The characters of a page in runs of the same look, taken from pdfium in bulk.

A box is as wide as its character advances and as high as its print is large, from the depth of the font on. Of
its own pdfium leaves out what is printed twice at one place, and puts blanks where it sees white.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from ctypes import addressof, create_string_buffer
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from struct import Struct
from typing import Any

from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.colours import bright
from pipeline.extract.pdf.sheet import Sheet
from pipeline.shapes import Box

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

BOX = Struct("4f")
"""Left, top, right and bottom of a character as pdfium gives them."""

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
    leans: bool = False
    """Whether it runs neither level nor upright: then ``turn`` is the nearest quarter."""


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
    read = {number: chars for number, _, chars in pieces}
    if len(read) == len(order):
        return 0
    things = list(order)
    edges = (pdfium.Float * 4)()
    at = [addressof(edges) + 4 * index for index in range(4)]

    @cache
    def bounds(number: int) -> tuple[float, ...]:
        pdfium.object_bounds(things[number], *at)
        return tuple(edges)

    doubled = 0
    for number in range(len(things)):
        if number in read:
            continue
        here = bounds(number)
        for other in range(number - 1, max(number - BACK, 0) - 1, -1):
            if other in read and _alike(here, bounds(other)):
                doubled += sum(not char[4].isspace() for char in read[other] if char[4])
                break
    return doubled


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes lie hardly beside each other, and are as wide as each other."""
    aside = one[0] - other[0]
    if abs(aside) >= BESIDE or abs(one[1] - other[1]) >= BESIDE:
        return False
    wider = one[2] - other[2]
    return abs(wider) < BESIDE and abs(one[3] - other[3]) < BESIDE and abs(aside - wider) < ALIKE


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
        self.known: dict[tuple[int, float, bytes], _Print] = {}

    def pieces(self, order: Mapping[int, int]) -> list[tuple[int, Look, list[Char]]]:
        """(number of the text object, look, characters), sorted along the lines as pdfium does."""
        page, count = self.page, pdfium.count_chars(self.page)
        things = list(map(pdfium.char_object, [page] * count, range(count)))
        room = create_string_buffer(BOX.size * count)
        start = addressof(room)
        list(map(pdfium.char_box, [page] * count, range(count), range(start, start + len(room), BOX.size)))
        boxes: list[Box] = [*BOX.iter_unpack(room)]
        texts: list[str | None] = [*self.texts(count)]
        begins: list[int] = []
        last = None
        for index, thing in enumerate(things):
            if thing is None:
                # It stands where the one before does, to stay behind it: its own box may lie beyond a letter
                # that reaches back over the white, as the J of Noto Sans does in 'in June'.
                boxes[index] = boxes[index - 1]
                texts[index] = WHITE if texts[index] == " " else None
            elif thing != last:
                begins.append(index)
                last = thing
        found: list[tuple[int, Look, list[Char]]] = []
        ends = [*begins[1:], count] if begins else []
        for begin, end, (how, line) in zip(begins, ends, self.prints(things, begins), strict=True):
            chars = self.placed(how, line, boxes[begin:end], texts[begin:end])
            found.append((order.get(things[begin], count), how.look, chars))
        return found

    def placed(
        self, how: _Print, line: float, boxes: Sequence[Box], texts: Sequence[str | None]
    ) -> list[Char]:
        """Characters of one text object as displayed; those without a text are none."""
        box, both = self.sheet.box, zip(boxes, texts, strict=True)
        if how.reach is None:
            return [(*box(x, y, right, top), text) for (x, top, right, y), text in both if text is not None]
        low, high = line + how.reach[0], line + how.reach[1]
        if not how.level:
            return [(*box(low, y, high, top), text) for (_, top, _, y), text in both if text is not None]
        if self.sheet.turn:
            return [(*box(x, low, right, high), text) for (x, _, right, _), text in both if text is not None]
        # Nearly all print: Sheet.box without a call for each character.
        left, upper, lower = self.sheet.left, self.sheet.top - high, self.sheet.top - low
        return [
            (x - left, upper, right - left, lower, text)
            for (x, _, right, _), text in both
            if text is not None
        ]

    def texts(self, count: int) -> list[str]:
        """The text of each character; ``(cid:7)`` where the file does not say what the code 7 stands for."""
        page = self.page
        letters = (pdfium.Letter * (count + 1))()
        written = pdfium.text_between(page, 0, count, addressof(letters)) - 1
        text = bytes(letters)[: 2 * written].decode("utf-16-le", "replace")
        if not len(text) == written == count:
            # half of a letter of two halves, as damaged files hold it, is shown as what stands for an unknown letter
            codes = map(pdfium.char_code, [page] * count, range(count))
            text = "".join(chr(c) if c < 0xD800 or 0xDFFF < c <= 0x10FFFF else "\ufffd" for c in codes)
        unknown = map(pdfium.char_unknown, [page] * count, range(count))
        return [
            f"(cid:{ord(one)})" if lost else HYPHENS.get(one, one)
            for one, lost in zip(text, unknown, strict=True)
        ]

    def prints(self, things: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[_Print, float]]:
        """How the text object of each of these characters is printed, and where its line runs."""
        pages, count = [self.page] * len(begins), len(begins)
        objects = [things[begin] for begin in begins]
        # Of each, four inks and the six numbers of a matrix: the first eight are the same wherever print is alike.
        room, origins = (pdfium.Float * (10 * count))(), (pdfium.Double * (2 * count))()
        inks, lines = addressof(room), addressof(origins)
        inks_at = (range(inks + at, inks + at + 40 * count, 40) for at in (0, 4, 8, 12))
        list(map(pdfium.char_matrix, pages, begins, range(inks + 16, inks + 16 + 40 * count, 40)))
        painted = list(map(pdfium.object_fill, objects, *inks_at))
        lines_at = (range(lines + at, lines + at + 16 * count, 16) for at in (0, 8))
        list(map(pdfium.char_origin, pages, begins, *lines_at))
        fonts, sizes = map(pdfium.object_font, objects), map(pdfium.char_size, pages, begins)
        looks = bytes(room)
        for n, key in enumerate(
            zip(fonts, sizes, (looks[at : at + 32] for at in range(0, 40 * count, 40)), strict=True)
        ):
            how = self.known.get(key)
            if how is None:
                a, b, c, d = room[10 * n + 4 : 10 * n + 8]
                colour = key[2][:12:4].hex().upper() if painted[n] else None
                how = self.known[key] = self.printed(*self.font(key[0]), key[1], (a, b, c, d), colour)
            yield how, origins[2 * n + how.level]

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
        look = Look(font, round(size * math.hypot(c, d), 2), bright(colour), turn, reach is None)
        return _Print(self.looks.setdefault(look, look), abs(b) < abs(a), reach)

    def font(self, address: int) -> tuple[str, float]:
        """(name, how far print reaches below its line: parts of its size, at most 0) of a font."""
        if address not in self.fonts:
            letters, depth = create_string_buffer(NAME), pdfium.Float()
            pdfium.font_name(address, addressof(letters), NAME)
            pdfium.font_depth(address, 1.0, addressof(depth))
            self.fonts[address] = letters.value.decode("utf-8", "replace"), -abs(depth.value)
        return self.fonts[address]
