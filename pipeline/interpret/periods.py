"""The periods that a heading or a title names: financial years, quarters, months and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.declared import NUMBERS, QUARTER, YEAR

MONTHS = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_SHORT_YEAR = re.compile(r"(?<![\w/.,£'-])(?:fy\s?)?'?(\d\d)\s?[-/]\s?'?(\d\d)(?![\w/.,%]|-\d)")
_DAY = re.compile(
    r"(?<![\d/.])(?:(?P<iso>(?:19|20)\d\d)-(?P<iso_month>[01]\d)-[0-3]\d"
    r"|[0-3]?\d(?P<by>[/.])(?P<month>[01]?\d)(?P=by)(?P<year>(?:19|20)\d\d|\d\d))(?![\d/.])"
)
_MONTH = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?<!\d)[0-3]?\d(?:st|nd|rd|th)?\s*(?:of\s)?)?(?<![^\W\d_])"
    rf"(?P<name>{_NAMES})(?![^\W\d_])\.?(?:(?P<gap>[\s,'-]*)(?P<year>(?:19|20)\d\d|\d\d)(?![\d%])(?!(?:st|nd|rd|th)?\s*(?:of\s)?(?:{_NAMES})\b))?"
)
_BETWEEN = r"(?:\s*(?:[-/&,+]|\bto\b|\band\b|\buntil\b|\bthrough\b)\s*)"
_RUN = re.compile(r"(?<!\w)(?:q|qtrs?|quarters?)\s*(?:1|one)\s*(?:-|to)\s*(?:q|qtr|quarter)?\s*([2-4])(?!\w)")
"""'Quarters 1-3', 'Q1 to Q2': the year so far."""
_SCANNED = re.compile(r"^(?:q|qtr|quarter)\s*[il|](?!\w)")
"""As text recognised in a scan has it: Qi, Ql."""
_YEAR_ENDING = re.compile(r"(?<!\w)f/?y\s?'?(?:20)?\d\d(?!\d)")
"""'FY20' is 2019/20 to some and 2020/21 to others: no year that could be relied on."""
_CALENDAR = re.compile(r"(?<![\d£.,/-])(?:19|20)\d\d(?![\d.,%/]|-\d)")
GONE = "\x00"
"""Stands in a text for each character of a period that was taken out of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` the financial year '2019/20'; ``quarter`` 1-4; ``month`` the place in ``MONTHS`` when a single
    month or day is named; ``calendar`` a lone year ('Q2 2019'); ``to_date`` for 'April to September' and
    'Q1-Q3'; ``rest`` the words that are left. ``clear`` is false when the text names two periods that are
    not one."""

    rest: str
    year: str | None = None
    quarter: int | None = None
    month: int | None = None
    calendar: int | None = None
    to_date: bool = False
    clear: bool = True

    @property
    def named(self) -> bool:
        return bool(self.year or self.quarter or self.month is not None or self.calendar)


def year_from(start: int) -> str:
    """The financial year that begins in April of ``start``: 2019 -> '2019/20'."""
    return f"{start}/{(start + 1) % 100:02d}"


def year_of(text: str) -> str | None:
    """The financial year that a text names first, '2013-14' -> '2013/14'."""
    for found in YEAR.finditer(text):
        if (int(found[1]) + 1) % 100 == int(found[2]):
            return f"{found[1]}/{found[2]}"
    return None


@dataclass(frozen=True, slots=True)
class Named:
    """One printed period: ``kind`` year, month, quarter, run ('Q1 to Q3'), calendar or unsure; ``month`` its place in ``MONTHS``;
    ``year`` the financial year; ``start`` and ``end`` where it stands."""

    kind: str
    start: int
    end: int
    year: str | None = None
    month: int | None = None
    quarter: int | None = None
    calendar: int | None = None


@lru_cache(maxsize=16384)
def names_in(text: str) -> tuple[tuple[Named, ...], str]:
    """The periods that a text (lower case) prints, in order, and the text with ``GONE`` in their place."""
    found: list[Named] = []
    words = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'")

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], Named | None]) -> None:
        nonlocal words
        found.extend(filter(None, map(read, pattern.finditer(words))))
        for named in found:
            words = words[: named.start] + GONE * (named.end - named.start) + words[named.end :]

    take(YEAR, _full_year)
    take(_DAY, _day)
    take(_SHORT_YEAR, _full_year)
    # before the months: the 4 of 'Q4 Jan - Mar' is no day
    take(_RUN, lambda match: Named("run", match.start(), match.end(), quarter=int(match[1])))
    take(QUARTER, _quarter)
    take(_MONTH, _month)
    take(_SCANNED, lambda match: Named("quarter", match.start(), match.end(), quarter=1))
    take(_YEAR_ENDING, lambda match: Named("unsure", match.start(), match.end()))
    take(_CALENDAR, lambda match: Named("calendar", match.start(), match.end(), calendar=int(match.group())))
    return tuple(sorted(found, key=lambda named: named.start)), words


def _full_year(match: re.Match[str]) -> Named | None:
    if (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    year = year_from(int(match[1]) + (2000 if len(match[1]) == 2 else 0))
    return Named("year", match.start(), match.end(), year)


def _day(match: re.Match[str]) -> Named | None:
    number = int(match["iso_month"] or match["month"])
    if not 1 <= number <= 12:
        return None
    return _of_month(match, (number - 4) % 12, match["iso"] or match["year"])


def _month(match: re.Match[str]) -> Named:
    """'Sep 19' is September 2019, 'September 19' may be a day."""
    day = match["gap"] is not None and not set(match["gap"]) & set("'-") and len(match["name"]) > 4
    year = match["year"]
    return _of_month(
        match, MONTHS.index(match["name"][:3]), None if year and len(year) == 2 and day else year
    )


def _of_month(match: re.Match[str], month: int, year: str | None) -> Named:
    calendar = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return Named(
        "month",
        match.start(),
        match.end(),
        None if calendar is None else year_from(calendar - (month > 8)),
        month,
        month // 3 + 1,
    )


def _quarter(match: re.Match[str]) -> Named:
    word = match["figure"] or match["th"] or (match["word"] or match["ordinal"]).lower()
    return Named("quarter", match.start(), match.end(), quarter=NUMBERS.get(word) or int(word))


def linked(words: str, first: Named, second: Named) -> bool:
    """Whether two periods stand in a run: 'October to December', '1 April - 30 June'."""
    return re.fullmatch(_BETWEEN, words[first.end : second.start]) is not None


def run_of_months(months: Sequence[Named]) -> tuple[int, bool] | None:
    """(quarter, to date) of linked months: 'July to September' is (2, False), 'April to September' (2, True);
    None when they are no quarter and do not begin with the year."""
    first, last = months[0].month or 0, months[-1].month or 0
    if last % 3 != 2 or first > last or first not in (0, last - 2):
        return None
    return last // 3 + 1, first < last - 2


def period_in(text: str) -> Period:
    """What a heading (lower case) says of periods."""
    found, words = names_in(text)
    words = re.sub(rf"{GONE}{_BETWEEN}(?={GONE})", "", words)
    rest = " ".join(re.sub(r"[(\[]\s*[)\]]", " ", re.sub(f"{GONE}+", " ", words)).split())
    unclear = Period(rest, clear=False)
    quarters = list(
        dict.fromkeys(named.quarter for named in found if named.kind == "quarter" and named.quarter)
    )
    years = {named.year for named in found if named.year}
    calendar = {named.calendar for named in found if named.calendar}
    months = [named for named in found if named.kind == "month"]
    if len(years) > 1 or len(calendar) > 1:
        return unclear
    quarter, month, to_date = max(quarters, default=None), None, len(quarters) > 1
    if to_date and quarters != list(range(1, quarters[-1] + 1)):
        return unclear
    if runs := [named.quarter for named in found if named.kind == "run"]:
        if len(runs) > 1 or quarters:
            return unclear
        quarter, to_date = runs[0], True
    if months:
        together = run_of_months(months) if len(months) > 1 else (months[0].month or 0) // 3 + 1
        if together is None:
            return unclear
        of_months, to_date = together if isinstance(together, tuple) else (together, to_date)
        if quarter not in (None, of_months):
            return unclear
        month = months[0].month if len(months) == 1 and quarter is None else None
        quarter = of_months
    return Period(rest, next(iter(years), None), quarter, month, next(iter(calendar), None), to_date)
