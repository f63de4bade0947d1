"""A run from end to end: what is read again and what is not, what changed in raw/, who may run at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.lock import NAME, Held, hold
from pipeline.query import export_rows, run_query
from pipeline.run import NothingToRead, Options, ingest
from pipeline.summary import DATABASE, Summary
from tests import no_network
from tests.test_readme import ingest as command

ROOT = Path(__file__).resolve().parents[1]
CAP = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"
HARBOUR = ROOT / "tests/golden/harbour-2013-14-q4/harbour-scorecard-2013-14-q4.txt"
STAGES = ["Looking at the files", "Reading", "Building the warehouse", "Writing the report"]


class Told:
    """Keeps what a run tells of its progress."""

    def __init__(self) -> None:
        self.said: list[tuple[str, int, int, str]] = []

    def __call__(self, stage: str, done: int, total: int, document: str) -> None:
        self.said.append((stage, done, total, document))

    @property
    def stages(self) -> list[str]:
        return list(dict.fromkeys(stage for stage, *_ in self.said))

    @property
    def read(self) -> set[str]:
        return {document for stage, _, _, document in self.said if stage == "Reading" and document}


def run(folder: Path, **options: bool) -> tuple[Summary, Told]:
    told = Told()
    return ingest(folder / "raw", folder / "w", told, Options(workers=1, **options)), told  # type: ignore[arg-type]


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    return run_query(folder / "w" / DATABASE, sql)[1]


def about_files(folder: Path) -> set[tuple[object, ...]]:
    sql = "SELECT rule, document_path FROM findings WHERE rule LIKE 'file-%' ORDER BY ALL"
    return set(ask(folder, sql))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scorecards, ingested once."""
    folder = tmp_path_factory.mktemp("made")
    for place, file in (("2012-13/Q1", CAP), ("2013-14/Q4", HARBOUR)):
        (folder / "raw" / place).mkdir(parents=True)
        shutil.copy(file, folder / "raw" / place)
    summary, told = run(folder)
    assert told.stages == STAGES
    assert told.said[1] == ("Reading", 0, 2, "")
    assert told.read == {"2012-13/Q1/" + CAP.name, "2013-14/Q4/" + HARBOUR.name}
    assert (summary.documents, summary.read, summary.lost, summary.unclaimed) == (2, 2, (), 0)
    assert summary.results > 18
    assert summary.report.is_file()
    return folder


@pytest.fixture
def again(made: Path, tmp_path: Path) -> Path:
    """A copy of the two scorecards and their warehouse, to change."""
    shutil.copytree(made, tmp_path / "again")
    return tmp_path / "again"


def test_nothing_new_is_nothing_to_do(again: Path) -> None:
    before = (again / "w" / DATABASE).stat()
    summary, told = run(again)
    assert summary.unchanged
    assert told.stages == STAGES[:1]
    assert (again / "w" / DATABASE).stat().st_mtime_ns == before.st_mtime_ns
    assert summary.results == ask(again, "SELECT count(*) FROM results")[0][0]


def test_only_the_new_document_is_read(again: Path) -> None:
    shutil.copy(ROOT / "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx", again / "raw/2012-13/Q1")
    _, told = run(again)
    assert told.read == {"2012-13/Q1/cap-return-2012-13-q1.xlsx"}
    assert ask(again, "SELECT count(*) FROM documents WHERE status = 'read'") == [(3,)]


def test_a_rebuild_reads_everything_and_gives_the_same_rows(again: Path, made: Path) -> None:
    _, told = run(again, rebuild=True)
    assert len(told.read) == 2
    assert export_rows(again / "w" / DATABASE) == export_rows(made / "w" / DATABASE)


def test_a_damaged_cache_is_read_again(again: Path, made: Path) -> None:
    for number, kept in enumerate(sorted((again / "w/cache").glob("*/*"))):
        kept.write_bytes(kept.read_bytes()[: -20 if number else 3])
    (again / "w" / DATABASE).unlink()
    _, told = run(again)
    assert len(told.read) == 2
    assert export_rows(again / "w" / DATABASE) == export_rows(made / "w" / DATABASE)


