"""The report's pages: outlines where the PDF says, what changed, missing files, accessibility, size."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pdfplumber
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.cache import program_version
from pipeline.extract.pdf import read
from pipeline.extract.picture import page_picture, write_pictures
from pipeline.query import run_query
from pipeline.report import pictures, write_report
from schemas.columns import DIMENSIONS
from tests.many import readings, warehouse_of_many
from tests.readings import Line, build, scorecard
from tests.report_pages import Browsing, browser_offline, report_of

NEEDS = ("chromium",)
ROOT = Path(__file__).resolve().parents[1]
PDF = ROOT / "raw" / "2012-13" / "Q1" / "cap-scorecard-2012-13-q1.pdf"


@pytest.fixture(scope="module")
def browsing() -> Iterator[Browsing]:
    with browser_offline() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_problems(browsing: Browsing) -> Iterator[None]:
    yield
    found, browsing.problems = browsing.problems, []
    assert found == []


@pytest.fixture(scope="module")
def pdf_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a warehouse of one PDF, whose raw folder lies beside it."""
    folder = tmp_path_factory.mktemp("pdf")
    raw = folder / "raw" / "2012-13" / "Q1"
    raw.mkdir(parents=True)
    shutil.copy(PDF, raw)
    return report_of(folder / "raw", folder / "w").parent


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report folder of two years of twelve directorates."""
    folder = warehouse_of_many(tmp_path_factory.mktemp("many"))
    return write_report(folder).parent


def words_of_page(number: int) -> list[dict[str, Any]]:
    with pdfplumber.open(PDF) as pdf:
        page = pdf.pages[number - 1]
        return [{**word, "width": page.width, "height": page.height} for word in page.extract_words()]


def document_page(warehouse: Path) -> Path:
    (page,) = (warehouse / "report").glob("document-*.html")
    return page


def test_outlines_stand_where_the_words_of_the_page_stand(browsing: Browsing, pdf_warehouse: Path) -> None:
    words = words_of_page(4)
    misspelt = next(word for word in words if word["text"] == "Potfolio")
    page = browsing.go(document_page(pdf_warehouse))
    sheet = page.locator(".sheet").last
    frame = sheet.bounding_box()
    cell = sheet.locator("a", has_text="Executive Potfolio").bounding_box()
    assert frame
    assert cell
    scale = frame["width"] / misspelt["width"]
    assert frame["height"] == pytest.approx(misspelt["height"] * scale, abs=3)
    left, top = (cell["x"] - frame["x"]) / scale, (cell["y"] - frame["y"]) / scale
    right, bottom = left + cell["width"] / scale, top + cell["height"] / scale
    assert left - 2 <= misspelt["x0"] < misspelt["x1"] <= right + 2
    assert top - 2 <= misspelt["top"] < misspelt["bottom"] <= bottom + 2
    assert right - left < misspelt["width"] / 6


def test_the_outline_of_a_crop_stands_on_the_same_words(browsing: Browsing, pdf_warehouse: Path) -> None:
    misspelt = next(word for word in words_of_page(4) if word["text"] == "Potfolio")
    page = browsing.go(pdf_warehouse / "report" / "findings.html", "?rule=heading-misspelt")
    page.locator("[data-item]:visible a").click()
    crop = page.locator("article:target .crop")
    crop.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('article:target .crop img').complete")
    image, outline = crop.locator("img").bounding_box(), crop.locator(".outline").bounding_box()
    assert image
    assert outline
    scale = image["width"] / misspelt["width"]
    assert image["height"] == pytest.approx(misspelt["height"] * scale, rel=0.01)
    x = image["x"] + (misspelt["x0"] + misspelt["x1"]) / 2 * scale
    y = image["y"] + (misspelt["top"] + misspelt["bottom"]) / 2 * scale
    assert outline["x"] <= x <= outline["x"] + outline["width"]
    assert outline["y"] <= y <= outline["y"] + outline["height"]


def test_hovering_and_the_keyboard_tell_what_was_understood(browsing: Browsing, pdf_warehouse: Path) -> None:
    page = browsing.go(document_page(pdf_warehouse))
    cell = page.locator(".sheet a", has_text="73%").first
    cell.hover()
    assert "Value: target, read as 73 percent" in page.locator("#panel").inner_text()
    assert "73%" in page.locator("#panel").inner_text()
    cell.focus()
    page.keyboard.press("Tab")
    assert "Value: result of a quarter, read as quarter 1, 72 percent" in page.locator("#panel").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("tr:target").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browsing: Browsing, many: Path) -> None:
    page = browsing.go(many / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("change", ["gone", "other bytes"])
def test_without_its_file_a_document_shows_its_cells(
    pdf_warehouse: Path, tmp_path: Path, change: str
) -> None:
    shutil.copytree(pdf_warehouse.parent, tmp_path / "copy")
    file = tmp_path / "copy" / "raw" / "2012-13" / "Q1" / PDF.name
    database = tmp_path / "copy" / "w" / "scorecards.duckdb"
    build_raw(database, file.parents[2])
    if change == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"%")
    report = write_report(database.parent).parent
    assert not list((report / "pages").iterdir())
    text = document_page(database.parent).read_text(encoding="utf-8")
    assert "There is no picture of the pages" in text
    assert "Executive Potfolio" in text


def build_raw(database: Path, raw: Path) -> None:
    """Say in the warehouse where the raw folder lies, as an ingest of the copied folder would."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "UPDATE built.runs SET record = json_merge_patch(record, json_object('raw', ?))", [str(raw)]
        )


