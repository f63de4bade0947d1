"""What the title says: whose scorecard it is and which period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.declared import YEAR_SHUT
from pipeline.interpret.periods import GONE, Named, linked, names_in, run_of_months, year_from, year_of
from pipeline.interpret.title_lines import Said, said_in, title_text
from pipeline.interpret.title_words import directorate_in
from pipeline.shapes import Cell, Document, Finding, Place

UNTIL = re.compile(
    r"(?:\b(?:end(?:ing|ed)?(?: of)?|as at|as of|at|to|until|up to|for)(?: the)?(?: end of)?|:)\s*$", re.I
)
"""What stands before a day that ends the reported quarter: 'quarter ending 31 December', 'position at 30 June'."""
PROSE = re.compile(r"^\d+(?:\.\d+)+\.?\s|[.;]\s*$")
"""A paragraph: '1.1 This report informs members of ...', or a sentence, in a report around the scorecard."""
_PAPERS = r"reports?|performance|reviews?|score\s?cards?|updates?|dash\s?boards?|monitoring|returns?|position"
KIND_OF_DOCUMENT = re.compile(
    r"score\s?card|performance (?:report|return|indicators|dashboard)|^\s*(?:directorate|department)\s*:",
    re.I,
)

ENDS = tuple(
    (number, re.compile(rf"\b(?:{name})\b.*\b(?:{_PAPERS})\b|\b(?:{_PAPERS})\b.*\b(?:{name})\b", re.I))
    for number, name in (
        (2, r"(?:half|mid)[- ]year(?:ly)?|(?:six|6)[- ]months?"),
        (3, r"(?:nine|9)[- ]months?"),
        (4, r"year[- ]end|end[- ]of[- ]year|(?:twelve|12)[- ]months?"),
    )
)
"""The quarter that 'Mid-Year Performance Review' or 'End of Year Report' reports on, where no quarter is named."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title as printed and what it says; None where it says nothing."""

    text: str = ""
    place: Place | None = None
    directorate_text: str | None = None
    directorate: str | None = None
    council: str | None = None
    year: str | None = None
    quarter: int | None = None
    period_text: str | None = None
    role: str | None = None
    directorate_place: Place | None = None
    period_place: Place | None = None


def is_title(text: str) -> bool:
    """Whether a line of text is (part of) a title: it names a period or a kind of document."""
    if len(text) >= 250:
        return False
    return bool(KIND_OF_DOCUMENT.search(text) or year_of(text) or any(_quarters(text)))


def read_title(lines: Sequence[Sequence[Cell]], codes: Codes, council: str | None = None) -> Title:
    """The title from the lines above the first table, each a row of cells; ``council`` as folder or manifest say.

    Paragraphs among them tell the period where no other line does, and nothing else.
    """
    rows = [cells for line in lines if (cells := [cell for cell in line if not cell.blank])]
    if not rows:
        return Title()
    plain = [cells for cells in rows if not _prose(cells)] or rows
    said = [entry for cells in plain for entry in said_in(cells)]
    labelled = {entry.kind: entry for entry in reversed(said) if entry.kind and entry.text}
    year, quarter, period = _period([entry for entry in said if entry.kind in ("", "period")])
    if not (year or quarter):
        year, quarter, period = _period([_paragraph(cells) for cells in rows if _prose(cells)])
    free = [entry for entry in said if not entry.kind]
    found, said_council = directorate_in([_without_periods(entry.text) for entry in free], codes)
    printed_council = labelled["council"].text if "council" in labelled else said_council
    owner = labelled.get("directorate")
    if not owner and found:
        exact = [entry for entry in free if found in entry.text]
        owner = next(iter([*exact, *(entry for entry in free if key(found) in key(entry.text)), *free]))
        owner = replace(owner, text=found)
    owner = owner or labelled.get("service")
    named = owner.text if owner else None
    known = codes.directorate(named, council or printed_council) if named else None
    whole = " ".join(title_text(cell) for cells in plain for cell in cells)
    return Title(
        whole,
        plain[0][0].place,
        named,
        known[0] if known else named,
        (known[1] if known else None) or printed_council,
        year,
        quarter,
        period.printed if period else None,
        _role(whole),
        owner.place if owner else None,
        period.place if period else None,
    )


def _paragraph(cells: Sequence[Cell]) -> Said:
    text = " ".join(map(title_text, cells))
    return Said("", text, text, cells[0].place)


def _prose(cells: Sequence[Cell]) -> bool:
    text = " ".join(_paragraph(cells).text.split())
    return bool(PROSE.search(text)) and len(text.split()) > 8


