"""Documents made of blocks: a form for each measure, a heading for each priority, each drawn here and read back."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from tests.golden_compare import read

Block = str | list[list[str]]
TITLE = "Wexbourne Borough Council - Housing Services scorecard, Quarter 3 2018/19"
TEXT = "Numbers fell after the new lettings policy began in October."
TOLD = "The council completed 42 homes in the quarter and began work on another 61 at Linden Yard."
NAME, OTHER = "HS01 Households in temporary accommodation", "HS02 Average days to re-let an empty home"
HEAD = ["Measure", "Target", "Quarter 2", "Quarter 3"]
HOMES, REPAIRS = ["Homes completed", "160", "38", "42"], ["Repairs at the first visit", "92%", "91%", "93%"]
OVER = [["Target", "Current value", "Previous quarter", "RAG"], ["210", "198", "205", "Green"]]
BESIDE = [
    ["Target", "210"],
    ["Actual this quarter", "198"],
    ["Actual last quarter", "205"],
    ["RAG status", "Green"],
]
PAIRS = [["Target", "210", "Actual", "198"], ["Previous", "205", "RAG", "Green"]]
FORMS: dict[str, list[Block]] = {
    "labels above their values": [NAME, OVER, f"Commentary: {TEXT}", OTHER, OVER],
    "labels beside their values": [NAME, [*BESIDE, ["Comment", TEXT]], OTHER, BESIDE],
    "two labels a row, the text below": [NAME, PAIRS, TEXT, OTHER, PAIRS],
    "the name under a label": [
        [["Indicator", NAME], *BESIDE, ["Comment", TEXT]],
        [["Indicator", OTHER], *BESIDE],
    ],
    "the text above the figures": [NAME, TEXT, OVER, OTHER, OVER],
}
PRIORITIES: dict[str, list[Block]] = {
    "a name and a text": ["More homes", TOLD, [HEAD, HOMES], "Safe homes", TOLD, [HEAD, REPAIRS]],
    "a rating at the end": ["More homes (Green)", TOLD, [HEAD, HOMES], "Safe homes - Amber", TOLD, [HEAD, REPAIRS]],
    "a rating under a label": ["More homes", "RAG: Green", TOLD, [HEAD, HOMES], "Safe homes", "RAG: Amber", TOLD,
                               [HEAD, REPAIRS]],
    "a rating with a dot under a label": ["More homes", "Overall progress: ● Green", TOLD, [HEAD, HOMES], "Safe homes",
                                          "Overall progress: ● Amber", TOLD, [HEAD, REPAIRS]],
    "a rating behind a space": ["More homes Green", TOLD, [HEAD, HOMES], "Safe homes Amber", TOLD, [HEAD, REPAIRS]],
    "a table of its own": [[["More homes", "Green"]], TOLD, [HEAD, HOMES], [["Safe homes", "Amber"]], TOLD,
                           [HEAD, REPAIRS]],
    "a card of labels": [[["Priority 1", "More homes"], ["RAG", "Green"], ["Progress", TOLD]], [HEAD, HOMES],
                         [["Priority 2", "Safe homes"], ["RAG", "Amber"], ["Progress", TOLD]], [HEAD, REPAIRS]],
}  # fmt: skip
PLANS: dict[str, list[list[str]]] = {
    "actions by urgency": [
        ["Priority", "Action", "Owner", "Due", "Status"],
        ["High", "Recruit two inspectors", "J Hartley", "31/01/2019", "Amber"],
        ["Low", "Publish the rent guide", "A Marsh", "15/03/2019", "Green"],
    ],
    "actions of a service plan": [
        ["Objective", "Action", "Lead", "Target date", "Progress", "RAG"],
        ["Better homes", "Recruit two inspectors", "J Hartley", "31/01/2019", "Adverts are placed.", "Amber"],
        ["Clean streets", "Buy two sweepers", "A Marsh", "15/03/2019", "Order placed.", "Green"],
    ],
    "milestones": [
        ["Priority", "Milestone", "Lead", "Due date", "RAG", "Comments"],
        ["Better homes", "Publish the strategy", "J Hart", "30/09/2018", "Green", "Published in August."],
        ["Clean air", "Fit ten sensors", "B Yeo", "31/10/2018", "Amber", "Eight are fitted."],
    ],
    "a tracker with dates under target and actual": [
        ["Ref", "Action", "Priority", "Owner", "Target", "Actual", "Status"],
        ["1", "Write to members", "High", "B Yeo", "30/09/2018", "28/09/2018", "Complete"],
        ["2", "Order laptops", "Medium", "A Pike", "31/10/2018", "", "Open"],
    ],
}


def drawn(folder: Path, blocks: list[Block], kind: str = "docx") -> Path:
    """The title and the blocks below it in a Word document, or in a sheet with a blank row between two of them."""
    file = folder / f"drawn.{kind}"
    book, document = openpyxl.Workbook(), docx.Document()
    at = 1
    for block in [TITLE, *blocks]:
        rows = [[block]] if isinstance(block, str) else block
        for number, row in enumerate(rows):
            for column, text in enumerate(row, 1):
                book.active.cell(at + number, column, text or None)
        at += len(rows) + (0 if block is TITLE else 1)
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for number, row in enumerate(block):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    (book if kind == "xlsx" else document).save(str(file))
    return file


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("blocks", FORMS.values(), ids=FORMS.keys())
def test_a_block_for_each_measure(tmp_path: Path, blocks: list[Block], kind: str) -> None:
    (reading,) = read(drawn(tmp_path, blocks, kind))
    first, second = reading.rows["measures"]
    assert (first["measure"], second["measure"]) == (NAME, OTHER)
    assert (first["target_text"], first["rag"], first["comments"]) == ("210", "Green", TEXT)
    assert [(row["quarter"], row["value_text"]) for row in reading.rows["results"]] == [(3, "198")] * 2
    assert [(row["field"], row["value_text"]) for row in reading.rows["other_values"]] == [
        ("previous", "205")
    ] * 2
    assert {finding.rule for finding in reading.findings} <= {"directorate-unknown"}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("blocks", PRIORITIES.values(), ids=PRIORITIES.keys())
def test_a_heading_for_each_priority(tmp_path: Path, blocks: list[Block], kind: str) -> None:
    (reading,) = read(drawn(tmp_path, blocks, kind))
    rated = any("Green" in str(block) for block in blocks)
    assert [(row["priority"], row["rag"], row["progress_summary"]) for row in reading.rows["priorities"]] == [
        ("More homes", "Green" if rated else None, TOLD),
        ("Safe homes", "Amber" if rated else None, TOLD),
    ]
    assert [row["priority"] for row in reading.rows["measures"]] == ["More homes", "Safe homes"]
    assert {finding.rule for finding in reading.findings} <= {"directorate-unknown"}


def test_a_heading_alone_is_a_section(tmp_path: Path) -> None:
    (reading,) = read(drawn(tmp_path, ["Supply", [HEAD, HOMES], "Standards", [HEAD, REPAIRS]]))
    assert "priorities" not in reading.rows
    assert [row["section"] for row in reading.rows["measures"]] == ["Supply", "Standards"]


def test_a_name_that_ends_with_a_colour_is_a_name(tmp_path: Path) -> None:
    (reading,) = read(drawn(tmp_path, ["Clean and green", [HEAD, HOMES], "Standards", [HEAD, REPAIRS]]))
    assert [row["section"] for row in reading.rows["measures"]] == ["Clean and green", "Standards"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_columns_without_a_heading_hold_priorities_and_what_is_told_of_them(
    tmp_path: Path, kind: str
) -> None:
    rows = [["More homes", TOLD, "Amber", *HOMES], ["", "", "", *REPAIRS]]
    (reading,) = read(drawn(tmp_path, [[["", "", "RAG", *HEAD], *rows]], kind))
    assert [(row["priority"], row["rag"], row["progress_summary"]) for row in reading.rows["priorities"]] == [
        ("More homes", "Amber", TOLD)
    ]
    assert not any(row.get("rag") for row in reading.rows["measures"])
    assert [f.rule for f in reading.findings if f.rule != "directorate-unknown"] == ["heading-blank"] * 2


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_priorities_with_dates_and_no_figures(tmp_path: Path, kind: str) -> None:
    table = [["Priority", "Due date", "RAG", "Progress"], ["More homes", "March 2019", "Amber", TOLD],
             ["Safe homes", "June 2019", "Green", TEXT]]  # fmt: skip
    (reading,) = read(drawn(tmp_path, [table], kind))
    assert [(row["priority"], row["rag"], row["progress_summary"]) for row in reading.rows["priorities"]] == [
        ("More homes", "Amber", TOLD),
        ("Safe homes", "Green", TEXT),
    ]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_two_counts_and_their_percentage_are_one_measure(tmp_path: Path, kind: str) -> None:
    table = [["Measure", "", "Q1", "Q2"], ["Homes let in time", "Numerator", "18", "21"], ["", "Denominator", "20", "30"],
             ["", "%", "90%", "70%"]]  # fmt: skip
    (reading,) = read(drawn(tmp_path, [table], kind))
    assert [row["measure"] for row in reading.rows["measures"]] == ["Homes let in time"]
    assert [(row["quarter"], row["value_text"]) for row in reading.rows["results"]] == [
        (1, "90%"),
        (2, "70%"),
    ]
    assert {row["field"] for row in reading.rows["other_values"]} == {"numerator", "denominator"}


TILES: dict[str, list[Block]] = {
    "lines of a cell": [[["Calls answered\n87%\nTarget 90%", "Average wait\n94 seconds\nTarget: 60 seconds"],
                         ["Forms sent\n12,431\nTarget 11,000", "Complaints\n18\nTarget 25"]]],
    "cells below each other": [[["Calls answered", "Average wait"], ["87%", "94 seconds"], ["Target 90%", "Target: 60 seconds"]],
                               [["Forms sent", "Complaints"], ["12,431", "18"], ["Target 11,000", "Target 25"]]],
}  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("blocks", TILES.values(), ids=TILES.keys())
def test_tiles_in_cells(tmp_path: Path, blocks: list[Block], kind: str) -> None:
    (reading,) = read(drawn(tmp_path, blocks, kind))
    assert {row["measure"]: row["target_text"] for row in reading.rows["measures"]} == {
        "Calls answered": "90%", "Average wait": "60 seconds", "Forms sent": "11,000", "Complaints": "25",
    }  # fmt: skip
    assert {row["value_text"] for row in reading.rows["results"]} == {"87%", "94 seconds", "12,431", "18"}
    assert {finding.rule for finding in reading.findings} == {"directorate-unknown", "tiles-read"}


def test_tiles_without_targets_are_no_scorecard(tmp_path: Path) -> None:
    assert read(drawn(tmp_path, [[["Very satisfied", "Satisfied", "Neither"], ["21%", "43%", "18%"]]])) == []


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_line_of_a_period_dates_the_figures_below_it(tmp_path: Path, kind: str) -> None:
    head = ["Measure", "Target", "Q1", "Q2", "Q3"]
    now, then = ["Homes completed", "160", "38", "42", "44"], ["Homes completed", "150", "30", "31", "33"]
    (reading,) = read(drawn(tmp_path, [[head, now], "Previous year 2017/18", [head, then]], kind))
    assert reading.rows["documents"][0]["financial_year"] == "2018/19"
    assert {
        (row["financial_year"], row["quarter"], row["value_text"]) for row in reading.rows["results"]
    } == {
        *(("2018/19", quarter, text) for quarter, text in enumerate(now[2:], 1)),
        *(("2017/18", quarter, text) for quarter, text in enumerate(then[2:], 1)),
    }
    assert [f.quote for f in reading.findings if f.rule == "period-of-lines"] == ["Previous year 2017/18"]


def test_quarters_one_below_the_other(tmp_path: Path) -> None:
    head = ["Measure", "Target", "Actual"]
    blocks: list[Block] = [
        "Quarter 1",
        [head, ["Homes let", "90%", "88%"]],
        "Quarter 2",
        [head, ["Homes let", "90%", "93%"]],
    ]
    (reading,) = read(drawn(tmp_path, blocks, "xlsx"))
    assert [(row["quarter"], row["value_text"]) for row in reading.rows["results"]] == [
        (1, "88%"),
        (2, "93%"),
    ]


def test_priorities_under_an_unknown_heading_are_told_by_their_texts(tmp_path: Path) -> None:
    head = ["Guiding star", "Story", *HEAD]
    rows = [["More homes", TOLD, *HOMES], ["", "", *REPAIRS]]
    (reading,) = read(drawn(tmp_path, [[head, *rows]]))
    assert [(row["priority"], row["progress_summary"]) for row in reading.rows["priorities"]] == [
        ("More homes", TOLD)
    ]
    assert [f.quote for f in reading.findings if f.rule == "heading-guessed"] == ["Guiding star", "Story"]


@pytest.mark.parametrize("table", PLANS.values(), ids=PLANS.keys())
def test_plans_of_actions_are_no_scorecards(tmp_path: Path, table: list[list[str]]) -> None:
    assert read(drawn(tmp_path, [table])) == []
