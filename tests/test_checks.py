"""Every check of warehouse/checks both ways: documents that must trigger it, and near misses that must not.

Each case is a directorate of its own, named after the rule, in one of two warehouses: in 'wrong' it has the
fault, in 'right' something close that is in order.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.query import run_query
from pipeline.shapes import Reading
from tests.readings import CODES, Line, build, codes_with, scorecard

ROOT = Path(__file__).resolve().parents[1]
RULES = sorted(path.stem for path in (ROOT / "warehouse" / "checks").glob("*.sql"))
YEAR = "2012/13"

MEASURES = (
    "visits-cumulative,Visits since April,directorate,,higher,quarterly,cumulative,,,,confirmed,Test,2012-07-01\n"
    "calls-flow,Calls,directorate,,higher,quarterly,flow,,,,confirmed,Test,2012-07-01\n"
    "rated-measure,Rated,directorate,percent,higher,quarterly,snapshot,,,,confirmed,Test,2012-07-01\n"
    "alias-measure,Alias,directorate,percent,higher,quarterly,snapshot,,,,confirmed,Test,2012-07-01\n"
)
WORDINGS = (
    "Visits since April,,,visits-cumulative,,,\nCalls taken,,,calls-flow,,,\nRated measure,,,rated-measure,,,\n"
    "One wording,,,alias-measure,,,\nAnother wording,,,alias-measure,,,\n"
)
RAG_RULES = "rated-2012,,rated-measure,2012/13,1,2012/13,4,variance,,0,5,test\n"
EXPECTED = "return-missing,return,2012/13,1,2012/13,2,\nreturn-late,scorecard,2012/13,1,2012/13,1,30\n"


def quarters(
    rule: str, *texts: str, wording: str = "Measure", target: str = "90%", year: str = YEAR
) -> list[Reading]:
    """One scorecard per quarter, each with the result of its own quarter."""
    return [
        scorecard(rule, year, number, [Line(wording, target, {number: text}, priority=f"P {rule}")])
        for number, text in enumerate(texts, 1)
    ]


def rated(rule: str, rag: str, text: str, year: str = YEAR) -> list[Reading]:
    return [scorecard(rule, year, 1, [Line("Rated measure", "90%", {1: text}, rag=rag)])]


def told(rule: str, summary: str, *results: str, target: str = "100%", quarter: int = 1) -> list[Reading]:
    lines = [
        Line(f"Measure {n}", target, {quarter: text}, summary=summary, rag="Green")
        for n, text in enumerate(results)
    ]
    return [scorecard(rule, YEAR, quarter, lines)]


def both(rule: str, published: dict[int, str], returned: dict[int, str]) -> list[Reading]:
    return [
        scorecard(rule, YEAR, 1, [Line("Measure", "90%", published)]),
        scorecard(rule, YEAR, 1, [Line("Measure", "90%", returned)], role="return"),
    ]


def several(rule: str, quarter: int, measures: int = 4) -> Reading:
    lines = [
        Line(f"Measure {n}", "9%", {q: f"{n}{q}%" for q in range(1, quarter + 1)}, priority=f"P{n}")
        for n in range(1, measures + 1)
    ]
    return scorecard(rule, YEAR, quarter, lines)


def again(rule: str) -> Reading:
    """The first quarter's content under the second quarter."""
    lines = [Line(f"Measure {n}", "9%", {1: f"{n}1%"}, priority=f"P{n}") for n in range(1, 5)]
    return scorecard(rule, YEAR, 2, lines)


