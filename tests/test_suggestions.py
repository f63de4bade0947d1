"""Suggestions are evidence for a person; measures that stand side by side are never suggested."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.query import run_query
from pipeline.shapes import Reading
from tests.readings import Line, build, codes_with, golden, scorecard

GOLDEN = Path(__file__).resolve().parent / "golden" / "cap-2012-13-q1"


def suggested(folder: Path) -> list[dict[str, str]]:
    with (folder / "suggestions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_cap_scorecard_gives_no_suggestion(tmp_path: Path) -> None:
    build(tmp_path, golden(GOLDEN), golden(GOLDEN, name="-pdf"), golden(GOLDEN, role="return"))
    assert suggested(tmp_path) == []


def test_a_reworded_measure_is_suggested_and_joins_once_pasted(tmp_path: Path) -> None:
    readings = [
        scorecard(
            "ENV",
            "2012/13",
            1,
            [Line("Percentage of bins collected on time", "90%", {1: "80%"}), Line("Visits", "9", {1: "8"})],
        ),
        scorecard(
            "ENV",
            "2012/13",
            2,
            [
                Line("% of bins collected on the right day and time", "90%", {2: "85%"}),
                Line("Visits", "9", {2: "8"}),
            ],
        ),
    ]
    (tmp_path / "a").mkdir()
    warehouse = build(tmp_path / "a", *readings)
    assert run_query(warehouse, "SELECT count(*) FROM cross_quarter")[1] == [(3,)]
    assert suggested(tmp_path / "a") == []
    readings[1] = scorecard(
        "ENV",
        "2012/13",
        2,
        [Line("% of bins collected on time in year", "90%", {2: "85%"}), Line("Visits", "9", {2: "8"})],
    )
    build(tmp_path / "a", *readings)
    (line,) = suggested(tmp_path / "a")
    assert line["wording"] == "% of bins collected on time in year"
    assert (
        "same directorate; that last seen 2012/13 Q1 (80%), this first seen 2012/13 Q2 (85%)" in line["why"]
    )
    text = (tmp_path / "a" / "suggestions.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    warehouse = build(tmp_path, *readings, codes=codes_with(tmp_path / "codes", wordings=text))
    assert run_query(warehouse, "SELECT q1, q2 FROM cross_quarter WHERE q1 = 80")[1] == [(80.0, 85.0)]
    assert suggested(tmp_path) == []


def test_an_identity_that_people_know_is_kept_when_an_earlier_document_comes_later(tmp_path: Path) -> None:
    now = scorecard("ENV", "2012/13", 2, [Line("% of bins collected on time in year", "90%", {2: "85%"})])
    before = scorecard("ENV", "2012/13", 1, [Line("Percentage of bins collected on time", "90%", {1: "80%"})])
    codes = codes_with(
        tmp_path / "codes",
        measures="bins-on-time,Bins collected on time,directorate,percent,higher,,,,,,confirmed,,\n",
        wordings="% of bins collected on time in year,ENV,,bins-on-time,,,\n",
    )
    (tmp_path / "a").mkdir()
    build(tmp_path / "a", now, codes=codes)
    warehouse = build(tmp_path / "a", now, before, codes=codes)
    sql = "SELECT measure_id FROM measures_reported WHERE reported_quarter = 2"
    assert run_query(warehouse, sql)[1] == [("bins-on-time",)]
    (line,) = suggested(tmp_path / "a")
    assert (line["wording"], line["measure_id"]) == ("Percentage of bins collected on time", "bins-on-time")
    text = (tmp_path / "a" / "suggestions.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    with (codes / "wordings.csv").open("a", encoding="utf-8") as file:
        file.write(text)
    warehouse = build(tmp_path / "a", now, before, codes=codes)
    assert run_query(warehouse, "SELECT measure_id, q1, q2 FROM cross_quarter")[1] == [
        ("bins-on-time", 80.0, 85.0)
    ]
    assert suggested(tmp_path / "a") == []


def test_an_identity_stays_whatever_comes_before_after_or_around_it(tmp_path: Path) -> None:
    """First sight decides nothing that a later document could decide otherwise: order, section and gaps do not matter."""

    def at(quarter: int, section: str, wording: str = "Visits to libraries") -> Reading:
        return scorecard("ENV", "2012/13", quarter, [Line(wording, "9", {quarter: "5"}, section=section)])

    documents = [at(3, "Places"), at(2, "Culture", "visits to Libraries."), at(1, "Leisure")]
    seen = set()
    for number in range(1, 4):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen |= set(run_query(build(folder, *documents[:number]), "SELECT measure_id FROM results")[1])
    assert len(seen) == 1


def test_other_numbers_are_said_in_the_evidence(tmp_path: Path) -> None:
    build(
        tmp_path,
        scorecard("ENV", "2012/13", 1, [Line("Calls answered within 20 seconds", "9", {1: "8"})]),
        scorecard("ENV", "2012/13", 2, [Line("Calls answered within 30 seconds", "9", {2: "8"})]),
    )
    assert "numbers DIFFERENT" in suggested(tmp_path)[0]["why"]


def test_a_corporate_measure_worded_alike_by_another_directorate_is_suggested(tmp_path: Path) -> None:
    build(
        tmp_path,
        scorecard(
            "CAP", "2012/13", 1, [Line("Every year 100% of staff have an appraisal", "100%", {1: "8%"})]
        ),
        scorecard(
            "ENV", "2012/13", 1, [Line("Each year 100% of our staff have an appraisal", "100%", {1: "8%"})]
        ),
    )
    (line,) = suggested(tmp_path)
    assert (line["directorate"], line["measure_id"]) == ("ENV", "staff-appraisals")
    assert "corporate measure, seen at CAP" in line["why"]


def test_what_stands_in_one_document_is_never_one_measure(tmp_path: Path) -> None:
    lines = [
        Line("Calls answered within 20 seconds", "9", {1: "8"}),
        Line("Calls answered within 30 seconds", "9", {1: "7"}),
    ]
    build(tmp_path, scorecard("ENV", "2012/13", 1, lines))
    assert suggested(tmp_path) == []


def test_proposals_for_the_dictionary_can_be_pasted(tmp_path: Path) -> None:
    lines = [
        Line("Reduce complaints", "9", {1: "8 days"}),
        Line("Visits", "9", {1: "8"}, polarity="high is good"),
    ]
    (tmp_path / "a").mkdir()
    build(tmp_path / "a", scorecard("ENV", "2012/13", 1, lines))
    text = (tmp_path / "a" / "measures-proposed.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    codes = codes_with(tmp_path / "codes", measures=text)
    warehouse = build(tmp_path, scorecard("ENV", "2012/13", 1, lines), codes=codes)
    assert run_query(warehouse, "SELECT measure, polarity FROM cross_quarter ORDER BY measure")[1] == [
        ("Reduce complaints", "lower"),
        ("Visits", "higher"),
    ]
    assert run_query(warehouse, "SELECT count(*) FROM measure_proposals")[1] == [(0,)]


def test_proposals_say_how_often_and_how_a_measure_is_counted(tmp_path: Path) -> None:
    told = {
        "Homes built": "40|80|118|153|35|82|120|150",
        "Homes since April": "40|||",
        "Visits": "40|41|39|45|50|44|43|40",
        "Percentage of bins": "90%|91%|92%|93%",
        "Survey score": "|||7.1||||7.4",
        "Audit": "|3||4||5||6",
        "New measure": "5|6|7|",
    }
    readings = []
    for n in range(8):
        lines = [
            Line(name, "9", {n % 4 + 1: text})
            for name, row in told.items()
            if (text := (row + "|" * 8).split("|")[n])
        ]
        readings.append(scorecard("ENV", f"20{12 + n // 4}/{13 + n // 4}", n % 4 + 1, lines))
    readings.append(scorecard("ENV", "2012/13", 2, [Line("Visits", "9", {2: "41.4"})], role="return"))
    warehouse = build(tmp_path, *readings)
    sql = "SELECT name, frequency, kind, tolerance FROM measure_proposals ORDER BY name"
    assert run_query(warehouse, sql)[1] == [
        ("Audit", "half-yearly", None, None),
        ("Homes built", "quarterly", "cumulative", None),
        ("Homes since April", None, "cumulative", None),
        ("New measure", None, None, None),
        ("Percentage of bins", "quarterly", "snapshot", None),
        ("Survey score", "annual", None, None),
        ("Visits", "quarterly", None, 0.4),
    ]
