"""One table, measured in one run:  python -m benchmarks [--documents 10,100,1000] [--results 1000,100000]  (make bench)

On one machine, with the documents of this repository and made-up ones; a ratio below 1 means that the project is
faster than its peer, or the later run than the one it is compared with. Times of readers are processor time of one
core, those of runs are time of the clock; memory is the most that one process had. The parts can be measured alone:
``python -m benchmarks.readers``, ``.runs``, ``.warehouse``. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks import readers, runs, warehouse
from benchmarks.measuring import line, median

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--documents", default="10,100,1000", help="sizes of the runs (10,100,1000)")
    parser.add_argument("--results", default="1000,100000", help="sizes of the warehouses (1000,100000)")
    given = parser.parse_args()
    documents, results = ([int(n) for n in text.split(",")] for text in (given.documents, given.results))
    print(f"{'':60s} {'this':>12s} {'other':>12s} {'ratio':>6s} {'memory':>9s}")
    readers.main()
    line("python -m pipeline --help / python -c pass", median(helped), median(nothing))
    runs.main(documents)
    warehouse.main(results)


def helped() -> None:
    subprocess.run([sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, check=True)


def nothing() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


if __name__ == "__main__":
    main()
