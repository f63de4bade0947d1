"""Printing the digits of a number by the placeholders of a format section: 0 # ? . , % E+ and fractions."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

Tokens = tuple[tuple[str, str], ...]
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""A spreadsheet shows 15 digits of a number, never the rest of its binary form."""


def general(value: float) -> str:
    """Print a number as the format General does in a wide enough cell: at most 11 characters.

    0.1 + 0.2 prints 0.3, a third prints 0.333333333, twelve digits print 1.23457E+11.
    """
    if not math.isfinite(value):
        return "#NUM!"
    if value == 0:
        return "0"
    number = FIFTEEN.create_decimal(repr(value))
    exponent = number.adjusted()
    if -5 < exponent < 11:
        places = 9 - max(exponent, 0) if exponent >= 0 else 9
        rounded = number.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
        if rounded and (exponent >= -4 or rounded == number):
            return _plain(rounded)
    if exponent < -4 and number == number.quantize(Decimal("1e-9"), ROUND_HALF_UP):
        return _plain(number)
    rounded = Context(prec=6, rounding=ROUND_HALF_UP).create_decimal(number).normalize()
    power = rounded.adjusted()
    return f"{_plain(rounded.scaleb(-power))}E{'-' if power < 0 else '+'}{abs(power):02d}"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Simple:
    """A section like 0, #,##0.0, 0% or £#,##0, which needs no placing of single digits."""

    before: str
    grouped: bool
    unit: Decimal
    percent: bool
    after: str


@lru_cache(maxsize=1024)
def _simple(tokens: Tokens) -> Simple | None:
    digits = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not digits or any(kind not in ("text", "pad", "digit", "mark") for kind, _ in tokens):
        return None
    first, last = digits[0], digits[-1]
    match = re.fullmatch(r"(#,##)?0(?:\.(0+))?", "".join(text for _, text in tokens[first : last + 1]))
    outside = [token for token in (*tokens[:first], *tokens[last + 1 :]) if token[0] == "mark"]
    if match is None or outside not in ([], [("mark", "%")]):
        return None
    before, after = ("".join(text for _, text in part) for part in (tokens[:first], tokens[last + 1 :]))
    return Simple(before, bool(match[1]), Decimal(1).scaleb(-len(match[2] or "")), bool(outside), after)


def print_number(tokens: Tokens, value: Decimal) -> str:
    """Print a number by one section; a negative one gets its minus sign in front of everything."""
    simple = _simple(tokens)
    if simple is not None:
        value = FIFTEEN.create_decimal(value)
        signed = value < 0
        value = abs(value.scaleb(2) if simple.percent else value).quantize(
            simple.unit, ROUND_HALF_UP, _wide()
        )
        sign = "-" if signed and value else ""
        return (
            f"{sign}{simple.before}{value:,f}{simple.after}"
            if simple.grouped
            else f"{sign}{simple.before}{value:f}{simple.after}"
        )
    kinds = [kind for kind, _ in tokens]
    marks = [text for kind, text in tokens if kind == "mark"]
    if "digit" not in kinds:
        sign = "-" if value < 0 and any(kind != "text" for kind in kinds) else ""
        return sign + "".join(text for _, text in tokens)
    value = FIFTEEN.create_decimal(value).scaleb(2 * marks.count("%"))
    sign, value = ("-" if value < 0 else ""), abs(value)
    if "exponent" in kinds:
        body = _scientific(tokens, value)
    elif "/" in marks:
        body = _fraction(tokens, value)
    else:
        body, nothing = _decimal(tokens, value)
        sign = "" if nothing else sign
    return sign + body


