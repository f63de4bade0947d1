"""The three code lists of the value grammar, ready for look-up.

``blanks.csv``: what a cell prints instead of a value (text, status, match). ``units.csv``: what stands
behind a number (text, unit, kind). ``shorthand.csv``: marks behind a number (text, mark, kind, alone,
meaning). All three belong to the performance team; a new word is a new line, never a new rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pipeline.codes.lists import CodeListError, read_list
from pipeline.codes.text import raised

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "codes"
MATCHES = ("whole", "start", "date", "whole or date")
"""A text of ``blanks.csv`` counts when it is the whole cell; also with words behind it (start); only with a
date behind it (date); alone or with a date (whole or date)."""
KINDS = ("shorthand", "word", "rating", "symbol")

Row = Mapping[str, str]


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """How texts are compared: case folded, ligatures and full-width letters plain, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("\\", "/")
    return re.sub(r"\s?/\s?", "/", " ".join(folded.split()))


def _by_first_letter(texts: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """One pattern for each first character, longest text first; a word must end where it ends."""
    groups: dict[str, list[str]] = {}
    for text in sorted(texts, key=len, reverse=True):
        groups.setdefault(text[0], []).append(re.escape(text) + (r"(?![^\W_])" if text[-1].isalnum() else ""))
    return {first: re.compile("|".join(group), re.IGNORECASE) for first, group in groups.items()}


@dataclass(frozen=True, eq=False)
class ValueCodes:
    """The look-ups of the value grammar.

    ``blanks`` gives (status, match) for a text as ``key`` writes it; ``units`` (unit, kind) for a text case
    folded; ``marks`` (mark, kind, status when it stands alone) for a text as printed.
    """

    blanks: Mapping[str, tuple[str, str]]
    units: Mapping[str, tuple[str, str]]
    marks: Mapping[str, tuple[str, str, str]]
    unit_patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, blanks: Iterable[Row], units: Iterable[Row], shorthand: Iterable[Row]) -> ValueCodes:
        """Build from the rows of the three lists. CodeListError for an unknown match or kind."""
        found_blanks = {key(row["text"]): (row["status"], row["match"]) for row in blanks}
        found_units = {raised(row["text"].casefold()): (row["unit"], row["kind"]) for row in units}
        found_marks = {row["text"]: (row["mark"], row["kind"], row["alone"]) for row in shorthand}
        for text, (_, match) in found_blanks.items():
            if match not in MATCHES:
                raise CodeListError(
                    f"blanks.csv: {text!r} has match {match!r}; it must be one of {', '.join(MATCHES)}"
                )
        for text, (_, kind, _) in found_marks.items():
            if kind not in KINDS:
                raise CodeListError(
                    f"shorthand.csv: {text!r} has kind {kind!r}; it must be one of {', '.join(KINDS)}"
                )
        return cls(found_blanks, found_units, found_marks, _by_first_letter(found_units))

    @classmethod
    def load(cls, folder: Path | str = FOLDER) -> ValueCodes:
        """Read the three lists of a folder. OSError when one is missing, CodeListError when one breaks its form."""
        place = Path(folder)
        return cls.of(
            read_list(place / "blanks.csv", "text", "status", "match"),
            read_list(place / "units.csv", "text", "unit", "kind"),
            read_list(place / "shorthand.csv", "text", "mark", "kind", "alone"),
        )

    def unit_at(self, text: str, position: int) -> tuple[int, str, str, str] | None:
        """The longest unit printed at a position: (end, unit, kind, the text as printed)."""
        pattern = self.unit_patterns.get(text[position : position + 1].casefold())
        found = pattern.match(text, position) if pattern else None
        if not found:
            return None
        unit, kind = self.units[found.group().casefold()]
        return found.end(), unit, kind, found.group()

    def mark(self, printed: str, kinds: tuple[str, ...] = KINDS) -> str | None:
        """The mark that a printed sign, letter or word stands for; 'R' is Red, 'r' revised."""
        for text in (printed, printed.lower()):
            found = self.marks.get(text)
            if found and found[1] in kinds:
                return found[0]
        return None


@cache
def default_codes() -> ValueCodes:
    """The lists of this project."""
    return ValueCodes.load()
