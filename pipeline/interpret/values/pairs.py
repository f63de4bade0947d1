"""Two numbers that belong together: ranges ('5-10') and ratios ('28 of 30', '3:1', '1 in 4')."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.codes.text import Printed
from pipeline.codes.values import ValueCodes
from pipeline.interpret.values.amount import CURRENCIES, NUMBER, Amount, to_decimal
from pipeline.interpret.values.numbers import amount
from pipeline.interpret.values.reading import Reading

Found = tuple[Reading, int, Amount]
"""A reading, where it ends in the plain text, and the amount whose unit the words behind must fit."""

TOLERANCE = re.compile(r"\s?(?:\+\s?/\s?-|±|plus or minus|\+ ?or ?-)\s?", re.I)
_BETWEEN = re.compile(r"between\s", re.I)
_LINK = re.compile(r"\s?-\s?|\sto\s", re.I)
_AND = re.compile(r"\s(?:and|to)\s|\s?-\s?", re.I)
_COLON = re.compile(rf"\s?:\s?(?P<whole>{NUMBER})(?![:\d])")
_IN = re.compile(
    rf"\sin (?:every )?(?P<whole>{NUMBER})(?!\s?%|\s?(?:days?|weeks?|months?|years?|hours?|min|sec))", re.I
)
_TO_ONE = re.compile(r"\sto (?P<whole>1)(?![\d.,%])", re.I)
_OF = re.compile(r"\s?/\s?|\s(?:out )?of (?:the |a total of |a possible |a maximum of )?", re.I)
_PROOF = re.compile(r"\s?[(\[=,;:-]?\s?=?\s?")
_PADDED = re.compile(r"0\d")


def range_at(cell: Printed, position: int, codes: ValueCodes) -> Found | None:
    """A range with its word or sign in front: 'between 5 and 10', '+/- 2%'."""
    text = cell.plain
    if found := TOLERANCE.match(text, position):
        width = amount(cell, found.end(), codes)
        if width is None or width.number <= 0:
            return None
        limits = Reading(
            "range", None, width.full_unit, status="compound", lower=-width.number, upper=width.number
        )
        return limits, width.end, replace(width, start=position)
    found = _BETWEEN.match(text, position)
    first = amount(cell, found.end(), codes) if found else None
    return _range(cell, first, _AND, codes, position) if first else None


def pair_from(cell: Printed, head: Amount, codes: ValueCodes) -> Found | None:
    """The range or ratio that begins with an amount, or None when it stands alone."""
    return (
        _share(cell, head, codes) or _proportion(cell, head) or _range(cell, head, _LINK, codes, head.start)
    )


def proof_end(cell: Printed, head: Amount, codes: ValueCodes) -> int:
    """'93% 28/30': the end of a ratio behind a percentage that says the same; else the percentage's end."""
    if head.unit == "percent":
        link = _PROOF.match(cell.plain, head.end)
        bracket = link is None or link.group()[-1:] in ("(", "[")
        part = None if link is None or bracket else amount(cell, link.end(), codes)
        whole = _whole(cell, part, codes) if part and part.bare else None
        if part and whole and _agrees(head, part.number, whole.number):
            return whole.end
    return head.end


def _range(
    cell: Printed, first: Amount, link: re.Pattern[str], codes: ValueCodes, start: int
) -> Found | None:
    """'5-10', '85% to 90%', '£5-10k': the ends share scale and unit when the first prints none."""
    found = link.match(cell.plain, first.end)
    second = amount(cell, found.end(), codes) if found else None
    if not found or second is None or any(_PADDED.match(end.digits) for end in (first, second)):
        return None
    lower = first.number
    if second.scaled and not first.scaled:
        if first.currency and cell.plain[found.end()] in CURRENCIES:
            return None
        lower *= second.scale
    if (first.scaled and not second.scaled) or lower >= second.number:
        return None
    if (first.unit or second.unit) != (second.unit or first.unit):
        return None
    if (first.currency or second.currency) != (second.currency or first.currency):
        return None
    whole = replace(
        second, currency=first.currency or second.currency, unit=second.unit or first.unit, start=start
    )
    reading = Reading("range", None, whole.full_unit, status="compound", lower=lower, upper=second.number)
    return reading, second.end, whole


def _proportion(cell: Printed, head: Amount) -> Found | None:
    """'3:1', '3 to 1', '1 in 4', '50:50': no single number. '0:45' could be a time, '12 in 2012' is a count."""
    if not head.bare or head.number < 0:
        return None
    for pattern in (_COLON, _TO_ONE, _IN):
        found = pattern.match(cell.plain, head.end)
        if (
            not found
            or _PADDED.match(found["whole"])
            or (pattern is _COLON and cell.plain[head.start] == "0")
        ):
            continue
        whole = to_decimal(found["whole"])
        if pattern is _IN and not (head.number <= 10 and head.number < whole and not 1990 <= whole <= 2060):
            continue
        return Reading("ratio", None, status="compound"), found.end(), replace(head, end=found.end())
    return None


def _share(cell: Printed, head: Amount, codes: ValueCodes) -> Found | None:
    """'28 of 30', '28/30', '£1.2m of £1.5m': the first number, with the whole as upper end.

    A percentage of the two behind them ('28 of 30 (93%)') proves itself and is the number instead.
    """
    text = cell.plain
    if head.number < 0 or "(" in text[head.start : head.end] or head.unit:
        return None
    whole = _whole(cell, head, codes)
    if whole is None:
        return None
    reading = Reading("ratio", head.number, head.currency, status="compound", digits=head.digits)
    if head.number <= whole.number:
        reading.upper = whole.number
    proof = _PROOF.match(text, whole.end)
    share = amount(cell, proof.end(), codes) if proof else None
    if share and share.unit == "percent" and _agrees(share, head.number, whole.number):
        proved = Reading("number", abs(share.number), "percent", status="compound", digits=share.digits)
        end = share.end + (text[share.end : share.end + 1] in (")", "]"))
        return proved, end, replace(share, start=head.start, end=end)
    reading.unit = whole.unit or reading.unit
    return reading, whole.end, replace(whole, start=head.start)


def _whole(cell: Printed, part: Amount, codes: ValueCodes) -> Amount | None:
    """The second number of 'n of m' or 'n/m', of the same sort as the first. Dates like 12/13 and 04/05 are none."""
    text = cell.plain
    found = _OF.match(text, part.end)
    whole = amount(cell, found.end(), codes) if found else None
    if not found or whole is None or whole.number <= 0 or text[found.end()] in "(+-":
        return None
    if (
        whole.unit_kind not in ("", "count", "time")
        or whole.currency != part.currency
        or whole.scaled != part.scaled
    ):
        return None
    if "/" in found.group():
        following = len(part.digits) == len(whole.digits) == 2 and whole.number == part.number + 1
        padded = _PADDED.match(part.digits) or _PADDED.match(whole.digits)
        if (
            following
            or padded
            or part.currency
            or part.number > whole.number
            or text[whole.end :].lstrip()[:1] == "/"
        ):
            return None
    return whole


def _agrees(share: Amount, part: Decimal, whole: Decimal) -> bool:
    """Whether a printed percentage is the printed part of the printed whole, rounded or cut off."""
    return abs(abs(share.number) - part / whole * 100) < share.step
