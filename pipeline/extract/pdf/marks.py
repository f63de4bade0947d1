"""What lies across a page and is none of its text: DRAFT in large letters behind or over a table.

Its letters stand among the words of the page and would be glued to them ("Ttwo", "Not available D").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from pipeline.extract.pdf.chars import WHITE, Char, Run
from pipeline.extract.pdf.page import Page
from pipeline.shapes import Box, Cell, Claim, Place

LARGE = 1.6
"""Times the usual size: print that leans and is larger is a mark. Other print that leans is a heading over a narrow
column, unless it lies over other print."""
HUGE = 2.5
"""Times the usual size: print that is larger and lies over other print is a mark, also where it is level."""
OVER = 3
"""Characters of smaller print that a level mark has under it: a figure in large print has none."""


def without_marks(page: Page) -> tuple[Page, list[tuple[str, Box]]]:
    """(the page without the marks that lie across it, their texts and boxes)."""
    usual = _usual(page.runs)
    marks = [run for run in page.runs if _is_mark(run, page.runs, usual)]
    if not marks:
        return page, []
    taken = {id(run) for run in marks}
    return replace(page, runs=[run for run in page.runs if id(run) not in taken]), [
        (text, _around(run.chars)) for run in marks if (text := _text(run))
    ]


def claimed(marks: Iterable[tuple[str, Box]], part: str, rows: int) -> tuple[Claim, ...]:
    """A claim as furniture for each mark of a page of which ``rows`` rows were read."""
    return tuple(
        Claim(Cell(Place(part, row, 1, box), text, words=len(text.split())), "furniture", "watermark")
        for row, (text, box) in enumerate(marks, rows + 1)
    )


def _usual(runs: Sequence[Run]) -> float:
    """The size of most of the print that does not lean."""
    sizes = [run.look.size for run in runs if not run.look.leans for _ in run.chars]
    return median(sizes) if sizes else 0.0


def _is_mark(run: Run, runs: Sequence[Run], usual: float) -> bool:
    if run.look.leans:
        return run.look.size > LARGE * usual or _under(run, runs) >= OVER
    return run.look.size > HUGE * usual and _under(run, runs) >= OVER


def _under(run: Run, runs: Sequence[Run]) -> int:
    """How many characters of smaller print, or of print that does not lean as it does, stand within those of a run."""
    x0, top, x1, bottom = _around(run.chars)
    below = sorted(
        ((char[0] + char[2]) / 2, (char[1] + char[3]) / 2)
        for other in runs
        if not other.look.leans and (run.look.leans or other.look.size < run.look.size / LARGE)
        for char in other.chars
        if char[4].strip() and x0 < char[0] < x1 and top < char[1] < bottom
    )
    lefts = [x for x, _ in below]
    return sum(
        char[1] < y < char[3]
        for char in run.chars
        if char[4].strip()
        for _, y in below[bisect_left(lefts, char[0]) : bisect_right(lefts, char[2])]
    )


def _text(run: Run) -> str:
    return " ".join("".join(char[4] for char in run.chars if char[4] != WHITE).split())


def _around(chars: Sequence[Char]) -> Box:
    lefts, tops, rights, bottoms, _ = zip(*chars, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
