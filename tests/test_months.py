"""Tables that give months: the months are kept, and where no column gives the quarter a note says so, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden_compare import read

TITLE = "Harbour Services performance report Quarter 2 2014/15"
MONTHS = "Measure\tTarget\tJul\tAug\tSep"


@pytest.mark.parametrize(
    ("lines", "results", "months", "told"),
    [
        ([MONTHS, "Ships handled\t40\t11\t12\t13", "Days closed\t3\t0\t1\t0"], 0, 6, ["Jul"]),
        ([f"{MONTHS}\tQ2", "Ships handled\t40\t11\t12\t13\t36", "Days closed\t3\t0\t1\t0\t"], 1, 6, []),
        ([f"{MONTHS}\tYTD", "Ships handled\t40\t11\t12\t13\t80"], 1, 3, []),
        (["Measure\tTarget\tJun\tSep", "Ships handled\t40\t31\t36"], 2, 0, []),
        (
            [
                "Measure\tPeriod\tActual\tTarget",
                *(
                    f"Ships handled\t{month} 2014\t{n}\t40"
                    for n, month in enumerate(("Jul", "Aug", "Sep"), 11)
                ),
            ],
            0,
            3,
            ["Actual"],
        ),
    ],
    ids=["months", "with the quarter", "with the year to date", "ends of quarters", "a row for each month"],
)
def test_months_are_no_lost_results(
    lines: list[str], results: int, months: int, told: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "months.txt"
    file.write_text("\n".join([TITLE, *lines]) + "\n", encoding="utf-8")
    (reading,) = read(file)
    kept = [row for row in reading.rows.get("other_values", ()) if row["field"] == "month"]
    assert (len(reading.rows.get("results", ())), len(kept)) == (results, months)
    assert [row["quote"] for row in reading.rows["findings"] if row["rule"] == "months-only"] == told
