"""Whether a text that was taken for words holds a figure after all, so that someone should look at it."""

from __future__ import annotations

import re

from pipeline.interpret.periods import GONE, names_in
from pipeline.interpret.values.tail import TURNING

_NAMED = re.compile(
    r"(?<![^\W_])(?:level|grade|band|tier|(?:key )?stage|ks|phase|category|cat|class|group|ni|bv|bvpi|pi|kpi|part|step|option|version"
    r"|v|type|zone|item|no|section|appendix|page|ref|priority|objective|outcome|rank(?:ed)?|position|place|top|bottom|quarter"
    r"|week|year|years|wave|cohort|target|note|code|index|rule|regulation|article|form|room|covid)[.:]?-?\s?#?\s?\d+[a-z+]?(?![\d%.])",
    re.I,
)
"""'Key Stage 4', 'Band D2', 'Top 10': names and ranks."""
_ORDINAL = re.compile(r"(?<!\d)\d+(?:st|nd|rd|th)(?![^\W_])(?:\s(?:out )?of \d+)?", re.I)
_RANKED = re.compile(r"(?:rank(?:ed)?|position|place)\D{0,12}\d+ (?:out )?of \d+", re.I)
_GRADES = re.compile(r"\d\+?\s?(?:x\s)?(?:a\*|good )\S*", re.I)
_SHARE = re.compile(
    r"(?<!\d)[+-]?\s?\d[\d,.]*\s?(?:%|per ?cent|pp\b|ppts?\b|percentage points?|% points?)(?:\s?points?)?",
    re.I,
)
_TOP = re.compile(r"(?:top|bottom|upper|lower|best|worst)\s\d+\s?%", re.I)
_DURATION = re.compile(r"(?<!\d)\d+[- ](?:hour|day|week|month|year)(?:ly)?(?= [a-z])", re.I)
_CHANGES = TURNING - {"above", "below", "over", "under", "ahead", "behind", "adverse", "favourable"} | {
    *("improve", "reduce", "raise", "grow", "by", "maintain", "within")
}


def holds_figure(text: str) -> bool:
    """Whether digits are left when names, ranks, dates and relative changes ('5% improvement') are taken out."""
    if not any(map(str.isdigit, text)):
        return False
    words = text.lower() if len(text.lower()) == len(text) else text
    rest = names_in(words)[1].replace(GONE, " ")
    for pattern in (_RANKED, _NAMED, _ORDINAL, _GRADES, _TOP, _DURATION):
        rest = pattern.sub(" ", rest)
    shares = _SHARE.findall(rest)
    if len(shares) == 1 and _CHANGES & set(re.findall(r"[a-z]+", rest)):
        rest = _SHARE.sub(" ", rest)
    return any(map(str.isdigit, rest))