WRONG: dict[str, list[Reading]] = {
    "rag-contradicts-numbers": rated("rag-contradicts-numbers", "Green", "60%"),
    "rag-without-result": [
        scorecard("rag-without-result", YEAR, 1, [Line("Measure", "90%", {1: "N/A"}, rag="Green")])
    ],
    "narrative-contradicts-result": told(
        "narrative-contradicts-result", "It has increased from 71% (Nov 11) to 92% (Q1).", "72%"
    ),
    "narrative-does-not-add-up": told(
        "narrative-does-not-add-up", "Of the reports, 74 of 82 reports (95%) were in order.", "90%"
    ),
    "result-out-of-scale": quarters("result-out-of-scale", "7.2", "7.4", "72.9", target="8"),
    "result-target-out-of-scale": quarters("result-target-out-of-scale", "0.85", target="85%"),
    "result-copies-target": quarters("result-copies-target", "85%", "85%", "85%", target="85%"),
    "result-stuck": quarters("result-stuck", "71.3%", "71.3%", "71.3%", "71.3%"),
    "personal-details": told("personal-details", "Ask J. Doe, j.doe@example.org, about it.", "90%"),
    "rag-missing": [
        scorecard(
            "rag-missing",
            YEAR,
            1,
            [
                Line("Measure", "9%", {1: "8%"}, rag="Green"),
                Line("Other", "9%", {1: "8%"}, priority="Second"),
            ],
        )
    ],
    "future-quarter-filled": [
        scorecard("future-quarter-filled", YEAR, 2, [Line("Measure", "90%", {2: "72%", 3: "75%"})])
    ],
    "duplicate-measure": [
        scorecard(
            "duplicate-measure",
            YEAR,
            1,
            [Line("Measure", "9%", {1: "5%"}), Line("measure", "9%", {1: "5%"})],
        )
    ],
    "deadline-past": quarters("deadline-past", "72%", wording="By March 2012 all decisions have evidence"),
    "measure-without-target": [
        scorecard(
            "measure-without-target", YEAR, 1, [Line("One", "90%", {1: "1%"}), Line("Two", "N/A", {1: "1%"})]
        )
    ],
    "not-available-running": quarters("not-available-running", "N/A", "N/A", "N/A"),
    "target-changed": [
        *quarters("target-changed", "70%"),
        scorecard(
            "target-changed", YEAR, 2, [Line("Measure", "80%", {2: "70%"}, priority="P target-changed")]
        ),
    ],
    "measure-vanished": [several("measure-vanished", 1), several("measure-vanished", 2, measures=3)],
    "measure-twice": [
        scorecard(
            "measure-twice",
            YEAR,
            1,
            [Line("One wording", "9%", {1: "5%"}), Line("Another wording", "9%", {1: "6%"})],
        )
    ],
    "cumulative-falls": quarters(
        "cumulative-falls", "500", "450", wording="Visits since April", target="900"
    ),
    "year-to-date-disagrees": [
        scorecard(
            "year-to-date-disagrees",
            YEAR,
            2,
            [Line("Calls taken", "90", {1: "10", 2: "12"}, others={"year_to_date": "23"})],
        )
    ],
    "result-restated": [
        scorecard("result-restated", YEAR, 1, [Line("Measure", "90%", {1: "72%"})]),
        scorecard("result-restated", YEAR, 2, [Line("Measure", "90%", {1: "75%", 2: "80%"})]),
    ],
    "sources-differ": both("sources-differ", {1: "72%"}, {1: "75%"}),
    "only-in-one-source": both("only-in-one-source", {1: "72%", 2: "70%"}, {1: "72%"}),
    "return-missing": [
        scorecard("return-missing", YEAR, 1, [Line("Measure", "90%", {1: "72%"})], role="return")
    ],
    "list-names-no-measure": [],
    "quotation-not-closed": told(
        "quotation-not-closed", 'They asked "Taking everything into account, are you content?', "90%"
    ),
    "return-late": [
        scorecard("return-late", YEAR, 1, [Line("Measure", "90%", {1: "72%"})], received="2012-08-02")
    ],
    "document-repeats": [several("document-repeats", 1), again("document-repeats")],
    "correction-stale": quarters("correction-stale", "72%"),
    "correction-not-applied": quarters("correction-not-applied", "72%"),
    "waiver-expired": quarters("waiver-expired", "72%"),
    "waiver-matches-nothing": quarters("waiver-matches-nothing", "72%", target="N/A"),
}
RIGHT: dict[str, list[Reading]] = {
    # 86% is 4.4% short: amber by the rule; and the rule of 2012/13 does not reach 2013/14.
    "rag-contradicts-numbers": rated("rag-contradicts-numbers", "Amber", "86%")
    + rated("rag-contradicts-numbers", "Green", "60%", "2013/14"),
    "rag-without-result": [
        scorecard(
            "rag-without-result",
            YEAR,
            1,
            [
                Line("Measure", "90%", {1: "N/A"}, rag="Green"),
                Line("Other", "9%", {1: "8%"}),
                Line("Third", "9%", {1: "N/A"}, priority="P2"),
            ],
        )
    ],
    "narrative-contradicts-result": told(
        "narrative-contradicts-result",
        "Response fell (from 73%-65%). It rose from 71% (Nov 11) to 72.4% (Q1); Quarter 4 result was 97%.",
        "72%",
        "9%",
    ),
    "narrative-does-not-add-up": told(
        "narrative-does-not-add-up",
        "651 appraisals are to be completed. Of these, 649 are recorded and 2 are on paper. 90% (74) reports were good, "
        "however 10% (8) were not. 74 of 82 (90%) passed. 120 calls came. Of these, 80 were upheld and 10 withdrawn.",
        "90%",
    ),
    "result-out-of-scale": quarters("result-out-of-scale", "7.2", "7.4", "9.9", target="8")
    + quarters("result-out-of-scale", "1", "50", "500", "505", wording="Growing", year="2013/14", target="8")
    + quarters(
        "result-out-of-scale", "£79", "£74", "£9", "-£7", wording="Varying", year="2014/15", target="£0"
    ),
    "result-target-out-of-scale": quarters("result-target-out-of-scale", "0.85%", target="1%"),
    "result-copies-target": quarters("result-copies-target", "100%", "100%", "100%", target="100%"),
    "result-stuck": quarters("result-stuck", "71.3%", "71.3%", "71.3%", "71.4%"),
    "personal-details": told(
        "personal-details",
        "Follow us @example. 01/02/2012: 0.85 of 1,234,567 calls; job 0012345678901.",
        "90%",
    ),
    "rag-missing": [
        scorecard(
            "rag-missing",
            YEAR,
            1,
            [Line("Measure", "9%", {1: "8%"}), Line("Other", "9%", {1: "8%"}, priority="Second")],
        )
    ],
    "future-quarter-filled": [
        scorecard("future-quarter-filled", YEAR, 2, [Line("Measure", "90%", {1: "72%", 3: "Not due"})])
    ],
    "duplicate-measure": [
        scorecard(
            "duplicate-measure",
            YEAR,
            1,
            [Line("Measure", "9%", {1: "5%"}), Line("Measure", "9%", {1: "5%"}, priority="Other")],
        )
    ],
    "deadline-past": quarters("deadline-past", "72%", wording="By March 2013 all decisions have evidence"),
    "measure-without-target": [
        scorecard(
            "measure-without-target",
            YEAR,
            1,
            [Line("One", "90%", {1: "1%"}), Line("Two", "Top quartile", {1: "1%"})],
        ),
        scorecard(
            "measure-without-target", YEAR, 2, [Line("One", "", {2: "1%"}), Line("Two", "", {2: "1%"})]
        ),
    ],
    "not-available-running": quarters("not-available-running", "N/A", "N/A", "71%")
    + quarters("not-available-running", "N/A", "N/A", wording="Other", year="2013/14"),
    "target-changed": quarters("target-changed", "70%", "72%")
    + quarters("target-changed", "70%", year="2013/14", target="95%"),
    "measure-vanished": [
        several("measure-vanished", 1),
        several("measure-vanished", 2),
        *quarters("measure-vanished", "13%", wording="Measure 1", year="2013/14", target="9%"),
    ],
    "measure-twice": [
        scorecard(
            "measure-twice", YEAR, 1, [Line("One wording", "9%", {1: "5%"}), Line("Third", "9%", {1: "6%"})]
        )
    ],
    "cumulative-falls": quarters("cumulative-falls", "500", "500", wording="Visits since April", target="900")
    + quarters("cumulative-falls", "20", wording="Visits since April", target="900", year="2013/14"),
    "year-to-date-disagrees": [
        scorecard(
            "year-to-date-disagrees",
            YEAR,
            2,
            [
                Line("Calls taken", "90", {1: "10", 2: "12"}, others={"year_to_date": "22"}),
                Line("Average wait", "9", {1: "10", 2: "12"}, others={"year_to_date": "11"}),
            ],
        )
    ],
    "result-restated": [
        scorecard("result-restated", YEAR, 1, [Line("Measure", "90%", {1: "72%", 2: "N/A"})]),
        scorecard(
            "result-restated", YEAR, 1, [Line("Measure", "90%", {1: "72.0 per cent", 2: "N/A"})], name="-pdf"
        ),
        scorecard("result-restated", YEAR, 2, [Line("Measure", "90%", {1: "72%", 2: "80%"})]),
        scorecard("result-restated", YEAR, 2, [Line("Measure", "90%", {1: "75%", 2: "80%"})], role="return"),
    ],
    "sources-differ": both("sources-differ", {1: "72%"}, {1: "72.4%"}),
    "only-in-one-source": both("only-in-one-source", {1: "72%"}, {1: "N/A"}),
    "return-missing": [
        scorecard("return-missing", YEAR, number, [Line("Measure", "90%", {number: "72%"})], role="return")
        for number in (1, 2)
    ],
    "return-late": [
        scorecard("return-late", YEAR, 1, [Line("Measure", "90%", {1: "72%"})], received="2012-07-30")
    ],
    "document-repeats": [
        several("document-repeats", 1),
        several("document-repeats", 2),
        scorecard("document-repeats", YEAR, 2, [Line("Measure 1", "9%", {1: "11%"})], role="return"),
    ],
    "list-names-no-measure": [],
    "quotation-not-closed": told(
        "quotation-not-closed",
        'A "new" way, 6" of snow, a 12" pipe and "another": “all” said (“so”) "as it is." 5" wide.',
        "90%",
    ),
    "correction-stale": quarters("correction-stale", "72%"),
    "correction-not-applied": quarters("correction-not-applied", "72%"),
    "waiver-expired": quarters("waiver-expired", "72%"),
    "waiver-matches-nothing": quarters("waiver-matches-nothing", "72%", target="N/A"),
}


