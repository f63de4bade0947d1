"""PDF pages: what the second reader of ruled tables says, and the pictures that show draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import extract
from pipeline.extract.pdf import read
from pipeline.extract.pdf.columns import columns_of
from pipeline.extract.pdf.lines import Word
from pipeline.extract.picture import page_picture
from pipeline.shapes import Document
from tests.hostile import CATALOGUE, TREE, pdf, stream
from tests.hostile import page as page_of
from tests.test_recount import FONT

ROOT = Path(__file__).resolve().parents[1]
EDGES = (60, 260, 340, 420, 500)
TEXTS = (
    ("Measure", "Target", "Q1", "Q2"),
    ("Calls answered", "85%", "81.2%", "83.0%"),
    ("Letters", "90%", "88%", "91%"),
)


def page(
    target: Path, edges: tuple[int, ...] = EDGES, texts: tuple[tuple[str, ...], ...] = TEXTS, over: int = 0
) -> Path:
    """A ruled table: upright rules at ``edges``, the texts always in the columns of EDGES, ``over`` points to the left."""
    canvas = Canvas(str(target), pagesize=(600, 400))
    for top in range(len(texts) + 1):
        canvas.line(edges[0], 300 - 20 * top, edges[-1], 300 - 20 * top)
    for edge in edges:
        canvas.line(edge, 300, edge, 300 - 20 * len(texts))
    for row, line in enumerate(texts):
        for edge, text in zip(EDGES, line, strict=False):
            canvas.drawString(edge + 4 - (over if row == 1 and edge > 60 else 0), 286 - 20 * row, text)
    canvas.save()
    return target


@pytest.mark.parametrize(
    ("edges", "over", "quotes"),
    [
        (EDGES, 0, []),
        ((60, 260, 340, 500), 0, ["Q1 Q2", "81.2% 83.0%", "88% 91%"]),
        (EDGES, 16, ["85%", "81.2%", "83.0%"]),
    ],
    ids=["agree", "a rule is missing", "print across the rules"],
)
def test_cells_by_rules_and_by_white_must_agree(
    edges: tuple[int, ...], over: int, quotes: list[str], tmp_path: Path
) -> None:
    found = read(str(page(tmp_path / "page.pdf", edges, over=over)))
    assert [f.quote for f in found.findings if f.rule == "cells-disagree"] == quotes


def test_show_draws_the_cells_over_a_picture_of_the_page(tmp_path: Path) -> None:
    file = page(tmp_path / "page.pdf")
    order = [sys.executable, "-m", "pipeline", "show", str(file)]
    done = subprocess.run(
        order, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    picture = Image.open(tmp_path / "build/show/page-p1.png").convert("RGB")
    assert "picture build/show/page-p1.png" in done.stdout
    assert picture.size == (1200, 800)
    assert picture.getpixel((2 * 100, 2 * (400 - 300))) == (0x1D, 0x4E, 0xD8)
    assert picture.getpixel((2 * 100, 2 * 50)) == (255, 255, 255)


PAINT = {"Calls": "#00B050", "Letters": "#FF0000"}


def test_paint_without_a_word_is_a_cell_also_where_no_line_is_ruled(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=(600, 400))
    edges = (60, 260, 340, 420, 500)
    for row, line in enumerate((("Measure", "Target", "Q1", "RAG", "Owner"), *RATED)):
        for edge, text in zip(edges, line, strict=True):
            if text in PAINT.values():
                canvas.setFillColor(text)
                canvas.rect(edge - 4, 282 - 20 * row, 50, 18, stroke=0, fill=1)
                canvas.setFillColor("black")
            else:
                canvas.drawString(edge, 286 - 20 * row, text)
    canvas.drawString(60, 30, "Housing | 1")
    canvas.save()
    found = read(str(tmp_path / "page.pdf"))
    fills = [(c.place.row, c.place.column, c.fill) for g in found.grids for c in g.cells() if c.fill]
    assert fills == [(2, 4, "00B050"), (3, 4, "FF0000"), (4, 4, "00B050")]
    assert [[c.text for c in row] for g in found.grids if g.lines for row in g.rows] == [["Housing | 1"]]


RATED = (
    ("Calls answered", "85%", "81.2%", PAINT["Calls"], "A"),
    ("Letters answered", "90%", "70%", PAINT["Letters"], "B"),
    ("Visits made", "90%", "92%", PAINT["Calls"], "C"),
)


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "only typed"])
def test_fields_that_were_filled_in_are_read_where_they_stand(drawn: bool, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(600, 400))
    canvas.drawString(64, 284, "Calls answered")
    for x in (60, 260, 340, 420):
        canvas.line(x, 300, x, 240)
    for y in (300, 280, 260, 240):
        canvas.line(60, y, 420, y)
    for number, (x, y) in enumerate(((262, 282), (342, 282), (262, 262))):
        look = {"x": x, "y": y, "width": 70, "height": 16, "fontSize": 9, "borderWidth": 0}
        canvas.acroForm.textfield(name=f"field {number}", value=f"8{number}%", **look)
    canvas.save()
    file = tmp_path / "form.pdf"
    if not drawn:
        file.write_bytes(file.read_bytes().replace(b"/AP <<", b"/XX <<"))
    found = extract(Document("x", file.name, str(file), "", "pdf"))
    rows = [[cell.text for cell in row] for grid in found.grids for row in grid.rows]
    assert rows == [["Calls answered", "80%", "81%"], ["", "82%", ""], ["", "", ""]]
    assert found.findings == ()


def test_what_is_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "bold.pdf"), pagesize=(600, 400))
    for line, text in enumerate(("Directorate Priorities", "Calls answered 85%", "Calls answered 85%")):
        for step in (0, 0.3) if line < 2 else (0,):
            canvas.drawString(60 + step, 300 - 20 * line, text)
    canvas.save()
    found = extract(Document("x", "bold.pdf", str(tmp_path / "bold.pdf"), "", "pdf"))
    texts = [cell.text for grid in found.grids for cell in grid.cells()]
    assert texts == ["Directorate Priorities", "Calls answered 85%", "Calls answered 85%"]
    assert found.findings == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("box", ["0 0 300 200", "40 30 340 230"])
def test_a_word_stands_in_the_picture_where_its_box_says(box: str, turn: int, tmp_path: Path) -> None:
    """On sheets whose coordinates begin elsewhere, that are turned, and of which only a part is shown."""
    left, bottom = map(int, box.split()[:2])
    orders = f"BT /F 20 Tf {left + 60} {bottom + 150} Td (Calls) Tj ET"
    extra = f"/Rotate {turn}/CropBox[{left + 10} {bottom + 10} {left + 250} {bottom + 190}]".encode()
    sheet = page_of(FONT + extra + b"/Contents 4 0 R", box=box.encode())
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf(CATALOGUE, TREE, sheet, stream(orders.encode())))
    (cell,) = [cell for grid in read(str(file)).grids for cell in grid.cells()]
    assert cell.text == "Calls"
    assert cell.place.box
    picture = ImageOps.invert(page_picture(str(file), 1, 2.0).convert("L"))
    assert picture.size == ((600, 400) if turn in (0, 180) else (400, 600))
    ink = picture.getbbox()
    assert ink
    assert all(abs(place - 2 * edge) < 16 for place, edge in zip(ink, cell.place.box, strict=True))


@pytest.mark.parametrize(("angle", "size"), [(35, 60), (0, 90), (-50, 24)], ids=["leaning", "level", "small"])
def test_a_watermark_is_furniture_and_none_of_its_letters_is_glued_to_a_word(
    angle: int, size: int, tmp_path: Path
) -> None:
    plain = page(tmp_path / "plain.pdf")
    canvas = Canvas(str(tmp_path / "mark.pdf"), pagesize=(600, 400))
    canvas.setFont("Helvetica-Bold", size)
    canvas.setFillGray(0.85)
    canvas.saveState()
    canvas.translate(280, 260)
    canvas.rotate(angle)
    canvas.drawCentredString(0, 0, "DRAFT")
    canvas.restoreState()
    canvas.setFont("Helvetica", 12)
    canvas.setFillGray(0)
    for top in range(4):
        canvas.line(60, 300 - 20 * top, 500, 300 - 20 * top)
    for edge in EDGES:
        canvas.line(edge, 300, edge, 240)
    for row, line in enumerate(TEXTS):
        for edge, text in zip(EDGES, line, strict=False):
            canvas.drawString(edge + 4, 286 - 20 * row, text)
    canvas.save()
    marked = read(str(tmp_path / "mark.pdf"))
    assert [c.text for g in marked.grids for c in g.cells()] == [
        c.text for g in read(str(plain)).grids for c in g.cells()
    ]
    assert [(c.kind, c.meaning, c.cell.text) for c in marked.claims] == [("furniture", "watermark", "DRAFT")]


def test_headings_that_lean_are_read_where_they_begin(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "lean.pdf"), pagesize=(600, 400))
    canvas.setFont("Helvetica", 9)
    for edge, text in zip(EDGES, ("Measure", "Target set", "Quarter 1", "Quarter 2"), strict=False):
        canvas.saveState()
        canvas.translate(edge + 6, 304)
        canvas.rotate(45)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    for row, line in enumerate((*TEXTS[1:], ("Visits", "9", "8", "7"))):
        for edge, text in zip(EDGES, line, strict=False):
            canvas.drawString(edge + 4, 286 - 20 * row, text)
    canvas.save()
    cells = [c for g in read(str(tmp_path / "lean.pdf")).grids for c in g.cells()]
    assert [(c.place.column, c.text) for c in cells[:4]] == [
        (1, "Measure"),
        (2, "Target set"),
        (3, "Quarter 1"),
        (4, "Quarter 2"),
    ]


def test_what_readers_wrote_on_a_page_is_found_with_its_text(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "note.pdf"), pagesize=(600, 400))
    canvas.textAnnotation("To be confirmed by Finance", Rect=(350, 266, 362, 278))
    canvas.drawString(64, 286, "Calls answered")
    for x in (60, 260, 340, 420):
        canvas.line(x, 300, x, 260)
    for y in (300, 280, 260):
        canvas.line(60, y, 420, y)
    canvas.drawString(344, 266, "81%")
    canvas.save()
    found = read(str(tmp_path / "note.pdf")).findings
    assert [(f.rule, f.quote, str(f.place)) for f in found] == [
        ("reader-note", "To be confirmed by Finance", "p1 r2 c3")
    ]


def test_a_sentence_that_several_rows_print_makes_no_column_of_its_last_word() -> None:
    """Its words stand at the same places in each row, with no more white before them than between words."""

    def line(number: int, note: str) -> list[Word]:
        words = [(60, f"Measure-{number}-of-the-set"), (260, f"{number * 7 + 12}%")]
        for text in note.split():
            words.append((words[-1][0] + 5 * len(words[-1][1]) + 2 if len(words) > 2 else 340, text))
        top = 100 + 20.0 * number
        return [Word(text, x, top, x + 5 * len(text), top + 9, 9, False) for x, text in words]

    notes = ["Two vacancies were filled in August; the", "On course."] * 7
    assert len(columns_of([line(number, note) for number, note in enumerate(notes)])) == 3
