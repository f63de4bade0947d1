"""What the public views answer, and that every one is described with an example that runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.load.sql import examples
from pipeline.query import open_warehouse, run_query
from pipeline.shapes import Reading
from tests.readings import Line, build, codes_with, golden, scorecard

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "cap-2012-13-q1"

CONTRACT = {
    "documents": "document_id document_path sha256 kind document_role directorate financial_year reported_quarter "
    "revision is_current received_on status",
    "results": "document_id document_path document_role directorate financial_year reported_quarter section priority "
    "measure measure_id part target_text target_value quarter value_text value unit value_status place",
    "priorities": "document_id document_path directorate financial_year reported_quarter section priority "
    "progress_summary rag rag_text rag_source portfolio place",
    "findings": "rule severity dimension document_path directorate financial_year quarter measure place quote message advice",
    "latest_results": "directorate measure measure_id part financial_year quarter value value_text unit",
    "cross_directorate": "measure_id directorate financial_year quarter value",
    "cross_quarter": "directorate measure part financial_year q1 q2 q3 q4 target_text change direction_of_travel",
    "rag_matrix": "directorate financial_year quarter red amber green blue not_rated",
    "restatements": "old_value new_value old_document_path new_document_path change",
    "reconciliation": "directorate measure part quarter status scorecard_text return_text",
    "revisions": "financial_year quarter in_its_quarter after_one_quarter",
    "coverage": "document_path cells unclaimed",
    "expected_returns": "directorate document_role financial_year quarter due received missing days_late",
}


def ask(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    return run_query(warehouse, sql)[1]


@pytest.fixture(scope="module")
def cap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cap")
    return build(folder, golden(GOLDEN), golden(GOLDEN, name="-pdf"), golden(GOLDEN, role="return"))


def year(
    *quarters: tuple[int, dict[int, str]], wording: str = "Increase visits", whose: str = "CAP", **more: Any
) -> list[Reading]:
    """Scorecards of one measure: (reported quarter, {quarter: printed}) each."""
    return [
        scorecard(
            whose,
            more.pop("financial_year", None) or "2012/13",
            reported,
            [Line(wording, "90%", printed)],
            **more,
        )
        for reported, printed in quarters
    ]


@pytest.mark.parametrize("view", CONTRACT)
def test_the_view_has_the_columns_of_the_contract(view: str, cap: Path) -> None:
    names, _ = run_query(cap, f"SELECT * FROM {view} LIMIT 0")
    assert set(CONTRACT[view].split()) <= set(names)


def test_every_view_and_table_macro_has_an_example_and_every_example_runs(cap: Path) -> None:
    with open_warehouse(cap) as connection:
        views = {
            row[0]
            for row in connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        }
        assert views | {"as_at", "changed_since", "history", "portfolio_history"} == set(examples())
        for query in examples().values():
            connection.execute(query).fetchall()


def test_the_cap_scorecard_in_the_views(cap: Path) -> None:
    assert ask(cap, "SELECT count(*), count(value) FROM latest_results") == [(18, 10)]
    assert ask(cap, "SELECT DISTINCT document_role, is_current, revision FROM documents ORDER BY ALL") == [
        ("return", True, 1),
        ("scorecard", False, 1),
        ("scorecard", True, 2),
    ]
    assert ask(cap, "SELECT red, amber, green, blue, not_rated FROM rag_matrix") == [(0, 3, 9, 0, 3)]
    assert ask(cap, "SELECT count(*), count(DISTINCT status), any_value(status) FROM reconciliation") == [
        (36, 1, "same")
    ]
    assert ask(cap, "SELECT count(*) FROM restatements") == [(0,)]
    assert ask(cap, "SELECT count(*) FROM cross_quarter WHERE q1 IS NOT NULL AND q2 IS NULL") == [(10,)]
    assert ask(cap, "SELECT count(*) FROM cross_directorate") == [(7,)]
    assert ask(cap, "SELECT value_text, twin_value_text FROM near_twins ORDER BY ALL") == [
        ("62%", "100%"),
        ("90%", "100%"),
    ]
    assert ask(cap, "SELECT sum(unclaimed), min(cells) > 50 FROM coverage") == [(0, True)]


def test_the_near_twins_of_the_cap_scorecard_are_four_measures(cap: Path) -> None:
    rows = ask(
        cap,
        "SELECT DISTINCT measure_id FROM results WHERE measure_id LIKE 'consult%' OR measure_id LIKE 'equal%'",
    )
    assert len(rows) == 4


def test_missing_blank_and_zero_stay_three_things(tmp_path: Path) -> None:
    lines = [Line("Budget", "£0", {1: "£0"}), Line("Survey", "9%", {1: "N/A"}), Line("Audit", "9%", {})]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, lines))
    assert ask(warehouse, "SELECT measure, value, unit, value_status FROM results ORDER BY measure") == [
        ("Budget", 0.0, "GBP", "value"),
        ("Survey", None, None, "not_available"),
    ]
    assert ask(warehouse, "SELECT measure, q1, q1_text FROM cross_quarter ORDER BY measure") == [
        ("Audit", None, None),
        ("Budget", 0.0, "£0"),
        ("Survey", None, "N/A"),
    ]


def test_a_document_without_a_period_is_listed_and_not_compared(tmp_path: Path) -> None:
    warehouse = build(
        tmp_path, *(scorecard(None, None, None, [Line("Visits", "9", {1: text})], name=text) for text in "56")
    )
    assert ask(warehouse, "SELECT revision, is_current FROM documents") == [(1, True), (1, True)]
    assert ask(warehouse, "SELECT count(*) FROM results") == [(2,)]
    assert ask(
        warehouse, "SELECT (SELECT count(*) FROM latest_results), (SELECT count(*) FROM restatements)"
    ) == [(0, 0)]


def test_a_result_in_parts_below_a_target_in_one_piece_is_kept(tmp_path: Path) -> None:
    reading = scorecard("CAP", "2012/13", 1, [Line("Scores a) and b)", "", {1: "a) 6 b) 7"})])
    first = {**reading.rows["measures"][0], "part": None, "target_text": "8", "target_value": 8.0}
    reading = Reading(reading.document, {**reading.rows, "measures": (first,)}, (), reading.ledger)
    warehouse = build(tmp_path, reading)
    assert ask(warehouse, "SELECT part, value, target_value FROM results ORDER BY ALL") == [
        ("a", 6.0, 8.0),
        ("b", 7.0, 8.0),
    ]
    assert ask(warehouse, "SELECT part, target_value FROM latest_results ORDER BY ALL") == [
        ("a", 8.0),
        ("b", 8.0),
    ]


def test_of_two_revisions_the_later_received_counts_and_the_older_stays(tmp_path: Path) -> None:
    old = scorecard("CAP", "2012/13", 1, [Line("Visits", "9", {1: "5"})], received="2012-07-20", name="-z")
    new = scorecard("CAP", "2012/13", 1, [Line("Visits", "9", {1: "6"})], received="2012-08-20", name="-a")
    warehouse = build(tmp_path, new, old)
    assert ask(warehouse, "SELECT value, revision, is_current FROM results ORDER BY revision") == [
        (5.0, 1, False),
        (6.0, 2, True),
    ]
    assert ask(warehouse, "SELECT value FROM latest_results") == [(6.0,)]
    assert ask(warehouse, "SELECT old_value, new_value, change, kind FROM restatements") == [
        (5.0, 6.0, 1.0, "figure")
    ]
    for day, believed in (
        ("2012-07-19", []),
        ("2012-07-20", [(5.0,)]),
        ("2012-08-19", [(5.0,)]),
        ("2012-08-20", [(6.0,)]),
    ):
        assert ask(warehouse, f"SELECT value FROM as_at('{day}')") == believed


def test_as_at_today_is_latest_results(tmp_path: Path) -> None:
    warehouse = build(tmp_path, *year((1, {1: "5"}), (2, {1: "6", 2: "7"}), (3, {1: "N/A", 3: "8"})))
    columns = "measure_id, part, financial_year, quarter, value, value_text, document_path, place"
    then = ask(warehouse, f"SELECT {columns} FROM as_at('2026-01-01') ORDER BY ALL")
    assert then == ask(warehouse, f"SELECT {columns} FROM latest_results ORDER BY ALL")
    assert [row[4] for row in then] == [None, 7.0, 8.0]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("72%", "72%", None),
        ("72%", "72.0 %", None),
        ("72%", "75%", "figure"),
        ("N/A", "75%", None),
        ("72%", "N/A", "withdrawn"),
        ("Top quartile", "top  quartile", None),
        ("Top quartile", "Second quartile", "words"),
        ("72%", "£72", "unit"),
    ],
)
def test_what_is_a_restatement(first: str, second: str, kind: str | None, tmp_path: Path) -> None:
    warehouse = build(tmp_path, *year((1, {1: first}), (2, {1: second})))
    assert [row[0] for row in ask(warehouse, "SELECT kind FROM restatements")] == ([kind] if kind else [])


def test_scorecard_and_return_that_restate_alike_make_one_restatement(tmp_path: Path) -> None:
    told = ((1, {1: "72%"}), (2, {1: "75%"}), (3, {1: "72%"}), (4, {1: "75%"}))
    warehouse = build(tmp_path, *year(*told), *year(*told[:2], role="return"))
    sql = "SELECT old_value, new_value, document_role, told_by, reported_quarter FROM restatements ORDER BY reported_quarter"
    assert ask(warehouse, sql) == [
        (72.0, 75.0, "scorecard", "scorecard and return", 2),
        (75.0, 72.0, "scorecard", "scorecard", 3),
        (72.0, 75.0, "scorecard", "scorecard", 4),
    ]
    assert ask(warehouse, "SELECT count(*) FROM findings WHERE rule = 'result-restated'") == [(3,)]


def test_a_result_of_an_earlier_year_counts_in_its_own_year(tmp_path: Path) -> None:
    """'Q2 2018/19' as a column of the scorecard of 2019/20: a result of 2018/19, told later, without a target."""
    before = scorecard("CAP", "2018/19", 2, [Line("Visits", "90", {2: "70"})])
    later = scorecard("CAP", "2019/20", 2, [Line("Visits", "95", {1: "80", 2: "82"})])
    (last_year, *more) = later.rows["results"]
    results = (
        {**last_year, "financial_year": "2018/19", "quarter": 2, "value": 71.0, "value_text": "71"},
        *more,
    )
    later = Reading(later.document, {**later.rows, "results": results}, (), later.ledger)
    warehouse = build(tmp_path, before, later)
    sql = (
        "SELECT financial_year, quarter, value, target_value, document_year FROM latest_results ORDER BY ALL"
    )
    assert ask(warehouse, sql) == [
        ("2018/19", 2, 71.0, None, "2019/20"),
        ("2019/20", 2, 82.0, 95.0, "2019/20"),
    ]
    sql = "SELECT financial_year, q1, q2, target_value, change_on_year FROM cross_quarter ORDER BY ALL"
    assert ask(warehouse, sql) == [("2018/19", None, 71.0, 90.0, None), ("2019/20", None, 82.0, 95.0, 11.0)]
    assert ask(warehouse, "SELECT old_text, new_text FROM restatements") == [("70", "71")]
    then = "SELECT value, target_value FROM as_at('2018-10-01')"
    assert ask(warehouse, then) == [(70.0, 90.0)]


def test_the_revision_triangle_and_its_means(tmp_path: Path) -> None:
    warehouse = build(
        tmp_path,
        *year((1, {1: "100"}), (2, {1: "110", 2: "50"}), (3, {1: "120", 2: "45", 3: "7"}), (4, {1: "120"})),
    )
    triangle = "quarter, in_its_quarter, after_one_quarter, after_two_quarters, after_three_quarters, revised_by, times_told"
    assert ask(warehouse, f"SELECT {triangle} FROM revisions ORDER BY quarter") == [
        (1, 100.0, 110.0, 120.0, 120.0, 20.0, 4),
        (2, 50.0, 45.0, None, None, -5.0, 2),
        (3, 7.0, None, None, None, 0.0, 1),
    ]
    summary = "figures, figures_told_again, figures_revised, mean_revision, mean_absolute_revision"
    assert ask(warehouse, f"SELECT {summary} FROM revision_summary") == [(3, 2, 2, 5.0, 15.0)]


@pytest.mark.parametrize(
    ("published", "returned", "status"),
    [
        ("72%", "72%", "same"),
        ("72%", "72.0%", "same"),
        ("72%", "72.4%", "rounding"),
        ("72%", "73%", "different"),
        ("72.4%", "72.6%", "different"),
        ("6.88", "6.9", "rounding"),
        ("£72", "72%", "unit"),
        ("£1200", "1.2", "unit"),
        ("85%", "0.85", "unit"),
        ("560 plus 120 in progress", "560", "text only"),
        ("N/A", "n/a", "same"),
        ("N/A", "Awaited", "text only"),
        ("Top quartile", "Second quartile", "different"),
        ("72%", "N/A", "different"),
        ("72%", "", "only in the scorecard"),
        ("", "72%", "only in the return"),
    ],
)
def test_reconciliation_knows_what_kind_of_difference_it_is(
    published: str, returned: str, status: str, tmp_path: Path
) -> None:
    def filled(text: str) -> dict[int, str]:
        return {1: text} if text else {}

    lines = [Line("Calls", "9", {1: "8"})]
    warehouse = build(
        tmp_path,
        scorecard("CAP", "2012/13", 1, [Line("Visits", "9", filled(published)), *lines]),
        scorecard("CAP", "2012/13", 1, [Line("Visits", "9", filled(returned)), *lines], role="return"),
    )
    assert ask(
        warehouse, "SELECT status FROM reconciliation WHERE measure = 'Visits' AND field = 'result'"
    ) == [(status,)]


def test_targets_ratings_and_narratives_are_reconciled_where_both_give_them(tmp_path: Path) -> None:
    warehouse = build(
        tmp_path,
        scorecard("CAP", "2012/13", 1, [Line("Visits", "90%", {1: "8"}, rag="Red", summary="Slow.")]),
        scorecard(
            "CAP",
            "2012/13",
            1,
            [Line("Visits", "95%", {1: "8"}, rag="Green", summary="Slow!")],
            role="return",
        ),
    )
    assert ask(warehouse, "SELECT field, status FROM reconciliation ORDER BY field") == [
        ("progress summary", "same"),
        ("rag", "different"),
        ("result", "same"),
        ("target", "different"),
    ]


def test_a_tolerance_of_the_measure_makes_a_difference_rounding(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        measures="visits,Visits,directorate,,higher,quarterly,snapshot,2,,,confirmed,Test,2012-07-01\n",
        wordings="Visits,,,visits,,,\n",
    )
    warehouse = build(
        tmp_path,
        scorecard("CAP", "2012/13", 1, [Line("Visits", "90", {1: "70"})]),
        scorecard("CAP", "2012/13", 1, [Line("Visits", "90", {1: "72"})], role="return"),
        codes=codes,
    )
    assert ask(warehouse, "SELECT status FROM reconciliation WHERE field = 'result'") == [("rounding",)]


def test_the_declared_source_counts_and_a_figure_before_a_reason_for_none(tmp_path: Path) -> None:
    lines = {"scorecard": ("70", "N/A"), "return": ("72", "5")}
    readings = [
        scorecard(
            "CAP", "2012/13", 1, [Line("Visits", "90", {1: one}), Line("Calls", "9", {1: two})], role=role
        )
        for role, (one, two) in lines.items()
    ]
    chosen = "SELECT measure, value, document_role FROM latest_results ORDER BY measure"
    (tmp_path / "a").mkdir()
    assert ask(build(tmp_path / "a", *readings), chosen) == [
        ("Calls", 5.0, "return"),
        ("Visits", 70.0, "scorecard"),
    ]
    codes = codes_with(tmp_path / "codes", sources="CAP,,return,1,test\nCAP,,scorecard,2,test\n")
    assert ask(build(tmp_path, *readings, codes=codes), chosen)[1] == ("Visits", 72.0, "return")


@pytest.mark.parametrize(
    ("polarity", "now", "short", "long"),
    [
        ("Higher is better", "75%", "Improving", "Worsening"),
        ("low is good", "75%", "Worsening", "Improving"),
        (None, "75%", "Increasing", "Decreasing"),
        (None, "70%", "No change", "Decreasing"),
        ("Plan is best", "95%", "Improving", "Worsening"),
    ],
)
def test_direction_of_travel_short_and_long(
    polarity: str | None, now: str, short: str, long: str, tmp_path: Path
) -> None:
    def at(when: str, quarter: int, text: str) -> Reading:
        return scorecard(
            "CAP", when, quarter, [Line("Visits made", "92%", {quarter: text}, polarity=polarity)]
        )

    before = {"95%": "92%"}.get(now, "80%")
    warehouse = build(tmp_path, at("2011/12", 2, before), at("2012/13", 1, "70%"), at("2012/13", 2, now))
    row = ask(
        warehouse,
        "SELECT q1, q2, change, direction_of_travel, direction_on_year FROM cross_quarter WHERE financial_year = '2012/13'",
    )
    value = float(now[:-1])
    assert row == [(70.0, value, value - 70, short, long)]


def test_the_first_quarter_is_compared_with_the_last_of_the_year_before(tmp_path: Path) -> None:
    warehouse = build(
        tmp_path,
        scorecard("CAP", "2011/12", 4, [Line("Visits", "92", {4: "70"})]),
        scorecard("CAP", "2012/13", 1, [Line("Visits", "92", {1: "75"})]),
    )
    assert ask(warehouse, "SELECT change FROM cross_quarter ORDER BY financial_year") == [(None,), (5.0,)]


def test_no_arrow_crosses_a_break_in_the_series_or_a_change_of_unit(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        wordings="Broken,,,broken,,,\nCounted,,,counted,,,\n",
        series_breaks="broken,,2012/13,2,new definition\n",
        measures="counted,Counted,directorate,,higher,quarterly,cumulative,,,,confirmed,Test,2012-07-01\n",
    )
    warehouse = build(
        tmp_path,
        scorecard(
            "CAP",
            "2012/13",
            1,
            [Line("Broken", "9", {1: "5"}), Line("Unit", "9", {1: "5"}), Line("Counted", "9", {1: "5"})],
        ),
        scorecard(
            "CAP",
            "2012/13",
            2,
            [Line("Broken", "9", {2: "6"}), Line("Unit", "9", {2: "6%"}), Line("Counted", "9", {2: "6"})],
        ),
        codes=codes,
    )
    columns = "measure, change, direction_of_travel, series_break"
    assert ask(warehouse, f"SELECT {columns} FROM cross_quarter ORDER BY measure") == [
        ("Broken", None, None, "2012/13 Q2"),
        ("Counted", None, None, None),
        ("Unit", None, None, None),
    ]


@pytest.mark.parametrize(
    ("target", "text", "polarity", "met"),
    [
        ("90%", "90%", "high is good", True),
        ("90%", "89.9%", "high is good", False),
        ("9", "10", "low is good", False),
        ("9", "9", "low is good", True),
        ("£0", "£5", "Plan is best", False),
        ("90%", "95", "high is good", True),
        ("90%", "£95", "high is good", None),
        ("90", "95", "high is good", True),
        ("90%", "95%", None, None),
        ("N/A", "95%", "high is good", None),
        ("90%", "N/A", "high is good", None),
        ("90%", "0.95", "high is good", None),
    ],
)
def test_whether_a_target_is_met(
    target: str, text: str, polarity: str | None, met: bool | None, tmp_path: Path
) -> None:
    lines = [Line("Visits made", target, {1: text}, polarity=polarity)]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, lines))
    assert ask(warehouse, "SELECT target_met FROM latest_results") == [(met,)]
    assert ask(warehouse, "SELECT target_met FROM cross_quarter") == [(met,)]


def test_a_count_from_april_is_open_until_it_is_decided(tmp_path: Path) -> None:
    wordings, measures = "", ""
    for name, polarity in (("Homes", "higher"), ("Casualties", "lower")):
        wordings += f"{name},,,{name},,,\n"
        measures += (
            f"{name},{name},directorate,,{polarity},quarterly,cumulative,,,,confirmed,Test,2012-07-01\n"
        )
    codes = codes_with(tmp_path / "codes", wordings=wordings, measures=measures)
    results = {1: "40", 2: "99", 3: "101", 4: "120"}
    lines = [Line("Homes", "100", results), Line("Casualties", "100", results)]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 4, lines), codes=codes)
    sql = "SELECT measure, list(target_met ORDER BY quarter) FROM latest_results GROUP BY 1 ORDER BY 1"
    assert ask(warehouse, sql) == [
        ("Casualties", [None, None, False, False]),
        ("Homes", [None, None, True, True]),
    ]


def test_ratings_from_quarter_to_quarter(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        directorate_history="directorate,Old,New,renamed,2012/13,3,minutes\ndirectorate,Gone,New,merged,2012/13,3,minutes\n",
    )

    def rated(whose: str, quarter: int, rag: str | None, **more: Any) -> Reading:
        lines = [Line("Visits", "9", {quarter: "8"}, rag=rag, measure_rag="Green")]
        return scorecard(whose, "2012/13", quarter, lines, **more)

    warehouse = build(
        tmp_path,
        rated("Old", 1, "Red"),
        rated("Old", 2, "Amber", received="2012-10-10", name="-a"),
        rated("Old", 2, "Red", received="2012-11-10", name="-b"),
        rated("Old", 2, "Green", role="return"),
        rated("New", 3, "Red"),
        rated("New", 4, None),
        rated("Gone", 1, "Red"),
        rated("Gone", 3, "Red"),
        codes=codes,
    )
    columns = "directorate, quarter, rag, rag_before, quarters_running, is_newest"
    sql = f"SELECT {columns} FROM rag_history WHERE rating_of = 'priority' ORDER BY directorate = 'Gone', quarter"
    assert ask(warehouse, sql) == [
        ("Old", 1, "Red", None, 1, False),
        ("Old", 2, "Red", "Red", 2, False),
        ("New", 3, "Red", "Red", 3, False),
        ("New", 4, None, "Red", None, True),
        ("Gone", 1, "Red", None, 1, False),
        ("Gone", 3, "Red", None, 1, False),
    ]
    measures = "SELECT max(quarters_running), count(*) FROM rag_history WHERE rating_of = 'measure'"
    assert ask(warehouse, measures) == [(4, 6)]
    assert ask(warehouse, "SELECT measures_green FROM rag_matrix WHERE quarter = 4") == [(1,)]


def test_what_changed_since_a_day(tmp_path: Path) -> None:
    warehouse = build(tmp_path, *year((1, {1: "5"}), (2, {1: "6", 2: "7"}), (3, {1: "6", 2: "7", 3: "8"})))
    sql = "SELECT quarter, value_then, value_now, text_then, text_now FROM changed_since('{}')"
    assert ask(warehouse, sql.format("2012-07-01")) == [(1, 5.0, 6.0, "5", "6")]
    assert ask(warehouse, sql.format("2012-10-01")) == []


def test_a_corporate_measure_lines_up_across_directorates(tmp_path: Path) -> None:
    wording = "Every year 100% of staff have an appraisal"
    cases = {"CAP": "72%", "CDS": "80%", "ENV": "N/A", "HOU": "0.9"}
    readings = [
        scorecard(whose, "2012/13", 1, [Line(wording, "100%", {1: text})]) for whose, text in cases.items()
    ]
    warehouse = build(tmp_path, *readings)
    columns = (
        "directorate, value, comparable, directorates, directorates_with_figure, lowest, highest, place_among"
    )
    assert ask(warehouse, f"SELECT {columns} FROM cross_directorate ORDER BY directorate") == [
        ("CAP", 72.0, True, 4, 2, 72.0, 80.0, 2),
        ("CDS", 80.0, True, 4, 2, 72.0, 80.0, 1),
        ("ENV", None, False, 4, 2, 72.0, 80.0, None),
        ("HOU", 0.9, False, 4, 2, 72.0, 80.0, None),
    ]


def test_history_shows_a_renamed_and_a_merged_directorate_under_either_name(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        directorate_history="directorate,Old,New,renamed,2012/13,2,minutes\ndirectorate,Other,New,merged,2012/13,2,minutes\n",
    )
    warehouse = build(
        tmp_path,
        *year((1, {1: "5"}), whose="Old"),
        *year((1, {1: "6"}), whose="Other"),
        *year((2, {2: "7"}), whose="New"),
        codes=codes,
    )
    assert ask(warehouse, "SELECT directorate, value FROM history('New') ORDER BY value") == [
        ("Old", 5.0),
        ("Other", 6.0),
        ("New", 7.0),
    ]
    assert ask(warehouse, "SELECT directorate FROM history('Old') ORDER BY ALL") == [("New",), ("Old",)]
    joined = ask(warehouse, "SELECT directorate, measure_id FROM latest_results ORDER BY ALL")
    assert joined[0][1] == joined[1][1] != joined[2][1]


def test_a_renamed_directorate_goes_on_in_every_comparison(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes", directorate_history="directorate,Old,New,renamed,2012/13,3,minutes\n"
    )
    warehouse = build(
        tmp_path,
        *year((1, {1: "5"}), (2, {1: "6", 2: "7"}), whose="Old"),
        *year((3, {1: "6", 2: "8", 3: "9"}), whose="New"),
        codes=codes,
    )
    assert ask(warehouse, "SELECT directorate, q1, q2, q3, change FROM cross_quarter") == [
        ("New", 6.0, 8.0, 9.0, 1.0)
    ]
    restated = "SELECT directorate, quarter, old_value, new_value FROM restatements ORDER BY quarter"
    assert ask(warehouse, restated) == [("Old", 1, 5.0, 6.0), ("New", 2, 7.0, 8.0)]
    assert ask(warehouse, "SELECT DISTINCT change FROM measure_changes") == []
    assert ask(warehouse, "SELECT count(*) FROM latest_results") == [(3,)]


def test_a_document_sent_again_under_the_new_name_is_a_revision(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes", directorate_history="directorate,Old,New,renamed,2012/13,2,minutes\n"
    )
    old = year((2, {2: "5"}), whose="Old", received="2012-10-20")
    new = year((2, {2: "6"}), whose="New", received="2012-11-20")
    warehouse = build(tmp_path, *old, *new, codes=codes)
    assert ask(warehouse, "SELECT directorate, value FROM latest_results") == [("New", 6.0)]
    assert ask(warehouse, "SELECT directorate, revision, is_current FROM documents ORDER BY revision") == [
        ("Old", 1, False),
        ("New", 2, True),
    ]


def test_what_is_not_due_yet_or_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        expected="CAP,return,2012/13,1,2014/15,4,30\nCAP,scorecard,2012/13,1,2012/13,1,30\n",
    )
    unread = scorecard("CAP", "2012/13", 1, [], role="return", status="unreadable")
    for as_of, states in (
        ("2012-09-30", ["received, not read"]),
        ("2012-10-30", ["received, not read", "not due yet"]),
        ("2012-10-31", ["received, not read", "missing"]),
    ):
        warehouse = build(tmp_path, unread, *year((1, {1: "5"})), codes=codes, as_of=as_of)
        sql = "SELECT state FROM expected_returns WHERE document_role = 'return' ORDER BY financial_year, quarter"
        assert [row[0] for row in ask(warehouse, sql)] == states
        missing = ask(warehouse, "SELECT count(*) FROM findings WHERE rule = 'return-missing'")
        assert missing == [(states.count("missing"),)]


def test_a_renamed_portfolio_is_shown_under_either_name(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        directorate_history="portfolio,Leader,Leader and Growth,renamed,2012/13,2,minutes\n",
    )

    def under(portfolio: str, quarter: int) -> Reading:
        reading = scorecard("CAP", "2012/13", quarter, [Line("Visits", "9", {quarter: "5"})])
        (row,) = reading.rows["priorities"]
        rows = {**reading.rows, "priorities": ({**row, "portfolio": portfolio},)}
        return Reading(reading.document, rows, (), reading.ledger)

    warehouse = build(
        tmp_path, under("Leader", 1), under("Leader and Growth", 2), under("Deputy", 3), codes=codes
    )
    for asked in ("leader", "Leader and growth"):
        sql = f"SELECT portfolio, reported_quarter FROM portfolio_history('{asked}') ORDER BY 2"
        assert ask(warehouse, sql) == [("Leader", 1), ("Leader and Growth", 2)]


def test_an_earlier_year_that_a_document_also_tells_has_its_words_but_not_its_target(tmp_path: Path) -> None:
    reading = scorecard("CAP", "2012/13", 1, [Line("Visits", "90", {1: "80", 4: "70"})])
    results = tuple(
        {**r, "financial_year": "2011/12"} if r["quarter"] == 4 else r for r in reading.rows["results"]
    )
    reading = Reading(reading.document, {**reading.rows, "results": results}, (), reading.ledger)
    warehouse = build(tmp_path, reading)
    columns = "financial_year, measure, q1, q4, target_text, change"
    assert ask(warehouse, f"SELECT {columns} FROM cross_quarter ORDER BY ALL") == [
        ("2011/12", "Visits", None, 70.0, None, None),
        ("2012/13", "Visits", 80.0, None, "90", 10.0),
    ]


def test_measures_dropped_new_and_replaced_are_named_with_their_last_value(tmp_path: Path) -> None:
    def sheet(quarter: int, *lines: tuple[str, str]) -> Reading:
        return scorecard(
            "CAP", "2012/13", quarter, [Line(m, "9", {quarter: f"{quarter}1"}, priority=p) for m, p in lines]
        )

    warehouse = build(
        tmp_path,
        sheet(1, ("Visits", "Culture"), ("Calls", "Access"), ("Letters", "Access")),
        sheet(2, ("Footfall", "Culture"), ("Calls", "Access"), ("Emails", "Web")),
    )
    columns = "change, measure, replaced_by, last_value, last_period"
    assert ask(warehouse, f"SELECT {columns} FROM measure_changes ORDER BY ALL") == [
        ("dropped", "Letters", None, "11", "2012/13 Q1"),
        ("new", "Emails", None, "21", "2012/13 Q2"),
        ("new", "Footfall", None, "21", "2012/13 Q2"),
        ("replaced", "Visits", "Footfall", "11", "2012/13 Q1"),
    ]


def test_the_register_says_what_is_due(tmp_path: Path) -> None:
    codes = codes_with(tmp_path / "codes", expected="CAP,return,2011/12,4,,,30\n")
    warehouse = build(
        tmp_path,
        *year((1, {1: "5"}), role="return", received="2012-08-02"),
        *year((2, {2: "5"}), role="return"),
        *year((2, {2: "5"})),
        codes=codes,
    )
    columns = "document_role, financial_year, quarter, state, due_on::VARCHAR, days_late"
    assert ask(warehouse, f"SELECT {columns} FROM expected_returns ORDER BY ALL") == [
        ("return", "2011/12", 4, "missing", "2012-04-30", None),
        ("return", "2012/13", 1, "late", "2012-07-30", 3),
        ("return", "2012/13", 2, "received, day not known", "2012-10-30", None),
        ("scorecard", "2012/13", 2, "received, not in the register", None, None),
    ]


def test_a_computed_rating_stands_beside_the_stated_one_with_its_dated_rule(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        measures="wait,Wait,directorate,days,lower,quarterly,snapshot,,,,confirmed,Test,2012-07-01\n",
        wordings="Days to wait,,,wait,,,\n",
        rag_rules="old,,wait,,,2012/13,1,variance,,0,10,test\nnew,,wait,2012/13,2,,,threshold,,12,20,test\n",
    )
    warehouse = build(
        tmp_path,
        scorecard("CAP", "2012/13", 1, [Line("Days to wait", "10", {1: "12"}, rag="Green")]),
        scorecard("CAP", "2012/13", 2, [Line("Days to wait", "10", {1: "12", 2: "12"}, rag="Green")]),
        codes=codes,
    )
    columns = "quarter, stated, computed, rule_version, shortfall"
    assert ask(warehouse, f"SELECT {columns} FROM computed_ratings ORDER BY quarter") == [
        (1, "Green", "Red", "old", 20.0),
        (2, "Green", "Green", "new", None),
    ]
    assert ask(warehouse, "SELECT rag FROM priorities") == [("Green",), ("Green",)]


def test_the_dictionary_is_proposed_from_the_documents(tmp_path: Path) -> None:
    lines = [
        Line("Reduce complaints", "9", {1: "8 days"}),
        Line("Visits", "9", {1: "8"}, polarity="high is good"),
    ]
    warehouse = build(tmp_path, scorecard("CAP", "2012/13", 1, lines))
    assert ask(warehouse, "SELECT name, unit, polarity, basis FROM measure_proposals ORDER BY name") == [
        ("Reduce complaints", "days", "lower", "inferred"),
        ("Visits", None, "higher", "stated"),
    ]