def test_a_file_that_changed_under_its_name_stays_a_finding_until_accepted(again: Path) -> None:
    file = again / "raw/2012-13/Q1" / CAP.name
    file.write_text(CAP.read_text(encoding="utf-8").replace("368,500", "368,501"), encoding="utf-8")
    replaced = {("file-replaced", f"2012-13/Q1/{CAP.name}")}
    run(again)
    assert about_files(again) == replaced
    run(again, rebuild=True)
    assert about_files(again) == replaced
    run(again, accept_changes=True)
    assert about_files(again) == set()
    assert run(again)[0].unchanged


def test_a_file_that_disappeared_and_one_that_moved(again: Path) -> None:
    (again / "raw/2012-13/Q1" / CAP.name).unlink()
    folder = again / "raw/2013-14/Q4"
    (folder / HARBOUR.name).rename(folder / "harbour.txt")
    run(again)
    sql = "SELECT rule, message FROM findings WHERE rule LIKE 'file-%'"
    found = {str(rule): str(message) for rule, message in ask(again, sql)}
    assert set(found) == {"file-disappeared", "file-moved"}
    assert CAP.name in str(found["file-disappeared"])
    assert HARBOUR.name in str(found["file-moved"])


def test_the_same_bytes_twice_are_loaded_once(again: Path) -> None:
    shutil.copy(CAP, again / "raw/2012-13/Q1/copy.txt")
    before = ask(again, "SELECT count(*) FROM results")
    run(again)
    assert ask(again, "SELECT count(*) FROM results") == before
    assert [rule for rule, _ in about_files(again)] == ["file-duplicate"]


def test_a_copy_of_a_file_that_cannot_be_read_says_so_too(again: Path) -> None:
    for name in ("broken.pdf", "copy of broken.pdf"):
        (again / "raw/2012-13/Q1" / name).write_bytes(b"%PDF-1.4\n")
    summary, _ = run(again)
    paths = ("2012-13/Q1/broken.pdf", "2012-13/Q1/copy of broken.pdf")
    assert summary.lost == paths
    of_copy = {rule for rule, path in about_files(again) if path == paths[1]}
    assert of_copy > {rule for rule, path in about_files(again) if path == paths[0]}
    assert of_copy >= {"file-damaged", "file-duplicate"}
    sql = "SELECT DISTINCT rule, is_open FROM findings WHERE document_path LIKE '%broken.pdf'"
    assert all(is_open for _, is_open in ask(again, sql))


def test_two_at_once_the_second_is_told_who_and_since_when(again: Path) -> None:
    with hold(again / "w"):
        with pytest.raises(Held, match=rf"process {os.getpid()} on .+ since \d{{4}}-\d\d-\d\d"):
            run(again)
        done = command(again / "raw", again / "w")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(f"another ingest of {again / 'w'} is running")


