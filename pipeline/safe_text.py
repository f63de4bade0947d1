"""Texts of strangers, made safe for the program that shows them: a spreadsheet runs formulas, a terminal obeys."""

from __future__ import annotations

import re
from typing import Any

FORMULA = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")
ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, colours the screen or turns the direction of writing; tab and end of line are none."""


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a quotation mark in front; '-5%' is only a number."""
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def visible(text: str) -> str:
    """A text for a terminal: a character that is an order to it is written out, as in ``\\x1b[2J``."""
    return ORDERS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
