"""Reading on a cluster: a scheduler and two workers on this machine, one killed in the middle; the rows are the same."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.isolate import CannotRead
from pipeline.query import export_rows
from pipeline.run import Options, ingest
from pipeline.summary import DATABASE

ROOT = Path(__file__).resolve().parents[1]
SMALL = ("raw/2012-13/Q1", "tests/golden/harbour-2013-14-q4")
Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """The address of a scheduler, and its two workers."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    order = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    started = [subprocess.Popen([*order, "--no-dashboard", "--scheduler-file", str(file)], **quiet)]  # type: ignore[call-overload]
    order = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--no-nanny"]
    order += ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)]
    try:
        while not file.exists():
            assert started[0].poll() is None
            time.sleep(0.05)
        workers = [subprocess.Popen(order, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        started += workers
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A few documents of several kinds."""
    folder = tmp_path / "raw"
    for place in SMALL:
        for file in (ROOT / place).iterdir():
            if file.suffix in (".txt", ".xlsx") or file.name.startswith("cap-scorecard"):
                (folder / Path(place).name).mkdir(parents=True, exist_ok=True)
                shutil.copy(file, folder / Path(place).name)
    for number in range(6):
        text = (ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt").read_text(encoding="utf-8")
        (folder / f"{number}.txt").write_text(text.replace("2012/13", f"200{number}/0{number + 1}"), "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n")
    return folder


@pytest.mark.parametrize("shared", [False, True], ids=["one folder", "a storage"])
def test_the_same_rows_come_from_a_cluster_of_which_a_worker_dies(
    shared: bool, cluster: Cluster, raw: Path, tmp_path: Path
) -> None:
    address, workers = cluster
    killed: list[int] = []

    def tell(stage: str, done: int, _: int, document: str) -> None:
        if stage == "Reading" and document and done >= 2 and not killed:
            killed.append(done)
            os.kill(workers[0].pid, signal.SIGKILL)

    storage = f"file://{tmp_path}/storage" if shared else None
    ingest(raw, tmp_path / "far", tell, Options(scheduler=address, storage=storage))
    ingest(raw, tmp_path / "here", lambda *_: None, Options(workers=2))
    assert killed
    assert workers[0].wait() == -signal.SIGKILL
    assert workers[1].poll() is None
    assert export_rows(tmp_path / "far" / DATABASE) == export_rows(tmp_path / "here" / DATABASE)
    assert not shared or not list((tmp_path / "storage").iterdir())


def test_a_storage_that_is_none_is_told_in_one_line(raw: Path, tmp_path: Path) -> None:
    options = Options(scheduler="tcp://127.0.0.1:9", storage="nowhere://bucket")
    with pytest.raises(CannotRead, match="the storage nowhere://bucket cannot be used"):
        ingest(raw, tmp_path / "w", lambda *_: None, options)


def test_without_a_scheduler_one_line_says_so(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        ingest(raw, tmp_path / "w", lambda *_: None, Options(scheduler="tcp://127.0.0.1:9"))
    assert not (tmp_path / "w" / DATABASE).exists()
