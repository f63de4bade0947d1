"""Faults of the machine: a run that is killed, stopped or out of room leaves the old warehouse or the new one."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.query import export_rows, run_query
from pipeline.run import Options, ingest
from pipeline.runs import read_runs
from pipeline.summary import DATABASE
from tests import small_disk

ROOT = Path(__file__).resolve().parents[1]
CAP = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"
HARBOUR = ROOT / "tests/golden/harbour-2013-14-q4/harbour-scorecard-2013-14-q4.txt"
LINES = ("Looking", "Reading 0", "Reading 1", "Building", "Writing")
"""How the lines of progress begin; runs are killed a short while after one of them."""
KILLS = (6, 100)
"""How many runs are killed: in the short version, in the long one."""
ROOMS = (0, 40, 1500, 6000)
"""Kilobytes left on the small file system."""
Rows = dict[str, list[tuple[object, ...]]]


def silent(*_: object) -> None:
    """Told of progress, says nothing."""


def start(folder: Path, limit: int | None = None) -> subprocess.Popen[str]:
    """An ingest of folder/raw into folder/w; ``limit``: no file may grow beyond so many bytes."""

    def before() -> None:
        # A shell that started the tests in the background has them, and what they start, ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    order = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(folder / "raw")]
    order += ["--warehouse", str(folder / "w"), "--workers", "1"]
    return subprocess.Popen(order, cwd=ROOT, stderr=-1, stdout=-1, text=True, preexec_fn=before)


def wait_for(run: subprocess.Popen[str], line: str) -> None:
    assert run.stderr
    for said in run.stderr:
        if said.startswith(line):
            return


def rows(folder: Path) -> Rows:
    return export_rows(folder / "w" / DATABASE)


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows, Rows]:
    """A warehouse of one document whose raw/ has just got a second; the rows before, and those to come."""
    folder = tmp_path_factory.mktemp("faults")
    raw = folder / "old" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(CAP, raw)
    ingest(raw, folder / "old" / "w", silent, Options(workers=1))
    old = rows(folder / "old")
    shutil.copytree(folder / "old", folder / "new")
    shutil.copy(HARBOUR, raw)
    shutil.copy(HARBOUR, folder / "new" / "raw")
    ingest(folder / "new" / "raw", folder / "new" / "w", silent, Options(workers=1))
    new = rows(folder / "new")
    assert old != new
    return folder / "old", old, new


def copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def test_killed_at_any_moment_it_is_the_old_or_the_new(
    old_and_new: tuple[Path, Rows, Rows], tmp_path: Path, long: bool
) -> None:
    source, old, new = old_and_new
    chance = random.Random(6)
    for number in range(KILLS[long]):
        folder = copy(source, tmp_path / str(number))
        run = start(folder)
        wait_for(run, LINES[number % len(LINES)])
        time.sleep(chance.uniform(0, 1.2))
        run.kill()
        run.communicate()
        assert rows(folder) in (old, new)
        done = start(folder)
        _, said = done.communicate()
        assert done.returncode == 0, said
        assert rows(folder) == new
        left = [path.name for path in (folder / "w").rglob(".*") if path.name != ".ingest.lock"]
        assert left == []
        shutil.rmtree(folder)


def test_what_a_killed_run_changed_is_told_by_the_next(
    old_and_new: tuple[Path, Rows, Rows], tmp_path: Path
) -> None:
    """Killed between the swap and its record, again and again: what changed is told against the last whole run."""
    source, old, new = old_and_new
    folder = copy(source, tmp_path / "x")
    (first,) = read_runs(folder / "w")
    landed = 0
    while landed < 2:
        run = start(folder)
        wait_for(run, "Writing")
        run.kill()
        run.communicate()
        assert rows(folder) == new
        if len(read_runs(folder / "w")) == 1:
            landed += 1
        else:  # the run was quicker
            shutil.rmtree(folder)
            copy(source, folder)
    back = copy(folder, tmp_path / "back")
    (back / "raw" / HARBOUR.name).unlink()
    ingest(folder / "raw", folder / "w", silent, Options(workers=1))
    assert before(folder) == before(source.parent / "new") != []
    assert (read_runs(folder / "w")[-1]["new"], read_runs(folder / "w")[-1]["gone"]) == (1, 0)
    assert run_query(folder / "w" / DATABASE, "SELECT started FROM built.run_before")[1] == [
        (first["started"],)
    ]
    # the input is again that of the last record, but the warehouse is not: it must not pass for up to date
    assert not ingest(back / "raw", back / "w", silent, Options(workers=1)).unchanged
    assert rows(back) == old
    assert ingest(back / "raw", back / "w", silent, Options(workers=1)).unchanged


def before(folder: Path) -> list[tuple[object, ...]]:
    """The values of the run before as the warehouse remembers them."""
    sql = "SELECT * FROM built.values_before ORDER BY ALL"
    return run_query(folder / "w" / DATABASE, sql)[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_person_it_is_as_it_was(
    old_and_new: tuple[Path, Rows, Rows], tmp_path: Path, number: signal.Signals
) -> None:
    source, old, _ = old_and_new
    folder = copy(source, tmp_path / "x")
    run = start(folder)
    wait_for(run, "Reading 0")
    run.send_signal(number)
    _, said = run.communicate()
    assert run.returncode == 130
    assert said.strip().splitlines()[-1] == "Stopped. The warehouse is as it was."
    assert "Traceback" not in said
    assert rows(folder) == old
    assert not list((folder / "w").glob(".work-*"))


@pytest.mark.parametrize("room", [0, 2_000, 100_000, 3_000_000])
def test_out_of_room_it_is_as_it_was_and_says_so(
    old_and_new: tuple[Path, Rows, Rows], tmp_path: Path, room: int
) -> None:
    """No file may grow beyond ``room``: the copy, the cache, the database or the lock cannot be written."""
    source, old, new = old_and_new
    folder = copy(source, tmp_path / "x")
    run = start(folder, limit=room)
    _, said = run.communicate()
    assert run.returncode == 1
    assert "Traceback" not in said
    assert "large" in said or "room" in said or "space" in said
    assert rows(folder) == old
    done = start(folder)
    done.communicate()
    assert done.returncode == 0
    assert rows(folder) == new


@pytest.mark.parametrize("room", ROOMS)
def test_on_a_full_file_system_it_is_as_it_was_and_says_so(
    old_and_new: tuple[Path, Rows, Rows], tmp_path: Path, room: int
) -> None:
    """With ``room`` kilobytes left on a small file system: the copy, the cache or the database does not fit."""
    source, _, _ = old_and_new
    run = small_disk.start(source, tmp_path / "small", room)
    full, after = run["full"], run["after"]
    assert isinstance(full, dict)
    assert isinstance(after, dict)
    assert (full["code"], full["rows"]) == (1, small_disk.fingerprint(source))
    assert "Traceback" not in full["said"]
    assert "space" in full["said"] or "room" in full["said"] or "large" in full["said"]
    assert (after["code"], after["rows"]) == (0, small_disk.fingerprint(source.parent / "new"))
    assert after["left"] == []


def test_a_folder_that_cannot_be_written(old_and_new: tuple[Path, Rows, Rows], tmp_path: Path) -> None:
    """As another user where the tests run as root, since root may write anywhere."""
    folder = copy(old_and_new[0], tmp_path / "x")
    for place in (folder, *folder.parents):
        if place.stat().st_uid == os.geteuid() and place != Path("/"):
            place.chmod(place.stat().st_mode | 0o055)
    (folder / "w").chmod(0o555)
    (folder / "w/.ingest.lock").chmod(0o444)
    code = (
        "import os, sys, duckdb, pipeline.run, pipeline.isolate, pipeline.progress\n"
        "from pipeline.__main__ import main\n"
        "if not os.geteuid(): os.setuid(65534)\n"
        "sys.exit(main(['ingest', '--raw', sys.argv[1] + '/raw', '--warehouse', sys.argv[1] + '/w']))"
    )
    order = [sys.executable, "-c", code, str(folder)]
    run = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    said = run.stderr
    (folder / "w").chmod(0o755)
    assert run.returncode == 1
    assert said.strip().splitlines()[-1].endswith("Permission denied")
    assert "Traceback" not in said
    assert rows(folder) == old_and_new[1]


def test_a_killed_worker_costs_nothing_but_time(old_and_new: tuple[Path, Rows, Rows], tmp_path: Path) -> None:
    source, _, new = old_and_new
    folder = copy(source, tmp_path / "x")
    run = start(folder)
    wait_for(run, "Reading 0")
    messages = folder / "w" / f".work-{run.pid}" / "worker-1" / "messages"
    while not messages.exists():  # it is there when the worker has settled
        time.sleep(0.01)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    workers = [
        int(child)
        for child in children
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text(errors="replace")
    ]
    assert len(workers) == 1
    time.sleep(1)
    try:
        os.kill(workers[0], signal.SIGKILL)
    except ProcessLookupError:
        assert run.wait() == 0  # it was quicker
    _, said = run.communicate()
    if run.returncode:
        assert "does not start" in said  # killed before it was ready: a fault of the machine
        again = start(folder)
        again.communicate()
        assert again.returncode == 0
    assert rows(folder) == new
