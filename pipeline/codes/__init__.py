"""The code lists that interpretation looks things up in; all of them belong to the performance team."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.codes.lists import CodeListError, read_list
from pipeline.codes.values import ValueCodes, key

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "codes"

WHOLE = "whole council"
WORDS = (
    *("paper", "subject", "alone", "beside", "attachment", "chapter", "rank", "office", "after council"),
    *("total", "grade", "numbered"),
)
"""What a line of words.csv may say of its text."""


@dataclass(frozen=True, eq=False)
class Codes:
    """``headings`` heading -> field; ``ratings`` text -> (rating, source); ``directions`` text -> direction;
    ``directorates`` name -> its (code, council) lines; ``furniture`` texts with ``#`` for any number;
    ``words`` what papers use in titles, totals and grades, by what each is. Texts as ``key`` writes them.
    """

    headings: Mapping[str, str]
    ratings: Mapping[str, tuple[str, str]]
    directions: Mapping[str, str]
    directorates: Mapping[str, tuple[tuple[str, str], ...]]
    furniture: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    values: ValueCodes

    def directorate(self, name: str, council: str | None) -> tuple[str, str] | None:
        """(code, council) of a printed name, or None when it is not known.

        The line of the council that the document names counts before one for all ('Harbour' is 'Harbour Borough
        Council'); lines of several councils that differ decide nothing for a document that names none of them.
        """
        lines = self.directorates.get(key(name), ())
        said = key(council or "")
        mine = [line for line in lines if line[1] and said and (key(line[1]) in said or said in key(line[1]))]
        for held in (mine, [line for line in lines if not line[1]], lines):
            if len({code for code, _ in held}) == 1:
                return held[0] if held is mine or not said else (held[0][0], "")
        return None

    def is_furniture(self, text: str) -> bool:
        """Whether a text is declared furniture: 'Page 2 of 4' by the line 'page # of #'."""
        return self.furniture.get(re.sub(r"\d+", "#", key(text))) not in (None, WHOLE)

    def is_whole_council(self, text: str) -> bool:
        """Whether a name stands for the council as a whole, not for a directorate of it: 'Corporate'."""
        return self.furniture.get(key(text)) == WHOLE


def load_codes(folder: Path | str = FOLDER) -> Codes:
    """Read the lists of a folder. OSError when one is missing, CodeListError when one breaks its form."""

    def rows(name: str, *needed: str) -> list[dict[str, str]]:
        return read_list(Path(folder) / name, *needed)

    return Codes(
        headings={key(row["heading"]): row["field"] for row in rows("headings.csv", "heading", "field")},
        ratings={
            key(row["text"]): (row["rating"], row["source"])
            for row in rows("ratings.csv", "text", "rating", "source")
        },
        directions={
            key(row["text"]): row["direction"] for row in rows("directions.csv", "text", "direction")
        },
        directorates=_grouped(
            (key(row["name"]), (row["directorate"], row["council"]))
            for row in rows("directorates.csv", "name", "directorate", "council")
        ),
        furniture={key(row["text"]): row["what"] for row in rows("furniture.csv", "text", "what")},
        words=_sets((row["what"], key(row["text"])) for row in rows("words.csv", "text", "what")),
        values=ValueCodes.load(folder),
    )


def _grouped(pairs: Iterable[tuple[str, tuple[str, str]]]) -> dict[str, tuple[tuple[str, str], ...]]:
    groups: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, line in pairs:
        groups[name] = (*groups.get(name, ()), line)
    return groups


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The texts of each kind. CodeListError where a kind has no line left: a pattern of no words fits everything."""
    held = list(pairs)
    for what in WORDS:
        if not any(other == what for other, _ in held):
            raise CodeListError(f"words.csv: no line says “{what}”; at least one has to.")
    return {what: frozenset(text for other, text in held if other == what) for what, _ in held}
