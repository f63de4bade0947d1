"""Scanned pages: drawn pages turned into pictures, as scanners do, and read again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.extract.extract import Extract
from pipeline.extract.picture import page_picture
from pipeline.extract.scan.marks import mark_of
from pipeline.query import run_query
from pipeline.run import ingest
from pipeline.summary import DATABASE
from tests.golden_compare import differences, whole
from tests.test_layouts import LAYOUTS, NOT_YET

NEEDS = ("tesseract",)
SCANNED = sorted(LAYOUTS.glob("*-scanned.pdf"))


def scan(
    source: Path, target: Path, tilt: float = 0.0, turn: int = 0, noise: float = 0.0, unseen: str = ""
) -> Path:
    """The first page of a PDF as a scanner at 200 dots to the inch would hand it back."""
    picture = page_picture(str(source), 1, 200 / 72)
    if tilt:
        picture = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor="white")
    if turn:
        picture = picture.rotate(turn, expand=True)
    if noise:
        grain = np.random.default_rng(1).normal(0, noise, (picture.height, picture.width, 1))
        picture = Image.fromarray(np.clip(np.asarray(picture) * 0.94 + 6 + grain, 0, 255).astype(np.uint8))
    width, height = picture.width * 72 / 200, picture.height * 72 / 200
    canvas = Canvas(str(target), pagesize=(width, height))
    canvas.drawImage(ImageReader(picture), 0, 0, width, height)
    if unseen:
        text = canvas.beginText(40, height - 40)
        text.setTextRenderMode(3)
        text.textLines(unseen)
        canvas.drawText(text)
    canvas.save()
    return target


def read(file: Path) -> Extract:
    """A document as extracted."""
    return extract(register_file(file)[0])


def texts(found: Extract, part: str = "p1") -> Counter[str]:
    """The texts of a page's cells, in one line each."""
    cells = (cell for grid in found.grids if grid.part == part for cell in grid.cells())
    return Counter(" ".join(cell.text.split()) for cell in cells if not cell.blank)


@pytest.mark.parametrize("file", SCANNED, ids=lambda file: file.name)
def test_the_scanned_layout_is_read_as_the_list_says(file: Path) -> None:
    found = differences(whole(file), LAYOUTS / file.stem)
    assert bool(found) == (file.name in NOT_YET), found


@pytest.mark.parametrize(
    ("name", "tilt", "turn", "noise"),
    [
        ("full-rules.reportlab.pdf", 0.0, 0, 0.0),
        ("kpi-table.libreoffice.pdf", 0.8, 0, 8.0),
        ("rag-colour-only.reportlab.pdf", -1.1, 0, 5.0),
        ("full-rules.libreoffice.pdf", 0.0, 90, 0.0),
        ("kpi-table.reportlab.pdf", 0.0, 180, 0.0),
    ],
)
def test_nearly_all_cells_are_read_and_the_others_asked_about(
    name: str, tilt: float, turn: int, noise: float, tmp_path: Path
) -> None:
    printed = read(LAYOUTS / name)
    seen = read(scan(LAYOUTS / name, tmp_path / "scan.pdf", tilt, turn, noise))
    want, got = texts(printed), texts(seen)
    assert (want & got).total() >= 0.9 * want.total(), (want - got, got - want)
    asked = {" ".join(f.quote.split()) for f in seen.findings if f.rule == "ocr-doubtful"}
    silent = {text for text in got - want if text not in asked}
    assert len(silent) <= 1, silent
    assert not any(any(map(str.isdigit, text)) and len(text) < 20 for text in silent)
    assert [f.detail["part"] for f in seen.findings if f.rule == "ocr-read"] == ["p1"]
    assert not [f for f in seen.findings if f.rule == "recount-mismatch"]


