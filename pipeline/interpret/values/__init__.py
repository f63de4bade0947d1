"""What a printed target or result says: ``read_value``.

The grammar lives in the modules ``value_*`` beside this one, the words in ``schemas/codes``; the cases
that decide are in ``tests/cases/values.csv``.
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import replace
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from pipeline.codes.text import Printed, printed
from pipeline.codes.values import ValueCodes, default_codes, key
from pipeline.interpret.values.forms import number
from pipeline.interpret.values.marks import mark_at
from pipeline.interpret.values.parts import parts
from pipeline.interpret.values.reading import Reading
from pipeline.interpret.values.words import is_date, missing
from pipeline.shapes import Value

_FIFTEEN_DIGITS = Context(prec=15)
_GROUPED = re.compile(r"£?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WRITTEN = re.compile(r"£?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?")
_PRINTED_NUMBER = frozenset("0123456789.,/ \xa0+-()£$€%Ee")


def read_value(
    text: str, native: Any = None, number_format: str = "", codes: ValueCodes | None = None
) -> tuple[Value, ...]:
    """What a cell says: one Value for each labelled part (usually one), () for a blank text. Never raises.

    ``text`` is the cell as printed and stays in ``Value.text`` whole, for each part; ``native`` the number,
    date or truth value a spreadsheet stores behind it, ``number_format`` its format code.

    - status 'value': one number is printed, and nothing else with digits. 'compound': more digits are
      printed; ``number`` is the one to compare, or None when there is none. 'text': no number to rely on.
    - A relative change ('10% increase'), a rank and words are text. Of a change or an absolute number, the
      absolute one counts; of '560 plus 120 in progress', 560; of '72% (68% last year)', 72.
    - A range has no number but ``lower`` and ``upper``; '28 of 30' is 28 with ``upper`` 30, '3:1' has no
      number. '28 of 30 (93%)' is 93 percent, because the percentage proves itself.
    - '2 days 4 hours' has no number; '3 minutes 20 seconds' is 200 seconds (exact, so no ``digits``).
    - 'Nil' and 'zero' are 0; a dash is 'none', and 0 only where the cell stores 0.
    - What is stored never overrules what is printed: it adds the decimals that the format hides, and the
      sign that a format shows by colour.
    """
    if not text.strip():
        return ()
    lists = codes or default_codes()
    if isinstance(native, bool):
        return (Value(text, None, "text", None, None, None, "text"),)
    if isinstance(native, datetime.date):
        return (Value(text, None, "date", None, None, None, "text"),)
    values = _read(text, lists)
    if isinstance(native, datetime.time | datetime.timedelta) and values and values[0].kind == "ratio":
        return (Value(text, None, "text", None, None, None, "text"),)
    if len(values) == 1 and isinstance(native, int | float | Decimal) and math.isfinite(native):
        return (
            _with_native(
                values[0], Decimal(repr(native) if isinstance(native, float) else native), number_format
            ),
        )
    return values


@lru_cache(maxsize=8192)
def _read(text: str, codes: ValueCodes) -> tuple[Value, ...]:
    """The printed text alone."""
    cell = printed(_in_one_line(text))
    if cell is None:
        return (Value(text, None, "text", None, None, None, "text"),)
    if not cell.plain:
        return ()
    cell = _unquoted(cell)
    labelled = parts(cell)
    values = tuple(_single(text, part, stretch, codes) for part, stretch in labelled if stretch.plain)
    if values and (len(values) > 1 or values[0].kind not in ("text", "date")):
        return values
    return (_single(text, None, cell, codes),)


def _in_one_line(text: str) -> str:
    """A number that a narrow cell breaks in two, where only both lines together are a well written one: '£1,381,08' over
    '0', '12,450,' over '300'. '1,204' over '555' are two numbers."""
    if text.count("\n") != 1:
        return text
    first, second = (line.strip() for line in text.split("\n"))
    apart = _WRITTEN.fullmatch(first) and not second.startswith(".")
    return first + second if _GROUPED.fullmatch(first + second) and not apart else text


def _unquoted(cell: Printed) -> Printed:
    """Without quotation marks around it, or the apostrophe that a spreadsheet puts before typed text."""
    plain = cell.plain
    if len(plain) > 2 and plain[0] in "'\"":
        return cell.cut(1, len(plain) - (plain[-1] == plain[0]))
    return cell


def _single(text: str, part: str | None, cell: Printed, codes: ValueCodes) -> Value:
    """One value: missing, a date, a number, or text."""
    if found := missing(cell.plain, codes):
        return Value(text, part, "missing", None, None, None, found[0], marks=found[1])
    if cell.plain[0] == "[" and (mark := mark_at(cell, 0, codes)) and mark[0] == len(cell.plain):
        return Value(text, part, "text", None, None, None, "text", marks=(mark[1],))
    if is_date(key(cell.plain)):
        return Value(text, part, "date", None, None, None, "text")
    dash_is_unclear = part is not None and cell.plain.startswith("- ")
    reading = None if dash_is_unclear else number(cell, codes)
    if reading is None:
        return Value(text, part, "text", None, None, None, "text")
    return _value(text, part, reading)


def _value(text: str, part: str | None, reading: Reading) -> Value:
    return Value(
        text=text,
        part=part,
        kind=reading.kind,
        number=_float(reading.number),
        unit=reading.unit,
        comparator=reading.comparator,
        status=reading.status,
        digits=reading.digits,
        marks=tuple(reading.marks),
        lower=_float(reading.lower),
        upper=_float(reading.upper),
    )


def _float(exact: Decimal | None) -> float | None:
    """Minus nought is nought."""
    return None if exact is None else float(exact) + 0.0


def _with_native(value: Value, native: Decimal, number_format: str) -> Value:
    """The stored number behind a printed one, without the noise of binary fractions."""
    exact = _FIFTEEN_DIGITS.create_decimal(native)
    percent = "%" in number_format
    if value.status == "none" and exact == 0:
        unit = "GBP" if "£" in value.text else "percent" if "%" in value.text else None
        return replace(value, kind="number", number=0.0, unit=unit, status="value")
    if (
        value.kind == "text"
        and set(value.text) <= _PRINTED_NUMBER
        and any(letter.isdigit() for letter in value.text)
    ):
        number = exact * 100 if percent else exact
        return replace(
            value, kind="number", number=_float(number), unit="percent" if percent else None, status="value"
        )
    if value.kind != "number" or value.status != "value" or value.number is None or not value.digits:
        return value
    shown = Decimal(repr(value.number))
    step = _step(value)
    if percent and value.unit is None and abs(exact - shown) <= step:
        return replace(value, number=_float(exact * 100), unit="percent")
    for factor in (100, 1) if value.unit == "percent" else (1,):
        if abs(abs(exact * factor) - abs(shown)) <= step * Decimal("0.500001"):
            return replace(value, number=_float(exact * factor))
    return value


def _step(value: Value) -> Decimal:
    """One of the last printed digit, k and m counted: 0.1 for '72.4', 100000 for '£1.2m'."""
    plain = printed(value.digits)
    digits = plain.plain.replace(",", "").replace("\xa0", "") if plain else "1"
    try:
        read = Decimal(digits)
    except ArithmeticError:
        return Decimal(0)
    places = -int(read.as_tuple().exponent)
    scale = abs(Decimal(repr(value.number))) / read if read else Decimal(1)
    return Decimal(1).scaleb(-places) * scale
