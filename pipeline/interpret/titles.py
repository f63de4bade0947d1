"""What the title says: whose scorecard it is and which period it reports on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codes import Codes
from pipeline.codes_values import key
from pipeline.declared import NUMBERS, QUARTER
from pipeline.interpret.periods import year_of
from pipeline.shapes import Cell, Finding, Place

WORDS = re.compile(
    r"\b(?:directorate|score\s?card|key|performance|quarterly|return|report(?:ing)?|period|indicators?|kpis?"
    r"|financial|year|dashboard|monitoring|for|to|of|the|april|june|july|september|october|december|january"
    r"|march)\b",
    re.I,
)
COUNCIL = re.compile(
    r"^.*?\b(?:Council|Corporation|Authority)\b(?!\s+(?:Business|Tax|Priorit|Plan))"
    r"|^.*?\bBorough of [A-Z]\w+(?:\s(?:upon|and)\s[A-Z]\w+(?=\s*$))?",
)
LABEL = re.compile(r"^\s*directorate\s*:\s*(.*)$", re.I | re.S)


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


def quarter_in(text: str) -> int | None:
    """The quarter that a title names."""
    found = QUARTER.search(text)
    if not found:
        return None
    word = found["figure"] or found["th"] or (found["word"] or found["ordinal"]).lower()
    return NUMBERS.get(word) or int(word)


def is_title(text: str) -> bool:
    """Whether a line of text is (part of) a title: it names a period or a kind of document."""
    return (
        bool(
            year_of(text)
            or quarter_in(text)
            or re.search(
                r"score\s?card|performance (?:report|return|indicators)|^\s*directorate\s*:", text, re.I
            )
        )
        and len(text) < 250
    )


def read_title(lines: Sequence[Sequence[Cell]], codes: Codes) -> Title:
    """The title from the lines above the first table, each a row of cells."""
    texts = [" ".join(cell.text.strip() for cell in line if not cell.blank) for line in lines]
    whole = " ".join(texts)
    first = next((cell for line in lines for cell in line if not cell.blank), None)
    if not first:
        return Title()
    period = next((text for text in texts if quarter_in(text)), None)
    named, council = _directorate(lines, texts)
    known = codes.directorates.get(key(named)) if named else None
    role = (
        "return"
        if re.search(r"\breturn\b", whole, re.I)
        else "scorecard"
        if re.search(r"score\s?card", whole, re.I)
        else None
    )
    return Title(
        whole,
        first.place,
        named,
        known[0] if known else named,
        (known[1] if known else None) or council,
        (year_of(period) if period else None) or year_of(whole),
        quarter_in(whole),
        period,
        role,
    )


def _directorate(lines: Sequence[Sequence[Cell]], texts: Sequence[str]) -> tuple[str | None, str | None]:
    for text in texts:
        labelled = LABEL.match(text)
        if labelled and labelled[1].strip():
            return " ".join(labelled[1].split()), None
    council = None
    best: str | None = None
    for text in texts:
        found = COUNCIL.match(text)
        rest = text
        if found:
            council = council or found[0].strip()
            rest = text[found.end() :]
        rest = re.sub(r"\d{4}\s*[-/\u2010-\u2015]\s*\d{2,4}|\b(?:19|20)\d\d\b", " ", rest)
        rest = WORDS.sub(" ", QUARTER.sub(" ", rest))
        rest = " ".join(re.sub(r"[:()|,\u2010-\u2015-]+(?=\s|$)", " ", rest).split()).strip(" -:/")
        if rest and best is None and len(rest) < 80 and re.search(r"[^\W\d_]{2}", rest):
            best = rest
    return best, council


def title_findings(title: Title, declared: tuple[str | None, int | None], codes: Codes) -> list[Finding]:
    """Findings where the title says nothing, or another period than folder, name or manifest."""
    findings = []
    year, quarter = declared
    if not title.text:
        findings.append(Finding("title-missing", None, ""))
    if (title.year and year and title.year != year) or (
        title.quarter and quarter and title.quarter != quarter
    ):
        detail = {"declared_year": year, "declared_quarter": quarter}
        findings.append(Finding("period-disagrees", title.place, title.period_text or title.text, detail))
    if title.directorate_text and key(title.directorate_text) not in codes.directorates:
        findings.append(Finding("directorate-unknown", title.place, title.directorate_text))
    return findings
