"""The same scorecard drawn otherwise gives the same priorities, measures and results."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.golden_compare import facts, read, truth
from tests.proofs import Proof
from tests.test_golden import SCORECARDS, on_one_line

Lines = list[list[str]]
TEXTS = [(file, folder) for file, folder in SCORECARDS if file.suffix == ".txt"]
IDS = [folder.name for _, folder in TEXTS]


def lines_of(file: Path) -> Lines:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def write_text(lines: Lines, folder: Path) -> Path:
    file = folder / "drawn.txt"
    file.write_text("\n".join("\t".join(line) for line in lines) + "\n", encoding="utf-8")
    return file


def headings(lines: Lines) -> list[int]:
    return [number for number, line in enumerate(lines) if {"Target", "Q1", "Q2"} <= set(line)]


def shifted(lines: Lines) -> Lines:
    """All columns one to the right."""
    return [["", *line] if any(line) else line for line in lines]


def title_in_the_middle(lines: Lines) -> Lines:
    """The heading of the page again between two lines of the first table."""
    at = headings(lines)[0] + 2
    return [*lines[:at], lines[0], *lines[at:]]


def heading_in_the_middle(lines: Lines) -> Lines:
    """The headings of the columns again between two lines of the first table."""
    first = headings(lines)[0]
    return [*lines[: first + 2], lines[first], *lines[first + 2 :]]


def without_an_empty_quarter(lines: Lines) -> Lines:
    """The first table without the column of a quarter that nobody has filled yet."""
    first, end = headings(lines)[0], headings(lines)[1]
    for quarter in ("Q4", "Q3", "Q2"):
        at = lines[first].index(quarter)
        table = [line for line in lines[first + 1 : end] if any(line)]
        if all(len(line) == len(lines[first]) and not line[at] for line in table):
            return [
                line[:at] + line[at + 1 :] if first <= n < end and any(line) else line
                for n, line in enumerate(lines)
            ]
    return lines


def as_workbook(lines: Lines, folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            if text:
                cell = book.active.cell(row, column)
                cell.value, cell.number_format = text, "@"
    book.save(folder / "drawn.xlsx")
    return folder / "drawn.xlsx"


def as_pages(lines: Lines, folder: Path) -> Path:
    """A ruled table for each heading, on a page of its own; what stands above the first heading above the first."""
    style = getSampleStyleSheet()["BodyText"]
    style.fontSize, style.leading = 6, 7
    begins = [at for at in headings(lines) if not _goes_on(lines, at)]
    story: list[Any] = [
        Paragraph(" ".join(filter(None, line)), style) for line in lines[: begins[0]] if any(line)
    ]
    for first, end in pairwise([*begins, len(lines)]):
        width = len(lines[first])
        table = [[*line, *[""] * width][:width] for line in lines[first:end] if any(line)]
        rows = [[Paragraph(text, style) for text in line] for line in table]
        story += [Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")], splitByRow=1), PageBreak()]
    SimpleDocTemplate(str(folder / "drawn.pdf"), pagesize=landscape(A3)).build(story)
    return folder / "drawn.pdf"


def _goes_on(lines: Lines, at: int) -> bool:
    """Whether a heading is the one of the table that it stands in, printed again."""
    before = [n for n in headings(lines) if n < at]
    return (
        bool(before) and lines[before[-1]] == lines[at] and all(any(line) for line in lines[before[-1] : at])
    )


DRAWN = [write_text, as_workbook, as_pages]


CHANGES = [shifted, title_in_the_middle, heading_in_the_middle, without_an_empty_quarter]
CHANGED = [
    pytest.param(file, folder, change, id=f"{change.__name__}-{folder.name}")
    for file, folder in TEXTS
    for change in CHANGES
    if change(lines_of(file)) != lines_of(file)
]


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize(("file", "folder", "change"), CHANGED)
def test_a_change_of_layout_changes_no_fact(
    file: Path,
    folder: Path,
    change: Callable[[Lines], Lines],
    draw: Callable[[Lines, Path], Path],
    tmp_path: Path,
) -> None:
    (before,), (after,) = read(file), read(draw(change(lines_of(file)), tmp_path))
    for table in ("priorities", "measures", "results"):
        columns, wanted = truth(folder, table)
        assert facts(on_one_line(after), table, columns) == facts(before, table, columns), table
        assert len(facts(after, table, columns)) == len(wanted)


def test_every_change_is_tried() -> None:
    """A change that changes nothing would prove nothing: each changes one document at least."""
    tried = {param.values[2] for param in CHANGED}
    assert tried == set(CHANGES)


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_portfolio_on_the_last_line_of_a_block_is_the_priority_s(
    draw: Callable[[Lines, Path], Path], tmp_path: Path
) -> None:
    head = [
        "Priority",
        "Progress Summary",
        "Overall Progress",
        "Supporting Measures",
        "Target",
        "Q1",
        "Q2",
        "Portfolio",
    ]
    block = [
        ["Keep the harbour open", "Dredging is on time.", "Green", "Days closed", "3", "1", "", ""],
        ["", "", "", "Ships handled", "40", "44", "", ""],
        ["", "", "", "Pilots on duty", "6", "6", "", ""],
    ]
    tables = []
    for row in (0, 2):
        lines = [["Harbour Directorate Scorecard Quarter 1 2013/14"], head, *(list(line) for line in block)]
        lines[2 + row][-1] = "Port and Trade"
        (reading,) = read(draw(lines, tmp_path))
        tables.append(facts(reading, "priorities", ["priority", "rag", "portfolio"]))
    assert tables[0] == tables[1] == [("Keep the harbour open", "Green", "Port and Trade")]


@pytest.mark.parametrize("draw", [as_workbook, as_pages], ids=lambda draw: draw.__name__)
@pytest.mark.parametrize(("file", "folder"), TEXTS, ids=IDS)
def test_the_same_lines_in_another_format_give_the_same_facts(
    file: Path, folder: Path, draw: Callable[[Lines, Path], Path], tmp_path: Path
) -> None:
    drawn = draw(lines_of(file), tmp_path)
    (reading,) = read(drawn)
    for table in ("priorities", "measures", "results"):
        columns, wanted = truth(folder, table)
        assert facts(on_one_line(reading), table, columns) == wanted, table
    proof = Proof(drawn, [reading])
    assert [*proof.faults_of_the_law(), *proof.faults_of_places()] == []
