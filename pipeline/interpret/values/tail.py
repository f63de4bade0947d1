"""What stands behind an amount: marks, comparators, remarks in brackets, a few words. Anything that could
change what the number means, or be a second value, makes the whole cell text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.codes.text import Printed
from pipeline.codes.values import ValueCodes, key
from pipeline.interpret.values.amount import Amount
from pipeline.interpret.values.marks import mark_at
from pipeline.interpret.values.words import MONTH_LABEL

WORDS_BEHIND, WORDS_OF_REMARK, WORDS_IN_BRACKETS = 8, 14, 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TURNING = _words(
    """
    increase increased increases increasing decrease decreased decreases decreasing reduction reductions
    reduced rise fall drop improvement improved deterioration growth up down above below under over
    behind ahead more less fewer higher lower better worse than underspend overspend underspent
    overspent under-spend over-spend surplus deficit adverse favourable shortfall arrears quartile quintile decile ranked change
    """
)
"""Words that make a number a difference, a rank or one of unclear sign: not a level to compare."""
_EARLIER = frozenset(["last", "previous", "prior", "baseline"])
_COMPARING = _words(
    """
    compared comparing against vs versus from than was were target targets previous previously last
    prior including includes include inc incl with excluding excl of which whom benchmark national
    england average baseline up down
    """
)
_LEADS_ON = _COMPARING | _words(
    """
    aged in by at on for within to as during since until over per after before out based due end achieved
    completed ytd cumulative q1 q2 q3 q4 answered processed paid determined
    """
)
_VERBS = _words(
    """
    is are was were has have had will would been being attended
    """
)
"""A number at the head of a sentence of its own is no value of the cell."""
_COMPARATORS = (
    (">=", re.compile(r"\s?\+(?!\s?[\d/])|\s(?:or|and) (?:more|above|higher|over|greater|upwards)\b|\smin(?:imum)?\b\.?"
                      r"|\splus$", re.I)),
    ("<=", re.compile(r"\s(?:or|and) (?:less|fewer|below|under|lower)\b|\smax(?:imum)?\b\.?", re.I)),
    ("about", re.compile(r"(?:\s?\(?approx(?:\.|imately)?\)?|-?ish)(?![^\W_])", re.I)),
    (None, re.compile(r"\sor better\b", re.I)),
)  # fmt: skip
_DIFFERENCE = re.compile(  # '+/- 3%' and '↑ 3%' behind a number: its margin, its change
    r"\s?(?:\+\s?/\s?-|±|plus or minus|[↑↓▲▼⬆⬇])\s?\d{1,9}(?:\.\d{1,9})?(?![\d.,]\d)\s?(?:%|ppts?\b|pp\b|percentage points?)?",
    re.I,
)
_ASIDE = re.compile(r"\s?(?:\(((?:[^()]|\([^()]*\))*)\)|\[([^\[\]]*)\])")
_STRETCH = re.compile(r"[^()\[\]]+")
_SEPARATOR = re.compile(r"\s?[,;:.]\s|\s-\s")
_FURTHER = re.compile(
    r"\s?(?:,\s)?(?:plus|\+|(?:and |with )?(?:a further|another))\s\d[\d,.]*%?\s[^\W\d_]{2,}", re.I
)
_DATE_INSIDE = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH_LABEL}|{MONTH_LABEL}|'?\b(?:19|20)\d\d(?:[/-]\d\d)?\b"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    re.I,
)
_NUMBER_INSIDE = re.compile(r"(£\s?|€\s?|\$\s?)?\d[\d,.]*\s?(%|per ?cent)?(?:\s?([^\W\d_]+))?", re.I)


@dataclass(slots=True)
class Tail:
    """What was understood behind an amount; ``spans`` are the stretches of marks in the plain text."""

    marks: list[str] = field(default_factory=list)
    comparator: str | None = None
    unit: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)


def tail(cell: Printed, position: int, head: Amount, codes: ValueCodes) -> Tail | None:
    """Everything from a position to the end, or None when it is not understood."""
    text = cell.plain
    found = Tail()
    if head.singular and reads_as_year(head.digits, None):
        return None
    while position < len(text):
        if difference := _DIFFERENCE.match(text, position):
            found.marks += [letter for letter in difference.group() if letter in "↑↓▲▼⬆⬇"]
            position = difference.end()
        elif mark := mark_at(cell, position, codes):
            found.marks.append(mark[1])
            found.spans.append((position, mark[0]))
            position = mark[0]
        elif text[position:].strip() in (".", ",", ";", ":", ""):
            break
        elif suffix := _suffix(text, position):
            found.comparator = suffix[1] or found.comparator
            position = suffix[0]
        elif aside := _ASIDE.match(text, position):
            inside = aside[1] or aside[2] or ""
            if not _harmless_aside(inside) or _denies(inside, codes):
                return None
            position = aside.end()
        else:
            stretch = _STRETCH.match(text, position)
            if not stretch or not _harmless_words(text, position, stretch.group(), head):
                return None
            if _denies(stretch.group(), codes):
                return None
            found.unit = found.unit or _noun(stretch.group(), head, codes)
            if reads_as_year(head.digits, head.full_unit or found.unit):
                return None
            position = stretch.end()
    return found


def _suffix(text: str, position: int) -> tuple[int, str | None] | None:
    if _FURTHER.match(text, position):
        return None
    for comparator, pattern in _COMPARATORS:
        if found := pattern.match(text, position):
            return found.end(), comparator
    return None


def _harmless_aside(inside: str) -> bool:
    """A remark in brackets: not one that says the number is a change, or another period's."""
    words = inside.lower().split()
    if len(words) > WORDS_IN_BRACKETS or "000" in inside.replace(",000", ""):
        return False
    only_words = not any(letter.isdigit() for letter in inside)
    return not (only_words and len(words) <= 3 and (TURNING | _EARLIER) & set(words))