def made(folder: Path, cases: dict[str, list[Reading]], expected_text: str, meaning: str, until: str) -> Path:
    broken = "rated-measure" if cases is RIGHT else "rated-measures"
    waived = "measure-without-target" if cases is RIGHT else "measure-without-targets"
    codes = codes_with(
        folder / "codes",
        measures=MEASURES,
        wordings=WORDINGS,
        rag_rules=RAG_RULES,
        expected=EXPECTED,
        series_breaks=f"{broken},list-names-no-measure,2012/13,1,test\n",
    )
    (folder / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        f"2012-13/Q1/correction-stale-scorecard.txt,r1 c6,{expected_text},75%,typing error,Officer,2012-08-01\n"
        f"2012-13/Q1/correction-not-applied-scorecard.txt,r1 c6,72%,{meaning},typing error,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    (folder / "waivers.csv").write_text(
        "rule,document_path,place,measure,until,why,decided_by,decided_on\n"
        f"measure-without-target,2012-13/Q1/waiver-expired-scorecard.txt,,,{until},agreed,Officer,2012-08-01\n"
        f"{waived},2012-13/Q1/waiver-matches-nothing-scorecard.txt,,,2013-12-31,agreed,Officer,2012-08-01\n",
        encoding="utf-8",
    )
    readings = [reading for case in cases.values() for reading in case]
    return build(folder, *readings, codes=codes, raw=str(folder), as_of="2012-12-31")


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("wrong"), WRONG, "71%", "a) 7% b) 2%", "2012-12-30")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("right"), RIGHT, "72%", "75%", "2012-12-31")


