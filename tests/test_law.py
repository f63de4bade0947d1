"""The law: each filled cell is claimed exactly once, and each fact is found again at its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.extract import Extract
from pipeline.interpret import interpret
from pipeline.shapes import Box, Cell, Document, Grid, Place
from tests.golden_compare import CODES, one_line, read

ROOT = Path(__file__).resolve().parents[1]
KINDS = (".txt", ".pdf", ".xlsx", ".docx", ".csv", ".xls", ".ods")
DOCUMENTS = sorted(
    path
    for folder in (ROOT / "raw", ROOT / "tests" / "golden")
    for path in folder.rglob("*")
    if path.suffix in KINDS and path.name != "manifest.csv" and not (path.parent / path.stem).is_dir()
    if not (path.suffix == ".csv" and "golden" in path.parts)
)
NAMES = [path.name for path in DOCUMENTS]


@pytest.mark.parametrize("file", DOCUMENTS, ids=NAMES)
def test_every_filled_cell_is_claimed_exactly_once(file: Path) -> None:
    found = extract(Document("x", file.name, str(file), "", file.suffix[1:]))
    filled = Counter(str(c.place) for grid in found.grids for c in grid.cells() if not c.blank)
    filled.update(str(claim.cell.place) for claim in found.claims)
    claimed = Counter(row["place"] for reading in read(file) for row in reading.rows["cells"])
    assert filled
    assert set(filled.values()) == {1}
    assert claimed == filled


@pytest.mark.parametrize("file", [f for f in DOCUMENTS if f.suffix == ".pdf"], ids=lambda f: f.name)
def test_every_word_of_a_page_is_in_a_cell(file: Path) -> None:
    (reading,) = read(file)
    words = Counter(row["part"] for row in reading.rows["cells"] for _ in range(row["words"]))
    with pdfplumber.open(file) as pdf:
        assert words == {
            f"p{n}": len(page.extract_words(x_tolerance=1.5)) for n, page in enumerate(pdf.pages, 1)
        }


@pytest.mark.parametrize("file", DOCUMENTS, ids=NAMES)
def test_each_fact_stands_where_its_place_says(file: Path) -> None:
    texts = source_texts(file)
    checked = 0
    for reading in read(file):
        for table, column in (("results", "value_text"), ("measures", "measure"), ("priorities", "priority")):
            for row in reading.rows.get(table, ()):
                assert one_line(row[column]) == one_line(texts[row["place"]])
                checked += 1
        for row in reading.rows.get("measures", ()):
            if row.get("target_place"):
                assert one_line(row["target_text"]) == one_line(texts[row["target_place"]])
    assert checked > 20


@pytest.mark.filterwarnings("ignore:Cannot parse header")
@pytest.mark.parametrize("file", [f for f in DOCUMENTS if f.suffix == ".xlsx"], ids=lambda f: f.name)
def test_each_fact_of_a_workbook_is_in_the_cell_of_its_place(file: Path) -> None:
    """Opened by openpyxl alone: a number is stored there as it was kept, a text as it was printed."""
    book = openpyxl.load_workbook(file, data_only=True)
    checked = 0
    for reading in read(file):
        for row in reading.rows["results"]:
            sheet, address = row["place"].rsplit("!", 1)
            stored = book[sheet.strip("'").replace("''", "'")][address].value
            assert str(stored) == (row["native"] if row["native"] is not None else row["value_text"])
            checked += 1
    assert checked > 5


def source_texts(file: Path) -> dict[str, str]:
    """Place -> what stands there, the file opened again: text and Excel without the project's readers, the
    words of a PDF cut from the page at the box of the cell."""
    if file.suffix == ".txt":
        lines = file.read_text(encoding="utf-8").splitlines()
        return {
            f"r{r} c{c}": text
            for r, line in enumerate(lines, 1)
            for c, text in enumerate(line.split("\t"), 1)
        }
    found = extract(Document("x", file.name, str(file), "", file.suffix[1:]))
    cells = [cell for grid in found.grids for cell in grid.cells()]
    if file.suffix != ".pdf":
        return {str(cell.place): cell.text for cell in cells}
    texts = {}
    with pdfplumber.open(file) as pdf:
        for cell in cells:
            page = pdf.pages[int(cell.place.part[1:]) - 1]
            assert cell.place.box

            def stands_there(thing: dict[str, float], box: Box = cell.place.box) -> bool:
                across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
                return box[0] <= across <= box[2] and box[1] <= down <= box[3]

            texts[str(cell.place)] = page.filter(stands_there).extract_text(x_tolerance=1.5) or ""
    return texts


texts = st.sampled_from(
    [
        "",
        "Measure",
        "Target",
        "Q1",
        "Q2",
        "Priority",
        "RAG",
        "Green",
        "72%",
        "N/A",
        "Total",
        "a) 1 b) 2",
        "Key",
    ]
) | st.text(max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(texts, min_size=1, max_size=7), min_size=1, max_size=9))
def test_the_law_holds_on_any_grid(table: list[list[str]]) -> None:
    rows = tuple(
        tuple(Cell(Place("", r, c), text) for c, text in enumerate(row, 1)) for r, row in enumerate(table, 1)
    )
    heading = tuple(
        Cell(Place("", 0, c), text)
        for c, text in enumerate(("Priority", "Measure", "Target", "Q1", "RAG"), 1)
    )
    found = Extract((Grid("", (heading, *rows)),), parts=1)
    for reading in interpret(Document("x", "x.csv", "x.csv", "x", "csv"), found, CODES):
        claimed = Counter(id(claim.cell) for claim in reading.ledger)
        assert claimed == {id(c): 1 for c in found.grids[0].cells() if not c.blank}
