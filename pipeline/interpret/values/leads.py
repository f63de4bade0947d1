"""What may stand in front of a number: marks, labels ('Actual:', 'June:'), comparators, 'reduce to'."""

from __future__ import annotations

import re

from pipeline.codes.text import Printed
from pipeline.codes.values import ValueCodes
from pipeline.interpret.values.marks import mark_at
from pipeline.interpret.values.numbers import amount
from pipeline.interpret.values.words import MONTH_LABEL

_BULLET = re.compile(r"[•·▪◦‣]\s?")
_LABEL = re.compile(
    r"\(?(?:actual|target|result|ytd|year to date|total|overall|average|avg|mean|median|score|cumulative(?: total)?"
    r"|outturn|currently|current|achieved|number|figure|performance|combined|value)(?: of)?(?!\w)\)?(?:\s?[:=]\s?|\s-\s|\s)",
    re.I,
)
_PERIOD = re.compile(rf"(?:{MONTH_LABEL})\s?(?:[:=]\s?|-\s|(?<=\s)(?=[£€<>]|\d+(?:\.\d+)?\s?%))", re.I)
_WORD = re.compile(r"([^\W\d_]+\.?)\s?[:-]?\s|[(\[]([^\W\d_]+)[)\]]\s")
_CHANGE = r"(?:(?:reduc|improv|decreas|increas)(?:e[ds]?|ing)|(?:improve|reduce)ment|reduction|increase|rise[ns]?|rose"
_TO = re.compile(
    rf"(?:(?:maintain(?:ed)?|remain(?:s|ed)?|keep|kept|stay|hold|held)(?: at(?= (?!or)))?"
    rf"|{_CHANGE}|raised?|grow|grown|fall|fallen|fell|drop|dropped|cut|up|down) to|reach|achieve|deliver)\s",
    re.I,
)
_FROM = re.compile(rf"{_CHANGE}|fall|fallen|fell|drop|dropped|up|down|moved|changed) from\s", re.I)
_LINK = re.compile(r"\sto\s", re.I)
_PREFIXES = tuple(
    (sign, re.compile(rf"(?:{pattern})\s?", re.I))
    for sign, pattern in (
        (">=", r">=|=>|≥|(?:at least|(?:a )?minimum(?: of)?|min\.?|no(?:t)? (?:less|fewer|lower) than|(?:at|equal to) or"
               r" (?:above|over|greater than|more than)|(?:greater|more|higher) than or equal to)(?!\w)"),
        ("<=", r"<=|=<|≤|(?:at most|(?:a )?maximum(?: of)?|max\.?|no(?:t)? (?:more|greater|higher) than|up to|within(?!\s[\d.]+\s?(?:%|per ?cent) of)"
               r"|not exceeding|not to exceed|(?:at|equal to) or (?:below|under|less than)"
               r"|(?:less|fewer|lower) than or equal to)(?!\w)"),
        ("about", r"~|≈|(?:approximately|approx\.?|about|around|circa|ca\.?|roughly|c\.?(?=\s?[£€$\d]))(?![^\W\d_])"),
        (">", r">|(?:(?:just )?(?:over|above)|more than|greater than|higher than|exceeding|exceeds|in excess of)(?!\w)"),
        ("<", r"<|(?:(?:just )?(?:under|below)|less than|fewer than|lower than|nearly|almost)(?!\w)"),
    )
)  # fmt: skip


def lead_marks(cell: Printed, codes: ValueCodes) -> tuple[int, list[str]]:
    """Arrows, ratings and 'provisional' in front: (where the rest begins, the marks)."""
    text, marks = cell.plain, list[str]()
    bullet = _BULLET.match(text)
    position = bullet.end() if bullet else 0
    for _ in range(3):
        first = text[position : position + 1]
        found = None
        if first.isalnum() or first in "([":
            word = _WORD.match(text, position)
            mark = codes.mark(word[1] or word[2], ("word", "rating", "symbol")) if word else None
            found = (word.end(), mark) if word and mark else None
        elif first not in "~<>":
            found = mark_at(cell, position, codes)
        if not found:
            break
        marks.append(found[1])
        position = found[0] + text[found[0] : found[0] + 1].isspace()
    return position, marks


def lead_words(cell: Printed, position: int, codes: ValueCodes) -> tuple[int, str | None] | None:
    """Label, comparator and verb: (where the number begins, comparator). None for a change without a level."""
    text = cell.plain
    if label := _LABEL.match(text, position) or _PERIOD.match(text, position):
        position = label.end()
    position, comparator = _prefix(text, position)
    if comparator is None and (to := _TO.match(text, position)):
        return _prefix(text, to.end())
    if comparator is None and (change := _FROM.match(text, position)):
        earlier = amount(cell, change.end(), codes)
        link = _LINK.match(text, earlier.end) if earlier else None
        return (link.end(), None) if link else None
    return position, comparator


def _prefix(text: str, position: int) -> tuple[int, str | None]:
    for sign, pattern in _PREFIXES:
        if found := pattern.match(text, position):
            return found.end(), sign
    return position, None
