"""Measures for people to compare: a directorate's lines over the years, one measure across directorates."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.report.lines import NO_RATING
from pipeline.report.words import period, slug

Row = dict[str, Any]
Rows = list[Row]
QUARTERS = 12
"""Quarters in a trend, the newest."""


def years_of(
    name: str, years: Rows, history: Rows, ratings: dict[tuple[Any, Any, Any, Any], Row]
) -> list[tuple[str, Rows]]:
    """(financial year, measure lines) of a directorate, the newest year first; each line with its trend.

    ``years`` and ``history`` are the directorate's own rows, ``ratings`` those of all.
    """
    told: dict[tuple[Any, Any], Rows] = defaultdict(list)
    periods = set()
    for row in history:
        if row["financial_year"] and row["quarter"]:
            told[row["measure_id"], row["part"]].append(row)
            periods.add((row["financial_year"], row["quarter"]))
    shown = sorted(periods)
    by_year: dict[str, Rows] = defaultdict(list)
    for row in years:
        until = [when for when in shown if when[0] <= row["financial_year"]][-QUARTERS:]
        figures = {
            (past["financial_year"], past["quarter"]): past["value"]
            for past in told[row["measure_id"], row["part"]]
            if past["unit"] == row["unit"]
        }
        line = {
            **row,
            "trend": tuple(figures.get(when) for when in until),
            "restarts": restarts(until) if row["measure_kind"] == "cumulative" else (),
            "rating": ratings.get((name, row["financial_year"], row["measure_id"], row["part"]), NO_RATING),
        }
        by_year[str(row["financial_year"])].append(line)
    return sorted(by_year.items(), reverse=True)


def across_quarters(years: list[tuple[str, Rows]], history: Rows) -> tuple[Rows, Rows]:
    """(measures with ``points`` to draw over the quarters, those with less than two figures) of a directorate.

    ``years`` are its lines as years_of gives them; the newest line of a measure says what it is. The line of a chart
    breaks where a figure is missing, where a count from April begins again, and where a break in the series is declared.
    """
    figures = {
        (row["measure_id"], row["part"], row["financial_year"], row["quarter"]): row for row in history
    }
    periods = sorted({(year, quarter) for _, _, year, quarter in figures if year and quarter})[-QUARTERS:]
    newest: dict[tuple[Any, Any], Row] = {}
    breaks: dict[tuple[Any, Any], set[str]] = defaultdict(set)
    for row in (row for _, rows in years for row in rows):
        newest.setdefault((row["measure_id"], row["part"]), row)
        breaks[row["measure_id"], row["part"]].add(row["series_break"])
    drawn: Rows = []
    few: Rows = []
    for (measure_id, part), row in newest.items():
        points: Rows = []
        again = set(restarts(periods)) if row["measure_kind"] == "cumulative" else set()
        stroke = 0
        for number, (year, quarter) in enumerate(periods):
            found = figures.get((measure_id, part, year, quarter))
            known = found is not None and found["unit"] == row["unit"]
            point = {
                "period": period({"financial_year": year, "quarter": quarter}),
                "value": found["value"] if found and known else None,
                "text": found["value_text"] if found else None,
                "target": found["target_value"] if found and known else None,
            }
            stroke += number in again or f"{year} Q{quarter}" in breaks[measure_id, part]
            stroke += point["value"] is None
            points.append(point | {"stroke": stroke, "newest": False})
        told = [point for point in points if point["value"] is not None]
        if told:
            told[-1]["newest"] = True
        last = next((point for point in reversed(points) if point["text"]), None)
        (drawn if len(told) > 1 else few).append({**row, "points": points, "last": last})
    return drawn, few


def restarts(periods: list[tuple[Any, Any]]) -> tuple[int, ...]:
    """Where a count from April begins again: the first period of each year but the first."""
    return tuple(n for n in range(1, len(periods)) if periods[n][0] != periods[n - 1][0])


def side_by_side(rows: Rows) -> Rows:
    """One entry per council, measure and part that several directorates report: its periods and a row per directorate.

    ``dots`` compares the newest period (``now``) with the same quarter of the year before (``before``).
    """
    groups: dict[tuple[Any, Any, Any], Rows] = defaultdict(list)
    for row in rows:
        groups[row["council"], row["measure_id"], row["part"]].append(row)
    shown = []
    several = len({council for council, _, _ in groups}) > 1
    for (council, measure_id, part), held in groups.items():
        periods = sorted({(row["financial_year"], row["quarter"]) for row in held})[-QUARTERS:]
        by_directorate: dict[str, dict[tuple[Any, Any], Row]] = defaultdict(dict)
        for row in held:
            by_directorate[str(row["directorate"])][row["financial_year"], row["quarter"]] = row
        figures = [row["value"] for row in held if row["comparable"] and row["value"] is not None]
        now = periods[-1]
        before = next(
            (when for when in periods[:-1] if when[1] == now[1] and _next_year(when[0], now[0])), None
        )
        lines = [_line(name, cells, periods, now, before) for name, cells in sorted(by_directorate.items())]
        shown.append(
            {
                "id": slug("-".join(filter(None, (measure_id, part, council if several else None)))),
                "measure": held[-1]["measure"] + (f" ({council})" if several and council else ""),
                "part": part,
                "polarity": held[-1]["polarity"],
                "periods": periods,
                "rows": lines,
                "dots": [line["dot"] for line in lines],
                "now": period({"financial_year": now[0], "quarter": now[1]}),
                "before": before and period({"financial_year": before[0], "quarter": before[1]}),
                "scale": (min(figures), max(figures)) if figures else None,
            }
        )
    return sorted(shown, key=lambda entry: (entry["measure"], entry["part"] or ""))


def _line(
    name: str, cells: dict[tuple[Any, Any], Row], periods: list[tuple[Any, Any]], now: Any, before: Any
) -> Row:
    def figure(when: Any) -> float | None:
        cell = cells.get(when)
        return cell["value"] if cell and cell["comparable"] else None

    last = next((cells[when] for when in reversed(periods) if when in cells), None)
    target = last and last["target_value"]
    text = cells[now]["value_text"] if now in cells else None
    return {
        "directorate": name,
        "cells": [cells.get(when) for when in periods],
        "trend": tuple(figure(when) for when in periods),
        "target": target,
        "target_text": last and last["target_text"],
        "dot": {"name": name, "value": figure(now), "text": text, "before": figure(before), "target": target},
    }


def _next_year(earlier: str, later: str) -> bool:
    return earlier[:4].isdecimal() and later[:4].isdecimal() and int(earlier[:4]) + 1 == int(later[:4])
