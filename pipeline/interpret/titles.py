"""What the title says: whose scorecard it is and which period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.codes import Codes
from pipeline.codes_values import key
from pipeline.declared import YEAR_SHUT
from pipeline.interpret.periods import GONE, Named, linked, names_in, run_of_months, year_from, year_of
from pipeline.interpret.title_words import directorate_in
from pipeline.shapes import Cell, Document, Finding, Place

_DIRECTORATE = r"(?:name of )?(?:directorate|department|dept)(?: name)?"
_SERVICE = r"service(?: area| unit| group)?|division|business unit|team|portfolio"
_PERIOD = (
    r"(?:(?:reporting|return|financial|data|return for|report for|for|for the) )?(?:period|quarter|qtr|year|date)"
    r"(?: end(?:ing|ed)| covered| reported| of return)?|quarter no\.?|fy|month"
)
_COUNCIL = r"council|(?:local )?authority|organisation|name of (?:council|authority)"
_OTHER = (
    r"completed by|prepared by|produced by|submitted by|contact(?: name| officer)?|author|report author|date (?:completed|submitted"
    r"|produced|prepared|of meeting|of report)|meeting date|version|status|e-?mail|telephone|tel|head of service|director"
    r"|lead officer|responsible officer|owner|portfolio holder|cabinet member|lead member|executive member|approved by"
    r"|signed off by|(?:executive|corporate|strategic|assistant) director|chief executive|return (?:to|by)|deadline|contents|purpose"
)
LABEL = re.compile(
    rf"(?<!\w)(?:(?P<directorate>{_DIRECTORATE})|(?P<service>{_SERVICE})|(?P<period>{_PERIOD})|(?P<council>{_COUNCIL})"
    rf"|(?P<other>{_OTHER}))\s*(?::\s*|$)",
    re.I,
)
"""A word that tells what stands behind its colon, or in the next cell."""
UNTIL = re.compile(
    r"(?:\b(?:end(?:ing|ed)?(?: of)?|as at|as of|at|to|until|up to|for)(?: the)?(?: end of)?|:)\s*$", re.I
)
"""What stands before a day that ends the reported quarter: 'quarter ending 31 December', 'position at 30 June'."""
PROSE = re.compile(r"^\d+(?:\.\d+)+\.?\s|[.;]\s*$")
"""A paragraph: '1.1 This report informs members of ...', or a sentence, in a report around the scorecard."""
TITLED = re.compile(r"^(?:subject|(?:report )?title|re)\s*:\s*", re.I)
"""A label before the title itself: 'Subject: Quarter 2 2019/20 performance report'."""
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


def is_title(text: str) -> bool:
    """Whether a line of text is (part of) a title: it names a period or a kind of document."""
    if len(text) >= 250:
        return False
    return bool(KIND_OF_DOCUMENT.search(text) or year_of(text) or any(_quarters(text)))


def labels(line: Sequence[Cell]) -> bool:
    """Whether a line says something under a label: 'Department | Housing', 'Completed by: J. Smith'."""
    return any(kind and text for kind, text in _said([cell.text for cell in line]))


def read_title(lines: Sequence[Sequence[Cell]], codes: Codes, council: str | None = None) -> Title:
    """The title from the lines above the first table, each a row of cells; ``council`` as folder or manifest say.

    Paragraphs among them tell the period where no other line does, and nothing else.
    """
    rows = [[TITLED.sub("", cell.text.strip()) for cell in line if not cell.blank] for line in lines]
    printed = [texts for texts in rows if not _prose(texts)] or rows
    whole = " ".join(" ".join(texts) for texts in printed)
    first = next((cell for line in lines for cell in line if not cell.blank), None)
    if not first:
        return Title()
    said = [entry for texts in printed for entry in _said(texts)]
    labelled = {kind: text for kind, text in reversed(said) if kind and text}
    about = [text for kind, text in said if kind in ("", "period")]
    year, quarter, period_text = _period(about)
    if not (year or quarter):
        year, quarter, period_text = _period([" ".join(texts) for texts in rows if _prose(texts)])
    free = [_without_periods(text) for kind, text in said if not kind]
    named, said_council = directorate_in(free, codes)
    printed_council = labelled.get("council") or said_council
    named = labelled.get("directorate") or named or labelled.get("service")
    known = codes.directorate(named, council or printed_council) if named else None
    return Title(
        whole,
        first.place,
        named,
        known[0] if known else named,
        (known[1] if known else None) or printed_council,
        year,
        quarter,
        period_text,
        _role(whole),
    )


def _prose(texts: Sequence[str]) -> bool:
    text = " ".join(" ".join(texts).split())
    return bool(PROSE.search(text)) and len(text.split()) > 8


def _role(text: str) -> str | None:
    if re.search(r"\breturn\b", text, re.I):
        return "return"
    return "scorecard" if re.search(r"score\s?card", text, re.I) else None


def _said(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a line says: (directorate, service, period, council, other or '' for a free text; the text). A
    period keeps its label: 'Quarter 3'."""
    waiting = ""
    label = ""
    for text in texts:
        text = " ".join(text.split())
        if waiting and not LABEL.fullmatch(text):
            text = f"{label}: {text}"
        elif waiting:
            yield waiting, ""
        waiting = ""
        found = [match for match in LABEL.finditer(text) if not match.start() or ":" in match.group()]
        if not found or found[0].start():
            yield "", text
            continue
        for match, end in zip(found, [*(later.start() for later in found[1:]), len(text)], strict=True):
            kind = str(match.lastgroup)
            value = text[match.end() : end].strip(" ,;|")
            if not value and end == len(text):
                waiting, label = kind, match.group().strip(" :")
            elif value:
                yield kind, f"{match.group().strip(' :')} {value}" if kind == "period" else value
    if waiting:
        yield "", label


