"""Pages of documents that did not change are taken over from the last report, and are those of a new one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.report import kept, write_report
from pipeline.run import ingest
from tests.readings import Line, build, scorecard

ROOT = Path(__file__).resolve().parents[1]
TEXT = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A raw folder of three documents, read and reported twice: the second time their findings are no longer new."""
    raw = tmp_path / "raw"
    for council in ("Vale", "Harbour", "Moorland"):
        (raw / council / "2012-13" / "Q1").mkdir(parents=True)
        text = TEXT.read_text(encoding="utf-8") + "\n" * len(council)
        (raw / council / "2012-13" / "Q1" / "scorecard.txt").write_text(text, encoding="utf-8")
    run(tmp_path)
    return tmp_path


def run(folder: Path) -> None:
    ingest(folder / "raw", folder / "w", lambda *_: None)


def pages(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Name -> inode and content of each document's page."""
    found = sorted((folder / "w" / "report").glob("document-*.html"))
    return {page.name: (page.stat().st_ino, page.read_bytes()) for page in found}


def test_only_what_changed_is_written_and_all_is_as_if_new(folder: Path) -> None:
    before = pages(folder)
    shutil.rmtree(folder / "raw" / "Vale")
    shutil.copytree(folder / "raw" / "Moorland", folder / "raw" / "Coast")
    changed = folder / "raw/Coast/2012-13/Q1/scorecard.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("73%", "seventy"), encoding="utf-8")
    run(folder)
    after = pages(folder)
    assert len(before) == len(after) == 3
    same = before.keys() & after.keys()
    assert len(same) == 2
    assert all(before[name] == after[name] for name in same)
    write_report(folder / "w")
    anew = pages(folder)
    assert {name: content for name, (_, content) in anew.items()} == {
        name: content for name, (_, content) in after.items()
    }
    assert not {inode for inode, _ in anew.values()} & {inode for inode, _ in after.values()}


def test_a_document_whose_meaning_changed_is_written_anew(folder: Path) -> None:
    before = pages(folder)
    (folder / "raw" / "corrections.csv").write_text(
        "document_path,place,expected_text,meaning,why,decided_by,decided_on\n"
        "Moorland/2012-13/Q1/scorecard.txt,r4 c1,nothing like it,1,no reason,A. Officer,2014-05-02\n",
        encoding="utf-8",
    )
    run(folder)
    after = pages(folder)
    assert [name for name in after if before[name] != after[name]], "its finding stands on its page"
    assert sum(before[name] == after[name] for name in after) == 2


def test_a_page_that_was_cut_off_or_drawn_by_other_code_is_written_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages(folder)
    cut = folder / "w" / "report" / next(iter(before))
    cut.write_bytes(cut.read_bytes()[:-200])
    write_report(folder / "w", keep=True)
    assert {name: content for name, (_, content) in pages(folder).items()} == {
        name: content for name, (_, content) in before.items()
    }
    monkeypatch.setattr(kept, "drawn_by", lambda: "another version")
    then = pages(folder)
    write_report(folder / "w", keep=True)
    assert not {inode for inode, _ in pages(folder).values()} & {inode for inode, _ in then.values()}


def test_where_the_disk_knows_no_second_names_pages_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(kept.os, "link", refused)
    before = pages(folder)
    write_report(folder / "w", keep=True)
    assert {name: content for name, (_, content) in pages(folder).items()} == {
        name: content for name, (_, content) in before.items()
    }


def test_a_chart_that_is_the_same_is_not_drawn_again(tmp_path: Path) -> None:
    def charts(keep: bool, *results: str) -> tuple[str, dict[str, str]]:
        line = Line("Ships moored", "4", dict(enumerate(results, 1)))
        build(tmp_path, scorecard("HAR", "2013/14", 3, [line]))
        page = write_report(tmp_path, keep=keep).parent / "directorate-har.html"
        return page.read_text(encoding="utf-8"), json.loads(file.read_text(encoding="utf-8"))

    file = tmp_path / "cache" / "charts.json"
    first, drawn = charts(True, "5", "6")
    assert drawn
    marked = {key: svg.replace("var(--link)", "var(--kept)") for key, svg in drawn.items()}
    file.write_text(json.dumps(marked), encoding="utf-8")
    kept_over, _ = charts(True, "5", "6")
    assert "var(--kept)" in kept_over
    assert kept_over.replace("var(--kept)", "var(--link)") == first
    other, drawn = charts(True, "5", "7", "9")
    assert "var(--kept)" not in other
    assert not drawn.keys() & marked.keys()
    file.write_text("[1]", encoding="utf-8")
    assert charts(True, "5", "6")[0] == first
    file.write_text(json.dumps(marked), encoding="utf-8")
    assert charts(False, "5", "6")[0] == first
