"""Which measure a wording is: normalised words, scope, and an identity that never changes.

Two wordings join by themselves when ``normalise`` makes them equal, or when a person has said so in
``schemas/codes/wordings.csv``. Nothing else joins: near wordings become suggestions (``pipeline.load.suggestions``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Row = Mapping[str, Any]

_PERCENT = re.compile(r"\bper\s?cent(?:age)?\b|\bpercentage\b|\bpct\b|%")
_NOT_WORD = re.compile(r"[^a-z0-9.]+")
_LOOSE_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def normalise(wording: str) -> str:
    """A wording without what does not matter: case, spacing, punctuation, kinds of quotes, '&' or 'and', '%'.

    '100% of staff' and '100 per cent of staff' become '100 percent of staff'. Numbers keep their point.
    """
    text = unicodedata.normalize("NFKC", wording).casefold()
    text = text.replace("’", "'").replace("‘", "'").replace("\u00ad", "")
    text = _APOSTROPHE.sub("", text)
    text = _THOUSANDS.sub("", text)
    text = _PERCENT.sub(" percent ", text).replace("&", " and ")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _LOOSE_POINT.sub(" ", text)
    return _NOT_WORD.sub(" ", text).strip()


def measure_id(wording: str, scope: str) -> str:
    """A readable name with a short hash: 'staff-with-an-appraisal-3f9a12c4' for this wording in this scope."""
    plain = normalise(wording)
    digest = hashlib.sha256(f"{plain}|{normalise(scope)}".encode()).hexdigest()[:8]
    slug = ""
    for word in plain.replace(".", "").split():
        if len(slug) + len(word) > 40:
            break
        slug = f"{slug}-{word}" if slug else word
    return f"{slug or 'measure'}-{digest}"


@dataclass(frozen=True)
class Identities:
    """The people's decisions on wordings and the renamings of directorates, ready to ask.

    A line of either list holds for its council; one without a council holds for all.
    """

    decided: Mapping[tuple[str, str, str, str], str]
    origins: Mapping[tuple[str, str], str]

    @classmethod
    def from_lists(cls, wordings: Iterable[Row], history: Iterable[Row]) -> Identities:
        """From the rows of wordings.csv and directorate_history.csv."""
        decided = {
            (
                normalise(row["wording"]),
                row.get("council") or "",
                row["directorate"] or "",
                normalise(row["section"] or ""),
            ): row["measure_id"]
            for row in wordings
        }
        return cls(decided, _origins(history))

    def lineage(self, directorate: str, council: str | None) -> str:
        """The oldest name of a directorate that was only renamed; its own name otherwise."""
        whose = council or ""
        return self.origins.get((whose, directorate)) or self.origins.get(("", directorate), directorate)

    def of(
        self, wording: str, directorate: str | None, section: str | None, council: str | None = None
    ) -> tuple[str, str]:
        """(measure_id, how it was found: 'decided' by a person or 'wording').

        A decision for this council counts before one for all, then one for this directorate, then one for this
        section. Without a decision the scope is the directorate, under its oldest name when it was only renamed.
        """
        plain, origin = normalise(wording), self.lineage(directorate or "", council)
        whose = dict.fromkeys((directorate or "", origin, ""))
        where = dict.fromkeys((normalise(section or ""), ""))
        for key in product(dict.fromkeys((council or "", "")), whose, where):
            found = self.decided.get((plain, *key))
            if found:
                return found, "decided"
        return measure_id(wording, origin), "wording"


def _origins(history: Iterable[Row]) -> dict[tuple[str, str], str]:
    """(council or '' for all, directorate) -> its oldest name, through renamings only.

    What holds for all councils goes on in a council that has renamings of its own.
    """
    renamed = [row for row in history if row["what"] == "directorate" and row["change"] == "renamed"]
    origins = {}
    for council in {row.get("council") or "" for row in renamed}:
        of_all = {row["new"]: row["old"] for row in renamed if not row.get("council")}
        before = of_all | {row["new"]: row["old"] for row in renamed if row.get("council") == council}
        for name in before:
            oldest, seen = name, {name}
            while before.get(oldest, oldest) not in seen:
                oldest = before[oldest]
                seen.add(oldest)
            origins[council, name] = oldest
    return origins
