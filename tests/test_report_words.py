"""Names, places, cut texts, lines of charts and grids, as the report prints them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.report import words
from pipeline.report.queries import file_name
from pipeline.report.sources import Picture, around, crop, sheet
from pipeline.safe_text import harmless


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("p2 r14 c6", "page 2, row 14, column 6"),
        ("r3 c1", "row 3, column 1"),
        ("t1 r3 c1", "table 1, row 3, column 1"),
        ("Return!F14", "sheet Return, cell F14"),
        ("somewhere", "somewhere"),
        (None, ""),
    ],
)
def test_places_in_words(place: str | None, said: str) -> None:
    assert words.place_in_words(place) == said


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-1+1", "-cmd", "@sum", "\t=1", " =1", "\r=1", "＝1"])
def test_a_text_that_would_run_gets_a_quotation_mark(text: str) -> None:
    assert harmless(text) == f"'{text}"
    for figure in ("72%", "-4.5%", "+1,200"):
        assert harmless(figure) == figure
    assert harmless(-1) == -1


def test_different_names_have_different_slugs() -> None:
    names = ["A & B", "A + B", "a-b", "Ä", "Ö", "", "x" * 90, "x" * 91, "../../etc", "CAP", "Cap"]
    slugs = {words.slug(name) for name in names}
    assert len(slugs) == len(names)
    assert all(slug.replace("-", "").isalnum() and slug.isascii() for slug in slugs)


def test_names_of_workbooks_are_safe_everywhere() -> None:
    taken: set[str] = set()
    assert file_name("Roads/Parks: <a>", "Q1 2012/13", taken) == "Roads-Parks- -a- Q1 2012-13.xlsx"
    assert file_name("CAP", "", taken) == "CAP.xlsx"
    assert file_name("cap", "", taken) == "cap (2).xlsx"
    assert file_name("..", "", taken) == "queries.xlsx"


def test_long_texts_are_cut_at_a_space_and_lose_nothing() -> None:
    text = "word " * 50
    head, rest = words.cut(text, 42)
    assert head + rest == text
    assert len(head) <= 42
    assert words.cut("short", 42) == ("short", "")
    assert len(words.cut("x" * 100, 42)[0]) == 42


def test_a_score_is_cut_not_rounded() -> None:
    assert words.score(100) == "100.0"
    assert words.score(99.97) == "99.9"
    assert words.score(28.999999999999996) == "29.0"


def test_a_figure_is_told_as_it_was_read() -> None:
    assert words.read_as(73.0, "percent", "value") == "73 percent"
    assert words.read_as(-1200.125, "GBP", "value") == "-1,200.125 GBP"
    assert words.read_as(0.0, None, "value") == "0"
    assert words.read_as(None, None, "not_available") == "not available"


def test_days_are_told_in_words() -> None:
    assert words.day("2014-07-09 10:00:00") == "9 July 2014"
    assert words.day(date(2099, 12, 31)) == "31 December 2099"
    assert words.day("spring") == "spring"


def cell(row: int, column: int, text: str = "x", rows: int = 1, columns: int = 1) -> dict[str, Any]:
    return {
        "row": row,
        "column": column,
        "text": text,
        "rows": rows,
        "columns": columns,
        "part": "Return",
        "cell_no": row * 100 + column,
    }


def test_a_merged_cell_spans_what_it_covers_unless_something_stands_there() -> None:
    cells = [
        cell(1, 1, "title", columns=3),
        cell(2, 1, rows=2),
        cell(2, 2),
        cell(2, 3),
        cell(3, 2),
        cell(3, 3),
    ]
    grid = sheet(cells, "xlsx")
    assert grid["columns"] == ["A", "B", "C"]
    widths = [sum(shown["columns"] for shown in row) for _, row in grid["rows"]]
    assert widths == [3, 3, 2]
    under = sheet([cell(1, 1, columns=2), cell(1, 2, "hidden")], "xlsx")
    assert [shown["columns"] for shown in under["rows"][0][1]] == [1, 1]


def test_the_cells_around_one_carry_their_addresses() -> None:
    snippet = around(cell(5, 27), [cell(5, 27, "here"), cell(4, 26, "near"), cell(9, 27, "far")], "xlsx")
    assert snippet["columns"] == ["Y", "Z", "AA", "AB", "AC"]
    assert [number for number, _ in snippet["rows"]] == [3, 4, 5, 6, 7]
    texts = {shown["text"] for _, row in snippet["rows"] for shown in row}
    assert texts == {"", "here", "near"}


def test_a_crop_stays_on_the_page() -> None:
    corner = {"x0": 580.0, "x1": 600.0, "top": 0.0, "bottom": 12.0}
    style = crop(corner, Picture("pages/x.webp", 600.0, 800.0))
    assert "left:0.00%;top:0.00%" in style["image"]
    assert "left:96.67%;top:0.00%" in style["outline"]
