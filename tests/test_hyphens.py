"""Words broken at the end of a line."""

from __future__ import annotations

import pytest

from pipeline.interpret.hyphens import Hyphens
from pipeline.shapes import Cell, Place


@pytest.mark.parametrize(
    ("text", "others", "mended"),
    [
        ("Better perfor-\nmance", ("Performance report",), "Better performance"),
        ("Better perfor-\nmance", ("nothing",), "Better perfor-\nmance"),
        ("the self-\nservice desk", ("Self-service", "selfservice"), "the self-service desk"),
        ("homeless\u2010\nness", ("nothing",), "homelessness"),
        ("home\u00ad\nless", ("nothing",), "homeless"),
        ("self\u2010\nservice", ("self-service desk",), "self-service"),
        ("perfor-\nmance", ("perfor-\nmance",), "perfor-\nmance"),
        ("April-\nJune, 12-\n13", ("AprilJune 1213",), "April-June, 12-13"),
        ("late -\nTwo vehicles", ("nothing",), "late -\nTwo vehicles"),
    ],
)
def test_a_word_is_made_whole_where_that_is_certain(text: str, others: tuple[str, ...], mended: str) -> None:
    cells = [Cell(Place("p1", row, 1), said) for row, said in enumerate((text, *others), 1)]
    assert Hyphens(cells).mended(text) == mended
