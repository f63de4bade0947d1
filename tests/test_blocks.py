"""Documents made of blocks: a form for each measure, a heading for each priority, each drawn here and read back."""

from __future__ import annotations

from pathlib import Path

import docx
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


def drawn(folder: Path, blocks: list[Block]) -> Path:
    document = docx.Document()
    for block in [TITLE, *blocks]:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for number, row in enumerate(block):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    document.save(str(folder / "drawn.docx"))
    return folder / "drawn.docx"


@pytest.mark.parametrize("blocks", FORMS.values(), ids=FORMS.keys())
def test_a_block_for_each_measure(tmp_path: Path, blocks: list[Block]) -> None:
    (reading,) = read(drawn(tmp_path, blocks))
    first, second = reading.rows["measures"]
    assert (first["measure"], second["measure"]) == (NAME, OTHER)
    assert (first["target_text"], first["rag"], first["comments"]) == ("210", "Green", TEXT)
    assert [(row["quarter"], row["value_text"]) for row in reading.rows["results"]] == [(3, "198")] * 2
    assert [(row["field"], row["value_text"]) for row in reading.rows["other_values"]] == [
        ("previous", "205")
    ] * 2
    assert {finding.rule for finding in reading.findings} <= {"directorate-unknown"}


@pytest.mark.parametrize("blocks", PRIORITIES.values(), ids=PRIORITIES.keys())
def test_a_heading_for_each_priority(tmp_path: Path, blocks: list[Block]) -> None:
    (reading,) = read(drawn(tmp_path, blocks))
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
