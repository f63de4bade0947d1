"""Random grids and broken files for as long as you like:  python -m tests.fuzz MINUTES

Grids go through the interpreter (the law: every filled cell claimed exactly once), broken copies of the project's
small files through the whole per-document half in worker processes. What fails is printed with its seed, and
broken files are kept in the folder that is named; the exit code is then 1.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.cache import decode
from pipeline.codes import Codes, load_codes
from pipeline.documents import register
from pipeline.extract.extract import Extract
from pipeline.interpret import interpret
from pipeline.isolate import read_isolated
from pipeline.limits import Limits
from pipeline.run import CODES
from pipeline.shapes import Cell, Document, Grid, Place
from tests.hostile import flipped, mangled

WORDS = (
    *(
        "",
        "",
        "Measure",
        "Supporting Measures",
        "Target",
        "Q1",
        "Q2",
        "Quarter 3",
        "Priority",
        "RAG",
        "Green",
        "R",
    ),
    *(
        "72%",
        "N/A",
        "n/a",
        "-",
        "£1.5m",
        "a) 1 b) 2",
        "10 of 12",
        "Total",
        "Key",
        "Portfolio",
        "Progress Summary",
    ),
    *(
        "Scorecard 2012/13 Quarter 1",
        "Corporate Priorities",
        "x\ty",
        "\u200b",
        "1\n2",
        "Apr-Jun",
        "31/03/2013",
    ),
)


def grid(chance: random.Random) -> Grid:
    """A grid of words as they stand in scorecards, and of noise, with spans, fills and gaps."""
    rows = []
    for row in range(1, chance.randint(2, 14)):
        cells = []
        for column in range(1, chance.randint(2, 11)):
            if chance.random() < 0.1:
                continue
            noise = "".join(
                chr(chance.choice((chance.randrange(32, 127), chance.randrange(160, 9000)))) for _ in range(4)
            )
            text = chance.choice(WORDS) if chance.random() < 0.85 else noise
            down, across = chance.choice((1, 1, 1, 3)), chance.choice((1, 1, 1, 4))
            fill = chance.choice((None, None, "00B050", "FF0000"))
            cells.append(
                Cell(
                    Place("p1", row, column),
                    text,
                    fill=fill,
                    hidden=chance.random() < 0.02,
                    rows=down,
                    columns=across,
                )
            )
        if cells:
            rows.append(tuple(cells))
    return Grid("p1", tuple(rows), lines=chance.random() < 0.1)


def break_the_law(seed: int, codes: Codes) -> str:
    """What is wrong with the reading of random grids, or ''."""
    chance = random.Random(seed)
    grids = tuple(grid(chance) for _ in range(chance.randint(1, 3)))
    found = Extract(grids, parts=1)
    try:
        readings = interpret(Document("x", "x.pdf", "x.pdf", "x", "pdf"), found, codes)
    except Exception as error:  # noqa: BLE001 - whatever comes up is what we look for
        return f"{type(error).__name__}: {error}"
    claimed = Counter(id(claim.cell) for reading in readings for claim in reading.ledger)
    wanted = {id(cell): 1 for g in grids for cell in g.cells() if not cell.blank}
    return "" if not readings or claimed == wanted else "a cell is claimed twice, or not at all"


def break_files(seed: int, folder: Path) -> list[str]:
    """Flipped and mangled copies of small files that come back with a fault of ours, kept in ``folder``."""
    raw = folder / str(seed)
    raw.mkdir(parents=True)
    for name, content in (*flipped(3, seed), *mangled(3, seed)):
        (raw / name).write_bytes(content)
    faults = []
    for outcome in read_isolated(register(raw).documents, CODES, folder / "work", Limits(seconds=20)):
        for reading in decode(outcome.document, outcome.packed) or ():
            found = [r for r in reading.rows["findings"] if r["rule"] == "file-crashed"]
            faults += [f"{outcome.document.file}: {row['quote']}" for row in found]
    failing = {Path(fault.split(": ")[0]).name for fault in faults}
    for file in raw.iterdir():
        if file.name not in failing:
            file.unlink()
    return faults


def main(minutes: float) -> int:
    """Grids for nine seconds, then files, until the time is over; 1 when anything failed."""
    codes, faults, grids, files = load_codes(CODES), 0, 0, 0
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    first = seed = random.SystemRandom().randrange(10**9)
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        pause = min(end, time.monotonic() + 9)
        while time.monotonic() < pause:
            seed, grids = seed + 1, grids + 1
            if said := break_the_law(seed, codes):
                faults += 1
                print(f"grid of seed {seed}: {said}")
        if time.monotonic() < end:
            files += 27
            for said in break_files(seed, folder):
                faults += 1
                print(said)
    print(f"{grids} grids and {files} files from seed {first}: {faults} faults; kept in {folder}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
