"""A page of a PDF as it is displayed: its characters, its drawn lines and areas, its pictures.

All places are in points from the top left corner of the sheet (the media box), the page turned as its file says.
pdfium reads; nothing of it leaves this module and those of the characters and the paths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pypdfium2

from pipeline.extract.extract import Unreadable
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.chars import Run, printed, runs_of
from pipeline.extract.pdf.laid import draw_fields, laid_over, lay_down, marks_on
from pipeline.extract.pdf.paths import Shape, drawn_on
from pipeline.extract.pdf.sheet import Sheet, sheet_of
from pipeline.shapes import Box

PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed and drawn on a page."""

    number: int
    """Counted from 1."""
    sheet: Sheet
    runs: list[Run] = field(repr=False)
    """In the order of drawing."""
    lines: list[Shape] = field(repr=False)
    rects: list[Shape] = field(repr=False)
    curves: list[Shape] = field(repr=False)
    pictures: list[Box] = field(repr=False)
    unseen: bool
    """Whether its text is laid over it without being drawn, as scanners do; told for pages with pictures only."""
    laid: int
    """How many of its characters were laid over it: fields that were filled in, typed texts, stamps."""
    doubled: int
    """How many more characters its orders print, twice at one place, to make them bold."""
    notes: list[tuple[str, str, Box]] = field(default_factory=list, repr=False)
    """What readers put on it: what it is, what they say with it, where."""

    @property
    def width(self) -> float:
        return self.sheet.size[0]

    @property
    def height(self) -> float:
        return self.sheet.size[1]

    def turns(self) -> Counter[int]:
        """How many characters stand turned by how many degrees to the left."""
        turns: Counter[int] = Counter()
        for run in self.runs:
            turns[run.look.turn] += len(run.chars)
        return turns


class Pages:
    """The pages of a file, read one at a time. A context: the file is closed at its end.

    Raises Unreadable for a damaged file or one that needs a password.
    """

    def __init__(self, file: str) -> None:
        try:
            self.pdf = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            if PASSWORD in str(error).lower():
                raise Unreadable("file-encrypted", "Ask the sender for a copy without a password.") from error
            raise Unreadable("file-damaged", "Ask the sender for the file again.") from error
        draw_fields(self.pdf)

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    def __len__(self) -> int:
        return len(self.pdf)

    def __iter__(self) -> Iterator[Callable[[int], Page]]:
        """For each page, what reads it turned by so many degrees (clockwise) beyond what its file says."""
        for number in range(1, len(self.pdf) + 1):
            page = self.page(number)
            laid = 0
            notes = [*marks_on(page, sheet_of(page))]
            if laid_over(page):
                before = printed(page)
                lay_down(page)
                page.close()
                page = self.page(number)
                laid = printed(page) - before
            try:
                yield partial(_read, page, number, laid, notes)
            finally:
                page.close()

    def page(self, number: int) -> Any:
        """A page of pypdfium2, counted from 1."""
        try:
            return self.pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Unreadable("file-damaged", f"Page {number} cannot be opened.") from error


def _read(page: Any, number: int, laid: int, notes: list[tuple[str, str, Box]], turn: int) -> Page:
    sheet = sheet_of(page)
    if turn:
        sheet = replace(sheet, turn=(sheet.turn + turn) % 360)
    drawn = drawn_on(page, sheet)
    runs, doubled = runs_of(page, sheet, drawn.texts)
    unseen = bool(drawn.pictures) and {pdfium.object_mode(text) for text in drawn.texts} == {pdfium.UNSEEN}
    return Page(
        number,
        sheet,
        runs,
        drawn.lines,
        drawn.rects,
        drawn.curves,
        drawn.pictures,
        unseen,
        laid,
        doubled,
        notes,
    )
