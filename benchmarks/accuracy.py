"""How exactly tables are read, layout by layout, by us and by others:  python -m benchmarks.accuracy  (make bench-accuracy)

On the drawn layouts of tests/layouts, each with its truth. A line of a layout is a measure with its target and results
as printed. Three scores, in percent, means over the files:

- facts: what we load is the truth, row by row (priorities, measures, results);
- cells: printed texts of the truth that come out as the text of exactly one cell of some table;
- rows: measures whose target and results all stand in one row of a table with the measure.

Cells and rows are what a table extractor can be asked for, so they are given for pdfplumber and, where installed
(the group ``bench`` of pyproject.toml), for Camelot, PyMuPDF, Tabula and tablers, on the same PDF files.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.golden_compare import LIGATURES, facts, read, truth

LAYOUTS = Path(__file__).resolve().parents[1] / "tests" / "layouts"
Tables = list[list[list[str]]]


def main() -> None:
    """Measure and print."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    files = [
        p
        for p in sorted(LAYOUTS.iterdir())
        if p.is_file()
        and not p.name.startswith("not-a-")
        and (LAYOUTS / p.name.split(".")[0] / "measures.csv").exists()
    ]
    peers = {name: reader for name, reader in PEERS.items() if importlib.util.find_spec(name)}
    for number, file in enumerate(files, 1):
        print(f"\r{number} of {len(files)} {file.name:60.60s}", end="", flush=True)
        layout = file.name.split(".")[0]
        wanted = list(_lines(LAYOUTS / layout))
        scores[layout]["facts"].append(_facts(file, LAYOUTS / layout))
        if file.suffix == ".pdf" and wanted:
            for name, reader in {"ours": _ours, **peers}.items():
                cells, rows = _scores(reader(file), wanted)
                scores[layout][f"{name} cells"].append(cells)
                scores[layout][f"{name} rows"].append(rows)
    names = ["facts", *(f"{name} {what}" for name in ("ours", *peers) for what in ("cells", "rows"))]
    print("\r" + f"{'layout':36s}" + "".join(f"{name:>18s}" for name in names))
    for layout, found in sorted(scores.items()):
        print(f"{layout:36s}" + "".join(_mean(found.get(name, [])) for name in names))
    means = {name: [value for found in scores.values() for value in found.get(name, [])] for name in names}
    print(f"{'all':36s}" + "".join(_mean(means[name]) for name in names))


def _mean(values: list[float]) -> str:
    return f"{100 * sum(values) / len(values):17.1f}%" if values else f"{'':18s}"


def _facts(file: Path, folder: Path) -> float:
    """The share of the truth's rows that we load, less what we load besides."""
    found = wrong = whole = 0
    try:
        readings = read(file)
    except Exception as error:  # noqa: BLE001 - a layout that cannot be read scores nothing
        print(f"\r{file.name}: {error}")
        readings = []
    for table in ("priorities", "measures", "results"):
        columns, rows = truth(folder, table)
        got = facts(readings[0], table, columns) if readings else []
        hits = sum(any(_is(row, fact) for fact in got) for row in rows)
        found, whole, wrong = found + hits, whole + len(rows), wrong + max(len(got) - hits, 0)
    return found / max(whole, found + wrong, 1)


def _is(row: tuple[str, ...], fact: tuple[str, ...]) -> bool:
    return all(want == "*" or got in want.split("|") for want, got in zip(row, fact, strict=True))


def _lines(folder: Path) -> Iterator[list[str]]:
    """Each measure with its target and results as printed; parts of one printed cell stand there once."""
    lines: dict[tuple[str, str], list[str]] = {}
    for table, column in (("measures", "target_text"), ("results", "value_text")):
        with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                line = lines.setdefault((row["priority"], row["measure"]), [_plain(row["measure"])])
                text = _plain(row[column])
                if text and "*" not in text and "|" not in text and not (row["part"] and text in line):
                    line.append(text)
    yield from lines.values()


def _scores(tables: Tables, wanted: list[list[str]]) -> tuple[float, float]:
    rows = [[_plain(text) for text in row] for table in tables for row in table]
    there = {text for row in rows for text in row}
    texts = [text for line in wanted for text in line]
    exact = sum(any(all(text in row for text in line) for row in rows) for line in wanted)
    return sum(text in there for text in texts) / len(texts), exact / len(wanted)


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip().translate(LIGATURES)


def _ours(file: Path) -> Tables:
    from pipeline.documents import register_file
    from pipeline.extract import extract

    grids = extract(register_file(file)[0]).grids
    return [[[cell.text for cell in row] for row in grid.rows] for grid in grids if not grid.lines]


def _pdfplumber(file: Path) -> Tables:
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        return [
            [[text or "" for text in row] for row in table]
            for page in pdf.pages
            for table in page.extract_tables()
        ]


def _camelot(file: Path) -> Tables:
    camelot = importlib.import_module("camelot")
    return [table.df.to_numpy().tolist() for table in camelot.read_pdf(str(file), pages="all")]


def _pymupdf(file: Path) -> Tables:
    pymupdf = importlib.import_module("pymupdf")
    with pymupdf.open(file) as pdf:
        return [
            [[text or "" for text in row] for row in table.extract()]
            for page in pdf
            for table in page.find_tables()
        ]


def _tabula(file: Path) -> Tables:
    tabula = importlib.import_module("tabula")
    tables = tabula.read_pdf(
        str(file),
        pages="all",
        pandas_options={"header": None, "dtype": str},
        silent=True,
        force_subprocess=True,
    )
    return [table.fillna("").to_numpy().tolist() for table in tables]


def _tablers(file: Path) -> Tables:
    tablers = importlib.import_module("tablers")
    document = tablers.Document(str(file))
    try:
        return [
            [[cell.text if cell else "" for cell in row.cells] for row in table.rows]
            for page in document.pages()
            for table in tablers.find_tables(page, extract_text=True)
        ]
    finally:
        document.close()


PEERS: dict[str, Callable[[Path], Tables]] = {
    "pdfplumber": _pdfplumber,
    "camelot": _camelot,
    "pymupdf": _pymupdf,
    "tabula": _tabula,
    "tablers": _tablers,
}

if __name__ == "__main__":
    main()
