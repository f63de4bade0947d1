"""One table of ratios, measured in one run:  python -m benchmarks [--documents 10,100,1000]  (make bench)

Medians on one machine, on the documents of this repository and made-up ones; a ratio below 1 means that the
project is faster than its peer, or a later run than the cold one. ``python -m benchmarks.readers`` measures the
readers alone, ``python -m benchmarks.warehouse`` a warehouse of many results. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks import readers
from benchmarks.measuring import Cost, line, median, run_cost

ROOT = Path(__file__).resolve().parents[1]
TEXT = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--documents", default="10,100,1000", help="sizes of the runs (10,100,1000)")
    sizes = [int(size) for size in parser.parse_args().documents.split(",")]
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        print(f"{'':56s} {'ours':>12s} {'peer':>12s} {'ratio':>6s} {'memory':>9s}")
        readers.main()
        line("python -m pipeline --help / python -c pass", median(helped), median(nothing))
        growth([runs(folder / str(size), size) for size in sizes])
    finally:
        shutil.rmtree(folder)


def helped() -> None:
    subprocess.run([sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, check=True)


def nothing() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def runs(folder: Path, number: int) -> Cost:
    """A cold run, one with nothing changed and one with a new document; gives the cost of the cold one."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    text = TEXT.read_text(encoding="utf-8")
    for n in range(number + 1):
        name = raw / f"scorecard {n}.txt"
        year = f"{1000 + n}/{(1001 + n) % 100:02d}"
        name.write_text(text.replace("2012/13", year), encoding="utf-8")
    (raw / f"scorecard {number}.txt").rename(folder / "new.txt")
    cold, warm = run_cost(folder), run_cost(folder)
    line(f"{number} documents, cold (memory: one process)", cold.seconds, cold.seconds, cold.memory)
    line(f"{number} documents, nothing changed / cold", warm.seconds, cold.seconds, warm.memory)
    (folder / "new.txt").rename(raw / "new.txt")
    new = run_cost(folder)
    line(f"{number} documents, one new / cold", new.seconds, cold.seconds, new.memory)
    return Cost(number, cold.seconds, cold.memory)


def growth(costs: list[Cost]) -> None:
    """Time per document of each size against the size before it: it must not grow."""
    for small, large in pairwise(costs):
        name = f"a document among {large.documents} / among {small.documents}"
        line(name, large.seconds / large.documents, small.seconds / small.documents, large.memory)


if __name__ == "__main__":
    main()
