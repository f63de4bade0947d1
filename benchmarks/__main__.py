"""One table of ratios, measured in one run:  python -m benchmarks [--documents 10,100,1000]  (make bench)

Medians on one machine, on the documents of this repository and made-up ones; a ratio below 1 means that the
project is faster than its peer, or a later run than the cold one. The warehouse of many results is measured by
``python -m benchmarks.warehouse``. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pdfplumber

from benchmarks.measuring import Cost, line, median, run_cost
from pipeline.codes import load_codes
from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.extract.recount_pdf import count_pages
from pipeline.reading import read_document
from pipeline.run import CODES

ROOT = Path(__file__).resolve().parents[1]
PDF = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.pdf"
WORKBOOK = ROOT / "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx"
TEXT = ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--documents", default="10,100,1000", help="sizes of the runs (10,100,1000)")
    sizes = [int(size) for size in parser.parse_args().documents.split(",")]
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        print(f"{'':56s} {'ours':>12s} {'peer':>12s} {'ratio':>6s} {'memory':>9s}")
        readers(folder)
        line("python -m pipeline --help / python -c pass", median(helped), median(nothing))
        growth([runs(folder / str(size), size) for size in sizes])
    finally:
        shutil.rmtree(folder)


def readers(folder: Path) -> None:
    """The per-document half against what reads the same files without a meaning."""
    codes = load_codes(CODES)
    page, book = register_file(PDF)[0], register_file(WORKBOOK)[0]
    peer = median(peer_tables)
    line(
        "PDF, per-document half / pdfplumber tables", median(lambda: read_document(page, codes, folder)), peer
    )
    line("PDF, cells only / pdfplumber tables", median(lambda: extract(page)), peer)
    line("PDF, second count / pdfplumber tables", median(lambda: count_pages(str(PDF))), peer)
    peer = median(lambda: pd.read_excel(WORKBOOK, header=None, engine="openpyxl"))
    line("Excel, cells with styles / pandas.read_excel", median(lambda: extract(book)), peer)
    large = folder / "large.xlsx"
    make_workbook(large, 2000)
    wide = register_file(large)[0]
    peer = median(lambda: pd.read_excel(large, header=None, engine="openpyxl"), 3)
    line("Excel of 24,000 cells / pandas.read_excel", median(lambda: extract(wide), 3), peer)


def peer_tables() -> None:
    with pdfplumber.open(PDF) as pdf:
        for page in pdf.pages:
            page.extract_tables()


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
