"""Series of results as councils have them (cases/series.csv): a check speaks of the wrong ones and of no other.

Also the deadlines that wordings set (cases/deadlines.csv), and the rules of a rating that has to be on its target.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.query import run_query
from tests.readings import Line, build, codes_with, scorecard

CASES = Path(__file__).parent / "cases"


def listed(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERIES = listed("series.csv")
DEADLINES = listed("deadlines.csv")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every line of series.csv as the scorecards of a directorate of its own, a quarter after the other."""
    folder = tmp_path_factory.mktemp("series")
    readings, measures, wordings = [], "", ""
    for number, case in enumerate(SERIES):
        kinds = f"{case['polarity']},{case['frequency']},{case['kind']}"
        measures += f"case-{number},Case {number},directorate,,{kinds},,,,confirmed,Test,2010-04-01\n"
        wordings += f"{case['about']},,,case-{number},,,\n"
        results, targets = case["results"].split("|"), case["targets"].split("|")
        for n, text in enumerate(results):
            target = targets[min(n, len(targets) - 1)]
            rag = case["rag"] if n == len(results) - 1 and case["rag"] else None
            line = Line(case["about"], target, {n % 4 + 1: text}, rag=rag)
            start = 2010 + n // 4
            year = f"{start}/{(start + 1) % 100}"
            readings.append(scorecard(str(number), year, n % 4 + 1, [line]))
    rules = "test,,,,,,,variance,,0,5,test\n"
    codes = codes_with(folder / "codes", measures=measures, wordings=wordings, rag_rules=rules)
    return build(folder, *readings, codes=codes)


@pytest.mark.parametrize("number", range(len(SERIES)), ids=[case["about"] for case in SERIES])
def test_a_series_is_questioned_only_when_it_is_odd(number: int, told: Path) -> None:
    sql = f"SELECT DISTINCT rule FROM findings WHERE directorate = '{number}' AND rule NOT IN ('measure-without-target')"
    assert [rule for (rule,) in run_query(told, sql)[1]] == [
        rule for rule in [SERIES[number]["found"]] if rule
    ]


def test_a_deadline_has_passed_when_its_day_lies_before_the_quarter(tmp_path: Path) -> None:
    readings = [
        scorecard(str(n), "2012/13", 4, [Line(case["wording"], "90%", {4: "72%"})])
        for n, case in enumerate(DEADLINES)
    ]
    warehouse = build(tmp_path, *readings)
    sql = "SELECT directorate, detail ->> 'deadline' FROM findings WHERE rule = 'deadline-past'"
    found: dict[str, str] = dict(run_query(warehouse, sql)[1])
    assert {case["wording"]: found.get(str(n), "") for n, case in enumerate(DEADLINES)} == {
        case["wording"]: case["deadline_past"] for case in DEADLINES
    }


@pytest.mark.parametrize("method", ["threshold", "points"])
def test_on_target_means_near_it_on_either_side(tmp_path: Path, method: str) -> None:
    codes = codes_with(
        tmp_path / "codes",
        measures="spend,Spend,directorate,percent,on target,quarterly,snapshot,,,,confirmed,Test,2012-07-01\n",
        wordings="Spend,,,spend,,,\n",
        rag_rules=f"near,,spend,,,,,{method},,2,5,test\n",
    )
    readings = [
        scorecard(f"D{text}", "2012/13", 1, [Line("Spend", "100%", {1: f"{text}%"}, rag="Green")])
        for text in (94, 95, 98, 100, 102, 103, 106)
    ]
    warehouse = build(tmp_path, *readings, codes=codes)
    rows = run_query(warehouse, "SELECT directorate, computed FROM computed_ratings")[1]
    assert dict(rows) == {
        "D94": "Red",
        "D95": "Amber",
        "D98": "Green",
        "D100": "Green",
        "D102": "Green",
        "D103": "Amber",
        "D106": "Red",
    }
