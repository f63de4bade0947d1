"""What stands close behind the digits: k and m, a unit, 'per head', 'per 1,000', a unit in brackets."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.codes.values import ValueCodes
from pipeline.interpret.values.amount import CURRENCIES, NUMBER, Amount, to_decimal

_THOUSAND, _MILLION, _BILLION = Decimal(1000), Decimal(10**6), Decimal(10**9)
_SCALES = {
    "k": _THOUSAND,
    "thousand": _THOUSAND,
    "m": _MILLION,
    "mn": _MILLION,
    "mil": _MILLION,
    "mill": _MILLION,
    "million": _MILLION,
    "millions": _MILLION,
    "b": _BILLION,
    "bn": _BILLION,
    "billion": _BILLION,
}
_SCALE = re.compile(r"(\s?)(thousand|millions?|billion|mill?|mn|bn|[kmb])(?![^\W_])", re.IGNORECASE)
_HEADING_SCALE = re.compile(
    r"\s?\((?:in )?(£|€|\$)?\s?('?000'?s?|k|m|bn|millions?|thousands?)\)", re.IGNORECASE
)
_HEADING_SCALES = {"k": _THOUSAND, "t": _THOUSAND, "m": _MILLION, "b": _BILLION}
_PER = re.compile(
    rf"\s?(?:per\s|/\s?)(?:(?P<number>{NUMBER})(?P<scale>k\b)?|(?P<word>thousand|million)\b)?", re.I
)
_NOUN = re.compile(r"\s?([^\W\d_][\w'-]*)")
_PER_PERIOD = re.compile(
    r"\s?(?:(p\.?a|p\.?w|pcm)\b\.?|(?:a|each|every) (year|month|week|day|quarter)\b)", re.IGNORECASE
)
_PERIODS = {"pa": "year", "pw": "week", "pcm": "month"}
_PERIOD_NOUNS = {"annum": "year", "capita": "head"}
_NOT_A_NOUN = frozenset(
    ["ytd", "cumulative", "total", "average", "aged", "to", "in", "by", "at", "and", "or"]
)


def scale_at(text: str, end: int, currency: bool, decimals: bool, codes: ValueCodes) -> tuple[int, Decimal]:
    """k, m, bn behind the digits: a letter stands close unless a currency says that money is meant.

    Without a currency 'm' is a million behind decimals ('0.5m') or before a noun ('2m visits'); '400m' is
    as likely metres.
    """
    found = _SCALE.match(text, end)
    if not found:
        return end, Decimal(1)
    letters = found[2].lower()
    loose = bool(found[1]) and not currency and len(letters) < 5
    if loose or (letters == "b" and not currency):
        return end, Decimal(1)
    if letters == "m" and not currency and codes.unit_at(text, found.start(2)):
        return end, Decimal(1)
    if letters == "m" and not (currency or decimals):
        noun = codes.unit_at(text, found.end() + 1)
        if not noun or noun[2] != "count" or not text[found.end()].isspace():
            return end, Decimal(1)
    return found.end(), _SCALES[letters]


def with_unit(text: str, found: Amount, codes: ValueCodes) -> Amount:
    """The unit behind the number, then 'per head', 'per 1,000 people', 'pa'."""
    end = found.end
    gap = text[end : end + 1].isspace()
    unit = codes.unit_at(text, end + gap)
    if (
        unit
        and len(unit[3]) == 1
        and unit[3].isalpha()
        and (gap or unit[3] != unit[3].lower() or found.scaled)
    ):
        unit = None
    if unit and found.currency and unit[1] != found.currency:
        unit = None
    if unit and unit[2] == "money" and unit[1] in CURRENCIES.values():
        found = replace(found, currency=unit[1], end=unit[0])
    elif unit:
        found = replace(found, unit=unit[1], unit_kind=unit[2], unit_text=unit[3].lower(), end=unit[0])
    elif not gap and text[end : end + 1] in CURRENCIES and not found.currency:
        found = replace(found, currency=CURRENCIES[text[end]], end=end + 1)
    return _with_rate(text, found, codes)


def _with_rate(text: str, found: Amount, codes: ValueCodes) -> Amount:
    """'days per FTE', 'GBP per head', 'per 10000', 'GBP per year' (printed 'pa')."""
    period = _PER_PERIOD.match(text, found.end)
    if period:
        rate = f"per {period[2].lower() if period[2] else _PERIODS[period[1].lower().replace('.', '')]}"
        return replace(found, unit=" ".join(filter(None, [found.unit, rate])), end=period.end())
    per = _PER.match(text, found.end)
    if not per:
        return found
    base, end = per["number"] or per["word"], per.end()
    nouns: list[str] = []
    while len(nouns) < 3 and (noun := _NOUN.match(text, end)) and noun[1].lower() not in _NOT_A_NOUN:
        if len(noun[1]) == 1 or codes.mark(noun[1], ("word", "rating")):
            break
        nouns.append(noun[1].lower() if noun[1].istitle() else noun[1])
        end = noun.end()
    if "/" in per.group() and (base or not (found.unit or found.currency) or len("".join(nouns)) < 2):
        return found
    if not base and not nouns:
        return found
    if base:
        number = to_decimal(base) if per["number"] else _SCALES[base.lower()]
        rate = f"per {number * (_THOUSAND if per['scale'] else 1):f}"
    else:
        rate = "per " + " ".join(_PERIOD_NOUNS.get(noun.lower(), noun) for noun in nouns)
    return replace(found, unit=" ".join(filter(None, [found.unit, rate])), end=end)


def with_heading_scale(text: str, found: Amount, codes: ValueCodes) -> Amount:
    """'1.2 (£m)', '120 (£000)', '72 (%)', '5 (days)': the unit in brackets behind a bare number."""
    if not found.bare:
        return found
    scale = _HEADING_SCALE.match(text, found.end)
    if scale and (scale[1] or "0" not in scale[2]):
        factor = _HEADING_SCALES.get(scale[2][0].lower(), _THOUSAND)
        currency = CURRENCIES[scale[1]] if scale[1] else None
        number, step = found.number * factor, found.step * factor
        return replace(found, number=number, step=step, scale=factor, currency=currency, end=scale.end())
    opening = re.compile(r"\s?\(\s?").match(text, found.end)
    unit = codes.unit_at(text, opening.end()) if opening else None
    if unit and text[unit[0] : unit[0] + 1] == ")" and (len(unit[3]) > 1 or not unit[3].isalpha()):
        if unit[2] == "money":
            return replace(found, currency=unit[1], end=unit[0] + 1)
        return replace(found, unit=unit[1], unit_kind=unit[2], unit_text=unit[3].lower(), end=unit[0] + 1)
    return found
