"""Tables in plain text whose columns stand apart by blanks alone."""

from __future__ import annotations

from pathlib import Path

from tests.golden_compare import read
from tests.test_extract_text import written

EMAIL = """\
From: Performance, Revenues and Benefits
Revenues and Benefits - scorecard - Quarter 2 2013/14

                                      2012/13           2013/14
Measure                               Outturn  Target   Q1       Q2      RAG
-----------------------------------------------------------------------------
Benefit claims decided within            89%      88%   91.2%    90.4%   G
14 days of the claim
Overpayments recovered                64,310   85,000  71,420   79,310   A

STAFF
Days lost to sickness                   12.1     10.0     2.9             R
-----------------------------------------------------------------------------

Recovery was slow.  Two staff left.
"""


def test_a_table_of_an_email_is_read(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text(EMAIL, encoding="utf-8")
    (reading,) = read(tmp_path / "mail.txt")
    names = {row["measure_no"]: row["measure"] for row in reading.rows["measures"]}
    assert [*names.values()] == [
        "Benefit claims decided within\n14 days of the claim",
        "Overpayments recovered",
        "Days lost to sickness",
    ]
    results = [
        (row["measure_no"], row["quarter"], row["value_text"], row["place"])
        for row in reading.rows["results"]
    ]
    assert results == [
        (1, 1, "91.2%", "r7 c4"),
        (1, 2, "90.4%", "r7 c5"),
        (2, 1, "71,420", "r9 c4"),
        (2, 2, "79,310", "r9 c5"),
        (3, 1, "2.9", "r12 c4"),
    ]
    assert [row["rag"] for row in reading.rows["measures"]] == ["Green", "Amber", "Red"]
    claimed = [row["text"] for row in reading.rows["cells"]]
    printed = [word for line in EMAIL.splitlines() for word in line.split()]
    assert sorted(word for text in claimed for word in text.split()) == sorted(printed)
    assert all(row["claim"] for row in reading.rows["cells"])


def test_prose_with_wide_blanks_is_no_table(tmp_path: Path) -> None:
    prose = "We met on Monday.  All were there.\nThe chair spoke.  Nobody answered her.\nWe went home.  It rained.\n"
    (grid,) = written(tmp_path, "a.txt", prose).grids
    assert grid.lines
    assert [row[0].text for row in grid.rows] == prose.splitlines()


def test_tables_with_columns_of_their_own_stay_apart(tmp_path: Path) -> None:
    first = "Measure     Target   Q1\nBins        40       41\nTrees       12       9\n"
    second = "Measure of the other service        Target  Q1      RAG\nCalls answered in time              90%     88%     A\nLetters                             10      9       G\n"
    first_table, second_table = [
        grid for grid in written(tmp_path, "a.txt", f"{first}\n{second}").grids if not grid.lines
    ]
    assert [cell.text for cell in first_table.rows[2]] == ["Trees", "12", "9"]
    assert [cell.text for cell in second_table.rows[1]] == ["Calls answered in time", "90%", "88%", "A"]