def _role(text: str) -> str | None:
    if re.search(r"\breturn\b", text, re.I):
        return "return"
    return "scorecard" if re.search(r"score\s?card", text, re.I) else None


def _lower(text: str) -> str:
    """Lower case, character by character, so that places stay."""
    if text.isascii():
        return text.lower()
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _without_periods(text: str) -> str:
    gone = names_in(_lower(text))[1]
    return "".join(GONE if mark == GONE else letter for letter, mark in zip(text, gone, strict=True))


def _quarters(text: str) -> Iterator[tuple[int, str | None, bool]]:
    """The quarters that a line names: (quarter, financial year, surely). A run of months is one, and a day
    that ends a quarter where the words before it say that it ends one; a day alone is that of a meeting."""
    found, words = names_in(_lower(text))
    months: list[Named] = []
    for at, named in enumerate(found):
        if named.quarter and named.kind in ("quarter", "run"):
            yield named.quarter, None, True
        if named.kind != "month":
            continue
        months = [*months, named] if months and linked(words, months[-1], named) else [named]
        following = found[at + 1] if at + 1 < len(found) else None
        if following and following.kind == "month" and linked(words, named, following):
            continue
        year = next((month.year for month in months if month.year), None)
        if len(months) > 1 and (run := run_of_months(months)):
            yield run[0], year, True
        elif len(months) == 1 and (named.month or 0) % 3 == 2 and UNTIL.search(words[: named.start]):
            yield (named.month or 0) // 3 + 1, year, False


def _period(said: Sequence[Said]) -> tuple[str | None, int | None, Said | None]:
    """(year, quarter, what names them). Two quarters, or two years beside each other, are none."""
    sure: dict[int, Said] = {}
    unsure: dict[int, Said] = {}
    by_month: dict[str, Said] = {}
    years: dict[str, Said] = {}
    for entry in said:
        for number, of_month, surely in _quarters(entry.text):
            (sure if surely else unsure).setdefault(number, entry)
            if of_month:
                by_month.setdefault(of_month, entry)
        for number, name in ENDS:
            if name.search(entry.text):
                unsure.setdefault(number, entry)
        found, words = names_in(_lower(entry.text))
        for before, named in zip((None, *found), found, strict=False):
            if named.kind == "year" and named.year:
                years.setdefault(named.year, entry)
            if (
                named.calendar
                and before
                and before.calendar == named.calendar - 1
                and linked(words, before, named)
            ):
                years.setdefault(year_from(before.calendar), entry)  # 'Quarter 3, 2013 to 2014'
            if named.calendar and before and before.quarter in (1, 2, 3):
                between = words[before.end : named.start]
                if not any(map(str.isalnum, between)):  # 'Q2 2018' lies in 2018/19; 'Q4 2018' may be either
                    by_month.setdefault(year_from(named.calendar), entry)
        for shut in YEAR_SHUT.finditer(entry.text):
            if int(shut[2]) > 12 and (int(shut[1]) + 1) % 100 == int(shut[2]):
                years.setdefault(f"{shut[1]}/{shut[2]}", entry)  # '201112' may be December 2011
    quarters = sure or unsure
    quarter = next(iter(quarters)) if len(quarters) == 1 else None
    period = next(iter(quarters.values()), None)
    beside = [year for year, entry in years.items() if entry == period] or list(years) or list(by_month)
    return (beside[0] if len(beside) == 1 else None), quarter, period


def title_findings(title: Title, document: Document, codes: Codes) -> list[Finding]:
    """Findings where the title says nothing, or something else than folder, name or manifest."""
    findings = []
    year, quarter = document.financial_year, document.quarter
    if not title.text:
        findings.append(Finding("title-missing", None, ""))
    if (title.year and year and title.year != year) or (
        title.quarter and quarter and title.quarter != quarter
    ):
        detail = {"declared_year": year, "declared_quarter": quarter}
        place = title.period_place or title.place
        findings.append(Finding("period-disagrees", place, title.period_text or title.text, detail))
    if title.directorate_text and key(title.directorate_text) not in codes.directorates:
        nearest = _nearest(title.directorate_text, codes)
        place = title.directorate_place or title.place
        findings.append(Finding("directorate-unknown", place, title.directorate_text, {"nearest": nearest}))
    if not (title.directorate or document.directorate):
        findings.append(Finding("directorate-missing", title.place, title.text))
    return findings


def _nearest(name: str, codes: Codes) -> str:
    """The known directorates that read most like a name: '“Harbours”', or 'none'."""
    from rapidfuzz import fuzz, process

    found = process.extract(key(name), list(codes.directorates), scorer=fuzz.WRatio, limit=2, score_cutoff=60)
    return ", ".join(f"“{known}”" for known, *_ in found) or "none"
