"""The charts: what is drawn where, read from the SVG itself."""

from __future__ import annotations

import re
from typing import Any

from defusedxml import ElementTree

from pipeline.report.charts import dots, lines, sparkline, stacked
from pipeline.report.lines import NO_RATING as UNRATED
from pipeline.report.measures import across_quarters, restarts, side_by_side
from pipeline.report.scores import rated, rated_by_period

NO_RATING = {f"{kind}{name}": 0 for kind in ("", "measures_") for name in ("red", "amber", "green", "blue")}


def texts(svg: str) -> list[str]:
    tree = ElementTree.fromstring(svg)
    return ["".join(found.itertext()) for found in tree.iter() if found.tag.endswith("text")]


def strokes(svg: str) -> list[list[tuple[float, float]]]:
    """The points of each stroke of the line of a sparkline."""
    found = re.search(r'd="M([^"]+)" stroke="var\(--link\)"', svg)
    assert found
    return [
        [(float(x), float(y)) for x, y in (point.split(",") for point in stroke.split("L"))]
        for stroke in found[1].split("M")
    ]


def aim(svg: str) -> float | None:
    found = re.search(r'<line transform="translate\([^,]+,([\d.]+)\)"', svg)
    return float(found[1]) if found else None


def test_a_gap_breaks_the_line_of_a_trend() -> None:
    svg = sparkline((1.0, 2.0, None, 4.0, 5.0), "five quarters", 3.0)
    before, after = strokes(svg)
    assert [len(before), len(after)] == [2, 2]
    heights = [y for _, y in before + after]
    assert heights == sorted(heights, reverse=True)
    target = aim(svg)
    assert target
    assert heights[1] > target > heights[2]
    assert 'aria-label="five quarters"' in svg


def test_a_count_from_april_begins_anew_each_year() -> None:
    years = [("2013/14", 3), ("2013/14", 4), ("2014/15", 1), ("2014/15", 2)]
    assert restarts(years) == (2,)
    svg = sparkline((30.0, 40.0, 10.0, 20.0), "count", restarts=restarts(years))
    assert [len(stroke) for stroke in strokes(svg)] == [2, 2]


def test_one_figure_is_no_trend_unless_others_are_beside_it() -> None:
    assert sparkline((None, 1.0), "one") == ""
    assert sparkline((), "none", scale=(0.0, 1.0)) == ""
    assert "<path" in sparkline((None, 1.0), "one", scale=(0.0, 2.0))
    assert len({y for _, y in strokes(sparkline((5.0, 5.0), "level"))[0]}) == 1


def test_a_far_target_does_not_flatten_a_trend() -> None:
    assert aim(sparkline((70.0, 72.0), "far", 5000.0)) is None
    assert aim(sparkline((70.0, 72.0), "near", 71.0)) is not None


def test_dots_name_their_figures_the_best_on_top() -> None:
    rows: list[dict[str, Any]] = [
        {"name": "A <b>", "value": 7.0, "text": "7 days", "before": 9.0, "target": 8.0},
        {"name": "B", "value": 5.0, "text": "5 days", "before": None, "target": None},
        {"name": "C", "value": None, "text": "N/A", "before": 4.0, "target": None},
    ]
    svg = dots(rows, "days", "lower")
    said = [text for text in texts(svg) if text in ("A <b>", "B", "C", "7 days", "5 days", "N/A")]
    assert said[:2] == ["B", "A <b>"]
    assert sorted(said[2:]) == ["5 days", "7 days"]
    wide = [{**row, "value": row["value"] and row["value"] * 1000} for row in rows]
    assert "4,000" in texts(dots(wide, "many days"))
    assert dots(rows[1:], "one is nothing to compare") == ""


def across(
    *told: tuple[str, int, float | None], kind: str | None = None, broken: str | None = None
) -> list[Any]:
    line = {"measure_id": "m", "part": None, "unit": "count", "measure_kind": kind, "series_break": broken}
    history = [
        {
            **line,
            "financial_year": year,
            "quarter": quarter,
            "value": value,
            "value_text": str(value),
            "target_value": 5.0,
        }
        for year, quarter, value in told
    ]
    drawn, few = across_quarters([("2014/15", [{**line, "rating": UNRATED}])], history)
    return [drawn, few]


