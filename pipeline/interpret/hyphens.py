"""Words broken by a hyphen at the end of a line, made whole where that is certain.

It is where the document prints the whole word elsewhere, or where the hyphen is one that only programs set. 'self-service'
has its hyphen anywhere; 'perfor-mance' is left as printed, for nothing in the document tells it from that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from pipeline.codes.values import key
from pipeline.shapes import Cell

HYPHENS = "-\u2010\u00ad"
BROKEN = re.compile(rf"\b(\w*[a-z])([{HYPHENS}])\n([a-z]\w*)")
"""The parts of a word that goes on in the next line, and its hyphen."""
COMPOUND = re.compile(r"(?<=\w[-\u2010])\n(?=[A-Z0-9])")
"""The end of a line within 'Lewis-Jones' or '2013-14': what goes on with a capital or a figure has its hyphen anywhere."""
SET = "\u2010\u00ad"
"""Hyphens that keyboards do not have: programs that break lines set them."""
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")


class Hyphens:
    """Knows the words that a document prints whole."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells

    @cached_property
    def words(self) -> set[str]:
        """Folded, those with a hyphen in one; looked up only where a word is broken."""
        return {word for cell in self.cells for word in WORD.findall(_whole_lines(cell.text))}

    def broken(self, text: str) -> Mapping[str, str | None]:
        """Each broken word of a text as printed -> the whole word, or None where it is not certain."""
        if not any(f"{hyphen}\n" in text for hyphen in HYPHENS):
            return {}
        return {found[0]: self._whole(found) for found in BROKEN.finditer(text)}

    def mended(self, text: str) -> str:
        """The text with the words whole of which that is certain."""
        for printed, whole in self.broken(text).items():
            if whole:
                text = text.replace(printed, whole)
        return COMPOUND.sub("", text)

    def _whole(self, found: re.Match[str]) -> str | None:
        first, hyphen, second = found.groups()
        with_hyphen = f"{first}-{second}".casefold()
        if with_hyphen in self.words:
            return f"{first}-{second}"
        sure = hyphen in SET or f"{first}{second}".casefold() in self.words
        return f"{first}{second}" if sure else None


def _whole_lines(text: str) -> str:
    return "\n".join(key(line).replace("\u2010", "-") for line in BROKEN.sub(" ", text).split("\n"))
