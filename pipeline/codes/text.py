"""A printed text made plain for reading, with the way back to its own characters.

Foreign digits, full-width letters, kinds of minus and space become plain ones; each kept character
knows where it stood, so that digits are always quoted as printed. Superscripts stay what they are:
``72%¹`` is 72 with a mark, never 721.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

RAISED = {figure: chr(0xE000 + place) for place, figure in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
"""Raised figures stand in ``plain`` as characters that are neither digit nor letter, so that no rule takes
one for either; ``raised`` and ``printed_figures`` go there and back."""

LONGEST = 400
"""Characters of a value cell; anything longer is prose."""

_PLAIN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008", "\u00a0"),
    **dict.fromkeys("\u066a\ufe6a", "%"),
    **dict.fromkeys("\u2044\u2215", "/"),
    **RAISED,
    **dict.fromkeys(RAISED.values(), "\ufffd"),
    "\u00ad": " ",
    "\u066b": ".",
    "\u066c": ",",
    "\u2236": ":",
    "\u223c": "~",
    "\u2a7d": "\u2264",
    "\u2a7e": "\u2265",
    "\ufe0f": " ",
    "\ufe0e": " ",
}
_TO_RAISED = str.maketrans(RAISED)
_FROM_RAISED = str.maketrans({plain: figure for figure, plain in RAISED.items()})
_memory: dict[str, str] = {}


def _plain(character: str) -> str:
    """One character for one character."""
    plain = _memory.get(character)
    if plain is None:
        digit = unicodedata.decimal(character, None)
        category = unicodedata.category(character)
        if digit is not None:
            plain = str(digit)
        elif character in _PLAIN:
            plain = _PLAIN[character]
        elif character.isspace() or category in ("Cc", "Cf"):
            plain = " "
        elif "\uff01" <= character <= "\uff5e":
            plain = chr(ord(character) - 0xFEE0)
        else:
            plain = character
        if len(_memory) < 5000:
            _memory[character] = plain
    return plain


def raised(text: str) -> str:
    """A text of a code list ('m²') as ``plain`` writes it."""
    return text.translate(_TO_RAISED)


def printed_figures(plain: str) -> str:
    """Raised figures of ``plain`` as printed."""
    return plain.translate(_FROM_RAISED)


@dataclass(frozen=True, slots=True)
class Printed:
    """``text`` as printed and ``plain`` as read; ``places[i]`` is where ``plain[i]`` stands in ``text``."""

    text: str
    plain: str
    places: tuple[int, ...]

    def slice(self, start: int, end: int) -> str:
        """The characters as printed behind ``plain[start:end]``."""
        return self.text[self.places[start] : self.places[end - 1] + 1] if end > start else ""

    def cut(self, start: int, end: int) -> Printed:
        """A stretch of the same printed text, without spaces around it."""
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return Printed(self.text, self.plain[start:end], self.places[start:end])


def printed(text: str) -> Printed | None:
    """The text made plain: spaces around it gone, runs of spaces one. None when too long for a value.

    A single no-break or thin space stays U+00A0 (it may group thousands); all others become a space.
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if end - start > 4 * LONGEST:
        return None
    plain: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        character = _plain(text[place])
        if character.isspace() and plain and plain[-1].isspace():
            plain[-1] = " "
            continue
        plain.append(character)
        places.append(place)
    if len(plain) > LONGEST:
        return None
    return Printed(text, "".join(plain), tuple(places)).cut(0, len(plain))
