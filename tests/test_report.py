"""The report in a real browser: pages open offline, filters and links work, hostile text is shown as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.report_pages import Browsing, browser_offline, report_of

NEEDS = ("chromium",)
ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    "<script>document.title='taken'</script>\"><img src=x onerror=\"document.title='taken'\"> \u202eabc\u202c"
)
LONG = "word " * 20_000


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
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report folder of the documents in raw/."""
    return report_of(ROOT / "raw", tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report folder of a scorecard by somebody who means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    raw = folder / "raw" / "2013-14" / "Q2"
    raw.mkdir(parents=True)
    lines = [
        ["Harbour Directorate Scorecard 2013/14 Quarter 2"],
        [
            "Priority",
            "Progress Summary",
            "Overall Progress",
            "Supporting Measures",
            "Target",
            "Q1",
            "Q2",
            "Q3",
            "Q4",
        ],
        ["Keep safe", HOSTILE, "Green", "Accidents to staff in the quarter", "0", "1", "0", "", ""],
        ["Grow", "=1+1", "Puce", "Tonnage handled in the port", "40", "30", "20", "", ""],
        [HOSTILE, LONG, HOSTILE, f"Ships {HOSTILE}", "10", "9", HOSTILE, "", ""],
    ]
    (raw / "harbour.txt").write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    return report_of(folder / "raw", folder / "w")


def test_every_page_opens_without_network(browsing: Browsing, real: Path) -> None:
    for file in sorted(real.glob("*.html")):
        page = browsing.go(file)
        assert page.locator("h1").count() == 1, file
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (file, width)


def test_every_link_leads_somewhere(real: Path, browsing: Browsing) -> None:
    ids: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for file in sorted(real.glob("*.html")):
        page = browsing.go(file)
        ids[file.name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        given = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
        links |= {(file.name, href) for href in given}
    for origin, href in sorted(links):
        name, _, anchor = href.partition("#")
        name = name.partition("?")[0] or origin
        assert (real / unquote(name)).is_file(), (origin, href)
        assert not anchor or anchor in ids[name], (origin, href)


def test_filters_and_deep_links(browsing: Browsing, hostile: Path) -> None:
    found = json.loads((hostile / "findings.json").read_text(encoding="utf-8"))
    page = browsing.go(hostile / "findings.html")
    total = page.locator("[data-item]").count()
    assert total == len(found)
    page.select_option("[name=rule]", "rag-unknown")
    shown = page.locator("[data-item]:visible")
    number = shown.count()
    assert 0 < number < total
    assert "rule=rag-unknown" in page.url
    page = browsing.go(hostile / "findings.html", "?rule=rag-unknown&q=puce")
    assert page.locator("[data-item]:visible").count() == 1
    assert "Puce" in page.locator("[data-item]:visible").inner_text()
    assert page.locator("[data-shown]").inner_text().startswith("1 of")
    page.locator("button[type=reset]").click()
    page.wait_for_function("document.querySelectorAll('[data-item]:not([hidden])').length > 1")
    page.fill("[name=measure]", "tonnage")
    assert page.locator("[data-item]:visible").count() == sum("onnage" in (f["measure"] or "") for f in found)
    page = browsing.go(hostile / "findings.html", "?severity=nonsense")
    assert page.locator("[data-item]:visible").count() == total


def test_a_finding_leads_to_its_cell_and_back(browsing: Browsing, hostile: Path) -> None:
    page = browsing.go(hostile / "findings.html", "?rule=rag-unknown&q=puce")
    page.locator("[data-item]:visible a").click()
    card = page.locator("article:target")
    assert "Puce" in card.inner_text()
    assert card.locator("td.wanted").inner_text() == "Puce"
    card.locator(".where a").click()
    cell = page.locator("td:target")
    assert cell.inner_text().startswith("Puce")
    panel = page.locator("#panel").inner_text().split("\n")
    assert panel[-1].strip('"“”') == "Puce"
    assert panel[1].endswith("; Warning: RAG unknown")
    cell.locator("a").click()
    assert "Puce" in page.locator("article:target").inner_text()


def test_a_compared_figure_leads_to_its_cell_in_either_document(browsing: Browsing, real: Path) -> None:
    for column in (4, 5):
        page = browsing.go(real / "reconciliation-same.html", "?q=staff engagement")
        cell = page.locator("tr[data-item]:visible").first.locator("td, th").nth(column)
        said = cell.locator(".printed").inner_text()
        cell.locator("a").click()
        page.wait_for_url("**/document-*")
        assert page.locator("[data-cells] :target").inner_text().startswith(said)


def test_the_key_of_a_document_counts_every_cell(browsing: Browsing, real: Path) -> None:
    for file in sorted(real.glob("document-*.html")):
        page = browsing.go(file)
        numbers = [int(text.replace(",", "")) for text in page.locator(".key .muted").all_inner_texts()]
        assert sum(numbers) == page.locator("[data-cells] [id]").count() > 0
        assert numbers[3] == page.locator("[data-cells] :is(.finding, [class*=has-])").count()


def test_text_of_strangers_is_text(browsing: Browsing, hostile: Path) -> None:
    for file in sorted(hostile.glob("*.html")):
        page = browsing.go(file)
        assert page.title() != "taken"
        assert page.locator("img[onerror], main script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file
    document = next(hostile.glob("document-*.html"))
    text = browsing.go(document).locator("main").text_content() or ""
    assert HOSTILE in text
    assert text.count("word ") >= 20_000


def test_lists_for_machines_run_no_formula(hostile: Path) -> None:
    text = (hostile / "findings.csv").read_text(encoding="utf-8-sig")
    assert "Puce" in text
    assert not any(
        field.startswith(("=", "+", "-", "@")) for line in text.splitlines() for field in line.split(",")
    )
