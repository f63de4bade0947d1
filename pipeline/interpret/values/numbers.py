"""One printed amount: sign, currency, digits, scale, unit. Strict: a number that is printed in any other
way than this country prints numbers ('12,5', '1.234.567', '368 500' with a plain space) is no amount."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.codes.text import Printed
from pipeline.codes.values import ValueCodes
from pipeline.interpret.values.amount import CURRENCIES, NUMBER, Amount, to_decimal
from pipeline.interpret.values.units import scale_at, with_heading_scale, with_unit

_CURRENCY = r"£|€|\$|(?:GBP|EUR|USD)(?![A-Za-z])"
_HEAD = re.compile(
    rf"(?P<open>\()?\s?(?P<sign>[+-])?\s?(?P<currency>{_CURRENCY})?\s?(?P<sign2>[+-])?(?P<open2>\()?\s?"
    rf"(?P<currency2>£|€|\$)?\s?(?P<number>{NUMBER})"
)


def amount(cell: Printed, position: int, codes: ValueCodes) -> Amount | None:
    """The amount that starts at a position of ``cell.plain``, or None."""
    text = cell.plain
    head = _HEAD.match(text, position)
    if not head or (head["sign"] and head["sign2"]) or (head["open"] and head["open2"]):
        return None
    if (head["currency"] and head["currency2"]) or len(head["number"]) > 30:
        return None
    symbol = head["currency"] or head["currency2"]
    opened, end = bool(head["open"] or head["open2"]), head.end()
    if opened and "+" in (head["sign"], head["sign2"]):
        return None
    negative = opened or "-" in (head["sign"], head["sign2"])

    def close(end: int, opened: bool) -> tuple[int, bool]:
        return (end + 1, False) if opened and text[end : end + 1] == ")" else (end, opened)

    end, opened = close(end, opened)
    end, scale = scale_at(text, end, symbol is not None, "." in head["number"], codes)
    end, opened = close(end, opened)
    number = to_decimal(head["number"])
    places = len(head["number"].partition(".")[2])
    found = Amount(
        number=-(number * scale) if negative else number * scale,
        step=Decimal(1).scaleb(-places) * scale,
        scale=scale,
        currency=CURRENCIES[symbol] if symbol else None,
        unit=None,
        unit_kind="",
        unit_text="",
        digits=cell.slice(head.start("number"), head.end("number")),
        start=position,
        end=end,
    )
    found = with_unit(text, found, codes)
    end, opened = close(found.end, opened)
    if opened:
        return None
    found = replace(found, end=end)
    return with_heading_scale(text, found if found.unit else with_unit(text, found, codes), codes)
