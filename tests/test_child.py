"""Processes that read strangers' files for the report, for recognition and on a cluster: killed with whoever asked."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.extract.picture import write_pictures
from tests.hostile import pdfs

ROOT = Path(__file__).resolve().parents[1]
ASKS = {
    "pipeline.extract.picture": (
        "from pathlib import Path\n"
        "from pipeline.extract.picture import write_pictures\n"
        "write_pictures(Path(sys.argv[1]), Path(sys.argv[2]), 'x', [1])"
    ),
    "tesseract": (
        "import random\n"
        "from PIL import Image\n"
        "from pipeline.extract.scan.words import BLOCK, recognise\n"
        "noise = Image.frombytes('L', (3000, 3000), random.Random(1).randbytes(9_000_000))\n"
        "recognise(noise, BLOCK, 300)"
    ),
    "pipeline.cluster": (
        "from dataclasses import asdict\n"
        "from pathlib import Path\n"
        "from pipeline.cluster import _jobs, run_task\n"
        "from pipeline.documents import register\n"
        "from pipeline.limits import Limits\n"
        "from pipeline.run import CODES\n"
        "run_task(_jobs(register(Path(sys.argv[2])).documents, CODES, Limits(), 1, None)[0])"
    ),
}
"""What appears in the command of a child -> the code that asks for it, given a PDF and its folder."""


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small PDF that pdfium draws for a long time."""
    file = tmp_path_factory.mktemp("endless") / "draws itself.pdf"
    file.write_bytes(dict(pdfs())[file.name])
    return file


def children(parent: int) -> dict[int, str]:
    """The running processes below a process, and their commands."""
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            above = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if above == parent and command:
            found[int(entry.name)] = command
    return found


@pytest.fixture
def adopting() -> Iterator[None]:
    """Children of processes that have ended are given to this one, which then hears how they end."""
    adopt = ctypes.CDLL(None).prctl
    adopt(36, 1)
    yield
    adopt(36, 0)


@pytest.mark.usefixtures("adopting")
@pytest.mark.parametrize("wanted", ASKS)
def test_a_child_is_killed_with_whoever_asked(endless: Path, wanted: str) -> None:
    order = [sys.executable, "-c", f"import sys\n{ASKS[wanted]}", str(endless), str(endless.parent)]
    asking = subprocess.Popen(order, cwd=ROOT)
    child = None
    while child is None:
        assert asking.poll() is None, "it was done before it could be killed"
        time.sleep(0.02)
        found = children(asking.pid).items()
        child = next((process for process, c in found if wanted in c and "child.py" not in c), None)
    time.sleep(0.5)  # a child asks to be killed as soon as it has started
    asking.kill()
    asking.wait()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_picture_has_so_much_processor_time_and_no_more(endless: Path) -> None:
    assert write_pictures(endless, endless.parent, "x", [1], seconds=1) in (-signal.SIGXCPU, -signal.SIGKILL)
    assert list(endless.parent.glob("*.webp")) == []
    assert os.listdir(endless.parent) == [endless.name]