def test_a_lock_left_by_a_dead_process_is_taken(again: Path) -> None:
    """Its holder is killed while it holds the lock; the file with its name in it stays."""
    code = (
        "import os, pathlib, signal, sys\n"
        "from pipeline.lock import hold\n"
        "with hold(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(again / "w")], cwd=ROOT, check=False)
    assert json.loads((again / "w" / NAME).read_text())["pid"] != os.getpid()
    assert run(again)[0].unchanged


def test_every_run_is_in_the_warehouse_and_survives_its_loss(again: Path) -> None:
    run(again)
    (again / "w" / DATABASE).unlink()
    run(again)
    assert ask(again, "SELECT count(*), min(documents), count(DISTINCT run_no) FROM runs") == [(3, 2, 3)]
    with (again / "w/runs.jsonl").open("a") as file:
        file.write('{"started": "2026-01-01 00:00:00", "docum')
    run(again, rebuild=True)
    assert ask(again, "SELECT count(*) FROM runs") == [(4,)]


def test_a_warehouse_of_older_code_is_rebuilt_and_says_so(again: Path) -> None:
    file = again / "w/runs.jsonl"
    record = json.loads(file.read_text().splitlines()[-1])
    file.write_text(json.dumps({**record, "program": "0" * 16, "inputs": "0" * 64}) + "\n")
    summary, _ = run(again)
    assert not summary.unchanged
    assert ask(again, "SELECT count(*) FROM runs WHERE code_changed") == [(1,)]


def test_left_overs_of_a_killed_run_are_removed(again: Path) -> None:
    work = again / "w/.work-1/worker-1"
    work.mkdir(parents=True)
    left = [work / "document.pdf", again / "w" / f".{DATABASE}.1.new", again / "w/.register.1.new"]
    left.append(next(entry for entry in (again / "w/cache").iterdir() if entry.is_dir()) / ".abc.z.1.new")
    for file in left:
        file.write_bytes(b"half")
    run(again, rebuild=True)
    assert not [file for file in left if file.exists()]
    assert not (again / "w/.work-1").exists()


def test_raw_is_never_written(again: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in sorted((again / "raw").rglob("*"))}

    before = state()
    run(again, rebuild=True)
    assert state() == before


def test_a_reader_neither_blocks_nor_sees_a_mix(again: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from pipeline.query import open_warehouse\n"
        "with open_warehouse(pathlib.Path(sys.argv[1])) as reader:\n"
        "    for _ in sys.stdin: print(reader.execute('FROM (SELECT count(*) FROM documents)').fetchone()[0], flush=True)"
    )
    order = [sys.executable, "-c", code, str(again / "w" / DATABASE)]
    with subprocess.Popen(order, cwd=ROOT, stdin=-1, stdout=-1, text=True) as reader:
        assert reader.stdin
        assert reader.stdout
        for _ in range(2):
            reader.stdin.write("how many?\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "2\n"
            if (again / "raw/2013-14/Q4" / HARBOUR.name).exists():
                (again / "raw/2013-14/Q4" / HARBOUR.name).unlink()
                run(again)
        reader.stdin.close()
    assert ask(again, "SELECT count(*) FROM documents") == [(1,)]


def test_nothing_to_read_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="there is no folder"):
        ingest(tmp_path / "nowhere", tmp_path / "w", Told())
    (tmp_path / "raw").mkdir()
    with pytest.raises(NothingToRead, match="put scorecards"):
        ingest(tmp_path / "raw", tmp_path / "w", Told())
    assert not (tmp_path / "w" / DATABASE).exists()


def test_folders_with_odd_names(tmp_path: Path) -> None:
    raw = tmp_path / "raw it's [1] ünïcode %s"
    raw.mkdir()
    shutil.copy(CAP, raw / "-scorecard 2012-13 Q1 ✓.txt")
    done = command(raw, tmp_path / "w 'x'")
    assert done.returncode == 0, done.stderr
    assert "Documents read:    1" in done.stdout


def test_no_network_at_run_time(tmp_path: Path) -> None:
    """The kernel ends any process of a run, of a question or of an export that asks for a way off the machine."""
    asks = "import socket; socket.create_connection(('127.0.0.1', 9))"
    child = f"import subprocess, sys; sys.exit(-subprocess.call([sys.executable, '-c', {asks!r}]))"
    assert no_network.run([sys.executable, "-c", asks], ROOT).returncode == -signal.SIGSYS
    assert no_network.run([sys.executable, "-c", child], ROOT).returncode == signal.SIGSYS
    warehouse = tmp_path / "w"
    for what in (["ingest"], ["report"], ["query", "from results"], ["export", "--form", "xlsx"]):
        order = [sys.executable, "-m", "pipeline", *what, "--warehouse", str(warehouse)]
        done = no_network.run(order, ROOT)
        assert done.returncode == 0, done.stderr
    assert run_query(warehouse / DATABASE, "FROM findings WHERE rule = 'file-crashed'")[1] == []
    assert list((warehouse / "report/pages").glob("*.webp"))  # drawn by a process of its own
