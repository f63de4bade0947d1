"""Headings made of headings that are known: 'RAG previous quarter', 'Commentary / Actions', 'Description of measure'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.codes import Codes

_TOKEN = re.compile(r"[^\s/&,()\[\]:+;|?-]+|[/&+]")
_FILLERS = frozenset(
    [
        "the",
        "for",
        "from",
        "since",
        "to",
        "against",
        "compared",
        "comparison",
        "with",
        "vs",
        "v",
        "versus",
        "in",
        "on",
        "by",
        "at",
        "per",
        "as",
        "is",
        "a",
        "of",
        "and",
        "our",
        "over",
        "this",
        "being",
        "overall",
        "total",
        "corporate",
        "council",
        "key",
        "main",
        "end",
        "strategic",
        "operational",
        "local",
        "name",
        "title",
        "/",
        "&",
        "+",
    ]
)
_JOINING = frozenset(["/", "&", "+", "and"])
_OF = frozenset(["of", "for", "on"])
_COMPARED = frozenset(["vs", "v", "versus", "against", "compared", "from", "since"])
_ALONE = frozenset(["name", "title"])
"""Headings of the measure when they stand alone; 'officer name' is the officer."""
_LABELS = frozenset(
    [
        "reference",
        "measure",
        "priority",
        "owner",
        "unit",
        "polarity",
        "frequency",
        "source",
        "definition",
        "portfolio",
        "service",
        "comments",
        "actions",
        "progress_summary",
        "directorate",
        "period",
    ]
)
"""Fields that are texts: of 'measure owner' the last word says what it is, of 'owner of measure' the first."""
_RULES: tuple[tuple[frozenset[str], frozenset[str], str], ...] = tuple(
    (frozenset(needed.split()), frozenset(beside.split()), meaning)
    for needed, beside, meaning in (
        ("rag forecast", "year_end latest target annual_target", "forecast_rag"),
        ("forecast_rag", "forecast year_end latest", "forecast_rag"),
        ("rag previous", "latest", "rag_previous"),
        ("rag previous_year", "latest", "rag_previous"),
        ("rag", "latest target annual_target year_to_date measure", "rag"),
        ("direction", "previous previous_year latest baseline year_to_date measure target", "direction"),
        ("variance", "target annual_target ytd_target previous previous_year latest benchmark baseline year_to_date"
                     " forecast", "variance"),
        ("benchmark", "latest previous previous_year year_end measure", "benchmark"),
        ("target year_to_date", "latest", "ytd_target"),
        ("target year_end", "", "annual_target"),
        ("target previous_year", "latest year_end", "previous_target"),
        ("target previous", "latest", "previous_target"),
        ("forecast", "latest year_end measure", "forecast"),
        ("year_to_date", "latest measure", "year_to_date"),
        ("previous_year", "latest year_end year_to_date", "previous_year"),
        ("previous", "latest", "previous"),
        ("year_end", "latest", "year_end"),
        ("baseline", "latest year_end measure", "baseline"),
        ("comments", "latest rag variance direction target measure year_to_date forecast progress_summary actions",
         "comments"),
        ("progress_summary", "latest actions year_to_date rag", "progress_summary"),
        ("latest", "measure", "latest"),
        ("target", "measure", "target"),
    )
)  # fmt: skip
_TOGETHER = frozenset(
    map(
        frozenset,
        (
            ("comments", "actions"),
            ("comments", "progress_summary"),
            ("progress_summary", "actions"),
            ("measure", "reference"),
            ("measure", "definition"),
            ("comments", "variance"),
            ("rag", "comments"),
        ),
    )
)
"""Fields that one column may hold together ('Commentary / Actions'); 'Target / Actual' is two figures in one."""


def composed(words: str, codes: Codes) -> str | None:
    """The field of a heading made of known ones; None when a word is unknown or they do not go together."""
    tokens = _tokens(words)
    if not 2 <= len(tokens) <= 12:
        return None
    known, vocabulary = _by_tokens(codes)
    if not vocabulary.issuperset(tokens):
        return None
    for pieces in _pieces(tuple(tokens), known):
        fields = [piece for piece, field in pieces if field]
        between = {piece for piece, field in pieces if not field}
        if meaning := _together(
            fields, bool(_JOINING & between), bool(_OF & between), bool(_COMPARED & between)
        ):
            return meaning
    return None


def _pieces(
    tokens: tuple[str, ...], known: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[tuple[str, bool], ...]]:
    """The ways to cut the tokens into known headings (field, True) and fillers (word, False), longest first."""
    if not tokens:
        yield ()
    for length in range(min(6, len(tokens)), 0, -1):
        if field := known.get(tokens[:length]):
            for rest in _pieces(tokens[length:], known):
                yield ((field, True), *rest)
    if tokens and tokens[0] in _FILLERS:
        for rest in _pieces(tokens[1:], known):
            yield ((tokens[0], False), *rest)


def compares(words: str) -> bool:
    """'DoT vs Q2', 'change since last year': the period in it is the one compared with."""
    return bool(_COMPARED & set(_tokens(words)))


def only_fillers(words: str) -> bool:
    """'as at', 'for the': words that say nothing without the period that stood beside them."""
    return _FILLERS.issuperset(_tokens(words))


@lru_cache(maxsize=8)
def _by_tokens(codes: Codes) -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    """The headings by their tokens, and every token that a heading may hold."""
    known = {
        tuple(_tokens(heading)): field for heading, field in codes.headings.items() if heading not in _ALONE
    }
    return known, _FILLERS.union(*known)


def _tokens(words: str) -> list[str]:
    """'last year's rag (q)' -> last, year, rag, q."""
    return _TOKEN.findall(re.sub(r"'s?(?!\w)", "", words))


def _together(fields: list[str], joined: bool, of: bool, compared: bool) -> str | None:
    distinct = list(dict.fromkeys(fields))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    if joined:
        held = frozenset(distinct)
        return None if held not in _TOGETHER else "measure" if "measure" in held else distinct[0]
    if set(distinct) == {"target", "latest"}:
        return "variance" if compared else "target" if distinct[-1] == "target" else None
    head = distinct[0] if of else distinct[-1]
    if head in _LABELS and set(distinct) <= _LABELS | {"latest", "target"}:
        return head
    for needed, beside, meaning in _RULES:
        if needed <= set(distinct) <= needed | beside:
            return meaning
    return None
