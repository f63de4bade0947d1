"""Whole runs over documents of every format:  python -m benchmarks.runs [NUMBER,NUMBER]  (part of make bench)

For each number: a cold run, one with nothing changed, one with a new document; then what each document costs when they
are more. And what one core reads in a second, by format, in processor time.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.corpus import FORMATS, documents_of, make_corpus
from benchmarks.measuring import LOADING, READING, REPORTING, Cost, alone, line, run_cost


def main(sizes: list[int]) -> None:
    """Measure and print."""
    throughput()
    keeping()
    costs = {}
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        try:
            costs[size] = runs(folder, size)
        finally:
            shutil.rmtree(folder)
    for small, large in pairwise(costs):
        for name, stage in (("whole run", None), *((stage.lower(), stage) for stage in STAGES)):
            few, many = (_seconds(costs[size], stage) / size for size in (small, large))
            line(f"a document of {large:,} / of {small:,}, {name}", many, few)


STAGES = (READING, LOADING, REPORTING)


def _seconds(cost: Cost, stage: str | None) -> float:
    return cost.seconds if stage is None else cost.stages[stage]


def runs(folder: Path, number: int) -> Cost:
    """Three runs over so many documents and one more; gives the cost of the cold one."""
    raw = folder / "raw"
    *_, last = make_corpus(raw, number + 1)
    later = folder / "later"
    last.rename(later)
    cold, again = run_cost(folder), run_cost(folder)
    later.rename(last)
    new = run_cost(folder)
    line(f"{number:,} documents, cold", cold.seconds, memory=cold.own)
    for stage in STAGES:
        line(f"    {stage.lower()}", cold.stages[stage], memory=cold.reader if stage == READING else None)
    line(f"{number:,} documents, nothing changed / cold", again.seconds, cold.seconds, again.own)
    line(f"{number:,} documents, one new / cold", new.seconds, cold.seconds, new.own)
    for stage in STAGES:
        line(f"    {stage.lower()} / cold", new.stages[stage], cold.stages[stage])
    size = sum(file.stat().st_size for file in raw.rglob("*") if file.is_file())
    kept = {
        "raw": size,
        **{
            name: sum(f.stat().st_size for f in (folder / "w").glob(pattern) if f.is_file())
            for name, pattern in (
                ("cache", "cache/**/*"),
                ("warehouse", "*.duckdb"),
                ("report", "report/**/*"),
            )
        },
    }
    told = ", ".join(f"{name} {1e-3 * held / number:,.0f} kB" for name, held in kept.items())
    print(f"    on disk, a document: {told}", flush=True)
    return cold


def throughput() -> None:
    """What one core reads in a second of processor time: words, cells, meaning, ledger, validation, second count."""
    for name in FORMATS:
        (documents, pages, seconds), memory = alone(read_all, name)
        told = f"{documents / seconds:6.1f} documents/s"
        told += f" {pages / seconds:6.1f} pages/s" if name == "PDF" else ""
        print(f"{f'{documents} {name} documents, one core':60s} {told:37s} {memory:6.0f} MB", flush=True)


def keeping() -> None:
    """How the Readings of a document are kept: packed JSON in one file, beside Parquet, which takes one a table."""
    import pyarrow as pa
    from pyarrow import parquet

    from pipeline.cache import decode, encode
    from pipeline.codes import load_codes
    from pipeline.documents import register_file
    from pipeline.reading import read_document
    from pipeline.run import CODES

    codes, packed, files = load_codes(CODES), 0, list[Path]()
    taken = dict.fromkeys(("json written", "json opened", "parquet written", "parquet opened"), 0.0)

    def timed(what: str, work: Callable[..., Any], *given: Any) -> Any:
        begun = time.process_time()
        done = work(*given)
        taken[what] += time.process_time() - begun
        return done

    def write(rows: Sequence[Mapping[str, Any]], file: Path) -> None:
        names = {column for row in rows for column in row}
        columns = {column: [_plain(row.get(column)) for row in rows] for column in sorted(names)}
        parquet.write_table(pa.table(columns), file)

    def opened(file: Path) -> list[dict[str, Any]]:
        return list(parquet.ParquetFile(file).read().to_pylist())

    with tempfile.TemporaryDirectory() as folder:
        write([{"first": 1}], Path(folder) / "first")  # loads what of the library is loaded late
        opened(Path(folder) / "first")
        for source in (documents := documents_of("PDF")[::4]):
            document = register_file(source)[0]
            readings = read_document(document, codes, Path(folder))
            content = timed("json written", encode, readings)
            timed("json opened", decode, document, content)
            packed += len(content)
            for name, rows in readings[0].rows.items():
                files.append(Path(folder) / f"{document.document_id}-{name}.parquet")
                timed("parquet written", write, rows, files[-1])
                timed("parquet opened", opened, files[-1])
        number, laid = len(documents), sum(file.stat().st_size for file in files)
    for step in ("written", "opened"):
        ours, peer = (taken[f"{form} {step}"] / number for form in ("json", "parquet"))
        line(f"Readings of a document {step}, packed JSON / Parquet", ours, peer)
    print(
        f"    on disk, a document: {packed / number / 1000:.0f} kB / {laid / number / 1000:.0f} kB",
        flush=True,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (dict, list, tuple)) else value


def read_all(name: str) -> tuple[int, int, float]:
    """(documents, pages, seconds of processor time) of a format's documents, each read once."""
    from benchmarks.readers import page_count
    from pipeline.codes import load_codes
    from pipeline.documents import register_file
    from pipeline.reading import read_document
    from pipeline.run import CODES

    codes, files = load_codes(CODES), documents_of(name)
    pages = sum(map(page_count, files)) if name == "PDF" else len(files)
    with tempfile.TemporaryDirectory() as folder:
        read_document(register_file(files[0])[0], codes, Path(folder))
        begun = time.process_time()
        for file in files:
            read_document(register_file(file)[0], codes, Path(folder))
        return len(files), pages, time.process_time() - begun


if __name__ == "__main__":
    main([int(size) for size in (sys.argv[1] if len(sys.argv) > 1 else "10,100").split(",")])
