"""The readers against those of others, on the same files in turn:  python -m benchmarks.readers [EVERY]  (part of make bench)

PDFs: our per-document half (words, cells, meaning, ledger, validation, second count) against the extraction of
tables alone, on every PDF of raw/, tests/golden and tests/layouts (with EVERY 6 every sixth), in processor time of one
core. Workbooks: the reading with places, styles and formats against ``pandas.read_excel``. Each file is read once; what
is kept of the texts of one (for the texts of a council come again and again) is there for the next.
"""

from __future__ import annotations

import gc
import importlib.util
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pdfplumber

from benchmarks.accuracy import PEERS
from benchmarks.measuring import line, median
from pipeline.codes import load_codes
from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.extract.recount.pdf import count_pages
from pipeline.isolate import read_isolated
from pipeline.limits import Limits
from pipeline.reading import read_document
from pipeline.run import CODES

ROOT = Path(__file__).resolve().parents[1]
PDFS, WORKBOOKS = (
    sorted(
        file
        for folder in ("raw", "tests/golden", "tests/layouts")
        for file in (ROOT / folder).rglob(pattern)
        if not file.stem.endswith("-scanned")
    )
    for pattern in ("*.pdf", "*.xlsx")
)
PACKAGES = {"camelot": "camelot-py", "tabula": "tabula-py"}
"""Names of other readers' packages where they differ; Tabula needs Java besides."""


def main(every: int = 1) -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        pdfs(folder, PDFS[::every])
        both_cores(folder)
        workbooks(folder)
    finally:
        shutil.rmtree(folder)


def pdfs(folder: Path, files: Sequence[Path]) -> None:
    """A page of a PDF, read by us and by others."""
    codes = load_codes(CODES)
    pages = sum(map(page_count, files))
    ours = {
        "per-document half": lambda file: read_document(register_file(file)[0], codes, folder),
        "cells only": lambda file: extract(register_file(file)[0]),
        "second count": lambda file: count_pages(str(file)),
    }
    peer = PEERS["pdfplumber"]
    half, tables = in_turn(files, ours["per-document half"], peer)
    each = statistics.median(a / b for a, b in zip(half, tables, strict=True))
    print(f"{len(files)} PDFs of {pages} pages, a page of them:")
    line("PDF, per-document half / pdfplumber tables", sum(half) / pages, sum(tables) / pages)
    print(f"{'the same, the median of the files':60s} {'':25s} {each:6.2f}", flush=True)
    for name in ("cells only", "second count"):
        mine = in_turn(files, ours[name])[0]
        line(f"PDF, {name} / pdfplumber tables", sum(mine) / pages, sum(tables) / pages)
    for name in PEERS:
        if name == "pdfplumber":
            continue
        if importlib.util.find_spec(name) is None:
            told = f"PDF, per-document half / {name} tables"
            print(f"{told:60s} not installed: .venv/bin/pip install {PACKAGES.get(name, name)}")
            continue
        theirs = in_turn(files, PEERS[name])[0]
        line(f"PDF, per-document half / {name} tables", sum(half) / pages, sum(theirs) / pages)


def both_cores(folder: Path) -> None:
    """The same PDFs by two processes and by one, in time of the clock, the start of the processes included."""
    documents = [register_file(file)[0] for file in PDFS]

    def read(workers: int) -> float:
        begun = time.perf_counter()
        for _ in read_isolated(documents, CODES, folder / str(workers), Limits(), workers):
            pass
        return time.perf_counter() - begun

    for workers in (1, 2):
        (folder / str(workers)).mkdir()
    line(f"{len(PDFS)} PDFs, two processes / one", read(2), read(1))


def workbooks(folder: Path) -> None:
    """Workbooks, read by us with places, styles and formats, and by pandas."""

    def theirs(file: Path) -> object:
        return pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")

    ours, peer = in_turn(WORKBOOKS, lambda file: extract(register_file(file)[0]), theirs)
    line(f"{len(WORKBOOKS)} workbooks, cells with styles / pandas.read_excel", sum(ours), sum(peer))
    large = folder / "large.xlsx"
    make_workbook(large, 2000)
    document = register_file(large)[0]
    line(
        "Excel of 24,000 cells / pandas.read_excel",
        median(lambda: extract(document), 3),
        median(lambda: theirs(large), 3),
    )


def in_turn(files: Sequence[Path], *readers: Callable[[Path], object]) -> list[list[float]]:
    """Seconds of processor time of each reader for each file, one file after the other by all of them. What one
    leaves behind is tidied up before the next begins, for the collector of cycles would take that one's time for it.
    """
    for reader in readers:
        reader(files[0])
    gc.collect()
    gc.freeze()
    taken: list[list[float]] = [[] for _ in readers]
    for file in files:
        for reader, seconds in zip(readers, taken, strict=True):
            gc.collect()
            begun = processor_time()
            reader(file)
            seconds.append(processor_time() - begun)
    gc.unfreeze()
    return taken


def processor_time() -> float:
    """Seconds of this process and of those that it started and saw end: Tabula is a program of its own."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def page_count(file: Path) -> int:
    with pdfplumber.open(file) as pdf:
        return len(pdf.pages)


def make_workbook(file: Path, rows: int) -> None:
    """Twelve columns of texts and of numbers that are all different, a third of them texts, with a format."""
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Return")
        percent = book.add_format({"num_format": "0.0%", "bg_color": "#00B050"})
        for row in range(rows):
            for column in range(12):
                if column % 3:
                    sheet.write(row, column, row * column / 7, percent)
                else:
                    sheet.write(row, column, f"text {row} {column}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
