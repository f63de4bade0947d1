"""A row that breaks its schema is set aside with its place; nothing else changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from pipeline.shapes import Reading
from pipeline.validate import check_rows, validate
from schemas.keeping import certainly_keep
from schemas.tables import TABLES
from tests.readings import Line, scorecard


@pytest.fixture
def reading() -> Reading:
    return scorecard(
        "CAP",
        "2012/13",
        1,
        [Line("Staff with an appraisal", "100%", {1: "72%"}), Line("Calls", "9", {1: "8"})],
    )


def spoilt(reading: Reading, table: str, **changes: Any) -> Reading:
    """The Reading with its first row of a table changed, validated again."""
    first, *others = reading.rows[table]
    return validate(replace(reading, rows={**reading.rows, table: ({**first, **changes}, *others)}))


def test_good_rows_pass_unchanged(reading: Reading) -> None:
    assert all(certainly_keep(TABLES[table], rows) for table, rows in reading.rows.items())
    again = validate(reading)
    assert again == reading
    assert not again.findings
    assert len(again.rows["cells"]) == len(reading.ledger)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"quarter": 5}, "quarter is 5, which breaks less_than_or_equal_to(4)"),
        ({"quarter": "1"}, "quarter is '1', not a whole number"),
        ({"quarter": True}, "quarter is True, not a whole number"),
        ({"value": "72"}, "value is '72', not a number"),
        ({"value": float("nan")}, "value is nan, not a number"),
        ({"value_text": 72}, "value_text is 72, not text"),
        ({"value_status": None}, "value_status is missing"),
        ({"financial_year": "2012"}, "financial_year is '2012', which breaks"),
    ],
)
def test_a_broken_row_becomes_a_finding_with_its_place(
    reading: Reading, changes: dict[str, Any], fault: str
) -> None:
    after = spoilt(reading, "results", **changes)
    assert [row["measure_no"] for row in after.rows["results"]] == [2]
    (finding,) = after.findings
    place = reading.rows["results"][0]["place"]
    assert (finding.rule, str(finding.place)) == ("row-quarantined", place)
    assert fault in finding.detail["faults"]
    assert [claim.kind for claim in after.ledger if str(claim.cell.place) == place] == ["finding"]
    assert len(after.ledger) == len(reading.ledger)
    (row,) = after.rows["findings"]
    assert row["place"] == place
    quoted = json.loads(row["detail"])["row"]
    assert set(quoted) - {"document_id"}


def test_several_faults_of_a_row_make_one_finding(reading: Reading) -> None:
    after = spoilt(reading, "results", quarter=9, value="x", value_status=None)
    (finding,) = after.findings
    assert finding.detail["faults"].count(";") == 2


def test_of_rows_with_one_key_the_first_stays(reading: Reading) -> None:
    first = reading.rows["results"][0]
    kept, broken = check_rows("results", [first, {**first, "value": 71.0}])
    assert [row["value"] for row in kept] == [72.0]
    assert len(broken) == 1
    assert "stands twice" in broken[0][1][0]


def test_a_column_no_schema_knows_is_a_mistake_of_the_code(reading: Reading) -> None:
    with pytest.raises(ValueError, match="colour"):
        spoilt(reading, "results", colour="red")
    with pytest.raises(ValueError, match="no schema for the table"):
        check_rows("figures", [{}])


TEXTS = ("", "CAP", "2012/13", "2012/13\n", "12-07-31", "2012-07-31", "Red", "value", "\ud800")
ODD = (None, *TEXTS, True, -1, 0, 3, 9, 2**70, 1.5, float("nan"), float("inf"))


@pytest.mark.parametrize("table", ["documents", "priorities", "measures", "results", "other_values"])
def test_what_certainly_keeps_its_schema_is_refused_by_no_check_of_pandera(
    table: str, reading: Reading
) -> None:
    """A good row, and each of its columns with each odd value: both ways of checking must agree."""
    line = Line("Calls", "9", {1: "8"}, others={"baseline": "7"})
    row = scorecard("CAP", "2012/13", 1, [line]).rows[table][0]
    schema = TABLES[table].to_schema()
    certain = 0
    for column in schema.columns:
        for value in ODD:
            changed = [{**row, column: value}]
            if certainly_keep(TABLES[table], changed):
                certain += 1
                given = {
                    n: pd.Series([changed[0].get(n)], dtype=str(c.dtype)) for n, c in schema.columns.items()
                }
                schema.validate(pd.DataFrame(given), lazy=True)
    assert certain > 2 * len(schema.columns)
