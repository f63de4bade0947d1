"""How times and memory are measured, and how a line of the table looks."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RUN = """
import json, resource, sys, time
from pathlib import Path
from pipeline.run import Options, ingest
if __name__ == "__main__":
    times = []
    def tell(stage, *_):
        times.append((stage, time.perf_counter()))
    begun = time.perf_counter()
    done = ingest(Path(sys.argv[1]) / "raw", Path(sys.argv[1]) / "w", tell, Options())
    ended = time.perf_counter()
    stages = {}
    for (stage, since), (_, until) in zip(times, [*times[1:], ("", ended)]):
        stages[stage] = stages.get(stage, 0) + until - since
    own, readers = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([ended - begun, stages, own, readers]))
"""
READING, LOADING, REPORTING = "Reading", "Building the warehouse", "Writing the report"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: seconds as a whole and by stage, and the most memory [MB] of the program that loads and
    reports (``own``) and of one that reads (``reader``).
    """

    seconds: float
    stages: dict[str, float]
    own: float
    reader: float


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


def alone(work: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """What the work gives, in a process of its own, and the most memory that process had [MB]."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result(), process.submit(_most_memory).result()


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(name: str, ours: float, peer: float | None = None, memory: float | None = None) -> None:
    """A line of the table: milliseconds of both, their ratio, megabytes."""
    told = f"{memory:6.0f} MB" if memory else ""
    other = f"{1000 * peer:9.1f} ms {ours / peer:6.2f}" if peer else f"{'':19s}"
    print(f"{name:60s} {1000 * ours:9.1f} ms {other} {told}".rstrip(), flush=True)
