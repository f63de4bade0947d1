"""The periods that a heading or a title names: financial years, quarters, months and days."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    rf"(?P<name>{_NAMES})(?![^\W\d_])\.?(?:(?P<gap>[\s,'-]*)(?P<year>(?:19|20)\d\d|\d\d)(?![\d%]))?"
)
_BETWEEN = r"(?:\s*(?:[-/&,+]|\bto\b|\band\b|\buntil\b|\bthrough\b)\s*)"
_SCANNED = re.compile(r"^(?:q|qtr|quarter)\s*[il|](?!\w)")
"""As text recognised in a scan has it: Qi, Ql."""
_YEAR_ENDING = re.compile(r"(?<!\w)f/?y\s?'?(?:20)?\d\d(?!\d)")
"""'FY20' is 2019/20 to some and 2020/21 to others: no year that could be relied on."""
_CALENDAR = re.compile(r"(?<![\d£.,/-])(?:19|20)\d\d(?![\d.,%/]|-\d)")
_GONE = "\x00"


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


def period_in(text: str) -> Period:
    """What a text (lower case) says of periods."""
    words = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'")
    years: list[str] = []
    months: list[tuple[int, int | None]] = []
    quarters: list[int] = []

    def full_year(found: re.Match[str]) -> str:
        if (int(found[1]) + 1) % 100 != int(found[2]):
            return found.group()
        years.append(year_from(int(found[1]) + (2000 if len(found[1]) == 2 else 0)))
        return _GONE

    def day(found: re.Match[str]) -> str:
        month = int(found["iso_month"] or found["month"])
        if not 1 <= month <= 12:
            return found.group()
        months.append(((month - 4) % 12, _whole_year(found["iso"] or found["year"])))
        return _GONE

    def month_name(found: re.Match[str]) -> str:
        # 'Sep 19' is September 2019, 'September 19' may be a day.
        unsure = found["gap"] is not None and not set(found["gap"]) & set("'-") and len(found["name"]) > 4
        year = found["year"]
        known = None if year is None or (len(year) == 2 and unsure) else _whole_year(year)
        months.append((MONTHS.index(found["name"][:3]), known))
        return _GONE

    def quarter(found: re.Match[str]) -> str:
        word = found["figure"] or found["th"] or (found["word"] or found["ordinal"]).lower()
        quarters.append(NUMBERS.get(word) or int(word))
        return _GONE

    words = YEAR.sub(full_year, words)
    words = _DAY.sub(day, words)
    words = _SHORT_YEAR.sub(full_year, words)
    words = _MONTH.sub(month_name, words)
    words = QUARTER.sub(quarter, words)
    if _SCANNED.match(words):
        quarters.append(1)
        words = _SCANNED.sub(_GONE, words)
    words = _YEAR_ENDING.sub(_GONE, words)
    lone = _CALENDAR.findall(words)
    words = _CALENDAR.sub(_GONE, words)
    run = re.search(rf"{_GONE}\s*(?:-|to)\s*{_GONE}", words) is not None
    words = re.sub(rf"{_GONE}{_BETWEEN}(?={_GONE})", "", words)
    rest = " ".join(re.sub(r"[(\[]\s*[)\]]", " ", words.replace(_GONE, " ")).split())
    return _joined(rest, years, months, quarters, [int(year) for year in lone], run)


def _whole_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _joined(
    rest: str,
    years: list[str],
    months: list[tuple[int, int | None]],
    quarters: list[int],
    calendar: list[int],
    run: bool,
) -> Period:
    """One period of all that was named, or an unclear one. ``run``: 'Q1 to Q3', not 'Q1 and Q3'."""
    unclear = Period(rest, clear=False)
    said = dict.fromkeys(years)
    by_month = [year_from(year - (month > 8)) for month, year in months if year is not None]
    first_month, month, to_date = (months[0][0] if months else 0), None, False
    found = dict.fromkeys(quarters)
    if len(found) > 1:
        if list(found) != list(range(1, max(found) + 1)) and not (run and list(found) == [1, max(found)]):
            return unclear
        to_date = True
    quarter = max(found) if found else None
    if months:
        last = months[-1][0]
        if len(months) == 1:
            month = last
        elif last % 3 != 2 or first_month > last or first_month not in (0, last - 2):
            return unclear
        elif first_month < last - 2:
            to_date = True
        if quarter and quarter != last // 3 + 1:
            return unclear
        quarter = last // 3 + 1
        month = None if found else month
    said |= dict.fromkeys(by_month)
    if len(said) > 1 or len(set(calendar)) > 1:
        return unclear
    return Period(rest, next(iter(said), None), quarter, month, next(iter(calendar), None), to_date)
