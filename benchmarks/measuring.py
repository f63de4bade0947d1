"""How times and memory are measured, and how a line of the table looks."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = """
import json, resource, sys, time
from pathlib import Path
from pipeline.run import Options, ingest
if __name__ == "__main__":
    begun = time.perf_counter()
    done = ingest(Path(sys.argv[1]) / "raw", Path(sys.argv[1]) / "w", lambda *_: None, Options())
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([done.documents, time.perf_counter() - begun, max(own, children) / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: seconds, and the most memory that one of its processes had, in MB."""

    documents: int
    seconds: float
    memory: float


def median(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of the work, after one time that does not count."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def run_cost(folder: Path) -> Cost:
    """An ingest of folder/raw into folder/w, in a process of its own."""
    script = folder / "run.py"  # a file, since the workers start from it
    script.write_text(RUN, encoding="utf-8")
    order = [sys.executable, str(script), str(folder)]
    done = subprocess.run(
        order, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    return Cost(*json.loads(done.stdout))


def line(name: str, ours: float, peer: float, memory: float | None = None) -> None:
    """A line of the table: milliseconds of both, their ratio, megabytes."""
    told = f"{memory:6.0f} MB" if memory else ""
    print(
        f"{name:56s} {1000 * ours:9.1f} ms {1000 * peer:9.1f} ms {ours / peer:6.2f} {told}".rstrip(),
        flush=True,
    )
