"""The command line: what each command prints, its exit code, and that nothing heavy starts before it is needed."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit import verdict

ROOT = Path(__file__).resolve().parents[1]
RETURN = "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx"
Done = subprocess.CompletedProcess[str]


def pipeline(*arguments: object, **environment: str) -> Done:
    order = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    variables = {**os.environ, **environment}
    return subprocess.run(order, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "w"
    done = pipeline("ingest", "--warehouse", folder)
    assert done.returncode == 0, done.stderr
    said = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert said == [
        *("Documents read", "Results loaded", "Findings", "Cells unclaimed", "Report"),
        "Ask it",
    ]
    assert "Documents read:    3 (from 3 files)" in done.stdout
    assert str(folder / "report" / "index.html") in done.stdout
    assert done.stderr.splitlines()[0] == "Looking at the files"
    assert "Reading 0 of 3" in done.stderr
    assert done.stderr.splitlines()[-1] == "Writing the report"
    return folder


def test_a_run_without_news_says_so(warehouse: Path) -> None:
    done = pipeline("ingest", "--warehouse", warehouse)
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing has changed since the last run")


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys, pipeline.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'pandas', 'duckdb', 'pandera', 'numpy', 'rich', 'pdfplumber', 'openpyxl', 'multiprocessing'}\n"
        "sys.exit(code or str(sorted(heavy & set(sys.modules)) if heavy & set(sys.modules) else ''))"
    )
    order = [sys.executable, "-c", code]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    for command in ("ingest", "query", "show", "report", "serve", "sbom"):
        assert f"    {command} " in done.stdout


WRONG = [
    ([], "required"),
    (["dance"], "invalid choice"),
    (["ingest", "--workers", "0"], "1 or more"),
    (["ingest", "--limit", "help=1"], "pages"),
    (["ingest", "--limit", "pages=-1"], "'pages=-1' is no limit"),
    (["ingest", "--raw", "/nowhere/at/all", "--warehouse", "{tmp}"], "there is no folder /nowhere/at/all"),
    (["ingest", "--raw", "{tmp}", "--warehouse", "{tmp}/w"], "put scorecards and returns into it"),
    (["ingest", "--raw", RETURN, "--warehouse", "{tmp}/w"], "is not a folder"),
    (["show", "nowhere.pdf"], "there is no file nowhere.pdf"),
    (["query", " ", "--warehouse", "{built}"], "there is no question"),
    (["query", ";", "--warehouse", "{built}"], "there is no question"),
    (["query", "-- a remark", "--warehouse", "{built}"], "there is no question"),
    (["query", "select 1; select 2", "--warehouse", "{built}"], "one question at a time"),
    (["query", ".shell ls", "--warehouse", "{built}"], "syntax error"),
    (["query", "selct 1", "--warehouse", "{built}"], 'syntax error at or near "selct"'),
    (["query", "select wrong from results", "--warehouse", "{built}"], "wrong"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_a_wrong_command_is_2(arguments: list[str], says: str, tmp_path: Path, warehouse: Path) -> None:
    done = pipeline(*(a.format(tmp=tmp_path, built=warehouse) for a in arguments))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    if arguments[:1] == ["query"]:
        assert len(done.stderr.splitlines()) == 1


FAILING = [
    (["query", "select 1", "--warehouse", "{tmp}"], "build it with: make ingest"),
    (["report", "--warehouse", "{tmp}"], "make ingest"),
    (["serve", "--warehouse", "{tmp}"], "there is no report in {tmp}/report; build it with: make ingest"),
    (["show", "{tmp}/broken.xlsx"], "broken.xlsx: The file is damaged and cannot be opened"),
    (["show", "{tmp}/empty.pdf"], "empty.pdf: The file has no bytes."),
    (["show", "{tmp}/picture.png"], "picture.png"),
    (["ingest", "--warehouse", "{tmp}/empty.pdf"], "empty.pdf"),
]


@pytest.mark.parametrize(("arguments", "says"), FAILING, ids=[" ".join(a) for a, _ in FAILING])
def test_what_could_not_be_done_is_1_and_one_line(arguments: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = pipeline(*(a.format(tmp=tmp_path) for a in arguments))
    assert done.returncode == 1
    assert says.format(tmp=tmp_path) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_files_that_could_not_be_loaded_are_named(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(22):
        (raw / f"broken {number:02d}.pdf").write_bytes(b"%%PDF-1.4 %d" % number)
    done = pipeline("ingest", "--raw", raw, "--warehouse", tmp_path / "w")
    assert done.returncode == 1
    assert done.stderr.count("(the report says why)") == 20
    assert done.stderr.splitlines()[-1] == "Could not load:    2 more"
    assert "Documents read:    0 (from 22 files)" in done.stdout
    (counted,) = (line for line in done.stdout.splitlines() if line.startswith("Findings:"))
    assert int(counted.split()[1]) >= 22  # a file that was not read is waiting for somebody
    page = (tmp_path / "w" / "report" / "index.html").read_text(encoding="utf-8")
    assert "broken 00.pdf" in page
    assert "replaced" not in page


def test_answers_as_a_table_and_as_csv(warehouse: Path) -> None:
    sql = "select document_path, bytes from documents order by 1"
    done = pipeline("query", sql, "--warehouse", warehouse)
    assert done.returncode == 0
    assert done.stdout.split()[:2] == ["document_path", "bytes"]
    assert done.stdout.splitlines()[-1] == "3 rows"
    lines = list(csv.reader(pipeline("query", sql, "--csv", "--warehouse", warehouse).stdout.splitlines()))
    assert lines[0] == ["document_path", "bytes"]
    assert lines[1] == [RETURN.removeprefix("raw/"), str((ROOT / RETURN).stat().st_size)]


def test_an_answer_orders_neither_a_terminal_nor_a_spreadsheet_about(warehouse: Path) -> None:
    """Texts of documents are shown, not obeyed: a title may hold an escape sequence, a cell a formula."""
    sql = "select chr(27) || '[2J' || chr(8238) as a, '=cmd|''/c calc''!A1' as b, '-5%' as c"
    done = pipeline("query", sql, "--warehouse", warehouse)
    assert r"\x1b[2J\u202e" in done.stdout
    assert "\x1b" not in done.stdout
    (_, row) = csv.reader(pipeline("query", sql, "--csv", "--warehouse", warehouse).stdout.splitlines())
    assert row[1:] == ["'=cmd|'/c calc'!A1", "-5%"]
    wrong = pipeline("query", f"select '{chr(27)}[2J' + 1", "--warehouse", warehouse)
    assert (wrong.returncode, "\x1b" in wrong.stderr) == (2, False)


def test_of_a_long_answer_a_terminal_gets_the_beginning(warehouse: Path) -> None:
    """An answer without end, as of a join that lost its condition, comes back at once."""
    sql = "select * from range(100000000000)"
    done = pipeline("query", sql, "--warehouse", warehouse)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("The first 1,000 rows; there are more")
    sql = "select * from range(1001)"
    assert len(pipeline("query", sql, "--csv", "--warehouse", warehouse).stdout.splitlines()) == 1002


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_GB.ISO-8859-1", "de_DE.UTF-8"])
def test_the_language_of_a_machine_changes_nothing(locale: str, warehouse: Path) -> None:
    sql = "select '✓ é' as a, 1.5 as b, null as c"
    more = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii" if "ISO" in locale else "", "TERM": "dumb"}
    done = pipeline("query", sql, "--csv", "--warehouse", warehouse, **more)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1] in ("✓ é,1.5,", r"\u2713 \xe9,1.5,")


REACHING_OUT = [
    "select * from read_text('{outside}')",
    "copy (select 1) to '{tmp}/out.csv'",
    "copy results to '{tmp}/out.parquet'",
    "export database '{tmp}/out'",
    "attach '{tmp}/other.duckdb'",
    "load httpfs",
    "install httpfs",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set memory_limit = '1TB'",
    "select * from '{outside}'",
    "select * from read_csv('{outside}')",
    "select * from glob('{tmp}/*')",
    "select * from read_parquet('http://127.0.0.1:9/x')",
    "attach ':memory:' as other",
    "load '{tmp}/mine.duckdb_extension'",
    "create secret (type s3)",
    "import database '{tmp}'",
    "prepare p as copy (select 1) to '{tmp}/out.csv'",
    "select 1; set enable_external_access = true; copy (select 1) to '{tmp}/out.csv'",
    "create table mine as select 1",
    "delete from readings.results",
    "drop view results",
]


@pytest.mark.parametrize("sql", REACHING_OUT)
def test_a_question_can_neither_reach_out_nor_write(sql: str, warehouse: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("not for the council")
    before = (warehouse / "scorecards.duckdb").read_bytes()
    done = pipeline("query", sql.format(outside=outside, tmp=tmp_path), "--warehouse", warehouse)
    assert done.returncode == 2
    assert "not for the council" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["outside.txt"]
    assert (warehouse / "scorecards.duckdb").read_bytes() == before


def test_show_prints_cells_with_their_places() -> None:
    done = pipeline("show", RETURN)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].startswith(f"{RETURN}: xlsx, 1 part, 1 grid, ")
    assert any(line.split()[0].endswith("!A1") for line in done.stdout.splitlines() if "!A1 " in line)


def test_a_reader_that_has_seen_enough(warehouse: Path) -> None:
    order = f"'{sys.executable}' -m pipeline show {RETURN} | head -n 1"
    done = subprocess.run(order, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_the_bill_of_materials_names_every_locked_package() -> None:
    named = {c["name"].casefold() for c in json.loads(pipeline("sbom").stdout)["components"]}
    assert {"duckdb", "pandas", "pandera", "pdfplumber"} <= named


WEAK = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
SOUND = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited: c (1)"}


@pytest.mark.parametrize(
    ("packages", "code", "says"),
    [
        ([SOUND], 0, "No known weakness in any of the 1 packages"),
        ([SOUND, WEAK], 1, "a 1: PYSEC-1, mended in 2"),
        ([UNKNOWN], 1, "Nothing was audited"),
        ([SOUND, UNKNOWN], 1, "Not audited, for the package index knows nothing about them: c"),
        (None, 1, "Nothing was audited"),
    ],
)
def test_an_audit_that_asked_nobody_is_none(
    packages: list[dict[str, object]] | None, code: int, says: str
) -> None:
    """pip-audit itself says "No known vulnerabilities found" and 0 where the index knew nothing about any package."""
    found, said = verdict("" if packages is None else json.dumps({"dependencies": packages, "fixes": []}))
    assert (found, says in said) == (code, True)


def test_making_the_environment_prints_no_data(tmp_path: Path) -> None:
    """What is installed on the way to `make sbom > file` must not stand in the file."""
    (tmp_path / "lock").write_text("", encoding="utf-8")
    order = ["sh", ".ci/environment", str(tmp_path / "venv"), str(tmp_path / "lock")]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, "Installing" in done.stderr) == ("", True)


def test_make_alone_lists_the_targets() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=False)
    named = [line.split()[0] for line in done.stdout.splitlines() if line[:1].isalpha()]
    assert named[0] == "help"
    for target in ("ingest", "query", "show", "test", "check", "bench", "fuzz", "test-faults"):
        assert target in named


def test_make_hands_questions_and_names_over_untouched(tmp_path: Path) -> None:
    """Quotes, dollars and semicolons reach the program as they were written."""
    sql = "select 'it''s $HOME; `id`' as \"a b\""
    order = ["make", "-n", "query", f"SQL={sql.replace('$', '$$')}"]
    said = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith('-- "$SQL"')
    assert sql not in said


def test_every_test_that_a_promise_names_is_there() -> None:
    promised = re.findall(
        r"`(test_\w+\.py)::(\w+)`", (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    )
    assert len(promised) > 20
    for file, name in promised:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), f"{file}::{name}"
