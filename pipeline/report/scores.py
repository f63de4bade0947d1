"""Figures of the overview: matrices by period and directorate, the quality score, counts of changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.report.words import NOBODY, RATINGS, SEVERITIES, period, score
from schemas.columns import DIMENSIONS

Row = dict[str, Any]
Rows = list[Row]
PERIODS = 12
"""Periods that a matrix and a trend show, the newest."""


def newest_periods(rows: Iterable[Row], quarter: str = "quarter") -> list[tuple[str, int]]:
    """The newest (financial year, quarter) pairs, oldest first."""
    known = {(row["financial_year"], row[quarter]) for row in rows if row["financial_year"] and row[quarter]}
    return sorted(known)[-PERIODS:]


def matrix(rows: Rows, periods: list[tuple[str, int]]) -> list[tuple[str, list[Rows]]]:
    """One line per directorate: its rows of each period."""
    held: dict[str, dict[tuple[str, int], Rows]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        held[str(row["directorate"] or NOBODY)][row["financial_year"], row["quarter"]].append(row)
    return [(name, [held[name][period_] for period_ in periods]) for name in sorted(held)]


def severities(findings: Rows) -> dict[str, int]:
    return {name: sum(1 for finding in findings if finding["severity"] == name) for name in SEVERITIES}


def by_rule(findings: Rows) -> list[tuple[Row, int]]:
    """The first finding of each rule and how many there are, the most important and most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    first: dict[str, Row] = {}
    for finding in findings:
        counts[finding["rule"]] += 1
        first.setdefault(finding["rule"], finding)
    order = list(SEVERITIES)
    rules = sorted(first, key=lambda rule: (order.index(first[rule]["severity"]), -counts[rule], rule))
    return [(first[rule], counts[rule]) for rule in rules]


def quality(
    documents: Rows, lines: Rows, expected: Rows, findings: Rows, line_of: Callable[[Row], Row | None]
) -> Rows:
    """Per dimension: of 100 things checked, how many have no open error or warning, by period and ``overall``.

    A thing checked is a measure line of a current document, the document itself, or a document that is due and
    missing. Each counts once, however many findings it has.
    """
    whole: dict[tuple[str, int], int] = defaultdict(int)
    homes = {}
    for document in documents:
        when = (document["financial_year"], document["reported_quarter"])
        homes[document["document_id"]] = when
        if document["is_current"]:
            whole[when] += 1
    for line in lines:
        if line["is_current"]:
            whole[line["financial_year"], line["reported_quarter"]] += 1
    for row in expected:
        if row["missing"]:
            whole[row["financial_year"], row["quarter"]] += 1
    marked: dict[tuple[str, tuple[str, int]], set[Any]] = defaultdict(set)
    for finding in findings:
        if finding["is_open"] and finding["severity"] != "note":
            about = line_of(finding)
            thing = (
                finding["document_id"] or finding["message"],
                about and (about["measure_no"], about["part"]),
            )
            when = homes.get(finding["document_id"], (finding["financial_year"], finding["quarter"]))
            marked[finding["dimension"], when].add(thing)
    periods = sorted(when for when in whole if None not in when)[-PERIODS:]
    scored = []
    for dimension in DIMENSIONS:
        clean = {when: max(0, number - len(marked[dimension, when])) for when, number in whole.items()}
        scores = [100 * clean[when] / whole[when] for when in periods]
        overall = 100 * sum(clean.values()) / sum(whole.values()) if whole else None
        change = _change(*scores[-2:]) if len(scores) > 1 else None
        told = {"dimension": dimension, "scores": tuple(scores), "periods": periods, "change": change}
        scored.append(told | {"overall": overall})
    return scored


def over_runs(scored: Rows, before: Rows) -> Rows:
    """The overall scores of ``scored`` behind those of earlier runs, the newest last; [] when no run has told any."""
    if not before or any(row["overall"] is None for row in scored):
        return []
    told = []
    for row in scored:
        earlier = [run["quality"].get(row["dimension"]) for run in before[-PERIODS + 1 :]]
        scores = (*earlier, row["overall"])
        told.append({"dimension": row["dimension"], "scores": scores, "change": _change(*scores[-2:])})
    return told


def _change(was: float | None, now: float | None) -> float | None:
    """The difference between two scores as they are shown."""
    return None if was is None or now is None else round(float(score(now)) - float(score(was)), 1)


def by_directorate(findings: Rows, homes: Iterable[str]) -> list[tuple[str, dict[str, int]]]:
    """Open findings of each directorate by severity, those with most to fix first."""
    held: dict[str, Rows] = {name: [] for name in homes}
    for finding in findings:
        held[finding["home"]].append(finding)
    told = [(name, severities(found)) for name, found in held.items() if found]
    return sorted(told, key=lambda pair: (*(-number for number in pair[1].values()), pair[0]))


def rated(row: Row) -> dict[str, int]:
    """How many of each rating a scorecard gives: its priorities, or its measures where only they are rated."""
    of_measures = not any(row[rating.lower()] for rating in RATINGS)
    of_measures &= any(row[f"measures_{rating.lower()}"] for rating in RATINGS)
    if of_measures:
        return {rating: row[f"measures_{rating.lower()}"] for rating in RATINGS}
    return {**{rating: row[rating.lower()] for rating in RATINGS}, "Not rated": row["not_rated"]}


def rated_by_period(rows: Rows, periods: list[tuple[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """The ratings of all directorates together, by the name of the period."""
    told = []
    for year, quarter in periods:
        held = [rated(row) for row in rows if (row["financial_year"], row["quarter"]) == (year, quarter)]
        sums = {name: sum(one.get(name, 0) for one in held) for name in (*RATINGS, "Not rated")}
        told.append((period({"financial_year": year, "quarter": quarter}), sums))
    return told