def _lower(text: str) -> str:
    """Lower case, character by character, so that places stay."""
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


def _period(texts: Sequence[str]) -> tuple[str | None, int | None, str | None]:
    """(year, quarter, the text that names them). Two quarters, or two years beside each other, are none."""
    sure: dict[int, str] = {}
    unsure: dict[int, str] = {}
    by_month: dict[str, str] = {}
    years: dict[str, str] = {}
    for text in texts:
        for number, of_month, surely in _quarters(text):
            (sure if surely else unsure).setdefault(number, text)
            if of_month:
                by_month.setdefault(of_month, text)
        for number, name in ENDS:
            if name.search(text):
                unsure.setdefault(number, text)
        found, words = names_in(_lower(text))
        for before, named in zip((None, *found), found, strict=False):
            if named.kind == "year" and named.year:
                years.setdefault(named.year, text)
            if named.calendar and before and before.quarter in (1, 2, 3):
                between = words[before.end : named.start]
                if not any(map(str.isalnum, between)):  # 'Q2 2018' lies in 2018/19; 'Q4 2018' may be either
                    by_month.setdefault(year_from(named.calendar), text)
        for shut in YEAR_SHUT.finditer(text):
            if int(shut[2]) > 12 and (int(shut[1]) + 1) % 100 == int(shut[2]):
                years.setdefault(f"{shut[1]}/{shut[2]}", text)  # '201112' may be December 2011
    quarters = sure or unsure
    quarter = next(iter(quarters)) if len(quarters) == 1 else None
    period_text = next(iter(quarters.values()), None)
    beside = [year for year, text in years.items() if text == period_text] or list(years) or list(by_month)
    return (beside[0] if len(beside) == 1 else None), quarter, period_text


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
        findings.append(Finding("period-disagrees", title.place, title.period_text or title.text, detail))
    if title.directorate_text and key(title.directorate_text) not in codes.directorates:
        nearest = _nearest(title.directorate_text, codes)
        findings.append(
            Finding("directorate-unknown", title.place, title.directorate_text, {"nearest": nearest})
        )
    if not (title.directorate or document.directorate):
        findings.append(Finding("directorate-missing", title.place, title.text))
    return findings


def _nearest(name: str, codes: Codes) -> str:
    """The known directorates that read most like a name: '“Harbours”', or 'none'."""
    from rapidfuzz import fuzz, process

    found = process.extract(key(name), list(codes.directorates), scorer=fuzz.WRatio, limit=2, score_cutoff=60)
    return ", ".join(f"“{known}”" for known, *_ in found) or "none"