def test_a_measure_across_quarters_breaks_where_its_figures_do() -> None:
    four = [("2013/14", 3, 30.0), ("2013/14", 4, 40.0), ("2014/15", 1, 10.0), ("2014/15", 2, 20.0)]
    for more, strokes_wanted in (({}, 1), ({"kind": "cumulative"}, 2), ({"broken": "2014/15 Q1"}, 2)):
        ((drawn,), few) = across(*four, **more)
        assert few == []
        assert len({point["stroke"] for point in drawn["points"]}) == strokes_wanted
        assert [point["newest"] for point in drawn["points"]] == [False, False, False, True]
        svg = str(lines(drawn["points"], "Ships"))
        assert len(re.findall(r'd="M[^"]+" stroke="var\(--link\)"', svg)) == strokes_wanted
        assert "2013/14" in svg
        assert "2014/15" in svg
        assert 'aria-label="Ships"' in svg
    (none, (few,)) = across(four[0], ("2013/14", 4, None))
    assert none == []
    assert few["last"]["text"] == "None"


def test_a_gap_is_no_line() -> None:
    ((drawn,), _) = across(
        ("2014/15", 1, 1.0), ("2014/15", 2, None), ("2014/15", 3, 3.0), ("2014/15", 4, 4.0)
    )
    assert [point["stroke"] for point in drawn["points"] if point["value"] is not None] == [0, 1, 1]


def test_bars_carry_their_numbers_with_symbols() -> None:
    bars = [("Q1 2013/14", {"Red": 2, "Amber": 0, "Green": 5}), ("Q2 2013/14", {"Green": 60, "Not rated": 1})]
    said = texts(stacked(bars, "ratings"))
    assert "● 60" in said
    assert "✖ 2" not in said  # too thin a slice for a label
    assert stacked([("Q1 2013/14", {"Not rated": 3})], "ratings") == ""


def test_ratings_of_measures_count_where_no_priority_is_rated() -> None:
    of_priorities = {**NO_RATING, "red": 1, "measures_green": 4, "not_rated": 2}
    of_measures = {**NO_RATING, "measures_green": 4, "not_rated": 2}
    when = {"financial_year": "2013/14", "quarter": 1}
    assert rated(of_priorities) == {"Red": 1, "Amber": 0, "Green": 0, "Blue": 0, "Not rated": 2}
    assert rated(of_measures) == {"Red": 0, "Amber": 0, "Green": 4, "Blue": 0}
    rows = [{**of_priorities, **when}, {**of_measures, **when}]
    assert rated_by_period(rows, [("2013/14", 1), ("2013/14", 2)]) == [
        ("Q1 2013/14", {"Red": 1, "Amber": 0, "Green": 4, "Blue": 0, "Not rated": 2}),
        ("Q2 2013/14", {"Red": 0, "Amber": 0, "Green": 0, "Blue": 0, "Not rated": 0}),
    ]


def test_measures_side_by_side_are_compared_with_the_year_before() -> None:
    def row(directorate: str, year: str, quarter: int, value: float | None, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {
            "measure_id": "m",
            "part": None,
            "measure": "Visits",
            "polarity": "higher",
            "comparable": True,
        }
        told |= {
            "council": None,
            "target_value": 9.0,
            "target_text": "9",
            "value_text": str(value),
            "value": value,
        }
        return {**told, "directorate": directorate, "financial_year": year, "quarter": quarter, **more}

    (told,) = side_by_side(
        [
            row("A", "2013/14", 2, 4.0),
            row("A", "2014/15", 1, 5.0),
            row("A", "2014/15", 2, 6.0),
            row("B", "2014/15", 2, 7.0, comparable=False),
        ]
    )
    assert (told["now"], told["before"]) == ("Q2 2014/15", "Q2 2013/14")
    first, second = told["dots"]
    assert (first["value"], first["before"], first["target"]) == (6.0, 4.0, 9.0)
    assert second["value"] is None  # a figure in another unit is not drawn on this scale
    assert told["rows"][0]["trend"] == (4.0, 5.0, 6.0)