def test_pictures_only_where_a_finding_points_or_where_asked(tmp_path: Path) -> None:
    document = {
        "document_id": "a",
        "document_path": PDF.name,
        "kind": "pdf",
        "parts": 4,
        "sha256": hashlib.sha256(PDF.read_bytes()).hexdigest(),
    }
    finding = {"document_id": "a", "place": "p3 r1 c1", "severity": "note", "is_open": True}
    first = pictures.Pictures(tmp_path / "first", tmp_path / "none", PDF.parent)
    first.draw([document], [finding], all_pages=False)
    assert [page for _, page in first.found] == [3]
    second = pictures.Pictures(tmp_path / "second", tmp_path / "first", PDF.parent)
    second.draw([document], [finding], all_pages=True)
    assert sorted(page for _, page in second.found) == [1, 2, 3, 4]
    (kept,) = (tmp_path / "first" / "pages").iterdir()
    assert (tmp_path / "second" / "pages" / kept.name).stat().st_ino == kept.stat().st_ino
    none = pictures.Pictures(tmp_path / "third", tmp_path / "first", None)
    none.draw([document], [finding], all_pages=False)
    assert not none.found
    assert "no longer in the raw folder" in none.missing["a"]


def test_a_page_is_drawn_as_displayed() -> None:
    picture = page_picture(str(PDF), 1, 0.5)
    assert picture.size == (596, 421)
    with pytest.raises(IndexError):
        page_picture(str(PDF), 9, 1)


