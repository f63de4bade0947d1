"""Two councils in one warehouse whose directorates and measures share their names: nothing of one counts for the other."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.codes import load_codes
from pipeline.query import export_rows, run_query
from pipeline.report import write_report
from pipeline.run import Options, ingest
from pipeline.summary import DATABASE
from tests.readings import CODES, Line, build, codes_with, scorecard

WORDING = "Repairs done in time"
COUNCILS = ("Harbour", "Vale")
FIGURES = {"Harbour": (70, 71, 80, 60), "Vale": (40, 41, 22, 90)}
"""Of each council: Q1, Q1 as told in Q2, Q2, and Q2 in the return."""


def documents(council: str) -> list[object]:
    """A council's Q1 and Q2, scorecards and return; Care reports the same measure as Roads."""
    first, again, second, returned = (f"{figure}%" for figure in FIGURES[council])

    def lines(results: dict[int, str], rag: str) -> list[Line]:
        return [Line(WORDING, "75%", results, rag=rag)]

    return [
        scorecard("Roads", "2024/25", 1, lines({1: first}, "Red"), council=council, name=council or ""),
        scorecard(
            "Roads",
            "2024/25",
            2,
            lines({1: again, 2: second}, "Green"),
            council=council,
            name=council,
            received="2024-10-09",
        ),
        scorecard(
            "Roads",
            "2024/25",
            2,
            lines({2: returned}, ""),
            council=council,
            name=council,
            role="return",
            received="2024-11-20",
        ),
        scorecard("Care", "2024/25", 2, lines({2: second}, "Amber"), council=council, name=council or ""),
    ]


def alone_and_together(folder: Path, register: str = "") -> dict[str, Path]:
    """A warehouse of each council and one of both."""
    codes = folder / "codes"
    shutil.copytree(CODES, codes)
    if register:
        (codes / "expected.csv").write_text(register, encoding="utf-8")
    decided = "wording,directorate,section,measure_id,decided_by,decided_on,why\n"
    (codes / "wordings.csv").write_text(f"{decided}{WORDING},,,repairs,,,\n", encoding="utf-8")
    whose = {council: documents(council) for council in COUNCILS}
    whose["both"] = [document for held in whose.values() for document in held]
    made = {}
    for name, readings in whose.items():
        (folder / name).mkdir()
        made[name] = build(folder / name, *readings, codes=codes, as_of="2025-01-01")  # type: ignore[arg-type]
    return made


def test_both_together_hold_what_each_holds_alone(tmp_path: Path) -> None:
    made = alone_and_together(tmp_path)
    alone = [export_rows(made[council]) for council in COUNCILS]
    both = export_rows(made["both"])
    for view, rows in both.items():
        if view in ("cross_council", "measure_proposals") or view.startswith("codes"):
            continue
        assert sorted(rows, key=repr) == sorted((row for held in alone for row in held[view]), key=repr), view
    assert both["restatements"]
    assert both["reconciliation"]
    assert both["cross_directorate"]


def test_across_councils_only_on_request(tmp_path: Path) -> None:
    made = alone_and_together(tmp_path)
    sql = "SELECT council, directorate, value, lowest, highest FROM cross_council WHERE quarter = 2 ORDER BY ALL"
    assert run_query(made["both"], sql)[1] == [
        ("Harbour", "Care", 80, 22, 80),
        ("Harbour", "Roads", 80, 22, 80),
        ("Vale", "Care", 22, 22, 80),
        ("Vale", "Roads", 22, 22, 80),
    ]
    assert run_query(made["Vale"], sql)[1] == []


@pytest.mark.parametrize(("council", "owing"), [("", {"Harbour", "Vale"}), ("Vale", {"Vale"})])
def test_a_line_of_the_register_holds_for_its_council_or_for_each(
    council: str, owing: set[str], tmp_path: Path
) -> None:
    heading = "directorate,document_role,from_year,from_quarter,to_year,to_quarter,days_after_quarter,council"
    made = alone_and_together(tmp_path, f"{heading}\nCare,scorecard,2024/25,1,2024/25,2,30,{council}\n")
    missing = run_query(made["both"], "SELECT council, quarter FROM expected_returns WHERE missing")[1]
    assert set(missing) == {(name, 1) for name in owing}
    found = run_query(made["both"], "SELECT council FROM findings WHERE rule = 'return-missing'")[1]
    assert {name for (name,) in found} == owing


