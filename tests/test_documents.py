"""raw/ -> Documents: nothing that lies there gets lost, and what folder, name and manifest declare is heard."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.declared import declared, financial_year, quarter_of
from pipeline.documents import register
from pipeline.kinds import kind_of

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).parent / "cases" / "declared.csv"


def put(raw: Path, path: str, content: bytes = b"a\tb\n") -> Path:
    file = raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def rules(raw: Path) -> set[tuple[str, str]]:
    return {(path, finding.rule) for path, finding in register(raw).findings}


with CASES.open(encoding="utf-8", newline="") as opened:
    DECLARED = [tuple((row or "") for row in line.values()) for line in csv.DictReader(opened)]


@pytest.mark.parametrize(("path", "year", "quarter", "role", "council", "directorate", "source"), DECLARED)
def test_what_a_path_declares(
    path: str, year: str, quarter: str, role: str, council: str, directorate: str, source: str
) -> None:
    said, _ = declared(path)
    assert (
        said.financial_year or "",
        str(said.quarter or ""),
        said.role or "",
        said.council or "",
        said.directorate or "",
        said.period_source or "",
    ) == (year, quarter, role, council, directorate, source)


def test_years_and_quarters_that_are_none() -> None:
    assert [financial_year(text) for text in ("2012", "2012-14", "2011-12-05", "x2012-130", "112012-13")] == [
        None
    ] * 5
    assert financial_year("1999-2000") == "1999/00"
    assert [quarter_of(text) for text in ("Q5", "Q12", "IQ1", "Q1 and Q2", "quarterly")] == [None] * 5


def test_every_file_of_this_repository_is_registered_with_its_own_hash() -> None:
    found = register(ROOT / "raw")
    for document in found.documents:
        content = (ROOT / "raw" / document.path).read_bytes()
        assert document.sha256 == hashlib.sha256(content).hexdigest()
        assert document.document_id == document.sha256[:12]
        assert document.bytes == len(content)
    assert {document.path for document in found.documents} >= {
        "2012-13/Q1/cap-return-2012-13-q1.xlsx",
        "2012-13/Q1/cap-scorecard-2012-13-q1.pdf",
        "2012-13/Q1/cap-scorecard-2012-13-q1.txt",
    }
    assert {document.role for document in found.documents} == {"scorecard", "return"}


def test_the_manifest_wins_and_its_faults_are_findings(tmp_path: Path) -> None:
    put(tmp_path, "2012-13/Q1/scorecard.txt")
    put(
        tmp_path,
        "manifest.csv",
        "path,origin,received_on,role,directorate,note,quarter,council\r\n"
        "2012-13/Q1/scorecard.txt,by e-mail,31/07/2012,return,Adults,a note,2,Exampleshire\r\n"
        "2012-13/Q1/nowhere.txt,,soon,poster,,,9,\r\n".encode("utf-8-sig"),
    )
    (document,) = register(tmp_path).documents
    assert (document.role, document.directorate, document.quarter, document.received_on, document.origin) == (
        "return",
        "Adults",
        2,
        "2012-07-31",
        "by e-mail",
    )
    assert (document.financial_year, document.council, document.period_source) == (
        "2012/13",
        "Exampleshire",
        "manifest",
    )
    said = [finding.quote for _, finding in register(tmp_path).findings if finding.rule == "decision-unread"]
    assert [quote.split(":")[0] for quote in said] == ["line 3"] * 3
    assert any("soon" in quote for quote in said)
    assert any("poster" in quote for quote in said)
    assert ("", "manifest-names-no-file") in rules(tmp_path)


def test_a_manifest_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "manifest.csv", b"path,origin\n\xff\xfe\x00")
    assert ("", "decision-unread") in rules(tmp_path)
    assert [document.path for document in register(tmp_path).documents] == ["a.txt"]


def test_folder_and_name_that_disagree(tmp_path: Path) -> None:
    put(tmp_path, "2012-13/Q1/scorecard Q2.txt")
    assert rules(tmp_path) == {("2012-13/Q1/scorecard Q2.txt", "folder-and-name-disagree")}


def test_own_lists_and_left_overs_are_no_documents(tmp_path: Path) -> None:
    for name in (
        "corrections.csv",
        "waivers.csv",
        "expected.csv",
        ".DS_Store",
        "~$open.xlsx",
        "README.md",
        "Thumbs.db",
    ):
        put(tmp_path, name)
    put(tmp_path, "answers/from-cap.csv")
    put(tmp_path, "2012-13/waivers.csv")
    assert [document.path for document in register(tmp_path).documents] == ["2012-13/waivers.csv"]


def test_links_devices_and_closed_doors_are_findings_not_documents(tmp_path: Path) -> None:
    raw, outside = tmp_path / "raw", tmp_path / "secret.txt"
    outside.write_text("not for the council")
    inside = put(raw, "real.txt")
    (raw / "outside.txt").symlink_to(outside)
    (raw / "nowhere.txt").symlink_to(raw / "missing")
    (raw / "loop").symlink_to(raw)
    (raw / "again.txt").symlink_to(inside)
    os.mkfifo(raw / "pipe.txt")
    found = register(raw)
    assert {document.path for document in found.documents} == {"real.txt", "again.txt"}
    assert rules(raw) == {
        ("outside.txt", "file-link"),
        ("nowhere.txt", "file-link"),
        ("loop", "file-link"),
        ("pipe.txt", "file-special"),
    }


def test_odd_names_keep_their_files(tmp_path: Path) -> None:
    names = [
        b"caf\xe9.txt",
        b"-rf.txt",
        b"two  spaces .txt",
        b"new\nline.txt",
        b"x" * 251 + b".txt",
        b"caf\\xe9.txt",
        "naïve ✓.txt".encode(),
    ]
    for name in names:
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:
            file.write(name)
    found = register(tmp_path)
    assert len(found.documents) == len(names)
    for document in found.documents:
        document.path.encode("utf-8")
        assert Path(document.file).read_bytes()
    odd = {path for path, finding in found.findings if finding.rule == "file-name-odd"}
    assert len({document.path for document in found.documents}) == len(names)
    assert odd == {"caf\\xe9.txt", "caf\\\\xe9.txt", "new\\nline.txt", "x" * 251 + ".txt"}


def test_folders_may_be_as_deep_as_a_file_system_takes(tmp_path: Path) -> None:
    put(tmp_path, "a/b/c.txt")
    folder, made = tmp_path, []
    for _ in range(1200):
        folder = folder / "d"
        folder.mkdir()
        made.append(folder)
    file = put(folder, "d.txt")
    assert [document.path.count("/") for document in register(tmp_path).documents] == [2, 1200]
    file.unlink()
    for folder in reversed(made):  # what clears up behind the tests goes down by recursion
        folder.rmdir()


def test_a_file_without_permission_is_a_document_and_a_finding(tmp_path: Path) -> None:
    """Read as another user, since root may read everything."""
    closed, door = put(tmp_path, "closed.txt"), put(tmp_path, "closed/inside.txt").parent
    closed.chmod(0)
    door.chmod(0)
    tmp_path.chmod(0o755)
    code = (
        "import os, sys, pathlib\n"
        "from pipeline.documents import register\n"
        "os.chdir(sys.argv[1])\n"
        "if not os.geteuid(): os.setuid(65534)\n"
        "r = register(pathlib.Path('.'))\n"
        "print([d.path for d in r.documents], sorted({(p, f.rule) for p, f in r.findings}))"
    )
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    door.chmod(0o755)
    assert (
        run.stdout.strip()
        == "['closed.txt'] [('closed', 'file-no-access'), ('closed.txt', 'file-no-access')]"
    ), run.stderr


def test_the_same_bytes_twice_are_two_documents(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    first, second = register(tmp_path).documents
    assert (first.path, second.path) == ("a.txt", "b.txt")
    assert first.sha256 == second.sha256


KINDS = [
    (b"%PDF-1.4\n", b"", ".pdf", "pdf", False),
    (b"junk\n%PDF-1.4\n", b"", ".pdf", "pdf", False),
    (b"%PDF-1.4\n", b"", ".xlsx", "pdf", True),
    (b"PK\x03\x04....[Content_Types].xml", b"xl/workbook.xml", ".xlsx", "xlsx", False),
    (b"PK\x03\x04....word/document.xml", b"", ".xlsx", "docx", True),
    (b"PK\x03\x04", b"", ".xlsx", "zip", True),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "EncryptedPackage".encode("utf-16-le"),
        ".xlsx",
        "encrypted",
        False,
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Workbook".encode("utf-16-le"), ".xls", "xls", False),
    (b"<html><table>", b"", ".xls", "html", True),
    (b"a,b\n", b"", ".csv", "csv", False),
    (b"a\tb\n", b"", ".xls", "txt", True),
    (b"a\tb\n", b"", "", "txt", False),
    ("a\tb".encode("utf-16"), b"", ".txt", "txt", False),
    (bytes(range(256)) * 8, b"", ".txt", "unknown", False),
    (b"", b"", ".pdf", "pdf", False),
]


@pytest.mark.parametrize(("head", "tail", "suffix", "kind", "disguised"), KINDS)
def test_kinds_by_content(head: bytes, tail: bytes, suffix: str, kind: str, disguised: bool) -> None:
    assert kind_of(head, tail, suffix) == (kind, disguised)
