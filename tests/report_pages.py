"""What the tests of the report share: a report built in this process, and a browser without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.codes import load_codes
from pipeline.documents import register
from pipeline.load import load
from pipeline.reading import read_document, with_findings
from pipeline.report import write_report
from tests.readings import CODES


class Browsing:
    """A page of an offline browser, and everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self.problems.append(message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith(("file:", "data:")) else self.problems.append(asked.url)
            ),
        )
        page.on(
            "response", lambda given: None if given.ok else self.problems.append(f"not found: {given.url}")
        )

    def go(self, file: Path, more: str = "") -> Page:
        """Open a page anew, also when only what stands behind # differs."""
        self.page.goto("about:blank")
        self.page.goto(file.as_uri() + more)
        return self.page


@contextmanager
def browser_offline() -> Iterator[Browsing]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield Browsing(browser.new_context(offline=True).new_page())
        browser.close()


def report_of(raw: Path, warehouse: Path, started: str = "2026-01-05 09:00:00") -> Path:
    """The report folder of everything below ``raw``, read in this process."""
    warehouse.mkdir(exist_ok=True)
    found = register(raw)
    said = {
        document.path: [f for path, f in found.findings if path == document.path]
        for document in found.documents
    }
    readings = []
    for document in found.documents:
        first, *others = read_document(document, load_codes(), warehouse)
        readings += [with_findings(first, said[document.path]), *others]
    run = {"started": started, "finished": started, "raw": str(raw), "documents": len(readings)}
    load(readings, CODES, warehouse / "scorecards.duckdb", {"raw": str(raw), "this": run, "runs": [run]})
    return write_report(warehouse).parent
