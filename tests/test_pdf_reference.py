"""The reader of PDF pages is held to pdfplumber's: the same words, shapes and cells at the same places, on every PDF
of the repository. Where pdfplumber is known to be wrong, the difference is listed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from pipeline.extract.pdf.chars import TILT
from pipeline.extract.pdf.lines import Word
from pipeline.extract.pdf.page import Page, Pages
from pipeline.extract.pdf.rules import edges_of, tables_of
from pipeline.extract.pdf.words import words_of
from pipeline.shapes import Box

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(
    file
    for folder in ("raw", "tests/golden", "tests/layouts")
    for file in (ROOT / folder).rglob("*.pdf")
    if not file.stem.endswith("-scanned")
)
ACROSS, DOWN = 0.5, 2.0
"""Points. Up and down the two differ by what they take for the depth of a font whose file does not tell it, and in
width by the metrics that they have of the fonts that are in no file."""
DRAWN = 0.05
LOOKS = ["fontname", "size", "non_stroking_color"]
BETTER = (("(cid:127)", "•"), ("\uf001", "fi"))
"""pdfplumber has no name for the bullet of WinAnsiEncoding and keeps the private codes of ligatures."""
BULLET = 2.8
"""Points that what stands behind such a bullet of 8 points is farther right: for pdfplumber it has no width."""
PARTED = {"2018/Quarter": ("2018/", "Quarter")}
"""What pdfplumber joins over white: a title that is cut off where the text of the next cell begins."""


def pages(file: Path) -> Iterator[tuple[Any, Page]]:
    with pdfplumber.open(file) as reference, Pages(str(file)) as ours:
        for page, read in zip(reference.pages, ours, strict=True):
            yield page, read(0)
            page.close()


def upright(thing: dict[str, Any]) -> bool:
    """Whether a thing is no print that is turned, or that leans: headings over narrow columns, watermarks."""
    if thing["object_type"] != "char":
        return True
    across, aside = thing["matrix"][:2]
    return bool(across > abs(aside) and abs(aside) < TILT * across)


def known(text: str) -> str:
    for theirs, better in BETTER:
        text = text.replace(theirs, better)
    return text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_words_shapes_and_cells_are_those_of_pdfplumber(file: Path) -> None:
    for page, ours in pages(file):
        assert (float(page.width), float(page.height)) == pytest.approx((ours.width, ours.height))
        words = page.filter(upright).extract_words(x_tolerance=1.5, extra_attrs=LOOKS)
        joined = [w for w in words if w["text"] in PARTED]
        theirs = sorted((known(w["text"]), *box(w), w["size"]) for w in words if w not in joined)
        mine = sorted(
            (w.text, w.x0, w.top, w.x1, w.bottom, w.size)
            for w in words_of(replace(ours, runs=[run for run in ours.runs if not run.look.leans]))
            if not w.turn and not any(_within(w, one) for one in joined)
        )
        assert [word[0] for word in mine] == [word[0] for word in theirs]
        across = BULLET if any("(cid:127)" in word["text"] for word in words) else 0.0
        left = list(theirs)
        for word in mine:
            near = [other for other in left if other[0] == word[0] and _same_place(word, other, across)]
            assert near, word
            left.remove(near[0])
        for kind in ("lines", "rects", "curves"):
            drawn = [shape.box for shape in getattr(ours, kind)]
            assert drawn == [pytest.approx(box(theirs), abs=DRAWN) for theirs in getattr(page, kind)]
        tables = tables_of(edges_of([*ours.lines, *ours.rects, *ours.curves]))
        cells = [sorted(table.cells) for table in page.find_tables()]
        assert [sorted(boxes) for boxes in tables] == [
            [pytest.approx(cell, abs=DRAWN) for cell in boxes] for boxes in cells
        ]


def box(thing: dict[str, Any]) -> Box:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def _within(word: Word, joined: dict[str, Any]) -> bool:
    same = abs(word.top - joined["top"]) < DOWN and joined["x0"] - 1 < word.x0 and word.x1 < joined["x1"] + 1
    return same and word.text in PARTED[joined["text"]]


def _same_place(word: Sequence[Any], other: Sequence[Any], across: float) -> bool:
    """Whether two words (text, x0, top, x1, bottom, size) stand at one place in one size."""
    allowed = (across + ACROSS, DOWN, across + ACROSS, DOWN, 0.01)
    return all(abs(a - b) <= most for a, b, most in zip(word[1:], other[1:], allowed, strict=True))


def test_a_letter_that_reaches_back_over_the_white_begins_a_word() -> None:
    """'in June' in Noto Sans: no blank is printed, and the J begins left of where pdfium puts one."""
    for page, ours in pages(ROOT / "tests" / "pages" / "letters-reaching-back.pdf"):
        said = [word["text"] for word in page.extract_words(x_tolerance=1.5)]
        assert [word.text for word in words_of(ours)] == said
        assert {"June", "July;", "J"} <= set(said)
