"""From a printed text to its number: what stands in front, the form itself, what stands behind.

Which number is the one to compare, and when there is none, is decided here and in the modules it calls;
the decisions are written in ``values.read_value``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.codes.text import Printed
from pipeline.codes.values import ValueCodes
from pipeline.interpret.values.amount import CURRENCIES, NUMBER, Amount
from pipeline.interpret.values.leads import lead_marks, lead_words
from pipeline.interpret.values.numbers import amount
from pipeline.interpret.values.pairs import Found, pair_from, proof_end, range_at
from pipeline.interpret.values.reading import Reading
from pipeline.interpret.values.tail import TURNING, reads_as_year, tail
from pipeline.interpret.values.times import time_at

_ZERO = re.compile(r"(£|€|\$)?\s?(?:nil|zero)(?!\w)", re.I)
_ALTERNATIVE = re.compile(r"\s(?:or|to|i\.?e\.?)\s|,\s|\s?[(;=]\s?", re.I)
_PERCENTAGE = re.compile(rf"{NUMBER}\s?(?:%|per cent)", re.I)
_CHANGING = TURNING | {"reduce", "improve", "raise", "grow"}


def number(cell: Printed, codes: ValueCodes) -> Reading | None:
    """The number, ratio or range that a text prints; None when it prints none to rely on."""
    return _main(cell, codes) or _alternatives(cell, codes)


def _main(cell: Printed, codes: ValueCodes) -> Reading | None:
    text = cell.plain
    start, marks = lead_marks(cell, codes)
    rated = marks and any(letter.isalpha() for letter in marks[-1])
    if rated and text[start : start + 1] == "(" and text.endswith(")"):
        inner = _main(cell.cut(start + 1, len(text) - 1), codes)
        if inner:
            inner.marks = marks + inner.marks
        return inner
    lead = lead_words(cell, start, codes)
    if lead is None or (lead[0] > 0 and text[lead[0] : lead[0] + 1] == "("):
        return None
    position, comparator = lead
    found = _form(cell, position, codes)
    if found is None:
        return None
    reading, end, head = found
    behind = tail(cell, end, head, codes)
    if behind is None or (behind.comparator and comparator):
        return None
    reading.comparator = comparator or behind.comparator
    if reading.kind == "range" and reading.comparator:
        if reading.comparator != "<=" or reading.lower is None or reading.lower > 0:
            return None
        reading.comparator = None
    reading.marks = marks + behind.marks
    reading.unit = reading.unit or behind.unit
    if _other_digits(text, [(start and 0, start), (head.start, head.end), *behind.spans]):
        reading.status = "compound"
    return reading


def _other_digits(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether digits are printed that are not the number's own, its unit's or a mark's."""
    own = {index for start, end in spans for index in range(start, end)}
    return any(letter.isdigit() and index not in own for index, letter in enumerate(text))


def _form(cell: Printed, position: int, codes: ValueCodes) -> Found | None:
    """The form that starts at a position."""
    found = range_at(cell, position, codes) or time_at(cell.plain, position)
    if found:
        return found
    head = amount(cell, position, codes)
    if head is None:
        nought = _zero(cell, position, codes)
        return (Reading("number", Decimal(0), nought.full_unit), nought.end, nought) if nought else None
    if pair := pair_from(cell, head, codes):
        return pair
    reading = Reading("number", head.number, head.full_unit, digits=head.digits)
    return reading, proof_end(cell, head, codes), head


def _zero(cell: Printed, position: int, codes: ValueCodes) -> Amount | None:
    """'Nil', 'zero days', '£nil': the word is the number nought, with a unit or alone."""
    found = _ZERO.match(cell.plain, position)
    if not found:
        return None
    end, unit = found.end(), None
    gap = cell.plain[end : end + 1].isspace()
    if unit_found := codes.unit_at(cell.plain, end + 1) if gap else None:
        end, unit = unit_found[0], unit_found[1]
    if cell.plain[end : end + 2].strip()[:1] not in ("", "(", ".", "*"):
        return None
    return Amount(
        Decimal(0), Decimal(1), Decimal(1), CURRENCIES.get(found[1] or ""), unit, "", "", "", position, end
    )


def _alternatives(cell: Printed, codes: ValueCodes) -> Reading | None:
    """'10% increase or 368,500', '5% reduction to 95': of a relative change and a level, the level."""
    text = cell.plain
    if not _PERCENTAGE.search(text):
        return None
    for found in list(_ALTERNATIVE.finditer(text))[:6]:
        by_word = found.group().strip().lower() in ("or", "to")
        left = cell.cut(0, found.start())
        right = cell.cut(found.end(), len(text) - (text.endswith(")") and "(" in found.group()))
        for change, level in ((left, right), (right, left)):
            if not level.plain or not _is_change(change.plain):
                continue
            reading = _main(level, codes)
            if (
                reading is None
                or reading.kind != "number"
                or reading.status != "value"
                or reading.number is None
            ):
                continue
            if reads_as_year(reading.digits, reading.unit) or not (by_word or reading.unit in (None, "GBP")):
                continue
            reading.status = "compound"
            return reading
    return None


def _is_change(text: str) -> bool:
    """'10% increase', 'increase of 10%', 'reduce by 5% on last year': one percentage and a word of change."""
    words = text.lower().split()
    return len(words) <= 8 and bool(_CHANGING & set(words)) and len(_PERCENTAGE.findall(text)) == 1