def _decimal(tokens: Tokens, value: Decimal) -> tuple[str, bool]:
    """The printed digits with the literals between them, and whether every digit printed is a nought."""
    point = next((i for i, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    digits = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    whole = [i for i in digits if i < point]
    part = [i for i in digits if i > point]
    commas = [i for i, token in enumerate(tokens) if token == ("mark", ",")]
    last = whole[-1] if whole else -1
    grouped = any(whole and whole[0] < i < last for i in commas)
    end = digits[-1]
    scale = sum(last < i < point or i > end for i in commas) if whole else sum(i > end for i in commas)
    rounded = value.scaleb(-3 * scale).quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP, _wide())
    left, _, right = format(rounded, "f").partition(".")
    left = "" if left == "0" else left
    printed: dict[int, str] = _whole(tokens, whole, left, grouped) | _part(tokens, part, right)
    out = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "digit":
            out.append(printed[i])
        elif kind != "mark" or text == "%" or (text == "." and i == point):
            if i == point and not whole:
                out.append(left)
            out.append(text)
    return "".join(out), not rounded


def _whole(tokens: Tokens, places: list[int], digits: str, grouped: bool) -> dict[int, str]:
    """The digits before the point, filled from the right; the first placeholder takes all that are left."""
    printed: dict[int, str] = {}
    position = 0
    for i in reversed(places):
        count = len(digits) - position if i == places[0] else 1
        piece = ""
        for _ in range(max(count, 1)):
            if position < len(digits):
                character = digits[-1 - position]
            else:
                character = {"0": "0", "?": " "}.get(tokens[i][1], "")
            if grouped and position and position % 3 == 0 and character.strip():
                character += ","
            piece = character + piece
            position += 1
        printed[i] = piece
    return printed


def _part(tokens: Tokens, places: list[int], digits: str) -> dict[int, str]:
    """The digits behind the point: noughts at the end print only where the format says 0."""
    printed: dict[int, str] = {}
    silent = True
    for i, digit in zip(reversed(places), reversed(digits), strict=True):
        silent = silent and digit == "0" and tokens[i][1] != "0"
        printed[i] = ({"?": " "}.get(tokens[i][1], "")) if silent else digit
    return printed


def _scientific(tokens: Tokens, value: Decimal) -> str:
    at = next(i for i, (kind, _) in enumerate(tokens) if kind == "exponent")
    head, tail = tokens[:at], tokens[at + 1 :]
    point = head.index(("mark", ".")) if ("mark", ".") in head else len(head)
    whole = sum(kind == "digit" for kind, _ in head[:point])
    places = sum(kind == "digit" for kind, _ in head[point:])
    power = 0
    if value:
        power = value.adjusted()
        step = max(whole, 1)
        power = (power // step) * step if whole > 1 else power
        mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _wide())
        if mantissa >= Decimal(10) ** step:
            power += step
    body, _ = _decimal(head, value.scaleb(-power))
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    exponent, _ = _decimal(tail, Decimal(abs(power)))
    return f"{body}E{sign}{exponent}"


def _fraction(tokens: Tokens, value: Decimal) -> str:
    """'# ?/?' and '# ?/8': the nearest fraction whose denominator has that many digits, or is that one."""
    slash = tokens.index(("mark", "/"))
    before = [i for i in range(slash) if tokens[i][0] == "digit"]
    start = before[-1] if before else slash
    while start - 1 in before:
        start -= 1
    mixed = any(i < start for i in before)
    behind = tokens[slash + 1 :]
    given = "".join(text for kind, text in behind if kind in ("digit", "other") and text in "0123456789#?")
    whole = int(value) if mixed else 0
    rest = Fraction(value - whole)
    if given.isdigit() and int(given):
        denominator = int(given)
        numerator = math.floor(rest * denominator + Fraction(1, 2))
    else:
        near = rest.limit_denominator(10 ** max(len(given), 1) - 1)
        numerator, denominator = near.numerator, near.denominator
    if mixed and numerator == denominator:
        whole, numerator = whole + 1, 0
    if mixed and numerator == 0:
        return str(whole)
    body = f"{numerator}/{denominator}"
    return f"{whole} {body}" if mixed and whole else body


WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def _wide() -> Context:
    return WIDE
