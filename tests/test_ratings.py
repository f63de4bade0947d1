"""RAG ratings and directions of travel: each case as a careful reader takes it, and what nobody knows is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.codes import load_codes
from pipeline.interpret.ratings import read_direction, read_rating
from pipeline.shapes import Cell, Place
from schemas.columns import DIRECTIONS, RATING_SOURCES, RATINGS

CASES = Path(__file__).parent / "cases"
CODES = load_codes()


def lines(name: str) -> list[tuple[str, ...]]:
    with (CASES / name).open(newline="", encoding="utf-8") as opened:
        return [tuple(line.values()) for line in csv.DictReader(opened)]


@pytest.mark.parametrize(("text", "fill", "rating", "source", "finding"), lines("ratings.csv"))
def test_what_a_rating_says(text: str, fill: str, rating: str, source: str, finding: str) -> None:
    read = read_rating(Cell(Place("", 1, 1), text, fill=fill or None), CODES)
    found = (read.rating or "", read.source or "", read.rule or "") if read else ("", "", "")
    assert found == (rating, source, finding)


@pytest.mark.parametrize(("text", "direction", "known"), lines("directions.csv"))
def test_what_a_direction_says(text: str, direction: str, known: str) -> None:
    assert read_direction(Cell(Place("", 1, 1), text), CODES) == (direction or None, known == "yes")


@pytest.mark.parametrize("text", [text for text in CODES.ratings if not text.startswith("#")])
def test_every_rating_of_the_list_is_read(text: str) -> None:
    rating, source = CODES.ratings[text]
    for printed in (text, text.upper(), f" {text}\n", f"{text} ↑"):
        read = read_rating(Cell(Place("", 1, 1), printed), CODES)
        if rating:
            assert read is not None
            assert (read.rating, read.source) == (rating, source)
        elif read is not None:
            assert read.rating is None


def test_the_lists_speak_the_words_of_the_model() -> None:
    assert {rating for rating, _ in CODES.ratings.values()} <= {*RATINGS, ""}
    assert {source for _, source in CODES.ratings.values()} <= set(RATING_SOURCES)
    assert set(CODES.directions.values()) <= {*DIRECTIONS, ""}


def test_no_hue_is_two_ratings_and_grey_is_none() -> None:
    for degrees in range(360):
        red, green, blue = hue(degrees)
        read = read_rating(Cell(Place("", 1, 1), "", fill=f"{red:02X}{green:02X}{blue:02X}"), CODES)
        assert read is not None
        assert (read.rating is None) == (read.rule == "colour-unknown")


def hue(degrees: int) -> tuple[int, int, int]:
    import colorsys

    red, green, blue = colorsys.hsv_to_rgb(degrees / 360, 1, 1)
    return round(red * 255), round(green * 255), round(blue * 255)
