"""Hostile and broken files: each gives a reading or a clear finding within its limits, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.limits import Limits
from pipeline.query import run_query
from pipeline.run import Options, ingest
from pipeline.summary import DATABASE, Summary
from tests.hostile import corpus

Built = tuple[Path, Summary, dict[str, bytes]]
LIMITS = Limits(seconds=4, memory=600)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, long: bool) -> Built:
    """The whole corpus in one folder, ingested in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "raw").mkdir()
    files = dict(corpus(long))
    for name, content in files.items():
        (folder / "raw" / name).write_bytes(content)
    summary = ingest(folder / "raw", folder / "w", lambda *_: None, Options(LIMITS))
    return folder, summary, files


def ask(built: Built, sql: str) -> list[tuple[object, ...]]:
    return run_query(built[0] / "w" / DATABASE, sql)[1]


def test_every_file_is_a_document_or_named_as_a_copy(built: Built) -> None:
    documents = {row[0] for row in ask(built, "SELECT document_path FROM documents")}
    copies = {
        row[0] for row in ask(built, "SELECT document_path FROM findings WHERE rule = 'file-duplicate'")
    }
    assert documents | copies == set(built[2])


def test_what_was_not_read_has_a_finding_that_says_why(built: Built) -> None:
    sql = (
        "SELECT document_path FROM documents d WHERE status <> 'read' AND NOT EXISTS ("
        "FROM findings f WHERE f.document_path = d.document_path AND length(message) > 10 AND length(advice) > 10)"
    )
    assert ask(built, sql) == []
    sql = "SELECT document_path FROM documents WHERE status IN ('unreadable', 'empty', 'quarantined')"
    lost = {row[0] for row in ask(built, sql)}
    copies = ask(
        built, "SELECT document_path, detail ->> 'same_as' FROM findings WHERE rule = 'file-duplicate'"
    )
    assert set(built[1].lost) == lost | {copy for copy, first in copies if first in lost}


def test_no_fault_of_ours_comes_up(built: Built) -> None:
    """Only a native library that was ended by a signal may crash."""
    crashed = ask(built, "SELECT document_path, quote FROM findings WHERE rule = 'file-crashed'")
    assert [(path, quote) for path, quote in crashed if not str(quote).startswith("SIG")] == []


def test_the_law_holds_on_what_was_read(built: Built) -> None:
    """A cell that nobody understands, as in a copy with flipped bits, is a finding of its own."""
    sql = "SELECT count(*) FROM findings WHERE rule IN ('cell-unread', 'words-unclaimed')"
    assert ask(built, sql) == ask(built, "SELECT sum(unclaimed)::BIGINT FROM coverage")
    sql = "SELECT document_path FROM coverage WHERE unclaimed > 0 AND document_path NOT LIKE 'flipped%'"
    assert ask(built, sql) == []
    assert ask(built, "SELECT count(*) > 10 FROM documents WHERE status = 'read'") == [(True,)]


REFUSED = {
    "one far cell.xlsx": {"not-a-scorecard", "file-too-large", "file-too-slow", "nothing-read"},
    "many rows.xlsx": {"file-too-large", "file-too-slow"},
    "zip bomb.xlsx": {"file-too-large"},
    "sheet bomb.xlsx": {"file-too-large"},
    "many members.xlsx": {"file-too-large"},
    "deep.xlsx": {"file-too-large"},
    # A fast machine reads it to the end within the limit, and finds no scorecard.
    "wide table.docx": {"file-too-large", "file-too-slow", "not-a-scorecard"},
    "leads outside.xlsx": {"file-unsafe"},
    "entities.xlsx": {"file-unsafe"},
    "entities in wide letters.xlsx": {"file-unsafe"},
    "deep in wide letters.xlsx": {"file-too-large"},
    "under another name.xlsx": {"file-unsafe"},
    "entities.ods": {"file-unsafe"},
    "an archive.zip": {"file-type-unknown"},
    "outside entity.docx": {"file-unsafe"},
    "twice packed.pdf": {"file-too-large", "file-too-slow"},
    "many states.pdf": {"file-too-large", "file-too-slow", "not-a-scorecard"},
    "draws itself.pdf": {"file-too-large", "file-too-slow", "not-a-scorecard", "nothing-read"},
    "many pages.pdf": {"file-too-large"},
    "password.xlsx": {"file-encrypted"},
    "picture.pdf": {"file-type-unknown"},
    "empty.docx": {"file-empty"},
    "noise.pdf": {"file-type-unknown"},
    "runs scripts.pdf": {"file-active-content"},
    "a text over a sheet.ods": {"file-unsafe"},
    "a text down a sheet.ods": {"file-unsafe"},
    "a text across many sheets.ods": {"file-unsafe", "file-too-large", "file-too-slow"},
    "repeated by no number.ods": {"file-damaged"},
    "many cells.xlsb": {"file-too-large", "file-too-slow"},
    "a text longer than it is.xlsb": {"file-damaged"},
    "half a record.xlsb": {"file-damaged"},
    "small FAT of 2147483647.xls": {"file-damaged"},
    "a million cells.docx": {"file-too-large", "file-too-slow"},
    "spans that are none.docx": {"file-damaged"},
    "boxes in boxes.docx": {"file-too-large"},
    "forms that double.pdf": {"file-too-large"},
    "a huge map of letters.pdf": {"file-too-slow", "file-too-large", "not-a-scorecard"},
    "tree in a ring.pdf": {"file-damaged"},
    "only separators.csv": {"file-too-large"},
    "many wide lines.csv": {"file-too-large"},
    "one quoted field.csv": {"file-too-large"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_traps_are_told_by_their_names(built: Built, name: str) -> None:
    same = [other for other, content in built[2].items() if content == built[2][name]]
    names = ", ".join(f"'{other}'" for other in same)
    sql = f"SELECT rule FROM findings WHERE document_path IN ({names}) AND rule NOT IN ('file-duplicate', 'file-disguised')"
    assert {row[0] for row in ask(built, sql)} & REFUSED[name]
    assert ask(built, f"SELECT count(*) FROM results WHERE document_path IN ({names})") == [(0,)]


def test_odd_characters_reach_the_warehouse_as_text(built: Built) -> None:
    sql = "SELECT DISTINCT status FROM documents WHERE document_path IN ('numbers.txt', 'formulas.txt', 'long cell.txt')"
    assert ask(built, sql) == [("read",)]
    sql = "SELECT count(*) FROM results WHERE document_path = 'numbers.txt' AND NOT isfinite(value)"
    assert ask(built, sql) == [(0,)]
