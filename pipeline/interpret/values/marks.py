"""Marks beside a number: shorthand ('[p]', 'provisional'), ratings ('G', 'Amber'), arrows, footnote signs."""

from __future__ import annotations

import re

from pipeline.codes.text import Printed, printed_figures
from pipeline.codes.values import ValueCodes

_MARK_LETTERS = frozenset("pref")
_SUPERSCRIPT = re.compile(r"\s?([\ue000-\ue009ᵃᵇᶜᵈᵉᵖʳ]+)")
_IN_BRACKETS = re.compile(r"\s?(?:\[\s?([^\[\]()]{1,24}?)\s?\]|\(\s?([^\[\]()]{1,24}?)\s?\))")
_NOTE = re.compile(r"note \w{1,3}|\d{1,2}|[a-z]\d?", re.IGNORECASE)
_WORD_MARKS = re.compile(
    r"\s?[,;:-]?\s?([^\W\d_]+\.?(?: [^\W\d_]+\.?){0,2})(?=\s?$|\s?[,;:(\[.*\ue000-\ue009-])"
)
_SYMBOL = re.compile(r"\s?(\S)(?![^\W_])")


def mark_at(cell: Printed, position: int, codes: ValueCodes) -> tuple[int, str] | None:
    """The shorthand, rating, arrow or footnote mark at a position: (its end, the mark)."""
    text = cell.plain
    if found := _SUPERSCRIPT.match(text, position):
        return found.end(), printed_figures(found[1])
    if found := _IN_BRACKETS.match(text, position):
        inside = found[1] or found[2]
        mark = codes.mark(inside)
        if mark is None and _NOTE.fullmatch(inside) and (found[1] or (len(inside) == 1 and inside.isalpha())):
            mark = inside
        return (found.end(), mark) if mark else None
    if (found := _SYMBOL.match(text, position)) and (mark := codes.mark(found[1], ("symbol",))):
        return found.end(), mark
    if found := _WORD_MARKS.match(text, position):
        words = found[1]
        if len(words) == 1 and (words in _MARK_LETTERS):
            return found.end(), words
        close_behind_digit = position > 0 and text[position].isalpha() and text[position - 1].isalnum()
        if not close_behind_digit and (mark := codes.mark(words, ("word", "rating"))):
            return found.end(), mark
    return None
