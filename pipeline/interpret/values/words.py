"""Words in a value cell: kinds of missing, and dates."""

from __future__ import annotations

import re

from pipeline.codes.text import RAISED, printed_figures
from pipeline.codes.values import ValueCodes, key

LONGEST_MISSING = 20
"""Words of a text that still says in its first words that the value is missing."""

_FOLLOWED_BY_NUMBER = re.compile(r"[\s:;,=/|-]*(?![(\[][1-9](?:[)\]]|$))[(\[]?\s?[£€$<>+-]?\s?\d")
"""A number close behind 'N/A' denies it; '(2)' is its footnote."""
_EXPLAINED = frozenset(["annual", "not_due", "awaited", "suppressed", "not_applicable"])
_TRAILING_MARKS = "*†‡§#^" + "".join(RAISED.values())
_LINKS = r"(?:\s|-|:|,|;|\b(?:in|by|at|on|for|from|until|end of|the)\b)*"

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_FULL_DATE = (
    r"\d{1,2}(?P<between>[/.-])\d{1,2}(?P=between)(?:\d{4}|\d{2})(?!\d)"
    r"|(?:19|20)\d\d-\d\d-\d\d(?: \d\d?:\d\d(?::\d\d)?)?"
)
_DATE_TOKEN = re.compile(
    rf"(?P<month>(?:{_MONTHS})(?![a-z])\.?)|(?P<full>{_FULL_DATE})|(?P<quarter>(?:q|qtr|quarter) ?[1-4]\b|h[12]\b)"
    r"|(?P<years>(?:fy ?)?(?:19|20)\d\d ?[/-] ?(?:(?:19|20)\d\d|\d\d)\b|fy ?\d\d\b)"
    r"|(?P<season>(?:spring|summer|autumn|winter|christmas|easter)\b)"
    r"|(?P<year>(?:(?:19|20)\d\d|'\d\d)\b)|(?P<day>\d{1,2}(?:st|nd|rd|th)?\b)"
    r"|(?P<when>(?:by|mid|early|late|until|since|before|after|onwards|ending|commencing|due)\b|w/[ce]\b)"
    r"|(?P<end>(?:end|start|beginning|year|qtr|quarter|month|week)\b)"
    r"|(?P<filler>(?:of|the|to|and|from|in|at|on|during|financial|calendar|academic|only|(?:mon|tues|wednes|thurs|fri|satur|sun)"
    r"day|mon|tue|wed|thu|fri|sat|sun)\b|[-/,&().+])"
    r"|(?P<space> )"
)
_STRONG = {"month", "full", "quarter", "years", "season"}
MONTH_LABEL = (
    rf"(?:(?:{_MONTHS})(?![a-z])(?:\s?[-/&]\s?(?:{_MONTHS})(?![a-z]))?|(?:q|qtr\s?|quarter\s?)[1-4](?!\d))"
)
"""The pattern of a month, two months or a quarter, for use in other patterns that ignore case."""


def is_date(text: str) -> bool:
    """Whether a text (as ``key`` writes it) says nothing but a day, month or year: 'by end of March 2013'.

    A lone year is a number like any other; with 'by', 'end', 'mid' it is a date.
    """
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        found = _DATE_TOKEN.match(text, position)
        if not found or len(tokens) > 20:
            return False
        kind = "full" if found["full"] else str(found.lastgroup)
        if kind != "space":
            tokens.append((kind, found.group()))
        position = found.end()
    kinds = [kind for kind, _ in tokens]
    for index, (kind, token) in enumerate(tokens):
        if kind == "day" and not _day_has_month(tokens, index, token):
            return False
    if _STRONG & set(kinds):
        return True
    return ("year" in kinds and bool({"when", "end"} & set(kinds))) or (
        text.count("year") > 0 and kinds.count("end") > 1
    )


def _day_has_month(tokens: list[tuple[str, str]], index: int, token: str) -> bool:
    """A one- or two-digit number in a date stands beside its month: '5 to 10 Sept', 'March 5', '3rd of May'."""
    if int(re.sub(r"\D", "", token)) > 99:
        return False
    after = [
        item
        for item in tokens[index + 1 : index + 5]
        if item[1] not in ("of", "-", "/", ",", "to", "and", "&", ".")
    ]
    before = tokens[max(0, index - 2) : index]
    return bool(after and after[0][0] in ("month", "day")) or any(kind == "month" for kind, _ in before)


def missing(text: str, codes: ValueCodes) -> tuple[str, tuple[str, ...]] | None:
    """The status of a text that stands instead of a value, with the marks behind it; None when it is none.

    The whole text is looked up, then its longest beginning that the list allows ('N/A until Q2'), unless
    a number follows at once.
    """
    words = key(text)
    bracketed = re.fullmatch(r"\[(.{1,4})\]", words)
    if bracketed:
        found = codes.marks.get(bracketed[1])
        if found and found[1] == "shorthand" and found[2] and found[2] != "text":
            return found[2], ()
    for candidate in (words, words.strip(" .,;:!?'\"()[]")):
        found_blank = codes.blanks.get(candidate)
        if found_blank and found_blank[1] != "date":
            return found_blank[0], ()
    plain = words.rstrip(" .,;:)]" + _TRAILING_MARKS)
    marks = (
        tuple(printed_figures(letter) for letter in text if letter in _TRAILING_MARKS)
        if plain != words
        else ()
    )
    plain = plain.lstrip("([ '\"")
    if plain in codes.blanks and codes.blanks[plain][1] != "date":
        return codes.blanks[plain][0], marks
    if plain.count(" ") >= LONGEST_MISSING:
        return None
    return _beginning(plain, codes)


def _reason(rest: str, codes: ValueCodes) -> str:
    """'N/A - reported annually', 'Not available (not due until Q4)': the reason says which kind of missing it is."""
    words = rest.strip(" -:,;()[].") if rest.lstrip()[:1] in ("-", ":", ",", ";", "(", "[") else ""
    found = codes.blanks.get(words) or _beginning(words, codes) or ("", "")
    return found[0] if found[0] in _EXPLAINED else "not_available"


def _beginning(words: str, codes: ValueCodes) -> tuple[str, tuple[str, ...]] | None:
    """The longest beginning, at a word's end, that says the value is missing."""
    ends = [found.end() for found in re.finditer(r"[^\W_](?![^\W_])", words)]
    for end in sorted((end for end in ends if 1 < end <= 60), reverse=True):
        status, match = codes.blanks.get(words[:end], ("", ""))
        rest = words[end:]
        denied = status != "suppressed" and _FOLLOWED_BY_NUMBER.match(rest)
        if match == "start" and (not denied or is_date(rest.strip(" ()[]"))):
            return _reason(rest, codes) if status == "not_available" else status, ()
        if match.endswith("date") and is_date(re.sub(rf"^{_LINKS}", "", rest)):
            return status, ()
    return None
