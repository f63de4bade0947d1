"""The page on reliability: its numbers are those of the tests, and its tests exist (test_cli)."""

from __future__ import annotations

from tests.reliability import PAGE, numbers


def test_the_numbers_of_the_page_are_those_of_the_tests() -> None:
    assert numbers() in PAGE.read_text(encoding="utf-8"), "run: make reliability"
