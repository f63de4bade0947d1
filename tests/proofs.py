"""The two proofs that need no truth, for any document: each filled cell of the file is claimed once, and each fact
stands where its place says. The file is opened by other programs than the project's readers (tests/sources.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.interpret.measure import MARK
from pipeline.shapes import Cell, Reading
from tests.sources import Word, held_in, letters, words_on

Row = dict[str, Any]

WHOLE, JOINED, NAMED, WITHIN = "whole", "joined", "named", "within"
FACTS = {
    ("documents", "place"): ("title_text", JOINED),
    ("documents", "directorate_place"): ("directorate_text", WITHIN),
    ("documents", "period_place"): ("period_text", WITHIN),
    ("priorities", "place"): ("priority", JOINED),
    ("priorities", "rag_place"): ("rag_text", WHOLE),
    ("priorities", "portfolio_place"): ("portfolio", JOINED),
    ("priorities", "progress_summary_place"): ("progress_summary", JOINED),
    ("measures", "place"): ("measure", NAMED),
    ("measures", "target_place"): ("target_text", WHOLE),
    ("measures", "rag_place"): ("rag_text", WHOLE),
    ("results", "place"): ("value_text", WHOLE),
    ("other_values", "place"): ("value_text", WHOLE),
}
"""Each place of a fact -> (the column that says what is printed there, how): ``whole``: the text of the cell, or of a line of it behind a label, and
nothing else; ``joined``: it begins there and goes on in other cells; ``named``: but for the mark of a footnote;
``within``: as a piece of it, or joined."""
LABEL = re.compile(r"^[^:\d]{2,40}:\s*")
"""What a line of a cell says before its value."""
ABOUT = ("cells", "findings")
"""Tables whose place is not that of a fact."""
PRINTED = {
    "priorities": ("section",),
    "measures": (
        *("section", "priority", "reference", "direction_text", "owner", "comments", "polarity_text"),
        "portfolio",
    ),
    "results": ("heading",),
    "other_values": ("heading",),
}
"""Texts without a place of their own: each line of them must stand somewhere in the document."""
SIGNS = ("arrow-up", "arrow-down", "arrow-right")
"""What is said of a direction that is drawn and not printed."""


class Proof:
    """A document with its Readings, and what other programs find in it."""

    def __init__(self, file: Path, readings: Sequence[Reading]) -> None:
        self.file, self.readings = file, readings
        self.cells: list[Cell] = [claim.cell for reading in readings for claim in reading.ledger]
        self.rows: list[Row] = [dict(row) for reading in readings for row in reading.rows["cells"]]
        self.texts = {row["place"]: row["text"] for row in self.rows}
        self.broken = any("-\n" in text for text in self.texts.values())

    def faults_of_the_law(self) -> Iterator[str]:
        """What is claimed twice, or not, or is not in the file, or reads otherwise there."""
        places = Counter(row["place"] for row in self.rows)
        yield from (f"{place} is claimed {number} times" for place, number in places.items() if number > 1)
        yield from self._pages() if self.file.suffix == ".pdf" else self._stored()

    def _stored(self) -> Iterator[str]:
        held = held_in(self.file)
        yield from (f"{place} holds {held[place]!r} and is not claimed" for place in held.keys() - self.texts)
        for cell in self.cells:
            place = str(cell.place)
            if place not in held:
                yield f"nothing stands at {place}: {cell.text!r}"
            elif isinstance(held[place], str):
                if letters(held[place]) != letters(cell.text):
                    yield f"{place} holds {held[place]!r}, not {cell.text!r}"
            elif not _same(held[place], cell.native):
                yield f"{place} holds {held[place]!r}, not {cell.native!r}"

    def _pages(self) -> Iterator[str]:
        """Each word lies in one cell, and a cell holds its words in their order and no others. Of print that leans
        the letters are counted."""
        on_page: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            on_page[row["part"]].append(row)
        for part, (words, leaning) in words_on(self.file).items():
            held: dict[str, list[str]] = defaultdict(list)
            over = [row for row in on_page[part] if row["meaning"] == "watermark" and leaning]
            beside = [row for row in on_page[part] if row not in over]
            for word in words:
                around = [row["place"] for row in beside if _lies_in(word, row)]
                for place in around:
                    held[place].append(word.text)
                if len(around) != 1:
                    yield f"{word} is in {len(around)} cells: {around}"
            lost = Counter(letters(leaning))
            for row in on_page[part]:
                printed = "".join(held[row["place"]])
                if leaning and not printed:
                    lost.subtract(letters(row["text"]))
                elif letters(printed) != letters(row["text"]):
                    yield f"at {row['place']} stands {printed!r}, not {row['text']!r}"
            if any(lost.values()):
                yield f"the leaning letters of {part} are not those of its cells: {lost}"

    def faults_of_places(self) -> Iterator[str]:
        """Facts that do not stand where their place says."""
        for (table, column), (text_column, how) in FACTS.items():
            for row in self._of(table):
                place, text = row.get(column), row.get(text_column)
                if text and not place:
                    yield f"{table}: no place for {text!r}"
                elif place and text and not self._stands(str(text), place, how):
                    yield f"{table}: {text!r} does not stand at {place}, but {self.texts.get(place)!r}"
        for table, columns in PRINTED.items():
            for row in self._of(table):
                for text in (str(row[column]) for column in columns if row.get(column)):
                    if text not in SIGNS and not all(
                        self._letters(line) in self._all for line in text.split("\n")
                    ):
                        yield f"{table}: {text!r} stands nowhere"

    @property
    def facts(self) -> int:
        """How many facts have a place."""
        return sum(bool(row.get(column)) for table, column in FACTS for row in self._of(table))

    @cached_property
    def _all(self) -> str:
        return "\n".join(self._letters(row["text"]) for row in self.rows)

    def _of(self, table: str) -> Iterator[Row]:
        return (dict(row) for reading in self.readings for row in reading.rows.get(table, ()))

    def _stands(self, text: str, place: str, how: str) -> bool:
        printed = self.texts.get(place, "")
        said, held = self._letters(text), self._letters(printed)
        if said in self._lines(printed):
            return True
        match how:
            case "whole":
                return False
            case "named":
                return said == self._letters(MARK.sub("", printed)) or self._goes_on(said, place)
            case "within" if said in held:
                return True
            case _:
                return self._goes_on(said, place)

    def _lines(self, printed: str) -> set[str]:
        """Runs of lines of a cell, all of them among others, and single ones behind a label ('Target: 85%')."""
        lines = printed.split("\n")
        ends = [(a, b) for a in range(len(lines)) for b in range(a + 1, len(lines) + 1)]
        runs = {
            self._letters("\n".join(lines[a:b])) for a, b in ends if len(lines) < 40 or b - a == len(lines)
        }
        return runs | {self._letters(LABEL.sub("", line)) for line in lines}

    def _goes_on(self, said: str, place: str) -> bool:
        """Whether a text is that of the cell at the place and of others, one after the other."""
        rest, begun = said, False
        for row in self.rows:
            held = self._letters(row["text"])
            begun = begun or row["place"] == place
            if begun and held and rest.startswith(held):
                rest = rest.removeprefix(held)
            elif row["place"] == place:
                return False
        return not rest

    def _letters(self, text: str) -> str:
        """The letters of a text; where words are broken at the ends of lines, a fact has them whole: without hyphens."""
        return letters(text).replace("-", "") if self.broken else letters(text)


def _same(held: Any, native: Any) -> bool:
    """Whether two readers found the same number or day; calamine has no whole numbers."""
    if isinstance(held, float) and isinstance(native, int | float):
        return held == native
    return str(held) == str(native)


def _lies_in(word: Word, row: Row) -> bool:
    return bool(row["x0"] <= word.across <= row["x1"] and row["top"] <= word.down <= row["bottom"])