def test_a_renaming_and_a_decision_hold_for_their_council_only(tmp_path: Path) -> None:
    codes = codes_with(
        tmp_path / "codes",
        directorate_history="directorate,Roads,Streets,renamed,2024/25,2,minutes,Vale\n",
        wordings="Mended in time,,,repairs,,,,Vale\nRepaired in time,,,repairs,,,,Vale\n",
    )
    told = [
        scorecard(
            whose,
            "2024/25",
            quarter,
            [Line(wording, "75%", {quarter: text})],
            council=council,
            name=council or "",
        )
        for council in (*COUNCILS, None)
        for whose, quarter, wording, text in (
            (f"Roads{'' if council else ' of nobody'}", 1, "Mended in time", "70%"),
            (f"Streets{'' if council else ' of nobody'}", 2, "Repaired in time", "71%"),
        )
    ]
    made = build(tmp_path, *told, codes=codes)
    sql = (
        "SELECT council, directorate, q1, q2, change, measure_id = 'repairs' FROM cross_quarter ORDER BY ALL"
    )
    assert run_query(made, sql)[1] == [
        ("Harbour", "Roads", 70, None, None, False),
        ("Harbour", "Streets", None, 71, None, False),
        ("Vale", "Streets", 70, 71, 1, True),
        (None, "Roads of nobody", 70, None, None, False),
        (None, "Streets of nobody", None, 71, None, False),
    ]
    sql = "SELECT council, directorate FROM history('Roads') ORDER BY ALL"
    assert run_query(made, sql)[1] == [("Harbour", "Roads"), ("Vale", "Roads"), ("Vale", "Streets")]


def test_the_report_keeps_them_apart(tmp_path: Path) -> None:
    made = alone_and_together(tmp_path)
    report = write_report(made["both"].parent).parent
    pages = {path.name: path.read_text(encoding="utf-8") for path in report.glob("directorate-*.html")}
    assert len(pages) == 4
    roads = next(text for name, text in pages.items() if "roads-harbour" in name)
    assert "Roads (Harbour)" in roads
    assert "80%" in roads
    assert "22%" not in roads
    compare = (report / "compare.html").read_text(encoding="utf-8")
    assert f"{WORDING} (Harbour)" in compare
    assert f"{WORDING} (Vale)" in compare
    alone = write_report(made["Vale"].parent).parent
    assert all("(Vale)" not in path.read_text(encoding="utf-8") for path in alone.glob("*.html"))


def test_one_name_in_two_councils_has_the_code_of_its_own(tmp_path: Path) -> None:
    codes = tmp_path / "codes"
    shutil.copytree(CODES, codes)
    with (codes / "directorates.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [
                ("name", "directorate", "council"),
                ("Adult Care", "AC", "Harbour"),
                ("Adult Care", "ADULTS", "Vale"),
            ]
        )
    known = load_codes(codes)
    assert known.directorate("Adult Care", "Vale") == ("ADULTS", "Vale")
    assert known.directorate("adult care", "harbour borough council") == ("AC", "Harbour")
    assert known.directorate("Adult Care", "Downs") is None
    assert known.directorate("Adult Care", None) is None
    text = (Path(__file__).resolve().parents[1] / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt").read_text(
        "utf-8"
    )
    for council in COUNCILS:
        folder = tmp_path / "raw" / council / "2012-13" / "Q1"
        folder.mkdir(parents=True)
        said = text.replace("CAP", "Adult Care").replace("£0", f"£{len(council)}")
        (folder / "scorecard.txt").write_text(said, "utf-8")
    ingest(tmp_path / "raw", tmp_path / "w", lambda *_: None, Options(workers=1, codes=codes))
    sql = "SELECT DISTINCT council, directorate, value_text FROM latest_results WHERE measure_id = 'budget-variation'"
    assert run_query(tmp_path / "w" / DATABASE, sql + " ORDER BY ALL")[1] == [
        ("Harbour", "AC", "£7"),
        ("Vale", "ADULTS", "£4"),
    ]
