"""Times printed in several units: '2 days 4 hours', '3 minutes 20 seconds', '00:03:20'."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.interpret.values.amount import Amount
from pipeline.interpret.values.reading import Reading

_CLOCK = re.compile(
    r"(?P<a>\d{1,3}):(?P<b>[0-5]\d)(?::(?P<c>[0-5]\d)(?!\d)|\s?(?P<unit>mins?|minutes?|hrs?|hours?)\b)", re.I
)
_DURATION = re.compile(
    r"(\d{1,9}(?:\.\d{1,9})?)\s?"
    r"(years?|yrs?|months?|mths?|weeks?|wks?|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
    r"(?![^\W_])\.?(?:,? ?and )?[, ]?",
    re.I,
)
_JOINED = re.compile(r"(\d{1,9})\s?(h|m|d)(?=\d)", re.I)
_NAMES = {"y": "years", "w": "weeks", "d": "days", "h": "hours", "s": "seconds", "m": "minutes"}
_ORDER = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_EXACT = {("years", "months"): 12, ("hours", "minutes"): 60, ("minutes", "seconds"): 60}


def time_at(text: str, position: int) -> tuple[Reading, int, Amount] | None:
    """The time at a position: (reading, its end, an amount of the same span and unit)."""
    found = _clock(text, position) or _duration(text, position)
    if not found:
        return None
    reading, end = found
    whole = Amount(Decimal(0), Decimal(1), Decimal(1), None, reading.unit, "time", "times", "", position, end)
    return reading, end, whole


def _clock(text: str, position: int) -> tuple[Reading, int] | None:
    """'00:03:20', '3:20 mins': seconds (or minutes), exactly; a bare '3:20' could be anything."""
    found = _CLOCK.match(text, position)
    if not found:
        return None
    first, second = int(found["a"]), int(found["b"])
    if found["c"]:
        total, unit = first * 3600 + second * 60 + int(found["c"]), "seconds"
    else:
        total, unit = first * 60 + second, "minutes" if found["unit"].lower()[0] == "h" else "seconds"
    return Reading("number", Decimal(total), unit, status="compound"), found.end()


def _duration(text: str, position: int) -> tuple[Reading, int] | None:
    """'2 days 4 hours' has no single number (whose days?); '3 minutes 20 seconds' is 200 seconds, exactly."""
    parts: list[tuple[Decimal, str]] = []
    end = position
    while len(parts) < 5 and (found := _JOINED.match(text, end) or _DURATION.match(text, end)):
        letters = found[2].casefold()  # 9\u017f, with a long s, is 9s
        name = "months" if letters.startswith(("mo", "mt")) else _NAMES[letters[0]]
        parts.append((Decimal(found[1]), name))
        end = found.end()
    ranks = [_ORDER.index(name) for _, name in parts]
    if len(parts) < 2 or ranks != sorted(set(ranks)):
        return None
    end = position + len(text[position:end].rstrip(" ,"))
    total, unit = parts[0]
    for value, name in parts[1:]:
        factor = _EXACT.get((unit, name))
        if factor is None or total % 1:
            return Reading("number", None, status="compound"), end
        total, unit = total * factor + value, name
    return Reading("number", total, unit, status="compound"), end
