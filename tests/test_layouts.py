"""Layouts that no rule was written for: read exactly, but for those that a list says are not yet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.golden_compare import differences

LAYOUTS = Path(__file__).resolve().parent / "layouts"
FILES = sorted(
    p
    for p in LAYOUTS.iterdir()
    if p.is_file() and p.suffix != ".md" and p.stem != "not-yet-exact" and not p.stem.endswith("-scanned")
)
"""The scanned ones need a program of their own: test_scan."""
with (LAYOUTS / "not-yet-exact.csv").open(newline="", encoding="utf-8") as opened:
    NOT_YET = {row["file"] for row in csv.DictReader(opened)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_layout_is_read_as_the_list_says(file: Path) -> None:
    found = differences(file, LAYOUTS / file.name.split(".")[0])
    if file.name in NOT_YET:
        assert found, "is read exactly now: take it out of not-yet-exact.csv"
    else:
        assert found == []
