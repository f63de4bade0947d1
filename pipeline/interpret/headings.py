"""What a heading cell means: a field, and for results the period that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.heading_words import compares, composed, only_fillers
from pipeline.interpret.periods import Period, period_in
from pipeline.shapes import Cell

LONGEST = 80
"""Characters of a heading; anything longer is text."""
BREAKS = 5
"""Lines less one of a heading whose words may be broken between them."""
VALUES = frozenset(("target", "annual_target", "quarter", "latest", "year_to_date", "month"))
NARROW = VALUES | {
    *("rag", "rag_previous", "direction", "reference", "quarter_target", "quarter_rag", "variance", "year"),
    *("benchmark", "previous", "previous_year", "year_end", "forecast", "baseline", "floor", "ytd_target"),
}
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
OF_QUARTER = {
    "latest": "quarter",
    "year_end": "quarter",
    "target": "quarter_target",
    "rag": "quarter_rag",
    "direction": "quarter_direction",
    "comments": "quarter_comments",
    "progress_summary": "quarter_progress_summary",
    "forecast": "quarter_forecast",
}

_Meaning = tuple[str, Period, str | None]
"""The field of a heading, the period that it names, and the heading that it was taken for."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its field, the cell that heads it, the quarter and financial year it speaks of, if any.

    ``calendar`` is a lone year ('Q2 2019'), ``month`` the place of a single month in ``periods.MONTHS``;
    ``misspelt`` is the heading that it was taken for when it is not in the list as spelt.
    """

    cell: Cell
    field: str
    quarter: int | None = None
    year: str | None = None
    misspelt: str | None = None
    calendar: int | None = None
    month: int | None = None


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A heading as compared: case folded, one line, without colons and brackets around it."""
    words = key(text.replace("-\n", "").replace("\n", " ").replace("_", " ")).strip(
        " :*?.-\u2010\u2011\u2012\u2013\u2014"
    )
    return words.strip("()[] ") if words.count("(") == words.count(")") == (words[:1] == "(") else words


def heading_of(cell: Cell, codes: Codes, above: str = "") -> Heading | None:
    """What a cell means as a heading, or None when it is none that is known. ``above`` is what stands over it
    in a heading of two levels: 'Q1' under 'Target' is the target of quarter 1."""
    found = _said(f"{above} {cell.text}", codes)
    if found is None:
        return None
    field, period, misspelt = found
    return Heading(cell, field, period.quarter, period.year, misspelt, period.calendar, period.month)


@lru_cache(maxsize=16384)
def _said(text: str, codes: Codes) -> _Meaning | None:
    """The meaning of a heading as printed. In a narrow column its words are broken between lines, without a hyphen:
    'Comm / entary', 'Q2 / 2018/1 / 9' of a table drawn by a word processor."""
    words = plain(text)
    found = _meaning(words, codes) if 0 < len(words) <= LONGEST else None
    lines = text.strip().split("\n")
    if (found and not found[2]) or not 1 < len(lines) <= BREAKS + 1 or len(words) > LONGEST:
        return found
    for joints in product(("", " "), repeat=len(lines) - 1):
        whole = "".join(line + joint for line, joint in zip(lines, (*joints, ""), strict=True))
        meant = _meaning(plain(whole), codes)
        if meant and not meant[2]:
            return meant
    return found


@lru_cache(maxsize=16384)
def _meaning(words: str, codes: Codes) -> _Meaning | None:
    """The field of a heading, the period that it names, and the heading that it was taken for."""
    if words in codes.headings:
        return codes.headings[words], Period(words), None
    period = period_in(words)
    if not period.clear:
        return None
    rest = plain(_BRACKETS.sub(lambda found: "" if _unit(found[1], codes) else found[0], period.rest.strip()))
    if period.named and only_fillers(rest):
        return _of_period("latest" if period.quarter else "year", period, words), period, None
    if field := codes.headings.get(rest) or _of_other_number(rest, codes) or composed(rest, codes):
        return _of_period(field, period, words), period, None
    misspelt = _unexplained(rest, codes) or _nearest(rest, codes)
    return (_of_period(codes.headings[misspelt], period, words), period, misspelt) if misspelt else None


def _of_period(field: str, period: Period, words: str) -> str:
    """The field of a period: 'Target' of a quarter, of a month, or of the year so far."""
    if field in ("direction", "variance") and compares(words):
        return field
    if period.to_date:
        return {"latest": "year_to_date", "target": "ytd_target"}.get(field, field)
    if period.month is not None and (field == "latest" or period.month % 3 != 2):
        return {"latest": "month", "target": "month_target", "rag": "month_rag"}.get(field, field)
    return OF_QUARTER.get(field, field) if period.quarter else field


def _unit(words: str, codes: Codes) -> bool:
    """Whether all that brackets hold is a unit: 'Target (No.)' is no number of a line, but a target in numbers."""
    pieces = [piece.strip(" .'") for piece in re.split(r"[/,]|£", words) if piece.strip(" .'0s")]
    return all(
        piece in codes.values.units or codes.headings.get(piece) in ("reference", "unit") for piece in pieces
    )


def _of_other_number(words: str, codes: Codes) -> str | None:
    """'Numerator' where the list has 'numerators', and the other way round. 'Risks' is no sign of a register of risks,
    though 'risk' is: a scorecard tells of them in a column of text."""
    field = codes.headings.get(words.removesuffix("s") if words.endswith("s") else f"{words}s")
    return None if field == "foreign" else field


def _unexplained(words: str, codes: Codes) -> str | None:
    """The heading before an explanation in brackets that says nothing known: 'RAG (select)'."""
    bare = plain(_BRACKETS.sub("", words))
    return bare if bare != words and bare in codes.headings else None


@lru_cache(maxsize=4)
def _by_length(codes: Codes) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Letters -> the known headings of so many, with their places in the list."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, heading in enumerate(codes.headings):
        found.setdefault(len(heading), []).append((number, heading))
    return found


def _nearest(words: str, codes: Codes) -> str | None:
    """The heading one slip of the pen away: 'Executive Potfolio' is 'executive portfolio'."""
    if len(words) < 6 or re.search(r"\d", words):
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 2 if len(words) > 11 else 1
    lengths = range(len(words) - allowed, len(words) + allowed + 1)
    # In the order of the list: of two that are as near the first counts.
    near = sorted(chain.from_iterable(_by_length(codes).get(length, ()) for length in lengths))
    headings = [heading for _, heading in near]
    found = process.extractOne(words, headings, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
    return str(found[0]) if found and len(found[0]) >= 6 else None


def nearest_names(cell: Cell, codes: Codes) -> str:
    """The known headings that read most like an unknown one, to tell the reader: '“rag”, “rag status”'."""
    from rapidfuzz import process

    found = process.extract(plain(cell.text), list(codes.headings), limit=3, score_cutoff=60)
    return ", ".join(f"“{name}”" for name, *_ in found) or "none"
