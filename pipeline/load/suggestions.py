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
HEADINGS = ("wording", "directorate", "section", "measure_id", "decided_by", "decided_on", "why", "council")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_SEEN = """
    WITH told AS (
        SELECT council, lineage, measure_id, arg_min(value_text, (period, part)) AS first_told,
            arg_max(value_text, (period, part)) AS last_told
        FROM built.latest
        WHERE says(value, value_status)
        GROUP BY ALL
    )
    SELECT l.council, l.lineage, arg_max(l.directorate, (coalesce(l.reported_period, 0), l.document_id)) AS directorate,
        l.measure_id, min(l.scope) AS scope,
        arg_max(l.measure, (coalesce(l.reported_period, 0), l.document_id, l.measure)) AS measure,
        arg_max(l.section, (coalesce(l.reported_period, 0), l.document_id, l.section)) AS section,
        list_sort(list(DISTINCT l.document_id)) AS documents,
        min(l.reported_period) AS first_seen, max(l.reported_period) AS last_seen,
        bool_or(l.identified_by = 'decided' OR k.measure_id IS NOT NULL) AS known,
        min(t.first_told) AS first_told, min(t.last_told) AS last_told
    FROM built.lines AS l
    LEFT JOIN codes.measures AS k ON l.measure_id = k.measure_id
    LEFT JOIN told AS t
        ON l.council IS NOT DISTINCT FROM t.council AND l.lineage = t.lineage AND l.measure_id = t.measure_id
    WHERE l.directorate IS NOT NULL
    GROUP BY l.council, l.lineage, l.measure_id
    ORDER BY l.council, l.lineage, l.measure_id
"""


@dataclass(frozen=True)
class Seen:
    """A measure as one directorate reported it, under whatever name (``lineage`` is the oldest)."""

    council: str | None
    lineage: str
    directorate: str
    measure_id: str
    scope: str
    measure: str
    section: str | None
    documents: Sequence[str]
    first: int | None
    last: int | None
    known: bool
    first_told: str | None
    last_told: str | None

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
    about a corporate measure that another directorate words nearly alike. An identity that people know (it is
    in a list) is kept, else the earlier; of two that people know nothing is asked.
    """
    listed = list(seen)
    groups: dict[tuple[str | None, str], list[Seen]] = defaultdict(list)
    for one in listed:
        groups[one.council, one.lineage].append(one)
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
            best = _likest(later, [one for one in (*others, *theirs) if not (one.known and later.known)])
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
        f"words {likeness:.0f} of 100 like “{(later if later.known else earlier).measure}”",
        f"numbers {same}",
        f"{section} section",
        "same directorate"
        if later.lineage == earlier.lineage
        else f"corporate measure, seen at {earlier.directorate}",
        f"that last seen {_period(earlier.last)} ({earlier.last_told or 'no result'}), "
        f"this first seen {_period(later.first)} ({later.first_told or 'no result'})",
    ]
    joins, kept = (earlier, later) if later.known else (later, earlier)
    return (
        joins.measure,
        joins.directorate,
        "",
        kept.measure_id,
        "",
        "",
        "; ".join(evidence),
        joins.council or "",
    )


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
