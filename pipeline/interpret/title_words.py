"""Whose scorecard it is, told by the words of a title that are neither period, council nor kind of document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.codes import Codes
from pipeline.codes_values import key
from pipeline.interpret.periods import GONE

COUNCIL = re.compile(
    r"^.*?\b(?:Council|COUNCIL|Corporation|Authority|AUTHORITY)\b(?!\s+(?:Business|Tax|Priorit|Plan|House|Home|Performance|Wide|Strategy))"
    r"|^.*?\b(?:Borough of|BOROUGH OF) [A-Z]\w+(?:\s(?:upon|and)\s[A-Z]\w+(?=\s*$))?",
)
_BOROUGH = re.compile(r"(?:[A-Z]\w+ )?Borough of [A-Z][\w'-]+(?: (?:upon|on|and|in))?(?: [A-Z][\w'-]+){0,2}")
"""All of a stretch: 'Borough of Ashby Vale' is a council, no directorate called Vale."""
_SEPARATORS = re.compile(
    rf"{GONE}+|\s[/|\u2010-\u2015-]\s|[|;\u2022()\[\]\u2014]|:(?=\s|$)|(?<=\w)[\u2013\u2014](?=\s)"
    r"|(?i:(?<=report)|(?<=scorecard)|(?<=return)|(?<=dashboard)),"
)
_OTHER = re.compile(
    r"\b(?:committee|cabinet|scrutiny|panel|sub-?committee|agenda|meeting|chief executive of|official|protectively marked"
    r"|restricted|confidential|version|page|email|telephone)\b|^\s*(?:appendix|annex|item|schedule|enclosure|part)\s+\w{1,3}\s*$"
    r"|^\s*(?:\d+\.?\s*)?(?:purpose|background|introduction|recommendations?|conclusions?|executive summary|key issues"
    r"|(?:financial|legal|equality) implications|wards? affected|subject|date)\b",
    re.I,
)
"""Stretches of a title that tell of the meeting or the paper and not of the directorate."""
_PAPER = re.compile(
    r"^\s*(?:appendix|annex|item|schedule|enclosure)\s+(?:[a-z]|\d{1,2}[a-z]?)\b\s*[.:-]?\s*", re.I
)
_DIRECTOR = re.compile(
    r"^(?:report (?:of|by|from) )?(?:the )?(?:(?:corporate|executive|strategic|assistant|deputy|interim) )*"
    r"(?:director|head|manager) (?:of|for) (?:the )?",
    re.I,
)
_REPORT_OF = re.compile(r"^report (?:of|by|from|to) ", re.I)
_OWN = re.compile(r"(?<!\w)(?:directorate|department|dept)\.?(?!\w)(?:\s+(?:of|for)(?!\w))?", re.I)
_KIND = (
    r"balanced score\s?cards?|score\s?cards?|performance (?:management|monitoring|indicators?|measures?|summary|overview)"
    r"|(?:monitoring|management|progress|summary|exception) report|key (?:performance )?(?:indicators?|measures?)|kpis?|pis"
    r"|performance|dash\s?boards?|reports?|returns?|indicators|quarterly|at a glance|quarter|qtr|period|year[- ]end|end of year|year|financial"
    r"|(?:mid|half)[- ]year(?:ly)?|(?:business|service|corporate|council|delivery|improvement) plan(?: monitoring)?|reporting|monitoring|results|outturn|summary|overview|update|position|comparison|final|draft"
    r"|v\d+(?:\.\d+)?|(?:three|six|nine|twelve|3|6|9|12)[- ]months?|20\d{4}|(?:19|20)\d\d|end(?:ing|ed)?|data|name|directorates?|department|dept"
)
_LONE = frozenset(
    ["strategic", "operational", "annual", "monthly", "service", "services", "management", "council"]
)
"""Words of titles that name no directorate when nothing else is left of a stretch."""
_LINKS = r"for|of|the|to|in|at|on|by|as|from|and|&|a"
_LEADING = re.compile(
    rf"^(?:[-,.:/\u2010-\u2015\s]+|(?:{_KIND})(?!\w)(?!\s*(?:,|&|and\b))|(?:{_LINKS})(?!\w))\s*", re.I
)
_TRAILING = re.compile(
    rf"(?:\s*[-,.:/\u2010-\u2015]+|(?<!\band)(?<!&)(?<!,)\s+(?:{_KIND}|{_LINKS})|^(?:{_KIND}|{_LINKS}))\s*$",
    re.I,
)
_KIND_WORD = re.compile(rf"(?<!\w)(?:{_KIND})(?!\w)", re.I)
_AND_KIND = re.compile(rf"(?:\band|&|,)\s+(?:{_KIND})\s*$", re.I)
"""'Strategy and Performance' ends in a word of titles that belongs to the name."""


def directorate_in(texts: list[str], codes: Codes) -> tuple[str | None, str | None]:
    """(directorate as printed, council) of the free lines of a title, periods already taken out: a name that is
    known, else one that says that it is a directorate, else the first that is left."""
    council: str | None = None
    plain: list[str] = []
    said: list[str] = []
    for text in texts:
        before = len(plain)
        known = _known(text, codes)
        if known:
            return known, council or _council(text)[0]
        for stretch in _stretches(text):
            found, rest = _council(stretch)
            council = council or found
            if _OTHER.search(rest):
                continue
            name = _stripped(rest)
            if (
                not name
                or name.casefold() in _LONE
                or not re.search(r"[^\W\d_]{2}", name)
                or len(name) >= 80
                or len(name.split()) > 9
            ):
                continue
            (said if _OWN.search(rest) or _DIRECTOR.search(_unpapered(rest)) else plain).append(name)
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


def _council(text: str) -> tuple[str | None, str]:
    if _BOROUGH.fullmatch(text) and not _KIND_WORD.search(text):
        return text, ""
    found = COUNCIL.match(text)
    return (found.group().strip(), text[found.end() :]) if found else (None, text)


def _unpapered(text: str) -> str:
    return _PAPER.sub("", text).strip()


def _stripped(text: str) -> str:
    """'Scorecard for the Place Directorate' -> 'Place'; words of titles inside a name stay."""
    name = _unpapered(text)
    by = _DIRECTOR.match(name)
    if by:
        name = name[by.end() :]
    elif _REPORT_OF.match(name):
        return ""
    before = None
    while name != before:
        before = name
        name = _LEADING.sub("", name, count=1).strip()
        if not _AND_KIND.search(name):
            name = _TRAILING.sub("", name).strip()
    return " ".join(name.split())