def _harmless_words(text: str, position: int, stretch: str, head: Amount) -> bool:
    """Words behind the number that leave it the one number to compare."""
    if _FURTHER.match(stretch):
        return len(stretch.split()) <= WORDS_BEHIND
    if stretch[0].isalnum() and text[position - 1].isalnum():
        return False
    separator = _SEPARATOR.match(stretch)
    words = stretch[separator.end() if separator else 0 :].strip(" .,;:")
    parts = words.lower().split()
    if not parts or not words[0].isalpha() or len(parts) > (WORDS_OF_REMARK if separator else WORDS_BEHIND):
        return False
    first, has_digits = parts[0].strip(",.;:"), any(letter.isdigit() for letter in words)
    if (len(first) == 1 and first != "a") or first in ("bn", "mn", "mil", "mill"):
        return False
    if first == "on" and _EARLIER & set(parts[1:4]):
        return False
    if separator:
        if len(parts) <= 2 and not has_digits and TURNING & set(parts):
            return False
    elif (TURNING & set(parts)) and not (
        {"from", "compared", "against"} & set(parts[:2]) or first in ("vs", "versus")
    ):
        return False
    if has_digits and not separator and first not in _LEADS_ON:
        return False
    if len(parts) > 3 and not separator and _VERBS & set(parts):
        return False
    if head.singular and not separator and first not in _LEADS_ON:
        return False
    return not has_digits or not _second_value(words, parts, head)


def _second_value(words: str, parts: list[str], head: Amount) -> bool:
    """Whether the words hold another number of the same sort that nothing explains."""
    explained = _COMPARING & {part.strip(",.;:()") for part in parts}
    if explained and explained != {"of"}:
        return False
    for found in _NUMBER_INSIDE.finditer(_DATE_INSIDE.sub(" ", words)):
        sort = "money" if found[1] else "percent" if found[2] else _sort_of_word(found[3] or "")
        own = "money" if head.currency else head.unit_kind or ("rate" if head.unit else "")
        if sort == own:
            return True
    return False


def _sort_of_word(word: str) -> str:
    return "time" if re.fullmatch(r"(?:days?|weeks?|months?|years?|hours?|hrs?|mins?|minutes?|secs?|seconds?|working)",
                                  word.lower()) else ""  # fmt: skip


def _denies(stretch: str, codes: ValueCodes) -> bool:
    """'72% N/A': the words say that there is no value; '5 outstanding' is a count of what is outstanding."""
    words = key(stretch).strip(" ,;:-.")
    status = codes.blanks.get(words, ("", ""))[0]
    return status in ("not_available", "not_applicable", "none") and (
        words in ("na", "none") or " " in words or not words.isalpha()
    )


def _noun(stretch: str, head: Amount, codes: ValueCodes) -> str | None:
    """'120 affordable homes' -> homes: a known noun at the end of a few words behind a bare number."""
    words = stretch.strip(" .").split()
    if head.unit or head.currency or not 1 <= len(words) <= 4 or not all(word.isalpha() for word in words):
        return None
    for count in (2, 1):
        found = codes.units.get(" ".join(words[-count:]).casefold())
        if found and found[1] == "count":
            singular = replace(head, unit=found[0], unit_kind="count", unit_text=words[-1].lower()).singular
            return None if singular else found[0]
    return None


def reads_as_year(digits: str, unit: str | None) -> bool:
    """'2012 survey': four digits like a year's, without unit or comma, are no amount once words follow."""
    return unit is None and len(digits) == 4 and digits.isdecimal() and 1990 <= int(digits) <= 2060