def found(warehouse: Path, rule: str) -> list[tuple[str, ...]]:
    sql = f"SELECT message, advice, severity, place, document_path FROM findings WHERE rule = '{rule}' AND directorate = '{rule}'"
    return run_query(warehouse, sql)[1]


def test_every_check_has_both_cases_and_a_rule() -> None:
    assert sorted(WRONG) == RULES == sorted(RIGHT)
    listed = {line.split(",")[0] for line in (CODES / "rules.csv").read_text(encoding="utf-8").splitlines()}
    assert set(RULES) <= listed


@pytest.mark.parametrize("rule", RULES)
def test_the_fault_is_found_once_and_said_in_full(rule: str, wrong: Path) -> None:
    (finding,) = found(wrong, rule)
    message, advice, *_ = finding
    assert "(not known)" not in message, message
    assert "{" not in message, message
    assert advice


@pytest.mark.parametrize("rule", RULES)
def test_the_near_miss_is_left_alone(rule: str, right: Path) -> None:
    assert found(right, rule) == []


def test_nothing_but_what_a_case_is_about_is_called_an_error_or_a_warning(right: Path) -> None:
    others = run_query(
        right,
        "SELECT directorate, rule, message FROM findings WHERE severity != 'note' AND rule != directorate ORDER BY ALL",
    )[1]
    # The case of figures told by two sources differs between them on purpose.
    assert {(directorate, rule) for directorate, rule, _ in others} <= {
        ("result-restated", "sources-differ"),
        ("only-in-one-source", "sources-differ"),
        ("return-missing", "return-missing"),
    }, others


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "rag-contradicts-numbers",
            "“Rated measure” is rated Green; by rule rated-2012 its result 60% against target 90% would be Red.",
        ),
        (
            "narrative-contradicts-result",
            "The text says “92% (Q1)”; for quarter 1 the table says 72% (“Measure 0”).",
        ),
        (
            "narrative-does-not-add-up",
            "The figures in the text do not agree with each other: 74 of 82 reports (95%).",
        ),
        ("result-out-of-scale", "72.9 for “Measure” is about 10 times the earlier results (around 7.3)."),
        ("target-changed", "The target of “Measure” changed within the year: 90% in quarter 1, now 80%."),
        ("return-missing", "The return of return-missing for quarter 2 of 2012/13 has not been received."),
        ("return-late", "The scorecard of return-late was received 3 days after it was due."),
        (
            "sources-differ",
            "“Measure”, quarter 1, result: the scorecard says 72%, the return says 75% (different).",
        ),
        ("result-restated", "The result of “Measure” for quarter 1 of 2012/13 was 72% and is now 75%."),
    ],
)
def test_the_message_names_the_values(rule: str, message: str, wrong: Path) -> None:
    assert found(wrong, rule)[0][0] == message


