"""What a person may want to join or confirm: near wordings, and measures the dictionary does not know.

Nothing here changes the warehouse. ``suggestions.csv`` holds lines for ``schemas/codes/wordings.csv`` and
``measures-proposed.csv`` lines for ``schemas/codes/measures.csv``: whoever agrees pastes them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from pipeline.identity import normalise

WORTH_A_LOOK = 80
"""Likeness of two wordings (0 to 100) from which a person is asked. It decides nothing: different measures of
one page reach 86."""
HEADINGS = ("wording", "directorate", "section", "measure_id", "decided_by", "decided_on", "why")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_SEEN = """
    SELECT council, directorate, measure_id, any_value(scope) AS scope,
        arg_max(measure, (coalesce(reported_period, 0), document_id)) AS measure,
        arg_max(section, (coalesce(reported_period, 0), document_id)) AS section,
        list_sort(list(DISTINCT document_id)) AS documents,
        min(reported_period) AS first_seen, max(reported_period) AS last_seen
    FROM built.lines
    WHERE directorate IS NOT NULL
    GROUP BY council, directorate, measure_id
    ORDER BY council, directorate, measure_id
"""


@dataclass(frozen=True)
class Seen:
    """A measure as one directorate reported it."""

    council: str | None
    directorate: str
    measure_id: str
    scope: str
    measure: str
    section: str | None
    documents: Sequence[str]
    first: int | None
    last: int | None

    @property
    def plain(self) -> str:
        return normalise(self.measure)

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(sorted(_NUMBER.findall(self.plain)))


def write_suggestions(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write suggestions.csv and measures-proposed.csv into ``folder``; both are there even when empty."""
    rows = connection.execute(_SEEN).fetchall()
    seen = [Seen(*row) for row in rows]
    _write(folder / "suggestions.csv", HEADINGS, suggest(seen))
    answer = connection.execute("SELECT * FROM measure_proposals ORDER BY measure_id")
    names = [column[0] for column in answer.description]
    _write(folder / "measures-proposed.csv", names, answer.fetchall())


def suggest(seen: Iterable[Seen]) -> list[tuple[str, ...]]:
    """Lines for wordings.csv, the likeliest first within a directorate.

    Two measures that stand in one document are different measures, whatever their words; that is never
    suggested. Asked is only about the same directorate (a wording that changed from one period to the next) and
    about a corporate measure that another directorate words nearly alike.
    """
    listed = list(seen)
    groups: dict[tuple[str | None, str], list[Seen]] = defaultdict(list)
    for one in listed:
        groups[one.council, one.directorate].append(one)
    corporate: dict[str | None, dict[str, Seen]] = defaultdict(dict)
    for one in listed:
        if one.scope == "corporate":
            corporate[one.council].setdefault(one.measure_id, one)
    lines = []
    for (council, _), group in groups.items():
        theirs = [
            one for key, one in corporate[council].items() if all(key != own.measure_id for own in group)
        ]
        found = []
        for later in group:
            if later.scope != "directorate":
                continue
            others = [
                one
                for one in group
                if (one.first or 0, one.measure_id) < (later.first or 0, later.measure_id)
            ]
            best = _likest(later, [*others, *theirs])
            if best:
                found.append((-best[1], _line(later, *best)))
        lines += [line for _, line in sorted(found)]
    return lines


def _likest(later: Seen, others: list[Seen]) -> tuple[Seen, float] | None:
    """The likest other measure that never stood in one document with this one, and how like it is."""
    apart = [one for one in others if not set(one.documents) & set(later.documents)]
    found = process.extractOne(
        later.plain, [one.plain for one in apart], scorer=fuzz.token_sort_ratio, score_cutoff=WORTH_A_LOOK
    )
    return (apart[found[2]], found[1]) if found else None


def _line(later: Seen, earlier: Seen, likeness: float) -> tuple[str, ...]:
    """A line for wordings.csv whose last field gives the evidence."""
    same = "same" if later.numbers == earlier.numbers else "DIFFERENT"
    section = "same" if normalise(later.section or "") == normalise(earlier.section or "") else "another"
    evidence = [
        f"words {likeness:.0f} of 100 like “{earlier.measure}”",
        f"numbers {same}",
        f"{section} section",
        "same directorate"
        if later.directorate == earlier.directorate
        else f"corporate measure, seen at {earlier.directorate}",
        f"that last seen {_period(earlier.last)}, this first seen {_period(later.first)}",
    ]
    return (later.measure, later.directorate, "", earlier.measure_id, "", "", "; ".join(evidence))


def _period(period: int | None) -> str:
    if period is None:
        return "in a document without a period"
    year, quarter = divmod(period, 4)
    return f"{year}/{(year + 1) % 100:02d} Q{quarter + 1}"


def _write(path: Path, headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(["" if value is None else value for value in row] for row in rows)
    new.replace(path)
