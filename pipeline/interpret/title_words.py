"""Whose scorecard it is, told by the words of a title that are neither period, council nor kind of document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.periods import GONE

_BOROUGH = re.compile(r"(?:[A-Z]\w+ )?Borough of [A-Z][\w'-]+(?: (?:upon|on|and|in))?(?: [A-Z][\w'-]+){0,2}")
"""All of a stretch: 'Borough of Ashby Vale' is a council, no directorate called Vale."""
_SEPARATORS = re.compile(
    rf"{GONE}+|\s[/|\u2010-\u2015-]\s|[|;\u2022()\[\]\u2014]|:(?=\s|$)|(?<=\w)[\u2013\u2014](?=\s)"
    r"|(?i:(?<=report)|(?<=scorecard)|(?<=return)|(?<=dashboard)),"
)
_REPORT_OF = re.compile(r"^report (?:of|by|from|to) ", re.I)
_OWN = re.compile(r"(?<!\w)(?:directorate|department|dept)\.?(?!\w)(?:\s+(?:of|for)(?!\w))?", re.I)
_LINKS = r"for|of|the|to|in|at|on|by|as|from|and|&|a"
_NUMBER = r"20\d{4}|(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words of titles in the list ``words.csv`` as patterns. ``council``: the name of one, up to that word, unless
    what follows says that it is none ('Council Tax'); ``other``: stretches of a title that tell of the meeting
    or the paper and not of the directorate; ``paper`` a word for a paper; ``attached`` 'Appendix A' before the name; ``director`` 'Corporate Director
    of'; ``leading``, ``trailing`` and ``joined`` what a name is stripped of, and what belongs to it: 'Strategy and
    Performance'; ``subject`` what it is about: 'Housing Savings Scorecard' is that of Housing."""

    council: re.Pattern[str]
    other: re.Pattern[str]
    paper: re.Pattern[str]
    attached: re.Pattern[str]
    director: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    joined: re.Pattern[str]
    subject: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(codes: Codes) -> _Patterns:
    def any_of(what: str) -> str:
        texts = sorted(codes.words[what], key=lambda text: (-len(text), text))
        return "|".join(
            re.escape(text).replace(r"\ ", r"[\s-]+").replace(r"\#", r"\d+(?:\.\d+)?") for text in texts
        )

    paper = f"{any_of('paper')}|{_NUMBER}"
    attachment, rank = any_of("attachment"), any_of("rank")
    return _Patterns(
        re.compile(
            r"^.*?\b(?:Council|COUNCIL|Corporation|Authority|AUTHORITY)\b"
            rf"(?!\s+(?i:{any_of('after council')}))"
            r"|^.*?\b(?:Borough of|BOROUGH OF) [A-Z]\w+(?:\s(?:upon|and)\s[A-Z]\w+(?=\s*$))?",
        ),
        re.compile(
            rf"\b(?:{any_of('beside')})\b|^\s*(?:{attachment})\s+\w{{1,3}}\s*$"
            rf"|^\s*(?:\d+\.?\s*)?(?:{any_of('chapter')})\b",
            re.I,
        ),
        re.compile(rf"(?<!\w)(?:{paper})(?!\w)", re.I),
        re.compile(rf"^\s*(?:{attachment})\s+(?:[a-z]|\d{{1,2}}[a-z]?)\b\s*[.:-]?\s*", re.I),
        re.compile(
            rf"^(?:report (?:of|by|from) )?(?:the )?(?:(?:{rank}) )*(?:{any_of('office')}) (?:of|for) (?:the )?",
            re.I,
        ),
        re.compile(
            rf"^(?:[-,.:/\u2010-\u2015\s]+|(?:{paper})(?!\w)(?!\s*(?:,|&|and\b))|(?:{_LINKS})(?!\w))\s*", re.I
        ),
        re.compile(
            rf"(?:\s*[-,.:/\u2010-\u2015]+|(?<!\band)(?<!&)(?<!,)\s+(?:{paper}|{_LINKS})|^(?:{paper}|{_LINKS}))\s*$",
            re.I,
        ),
        re.compile(rf"(?:\band|&|,)\s+(?:{paper})\s*$", re.I),
        re.compile(rf"(?<!\band)(?<!&)(?<!,)\s+(?:{any_of('subject')})\s*$", re.I),
    )


def directorate_in(texts: list[str], codes: Codes) -> tuple[str | None, str | None]:
    """(directorate as printed, council) of the free lines of a title, periods already taken out: a name that is
    known, else one that says that it is a directorate, else the first that is left."""
    council: str | None = None
    words = _patterns(codes)
    plain: list[str] = []
    said: list[str] = []
    for text in texts:
        before = len(plain)
        known = _known(text, codes)
        if known:
            return known, council or _council(text, words)[0]
        for stretch in _stretches(text):
            found, rest = _council(stretch, words)
            council = council or found
            if words.other.search(rest):
                continue
            name = _stripped(rest, words)
            if (
                not name
                or name.casefold() in codes.words["alone"]
                or not re.search(r"[^\W\d_]{2}", name)
                or len(name) >= 80
                or len(name.split()) > 9
            ):
                continue
            named = _OWN.search(rest) or words.director.search(words.attached.sub("", rest).strip())
            (said if named else plain).append(name)
        # 'Corporate Performance Report: Housing' is that of Housing.
        plain[before:] = sorted(plain[before:], key=codes.is_whole_council)
    return next(iter([*said, *plain]), None), council


def _known(text: str, codes: Codes) -> str | None:
    """The longest name of the list that stands in the text as words."""
    words = key(text.replace(GONE, " "))
    for name in sorted(codes.directorates, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
        if found:
            printed = re.search(r"\s+".join(map(re.escape, name.split())), text, re.I)
            return printed.group() if printed else name
    return None


def _stretches(text: str) -> Iterator[str]:
    yield from (stretch.strip() for stretch in _SEPARATORS.split(text) if stretch.strip())


def _council(text: str, words: _Patterns) -> tuple[str | None, str]:
    if _BOROUGH.fullmatch(text) and not words.paper.search(text):
        return text, ""
    found = words.council.match(text)
    return (found.group().strip(), text[found.end() :]) if found else (None, text)


def _stripped(text: str, words: _Patterns) -> str:
    """'Scorecard for the Place Directorate' -> 'Place'; words of titles inside a name stay."""
    name = words.attached.sub("", text).strip()
    by = words.director.match(name)
    if by:
        name = name[by.end() :]
    elif _REPORT_OF.match(name):
        return ""
    before = None
    while name != before:
        before = name
        name = words.leading.sub("", name, count=1).strip()
        if not words.joined.search(name):
            name = words.trailing.sub("", name).strip()
        name = words.subject.sub("", name)
    return " ".join(name.split())