@pytest.mark.parametrize(("tilt", "turn"), [(0.0, 0), (1.2, 0), (0.0, 90)])
def test_a_recognised_cell_lies_where_it_is_printed(tilt: float, turn: int, tmp_path: Path) -> None:
    source = LAYOUTS / "full-rules.reportlab.pdf"
    seen = read(scan(source, tmp_path / "scan.pdf", tilt, turn))
    inside = {" ".join(c.text.split()): c.place.box for g in read(source).grids for c in g.cells()}
    places = {" ".join(c.text.split()): c.place.box for g in seen.grids for c in g.cells()}
    page = page_picture(str(source), 1, 1.0)
    for text in (
        "Permanent admissions to residential care per 100,000 aged 65 and over",
        "Invoices paid on time",
    ):
        there, here = inside[text], places[text]
        assert there
        assert here
        x, y = (there[0] + there[2]) / 2 - page.width / 2, (there[1] + there[3]) / 2 - page.height / 2
        radians = np.deg2rad(tilt + turn)
        wanted = (x * np.cos(radians) + y * np.sin(radians), y * np.cos(radians) - x * np.sin(radians))
        size = (page.height, page.width) if turn else (page.width, page.height)
        found = ((here[0] + here[2]) / 2 - size[0] / 2, (here[1] + here[3]) / 2 - size[1] / 2)
        assert found == pytest.approx(wanted, abs=3)


def test_what_a_scanner_wrote_unseen_over_its_picture_is_not_believed(tmp_path: Path) -> None:
    unseen = "\n".join(["Tbe quick bnown fox"] * 20)
    seen = read(scan(LAYOUTS / "full-rules.reportlab.pdf", tmp_path / "scan.pdf", unseen=unseen))
    assert texts(seen)["83.1%"] == 1
    assert not any("bnown" in text for text in texts(seen))


def test_without_the_program_the_page_is_named_and_what_to_do(tmp_path: Path) -> None:
    file = scan(LAYOUTS / "full-rules.reportlab.pdf", tmp_path / "scan.pdf")
    order = [sys.executable, "-m", "pipeline", "show", str(file)]
    done = subprocess.run(
        order, env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert "finding ocr-missing p1 r1 c1 p1" in done.stdout


def test_a_scan_is_loaded_with_its_warnings(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "2016-17" / "Q1"
    folder.mkdir(parents=True)
    shutil.copy(LAYOUTS / "kpi-table-scanned.pdf", folder)
    ingest(tmp_path / "raw", tmp_path / "warehouse", lambda *_: None)
    warehouse = tmp_path / "warehouse" / DATABASE
    _, rows = run_query(warehouse, "SELECT DISTINCT rule FROM findings WHERE rule LIKE 'ocr-%' ORDER BY rule")
    assert [rule for (rule,) in rows] == ["ocr-doubtful", "ocr-read"]
    _, rows = run_query(
        warehouse, "SELECT value FROM latest_results WHERE measure LIKE 'Council tax collected%'"
    )
    assert rows == [(29.3,)]


def drawn(kind: str) -> np.ndarray:
    """A mark or a letter, dark on white, as it may come out of a scanner."""
    picture = Image.new("L", (120, 120), 255)
    pen = ImageDraw.Draw(picture)
    if kind == "circle":
        pen.ellipse((40, 40, 70, 70), fill=0)
    elif kind == "arrow":
        pen.line((60, 40, 60, 80), fill=0, width=3)
        pen.polygon([(60, 36), (52, 48), (68, 48)], fill=0)
    elif kind == "triangle":
        pen.polygon([(60, 40), (45, 66), (75, 66)], fill=0)
    elif kind == "plus":
        pen.line((60, 40, 60, 70), fill=0, width=4)
        pen.line((45, 55, 75, 55), fill=0, width=4)
    else:
        pen.text((40, 30), kind, fill=0, font_size=44)
    return np.asarray(picture)


@pytest.mark.parametrize(
    ("kind", "turn", "mark"),
    [
        ("circle", 0, "circle"),
        ("arrow", 0, "arrow-up"),
        ("arrow", 2, "arrow-down"),
        ("arrow", 1, "arrow-left"),
        ("arrow", 3, "arrow-right"),
        ("triangle", 0, "triangle-up"),
        ("triangle", 2, "triangle-down"),
        ("plus", 0, None),
        *[(letter, 0, None) for letter in "RAGBTYVIMWX0123456789-%"],
    ],
)
def test_marks_are_told_from_letters(kind: str, turn: int, mark: str | None) -> None:
    assert mark_of(np.rot90(drawn(kind), turn)) == mark