NARRATIVES = list(csv.DictReader((ROOT / "tests/cases/narratives.csv").open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def told_in_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every line of narratives.csv as the scorecard of a directorate of its own, named by the line's number."""
    readings = []
    for number, case in enumerate(NARRATIVES):
        quarter = int(case["quarter"])
        lines = [
            Line(f"{case['measure']}{', part ' * n}", case["target"], {quarter: text}, summary=case["text"])
            for n, text in enumerate(case["results"].split("|"))
        ]
        readings.append(scorecard(str(number), YEAR, quarter, lines))
    return build(tmp_path_factory.mktemp("narratives"), *readings)


@pytest.mark.parametrize("number", range(len(NARRATIVES)), ids=[case["text"][:40] for case in NARRATIVES])
def test_a_narrative_is_questioned_only_when_its_figures_are_wrong(number: int, told_in_words: Path) -> None:
    sql = f"SELECT rule, quote FROM findings WHERE directorate = '{number}' AND rule LIKE 'narrative-%'"
    case = NARRATIVES[number]
    wanted = [(case["rule"], case["quote"])] if case["rule"] else []
    assert run_query(told_in_words, sql)[1] == wanted


@pytest.mark.parametrize(
    ("summary", "quotes"),
    [
        ("Ring 0113 496 0123 or (0113) 496 0124.", ["(01…", "011…"]),
        ("Ring 07700 900123; from abroad +44 7700 900 124.", ["+44…", "077…"]),
        ("Write to a.b-c@mail.example.gov.uk or to d@e.org.", ["a.b…", "d@e…"]),
        ("In 2012/13 100 200 3000 uses, 0.5 to 0.75, £01,234,567 and 010.", []),
        ("Reference 0113496012345 and 2012-07-31.", []),
    ],
)
def test_addresses_and_telephone_numbers_in_a_text(summary: str, quotes: list[str], tmp_path: Path) -> None:
    warehouse = build(tmp_path, *told("CAP", summary, "90%"))
    sql = "SELECT quote FROM findings WHERE rule = 'personal-details' ORDER BY quote"
    assert [row[0] for row in run_query(warehouse, sql)[1]] == quotes
