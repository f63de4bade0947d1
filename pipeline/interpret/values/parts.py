"""Cells that hold several values under labels: 'a) 6.88 b) 6.70', '(i) 5 (ii) 6', 'A: 85% B: 60%'."""

from __future__ import annotations

import re

from pipeline.codes.text import Printed

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_SERIES = r"[a-h]|[ivx]{1,4}"
_LABEL = re.compile(
    rf"(?:(?<=[\s,;/])|^)(?:\(\s?(?P<round>{_SERIES}|\d)\s?\)\s?[:=]?|(?P<closed>{_SERIES}|\d)\s?\)\s?[:=]?"
    rf"|(?P<dotted>{_SERIES})(?:\s?[:=]|\.(?!\w)|\s-\s))",
    re.I,
)


def parts(cell: Printed) -> tuple[tuple[str, Printed], ...]:
    """The labelled parts, in order: (label, its stretch without label). () when the text has no labels.

    Labels count only when they start the text and follow one another: a b c, i ii iii, 1 2 3 (not '.' or
    ':' behind a digit, which would be decimals and times). A label on its own is one when it has a bracket.
    """
    found = list(_LABEL.finditer(cell.plain))
    if not found or found[0].start() != 0:
        return ()
    labels = [_label(match) for match in found]
    for series in (_ROMAN, tuple("123456789"), tuple("abcdefgh")):
        if labels[0] in series:
            chosen = _follow(labels, series)
            break
    else:
        return ()
    first = found[0]
    if len(chosen) == 1 and (first["dotted"] or labels[0].isdigit() or labels[0] in _ROMAN[1:]):
        return ()
    if labels[0].isdigit() and labels[0] != "1":
        return ()
    starts = [found[index].end() for index in chosen]
    ends = [found[index].start() for index in chosen[1:]] + [len(cell.plain)]
    stretches = [_trimmed(cell, start, end) for start, end in zip(starts, ends, strict=True)]
    if not any(stretch.plain for stretch in stretches):
        return ()
    return tuple((labels[index], stretch) for index, stretch in zip(chosen, stretches, strict=True))


def _label(match: re.Match[str]) -> str:
    return (match["round"] or match["closed"] or match["dotted"]).lower()


def _follow(labels: list[str], series: tuple[str, ...]) -> list[int]:
    """The positions of the labels that follow one another in a series, from the first on."""
    chosen, following = [0], series.index(labels[0]) + 1
    for index in range(1, len(labels)):
        if following < len(series) and labels[index] == series[following]:
            chosen.append(index)
            following += 1
    return chosen


def _trimmed(cell: Printed, start: int, end: int) -> Printed:
    """A part without the comma, semicolon or 'and' that leads to the next."""
    part = cell.cut(start, end)
    found = re.search(r"\s?(?:[,;/&]|\band)$", part.plain, re.I)
    return part.cut(0, found.start()) if found else part
