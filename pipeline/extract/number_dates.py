"""Serial numbers of days as dates and times, and printing them by a format section."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

Tokens = tuple[tuple[str, str], ...]
SHIFT_1904 = 1462
LAST_DAY = 2_958_465  # 31 December 9999
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def moment(value: float, shift: int = 0, places: int = 0) -> datetime | None:
    """The date and time of a serial number, rounded to ``places`` of a second; None outside 1900-9999.

    Day 60 of 1900 does not exist; it and the days before it are given as the calendar has them.
    """
    days = value + shift
    if not 0 <= days <= LAST_DAY + 1:
        return None
    base = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    seconds = (Decimal(repr(days)) * 86400).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    try:
        return base + timedelta(microseconds=int(seconds * 1_000_000))
    except OverflowError:
        return None


def iso(value: float, shift: int = 0) -> str | None:
    """A serial number as an ISO date, date and time, or (below one day) time; None when it is no date."""
    found = moment(value, shift)
    if found is None:
        return None
    if 0 < value < 1 and not shift:
        return found.time().isoformat()
    if found.time() == time():
        return found.date().isoformat()
    return found.isoformat()


def print_date(tokens: Tokens, value: float, shift: int) -> str:
    """Print a serial number by the date and time tokens of a section; what is no date prints as ####."""
    elapsed = next((text for kind, text in tokens if kind == "elapsed"), None)
    places = max((len(text) - 1 for kind, text in tokens if kind == "fraction"), default=0)
    sign = ""
    if value < 0 and elapsed:
        sign, value = "-", -value
    found = moment(value, 0 if elapsed and value < 1 else shift, places)
    if found is None:
        return "########"
    half = any(kind == "half" for kind, _ in tokens)
    unit = re.sub(r"\W", "", elapsed or "").casefold()[:1]
    out = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "part":
            out.append(_part(tokens, index, found, half))
        elif kind == "elapsed":
            out.append(_elapsed(text, unit, value, shift, places))
        elif kind == "fraction":
            out.append(f".{found.microsecond:06d}"[: places + 1])
        elif kind == "half":
            mark = "AM" if found.hour < 12 else "PM"
            out.append(mark if len(text) > 3 else mark[0])
        elif kind in ("text", "pad", "other", "mark"):
            out.append(text)
    return sign + "".join(out)


def _elapsed(text: str, unit: str, value: float, shift: int, places: int) -> str:
    exact = Decimal(repr(value + (shift if value >= 1 else 0)))
    seconds = (exact * 86400).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    count = int(seconds // {"h": 3600, "m": 60, "s": 1}[unit])
    return str(count).zfill(len(text) - 2)


def _part(tokens: Tokens, index: int, found: datetime, half: bool) -> str:
    text = tokens[index][1].casefold()
    size = len(text)
    match text[0]:
        case "y" | "e":
            return f"{found.year % 100:02d}" if text[0] == "y" and size <= 2 else f"{found.year:04d}"
        case "b":
            return f"{found.year + 543}"
        case "g":
            return ""
        case "d":
            return _day(found.date(), size)
        case "h":
            hour = (found.hour % 12 or 12) if half else found.hour
            return str(hour).zfill(min(size, 2))
        case "s":
            return str(found.second).zfill(min(size, 2))
    if size <= 2 and _minutes(tokens, index):
        return str(found.minute).zfill(size)
    name = MONTHS[found.month - 1]
    return [str(found.month), f"{found.month:02d}", name[:3], name, name[0]][min(size, 5) - 1]


def _day(day: date, size: int) -> str:
    if size <= 2:
        return str(day.day).zfill(size)
    name = DAYS[day.weekday()]
    return name[:3] if size == 3 else name


def _minutes(tokens: Tokens, index: int) -> bool:
    """Whether an m means minutes: behind hours, or before seconds."""
    timed = [i for i, (kind, _) in enumerate(tokens) if kind in ("part", "elapsed")]
    at = timed.index(index)
    before = tokens[timed[at - 1]][1].strip("[]").casefold()[:1] if at else ""
    behind = tokens[timed[at + 1]][1].strip("[]").casefold()[:1] if at + 1 < len(timed) else ""
    return before == "h" or behind == "s"
