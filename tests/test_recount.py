"""The second count: it agrees with the reader on whole files, and sets aside what the reader missed."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.extract.recount import compared
from pipeline.extract.recount.pdf import count_pages, printing
from pipeline.extract.recount.text import count_text
from pipeline.reading import failed, missed
from pipeline.shapes import Finding
from tests.hostile import CATALOGUE, SMALL, TREE, page, pdf, stream

FILES = [*SMALL.values(), Path(__file__).parent / "layouts" / "blanks-below.csv"]

FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def counted(tmp_path: Path, orders: bytes, *more: bytes, keys: bytes = b"", resources: bytes = FONT) -> int:
    file = tmp_path / "x.pdf"
    content = pdf(CATALOGUE, TREE, page(resources + b"/Contents 4 0 R"), stream(orders, keys), *more)
    file.write_bytes(content)
    found = count_pages(str(file))
    assert found
    assert found.parts == 1
    return found.cells["p1"]


@pytest.mark.parametrize(
    ("orders", "number"),
    [
        (b"BT /F 9 Tf (two words) Tj ET", 8),
        (b"BT /F 9 Tf [(ta)-120(ken) 3 (apart)] TJ ET", 10),
        (b"BT /F 9 Tf <414 24 3> Tj ET", 3),
        (rb"BT /F 9 Tf (a \(b\) \101\\ (c (d))) Tj ET", 12),
        (b"BT /F 9 Tf % (remark)\n(x) ' ET", 1),
        (b"/Span <</ActualText (said)>> BDC BT /F 9 Tf (shown) Tj ET EMC", 5),
        (b"q BT /F 9 Tf (a) Tj ET Q BT (no font here) Tj ET", 1),
        (b"BI /W 1 /H 1 ID (((( EI BT /F 9 Tf (x) Tj ET", 1),
        (b"0 0 m 9 9 l S", 0),
    ],
)
def test_characters_are_counted_in_the_orders_of_a_page(tmp_path: Path, orders: bytes, number: int) -> None:
    assert counted(tmp_path, orders) == number
    assert counted(tmp_path, zlib.compress(orders), keys=b"/Filter/FlateDecode") == number


def test_pieces_count_wherever_they_are_drawn(tmp_path: Path) -> None:
    piece = stream(b"BT /F 9 Tf (piece) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]" + FONT)
    with_piece = b"/Resources<</XObject<</X 5 0 R>>>>"
    assert counted(tmp_path, b"/X Do /X Do", piece, resources=with_piece) == 10


def test_joined_letters_and_blanks() -> None:
    assert printing("of\ufb01ce \u200b\xad\n") == 6
    assert printing("(cid:12)") == 1
    assert printing("") == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_a_reader_leaves_out_is_told_with_both_figures(file: Path) -> None:
    whole = extract(register_file(file)[0])
    assert [f for f in whole.findings if f.rule == "recount-mismatch"] == []
    part = whole.grids[0].part
    short = [replace(grid, rows=grid.rows[: len(grid.rows) // 2]) for grid in whole.grids]
    findings = compared(str(file), file.suffix, replace(whole, grids=tuple(short)))
    assert {str(finding.detail["part"]) for finding in findings} >= {part}
    assert all(0 < finding.detail["first"] < finding.detail["second"] for finding in findings)
    assert missed(findings) == findings[0]
    document = register_file(file)[0]
    reading = failed(document, findings[0].rule, findings[0].quote, **findings[0].detail)
    assert [row["status"] for row in reading.rows["documents"]] == ["quarantined"]


@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_letters_of_a_text_file_are_the_same_in_every_code(code: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes('Measure;Target\r\n"Größe; 12\r\nor £13";"a ""b"" 4%"\r\n'.encode(code))
    assert count_text(str(file)).cells == {"": 25}
    assert [f.rule for f in extract(register_file(file)[0]).findings] == []


def test_what_no_second_reader_could_count_is_told(tmp_path: Path) -> None:
    """A sheet with a cell far out is too large for the second reader; a note says that nothing was checked."""
    book = openpyxl.Workbook()
    book.active.title = "Return"
    book.active["A1"], book.active["XFD400"] = "Measure", "far out"
    book.create_sheet("Notes")["A1"] = "Guidance"
    book.save(tmp_path / "x.xlsx")
    found = [f for f in extract(register_file(tmp_path / "x.xlsx")[0]).findings if "recount" in f.rule]
    assert [(f.rule, f.quote) for f in found] == [("recount-missing", "Return")]
    assert missed(found) is None


def test_a_page_that_cannot_be_counted_is_told() -> None:
    """As of a file whose orders are damaged in a way that the counter cannot stand."""
    whole = extract(register_file(SMALL["pdf"])[0])
    damaged = str(SMALL["txt"])
    assert count_pages(damaged) is None
    assert [f.rule for f in compared(damaged, ".pdf", whole)] == ["recount-missing"]


def test_a_character_too_many_or_one_in_a_hundred_sets_nothing_aside() -> None:
    for first, second in ((101, 100), (100, 100), (199, 200)):
        assert missed([Finding("recount-mismatch", None, "", {"first": first, "second": second})]) is None
