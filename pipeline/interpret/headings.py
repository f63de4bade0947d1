"""What a heading cell means: a field, and for results the period that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.codes import Codes
from pipeline.codes_values import key
from pipeline.declared import YEAR
from pipeline.shapes import Cell

ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
ORDINALS |= {"one": 1, "two": 2, "three": 3, "four": 4}
ORDINALS |= dict.fromkeys("il|", 1)  # as text recognised in a scan has it: Qi, Ql
QUARTER = re.compile(
    r"^(?:q|qtr|qtr\.|quarter)\s*(?P<a>[1-4]|one|two|three|four|[il|])(?!\w)"
    r"|^(?P<b>[1-4](?=st|nd|rd|th)|first|second|third|fourth)(?:st|nd|rd|th)?\s+(?:quarter|qtr)\b"
)
MONTHS = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")[a-z]*\b")
VALUES = frozenset(("target", "quarter", "latest"))
NARROW = frozenset(("target", "quarter", "latest", "rag", "rag_previous", "direction", "reference"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its field, the cell that heads it, the quarter and financial year it speaks of, if any.

    ``misspelt`` is the heading that it was taken for when its spelling is not in the list.
    """

    cell: Cell
    field: str
    quarter: int | None = None
    year: str | None = None
    misspelt: str | None = None


def plain(text: str) -> str:
    """A heading as compared: case folded, one line, without colons and brackets around it."""
    return key(text.replace("-\n", "").replace("\n", " ")).strip(" :*()")


def year_of(text: str) -> str | None:
    """The financial year that a text names, '2013-14' -> '2013/14'."""
    found = YEAR.search(text)
    return f"{found[1]}/{found[2]}" if found and (int(found[1]) + 1) % 100 == int(found[2]) else None


def quarter_of(text: str) -> int | None:
    """The quarter of a heading: 'Qtr 1', '2nd quarter', 'Apr-Jun', 'Jun 2012' (the quarter's last month)."""
    words = plain(text)
    found = QUARTER.match(words)
    if found:
        return ORDINALS[found["a"] or found["b"]]
    months = [MONTHS.index(month) for month in MONTH.findall(words)]
    rest = re.sub(r"[\d'/\s\u2010-\u2015&-]|\bto\b|\band\b", "", MONTH.sub("", words))
    if not months or rest:
        return None
    if len(months) == 1:
        return months[0] // 3 + 1 if months[0] % 3 == 2 else None
    same = months[0] // 3 == months[-1] // 3 and months[0] % 3 == 0 and months[-1] % 3 == 2
    return months[0] // 3 + 1 if same else None


def heading_of(cell: Cell, codes: Codes) -> Heading | None:
    """What a cell means as a heading, or None when it is none that is known."""
    words = plain(cell.text)
    if not words or len(words) > 60:
        return None
    if words in codes.headings:
        return Heading(cell, codes.headings[words], year=year_of(cell.text))
    quarter = quarter_of(cell.text)
    if quarter:
        return _of_quarter(cell, words, quarter, codes)
    bare = plain(re.sub(YEAR, " ", cell.text))
    if bare in codes.headings and bare != words:
        return Heading(cell, codes.headings[bare], year=year_of(cell.text))
    return _nearest(cell, words, codes)


def _of_quarter(cell: Cell, words: str, quarter: int, codes: Codes) -> Heading:
    rest = plain(re.sub(YEAR, " ", QUARTER.sub("", words))) if QUARTER.match(words) else ""
    field = codes.headings.get(rest, "quarter")
    if field in ("target", "rag", "direction", "comments", "progress_summary", "forecast"):
        return Heading(cell, f"quarter_{field}", quarter, year_of(cell.text))
    return Heading(cell, "quarter", quarter, year_of(cell.text))


def _nearest(cell: Cell, words: str, codes: Codes) -> Heading | None:
    """A heading one slip of the pen away from a known one: 'Executive Potfolio'."""
    if len(words) < 6:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 2 if len(words) > 11 else 1
    found = process.extractOne(
        words, codes.headings.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed
    )
    if not found or len(found[0]) < 6:
        return None
    return Heading(cell, codes.headings[found[0]], misspelt=found[0])
