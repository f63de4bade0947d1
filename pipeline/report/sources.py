"""A place of a document -> what to show of its source: the crop of a page, or the cells around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.report.words import cut, letters

Row = dict[str, Any]
SHEETS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
CROP_WIDTH, CROP_HEIGHT = 780.0, 150.0
"""Points of the page around a cell."""
AROUND = 2
"""Rows and columns around a cell."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: its link, width and height of the page [points]."""

    href: str
    width: float
    height: float


def page_of(place: str | None) -> int | None:
    """The page that a place of a PDF names."""
    found = re.match(r"p(\d+)\b", place or "")
    return int(found[1]) if found else None


def has_box(cell: Row) -> bool:
    return None not in (cell["x0"], cell["top"], cell["x1"], cell["bottom"])


def percent(part: float, whole: float) -> str:
    """'12.34' for a style; 0 when there is nothing to measure by."""
    return f"{round(100 * part / whole, 2) + 0.0:.2f}" if whole else "0"


def box_on(cell: Row, width: float, height: float) -> str:
    """The style that puts an outline over a cell's box, in percent of the page."""
    return (
        f"left:{percent(cell['x0'], width)}%;top:{percent(cell['top'], height)}%;"
        f"width:{percent(cell['x1'] - cell['x0'], width)}%;height:{percent(cell['bottom'] - cell['top'], height)}%"
    )


def crop(cell: Row, picture: Picture) -> Row:
    """The part of a page around a cell: styles for the frame, the picture in it, and the outline."""
    wide = min(picture.width, max(CROP_WIDTH, cell["x1"] - cell["x0"] + 80))
    high = min(picture.height, max(CROP_HEIGHT, min(cell["bottom"] - cell["top"] + 60, 320)))
    left = min(max((cell["x0"] + cell["x1"] - wide) / 2, 0), picture.width - wide)
    middle = (cell["top"] + cell["bottom"] - high) / 2
    top = min(max(min(middle, cell["top"] - 10), 0), picture.height - high)
    return {
        "href": picture.href,
        "frame": f"aspect-ratio:{wide:.1f}/{high:.1f};max-width:{wide * 1.3:.0f}px",
        "image": f"width:{percent(picture.width, wide)}%;left:{percent(-left, wide)}%;top:{percent(-top, high)}%",
        "outline": (
            f"left:{percent(cell['x0'] - left, wide)}%;top:{percent(cell['top'] - top, high)}%;"
            f"width:{percent(cell['x1'] - cell['x0'], wide)}%;"
            f"height:{percent(cell['bottom'] - cell['top'], high)}%"
        ),
    }


def around(cell: Row, cells: Iterable[Row], kind: str) -> Row:
    """The cells around one, as a small table: names of the columns, and numbered rows of cells."""
    rows = range(max(1, cell["row"] - AROUND), cell["row"] + AROUND + 1)
    columns = range(max(1, cell["column"] - AROUND), cell["column"] + AROUND + 1)
    near = {
        (other["row"], other["column"]): other
        for other in cells
        if other["part"] == cell["part"] and other["row"] in rows and other["column"] in columns
    }
    return {
        "part": cell["part"],
        "columns": [column_name(column, kind) for column in columns],
        "rows": [(row, [_shown(near.get((row, column)), cell) for column in columns]) for row in rows],
    }


def _shown(cell: Row | None, wanted: Row) -> Row:
    if cell is None:
        return {"text": "", "more": False, "wanted": False}
    text, rest = cut(cell["text"], 90)
    return {"text": text, "more": bool(rest), "wanted": cell["cell_no"] == wanted["cell_no"]}


def column_name(column: int, kind: str) -> str:
    return letters(column) if kind in SHEETS else str(column)


def sheet(cells: Sequence[Row], kind: str) -> Row:
    """All cells of a part as a grid: names of the columns in use, and numbered rows of cells with their spans.

    A merged cell spans what it covers as long as no other cell stands there. Rows and columns without any
    cell are left out.
    """
    held = {(cell["row"], cell["column"]): cell for cell in reversed(cells)}
    rows = sorted({row for row, _ in held})
    columns = sorted({column for _, column in held})
    spans: dict[int, tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (row, column), cell in sorted(held.items()):
        down = [r for r in rows if row <= r < row + (cell["rows"] or 1)]
        across = [c for c in columns if column <= c < column + (cell["columns"] or 1)]
        under = {(r, c) for r in down for c in across} - {(row, column)}
        if under & (held.keys() | covered):
            down, across, under = [row], [column], set()
        spans[cell["cell_no"]] = (len(down), len(across))
        covered |= under
    grid = []
    for row in rows:
        shown = []
        for column in columns:
            here = held.get((row, column))
            if here is not None:
                down_by, across_by = spans[here["cell_no"]]
                shown.append({"cell": here, "rows": down_by, "columns": across_by})
            elif (row, column) not in covered:
                shown.append({"cell": None, "rows": 1, "columns": 1})
        grid.append((row, shown))
    return {"columns": [column_name(column, kind) for column in columns], "rows": grid}