SHAPES = {
    "plain": ((0, 0, 600, 800), None, 0),
    "turned": ((0, 0, 600, 800), None, 90),
    "cropped": ((0, 0, 600, 800), (100, 100, 500, 700), 0),
    "cropped and turned": ((0, 0, 600, 800), (100, 100, 500, 700), 270),
    "sheet whose corner is not the origin": ((-40, -30, 560, 770), None, 0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_word_stands_in_the_picture_where_the_reader_found_it(tmp_path: Path, shape: str) -> None:
    canvas = Canvas(str(tmp_path / "drawn.pdf"), pagesize=(600, 800))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(200, 600, "MMMMMM")
    canvas.save()
    sheet, crop, turn = SHAPES[shape]
    pdf = pypdfium2.PdfDocument(tmp_path / "drawn.pdf")
    pdf[0].set_mediabox(*sheet)
    if crop:
        pdf[0].set_cropbox(*crop)
    pdf[0].set_rotation(turn)
    pdf.save(tmp_path / "shaped.pdf")
    grids = read(str(tmp_path / "shaped.pdf")).grids
    (box,) = [cell.place.box for grid in grids for cell in grid.cells() if "M" in cell.text]
    assert box
    red = page_picture(str(tmp_path / "shaped.pdf"), 1, 1).convert("HSV").split()[1].getbbox()
    assert red
    assert red == pytest.approx(box, abs=9)


def test_a_file_that_cannot_be_drawn_has_no_pictures(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(PDF.read_bytes()[:3000])
    write_pictures(broken, tmp_path, "abc", [1, 2])
    assert list(tmp_path.glob("*.webp")) == []
    write_pictures(PDF, tmp_path, "abc", [2, 77])
    (made,) = tmp_path.glob("*.webp")
    assert made.name.startswith("abc-p2-1190")
    with Image.open(made) as picture:
        assert abs(picture.width - 1500) <= 1


def test_what_changed_since_the_last_run(browsing: Browsing, tmp_path: Path) -> None:
    def line(*results: str) -> list[Line]:
        return [
            Line("Visits to the harbour", "100", dict(enumerate(results, 1))),
            Line("Ships moored", "N/A" if len(results) < 3 else "4", {1: "5"}),
        ]

    build(tmp_path, scorecard("HAR", "2013/14", 2, line("90", "91")), this={"started": "2026-01-05 09:00"})
    first = browsing.go(write_report(tmp_path)).locator("main").inner_text()
    assert "This is the first run" in first
    build(
        tmp_path,
        scorecard("HAR", "2013/14", 2, line("90", "95", "9300")),
        this={"started": "2026-01-06 09:00"},
    )
    text = browsing.go(write_report(tmp_path)).locator("main").inner_text()
    assert "1 changed value" in text
    assert "1 new value" in text
    assert "no vanished values" in text
    assert "“Ships moored” has no target" in text  # resolved
    assert "1 resolved" in text
    new = browsing.go(tmp_path / "report" / "findings.html", "?state=new").locator("[data-item]:visible")
    assert (
        new.count()
        == run_query(
            tmp_path / "scorecards.duckdb",
            "SELECT count(*) FROM findings WHERE rule <> 'measure-without-target'",
        )[1][0][0]
    )


def test_the_quality_score_is_told_from_run_to_run(browsing: Browsing, tmp_path: Path) -> None:
    document = scorecard("HAR", "2013/14", 2, [Line("Ships moored", "4", {1: "5", 2: "6"}, rag="Green")])
    runs = [
        {"started": "2026-01-05 09:00", "quality": dict.fromkeys(DIMENSIONS, 90.04)},
        {"started": "2026-02-05 09:00", "quality": dict.fromkeys(DIMENSIONS, 5.0), "unchanged": True},
        {"started": "2026-03-05 09:00"},
    ]
    build(tmp_path, document, this=runs[-1], runs=runs)
    page = browsing.go(write_report(tmp_path))
    rows = page.locator("table", has_text="from run to run").locator("tbody tr").all()
    assert [row.locator("td").all_inner_texts()[1:] for row in rows] == [["90.0", "100.0", "+10.0"]] * 6
    assert "Run of 5 January 2026" in page.locator("main").inner_text()
    assert set(json.loads((tmp_path / "report" / "quality.json").read_text(encoding="utf-8")).values()) == {
        100.0
    }


def test_a_warehouse_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    build(tmp_path, scorecard("HAR", "2013/14", 2, [Line("Ships moored", "4", {1: "5"})]))
    with duckdb.connect(str(tmp_path / "scorecards.duckdb")) as connection:
        connection.execute("CREATE OR REPLACE VIEW findings AS SELECT 'x' AS rule")
    with pytest.raises(FileNotFoundError, match="build it again with: make ingest"):
        write_report(tmp_path)


def test_a_question_that_its_own_version_cannot_answer_is_a_fault_of_ours(tmp_path: Path) -> None:
    line = Line("Ships moored", "4", {1: "5"})
    this = {"started": "2026-01-05 09:00", "program": program_version()}
    build(tmp_path, scorecard("HAR", "2013/14", 2, [line]), this=this)
    with duckdb.connect(str(tmp_path / "scorecards.duckdb")) as connection:
        connection.execute("CREATE OR REPLACE VIEW findings AS SELECT 'x' AS rule")
    with pytest.raises(duckdb.BinderException):
        write_report(tmp_path)


def test_without_any_finding_and_without_any_document(browsing: Browsing, tmp_path: Path) -> None:
    build(
        tmp_path, scorecard("HAR", "2013/14", 2, [Line("Ships moored", "4", {1: "5", 2: "6"}, rag="Green")])
    )
    text = browsing.go(write_report(tmp_path)).locator("main").inner_text()
    assert "there is no open finding" in text
    build(tmp_path)
    text = browsing.go(write_report(tmp_path)).locator("main").inner_text()
    assert "No document was received" in text


def test_two_years_of_twelve_directorates_are_small(many: Path) -> None:
    size = sum(path.stat().st_size for path in many.rglob("*") if path.is_file())
    assert size + pictures.BUDGET < 30_000_000
    assert max(path.stat().st_size for path in many.glob("*.html")) < 3_000_000
    assert len(list(many.glob("document-*.html"))) == len(readings()) == 192
    assert len(list((many / "queries").iterdir())) == 12 * 8


def test_many_cells_that_were_compared_are_folded_by_directorate(browsing: Browsing, many: Path) -> None:
    page = browsing.go(many / "reconciliation-same.html")
    assert page.locator("[data-group]:not([open])").count() == 12
    page = browsing.go(many / "reconciliation-same.html", "?directorate=Housing")
    assert page.locator("[data-group]:visible").count() == 1
    assert (
        page.locator("[data-item]:visible").count() == page.locator("[data-directorate=Housing]").count() > 0
    )


SHORTER = """() => {
    document.querySelectorAll('details').forEach(part => { part.open = true; });
    document.querySelectorAll('[data-item]').forEach((item, n) => n > 8 && item.remove());
    document.querySelectorAll('tbody').forEach(body => [...body.rows].forEach((row, n) => n > 5 && row.remove()));
    document.querySelectorAll('section').forEach((section, n) => n > 1 && section.remove());
}"""
"""What is folded is opened. Lines of the same kind are left out: the checker takes long over each."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(
    browsing: Browsing, many: Path, pdf_warehouse: Path, scheme: str
) -> None:
    names = ("index", "findings", "compare", "reconciliation", "reconciliation-same")
    pages = [*(many / f"{name}.html" for name in names), document_page(pdf_warehouse)]
    pages += [next(many.glob(f"{kind}-*.html")) for kind in ("directorate", "quarters", "document")]
    browsing.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for file in pages:
        page = browsing.go(file)
        page.evaluate(SHORTER)
        found = Axe().run(page, options={"preload": False}).response["violations"]
        said = [
            (rule["id"], rule["nodes"][0]["html"][:200], rule["nodes"][0]["failureSummary"]) for rule in found
        ]
        assert not said, file.name


def test_on_paper_nothing_stays_folded(browsing: Browsing, many: Path) -> None:
    page = browsing.go(next(many.glob("directorate-*.html")))
    assert page.locator("[data-group]").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-group]:not([open]), article:not(.note) details.row:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-group][open]").count() == 0


def test_the_report_as_served_is_whole_and_asks_nobody_else(browsing: Browsing, pdf_warehouse: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "serve",
        "--warehouse",
        str(pdf_warehouse),
        "--port",
        str(port),
    ]
    quiet = {**os.environ, "BROWSER": "true"}
    server = subprocess.Popen(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        opened = browsing.page.context.browser
        assert opened
        page = opened.new_page()
        page.set_default_timeout(10_000)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        with page.expect_response("**/*-p4-*.webp") as picture:
            page.goto(f"http://127.0.0.1:{port}/{document_page(pdf_warehouse).name}")
            page.locator(".sheet img").last.scroll_into_view_if_needed()
        assert picture.value.ok
        page.goto(f"http://127.0.0.1:{port}/findings.html?severity=error")
        assert page.locator("[data-shown]").inner_text().startswith("0 of")
        assert said == []
        outside = page.goto(f"http://127.0.0.1:{port}/%2e%2e/scorecards.duckdb")
        assert outside
        assert outside.status == 404
        page.close()
    finally:
        server.kill()
        server.wait()
