"""One table of ratios, measured in one run:  python -m benchmarks  (make bench)

Medians of a few repetitions on one core, on the documents of this repository; a ratio below 1 means that the
project is faster than its peer. The warehouse of many results is measured by ``python -m benchmarks.warehouse``.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pdfplumber

from pipeline.codes import load_codes
from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.reading import read_document
from pipeline.run import CODES, Options, ingest

ROOT = Path(__file__).resolve().parents[1]
PDF = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.pdf"
WORKBOOK = ROOT / "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx"
TEXT = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"


def median(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of the work, after one time that does not count."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def line(name: str, ours: float, peer: float) -> None:
    """A line of the table."""
    print(f"{name:58s} {1000 * ours:9.1f} ms {1000 * peer:9.1f} ms {ours / peer:7.2f}", flush=True)


def peer_tables() -> None:
    with pdfplumber.open(PDF) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def main() -> None:
    """Measure and print."""
    codes, folder = load_codes(CODES), Path(tempfile.mkdtemp(prefix="bench-"))
    print(f"{'':58s} {'ours':>12s} {'peer':>12s} {'ratio':>7s}")
    page, book = register_file(PDF)[0], register_file(WORKBOOK)[0]
    peer = median(peer_tables)
    line(
        "PDF, whole per-document half / pdfplumber extract_tables",
        median(lambda: read_document(page, codes, folder)),
        peer,
    )
    line("PDF, cells only / pdfplumber extract_tables", median(lambda: extract(page)), peer)
    line(
        "Excel, cells with styles and places / pandas.read_excel",
        median(lambda: extract(book)),
        median(lambda: pd.read_excel(WORKBOOK, header=None, engine="openpyxl")),
    )
    for number in (10, 100):
        runs(folder / str(number), number)
    shutil.rmtree(folder)


def runs(folder: Path, number: int) -> None:
    """Cold run, warm run and one new document, against the cold run of so many documents."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    text = TEXT.read_text(encoding="utf-8")
    for n in range(number + 1):
        name = raw / f"scorecard {n}.txt"
        name.write_text(text.replace("2012/13", f"{1900 + n}/{(1901 + n) % 100:02d}"), encoding="utf-8")
    (raw / f"scorecard {number}.txt").rename(folder / "new.txt")

    def once() -> float:
        begun = time.perf_counter()
        ingest(raw, folder / "w", lambda *_: None, Options())
        return time.perf_counter() - begun

    cold, warm = once(), once()
    (folder / "new.txt").rename(raw / "new.txt")
    line(f"{number} documents, cold, per document", cold / number, cold)
    line(f"{number} documents, nothing changed / cold", warm, cold)
    line(f"{number} documents, one new / cold", once(), cold)


if __name__ == "__main__":
    main()
