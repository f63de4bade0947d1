"""The report in a real browser: pages open offline, filters work, hostile text is shown as text."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import sync_playwright

from pipeline.report import write_report
from tests.test_readme import ingest

NEEDS = ("chromium",)
HOSTILE = "<script>document.title='taken'</script>"


def test_the_report_in_a_browser(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "2013-14" / "Q2"
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
    ]
    (raw / "harbour.txt").write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    assert ingest(tmp_path / "raw", tmp_path / "w").returncode == 0
    index = write_report(tmp_path / "w")
    found = json.loads((index.parent / "findings.json").read_text(encoding="utf-8"))
    assert "rag-unknown" in {finding["rule"] for finding in found}
    problems: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url)
        )
        page.goto(index.as_uri())
        total = page.locator(".finding").count()
        assert total == len(found)
        page.select_option("#rule", "rag-unknown")
        shown = page.locator(".finding:visible")
        assert 0 < shown.count() < total
        assert "Puce" in shown.first.inner_text()
        page.goto(f"{index.as_uri()}?rule=rag-unknown")
        assert page.locator(".finding:visible").count() == shown.count()
        page.locator(".finding:visible a").first.click()
        assert "document-" in page.url
        assert page.locator(":target").inner_text().split("\t")[1].strip() == "Puce"
        assert HOSTILE in page.inner_text("main")
        assert page.title() != "taken"
        browser.close()
    assert problems == []
